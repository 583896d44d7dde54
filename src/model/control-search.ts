import { boundedLeastSquares } from '../numeric/bounded-least-squares.ts';
import { lu, solveLu } from '../numeric/lu.ts';
import { matrix } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { solveSvd, svd } from '../numeric/svd.ts';
import { linearise } from './linearise.ts';
import type { Run } from './solve.ts';
import type { Problem, Goal, Unknown } from './control-problem.ts';

/**
 * Gauss-Newton on the scaled problem: unknowns are moves u in units of their scale, each step solves for the whole move
 * (so that of many solutions the shortest is found), and is shortened while it does not lower the misses.
 */
export function iterate(problem: Problem, bounded: boolean): number {
  const { unknowns, goals } = problem;
  let u = Float64Array.from(
    unknowns,
    ({ start, low, high, scale }) => (Math.min(high, Math.max(low, start)) - start) / scale,
  );
  if (bounded) apply(problem, u);
  let misses = missesOf(problem);
  let best = length(misses);
  let stalled = 0;
  let idle = 0;
  let start: Float64Array | undefined;
  for (let step = 0; step < 500; step++) {
    if (best === 0) return step;
    const jacobian = jacobianOf(problem);
    // At the edge of a domain (sqrt at 0) the slope is infinite: the point found is the nearest.
    if (!jacobian.data.every(Number.isFinite)) return step;
    const aim = Float64Array.from(misses, (miss, i) => -miss + dotRow(jacobian, i, u));
    const next = solveMove(jacobian, aim, unknowns, bounded);
    const change = length(next.map((value, j) => value - u[j]!));
    const flat = jacobian.data.every((slope) => slope === 0);
    if (step === 1 && flat && start !== undefined) {
      // Aside it is flat as well: no instrument matters, and none is moved.
      apply(problem, start);
      return 0;
    }
    if (step === 0 && change === 0 && flat) {
      start = u;
      // The start is flat, as y = x^2 is at 0: a small step aside shows a slope where there is one.
      u = u.map((value, j) => value + (unknowns[j]!.high > unknowns[j]!.start ? 0.01 : -0.01));
      if (!tryApply(problem, u)) return step;
      misses = missesOf(problem);
      best = length(misses);
      continue;
    }
    const accepted = lineSearch(problem, u, next, best);
    if (accepted === undefined) {
      apply(problem, u);
      return step;
    }
    u = accepted;
    misses = missesOf(problem);
    const now = length(misses);
    // At rounding level the misses wander; two steps without gain end it.
    stalled = now < 0.5 * best ? 0 : stalled + 1;
    idle = now < 0.999 * best ? 0 : idle + 1;
    best = Math.min(best, now);
    const settled =
      change <= 1e-14 * (1 + length(u)) ||
      (now <= 1e-15 * Math.sqrt(goals.length) && unknowns.length <= goals.length);
    if (settled || (stalled >= 2 && (now <= 1e-10 || change <= 1e-10 * (1 + length(u)))) || idle >= 20)
      return step + 1;
  }
  return 500;
}

function lineSearch(
  problem: Problem,
  u: Float64Array,
  next: Float64Array,
  best: number,
): Float64Array<ArrayBuffer> | undefined {
  for (let share = 1; share > 1e-10; share /= 2) {
    const trial = Float64Array.from(u, (value, j) => value + share * (next[j]! - value));
    if (!tryApply(problem, trial)) continue;
    const now = length(missesOf(problem));
    if (now <= best * (1 - 1e-4 * share) || now <= 1e-9) return trial;
  }
  return undefined;
}

function solveMove(
  jacobian: Matrix,
  aim: Float64Array,
  unknowns: readonly Unknown[],
  bounded: boolean,
): Float64Array {
  if (!bounded && jacobian.rows === jacobian.cols) {
    const factors = lu(jacobian);
    if (factors.singularAt < 0) return solveLu(factors, aim);
  }
  // Singular values far below the largest are noise of the derivatives, not control.
  if (!bounded) return solveSvd(svd(jacobian, 1e-11), aim);
  return solveBounded(jacobian, aim, unknowns);
}

/** Within bounds: the active set from a slightly ridged problem, then the free unknowns by the shortest solution. */
function solveBounded(jacobian: Matrix, aim: Float64Array, unknowns: readonly Unknown[]): Float64Array {
  const { rows, cols } = jacobian;
  const ridge = 1e-6;
  const stacked = matrix(rows + cols, cols);
  stacked.data.set(jacobian.data);
  for (let j = 0; j < cols; j++) stacked.data[(rows + j) * cols + j] = ridge;
  const lower = unknowns.map(({ low, start, scale }) => (low - start) / scale);
  const upper = unknowns.map(({ high, start, scale }) => (high - start) / scale);
  const { solution, at } = boundedLeastSquares(
    stacked,
    [...aim, ...Array.from({ length: cols }, () => 0)],
    lower,
    upper,
  );
  const free = unknowns.flatMap((_, j) => (at[j] === 0 ? [j] : []));
  if (free.length === 0) return solution;
  const part = matrix(rows, free.length);
  const rest = aim.slice();
  for (let i = 0; i < rows; i++) {
    free.forEach((j, k) => (part.data[i * free.length + k] = jacobian.data[i * cols + j]!));
    for (let j = 0; j < cols; j++) if (at[j] !== 0) rest[i]! -= jacobian.data[i * cols + j]! * solution[j]!;
  }
  const polished = solveSvd(svd(part, 1e-11), rest);
  const inside = free.every((j, k) => polished[k]! >= lower[j]! && polished[k]! <= upper[j]!);
  if (inside) free.forEach((j, k) => (solution[j] = polished[k]!));
  return solution;
}

/** Weighted relative multipliers: how the scaled misses move with the scaled unknowns. */
export function jacobianOf({ run, model, goals, unknowns, addFactors }: Problem): Matrix {
  const { table } = run;
  const tangent = linearise('control', model, run, addFactors);
  const jacobian = matrix(goals.length, unknowns.length);
  const change = new Float64Array(table.data.length);
  for (const [j, { instrument, group, scale }] of unknowns.entries()) {
    change.fill(0);
    for (let row = group[0]; row < group[1]; row++) change[row * table.width + instrument.slot] = 1;
    tangent.forward(change, group[0]);
    for (const [i, goal] of goals.entries()) {
      jacobian.data[i * unknowns.length + j] =
        (change[goal.row * table.width + goal.slot]! * scale * goal.weight) / goal.scale;
    }
  }
  return jacobian;
}

function apply({ run, unknowns }: Problem, u: Float64Array): void {
  const { data, width, lead } = run.table;
  for (const [j, { instrument, group, start, scale, low, high }] of unknowns.entries()) {
    const value = Math.min(high, Math.max(low, start + scale * u[j]!));
    for (let row = group[0]; row < group[1]; row++) data[row * width + instrument.slot] = value;
  }
  run.solveFrom(lead);
}

/** Apply a move unless the model has no solution there. */
function tryApply(problem: Problem, u: Float64Array): boolean {
  const { data } = problem.run.table;
  const before = data.slice();
  try {
    apply(problem, u);
    return true;
  } catch {
    // Out of the model's domain: shorten the step, from where it could be solved.
    data.set(before);
    return false;
  }
}

/** By how far each goal is missed, relative to its size, weighted. */
export function missesOf({ run, goals }: Problem): Float64Array<ArrayBuffer> {
  return Float64Array.from(goals, (goal) => ((valueOf(run, goal) - goal.wanted) * goal.weight) / goal.scale);
}

/** The value that a goal's variable has in its period. */
export function valueOf({ table }: Run, goal: Goal): number {
  return table.data[goal.row * table.width + goal.slot]!;
}

function length(v: Float64Array): number {
  return Math.hypot(...v);
}

function dotRow(a: Matrix, i: number, u: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.cols; j++) sum += a.data[i * a.cols + j]! * u[j]!;
  return sum;
}
