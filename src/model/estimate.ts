import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { toRows } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { periodAt } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { datasetArgument } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import type { Mdl } from './mdl.ts';
import type { Model } from './model.ts';
import { cochraneOrcutt, instrumentalFit, restrictedLeastSquares } from './regression.ts';
import type { Fit, Sample } from './regression.ts';
import { regressionsOf, sampleOf } from './regression-sample.ts';
import type { Regression } from './regression-sample.ts';

/** What to estimate, and on which observations. */
export interface EstimateOptions<V extends string = string> {
  /** Variables whose equations to estimate; defaults to all that have parameters and are linear in them. */
  readonly equations?: readonly V[];
  /**
   * First and last period of the sample, for all equations or by variable. Defaults to the equation's own `TSRANGE`, else
   * to the longest stretch of history that has all its series.
   */
  readonly over?: Span | Readonly<Partial<Record<V, Span>>>;
  /**
   * Instruments for two-stage least squares: expressions such as `'p[-1]'` (`'1'` is the constant), or `true` for those
   * of `IV>`. Defaults to none: ordinary least squares.
   */
  readonly instruments?: true | readonly string[];
  /** Largest change of an autoregressive error's coefficients at which its iteration stops; defaults to 1e-12. */
  readonly tolerance?: number;
}

/** A model with its estimated parameters, and how well each equation fits. */
export interface Estimation<V extends string = string> {
  readonly model: Model<V>;
  readonly equations: readonly EquationEstimate[];
  /** Equations with parameters that were left as they are, and why. */
  readonly notEstimated: readonly { readonly variable: string; readonly reason: string }[];
}

/** One estimated equation. Residuals and their standard error are in the unit of the left-hand side. */
export interface EquationEstimate {
  readonly variable: string;
  readonly formula: string;
  readonly over: Span;
  readonly observations: number;
  readonly coefficients: readonly Coefficient[];
  /** Coefficients of the autoregressive error, from lag 1; empty without one. */
  readonly errorCoefficients: readonly number[];
  /** Of the coefficients, in their order. */
  readonly covariance: readonly (readonly number[])[];
  /** With an autoregressive error: what the process leaves unexplained. */
  readonly residuals: Series;
  /** Observations less free coefficients, those of the error's process included. */
  readonly degreesOfFreedom: number;
  readonly sumOfSquares: number;
  /** Root of the sum of squares over the degrees of freedom; NaN where none is left. */
  readonly standardError: number;
  /** 1 - sum of squares over that of the left-hand side around its mean. */
  readonly r2: number;
  readonly adjustedR2: number;
  /** Durbin and Watson (1950): near 2 without first-order autocorrelation of the residuals. */
  readonly durbinWatson: number;
}

/** A coefficient: NaN as t where restrictions leave it no error. */
export interface Coefficient {
  readonly name: string;
  readonly value: number;
  readonly standardError: number;
  readonly t: number;
}

/**
 * Estimate the parameters of a model, equation by equation, by least squares.
 *
 * An equation qualifies when it is linear in its parameters; its left-hand side may be an expression, such as `log(y)`,
 * that becomes the dependent variable. The regressors are the derivatives of the right-hand side by the parameters; a
 * part without parameters is moved to the left. Of a `readMdl` result, restrictions and distributed lags hold exactly,
 * and autoregressive errors are estimated by Cochrane and Orcutt's iteration.
 *
 * @param model equations and parameters (whose values are not looked at), or what `readMdl` gives
 * @param history every series of the estimated equations over their samples and lags
 * @throws RangeError for an equation asked for that cannot be estimated, a missing value, collinear regressors (named),
 *   fewer observations than coefficients, and restrictions that contradict each other
 * @example
 * estimate(defineModel({ equations: ['y = a + b * x'], parameters: { a: 0, b: 0 } }), { x: series('2010', [1, 2, 3]), y: series('2010', [3, 5, 7]) }).model.parameters // { a: 1, b: 2 }
 */
export function estimate<V extends string>(
  model: Model<V> | Mdl,
  history: Dataset,
  options: EstimateOptions<NoInfer<V>> = {},
): Estimation<V> {
  const whole = model as Partial<Mdl> | undefined;
  argument('estimate', 'definition', whole?.model ?? model, 'model');
  datasetArgument('estimate', history, 'history');
  checkOptions('estimate', options, 'equations[] over instruments tolerance');
  const { regressions, refused, model: plain } = regressionsOf(model);
  const wanted = options.equations === undefined ? undefined : new Set<string>(options.equations);
  for (const name of wanted ?? []) {
    if (regressions.some(({ variable }) => variable === name)) continue;
    const reason = refused.find(({ variable }) => variable === name)?.reason;
    if (reason !== undefined)
      mistake('estimate', `the equation of '${name}' ${reason}`, 'leave it out of equations');
    const known = [...regressions, ...refused].map(({ variable }) => variable);
    mistake('estimate', `no equation with parameters determines '${name}'`, suggestion(name, known));
  }
  const chosen = regressions.filter(({ variable }) => wanted?.has(variable) ?? true);
  const estimates = chosen.map((regression) => fitEquation(regression, history, options));
  const parameters = { ...plain.parameters };
  for (const [i, { coefficients, errorCoefficients }] of estimates.entries()) {
    const { errorParameters } = chosen[i]!;
    const values = coefficients.map(({ name, value }): [string, number] => [name, value]);
    for (const [name, value] of [
      ...values,
      ...errorParameters.map((p, k): [string, number] => [p, errorCoefficients[k]!]),
    ]) {
      const before = parameters[name];
      parameters[name] = typeof before === 'object' ? { ...before, value } : value;
    }
  }
  return {
    model: { ...(plain as Model<V>), parameters },
    equations: estimates,
    notEstimated: wanted === undefined ? refused : [],
  };
}

function fitEquation(
  regression: Regression,
  history: Dataset,
  { over, instruments, tolerance = 1e-12 }: EstimateOptions,
): EquationEstimate {
  const { variable, formula, parameters, restrictions, errorParameters } = regression;
  const call = `estimate '${variable}'`;
  const span = over === undefined || isSpan(over) ? over : over[variable];
  const order = errorParameters.length;
  const sample = sampleOf(call, regression, history, span, instruments);
  const n = sample.y.length - order;
  const fit = (part: Sample, z?: Matrix): Fit =>
    z === undefined
      ? restrictedLeastSquares(call, part, restrictions)
      : instrumentalFit(call, part, z, restrictions);
  if (n < parameters.length - restrictions.length + order || n < 1) {
    mistake(
      call,
      `${n} observations for ${parameters.length + order} coefficients`,
      'take a longer sample or fewer regressors',
    );
  }
  if (order > 0 && sample.instruments !== undefined)
    mistake(
      call,
      'instruments with an autoregressive error are not estimated',
      'estimate without one of the two',
    );
  const found =
    order === 0
      ? { ...fit(sample, sample.instruments), rho: new Float64Array(0) }
      : cochraneOrcutt(call, sample, order, tolerance, (part) => fit(part));
  const y = sample.y.subarray(order);
  const degreesOfFreedom = n - found.free - order;
  const { residuals, coefficients, gramInverse, rho } = found;
  const sumOfSquares = squares(residuals);
  const variance = degreesOfFreedom > 0 ? sumOfSquares / degreesOfFreedom : NaN;
  const covariance = toRows(gramInverse).map((row) => row.map((value) => value * variance));
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const r2 = 1 - sumOfSquares / squares(y.map((value) => value - mean));
  const first = sample.first + order;
  return {
    variable,
    formula,
    over: [periodAt(sample.frequency, first), periodAt(sample.frequency, first + n - 1)],
    observations: n,
    coefficients: parameters.map((name, j) => {
      const value = coefficients[j]!;
      const standardError = Math.sqrt(covariance[j]![j]!);
      return { name, value, standardError, t: standardError > 0 ? value / standardError : NaN };
    }),
    errorCoefficients: [...rho],
    covariance,
    residuals: { start: periodAt(sample.frequency, first), values: [...residuals] },
    degreesOfFreedom,
    sumOfSquares,
    standardError: Math.sqrt(variance),
    r2,
    adjustedR2: degreesOfFreedom > 0 ? 1 - ((1 - r2) * (n - 1)) / degreesOfFreedom : NaN,
    durbinWatson: squares(residuals.subarray(1).map((e, t) => e - residuals[t]!)) / sumOfSquares,
  };
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function isSpan(over: NonNullable<EstimateOptions['over']>): over is readonly [Period, Period] {
  return Array.isArray(over);
}
