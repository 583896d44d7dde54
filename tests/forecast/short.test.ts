import { describe, expect, it } from 'vitest';
import {
  arima,
  auto,
  combine,
  drift,
  ets,
  forecast,
  intervals,
  logDrift,
  naive,
  quantile,
  seasonalNaive,
  series,
  theta,
} from '../../src/index.ts';
import type { IntervalRow, Period } from '../../src/index.ts';

describe('a handful of values', () => {
  it.each([
    ['2012', [100, 110]],
    ['2012', [1, 2]],
    ['2012', [100, 110, 120]],
    ['2012-Q1', [100, 110]],
    ['2012-Q1', [100, 110, 108]],
    ['2012-01', [50, 51, 52, 53]],
  ] as [Period, number[]][])('from %s %j go on from the last, not from zero', (start, values) => {
    for (const method of [auto(), arima()]) {
      const median = quantile(forecast(series(start, values), method).steps[0]!, 0.5);
      expect(median).toBeGreaterThan(0.9 * values.at(-1)!);
      expect(median).toBeLessThan(2 * values.at(-1)!);
    }
  });
});

describe('huge and tiny numbers', () => {
  const methods = {
    naive: naive(),
    seasonal: seasonalNaive(),
    drift: drift(),
    logDrift: logDrift(),
    theta: theta(),
    logTheta: theta({ lambda: 0 }),
    ets: ets(),
    arima: arima(),
    auto: auto(),
    declared: auto({ declare: 'economic-level' }),
    combined: combine([naive(), drift()]),
  };
  const shapes: Record<string, (t: number) => number> = {
    'near the largest number': (t) => 1e308 * (1 + 0.05 * Math.sin(t)),
    'of both signs': (t) => (t % 2 === 0 ? 1.5e308 : -1.5e308),
    'growing beyond it': (t) => 1e100 * Math.exp(9 * t),
    'as large as can be squared': (t) => 1e149 * (1 + 0.1 * Math.sin(t)),
    'near the smallest': (t) => 1e-308 * (1 + t),
  };
  it.each(Object.keys(shapes))('%s: finite intervals or a refusal that names the way out', (shape) => {
    for (const start of ['2000', '2010-Q1'] as const) {
      const history = series(
        start,
        Array.from({ length: 14 }, (_, t) => shapes[shape]!(t)),
      );
      for (const method of Object.values(methods)) {
        let rows: IntervalRow[];
        try {
          rows = intervals(forecast(history, method, { horizon: 8 }));
        } catch (error) {
          expect(String(error)).toMatch(/larger unit|shorter horizon/);
          continue;
        }
        for (const { low, median, high, mean } of rows)
          expect([low, median, high, mean].every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('names the value that is too large', () => {
    expect(() => forecast(series('2010', [1, 2, 1e200]), naive())).toThrow(
      'naive: the value at 2012 is 1e+200, whose square is beyond all numbers; give the series in a larger unit',
    );
  });
});
