import { checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Rate } from '../numeric/rate.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { OutputOf, Study } from '../uncertainty/outcome.ts';
import { intervals, pointsAround } from './range.ts';
import type { Ranges } from './range.ts';

/** One point of one line of a spider chart. */
export interface SpiderRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Where the factor stands in its range, 0 at the low end and 1 at the high end. */
  readonly place: number;
  readonly at: number;
  readonly value: number;
  /** The output less its base value. */
  readonly change: number;
}

/** Options of `spider`. */
export interface SpiderOptions<F extends string = string> {
  /** Base values by factor; defaults as in `tornado`. */
  readonly base?: Readonly<Partial<Record<F, Rate>>>;
  /** Central probability that the ends of a distribution enclose; defaults to 0.8. */
  readonly level?: number;
  /** Points along each factor's range, ends included; defaults to 11. */
  readonly steps?: number;
}

/**
 * Each output along the range of each factor, the others at their base: the lines of a spider chart. Where `tornado`
 * shows the ends, this shows the bends between.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @throws RangeError when there is no factor or fewer than two steps
 * @example spider(({ a }) => a * a, { a: [0, 2] }, { steps: 3 }).map(({ value }) => value) // [0, 1, 4]
 */
export function spider<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Ranges<F>,
  options: SpiderOptions<F> = {},
): SpiderRow<F, OutputOf<S>>[] {
  checkOptions('spider', options, 'base level steps');
  const { steps = 11 } = options;
  if (!(Number.isInteger(steps) && steps >= 2))
    return mistake('spider', `${steps} steps are not possible`, 'give a whole number from 2');
  const ranges = intervals<F>(
    factors,
    options.base ?? ({} as Partial<Record<F, Rate>>),
    options.level ?? 0.8,
    'spider',
  );
  const count = ranges.length * steps + 1;
  const points = pointsAround(ranges, count);
  ranges.forEach(([factor, { low, high }], k) => {
    for (let s = 0; s < steps; s++)
      points[factor][1 + k * steps + s] = s === steps - 1 ? high : low + ((high - low) * s) / (steps - 1);
  });
  const results = toOutcome(f, Object.keys(factors) as F[]).evaluate(points, count);
  return (Object.keys(results) as OutputOf<S>[]).flatMap((output) =>
    ranges.flatMap(([factor], k) =>
      Array.from({ length: steps }, (_, s) => {
        const i = 1 + k * steps + s;
        const value = results[output][i]!;
        return {
          output,
          factor,
          place: s / (steps - 1),
          at: points[factor][i]!,
          value,
          change: value - results[output][0]!,
        };
      }),
    ),
  );
}
