import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../src/forecast/backtest.ts';
import { drift, naive } from '../../src/forecast/naive.ts';
import {
  brier, calibrationError, coverage, crps, dieboldMariano, mase, msis, owa, pinball, rmsse, smape,
} from '../../src/forecast/score.ts'; // prettier-ignore
import { theta } from '../../src/forecast/theta.ts';
import { series } from '../../src/time/series.ts';
import type { Distribution } from '../../src/uncertainty/distribution.ts';

const seeded = { seed: 1, numRuns: 50 };
const history = [4, 6, 8, 10];

describe('scores', () => {
  it('are what their definitions say on small numbers', () => {
    expect(mase([12, 14], [11, 12], history)).toBe(0.75);
    expect(rmsse([12, 14], [11, 12], history)).toBeCloseTo(Math.sqrt(2.5 / 4), 12);
    expect(smape([100], [110])).toBeCloseTo(2000 / 210, 12);
    expect(smape([0], [0])).toBe(0);
    expect(pinball([12], [10], 0.9)).toBeCloseTo(1.8, 12);
    expect(pinball([8], [10], 0.9)).toBeCloseTo(0.2, 12);
    expect(brier([0.8, 0.3], [true, false])).toBeCloseTo(0.065, 12);
    expect(calibrationError([0.9, 0.9, 0.1], [1, 1, 0])).toBeCloseTo(0.1, 12);
    expect(mase([10], [12], [1, 2, 3, 4, 3, 4, 5, 6], 4)).toBe(1);
  });

  it('do not hang on the unit', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 1024), (k) => {
        const scaled = (x: readonly number[]): number[] => x.map((v) => v * k);
        const steps = (c: number): Distribution[] => [10, 13].map((location) => ({ kind: 'student', location: location * c, scale: c, df: 5 }));
        expect(mase(scaled([12, 14]), scaled([11, 12]), scaled(history))).toBeCloseTo(0.75, 12);
        expect(msis(scaled([12, 14]), steps(k), scaled(history))).toBeCloseTo(msis([12, 14], steps(1), history), 9);
        expect(crps(scaled([12, 14]), steps(k))).toBeCloseTo(k * crps([12, 14], steps(1)), 6);
      }),
      seeded,
    ); // prettier-ignore
  });

  it('give OWA 1 for the benchmark itself', () => {
    expect(owa([12, 14], [11, 12], [11, 12], history)).toBe(1);
  });

  it('know the interval: coverage and its score', () => {
    const box: Distribution = { kind: 'uniform', low: 0, high: 20 };
    expect(coverage([5, 30], [box, box])).toBe(0.5);
    expect(msis([12], [box], history)).toBeCloseTo(9.5, 9);
    expect(msis([20.5], [box], history)).toBeCloseTo((19 + 40) / 2, 9);
  });

  it('give the known CRPS of a normal, and the absolute error of a certain forecast', () => {
    // Gneiting and Raftery (2007), equation 21: sigma (2 phi(0) - 1 / sqrt(pi)) at the mean.
    const expected = 2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI);
    expect(crps([0], [{ kind: 'normal', mean: 0, sd: 1 }])).toBeCloseTo(expected, 3);
    expect(crps([5], [{ kind: 'normal', mean: 3, sd: 0 }])).toBeCloseTo(2, 9);
  });

  it('test a difference as Harvey, Leybourne and Newbold do', () => {
    const a = [1.2, -0.4, 0.7, 2.1, -1.3, 0.2, 0.9, -0.6];
    const b = [0.8, -0.9, 1.1, 1.0, -0.5, 0.4, 0.3, -1.0];
    const { statistic, pValue } = dieboldMariano(a, b);
    const d = a.map((e, i) => e * e - b[i]! * b[i]!);
    const mean = d.reduce((x, y) => x + y, 0) / 8;
    const variance = d.reduce((x, y) => x + (y - mean) ** 2, 0) / 8;
    expect(statistic).toBeCloseTo((Math.sqrt(7 / 8) * mean) / Math.sqrt(variance / 8), 12);
    expect(pValue).toBeGreaterThan(0.1);
    expect(dieboldMariano(b, a).statistic).toBeCloseTo(-statistic, 12);
    expect(dieboldMariano(a, a)).toEqual({ statistic: 0, pValue: 1 });
  });

  it('refuse lists of different lengths by name', () => {
    expect(() => mase([1, 2], [1], history)).toThrow('mase: there are 2 values and 1 forecasts');
    expect(() => brier([], [])).toThrow('brier: there are 0 values');
  });
});

describe('backtest', () => {
  const values = [10, 11, 13, 14, 16, 18, 19, 22, 24, 25, 28, 30];

  it('sees no future value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (future) => {
          const run = (tail: readonly number[]): unknown =>
            backtest(
              series('2000', [...values.slice(0, 9), ...tail]),
              { drift: drift(), theta: theta() },
              { horizon: 2 },
            )
              .rows.filter((row) => row.origin <= '2008')
              .map((row) => ({ ...row, actual: 0 }));
          expect(run(future)).toEqual(run(values.slice(9)));
        },
      ),
      { seed: 1, numRuns: 20 },
    );
  });

  it('makes a row for each origin, method and period, and a score for each method', () => {
    const { rows, scores } = backtest(
      series('2000', values),
      { naive: naive(), drift: drift() },
      { horizon: 3, from: 8 },
    );
    expect(rows).toHaveLength(2 * 2 * 3);
    expect(rows[0]).toMatchObject({
      method: 'naive',
      origin: '2007',
      period: '2008',
      ahead: 1,
      actual: 24,
      median: 22,
    });
    expect(scores.map((s) => s.method)).toEqual(['naive', 'drift']);
    expect(scores[1]!.mase).toBeLessThan(scores[0]!.mase);
    expect(scores[0]!.origins).toBe(2);
  });

  it('refuses a history without an origin', () => {
    expect(() => backtest(series('2000', [1, 2, 3]), { naive: naive() })).toThrow(
      'backtest: 3 values leave no origin',
    );
  });
});
