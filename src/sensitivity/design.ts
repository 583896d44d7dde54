import { argument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { directions as joeKuo, fillSobol, scrambledSobol } from '../numeric/sobol-sequence.ts';
import type { Directions } from '../numeric/sobol-sequence.ts';
import { seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import { checkFactors } from '../uncertainty/distribution.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { fromUniforms } from '../uncertainty/fill.ts';
import type { Columns } from '../uncertainty/outcome.ts';

/** Distributions by the name of the factor; in sensitivity studies they are independent unless said otherwise. */
export type Factors<F extends string = string> = Readonly<Record<F, Distribution>>;

/** The names of the factors. @throws RangeError when there is none */
export function namesOf<F extends string>(factors: Readonly<Record<F, unknown>>, call: string): F[] {
  argument(call, 'factors', factors);
  const names = Object.keys(factors) as F[];
  return names.length > 0 ? names : mistake(call, 'there are no factors', 'give at least one');
}

/** The names of factors that are drawn from distributions. @throws RangeError when there is none, or one has none */
export function factorNames<F extends string>(factors: Factors<F>, call: string): F[] {
  const names = namesOf(factors, call);
  checkFactors(factors, call);
  return names;
}

/** Throw unless `points` is a power of two, which Sobol' points need to be balanced. */
export function checkPoints(points: number, call: string): void {
  if (Number.isInteger(points) && points >= 2 && points <= 2 ** 30 && Number.isInteger(Math.log2(points)))
    return;
  const near = 2 ** Math.max(1, Math.round(Math.log2(Math.max(2, points || 2))));
  mistake(call, `${points} points are not a power of two`, `give ${near}`);
}

/** Coordinates `from`, `from + 1`, ... of one replicate of scrambled Sobol' points, turned into the factors' values. */
export function sobolColumns<F extends string>(
  factors: Factors<F>,
  names: readonly F[],
  points: number,
  where: { seed: Seed; replicate: number; from?: number; of?: number; directions?: Directions | undefined },
  call: string,
): Record<F, Float64Array> {
  const from = where.from ?? 0;
  const needed = where.of ?? from + names.length;
  const source = where.directions ?? joeKuo(needed);
  if (source.dimensions < needed)
    return mistake(
      call,
      `${needed} coordinates exceed the ${source.dimensions} given`,
      'pass directions: await loadDirections()',
    );
  const sequence = scrambledSobol(source, seedWords(where.seed, call), where.replicate);
  return fromSequence(factors, names, points, from, (k, column) => fillSobol(sequence, k, 0, points, column));
}

function fromSequence<F extends string>(
  factors: Factors<F>,
  names: readonly F[],
  points: number,
  from: number,
  fill: (dimension: number, column: Float64Array) => void,
): Record<F, Float64Array> {
  const entries = names.map((name, k) => {
    const column = new Float64Array(points);
    fill(from + k, column);
    fromUniforms(factors[name], column, points);
    return [name, column] as const;
  });
  return Object.fromEntries(entries) as Record<F, Float64Array>;
}

/** An estimate with the ends of its confidence interval; the ends are NaN where one replicate cannot tell. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The columns of `points` with some replaced by those of `others`. */
export function mixed<F extends string>(
  points: Columns<F>,
  others: Columns<F>,
  take: (name: F) => boolean,
): Columns<F> {
  const entries = (Object.keys(points) as F[]).map((name) => [
    name,
    take(name) ? others[name] : points[name],
  ]);
  return Object.fromEntries(entries) as Columns<F>;
}
