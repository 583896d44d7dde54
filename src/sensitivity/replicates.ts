import { mistake } from '../mistake.ts';
import { studentQuantile } from '../numeric/student.ts';
import type { Estimate } from './design.ts';

/**
 * The mean of independent replicates with Student's interval. Replicates of randomised Sobol' points give honest
 * intervals; resampling the points of one does not, for they are not independent.
 *
 * @param level confidence level, between 0 and 1
 */
export function overReplicates(values: readonly number[], level: number): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { value: mean, low: NaN, high: NaN };
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(square / (n - 1) / n);
  return { value: mean, low: mean - reach, high: mean + reach };
}

/** Throw unless a study's replicates and level are possible. */
export function checkReplicates(replicates: number, level: number, call: string): void {
  if (!(Number.isInteger(replicates) && replicates >= 1))
    mistake(call, `${replicates} replicates are not possible`, 'give a whole number from 1');
  if (!(level > 0 && level < 1))
    mistake(call, `level ${level} is not possible`, 'give a number between 0 and 1, such as 0.95');
}
