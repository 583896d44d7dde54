import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods, frequencyOf, perYear, placeInYear, yearOf } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { valueAt } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { student } from '../uncertainty/distribution.ts';
import type { Distribution } from '../uncertainty/distribution.ts';

/** What the year so far says about the whole year. Growth is over the year, as ratios. */
export interface Nowcast {
  /** The last period with a figure. */
  readonly period: Period;
  /** Published growth to that period. */
  readonly toDate: number;
  /** Share of last year's total that lies in the rest of the year. */
  readonly restShare: number;
  /** Growth of the rest of the year over the same stretch of the year before. */
  readonly rest: Distribution;
  /** Growth of the year. */
  readonly year: Distribution;
  /** Past years whose own turn after this point went into the spread. */
  readonly years: number;
}

/** What a nowcast rests on. */
export interface NowcastOptions {
  /** Shares of the year's periods in its total, in the prices of growth, such as `[0.22, 0.245, 0.255, 0.28]`. */
  readonly weights: readonly number[];
  /** Decimals of percent to which growth is published; defaults to 1. */
  readonly decimals?: number;
  /**
   * Standard deviation of the rest's growth around the growth so far that is expected before any past year is seen;
   * defaults to 0.02, the one-year error of a district's growth in the default model.
   */
  readonly sd?: number;
}

/**
 * From year-to-date growth, as China publishes it (cumulative, rounded, January and February together), to the
 * distribution of the year's growth.
 *
 * The rest of the year is expected to grow as the year so far, give or take what the rest of past years did against
 * their own year to date at the same point. That spread is the past years' mean square shrunk to `sd` with the weight of
 * four years, and Student's t with as many degrees of freedom; the published rounding is added.
 *
 * @param cumulative year-to-date growth over the year before, as ratios, of past years and of this one; January may be
 *   missing
 * @param options weights of the periods, decimals, prior spread
 * @throws RangeError for a yearly series, weights that are not one positive number a period, or no known value
 * @example nowcast(series('2014-Q1', [0.08, 0.086]), { weights: [0.22, 0.245, 0.255, 0.28] }).toDate // 0.086
 */
export function nowcast(cumulative: Series, options: NowcastOptions): Nowcast {
  argument('nowcast', 'series', cumulative);
  checkOptions('nowcast', options, 'weights[]! decimals sd');
  const n = perYear[frequencyOf(cumulative.start)];
  const { weights, decimals = 1, sd = 0.02 } = options;
  if (n === 1)
    return mistake('nowcast', `the series is yearly (${cumulative.start})`, 'give quarters or months');
  if (weights.length !== n || !weights.every((w) => w > 0))
    return mistake('nowcast', `the weights are ${shown(weights)}`, `give ${n} positive shares`);
  if (!(sd >= 0)) return mistake('nowcast', `sd is ${shown(sd)}`, 'give zero or more');
  let last = cumulative.values.length - 1;
  while (last >= 0 && Number.isNaN(cumulative.values[last])) last--;
  if (last < 0) return mistake('nowcast', 'no growth is known', 'give at least one value');
  const period = addPeriods(cumulative.start, last);
  const toDate = cumulative.values[last]!;
  const total = weights.reduce((sum, w) => sum + w, 0);
  const place = placeInYear(period);
  const doneShare = weights.slice(0, place + 1).reduce((sum, w) => sum + w, 0) / total;
  const restShare = 1 - doneShare;
  const rounding = 10 ** -(decimals + 2) / Math.sqrt(12);
  if (place === n - 1) {
    const year = student(toDate, rounding, 1e6);
    return { period, toDate, restShare: 0, rest: year, year, years: 0 };
  }
  const turns: number[] = [];
  for (let y = yearOf(cumulative.start); y < yearOf(period); y++) {
    const then = valueAt(cumulative, addPeriods(period, (y - yearOf(period)) * n));
    const whole = valueAt(cumulative, addPeriods(period, (y - yearOf(period)) * n + n - 1 - place));
    const turn = (1 + whole - doneShare * (1 + then)) / restShare - 1 - then;
    if (Number.isFinite(turn)) turns.push(turn);
  }
  const prior = 4;
  const square = turns.reduce((sum, turn) => sum + turn * turn, prior * sd * sd) / (prior + turns.length);
  const df = prior + turns.length;
  // The rest's growth is around the published figure, whose own rounding it shares.
  const scale = Math.sqrt(square + rounding * rounding);
  const yearScale = Math.sqrt(restShare * restShare * square + rounding * rounding);
  return {
    period,
    toDate,
    restShare,
    rest: student(toDate, scale, df),
    year: student(toDate, yearScale, df),
    years: turns.length,
  };
}
