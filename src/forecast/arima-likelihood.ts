/** An ARMA process by its expanded polynomials: w[t] = sum ar[i] w[t-1-i] + e[t] + sum ma[j] e[t-1-j]. */
export interface Arma {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
}

/** Exact one-step errors of an ARMA process, for several columns at once, and the relative variances of the first. */
export interface Innovations {
  /** Sum of the logs of the relative variances. */
  readonly logs: number;
  /** `errors[c][t]`: each column's error over the square root of its relative variance. */
  readonly errors: readonly Float64Array[];
  /** `states[c]`: the predicted state after the last observation; its first element forecasts the next value. */
  readonly states: readonly Float64Array[];
}

/** Room for the filter of one model, so that evaluating its likelihood again and again allocates nothing. */
export interface FilterRoom {
  readonly gain: Float64Array;
  readonly change: Float64Array;
  readonly covariance: Float64Array;
  readonly theta: Float64Array;
  readonly psi: Float64Array;
  readonly own: Float64Array;
  readonly autocovariance: Float64Array;
  readonly partial: Float64Array;
  /** Prediction coefficients of each lower order, one row of length p after another. */
  readonly lower: Float64Array;
  readonly states: readonly Float64Array[];
  readonly errors: readonly Float64Array[];
}

/** Room for polynomials of orders p and q over columns of n numbers. */
export function filterRoom(p: number, q: number, columns: number, n: number): FilterRoom {
  const r = Math.max(p, q + 1);
  const room = (size: number): Float64Array => new Float64Array(size);
  const each = (size: number): Float64Array[] => Array.from({ length: columns }, () => room(size));
  return {
    gain: room(r + 1),
    change: room(r + 1),
    covariance: room(r + 1),
    theta: room(r + 1),
    psi: room(r + 1),
    own: room(r + 1),
    autocovariance: room(r + q + 2),
    partial: room(p),
    lower: room(p * p),
    states: each(r + 1),
    errors: each(n),
  };
}

/**
 * Run the exact Gaussian filter of a stationary ARMA process over columns of numbers: all are filtered with the same
 * gains, so that a mean, a drift or regressors can be estimated by least squares on the filtered columns.
 *
 * Chandrasekhar recursions (Morf, Sidhu and Kailath 1974; Pearlman 1980): the first change of the state covariance has
 * rank one, so that a step costs a few multiplications per state and no matrix is ever formed.
 *
 * @param arma a stationary process
 * @param columns of one length; the first is the series
 * @param room to work in; the result lies in it until the next call
 * @returns undefined when the process is not stationary
 */
export function innovations(
  arma: Arma,
  columns: readonly Float64Array[],
  room: FilterRoom = filterRoom(arma.ar.length, arma.ma.length, columns.length, columns[0]!.length),
): Innovations | undefined {
  const { ar, ma } = arma;
  const p = ar.length;
  const q = ma.length;
  const r = Math.max(p, q + 1);
  const n = columns[0]!.length;
  const count = columns.length;
  if (!stateCovariance(arma, r, room)) return undefined;
  const { gain, change, covariance, states, errors } = room;
  let f = covariance[0]!;
  for (let i = 0; i < r; i++) {
    gain[i] = (i < p ? ar[i]! * f : 0) + (i + 1 < r ? covariance[i + 1]! : 0);
    change[i] = gain[i]!;
  }
  for (const state of states) state.fill(0);
  let inner = -1 / f;
  let logs = 0;
  let product = 1;
  let steady = false;
  for (let t = 0; t < n; t++) {
    // Logs of products are cheaper than sums of logs.
    product *= f;
    if (product > 1e200) {
      logs += Math.log(product);
      product = 1;
    }
    const root = 1 / Math.sqrt(f);
    for (let c = 0; c < count; c++) {
      const a = states[c]!;
      const a0 = a[0]!;
      const v = columns[c]![t]! - a0;
      errors[c]![t] = v * root;
      const scaled = v / f;
      for (let i = 0; i < p; i++) a[i] = ar[i]! * a0 + a[i + 1]! + gain[i]! * scaled;
      for (let i = p; i < r; i++) a[i] = a[i + 1]! + gain[i]! * scaled;
    }
    if (steady) continue;
    const head = change[0]!;
    const nextF = f + inner * head * head;
    const step = inner * head;
    // gain(t+1) = gain + F L M L0;  L(t+1) = F L - gain(t+1) L0 / f(t+1)
    const ratio = head / nextF;
    for (let i = 0; i < r; i++) {
      const moved = (i < p ? ar[i]! * head : 0) + change[i + 1]!;
      const g = gain[i]! + moved * step;
      gain[i] = g;
      change[i] = moved - g * ratio;
    }
    inner += (inner * inner * head * head) / f;
    f = nextF;
    if (f < 1 + 1e-10) {
      let largest = 0;
      for (let i = 0; i < r; i++) largest = Math.max(largest, Math.abs(change[i]!));
      steady = largest * largest * Math.abs(inner) < 1e-12;
    }
  }
  return { logs: logs + Math.log(product), errors, states };
}

/** Covariances of the state's elements with its first, for an innovation variance of 1; false when not stationary. */
function stateCovariance({ ar, ma }: Arma, r: number, room: FilterRoom): boolean {
  const p = ar.length;
  const q = ma.length;
  const lags = r + q + 1;
  const { autocovariance: gamma, partial, lower, theta, psi, own, covariance } = room;
  if (!stepDown(ar, partial, lower)) return false;
  let variance = 1;
  for (let j = 0; j < p; j++) variance /= 1 - partial[j]! ** 2;
  gamma[0] = variance;
  let v = variance;
  for (let j = 1; j <= lags; j++) {
    let sum = 0;
    if (j <= p) {
      const row = (j - 1) * p;
      for (let i = 1; i < j; i++) sum += lower[row + i - 1]! * gamma[j - i]!;
      sum += partial[j - 1]! * v;
      v *= 1 - partial[j - 1]! ** 2;
    } else for (let i = 1; i <= p; i++) if (ar[i - 1] !== 0) sum += ar[i - 1]! * gamma[j - i]!;
    gamma[j] = sum;
  }
  theta.fill(0);
  theta[0] = 1;
  for (let j = 0; j < q; j++) theta[j + 1] = ma[j]!;
  own.fill(0);
  for (let d = 0; d <= q; d++) {
    let c = 0;
    for (let j = 0; j + d <= q; j++) c += theta[j]! * theta[j + d]!;
    if (c === 0) continue;
    for (let k = 0; k <= r; k++) {
      own[k]! += c * gamma[Math.abs(k - d)]!;
      if (d > 0) own[k]! += c * gamma[k + d]!;
    }
  }
  fillPsi(ar, ma, psi);
  covariance.fill(0);
  covariance[0] = own[0]!;
  for (let j = 1; j < r; j++) {
    const a = j < p ? ar[j]! : 0;
    const b = theta[j]!;
    if (a !== 0) for (let i = 1; i <= j; i++) covariance[i]! += a * own[j - i + 1]!;
    if (b !== 0) for (let i = 1; i <= j; i++) covariance[i]! += b * psi[j - i]!;
  }
  return true;
}

/**
 * Levinson's recursion run backwards: fills partial autocorrelations and, in rows of `lower`, the prediction
 * coefficients of orders 0 to p - 1; false when the process is not stationary.
 */
function stepDown(ar: Float64Array, partial: Float64Array, lower: Float64Array): boolean {
  const p = ar.length;
  for (let j = p; j >= 1; j--) {
    const at = j * p;
    const k = j === p ? ar[j - 1]! : lower[at + j - 1]!;
    if (!(Math.abs(k) < 1)) return false;
    partial[j - 1] = k;
    const scale = 1 / (1 - k * k);
    const to = at - p;
    for (let i = 0; i < j - 1; i++) {
      const a = j === p ? ar[i]! : lower[at + i]!;
      const b = j === p ? ar[j - 2 - i]! : lower[at + j - 2 - i]!;
      lower[to + i] = (a + k * b) * scale;
    }
  }
  return true;
}

/** Whether all roots of 1 - ar[0] z - ar[1] z^2 ... lie outside the circle of the given radius. */
export function rootsOutside(ar: Float64Array, radius: number): boolean {
  const p = ar.length;
  const scaled = ar.map((value, i) => value * Math.pow(radius, i + 1));
  return stepDown(scaled, new Float64Array(p), new Float64Array(p * p));
}

/** Moving-average weights of a process: what one unit of error does, 0, 1, ... `count - 1` periods on. */
export function psiWeights({ ar, ma }: Arma, count: number): Float64Array {
  const psi = new Float64Array(count);
  fillPsi(ar, ma, psi);
  return psi;
}

function fillPsi(ar: Float64Array, ma: Float64Array, psi: Float64Array): void {
  if (psi.length > 0) psi[0] = 1;
  for (let j = 1; j < psi.length; j++) {
    let sum = j <= ma.length ? ma[j - 1]! : 0;
    for (let i = 1; i <= Math.min(j, ar.length); i++) sum += ar[i - 1]! * psi[j - i]!;
    psi[j] = sum;
  }
}

/** Autoregressive coefficients from partial autocorrelations, each between -1 and 1 (Durbin and Levinson). */
export function fromPartials(partial: ArrayLike<number>): Float64Array {
  const p = partial.length;
  const a = new Float64Array(p);
  const before = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    const k = partial[j]!;
    before.set(a);
    a[j] = k;
    for (let i = 0; i < j; i++) a[i] = before[i]! - k * before[j - 1 - i]!;
  }
  return a;
}
