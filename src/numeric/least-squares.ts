import { mistake } from '../mistake.ts';
import { dotCompensated } from './compensated.ts';
import { matrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { applyQ, applyQTransposed, qr, solveR, solveRTransposed } from './qr.ts';
import type { Qr } from './qr.ts';

/** A least-squares fit of y on the columns of X. */
export interface LeastSquares {
  /** One per column of X; 0 for a dropped one. */
  readonly coefficients: Float64Array;
  /** y - X b, one per row. */
  readonly residuals: Float64Array;
  /** The number of independent columns. */
  readonly rank: number;
  /** Columns that depend on the others, ascending; empty when the rank is full. */
  readonly dropped: readonly number[];
  /** (X'X)^-1 over the kept columns, 0 in the rows and columns of dropped ones: s2 times it is the covariance. */
  readonly gramInverse: Matrix;
}

/**
 * Least squares by Householder QR with column pivoting, then refined.
 *
 * The refinement solves the augmented system of residuals and coefficients together with residuals computed in
 * twice the precision (Bjorck 1967, "Iterative refinement of linear least squares solutions I", BIT 7), until it no
 * longer gains, three steps at most. With a full rank the coefficients are then right to nearly the last digit, even
 * where the normal equations would have lost half of them.
 *
 * @param x one row per observation, one column per regressor (the constant is a column of ones)
 * @param y one value per row
 * @throws RangeError when the lengths differ, there is no row, or a value is not finite
 * @example leastSquares(fromRows([[1, 0], [1, 1], [1, 2]]), [1, 3, 5]).coefficients // [1, 2]
 */
export function leastSquares(x: Matrix, y: ArrayLike<number>): LeastSquares {
  const { rows: m, cols: n } = x;
  if (y.length !== m) {
    mistake('leastSquares', `there are ${y.length} observations of y for ${m} rows of X`, 'give one per row');
  }
  checkFinite(x.data, (i) => `X has no finite value at row ${Math.floor(i / n)}, column ${i % n}`);
  checkFinite(y, (i) => `y has no finite value at row ${i}`);
  const f = qr(x);
  const solution = new Float64Array(f.rank);
  const residuals = Float64Array.from(y);
  refine(f, x, y, solution, residuals);
  const coefficients = new Float64Array(n);
  for (let k = 0; k < f.rank; k++) coefficients[f.order[k]!] = solution[k]!;
  return {
    coefficients,
    residuals,
    rank: f.rank,
    dropped: [...f.order.subarray(f.rank)].sort((a, b) => a - b),
    gramInverse: gramInverse(f),
  };
}

/** Solve for coefficients (in pivoted order) and residuals, from zero and y, then correct them. */
function refine(
  f: Qr,
  x: Matrix,
  y: ArrayLike<number>,
  solution: Float64Array,
  residuals: Float64Array,
): void {
  const { rows: m, cols: n } = x;
  const wrongRows = Float64Array.from(y);
  const wrongColumns = new Float64Array(f.rank);
  const gathered = new Float64Array(n);
  const gain = new Float64Array(f.rank);
  residuals.fill(0);
  let lastSize = Infinity;
  for (let step = 0; step < 4; step++) {
    // [I X; X' 0] [dr; db] = [wrongRows; wrongColumns], by the factors of X.
    applyQTransposed(f, wrongRows);
    solveRTransposed(f, wrongColumns);
    for (let k = 0; k < f.rank; k++) {
      gain[k] = wrongRows[k]! - wrongColumns[k]!;
      wrongRows[k] = wrongColumns[k]!;
    }
    solveR(f, gain);
    applyQ(f, wrongRows);
    let size = 0;
    for (let k = 0; k < f.rank; k++) {
      size = Math.max(size, Math.abs(gain[k]!) / (Math.abs(solution[k]! + gain[k]!) || 1));
    }
    if (step > 0 && size >= lastSize) return;
    for (let k = 0; k < f.rank; k++) solution[k]! += gain[k]!;
    for (let i = 0; i < m; i++) residuals[i]! += wrongRows[i]!;
    if (step > 0 && size <= Number.EPSILON) return;
    if (step > 0) lastSize = size;
    gathered.fill(0);
    for (let k = 0; k < f.rank; k++) gathered[f.order[k]!] = -solution[k]!;
    for (let i = 0; i < m; i++) {
      wrongRows[i] = dotDifference(y[i]!, residuals[i]!, n, x.data, i * n, gathered);
    }
    for (let k = 0; k < f.rank; k++)
      wrongColumns[k] = -dotCompensated(m, 0, x.data, f.order[k]!, n, residuals, 0, 1);
  }
}

/** value - less + the dot product of a row of X and b, in twice the precision. */
function dotDifference(
  value: number,
  less: number,
  count: number,
  data: Float64Array,
  from: number,
  b: Float64Array,
): number {
  const start = value - less;
  const back = start - value;
  const lost = value - (start - back) + (-less - back);
  return dotCompensated(count, start, data, from, 1, b, 0, 1) + lost;
}

/** (X'X)^-1 = P R^-1 R^-T P'. */
function gramInverse(f: Qr): Matrix {
  const n = f.cols;
  const result = matrix(n, n);
  const column = new Float64Array(f.rank);
  for (let j = 0; j < f.rank; j++) {
    column.fill(0);
    column[j] = 1;
    solveRTransposed(f, column);
    solveR(f, column);
    for (let i = 0; i < f.rank; i++) result.data[f.order[i]! * n + f.order[j]!] = column[i]!;
  }
  return result;
}

function checkFinite(values: ArrayLike<number>, problem: (index: number) => string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!))
      mistake('leastSquares', problem(i), 'leave the observation out or fill it');
  }
}
