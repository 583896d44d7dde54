import { checkOptions, listArgument } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { factorNames } from './design.ts';
import type { Factors } from './design.ts';
import type { ExactIndices } from './exact.ts';
import { gaussRule } from './gauss-rule.ts';

/** A product of functions of one factor each; factors that are left out do not enter. */
export type ProductTerm<F extends string = string> = Readonly<Partial<Record<F, (x: number) => number>>>;

/**
 * Sobol' indices in closed form of a sum of products, such as a level that is the sum of share-weighted products of growth
 * factors: `s (1 + gi)^5 + (1 - s) (1 + gs)^5` is two terms of two functions each. Any number of independent factors.
 *
 * Expectations of products of two functions of one factor are all that is needed; each comes from a Gauss rule.
 *
 * @param terms the products that are added
 * @param options `nodes` of each rule, defaults to 16: exact for functions of degree below that
 * @throws RangeError when a term names an unknown factor
 * @example productIndices([{ a: (a) => a, b: (b) => b }], { a: uniform(0, 1), b: uniform(0, 1) }).pairs.length // 1
 */
export function productIndices<F extends string>(
  terms: readonly ProductTerm<F>[],
  factors: Factors<F>,
  options: { readonly nodes?: number } = {},
): Omit<ExactIndices<F, 'value'>, 'rows'> & {
  readonly rows: { readonly factor: F; readonly first: number; readonly total: number }[];
} {
  listArgument('productIndices', 'the list of terms', terms);
  checkOptions('productIndices', options, 'nodes');
  const names = factorNames(factors, 'productIndices');
  for (const name of terms.flatMap((term) => Object.keys(term))) {
    if (!(name in factors))
      mistake('productIndices', `a term names '${name}', which is no factor`, suggestion(name, names));
  }
  const moments = names.map((name) => crossMoments(terms, factors, name, options.nodes ?? 16));
  // Sets of factors that are known: what is known moves together in both copies of the output.
  const given = (known: (k: number) => boolean): number => {
    let sum = 0;
    for (let i = 0; i < terms.length; i++) {
      for (let j = 0; j < terms.length; j++) {
        // The product of E[xy] less the product of E[x] E[y], built up without cancellation.
        let [base, difference] = [1, 0];
        names.forEach((_, k) => {
          const { mean, covariance } = moments[k]!;
          const separate = mean[i]! * mean[j]!;
          const extra = known(k) ? covariance[i]![j]! : 0;
          difference = difference * (separate + extra) + base * extra;
          base *= separate;
        });
        sum += difference;
      }
    }
    return sum;
  };
  const variance = given(() => true);
  const first = names.map((_, k) => given((other) => other === k));
  const rows = names.map((factor, k) => ({
    factor,
    first: first[k]! / variance,
    total: (variance - given((other) => other !== k)) / variance,
  }));
  const pairs = names.flatMap((factor, j) =>
    names.slice(j + 1).map((other, place) => {
      const k = j + 1 + place;
      return {
        factor,
        with: other,
        second: (given((own) => own === j || own === k) - first[j]! - first[k]!) / variance,
      };
    }),
  );
  const mean = terms.reduce(
    (sum, _, i) => sum + moments.reduce((product, own) => product * own.mean[i]!, 1),
    0,
  );
  return { output: 'value', mean, variance, rows, pairs, evaluations: 0 };
}

/** Means of each term's function of one factor, and covariances of each two of them. */
function crossMoments<F extends string>(
  terms: readonly ProductTerm<F>[],
  factors: Factors<F>,
  name: F,
  nodes: number,
) {
  const rule = gaussRule(factors[name], nodes);
  const values = terms.map((term) => {
    const own = term[name];
    return rule.nodes.map((x) => (own === undefined ? 1 : own(x)));
  });
  const expectation = (f: (i: number) => number) => rule.weights.reduce((sum, w, i) => sum + w * f(i), 0);
  const mean = values.map((own, t) => (terms[t]![name] === undefined ? 1 : expectation((i) => own[i]!)));
  const covariance = values.map((a, s) =>
    values.map((b, t) => expectation((i) => (a[i]! - mean[s]!) * (b[i]! - mean[t]!))),
  );
  return { mean, covariance };
}
