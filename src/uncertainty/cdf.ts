import { incompleteBeta } from '../numeric/beta.ts';
import { log } from '../numeric/explog.ts';
import { normalCdf } from '../numeric/normal.ts';
import { studentCdf } from '../numeric/student.ts';
import { boxCox } from './box-cox.ts';
import { pertShapes } from './distribution.ts';
import { checkDistribution } from './distribution.ts';
import type { Distribution, Triangular, TwoPieceNormal } from './distribution.ts';

/**
 * Probability that a variable is at most `x`.
 *
 * @example cdf(normal('7%', '2%'), 0.07) // 0.5
 */
export function cdf(d: Distribution, x: number): number {
  checkDistribution('cdf', d);
  return probabilityOn(d, x, 'below');
}

/**
 * Probability that a variable is above `x`: `1 - cdf`, but accurate where that difference would round to zero.
 *
 * @example survival(normal(0, 1), 10) // 7.619853024160525e-24
 */
export function survival(d: Distribution, x: number): number {
  checkDistribution('survival', d);
  return probabilityOn(d, x, 'above');
}

type Side = 'below' | 'above';

/** The probability of `X <= x` (below) or `X > x` (above), each computed on its own side. */
function probabilityOn(d: Distribution, x: number, side: Side): number {
  if (x !== x) return NaN;
  const sign = side === 'below' ? 1 : -1;
  switch (d.kind) {
    case 'normal':
      return d.sd === 0 ? step(x >= d.mean, side) : normalCdf((sign * (x - d.mean)) / d.sd);
    case 'lognormal': {
      const y = x > 0 ? log(x) : -Infinity;
      return d.sdLog === 0 ? step(y >= d.meanLog, side) : normalCdf((sign * (y - d.meanLog)) / d.sdLog);
    }
    case 'uniform':
      if (x < d.low || x >= d.high) return step(x >= d.high, side);
      return (side === 'below' ? x - d.low : d.high - x) / (d.high - d.low);
    case 'triangular':
      if (x < d.low || x >= d.high) return step(x >= d.high, side);
      return triangularOn(d, x, side);
    case 'pert': {
      if (x <= d.low || x >= d.high) return step(x >= d.high, side);
      const width = d.high - d.low;
      const [a, b] = pertShapes(d);
      const [u, v] = [(x - d.low) / width, (d.high - x) / width];
      return side === 'below' ? incompleteBeta(u, v, a, b) : incompleteBeta(v, u, b, a);
    }
    case 'student':
      return d.scale === 0
        ? step(x >= d.location, side)
        : studentCdf((sign * (x - d.location)) / d.scale, d.df);
    case 'two-piece-normal':
      return twoPieceOn(d, x, side);
    case 'empirical': {
      const atMost = countAtMost(d.values, x);
      return (side === 'below' ? atMost : d.values.length - atMost) / d.values.length;
    }
    case 'mixture': {
      let [sum, total] = [0, 0];
      for (const { weight, of } of d.components) {
        if (weight > 0) sum += weight * probabilityOn(of, x, side);
        total += weight;
      }
      return sum / total;
    }
    case 'transformed':
      if (d.low !== undefined && x < d.low) return step(false, side);
      if (d.high !== undefined && x >= d.high) return step(true, side);
      return probabilityOn(d.of, boxCox(x, d.lambda), side);
    default:
      return d satisfies never;
  }
}

/** The probability where everything lies on one side of `x`. */
function step(allBelow: boolean, side: Side): number {
  return allBelow === (side === 'below') ? 1 : 0;
}

function triangularOn({ low, mode, high }: Triangular, x: number, side: Side): number {
  const width = high - low;
  if (x < mode) {
    const below = (x - low) ** 2 / (width * (mode - low));
    return side === 'below' ? below : 1 - below;
  }
  const above = (high - x) ** 2 / (width * (high - mode));
  return side === 'above' ? above : 1 - above;
}

function twoPieceOn({ mode, sdLow, sdHigh }: TwoPieceNormal, x: number, side: Side): number {
  const total = sdLow + sdHigh;
  if (total === 0) return step(x >= mode, side);
  if (x < mode) {
    const below = sdLow === 0 ? 0 : ((2 * sdLow) / total) * normalCdf((x - mode) / sdLow);
    return side === 'below' ? below : 1 - below;
  }
  const above = sdHigh === 0 ? 0 : ((2 * sdHigh) / total) * normalCdf((mode - x) / sdHigh);
  return side === 'above' ? above : 1 - above;
}

/** How many of the ascending values are at most `x`. */
function countAtMost(values: readonly number[], x: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
