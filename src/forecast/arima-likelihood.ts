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

/**
 * Run the exact Gaussian filter of a stationary ARMA process over columns of numbers: all are filtered with the same
 * gains, so that a mean, a drift or regressors can be estimated by least squares on the filtered columns.
 *
 * Chandrasekhar recursions (Morf, Sidhu and Kailath 1974; Pearlman 1980): the first change of the state covariance has
 * rank one, so that a step costs a few multiplications per state and no matrix is ever formed.
 *
 * @param arma a stationary process
 * @param columns of one length; the first is the series
 * @returns undefined when the process is not stationary
 */
export function innovations(arma: Arma, columns: readonly Float64Array[]): Innovations | undefined {
  const { ar, ma } = arma;
  const p = ar.length;
  const q = ma.length;
  const r = Math.max(p, q + 1);
  const n = columns[0]!.length;
  const count = columns.length;
  const cov = stateCovariance(arma, r);
  if (cov === undefined) return undefined;
  let f = cov[0]!;
  const gain = new Float64Array(r + 1);
  const change = new Float64Array(r + 1);
  for (let i = 0; i < r; i++) {
    gain[i] = (i < p ? ar[i]! * f : 0) + (i + 1 < r ? cov[i + 1]! : 0);
    change[i] = gain[i]!;
  }
  let inner = -1 / f;
  let logs = 0;
  let product = 1;
  let steady = false;
  const states = columns.map(() => new Float64Array(r + 1));
  const errors = columns.map(() => new Float64Array(n));
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

/** Covariances of the state's elements with its first, for an innovation variance of 1; undefined when not stationary. */
function stateCovariance({ ar, ma }: Arma, r: number): Float64Array | undefined {
  const p = ar.length;
  const q = ma.length;
  const lags = r + q + 1;
  const gamma = new Float64Array(lags + 1);
  const steps = stepDown(ar);
  if (steps === undefined) return undefined;
  let variance = 1;
  for (let j = 0; j < p; j++) variance /= 1 - steps.partial[j]! ** 2;
  gamma[0] = variance;
  let v = variance;
  for (let j = 1; j <= lags; j++) {
    let sum = 0;
    if (j <= p) {
      const row = steps.rows[j - 1]!;
      for (let i = 1; i < j; i++) sum += row[i - 1]! * gamma[j - i]!;
      sum += steps.partial[j - 1]! * v;
      v *= 1 - steps.partial[j - 1]! ** 2;
    } else for (let i = 1; i <= p; i++) if (ar[i - 1] !== 0) sum += ar[i - 1]! * gamma[j - i]!;
    gamma[j] = sum;
  }
  const theta = new Float64Array(r);
  theta[0] = 1;
  for (let j = 0; j < q; j++) theta[j + 1] = ma[j]!;
  const y = new Float64Array(r + 1);
  for (let d = 0; d <= q; d++) {
    let c = 0;
    for (let j = 0; j + d <= q; j++) c += theta[j]! * theta[j + d]!;
    if (c === 0) continue;
    for (let k = 0; k <= r; k++) {
      y[k]! += c * gamma[Math.abs(k - d)]!;
      if (d > 0) y[k]! += c * gamma[k + d]!;
    }
  }
  const psi = psiWeights({ ar, ma }, r);
  const cov = new Float64Array(r);
  cov[0] = y[0]!;
  for (let j = 1; j < r; j++) {
    const a = j < p ? ar[j]! : 0;
    const b = theta[j]!;
    if (a !== 0) for (let i = 1; i <= j; i++) cov[i]! += a * y[j - i + 1]!;
    if (b !== 0) for (let i = 1; i <= j; i++) cov[i]! += b * psi[j - i]!;
  }
  return cov;
}

/** Levinson's recursion run backwards: partial autocorrelations and the prediction coefficients of each lower order. */
function stepDown(ar: Float64Array): { partial: Float64Array; rows: Float64Array[] } | undefined {
  const p = ar.length;
  const partial = new Float64Array(p);
  // rows[j] holds the coefficients of order j, that is the ones used to predict before partial[j] is known.
  const rows: Float64Array[] = [];
  let current = ar;
  for (let j = p; j >= 1; j--) {
    const k = current[j - 1]!;
    if (!(Math.abs(k) < 1)) return undefined;
    partial[j - 1] = k;
    const lower = new Float64Array(j - 1);
    const scale = 1 / (1 - k * k);
    for (let i = 0; i < j - 1; i++) lower[i] = (current[i]! + k * current[j - 2 - i]!) * scale;
    rows[j - 1] = lower;
    current = lower;
  }
  return { partial, rows };
}

/** Whether all roots of 1 - ar[0] z - ar[1] z^2 ... lie outside the circle of the given radius. */
export function rootsOutside(ar: Float64Array, radius: number): boolean {
  return stepDown(ar.map((value, i) => value * Math.pow(radius, i + 1))) !== undefined;
}

/** Moving-average weights of a process: what one unit of error does, 0, 1, ... `count - 1` periods on. */
export function psiWeights({ ar, ma }: Arma, count: number): Float64Array {
  const psi = new Float64Array(count);
  if (count > 0) psi[0] = 1;
  for (let j = 1; j < count; j++) {
    let sum = j <= ma.length ? ma[j - 1]! : 0;
    for (let i = 1; i <= Math.min(j, ar.length); i++) sum += ar[i - 1]! * psi[j - i]!;
    psi[j] = sum;
  }
  return psi;
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
