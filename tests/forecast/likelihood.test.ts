import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPartials, innovations, psiWeights, rootsOutside } from '../../src/forecast/arima-likelihood.ts';
import { seasonalStrength, stl } from '../../src/forecast/decompose.ts';
import { etsShape } from '../../src/forecast/ets-fit.ts';
import { etsDecode, etsEncode, etsLikelihood, etsRoom, etsSize } from '../../src/forecast/ets-likelihood.ts';
import { differencesNeeded, kpss } from '../../src/forecast/arima-select.ts';
import { rollingSpread } from '../../src/forecast/spread.ts';

const seeded = { seed: 1, numRuns: 40 };
const wave = Float64Array.from({ length: 30 }, (_, t) => Math.sin(t * t) + 0.3 * Math.cos(t));

/** The Gaussian likelihood's parts from the whole covariance matrix, whose entries are sums of 4,000 products of weights. */
function bruteForce(ar: Float64Array, ma: Float64Array, y: Float64Array): { logs: number; squares: number } {
  const n = y.length;
  const psi = psiWeights({ ar, ma }, 4000);
  const gamma = Array.from({ length: n }, (_, k) => psi.slice(k).reduce((sum, v, i) => sum + v * psi[i]!, 0));
  const l: number[][] = [];
  const z: number[] = [];
  let logs = 0;
  for (let i = 0; i < n; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      let sum = gamma[i - j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * (l[j] ?? row)[k]!;
      row.push(i === j ? Math.sqrt(sum) : sum / l[j]![j]!);
    }
    l.push(row);
    logs += 2 * Math.log(row[i]!);
    z.push((y[i]! - z.reduce((sum, v, k) => sum + v * row[k]!, 0)) / row[i]!);
  }
  return { logs, squares: z.reduce((sum, v) => sum + v * v, 0) };
}

describe('the exact likelihood of an ARMA process', () => {
  const partial = fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { maxLength: 3 });

  it('equals the one from the whole covariance matrix', () => {
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        const ar = fromPartials(a);
        const ma = fromPartials(b).map((v) => -v);
        const run = innovations({ ar, ma }, [wave])!;
        const whole = bruteForce(ar, ma, wave);
        expect(run.logs).toBeCloseTo(whole.logs, 6);
        expect(run.errors[0]!.reduce((sum, e) => sum + e * e, 0) / whole.squares).toBeCloseTo(1, 6);
      }),
      seeded,
    );
  });

  it('filters every column alike', () => {
    const arma = { ar: Float64Array.of(0.5), ma: Float64Array.of(0.4, 0, 0.3) };
    const both = innovations(arma, [wave, wave.map((v) => 2 * v)])!;
    both.errors[0]!.forEach((e, t) => expect(both.errors[1]![t]).toBeCloseTo(2 * e, 12));
  });

  it('knows what is stationary', () => {
    expect(innovations({ ar: Float64Array.of(1.01), ma: new Float64Array(0) }, [wave])).toBeUndefined();
    expect(rootsOutside(Float64Array.of(0.995), 1)).toBe(true);
    expect(rootsOutside(Float64Array.of(0.995), 1.01)).toBe(false);
  });
});

describe('the likelihood of exponential smoothing', () => {
  const y = Float64Array.from(
    { length: 40 },
    (_, t) => 1 + 0.02 * t + 0.1 * Math.sin((t * Math.PI) / 2) + 0.05 * Math.sin(t * t),
  );
  const names = [
    'ANN',
    'MNN',
    'AAN',
    'MAdN',
    'ANA',
    'AAA',
    'AAdA',
    'MNM',
    'MAM',
    'MAdM',
    'MAA',
    'MMN',
    'MMdN',
    'MMM',
    'MMdM',
  ];

  it.each(names)('%s has the gradient that differences give', (name) => {
    const shape = etsShape(name)!;
    const f = etsLikelihood(etsRoom(y, 4), shape);
    const seasons = shape.season === 'N' ? [] : [0.1, -0.05, 0.02, -0.07].map((v) => v + (shape.season === 'M' ? 1 : 0));
    const slope = shape.trend === 'N' ? 0 : shape.trend === 'M' ? 1.02 : 0.02;
    const x = etsEncode({ alpha: 0.35, beta: 0.1, gamma: 0.2, phi: 0.9, level: 1, slope, seasons: Float64Array.from(seasons) }, shape);
    expect(x).toHaveLength(etsSize(shape, 4));
    const gradient = new Float64Array(x.length);
    const unused = new Float64Array(x.length);
    f(x, gradient);
    x.forEach((v, i) => {
      const at = (value: number): number => f(x.with(i, value), unused);
      const slope = (at(v + 1e-6) - at(v - 1e-6)) / 2e-6;
      expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
    });
  }); // prettier-ignore

  it('keeps parameters in their region, and encodes what it decodes', () => {
    const shape = etsShape('AAdA')!;
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 9, maxLength: 9 }),
        (x) => {
          const p = etsDecode(x, shape, 4);
          expect(p.alpha).toBeGreaterThan(0);
          expect(p.beta).toBeLessThanOrEqual(p.alpha);
          expect(p.gamma).toBeLessThanOrEqual(1 - p.alpha);
          expect(p.seasons.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
          etsEncode(p, shape).forEach((v, i) => expect(v).toBeCloseTo(x[i]!, 6));
        },
      ),
      seeded,
    );
  });
});

describe('tests before a fit', () => {
  it('find one difference in a walk, two in its sum, none in noise', () => {
    const noise = Float64Array.from({ length: 80 }, (_, t) => Math.sin(t * t * 1.7));
    const sums = (x: Float64Array): Float64Array => {
      let total = 0;
      return x.map((v) => (total += v + 0.3));
    };
    expect(kpss(noise)).toBeLessThan(0.463);
    expect(differencesNeeded(noise)).toBe(0);
    expect(differencesNeeded(sums(noise))).toBe(1);
    expect(differencesNeeded(sums(sums(sums(noise))))).toBe(2);
  });

  it('take a series apart so that the parts add up, and see how strong its season is', () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => t + 10 * Math.sin((t * Math.PI) / 6) + Math.sin(t * t));
    const { trend, season, rest } = stl(y, 12);
    y.forEach((v, t) => expect(trend[t]! + season[t]! + rest[t]!).toBeCloseTo(v, 9));
    expect(seasonalStrength(y, 12)).toBeGreaterThan(0.9);
    expect(seasonalStrength(Float64Array.from({ length: 60 }, (_, t) => Math.sin(t * t)), 12)).toBeLessThan(0.64);
  }); // prettier-ignore

  it('measure errors at rolling origins, which grow with the horizon of a walk', () => {
    let level = 100;
    const walk = Float64Array.from({ length: 40 }, (_, t) => (level += Math.sin(t * t * 1.3)));
    const spread = rollingSpread(walk, 1, 6)!;
    expect(spread[5]!).toBeGreaterThan(spread[0]!);
    expect(rollingSpread(walk.subarray(0, 6), 1, 3)).toBeUndefined();
  });
});
