import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { mean } from '../uncertainty/moments.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { auto } from './auto.ts';
import type { FitOptions, Forecast, Method } from './method.ts';

/** Options of `forecast`. */
export interface ForecastOptions extends FitOptions {
  /** How many periods ahead; defaults to two years, or to four values of a yearly history. */
  readonly horizon?: number;
  /** The regressors over the horizon, when there are regressors. */
  readonly future?: Dataset;
}

/**
 * What history says about the next periods: a distribution for each.
 *
 * @param history the series so far; `NaN` where a value is missing
 * @param method how to forecast; defaults to `auto()`
 * @param options the horizon, and what the series is
 * @throws RangeError when the history has no value or the horizon is no number of periods
 * @example forecast(series('2010', [100, 108, 117, 126]), logDrift(), { horizon: 2 }).start // '2014'
 */
export function forecast(history: Series, method: Method = auto(), options: ForecastOptions = {}): Forecast {
  argument('forecast', 'series', history, 'history');
  argument('forecast', 'method', method);
  checkOptions('forecast', options, 'horizon future declare regressors');
  const {
    horizon = history.start.length === 4 ? 4 : history.start[5] === 'Q' ? 8 : 24,
    future,
    ...fit
  } = options;
  return method.fit(history, fit).predict(horizon, future);
}

/** One step of a forecast with its central intervals, as a row for a table or a fan chart. */
export interface IntervalRow {
  readonly period: Period;
  /** The coverage of the interval, from 0 to 1. */
  readonly level: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly mean: number;
}

/**
 * Central intervals of a forecast: a row for each period and level, in the unit of the history.
 *
 * @param levels coverages between 0 and 1; defaults to 0.8 and 0.95
 * @throws RangeError when a level is not between 0 and 1
 * @example intervals(forecast(series('2010', [100, 110, 120, 130, 145]), drift(), { horizon: 1 }), [0.5]).length // 1
 */
export function intervals(forecast: Forecast, levels: readonly number[] = [0.8, 0.95]): IntervalRow[] {
  argument('intervals', 'forecast', forecast);
  listArgument('intervals', 'the list of levels', levels, 'give coverages, such as [0.8, 0.95]');
  const bad = levels.find((level) => !(level > 0 && level < 1));
  if (bad !== undefined)
    mistake('intervals', `${shown(bad)} is not a coverage`, 'give numbers between 0 and 1, such as 0.95');
  return forecast.steps.flatMap((step, j) => {
    const [period, median, average] = [addPeriods(forecast.start, j), quantile(step, 0.5), mean(step)];
    return levels.map((level) => ({
      period,
      level,
      low: quantile(step, (1 - level) / 2),
      median,
      high: quantile(step, (1 + level) / 2),
      mean: average,
    }));
  });
}
