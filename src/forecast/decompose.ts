/** A series as trend, season and what is left; the three add up to it (or multiply to it where `multiplicative`). */
export interface Decomposition {
  readonly trend: Float64Array;
  readonly season: Float64Array;
  readonly rest: Float64Array;
}

/**
 * Trend and season by loess (Cleveland, Cleveland, McRae and Terpenning 1990), additive and not robust.
 *
 * Two inner passes, seasonal window 11 by default, trend window the least odd number above 1.5 m / (1 - 1.5 / window),
 * low-pass window the least odd number from m, local lines for trend and low-pass and local means for the season;
 * loess is evaluated at each tenth of a window and interpolated between, as in the original program.
 *
 * @param y at least two cycles of numbers
 * @param m periods in a cycle
 * @param window of the seasonal smoother, an odd number of cycles
 */
export function stl(y: Float64Array, m: number, window = 11): Decomposition {
  const n = y.length;
  const trendWindow = odd(Math.ceil((1.5 * m) / (1 - 1.5 / window)));
  const lowWindow = odd(m);
  const trend = new Float64Array(n);
  const season = new Float64Array(n);
  const extended = new Float64Array(n + 2 * m);
  for (let pass = 0; pass < 2; pass++) {
    for (let place = 0; place < m; place++) {
      const count = Math.floor((n - 1 - place) / m) + 1;
      const sub = new Float64Array(count);
      for (let i = 0; i < count; i++) sub[i] = y[place + i * m]! - trend[place + i * m]!;
      const smooth = loess(sub, window, 0, Math.ceil(window / 10), 1);
      for (let i = 0; i < count + 2; i++) extended[place + i * m] = smooth[i]!;
    }
    const averaged = movingAverage(movingAverage(movingAverage(extended, m), m), 3);
    const low = loess(averaged, lowWindow, 1, Math.ceil(lowWindow / 10), 0);
    for (let t = 0; t < n; t++) season[t] = extended[t + m]! - low[t]!;
    const adjusted = y.map((value, t) => value - season[t]!);
    trend.set(loess(adjusted, trendWindow, 1, Math.ceil(trendWindow / 10), 0));
  }
  return { trend, season, rest: y.map((value, t) => value - trend[t]! - season[t]!) };
}

const odd = (x: number): number => (x % 2 === 0 ? x + 1 : x);

function movingAverage(x: Float64Array, width: number): Float64Array {
  const out = new Float64Array(x.length - width + 1);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i]!;
    if (i >= width) sum -= x[i - width]!;
    if (i >= width - 1) out[i - width + 1] = sum / width;
  }
  return out;
}

/** Loess at whole steps (with `beyond` steps before and after), evaluated at each `jump` and interpolated between. */
function loess(y: Float64Array, window: number, degree: 0 | 1, jump: number, beyond: 0 | 1): Float64Array {
  const n = y.length;
  const out = new Float64Array(n + 2 * beyond);
  const at = (x: number): number => loessAt(y, window, degree, x);
  let last = 0;
  for (let i = 0; i < n; i += jump) {
    out[i + beyond] = at(i);
    last = i;
  }
  if (last !== n - 1) out[n - 1 + beyond] = at(n - 1);
  for (let i = 0; i < n - 1; i += jump) {
    const next = Math.min(i + jump, n - 1);
    const [a, b] = [out[i + beyond]!, out[next + beyond]!];
    for (let j = i + 1; j < next; j++) out[j + beyond] = a + ((b - a) * (j - i)) / (next - i);
  }
  if (beyond === 1) {
    out[0] = at(-1);
    out[n + 1] = at(n);
  }
  return out;
}

function loessAt(y: Float64Array, window: number, degree: 0 | 1, x: number): number {
  const n = y.length;
  const width = Math.min(window, n);
  const left = Math.min(Math.max(0, Math.round(x) - ((width - 1) >> 1)), n - width);
  const right = left + width - 1;
  let reach = Math.max(x - left, right - x);
  if (window > n) reach += (window - n) >> 1;
  const [near, far] = [0.001 * reach, 0.999 * reach];
  let sum = 0;
  let mean = 0;
  const weights: number[] = [];
  for (let i = left; i <= right; i++) {
    const distance = Math.abs(i - x);
    const w = distance > far ? 0 : distance <= near ? 1 : (1 - (distance / reach) ** 3) ** 3;
    weights.push(w);
    sum += w;
    mean += w * i;
  }
  if (sum === 0) return y[Math.min(n - 1, Math.max(0, Math.round(x)))]!;
  mean /= sum;
  let spread = 0;
  for (let i = left; i <= right; i++) spread += (weights[i - left]! / sum) * (i - mean) ** 2;
  // A local line only where the points spread enough to carry one.
  const tilt = degree === 1 && Math.sqrt(spread) > 0.001 * (n - 1) ? (x - mean) / spread : 0;
  let value = 0;
  for (let i = left; i <= right; i++) value += (weights[i - left]! / sum) * (1 + tilt * (i - mean)) * y[i]!;
  return value;
}

/**
 * How strong the season is, from 0 to 1: one minus the variance of the rest over that of season and rest (Wang, Smith
 * and Hyndman 2006). Above 0.64 a seasonal difference pays.
 */
export function seasonalStrength(y: Float64Array, m: number): number {
  if (m < 2 || y.length < 2 * m + 1) return 0;
  const { season, rest } = stl(y, m);
  const both = variance(season.map((value, t) => value + rest[t]!));
  return both > 0 ? Math.max(0, 1 - variance(rest) / both) : 0;
}

function variance(x: Float64Array): number {
  let mean = 0;
  for (const value of x) mean += value / x.length;
  let sum = 0;
  for (const value of x) sum += (value - mean) ** 2;
  return x.length > 1 ? sum / (x.length - 1) : 0;
}

/**
 * The seasonal figure of classical decomposition: mean ratio (or difference) to a centred moving average by place,
 * adjusted to mean 1 (or 0). `figure[i]` belongs to the observations i, i + m, and so on.
 */
export function seasonalFigure(y: Float64Array, m: number, multiplicative: boolean): Float64Array {
  const n = y.length;
  const half = m >> 1;
  const even = m % 2 === 0;
  const sums = new Float64Array(m);
  const counts = new Float64Array(m);
  for (let t = half; t + half < n; t++) {
    let average = 0;
    for (let j = -half; j <= half; j++)
      average += y[t + j]! * (even && (j === half || j === -half) ? 0.5 : 1);
    average /= m;
    sums[t % m]! += multiplicative ? y[t]! / average : y[t]! - average;
    counts[t % m]! += 1;
  }
  const means = sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : multiplicative ? 1 : 0));
  let mean = 0;
  for (const value of means) mean += value / m;
  return means.map((value) => (multiplicative ? value / mean : value - mean));
}

/**
 * Whether a series is seasonal by the test of the theta method: its autocorrelation at lag m against its standard
 * error at 90 % (Assimakopoulos and Nikolopoulos 2000).
 */
export function isSeasonal(y: Float64Array, m: number): boolean {
  const n = y.length;
  if (m < 2 || n <= 2 * m) return false;
  let mean = 0;
  for (const value of y) mean += value / n;
  let c0 = 0;
  for (const value of y) c0 += (value - mean) ** 2;
  if (c0 <= 1e-24 * mean * mean * n) return false;
  let sum = 0;
  let last = 0;
  for (let k = 1; k <= m; k++) {
    let c = 0;
    for (let t = k; t < n; t++) c += (y[t]! - mean) * (y[t - k]! - mean);
    last = c / c0;
    if (k < m) sum += last * last;
  }
  return Math.abs(last) / Math.sqrt((1 + 2 * sum) / n) > 1.6448536269514722;
}
