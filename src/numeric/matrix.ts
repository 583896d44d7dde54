import { mistake } from '../mistake.ts';

/** A dense matrix of doubles, row-major: the value at row i, column j is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/**
 * A matrix of zeros.
 *
 * @example matrix(2, 3).data.length // 6
 */
export function matrix(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

/**
 * A matrix from an array of its rows.
 *
 * @param rows rows of one length; no rows give a 0 by 0 matrix
 * @throws RangeError when the rows have different lengths
 * @example fromRows([[1, 2], [3, 4]]).data[2] // 3
 */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const result = matrix(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      mistake('fromRows', `row ${i} has ${row.length} values, row 0 has ${cols}`, 'give rows of one length');
    }
    result.data.set(row, i * cols);
  });
  return result;
}

/**
 * The rows of a matrix as plain arrays, the inverse of `fromRows`.
 *
 * @example toRows(identity(2)) // [[1, 0], [0, 1]]
 */
export function toRows(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_, i) => Array.from(a.data.subarray(i * a.cols, (i + 1) * a.cols)));
}

/** The identity matrix. @example identity(3).data[4] // 1 */
export function identity(size: number): Matrix {
  const result = matrix(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

/**
 * The transpose of a matrix.
 *
 * @example transpose(fromRows([[1, 2, 3]])).rows // 3
 */
export function transpose(a: Matrix): Matrix {
  const result = matrix(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) result.data[j * a.rows + i] = a.data[i * a.cols + j]!;
  }
  return result;
}

/**
 * The product of two matrices.
 *
 * @throws RangeError when the inner sizes differ
 * @example multiply(fromRows([[1, 2]]), fromRows([[3], [4]])).data[0] // 11
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) {
    mistake(
      'multiply',
      `${sizeOf(a)} times ${sizeOf(b)} does not fit`,
      'the columns of the first are the rows of the second',
    );
  }
  const result = matrix(a.rows, b.cols);
  const { data } = result;
  // The order i, k, j walks both operands along their rows.
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k]!;
      for (let j = 0; j < b.cols; j++) data[i * b.cols + j]! += factor * b.data[k * b.cols + j]!;
    }
  }
  return result;
}

/**
 * The product of a matrix and a vector.
 *
 * @throws RangeError when the vector's length is not the number of columns
 * @example multiplyVector(fromRows([[1, 2], [3, 4]]), [1, 1])[1] // 7
 */
export function multiplyVector(a: Matrix, x: ArrayLike<number>): Float64Array {
  if (x.length !== a.cols) {
    mistake(
      'multiplyVector',
      `${sizeOf(a)} times a vector of ${x.length} does not fit`,
      'give one value per column',
    );
  }
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.cols; j++) sum += a.data[i * a.cols + j]! * x[j]!;
    result[i] = sum;
  }
  return result;
}

/** The Euclidean length of a stretch of an array, scaled against overflow. @example norm([3, 4]) // 5 */
export function norm(data: ArrayLike<number>, from = 0, to = data.length): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(data[i]!));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = from; i < to; i++) sum += (data[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** "3 by 2": the size as it is shown in messages. */
export function sizeOf(a: Matrix): string {
  return `${a.rows} by ${a.cols}`;
}

/** Throw unless a matrix is square, or has the given number of rows. */
export function checkSquare(call: string, a: Matrix): void {
  if (a.rows !== a.cols) mistake(call, `the matrix is ${sizeOf(a)}`, 'give a square matrix');
}
