import { checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { directions as joeKuo, fillSobol, scrambledSobol } from '../numeric/sobol-sequence.ts';
import { seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import { correlationOf, lowerRoot, nearestCorrelation } from '../uncertainty/correlation.ts';
import type { Correlation } from '../uncertainty/correlation.ts';
import { fromNormals } from '../uncertainty/fill.ts';
import { variance } from '../uncertainty/moments.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, Outcome, OutputOf, Study } from '../uncertainty/outcome.ts';
import { checkPoints, factorNames } from './design.ts';
import type { Factors } from './design.ts';
import { exactIndices } from './exact.ts';
import { linearShapley } from './linear-shapley.ts';
import { quantilesOf, tPoints } from './t-points.ts';
import type { TCopula } from './t-points.ts';
import { checkReplicates, overReplicates } from './replicates.ts';
import { shapleyValues } from '../numeric/shapley-values.ts';

/** The Shapley effect of one factor on one output: its share of the variance. The shares sum to one. */
export interface ShapleyRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  readonly effect: number;
  /** Confidence interval; the effect itself where it is exact. */
  readonly low: number;
  readonly high: number;
  /**
   * One of
   * - `'linear'`: exact, the output is linear and the factors normal;
   * - `'quadrature'`: exact, the output is linear in each factor and the factors are independent;
   * - `'sampled'`.
   */
  readonly method: 'linear' | 'quadrature' | 'sampled';
}

/** Options of `shapleyEffects`. */
export interface ShapleyOptions<F extends string = string> {
  /** How factors move together; defaults to independence. */
  readonly correlation?: Correlation<F>;
  /** Points for each set of factors, a power of two; defaults to 1,024. */
  readonly points?: number;
  /** Independent scramblings, from which intervals come; defaults to 8. */
  readonly replicates?: number;
  /** Defaults to 0. */
  readonly seed?: Seed;
  /** Confidence level of the intervals; defaults to 0.95. */
  readonly level?: number;
}

/**
 * Shapley effects: shares of the variance that are fair, sum to one, and stay meaningful when factors are correlated (Owen
 * 2014; Song, Nelson and Staum 2016).
 *
 * An output that proves linear in normal factors, or linear in each of up to 12 independent factors, is solved exactly (the
 * proof is by second differences at points of the factors' own distributions). Anything else is sampled: for every set of
 * factors, pairs of points that share that set. At most 10 factors then.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @throws RangeError when there are too many factors
 * @example shapleyEffects(({ a, b }) => a + b, { a: normal(0, 1), b: normal(0, 1) })[0].method // 'linear'
 */
export function shapleyEffects<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  factors: Factors<F>,
  options: ShapleyOptions<NoInfer<F>> = {},
): ShapleyRow<F, OutputOf<S>>[] {
  checkOptions('shapleyEffects', options, 'correlation points replicates seed level');
  const call = 'shapleyEffects';
  const names = factorNames(factors, call);
  const { points = 1024, replicates = 8, seed = 0, level = 0.95, correlation } = options;
  checkPoints(points, call);
  checkReplicates(replicates, level, call);
  const matrix =
    correlation === undefined
      ? undefined
      : nearestCorrelation(correlationOf(names, correlation, call)).matrix;
  const copula: TCopula | undefined =
    correlation?.copula === 't'
      ? { df: correlation.df!, isMember: names.map((name) => correlation.factors.includes(name)) }
      : undefined;
  const outcome = toOutcome(f, names);
  const shape = shapeOf(outcome, factors, names);
  const known = new Map<OutputOf<S>, ShapleyRow<F, OutputOf<S>>[]>();
  for (const [output, { slopes, bends, linear }] of shape) {
    if (copula === undefined && linear && names.every((name) => factors[name].kind === 'normal')) {
      const sd = names.map((name) => Math.sqrt(variance(factors[name])));
      const sigma = names.map((_, i) =>
        names.map((_, j) => (matrix?.[i]?.[j] ?? (i === j ? 1 : 0)) * sd[i]! * sd[j]!),
      );
      known.set(output, exactRows(names, output, linearShapley(slopes, sigma), 'linear'));
    } else if (!bends && matrix === undefined && names.length <= 12) {
      const found = exactIndices(outcome, factors, { nodes: 2 }).find(
        (own) => (own.output as string) === output,
      )!;
      known.set(
        output,
        exactRows(
          names,
          output,
          found.rows.map(({ shapley }) => shapley),
          'quadrature',
        ),
      );
    }
  }
  const open = [...shape.keys()].filter((output) => !known.has(output));
  if (open.length > 0) {
    if (names.length > 10)
      return mistake(
        call,
        `${names.length} factors have too many sets to sample`,
        'hold some fixed; morris tells which',
      );
    const sampled = Array.from({ length: replicates }, (_, r) =>
      sampledEffects(outcome, factors, names, matrix, copula, points, seed, r),
    );
    for (const output of open) {
      known.set(
        output,
        names.map((factor, k) => {
          const { value, low, high } = overReplicates(
            sampled.map((own) => own.get(output)![k]!),
            level,
          );
          return { output, factor, effect: value, low, high, method: 'sampled' as const };
        }),
      );
    }
  }
  return [...shape.keys()].flatMap((output) => known.get(output)!);
}

function exactRows<F extends string, O extends string>(
  names: readonly F[],
  output: O,
  effects: readonly number[],
  method: 'linear' | 'quadrature',
): ShapleyRow<F, O>[] {
  return names.map((factor, k) => ({
    output,
    factor,
    effect: effects[k]!,
    low: effects[k]!,
    high: effects[k]!,
    method,
  }));
}

interface Shape {
  readonly slopes: number[];
  /** Whether some second difference in one factor does not vanish. */
  bends: boolean;
  /** Whether the output is linear in all factors together. */
  linear: boolean;
}

/** Slopes, and whether outputs are linear, from differences around eight points of the factors' distributions. */
function shapeOf<F extends string, O extends string>(
  outcome: Outcome<F, O>,
  factors: Factors<F>,
  names: readonly F[],
): Map<O, Shape> {
  const n = names.length;
  const [centres, each] = [8, 2 * n + 1];
  const sequence = scrambledSobol(joeKuo(n), [1, 0], 0);
  const columns = names.map((name, k) => {
    const column = new Float64Array(centres * each);
    const start = new Float64Array(centres);
    fillSobol(sequence, k, 0, centres, start);
    for (let c = 0; c < centres; c++) start[c] = normalQuantile(start[c]!);
    fromNormals(factors[name], start, centres);
    const step = Math.sqrt(variance(factors[name])) / 2;
    for (let c = 0; c < centres; c++) {
      column.fill(start[c]!, c * each, (c + 1) * each);
      if (!Number.isFinite(step)) continue;
      column[c * each + 1 + 2 * k]! += step;
      column[c * each + 2 + 2 * k]! -= step;
    }
    return { column, step };
  });
  const points = Object.fromEntries(
    names.map((name, k) => [name, columns[k]!.column]),
  ) as unknown as Columns<F>;
  const results = outcome.evaluate(points, centres * each);
  const shapes = new Map<O, Shape>();
  for (const output of Object.keys(results) as O[]) {
    const y = results[output];
    const slope = (c: number, k: number) => {
      const step = columns[k]!.step;
      return step === 0 ? 0 : (y[c * each + 1 + 2 * k]! - y[c * each + 2 + 2 * k]!) / (2 * step);
    };
    const shape: Shape = { slopes: names.map((_, k) => slope(0, k)), bends: false, linear: true };
    const scale = y.subarray(0, centres * each).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let c = 0; c < centres; c++) {
      for (let k = 0; k < n; k++) {
        const bend = y[c * each + 1 + 2 * k]! - 2 * y[c * each]! + y[c * each + 2 + 2 * k]!;
        if (!(Math.abs(bend) <= 1e-12 * scale) || !Number.isFinite(columns[k]!.step)) shape.bends = true;
        if (!(Math.abs((slope(c, k) - shape.slopes[k]!) * columns[k]!.step) <= 1e-12 * scale))
          shape.linear = false;
      }
    }
    if (shape.bends) shape.linear = false;
    shapes.set(output, shape);
  }
  return shapes;
}

/**
 * Shapley effects of one replicate. For each set of factors, two points share its factors and are conditionally
 * independent in the others; the covariance of their outputs is the variance that the set explains.
 */
function sampledEffects<F extends string, O extends string>(
  outcome: Outcome<F, O>,
  factors: Factors<F>,
  names: readonly F[],
  matrix: readonly (readonly number[])[] | undefined,
  copula: TCopula | undefined,
  points: number,
  seed: Seed,
  replicate: number,
): Map<O, number[]> {
  const n = names.length;
  const sequence = scrambledSobol(joeKuo(2 * n), seedWords(seed, 'shapleyEffects'), replicate);
  const noise = Array.from({ length: 2 * n }, (_, k) => {
    const column = new Float64Array(points);
    fillSobol(sequence, k, 0, points, column);
    return copula === undefined ? column.map(normalQuantile) : column;
  });
  const tails = copula === undefined ? [] : noise.map(quantilesOf);
  const closed = new Map<O, Float64Array>();
  const all = 2 ** n - 1;
  for (let set = 1; set <= all; set++) {
    const shared = names.map((_, k) => k).filter((k) => (set >> k) & 1);
    const order = [...shared, ...names.map((_, k) => k).filter((k) => !((set >> k) & 1))];
    const root =
      matrix === undefined ? undefined : lowerRoot(order.map((i) => order.map((j) => matrix[i]![j]!)));
    const pointsOf = (source: (k: number) => number): Columns<F> =>
      copula === undefined
        ? pointsFrom(factors, names, order, root, points, (k) => noise[source(k)]!)
        : tPoints(factors, names, order, root!, points, copula, (k) => tails[source(k)]!);
    const one = pointsOf((k) => k);
    const first = outcome.evaluate(one, points);
    const second =
      set === all
        ? first
        : outcome.evaluate(
            pointsOf((k) => (((set >> k) & 1) === 1 ? k : n + k)),
            points,
          );
    for (const output of Object.keys(first) as O[]) {
      const own = closed.get(output) ?? new Float64Array(2 ** n);
      closed.set(output, own);
      own[set] = covariance(first[output], second[output], points);
    }
  }
  return new Map(
    [...closed].map(([output, own]) => [output, shapleyValues(own).map((value) => value / own[all]!)]),
  );
}

/** Correlated points from independent noise: factors in `order`, each from the noise of those before it and its own. */
function pointsFrom<F extends string>(
  factors: Factors<F>,
  names: readonly F[],
  order: readonly number[],
  root: Float64Array | undefined,
  points: number,
  noise: (k: number) => Float64Array,
): Columns<F> {
  const n = names.length;
  const columns = names.map(() => new Float64Array(points));
  order.forEach((k, place) => {
    const column = columns[k]!;
    if (root === undefined) {
      column.set(noise(k));
    } else {
      for (let j = 0; j <= place; j++) {
        const weight = root[place * n + j]!;
        if (weight === 0) continue;
        const own = noise(order[j]!);
        for (let i = 0; i < points; i++) column[i] = column[i]! + weight * own[i]!;
      }
    }
    fromNormals(factors[names[k]!], column, points);
  });
  return Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as unknown as Columns<F>;
}

function covariance(a: Float64Array, b: Float64Array, n: number): number {
  let centre = 0;
  for (let i = 0; i < n; i++) centre += a[i]! + b[i]!;
  centre /= 2 * n;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (a[i]! - centre) * (b[i]! - centre);
  return sum / n;
}
