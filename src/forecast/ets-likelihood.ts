import type { Smooth } from '../numeric/optimise.ts';

/** The parts of an exponential smoothing model: error, trend and season (N none, A additive, M multiplicative). */
export interface EtsShape {
  readonly error: 'A' | 'M';
  readonly trend: 'N' | 'A' | 'M';
  readonly season: 'N' | 'A' | 'M';
  readonly damped: boolean;
}

/** Smoothing parameters and the states before the first observation; `seasons[i]` belongs to place i of the cycle. */
export interface EtsParameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly level: number;
  readonly slope: number;
  readonly seasons: Float64Array;
}

/** Room for one pass forward and back over a series, shared by all models of that series. */
export interface EtsRoom {
  readonly y: Float64Array;
  readonly m: number;
  readonly error: Float64Array;
  readonly fit: Float64Array;
  readonly level: Float64Array;
  readonly slope: Float64Array;
  readonly season: Float64Array;
  readonly base: Float64Array;
  readonly gap: Float64Array;
  readonly cycle: Float64Array;
  readonly cycleGradient: Float64Array;
  /** The states after the last observation: level, slope. The seasons are in `cycle`. */
  readonly end: Float64Array;
}

export function etsRoom(y: Float64Array, m: number): EtsRoom {
  const column = (): Float64Array => new Float64Array(y.length);
  return {
    y, m, error: column(), fit: column(), level: column(), slope: column(), season: column(), base: column(),
    gap: column(), cycle: new Float64Array(m), cycleGradient: new Float64Array(m), end: new Float64Array(2),
  }; // prettier-ignore
}

// The usual region of R's forecast package: 1e-4 to 0.9999, beta below alpha, gamma below 1 - alpha, phi 0.8 to 0.98.
const LEAST = 1e-4;
const MOST = 0.9999;
const PHI_LEAST = 0.8;
const PHI_MOST = 0.98;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));
const clamp = (p: number): number => Math.min(0.999, Math.max(0.001, p));

/** How many numbers a model estimates, without the variance. */
export function etsSize(shape: EtsShape, m: number): number {
  return 2 + (shape.trend === 'N' ? 0 : 2) + (shape.damped ? 1 : 0) + (shape.season === 'N' ? 0 : m);
}

/**
 * Minus twice the log likelihood of an exponential smoothing model, without its constant, as a smooth function of
 * unconstrained numbers: n log(sum of squared errors), plus twice the sum of log fitted values for multiplicative
 * errors (Hyndman, Koehler, Ord and Snyder 2008, chapter 5). The gradient is exact, by one pass backwards.
 *
 * Order of the numbers: alpha, beta, gamma, phi (each through a logistic curve), level, slope, seasons but the last.
 */
export function etsLikelihood(room: EtsRoom, shape: EtsShape): Smooth {
  const { y, m, error, fit, level, slope, season, base, gap, cycle, cycleGradient, end } = room;
  const n = y.length;
  const relative = shape.error === 'M';
  const hasTrend = shape.trend !== 'N';
  const timesTrend = shape.trend === 'M';
  const hasSeason = shape.season !== 'N';
  const timesSeason = shape.season === 'M';
  const damped = shape.damped;
  const total = timesSeason ? m : 0;
  const positive = relative || timesTrend || timesSeason;
  return (x, gradient) => {
    let k = 0;
    const sa = sigmoid(x[k++]!);
    const alpha = LEAST + (MOST - LEAST) * sa;
    let sb = 0;
    let beta = 0;
    if (hasTrend) {
      sb = sigmoid(x[k++]!);
      beta = LEAST + (alpha - LEAST) * sb;
    }
    let sg = 0;
    let gamma = 0;
    if (hasSeason) {
      sg = sigmoid(x[k++]!);
      gamma = LEAST + (1 - alpha - LEAST) * sg;
    }
    let sp = 0;
    let phi = 1;
    if (damped) {
      sp = sigmoid(x[k++]!);
      phi = PHI_LEAST + (PHI_MOST - PHI_LEAST) * sp;
    }
    let l = x[k++]!;
    let b = hasTrend ? x[k++]! : 0;
    const firstSeason = k;
    if (hasSeason) {
      let rest = total;
      for (let i = 0; i < m - 1; i++) {
        cycle[i] = x[k]!;
        rest -= x[k++]!;
      }
      cycle[m - 1] = rest;
    }
    // Forward.
    let squares = 0;
    let logs = 0;
    let place = 0;
    for (let t = 0; t < n; t++) {
      const s = hasSeason ? cycle[place]! : 0;
      level[t] = l;
      slope[t] = b;
      season[t] = s;
      let q = l;
      let moved = 0;
      if (hasTrend) {
        if (timesTrend) {
          if (!(b > 0)) return Infinity;
          moved = damped ? Math.pow(b, phi) : b;
          q = l * moved;
        } else {
          moved = phi * b;
          q = l + moved;
        }
      }
      const f = timesSeason ? q * s : q + s;
      if (positive && !(f > 1e-9 && q > 1e-9)) return Infinity;
      const yt = y[t]!;
      const e = relative ? yt / f - 1 : yt - f;
      squares += e * e;
      if (relative) logs += Math.log(f);
      const d = (timesSeason ? yt / s : yt - s) - q;
      base[t] = q;
      fit[t] = f;
      error[t] = e;
      gap[t] = d;
      const before = l;
      l = q + alpha * d;
      if (hasTrend) b = timesTrend ? moved + (beta * d) / before : moved + beta * d;
      if (hasSeason) {
        cycle[place] = s + gamma * ((timesSeason ? yt / q : yt - q) - s);
        if (++place === m) place = 0;
      }
    }
    end[0] = l;
    end[1] = b;
    const value = n * Math.log(squares) + 2 * logs;
    if (!Number.isFinite(value)) return Infinity;
    // Backward.
    let gl = 0;
    let gb = 0;
    let ga = 0;
    let gBeta = 0;
    let gGamma = 0;
    let gPhi = 0;
    if (hasSeason) cycleGradient.fill(0);
    const weight = (2 * n) / squares;
    place = hasSeason ? (n - 1) % m : 0;
    for (let t = n - 1; t >= 0; t--) {
      const q = base[t]!;
      const f = fit[t]!;
      const d = gap[t]!;
      const s = season[t]!;
      const lt = level[t]!;
      const bt = slope[t]!;
      const yt = y[t]!;
      let gd = alpha * gl;
      let gq = gl;
      let gMoved = 0;
      let glPre = 0;
      let gs = 0;
      ga += gl * d;
      if (hasTrend) {
        gMoved = gb;
        if (timesTrend) {
          gd += (beta * gb) / lt;
          gBeta += (gb * d) / lt;
          glPre -= (gb * beta * d) / (lt * lt);
        } else {
          gd += beta * gb;
          gBeta += gb * d;
        }
      }
      if (hasSeason) {
        const g = cycleGradient[place]!;
        gGamma += g * ((timesSeason ? yt / q : yt - q) - s);
        gs = g * (1 - gamma);
        gq -= timesSeason ? (gamma * g * yt) / (q * q) : gamma * g;
        gs -= timesSeason ? (gd * yt) / (s * s) : gd;
      }
      gq -= gd;
      const ge = weight * error[t]!;
      const gf = relative ? (-ge * yt) / (f * f) + 2 / f : -ge;
      if (timesSeason) {
        gq += gf * s;
        gs += gf * q;
      } else {
        gq += gf;
        gs += gf;
      }
      if (!hasTrend) gl = gq + glPre;
      else if (timesTrend) {
        const moved = q / lt;
        gl = glPre + gq * moved;
        gMoved += gq * lt;
        gb = damped ? (gMoved * phi * moved) / bt : gMoved;
        if (damped) gPhi += gMoved * moved * Math.log(bt);
      } else {
        gl = glPre + gq;
        gMoved += gq;
        gb = phi * gMoved;
        gPhi += bt * gMoved;
      }
      if (hasSeason) {
        cycleGradient[place] = gs;
        if (--place < 0) place = m - 1;
      }
    }
    // Through the curves that keep the parameters in their region.
    ga += gBeta * sb - gGamma * sg;
    k = 0;
    gradient[k++] = ga * (MOST - LEAST) * sa * (1 - sa);
    if (hasTrend) gradient[k++] = gBeta * (alpha - LEAST) * sb * (1 - sb);
    if (hasSeason) gradient[k++] = gGamma * (1 - alpha - LEAST) * sg * (1 - sg);
    if (damped) gradient[k++] = gPhi * (PHI_MOST - PHI_LEAST) * sp * (1 - sp);
    gradient[k++] = gl;
    if (hasTrend) gradient[k++] = gb;
    if (hasSeason)
      for (let i = 0; i < m - 1; i++) gradient[firstSeason + i] = cycleGradient[i]! - cycleGradient[m - 1]!;
    return value;
  };
}

/** The parameters that unconstrained numbers stand for. */
export function etsDecode(x: ArrayLike<number>, shape: EtsShape, m: number): EtsParameters {
  let k = 0;
  const alpha = LEAST + (MOST - LEAST) * sigmoid(x[k++]!);
  const beta = shape.trend === 'N' ? 0 : LEAST + (alpha - LEAST) * sigmoid(x[k++]!);
  const gamma = shape.season === 'N' ? 0 : LEAST + (1 - alpha - LEAST) * sigmoid(x[k++]!);
  const phi = shape.damped ? PHI_LEAST + (PHI_MOST - PHI_LEAST) * sigmoid(x[k++]!) : 1;
  const level = x[k++]!;
  const slope = shape.trend === 'N' ? 0 : x[k++]!;
  const seasons = new Float64Array(shape.season === 'N' ? 0 : m);
  if (shape.season !== 'N') {
    let rest = shape.season === 'M' ? m : 0;
    for (let i = 0; i < m - 1; i++) {
      seasons[i] = x[k]!;
      rest -= x[k++]!;
    }
    seasons[m - 1] = rest;
  }
  return { alpha, beta, gamma, phi, level, slope, seasons };
}

/** The unconstrained numbers of parameters: the inverse of `etsDecode`, held away from the edges. */
export function etsEncode(p: EtsParameters, shape: EtsShape): Float64Array {
  const x: number[] = [logit(clamp((p.alpha - LEAST) / (MOST - LEAST)))];
  if (shape.trend !== 'N') x.push(logit(clamp((p.beta - LEAST) / (p.alpha - LEAST))));
  if (shape.season !== 'N') x.push(logit(clamp((p.gamma - LEAST) / (1 - p.alpha - LEAST))));
  if (shape.damped) x.push(logit(clamp((p.phi - PHI_LEAST) / (PHI_MOST - PHI_LEAST))));
  x.push(p.level);
  if (shape.trend !== 'N') x.push(p.slope);
  if (shape.season !== 'N') for (let i = 0; i < p.seasons.length - 1; i++) x.push(p.seasons[i]!);
  return Float64Array.from(x);
}
