import { checkOptions, listArgument } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { cholesky } from '../numeric/cholesky.ts';
import { symmetricEigen } from '../numeric/eigen.ts';
import { fromRows, toRows } from '../numeric/matrix.ts';

/**
 * How factors move together: a copula with a correlation matrix. The matrix is that of the normal (or t) variables
 * behind the factors; each factor keeps its own distribution. Factors that are not named are independent of all others.
 */
export interface Correlation<F extends string = string> {
  readonly factors: readonly F[];
  readonly matrix: readonly (readonly number[])[];
  /** One of `'gaussian'` (defaults to it) or `'t'`, whose extremes come together. */
  readonly copula?: 'gaussian' | 't';
  /** Degrees of freedom of a t copula; the fewer, the stronger its extremes hang together. */
  readonly df?: number;
}

/** A correlation matrix that is one, and how far it is from what was asked for. */
export interface NearestCorrelation {
  readonly matrix: readonly (readonly number[])[];
  /** Frobenius distance to the input: the square root of the summed squared changes. Zero when nothing had to change. */
  readonly change: number;
  /** The largest change of one entry. */
  readonly largest: number;
  readonly iterations: number;
}

/**
 * A correlation from pairs; pairs that are not given are uncorrelated.
 *
 * @param pairs two names and their correlation, from -1 to 1
 * @param options `copula` defaults to `'gaussian'`; `df` is needed for `'t'`
 * @throws RangeError when a pair is given twice or a correlation is out of range
 * @example correlation([['gi', 'gs', 0.5]]).matrix // [[1, 0.5], [0.5, 1]]
 */
export function correlation<F extends string>(
  pairs: readonly (readonly [F, F, number])[],
  options: { readonly copula?: 'gaussian' | 't'; readonly df?: number } = {},
): Correlation<F> {
  listArgument('correlation', 'the list of pairs', pairs, "give pairs, such as [['a', 'b', 0.5]]");
  checkOptions('correlation', options, 'copula df');
  const factors = [...new Set(pairs.flatMap(([a, b]) => [a, b]))];
  const matrix: number[][] = factors.map((_, i) => factors.map((_, j) => (i === j ? 1 : 0)));
  const seen = new Set<string>();
  for (const [a, b, value] of pairs) {
    if (!(Math.abs(value) <= 1))
      return mistake(
        'correlation',
        `${value} between '${a}' and '${b}' is no correlation`,
        'give a number from -1 to 1',
      );
    const key = [a, b].sort().join('\n');
    if (a === b || seen.has(key))
      return mistake(
        'correlation',
        `the pair '${a}', '${b}' ${a === b ? 'is one factor' : 'is given twice'}`,
        'give each pair once',
      );
    seen.add(key);
    const [i, j] = [factors.indexOf(a), factors.indexOf(b)];
    matrix[i]![j] = matrix[j]![i] = value;
  }
  return { factors, matrix, ...options };
}

/**
 * The correlation matrix nearest to a symmetric matrix in the Frobenius norm (Higham 2002, "Computing the nearest
 * correlation matrix", IMA Journal of Numerical Analysis 22: alternating projections with Dykstra's correction).
 *
 * A matrix that is a correlation matrix already comes back unchanged.
 *
 * @throws RangeError when the matrix is not square and symmetric
 * @example nearestCorrelation([[1, 0.2], [0.2, 1]]).change // 0
 */
export function nearestCorrelation(input: readonly (readonly number[])[]): NearestCorrelation {
  listArgument('nearestCorrelation', 'the matrix', input, 'give rows of numbers');
  for (const row of input) listArgument('nearestCorrelation', 'a row of the matrix', row, 'give numbers');
  checkSymmetric(input);
  const n = input.length;
  const asked = Float64Array.from(input.flat());
  const unitDiagonal = input.every((row, i) => row[i] === 1 && row.every((value) => Math.abs(value) <= 1));
  if (unitDiagonal && isSemidefinite(input)) return { matrix: input, change: 0, largest: 0, iterations: 0 };
  const y = asked.slice();
  const correction = new Float64Array(n * n);
  let iterations = 0;
  for (let moved = Infinity; moved > 1e-15 && iterations < 10_000; iterations++) {
    const r = y.map((value, i) => value - correction[i]!);
    const x = positivePart(r, n);
    moved = 0;
    for (let i = 0; i < n * n; i++) {
      correction[i] = x[i]! - r[i]!;
      const value = i % (n + 1) === 0 ? 1 : x[i]!;
      moved = Math.max(moved, Math.abs(value - y[i]!));
      y[i] = value;
    }
  }
  let [square, largest] = [0, 0];
  for (let i = 0; i < n * n; i++) {
    const change = Math.abs(y[i]! - asked[i]!);
    square += change * change;
    largest = Math.max(largest, change);
  }
  return { matrix: toRows({ rows: n, cols: n, data: y }), change: Math.sqrt(square), largest, iterations };
}

/** A lower triangular `L` with `L L' = matrix`, of a positive semidefinite matrix; a dependent row gets a zero pivot. */
export function lowerRoot(matrix: readonly (readonly number[])[]): Float64Array {
  const n = matrix.length;
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let pivot = matrix[j]![j]!;
    for (let k = 0; k < j; k++) pivot -= l[j * n + k]! ** 2;
    if (pivot < 1e-13) continue;
    const root = Math.sqrt(pivot);
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = sum / root;
    }
  }
  return l;
}

/**
 * The whole correlation matrix of `names`, in that order: ones on the diagonal, zeros where nothing is said.
 *
 * @throws RangeError when a correlated factor is unknown, the matrix is none, or a t copula lacks its degrees of freedom
 */
export function correlationOf(names: readonly string[], c: Correlation, call: string): number[][] {
  const places = c.factors.map((name) => {
    const place = names.indexOf(name);
    if (place < 0)
      return mistake(call, `the correlation names '${name}', which is no factor`, suggestion(name, names));
    return place;
  });
  if (new Set(places).size !== places.length)
    return mistake(call, 'the correlation names a factor twice', 'name each once');
  if (c.matrix.length !== places.length)
    return mistake(
      call,
      `${places.length} correlated factors have a matrix of ${c.matrix.length} rows`,
      'give a row for each',
    );
  if (c.copula === 't' && !(c.df !== undefined && c.df > 0))
    return mistake(call, 'a t copula needs degrees of freedom', 'give df, such as 4');
  checkSymmetric(c.matrix);
  const whole: number[][] = names.map((_, i) => names.map((_, j) => (i === j ? 1 : 0)));
  places.forEach((p, i) => places.forEach((q, j) => (whole[p]![q] = c.matrix[i]![j]!)));
  return whole;
}

function checkSymmetric(m: readonly (readonly number[])[]): void {
  m.forEach((row, i) => {
    if (row.length !== m.length)
      mistake('correlation', `row ${i} has ${row.length} values of ${m.length}`, 'give a square matrix');
    row.forEach((value, j) => {
      if (!Number.isFinite(value))
        mistake('correlation', `the entry at row ${i}, column ${j} is ${value}`, 'give finite numbers');
      if (value !== m[j]![i])
        mistake('correlation', `the entries at ${i}, ${j} and ${j}, ${i} differ`, 'give a symmetric matrix');
    });
  });
}

function isSemidefinite(m: readonly (readonly number[])[]): boolean {
  if (cholesky(fromRows(m)).failedAt < 0) return true;
  const { values } = symmetricEigen(fromRows(m));
  return values.length === 0 || values.at(-1)! >= -1e-14 * m.length;
}

/** The nearest positive semidefinite matrix: negative eigenvalues become zero. */
function positivePart(data: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen({ rows: n, cols: n, data });
  const result = new Float64Array(n * n);
  for (let k = 0; k < n && values[k]! > 0; k++) {
    for (let i = 0; i < n; i++) {
      const left = values[k]! * vectors.data[i * n + k]!;
      for (let j = 0; j <= i; j++) result[i * n + j]! += left * vectors.data[j * n + k]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) result[j * n + i] = result[i * n + j]!;
  return result;
}
