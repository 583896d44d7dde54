import { listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { lowerRoot } from '../uncertainty/correlation.ts';
import { shapleyValues } from '../numeric/shapley-values.ts';

/**
 * Shapley effects of `slopes . X` for normal `X` with the given covariance, exactly (Owen and Prieur 2017; Iooss and Prieur
 * 2019): the variance that a set of factors explains follows from a Cholesky factor that begins with it.
 *
 * @param slopes the coefficient of each factor
 * @param covariance of the factors
 * @returns shares of the variance, which sum to one
 * @throws RangeError when there are more than 16 factors
 * @example linearShapley([1, 1], [[1, 0], [0, 1]]) // [0.5, 0.5]
 */
export function linearShapley(
  slopes: readonly number[],
  covariance: readonly (readonly number[])[],
): number[] {
  listArgument('linearShapley', 'the list of slopes', slopes);
  listArgument('linearShapley', 'the covariance matrix', covariance);
  const n = slopes.length;
  if (covariance.length !== n || covariance.some((row) => (row as typeof row | null)?.length !== n))
    return mistake(
      'linearShapley',
      `the covariance of ${n} factors is ${shown(covariance)}`,
      'give a row and a column for each factor',
    );
  if (n > 16) return mistake('linearShapley', `${n} factors have too many sets`, 'give at most 16');
  // In units of standard deviations, so that pivots compare.
  const sd = covariance.map((row, i) => Math.sqrt(row[i]!));
  const slope = slopes.map((value, i) => value * sd[i]!);
  const correlation = covariance.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : sd[i] === 0 || sd[j] === 0 ? 0 : value / (sd[i]! * sd[j]!))),
  );
  const explained = Array.from({ length: 2 ** n }, (_, set) => {
    const known = slopes.map((_, k) => k).filter((k) => (set >> k) & 1);
    const order = [...known, ...slopes.map((_, k) => k).filter((k) => !((set >> k) & 1))];
    const root = lowerRoot(order.map((i) => order.map((j) => correlation[i]![j]!)));
    // The output as a sum of independent parts: those of the first factors are known with them.
    let sum = 0;
    for (let j = 0; j < known.length; j++) {
      const weight = order.reduce((total, k, i) => total + slope[k]! * root[i * n + j]!, 0);
      sum += weight * weight;
    }
    return sum;
  });
  return shapleyValues(explained).map((value) => value / explained.at(-1)!);
}
