import type { SparsePattern } from './sparse.ts';

/** An order of elimination, and what it costs when every pivot is the one planned. */
export interface EliminationOrder {
  /** The columns in the order of elimination. */
  readonly columns: Int32Array;
  /** Entries of L and U together, the diagonal once. Meaningless when not complete. */
  readonly entries: number;
  /** Multiplications and divisions of a factorisation. */
  readonly work: number;
  /** False when the search stopped because the work exceeded the limit: the rest is in the order it came. */
  readonly complete: boolean;
}

/** Beyond this product of degrees a bit per possible entry is faster to handle than lists. */
const LIST_LIMIT = 12;
/** A table of bits for more vertices than this would take too much memory (32 MB). */
const BIT_LIMIT = 16_384;

/**
 * A fill-reducing order for LU factorisation by Markowitz's rule (1957) on planned pivots: eliminate next the pair of
 * row and column with the fewest products (other entries in its row times other entries in its column). For the directed
 * graphs of simultaneous equations this fills in less than minimum degree on the symmetrised pattern.
 * Vertices of small degree are eliminated on lists; what remains, usually small and filling up, on rows of bits.
 *
 * @param rowOf the row planned as pivot of each column, a full matching
 * @param workLimit stop when the work exceeds it; defaults to no limit
 */
export function eliminationOrder(
  pattern: SparsePattern,
  rowOf: Int32Array,
  workLimit = Infinity,
): EliminationOrder {
  const state = onLists(pattern, rowOf, workLimit);
  const left = [...state.alive.keys()].filter((k) => state.alive[k] === 1);
  if (left.length > 0 && left.length <= BIT_LIMIT && state.work <= workLimit) onBits(state, left, workLimit);
  const complete = state.count === pattern.size;
  for (const k of left) if (state.alive[k] === 1) state.columns[state.count++] = k;
  return { columns: state.columns, entries: state.entries, work: state.work, complete };
}

interface Elimination {
  readonly columns: Int32Array;
  readonly alive: Uint8Array;
  /** Vertex k is a column and its planned row; `out[k]` are the other columns of that row. */
  readonly out: number[][];
  readonly into: number[][];
  count: number;
  entries: number;
  work: number;
}

function onLists(pattern: SparsePattern, rowOf: Int32Array, workLimit: number): Elimination {
  const { size, starts, rows } = pattern;
  const vertexOfRow = new Int32Array(size);
  for (let j = 0; j < size; j++) vertexOfRow[rowOf[j]!] = j;
  const out: number[][] = Array.from({ length: size }, () => []);
  const into: number[][] = Array.from({ length: size }, () => []);
  for (let j = 0; j < size; j++) {
    for (let p = starts[j]!; p < starts[j + 1]!; p++) {
      const k = vertexOfRow[rows[p]!]!;
      if (k === j) continue;
      out[k]!.push(j);
      into[j]!.push(k);
    }
  }
  const state: Elimination = {
    columns: new Int32Array(size),
    alive: new Uint8Array(size).fill(1),
    out,
    into,
    count: 0,
    entries: 0,
    work: 0,
  };
  // Buckets of vertices by product, lazily kept: a vertex may stand in several, the current product decides.
  const buckets: number[][] = Array.from({ length: LIST_LIMIT + 1 }, () => []);
  const file = (k: number) => buckets[out[k]!.length * into[k]!.length]?.push(k);
  for (let k = size - 1; k >= 0; k--) file(k);
  const mark = new Int32Array(size).fill(-1);
  let product = 0;
  while (product <= LIST_LIMIT && state.work <= workLimit) {
    const k = buckets[product]!.pop();
    if (k === undefined) {
      product++;
      continue;
    }
    if (state.alive[k] === 0 || out[k]!.length * into[k]!.length !== product) continue;
    record(state, k, out[k]!.length, into[k]!.length);
    for (const j of out[k]!) remove(into[j]!, k);
    for (const i of into[k]!) {
      const row = out[i]!;
      remove(row, k);
      for (const j of row) mark[j] = i;
      for (const j of out[k]!) {
        if (j === i || mark[j] === i) continue;
        row.push(j);
        into[j]!.push(i);
      }
      // Marks name the row, which may be updated again by a later pivot: take them back.
      for (const j of row) mark[j] = -1;
    }
    for (const i of into[k]!) file(i);
    for (const j of out[k]!) file(j);
    for (const k2 of [...into[k]!, ...out[k]!])
      product = Math.min(product, out[k2]!.length * into[k2]!.length);
  }
  return state;
}

function onBits(state: Elimination, left: readonly number[], workLimit: number): void {
  const m = left.length;
  const words = (m + 31) >>> 5;
  const bits = new Int32Array(m * words);
  const place = new Map(left.map((k, i) => [k, i]));
  const rowCount = new Int32Array(m);
  const columnCount = new Int32Array(m);
  left.forEach((k, i) => {
    for (const j of state.out[k]!) {
      const c = place.get(j)!;
      bits[i * words + (c >>> 5)]! |= 1 << (c & 31);
      rowCount[i]!++;
      columnCount[c]!++;
    }
  });
  const alive = Int32Array.from({ length: m }, (_, i) => i);
  for (let remaining = m; remaining > 0 && state.work <= workLimit; remaining--) {
    let at = 0;
    let best = Infinity;
    for (let s = 0; s < remaining; s++) {
      const i = alive[s]!;
      const cost = rowCount[i]! * columnCount[i]! * 8192 + rowCount[i]! + columnCount[i]!;
      if (cost < best) [at, best] = [s, cost];
    }
    const k = alive[at]!;
    alive[at] = alive[remaining - 1]!;
    record(state, left[k]!, rowCount[k]!, columnCount[k]!);
    const word = k >>> 5;
    const bit = 1 << (k & 31);
    for (let w = 0; w < words; w++) {
      for (let rest = bits[k * words + w]!; rest !== 0; rest &= rest - 1)
        columnCount[w * 32 + 31 - Math.clz32(rest & -rest)]!--;
    }
    for (let s = 0; s < remaining - 1; s++) {
      const i = alive[s]!;
      if ((bits[i * words + word]! & bit) === 0) continue;
      bits[i * words + word]! &= ~bit;
      rowCount[i]!--;
      fillRow(bits, words, i, k, rowCount, columnCount);
    }
  }
}

/** Add the entries of row k to row i, except on its diagonal, and count the new ones. */
function fillRow(
  bits: Int32Array,
  words: number,
  i: number,
  k: number,
  rowCount: Int32Array,
  columnCount: Int32Array,
): void {
  for (let w = 0; w < words; w++) {
    let added = bits[k * words + w]! & ~bits[i * words + w]!;
    if (w === i >>> 5) added &= ~(1 << (i & 31));
    if (added === 0) continue;
    bits[i * words + w]! |= added;
    for (; added !== 0; added &= added - 1) {
      columnCount[w * 32 + 31 - Math.clz32(added & -added)]!++;
      rowCount[i]!++;
    }
  }
}

function record(state: Elimination, k: number, inRow: number, inColumn: number): void {
  state.alive[k] = 0;
  state.columns[state.count++] = k;
  state.entries += inRow + inColumn + 1;
  state.work += inRow * inColumn + inColumn;
}

function remove(list: number[], item: number): void {
  const at = list.indexOf(item);
  list[at] = list[list.length - 1]!;
  list.pop();
}
