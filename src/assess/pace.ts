import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { addPeriods, frequencyOf, perYear, placeInYear, yearOf } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { endOf, valueAt } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { survival } from '../uncertainty/cdf.ts';
import type { Distribution } from '../uncertainty/distribution.ts';

/** One of `'green'` (likelier than two in three), `'amber'`, `'red'` (less likely than one in three). */
export type Light = 'green' | 'amber' | 'red';

/** What the rest of the year must bring. Growth is over the year, as ratios. */
export interface Pace {
  /** The last period with a figure. */
  readonly period: Period;
  /** Growth so far, over the same stretch of the year before. */
  readonly toDate: number;
  /** Growth that the rest of the year needs; `NaN` when the year is over. */
  readonly needed: number;
  /** The needed growth at both ends of what the published rounding allows. */
  readonly range: readonly [low: number, high: number];
  /** Growth of the year if the rest grows as the year so far did, less the target. */
  readonly gapAtThisRate: number;
  /** Each remaining period: last year's level, the level it needs, and its growth, the same for all. */
  readonly periods: readonly {
    readonly period: Period;
    readonly lastYear: number;
    readonly needed: number;
    readonly growth: number;
  }[];
  /** The probability that the rest grows as needed, where an outlook was given. */
  readonly probability?: number;
  readonly light?: Light;
}

/** Figures of the year so far. */
export interface PaceOptions {
  /** Last year's single-period flows, in the prices in which growth is measured. */
  readonly base: Series;
  /** This year's single-period flows so far, in the same prices. */
  readonly actual?: Series;
  /** Or: growth so far as published, cumulative over the year, as a ratio by period; the last one counts. */
  readonly cumulative?: Series;
  /** Decimals of percent to which `cumulative` is published; defaults to 1 (China's practice), so ±0.05 points. */
  readonly decimals?: number;
  /** How the rest of the year may grow, such as `nowcast(...).rest`: gives probability and light. */
  readonly outlook?: Distribution;
}

/**
 * The growth that the rest of the year needs so that the year meets its target: ((1 + target) x last year's total -
 * this year so far) / last year's rest - 1.
 *
 * Quarters or months. A January without a figure of its own is taken with February.
 *
 * @param target growth of the year, as a ratio or percent string
 * @param options last year's flows, and this year's so far: flows or published cumulative growth
 * @throws RangeError when the base year is incomplete or nothing of this year is known
 * @example
 * pace('12%', { base: series('2013-Q1', [100, 110, 120, 130]), actual: series('2014-Q1', [108, 120]) }).needed // 0.1488
 */
export function pace(target: Rate, options: PaceOptions): Pace {
  checkOptions('pace', options, 'base! actual cumulative decimals outlook');
  argument('pace', 'series', options.base, 'base');
  const wanted = ratio(target, 'pace');
  const { base } = options;
  const n = perYear[frequencyOf(base.start)];
  if (n === 1)
    return mistake('pace', `last year's figures are by year (${base.start})`, 'give quarters or months');
  const known = soFar(options);
  const year = yearOf(known.period);
  const done = placeInYear(known.period) + 1;
  const first = addPeriods(known.period, 1 - done);
  const lastYear = Array.from({ length: n }, (_, k) => {
    const period = addPeriods(first, k - n);
    const value = valueAt(base, period);
    return Number.isNaN(value) && n === 12 && k === 0 ? 0 : value;
  });
  const missing = lastYear.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0)
    return mistake(
      'pace',
      `last year's figures lack ${addPeriods(first, missing - n)}`,
      `give all ${n} periods of ${year - 1}`,
    );
  const total = sum(lastYear);
  const before = sum(lastYear.slice(0, done));
  const rest = total - before;
  if (!(before > 0) || !(total > 0))
    return mistake('pace', `last year's figures sum to ${shown(total)}`, 'give positive flows');
  const need = (growth: number): number =>
    done === n ? NaN : ((1 + wanted) * total - (1 + growth) * before) / rest - 1;
  const needed = need(known.growth(before));
  const half = known.half;
  const toDate = known.growth(before);
  const chance = options.outlook === undefined || done === n ? undefined : survival(options.outlook, needed);
  return {
    period: known.period,
    toDate,
    needed,
    range: [need(toDate + half), need(toDate - half)],
    gapAtThisRate: toDate - wanted,
    periods: lastYear.slice(done).map((value, k) => ({
      period: addPeriods(known.period, k + 1),
      lastYear: value,
      needed: value * (1 + needed),
      growth: needed,
    })),
    ...(chance === undefined ? {} : { probability: chance, light: lightOf(chance) }),
  };
}

/** The light of a probability: green above two thirds, red below one third. */
export function lightOf(probability: number): Light {
  if (probability > 2 / 3) return 'green';
  return probability < 1 / 3 ? 'red' : 'amber';
}

/** The last known period, its cumulative growth given last year's flow to it, and half the rounding step. */
function soFar({ actual, cumulative, decimals = 1 }: PaceOptions): {
  period: Period;
  growth: (before: number) => number;
  half: number;
} {
  if (actual !== undefined) {
    const period = endOf(actual);
    const place = placeInYear(period);
    const flows = Array.from({ length: place + 1 }, (_, k) => valueAt(actual, addPeriods(period, k - place)));
    if (Number.isNaN(flows[0]) && frequencyOf(period) === 'month' && flows.length > 1) flows[0] = 0;
    const flow = sum(flows);
    if (!Number.isFinite(flow))
      return mistake(
        'pace',
        `this year's figures to ${period} are not complete`,
        'give every period from the first of the year',
      );
    return { period, growth: (before) => flow / before - 1, half: 0 };
  }
  if (cumulative === undefined)
    return mistake('pace', 'nothing of this year is given', 'give actual flows or cumulative growth');
  let last = cumulative.values.length - 1;
  while (last >= 0 && Number.isNaN(cumulative.values[last])) last--;
  if (last < 0) return mistake('pace', 'no cumulative growth is known', 'give at least one value');
  return {
    period: addPeriods(cumulative.start, last),
    growth: () => cumulative.values[last]!,
    half: 0.5 * 10 ** -(decimals + 2),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
