import { argument, checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Columns } from '../uncertainty/outcome.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Forecast } from './method.ts';

/** Which names are sums of which others: `{ gdp: ['agriculture', 'industry', 'services'], year: ['q1', 'q2', 'q3', 'q4'] }`. */
export type Totals = Readonly<Record<string, readonly string[]>>;

/** Options of `reconcile`. */
export interface ReconcileOptions {
  /**
   * One of:
   * - `'mint'`: the adjustment with the least total variance (Wickramasuriya, Athanasopoulos and Hyndman 2019), with the
   *   covariance from `residuals` shrunk towards its diagonal, or from `variances`; defaults to it
   * - `'bottom-up'`: the parts are kept and totals follow
   * - `'top-down'`: the totals are kept and parts are scaled to them
   */
  readonly by?: 'mint' | 'bottom-up' | 'top-down';
  /** How uncertain each value is: what has variance 0 is kept. Defaults to the size of each value (its absolute value). */
  readonly variances?: Readonly<Record<string, number>>;
  /** One-step errors by name, of one length, from which the covariance is estimated. */
  readonly residuals?: Readonly<Record<string, readonly number[]>>;
  /** Whether a result below zero is set to zero and the rest reconciled again; defaults to false. */
  readonly nonNegative?: boolean;
}

/**
 * Make values add up: a total and its parts, a year and its quarters, or both at once.
 *
 * Values that add up already come back unchanged. Totals may nest and may cross (a table with two margins).
 *
 * @param values by name, in one unit; every name in `totals` needs one
 * @param totals which names are sums of which
 * @param options how
 * @throws RangeError when a name has no value, or the totals contradict each other under what is kept
 * @example reconcile({ gdp: 12, a: 4, b: 6 }, { gdp: ['a', 'b'] }, { by: 'bottom-up' }).gdp // 10
 */
export function reconcile<K extends string>(
  values: Readonly<Record<K, number>>,
  totals: Totals,
  options: ReconcileOptions = {},
): Record<K, number> {
  checkReconcile('reconcile', values, totals, options);
  const names = Object.keys(values) as K[];
  const system = systemOf(
    names,
    totals,
    options,
    Float64Array.from(names, (name) => values[name]),
  );
  const x = system(Float64Array.from(names, (name) => values[name]));
  return Object.fromEntries(names.map((name, i) => [name, x[i]!])) as Record<K, number>;
}

/**
 * Make draws add up, each on its own: every draw of the result is coherent.
 *
 * @param draws columns by name, of one length
 * @param options as of `reconcile`; sizes are those of the columns' means
 * @example reconcileDraws({ t: Float64Array.of(3), a: Float64Array.of(1), b: Float64Array.of(1) }, { t: ['a', 'b'] }, { by: 'bottom-up' }).t[0] // 2
 */
export function reconcileDraws<K extends string>(
  draws: Columns<K>,
  totals: Totals,
  options: ReconcileOptions = {},
): Columns<K> {
  checkReconcile('reconcileDraws', draws, totals, options);
  const names = Object.keys(draws) as K[];
  const count = names.length === 0 ? 0 : draws[names[0]!].length;
  const means = Float64Array.from(
    names,
    (name) => draws[name].reduce((a, b) => a + b, 0) / Math.max(1, count),
  );
  const system = systemOf(names, totals, options, means);
  const out = names.map(() => new Float64Array(count));
  const point = new Float64Array(names.length);
  for (let i = 0; i < count; i++) {
    names.forEach((name, j) => (point[j] = draws[name][i]!));
    system(point).forEach((value, j) => (out[j]![i] = value));
  }
  return Object.fromEntries(names.map((name, j) => [name, out[j]!])) as unknown as Columns<K>;
}

/**
 * Make forecasts add up, step by step: medians exactly, spreads as the reconciliation turns them when errors are
 * independent between names. For coherent scenarios reconcile the draws of `samplePaths`.
 *
 * @param forecasts by name, of the same periods
 * @returns Student's t steps around the reconciled medians
 * @throws RangeError when the forecasts do not cover the same periods
 */
export function reconcileForecasts<K extends string>(
  forecasts: Readonly<Record<K, Forecast>>,
  totals: Totals,
  options: ReconcileOptions = {},
): Record<K, Forecast> {
  checkReconcile('reconcileForecasts', forecasts, totals, options);
  const names = Object.keys(forecasts) as K[];
  const all = names.map((name) => forecasts[name]);
  const first = all[0];
  if (first === undefined) return {} as Record<K, Forecast>;
  if (all.some((f) => f.start !== first.start || f.steps.length !== first.steps.length)) {
    mistake('reconcileForecasts', 'the forecasts do not cover the same periods', 'forecast with one horizon');
  }
  const steps = first.steps.map((_, j) => {
    const medians = Float64Array.from(all, (f) => quantile(f.steps[j]!, 0.5));
    const dfs = all.map((f) => {
      const step = f.steps[j]!;
      return step.kind === 'student' ? step.df : 5;
    });
    const df = Math.min(...dfs);
    const unit = quantile({ kind: 'student', location: 0, scale: 1, df }, 0.975);
    const scales = all.map((f) => (quantile(f.steps[j]!, 0.975) - quantile(f.steps[j]!, 0.025)) / 2 / unit);
    const variances =
      options.variances ?? Object.fromEntries(names.map((name, i) => [name, scales[i]! ** 2]));
    const system = systemOf(names, totals, { ...options, variances }, medians);
    const location = system(medians);
    // The map is linear around the medians: its columns are differences.
    const squares = new Float64Array(names.length);
    scales.forEach((scale, i) => {
      const moved = Float64Array.from(medians);
      moved[i]! += scale;
      system(moved).forEach((value, k) => (squares[k]! += (value - location[k]!) ** 2));
    });
    return names.map((_, k) => ({
      kind: 'student' as const,
      location: location[k]!,
      scale: Math.sqrt(squares[k]!),
      df,
    }));
  });
  return Object.fromEntries(
    names.map((name, k) => [
      name,
      {
        ...forecasts[name],
        steps: steps.map((step) => step[k]!),
        method: `${forecasts[name].method}, reconciled`,
      },
    ]),
  ) as unknown as Record<K, Forecast>;
}

function checkReconcile(call: string, values: unknown, totals: unknown, options: ReconcileOptions): void {
  argument(call, 'object', values, 'values');
  argument(call, 'object', totals, 'totals');
  checkOptions(call, options, 'by variances residuals nonNegative');
}

/** The function that reconciles a point: values in the order of names. */
function systemOf(
  names: readonly string[],
  totals: Totals,
  options: ReconcileOptions,
  size: Float64Array,
): (x: Float64Array) => Float64Array {
  const place = new Map(names.map((name, i) => [name, i]));
  const at = (name: string): number =>
    place.get(name) ?? mistake('reconcile', `'${name}' has no value`, 'give one for each name in the totals');
  const rows = Object.entries(totals).map(([total, parts]) => ({ total: at(total), parts: parts.map(at) }));
  const by = options.by ?? 'mint';
  if (by === 'bottom-up') {
    const order = sorted(rows).reverse();
    return (x) => {
      const out = Float64Array.from(x);
      for (const { total, parts } of order) out[total] = parts.reduce((sum, i) => sum + out[i]!, 0);
      return out;
    };
  }
  if (by === 'top-down') return topDown(sorted(rows));
  const n = names.length;
  const w = covarianceOf(names, options, size);
  return (x) => {
    let held = w;
    for (let tries = 0; tries <= n; tries++) {
      const out = adjust(x, rows, held, n);
      const negative = options.nonNegative === true ? negatives(out, x) : [];
      if (negative.length === 0) return out;
      // What is below zero is held at zero: no variance, no covariance.
      x = Float64Array.from(x, (v, i) => (negative.includes(i) ? 0 : v));
      held = held.map((v, k) => (negative.includes(Math.floor(k / n)) || negative.includes(k % n) ? 0 : v));
    }
    return mistake('reconcile', 'no values above zero add up', 'give variances that leave something free');
  };
}

interface Row {
  readonly total: number;
  readonly parts: readonly number[];
}

/** Rows so that a total comes before the rows of its parts. */
function sorted(rows: readonly Row[]): Row[] {
  const byTotal = new Map(rows.map((row) => [row.total, row]));
  const out: Row[] = [];
  const state = new Map<number, 'open' | 'done'>();
  const visit = (row: Row): void => {
    if (state.get(row.total) === 'done') return;
    if (state.get(row.total) === 'open')
      mistake('reconcile', 'a total is part of itself', 'remove the circle');
    state.set(row.total, 'open');
    for (const part of row.parts) {
      const below = byTotal.get(part);
      if (below !== undefined) visit(below);
    }
    state.set(row.total, 'done');
    out.unshift(row);
  };
  rows.forEach(visit);
  return out;
}

function topDown(rows: readonly Row[]): (x: Float64Array) => Float64Array {
  const seen = new Set<number>();
  for (const { parts } of rows) {
    for (const part of parts) {
      if (seen.has(part))
        mistake('reconcile', 'a name is part of two totals', "use 'mint' for a table with two margins");
      seen.add(part);
    }
  }
  return (x) => {
    const out = Float64Array.from(x);
    for (const { total, parts } of rows) {
      const sum = parts.reduce((a, i) => a + out[i]!, 0);
      for (const i of parts) out[i] = sum === 0 ? out[total]! / parts.length : (out[i]! / sum) * out[total]!;
    }
    return out;
  };
}

const negatives = (out: Float64Array, before: Float64Array): number[] => {
  const least = -1e-9 * before.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return Array.from(out, (v, i) => (v < least ? i : -1)).filter((i) => i >= 0);
};

/** Row-major covariance of the values' errors. */
function covarianceOf(names: readonly string[], options: ReconcileOptions, size: Float64Array): Float64Array {
  const n = names.length;
  const w = new Float64Array(n * n);
  const { residuals, variances } = options;
  if (residuals === undefined) {
    names.forEach((name, i) => {
      const own = variances === undefined ? Math.abs(size[i]!) : variances[name];
      if (own === undefined || !(own >= 0))
        mistake('reconcile', `'${name}' has no variance`, 'give one for each name, 0 to keep it');
      w[i * n + i] = own!;
    });
    return w;
  }
  const columns = names.map(
    (name) =>
      residuals[name] ?? mistake('reconcile', `'${name}' has no residuals`, 'give them for each name'),
  );
  return shrunkCovariance(columns);
}

/**
 * Covariance of residuals (about zero) shrunk towards its diagonal, by the intensity of Schäfer and Strimmer (2005).
 *
 * @param columns one per variable, of one length
 */
export function shrunkCovariance(columns: readonly (readonly number[])[]): Float64Array {
  const n = columns.length;
  const length = columns[0]?.length ?? 0;
  if (length < 3 || columns.some((c) => c.length !== length)) {
    mistake(
      'reconcile',
      'the residuals are fewer than three or differ in length',
      'give three or more of each',
    );
  }
  const sd = columns.map((c) => Math.sqrt(c.reduce((sum, e) => sum + e * e, 0) / length));
  const w = new Float64Array(n * n);
  let spread = 0;
  let squares = 0;
  const correlation = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let mean = 0;
      let square = 0;
      for (let t = 0; t < length; t++) {
        const product = (columns[i]![t]! / sd[i]!) * (columns[j]![t]! / sd[j]!) || 0;
        mean += product / length;
        square += (product * product) / length;
      }
      correlation[i * n + j] = mean;
      spread += (square - mean * mean) / (length - 1);
      squares += mean * mean;
    }
  }
  const intensity = squares > 0 ? Math.min(1, Math.max(0, spread / squares)) : 1;
  for (let i = 0; i < n; i++) {
    w[i * n + i] = sd[i]! ** 2;
    for (let j = 0; j < i; j++) {
      const value = (1 - intensity) * correlation[i * n + j]! * sd[i]! * sd[j]!;
      w[i * n + j] = value;
      w[j * n + i] = value;
    }
  }
  return w;
}

/** x - W C' (C W C')^-1 C x, for C the rows total - parts: the least-variance coherent values. */
function adjust(x: Float64Array, rows: readonly Row[], w: Float64Array, n: number): Float64Array {
  const k = rows.length;
  const apply = (row: Row, v: (i: number) => number): number =>
    v(row.total) - row.parts.reduce((sum, i) => sum + v(i), 0);
  const wc = rows.map((row) => Float64Array.from({ length: n }, (_, i) => apply(row, (j) => w[i * n + j]!)));
  const gram = rows.map((row) => wc.map((column) => apply(row, (i) => column[i]!)));
  const gap = rows.map((row) => apply(row, (i) => x[i]!));
  const size = x.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const multipliers = solveConsistent(gram, gap, 1e-9 * size);
  return x.map((value, i) => {
    let out = value;
    for (let r = 0; r < k; r++) out -= wc[r]![i]! * multipliers[r]!;
    return out;
  });
}

/** Solve a positive semidefinite system whose dependent rows must agree (two margins share their grand total). */
function solveConsistent(gram: number[][], right: number[], tolerance: number): Float64Array {
  const k = gram.length;
  const a = gram.map((row, i) => [...row, right[i]!]);
  const pivotOf = new Int32Array(k).fill(-1);
  const largest = Math.max(...gram.map((row, i) => row[i]!), 0);
  const used = new Set<number>();
  for (let step = 0; step < k; step++) {
    let best = -1;
    for (let i = 0; i < k; i++) if (!used.has(i) && (best < 0 || a[i]![i]! > a[best]![best]!)) best = i;
    if (best < 0 || a[best]![best]! <= 1e-12 * largest) break;
    used.add(best);
    pivotOf[best] = best;
    for (let i = 0; i < k; i++) {
      if (i === best) continue;
      const factor = a[i]![best]! / a[best]![best]!;
      if (factor !== 0) for (let j = 0; j <= k; j++) a[i]![j]! -= factor * a[best]![j]!;
    }
  }
  for (let i = 0; i < k; i++) {
    if (!used.has(i) && Math.abs(a[i]![k]!) > tolerance) {
      mistake('reconcile', 'the values that are kept contradict each other', 'leave more of them free');
    }
  }
  return Float64Array.from({ length: k }, (_, i) => (used.has(i) ? a[i]![k]! / a[i]![i]! : 0));
}
