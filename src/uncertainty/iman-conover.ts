import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { shuffle } from '../numeric/latin-hypercube.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { hashState, PURPOSE, seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import { lowerRoot, nearestCorrelation } from './correlation.ts';
import type { Columns } from './outcome.ts';

/**
 * Put the values of each column in another order, so that their ranks are correlated about as the matrix says. No value
 * changes: what was drawn, or observed, for each factor alone stays (Iman and Conover 1982, with van der Waerden scores).
 *
 * @param columns one column of equal length per factor
 * @param matrix wanted rank correlations, in the order of the columns; repaired to the nearest correlation matrix
 * @param options `seed` of the scores' first order, defaults to 0
 * @throws RangeError when columns differ in length or the matrix in size
 * @example imanConover({ a: Float64Array.of(1, 2, 3), b: Float64Array.of(6, 4, 5) }, [[1, 1], [1, 1]]).b.length // 3
 */
export function imanConover<F extends string>(
  columns: Columns<F>,
  matrix: readonly (readonly number[])[],
  options: { readonly seed?: Seed } = {},
): Columns<F> {
  argument('imanConover', 'object', columns, 'columns');
  listArgument('imanConover', 'the matrix', matrix, 'give rows of numbers');
  checkOptions('imanConover', options, 'seed');
  const names = Object.keys(columns) as F[];
  const [d, n] = [names.length, names.length === 0 ? 0 : columns[names[0]!].length];
  if (names.some((name) => columns[name].length !== n))
    return mistake('imanConover', 'the columns differ in length', 'give columns of one length');
  if (matrix.length !== d)
    return mistake(
      'imanConover',
      `${d} columns have a matrix of ${matrix.length} rows`,
      'give a row for each',
    );
  const words = seedWords(options.seed ?? 0, 'imanConover');
  const scores = names.map((_, j) => {
    const column = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 1) / (n + 1)));
    shuffle(hashState(words, PURPOSE.design, j, 1, new Int32Array(4)), column);
    return column;
  });
  // Chance correlation among the scores is taken out first, then the wanted one put in.
  const own = scores.map((a) => scores.map((b) => correlationBetween(a, b)));
  const remove = lowerRoot(own);
  const add = lowerRoot(nearestCorrelation(matrix).matrix);
  const z = new Float64Array(d);
  const target = names.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      let value = scores[j]![i]!;
      for (let k = 0; k < j; k++) value -= remove[j * d + k]! * z[k]!;
      const pivot = remove[j * d + j]!;
      z[j] = pivot === 0 ? 0 : value / pivot;
    }
    for (let j = 0; j < d; j++) {
      let value = 0;
      for (let k = 0; k <= j; k++) value += add[j * d + k]! * z[k]!;
      target[j]![i] = value;
    }
  }
  return Object.fromEntries(
    names.map((name, j) => [name, inOrderOf(columns[name], target[j]!)]),
  ) as unknown as Columns<F>;
}

/** The values of a column so arranged that they rank as `order` does. */
function inOrderOf(column: Float64Array, order: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  const places = Array.from(order.keys()).sort((a, b) => order[a]! - order[b]!);
  const result = new Float64Array(column.length);
  places.forEach((place, rank) => (result[place] = sorted[rank]!));
  return result;
}

/** Pearson's correlation of two columns with mean zero. */
function correlationBetween(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
