import { mistake } from '../mistake.ts';
import { matching } from './matching.ts';
import type { Matching } from './matching.ts';
import { eliminationOrder } from './ordering.ts';
import type { EliminationOrder } from './ordering.ts';
import { equilibrate } from './sparse.ts';
import type { SparsePattern } from './sparse.ts';

/** What a pattern alone decides, found once: the pairing of rows and columns and the order of elimination. */
export interface Symbolic {
  readonly pattern: SparsePattern;
  readonly matching: Matching;
  readonly order: EliminationOrder;
}

/** Where a matrix turned out singular by its values: column `column` depends on the ones before it in the order. */
export interface SingularAt {
  readonly column: number;
  /** The row that was planned to determine it. */
  readonly row: number;
}

/**
 * A factorisation `R P A Q C = L U` with pivots, scales and the places of all entries settled, so that another matrix with
 * the same pattern goes through it again without a search and without allocation.
 */
export interface SparseLu {
  readonly symbolic: Symbolic;
  /** Position to row, and position to column, of A. */
  readonly rowOrder: Int32Array;
  readonly columnOrder: Int32Array;
  /** L below its diagonal of ones, by columns; rows are positions, ascending. */
  readonly lStarts: Int32Array;
  readonly lRows: Int32Array;
  readonly lValues: Float64Array;
  /** U above its diagonal, by columns. */
  readonly uStarts: Int32Array;
  readonly uRows: Int32Array;
  readonly uValues: Float64Array;
  /** The diagonal of U. */
  readonly diagonal: Float64Array;
  /** The entries of A in the order of columns of the factors: slot in the values, position of the row, scale. */
  readonly aStarts: Int32Array;
  readonly aSlots: Int32Array;
  readonly aRows: Int32Array;
  readonly aScales: Float64Array;
  readonly rowScale: Float64Array;
  readonly columnScale: Float64Array;
  readonly work: Float64Array;
  /** Set when the matrix is singular; the factors are then not to be solved with. */
  readonly singular: SingularAt | undefined;
}

/** A pivot on the planned diagonal is kept while it is at least this share of the largest in its column. */
const DIAGONAL_PREFERENCE = 0.01;
/** Below this share the settled pivots no longer serve and new ones are to be looked for. */
const STALE_PIVOT = 1e-4;

/**
 * Study a pattern: a maximum matching, and Markowitz's order of elimination over it.
 *
 * @param pattern square, by columns; from `sparsePattern`
 * @param workLimit stop ordering when a factorisation would take more multiplications; defaults to no limit
 * @example analyse(sparsePattern(2, [0, 1, 1], [0, 0, 1]).pattern).matching.rank // 2
 */
export function analyse(pattern: SparsePattern, workLimit = Infinity): Symbolic {
  const pairs = matching(pattern);
  const order =
    pairs.rank === pattern.size
      ? eliminationOrder(pattern, pairs.rowOf, workLimit)
      : { columns: new Int32Array(0), entries: 0, work: 0, complete: false };
  return { pattern, matching: pairs, order };
}

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

/**
 * Factorise another matrix of the same pattern with the pivots already settled, over the old factors. Allocates nothing.
 *
 * Returns false when a pivot has become too small beside its column (or is zero or not finite): the factors are then spoilt
 * and `factor` is to be called, which looks for new pivots or says that the matrix is singular.
 *
 * @param values one per entry of the pattern, in its order
 * @throws RangeError when the number of values differs
 */
export function refactor(f: SparseLu, values: Float64Array): boolean {
  checkValues('refactor', f.symbolic.pattern, values);
  if (f.singular !== undefined) return false;
  const {
    lStarts,
    lRows,
    lValues,
    uStarts,
    uRows,
    uValues,
    diagonal,
    aStarts,
    aSlots,
    aRows,
    aScales,
    work: x,
  } = f;
  const n = diagonal.length;
  // Positions left over from a spoilt pass would otherwise leak into this one.
  x.fill(0);
  for (let k = 0; k < n; k++) {
    for (let p = aStarts[k]!; p < aStarts[k + 1]!; p++) x[aRows[p]!] = values[aSlots[p]!]! * aScales[p]!;
    let largestAbove = 0;
    const uTo = uStarts[k + 1]!;
    for (let p = uStarts[k]!; p < uTo; p++) {
      const j = uRows[p]!;
      const value = x[j]!;
      x[j] = 0;
      uValues[p] = value;
      if (value === 0) continue;
      const size = value < 0 ? -value : value;
      if (size > largestAbove) largestAbove = size;
      const lTo = lStarts[j + 1]!;
      for (let q = lStarts[j]!; q < lTo; q++) x[lRows[q]!]! -= lValues[q]! * value;
    }
    const pivot = x[k]!;
    x[k] = 0;
    diagonal[k] = pivot;
    let largest = 0;
    const lTo = lStarts[k + 1]!;
    for (let p = lStarts[k]!; p < lTo; p++) {
      const i = lRows[p]!;
      const value = x[i]!;
      x[i] = 0;
      const size = value < 0 ? -value : value;
      if (size > largest) largest = size;
      lValues[p] = value / pivot;
    }
    const size = pivot < 0 ? -pivot : pivot;
    if (!(size > 0) || !(size >= STALE_PIVOT * largest) || size <= 1e-10 * largestAbove || size === Infinity)
      return false;
  }
  return true;
}

/**
 * Solve A x = b, writing x over b. Allocates nothing.
 *
 * @param from where b begins, so that many right-hand sides in one array are solved one after the other
 * @throws RangeError when the matrix was singular
 */
export function solveInPlace(f: SparseLu, b: Float64Array, from = 0): void {
  checkSolvable('solveInPlace', f, b, from);
  const { rowOrder, columnOrder, lStarts, lRows, lValues, uStarts, uRows, uValues, diagonal, work: x } = f;
  const { rowScale, columnScale } = f;
  const n = diagonal.length;
  for (let k = 0; k < n; k++) x[k] = b[from + rowOrder[k]!]! * rowScale[rowOrder[k]!]!;
  for (let k = 0; k < n; k++) {
    const value = x[k]!;
    if (value === 0) continue;
    const to = lStarts[k + 1]!;
    for (let p = lStarts[k]!; p < to; p++) x[lRows[p]!]! -= lValues[p]! * value;
  }
  for (let k = n - 1; k >= 0; k--) {
    const value = x[k]! / diagonal[k]!;
    const j = columnOrder[k]!;
    b[from + j] = value * columnScale[j]!;
    if (value === 0) continue;
    const to = uStarts[k + 1]!;
    for (let p = uStarts[k]!; p < to; p++) x[uRows[p]!]! -= uValues[p]! * value;
  }
}

/** Solve A' x = b (the transposed system), writing x over b. Allocates nothing. */
export function solveTransposedInPlace(f: SparseLu, b: Float64Array, from = 0): void {
  checkSolvable('solveTransposedInPlace', f, b, from);
  const { rowOrder, columnOrder, lStarts, lRows, lValues, uStarts, uRows, uValues, diagonal, work: x } = f;
  const { rowScale, columnScale } = f;
  const n = diagonal.length;
  for (let k = 0; k < n; k++) {
    let sum = b[from + columnOrder[k]!]! * columnScale[columnOrder[k]!]!;
    const to = uStarts[k + 1]!;
    for (let p = uStarts[k]!; p < to; p++) sum -= uValues[p]! * x[uRows[p]!]!;
    x[k] = sum / diagonal[k]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    let sum = x[k]!;
    const to = lStarts[k + 1]!;
    for (let p = lStarts[k]!; p < to; p++) sum -= lValues[p]! * x[lRows[p]!]!;
    x[k] = sum;
    b[from + rowOrder[k]!] = sum * rowScale[rowOrder[k]!]!;
  }
}

/** Entries of L and U together, the diagonal once: the fill is this less the entries of A. */
export function entriesOf(f: SparseLu): number {
  return f.lRows.length + f.uRows.length + f.diagonal.length;
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

function checkValues(call: string, pattern: SparsePattern, values: Float64Array): void {
  if (values.length !== pattern.rows.length) {
    mistake(
      call,
      `there are ${values.length} values for ${pattern.rows.length} entries`,
      'give one per entry of the pattern',
    );
  }
}

function checkSolvable(call: string, f: SparseLu, b: Float64Array, from: number): void {
  if (f.singular !== undefined) {
    mistake(call, `the matrix is singular at column ${f.singular.column}`, 'look at singular before solving');
  }
  if (b.length < from + f.diagonal.length) {
    mistake(
      call,
      `the right-hand side has ${b.length - from} values for ${f.diagonal.length} equations`,
      'give one per row',
    );
  }
}
