import { mistake } from '../mistake.ts';

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
  readonly outputs: readonly O[];
  /** Evaluate `count` points. Columns may be longer than `count`; the result's columns have `count` values. */
  evaluate(points: Columns<F>, count: number): Columns<O>;
}

/** An economist's own function of one point: a number, or several named numbers. */
export type PointFunction<F extends string = string, O extends string = string> = (
  point: Readonly<Record<F, number>>,
) => number | Readonly<Record<O, number>>;

/**
 * An outcome from a plain function of one point. A function that returns a number has the one output `'value'`.
 *
 * @param f function of a point `{ factor: number }`
 * @param factors the names of its factors, in the order of results
 * @example toOutcome(({ a, b }: { a: number; b: number }) => a * b, ['a', 'b']).outputs // ['value']
 */
export function toOutcome<F extends string, O extends string>(
  f: Outcome<F, O> | PointFunction<F, O>,
  factors: readonly F[],
): Outcome<F, O> {
  if (typeof f !== 'function') return f;
  const probe = f(Object.fromEntries(factors.map((name) => [name, 0.5])) as Record<F, number>);
  const outputs = (typeof probe === 'number' ? ['value'] : Object.keys(probe)) as O[];
  if (outputs.length === 0) {
    return mistake('toOutcome', 'the function returns no output', 'return a number or an object of numbers');
  }
  return {
    factors,
    outputs,
    evaluate(points, count) {
      const result = Object.fromEntries(outputs.map((name) => [name, new Float64Array(count)])) as Record<O, Float64Array>;
      const point = {} as Record<F, number>;
      for (let i = 0; i < count; i++) {
        for (const name of factors) point[name] = points[name][i]!;
        const value = f(point);
        if (typeof value === 'number') result[outputs[0]!][i] = value;
        else for (const name of outputs) result[name][i] = value[name];
      }
      return result;
    },
  };
}
