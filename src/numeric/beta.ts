import { exp, log, log1pMinus } from './explog.ts';
import { stirlingRemainder } from './gamma.ts';

/**
 * Density of the beta distribution at `x` of [0, 1], shapes `a, b > 0`.
 *
 * @example betaPdf(0.5, 2, 4) // 1.25
 */
export function betaPdf(x: number, a: number, b: number): number {
  if (x < 0 || x > 1) return 0;
  if (x === 0) return a < 1 ? Infinity : a > 1 ? 0 : b;
  if (x === 1) return b < 1 ? Infinity : b > 1 ? 0 : a;
  return betaKernel(x, 1 - x, a, b) / (x * (1 - x));
}

/**
 * Probability that a beta variable is at most `x`: the regularised incomplete beta function.
 *
 * @example betaCdf(0.3, 2, 4) // 0.47178
 */
export function betaCdf(x: number, a: number, b: number): number {
  return x <= 0 ? 0 : x >= 1 ? 1 : incompleteBeta(x, 1 - x, a, b);
}

/**
 * The regularised incomplete beta function from `x` and `y = 1 - x` together, both positive; giving both keeps the
 * accuracy where one of them is tiny. Continued fraction of DLMF 8.17.22, relative error about 1e-14.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  return x <= (a + 1) / (a + b + 2)
    ? (betaKernel(x, y, a, b) * continuedFraction(x, a, b)) / a
    : 1 - (betaKernel(x, y, a, b) * continuedFraction(y, b, a)) / b;
}

/**
 * `x^a y^b / B(a, b)` for y = 1 - x, in Loader's (2000) saddle-point form: deviances and Stirling remainders instead
 * of differences of large logarithms.
 */
export function betaKernel(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const distance = x * b - a * y;
  const deviance = a * deviancePart(distance / a, (x * n) / a) + b * deviancePart(-distance / b, (y * n) / b);
  const remainder = stirlingRemainder(n) - stirlingRemainder(a) - stirlingRemainder(b);
  return Math.sqrt((a / n) * b) * 0.3989422804014327 * exp(deviance + remainder);
}

/** `log(ratio) - (ratio - 1)`, where `u = ratio - 1` is known without cancellation. */
function deviancePart(u: number, ratio: number): number {
  return u > -0.29 && u < 0.41 ? log1pMinus(u) : log(ratio) - u;
}

/** Lentz's method for the even and odd terms of the fraction; x is below its turning point. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (d === 0 ? tiny : d);
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    d = 1 / (d === 0 ? tiny : d);
    c = 1 + even / c;
    if (c === 0) c = tiny;
    h *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    d = 1 / (d === 0 ? tiny : d);
    c = 1 + odd / c;
    if (c === 0) c = tiny;
    h *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return h;
}

/**
 * Quantile of the beta distribution: the `x` with `betaCdf(x, a, b) = p`, relative error about 1e-14.
 *
 * @example betaQuantile(0.5, 3, 3) // 0.5
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p;
  if (a === b && p === 0.5) return 0.5;
  const mean = a / (a + b);
  return p <= incompleteBeta(mean, b / (a + b), a, b)
    ? lowerQuantile(p, a, b, mean)
    : 1 - lowerQuantile(1 - p, b, a, 1 - mean);
}

/**
 * Newton's method for log cdf as a function of log x, which is increasing and (nearly) concave below the mean, so that
 * it converges from any start; a bracket catches the rest.
 */
function lowerQuantile(p: number, a: number, b: number, mean: number): number {
  let low = 0;
  let high = mean;
  // The leading term of the power series, x^a / (a B(a, b)) = p.
  const n = a + b;
  const logScale =
    0.5 * log(b / n / a) -
    0.9189385332046728 +
    stirlingRemainder(n) -
    stirlingRemainder(a) -
    stirlingRemainder(b);
  const logB = logScale - a * log(a / n) - b * log(b / n);
  let x = Math.min(exp((log(p) - logB) / a), mean);
  if (x === 0) return 0;
  for (let i = 0; i < 200; i++) {
    const kernel = betaKernel(x, 1 - x, a, b);
    const value = incompleteBeta(x, 1 - x, a, b);
    if (value < p) low = Math.max(low, x);
    else high = Math.min(high, x);
    const step = ((1 - x) * value * log(p / value)) / kernel;
    let next = x * exp(step);
    if (!(next > low && next < high)) next = Math.abs(step) < 1e-14 ? x : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}
