import { mistake, shown } from '../mistake.ts';
import { leastSquares } from './least-squares.ts';
import { matrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** Least squares within bounds. */
export interface BoundedLeastSquares {
  readonly solution: Float64Array;
  /** b - A x. */
  readonly residuals: Float64Array;
  /** Per variable: -1 at its lower bound, 1 at its upper bound, 0 in between. */
  readonly at: Int8Array;
  /** Minus the gradient, A'(b - A x): at a lower bound at most 0, at an upper bound at least 0, else 0. */
  readonly pressure: Float64Array;
}

/**
 * Minimise |A x - b| with every variable within its bounds: BVLS, the active-set method of Stark and Parker (1995),
 * "Bounded-variable least-squares: an algorithm and applications", Computational Statistics 10.
 *
 * With dependent columns the minimum is reached by a basic solution, which is one of many; append rows with small
 * weights (ridge) to choose another.
 *
 * @param lower one per column, -Infinity for none
 * @param upper one per column, Infinity for none; equal to the lower bound to fix a variable
 * @throws RangeError when lengths differ, a lower bound is above its upper one, or a value is not finite
 * @example boundedLeastSquares(fromRows([[1, 0], [0, 1]]), [3, -1], [0, 0], [2, 2]).solution // [2, 0]
 */
export function boundedLeastSquares(
  a: Matrix,
  b: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): BoundedLeastSquares {
  const n = a.cols;
  check(a, b, lower, upper);
  const at = new Int8Array(n);
  const solution = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    at[j] = lower[j]! > -Infinity ? -1 : upper[j]! < Infinity ? 1 : 0;
    solution[j] = at[j] === -1 ? lower[j]! : at[j] === 1 ? upper[j]! : 0;
  }
  // A variable released from a bound and sent straight back by rounding must not be released again at once.
  const refused = new Uint8Array(n);
  settle(a, b, lower, upper, at, solution);
  for (let round = 0; round < 10 * n + 20; round++) {
    const { residuals, pressure, noise } = gradient(a, b, solution);
    let release = -1;
    let strongest = 0;
    for (let j = 0; j < n; j++) {
      if (at[j] === 0 || refused[j] === 1 || lower[j] === upper[j]) continue;
      const inward = -at[j]! * pressure[j]!;
      if (inward > noise[j]! && inward / (noise[j]! || 1) > strongest)
        [release, strongest] = [j, inward / (noise[j]! || 1)];
    }
    if (release < 0) {
      for (let j = 0; j < n; j++) if (at[j] === 0) pressure[j] = 0;
      return { solution, residuals, at, pressure };
    }
    const before = at[release]!;
    const held = Float64Array.from(solution);
    at[release] = 0;
    settle(a, b, lower, upper, at, solution);
    const moved = solution[release]! - held[release]!;
    if (at[release] === before || moved * before > 0) refused[release] = 1;
    else refused.fill(0);
  }
  return mistake(
    'boundedLeastSquares',
    `no end after ${10 * n + 20} rounds`,
    'scale the columns to similar sizes',
  );
}

/** Least squares over the free variables, stopping at bounds on the way until all free ones lie inside. */
function settle(
  a: Matrix,
  b: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  at: Int8Array,
  solution: Float64Array,
): void {
  for (;;) {
    const free: number[] = [];
    at.forEach((bound, j) => bound === 0 && free.push(j));
    if (free.length === 0) return;
    const wanted = solveFree(a, b, free, solution);
    let step = 1;
    let stop = -1;
    free.forEach((j, k) => {
      const target = wanted[k]!;
      const bound = target < lower[j]! ? lower[j]! : target > upper[j]! ? upper[j]! : target;
      if (bound === target) return;
      const share = (bound - solution[j]!) / (target - solution[j]!);
      if (stop < 0 || share < step) [step, stop] = [Math.max(0, share), j];
    });
    free.forEach((j, k) => {
      solution[j] = step === 1 && stop < 0 ? wanted[k]! : solution[j]! + step * (wanted[k]! - solution[j]!);
    });
    if (stop < 0) return;
    const toLower = wanted[free.indexOf(stop)]! < lower[stop]!;
    at[stop] = toLower ? -1 : 1;
    solution[stop] = toLower ? lower[stop]! : upper[stop]!;
  }
}

/** The free variables' least-squares values with the others held; dependent ones keep their value. */
function solveFree(
  a: Matrix,
  b: ArrayLike<number>,
  free: readonly number[],
  solution: Float64Array,
): Float64Array {
  const x = matrix(a.rows, free.length);
  const y = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    let sum = b[i]!;
    for (let j = 0; j < a.cols; j++) sum -= a.data[i * a.cols + j]! * solution[j]!;
    y[i] = sum;
    free.forEach((j, k) => (x.data[i * free.length + k] = a.data[i * a.cols + j]!));
  }
  // Solving for the change leaves a dependent column, whose coefficient is zero, where it was.
  return leastSquares(x, y).coefficients.map((change, k) => solution[free[k]!]! + change);
}

/** The residuals, minus the gradient, and the size of rounding in each component of it. */
function gradient(a: Matrix, b: ArrayLike<number>, solution: Float64Array) {
  const residuals = new Float64Array(a.rows);
  const pressure = new Float64Array(a.cols);
  const noise = new Float64Array(a.cols);
  for (let i = 0; i < a.rows; i++) {
    let sum = b[i]!;
    let terms = Math.abs(b[i]!);
    for (let j = 0; j < a.cols; j++) {
      const term = a.data[i * a.cols + j]! * solution[j]!;
      sum -= term;
      terms += Math.abs(term);
    }
    residuals[i] = sum;
    for (let j = 0; j < a.cols; j++) {
      pressure[j]! += a.data[i * a.cols + j]! * sum;
      noise[j]! += Math.abs(a.data[i * a.cols + j]!) * terms;
    }
  }
  for (let j = 0; j < a.cols; j++) noise[j]! *= (a.rows + a.cols) * Number.EPSILON;
  return { residuals, pressure, noise };
}

function check(a: Matrix, b: ArrayLike<number>, lower: ArrayLike<number>, upper: ArrayLike<number>): void {
  const call = 'boundedLeastSquares';
  if (b.length !== a.rows) mistake(call, `b has ${b.length} values for ${a.rows} rows`, 'give one per row');
  if (lower.length !== a.cols || upper.length !== a.cols) {
    mistake(
      call,
      `there are ${lower.length} lower and ${upper.length} upper bounds for ${a.cols} variables`,
      'give one per column',
    );
  }
  for (let j = 0; j < a.cols; j++) {
    if (!(lower[j]! <= upper[j]!) || lower[j] === Infinity || upper[j] === -Infinity) {
      mistake(
        call,
        `variable ${j} has bounds ${shown(lower[j])} to ${shown(upper[j])}`,
        'give a lower bound at or below the upper one',
      );
    }
  }
}
