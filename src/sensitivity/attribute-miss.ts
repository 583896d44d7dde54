import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { shapleyShares } from '../numeric/shapley-values.ts';
import { seedWords } from '../numeric/threefry.ts';
import { outputIn, toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { sample } from '../uncertainty/sample.ts';
import type { Simulation } from '../uncertainty/simulation.ts';
import type { OutputBand } from '../uncertainty/summary.ts';
import { factorNames } from './design.ts';
import type { Factors } from './design.ts';

/** What one factor contributes to missing a target. */
export interface MissRow<F extends string = string> {
  readonly factor: F;
  /** Its part of the expected miss, in the output's unit. Negative for a factor whose variation helps. */
  readonly miss: number;
  /** Its part of the probability of missing. */
  readonly probability: number;
}

/** An expected miss split among the factors. */
export interface MissAttribution<F extends string = string> {
  /** Miss (distance to the band) and probability of missing when all factors are as planned, ... */
  readonly planned: { readonly miss: number; readonly probability: number };
  /** ... and when all of them vary. The rows sum to the difference. */
  readonly expected: { readonly miss: number; readonly probability: number };
  readonly rows: MissRow<F>[];
}

/** Options of `attributeMiss`. */
export interface MissOptions<F extends string = string> extends Pick<Simulation<F>, 'correlation' | 'seed'> {
  /** The value of each factor that the plan counts on. */
  readonly plan: Readonly<Record<F, number>>;
  /** Draws, the same for every set of factors; defaults to 4,096. */
  readonly draws?: number;
  /** Orders of arrival that are sampled when there are more than 10 factors; defaults to 100. */
  readonly orders?: number;
}

/**
 * Which factors make a plan miss its target, and by how much each: the expected miss, and the probability of missing, split
 * by Shapley's rule.
 *
 * Some factors vary while the others stand where the plan has them; a factor's part is what its variation adds, averaged over
 * all orders in which factors may be let loose. The parts sum exactly (to rounding) to what all of them add together. Up to
 * 10 factors all sets are evaluated; beyond, orders are sampled, and the sum stays exact.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @param target the band, and the output it is about (which may be left out when there is one)
 * @throws RangeError when a factor has no planned value or the output is unknown
 */
export function attributeMiss<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  target: Omit<OutputBand, 'output'> & { readonly output?: NoInfer<OutputOf<S>> },
  options: MissOptions<NoInfer<F>>,
): MissAttribution<F> {
  argument('attributeMiss', 'object', target, 'target');
  checkOptions('attributeMiss', options, 'plan! draws orders seed correlation');
  const call = 'attributeMiss';
  const names = factorNames(factors, call);
  const { plan, draws: count = 4096, orders = 100, seed = 0, correlation } = options;
  argument(call, 'object', plan, 'plan');
  const unplanned = names.find((name) => !Number.isFinite(plan[name]));
  if (unplanned !== undefined)
    return mistake(
      call,
      `the plan has no value for '${unplanned}'`,
      suggestion(unplanned, Object.keys(plan)),
    );
  if (!(Number.isInteger(count) && count >= 1 && orders >= 1))
    return mistake(call, `${count} draws of ${orders} orders are not possible`, 'give whole numbers from 1');
  const outcome = toOutcome(f, names);
  const drawn = sample(factors, {
    draws: count,
    seed,
    ...(correlation === undefined ? {} : { correlation }),
  });
  const fixed = Object.fromEntries(
    names.map((name) => [name, new Float64Array(count).fill(plan[name])]),
  ) as unknown as Columns<F>;
  const { low = -Infinity, high = Infinity } = target;

  /** Expected miss and probability of missing when the factors in `loose` vary. */
  const worth = (loose: (k: number) => boolean): [number, number] => {
    const points = Object.fromEntries(
      names.map((name, k) => [name, loose(k) ? drawn[name] : fixed[name]]),
    ) as Columns<F>;
    const results = outcome.evaluate(points, count);
    const values = results[outputIn(results, call, target.output)];
    let [miss, missed] = [0, 0];
    for (let i = 0; i < count; i++) {
      const x = values[i]!;
      if (x >= low && x <= high) continue;
      missed++;
      miss += x < low ? low - x : x - high;
    }
    return [miss / count, missed / count];
  };

  const planned = worth(() => false);
  const expected = worth(() => true);
  const [misses, missed] = shapleyShares(names.length, worth, {
    exact: 10,
    orders,
    words: seedWords(seed, 'attributeMiss'),
  });
  return {
    planned: { miss: planned[0], probability: planned[1] },
    expected: { miss: expected[0], probability: expected[1] },
    rows: names.map((factor, k) => ({ factor, miss: misses![k]!, probability: missed![k]! })),
  };
}
