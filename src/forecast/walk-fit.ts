import type { Outlook } from './outlook.ts';

/** A random walk fitted to numbers: its forecast, errors, and the degrees of freedom of its variance. */
export interface WalkFit {
  readonly drift: number;
  readonly variance: number;
  readonly degrees: number;
  readonly residuals: Float64Array;
  readonly predict: (h: number) => Outlook;
}

/** A random walk, or with `lag` m a seasonal one: each period is forecast by the last of its place in the cycle. */
export function fitNaive(y: Float64Array, lag: number): WalkFit {
  const n = y.length;
  const m = n > lag ? lag : 1;
  const residuals = Float64Array.from({ length: Math.max(0, n - m) }, (_, t) => y[t + m]! - y[t]!);
  let squares = 0;
  for (const e of residuals) squares += e * e;
  const degrees = Math.max(1, residuals.length);
  const variance = squares / degrees;
  const predict = (h: number): Outlook => ({
    mean: Float64Array.from({ length: h }, (_, j) => y[n - m + (j % m)]!),
    sd: Float64Array.from({ length: h }, (_, j) => Math.sqrt(variance * (Math.floor(j / m) + 1))),
    weights: Float64Array.from({ length: h }, (_, j) => (j % m === 0 ? 1 : 0)),
  });
  return { drift: 0, variance, degrees, residuals, predict };
}

/**
 * A random walk with drift, the mean of the first differences. The error of the estimated drift is in the spread:
 * variance h (1 + h / (n - 1)) (Hyndman and Athanasopoulos 2021, section 5.5).
 *
 * @param longRun whether the variance over several steps allows for the first autocorrelation r of the differences:
 *   the variance of a sum of h steps of an AR(1) with that r (r is shrunk towards 0 for its bias and held in [-0.3, 0.8])
 */
export function fitDrift(y: Float64Array, longRun = false): WalkFit {
  const n = y.length;
  const k = n - 1;
  const drift = k > 0 ? (y[n - 1]! - y[0]!) / k : 0;
  const residuals = Float64Array.from({ length: Math.max(0, k) }, (_, t) => y[t + 1]! - y[t]! - drift);
  let squares = 0;
  let cross = 0;
  for (let t = 0; t < k; t++) {
    squares += residuals[t]! ** 2;
    if (t > 0) cross += residuals[t]! * residuals[t - 1]!;
  }
  const degrees = Math.max(1, k - 1);
  const variance = squares / degrees;
  let r = 0;
  if (longRun && k >= 4 && squares > 0) {
    // The estimate is biased down by about (1 + 4 r) / k (Marriott and Pope 1954).
    const estimate = cross / squares;
    r = Math.min(0.8, Math.max(-0.3, ((estimate + (1 + 4 * estimate) / k) * k) / (k + 4)));
  }
  const predict = (h: number): Outlook => {
    // Errors of the level: sums of AR(1) steps, kept at the variance of one step; plus h times the error of the drift.
    const ratio = (1 + r) / (1 - r);
    const sd = new Float64Array(h);
    const weights = new Float64Array(h);
    let weight = 0;
    for (let j = 0; j < h; j++) {
      weight = 1 + r * weight;
      weights[j] = weight;
      const steps = j + 1;
      const own = r === 0 ? steps : steps * ratio - (2 * r * (1 - Math.pow(r, steps))) / (1 - r) ** 2;
      sd[j] = Math.sqrt(variance * (own + (steps * steps * Math.max(ratio, 1)) / Math.max(1, k)));
    }
    return { mean: Float64Array.from({ length: h }, (_, j) => y[n - 1]! + (j + 1) * drift), sd, weights };
  };
  return { drift, variance, degrees, residuals, predict };
}
