import { studentQuantile } from '../numeric/student.ts';
import { fromStudent } from '../uncertainty/draws.ts';
import type { Columns } from '../uncertainty/outcome.ts';
import type { Factors } from './design.ts';

/** A t copula over some of the factors; the others are independent of all. */
export interface TCopula {
  readonly df: number;
  readonly isMember: readonly boolean[];
}

/** Uniform numbers of one coordinate as Student quantiles, each number of degrees of freedom computed once. */
export type Quantiles = (df: number) => Float64Array;

export function quantilesOf(uniform: Float64Array): Quantiles {
  const known = new Map<number, Float64Array>();
  return (df) => {
    let found = known.get(df);
    if (found === undefined) known.set(df, (found = uniform.map((p) => studentQuantile(p, df))));
    return found;
  };
}

/**
 * Points under a t copula, factor after factor: given m of its factors, a multivariate t with nu degrees of freedom is one
 * with nu + m, stretched by sqrt((nu + sum of the m squares) / (nu + m)) (Kotz and Nadarajah 2004, section 1.11). Two points
 * with the same numbers for the first factors are therefore conditionally independent in the rest.
 *
 * @param order the factors in the order in which they are drawn
 * @param root lower triangular root of their correlation in that order
 * @param noise the coordinate of each factor
 */
export function tPoints<F extends string>(
  factors: Factors<F>,
  names: readonly F[],
  order: readonly number[],
  root: Float64Array,
  points: number,
  { df, isMember }: TCopula,
  noise: (k: number) => Quantiles,
): Columns<F> {
  const n = names.length;
  const squares = new Float64Array(points);
  const independent = names.map(() => new Float64Array(points));
  const columns = names.map(() => new Float64Array(points));
  let before = 0;
  order.forEach((k, place) => {
    const factor = factors[names[k]!];
    const column = columns[k]!;
    if (isMember[k] !== true) {
      // Apart from the copula a factor needs a uniform number alone, in the guise of any quantile of it.
      const own = noise(k)(df);
      for (let i = 0; i < points; i++) column[i] = fromStudent(factor, own[i]!, df);
      return;
    }
    const raw = noise(k)(df + before);
    const own = independent[place]!;
    for (let i = 0; i < points; i++) {
      own[i] = raw[i]! * Math.sqrt((df + squares[i]!) / (df + before));
      squares[i]! += own[i]! * own[i]!;
    }
    for (let i = 0; i < points; i++) {
      let t = 0;
      for (let j = 0; j <= place; j++) t += root[place * n + j]! * independent[j]![i]!;
      column[i] = fromStudent(factor, t, df);
    }
    before++;
  });
  return Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as unknown as Columns<F>;
}
