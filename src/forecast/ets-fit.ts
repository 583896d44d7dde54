import { bfgs } from '../numeric/optimise.ts';
import type { Smooth } from '../numeric/optimise.ts';
import { etsDecode, etsEncode, etsLikelihood, etsRoom, etsSize } from './ets-likelihood.ts';
import type { EtsParameters, EtsRoom, EtsShape } from './ets-likelihood.ts';
import type { Outlook } from './outlook.ts';

/** An exponential smoothing model fitted to numbers, with the states after the last of them. */
export interface EtsFit {
  readonly shape: EtsShape;
  readonly parameters: EtsParameters;
  /** Log likelihood as R's forecast package reports it: without the constant of the normal density. */
  readonly logLikelihood: number;
  readonly aicc: number;
  /** Variance of the errors, relative ones where the error is multiplicative. */
  readonly variance: number;
  readonly level: number;
  readonly slope: number;
  /** The seasons of the next m periods, in their order. */
  readonly seasons: Float64Array;
  readonly n: number;
  readonly m: number;
  /** One-step errors on the scale of the data. */
  readonly residuals: Float64Array;
}

/** How a model is written: `'MAdN'` is multiplicative error, damped additive trend, no season. */
export function etsName(shape: EtsShape): string {
  return `${shape.error}${shape.trend}${shape.damped ? 'd' : ''}${shape.season}`;
}

/** The model that a name such as `'AAA'` or `'MAdM'` stands for, or undefined when it is none. */
export function etsShape(name: string): EtsShape | undefined {
  const match = /^([AM])([NAM])(d?)([NAM])$/.exec(name);
  if (match === null || (match[3] === 'd' && match[2] === 'N')) return undefined;
  const [, error, trend, d, season] = match as unknown as [
    string,
    'A' | 'M',
    'N' | 'A' | 'M',
    string,
    'N' | 'A' | 'M',
  ];
  return { error, trend, season, damped: d === 'd' };
}

const PLAIN = ['ANN', 'MNN', 'AAN', 'MAN', 'AAdN', 'MAdN'];
const SEASONAL = ['ANA', 'MNA', 'AAA', 'MAA', 'AAdA', 'MAdA', 'MNM', 'MAM', 'MAdM'];
const MULTIPLICATIVE = ['MMN', 'MMdN', 'MMM', 'MMdM'];
const plain = /* @__PURE__ */ PLAIN.map((name) => etsShape(name)!);
const seasonal = /* @__PURE__ */ SEASONAL.map((name) => etsShape(name)!);
const multiplicative = /* @__PURE__ */ MULTIPLICATIVE.map((name) => etsShape(name)!);

/**
 * The models worth trying on numbers: those whose forecasts have a finite variance (Hyndman et al. 2008, section 1.5
 * and chapter 15), without multiplicative errors, trends or seasons when a number is zero or negative.
 */
export function etsCandidates(y: Float64Array, m: number, multiplicativeTrend = false): EtsShape[] {
  const positive = y.every((value) => value > 0);
  const withSeason = m > 1 && m <= 24 && y.length > m + 4;
  const pool = [...plain, ...(withSeason ? seasonal : []), ...(multiplicativeTrend ? multiplicative : [])];
  return pool.filter(
    (s) =>
      (positive || (s.error === 'A' && s.trend !== 'M' && s.season !== 'M')) &&
      (withSeason || s.season === 'N'),
  );
}

/**
 * Fit every candidate and keep the one with the least AICc; undefined when none can be fitted.
 *
 * @param shrunk whether the parameters are held near usual values by a weak prior (see `withPrior`), which forecasts
 *   short histories better than the likelihood alone; the AICc is then that of the shrunk parameters
 */
export function etsSelect(
  y: Float64Array,
  m: number,
  shapes: readonly EtsShape[],
  shrunk = false,
): EtsFit | undefined {
  const room = etsRoom(scaled(y), m);
  const starts = startingStates(room);
  let best: EtsFit | undefined;
  let before: { shape: EtsShape; x: Float64Array } | undefined;
  for (const shape of shapes) {
    // With the prior there is one valley: multiplicative errors start where additive ones of the same model ended.
    const alike = before !== undefined && etsName(before.shape).slice(1) === etsName(shape).slice(1);
    const found = fitShape(y, room, shape, starts, shrunk, shrunk && alike ? before!.x : undefined);
    if (found === undefined) continue;
    before = { shape, x: found.x };
    const { fit } = found;
    if (best === undefined || fit.aicc < best.aicc) best = fit;
  }
  return best;
}

function scaleOf(y: Float64Array): number {
  let sum = 0;
  for (const value of y) sum += Math.abs(value);
  return sum > 0 ? sum / y.length : 1;
}

function scaled(y: Float64Array): Float64Array {
  const scale = scaleOf(y);
  return y.map((value) => value / scale);
}

/** Fit one model by maximum likelihood, from several starts. */
function fitShape(
  y: Float64Array,
  room: EtsRoom,
  shape: EtsShape,
  starts: StartingStates,
  shrunk: boolean,
  near?: Float64Array,
): { readonly fit: EtsFit; readonly x: Float64Array } | undefined {
  const { m } = room;
  const n = y.length;
  const size = etsSize(shape, m);
  // The variance counts too. With fewer observations AICc has no meaning.
  const np = size + 1;
  if (n - np - 1 <= 0) return undefined;
  const f = etsLikelihood(room, shape);
  const first = starts[shape.season];
  const goal = shrunk ? withPrior(f, shape, first) : f;
  let best: { x: Float64Array; value: number } | undefined;
  const from = shrunk ? SHRUNK_STARTS : shape.trend === 'N' ? LEVEL_STARTS : TREND_STARTS;
  for (const [alpha, beta] of from) {
    const start =
      near ??
      etsEncode(
        {
          alpha,
          beta: beta * alpha,
          gamma: 0.1 * (1 - alpha),
          phi: 0.95,
          level: first.level,
          slope: shape.trend === 'M' ? 1 + first.slope / Math.max(first.level, 1e-3) : first.slope,
          seasons: first.seasons,
        },
        shape,
      );
    const found = bfgs(goal, start, { iterations: 150, tolerance: shrunk ? 1e-5 : 1e-8, firstStep: 0.3 });
    if (Number.isFinite(found.value) && (best === undefined || found.value < best.value)) best = found;
  }
  if (best === undefined) return undefined;
  const gradient = new Float64Array(size);
  // The last call leaves the states and errors of the best point in the room.
  const value = f(best.x, gradient);
  const scale = scaleOf(y);
  const p = etsDecode(best.x, shape, m);
  const logLikelihood = -0.5 * value - n * Math.log(scale);
  let squares = 0;
  const relative = shape.error === 'M';
  const residuals = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    squares += room.error[t]! ** 2;
    residuals[t] = scale * (room.y[t]! - room.fit[t]!);
  }
  const variance = (squares / (n - size)) * (relative ? 1 : scale * scale);
  const factor = shape.season === 'M' ? 1 : scale;
  const slopeScale = shape.trend === 'M' ? 1 : scale;
  const fit: EtsFit = {
    shape,
    parameters: { ...p, level: p.level * scale, slope: p.slope * slopeScale, seasons: p.seasons.map((s) => s * factor) },
    logLikelihood,
    aicc: -2 * logLikelihood + 2 * np + (2 * np * (np + 1)) / (n - np - 1),
    variance,
    level: room.end[0]! * scale,
    slope: room.end[1]! * slopeScale,
    seasons: shape.season === 'N' ? new Float64Array(0) : Float64Array.from(room.cycle, (_, i) => room.cycle[(n + i) % m]! * factor),
    n,
    m,
    residuals,
  }; // prettier-ignore
  return { fit, x: best.x };
}

const LEVEL_STARTS: readonly (readonly [number, number])[] = [[0.3, 0], [0.9, 0]]; // prettier-ignore
const TREND_STARTS: readonly (readonly [number, number])[] = [[0.4, 0.4], [0.9, 0.1]]; // prettier-ignore

const SHRUNK_STARTS: readonly (readonly [number, number])[] = [[0.5, 0.05]]; // prettier-ignore

/**
 * Minus twice the log of a weak normal prior, added to the likelihood: on the logistic scale alpha about 0.5 (standard
 * deviation 1.4), beta about alpha / 20 (0.7), gamma about an eighth of what is left (1.8), phi about 0.93 (1.4); the
 * first level and slope about those of a line through the first values. Slopes that chase every wiggle are what makes
 * likelihood fits of short series forecast badly. The weights are round numbers that
 * helped the yearly and quarterly M3 series, on years held back from the histories and on the futures; `auto` uses them
 * for yearly series alone.
 */
function withPrior(f: Smooth, shape: EtsShape, first: StartingState): Smooth {
  const centres: number[] = [0];
  const weights: number[] = [0.5];
  const add = (centre: number, weight: number): void => void (centres.push(centre), weights.push(weight));
  if (shape.trend !== 'N') add(-3, 2);
  if (shape.season !== 'N') add(-2, 0.3);
  if (shape.damped) add(1, 0.5);
  const precision = 0.3 / Math.max(first.sd, 1e-4) ** 2;
  add(first.level, precision);
  if (shape.trend === 'A') add(first.slope, 10 * precision);
  return (x, gradient) => {
    let value = f(x, gradient);
    if (value === Infinity) return value;
    for (let i = 0; i < centres.length; i++) {
      const d = x[i]! - centres[i]!;
      value += weights[i]! * d * d;
      gradient[i]! += 2 * weights[i]! * d;
    }
    return value;
  };
}

interface StartingState {
  readonly level: number;
  readonly slope: number;
  readonly seasons: Float64Array;
  /** Standard deviation around the line. */
  readonly sd: number;
}
type StartingStates = Readonly<Record<'N' | 'A' | 'M', StartingState>>;

/** Level and slope from a line through the first ten (seasonally adjusted) observations, seasons from cycle means. */
function startingStates(room: EtsRoom): StartingStates {
  const { y, m } = room;
  const none = { ...line(y, m > 1 ? Math.max(10, 2 * m) : 10), seasons: new Float64Array(0) };
  if (m <= 1 || y.length < m + 4) return { N: none, A: none, M: none };
  const additive = cycleMeans(y, m, false);
  const times = cycleMeans(y, m, true);
  return {
    N: none,
    A: { ...line(y.map((v, t) => v - additive[t % m]!), Math.max(10, 2 * m)), seasons: additive },
    M: { ...line(y.map((v, t) => v / times[t % m]!), Math.max(10, 2 * m)), seasons: times },
  }; // prettier-ignore
}

function line(y: Float64Array, most: number): { level: number; slope: number; sd: number } {
  const n = Math.min(y.length, most);
  if (n < 2) return { level: y[0] ?? 0, slope: 0, sd: 1 };
  let sy = 0;
  let sty = 0;
  for (let t = 0; t < n; t++) {
    sy += y[t]!;
    sty += (t + 1) * y[t]!;
  }
  const meanT = (n + 1) / 2;
  const slope = (sty - meanT * sy) / ((n * (n * n - 1)) / 12);
  let squares = 0;
  for (let t = 0; t < n; t++) squares += (y[t]! - sy / n - slope * (t + 1 - meanT)) ** 2;
  return { level: sy / n - slope * meanT, slope, sd: Math.sqrt(squares / Math.max(1, n - 2)) };
}

/** Mean of each place of the cycle over the first cycles, against a centred moving average; sums to 0 or to m. */
function cycleMeans(y: Float64Array, m: number, times: boolean): Float64Array {
  const sums = new Float64Array(m);
  const counts = new Float64Array(m);
  const n = Math.min(y.length, 6 * m);
  const half = Math.floor(m / 2);
  for (let t = half; t + half < n; t++) {
    let average = 0;
    for (let j = -half; j <= half; j++)
      average += y[t + j]! * (m % 2 === 0 && Math.abs(j) === half ? 0.5 : 1);
    average /= m;
    sums[t % m]! += times ? y[t]! / Math.max(average, 1e-6) : y[t]! - average;
    counts[t % m]! += 1;
  }
  const means = sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : times ? 1 : 0));
  let total = 0;
  for (const value of means) total += value;
  return means.map((value) =>
    times ? (m * Math.max(value, (0.01 * m) / Math.max(total, 1e-6))) / total : value - total / m,
  );
}

/**
 * Point forecasts, and standard errors from the model's linearisation around the point path: exact for the additive
 * models (Hyndman et al. 2008, table 6.1), first order in the variance for the others.
 */
export function etsOutlook(fit: EtsFit, h: number): Outlook {
  const mean = path(fit, h, -1, 0);
  const sd = new Float64Array(h);
  const weights = new Float64Array(h);
  const sigma = Math.sqrt(fit.variance);
  const { shape } = fit;
  if (shape.error === 'A' && shape.trend !== 'M' && shape.season !== 'M') {
    const { alpha, beta, gamma, phi } = fit.parameters;
    let sum = 1;
    let growing = 0;
    weights[0] = 1;
    sd[0] = sigma;
    let power = 1;
    for (let j = 1; j < h; j++) {
      power *= phi;
      growing += power;
      weights[j] = alpha + beta * growing + (shape.season === 'A' && j % fit.m === 0 ? gamma : 0);
      sum += weights[j]! ** 2;
      sd[j] = sigma * Math.sqrt(sum);
    }
    return { mean, sd, weights };
  }
  const small = 1e-3 * Math.max(sigma, 1e-6);
  for (let k = 0; k < h; k++) {
    const bumped = path(fit, h, k, small);
    const unit = bumped[k]! - mean[k]!;
    for (let j = k; j < h; j++) {
      sd[j]! += (((bumped[j]! - mean[j]!) / small) * sigma) ** 2;
      if (k === 0) weights[j] = unit === 0 ? 1 : (bumped[j]! - mean[j]!) / unit;
    }
  }
  for (let j = 0; j < h; j++) sd[j] = Math.sqrt(sd[j]!);
  return { mean, sd, weights };
}

/** The path from the end states when the error at step `shock` is `size` and all others are 0. */
function path(fit: EtsFit, h: number, shock: number, size: number): Float64Array {
  const { shape, m } = fit;
  const { alpha, beta, gamma, phi } = fit.parameters;
  const out = new Float64Array(h);
  let l = fit.level;
  let b = fit.slope;
  const cycle = Float64Array.from(fit.seasons);
  for (let t = 0; t < h; t++) {
    const moved = shape.trend === 'M' ? Math.pow(b, phi) : phi * b;
    const q = shape.trend === 'N' ? l : shape.trend === 'M' ? l * moved : l + moved;
    const s = shape.season === 'N' ? 0 : cycle[t % m]!;
    const f = shape.season === 'M' ? q * s : q + s;
    const y = t === shock ? (shape.error === 'M' ? f * (1 + size) : f + size) : f;
    out[t] = y;
    const d = (shape.season === 'M' ? y / s : y - s) - q;
    const before = l;
    l = q + alpha * d;
    if (shape.trend === 'A') b = moved + beta * d;
    if (shape.trend === 'M') b = moved + (beta * d) / before;
    if (shape.season !== 'N') cycle[t % m] = s + gamma * ((shape.season === 'M' ? y / q : y - q) - s);
  }
  return out;
}
