import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { latinHypercube } from '../numeric/latin-hypercube.ts';
import type { Seed } from '../numeric/threefry.ts';
import { fromUniforms } from '../uncertainty/fill.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { factorNames } from './design.ts';
import type { Factors } from './design.ts';

/**
 * How far the distribution of an output moves when one factor is held in a slice of its range: Kolmogorov-Smirnov
 * distances, 0 to 1, over the slices.
 */
export interface PawnRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  readonly minimum: number;
  readonly mean: number;
  readonly median: number;
  readonly maximum: number;
  /** Coefficient of variation and standard deviation (divided by n) over the slices. */
  readonly cv: number;
  readonly sd: number;
}

/** Options of `pawn`. */
export interface PawnOptions {
  /** Points of the Latin hypercube; defaults to 4,096. */
  readonly points?: number;
  /** Slices of each factor's range, equally full; defaults to 10. */
  readonly slices?: number;
  /** Defaults to 0. */
  readonly seed?: Seed;
}

/**
 * Sensitivity of the whole distribution, not of its variance: fit for skewed outputs (Pianosi and Wagener 2015, 2018).
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @throws RangeError when there are fewer points than slices
 * @example pawn(({ a }) => a, { a: uniform(0, 1), b: uniform(0, 1) }, { points: 100 }).length // 2
 */
export function pawn<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: PawnOptions = {},
): PawnRow<F, OutputOf<S>>[] {
  checkOptions('pawn', options, 'points slices seed');
  const { points = 4096, slices = 10, seed = 0 } = options;
  const names = factorNames(factors, 'pawn');
  const unit = latinHypercube(points, names.length, seed);
  names.forEach((name, k) => fromUniforms(factors[name], unit[k]!, points));
  const columns = Object.fromEntries(names.map((name, k) => [name, unit[k]!])) as unknown as Columns<F>;
  const results = toOutcome(f, names).evaluate(columns, points);
  return (Object.keys(results) as OutputOf<S>[]).flatMap((output) =>
    pawnIndices(columns, results[output].subarray(0, points), slices).map((row) => ({ ...row, output })),
  );
}

/**
 * PAWN indices of given data: any points of independent factors, with the values of one output.
 *
 * A slice reaches from one quantile of the factor (with straight lines between values) up to, not including, the next.
 *
 * @throws RangeError when columns and values differ in length or there are fewer points than slices
 */
export function pawnIndices<F extends string>(
  columns: Columns<F>,
  values: Float64Array,
  slices = 10,
): PawnRow<F, 'value'>[] {
  argument('pawnIndices', 'object', columns, 'columns');
  listArgument('pawnIndices', 'the column of values', values);
  const n = values.length;
  if (!(Number.isInteger(slices) && slices >= 2 && slices <= n))
    return mistake(
      'pawnIndices',
      `${slices} slices of ${n} points are not possible`,
      'give 2 or more, and more points',
    );
  const all = values.slice().sort();
  return (Object.keys(columns) as F[]).map((factor) => {
    const column = columns[factor];
    if (column.length !== n)
      return mistake(
        'pawnIndices',
        `'${factor}' has ${column.length} values of ${n}`,
        'give columns of one length',
      );
    const sorted = column.slice().sort();
    const edges = Array.from({ length: slices + 1 }, (_, s) => linearQuantile(sorted, s / slices));
    const distances = Array.from({ length: slices }, (_, s) => {
      const own = values.filter((_, i) => column[i]! >= edges[s]! && column[i]! < edges[s + 1]!).sort();
      return own.length === 0 ? 0 : kolmogorovSmirnov(own, all);
    });
    const ordered = [...distances].sort((a, b) => a - b);
    const mean = distances.reduce((sum, d) => sum + d, 0) / slices;
    const sd = Math.sqrt(distances.reduce((sum, d) => sum + (d - mean) ** 2, 0) / slices);
    const middle = (ordered[(slices - 1) >> 1]! + ordered[slices >> 1]!) / 2;
    return {
      output: 'value',
      factor,
      minimum: ordered[0]!,
      mean,
      median: middle,
      maximum: ordered.at(-1)!,
      cv: sd / mean,
      sd,
    };
  });
}

function linearQuantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const low = Math.floor(place);
  const next = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return sorted[low]! + (place - low) * (next - sorted[low]!);
}

/** The largest distance between the distribution functions of two ascending samples. */
function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= x) i++;
    while (j < b.length && b[j]! <= x) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
