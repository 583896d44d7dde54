import { checkOptions } from '../argument.ts';
import type { OutputOf, Study } from './outcome.ts';
import { planShards, runShard } from './shards.ts';
import type { RunOptions } from './shards.ts';
import type { Distribution } from './distribution.ts';
import type { Simulation } from './simulation.ts';
import type { Summary } from './summary.ts';

/** Options of `simulate`: a simulation without its factors, and what only concerns running it. */
export type SimulateOptions<F extends string = string, O extends string = string> = Omit<
  Simulation<F, O>,
  'factors'
> &
  RunOptions;

/**
 * Draw the factors many times, evaluate the outcome, and summarise each output: moments, quantiles, target hits.
 *
 * The draws are evaluated in blocks of 1,024 and forgotten; the summary's size does not grow with their number. The same
 * seed gives the same summary, to the last bit, however the run is cut into shards (see `planShards`).
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @param factors the distribution of each factor
 * @param options `draws` and what else is written at `Simulation`
 * @throws RangeError when an option is not possible, or the correlation names an unknown factor
 * @example simulate(({ g }) => 100 * (1 + g), { g: normal('7%', '1%') }, { draws: 1000, seed: 1 }).count // 1000
 */
export function simulate<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Readonly<Record<F, Distribution>>,
  options: SimulateOptions<NoInfer<F>, NoInfer<OutputOf<S>>>,
): Summary<OutputOf<S>> {
  checkOptions(
    'simulate',
    options,
    'factors draws! seed first correlation bands sampling replicates onBlock directions *',
  );
  const { directions, onBlock, ...rest } = options;
  const run: RunOptions = {
    ...(directions === undefined ? {} : { directions }),
    ...(onBlock === undefined ? {} : { onBlock }),
  };
  return runShard(f, planShards<F, OutputOf<S>>({ factors, ...rest }, 1)[0]!, run);
}
