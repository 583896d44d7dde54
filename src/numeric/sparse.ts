import { mistake } from '../mistake.ts';

/**
 * Where a square sparse matrix may be other than zero, by columns: the rows of column j are
 * `rows[starts[j]]` to `rows[starts[j + 1] - 1]`, ascending. Values are one `Float64Array` in the same order.
 */
export interface SparsePattern {
  readonly size: number;
  /** size + 1 offsets into `rows`. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** A pattern with the place of each given entry in it: `values[slots[e]]` is the value of entry e. */
export interface PatternWithSlots {
  readonly pattern: SparsePattern;
  readonly slots: Int32Array;
}

/**
 * The pattern of a list of entries in any order. Entries at the same place share a slot.
 *
 * @param size number of rows and of columns
 * @param rows the row of each entry, from 0
 * @param columns the column of each entry, from 0
 * @throws RangeError when the lists differ in length or an entry lies outside
 * @example sparsePattern(2, [0, 1, 1], [0, 0, 1]).pattern.starts // [0, 2, 3]
 */
export function sparsePattern(
  size: number,
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
): PatternWithSlots {
  const count = rows.length;
  if (columns.length !== count) {
    mistake(
      'sparsePattern',
      `there are ${count} rows and ${columns.length} columns of entries`,
      'give one of each per entry',
    );
  }
  for (let e = 0; e < count; e++) {
    if (!isIndex(rows[e]!, size) || !isIndex(columns[e]!, size)) {
      mistake(
        'sparsePattern',
        `entry ${e} at (${rows[e]}, ${columns[e]}) is outside ${size} by ${size}`,
        'count from 0',
      );
    }
  }
  // Two stable counting sorts, by row and then by column, leave the rows of each column ascending.
  const byRow = countingSort(
    size,
    rows,
    Int32Array.from({ length: count }, (_, e) => e),
  );
  const order = countingSort(size, columns, byRow);
  const starts = new Int32Array(size + 1);
  const slots = new Int32Array(count);
  const kept = new Int32Array(count);
  let slot = -1;
  for (let k = 0; k < count; k++) {
    const e = order[k]!;
    const before = k === 0 ? -1 : order[k - 1]!;
    if (k === 0 || rows[e] !== rows[before] || columns[e] !== columns[before]) {
      kept[++slot] = rows[e]!;
      starts[columns[e]! + 1]!++;
    }
    slots[e] = slot;
  }
  for (let j = 0; j < size; j++) starts[j + 1]! += starts[j]!;
  return { pattern: { size, starts, rows: kept.slice(0, slot + 1) }, slots };
}

/**
 * A times x, or A' times x, of a sparse matrix, written to `into`. Allocates nothing.
 *
 * @example multiplySparse(sparsePattern(1, [0], [0]).pattern, new Float64Array([2]), new Float64Array([3]), new Float64Array(1)) // [6]
 */
export function multiplySparse(
  pattern: SparsePattern,
  values: Float64Array,
  x: Float64Array,
  into: Float64Array,
  transposed = false,
): Float64Array {
  const { size, starts, rows } = pattern;
  if (!transposed) into.fill(0);
  for (let j = 0; j < size; j++) {
    const to = starts[j + 1]!;
    if (transposed) {
      let sum = 0;
      for (let p = starts[j]!; p < to; p++) sum += values[p]! * x[rows[p]!]!;
      into[j] = sum;
    } else {
      const factor = x[j]!;
      for (let p = starts[j]!; p < to; p++) into[rows[p]!]! += values[p]! * factor;
    }
  }
  return into;
}

/** The same entries by rows, with the slot of each in the pattern by columns. */
export interface RowPattern {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly slots: Int32Array;
}

/** Turn a pattern by columns into one by rows, columns ascending. */
export function byRows(pattern: SparsePattern): RowPattern {
  const { size, starts: from, rows } = pattern;
  const starts = new Int32Array(size + 1);
  const columns = new Int32Array(rows.length);
  const slots = new Int32Array(rows.length);
  for (const i of rows) starts[i + 1]!++;
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice(0, size);
  for (let j = 0; j < size; j++) {
    for (let p = from[j]!; p < from[j + 1]!; p++) {
      const q = next[rows[p]!]!++;
      columns[q] = j;
      slots[q] = p;
    }
  }
  return { starts, columns, slots };
}

/**
 * Powers of two that bring the largest value of every row and column near one: `rowScale[i] * a_ij * columnScale[j]`
 * (Ruiz 2001, "A scaling algorithm to equilibrate both rows and columns norms in matrices"). Units then no longer
 * decide which pivot looks large, and being powers of two the scales round nothing.
 */
export function equilibrate(pattern: SparsePattern, values: Float64Array) {
  const { size, starts, rows } = pattern;
  const rowScale = new Float64Array(size).fill(1);
  const columnScale = new Float64Array(size).fill(1);
  const rowMax = new Float64Array(size);
  const columnMax = new Float64Array(size);
  for (let pass = 0; pass < 6; pass++) {
    rowMax.fill(0);
    columnMax.fill(0);
    for (let j = 0; j < size; j++) {
      for (let p = starts[j]!; p < starts[j + 1]!; p++) {
        const i = rows[p]!;
        const value = Math.abs(values[p]! * rowScale[i]! * columnScale[j]!);
        if (value > rowMax[i]!) rowMax[i] = value;
        if (value > columnMax[j]!) columnMax[j] = value;
      }
    }
    for (let k = 0; k < size; k++) {
      rowScale[k]! *= inverseRoot(rowMax[k]!);
      columnScale[k]! *= inverseRoot(columnMax[k]!);
    }
  }
  return { rowScale, columnScale };
}

function inverseRoot(value: number): number {
  return value > 0 && value < Infinity ? 2 ** -Math.round(Math.log2(value) / 2) : 1;
}

function isIndex(value: number, size: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < size;
}

function countingSort(size: number, keys: ArrayLike<number>, items: Int32Array): Int32Array {
  const next = new Int32Array(size + 1);
  for (const e of items) next[keys[e]! + 1]!++;
  for (let k = 0; k < size; k++) next[k + 1]! += next[k]!;
  const sorted = new Int32Array(items.length);
  for (const e of items) sorted[next[keys[e]!]!++] = e;
  return sorted;
}
