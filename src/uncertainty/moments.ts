import { exp, expm1 } from '../numeric/explog.ts';
import { integrate } from '../numeric/quadrature.ts';
import { boxCox, inverseBoxCox } from './box-cox.ts';
import { cdf, survival } from './cdf.ts';
import { checkDistribution } from './distribution.ts';
import type { Distribution, Lognormal, Transformed } from './distribution.ts';
import { pdf } from './pdf.ts';
import { quantile, upperQuantile } from './quantile.ts';

/**
 * The mean of a distribution, in the variable's unit.
 *
 * Infinite or NaN where the mean does not exist (Student's t with one degree of freedom or fewer). A transformed
 * distribution is integrated over its capped range, to about 1e-12 relative.
 *
 * @example mean(triangular(0.02, 0.08, 0.14)) // 0.08
 */
export function mean(d: Distribution): number {
  checkDistribution('mean', d);
  switch (d.kind) {
    case 'normal':
      return d.mean;
    case 'lognormal':
      return exp(d.meanLog + (d.sdLog * d.sdLog) / 2);
    case 'uniform':
      return d.low + (d.high - d.low) / 2;
    case 'triangular':
      return (d.low + d.mode + d.high) / 3;
    case 'pert': {
      const shape = d.shape ?? 4;
      return (d.low + shape * d.mode + d.high) / (shape + 2);
    }
    case 'student':
      return d.df > 1 || d.scale === 0 ? d.location : NaN;
    case 'two-piece-normal':
      return d.mode + SQRT_2_OVER_PI * (d.sdHigh - d.sdLow);
    case 'empirical':
      return average(d.values);
    case 'mixture':
      return weighted(d.components, mean);
    case 'transformed': {
      const plain = asLognormal(d);
      return plain === undefined ? transformedMoment(d, 1, (x) => x) : mean(plain);
    }
    default:
      return d satisfies never;
  }
}

/**
 * The variance of a distribution, in the square of the variable's unit.
 *
 * Of observed values it is their mean squared deviation (divided by n: they are the whole distribution).
 *
 * @example variance(uniform(0, 6)) // 3
 */
export function variance(d: Distribution): number {
  checkDistribution('variance', d);
  switch (d.kind) {
    case 'normal':
      return d.sd * d.sd;
    case 'lognormal':
      return expm1(d.sdLog * d.sdLog) * exp(2 * d.meanLog + d.sdLog * d.sdLog);
    case 'uniform':
      return (d.high - d.low) ** 2 / 12;
    case 'triangular': {
      const [a, b] = [d.mode - d.low, d.high - d.mode];
      return (a * a + a * b + b * b) / 18;
    }
    case 'pert': {
      const m = mean(d);
      return ((m - d.low) * (d.high - m)) / ((d.shape ?? 4) + 3);
    }
    case 'student':
      if (d.scale === 0) return 0;
      return d.df > 2 ? (d.scale * d.scale * d.df) / (d.df - 2) : d.df > 1 ? Infinity : NaN;
    case 'two-piece-normal':
      return (1 - 2 / Math.PI) * (d.sdHigh - d.sdLow) ** 2 + d.sdLow * d.sdHigh;
    case 'empirical': {
      const m = average(d.values);
      return average(d.values.map((value) => (value - m) ** 2));
    }
    case 'mixture': {
      const m = mean(d);
      return weighted(d.components, (of) => variance(of) + (mean(of) - m) ** 2);
    }
    case 'transformed': {
      const plain = asLognormal(d);
      if (plain !== undefined) return variance(plain);
      const m = mean(d);
      return transformedMoment(d, 2, (x) => (x - m) ** 2);
    }
    default:
      return d satisfies never;
  }
}

const SQRT_2_OVER_PI = 0.7978845608028654;

function average(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function weighted(
  components: readonly { weight: number; of: Distribution }[],
  f: (of: Distribution) => number,
): number {
  let [sum, total] = [0, 0];
  for (const { weight, of } of components) {
    if (weight > 0) sum += weight * f(of);
    total += weight;
  }
  return sum / total;
}

/**
 * The expectation of `g` of a transformed variable, where `g` grows with its `degree`: what lies on a cap, and the
 * integral of density between the caps.
 */
function transformedMoment(d: Transformed, degree: 1 | 2, g: (x: number) => number): number {
  const { of, lambda } = d;
  const value = (y: number) =>
    g(Math.min(Math.max(inverseBoxCox(y, lambda), d.low ?? -Infinity), d.high ?? Infinity));
  if (of.kind === 'empirical') return average(of.values.map(value));
  if (of.kind === 'mixture')
    return weighted(of.components, (part) => transformedMoment({ ...d, of: part }, degree, g));
  if (of.kind === 'transformed') {
    const half = (side: typeof quantile) =>
      integrate((p) => value(side(of, p)), [0, 1e-8, 1e-4, 0.01, 0.1, 0.5], 1e-10);
    return half(quantile) + half(upperQuantile);
  }
  if (variance(of) === 0) return value(mean(of));
  if (of.kind === 'student' && isHeavy(d, of.df, degree)) return Infinity;
  const low = Math.max(quantile(of, TAILS[0]!), d.low === undefined ? -Infinity : boxCox(d.low, lambda));
  const high = Math.min(
    upperQuantile(of, TAILS[0]!),
    d.high === undefined ? Infinity : boxCox(d.high, lambda),
  );
  if (low >= high) return value(low);
  const onLow = d.low === undefined ? 0 : g(d.low) * cdf(of, low);
  const onHigh = d.high === undefined ? 0 : g(d.high) * survival(of, high);
  return onLow + onHigh + integrate((y) => value(y) * pdf(of, y), breaks(of, low, high));
}

/** Tail probabilities whose quantiles cut the range of integration. */
const TAILS = [1e-300, 1e-100, 1e-40, 1e-20, 1e-10, 1e-5, 1e-3, 0.05, 0.3];

/** Ascending cuts from `low` to `high`: quantiles, and the mode, where a density may have a kink. */
function breaks(of: Distribution, low: number, high: number): number[] {
  const cuts = TAILS.flatMap((p) => [quantile(of, p), upperQuantile(of, p)]);
  if (of.kind === 'triangular' || of.kind === 'two-piece-normal') cuts.push(of.mode);
  const inside = cuts.filter((y) => y > low && y < high).sort((a, b) => a - b);
  return [low, ...inside.filter((y, i) => y !== inside[i - 1]), high];
}

/** Whether a Student tail, not capped, is too heavy for the moment to exist. */
function isHeavy(d: Transformed, df: number, degree: number): boolean {
  if (d.high === undefined && (d.lambda <= 0 || df <= degree / d.lambda)) return true;
  return d.low === undefined && d.lambda > 0 && df <= degree / d.lambda;
}

/** A normal logarithm without caps has closed forms. */
function asLognormal(d: Transformed): Lognormal | undefined {
  if (d.lambda !== 0 || d.of.kind !== 'normal' || d.low !== undefined || d.high !== undefined)
    return undefined;
  return { kind: 'lognormal', meanLog: d.of.mean, sdLog: d.of.sd };
}
