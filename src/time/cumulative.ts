import { argument, checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { addPeriods, frequencyOf, perYear, placeInYear } from './period.ts';
import { valueAt } from './series.ts';
import type { Series } from './series.ts';

/**
 * Single-period flows from figures published as cumulative since January (year to date, 累计).
 *
 * Each value less the one before it in the same year. A month that was not published (January, where January and
 * February come as one joint figure) stays missing and the next published one holds the joint flow, so that the year
 * still adds up; `january: 'equal'` splits the joint figure evenly between the two months instead, which is a choice.
 *
 * @param s cumulative flow, by month or quarter
 * @param options.january one of `'joint'` (defaults to it) or `'equal'`
 * @returns flows; before the first published value of a year that the series enters midway they are missing
 * @throws RangeError for a yearly series
 * @example fromYearToDate(series('2019-Q1', [218063, 460637, 712845])).values // [218063, 242574, 252208]
 */
export function fromYearToDate(s: Series, options: { readonly january?: 'joint' | 'equal' } = {}): Series {
  checkOptions('fromYearToDate', options, 'january');
  subYearly('fromYearToDate', s);
  const first = placeInYear(s.start);
  const n = perYear[frequencyOf(s.start)];
  let before = NaN;
  const flows = s.values.map((value, i) => {
    const place = (first + i) % n;
    if (place === 0) before = 0;
    const flow = value - before;
    if (!Number.isNaN(value)) before = value;
    return flow;
  });
  if (options.january === 'equal' && n === 12) splitJanuary(flows, first);
  return { start: s.start, values: flows };
}

/**
 * Cumulative figures since January from single-period flows: the inverse of `fromYearToDate`.
 *
 * A missing January followed by a February is read as their joint figure. Any other missing flow makes the rest of
 * its year missing, as does a year that the series enters midway.
 *
 * @throws RangeError for a yearly series
 * @example toYearToDate(series('2019-Q1', [1, 2, 3, 4, 5])).values // [1, 3, 6, 10, 5]
 */
export function toYearToDate(s: Series): Series {
  subYearly('toYearToDate', s);
  const first = placeInYear(s.start);
  const n = perYear[frequencyOf(s.start)];
  let sum = NaN;
  const values = s.values.map((flow, i) => {
    const place = (first + i) % n;
    if (place === 0) {
      sum = 0;
      if (n === 12 && Number.isNaN(flow)) return NaN;
    }
    sum += flow;
    return sum;
  });
  return { start: s.start, values };
}

/**
 * Single-period growth over the year from published cumulative growth and the flows of the year before.
 *
 * Cumulative growth G at period q means (1 + G_q) x (last year's flow to q) now; differences of these levels against
 * last year's flow are the growth of each period. `base` must be in the prices in which growth is measured.
 *
 * @param cumulative year-to-date growth over the year before, as ratios
 * @param base single-period flows of the year before, same frequency, placed one year earlier
 * @returns growth of single periods over the year, as ratios
 * @example
 * growthFromYearToDate(series('2014-Q1', [0.1, 0.1]), series('2013-Q1', [50, 60])).values // [0.1, 0.1]
 */
export function growthFromYearToDate(cumulative: Series, base: Series): Series {
  argument('growthFromYearToDate', 'series', base, 'base');
  subYearly('growthFromYearToDate', cumulative);
  const year = perYear[frequencyOf(cumulative.start)];
  const earlier = toYearToDate(base);
  const levels = cumulative.values.map(
    (g, i) => (1 + g) * valueAt(earlier, addPeriods(cumulative.start, i - year)),
  );
  const flows = fromYearToDate({ start: cumulative.start, values: levels });
  return {
    start: flows.start,
    values: flows.values.map((flow, i) => flow / valueAt(base, addPeriods(flows.start, i - year)) - 1),
  };
}

function splitJanuary(flows: number[], first: number): void {
  for (let i = 0; i + 1 < flows.length; i++) {
    if ((first + i) % 12 === 0 && Number.isNaN(flows[i])) flows[i] = flows[i + 1] = flows[i + 1]! / 2;
  }
}

function subYearly(call: string, s: Series): void {
  argument(call, 'series', s);
  if (frequencyOf(s.start) === 'year')
    mistake(call, `the series is yearly (${s.start})`, 'give months or quarters');
}
