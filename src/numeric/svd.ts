import { mistake } from '../mistake.ts';
import { matrix, norm, transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A = U diag(values) V'. With k = min(rows, cols), U is rows by k and V is cols by k. */
export interface Svd {
  readonly u: Matrix;
  /** Singular values, largest first, k of them. */
  readonly values: Float64Array;
  readonly v: Matrix;
  /** The number of values above the tolerance. */
  readonly rank: number;
  /** Largest over smallest singular value; Infinity when the rank is not full, 1 for an empty matrix. */
  readonly condition: number;
}

/**
 * Singular value decomposition by one-sided Jacobi rotations (Hestenes 1958; Demmel and Veselic 1992, "Jacobi's method is
 * more accurate than QR"): columns are turned pairwise until they are orthogonal. Of the
 * longer of U and V, the columns that belong to a zero value are zero; the other is orthogonal throughout.
 *
 * @param tolerance relative to the largest value, below which a value counts as zero; defaults to max(rows, cols) times
 *   the machine epsilon
 * @throws RangeError when a value is not finite
 * @example svd(fromRows([[3, 0], [0, 4]])).values // [4, 3]
 */
export function svd(a: Matrix, tolerance = Math.max(a.rows, a.cols) * Number.EPSILON): Svd {
  if (!a.data.every(Number.isFinite)) mistake('svd', 'a value is not finite', 'give finite numbers');
  if (a.rows < a.cols) {
    const turned = svd(transpose(a), tolerance);
    return { ...turned, u: turned.v, v: turned.u };
  }
  const { rows: m, cols: n } = a;
  // Rows of `columns` are the columns of A; rows of `turns` those of V.
  const columns = transpose(a).data;
  const turns = matrix(n, n).data;
  for (let j = 0; j < n; j++) turns[j * n + j] = 1;
  for (let sweep = 0; sweep < 60 && rotateAll(columns, turns, m, n) > 0; sweep++);
  const lengths = Float64Array.from({ length: n }, (_, j) => norm(columns, j * m, (j + 1) * m));
  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => lengths[j]! - lengths[i]!);
  const values = Float64Array.from(order, (j) => lengths[j]!);
  const u = matrix(m, n);
  const v = matrix(n, n);
  order.forEach((j, k) => {
    for (let i = 0; i < m; i++) u.data[i * n + k] = values[k]! > 0 ? columns[j * m + i]! / values[k]! : 0;
    for (let i = 0; i < n; i++) v.data[i * n + k] = turns[j * n + i]!;
  });
  const floor = tolerance * (values[0] ?? 0);
  const rank = values.filter((value) => value > floor).length;
  return { u, values, v, rank, condition: n === 0 ? 1 : rank === n ? values[0]! / values[n - 1]! : Infinity };
}

/**
 * The shortest least-squares solution of A x = b, from a decomposition: singular values beyond the rank are left out.
 *
 * @throws RangeError when b has another length than A has rows
 * @example solveSvd(svd(fromRows([[1, 1]])), [2]) // [1, 1]
 */
export function solveSvd(f: Svd, b: ArrayLike<number>): Float64Array {
  const { u, v, values, rank } = f;
  if (b.length !== u.rows) {
    mistake('solveSvd', `the right-hand side has ${b.length} values for ${u.rows} rows`, 'give one per row');
  }
  const x = new Float64Array(v.rows);
  for (let k = 0; k < rank; k++) {
    let sum = 0;
    for (let i = 0; i < u.rows; i++) sum += u.data[i * u.cols + k]! * b[i]!;
    sum /= values[k]!;
    for (let i = 0; i < v.rows; i++) x[i]! += sum * v.data[i * v.cols + k]!;
  }
  return x;
}

/** One sweep over all pairs of columns; returns the number of rotations made. */
function rotateAll(columns: Float64Array, turns: Float64Array, m: number, n: number): number {
  let rotations = 0;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      let pp = 0;
      let qq = 0;
      let pq = 0;
      for (let i = 0; i < m; i++) {
        const x = columns[p * m + i]!;
        const y = columns[q * m + i]!;
        pp += x * x;
        qq += y * y;
        pq += x * y;
      }
      if (Math.abs(pq) <= m * Number.EPSILON * Math.sqrt(pp) * Math.sqrt(qq) || pq === 0) continue;
      rotations++;
      const theta = (qq - pp) / (2 * pq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      rotate(columns, p * m, q * m, m, c, t * c);
      rotate(turns, p * n, q * n, n, c, t * c);
    }
  }
  return rotations;
}

function rotate(data: Float64Array, p: number, q: number, count: number, c: number, s: number): void {
  for (let i = 0; i < count; i++) {
    const x = data[p + i]!;
    const y = data[q + i]!;
    data[p + i] = c * x - s * y;
    data[q + i] = s * x + c * y;
  }
}
