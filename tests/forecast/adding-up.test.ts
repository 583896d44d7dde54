import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disaggregate } from '../../src/forecast/disaggregate.ts';
import { forecast } from '../../src/forecast/forecast.ts';
import { drift } from '../../src/forecast/naive.ts';
import { reconcile, reconcileDraws, reconcileForecasts } from '../../src/forecast/reconcile.ts';
import type { ReconcileOptions } from '../../src/forecast/reconcile.ts';
import { aggregate } from '../../src/time/aggregate.ts';
import { series } from '../../src/time/series.ts';
import { quantile } from '../../src/uncertainty/quantile.ts';
import golden from '../golden/adding-up.json' with { type: 'json' };

const seeded = { seed: 1, numRuns: 60 };
const close = (a: readonly number[], b: readonly number[], digits: number): void => {
  expect(a).toHaveLength(b.length);
  a.forEach((v, i) => expect(v).toBeCloseTo(b[i]!, digits));
};

describe('reconcile', () => {
  const totals = { gdp: ['agr', 'ind', 'srv'], ind: ['mining', 'making'] };
  const names = ['gdp', 'agr', 'ind', 'srv', 'mining', 'making'] as const;
  const values = fc
    .array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 6, maxLength: 6 })
    .map(
      (x) =>
        Object.fromEntries(names.map((name, i) => [name, x[i]!])) as Record<(typeof names)[number], number>,
    );
  const residuals = Object.fromEntries(
    names.map((name, i) => [name, [1, -2, 0.5, 1.5, -1].map((e, t) => e * (i + 1) + (t * i) / 7)]),
  );
  const ways: ReconcileOptions[] = [
    {},
    { by: 'bottom-up' },
    { by: 'top-down' },
    { residuals },
    { nonNegative: true },
  ];

  it('adds up, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...ways), (x, options) => {
        const once = reconcile(x, totals, options);
        expect(once.gdp).toBeCloseTo(once.agr + once.ind + once.srv, 8);
        expect(once.ind).toBeCloseTo(once.mining + once.making, 8);
        const twice = reconcile(once, totals, options);
        for (const name of names) expect(twice[name]).toBeCloseTo(once[name], 8);
      }),
      seeded,
    );
  });

  it('keeps what has no variance', () => {
    fc.assert(
      fc.property(values, (x) => {
        const variances = { gdp: 0, agr: 1, ind: 2, srv: 1, mining: 0, making: 3 };
        const out = reconcile(x, totals, { variances });
        expect(out.gdp).toBe(x.gdp);
        expect(out.mining).toBe(x.mining);
        expect(out.gdp).toBeCloseTo(out.agr + out.ind + out.srv, 8);
      }),
      seeded,
    );
  });

  it('never goes below zero when asked not to', () => {
    const out = reconcile(
      { t: 10, a: 1, b: 40 },
      { t: ['a', 'b'] },
      { variances: { t: 0, a: 1, b: 1 }, nonNegative: true },
    );
    expect(out).toEqual({ t: 10, a: 0, b: 10 });
    expect(
      reconcile({ t: 10, a: 1, b: 40 }, { t: ['a', 'b'] }, { variances: { t: 0, a: 1, b: 1 } }).a,
    ).toBeLessThan(0);
  });

  it("agrees with R on a plan's four values", () => {
    const { names: own, base, weights, result } = golden.plan;
    const [total, ...parts] = own;
    for (const key of ['ols', 'wls_level', 'wls_sq', 'gdp_firm'] as const) {
      const variances = Object.fromEntries(own.map((name, i) => [name, weights[key][i]!]));
      const out = reconcile(Object.fromEntries(own.map((name, i) => [name, base[i]!])), { [total!]: parts }, { variances });
      close(own.map((name) => out[name]!), result[key], 9);
    }
  }); // prettier-ignore

  it("agrees with Statistics Canada's raking of a table with two margins", () => {
    const { input, output } = golden.raking;
    const totals = {
      cars_tot: ['cars_alb', 'cars_sask'],
      vans_tot: ['vans_alb', 'vans_sask'],
      alb_tot: ['cars_alb', 'vans_alb'],
      sask_tot: ['cars_sask', 'vans_sask'],
    };
    const variances = Object.fromEntries(
      Object.entries(input).map(([name, v]) => [name, name.endsWith('tot') ? 0 : v]),
    );
    const out = reconcile(input, totals, { variances });
    for (const [name, v] of Object.entries(output)) expect(out[name as keyof typeof input]).toBeCloseTo(v, 9);
  });

  it('makes each draw coherent, and forecasts too', () => {
    const draws = { t: Float64Array.of(10, 12), a: Float64Array.of(4, 5), b: Float64Array.of(5, 9) };
    const out = reconcileDraws(draws, { t: ['a', 'b'] });
    out.t.forEach((v, i) => expect(v).toBeCloseTo(out.a[i]! + out.b[i]!, 9));
    const f = (values: number[]): ReturnType<typeof forecast> =>
      forecast(series('2000', values), drift(), { horizon: 3 });
    const forecasts = {
      t: f([10, 12, 13, 15, 18, 19]),
      a: f([6, 7, 7, 9, 10, 11]),
      b: f([4, 5, 6, 7, 7, 8]),
    };
    const together = reconcileForecasts(forecasts, { t: ['a', 'b'] });
    together.t.steps.forEach((step, j) => {
      const sum = quantile(together.a.steps[j]!, 0.5) + quantile(together.b.steps[j]!, 0.5);
      expect(quantile(step, 0.5)).toBeCloseTo(sum, 9);
    });
    expect(together.t.steps[0]!.kind).toBe('student');
  });

  it('says what is wrong by name', () => {
    expect(() => reconcile({ t: 1 }, { t: ['a'] })).toThrow("reconcile: 'a' has no value");
    expect(() =>
      reconcile({ t: 5, a: 1, b: 1 }, { t: ['a', 'b'] }, { variances: { t: 0, a: 0, b: 0 } }),
    ).toThrow('contradict');
    expect(() => reconcile({ a: 1, b: 1 }, { a: ['b'], b: ['a'] }, { by: 'bottom-up' })).toThrow(
      'part of itself',
    );
  });
});

describe('disaggregate', () => {
  it('sums to the year, averages to it or ends at it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 4, maxLength: 6 }),
        fc.constantFrom('flow', 'stock', 'rate', 'index'),
        fc.constantFrom('proportional', 'additive', 'chow-lin'),
        fc.constantFrom(1, 0.729),
        (years, kind, by, rho) => {
          const whole = series('2000', years);
          const like = series(
            '2000-Q1',
            Array.from({ length: 4 * years.length + 2 }, (_, t) => 20 + t + 3 * Math.sin(t)),
          );
          const parts = disaggregate(whole, { like, kind, by, rho });
          const back = aggregate(parts, 'year', kind).values.slice(0, years.length);
          back.forEach((v, i) => expect(v).toBeCloseTo(years[i]!, 6));
          expect(parts.values).toHaveLength(4 * years.length + 2);
        },
      ),
      seeded,
    );
  });

  it('gives back an indicator that already sums to the years', () => {
    const like = series(
      '2010-01',
      Array.from({ length: 36 }, (_, t) => 100 + t + 10 * Math.cos(t)),
    );
    const parts = disaggregate(aggregate(like, 'year', 'flow'), { like });
    close(parts.values, like.values, 8);
  });

  it("agrees with R's Denton", () => {
    const { indicator, annual, proportional_first_difference, additive_first_difference } = golden.denton;
    const whole = series('2010', annual);
    const like = series('2010-Q1', indicator);
    close(disaggregate(whole, { like }).values, proportional_first_difference, 6);
    close(disaggregate(whole, { like, by: 'additive' }).values, additive_first_difference, 6);
  });

  it("agrees with Statistics Canada's benchmarking, also with corrections that fade", () => {
    const { quarterly, annual, ...expected } = golden.benchmarking;
    const whole = series('2010', annual);
    const like = series('2010-Q1', quarterly);
    close(disaggregate(whole, { like }).values, expected.rho1_lambda1_bias1, 9);
    close(disaggregate(whole, { like, by: 'additive' }).values, expected.rho1_lambda0_bias1, 9);
    close(disaggregate(whole, { like, rho: 0.729 }).values, expected.rho729_lambda1_bias3, 9);
  });

  it('makes a smooth path when there is nothing to follow', () => {
    const parts = disaggregate(series('2010', [40, 44, 52])).values;
    const jumps = parts.slice(1).map((v, t) => Math.abs(v - parts[t]!));
    expect(Math.max(...jumps)).toBeLessThan(1);
  });

  it('says what is wrong by name', () => {
    expect(() => disaggregate(series('2010-Q1', [1]), { to: 'quarter' })).toThrow(
      'a quarter is not made of quarters',
    );
    expect(() => disaggregate(series('2010', [1]), { like: series('2010-Q1', [1, 0, 1, 1]) })).toThrow(
      'zeros',
    );
    expect(() => disaggregate(series('2010', [1]), { like: series('2010-Q1', [1, 1]) })).toThrow(
      'no value at 2010-Q3',
    );
  });
});
