import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arima } from '../../src/forecast/arima.ts';
import { auto } from '../../src/forecast/auto.ts';
import { combine } from '../../src/forecast/combine.ts';
import { ets } from '../../src/forecast/ets.ts';
import { forecast, intervals } from '../../src/forecast/forecast.ts';
import type { Method } from '../../src/forecast/method.ts';
import { drift, logDrift, naive, seasonalNaive } from '../../src/forecast/naive.ts';
import { theta } from '../../src/forecast/theta.ts';
import { addPeriods } from '../../src/time/period.ts';
import type { Period } from '../../src/time/period.ts';
import { series } from '../../src/time/series.ts';
import { mean } from '../../src/uncertainty/moments.ts';
import { quantile } from '../../src/uncertainty/quantile.ts';

const methods: Readonly<Record<string, Method>> = {
  naive: naive(),
  seasonalNaive: seasonalNaive(),
  drift: drift(),
  logDrift: logDrift(),
  'standard theta': theta({ model: 'standard' }),
  'optimised theta': theta({ model: 'optimised' }),
  'dynamic theta': theta(),
  ets: ets(),
  arima: arima(),
  combination: combine([drift(), theta()], { by: 'median' }),
  auto: auto(),
};

const seeded = { seed: 1, numRuns: 25 };

/** Annual and quarterly histories of an economic kind: a level, growth, a cycle and noise. */
const history = fc
  .record({
    start: fc.constantFrom<Period>('1990', '1990-Q1'),
    level: fc.double({ min: 1, max: 1e4, noNaN: true }),
    growth: fc.double({ min: -0.05, max: 0.15, noNaN: true }),
    noise: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 6, maxLength: 26 }),
  })
  .map(({ start, level, growth, noise }) =>
    series(
      start,
      noise.map((e, t) => level * (1 + growth) ** t * (1 + (e + (t % 3)) / 1000)),
    ),
  );

describe.each(Object.entries(methods))('%s', (_, method) => {
  it('forecasts a scaled series by the scaled forecast', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(0.25, 8, 1024), (h, factor) => {
        const one = method.fit(h).predict(3);
        const scaled = method.fit({ start: h.start, values: h.values.map((v) => v * factor) }).predict(3);
        for (const p of [0.05, 0.5, 0.9]) {
          one.steps.forEach((step, j) => {
            expect(quantile(scaled.steps[j]!, p) / factor / quantile(step, p)).toBeCloseTo(1, 7);
          });
        }
      }),
      seeded,
    );
  });

  it('forecasts the same from a shifted start', () => {
    fc.assert(
      fc.property(history, (h) => {
        const later = { start: addPeriods(h.start, h.start.length === 4 ? 7 : 28), values: h.values };
        expect(method.fit(later).predict(2).steps).toEqual(method.fit(h).predict(2).steps);
      }),
      seeded,
    );
  });

  it('nests intervals, orders quantiles and widens with the horizon', () => {
    fc.assert(
      fc.property(history, (h) => {
        const { steps } = method.fit(h).predict(6);
        let width = 0;
        for (const step of steps) {
          const q = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99].map((p) => quantile(step, p));
          for (let i = 1; i < q.length; i++) expect(q[i]!).toBeGreaterThanOrEqual(q[i - 1]!);
          expect(q.every(Number.isFinite)).toBe(true);
          expect(q[8]! - q[0]!).toBeGreaterThan(0);
          // In logs a falling median narrows the band on the scale of the series, but not in logs.
          const inner = step.kind === 'transformed' ? step.of : step;
          const own = quantile(inner, 0.9) - quantile(inner, 0.1);
          expect(own).toBeGreaterThanOrEqual(width * (1 - 1e-9));
          width = own;
        }
      }),
      seeded,
    );
  });

  it('answers at any length, for constant, negative and zero series', () => {
    for (const values of [
      [5], [0], [-3], [1, 2], [5, 5, 5, 5], [0, 0, 0], [1, -2, 3], [-1, -2, -4, -8, -9, -12, -11], [0, 0, 1, 0, 0, 5, 0, 0],
      [1e-9, 2e-9, 1e-9, 3e-9, 2e-9, 4e-9], [1e12, 1.1e12, 1.2e12, 1.4e12], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1],
    ]) {
      for (const start of ['2000', '2000-Q1', '2000-01'] as const) {
        const { steps, notes } = method.fit(series(start, values)).predict(3);
        expect(steps).toHaveLength(3);
        for (const step of steps) {
          expect(Number.isFinite(quantile(step, 0.5))).toBe(true);
          expect(Number.isFinite(mean(step))).toBe(true);
          const width = quantile(step, 0.95) - quantile(step, 0.05);
          const constant = values.every((v) => v === values[0]) && (values.length > 1 || values[0] === 0);
          if (constant) expect(width).toBe(0);
          else expect(width).toBeGreaterThan(0);
        }
        if (values.length === 1) expect(notes.join()).toContain('one value');
      }
    }
  }); // prettier-ignore

  it('gives plain data', () => {
    const f = method.fit(series('2000', [100, 104, 109, 112, 118, 121, 127])).predict(2);
    expect(JSON.parse(JSON.stringify(f))).toEqual(f);
  });
});

describe('forecast', () => {
  const gdp = series('2000', [100, 108, 117, 128, 141, 157, 177, 202, 222, 243, 269]);

  it('starts after the history, with as many steps as asked for', () => {
    const f = forecast(gdp, drift(), { horizon: 5 });
    expect(f.start).toBe('2011');
    expect(f.steps).toHaveLength(5);
    expect(f.last).toBe(269);
    expect(forecast(gdp).steps).toHaveLength(4);
  });

  it('compounds growth when the series is declared an economic level', () => {
    const plain = forecast(gdp, auto(), { horizon: 3 });
    const declared = forecast(gdp, auto(), { horizon: 3, declare: 'economic-level' });
    expect(declared.steps[0]!.kind).toBe('transformed');
    const end = (f: typeof plain): number => quantile(f.steps[2]!, 0.5);
    expect(end(declared)).toBeGreaterThan(end(forecast(gdp, drift(), { horizon: 3 })));
    expect(end(declared)).toBeGreaterThanOrEqual(end(plain));
  });

  it('forecasts the periods that have no value yet before the first asked for', () => {
    const late = series('2000', [...gdp.values, null]);
    const f = forecast(late, drift(), { horizon: 2 });
    expect(f.start).toBe('2012');
    expect(quantile(f.steps[0]!, 0.5)).toBeCloseTo(269 + 2 * 16.9, 9);
    expect(f.notes.join()).toContain('no value');
  });

  it('fills a gap between its neighbours and says so', () => {
    const gap = forecast(series('2000', [1, 2, null, 4, 5, 6]), drift(), { horizon: 1 });
    expect(quantile(gap.steps[0]!, 0.5)).toBeCloseTo(7, 9);
    expect(gap.notes).toContain('1 missing value was filled between neighbours');
  });

  it('refuses what it cannot read, by name', () => {
    expect(() => forecast(series('2000', [null, null]))).toThrow('auto: the history has no value');
    expect(() => forecast(series('2000', [1, Infinity, 3]))).toThrow('auto: the value at 2001 is Infinity');
    expect(() => forecast(gdp, drift(), { horizon: 0 })).toThrow('the horizon 0 is not a number of periods');
    expect(() => ets({ model: 'XYZ' })).toThrow("ets: the model 'XYZ' is unknown");
    expect(() => combine([])).toThrow('combine: there is no method');
  });

  it('lists intervals that nest, with the median between', () => {
    const rows = intervals(forecast(gdp, drift(), { horizon: 2 }), [0.5, 0.9]);
    expect(rows.map((r) => r.period)).toEqual(['2011', '2011', '2012', '2012']);
    expect(rows[1]!.low).toBeLessThan(rows[0]!.low);
    expect(rows[0]!.median).toBeCloseTo(285.9, 9);
  });

  it('gives a mean above the median in logs', () => {
    const step = forecast(gdp, logDrift(), { horizon: 3 }).steps[2]!;
    expect(mean(step)).toBeGreaterThan(quantile(step, 0.5));
  });

  it('caps log bands: an erratic series has a finite mean', () => {
    const wild = forecast(series('2000', [1, 1000, 2, 5000, 3, 9000, 1]), logDrift(), { horizon: 6 });
    for (const step of wild.steps) expect(mean(step)).toBeLessThanOrEqual(90_000 * 10);
  });
});

describe('combine', () => {
  const h = series('2000', [100, 104, 109, 112, 118, 121, 127, 130]);

  it('of one is that one', () => {
    fc.assert(
      fc.property(fc.constantFrom('mean', 'median', 'inverse-error'), (by) => {
        expect(combine([theta()], { by }).fit(h).predict(3)).toEqual(theta().fit(h).predict(3));
        const twice = combine([theta(), theta()], { by }).fit(h).predict(3);
        theta().fit(h).predict(3).steps.forEach((step, j) => {
          for (const p of [0.05, 0.5, 0.95]) expect(quantile(twice.steps[j]!, p)).toBeCloseTo(quantile(step, p), 9);
        }); // prettier-ignore
      }),
      seeded,
    );
  });

  it('lies between its members', () => {
    const [a, b] = [naive(), drift()].map((method) => quantile(method.fit(h).predict(1).steps[0]!, 0.5));
    for (const by of ['mean', 'median', 'inverse-error'] as const) {
      const c = quantile(combine([naive(), drift()], { by }).fit(h).predict(1).steps[0]!, 0.5);
      expect(c).toBeGreaterThanOrEqual(Math.min(a!, b!));
      expect(c).toBeLessThanOrEqual(Math.max(a!, b!));
    }
  });
});
