import { mistake } from '../mistake.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { fromRows, matrix, multiplyVector } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { qr } from '../numeric/qr.ts';
import type { Restriction } from './mdl-restriction.ts';

/** A linear regression y = X b + e with names for the columns. */
export interface Sample {
  readonly names: readonly string[];
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** Coefficients with (X'X)^-1 of the fit under its restrictions; the residuals are y - X b. */
export interface Fit {
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  readonly gramInverse: Matrix;
  /** Coefficients less independent restrictions. */
  readonly free: number;
}

/**
 * Ordinary least squares under exact linear restrictions R b = r.
 *
 * The restrictions are solved for as many coefficients as they bind, b = b0 + N z, and y - X b0 is regressed on X N: the
 * restrictions then hold to rounding, whatever the scale of the data (Greene, Econometric Analysis, 5.3).
 *
 * @throws RangeError when regressors are collinear, naming them, or restrictions contradict each other
 */
export function restrictedLeastSquares(
  call: string,
  { names, x, y }: Sample,
  restrictions: readonly Restriction[],
): Fit {
  const space = restrictedSpace(call, names, restrictions);
  const { start, basis } = space;
  const z = basis.cols;
  const reduced = matrix(x.rows, z);
  const moved = new Float64Array(y);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.cols; j++) {
      const value = x.data[i * x.cols + j]!;
      moved[i]! -= value * start[j]!;
      for (let k = 0; k < z; k++) reduced.data[i * z + k]! += value * basis.data[j * z + k]!;
    }
  }
  if (z === 0) return { coefficients: start, residuals: moved, gramInverse: matrix(x.cols, x.cols), free: 0 };
  const { coefficients, residuals, dropped, gramInverse } = leastSquares(reduced, moved);
  if (dropped.length > 0) {
    const columns = dropped.map((k) => names[space.free[k]!]!).join(', ');
    mistake(
      call,
      `the regressor of ${columns} depends on the others in this sample`,
      'leave one out, or take a longer sample',
    );
  }
  const found = multiplyVector(basis, coefficients);
  for (let j = 0; j < found.length; j++) found[j]! += start[j]!;
  return { coefficients: found, residuals, gramInverse: congruence(basis, gramInverse), free: z };
}

/** All b with R b = r, as b0 + N z where z are the coefficients that stay free. */
function restrictedSpace(
  call: string,
  names: readonly string[],
  restrictions: readonly Restriction[],
): { start: Float64Array; basis: Matrix; free: readonly number[] } {
  const n = names.length;
  // Gauss-Jordan with full pivoting on [R r]: a handful of rows of small whole numbers, mostly.
  const rows = restrictions.map(({ weights, value }) =>
    Float64Array.from([...names.map((name) => weights[name] ?? 0), value]),
  );
  const scale = Math.max(0, ...rows.map((row) => Math.max(...row.subarray(0, n).map(Math.abs))));
  const bound: number[] = [];
  for (let step = 0; step < rows.length; step++) {
    let [at, column, largest] = [step, -1, 1e-12];
    for (let i = step; i < rows.length; i++) {
      for (let j = 0; j < n; j++) {
        const size = Math.abs(rows[i]![j]!) / scale;
        if (size > largest) [at, column, largest] = [i, j, size];
      }
    }
    if (column < 0) {
      const left = rows.slice(step).findIndex((row) => Math.abs(row[n]!) > 1e-12);
      if (left >= 0)
        mistake(call, `the restrictions on ${names.join(', ')} contradict each other`, 'remove one of them');
      break;
    }
    [rows[step], rows[at]] = [rows[at]!, rows[step]!];
    const pivot = rows[step]!;
    const divisor = pivot[column]!;
    for (let j = 0; j <= n; j++) pivot[j]! /= divisor;
    for (const [i, row] of rows.entries()) {
      const factor = row[column]!;
      if (i === step || factor === 0) continue;
      for (let j = 0; j <= n; j++) row[j]! -= factor * pivot[j]!;
    }
    bound.push(column);
  }
  const free = names.map((_, j) => j).filter((j) => !bound.includes(j));
  const start = new Float64Array(n);
  const basis = matrix(n, free.length);
  for (const [k, j] of free.entries()) basis.data[j * free.length + k] = 1;
  for (const [i, j] of bound.entries()) {
    start[j] = rows[i]![n]!;
    for (const [k, f] of free.entries()) basis.data[j * free.length + k] = -rows[i]![f]!;
  }
  return { start, basis, free };
}

/** N G N'. */
function congruence(basis: Matrix, gram: Matrix): Matrix {
  const { rows: n, cols: z, data } = basis;
  const half = matrix(n, z);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < z; k++)
      for (let l = 0; l < z; l++) half.data[i * z + k]! += data[i * z + l]! * gram.data[l * z + k]!;
  const result = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < z; k++) result.data[i * n + j]! += half.data[i * z + k]! * data[j * z + k]!;
  return result;
}

/**
 * Two-stage least squares: every regressor is replaced by its projection on the instruments. The residuals are those of
 * the regressors themselves, y - X b.
 *
 * @throws RangeError when there are fewer independent instruments than coefficients
 */
export function instrumentalFit(
  call: string,
  sample: Sample,
  instruments: Matrix,
  restrictions: readonly Restriction[],
): Fit {
  const { x, y, names } = sample;
  const { rank } = qr(instruments);
  if (rank < x.cols)
    mistake(call, `${rank} independent instruments for ${x.cols} coefficients`, 'give more instruments');
  const projected = matrix(x.rows, x.cols);
  for (let j = 0; j < x.cols; j++) {
    const column = Float64Array.from({ length: x.rows }, (_, i) => x.data[i * x.cols + j]!);
    const { residuals } = leastSquares(instruments, column);
    for (let i = 0; i < x.rows; i++) projected.data[i * x.cols + j] = column[i]! - residuals[i]!;
  }
  const fit = restrictedLeastSquares(call, { names, x: projected, y }, restrictions);
  const fitted = multiplyVector(x, fit.coefficients);
  return { ...fit, residuals: y.map((value, i) => value - fitted[i]!) };
}

/** A fit with an autoregressive error: of the quasi-differenced sample, and the coefficients of the process. */
export interface AutoregressiveFit extends Fit {
  readonly rho: Float64Array;
  readonly sample: Sample;
}

/**
 * Least squares with an autoregressive error by Cochrane and Orcutt's iteration (1949, JASA 44): residuals give the
 * process, the quasi-differenced sample the coefficients, until the process settles.
 *
 * @param sample begins `order` observations before the sample that is fitted
 * @param tolerance largest change of the process' coefficients at which it has settled
 * @throws RangeError when it does not settle in 1000 rounds
 */
export function cochraneOrcutt(
  call: string,
  sample: Sample,
  order: number,
  tolerance: number,
  fit: (sample: Sample) => Fit,
): AutoregressiveFit {
  let rho = processOf(call, fit(sample).residuals, order);
  let change = Infinity;
  for (let round = 0; round < 1000; round++) {
    const differenced = quasiDifference(sample, rho);
    const found = fit(differenced);
    if (change < tolerance) return { ...found, rho, sample: differenced };
    const fitted = multiplyVector(sample.x, found.coefficients);
    const residuals = sample.y.map((value, i) => value - fitted[i]!);
    const next = processOf(call, residuals, order);
    const last = rho;
    change = Math.max(...next.map((value, k) => Math.abs(value - last[k]!)));
    rho = next;
  }
  return mistake(
    call,
    `the autoregressive error of order ${order} does not settle`,
    'take a longer sample or a lower order',
  );
}

function processOf(call: string, residuals: Float64Array, order: number): Float64Array {
  const rows = Array.from({ length: residuals.length - order }, (_, i) =>
    Array.from({ length: order }, (_lag, k) => residuals[i + order - 1 - k]!),
  );
  const { coefficients, dropped } = leastSquares(fromRows(rows), residuals.subarray(order));
  if (dropped.length > 0)
    mistake(call, 'the residuals are too few or too regular for the order of the error', 'lower the order');
  return coefficients;
}

function quasiDifference({ names, x, y }: Sample, rho: Float64Array): Sample {
  const n = x.rows - rho.length;
  const shifted = (data: Float64Array, cols: number): Float64Array =>
    Float64Array.from({ length: n * cols }, (_, at) => {
      let value = data[at + rho.length * cols]!;
      for (let k = 0; k < rho.length; k++) value -= rho[k]! * data[at + (rho.length - 1 - k) * cols]!;
      return value;
    });
  return { names, x: { rows: n, cols: x.cols, data: shifted(x.data, x.cols) }, y: shifted(y, 1) };
}
