import { argument } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { quantile } from '../uncertainty/quantile.ts';

/** How far a factor may move: its two ends, with the base inside them or not, or its distribution. */
export type Range =
  | readonly [low: Rate, high: Rate]
  | { readonly low: Rate; readonly base?: Rate; readonly high: Rate }
  | Distribution;

/** Ranges by the name of the factor. */
export type Ranges<F extends string = string> = Readonly<Record<F, Range>>;

/** A range with its three numbers. */
export interface Interval {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

/**
 * The three numbers of each range. The base is the first given of: the point `base`, the range's own, the median of a
 * distribution, the middle of the ends.
 *
 * @param level the central probability that a distribution's ends enclose
 */
export function intervals<F extends string>(
  ranges: Ranges<F>,
  base: Readonly<Partial<Record<F, Rate>>>,
  level: number,
  call: string,
): [F, Interval][] {
  argument(call, 'factors', ranges);
  if (!(level > 0 && level < 1))
    return mistake(call, `level ${level} is not possible`, 'give a number between 0 and 1, such as 0.8');
  const names = Object.keys(ranges) as F[];
  if (names.length === 0) return mistake(call, 'there are no factors', 'give at least one range');
  for (const name of Object.keys(base)) {
    if (!(name in ranges))
      return mistake(call, `base names '${name}', which has no range`, suggestion(name, names));
  }
  return names.map((name) => {
    const { low, base: middle, high } = ends(ranges[name], name, level, call);
    const given = base[name];
    return [name, { low, base: given === undefined ? middle : ratio(given, call), high }];
  });
}

function ends(range: Range, name: string, level: number, call: string): Interval {
  if (typeof range !== 'object' || (range as Range | null) === null)
    return mistake(
      call,
      `the range of '${name}' is ${shown(range)}`,
      'give a lower and an upper end, such as [0.06, 0.1]',
    );
  if (isDistribution(range)) {
    const [low, high] = [quantile(range, (1 - level) / 2), quantile(range, (1 + level) / 2)];
    return { low, base: quantile(range, 0.5), high };
  }
  const [a, b, own] = isPair(range) ? [range[0], range[1], undefined] : [range.low, range.high, range.base];
  const [low, high] = [ratio(a, call), ratio(b, call)];
  return { low, base: own === undefined ? low + (high - low) / 2 : ratio(own, call), high };
}

function isDistribution(range: Range): range is Distribution {
  return 'kind' in range;
}

function isPair(range: Range): range is readonly [Rate, Rate] {
  return Array.isArray(range);
}

/** Columns of points that start at the base: `set` writes the value of one factor at one point. */
export function pointsAround<F extends string>(
  factors: readonly (readonly [F, Interval])[],
  count: number,
): Record<F, Float64Array> {
  const entries = factors.map(([name, { base }]) => [name, new Float64Array(count).fill(base)] as const);
  return Object.fromEntries(entries) as Record<F, Float64Array>;
}
