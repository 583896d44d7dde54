/**
 * Count, mean and sums of the second to fourth power of deviations, of `blocks` blocks from block `from` on: a node of
 * the fixed binary tree over blocks. `blocks` is a power of two and divides `from`, so that a node never depends on how
 * a run was cut up.
 */
export type Part = readonly [
  from: number,
  blocks: number,
  count: number,
  mean: number,
  m2: number,
  m3: number,
  m4: number,
];

/** The part of one block from its values; values that are not finite are left out. */
export function blockPart(block: number, values: Float64Array, count: number): Part {
  let [n, sum] = [0, 0];
  for (let i = 0; i < count; i++) {
    const x = values[i]!;
    // x - x is zero for a finite x and NaN for any other.
    if (x - x === 0) {
      n++;
      sum += x;
    }
  }
  if (n === 0) return [block, 1, 0, 0, 0, 0, 0];
  const centre = sum / n;
  let [s1, s2, s3, s4] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const d = values[i]! - centre;
    if (d - d === 0) {
      const square = d * d;
      s1 += d;
      s2 += square;
      s3 += square * d;
      s4 += square * square;
    }
  }
  // The mean's rounding error, e, is moved out of the sums.
  const e = s1 / n;
  return [
    block,
    1,
    n,
    centre + e,
    s2 - e * s1,
    s3 - 3 * e * s2 + 2 * e * e * s1,
    s4 - 4 * e * s3 + 6 * e * e * s2,
  ];
}

/** Add parts to ascending parts, neighbours in the tree joined as soon as both are there. */
export function joinParts(parts: readonly Part[], limit: number): Part[] {
  const stack: Part[] = [];
  for (const part of parts) pushPart(stack, part, limit);
  return stack;
}

/** Put the next part on ascending parts; nodes of more than `limit` blocks are not formed. */
export function pushPart(stack: Part[], part: Part, limit: number): void {
  let top = part;
  for (
    let left = stack.at(-1);
    left !== undefined && areSiblings(left, top) && 2 * top[1] <= limit;
    left = stack.at(-1)
  ) {
    stack.pop();
    top = combined(left, top, 2 * top[1]);
  }
  stack.push(top);
}

function areSiblings(left: Part, right: Part): boolean {
  return left[1] === right[1] && left[0] + left[1] === right[0] && left[0] % (2 * left[1]) === 0;
}

/** Two parts as one (Pebay 2008, "Formulas for robust, one-pass parallel computation of covariances and moments"). */
export function combined(a: Part, b: Part, blocks = a[1] + b[1]): Part {
  const [, , na, ma, a2, a3, a4] = a;
  const [, , nb, mb, b2, b3, b4] = b;
  if (nb === 0) return [a[0], blocks, na, ma, a2, a3, a4];
  if (na === 0) return [a[0], blocks, nb, mb, b2, b3, b4];
  const n = na + nb;
  const d = mb - ma;
  const dn = d / n;
  const base = d * dn * na * nb;
  return [
    a[0],
    blocks,
    n,
    ma + nb * dn,
    a2 + b2 + base,
    a3 + b3 + base * dn * (na - nb) + 3 * dn * (na * b2 - nb * a2),
    a4 +
      b4 +
      base * dn * dn * (na * na - na * nb + nb * nb) +
      6 * dn * dn * (na * na * b2 + nb * nb * a2) +
      4 * dn * (na * b3 - nb * a3),
  ];
}
