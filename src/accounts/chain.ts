import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { at, valueAt } from '../time/series.ts';
import type { Series } from '../time/series.ts';

/**
 * A fixed-base index from links: each link is the level as a ratio of the period before (`previous` = 1) or in
 * percent of it (`previous` = 100, as statistical yearbooks print).
 *
 * @param links index of each period against the one before
 * @param options.value the index in the base period; defaults to 100
 * @param options.previous what a link of no change is: one of 1 (the default) or 100
 * @returns a series that starts one period before the links, at `value`
 * @throws RangeError when a link is not positive; a missing link makes the index missing from there on
 * @example chain(series('2014', [1.12, 1.1])).values // [100, 112.00000000000001, 123.20000000000003]
 */
export function chain(
  links: Series,
  options: { readonly value?: number; readonly previous?: 1 | 100 } = {},
): Series {
  argument('chain', 'series', links);
  checkOptions('chain', options, 'value previous');
  const { value = 100, previous = 1 } = options;
  const values = [value];
  for (const [i, link] of links.values.entries()) {
    if (link <= 0)
      return mistake(
        'chain',
        `the link at ${addPeriods(links.start, i)} is ${shown(link)}`,
        'links are ratios to the period before, above zero',
      );
    values.push(values.at(-1)! * (link / previous));
  }
  return { start: addPeriods(links.start, -1), values };
}

/**
 * The links of an index or a level: each value as a ratio of the period before. Chaining them gives the series back.
 *
 * @example linksOf(series('2013', [100, 112])).values // [1.12]
 */
export function linksOf(s: Series): Series {
  argument('linksOf', 'series', s);
  return { start: addPeriods(s.start, 1), values: s.values.slice(1).map((value, i) => value / s.values[i]!) };
}

/**
 * The same index with another base: growth rates stay, the base period gets `value`.
 *
 * @param base period that becomes `value`
 * @param value defaults to 100
 * @throws RangeError when the index is missing or not positive in the base period
 * @example rebase(series('2013', [50, 60]), '2013').values // [100, 120]
 */
export function rebase(index: Series, base: Period, value = 100): Series {
  argument('rebase', 'series', index);
  const reference = at(index, base);
  if (!(reference > 0))
    return mistake(
      'rebase',
      `the index is ${shown(reference)} at ${base}`,
      'choose a base period where it is positive',
    );
  return { start: index.start, values: index.values.map((v) => (v / reference) * value) };
}

/**
 * Levels at constant prices whose price base changes: the first period of each new segment is in `breaks`, valued at
 * new prices, so that its ratio to the period before is not growth.
 */
export interface ConstantPriceSeries {
  readonly levels: Series;
  /** First period of each segment after the first, in order. */
  readonly breaks: readonly Period[];
}

/**
 * Growth of a constant-price series, over the period before. Inside a segment it is the ratio of levels; at a break it
 * is the link index, which must be given.
 *
 * @param s levels with the base-year breaks they have
 * @param links index against the period before as a ratio, needed at the breaks
 * @throws RangeError at a break without a link: the ratio across it is not growth (China 1990 by levels: 75.9 %, by the
 *   index: 3.9 %)
 * @example realGrowthOf({ levels: series('2013', [100, 112]), breaks: [] }).values // [0.12]
 */
export function realGrowthOf(s: ConstantPriceSeries, links?: Series): Series {
  argument('realGrowthOf', 'series', (s as ConstantPriceSeries | undefined)?.levels, 'levels');
  if (links !== undefined) argument('realGrowthOf', 'series', links);
  const { levels } = s;
  const breaks = breaksOf(s);
  const values = levels.values.slice(1).map((value, i) => {
    const period = addPeriods(levels.start, i + 1);
    if (!breaks.has(period)) return (value - levels.values[i]!) / levels.values[i]!;
    const link = links === undefined ? NaN : valueAt(links, period);
    if (link > 0) return link - 1;
    return mistake(
      'realGrowthOf',
      `${period} starts a segment at new prices, and the ratio to ${addPeriods(period, -1)} is not growth`,
      'give the index against the year before as links',
    );
  });
  return { start: addPeriods(levels.start, 1), values };
}

/**
 * One continuous series at the prices of one segment: breaks are bridged with the link index, growth inside segments
 * stays as published.
 *
 * @param links index against the period before as a ratio, at least at the breaks
 * @param options.at a period whose published level is kept; defaults to the last
 * @throws RangeError as `realGrowthOf`
 * @example splice({ levels: series('2013', [50, 112]), breaks: ['2014'] }, series('2014', [1.12])).values // [100, 112]
 */
export function splice(
  s: ConstantPriceSeries,
  links: Series,
  options: { readonly at?: Period } = {},
): Series {
  argument('splice', 'series', (s as ConstantPriceSeries | undefined)?.levels, 'levels');
  checkOptions('splice', options, 'at');
  const growth = realGrowthOf(s, links);
  const { levels } = s;
  const anchor =
    options.at === undefined ? levels.values.length - 1 : periodsBetween(levels.start, options.at, 'splice');
  const level = levels.values[anchor];
  if (level === undefined)
    return mistake('splice', `there is no level at ${options.at}`, 'anchor at a period inside the series');
  const values: number[] = [];
  values[anchor] = level;
  for (let i = anchor - 1; i >= 0; i--) values[i] = values[i + 1]! / (1 + growth.values[i]!);
  for (let i = anchor + 1; i < levels.values.length; i++)
    values[i] = values[i - 1]! * (1 + growth.values[i - 1]!);
  return { start: levels.start, values };
}

function breaksOf({ levels, breaks }: ConstantPriceSeries): ReadonlySet<Period> {
  for (const period of breaks) {
    const i = periodsBetween(levels.start, period, 'constant-price series');
    if (i < 1 || i >= levels.values.length)
      mistake(
        'constant-price series',
        `the break at ${period} lies outside the levels`,
        'name the first period of a new segment',
      );
  }
  return new Set(breaks);
}
