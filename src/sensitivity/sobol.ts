import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Directions } from '../numeric/sobol-sequence.ts';
import type { Seed } from '../numeric/threefry.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import { checkPoints, mixed, factorNames, sobolColumns } from './design.ts';
import type { Factors } from './design.ts';
import { checkReplicates, overReplicates } from './replicates.ts';

/** The part of an output's variance that one factor explains: shares of the variance, with intervals. */
export interface SobolRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Alone: the expected fall of the variance if the factor were known. */
  readonly first: number;
  readonly firstLow: number;
  readonly firstHigh: number;
  /** With all interactions it takes part in: what is left of the variance if all others were known. */
  readonly total: number;
  readonly totalLow: number;
  readonly totalHigh: number;
}

/** The share of the variance that two factors explain together, beyond what each explains alone. */
export interface SobolPairRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  readonly with: F;
  readonly second: number;
  readonly secondLow: number;
  readonly secondHigh: number;
}

/** What a Sobol' study finds. */
export interface SobolIndices<F extends string = string, O extends string = string> {
  readonly rows: SobolRow<F, O>[];
  readonly pairs: SobolPairRow<F, O>[];
}

/** Options of a Sobol' study. */
export interface SobolOptions {
  /** Points in one replicate, a power of two; defaults to 1,024. Each costs `2 n + 2` evaluations for `n` factors. */
  readonly points?: number;
  /** Independent scramblings, from which the intervals come; defaults to 8. With 1 there are no intervals. */
  readonly replicates?: number;
  /** Defaults to 0. */
  readonly seed?: Seed;
  /** Confidence level of the intervals; defaults to 0.95. */
  readonly level?: number;
  /** Direction numbers for more than 80 factors, from `loadDirections()`. */
  readonly directions?: Directions;
}

/** How indices are estimated; see `sobolIndices`. */
export interface SobolAnalysis {
  /** Confidence level of the intervals; defaults to 0.95. */
  readonly level?: number;
  /** One of `'azzini'` (defaults to it) or `'saltelli'` (Saltelli et al. 2010, as SALib has it). */
  readonly estimator?: 'azzini' | 'saltelli';
}

/**
 * A Sobol' design: the points to evaluate, in columns, replicate by replicate; in each, `points` rows of the matrix A,
 * of B, of A with its first, second, ... column from B, and of B with its first, second, ... column from A.
 */
export interface SobolDesign<F extends string = string> {
  readonly factors: readonly F[];
  readonly points: number;
  readonly replicates: number;
  readonly count: number;
  readonly columns: Columns<F>;
}

/**
 * How much of each output's variance each factor explains, alone (first order) and in all (total).
 *
 * Factors are independent. First orders by Azzini, Mara and Rosati (2020), totals by Jansen (1999) on the same
 * evaluations, over scrambled Sobol' points; the interval is Student's over independent scramblings. An output without
 * variance has indices NaN.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @param factors the distribution of each factor
 * @throws RangeError when `points` is no power of two
 * @example sobol(({ a, b }) => a + b, { a: uniform(0, 1), b: uniform(0, 2) }).map(({ factor }) => factor) // ['a', 'b']
 */
export function sobol<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: SobolOptions = {},
): SobolRow<F, OutputOf<S>>[] {
  checkOptions('sobol', options, 'points replicates seed level directions');
  return study(f, factors, options, false).rows;
}

/**
 * How much of each output's variance each pair of factors explains beyond the two alone (second order).
 *
 * The same design, and for the same seed the same points, as `sobol`.
 *
 * @example sobolPairs(({ a, b }) => a * b, { a: uniform(0, 1), b: uniform(0, 1) }).length // 1
 */
export function sobolPairs<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: SobolOptions = {},
): SobolPairRow<F, OutputOf<S>>[] {
  checkOptions('sobolPairs', options, 'points replicates seed level directions');
  return study(f, factors, options, true).pairs;
}

/**
 * The points of a Sobol' study, to be evaluated elsewhere; `sobolIndices` reads the values.
 *
 * @example sobolDesign({ a: uniform(0, 1) }, { points: 4, replicates: 1 }).count // 16
 */
export function sobolDesign<F extends string>(
  factors: Factors<F>,
  options: SobolOptions = {},
): SobolDesign<F> {
  checkOptions('sobolDesign', options, 'points replicates seed level directions');
  const { names, points, replicates } = settings(factors, options, 'sobolDesign');
  const each = (2 * names.length + 2) * points;
  const columns = Object.fromEntries(
    names.map((name) => [name, new Float64Array(each * replicates)]),
  ) as Record<F, Float64Array>;
  for (let r = 0; r < replicates; r++) {
    const [a, b] = matrices(factors, names, points, r, options);
    runs(names, a, b).forEach((part, k) => {
      for (const name of names) columns[name].set(part[name], r * each + k * points);
    });
  }
  return { factors: names, points, replicates, count: each * replicates, columns };
}

/**
 * Sobol' indices from the values of one output at the points of a design, in their order.
 *
 * Estimators: `'azzini'` is symmetric in the two matrices, with totals by Jansen's formula over both; `'saltelli'` is
 * what SALib computes from the same points.
 *
 * @throws RangeError when there are not as many values as the design has points
 */
export function sobolIndices<F extends string>(
  design: Pick<SobolDesign<F>, 'factors' | 'points' | 'replicates'>,
  values: Float64Array,
  options: SobolAnalysis = {},
): SobolIndices<F, 'value'> {
  argument('sobolIndices', 'design', design);
  listArgument('sobolIndices', 'the column of values', values);
  checkOptions('sobolIndices', options, 'level estimator');
  const { factors, points, replicates } = design;
  const each = (2 * factors.length + 2) * points;
  if (values.length !== each * replicates) {
    return mistake(
      'sobolIndices',
      `${values.length} values stand for ${each * replicates} points`,
      'give one value for each point',
    );
  }
  const found = Array.from({ length: replicates }, (_, r) => {
    const part = (k: number) => values.subarray(r * each + k * points, r * each + (k + 1) * points);
    const n = factors.length;
    return indices(
      part(0),
      part(1),
      factors.map((_, i) => part(2 + i)),
      factors.map((_, i) => part(2 + n + i)),
      options.estimator ?? 'azzini',
      true,
    );
  });
  return inRows(found, factors, 'value', options.level ?? 0.95, true);
}

function study<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: SobolOptions,
  pairs: boolean,
): SobolIndices<F, OutputOf<S>> {
  const { names, points, replicates, level } = settings(factors, options, 'sobol');
  const outcome = toOutcome(f, names);
  const found = new Map<OutputOf<S>, Found[]>();
  for (let r = 0; r < replicates; r++) {
    const [a, b] = matrices(factors, names, points, r, options);
    // Each run shares its columns with A and B; nothing is copied.
    const results = runs(names, a, b).map((part) => outcome.evaluate(part, points));
    for (const output of Object.keys(results[0]!) as OutputOf<S>[]) {
      const values = results.map((columns) => columns[output]);
      const [ya, yb] = [values[0]!, values[1]!];
      const n = names.length;
      const own = found.get(output) ?? [];
      own.push(indices(ya, yb, values.slice(2, 2 + n), values.slice(2 + n), 'azzini', pairs));
      found.set(output, own);
    }
  }
  const all = [...found].map(([output, own]) => inRows(own, names, output, level, pairs));
  return { rows: all.flatMap(({ rows }) => rows), pairs: all.flatMap((part) => part.pairs) };
}

function settings<F extends string>(factors: Factors<F>, options: SobolOptions, call: string) {
  const { points = 1024, replicates = 8, level = 0.95 } = options;
  checkPoints(points, call);
  checkReplicates(replicates, level, call);
  return { names: factorNames(factors, call), points, replicates, level };
}

function matrices<F extends string>(
  factors: Factors<F>,
  names: readonly F[],
  points: number,
  replicate: number,
  options: SobolOptions,
): [Columns<F>, Columns<F>] {
  const where = { seed: options.seed ?? 0, replicate, of: 2 * names.length, directions: options.directions };
  return [
    sobolColumns(factors, names, points, where, 'sobol'),
    sobolColumns(factors, names, points, { ...where, from: names.length }, 'sobol'),
  ];
}

/** A, B, A with one column from B for each factor, B with one column from A for each factor. */
function runs<F extends string>(names: readonly F[], a: Columns<F>, b: Columns<F>): Columns<F>[] {
  return [
    a,
    b,
    ...names.map((own) => mixed(a, b, (name) => name === own)),
    ...names.map((own) => mixed(b, a, (name) => name === own)),
  ];
}

interface Found {
  readonly first: number[];
  readonly total: number[];
  /** By pair, in the order 0-1, 0-2, ..., 1-2, ... */
  readonly second: number[];
}

function indices(
  a: Float64Array,
  b: Float64Array,
  ab: readonly Float64Array[],
  ba: readonly Float64Array[],
  estimator: 'azzini' | 'saltelli',
  pairs: boolean,
): Found {
  const n = a.length;
  const middle = (meanOf(a) + meanOf(b)) / 2;
  // SALib centres by the mean of all evaluations; any centre is right in expectation.
  const centre =
    estimator === 'azzini'
      ? middle
      : (2 * middle + [...ab, ...ba].reduce((sum, part) => sum + meanOf(part), 0)) / (2 + 2 * ab.length);
  let square = 0;
  for (let i = 0; i < n; i++) square += (a[i]! - middle) ** 2 + (b[i]! - middle) ** 2;
  const variance = square / (2 * n);
  const first: number[] = [];
  const total: number[] = [];
  for (let k = 0; k < ab.length; k++) {
    const [x, y] = [ab[k]!, ba[k]!];
    let [cross, all, left, right, saltelli] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const [fa, fb, fx, fy] = [a[i]!, b[i]!, x[i]!, y[i]!];
      const [da, db, dab, dxy] = [fa - fx, fb - fy, fa - fb, fy - fx];
      cross -= da * db;
      all += dab * dab + dxy * dxy;
      left += da * da;
      right += db * db;
      saltelli -= (fb - centre) * da;
    }
    if (estimator === 'azzini') {
      first.push((2 * cross) / all);
      total.push((left + right) / (4 * n * variance));
    } else {
      first.push(saltelli / n / variance);
      total.push(left / (2 * n * variance));
    }
  }
  const second: number[] = [];
  if (pairs) {
    let base = 0;
    for (let i = 0; i < n; i++) base += (a[i]! - centre) * (b[i]! - centre);
    for (let j = 0; j < ab.length; j++) {
      for (let k = j + 1; k < ab.length; k++) {
        const [x, y] = [ba[j]!, ab[k]!];
        let sum = 0;
        for (let i = 0; i < n; i++) sum += (x[i]! - centre) * (y[i]! - centre);
        let together = sum - base;
        if (estimator === 'azzini') {
          // The mirrored pair has the same expectation and other errors.
          const [u, v] = [ab[j]!, ba[k]!];
          let mirrored = 0;
          for (let i = 0; i < n; i++) mirrored += (u[i]! - centre) * (v[i]! - centre);
          together = (together + mirrored - base) / 2;
        }
        second.push(together / n / variance - first[j]! - first[k]!);
      }
    }
  }
  return { first, total, second };
}

function inRows<F extends string, O extends string>(
  found: readonly Found[],
  names: readonly F[],
  output: O,
  level: number,
  pairs: boolean,
): SobolIndices<F, O> {
  const rows = names.map((factor, k) => {
    const first = overReplicates(
      found.map((own) => own.first[k]!),
      level,
    );
    const total = overReplicates(
      found.map((own) => own.total[k]!),
      level,
    );
    return {
      output,
      factor,
      first: first.value,
      firstLow: first.low,
      firstHigh: first.high,
      total: total.value,
      totalLow: total.low,
      totalHigh: total.high,
    };
  });
  if (!pairs) return { rows, pairs: [] };
  const couples = names.flatMap((factor, j) => names.slice(j + 1).map((other) => [factor, other] as const));
  return {
    rows,
    pairs: couples.map(([factor, other], k) => {
      const second = overReplicates(
        found.map((own) => own.second[k]!),
        level,
      );
      return {
        output,
        factor,
        with: other,
        second: second.value,
        secondLow: second.low,
        secondHigh: second.high,
      };
    }),
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
