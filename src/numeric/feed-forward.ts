import type { SparsePattern } from './sparse.ts';

/**
 * An order in which most equations come after those they use, so that the lower triangle holds most of the matrix and
 * the incomplete factors most of the inverse: the greedy feedback-arc heuristic of Eades, Lin and Smyth (1993).
 */
export function feedForwardOrder({ size, starts, rows }: SparsePattern, rowOf: Int32Array): Int32Array {
  const vertexOfRow = new Int32Array(size);
  for (let j = 0; j < size; j++) vertexOfRow[rowOf[j]!] = j;
  // An arc leads from an unknown to the equations that use it.
  const used = new Int32Array(size);
  const uses = new Int32Array(size);
  const sources: number[][] = Array.from({ length: size }, () => []);
  for (let j = 0; j < size; j++) {
    for (let p = starts[j]!; p < starts[j + 1]!; p++) {
      const k = vertexOfRow[rows[p]!]!;
      if (k === j) continue;
      used[j]!++;
      uses[k]!++;
      sources[k]!.push(j);
    }
  }
  const order = new Int32Array(size);
  const placed = new Uint8Array(size);
  let widest = 0;
  for (let k = 0; k < size; k++) widest = Math.max(widest, used[k]!, uses[k]!);
  const buckets: number[][] = Array.from({ length: 2 * widest + 3 }, () => []);
  // Bucket 0 holds sinks, the last one sources, the others the surplus of uses made over uses needed.
  const bucketOf = (k: number) =>
    uses[k] === 0 ? 2 * widest + 2 : used[k] === 0 ? 0 : used[k]! - uses[k]! + widest + 1;
  for (let k = size - 1; k >= 0; k--) buckets[bucketOf(k)]!.push(k);
  let front = 0;
  let back = size - 1;
  for (let b = buckets.length - 1; front <= back;) {
    const sink = buckets[0]!.pop();
    const k = sink ?? buckets[b]!.pop();
    if (k === undefined) {
      b--;
      continue;
    }
    if (placed[k] === 1 || bucketOf(k) !== (sink === undefined ? b : 0)) continue;
    placed[k] = 1;
    order[sink === undefined ? front++ : back--] = k;
    const move = (other: number) => {
      if (placed[other] === 1) return;
      const bucket = bucketOf(other);
      buckets[bucket]!.push(other);
      if (bucket > b) b = bucket;
    };
    for (let p = starts[k]!; p < starts[k + 1]!; p++) {
      const other = vertexOfRow[rows[p]!]!;
      if (other === k) continue;
      uses[other]!--;
      move(other);
    }
    for (const other of sources[k]!) {
      used[other]!--;
      move(other);
    }
  }
  return order;
}
