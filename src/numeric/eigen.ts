import { mistake } from '../mistake.ts';
import { checkSquare, identity, transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A = V diag(values) V' of a symmetric matrix. */
export interface SymmetricEigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** Column k is the unit eigenvector of value k. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 8.5): the slowest of the usual methods and the most accurate for small values. Reads the lower
 * triangle only.
 *
 * @throws RangeError when the matrix is not square or holds a value that is not finite
 * @example symmetricEigen(fromRows([[2, 1], [1, 2]])).values // [3, 1]
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  checkSquare('symmetricEigen', a);
  const n = a.rows;
  const s = Float64Array.from(a.data);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) s[j * n + i] = s[i * n + j]!;
  if (!s.every(Number.isFinite)) mistake('symmetricEigen', 'a value is not finite', 'give finite numbers');
  // Vectors are kept as rows while rotating, so that a rotation touches two contiguous rows.
  const v = identity(n).data;
  for (let sweep = 0; sweep < 60 && rotateAll(s, v, n) > 0; sweep++);
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => s[j * n + j]! - s[i * n + i]!);
  const vectors = { rows: n, cols: n, data: new Float64Array(n * n) };
  order.forEach((k, place) => vectors.data.set(v.subarray(k * n, (k + 1) * n), place * n));
  return { values: Float64Array.from(order, (k) => s[k * n + k]!), vectors: transpose(vectors) };
}

/** One sweep over all pairs; returns the number of rotations made. */
function rotateAll(s: Float64Array, v: Float64Array, n: number): number {
  let rotations = 0;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const off = s[p * n + q]!;
      const app = s[p * n + p]!;
      const aqq = s[q * n + q]!;
      // Negligible beside both diagonal entries, or beside everything.
      if (
        off === 0 ||
        Math.abs(off) <= Number.EPSILON * 0.25 * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq))
      )
        continue;
      if (Math.abs(off) < 1e-300) continue;
      rotations++;
      const theta = (aqq - app) / (2 * off);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1 * 1));
      const c = 1 / Math.sqrt(t * t + 1 * 1);
      const sine = t * c;
      for (let k = 0; k < n; k++) {
        if (k === p || k === q) continue;
        const kp = s[k * n + p]!;
        const kq = s[k * n + q]!;
        s[k * n + p] = s[p * n + k] = c * kp - sine * kq;
        s[k * n + q] = s[q * n + k] = sine * kp + c * kq;
      }
      s[p * n + p] = app - t * off;
      s[q * n + q] = aqq + t * off;
      s[p * n + q] = s[q * n + p] = 0;
      for (let k = 0; k < n; k++) {
        const vp = v[p * n + k]!;
        const vq = v[q * n + k]!;
        v[p * n + k] = c * vp - sine * vq;
        v[q * n + k] = sine * vp + c * vq;
      }
    }
  }
  return rotations;
}
