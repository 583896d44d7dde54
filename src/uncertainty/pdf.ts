import { betaPdf } from '../numeric/beta.ts';
import { log } from '../numeric/explog.ts';
import { normalPdf } from '../numeric/normal.ts';
import { studentPdf } from '../numeric/student.ts';
import { boxCox, boxCoxSlope } from './box-cox.ts';
import { pertShapes } from './distribution.ts';
import { checkDistribution } from './distribution.ts';
import type { Distribution } from './distribution.ts';

/**
 * Probability density of a distribution at `x`, per unit of the variable.
 *
 * A value with a probability of its own (a constant, an observed value, a cap that is reached) has density Infinity.
 *
 * @example pdf(normal(0, 1), 0) // 0.3989422804014327
 */
export function pdf(d: Distribution, x: number): number {
  checkDistribution('pdf', d);
  switch (d.kind) {
    case 'normal':
      return scaled(normalPdf, x - d.mean, d.sd);
    case 'lognormal':
      return x > 0 ? scaled(normalPdf, log(x) - d.meanLog, d.sdLog) / x : 0;
    case 'uniform':
      return x < d.low || x > d.high ? 0 : 1 / (d.high - d.low);
    case 'triangular':
      return triangularPdf(x, d.low, d.mode, d.high);
    case 'pert': {
      if (d.low === d.high) return x === d.low ? Infinity : 0;
      const width = d.high - d.low;
      return betaPdf((x - d.low) / width, ...pertShapes(d)) / width;
    }
    case 'student':
      return scaled((t) => studentPdf(t, d.df), x - d.location, d.scale);
    case 'two-piece-normal': {
      const sd = x < d.mode ? d.sdLow : d.sdHigh;
      if (sd === 0) return x === d.mode ? Infinity : 0;
      return (2 / (d.sdLow + d.sdHigh)) * normalPdf((x - d.mode) / sd);
    }
    case 'empirical':
      return d.values.includes(x) ? Infinity : 0;
    case 'mixture': {
      let [sum, total] = [0, 0];
      for (const { weight, of } of d.components) {
        if (weight > 0) sum += weight * pdf(of, x);
        total += weight;
      }
      return sum / total;
    }
    case 'transformed': {
      const [low, high] = [d.low ?? -Infinity, d.high ?? Infinity];
      if (x < low || x > high) return 0;
      if (x === low || x === high) return Infinity;
      const y = boxCox(x, d.lambda);
      return y === -Infinity ? 0 : pdf(d.of, y) * boxCoxSlope(x, d.lambda);
    }
    default:
      return d satisfies never;
  }
}

function scaled(standard: (z: number) => number, distance: number, scale: number): number {
  if (scale === 0) return distance === 0 ? Infinity : 0;
  return standard(distance / scale) / scale;
}

function triangularPdf(x: number, low: number, mode: number, high: number): number {
  if (x < low || x > high) return 0;
  if (low === high) return Infinity;
  if (x === mode) return 2 / (high - low);
  return x < mode
    ? (2 * (x - low)) / ((high - low) * (mode - low))
    : (2 * (high - x)) / ((high - low) * (high - mode));
}
