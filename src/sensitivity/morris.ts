import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { next } from '../numeric/sfc.ts';
import { hashState, PURPOSE, seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { factorNames } from './design.ts';
import type { Factors } from './design.ts';

/** The elementary effects of one factor on one output: changes of the output per unit of the factor's probability scale. */
export interface MorrisRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Mean effect; effects of opposite sign cancel in it. */
  readonly mu: number;
  /** Mean absolute effect (Campolongo, Cariboni and Saltelli 2007): importance. */
  readonly muStar: number;
  /** Standard deviation of the effects: interactions and bends. */
  readonly sigma: number;
}

/** Options of `morris`. */
export interface MorrisOptions {
  /** Number of paths through the factors' space; defaults to 20. Each costs one evaluation more than there are factors. */
  readonly trajectories?: number;
  /** Number of levels of each factor, even; defaults to 8. */
  readonly levels?: number;
  /** Defaults to 0. */
  readonly seed?: Seed;
}

/** Points of a Morris study: path after path, in each of which one factor moves at a time. */
export interface MorrisDesign<F extends string = string> {
  readonly factors: readonly F[];
  readonly columns: Columns<F>;
  readonly count: number;
  /** How far a factor moves, as a share of its probability. */
  readonly delta: number;
}

/**
 * Morris screening: which factors matter at all, from few evaluations (Morris 1991).
 *
 * Levels are the middles of equal slices of each factor's probability, so that unbounded distributions keep finite
 * values; a move of half the levels is half the probability.
 *
 * @throws RangeError when the number of levels is odd or of trajectories not positive
 * @example morris(({ a, b }) => 4 * a, { a: uniform(0, 1), b: uniform(0, 1) })[0].muStar // 4
 */
export function morris<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: MorrisOptions = {},
): MorrisRow<F, OutputOf<S>>[] {
  checkOptions('morris', options, 'trajectories levels seed');
  const design = morrisDesign(factors, options);
  const results = toOutcome(f, design.factors).evaluate(design.columns, design.count);
  return (Object.keys(results) as OutputOf<S>[]).flatMap((output) =>
    morrisEffects(design, results[output]).map((row) => ({ ...row, output })),
  );
}

/** The points of a Morris study, to be evaluated elsewhere; `morrisEffects` reads the values. */
export function morrisDesign<F extends string>(
  factors: Factors<F>,
  options: MorrisOptions = {},
): MorrisDesign<F> {
  checkOptions('morrisDesign', options, 'trajectories levels seed');
  const names = factorNames(factors, 'morrisDesign');
  const { trajectories = 20, levels = 8, seed = 0 } = options;
  if (!(Number.isInteger(trajectories) && trajectories >= 1))
    return mistake(
      'morrisDesign',
      `${trajectories} trajectories are not possible`,
      'give a whole number from 1',
    );
  if (!(Number.isInteger(levels) && levels >= 2 && levels % 2 === 0))
    return mistake('morrisDesign', `${levels} levels are not possible`, 'give an even number, such as 8');
  const words = seedWords(seed, 'morrisDesign');
  const d = names.length;
  const count = trajectories * (d + 1);
  const values = names.map((name) =>
    Float64Array.from({ length: levels }, (_, k) => quantile(factors[name], (k + 0.5) / levels)),
  );
  const columns = names.map(() => new Float64Array(count));
  for (let t = 0; t < trajectories; t++) {
    const state = hashState(words, PURPOSE.design, 1, t, new Int32Array(4));
    const below = (n: number) => Math.floor(((next(state) >>> 0) / 4294967296) * n);
    const level = names.map(() => below(levels));
    const order = names.map((_, k) => k);
    for (let i = d - 1; i > 0; i--) {
      const j = below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let step = 0; step <= d; step++) {
      if (step > 0) {
        const k = order[step - 1]!;
        level[k] = (level[k]! + levels / 2) % levels;
      }
      columns.forEach((column, k) => (column[t * (d + 1) + step] = values[k]![level[k]!]!));
    }
  }
  return {
    factors: names,
    columns: Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as unknown as Columns<F>,
    count,
    delta: 0.5,
  };
}

/**
 * Elementary effects from the values of one output at the points of a design. Which factor moved is seen in the points,
 * so that any one-at-a-time paths will do.
 *
 * @throws RangeError when the values do not match the points
 */
export function morrisEffects<F extends string>(
  design: MorrisDesign<F>,
  values: Float64Array,
): MorrisRow<F, 'value'>[] {
  argument('morrisEffects', 'design', design);
  listArgument('morrisEffects', 'the column of values', values);
  const { factors, columns, count, delta } = design;
  const d = factors.length;
  if (values.length < count)
    return mistake(
      'morrisEffects',
      `${values.length} values stand for ${count} points`,
      'give one value for each point',
    );
  const effects = factors.map((): number[] => []);
  for (let i = 1; i < count; i++) {
    if (i % (d + 1) === 0) continue;
    const moved = factors.findIndex((name) => columns[name][i] !== columns[name][i - 1]);
    if (moved < 0) continue;
    const rises = columns[factors[moved]!][i]! > columns[factors[moved]!][i - 1]!;
    effects[moved]!.push(((rises ? 1 : -1) * (values[i]! - values[i - 1]!)) / delta);
  }
  return factors.map((factor, k) => {
    const own = effects[k]!;
    const n = own.length;
    // A constant factor never moves: it has no effect.
    const mu = n === 0 ? 0 : own.reduce((sum, e) => sum + e, 0) / n;
    const muStar = n === 0 ? 0 : own.reduce((sum, e) => sum + Math.abs(e), 0) / n;
    const sigma =
      n === 0 ? 0 : n === 1 ? NaN : Math.sqrt(own.reduce((sum, e) => sum + (e - mu) ** 2, 0) / (n - 1));
    return { output: 'value', factor, mu, muStar, sigma };
  });
}
