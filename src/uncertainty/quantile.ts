import { mistake, shown } from '../mistake.ts';
import { betaQuantile } from '../numeric/beta.ts';
import { exp } from '../numeric/explog.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { studentQuantile } from '../numeric/student.ts';
import { inverseBoxCox } from './box-cox.ts';
import { cdf, survival } from './cdf.ts';
import { pertShapes } from './distribution.ts';
import { checkDistribution } from './distribution.ts';
import type { Distribution, Mixture, Triangular, TwoPieceNormal } from './distribution.ts';
import { pdf } from './pdf.ts';

/**
 * The smallest value that a variable stays at or below with probability `p`: the inverse of `cdf`.
 *
 * For observed values it is one of them (R's type 1), never a value between.
 *
 * @param p a probability from 0 to 1; at 0 and 1 the ends of the support, infinite where it has none
 * @throws RangeError when `p` is not a probability
 * @example quantile(uniform(0, 10), 0.25) // 2.5
 */
export function quantile(d: Distribution, p: number): number {
  checkDistribution('quantile', d);
  return p >= 0 && p <= 1 ? quantileOfPair(d, p, 1 - p) : noProbability('quantile', p);
}

/**
 * The value that a variable exceeds with probability `q`: `quantile(d, 1 - q)`, also for a `q` below 1e-16.
 *
 * @throws RangeError when `q` is not a probability
 * @example upperQuantile(normal(0, 1), 1e-30) // 11.464024688443617
 */
export function upperQuantile(d: Distribution, q: number): number {
  checkDistribution('upperQuantile', d);
  return q >= 0 && q <= 1 ? quantileOfPair(d, 1 - q, q) : noProbability('upperQuantile', q);
}

function noProbability(call: string, p: number): never {
  return mistake(call, `${shown(p)} is not a probability`, 'give a number from 0 to 1');
}

/** The quantile from `p` and `q = 1 - p` together: each kind reads the smaller one. */
export function quantileOfPair(d: Distribution, p: number, q: number): number {
  switch (d.kind) {
    case 'normal':
      return d.sd === 0 ? d.mean : d.mean + d.sd * normalPoint(p, q);
    case 'lognormal':
      return exp(d.sdLog === 0 ? d.meanLog : d.meanLog + d.sdLog * normalPoint(p, q));
    case 'uniform':
      return p <= q ? d.low + p * (d.high - d.low) : d.high - q * (d.high - d.low);
    case 'triangular':
      return triangularPoint(d, p, q);
    case 'pert': {
      if (d.low === d.high) return d.low;
      const [a, b] = pertShapes(d);
      return p <= q
        ? d.low + (d.high - d.low) * betaQuantile(p, a, b)
        : d.high - (d.high - d.low) * betaQuantile(q, b, a);
    }
    case 'student':
      if (d.scale === 0) return d.location;
      return d.location + d.scale * (p <= q ? studentQuantile(p, d.df) : -studentQuantile(q, d.df));
    case 'two-piece-normal':
      return twoPiecePoint(d, p, q);
    case 'empirical': {
      // The tolerance keeps a p that stands for i / n, but was rounded, at the i-th value.
      const rank = Math.ceil(p * d.values.length * (1 - 1e-15));
      return d.values[Math.min(Math.max(rank - 1, 0), d.values.length - 1)]!;
    }
    case 'mixture':
      return mixturePoint(d, p, q);
    case 'transformed': {
      const x = inverseBoxCox(quantileOfPair(d.of, p, q), d.lambda);
      return Math.min(Math.max(x, d.low ?? -Infinity), d.high ?? Infinity);
    }
    default:
      return d satisfies never;
  }
}

function normalPoint(p: number, q: number): number {
  return p <= q ? normalQuantile(p) : -normalQuantile(q);
}

function triangularPoint({ low, mode, high }: Triangular, p: number, q: number): number {
  if (low === high) return low;
  const belowMode = (mode - low) / (high - low);
  return p <= belowMode
    ? low + Math.sqrt(p * (high - low) * (mode - low))
    : high - Math.sqrt(q * (high - low) * (high - mode));
}

function twoPiecePoint({ mode, sdLow, sdHigh }: TwoPieceNormal, p: number, q: number): number {
  const total = sdLow + sdHigh;
  if (total === 0) return mode;
  if (p * total <= sdLow)
    return sdLow === 0 ? mode : mode + sdLow * normalQuantile((p * total) / (2 * sdLow));
  return mode - sdHigh * normalQuantile((q * total) / (2 * sdHigh));
}

/**
 * Newton's method between the components' own quantiles, on the side of the smaller probability; bisection where the
 * density does not help (steps, gaps).
 */
function mixturePoint(d: Mixture, p: number, q: number): number {
  const points = d.components.filter(({ weight }) => weight > 0).map(({ of }) => quantileOfPair(of, p, q));
  let [low, high] = [Math.min(...points), Math.max(...points)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return p <= q ? low : high;
  const excess = (x: number) => (p <= q ? cdf(d, x) - p : q - survival(d, x));
  if (excess(low) >= 0) return low;
  let x = low + (high - low) / 2;
  for (let i = 0; i < 200 && x > low && x < high; i++) {
    const above = excess(x);
    if (above >= 0) high = x;
    else low = x;
    const density = pdf(d, x);
    const next = density > 0 && density < Infinity ? x - above / density : NaN;
    if (Math.abs(next - x) <= 2e-16 * Math.abs(x)) return next;
    x = next > low && next < high ? next : low + (high - low) / 2;
  }
  return high;
}
