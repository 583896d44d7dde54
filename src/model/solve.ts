import { argument, checkOptions } from '../argument.ts';
import { defaultEngine } from '../formula/compile.ts';
import type { Engine } from '../formula/compile.ts';
import { mistake, suggestion } from '../mistake.ts';
import { indexOf, periodsBetween, toSpan } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { EquationMistake, systemOf } from './system.ts';
import type { System } from './system.ts';
import type { Model } from './model.ts';
import { refuseBlock, solveBlock, workspaceOf } from './newton.ts';
import type { NewtonOptions, Workspace } from './newton.ts';
import { compileModel } from './program.ts';
import type { Compiled, SimultaneousBlock } from './program.ts';
import { checkInputs, fillTable, periodOfRow, seriesOf } from './table.ts';
import type { Settings, Table } from './table.ts';

/** What to solve for, and what to set beside the history. */
export interface SolveOptions extends NewtonOptions {
  /** First and last period to solve. */
  readonly over: readonly [Period, Period];
  /** Parameters and exogenous series that differ from the model and the history. */
  readonly set?: Settings;
  /** Added to the right-hand side of a variable's equation, before the left-hand side is inverted. */
  readonly addFactors?: Settings;
  /** Variables that keep their value from the history: all solved periods (`true`) or a span of them. */
  readonly exogenise?: Readonly<Partial<Record<string, true | readonly [Period, Period]>>>;
  /**
   * What lags read. One of
   * - `'dynamic'` (the default): the solution itself
   * - `'static'`: the history
   * - `'residual'`: every equation alone, all that it reads from the history (single-equation check)
   */
  readonly mode?: 'dynamic' | 'static' | 'residual';
  /** One of `'generated'` (the default where the page allows it) or `'interpreted'`; both give the same bits. */
  readonly engine?: Engine;
}

/** The names of `SolveOptions`, for `checkOptions`. */
export const solveOptions = 'over! set addFactors exogenise mode engine tolerance maxSteps';

/** Every series of the history and every variable of the model, by name. */
export type Solution<V extends string = string, K extends string = string> = Dataset<V> & Dataset<K>;

/**
 * Solve a model forward over a span.
 *
 * Equations may be written in any order: they are sorted into blocks; recursive ones are computed straight through,
 * simultaneous ones by Newton's method with the exact Jacobian.
 *
 * @param model equations and parameters
 * @param history series for exogenous names and for lags, all of one frequency; where it has values of determined
 *   variables inside the span they serve as starting values only
 * @returns every series of the history and every variable of the model: history up to the span, solved values over it
 * @throws RangeError naming the equation, the period and the variables: a missing series, a lag that reaches before the
 *   data, an unknown name, a value that leaves its domain, a block that is singular or does not converge
 * @example
 * solve(defineModel({ equations: ['y = y[-1] * (1 + g)'], parameters: { g: 0.12 } }), { y: series('2013', [100]) }, { over: ['2014', '2014'] }).y.values // [100, 112.00000000000001]
 */
export function solve<V extends string, K extends string>(
  model: Model<V>,
  history: Dataset<K>,
  options: SolveOptions,
): Solution<V, K> {
  checkOptions('solve', options, solveOptions);
  const run = runModel('solve', model, history, options);
  return resultOf(run, history);
}

/** A run with its table, for callers that need more than the series: multipliers, control, residual checks. */
export interface Run {
  readonly compiled: Compiled;
  readonly table: Table;
  /** Equations whose variables are given in a row, empty where none is. */
  readonly given: (row: number) => ReadonlySet<number>;
  /** Solve again from a row on, with what the table now holds. */
  readonly solveFrom: (row: number) => void;
}

/** A model solved into a table. */
export function runModel(call: string, model: Model, history: Dataset, options: SolveOptions): Run {
  const over = toSpan(options.over, call);
  const system = systemFor(call, model);
  const { set, addFactors = {}, engine = defaultEngine(), mode = 'dynamic' } = options;
  for (const name of Object.keys(addFactors)) checkDetermined(call, system, name, 'an add-factor');
  const names = Object.keys(addFactors).toSorted();
  const alone = mode === 'residual';
  const base = compileModel(model, { engine, addFactors: names, given: [], alone });
  const table = fillTable(call, model, system, base.layout, {
    history,
    over,
    addFactors,
    ...(set === undefined ? {} : { set }),
  });
  const givenNames = givenByRow(call, system, options, over);
  const given = givenSets(system, table, givenNames);
  checkInputs(
    call,
    table,
    system,
    base.layout,
    history,
    givenNames === undefined ? undefined : (name, row) => given(row).has(system.determines.get(name)!),
  );
  const compiledAt = (row: number): Compiled =>
    givenNames === undefined
      ? base
      : compileModel(model, { engine, addFactors: names, given: givenNames(row - table.lead), alone });
  const solveFrom = (from: number): void => {
    for (let row = from; row < table.rows; row++) solvePeriod(call, compiledAt(row), table, row, options);
  };
  if (mode === 'dynamic') solveFrom(table.lead);
  else solveFromHistory(call, table, system, alone, compiledAt, options);
  return { compiled: base, table, given, solveFrom };
}

function givenSets(
  system: System,
  table: Table,
  names: ((t: number) => readonly string[]) | undefined,
): (row: number) => ReadonlySet<number> {
  const none: ReadonlySet<number> = new Set();
  if (names === undefined) return () => none;
  const sets = Array.from(
    { length: table.rows - table.lead },
    (_, t) => new Set(names(t).map((name) => system.determines.get(name)!)),
  );
  return (row) => sets[row - table.lead] ?? none;
}

const workspaces = new WeakMap<SimultaneousBlock, Workspace>();

/** Solve one period in place: its variables' slots are overwritten, what they held serves as the starting point. */
export function solvePeriod(
  call: string,
  compiled: Compiled,
  table: Table,
  row: number,
  options: NewtonOptions,
): void {
  const { data, width } = table;
  const offset = row * width;
  for (const step of compiled.steps) {
    if (step.kind === 'straight') {
      step.run(data, offset, data);
      continue;
    }
    startBlock(step, data, offset, width, row);
    const work = workspaceFor(step);
    const failure = solveBlock(step, data, offset, work, options);
    if (
      failure !== undefined &&
      retryFromLast(step, data, offset, width, row) &&
      solveBlock(step, data, offset, work, options) === undefined
    )
      continue;
    if (failure !== undefined)
      refuseBlock(call, failure, step, compiled, periodOfRow(table, row), data, offset);
  }
  checkFinite(call, compiled, table, row);
}

function workspaceFor(block: SimultaneousBlock): Workspace {
  let work = workspaces.get(block);
  if (work === undefined) workspaces.set(block, (work = workspaceOf(block)));
  return work;
}

/** Starting values: what the table holds, else the period before, else 1. */
function startBlock(
  block: SimultaneousBlock,
  data: Float64Array,
  offset: number,
  width: number,
  row: number,
): void {
  for (const slot of block.slots) {
    if (Number.isFinite(data[offset + slot])) continue;
    const before = row > 0 ? data[offset - width + slot]! : NaN;
    data[offset + slot] = Number.isFinite(before) ? before : 1;
  }
}

function retryFromLast(
  block: SimultaneousBlock,
  data: Float64Array,
  offset: number,
  width: number,
  row: number,
): boolean {
  if (row === 0) return false;
  for (const slot of block.slots) {
    const before = data[offset - width + slot]!;
    data[offset + slot] = Number.isFinite(before) ? before : 1;
  }
  return true;
}

function checkFinite(call: string, { steps, system }: Compiled, table: Table, row: number): void {
  const { data, width } = table;
  const offset = row * width;
  // Variables have the first slots, in the order of their equations. A finite number times 0 is 0; NaN and Infinity are not.
  let sum = 0;
  for (let i = 0; i < system.equations.length; i++) sum += data[offset + i]! * 0;
  if (sum === 0) return;
  for (const step of steps) {
    for (const i of step.equations) {
      const value = data[offset + i]!;
      if (Number.isFinite(value)) continue;
      const { variable, text } = system.equations[i]!;
      const what = Number.isNaN(value) ? 'has no value' : `is ${value}`;
      mistake(
        call,
        `'${variable}' ${what} at ${periodOfRow(table, row)} by its equation "${text}"`,
        'a logarithm, root or division left its domain, or a number its range: check its inputs in that period',
      );
    }
  }
}

/** Static and residual runs: each period reads lags (and in a residual run everything) from the history. */
function solveFromHistory(
  call: string,
  table: Table,
  system: System,
  alone: boolean,
  compiledAt: (row: number) => Compiled,
  options: NewtonOptions,
): void {
  const { data, width, rows, lead } = table;
  const determined = system.equations.length;
  const history = data.slice();
  const solved = data.slice();
  const out = new Float64Array(determined);
  for (let row = lead; row < rows; row++) {
    refuseMissing(call, table, history, system, alone ? row : row - 1);
    const offset = row * width;
    const compiled = compiledAt(row);
    if (alone) {
      out.set(history.subarray(offset, offset + determined));
      solveEachAlone(call, compiled, table, row, options, out);
      solved.set(out, offset);
    } else {
      solvePeriod(call, compiled, table, row, options);
      solved.set(data.subarray(offset, offset + determined), offset);
    }
    data.set(history.subarray(offset, offset + determined), offset);
  }
  data.set(solved);
  if (!alone) return;
  for (let row = lead; row < rows; row++) checkFinite(call, compiledAt(row), table, row);
}

/** Every equation with all else from the history: written-out values at once, implicit ones each by its own solver. */
function solveEachAlone(
  call: string,
  compiled: Compiled,
  table: Table,
  row: number,
  options: NewtonOptions,
  out: Float64Array,
): void {
  const { data, width } = table;
  const offset = row * width;
  for (const step of compiled.steps) {
    if (step.kind === 'straight') {
      step.run(data, offset, out);
      continue;
    }
    const equation = step.equations[0]!;
    const actual = data[offset + equation]!;
    const failure = solveBlock(step, data, offset, workspaceFor(step), options);
    if (failure !== undefined)
      refuseBlock(call, failure, step, compiled, periodOfRow(table, row), data, offset);
    out[equation] = data[offset + equation]!;
    data[offset + equation] = actual;
  }
}

function refuseMissing(call: string, table: Table, history: Float64Array, system: System, row: number): void {
  if (row < table.lead) return;
  for (const [i, { variable }] of system.equations.entries()) {
    if (Number.isNaN(history[row * table.width + i]!)) {
      mistake(
        call,
        `'${variable}' has no value at ${periodOfRow(table, row)} in the history`,
        "a static or residual run reads the history: extend it, or solve with mode: 'dynamic'",
      );
    }
  }
}

/** Which variables are given in each solved period; undefined when none ever is. */
function givenByRow(
  call: string,
  system: System,
  { exogenise = {} }: SolveOptions,
  over: Span,
): ((t: number) => readonly string[]) | undefined {
  const entries = Object.entries(exogenise).filter(([, range]) => range !== undefined);
  if (entries.length === 0) return undefined;
  const ranges = entries.map(([name, range]) => {
    checkDetermined(call, system, name, 'exogenise');
    if (range === true || range === undefined) return { name, from: 0, to: periodsBetween(over[0], over[1]) };
    const [from, to] = toSpan(range, call);
    return { name, from: indexOf(from) - indexOf(over[0]), to: indexOf(to) - indexOf(over[0]) };
  });
  return (t) =>
    ranges
      .filter(({ from, to }) => t >= from && t <= to)
      .map(({ name }) => name)
      .toSorted();
}

/** Refuse a name that no equation determines, with the nearest that one does. */
export function checkDetermined(call: string, system: System, name: string, what: string): void {
  if (system.determines.has(name)) return;
  mistake(call, `${what}: no equation determines '${name}'`, suggestion(name, system.determines.keys()));
}

/** The system of a model, with what cannot be read thrown as a mistake of the call. */
export function systemFor(call: string, model: Model): System {
  argument(call, 'model', model);
  try {
    return systemOf(model);
  } catch (error) {
    if (error instanceof EquationMistake) return mistake(call, error.message, error.wayOut);
    throw error;
  }
}

/** The series of a run: everything the history has, and every variable of the model continued over the span. */
export function resultOf({ compiled, table }: Run, history: Dataset): Dataset {
  const result: Record<string, Series> = { ...history };
  const { system, layout } = compiled;
  for (let slot = 0; slot < system.equations.length; slot++) {
    const name = layout.names[slot]!;
    result[name] = seriesOf(table, slot, Object.hasOwn(history, name) ? history[name] : undefined);
  }
  return result;
}
