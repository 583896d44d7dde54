import { norm } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A factorisation A P = Q R by Householder reflections with column pivoting. */
export interface Qr {
  readonly rows: number;
  readonly cols: number;
  /** Column-major: R on and above the diagonal, the reflections (their first component is 1) below it. */
  readonly columns: Float64Array;
  /** The factor of each reflection: H = I - tau v v'. */
  readonly tau: Float64Array;
  /** `order[k]` is the column of A that became column k; the first `rank` of them are independent. */
  readonly order: Int32Array;
  readonly rank: number;
}

/**
 * QR factorisation with column pivoting (Businger and Golub 1965; Golub and Van Loan, Matrix Computations, 5.4).
 *
 * The next column is the one with the largest part, relative to its own length, that the chosen columns do not explain,
 * so neither the choice nor the rank depends on the units of the columns. The rank is reached when that part is at
 * most `tolerance`. Any shape is accepted.
 *
 * @param tolerance relative length that counts as zero; defaults to max(rows, cols) times the machine epsilon
 * @example qr(fromRows([[1, 2], [1, 2], [1, 2]])).rank // 1
 */
export function qr(a: Matrix, tolerance = Math.max(a.rows, a.cols) * Number.EPSILON): Qr {
  const { rows: m, cols: n } = a;
  const columns = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) columns[j * m + i] = a.data[i * n + j]!;
  const order = Int32Array.from({ length: n }, (_, j) => j);
  const tau = new Float64Array(Math.min(m, n));
  const norms = Float64Array.from({ length: n }, (_, j) => norm(columns, j * m, (j + 1) * m));
  let rank = 0;
  for (; rank < tau.length; rank++) {
    const k = rank;
    let best = k;
    let largest = -1;
    // The remaining lengths are computed afresh: updating them is cheaper and wrong after cancellation.
    for (let j = k; j < n; j++) {
      const part = norm(columns, j * m + k, (j + 1) * m) / (norms[j] || 1);
      // The first of equals, so that a well-posed system keeps its order where it can.
      if (part > largest * (1 + 1e-12)) [best, largest] = [j, part];
    }
    if (!(largest > tolerance)) break;
    if (best !== k) swapColumns(columns, m, order, norms, k, best);
    tau[k] = reflect(columns, k * m + k, (k + 1) * m);
    for (let j = k + 1; j < n; j++) applyReflection(columns, k * m + k, m - k, tau[k], columns, j * m + k);
  }
  return { rows: m, cols: n, columns, tau, order, rank };
}

/** Q' b over b. */
export function applyQTransposed(f: Qr, b: Float64Array): void {
  for (let k = 0; k < f.rank; k++) applyReflection(f.columns, k * f.rows + k, f.rows - k, f.tau[k]!, b, k);
}

/** Q b over b. */
export function applyQ(f: Qr, b: Float64Array): void {
  for (let k = f.rank - 1; k >= 0; k--)
    applyReflection(f.columns, k * f.rows + k, f.rows - k, f.tau[k]!, b, k);
}

/** Solve R x = b for the leading `rank` rows and columns, over b. */
export function solveR(f: Qr, b: Float64Array): void {
  for (let k = f.rank - 1; k >= 0; k--) {
    const value = (b[k]! /= f.columns[k * f.rows + k]!);
    for (let i = 0; i < k; i++) b[i]! -= f.columns[k * f.rows + i]! * value;
  }
}

/** Solve R' x = b for the leading `rank` rows and columns, over b. */
export function solveRTransposed(f: Qr, b: Float64Array): void {
  for (let k = 0; k < f.rank; k++) {
    let sum = b[k]!;
    for (let i = 0; i < k; i++) sum -= f.columns[k * f.rows + i]! * b[i]!;
    b[k] = sum / f.columns[k * f.rows + k]!;
  }
}

/** Replace a vector by its reflection vector below its first component, which becomes the length; returns tau. */
function reflect(data: Float64Array, from: number, to: number): number {
  const first = data[from]!;
  const length = norm(data, from, to);
  if (to - from === 1 || length === 0) return 0;
  const alpha = first > 0 ? -length : length;
  const v = first - alpha;
  for (let i = from + 1; i < to; i++) data[i]! /= v;
  data[from] = alpha;
  return -v / alpha;
}

function applyReflection(
  v: Float64Array,
  vFrom: number,
  count: number,
  tau: number,
  b: Float64Array,
  bFrom: number,
): void {
  if (tau === 0) return;
  let sum = b[bFrom]!;
  for (let i = 1; i < count; i++) sum += v[vFrom + i]! * b[bFrom + i]!;
  sum *= tau;
  b[bFrom]! -= sum;
  for (let i = 1; i < count; i++) b[bFrom + i]! -= sum * v[vFrom + i]!;
}

function swapColumns(
  columns: Float64Array,
  m: number,
  order: Int32Array,
  norms: Float64Array,
  a: number,
  b: number,
): void {
  const kept = columns.slice(a * m, (a + 1) * m);
  columns.copyWithin(a * m, b * m, (b + 1) * m);
  columns.set(kept, b * m);
  [order[a], order[b]] = [order[b]!, order[a]!];
  [norms[a], norms[b]] = [norms[b]!, norms[a]!];
}
