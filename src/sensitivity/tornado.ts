import { checkOptions } from '../argument.ts';
import type { Rate } from '../numeric/rate.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { OutputOf, Study } from '../uncertainty/outcome.ts';
import { intervals, pointsAround } from './range.ts';
import type { Ranges } from './range.ts';

/** One bar of a tornado chart: an output where one factor stands at each end of its range, the others at their base. */
export interface TornadoRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** The output with the factor at its low end, at its base, at its high end. */
  readonly low: number;
  readonly base: number;
  readonly high: number;
  /** Distance between the outputs at the two ends, not negative. */
  readonly swing: number;
  /** The factor's own low end, base and high end. */
  readonly from: number;
  readonly at: number;
  readonly to: number;
}

/** Options of `tornado`. */
export interface TornadoOptions<F extends string = string> {
  /** Base values by factor; each defaults to the range's own base, a distribution's median, or the middle of the ends. */
  readonly base?: Readonly<Partial<Record<F, Rate>>>;
  /** Central probability that the ends of a distribution enclose; defaults to 0.8, from the 10 % to the 90 % quantile. */
  readonly level?: number;
}

/**
 * What each factor does to each output when it alone moves from the low to the high end of its range.
 *
 * Rows come by output, the largest swing first; equal swings keep the order of the factors. One evaluation of
 * `2 n + 1` points for `n` factors.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @param factors ends `[low, high]`, `{ low, base, high }` or a distribution for each factor
 * @throws RangeError when there is no factor, or `base` names an unknown one
 * @example tornado(({ a, b }) => a * b, { a: [1, 3], b: [1, 2] })[0].swing // 3
 */
export function tornado<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Ranges<F>,
  options: TornadoOptions<F> = {},
): TornadoRow<F, OutputOf<S>>[] {
  checkOptions('tornado', options, 'base level');
  const ranges = intervals<F>(
    factors,
    options.base ?? ({} as Partial<Record<F, Rate>>),
    options.level ?? 0.8,
    'tornado',
  );
  const count = 2 * ranges.length + 1;
  const points = pointsAround(ranges, count);
  ranges.forEach(([factor, { low, high }], k) => {
    points[factor][2 * k + 1] = low;
    points[factor][2 * k + 2] = high;
  });
  const results = toOutcome(f, Object.keys(factors) as F[]).evaluate(points, count);
  return (Object.keys(results) as OutputOf<S>[]).flatMap((output) => {
    const values = results[output];
    const rows = ranges.map(([factor, { low: from, base: at, high: to }], k) => {
      const [low, high] = [values[2 * k + 1]!, values[2 * k + 2]!];
      return { output, factor, low, base: values[0]!, high, swing: Math.abs(high - low), from, at, to };
    });
    return rows.sort((a, b) => b.swing - a.swing);
  });
}
