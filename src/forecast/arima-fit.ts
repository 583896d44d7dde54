import { bfgs, withGradient } from '../numeric/optimise.ts';
import { filterRoom, fromPartials, innovations, psiWeights, rootsOutside } from './arima-likelihood.ts';
import type { Arma } from './arima-likelihood.ts';
import type { Outlook } from './outlook.ts';

/** The orders of ARIMA(p,d,q)(P,D,Q) and whether it has a mean (nothing differenced) or a drift (differenced once). */
export interface ArimaOrder {
  readonly p: number;
  readonly d: number;
  readonly q: number;
  readonly P: number;
  readonly D: number;
  readonly Q: number;
  readonly constant: boolean;
}

/** An ARIMA model fitted by exact maximum likelihood. */
export interface ArimaFit {
  readonly order: ArimaOrder;
  readonly m: number;
  readonly arma: Arma;
  /** The free numbers of the fit: inverse hyperbolic tangents of partial autocorrelations. */
  readonly free: Float64Array;
  /** Estimated coefficients in the order ar, ma, seasonal ar, seasonal ma. */
  readonly coefficients: Float64Array;
  /** Mean or drift (first, when there is one) and the coefficients of the regressors. */
  readonly regression: Float64Array;
  readonly logLikelihood: number;
  readonly aicc: number;
  readonly variance: number;
  readonly y: Float64Array;
  readonly regressors: readonly Float64Array[];
  /** Standardised one-step errors times the innovation standard deviation; the differenced-away start is left out. */
  readonly residuals: Float64Array;
  readonly state: Float64Array;
}

/** How R writes the model: `'ARIMA(0,1,1)(0,1,1)[12]'`, with `with drift` or `with non-zero mean` after it. */
export function arimaName(order: ArimaOrder, m: number): string {
  const { p, d, q, P, D, Q, constant } = order;
  const seasonal = P + D + Q > 0 ? `(${P},${D},${Q})[${m}]` : '';
  return `ARIMA(${p},${d},${q})${seasonal}${constant ? (d + D > 0 ? ' with drift' : ' with non-zero mean') : ''}`;
}

/** Differences at a lag, applied a number of times. */
export function difference(y: Float64Array, lag: number, times: number): Float64Array {
  let x = y;
  for (let k = 0; k < times; k++) {
    const next = new Float64Array(Math.max(0, x.length - lag));
    for (let t = 0; t < next.length; t++) next[t] = x[t + lag]! - x[t]!;
    x = next;
  }
  return x;
}

/**
 * Fit one ARIMA model by exact maximum likelihood: the partial autocorrelations of each polynomial are the free
 * numbers, so that it stays stationary and invertible, and the mean, drift or regressors are estimated by generalised
 * least squares within each evaluation.
 *
 * @param y numbers without gaps
 * @param m periods in a cycle, 1 for none
 * @param order the model
 * @param regressors columns as long as `y`
 * @param options `keepNearUnitRoots` whatever the roots; `from` a fit of a neighbouring model to start at; `rough` to
 *   search with one-sided differences
 * @returns undefined when there are too few observations, a root comes within 1 % of the unit circle, or the errors vanish
 */
export function fitArima(
  y: Float64Array,
  m: number,
  order: ArimaOrder,
  regressors: readonly Float64Array[] = [],
  options: { readonly keepNearUnitRoots?: boolean; readonly from?: ArimaFit; readonly rough?: boolean } = {},
): ArimaFit | undefined {
  const { p, d, q, P, D, Q } = order;
  const diff = (x: Float64Array): Float64Array => difference(difference(x, m, D), 1, d);
  const w = diff(y);
  const n = w.length;
  const columns = [w];
  if (order.constant) {
    const base = d + D === 0 ? Float64Array.from(y, () => 1) : Float64Array.from(y, (_, t) => t + 1);
    columns.push(diff(base));
  }
  for (const x of regressors) columns.push(diff(x));
  const k = columns.length - 1;
  const size = p + q + P + Q;
  const count = size + k + 1;
  if (n <= size + k + 1) return undefined;
  let spread = 0;
  for (const value of w) spread += value * value;
  if (!(spread > 0)) return undefined;
  const room = filterRoom(p + P * m, q + Q * m, columns.length, n);
  const deviance = (x: Float64Array): number => {
    const run = innovations(expand(x, order, m), columns, room);
    if (run === undefined) return Infinity;
    const squares = k === 0 ? sumOfSquares(run.errors[0]!) : leastSquares(run.errors).squares;
    return squares > 1e-20 * spread ? n * Math.log(squares / spread) + run.logs : Infinity;
  };
  const start = startFrom(options.from, order);
  const goal = withGradient(deviance, options.rough === true ? 1e-5 : 1e-4, options.rough === true);
  const found = bfgs(goal, start, {
    iterations: options.rough === true && m === 1 ? 20 : 60,
    tolerance: options.rough !== true ? 1e-7 : m === 1 ? 1e-5 : 1e-6,
    firstStep: 0.2,
  });
  if (!Number.isFinite(found.value)) return undefined;
  const blocks = polynomials(found.x, order);
  if (options.keepNearUnitRoots !== true) {
    const inside = (a: Float64Array, step: number): boolean => rootsOutside(a, Math.pow(1.01, step));
    if (!inside(blocks.ar, 1) || !inside(blocks.ma.map((v) => -v), 1)) return undefined; // prettier-ignore
    if (!inside(blocks.sar, m) || !inside(blocks.sma.map((v) => -v), m)) return undefined; // prettier-ignore
  }
  const arma = expand(found.x, order, m);
  const run = innovations(arma, columns);
  if (run === undefined) return undefined;
  const { squares, beta, residuals } = leastSquares(run.errors);
  const state = Float64Array.from(run.states[0]!);
  for (let c = 0; c < k; c++)
    for (let i = 0; i < state.length; i++) state[i]! -= beta[c]! * run.states[c + 1]![i]!;
  const logLikelihood = -0.5 * (n * (Math.log((2 * Math.PI * squares) / n) + 1) + run.logs);
  return {
    order,
    m,
    arma,
    free: found.x,
    coefficients: Float64Array.of(...blocks.ar, ...blocks.ma, ...blocks.sar, ...blocks.sma),
    regression: beta,
    logLikelihood,
    aicc: n - count - 1 > 0 ? -2 * logLikelihood + (2 * count * n) / (n - count - 1) : Infinity,
    variance: squares / (n - count + 1),
    y,
    regressors,
    residuals,
    state,
  };
}

/** A model with one more lag whose partial autocorrelation is 0 is the same model: neighbours start where the other ended. */
function startFrom(fit: ArimaFit | undefined, order: ArimaOrder): Float64Array {
  const sizes = (o: ArimaOrder): number[] => [o.p, o.q, o.P, o.Q];
  const start = new Float64Array(order.p + order.q + order.P + order.Q);
  if (fit === undefined) return start;
  let [from, to] = [0, 0];
  sizes(order).forEach((size, block) => {
    const known = sizes(fit.order)[block]!;
    for (let i = 0; i < Math.min(size, known); i++)
      start[to + i] = Math.max(-2, Math.min(2, fit.free[from + i]!));
    from += known;
    to += size;
  });
  return start;
}

interface Blocks {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  readonly sar: Float64Array;
  readonly sma: Float64Array;
}

function polynomials(x: Float64Array, { p, q, P, Q }: ArimaOrder): Blocks {
  let at = 0;
  const take = (size: number): Float64Array => {
    const partial = new Float64Array(size);
    for (let i = 0; i < size; i++) partial[i] = Math.tanh(x[at + i]!);
    at += size;
    return size > 1 ? fromPartials(partial) : partial;
  };
  // A moving average with coefficients b is invertible when an autoregression with coefficients -b is stationary.
  const negate = (a: Float64Array): Float64Array => {
    for (let i = 0; i < a.length; i++) a[i] = -a[i]!;
    return a;
  };
  return { ar: take(p), ma: negate(take(q)), sar: take(P), sma: negate(take(Q)) };
}

function expand(x: Float64Array, order: ArimaOrder, m: number): Arma {
  const { ar, ma, sar, sma } = polynomials(x, order);
  return { ar: product(ar, sar, m, -1), ma: product(ma, sma, m, 1) };
}

/** The product of an ordinary and a seasonal polynomial; `sign` -1 where they are written with minus signs. */
function product(a: Float64Array, seasonal: Float64Array, m: number, sign: 1 | -1): Float64Array {
  if (seasonal.length === 0) return a;
  const out = new Float64Array(a.length + m * seasonal.length);
  out.set(a);
  for (let j = 0; j < seasonal.length; j++) {
    const at = (j + 1) * m;
    out[at - 1]! += seasonal[j]!;
    for (let i = 0; i < a.length; i++) out[at + i]! += sign * seasonal[j]! * a[i]!;
  }
  return out;
}

function sumOfSquares(x: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < x.length; t++) sum += x[t]! * x[t]!;
  return sum;
}

/** Regress the first column on the others by Cholesky on the normal equations. */
function leastSquares(columns: readonly Float64Array[]): {
  squares: number;
  beta: Float64Array;
  residuals: Float64Array;
} {
  const y = columns[0]!;
  const k = columns.length - 1;
  const n = y.length;
  const beta = new Float64Array(k);
  if (k === 0) {
    return { squares: sumOfSquares(y), beta, residuals: y };
  }
  const gram = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    const a = columns[i + 1]!;
    let cross = 0;
    for (let t = 0; t < n; t++) cross += a[t]! * y[t]!;
    beta[i] = cross;
    for (let j = 0; j <= i; j++) {
      const b = columns[j + 1]!;
      let sum = 0;
      for (let t = 0; t < n; t++) sum += a[t]! * b[t]!;
      gram[i * k + j] = sum;
    }
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * k + j]!;
      for (let l = 0; l < j; l++) sum -= gram[i * k + l]! * gram[j * k + l]!;
      gram[i * k + j] =
        i === j ? Math.sqrt(Math.max(sum, 1e-12 * gram[i * k + i]! + 1e-300)) : sum / gram[j * k + j]!;
    }
  }
  for (let i = 0; i < k; i++) {
    for (let l = 0; l < i; l++) beta[i]! -= gram[i * k + l]! * beta[l]!;
    beta[i]! /= gram[i * k + i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let l = i + 1; l < k; l++) beta[i]! -= gram[l * k + i]! * beta[l]!;
    beta[i]! /= gram[i * k + i]!;
  }
  const residuals = new Float64Array(n);
  let squares = 0;
  for (let t = 0; t < n; t++) {
    let e = y[t]!;
    for (let c = 0; c < k; c++) e -= beta[c]! * columns[c + 1]![t]!;
    residuals[t] = e;
    squares += e * e;
  }
  return { squares, beta, residuals };
}

/**
 * Forecast a fitted ARIMA model.
 *
 * @param future the regressors' values over the horizon, a column for each regressor of the fit
 */
export function arimaOutlook(fit: ArimaFit, h: number, future: readonly Float64Array[] = []): Outlook {
  const { order, m, arma, y, regression } = fit;
  const { d, D } = order;
  const n = y.length;
  // Forecast what the regression leaves, then put the regression back.
  const c = order.constant ? 1 : 0;
  const explained = (t: number): number => {
    let sum = c === 0 ? 0 : regression[0]! * (d + D === 0 ? 1 : t + 1);
    for (let j = c; j < regression.length; j++) {
      sum += regression[j]! * (t < n ? fit.regressors[j - c]![t]! : future[j - c]![t - n]!);
    }
    return sum;
  };
  const left = new Float64Array(n + h);
  for (let t = 0; t < n; t++) left[t] = y[t]! - explained(t);
  let state = Float64Array.from(fit.state);
  const r = state.length - 1;
  const lags = differencing(m, d, D);
  for (let j = 0; j < h; j++) {
    let value = state[0]!;
    for (let i = 0; i < lags.length; i++) value += lags[i]! * left[n + j - 1 - i]!;
    left[n + j] = value;
    const next = new Float64Array(r + 1);
    for (let i = 0; i < r; i++) next[i] = (i < arma.ar.length ? arma.ar[i]! * state[0]! : 0) + state[i + 1]!;
    state = next;
  }
  const mean = Float64Array.from({ length: h }, (_, j) => left[n + j]! + explained(n + j));
  const weights = psiWeights({ ar: integrate(arma.ar, lags), ma: arma.ma }, h);
  const sd = new Float64Array(h);
  let sum = 0;
  for (let j = 0; j < h; j++) {
    sum += weights[j]! ** 2;
    sd[j] = Math.sqrt(fit.variance * sum);
  }
  return { mean, sd, weights };
}

/** Coefficients c with y[t] = w[t] + sum c[i] y[t-1-i], for w the differences of y. */
function differencing(m: number, d: number, D: number): Float64Array {
  let poly = new Float64Array([1]);
  const times = (lag: number): void => {
    const next = new Float64Array(poly.length + lag);
    for (let i = 0; i < poly.length; i++) {
      next[i]! += poly[i]!;
      next[i + lag]! -= poly[i]!;
    }
    poly = next;
  };
  for (let k = 0; k < d; k++) times(1);
  for (let k = 0; k < D; k++) times(m);
  return poly.slice(1).map((v) => -v);
}

/** The autoregressive coefficients of the undifferenced process. */
function integrate(ar: Float64Array, lags: Float64Array): Float64Array {
  const out = new Float64Array(ar.length + lags.length);
  for (let i = 0; i < ar.length; i++) out[i]! += ar[i]!;
  for (let i = 0; i < lags.length; i++) {
    out[i]! += lags[i]!;
    for (let j = 0; j < ar.length; j++) out[i + j + 1]! -= lags[i]! * ar[j]!;
  }
  return out;
}
