import { checkOptions } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { boundedLeastSquares } from '../numeric/bounded-least-squares.ts';
import { lu, solveLu } from '../numeric/lu.ts';
import { matrix } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { solveSvd, svd } from '../numeric/svd.ts';
import { periodAt, toSpan } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { controllabilityOf } from './controllability.ts';
import type { Controllability } from './controllability.ts';
import { addFactorsIn, instrumentsOf } from './instrument.ts';
import type { Instrument } from './instrument.ts';
import { linearise } from './linearise.ts';
import type { Model } from './model.ts';
import { resultOf, runModel, solveOptions } from './solve.ts';
import type { Run, Solution, SolveOptions } from './solve.ts';
import { eachSetting, periodOfRow } from './table.ts';
import type { Settings } from './table.ts';

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

interface Goal {
  readonly name: string;
  readonly slot: number;
  readonly row: number;
  readonly wanted: number;
  /** Size against which a miss counts. */
  readonly scale: number;
  readonly weight: number;
}

interface Unknown {
  readonly instrument: Instrument;
  readonly group: readonly [from: number, to: number];
  readonly start: number;
  readonly scale: number;
  readonly low: number;
  readonly high: number;
}

interface Problem {
  readonly run: Run;
  readonly model: Model;
  readonly goals: readonly Goal[];
  readonly unknowns: readonly Unknown[];
  readonly addFactors: readonly string[];
}

function goalsOf(run: Run, { targets, weights }: ControlOptions): Goal[] {
  const { table, compiled } = run;
  const goals: Goal[] = [];
  for (const [name, setting] of Object.entries(targets)) {
    if (setting === undefined) continue;
    const slot = compiled.system.determines.get(name);
    if (slot === undefined)
      return mistake(
        'control',
        `no equation determines the target '${name}'`,
        suggestion(name, compiled.system.determines.keys()),
      );
    const weight = (weights?.targets as Record<string, number> | undefined)?.[name] ?? 1;
    if (!(weight > 0))
      return mistake(
        'control',
        `the weight of '${name}' is ${shown(weight)}`,
        'give a weight above 0, or leave the target out',
      );
    eachSetting('control', table, `the target ${name}`, setting, (row, wanted) => {
      if (row < table.lead || Number.isNaN(wanted)) return;
      const now = table.data[row * table.width + slot]!;
      goals.push({
        name,
        slot,
        row,
        wanted,
        scale: Math.abs(wanted) || Math.abs(now) || 1,
        weight: Math.sqrt(weight),
      });
    });
  }
  if (goals.length === 0)
    return mistake(
      'control',
      'no target lies in the solved span',
      'give values of variables for solved periods',
    );
  return goals;
}

function unknownsOf(
  { table }: Run,
  model: Model,
  instruments: readonly Instrument[],
  { bounds, weights }: ControlOptions,
): Unknown[] {
  if (instruments.length === 0)
    return mistake(
      'control',
      'there is no instrument',
      'name parameters, exogenous series or add-factors to move',
    );
  for (const name of Object.keys(bounds ?? {})) {
    if (!instruments.some((instrument) => instrument.name === name))
      mistake(
        'control',
        `bounds are given for '${name}', which is not an instrument`,
        suggestion(
          name,
          instruments.map((instrument) => instrument.name),
        ),
      );
  }
  return instruments.flatMap((instrument) => {
    const { name, slot, groups } = instrument;
    const given = (bounds as Record<string, readonly [Rate, Rate]> | undefined)?.[name];
    const [low, high] =
      given === undefined ? [-Infinity, Infinity] : [ratio(given[0], 'control'), ratio(given[1], 'control')];
    if (low > high)
      return mistake('control', `the bounds of '${name}' run from ${low} to ${high}`, 'give the lower first');
    const weight = (weights?.instruments as Record<string, number> | undefined)?.[name] ?? 1;
    if (!(weight > 0))
      return mistake('control', `the weight of '${name}' is ${shown(weight)}`, 'give a weight above 0');
    return groups.map((group): Unknown => {
      const start = table.data[group[0] * table.width + slot]!;
      return { instrument, group, start, scale: sizeOf(model, name, start) / Math.sqrt(weight), low, high };
    });
  });
}

/** What a move of an instrument is held against: its documented range, else its size, else 1. */
function sizeOf(model: Model, name: string, start: number): number {
  const parameter = Object.hasOwn(model.parameters, name) ? model.parameters[name] : undefined;
  if (
    typeof parameter === 'object' &&
    parameter.range !== undefined &&
    parameter.range[1] > parameter.range[0]
  )
    return parameter.range[1] - parameter.range[0];
  return Math.abs(start) || 1;
}

/**
 * Gauss-Newton on the scaled problem: unknowns are moves u in units of their scale, each step solves for the whole move
 * (so that of many solutions the shortest is found), and is shortened while it does not lower the misses.
 */
function iterate(problem: Problem, bounded: boolean): number {
  const { unknowns, goals } = problem;
  let u = Float64Array.from(
    unknowns,
    ({ start, low, high, scale }) => (Math.min(high, Math.max(low, start)) - start) / scale,
  );
  if (bounded) apply(problem, u);
  let misses = missesOf(problem);
  let best = length(misses);
  let stalled = 0;
  let idle = 0;
  for (let step = 0; step < 500; step++) {
    if (best === 0) return step;
    const jacobian = jacobianOf(problem);
    // At the edge of a domain (sqrt at 0) the slope is infinite: the point found is the nearest.
    if (!jacobian.data.every(Number.isFinite)) return step;
    const aim = Float64Array.from(misses, (miss, i) => -miss + dotRow(jacobian, i, u));
    const next = solveMove(jacobian, aim, unknowns, bounded);
    const change = length(next.map((value, j) => value - u[j]!));
    if (step === 0 && change === 0 && jacobian.data.every((slope) => slope === 0)) {
      // The start is flat, as y = x^2 is at 0: a small step aside shows a slope where there is one.
      u = u.map((value, j) => value + (unknowns[j]!.high > unknowns[j]!.start ? 0.01 : -0.01));
      if (!tryApply(problem, u)) return step;
      misses = missesOf(problem);
      best = length(misses);
      continue;
    }
    const accepted = lineSearch(problem, u, next, best);
    if (accepted === undefined) {
      apply(problem, u);
      return step;
    }
    u = accepted;
    misses = missesOf(problem);
    const now = length(misses);
    // At rounding level the misses wander; two steps without gain end it.
    stalled = now < 0.5 * best ? 0 : stalled + 1;
    idle = now < 0.999 * best ? 0 : idle + 1;
    best = Math.min(best, now);
    const settled =
      change <= 1e-14 * (1 + length(u)) ||
      (now <= 1e-15 * Math.sqrt(goals.length) && unknowns.length <= goals.length);
    if (settled || (stalled >= 2 && (now <= 1e-10 || change <= 1e-10 * (1 + length(u)))) || idle >= 20)
      return step + 1;
  }
  return 500;
}

function lineSearch(
  problem: Problem,
  u: Float64Array,
  next: Float64Array,
  best: number,
): Float64Array<ArrayBuffer> | undefined {
  for (let share = 1; share > 1e-10; share /= 2) {
    const trial = Float64Array.from(u, (value, j) => value + share * (next[j]! - value));
    if (!tryApply(problem, trial)) continue;
    const now = length(missesOf(problem));
    if (now <= best * (1 - 1e-4 * share) || now <= 1e-9) return trial;
  }
  return undefined;
}

function solveMove(
  jacobian: Matrix,
  aim: Float64Array,
  unknowns: readonly Unknown[],
  bounded: boolean,
): Float64Array {
  if (!bounded && jacobian.rows === jacobian.cols) {
    const factors = lu(jacobian);
    if (factors.singularAt < 0) return solveLu(factors, aim);
  }
  // Singular values far below the largest are noise of the derivatives, not control.
  if (!bounded) return solveSvd(svd(jacobian, 1e-11), aim);
  return solveBounded(jacobian, aim, unknowns);
}

/** Within bounds: the active set from a slightly ridged problem, then the free unknowns by the shortest solution. */
function solveBounded(jacobian: Matrix, aim: Float64Array, unknowns: readonly Unknown[]): Float64Array {
  const { rows, cols } = jacobian;
  const ridge = 1e-6;
  const stacked = matrix(rows + cols, cols);
  stacked.data.set(jacobian.data);
  for (let j = 0; j < cols; j++) stacked.data[(rows + j) * cols + j] = ridge;
  const lower = unknowns.map(({ low, start, scale }) => (low - start) / scale);
  const upper = unknowns.map(({ high, start, scale }) => (high - start) / scale);
  const { solution, at } = boundedLeastSquares(
    stacked,
    [...aim, ...Array.from({ length: cols }, () => 0)],
    lower,
    upper,
  );
  const free = unknowns.flatMap((_, j) => (at[j] === 0 ? [j] : []));
  if (free.length === 0) return solution;
  const part = matrix(rows, free.length);
  const rest = aim.slice();
  for (let i = 0; i < rows; i++) {
    free.forEach((j, k) => (part.data[i * free.length + k] = jacobian.data[i * cols + j]!));
    for (let j = 0; j < cols; j++) if (at[j] !== 0) rest[i]! -= jacobian.data[i * cols + j]! * solution[j]!;
  }
  const polished = solveSvd(svd(part, 1e-11), rest);
  const inside = free.every((j, k) => polished[k]! >= lower[j]! && polished[k]! <= upper[j]!);
  if (inside) free.forEach((j, k) => (solution[j] = polished[k]!));
  return solution;
}

/** Weighted relative multipliers: how the scaled misses move with the scaled unknowns. */
function jacobianOf({ run, model, goals, unknowns, addFactors }: Problem): Matrix {
  const { table } = run;
  const tangent = linearise('control', model, run, addFactors);
  const jacobian = matrix(goals.length, unknowns.length);
  const change = new Float64Array(table.data.length);
  for (const [j, { instrument, group, scale }] of unknowns.entries()) {
    change.fill(0);
    for (let row = group[0]; row < group[1]; row++) change[row * table.width + instrument.slot] = 1;
    tangent.forward(change, group[0]);
    for (const [i, goal] of goals.entries()) {
      jacobian.data[i * unknowns.length + j] =
        (change[goal.row * table.width + goal.slot]! * scale * goal.weight) / goal.scale;
    }
  }
  return jacobian;
}

function apply({ run, unknowns }: Problem, u: Float64Array): void {
  const { data, width, lead } = run.table;
  for (const [j, { instrument, group, start, scale, low, high }] of unknowns.entries()) {
    const value = Math.min(high, Math.max(low, start + scale * u[j]!));
    for (let row = group[0]; row < group[1]; row++) data[row * width + instrument.slot] = value;
  }
  run.solveFrom(lead);
}

/** Apply a move unless the model has no solution there. */
function tryApply(problem: Problem, u: Float64Array): boolean {
  const { data } = problem.run.table;
  const before = data.slice();
  try {
    apply(problem, u);
    return true;
  } catch {
    // Out of the model's domain: shorten the step, from where it could be solved.
    data.set(before);
    return false;
  }
}

function missesOf({ run, goals }: Problem): Float64Array<ArrayBuffer> {
  return Float64Array.from(goals, (goal) => ((valueOf(run, goal) - goal.wanted) * goal.weight) / goal.scale);
}

function valueOf({ table }: Run, goal: Goal): number {
  return table.data[goal.row * table.width + goal.slot]!;
}

function length(v: Float64Array): number {
  return Math.hypot(...v);
}

function dotRow(a: Matrix, i: number, u: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.cols; j++) sum += a.data[i * a.cols + j]! * u[j]!;
  return sum;
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
