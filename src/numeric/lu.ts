import { mistake } from '../mistake.ts';
import { checkSquare, matrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A dense factorisation P A = L U, made once and solved with many times. */
export interface Lu {
  readonly size: number;
  /** Row-major: U on and above the diagonal, L below it (its diagonal of ones is not stored). */
  readonly data: Float64Array;
  /** `pivots[k]` is the row of A that became row k. */
  readonly pivots: Int32Array;
  /** The first column whose pivot is zero up to rounding (it depends on the columns before it), or -1. */
  singularAt: number;
  /** Room for a permuted right-hand side, so that solving allocates nothing. */
  readonly work: Float64Array;
}

/**
 * LU factorisation with partial pivoting (Golub and Van Loan, Matrix Computations, 3.4).
 *
 * A singular matrix is not thrown: `singularAt` names the column and the factors are not to be solved with.
 * A pivot counts as zero when it is smaller than the rounding errors of the terms that it was computed from, which
 * does not depend on the units of rows or columns.
 *
 * @param a square matrix, left as it is
 * @param into an earlier factorisation of the same size to overwrite, so that nothing is allocated
 * @throws RangeError when the matrix is not square
 * @example lu(fromRows([[1, 2], [2, 4]])).singularAt // 1
 */
export function lu(a: Matrix, into: Lu = emptyLu(a)): Lu {
  checkSquare('lu', a);
  const n = a.rows;
  if (into.size !== n)
    mistake('lu', `the workspace has size ${into.size}, the matrix ${n}`, 'give one of the same size');
  const { data, pivots } = into;
  data.set(a.data);
  for (let i = 0; i < n; i++) pivots[i] = i;
  into.singularAt = -1;
  for (let k = 0; k < n; k++) {
    let best = k;
    let largest = Math.abs(data[k * n + k]!);
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(data[i * n + k]!);
      if (size > largest || Number.isNaN(size)) [best, largest] = [i, size];
    }
    if (!(largest > 0) || largest === Infinity || isRounding(data, n, k, largest)) {
      into.singularAt = k;
      return into;
    }
    if (best !== k) swapRows(data, n, pivots, k, best);
    const pivot = data[k * n + k]!;
    const rowK = k * n;
    for (let i = k + 1; i < n; i++) {
      const rowI = i * n;
      if (data[rowI + k] === 0) continue;
      const factor = (data[rowI + k]! /= pivot);
      for (let j = k + 1; j < n; j++) data[rowI + j]! -= factor * data[rowK + j]!;
    }
  }
  return into;
}

/**
 * Solve A x = b with a factorisation.
 *
 * @throws RangeError when A is singular or b has another length
 * @example solveLu(lu(fromRows([[2, 0], [0, 4]])), [2, 2]) // [1, 0.5]
 */
export function solveLu(f: Lu, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  solveLuInPlace(f, x);
  return x;
}

/** Solve A x = b, writing x over b. Allocates nothing. */
export function solveLuInPlace(f: Lu, b: Float64Array): void {
  check('solveLu', f, b);
  const { size: n, data, pivots, work } = f;
  for (let i = 0; i < n; i++) {
    let sum = b[pivots[i]!]!;
    const row = i * n;
    for (let j = 0; j < i; j++) sum -= data[row + j]! * work[j]!;
    work[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = work[i]!;
    const row = i * n;
    for (let j = i + 1; j < n; j++) sum -= data[row + j]! * b[j]!;
    b[i] = sum / data[row + i]!;
  }
}

/** Solve A' x = b (the transposed system), writing x over b. Allocates nothing. */
export function solveLuTransposedInPlace(f: Lu, b: Float64Array): void {
  check('solveLuTransposed', f, b);
  const { size: n, data, pivots, work } = f;
  work.set(b);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const value = (work[i]! /= data[row + i]!);
    for (let j = i + 1; j < n; j++) work[j]! -= data[row + j]! * value;
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = work[i]!;
    for (let j = 0; j < i; j++) work[j]! -= data[row + j]! * value;
  }
  for (let i = 0; i < n; i++) b[pivots[i]!] = work[i]!;
}

/**
 * The inverse of a factored matrix. To solve a system, solve it instead.
 *
 * @example inverseLu(lu(fromRows([[4]]))).data[0] // 0.25
 */
export function inverseLu(f: Lu): Matrix {
  const n = f.size;
  const result = matrix(n, n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveLuInPlace(f, column);
    for (let i = 0; i < n; i++) result.data[i * n + j] = column[i]!;
  }
  return result;
}

function emptyLu(a: Matrix): Lu {
  const n = a.rows;
  return {
    size: n,
    data: new Float64Array(n * a.cols),
    pivots: new Int32Array(n),
    singularAt: -1,
    work: new Float64Array(n),
  };
}

function swapRows(data: Float64Array, n: number, pivots: Int32Array, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const kept = data[a * n + j]!;
    data[a * n + j] = data[b * n + j]!;
    data[b * n + j] = kept;
  }
  const kept = pivots[a]!;
  pivots[a] = pivots[b]!;
  pivots[b] = kept;
}

/** Whether everything left of column k is no larger than the rounding errors made in computing it. */
function isRounding(data: Float64Array, n: number, k: number, largest: number): boolean {
  // A cheap look first: nothing to cancel, or the pivot is of the size of what stands above it.
  let above = 0;
  for (let i = 0; i < k; i++) above = Math.max(above, Math.abs(data[i * n + k]!));
  if (largest > 1e-10 * above) return false;
  for (let i = k; i < n; i++) {
    let terms = 0;
    for (let j = 0; j < k; j++) terms += Math.abs(data[i * n + j]! * data[j * n + k]!);
    if (Math.abs(data[i * n + k]!) > 2 * n * Number.EPSILON * terms) return false;
  }
  return true;
}

function check(call: string, f: Lu, b: ArrayLike<number>): void {
  if (f.singularAt >= 0) {
    mistake(call, `the matrix is singular at column ${f.singularAt}`, 'look at singularAt before solving');
  }
  if (b.length !== f.size) {
    mistake(call, `the right-hand side has ${b.length} values for ${f.size} equations`, 'give one per row');
  }
}
