import { mistake } from '../mistake.ts';
import { checkValues } from './sparse-lu.ts';
import type { SingularAt, SparseLu, Symbolic } from './sparse-lu.ts';
import { equilibrate } from './sparse.ts';
import type { SparsePattern } from './sparse.ts';

/** A pivot on the planned diagonal is kept while it is at least this share of the largest in its column. */
const DIAGONAL_PREFERENCE = 0.01;

/**
 * Factorise with pivoting: left-looking LU (Gilbert and Peierls 1988, "Sparse partial pivoting in time proportional to
 * arithmetic operations") with threshold pivoting that prefers the planned diagonal, as in KLU (Davis and Palamadai
 * Natarajan 2010, ACM TOMS 37(3)). Rows and columns are equilibrated first.
 *
 * A matrix that is singular by its values is not thrown: look at `singular`.
 *
 * @param values one per entry of the pattern, in its order
 * @throws RangeError when the pattern is structurally singular or the number of values differs
 */
export function factor(symbolic: Symbolic, values: Float64Array): SparseLu {
  const { pattern, matching: pairs, order } = symbolic;
  const n = pattern.size;
  if (pairs.rank < n) {
    mistake(
      'factor',
      `the pattern has structural rank ${pairs.rank} of ${n}`,
      'look at matching.rank before factoring',
    );
  }
  checkValues('factor', pattern, values);
  const { rowScale, columnScale } = equilibrate(pattern, values);
  const columnOrder = order.columns;
  const rowOrder = new Int32Array(n);
  const position = new Int32Array(n).fill(-1);
  const lStarts = new Int32Array(n + 1);
  const uStarts = new Int32Array(n + 1);
  const guess = order.complete ? order.entries + n : 4 * values.length + n;
  const l: Store = { rows: new Int32Array(guess), values: new Float64Array(guess), count: 0 };
  const u: Store = { rows: new Int32Array(guess), values: new Float64Array(guess), count: 0 };
  const diagonal = new Float64Array(n);
  const x = new Float64Array(n);
  const search = {
    stack: new Int32Array(n),
    cursor: new Int32Array(n),
    found: new Int32Array(n),
    mark: new Int32Array(n),
  };
  let singular: SingularAt | undefined;
  for (let k = 0; k < n; k++) {
    const j = columnOrder[k]!;
    reserve(l, n);
    reserve(u, n);
    const top = reachOf(pattern, j, k, position, lStarts, l, search);
    for (let p = pattern.starts[j]!; p < pattern.starts[j + 1]!; p++) {
      const i = pattern.rows[p]!;
      x[i] = values[p]! * rowScale[i]! * columnScale[j]!;
    }
    let largest = 0;
    let pivotRow = -1;
    let largestAbove = 0;
    for (let s = top; s < n; s++) {
      const i = search.found[s]!;
      const at = position[i]!;
      const value = x[i]!;
      if (at < 0) {
        if (Math.abs(value) > largest || Number.isNaN(value)) [largest, pivotRow] = [Math.abs(value), i];
        continue;
      }
      largestAbove = Math.max(largestAbove, Math.abs(value));
      u.rows[u.count] = at;
      u.values[u.count++] = value;
      for (let p = lStarts[at]!; p < lStarts[at + 1]!; p++) x[l.rows[p]!]! -= l.values[p]! * value;
    }
    const planned = pairs.rowOf[j]!;
    if (position[planned]! < 0 && Math.abs(x[planned]!) >= DIAGONAL_PREFERENCE * largest) pivotRow = planned;
    const tiny =
      largest <= 1e-10 * largestAbove && isRounding(search, top, x, position, lStarts, l, u, uStarts[k]!);
    if (!(largest > 0) || largest === Infinity || tiny) {
      singular = { column: j, row: position[planned]! < 0 || pivotRow < 0 ? planned : pivotRow };
      break;
    }
    const pivot = x[pivotRow]!;
    diagonal[k] = pivot;
    position[pivotRow] = k;
    rowOrder[k] = pivotRow;
    for (let s = top; s < n; s++) {
      const i = search.found[s]!;
      if (position[i]! < 0) {
        l.rows[l.count] = i;
        l.values[l.count++] = x[i]! / pivot;
      }
      x[i] = 0;
    }
    lStarts[k + 1] = l.count;
    uStarts[k + 1] = u.count;
  }
  if (singular === undefined) for (let p = 0; p < l.count; p++) l.rows[p] = position[l.rows[p]!]!;
  const lKept = { rows: l.rows.slice(0, l.count), values: l.values.slice(0, l.count) };
  const uKept = { rows: u.rows.slice(0, u.count), values: u.values.slice(0, u.count) };
  if (singular === undefined) {
    sortColumns(lStarts, lKept.rows, lKept.values);
    sortColumns(uStarts, uKept.rows, uKept.values);
  }
  return {
    symbolic,
    rowOrder,
    columnOrder,
    lStarts,
    lRows: lKept.rows,
    lValues: lKept.values,
    uStarts,
    uRows: uKept.rows,
    uValues: uKept.values,
    diagonal,
    ...inFactorOrder(pattern, columnOrder, position, rowScale, columnScale),
    rowScale,
    columnScale,
    work: new Float64Array(n),
    singular,
  };
}

/** Entries as they come, with room to grow. */
interface Store {
  rows: Int32Array;
  values: Float64Array;
  count: number;
}

interface Search {
  readonly stack: Int32Array;
  readonly cursor: Int32Array;
  readonly found: Int32Array;
  readonly mark: Int32Array;
}

function reserve(store: Store, more: number): void {
  if (store.count + more <= store.rows.length) return;
  const room = Math.max(2 * store.rows.length, store.count + more);
  const rows = new Int32Array(room);
  const values = new Float64Array(room);
  rows.set(store.rows);
  values.set(store.values);
  store.rows = rows;
  store.values = values;
}

/**
 * The rows that column j of the factors may hold, in an order in which every pivot comes before what it changes: a
 * depth-first search from the entries of A through the columns of L. They end up in `found[top..]`; returns top.
 */
function reachOf(
  pattern: SparsePattern,
  j: number,
  k: number,
  position: Int32Array,
  lStarts: Int32Array,
  l: Store,
  { stack, cursor, found, mark }: Search,
): number {
  let top = pattern.size;
  const stamp = k + 1;
  for (let p = pattern.starts[j]!; p < pattern.starts[j + 1]!; p++) {
    if (mark[pattern.rows[p]!] === stamp) continue;
    let depth = 0;
    stack[0] = pattern.rows[p]!;
    mark[stack[0]] = stamp;
    cursor[0] = position[stack[0]]! < 0 ? 0 : lStarts[position[stack[0]]!]!;
    while (depth >= 0) {
      const i = stack[depth]!;
      const at = position[i]!;
      const to = at < 0 ? 0 : lStarts[at + 1]!;
      let c = cursor[depth]!;
      while (c < to && mark[l.rows[c]!] === stamp) c++;
      cursor[depth] = c + 1;
      if (c >= to) {
        found[--top] = i;
        depth--;
        continue;
      }
      const next = l.rows[c]!;
      mark[next] = stamp;
      stack[++depth] = next;
      cursor[depth] = position[next]! < 0 ? 0 : lStarts[position[next]!]!;
    }
  }
  return top;
}

/** Whether all candidates for a pivot are no larger than the rounding errors of the terms they were computed from. */
function isRounding(
  { found }: Search,
  top: number,
  x: Float64Array,
  position: Int32Array,
  lStarts: Int32Array,
  l: Store,
  u: Store,
  uFrom: number,
): boolean {
  const n = x.length;
  const terms = new Float64Array(n);
  for (let p = uFrom; p < u.count; p++) {
    const at = u.rows[p]!;
    for (let q = lStarts[at]!; q < lStarts[at + 1]!; q++)
      terms[l.rows[q]!]! += Math.abs(l.values[q]! * u.values[p]!);
  }
  for (let s = top; s < n; s++) {
    const i = found[s]!;
    if (position[i]! < 0 && Math.abs(x[i]!) > 4 * (u.count - uFrom + 4) * Number.EPSILON * terms[i]!)
      return false;
  }
  return true;
}

function sortColumns(starts: Int32Array, rows: Int32Array, values: Float64Array): void {
  for (let k = 0; k + 1 < starts.length; k++) {
    const from = starts[k]!;
    const to = starts[k + 1]!;
    if (to - from < 2) continue;
    const order = Array.from({ length: to - from }, (_, p) => from + p).sort((p, q) => rows[p]! - rows[q]!);
    rows.set(
      order.map((p) => rows[p]!),
      from,
    );
    values.set(
      order.map((p) => values[p]!),
      from,
    );
  }
}

/** The entries of A as a refactorisation walks them. */
function inFactorOrder(
  { size, starts, rows }: SparsePattern,
  columnOrder: Int32Array,
  position: Int32Array,
  rowScale: Float64Array,
  columnScale: Float64Array,
) {
  const aStarts = new Int32Array(size + 1);
  const aSlots = new Int32Array(rows.length);
  const aRows = new Int32Array(rows.length);
  const aScales = new Float64Array(rows.length);
  let at = 0;
  for (let k = 0; k < size; k++) {
    const j = columnOrder[k]!;
    for (let p = starts[j]!; p < starts[j + 1]!; p++) {
      aSlots[at] = p;
      aRows[at] = position[rows[p]!]!;
      aScales[at++] = rowScale[rows[p]!]! * columnScale[j]!;
    }
    aStarts[k + 1] = at;
  }
  return { aStarts, aSlots, aRows, aScales };
}
