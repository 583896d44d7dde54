import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { cholesky, solveCholesky } from '../numeric/cholesky.ts';
import { lu, solveLu } from '../numeric/lu.ts';
import { matrix } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { minimiseOnInterval } from '../numeric/optimise.ts';
import { frequencyOf, indexOf, perYear, periodAt } from '../time/period.ts';
import type { Frequency } from '../time/period.ts';
import { extent, valueAt } from '../time/series.ts';
import type { Series } from '../time/series.ts';

/** Options of `disaggregate`. */
export interface DisaggregateOptions {
  /** One of `'quarter'` (defaults to it, or to the frequency of `like`) and `'month'`. */
  readonly to?: Exclude<Frequency, 'year'>;
  /** A series of the higher frequency whose movements are followed; defaults to none: as smooth a path as possible. */
  readonly like?: Series;
  /** How the parts make the whole: `'flow'` sums (defaults to it), `'stock'` takes the last, `'rate'` and `'index'` average. */
  readonly kind?: 'flow' | 'stock' | 'rate' | 'index';
  /**
   * One of:
   * - `'proportional'`: Denton's method in Cholette's form on ratios to `like` (defaults to it)
   * - `'additive'`: the same on differences from `like`; for series that change sign
   * - `'chow-lin'`: a regression of the whole on `like`, its residual an AR(1) (Chow and Lin 1971)
   */
  readonly by?: 'proportional' | 'additive' | 'chow-lin';
  /**
   * For the first two methods: how much of one period's correction carries to the next, from above 0 to 1. Defaults to
   * 1 (Denton-Cholette); below it corrections fade after the last whole (Dagum and Cholette 2006; 0.9 per month and
   * 0.729 per quarter are usual) towards the average ratio of the two.
   */
  readonly rho?: number;
}

/**
 * Months or quarters that make up known years (or months that make up quarters): they sum to them exactly.
 *
 * Where `like` goes on after the last whole, so does the result. A whole that is missing (`NaN`) binds nothing.
 *
 * @param whole the series to break up, at the lower frequency
 * @param options what to follow, how, and how parts make the whole
 * @throws RangeError when `like` does not cover the whole, has zeros or changes sign under `'proportional'`, or frequencies do not fit
 * @example disaggregate(series('2014', [10]), { like: series('2014-Q1', [1, 2, 3, 4]) }).values // [1, 2, 3, 4]
 */
export function disaggregate(whole: Series, options: DisaggregateOptions = {}): Series {
  argument('disaggregate', 'series', whole);
  checkOptions('disaggregate', options, 'to like kind by rho');
  const { like, kind = 'flow', by = 'proportional', rho = 1 } = options;
  const to = options.to ?? (like === undefined ? 'quarter' : frequencyOf(like.start));
  const each = perYear[to] / perYear[frequencyOf(whole.start)];
  if (!(each > 1)) {
    mistake(
      'disaggregate',
      `a ${frequencyOf(whole.start)} is not made of ${to}s`,
      'use aggregate to go the other way',
    );
  }
  if (like !== undefined && frequencyOf(like.start) !== to) {
    mistake(
      'disaggregate',
      `the series to follow is by ${frequencyOf(like.start)}, not by ${to}`,
      'give one frequency',
    );
  }
  if (!(rho > 0 && rho <= 1))
    mistake('disaggregate', `rho ${shown(rho)} is not possible`, 'give a number above 0 and up to 1');
  const first = indexOf(whole.start) * each;
  const last = first + whole.values.length * each - 1;
  const end = like === undefined ? last : Math.max(last, indexOf(like.start) + like.values.length - 1);
  const z = Float64Array.from({ length: end - first + 1 }, (_, t) => {
    const value = like === undefined ? 1 : valueAt(like, periodAt(to, first + t));
    if (Number.isFinite(value)) return value;
    return mistake('disaggregate', `the series to follow has no value at ${periodAt(to, first + t)} (${extent(like!)})`, 'extend it'); // prettier-ignore
  });
  const rows = wholes(whole, each, kind);
  if (rows.length === 0) mistake('disaggregate', 'no whole has a value', 'give at least one');
  const x = by === 'chow-lin' ? chowLin(z, rows) : denton(z, rows, by, rho);
  return { start: periodAt(to, first), values: Array.from(x) };
}

/** A known whole: the sum of weight times part over a stretch of parts. */
interface Whole {
  readonly value: number;
  readonly from: number;
  readonly weights: readonly number[];
}

function wholes(whole: Series, each: number, kind: string): Whole[] {
  const weights = Array.from({ length: each }, (_, j) =>
    kind === 'flow' ? 1 : kind === 'stock' ? (j === each - 1 ? 1 : 0) : 1 / each,
  );
  return whole.values.flatMap((value, i) =>
    Number.isNaN(value) ? [] : [{ value, from: i * each, weights }],
  );
}

const dot = (row: Whole, x: Float64Array): number =>
  row.weights.reduce((sum, w, j) => sum + w * x[row.from + j]!, 0);

/**
 * Minimise the sum of squares of r[t] - rho r[t-1], with r the ratio (or difference) less its average, subject to the
 * wholes (Denton 1971 in Cholette's 1984 form, which puts no penalty on the first period).
 */
function denton(
  z: Float64Array,
  rows: readonly Whole[],
  by: 'proportional' | 'additive',
  rho: number,
): Float64Array {
  const n = z.length;
  const k = rows.length;
  const times = by === 'proportional';
  if (times && !(z.every((v) => v > 0) || z.every((v) => v < 0))) {
    mistake(
      'disaggregate',
      'the series to follow has zeros or changes sign',
      "use { by: 'additive' } or 'chow-lin'",
    );
  }
  const target = rows.reduce((sum, row) => sum + row.value, 0);
  const own = rows.reduce((sum, row) => sum + dot(row, z), 0);
  const unit = rows.reduce((sum, row) => sum + row.weights.reduce((a, b) => a + b, 0), 0);
  const average = times ? target / own : (target - own) / unit;
  const base = z.map((v) => (times ? average * v : v + average));
  const scale = times ? z.map(Math.abs) : z.map(() => 1);
  // In r: minimise its AR(1) differences subject to sum of weight * (base + scale r) = whole.
  const system = matrix(n + k, n + k);
  const right = new Float64Array(n + k);
  const at = (i: number, j: number, value: number): void => void (system.data[i * (n + k) + j]! += value);
  for (let t = 0; t < n; t++) {
    if (t === 0) at(0, 0, 1 - rho * rho);
    else {
      at(t, t, 1);
      at(t - 1, t - 1, rho * rho);
      at(t, t - 1, -rho);
      at(t - 1, t, -rho);
    }
  }
  rows.forEach((row, i) => {
    row.weights.forEach((w, j) => {
      at(n + i, row.from + j, w * scale[row.from + j]!);
      at(row.from + j, n + i, w * scale[row.from + j]!);
    });
    right[n + i] = row.value - dot(row, base);
  });
  const r = solveLu(lu(system), right);
  return base.map((v, t) => v + scale[t]! * r[t]!);
}

/** Generalised least squares with an AR(1) residual whose coefficient maximises the likelihood of the wholes. */
function chowLin(z: Float64Array, rows: readonly Whole[]): Float64Array {
  const k = rows.length;
  const varies = z.some((v) => v !== z[0]);
  const columns = varies ? [z.map(() => 1), z] : [z];
  if (k < columns.length + 1) {
    mistake(
      'disaggregate',
      `${k} wholes are too few for a regression`,
      `give ${columns.length + 1} or more, or use 'proportional'`,
    );
  }
  const small = columns.map((c) => Float64Array.from(rows, (row) => dot(row, c)));
  const y = Float64Array.from(rows, (row) => row.value);
  const fit = (rho: number): { deviance: number; x: Float64Array } => {
    const v = covariance(rows, rho);
    const factor = cholesky(v);
    if (factor.failedAt >= 0) return { deviance: Infinity, x: z };
    const solved = small.map((c) => solveCholesky(factor, c));
    const p = columns.length;
    const gram = matrix(p, p);
    const right = new Float64Array(p);
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) gram.data[i * p + j] = inner(small[i]!, solved[j]!);
      right[i] = inner(solved[i]!, y);
    }
    const beta = solveLu(lu(gram), right);
    const u = y.map((value, i) => value - columns.reduce((sum, _, c) => sum + beta[c]! * small[c]![i]!, 0));
    const weights = solveCholesky(factor, u);
    const rss = inner(u, weights);
    let logs = 0;
    for (let i = 0; i < k; i++) logs += 2 * Math.log(factor.lower.data[i * k + i]!);
    const x = z.map((_, t) => {
      let value = columns.reduce((sum, c, i) => sum + beta[i]! * c[t]!, 0);
      rows.forEach((row, i) => {
        let c = 0;
        row.weights.forEach((w, j) => (c += w * Math.pow(rho, Math.abs(t - row.from - j))));
        value += c * weights[i]!;
      });
      return value;
    });
    return { deviance: k * Math.log(Math.max(rss, Number.MIN_VALUE)) + logs, x };
  };
  const rho = minimiseOnInterval((value) => fit(value).deviance, 0, 0.999, { tolerance: 1e-6 });
  return fit(rho).x;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Covariance of the wholes' residuals when the parts' are an AR(1). */
function covariance(rows: readonly Whole[], rho: number): Matrix {
  const k = rows.length;
  const v = matrix(k, k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      rows[a]!.weights.forEach((w, i) => {
        rows[b]!.weights.forEach((u, j) => {
          if (w !== 0 && u !== 0)
            sum += w * u * Math.pow(rho, Math.abs(rows[a]!.from + i - rows[b]!.from - j));
        });
      });
      v.data[a * k + b] = sum;
      v.data[b * k + a] = sum;
    }
  }
  return v;
}
