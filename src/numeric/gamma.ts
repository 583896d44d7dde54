import { log1p } from './explog.ts';

/**
 * What Stirling's formula leaves out: `log gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2)`, for x > 0.
 *
 * The asymptotic series of Abramowitz and Stegun 6.1.40 from x = 12 on, and the recurrence down to smaller x. Densities
 * built from it (Loader 2000) keep their relative accuracy where a difference of such logarithms would lose it.
 */
export function stirlingRemainder(x: number): number {
  let sum = 0;
  while (x < 12) {
    sum += (x + 0.5) * log1p(1 / x) - 1;
    x += 1;
  }
  const z = 1 / (x * x);
  return (
    sum +
    (1 / 12 -
      z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156))))))) /
      x
  );
}
