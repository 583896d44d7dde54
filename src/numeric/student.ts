import { betaKernel, incompleteBeta } from './beta.ts';
import { exp, log } from './explog.ts';
import { stirlingRemainder } from './gamma.ts';
import { normalQuantile } from './normal.ts';

/** Density of Student's t with `df > 0` degrees of freedom (standard: location 0, scale 1). */
export function studentPdf(t: number, df: number): number {
  if (t === 0) t = 1e-160;
  const square = t * t;
  if (square === Infinity) return 0;
  return betaKernel(df / (df + square), square / (df + square), df / 2, 0.5) / Math.abs(t);
}

/**
 * Probability that Student's t is at most `t`, relatively accurate in the lower tail (`studentCdf(-t, df)` is the upper).
 *
 * @example studentCdf(1, 3) // 0.8044988905221149
 */
export function studentCdf(t: number, df: number): number {
  if (t !== t) return NaN;
  if (t === 0) return 0.5;
  const half = lowerTail(Math.abs(t), df);
  return t < 0 ? half : 1 - half;
}

/** Probability of at most `-t`, t > 0. */
function lowerTail(t: number, df: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  return 0.5 * incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5);
}

/**
 * Quantile of Student's t, relative error about 1e-14.
 *
 * @example studentQuantile(0.95, 10) // 1.8124611228116767
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0.5) return 0;
  return p < 0.5 ? -upperPoint(p, df) : upperPoint(1 - p, df);
}

/** The t > 0 whose lower tail probability at -t is p < 1/2. */
function upperPoint(p: number, df: number): number {
  if (p === 0) return Infinity;
  const central = p > 0.25;
  let t = start(p, df);
  for (let i = 0; i < 100; i++) {
    const square = t * t;
    const [x, y] = [df / (df + square), square / (df + square)];
    const density = betaKernel(x, y, df / 2, 0.5);
    let step: number;
    if (central) {
      // Around the median, distance from 1/2: the tail itself would lose digits.
      step = (1 - 2 * p - incompleteBeta(y, x, 0.5, df / 2)) / 2 / density;
      step = Math.max(-0.9, Math.min(9, step));
      t += t * step;
    } else {
      // log of the tail falls concavely in log t, so Newton's method converges from any start.
      const value = 0.5 * incompleteBeta(x, y, df / 2, 0.5);
      step = (value * log(value / p)) / density;
      t *= exp(Math.max(-30, Math.min(30, step)));
    }
    if (Math.abs(step) < 3e-16 || (i > 8 && Math.abs(step) < 3e-15)) break;
  }
  return t;
}

/** Cornish-Fisher from the normal quantile, or the leading term of the tail where that is nearer. */
function start(p: number, df: number): number {
  const z = -normalQuantile(p);
  const expansion = z + (z * (z * z + 1)) / (4 * df);
  if (df > 30) return expansion;
  const a = df / 2;
  const logBeta =
    0.5 * log((2 * Math.PI * (a + 0.5)) / (a * 0.5)) + a * log(a / (a + 0.5)) + 0.5 * log(0.5 / (a + 0.5));
  const remainder = stirlingRemainder(a) + stirlingRemainder(0.5) - stirlingRemainder(a + 0.5);
  const tail = Math.sqrt(df) * exp(-(log(p * df) + logBeta + remainder) / df);
  return p > 0.1 ? Math.min(expansion, tail) : tail;
}
