import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { studentQuantile } from '../numeric/student.ts';
import { combined } from './block-moments.ts';
import type { Part } from './block-moments.ts';
import type { Summary } from './summary.ts';

/** The mean of an output with its confidence interval. */
export interface Expectation {
  readonly mean: number;
  /** NaN where there are fewer than two draws. */
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of an output in a simulation, with Student's interval: over the draws when they are random, over the independent
 * replicates when they are Sobol' points.
 *
 * @param options `level` of confidence, defaults to 0.95
 * @throws RangeError when there is no such output or the level is not between 0 and 1
 * @example expectation(simulate(({ g }) => g, { g: uniform(2, 2) }, { draws: 10 }), 'value') // { mean: 2, low: 2, high: 2 }
 */
export function expectation<O extends string>(
  summary: Summary<O>,
  output: NoInfer<O>,
  options: { readonly level?: number } = {},
): Expectation {
  argument('expectation', 'summary', summary);
  checkOptions('expectation', options, 'level');
  const { level = 0.95 } = options;
  if (!(level > 0 && level < 1)) {
    return mistake(
      'expectation',
      `level ${level} is not possible`,
      'give a number between 0 and 1, such as 0.95',
    );
  }
  const known = Object.keys(summary.outputs);
  if (!known.includes(output)) {
    return mistake('expectation', `there is no output '${output}'`, suggestion(output, known));
  }
  const { mean, sd, count, parts } = summary.outputs[output];
  if (summary.layout.replicates === 1) return around(mean, sd / Math.sqrt(count), count, level);
  const means = replicateMeans(parts, summary.layout.blocksEach!);
  const r = means.length;
  const middle = means.reduce((sum, value) => sum + value, 0) / r;
  const square = means.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return around(mean, Math.sqrt(square / (r - 1) / r), r, level);
}

function around(mean: number, error: number, n: number, level: number): Expectation {
  const reach = n > 1 ? studentQuantile((1 + level) / 2, n - 1) * error : NaN;
  return { mean, low: mean - reach, high: mean + reach };
}

function replicateMeans(parts: readonly Part[], blocksEach: number): number[] {
  const replicates = new Map<number, Part>();
  for (const part of parts) {
    const replicate = Math.floor(part[0] / blocksEach);
    const before = replicates.get(replicate);
    replicates.set(replicate, before === undefined ? part : combined(before, part));
  }
  return [...replicates.values()].filter(([, , count]) => count > 0).map(([, , , mean]) => mean);
}
