import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { normalCdf } from '../numeric/normal.ts';
import { studentCdf } from '../numeric/student.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Forecast } from './method.ts';

/** Point forecasts, or a forecast whose medians are meant. */
export type Points = Forecast | readonly number[];

/** Distributions, or a forecast whose steps are meant. */
export type Steps = Forecast | readonly Distribution[];

/**
 * Mean absolute error over the mean absolute change of the history from one cycle to the next (Hyndman and Koehler 2006).
 *
 * @param actual what came, in the unit of the history
 * @param forecast as many points
 * @param history what was known
 * @param m periods in a cycle: 1 for a yearly history (the default), 4 or 12
 * @returns below 1 when better than the naive method was within the history; Infinity for a constant history
 * @throws RangeError when the lengths differ
 * @example mase([12, 14], [11, 12], [4, 6, 8, 10]) // 0.75
 */
export function mase(actual: readonly number[], forecast: Points, history: readonly number[], m = 1): number {
  const points = paired('mase', actual, forecast);
  return average(actual.map((a, i) => Math.abs(a - points[i]!))) / naiveError(history, m, Math.abs);
}

/**
 * Root mean squared error over the root mean squared change of the history from one cycle to the next (M5 competition).
 *
 * @example rmsse([12, 14], [11, 12], [4, 6, 8, 10]) // 0.7905694150420949
 */
export function rmsse(
  actual: readonly number[],
  forecast: Points,
  history: readonly number[],
  m = 1,
): number {
  const points = paired('rmsse', actual, forecast);
  const scale = naiveError(history, m, (e) => e * e);
  return Math.sqrt(average(actual.map((a, i) => (a - points[i]!) ** 2)) / scale);
}

/**
 * Symmetric mean absolute percentage error, in percent from 0 to 200: 200 |a - f| / (|a| + |f|) (M3 competition).
 *
 * @example smape([100], [110]) // 9.523809523809524
 */
export function smape(actual: readonly number[], forecast: Points): number {
  const points = paired('smape', actual, forecast);
  return average(
    actual.map((a, i) => {
      const total = Math.abs(a) + Math.abs(points[i]!);
      return total === 0 ? 0 : (200 * Math.abs(a - points[i]!)) / total;
    }),
  );
}

/**
 * Overall weighted average: the mean of sMAPE and MASE, each relative to a benchmark's (M4 competition, where the
 * benchmark is the naive method on seasonally adjusted numbers).
 *
 * @example owa([12, 14], [11, 12], [10, 10], [4, 6, 8, 10]) // 0.48372024395042296
 */
export function owa(
  actual: readonly number[],
  forecast: Points,
  benchmark: Points,
  history: readonly number[],
  m = 1,
): number {
  const relative = smape(actual, forecast) / smape(actual, benchmark);
  return (relative + mase(actual, forecast, history, m) / mase(actual, benchmark, history, m)) / 2;
}

/**
 * Pinball loss of a quantile: what the forecast of the p-quantile should minimise (Koenker and Bassett 1978).
 *
 * @param actual what came
 * @param forecast the forecast p-quantiles, or distributions whose p-quantiles are meant
 * @param p a probability between 0 and 1
 * @example pinball([12], [10], 0.9) // 1.8
 */
export function pinball(actual: readonly number[], forecast: Steps | readonly number[], p: number): number {
  const points = paired('pinball', actual, forecast, p);
  return average(actual.map((a, i) => (a >= points[i]! ? p * (a - points[i]!) : (1 - p) * (points[i]! - a))));
}

/**
 * Continuous ranked probability score: twice the integral of the pinball loss over all probabilities, by the midpoint
 * rule at 200 probabilities (Gneiting and Raftery 2007). In the unit of the history; the mean absolute error of a
 * forecast that is certain.
 *
 * @example crps([3], [{ kind: 'normal', mean: 3, sd: 0 }]) // 0
 */
export function crps(actual: readonly number[], forecast: Steps): number {
  paired('crps', actual, forecast);
  const steps = stepsIn(forecast);
  paired('crps', actual, steps);
  const count = 200;
  return average(
    actual.map((a, i) => {
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const p = (k + 0.5) / count;
        const q = quantile(steps[i]!, p);
        sum += a >= q ? p * (a - q) : (1 - p) * (q - a);
      }
      return (2 * sum) / count;
    }),
  );
}

/**
 * Mean scaled interval score: the width of the central interval plus 2 / (1 - level) times what falls outside, over the
 * naive error of the history (M4 competition; Gneiting and Raftery 2007).
 *
 * @param level coverage of the interval, defaults to 0.95
 * @example msis([12], [{ kind: 'uniform', low: 0, high: 20 }], [4, 6, 8, 10]) // 9.5
 */
export function msis(
  actual: readonly number[],
  forecast: Steps,
  history: readonly number[],
  m = 1,
  level = 0.95,
): number {
  const bounds = boundsOf('msis', actual, forecast, level);
  const scores = actual.map((a, i) => {
    const [low, high] = bounds[i]!;
    const outside = Math.max(low - a, a - high, 0);
    return high - low + (2 / (1 - level)) * outside;
  });
  return average(scores) / naiveError(history, m, Math.abs);
}

/**
 * The share of values that fell inside the central interval.
 *
 * @param level what the share should be, defaults to 0.95
 * @example coverage([5, 30], [{ kind: 'uniform', low: 0, high: 20 }, { kind: 'uniform', low: 0, high: 20 }]) // 0.5
 */
export function coverage(actual: readonly number[], forecast: Steps, level = 0.95): number {
  const bounds = boundsOf('coverage', actual, forecast, level);
  return average(actual.map((a, i) => (a >= bounds[i]![0] && a <= bounds[i]![1] ? 1 : 0)));
}

/**
 * Brier score: the mean squared difference between a probability and what came (1 or true when it came).
 *
 * @example brier([0.8, 0.3], [true, false]) // 0.065
 */
export function brier(probabilities: readonly number[], outcomes: readonly (boolean | number)[]): number {
  listArgument('brier', 'the list of outcomes', outcomes);
  paired('brier', outcomes.map(Number), probabilities);
  return average(probabilities.map((p, i) => (p - Number(outcomes[i])) ** 2));
}

/**
 * Calibration error of probabilities: sorted into equal bins from 0 to 1, the mean distance between the average
 * probability of a bin and the share that came, weighted by the number in the bin.
 *
 * @param bins how many, defaults to 10
 * @example calibrationError([0.9, 0.9, 0.1], [1, 1, 0]) // 0.1
 */
export function calibrationError(
  probabilities: readonly number[],
  outcomes: readonly (boolean | number)[],
  bins = 10,
): number {
  listArgument('calibrationError', 'the list of outcomes', outcomes);
  paired('calibrationError', outcomes.map(Number), probabilities);
  if (!(Number.isInteger(bins) && bins >= 1))
    return mistake(
      'calibrationError',
      `${shown(bins)} bins are not possible`,
      'give a whole number, such as 10',
    );
  const sums = Array.from({ length: bins }, () => ({ p: 0, hit: 0 }));
  probabilities.forEach((p, i) => {
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))]!;
    bin.p += p;
    bin.hit += Number(outcomes[i]);
  });
  return sums.reduce((total, { p, hit }) => total + Math.abs(p - hit), 0) / probabilities.length;
}

/** Whether two forecasts differ in accuracy by more than chance. */
export interface DieboldMariano {
  /** Negative when the first forecast loses less. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * The Diebold-Mariano test with the small-sample correction of Harvey, Leybourne and Newbold (1997).
 *
 * @param first errors of one method, in time order
 * @param second errors of the other on the same targets
 * @param options `horizon` of the forecasts in periods (defaults to 1: its long-run variance uses horizon - 1 lags) and
 *   `power` of the loss |error|^power (defaults to 2)
 * @throws RangeError when the lengths differ or there are fewer than three errors
 * @example dieboldMariano([1, 2, 1, 2, 1], [1, 2, 1, 2, 1]).pValue // 1
 */
export function dieboldMariano(
  first: readonly number[],
  second: readonly number[],
  options: { readonly horizon?: number; readonly power?: number } = {},
): DieboldMariano {
  checkOptions('dieboldMariano', options, 'horizon power');
  const { horizon = 1, power = 2 } = options;
  paired('dieboldMariano', first, second);
  const n = first.length;
  if (n < 3) mistake('dieboldMariano', `${n} errors are too few`, 'give three or more');
  const d = first.map((e, i) => Math.abs(e) ** power - Math.abs(second[i]!) ** power);
  const mean = average(d);
  const at = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (d[t]! - mean) * (d[t - lag]! - mean);
    return sum / n;
  };
  let variance = at(0);
  for (let lag = 1; lag < Math.min(horizon, n); lag++) variance += 2 * at(lag);
  // The long-run variance can come out negative for long horizons: then the plain variance is used.
  if (!(variance > 0)) variance = at(0);
  if (!(variance > 0))
    return mean === 0 ? { statistic: 0, pValue: 1 } : { statistic: Math.sign(mean) * Infinity, pValue: 0 };
  const correction = Math.sqrt(Math.max(0, (n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n));
  const statistic = (correction * mean) / Math.sqrt(variance / n);
  const tail = n > 1000 ? normalCdf(-Math.abs(statistic)) : studentCdf(-Math.abs(statistic), n - 1);
  return { statistic, pValue: 2 * tail };
}

/** A forecast as points (medians, or p-quantiles), checked to be as many as what came. */
function paired(
  call: string,
  actual: readonly number[],
  forecast: Points | Steps | readonly number[],
  p = 0.5,
): readonly number[] {
  listArgument(call, 'the list of values', actual);
  if (!Array.isArray(forecast)) argument(call, 'forecast', forecast);
  const list: readonly (number | Distribution)[] = 'steps' in forecast ? forecast.steps : forecast;
  if (list.length !== actual.length || list.length === 0) {
    mistake(
      call,
      `there are ${actual.length} values and ${list.length} forecasts`,
      'give one forecast for each value',
    );
  }
  return list.map((x) => (typeof x === 'number' ? x : quantile(x, p)));
}

function stepsIn(forecast: Steps): readonly Distribution[] {
  return 'steps' in forecast ? forecast.steps : forecast;
}

function boundsOf(
  call: string,
  actual: readonly number[],
  forecast: Steps,
  level: number,
): (readonly [number, number])[] {
  paired(call, actual, forecast);
  return stepsIn(forecast).map((step) => [quantile(step, (1 - level) / 2), quantile(step, (1 + level) / 2)]);
}

function naiveError(history: readonly number[], m: number, loss: (e: number) => number): number {
  listArgument('mase', 'the history', history);
  let sum = 0;
  let count = 0;
  for (let t = m; t < history.length; t++) {
    const change = history[t]! - history[t - m]!;
    if (Number.isNaN(change)) continue;
    sum += loss(change);
    count++;
  }
  return count > 0 ? sum / count : NaN;
}

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
