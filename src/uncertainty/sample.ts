import { argument, checkOptions } from '../argument.ts';
import type { Distribution } from './distribution.ts';
import { drawsOf } from './draws.ts';
import type { DrawOptions } from './draws.ts';
import type { Columns } from './outcome.ts';
import type { Simulation } from './simulation.ts';

/** Options of `sample`: those of a simulation that concern its draws. */
export type SampleOptions<F extends string = string> = Pick<
  Simulation<F>,
  'draws' | 'seed' | 'correlation' | 'sampling' | 'replicates'
> &
  Pick<DrawOptions, 'directions'>;

/**
 * The draws themselves, in columns: the same that `simulate` makes under the seed (Sobol' points in their plain order of
 * coordinates). For studies of given points, such as `discover`, and for running a model elsewhere.
 *
 * @param factors the distribution of each factor
 * @throws RangeError when an option is not possible
 * @example sample({ g: normal('7%', '1%') }, { draws: 5, seed: 1 }).g.length // 5
 */
export function sample<F extends string>(
  factors: Readonly<Record<F, Distribution>>,
  options: SampleOptions<NoInfer<F>>,
): Columns<F> {
  checkOptions('sample', options, 'factors draws! seed correlation sampling replicates directions *');
  argument('sample', 'factors', factors);
  const { directions, ...rest } = options;
  const draws = drawsOf<F>({ factors, ...rest }, directions === undefined ? {} : { directions }, 'sample');
  const names = Object.keys(factors) as F[];
  const whole = Object.fromEntries(names.map((name) => [name, new Float64Array(rest.draws)])) as Record<
    F,
    Float64Array
  >;
  const size = names.length === 0 ? 1 : draws.columns[names[0]!].length;
  for (let from = 0; from < rest.draws; from += size) {
    const count = Math.min(size, rest.draws - from);
    draws.fill(from / size, count);
    for (const name of names) whole[name].set(draws.columns[name].subarray(0, count), from);
  }
  return whole;
}
