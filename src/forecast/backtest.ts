import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods, frequencyOf, perYear } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Series } from '../time/series.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { FitOptions, Method } from './method.ts';
import { crps, coverage, mase, msis, rmsse, smape } from './score.ts';

/** Options of `backtest`. */
export interface BacktestOptions extends FitOptions {
  /** How many periods ahead; defaults to one year, or to three values of a yearly history. */
  readonly horizon?: number;
  /** The fewest values to fit; defaults to two years and one value, or to six values of a yearly history. */
  readonly from?: number;
  /** How many periods from one origin to the next; defaults to 1. */
  readonly step?: number;
}

/** One forecast of one period, made at one origin. */
export interface BacktestRow {
  readonly method: string;
  /** The last period known when the forecast was made. */
  readonly origin: Period;
  readonly period: Period;
  /** Periods ahead, from 1. */
  readonly ahead: number;
  readonly actual: number;
  readonly median: number;
  readonly low95: number;
  readonly high95: number;
}

/** What a method scored, averaged over the origins. */
export interface BacktestScore {
  readonly method: string;
  readonly origins: number;
  readonly mase: number;
  readonly rmsse: number;
  readonly smape: number;
  readonly crps: number;
  readonly msis: number;
  readonly coverage95: number;
}

/** All forecasts of a backtest, and the scores of each method. */
export interface Backtest {
  readonly rows: readonly BacktestRow[];
  readonly scores: readonly BacktestScore[];
}

/**
 * Forecast a history again and again from rolling origins, refitting each time on what was known then: no later value
 * is seen by any fit.
 *
 * @param history the series; periods without a value are not scored
 * @param methods methods by the names the result should use
 * @param options horizon, fewest values, step and what the series is
 * @throws RangeError when the history is too short for one origin, or there is no method
 * @example backtest(series('2000', [1, 2, 3, 4, 5, 6, 7, 8]), { drift: drift() }, { horizon: 1 }).rows.length // 2
 */
export function backtest(
  history: Series,
  methods: Readonly<Record<string, Method>>,
  options: BacktestOptions = {},
): Backtest {
  argument('backtest', 'series', history, 'history');
  argument('backtest', 'object', methods, 'methods');
  for (const method of Object.values(methods)) argument('backtest', 'method', method);
  checkOptions('backtest', options, 'horizon from step declare regressors');
  const m = perYear[frequencyOf(history.start)];
  const { horizon = m === 1 ? 3 : m, from = m === 1 ? 6 : 2 * m + 1, step = 1, ...fit } = options;
  const { values } = history;
  for (const [name, value] of Object.entries({ horizon, from, step })) {
    if (!Number.isInteger(value) || value < 1) {
      mistake('backtest', `${name} ${shown(value)} is not a number of periods`, 'give 1 or more');
    }
  }
  if (Object.keys(methods).length === 0) mistake('backtest', 'there is no method', 'give { name: method }');
  if (values.length < from + horizon) {
    mistake(
      'backtest',
      `${values.length} values leave no origin (${from} to fit, ${horizon} ahead)`,
      'ask for less',
    );
  }
  const rows: BacktestRow[] = [];
  const scores = Object.entries(methods).map(([name, method]): BacktestScore => {
    const sums = { mase: 0, rmsse: 0, smape: 0, crps: 0, msis: 0, coverage95: 0 };
    let origins = 0;
    for (let n = from; n + horizon <= values.length; n += step) {
      const past = values.slice(0, n);
      if (past.every((v) => Number.isNaN(v))) continue;
      const forecast = method
        .fit({ start: history.start, values: past }, fit)
        .predict(horizon, fit.regressors);
      const known = forecast.steps.map((_, j) => j).filter((j) => !Number.isNaN(values[n + j]!));
      if (known.length === 0) continue;
      const steps = known.map((j) => forecast.steps[j]!);
      const actual = known.map((j) => values[n + j]!);
      const origin = addPeriods(history.start, n - 1);
      known.forEach((j, k) => {
        const [low95, median, high95] = [0.025, 0.5, 0.975].map((p) => quantile(steps[k]!, p)) as [
          number,
          number,
          number,
        ];
        rows.push({
          method: name,
          origin,
          period: addPeriods(origin, j + 1),
          ahead: j + 1,
          actual: actual[k]!,
          median,
          low95,
          high95,
        });
      });
      const medians = steps.map((s) => quantile(s, 0.5));
      origins++;
      sums.mase += mase(actual, medians, past, m);
      sums.rmsse += rmsse(actual, medians, past, m);
      sums.smape += smape(actual, medians);
      sums.crps += crps(actual, steps);
      sums.msis += msis(actual, steps, past, m);
      sums.coverage95 += coverage(actual, steps);
    }
    const mean = (value: number): number => value / origins;
    return {
      method: name, origins, mase: mean(sums.mase), rmsse: mean(sums.rmsse), smape: mean(sums.smape),
      crps: mean(sums.crps), msis: mean(sums.msis), coverage95: mean(sums.coverage95),
    }; // prettier-ignore
  });
  return { rows, scores };
}
