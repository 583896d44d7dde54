/**
 * The dot product as if computed in twice the working precision and then rounded: algorithm Dot2 of
 * Ogita, Rump and Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. 26(6), with an optional
 * number to start from. Used for the residuals of iterative refinement, where the ordinary sum cancels to nothing.
 *
 * Strides allow a column of a row-major matrix. Factors beyond 1e292 lose the compensation, not the product.
 *
 * @param count number of terms
 * @param start the value the products are added to
 * @example dotCompensated(3, 0, [1e16, 1, -1e16], 0, 1, [1, 1, 1], 0, 1) // 1
 */
export function dotCompensated(
  count: number,
  start: number,
  a: ArrayLike<number>,
  aOffset: number,
  aStride: number,
  b: ArrayLike<number>,
  bOffset: number,
  bStride: number,
): number {
  let sum = start;
  let correction = 0;
  for (let k = 0; k < count; k++) {
    const x = a[aOffset + k * aStride]!;
    const y = b[bOffset + k * bStride]!;
    const product = x * y;
    const next = sum + product;
    const back = next - sum;
    correction += sum - (next - back) + (product - back) + productError(x, y, product);
    sum = next;
  }
  const total = sum + correction;
  return Number.isNaN(total) ? sum : total;
}

/** What `x * y` lost by rounding, exactly (Dekker 1971, with Veltkamp's splitting). */
export function productError(x: number, y: number, product: number): number {
  const bigX = 134217729 * x;
  const highX = bigX - (bigX - x);
  const lowX = x - highX;
  const bigY = 134217729 * y;
  const highY = bigY - (bigY - y);
  const lowY = y - highY;
  return lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
}
