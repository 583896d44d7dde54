import { checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, Outcome, OutputOf, Study } from '../uncertainty/outcome.ts';
import { namesOf } from './design.ts';

/** How one output answers to a small change of one factor at a point. */
export interface ElasticityRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Change of the output per unit of the factor. */
  readonly derivative: number;
  /** Percent change of the output per percent change of the factor; NaN where the output is zero. */
  readonly elasticity: number;
  /** The factor and the output at the point. */
  readonly at: number;
  readonly value: number;
  /** One of `'exact'` (the outcome gives its derivatives) or `'difference'` (of sixth order, error about 1e-12). */
  readonly method: 'exact' | 'difference';
}

/** Options of `elasticities`. */
export interface ElasticityOptions {
  /** Step of the difference relative to the factor (or by itself where the factor is zero); defaults to 0.005. */
  readonly step?: number;
}

/**
 * Derivatives and elasticities of each output with respect to each factor, at a point.
 *
 * Exact where the outcome has a `gradient`. A plain function is differenced: central, seven points, of sixth order
 * (Fornberg 1988), which is exact for polynomials up to the sixth degree, to rounding.
 *
 * @param at the point `{ factor: value }`
 * @throws RangeError when there is no factor, or a value that is no number
 * @example elasticities(({ a }) => 3 * a * a, { a: 2 })[0].method // 'difference'
 */
export function elasticities<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  at: Readonly<Record<F, Rate>>,
  options: ElasticityOptions = {},
): ElasticityRow<F, OutputOf<S>>[] {
  checkOptions('elasticities', options, 'step');
  const names = namesOf(at, 'elasticities');
  const { step = 0.005 } = options;
  if (!(step > 0 && step < 1))
    return mistake(
      'elasticities',
      `the step ${step} is not possible`,
      'give a small positive number, such as 0.005',
    );
  const outcome = toOutcome(f, names);
  const point = Object.fromEntries(names.map((name) => [name, numberOf(at[name], name)])) as Record<
    F,
    number
  >;
  const base = Object.fromEntries(
    names.map((name) => [name, Float64Array.of(point[name])]),
  ) as unknown as Columns<F>;
  const values = outcome.evaluate(base, 1);
  const exact = outcome.gradient?.(base, 1);
  const slopes = exact === undefined ? differences(outcome, names, base, 1, step) : undefined;
  return (Object.keys(values) as OutputOf<S>[]).flatMap((output) =>
    names.map((factor) => {
      const derivative = (exact ?? slopes)![output][factor][0]!;
      const value = values[output][0]!;
      return {
        output,
        factor,
        derivative,
        elasticity: value === 0 ? NaN : (derivative * point[factor]) / value,
        at: point[factor],
        value,
        method: exact === undefined ? ('difference' as const) : ('exact' as const),
      };
    }),
  );
}

function numberOf(value: Rate, factor: string): number {
  return typeof value === 'string' || Number.isFinite(value)
    ? ratio(value, 'elasticities')
    : mistake('elasticities', `'${factor}' is ${shown(value)}`, 'give a number for each factor');
}

/** Weights of the sixth-order central difference at 1, 2 and 3 steps: 3/4, -3/20, 1/60. */
const WEIGHTS = [0.75, -0.15, 0.016666666666666666];

/** Derivatives of each output at each of `count` points by central differences of sixth order. */
export function differences<F extends string, O extends string>(
  outcome: Outcome<F, O>,
  names: readonly F[],
  points: Columns<F>,
  count: number,
  step: number,
): Record<O, Record<F, Float64Array>> {
  const slopes = {} as Record<O, Record<F, Float64Array>>;
  for (const name of names) {
    const around = Object.fromEntries(names.map((other) => [other, new Float64Array(6 * count)])) as Record<
      F,
      Float64Array
    >;
    const widths = points[name].slice(0, count).map((x) => step * (x === 0 ? 1 : Math.abs(x)));
    [-3, -2, -1, 1, 2, 3].forEach((places, k) => {
      for (const other of names) around[other].set(points[other].subarray(0, count), k * count);
      for (let i = 0; i < count; i++) around[name][k * count + i]! += places * widths[i]!;
    });
    const values = outcome.evaluate(around, 6 * count);
    for (const output of Object.keys(values) as O[]) {
      const y = values[output];
      slopes[output] ??= {} as Record<F, Float64Array>;
      slopes[output][name] = widths.map((h, i) => {
        const pair = (n: number) => WEIGHTS[n - 1]! * (y[(2 + n) * count + i]! - y[(3 - n) * count + i]!);
        return (pair(1) + pair(2) + pair(3)) / h;
      });
    }
  }
  return slopes;
}
