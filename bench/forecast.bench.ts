/**
 * What estimation costs, as ratios within one run: each method against the seasonal naive method on the same made-up
 * histories, exact arima likelihood by Chandrasekhar recursions against the textbook Kalman filter, and ets with its
 * exact gradient against the same search with differences.
 */
import { bench, describe } from 'vitest';
import { arima } from '../src/forecast/arima.ts';
import { innovations } from '../src/forecast/arima-likelihood.ts';
import { auto } from '../src/forecast/auto.ts';
import { ets } from '../src/forecast/ets.ts';
import { etsEncode, etsLikelihood, etsRoom } from '../src/forecast/ets-likelihood.ts';
import { seasonalNaive } from '../src/forecast/naive.ts';
import { theta } from '../src/forecast/theta.ts';
import { bfgs, withGradient } from '../src/numeric/optimise.ts';
import type { Period } from '../src/time/period.ts';
import { series } from '../src/time/series.ts';

const wave = (n: number, m: number): number[] =>
  Array.from(
    { length: n },
    (_, t) => 100 * 1.01 ** t * (1 + 0.1 * Math.sin((2 * Math.PI * t) / m) + 0.03 * Math.sin(t * t)),
  );

const cases: readonly (readonly [Period, number, number])[] = [
  ['1990', 30, 7],
  ['2010-Q1', 44, 4],
  ['2010-01', 120, 12],
];

describe.each(cases)('one history from %s, %i values', (start, n, m) => {
  const history = series(start, wave(n, m));
  const horizon = start.length === 4 ? 6 : 12;
  const methods = {
    seasonalNaive: seasonalNaive({ calibrated: false }),
    theta: theta(),
    ets: ets(),
    arima: arima(),
    auto: auto(),
  };
  for (const [name, method] of Object.entries(methods)) {
    bench(name, () => void method.fit(history).predict(horizon), { time: 300, warmupTime: 100 });
  }
});

describe('exact likelihood of a seasonal moving average, 120 months', () => {
  const y = Float64Array.from(wave(120, 12), (v, t) => v - 100 * 1.01 ** t);
  const ma = new Float64Array(13);
  [ma[0], ma[11], ma[12]] = [-0.4, -0.6, 0.24];
  const ar = new Float64Array(0);
  bench('Chandrasekhar recursions', () => void innovations({ ar, ma }, [y]));
  bench('Kalman filter with full covariance', () => void kalman(ma, y));
});

describe('ets(A,Ad,A) on 44 quarters: one search', () => {
  const y = Float64Array.from(wave(44, 4), (v) => v / 100);
  const shape = { error: 'A', trend: 'A', season: 'A', damped: true } as const;
  const start = etsEncode(
    { alpha: 0.3, beta: 0.03, gamma: 0.07, phi: 0.95, level: 1, slope: 0.01, seasons: new Float64Array(4) },
    shape,
  );
  const f = etsLikelihood(etsRoom(y, 4), shape);
  const unused = new Float64Array(start.length);
  bench('exact gradient', () => void bfgs(f, start));
  bench(
    'central differences',
    () =>
      void bfgs(
        withGradient((x) => f(x, unused)),
        start,
      ),
  );
});

/** The same likelihood with the state covariance carried whole: the honest alternative. */
function kalman(ma: Float64Array, y: Float64Array): number {
  const r = ma.length + 1;
  const theta = Float64Array.of(1, ...ma);
  let p = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++)
      for (let k = 0; k + Math.max(i, j) < r; k++) p[i * r + j]! += theta[i + k]! * theta[j + k]!;
  }
  let a = new Float64Array(r);
  let total = 0;
  for (const value of y) {
    const f = p[0]!;
    const v = value - a[0]!;
    total += Math.log(f) + (v * v) / f;
    const next = new Float64Array(r * r);
    const state = new Float64Array(r);
    for (let i = 0; i < r; i++) {
      state[i] = i + 1 < r ? a[i + 1]! + (p[(i + 1) * r]! * v) / f : 0;
      for (let j = 0; j < r; j++) {
        const moved =
          i + 1 < r && j + 1 < r ? p[(i + 1) * r + j + 1]! - (p[(i + 1) * r]! * p[(j + 1) * r]!) / f : 0;
        next[i * r + j] = moved + theta[i]! * theta[j]!;
      }
    }
    p = next;
    a = state;
  }
  return total;
}
