import { mistake } from '../mistake.ts';
import { checkSquare, matrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A factorisation A = L L' of a symmetric matrix. */
export interface Cholesky {
  /** L, zero above the diagonal. Rows from `failedAt` on are unfinished. */
  readonly lower: Matrix;
  /** The first row and column at which A is not positive definite up to rounding, or -1. */
  readonly failedAt: number;
}

/**
 * Cholesky factorisation (Golub and Van Loan, Matrix Computations, 4.2). Reads the lower triangle only.
 *
 * A matrix that is not positive definite is not thrown: `failedAt` says where. For a covariance matrix that is the
 * first variable which the ones before it determine, or contradict.
 *
 * @throws RangeError when the matrix is not square
 * @example cholesky(fromRows([[4, 2], [2, 5]])).lower.data[3] // 2
 * @example cholesky(fromRows([[1, 2], [2, 1]])).failedAt // 1
 */
export function cholesky(a: Matrix): Cholesky {
  checkSquare('cholesky', a);
  const n = a.rows;
  const lower = matrix(n, n);
  const l = lower.data;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      if (j < i) l[i * n + j] = sum / l[j * n + j]!;
      else if (sum > n * Number.EPSILON * Math.abs(a.data[i * n + i]!) && sum < Infinity)
        l[i * n + i] = Math.sqrt(sum);
      else return { lower, failedAt: i };
    }
  }
  return { lower, failedAt: -1 };
}

/**
 * Solve A x = b with a Cholesky factorisation.
 *
 * @throws RangeError when A is not positive definite or b has another length
 * @example solveCholesky(cholesky(fromRows([[4]])), [2]) // [0.5]
 */
export function solveCholesky(f: Cholesky, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  solveCholeskyInPlace(f, x);
  return x;
}

/** Solve A x = b, writing x over b. Allocates nothing. */
export function solveCholeskyInPlace(f: Cholesky, b: Float64Array): void {
  const n = f.lower.rows;
  const l = f.lower.data;
  if (f.failedAt >= 0) {
    mistake(
      'solveCholesky',
      `the matrix is not positive definite at row ${f.failedAt}`,
      'look at failedAt before solving',
    );
  }
  if (b.length !== n) {
    mistake(
      'solveCholesky',
      `the right-hand side has ${b.length} values for ${n} equations`,
      'give one per row',
    );
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = (b[i]! /= l[i * n + i]!);
    for (let k = 0; k < i; k++) b[k]! -= l[i * n + k]! * value;
  }
}
