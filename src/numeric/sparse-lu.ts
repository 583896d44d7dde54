import { mistake } from '../mistake.ts';
import { matching } from './matching.ts';
import type { Matching } from './matching.ts';
import { eliminationOrder } from './ordering.ts';
import type { EliminationOrder } from './ordering.ts';
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

/** Throw unless there is one value per entry. */
export function checkValues(call: string, pattern: SparsePattern, values: Float64Array): void {
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
