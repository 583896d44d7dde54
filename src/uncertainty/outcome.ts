import { mistake, shown } from '../mistake.ts';

/** Many points at once, in columns: one array per name, all of one length. */
export type Columns<K extends string = string> = Readonly<Record<K, Float64Array>>;

/**
 * Named factors in, named outputs out, evaluated for many points at once.
 *
 * Scenario, sensitivity and Monte Carlo are one act (choose inputs, solve, read outputs) and this is its type.
 * A plain function is lifted into one by `toOutcome`; a model compiles into one.
 */
export interface Outcome<F extends string = string, O extends string = string> {
  readonly factors: readonly F[];
  /** The names of the outputs, absent when only an evaluation can tell (a plain function). */
  readonly outputs?: readonly O[];
  /**
   * Evaluate `count` points. The factors' columns may be longer than `count`; the result has one column of at least
   * `count` values per output.
   */
  evaluate(points: Columns<F>, count: number): Columns<O>;
  /** Exact derivatives of each output with respect to each factor at `count` points, where the outcome can give them. */
  gradient?(points: Columns<F>, count: number): Readonly<Record<O, Columns<F>>>;
}

/** An economist's own function of one point: a number, or several named numbers. */
export type PointFunction<F extends string = string> = (
  point: Readonly<Record<F, number>>,
) => number | Readonly<Record<string, number>>;

/** What a study can be made of: an outcome, or a plain function. */
export type Study<F extends string = string> = Outcome<F> | PointFunction<F>;

/** The names of a study's outputs: an outcome's own, `'value'` for a function that returns a number, else its keys. */
export type OutputOf<S> =
  S extends Outcome<never, infer O>
    ? O
    : S extends (point: never) => infer R
      ? R extends number
        ? 'value'
        : Extract<keyof R, string>
      : string;

/**
 * An outcome from a plain function of one point. A function that returns a number has the one output `'value'`.
 *
 * The function is never called but for points that are asked for; its outputs are those of the first of them.
 *
 * @param f function of a point `{ factor: number }`; an outcome is returned as it is
 * @param factors the names of its factors
 * @throws RangeError, when evaluated, if the function returns no number or changes its outputs between points
 * @example toOutcome(({ a, b }) => a * b, ['a', 'b']).factors // ['a', 'b']
 */
export function toOutcome<F extends string, S extends Study<F>>(
  f: S,
  factors: readonly F[],
): Outcome<F, OutputOf<S>> {
  if (typeof f !== 'function' && typeof (f as Outcome | undefined)?.evaluate !== 'function')
    return mistake(
      'toOutcome',
      `the study is ${shown(f)}`,
      'give a function of a point, or what outcome returns',
    );
  return typeof f === 'function' ? lifted(f, factors) : (f as unknown as Outcome<F, OutputOf<S>>);
}

function lifted<F extends string, O extends string>(
  f: PointFunction<F>,
  factors: readonly F[],
): Outcome<F, O> {
  return {
    factors,
    evaluate(points, count) {
      const result = {} as Record<O, Float64Array>;
      const columns = factors.map((name) => columnOf(points, name));
      const point = Object.fromEntries(factors.map((name) => [name, 0])) as Record<F, number>;
      let outputs: readonly O[] | undefined;
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < factors.length; k++) point[factors[k]!] = columns[k]![i]!;
        const value = f(point);
        if (outputs === undefined) {
          outputs = outputsOf(value) as O[];
          for (const name of outputs) result[name] = new Float64Array(count);
        }
        if (typeof value === 'number') result[outputs[0]!][i] = value;
        else for (const name of outputs) result[name][i] = numberIn(value, name);
      }
      return result;
    },
  };
}

/** The value of an outcome's one output, or of the one that is asked for, by name and column. */
export function outputIn<O extends string>(results: Columns<O>, call: string, wanted?: string): O {
  const names = Object.keys(results) as O[];
  if (wanted === undefined && names.length === 1) return names[0]!;
  const found = names.find((name) => name === wanted);
  if (found !== undefined) return found;
  if (wanted !== undefined)
    return mistake(call, `there is no output '${wanted}'`, `choose one of ${names.join(', ')}`);
  return mistake(
    call,
    `there are ${names.length} outputs (${names.join(', ')})`,
    'choose one with the option output',
  );
}

function columnOf<F extends string>(points: Columns<F>, name: F): Float64Array {
  return (
    points[name] ??
    mistake('evaluate', `the points have no factor '${name}'`, 'give a column for each factor')
  );
}

function outputsOf(value: ReturnType<PointFunction>): readonly string[] {
  if (typeof value === 'number') return ['value'];
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (names.length > 0) return names;
  return mistake(
    'toOutcome',
    `the function returned ${shown(value)}`,
    'return a number or an object of numbers',
  );
}

function numberIn(value: Readonly<Record<string, number>>, name: string): number {
  const number = value[name];
  if (typeof number === 'number') return number;
  return mistake(
    'toOutcome',
    `the function returned ${shown(number)} as '${name}'`,
    'return the same named numbers at every point',
  );
}
