import { exp, log, power } from '../numeric/explog.ts';

/**
 * The Box-Cox transform as Bickel and Doksum (1981) extend it to negative values: `(sign(x) |x|^lambda - 1) / lambda`,
 * the natural logarithm for `lambda` 0. Increasing in `x`; -Infinity where a logarithm does not exist.
 *
 * @example boxCox(4, 0.5) // 2
 */
export function boxCox(x: number, lambda: number): number {
  if (lambda === 0) return x > 0 ? log(x) : -Infinity;
  if (lambda < 0) return x > 0 ? (power(x, lambda) - 1) / lambda : -Infinity;
  return (Math.sign(x) * power(Math.abs(x), lambda) - 1) / lambda;
}

/**
 * The inverse of `boxCox`; Infinity where a negative `lambda` bounds the transform.
 *
 * @example inverseBoxCox(2, 0.5) // 4
 */
export function inverseBoxCox(y: number, lambda: number): number {
  if (lambda === 0) return exp(y);
  const base = lambda * y + 1;
  if (lambda < 0) return base > 0 ? power(base, 1 / lambda) : Infinity;
  return Math.sign(base) * power(Math.abs(base), 1 / lambda);
}

/** The derivative of `boxCox` with respect to `x`. */
export function boxCoxSlope(x: number, lambda: number): number {
  return power(Math.abs(x), lambda - 1);
}
