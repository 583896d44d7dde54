import { checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { factorNames } from './design.ts';
import type { Factors } from './design.ts';
import { gaussRule } from './gauss-rule.ts';
import { shapleyValues } from '../numeric/shapley-values.ts';

/** One factor's part of an output's variance, without sampling error. */
export interface ExactRow<F extends string = string> {
  readonly factor: F;
  readonly first: number;
  readonly total: number;
  /** Shapley effect: its own part, and its fair share of the interactions. The effects sum to one. */
  readonly shapley: number;
}

/** The variance of one output taken apart. */
export interface ExactIndices<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly mean: number;
  readonly variance: number;
  readonly rows: ExactRow<F>[];
  readonly pairs: { readonly factor: F; readonly with: F; readonly second: number }[];
  /** Points that were evaluated. */
  readonly evaluations: number;
}

/** Options of `exactIndices`. */
export interface ExactOptions<F extends string = string> {
  /**
   * Gauss nodes for each factor, or by factor; defaults to 6. Exact where the output is a polynomial of degree below
   * `nodes` in that factor; 2 are enough for a factor that enters linearly.
   */
  readonly nodes?: number | Readonly<Partial<Record<F, number>>>;
}

/**
 * Sobol' indices of first, second and total order, and Shapley effects, of a smooth outcome of few independent factors, by
 * tensor Gauss quadrature: no sampling error at all. The cost is the product of the nodes.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @returns one result per output
 * @throws RangeError when the product of the nodes exceeds 2,000,000 or there are more than 12 factors
 * @example exactIndices(({ a, b }) => a * b, { a: uniform(0, 1), b: uniform(0, 1) }, { nodes: 2 })[0].evaluations // 4
 */
export function exactIndices<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: ExactOptions<F> = {},
): ExactIndices<F, OutputOf<S>>[] {
  checkOptions('exactIndices', options, 'nodes');
  const names = factorNames(factors, 'exactIndices');
  const { nodes = 6 } = options;
  const rules = names.map((name) =>
    gaussRule(factors[name], typeof nodes === 'number' ? nodes : (nodes[name] ?? 6)),
  );
  const count = rules.reduce((product, rule) => product * rule.nodes.length, 1);
  if (count > 2_000_000 || names.length > 12) {
    return mistake(
      'exactIndices',
      `${names.length} factors make ${count} points`,
      'use fewer nodes, or sobol',
    );
  }
  const columns = names.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    let rest = i;
    // The last factor runs fastest.
    for (let k = names.length - 1; k >= 0; k--) {
      const size = rules[k]!.nodes.length;
      columns[k]![i] = rules[k]!.nodes[rest % size]!;
      rest = Math.floor(rest / size);
    }
  }
  const points = Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as unknown as Columns<F>;
  const results = toOutcome(f, names).evaluate(points, count);
  const weights = rules.map((rule) => rule.weights);
  return (Object.keys(results) as OutputOf<S>[]).map((output) => {
    const mean = average(results[output].slice(0, count), weights);
    const closed = new Float64Array(2 ** names.length);
    const centred = results[output].slice(0, count).map((value) => value - mean);
    closedVariances(centred, weights, 0, names.length - 1, closed);
    return { output, mean, ...fromClosed(names, closed), evaluations: count };
  });
}

/** Indices from the variance of the expectation given each set of factors; bit k of the place stands for factor k. */
export function fromClosed<F extends string>(
  names: readonly F[],
  closed: Float64Array,
): Pick<ExactIndices<F>, 'variance' | 'rows' | 'pairs'> {
  const all = closed.length - 1;
  const variance = closed[all]!;
  const shares = shapleyValues(closed);
  const rows = names.map((factor, k) => ({
    factor,
    first: closed[1 << k]! / variance,
    total: (variance - closed[all ^ (1 << k)]!) / variance,
    shapley: shares[k]! / variance,
  }));
  const pairs = names.flatMap((factor, j) =>
    names.slice(j + 1).map((other, place) => {
      const k = j + 1 + place;
      const second = closed[(1 << j) | (1 << k)]! - closed[1 << j]! - closed[1 << k]!;
      return { factor, with: other, second: second / variance };
    }),
  );
  return { variance, rows, pairs };
}

function average(tensor: Float64Array, weights: readonly (readonly number[])[]): number {
  let rest = tensor;
  for (let k = weights.length - 1; k >= 0; k--) rest = averageOut(rest, weights[k]!, 1);
  return rest[0]!;
}

/** Factor by factor from the last, either keep it or take the expectation over it; at the end square and sum. */
function closedVariances(
  tensor: Float64Array,
  weights: readonly (readonly number[])[],
  set: number,
  k: number,
  closed: Float64Array,
  inner = 1,
  kept: readonly number[][] = [],
): void {
  if (k < 0) {
    let rest: Float64Array = tensor.map((value) => value * value);
    for (const own of kept) rest = averageOut(rest, own, 1);
    closed[set] = set === 0 ? 0 : rest[0]!;
    return;
  }
  const own = weights[k]!;
  closedVariances(averageOut(tensor, own, inner), weights, set, k - 1, closed, inner, kept);
  closedVariances(tensor, weights, set | (1 << k), k - 1, closed, inner * own.length, [...kept, [...own]]);
}

/** The weighted mean over one axis of a tensor in which `inner` values follow each other per step of that axis. */
function averageOut(tensor: Float64Array, weights: readonly number[], inner: number): Float64Array {
  const size = weights.length;
  const result = new Float64Array(tensor.length / size);
  for (let i = 0; i < result.length; i++) {
    const outer = Math.floor(i / inner);
    const start = outer * inner * size + (i % inner);
    let sum = 0;
    for (let s = 0; s < size; s++) sum += weights[s]! * tensor[start + s * inner]!;
    result[i] = sum;
  }
  return result;
}
