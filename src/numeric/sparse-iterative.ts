import { mistake } from '../mistake.ts';
import { feedForwardOrder } from './feed-forward.ts';
import type { Matching } from './matching.ts';
import { byRows, equilibrate } from './sparse.ts';
import type { SparsePattern } from './sparse.ts';

/**
 * A matrix split as (I + L) + (I + U) - K after scaling, with the room to iterate in; the places of all entries are
 * settled once per pattern.
 */
export interface Iteration {
  readonly pattern: SparsePattern;
  /** Position to row and to column of A: the matched pairs stand on the diagonal. */
  readonly rowOrder: Int32Array;
  readonly columnOrder: Int32Array;
  readonly rowScale: Float64Array;
  readonly columnScale: Float64Array;
  readonly lower: Triangle;
  readonly upper: Triangle;
  /** For each entry of the lower triangle its mirror image in the upper one, or -1. */
  readonly mirrors: Int32Array;
  readonly diagonalSlots: Int32Array;
  readonly diagonalScales: Float64Array;
  /** The diagonal that each row was divided by, and K. */
  readonly pivots: Float64Array;
  readonly k: Float64Array;
  readonly work: readonly Float64Array[];
}

/** A strict triangle by rows, with the slot and scale of each entry in the matrix's values. */
interface Triangle {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly slots: Int32Array;
  readonly scales: Float64Array;
}

/** The componentwise backward error that a solution must reach: a few units in the last place of every term. */
const BACKWARD_ERROR = 1e-14;
/** Products with the matrix, per solve, before the iteration is called a failure. */
const MOST_STEPS = 60;
const RESTARTS = 6;

/**
 * Prepare to solve systems of one pattern by iteration: scales from typical values, pairs on the diagonal, room to work in.
 *
 * @param pairs a full matching of the pattern
 * @param values typical values, from which the scales are taken once
 * @throws RangeError when the matching is not full
 */
export function iteration(pattern: SparsePattern, pairs: Matching, values: Float64Array): Iteration {
  const { size: n } = pattern;
  if (pairs.rank < n)
    mistake('iteration', `the pattern has structural rank ${pairs.rank} of ${n}`, 'look at matching.rank');
  const { rowScale, columnScale } = equilibrate(pattern, values);
  const { starts, columns, slots } = byRows(pattern);
  const columnOrder = feedForwardOrder(pattern, pairs.rowOf);
  const rowOrder = columnOrder.map((j) => pairs.rowOf[j]!);
  const position = new Int32Array(n);
  columnOrder.forEach((j, k) => (position[j] = k));
  const lower = triangle(n, columns.length);
  const upper = triangle(n, columns.length);
  const diagonalSlots = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const i = rowOrder[k]!;
    lower.starts[k + 1] = lower.starts[k]!;
    upper.starts[k + 1] = upper.starts[k]!;
    for (let p = starts[i]!; p < starts[i + 1]!; p++) {
      const at = position[columns[p]!]!;
      if (at === k) {
        diagonalSlots[k] = slots[p]!;
        continue;
      }
      const side = at < k ? lower : upper;
      const q = side.starts[k + 1]!++;
      side.columns[q] = at;
      side.slots[q] = slots[p]!;
      side.scales[q] = rowScale[i]! * columnScale[columns[p]!]!;
    }
  }
  const used = [trim(lower), trim(upper)] as const;
  return {
    pattern,
    rowOrder,
    columnOrder,
    rowScale,
    columnScale,
    lower: used[0],
    upper: used[1],
    mirrors: mirrorsOf(...used),
    diagonalSlots,
    diagonalScales: Float64Array.from(
      { length: n },
      (_, k) => rowScale[rowOrder[k]!]! * columnScale[columnOrder[k]!]!,
    ),
    pivots: new Float64Array(n),
    k: new Float64Array(n),
    work: Array.from({ length: 10 }, () => new Float64Array(n)),
  };
}

/**
 * Take the values of a matrix and factorise it incompletely: M = (D + L) D^-1 (D + U) with the triangles of A itself and D
 * such that M has the diagonal of A (Pommerell's D-ILU; Saad, Iterative Methods for Sparse Linear Systems, 10.3).
 * Returns false when a pivot vanishes. Allocates nothing.
 *
 * @param values one per entry of the pattern, in its order
 */
export function loadValues(f: Iteration, values: Float64Array): boolean {
  const { lower, upper, mirrors, diagonalSlots, diagonalScales, pivots, k } = f;
  const n = pivots.length;
  for (let i = 0; i < n; i++) {
    const own = values[diagonalSlots[i]!]! * diagonalScales[i]!;
    let pivot = own;
    const lowerTo = lower.starts[i + 1]!;
    for (let p = lower.starts[i]!; p < lowerTo; p++) {
      const value = values[lower.slots[p]!]! * lower.scales[p]!;
      lower.values[p] = value;
      const mirror = mirrors[p]!;
      if (mirror >= 0) pivot -= value * upper.values[mirror]!;
    }
    const size = Math.abs(pivot);
    if (!(size > 1e-10) || size === Infinity) return false;
    const inverse = 1 / pivot;
    for (let p = lower.starts[i]!; p < lowerTo; p++) lower.values[p]! *= inverse;
    const upperTo = upper.starts[i + 1]!;
    for (let p = upper.starts[i]!; p < upperTo; p++) {
      upper.values[p] = values[upper.slots[p]!]! * upper.scales[p]! * inverse;
    }
    pivots[i] = pivot;
    k[i] = 2 - own * inverse;
  }
  return true;
}

/**
 * Solve A x = b, or A' x = b, writing x over b: BiCGSTAB (van der Vorst 1992, SIAM J. Sci. Stat. Comput. 13) on the
 * incompletely factorised system, started again from the true residual until every component of it is of the
 * size of rounding. So what comes back is as good as a direct solution; returns false, b unchanged, when it does not get
 * there. Allocates nothing.
 */
export function iterate(f: Iteration, b: Float64Array, transposed = false): boolean {
  const { rowScale, columnScale, pivots } = f;
  const [rhs, x, r] = f.work as Room;
  const n = pivots.length;
  const from = transposed ? f.columnOrder : f.rowOrder;
  const to = transposed ? f.rowOrder : f.columnOrder;
  const scaleIn = transposed ? columnScale : rowScale;
  const scaleOut = transposed ? rowScale : columnScale;
  for (let k = 0; k < n; k++) {
    const value = b[from[k]!]! * scaleIn[from[k]!]!;
    r[k] = rhs[k] = transposed ? value : value / pivots[k]!;
  }
  x.fill(0);
  for (let steps = 0, round = 0; round < RESTARTS && steps < MOST_STEPS; round++) {
    // The first round goes far enough for most; a later one starts from a residual that is nearly rounding already.
    const used = improve(f, transposed, round === 0 ? 1e-15 : 1e-6, MOST_STEPS - steps);
    if (used < 0) return false;
    steps += used;
    if (!residual(f, transposed)) continue;
    for (let k = 0; k < n; k++) {
      const value = transposed ? x[k]! / pivots[k]! : x[k]!;
      b[to[k]!] = value * scaleOut[to[k]!]!;
    }
    return true;
  }
  return false;
}

/** The right-hand side, the solution, its residual, and room for seven more vectors. */
type Room = [V, V, V, V, V, V, V, V, V, V];
type V = Float64Array;

/** Reduce the residual r by a factor and add the gain to x; returns the products taken, or -1 on a breakdown. */
function improve(f: Iteration, transposed: boolean, reduction: number, mostSteps: number): number {
  const [, x, given, r, shadow, p, v, y, t, z] = f.work as Room;
  const n = x.length;
  const apply = transposed ? productTransposed : product;
  if (transposed) forwardTransposed(f.upper, given, r);
  else forward(f.lower, given, r);
  let size = 0;
  for (let k = 0; k < n; k++) {
    shadow[k] = p[k] = r[k]!;
    size += r[k]! * r[k]!;
  }
  if (size === 0) return 0;
  const enough = size * reduction * reduction;
  let rho = size;
  for (let steps = 0; ;) {
    apply(f, p, y, v);
    let along = 0;
    for (let k = 0; k < n; k++) along += shadow[k]! * v[k]!;
    const alpha = rho / along;
    if (!Number.isFinite(alpha)) return -1;
    size = 0;
    for (let k = 0; k < n; k++) {
      const value = r[k]! - alpha * v[k]!;
      r[k] = value;
      x[k]! += alpha * y[k]!;
      size += value * value;
    }
    if (++steps >= mostSteps || size <= enough) return steps;
    apply(f, r, z, t);
    let tr = 0;
    let tt = 0;
    for (let k = 0; k < n; k++) {
      const value = t[k]!;
      tr += value * r[k]!;
      tt += value * value;
    }
    const omega = tr / tt;
    if (!Number.isFinite(omega) || omega === 0) return -1;
    size = 0;
    let next = 0;
    for (let k = 0; k < n; k++) {
      x[k]! += omega * z[k]!;
      const value = r[k]! - omega * t[k]!;
      r[k] = value;
      size += value * value;
      next += shadow[k]! * value;
    }
    if (++steps >= mostSteps || size <= enough) return steps;
    const beta = (next / rho) * (alpha / omega);
    if (!Number.isFinite(beta) || beta === 0) return -1;
    rho = next;
    for (let k = 0; k < n; k++) p[k] = r[k]! + beta * (p[k]! - omega * v[k]!);
  }
}

/**
 * `into = (I + L)^-1 A (I + U)^-1 y` and `half = (I + U)^-1 y`. As A = (I + L) + (I + U) - K this takes no product with
 * A: it is `half + (I + L)^-1 (y - K half)` (Eisenstat 1981, SIAM J. Sci. Stat. Comput. 2).
 */
function product(f: Iteration, y: V, half: V, into: V): void {
  const { lower, upper, k } = f;
  const n = k.length;
  const { starts: uStarts, columns: uColumns, values: uValues } = upper;
  for (let i = n - 1, to = uStarts[n]!; i >= 0; i--) {
    let sum = y[i]!;
    const from = uStarts[i]!;
    for (let p = from; p < to; p++) sum -= uValues[p]! * half[uColumns[p]!]!;
    half[i] = sum;
    to = from;
  }
  const { starts, columns, values } = lower;
  for (let i = 0, from = 0; i < n; i++) {
    let sum = y[i]! - k[i]! * half[i]!;
    const to = starts[i + 1]!;
    for (let p = from; p < to; p++) sum -= values[p]! * into[columns[p]!]!;
    into[i] = sum;
    from = to;
  }
  for (let i = 0; i < n; i++) into[i]! += half[i]!;
}

/** The same of A', whose lower triangle is U' and whose upper one is L'. */
function productTransposed(f: Iteration, y: V, half: V, into: V): void {
  const { lower, k } = f;
  const n = k.length;
  const { starts, columns, values } = lower;
  half.set(y);
  for (let i = n - 1; i >= 0; i--) {
    const value = half[i]!;
    for (let p = starts[i]!; p < starts[i + 1]!; p++) half[columns[p]!]! -= values[p]! * value;
  }
  for (let i = 0; i < n; i++) into[i] = y[i]! - k[i]! * half[i]!;
  forwardTransposed(f.upper, into, into);
  for (let i = 0; i < n; i++) into[i]! += half[i]!;
}

/** (I + L)^-1 b. */
function forward({ starts, columns, values }: Triangle, b: V, into: V): void {
  for (let i = 0; i < b.length; i++) {
    let sum = b[i]!;
    for (let p = starts[i]!; p < starts[i + 1]!; p++) sum -= values[p]! * into[columns[p]!]!;
    into[i] = sum;
  }
}

/** (I + U')^-1 b. */
function forwardTransposed({ starts, columns, values }: Triangle, b: V, into: V): void {
  if (into !== b) into.set(b);
  for (let i = 0; i < b.length; i++) {
    const value = into[i]!;
    for (let p = starts[i]!; p < starts[i + 1]!; p++) into[columns[p]!]! -= values[p]! * value;
  }
}

/** r = b - A x; whether each component is within the backward error of the terms it is made of. */
function residual(f: Iteration, transposed: boolean): boolean {
  const [rhs, x, r, terms] = f.work as Room;
  const { lower, upper, k } = f;
  const n = k.length;
  for (let i = 0; i < n; i++) {
    const own = (2 - k[i]!) * x[i]!;
    r[i] = rhs[i]! - own;
    terms[i] = Math.abs(rhs[i]!) + Math.abs(own);
  }
  for (const { starts, columns, values } of [lower, upper]) {
    for (let i = 0; i < n; i++) {
      const to = starts[i + 1]!;
      for (let p = starts[i]!; p < to; p++) {
        const j = columns[p]!;
        const term = values[p]! * x[transposed ? i : j]!;
        const at = transposed ? j : i;
        r[at]! -= term;
        terms[at]! += Math.abs(term);
      }
    }
  }
  for (let i = 0; i < n; i++) if (!(Math.abs(r[i]!) <= BACKWARD_ERROR * terms[i]!)) return false;
  return true;
}

function triangle(size: number, room: number): Triangle {
  return {
    starts: new Int32Array(size + 1),
    columns: new Int32Array(room),
    values: new Float64Array(room),
    slots: new Int32Array(room),
    scales: new Float64Array(room),
  };
}

function trim({ starts, columns, values, slots, scales }: Triangle): Triangle {
  const to = starts[starts.length - 1]!;
  return {
    starts,
    columns: columns.slice(0, to),
    values: values.slice(0, to),
    slots: slots.slice(0, to),
    scales: scales.slice(0, to),
  };
}

function mirrorsOf(lower: Triangle, upper: Triangle): Int32Array {
  const mirrors = new Int32Array(lower.columns.length).fill(-1);
  for (let i = 0; i + 1 < lower.starts.length; i++) {
    for (let p = lower.starts[i]!; p < lower.starts[i + 1]!; p++) {
      const k = lower.columns[p]!;
      for (let q = upper.starts[k]!; q < upper.starts[k + 1]!; q++)
        if (upper.columns[q] === i) mirrors[p] = q;
    }
  }
  return mirrors;
}
