import { difference, fitArima } from './arima-fit.ts';
import type { ArimaFit, ArimaOrder } from './arima-fit.ts';
import { seasonalStrength } from './decompose.ts';

/**
 * The KPSS statistic for a level (Kwiatkowski, Phillips, Schmidt and Shin 1992) with Bartlett weights and
 * 3 sqrt(n) / 13 lags. Above 0.463 a level is rejected at 5 %.
 *
 * @example kpss(Float64Array.from({ length: 40 }, (_, t) => t)) > 0.463 // true
 */
export function kpss(y: Float64Array): number {
  const n = y.length;
  const lags = Math.floor((3 * Math.sqrt(n)) / 13);
  let mean = 0;
  for (const value of y) mean += value / n;
  let partial = 0;
  let numerator = 0;
  let variance = 0;
  for (const value of y) {
    partial += value - mean;
    numerator += partial * partial;
    variance += (value - mean) ** 2;
  }
  for (let k = 1; k <= lags; k++) {
    let c = 0;
    for (let t = k; t < n; t++) c += (y[t]! - mean) * (y[t - k]! - mean);
    variance += 2 * (1 - k / (lags + 1)) * c;
  }
  return variance > 0 ? numerator / (n * variance) : 0;
}

/** How many first differences (0 to 2) until the KPSS test no longer rejects a level. */
export function differencesNeeded(y: Float64Array): number {
  let x = y;
  let d = 0;
  while (d < 2 && x.length > 3 && !isConstant(x) && kpss(x) > 0.463) {
    x = difference(x, 1, 1);
    d++;
    if (isConstant(x)) return d;
  }
  return d;
}

/** Whether a seasonal difference pays: the strength of the season is above 0.64 (Hyndman and Athanasopoulos 2021, 9.9). */
export function seasonalDifferenceNeeded(y: Float64Array, m: number): boolean {
  return m > 1 && y.length > 2 * m && !isConstant(y) && seasonalStrength(y, m) > 0.64;
}

export function isConstant(y: Float64Array): boolean {
  const first = y[0] ?? 0;
  return y.every((value) => Math.abs(value - first) <= 1e-12 * Math.abs(first));
}

/**
 * Choose an ARIMA model by the stepwise search of Hyndman and Khandakar (2008): differences from unit root tests, then
 * from four starting models to the neighbours with a smaller AICc until none is smaller. Every candidate is fitted by
 * exact likelihood; no approximation is used for long series.
 *
 * @param y numbers without gaps, not constant
 * @param m periods in a cycle, 1 for none
 * @param regressors columns as long as `y`
 * @returns undefined when no model can be fitted
 */
export function selectArima(
  y: Float64Array,
  m: number,
  regressors: readonly Float64Array[] = [],
): ArimaFit | undefined {
  const n = y.length;
  let D = seasonalDifferenceNeeded(y, m) ? 1 : 0;
  if (D === 1 && isConstant(difference(y, m, 1))) D = 0;
  const seasonless = D === 1 ? difference(y, m, 1) : y;
  const d = differencesNeeded(seasonless);
  const constantAllowed = d + D <= 1;
  const most = {
    p: Math.min(5, Math.floor(n / 3)),
    q: Math.min(5, Math.floor(n / 3)),
    P: m > 1 ? Math.min(2, Math.floor(n / 3 / m)) : 0,
    Q: m > 1 ? Math.min(2, Math.floor(n / 3 / m)) : 0,
  };
  const tried = new Map<string, ArimaFit | undefined>();
  let best: ArimaFit | undefined;
  const attempt = (p: number, q: number, P: number, Q: number, constant: boolean): boolean => {
    if (p < 0 || q < 0 || P < 0 || Q < 0) return false;
    if (p > most.p || q > most.q || P > most.P || Q > most.Q) return false;
    const order: ArimaOrder = { p, d, q, P, D, Q, constant };
    const key = `${p},${q},${P},${Q},${constant}`;
    if (tried.has(key) || tried.size >= 94) return false;
    // Without a season neighbours start where the best ended: half the work. With one, that leads to poorer optima.
    const options = m === 1 && best !== undefined ? { rough: true, from: best } : { rough: true };
    const fit = fitArima(y, m, order, regressors, options);
    tried.set(key, fit);
    if (fit === undefined || (best !== undefined && fit.aicc >= best.aicc)) return false;
    best = fit;
    return true;
  };
  const [p0, q0] = [Math.min(2, most.p), Math.min(2, most.q)];
  const [P0, Q0] = [Math.min(1, most.P), Math.min(1, most.Q)];
  if (m > 1) attempt(p0, q0, P0, Q0, constantAllowed);
  attempt(0, 0, 0, 0, constantAllowed);
  if (most.p > 0 || most.P > 0) attempt(Math.min(1, most.p), 0, P0, 0, constantAllowed);
  if (most.q > 0 || most.Q > 0) attempt(0, Math.min(1, most.q), 0, Q0, constantAllowed);
  if (m === 1 && n >= LONG) attempt(p0, q0, P0, Q0, constantAllowed);
  if (constantAllowed) attempt(0, 0, 0, 0, false);
  if (best === undefined) return fallback(y, m, d, D, regressors);
  for (let moved = true; moved;) {
    moved = false;
    const { p, q, P, Q, constant } = best.order;
    for (const [dp, dq, dP, dQ] of NEIGHBOURS) {
      if (attempt(p + dp, q + dq, P + dP, Q + dQ, constant)) {
        moved = true;
        break;
      }
    }
    if (!moved && constantAllowed) moved = attempt(p, q, P, Q, !constant);
  }
  return fitArima(y, m, best.order, regressors, { from: best, keepNearUnitRoots: true }) ?? best;
}

/** From this length on the search without a season starts at two lags of each kind too: they seldom pay before. */
const LONG = 40;

/** In the order in which the search looks: seasonal orders first. */
const NEIGHBOURS: readonly (readonly [number, number, number, number])[] = [
  [0, 0, -1, 0], [0, 0, 0, -1], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, -1, -1], [0, 0, -1, 1], [0, 0, 1, -1], [0, 0, 1, 1],
  [-1, 0, 0, 0], [0, -1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [-1, -1, 0, 0], [-1, 1, 0, 0], [1, -1, 0, 0], [1, 1, 0, 0],
]; // prettier-ignore

/** When the search found nothing: the differences alone. */
function fallback(
  y: Float64Array,
  m: number,
  d: number,
  D: number,
  regressors: readonly Float64Array[],
): ArimaFit | undefined {
  const order = { p: 0, d, q: 0, P: 0, D, Q: 0, constant: false };
  return fitArima(y, m, order, regressors, { keepNearUnitRoots: true });
}
