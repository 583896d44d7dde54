import { describe, expect, it } from 'vitest';
import { arima, auto, forecast, quantile, series } from '../../src/index.ts';
import type { Period } from '../../src/index.ts';

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
