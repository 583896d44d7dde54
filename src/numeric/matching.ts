import { byRows } from './sparse.ts';
import type { SparsePattern } from './sparse.ts';

/** Each column paired with a row that has an entry in it, as many as possible. */
export interface Matching {
  /** The row of each column, or -1. */
  readonly rowOf: Int32Array;
  /** The column of each row, or -1. */
  readonly columnOf: Int32Array;
  /** Number of pairs. Below the size, the matrix is singular whatever its values: its structural rank. */
  readonly rank: number;
  /**
   * Rows that together hold fewer columns than they are many: equations that share too few unknowns. `rows` has more
   * members than `columns`; both are empty at full rank.
   */
  readonly overdetermined: { readonly rows: number[]; readonly columns: number[] };
  /** Columns that together appear in fewer rows than they are many: unknowns that share too few equations. */
  readonly underdetermined: { readonly rows: number[]; readonly columns: number[] };
}

/**
 * A maximum matching of columns to rows, by augmenting paths with a look ahead (Duff 1981, "On algorithms for obtaining a
 * maximum transversal", ACM TOMS 7). An entry on the diagonal is taken where there is one, so a system whose i-th
 * equation is written for its i-th unknown keeps that pairing. Where pairs are missing, the coarse parts of Dulmage and
 * Mendelsohn say which rows and columns are to blame.
 *
 * @example matching(sparsePattern(2, [0, 1], [0, 0]).pattern).rank // 1
 */
export function matching(pattern: SparsePattern): Matching {
  const { size, starts, rows } = pattern;
  const rowOf = new Int32Array(size).fill(-1);
  const columnOf = new Int32Array(size).fill(-1);
  for (let j = 0; j < size; j++) {
    for (let p = starts[j]!; p < starts[j + 1]!; p++) if (rows[p] === j) rowOf[j] = columnOf[j] = j;
  }
  const stack = new Int32Array(size);
  const cursor = new Int32Array(size);
  const ahead = starts.slice(0, size);
  const seen = new Int32Array(size).fill(-1);
  let rank = 0;
  for (let start = 0; start < size; start++) {
    if (rowOf[start]! >= 0 || augment(pattern, start, rowOf, columnOf, stack, cursor, ahead, seen)) rank++;
  }
  const none = { rows: [], columns: [] };
  if (rank === size) return { rowOf, columnOf, rank, overdetermined: none, underdetermined: none };
  const r = byRows(pattern);
  const tooFewRows = reach(size, starts, rows, rowOf, columnOf);
  const tooFewColumns = reach(size, r.starts, r.columns, columnOf, rowOf);
  return {
    rowOf,
    columnOf,
    rank,
    overdetermined: { rows: tooFewColumns.from, columns: tooFewColumns.to },
    underdetermined: { rows: tooFewRows.to, columns: tooFewRows.from },
  };
}

/** Find a path from a free column to a free row along which pairs can be exchanged, and exchange them. */
function augment(
  { starts, rows }: SparsePattern,
  start: number,
  rowOf: Int32Array,
  columnOf: Int32Array,
  stack: Int32Array,
  cursor: Int32Array,
  ahead: Int32Array,
  seen: Int32Array,
): boolean {
  let depth = 0;
  stack[0] = start;
  cursor[start] = starts[start]!;
  seen[start] = start;
  while (depth >= 0) {
    const j = stack[depth]!;
    const to = starts[j + 1]!;
    let free = -1;
    while (ahead[j]! < to && free < 0) {
      const i = rows[ahead[j]!++]!;
      if (columnOf[i]! < 0) free = i;
    }
    if (free >= 0) {
      // Along the path each column hands its old row to the column above it.
      for (; depth >= 0; depth--) {
        const column = stack[depth]!;
        const old = rowOf[column]!;
        rowOf[column] = free;
        columnOf[free] = column;
        free = old;
      }
      return true;
    }
    let deeper = -1;
    while (cursor[j]! < to && deeper < 0) {
      const next = columnOf[rows[cursor[j]!++]!]!;
      if (seen[next] !== start) deeper = next;
    }
    if (deeper < 0) {
      depth--;
      continue;
    }
    seen[deeper] = start;
    cursor[deeper] = starts[deeper]!;
    stack[++depth] = deeper;
  }
  return false;
}

/** What alternating paths from the unpaired items reach: items on their side, and their partners on the other. */
function reach(size: number, starts: Int32Array, others: Int32Array, partner: Int32Array, back: Int32Array) {
  const inFrom = new Uint8Array(size);
  const inTo = new Uint8Array(size);
  const queue: number[] = [];
  for (let k = 0; k < size; k++) if (partner[k]! < 0) queue.push(k);
  for (const k of queue) inFrom[k] = 1;
  for (let head = 0; head < queue.length; head++) {
    const k = queue[head]!;
    for (let p = starts[k]!; p < starts[k + 1]!; p++) {
      const other = others[p]!;
      if (inTo[other] === 1) continue;
      inTo[other] = 1;
      const next = back[other]!;
      if (next >= 0 && inFrom[next] === 0) {
        inFrom[next] = 1;
        queue.push(next);
      }
    }
  }
  const members = (flags: Uint8Array) => [...flags.keys()].filter((k) => flags[k] === 1);
  return { from: members(inFrom), to: members(inTo) };
}
