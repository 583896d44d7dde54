import { mistake, shown } from '../mistake.ts';
import { addPeriods, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { endOf, valueAt } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import { boxCox } from '../uncertainty/box-cox.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { isConstant } from './arima-select.ts';
import { numbersOf } from './numbers.ts';
import type { Numbers } from './numbers.ts';
import type { Fitter, NumbersFit, Outlook } from './outlook.ts';
import { ownSpread } from './spread.ts';
import { certainSteps, shortSteps, stepsOf } from './steps.ts';
import { fitDrift, fitNaive } from './walk-fit.ts';

/**
 * What history says about the periods after it: a distribution for each, in the history's unit. Plain data.
 *
 * The point forecast of a step is its median, `quantile(step, 0.5)`; its mean is `mean(step)`.
 */
export interface Forecast {
  /** The first period forecast. */
  readonly start: Period;
  readonly steps: readonly Distribution[];
  /** How the steps hang together: what one unit of error does 0, 1, 2, ... periods on, `weights[0]` being 1. */
  readonly weights: readonly number[];
  /** The last known value, from which growth is counted. */
  readonly last: number;
  /** The model that was used, as the field writes it. */
  readonly method: string;
  /** What a reader should know: values filled, a simpler method taken and why. */
  readonly notes: readonly string[];
}

/** A method that has seen a history. Only it can predict. */
export interface Fitted {
  readonly method: string;
  /** Estimated parameters by their names in the literature. */
  readonly parameters: Readonly<Record<string, number>>;
  /** One-step errors within the sample, in the history's unit or, with `lambda`, in the transformed one. */
  readonly residuals: Series;
  readonly logLikelihood?: number;
  readonly aicc?: number;
  readonly notes: readonly string[];
  /**
   * Forecast the next `h` periods.
   *
   * @param future the regressors over the horizon, when the method was fitted with regressors
   */
  predict(h: number, future?: Dataset): Forecast;
}

/** What a reader may say about a series when it is fitted. */
export interface FitOptions {
  /**
   * What the series is. One of `'economic-level'`: the level of an economic quantity (output, income, sales) that grows
   * by compounding. Defaults to nothing said. Only `auto` listens.
   */
  readonly declare?: 'economic-level';
  /** Series that explain this one, for `arima`: they must cover the history, and `predict` needs their future. */
  readonly regressors?: Dataset;
}

/** A way to forecast: fitting it to a history gives the thing that predicts. */
export interface Method {
  readonly kind: string;
  fit(history: Series, options?: FitOptions): Fitted;
}

/** Options that every method takes. */
export interface MethodOptions {
  /**
   * Box-Cox parameter: the method is fitted to the transformed history (0 is the logarithm, 1 no transform). Medians
   * are carried back, and the mean of a step allows for the curvature. Defaults to no transform.
   */
  readonly lambda?: number;
  /**
   * Whether intervals are widened to what errors out of sample are (see `ownSpread`), or are the model's own, which
   * hold too few outcomes. Defaults to true.
   */
  readonly calibrated?: boolean;
}

/**
 * Make a method from a fit of plain numbers: reads the series, transforms, falls back to a simpler method for a short
 * or constant series and says so, and dresses the outlook as distributions.
 *
 * @param kind the method's name
 * @param fitter the fit of plain numbers, or a choice of one given what is declared
 * @param options Box-Cox transform and calibration
 */
export function methodOf(
  kind: string,
  fitter: (
    options: FitOptions,
    y: Float64Array,
  ) => { readonly fit: Fitter; readonly lambda?: number | undefined },
  options: MethodOptions = {},
): Method {
  const { lambda: asked, calibrated = true } = options;
  if (asked !== undefined && !Number.isFinite(asked)) {
    return mistake(
      kind,
      `lambda ${shown(asked)} is not a number`,
      'give 0 for the logarithm or leave it out',
    );
  }
  return {
    kind,
    fit(history, fitOptions = {}) {
      const numbers = numbersOf(history, kind);
      const { y } = numbers;
      const notes = [...numbers.notes];
      const choice = fitter(fitOptions, y);
      let lambda = asked ?? choice.lambda;
      if (lambda === 1) lambda = undefined;
      if (lambda !== undefined && lambda <= 0 && y.some((value) => value <= 0)) {
        notes.push('the history has zero or negative values: no logarithm was taken');
        lambda = undefined;
      }
      const regressors = regressorsOf(kind, numbers, history, fitOptions.regressors);
      if (y.length < 2 || isConstant(y)) return constant(kind, numbers, history, notes);
      const power = lambda;
      // In units of its own size, so that the transform of a scaled history is the scaled transform.
      const unit = power === undefined ? 1 : sizeOf(y);
      const x = power === undefined ? y : y.map((value) => boxCox(value / unit, power));
      let fit = choice.fit(x, numbers.m, regressors);
      if (fit === undefined) {
        fit = simplest(x);
        notes.push(`${y.length} values are too few for ${kind}: ${fit.name} was used`);
      }
      const used = fit;
      notes.push(...(used.notes ?? []));
      const model = power === 0 ? `${used.name} in logs` : power === undefined ? used.name : `${used.name}, Box-Cox ${power}`;
      return {
        method: model,
        parameters: used.parameters,
        residuals: { start: addPeriods(endOf(history), 1 - numbers.late - used.residuals.length), values: Array.from(used.residuals) },
        ...(used.logLikelihood === undefined ? {} : { logLikelihood: used.logLikelihood }),
        ...(used.aicc === undefined ? {} : { aicc: used.aicc }),
        notes,
        predict(h, future) {
          const total = horizon(h) + numbers.late;
          const columns = futureOf(kind, history, numbers.late, total, fitOptions.regressors, future);
          const raw = used.outlook(total, columns);
          const outlook = atLeast(calibrated && used.calibrated !== true ? ownSpread(x, numbers.m, raw) : raw, x);
          const steps = stepsOf(inUnits(outlook, unit, power), outlook.df ?? used.degrees, power, y);
          return forecastOf(numbers, history, steps, Array.from(outlook.weights), model, notes, h);
        },
      };
    },
  }; // prettier-ignore
}

/** The geometric mean of the values' sizes; zeros do not count. */
function sizeOf(y: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of y) {
    if (value === 0) continue;
    sum += Math.log(Math.abs(value));
    count++;
  }
  return count > 0 ? Math.exp(sum / count) : 1;
}

/** An outlook of Box-Cox values of y / unit as one of Box-Cox values of y: the transform turns units into a line. */
function inUnits(outlook: Outlook, unit: number, lambda: number | undefined): Outlook {
  if (lambda === undefined) return outlook;
  const slope = Math.pow(unit, lambda);
  const shift = boxCox(unit, lambda);
  return {
    ...outlook,
    mean: outlook.mean.map((v) => slope * v + shift),
    sd: outlook.sd.map((v) => slope * v),
  };
}

/** A fit without errors (a straight line, a perfect cycle) is not certain: a hundredth of the usual change is the least spread. */
function atLeast(outlook: Outlook, x: Float64Array): Outlook {
  let change = 0;
  for (let t = 1; t < x.length; t++) change += Math.abs(x[t]! - x[t - 1]!) / (x.length - 1);
  return { ...outlook, sd: outlook.sd.map((v) => Math.max(v, 0.01 * change)) };
}

/** The simplest defensible fit for a few numbers: the last value, or with three or more numbers the drift too. */
function simplest(x: Float64Array): NumbersFit {
  const walk = x.length < 5 ? fitNaive(x, 1) : fitDrift(x);
  return {
    name: x.length < 5 ? 'naive' : 'drift',
    parameters: { drift: walk.drift },
    residuals: walk.residuals,
    degrees: walk.degrees,
    outlook: walk.predict,
  };
}

/** One value, or the same value all along: the last value, certain only when it has been seen more than once. */
function constant(kind: string, numbers: Numbers, history: Series, before: readonly string[]): Fitted {
  const { y } = numbers;
  const once = y.length === 1;
  const notes = [
    ...before,
    once
      ? 'one value says nothing about change: it is carried on, with the spread usual for economic series'
      : `all ${y.length} values are equal: the value is carried on as certain`,
  ];
  if (kind !== 'naive') notes.push(`too little for ${kind}: naive was used`);
  const value = y[y.length - 1]!;
  return {
    method: 'naive',
    parameters: {},
    residuals: { start: addPeriods(endOf(history), 1 - numbers.late), values: [] },
    notes,
    predict(h) {
      const total = horizon(h) + numbers.late;
      const steps = once ? shortSteps(value, numbers.m, total) : certainSteps(value, total);
      return forecastOf(numbers, history, steps, steps.map(() => 1), 'naive', notes, h); // prettier-ignore
    },
  };
}

function forecastOf(
  numbers: Numbers,
  history: Series,
  steps: readonly Distribution[],
  weights: readonly number[],
  method: string,
  notes: readonly string[],
  h: number,
): Forecast {
  const lost = steps.findIndex((step) =>
    [0.025, 0.5, 0.975].some((p) => !Number.isFinite(quantile(step, p))),
  );
  if (lost >= 0)
    return mistake(
      'forecast',
      `by ${addPeriods(endOf(history), 1 + lost - numbers.late)} the ${method} of the history leaves the range of numbers`,
      'ask for a shorter horizon, or use a method that does not compound, such as naive()',
    );
  return {
    start: addPeriods(endOf(history), 1),
    steps: steps.slice(numbers.late),
    weights: weights.slice(0, h),
    last: numbers.y[numbers.y.length - 1]!,
    method,
    notes,
  };
}

function horizon(h: number): number {
  if (Number.isInteger(h) && h >= 1) return h;
  return mistake('predict', `the horizon ${shown(h)} is not a number of periods`, 'give 1 or more');
}

function regressorsOf(
  kind: string,
  numbers: Numbers,
  history: Series,
  data: Dataset | undefined,
): Float64Array[] {
  if (data === undefined) return [];
  if (kind !== 'arima') return mistake(kind, 'it takes no regressors', 'use arima()');
  return Object.entries(data).map(([name, s]) => {
    if (periodsBetween(s.start, history.start, kind) < 0) {
      mistake(kind, `regressor '${name}' starts ${s.start}, after the history`, 'extend it back');
    }
    return column(kind, name, s, numbers.start, numbers.y.length);
  });
}

function futureOf(
  kind: string,
  history: Series,
  late: number,
  total: number,
  fitted: Dataset | undefined,
  future: Dataset | undefined,
): Float64Array[] {
  return Object.entries(fitted ?? {}).map(([name, s]) => {
    const start = addPeriods(endOf(history), 1 - late);
    const ahead = future?.[name];
    const values = Float64Array.from({ length: total }, (_, j) => {
      const period = addPeriods(start, j);
      const value = ahead === undefined ? NaN : valueAt(ahead, period);
      return Number.isNaN(value) ? valueAt(s, period) : value;
    });
    const missing = values.findIndex((value) => Number.isNaN(value));
    if (missing >= 0) {
      mistake(
        kind,
        `regressor '${name}' has no value at ${addPeriods(start, missing)}`,
        'give its future to predict',
      );
    }
    return values;
  });
}

function column(kind: string, name: string, s: Series, start: Period, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, t) => {
    const value = valueAt(s, addPeriods(start, t));
    if (!Number.isFinite(value)) {
      mistake(kind, `regressor '${name}' has no value at ${addPeriods(start, t)}`, 'give one for each period of the history');
    }
    return value;
  }); // prettier-ignore
}
