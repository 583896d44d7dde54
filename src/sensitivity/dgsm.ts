import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Directions } from '../numeric/sobol-sequence.ts';
import type { Seed } from '../numeric/threefry.ts';
import { cdf, survival } from '../uncertainty/cdf.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { variance } from '../uncertainty/moments.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { pdf } from '../uncertainty/pdf.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { checkPoints, factorNames, sobolColumns } from './design.ts';
import type { Factors } from './design.ts';
import { differences } from './elasticity.ts';

/** The derivative-based measure of one factor for one output. */
export interface DgsmRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Mean squared derivative. */
  readonly nu: number;
  /** Standard deviation of the squared derivatives. */
  readonly spread: number;
  /** Upper bound of the factor's total Sobol' index: a factor whose bound is small does not matter. */
  readonly bound: number;
  /** One of `'exact'` (the outcome's own gradients) or `'difference'`. */
  readonly method: 'exact' | 'difference';
}

/** Options of `dgsm`. */
export interface DgsmOptions {
  /** Points, a power of two; defaults to 1,024. */
  readonly points?: number;
  /** Defaults to 0. */
  readonly seed?: Seed;
  readonly directions?: Directions;
}

/**
 * Derivative-based global sensitivity: the mean squared derivative by factor, and the bound it puts on the total index
 * (Sobol' and Kucherenko 2009; Lamboni, Iooss, Popelin and Gamboa 2013).
 *
 * Exact gradients where the outcome has them; else central differences of sixth order, six evaluations a point and factor.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @throws RangeError when `points` is no power of two
 * @example dgsm(({ a }) => 3 * a, { a: uniform(0, 1) }, { points: 16 })[0].factor // 'a'
 */
export function dgsm<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: DgsmOptions = {},
): DgsmRow<F, OutputOf<S>>[] {
  checkOptions('dgsm', options, 'points seed directions');
  const { points = 1024, seed = 0, directions } = options;
  const names = factorNames(factors, 'dgsm');
  checkPoints(points, 'dgsm');
  const outcome = toOutcome(f, names);
  const columns = sobolColumns(factors, names, points, { seed, replicate: 0, directions }, 'dgsm');
  const values = outcome.evaluate(columns, points);
  const exact = outcome.gradient?.(columns, points);
  const gradients: Readonly<Record<OutputOf<S>, Columns<F>>> =
    exact ?? differences(outcome, names, columns, points, 1e-4);
  const method = exact === undefined ? 'difference' : 'exact';
  return (Object.keys(values) as OutputOf<S>[]).flatMap((output) =>
    dgsmIndices(factors, gradients[output], values[output].subarray(0, points)).map(
      (row) => ({ ...row, output, method }) as const,
    ),
  );
}

/**
 * Derivative-based measures from derivatives and values computed elsewhere, at points drawn from the factors.
 *
 * @param gradients a column of derivatives per factor
 * @param values the output at the same points
 * @throws RangeError when the columns differ in length
 */
export function dgsmIndices<F extends string>(
  factors: Factors<F>,
  gradients: Columns<F>,
  values: Float64Array,
): Omit<DgsmRow<F>, 'output' | 'method'>[] {
  argument('dgsmIndices', 'object', gradients, 'gradients');
  listArgument('dgsmIndices', 'the column of values', values);
  const total = populationVariance(values);
  return factorNames(factors, 'dgsmIndices').map((factor) => {
    const slopes = gradients[factor];
    if (slopes.length < values.length)
      return mistake(
        'dgsmIndices',
        `'${factor}' has ${slopes.length} derivatives at ${values.length} points`,
        'give one for each point',
      );
    const squares = slopes.subarray(0, values.length).map((slope) => slope * slope);
    const nu = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    return {
      factor,
      nu,
      spread: Math.sqrt(populationVariance(squares)),
      bound: (nu * poincare(factors[factor])) / total,
    };
  });
}

/**
 * The constant C with `Var g(X) <= C E g'(X)^2` for every g: `(b - a)^2 / pi^2` of a uniform distribution, the variance of a
 * normal one, else `4 sup (min(F, 1 - F) / f)^2` (Bobkov and Houdre 1997), here over 2,000 quantiles.
 */
function poincare(d: Distribution): number {
  if (d.kind === 'uniform') return ((d.high - d.low) / Math.PI) ** 2;
  if (d.kind === 'normal' || variance(d) === 0) return variance(d);
  let largest = 0;
  for (let i = 1; i < 2000; i++) {
    const x = quantile(d, i / 2000);
    largest = Math.max(largest, Math.min(cdf(d, x), survival(d, x)) / pdf(d, x));
  }
  return 4 * largest * largest;
}

function populationVariance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
