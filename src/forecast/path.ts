import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { normalCdf, normalQuantile } from '../numeric/normal.ts';
import { uniformAt } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import { addPeriods, periodsBetween, toSpan } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import type { Columns } from '../uncertainty/outcome.ts';
import { cdf, survival } from '../uncertainty/cdf.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Forecast } from './method.ts';

/** How many joint paths, and from which seed. */
export interface PathOptions {
  /** How many paths; defaults to 10,000. */
  readonly draws?: number;
  /** Any whole number; defaults to 0. The same seed gives the same paths. */
  readonly seed?: Seed;
}

/** What lies between two values, on the scale of the forecast; a side that is left out is open. */
export interface Between {
  readonly low?: number;
  readonly high?: number;
}

/**
 * Joint paths of a forecast: a column for each period, one value per draw, in the history's unit.
 *
 * Each step has its own distribution; between steps the normal scores are correlated as the method's errors are, by
 * its moving-average weights (a Gaussian copula). Draw i is a function of the seed and i alone.
 *
 * @param forecast any forecast
 * @param options draws and seed
 * @throws RangeError when the number of draws is not a positive whole number
 * @example samplePaths(forecast(series('2010', [1, 2, 4, 5, 6]), drift(), { horizon: 2 }), { draws: 100 })['2016'].length // 100
 */
export function samplePaths(forecast: Forecast, options: PathOptions = {}): Columns {
  argument('samplePaths', 'forecast', forecast);
  checkOptions('samplePaths', options, 'draws seed');
  const { draws = 10_000, seed = 0 } = options;
  if (!Number.isInteger(draws) || draws < 1) {
    mistake('samplePaths', `${shown(draws)} is not a number of draws`, 'give a whole number such as 10000');
  }
  const scores = pathScores(forecast.weights, forecast.steps.length);
  const columns: Record<string, Float64Array> = {};
  const shocks = forecast.steps.map((_, j) =>
    Float64Array.from({ length: draws }, (__, i) => normalQuantile(uniformAt(seed, j, i))),
  );
  forecast.steps.forEach((step, j) => {
    const column = new Float64Array(draws);
    for (let i = 0; i < draws; i++) {
      let z = 0;
      for (let k = 0; k <= j; k++) z += scores[j]![k]! * shocks[k]![i]!;
      column[i] = quantile(step, normalCdf(z));
    }
    columns[addPeriods(forecast.start, j)] = column;
  });
  return columns;
}

/** Row j makes the normal score of step j from the shocks of steps 0 to j; each row has length 1. */
export function pathScores(weights: readonly number[], h: number): Float64Array[] {
  return Array.from({ length: h }, (_, j) => {
    const row = Float64Array.from({ length: j + 1 }, (__, k) => weights[j - k] ?? 0);
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
}

/**
 * The probability that a forecast lies in a range at a period.
 *
 * @param range on the scale of the history; an open side is left out
 * @throws RangeError when the period is not forecast
 * @example chanceAt(forecast(series('2010', [5, 5, 5]), naive(), { horizon: 1 }), { low: 4 }, '2013') // 1
 */
export function chanceAt(forecast: Forecast, range: Between, period: Period): number {
  argument('chanceAt', 'object', range, 'range');
  const j = stepAt(forecast, period, 'chanceAt');
  const step = forecast.steps[j]!;
  const { low = -Infinity, high = Infinity } = range;
  const upper = high === Infinity ? 1 : cdf(step, high);
  if (low === -Infinity) return upper;
  // From the nearer tail, so that a small probability is not lost in a difference.
  if (high === Infinity)
    return survival(step, low) + (degenerate(forecast, j) && quantile(step, 0.5) === low ? 1 : 0);
  return Math.max(0, upper - cdf(step, low));
}

/** How a stretch of a path is read, by `chanceOver`. */
export interface ChanceOptions extends PathOptions {
  /**
   * One of `'average'` (the mean of the values; defaults to it), `'total'` (their sum) and `'growth'` (the average
   * yearly growth from the last known value to the end of the span, a ratio).
   */
  readonly of?: 'average' | 'total' | 'growth';
}

/**
 * The probability that a forecast lies in a range on average, in total or in average growth over a span: it needs the
 * joint path, which is simulated.
 *
 * @param range on the scale of what is asked: the history's unit, or a ratio for growth
 * @param span periods of the forecast, the first and last included; growth is counted from the last known value
 * @throws RangeError when the span is not forecast
 * @example chanceOver(forecast(series('2010', [5, 5, 5]), naive(), { horizon: 2 }), { low: 4 }, ['2013', '2014']) // 1
 */
export function chanceOver(
  forecast: Forecast,
  range: Between,
  span: Span,
  options: ChanceOptions = {},
): number {
  argument('chanceOver', 'object', range, 'range');
  checkOptions('chanceOver', options, 'draws seed of');
  const [from, to] = toSpan(span, 'chanceOver');
  const [i, j] = [stepAt(forecast, from, 'chanceOver'), stepAt(forecast, to, 'chanceOver')];
  const { of = 'average', draws = 10_000, seed = 0 } = options;
  const { low = -Infinity, high = Infinity } = range;
  const paths = samplePaths(forecast, { draws, seed });
  const columns = Array.from({ length: j - i + 1 }, (_, k) => paths[addPeriods(from, k)]!);
  const years = (j + 1) / (from.length === 4 ? 1 : from[5] === 'Q' ? 4 : 12);
  let inside = 0;
  for (let d = 0; d < draws; d++) {
    let value = 0;
    if (of === 'growth') value = Math.pow(columns.at(-1)![d]! / forecast.last, 1 / years) - 1;
    else for (const column of columns) value += of === 'total' ? column[d]! : column[d]! / columns.length;
    if (value >= low && value <= high) inside++;
  }
  return inside / draws;
}

function stepAt(forecast: Forecast, period: Period, call: string): number {
  argument(call, 'forecast', forecast);
  const j = periodsBetween(forecast.start, period, call);
  if (j >= 0 && j < forecast.steps.length) return j;
  const end = addPeriods(forecast.start, forecast.steps.length - 1);
  return mistake(
    call,
    `${period} is not forecast (${forecast.start} to ${end} is)`,
    'forecast with a longer horizon',
  );
}

function degenerate(forecast: Forecast, j: number): boolean {
  const step = forecast.steps[j]!;
  return step.kind === 'student' && step.scale === 0;
}
