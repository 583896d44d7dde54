import { checkOptions } from '../argument.ts';
import type { Rate } from '../numeric/rate.ts';
import { periodAt, toSpan } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { controllabilityOf } from './controllability.ts';
import type { Controllability } from './controllability.ts';
import { addFactorsIn, instrumentsOf } from './instrument.ts';
import type { Instrument } from './instrument.ts';
import type { Model } from './model.ts';
import { resultOf, runModel, solveOptions } from './solve.ts';
import type { Run, Solution, SolveOptions } from './solve.ts';
import { periodOfRow } from './table.ts';
import type { Settings } from './table.ts';
import { goalsOf, unknownsOf } from './control-problem.ts';
import type { Problem, Unknown } from './control-problem.ts';
import { iterate, jacobianOf, missesOf, valueOf } from './control-search.ts';

/** What to hit, and with what. */
export interface ControlOptions<V extends string = string, I extends string = string> extends SolveOptions {
  /** Wanted values by variable: one for all solved periods, a series, or values by period. */
  readonly targets: Settings<V>;
  /** Instruments: parameters, exogenous series, or add-factors (`'add:i'`); each has a value of its own in each period. */
  readonly using: readonly I[];
  /** Instruments that take one value for all solved periods. */
  readonly constant?: readonly NoInfer<I>[];
  /** Lowest and highest value of an instrument. */
  readonly bounds?: Readonly<Partial<Record<NoInfer<I>, readonly [Rate, Rate]>>>;
  readonly weights?: {
    /** How much a relative miss of a target counts when not all can be hit; defaults to 1. */
    readonly targets?: Readonly<Partial<Record<NoInfer<V>, number>>>;
    /** How much moving an instrument counts when several ways hit the targets; defaults to 1. */
    readonly instruments?: Readonly<Partial<Record<NoInfer<I>, number>>>;
  };
}

/** One target in one period, and what became of it. */
export interface TargetReached<V extends string = string> {
  readonly target: V;
  readonly period: Period;
  readonly wanted: number;
  /** The nearest value found, in the sense of weighted least squares over all targets. */
  readonly reached: number;
  readonly miss: number;
  readonly hit: boolean;
}

/** The instruments that hit the targets, or come nearest, and what the multipliers say about it. */
export interface ControlResult<
  V extends string = string,
  I extends string = string,
  K extends string = string,
> {
  /** Whether every target is hit, to 1e-9 of its size. */
  readonly hit: boolean;
  /** Instruments over the solved span, and what they were. */
  readonly instruments: Dataset<I>;
  readonly before: Dataset<I>;
  readonly targets: readonly TargetReached<V>[];
  readonly controllability: Controllability;
  /** Instruments at a bound, with the period. */
  readonly atBounds: readonly { readonly instrument: I; readonly period: Period; readonly bound: number }[];
  readonly run: Solution<V, K>;
  /** Newton steps taken. */
  readonly steps: number;
}

/**
 * Tinbergen's question: which instruments make the targets come true?
 *
 * As many instruments as targets are solved for by Newton's method with exact multipliers through time. When there are
 * more, the way that moves instruments least is taken; when there are fewer, or bounds bind, the weighted least-squares
 * miss (Theil 1958), with each miss reported. Moves count relative to an instrument's documented range, else to its
 * size; misses relative to the target's size. What cannot be hit is said, with the nearest value.
 *
 * @param options targets, instruments, the span, and what `solve` takes
 * @throws RangeError for an unknown target or instrument, no target in the span, bounds that run backwards, or a model
 *   that has no solution at the start
 * @example
 * control(defineModel({ equations: ['y = 2 * x'] }), { x: series('2014', [1]) }, { over: ['2014', '2014'], targets: { y: 6 }, using: ['x'] }).instruments.x.values // [3]
 */
export function control<V extends string, K extends string, const I extends string>(
  model: Model<V>,
  history: Dataset<K>,
  options: ControlOptions<NoInfer<V>, I>,
): ControlResult<V, I, K> {
  checkOptions('control', options, `targets! using[]! constant[] bounds weights ${solveOptions}`);
  const over = toSpan(options.over, 'control');
  const addFactors = {
    ...Object.fromEntries(addFactorsIn(options.using).map((name) => [name, 0])),
    ...options.addFactors,
  };
  const run = runModel('control', model, history, { ...options, addFactors });
  const goals = goalsOf(run, options);
  const instruments = instrumentsOf('control', run, options.using, options.constant ?? []);
  const unknowns = unknownsOf(run, model, instruments, options);
  const problem: Problem = { run, model, goals, unknowns, addFactors: Object.keys(addFactors).toSorted() };
  const before = instrumentSeries(run, instruments, over[0]) as Dataset<I>;
  const steps = iterate(problem, options.bounds !== undefined);
  const misses = missesOf(problem);
  const targets = goals.map((goal, i): TargetReached<V> => {
    const reached = valueOf(run, goal);
    return {
      target: goal.name as V,
      period: periodOfRow(run.table, goal.row),
      wanted: goal.wanted,
      reached,
      miss: reached - goal.wanted,
      hit: Math.abs(misses[i]!) <= 1e-9,
    };
  });
  return {
    hit: targets.every((target) => target.hit),
    instruments: instrumentSeries(run, instruments, over[0]) as Dataset<I>,
    before,
    targets,
    controllability: controllabilityOf(
      jacobianOf(problem),
      goals.map((goal) => ({ name: goal.name, period: periodOfRow(run.table, goal.row) })),
      unknowns.map((unknown) => unknown.instrument.name),
    ),
    atBounds: boundsReached(run, unknowns) as { instrument: I; period: Period; bound: number }[],
    run: resultOf(run, history),
    steps,
  };
}

function instrumentSeries(
  { table }: Run,
  instruments: readonly Instrument[],
  start: Period,
): Record<string, Series> {
  const { data, width, lead, rows } = table;
  return Object.fromEntries(
    instruments.map(({ name, slot }) => [
      name,
      { start, values: Array.from({ length: rows - lead }, (_, t) => data[(lead + t) * width + slot]!) },
    ]),
  );
}

function boundsReached(
  { table }: Run,
  unknowns: readonly Unknown[],
): { instrument: string; period: Period; bound: number }[] {
  return unknowns.flatMap(({ instrument, group, low, high }) => {
    const value = table.data[group[0] * table.width + instrument.slot]!;
    return value === low || value === high
      ? [
          {
            instrument: instrument.name,
            period: periodAt(table.frequency, table.first + group[0]),
            bound: value,
          },
        ]
      : [];
  });
}
