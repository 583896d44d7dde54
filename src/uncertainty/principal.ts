import type { Draws } from './draws.ts';
import type { Outcome } from './outcome.ts';

/**
 * Orthonormal directions in the space of the independent normals behind the factors: first those that move the outputs,
 * the strongest rest first, then the others. With the best coordinates of a Sobol' sequence along them, a target's edge
 * cuts one or two coordinates, and its probability converges far faster (principal components of the outcome's linear
 * part, in the triangular form of Imai and Tan 2006). From differences one standard deviation to either side of the
 * medians, by additions and square roots alone, so that every machine finds the same bits.
 *
 * @param outputs the outputs that count; all of them when absent
 * @returns one row per direction, or undefined where a difference is not finite
 */
export function principalDirections<F extends string, O extends string>(
  outcome: Outcome<F, O>,
  draws: Draws<F>,
  outputs: readonly string[] | undefined,
): Float64Array[] | undefined {
  const columns = outcome.factors.map((name) => draws.columns[name]);
  const d = columns.length;
  const size = columns[0]?.length ?? 0;
  const slopes = new Map<string, Float64Array>();
  const perCall = Math.max(1, Math.floor(size / 2));
  for (let from = 0; from < d; from += perCall) {
    const some = Math.min(perCall, d - from);
    for (const column of columns) column.fill(0);
    for (let k = 0; k < some; k++) {
      columns[from + k]![2 * k] = 1;
      if (size > 1) columns[from + k]![2 * k + 1] = -1;
    }
    draws.fromIndependent(Math.min(size, 2 * some));
    const results = outcome.evaluate(draws.columns, Math.min(size, 2 * some));
    for (const name of Object.keys(results) as O[]) {
      if (outputs !== undefined && !outputs.includes(name)) continue;
      const own = slopes.get(name) ?? new Float64Array(d);
      slopes.set(name, own);
      for (let k = 0; k < some; k++) own[from + k] = results[name][2 * k]! - (results[name][2 * k + 1] ?? 0);
    }
  }
  const rows: Float64Array[] = [];
  const rest = [...slopes.values()].map(unit);
  if (rest.some((slope) => !slope.every(Number.isFinite))) return undefined;
  // The outputs' own directions first, each less what is in those before it; then the axes.
  while (rest.length > 0) {
    addDirection(rows, rest.splice(largest(rest.map((slope) => remainder(rows, slope))), 1)[0]!);
  }
  for (let k = 0; k < d; k++)
    addDirection(
      rows,
      Float64Array.from({ length: d }, (_, j) => (j === k ? 1 : 0)),
    );
  return rows;
}

function unit(slope: Float64Array): Float64Array {
  const length = Math.sqrt(slope.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? slope : slope.map((value) => value / length);
}

/** Gram-Schmidt, twice for accuracy: the part of a direction that is not in the rows becomes the next row. */
function addDirection(rows: Float64Array[], direction: Float64Array): void {
  if (rows.length === direction.length) return;
  const once = less(rows, direction);
  const length = norm(once);
  if (length < 1e-6) return;
  rows.push(unit(less(rows, once)));
}

function less(rows: readonly Float64Array[], direction: Float64Array): Float64Array {
  const rest = direction.slice();
  for (const row of rows) {
    const along = row.reduce((sum, value, j) => sum + value * rest[j]!, 0);
    for (let j = 0; j < rest.length; j++) rest[j] = rest[j]! - along * row[j]!;
  }
  return rest;
}

function remainder(rows: readonly Float64Array[], direction: Float64Array): number {
  return norm(less(rows, direction));
}

function norm(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
}

function largest(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best]! ? k : best), 0);
}
