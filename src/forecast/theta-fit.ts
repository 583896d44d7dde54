import { minimiseOnInterval } from '../numeric/optimise.ts';
import { isSeasonal, seasonalFigure } from './decompose.ts';
import type { Outlook } from './outlook.ts';

/** One of `'standard'` (theta lines 0 and 2, equal weights), `'optimised'` and `'dynamic'` (theta estimated). */
export type ThetaKind = 'standard' | 'optimised' | 'dynamic';

/** How alpha is searched for: points of a grid, and the tolerance of the golden sections after it. */
export interface Search {
  readonly points?: number;
  readonly tolerance?: number;
}

/** A theta model fitted to numbers. */
export interface ThetaFit {
  readonly kind: ThetaKind;
  readonly alpha: number;
  /** The coefficient of the curvature line; infinite when the fit is a full trend. */
  readonly theta: number;
  /** The level of simple exponential smoothing before the first observation. */
  readonly firstLevel: number;
  readonly variance: number;
  readonly residuals: Float64Array;
  readonly predict: (h: number) => Outlook;
}

/**
 * Fit a theta model, after removing the season where there is one (classical decomposition, multiplicative where all
 * numbers are positive).
 *
 * Standard: simple exponential smoothing with half the slope of the line through the data (Assimakopoulos and
 * Nikolopoulos 2000; Hyndman and Billah 2003), as R's `thetaf`. Optimised and dynamic: Fiorucci, Pellegrini, Louzada,
 * Petropoulos and Koehler (2016), equations 11 to 20; the dynamic one lets the line follow the data. The first level
 * and the weight 1 - 1/theta are linear in the errors, so that only alpha is searched for.
 *
 * @param y at least three numbers
 * @param m periods in a cycle, 1 for none
 * @param search for alpha: points of the first grid (defaults to 20) and tolerance (defaults to 1e-9, or 1e-7 with theta)
 */
export function fitTheta(y: Float64Array, m: number, kind: ThetaKind, search: Search = {}): ThetaFit {
  const seasonal = m > 1 && isSeasonal(y, m);
  let figure: Float64Array | undefined;
  let times = false;
  if (seasonal) {
    times = y.every((value) => value > 0);
    figure = seasonalFigure(y, m, times);
    if (times && figure.some((value) => value < 0.01)) {
      times = false;
      figure = seasonalFigure(y, m, false);
    }
  }
  const season = figure;
  const x = season === undefined ? y : y.map((v, t) => (times ? v / season[t % m]! : v - season[t % m]!));
  const fit = kind === 'standard' ? fitStandard(x, search) : fitFiorucci(x, kind === 'dynamic', search);
  if (season === undefined) return fit;
  const n = y.length;
  return {
    ...fit,
    residuals: times ? fit.residuals.map((e, t) => e * season[t % m]!) : fit.residuals,
    predict(h) {
      const o = fit.predict(h);
      const s = (j: number): number => season[(n + j) % m]!;
      return {
        mean: o.mean.map((v, j) => (times ? v * s(j) : v + s(j))),
        sd: times ? o.sd.map((v, j) => v * s(j)) : o.sd,
        weights: o.weights,
      };
    },
  };
}

/** Simple exponential smoothing with the first level by least squares: errors[t] = own[t] - decay[t] * level. */
interface Smoothing {
  /** Level before each observation, for a first level of 0. */
  readonly own: Float64Array;
  readonly decay: Float64Array;
  last: number;
  lastDecay: number;
}

function smooth(y: Float64Array, alpha: number, room: Smoothing): void {
  let level = 0;
  let decay = 1;
  for (let t = 0; t < y.length; t++) {
    room.own[t] = level;
    room.decay[t] = decay;
    level += alpha * (y[t]! - level);
    decay *= 1 - alpha;
  }
  room.last = level;
  room.lastDecay = decay;
}

function roomFor(n: number): Smoothing {
  return { own: new Float64Array(n), decay: new Float64Array(n), last: 0, lastDecay: 1 };
}

function fitStandard(y: Float64Array, search: Search): ThetaFit {
  const n = y.length;
  const room = roomFor(n);
  let firstLevel = 0;
  const squares = (alpha: number): number => {
    smooth(y, alpha, room);
    let dd = 0;
    let de = 0;
    for (let t = 0; t < n; t++) {
      dd += room.decay[t]! ** 2;
      de += room.decay[t]! * (y[t]! - room.own[t]!);
    }
    firstLevel = de / dd;
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (y[t]! - room.own[t]! - firstLevel * room.decay[t]!) ** 2;
    return sum;
  };
  const alpha = minimiseOnInterval(squares, 1e-4, 0.9999, search);
  const sum = squares(alpha);
  const level = room.last + firstLevel * room.lastDecay;
  const slope = slopeOf(y) / 2;
  const variance = sum / Math.max(1, n - 2);
  const residuals = Float64Array.from(y, (v, t) => v - room.own[t]! - firstLevel * room.decay[t]!);
  const predict = (h: number): Outlook => {
    const start = (1 - room.lastDecay) / alpha;
    return outlook(h, alpha, variance, (j) => level + slope * (j + start));
  };
  return { kind: 'standard', alpha, theta: 2, firstLevel, variance, residuals, predict };
}

function outlook(h: number, alpha: number, variance: number, point: (j: number) => number): Outlook {
  return {
    mean: Float64Array.from({ length: h }, (_, j) => point(j)),
    sd: Float64Array.from({ length: h }, (_, j) => Math.sqrt(variance * (1 + j * alpha * alpha))),
    weights: Float64Array.from({ length: h }, (_, j) => (j === 0 ? 1 : alpha)),
  };
}

/** Slope of the least-squares line. */
function slopeOf(y: Float64Array): number {
  const n = y.length;
  let sum = 0;
  for (let t = 0; t < n; t++) sum += (t - (n - 1) / 2) * y[t]!;
  return n > 1 ? (12 * sum) / (n * (n * n - 1)) : 0;
}

/** The published bounds of alpha in the optimised and dynamic models. */
const ALPHA: readonly [number, number] = [0.1, 0.99];

function fitFiorucci(y: Float64Array, dynamic: boolean, search: Search): ThetaFit {
  const n = y.length;
  // Intercept and slope of the line, at the end (optimised) or as known before each observation (dynamic).
  const a = new Float64Array(n + 1);
  const b = new Float64Array(n + 1);
  const line = lines(y);
  if (dynamic) {
    a.set(line.a);
    b.set(line.b);
  } else {
    a.fill(line.a[n]!);
    b.fill(line.b[n]!);
  }
  const skip = dynamic ? Math.min(2, n - 2) : 0;
  // Errors of smoothing from a first level of 0, what is left of that level, and what the line adds.
  const own = new Float64Array(n);
  const fading = new Float64Array(n);
  const bend = new Float64Array(n);
  let last = 0;
  let lastDecay = 1;
  let firstLevel = 0;
  let weight = 0;
  const squares = (alpha: number): number => {
    const rest = 1 - alpha;
    const slope = 1 / alpha;
    let level = 0;
    let decay = 1;
    let dd = 1e-9;
    let db = 0;
    let bb = 1e-300;
    let de = 1e-9 * y[0]!;
    let be = 0;
    for (let t = 0; t < n; t++) {
      const e = y[t]! - level;
      const after = decay * rest;
      const curve = decay * a[t]! + (1 - after) * slope * b[t]!;
      own[t] = e;
      fading[t] = decay;
      bend[t] = curve;
      if (t >= skip) {
        dd += decay * decay;
        db += decay * curve;
        bb += curve * curve;
        de += decay * e;
        be += curve * e;
      }
      level += alpha * e;
      decay = after;
    }
    last = level;
    lastDecay = decay;
    const det = dd * bb - db * db;
    weight = det > 1e-12 * dd * bb ? (dd * be - db * de) / det : 0;
    weight = Math.min(1, Math.max(0, weight));
    firstLevel = (de - weight * db) / dd;
    let sum = 0;
    for (let t = skip; t < n; t++) {
      const e = own[t]! - firstLevel * fading[t]! - weight * bend[t]!;
      sum += e * e;
    }
    return sum;
  };
  const alpha = minimiseOnInterval(squares, ALPHA[0], ALPHA[1], { tolerance: 1e-7, ...search });
  const sum = squares(alpha);
  const level = last + firstLevel * lastDecay;
  const variance = sum / Math.max(1, n - skip - 3);
  const residuals = own.map((e, t) => e - firstLevel * fading[t]! - weight * bend[t]!);
  const w = weight;
  const decayed = lastDecay;
  const predict = (h: number): Outlook => {
    const mean = new Float64Array(h);
    let l = level;
    let decay = decayed;
    let [an, bn, total] = [a[n]!, b[n]!, line.mean];
    for (let j = 0; j < h; j++) {
      const point = l + w * (decay * an + ((1 - decay * (1 - alpha)) / alpha) * bn);
      mean[j] = point;
      l += alpha * (point - l);
      decay *= 1 - alpha;
      if (dynamic) {
        const t = n + j + 1;
        bn = ((t - 2) * bn + (6 / t) * (point - total)) / (t + 1);
        total = ((t - 1) * total + point) / t;
        an = total - ((t + 1) / 2) * bn;
      }
    }
    return { ...outlook(h, alpha, variance, () => 0), mean };
  };
  const kind = dynamic ? 'dynamic' : 'optimised';
  return { kind, alpha, theta: w < 1 ? 1 / (1 - w) : Infinity, firstLevel, variance, residuals, predict };
}

/** The least-squares line a + b t (t from 1) through the first t observations, for each t; entry 0 is before any. */
function lines(y: Float64Array): { a: Float64Array; b: Float64Array; mean: number } {
  const n = y.length;
  const a = new Float64Array(n + 1);
  const b = new Float64Array(n + 1);
  let mean = 0;
  let slope = 0;
  a[0] = y[0]!;
  for (let t = 1; t <= n; t++) {
    slope = t === 1 ? 0 : ((t - 2) * slope + (6 / t) * (y[t - 1]! - mean)) / (t + 1);
    mean = ((t - 1) * mean + y[t - 1]!) / t;
    a[t] = mean - ((t + 1) / 2) * slope;
    b[t] = slope;
  }
  return { a, b, mean };
}
