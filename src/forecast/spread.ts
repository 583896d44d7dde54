import { isSeasonal, seasonalFigure } from './decompose.ts';
import type { Outlook } from './outlook.ts';
import { fitTheta } from './theta-fit.ts';

/** One line of the pooled table: how errors out of sample compare with what a fit says of itself. */
export interface Pooled {
  /** Log of the factor at one step. */
  readonly level: number;
  /** How the log of the factor grows with the log of the horizon. */
  readonly growth: number;
  /** Degrees of freedom of the standardised errors. */
  readonly df: number;
}

/** The exponents with which the three measures of spread are multiplied; they add up to 1, so that units cancel. */
const SHARES = { own: 0.6, rolling: 0.2, disagreement: 0.2 };
const SHARES_ALONE = { own: 0.75, rolling: 0.25 };

/**
 * The pooled table by periods in a year: for combinations, whose members' disagreement is known, and for single methods.
 *
 * Estimated by maximum likelihood of Student's t on the errors of the last years held back from the histories (never
 * the futures) of the 2,829 yearly, quarterly and monthly series of the M3 competition (Makridakis and Hibon 2000):
 * each was forecast from the history cut short by one horizon. The yearly level of combinations was then lowered by a
 * tenth, so that on the same years the 95 % interval holds 95 % and not 96.4 %. The idea that intervals should come from errors out of
 * sample is Williams and Goodman's (1971); that they must be pooled when a series is short, Makridakis and Winkler's
 * (1989). `bench/score-forecast.ts` measures the result on the futures.
 */
const COMBINED: Readonly<Record<number, Pooled>> = {
  1: { level: -0.026, growth: 0.134, df: 3.77 },
  4: { level: -0.097, growth: 0.135, df: 6.33 },
  12: { level: -0.101, growth: 0.052, df: 4.99 },
};
const SINGLE: Readonly<Record<number, Pooled>> = {
  1: { level: -0.077, growth: 0.301, df: 2.79 },
  4: { level: -0.068, growth: 0.08, df: 4.76 },
  12: { level: -0.123, growth: 0.01, df: 3.6 },
};

/**
 * An outlook with the spread of its errors out of sample instead of the model's own, which knows nothing of a wrong
 * model: a geometric mean of the model's spread, of rolling-origin errors of the series itself and, for a combination,
 * of how far its members disagree, times a pooled factor by frequency and horizon.
 *
 * @param y the history on the scale of the outlook
 * @param m periods in a cycle
 * @param disagreement standard deviation of the members' points, for a combination
 */
export function ownSpread(
  y: Float64Array,
  m: number,
  outlook: Outlook,
  disagreement?: Float64Array,
): Outlook {
  const pooled = (disagreement === undefined ? SINGLE : COMBINED)[m] ?? COMBINED[1]!;
  const rolling = rollingSpread(y, m, outlook.mean.length);
  const floor = 1e-3 * typicalChange(y, m);
  const sd = outlook.sd.map((own, j) => {
    const self = own + floor;
    const roll = (rolling?.[j] ?? own) + floor;
    const factor = Math.exp(pooled.level + pooled.growth * Math.log(j + 1));
    if (disagreement === undefined) {
      return factor * Math.pow(self, SHARES_ALONE.own) * Math.pow(roll, SHARES_ALONE.rolling);
    }
    // Members may agree by chance: their spread counts for no less than a tenth of the model's.
    const apart = Math.hypot(disagreement[j]!, 0.1 * own) + floor;
    return (
      factor *
      Math.pow(self, SHARES.own) *
      Math.pow(roll, SHARES.rolling) *
      Math.pow(apart, SHARES.disagreement)
    );
  });
  // A later step is never surer than an earlier one.
  for (let j = 1; j < sd.length; j++) sd[j] = Math.max(sd[j]!, sd[j - 1]!);
  return { mean: outlook.mean, sd, weights: outlook.weights, df: pooled.df };
}

/** Mean absolute change over a cycle: what a seasonal naive forecast is wrong by. */
function typicalChange(y: Float64Array, m: number): number {
  const lag = y.length > m ? m : 1;
  let sum = 0;
  for (let t = lag; t < y.length; t++) sum += Math.abs(y[t]! - y[t - lag]!);
  return sum / Math.max(1, y.length - lag);
}

/** How finely theta's alpha is sought at an origin: its errors hardly depend on it. */
const ROUGH = { points: 6, tolerance: 0.02 };

/**
 * Root mean squared errors by horizon of the mean of dynamic theta and drift, each refitted at every origin of the last
 * 25 years or 40 quarters or months that leaves enough to fit. Errors are relative to the level where all numbers are
 * positive, and stated at the level of the last year. Horizons seen fewer than three times grow as a random walk's.
 *
 * @returns undefined when there are fewer than three origins
 */
export function rollingSpread(y: Float64Array, m: number, h: number): Float64Array | undefined {
  const n = y.length;
  const first = Math.max(m > 1 ? 2 * m + 1 : 5, Math.floor(n / 3), n - (m > 1 ? 40 : 25));
  if (n - first < 3) return undefined;
  const positive = y.every((value) => value > 0);
  let x = y;
  if (m > 1 && isSeasonal(y, m)) {
    const figure = seasonalFigure(y, m, positive);
    const usable = !positive || figure.every((value) => value > 0.01);
    if (usable) x = y.map((v, t) => (positive ? v / figure[t % m]! : v - figure[t % m]!));
  }
  const squares = new Float64Array(h);
  const counts = new Float64Array(h);
  for (let origin = first; origin < n; origin++) {
    const steps = Math.min(h, n - origin);
    const past = x.subarray(0, origin);
    const theta = fitTheta(past, 1, 'dynamic', ROUGH).predict(steps).mean;
    const drift = (past[origin - 1]! - past[0]!) / (origin - 1);
    for (let j = 0; j < steps; j++) {
      const actual = x[origin + j]!;
      const point = (theta[j]! + past[origin - 1]! + (j + 1) * drift) / 2;
      const error = positive ? Math.log(actual / Math.max(point, 1e-3 * actual)) : actual - point;
      squares[j]! += error * error;
      counts[j]! += 1;
    }
  }
  let level = 1;
  if (positive) {
    const last = Math.max(m, 3);
    level = 0;
    for (let t = n - last; t < n; t++) level += y[t]! / last;
  }
  const out = new Float64Array(h);
  for (let j = 0; j < h; j++) {
    if (counts[j]! >= 3) out[j] = level * Math.sqrt(squares[j]! / counts[j]!);
    else out[j] = out[j - 1]! * Math.sqrt((j + 1) / j);
  }
  return out;
}
