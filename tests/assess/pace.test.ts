import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nowcast, outsideView, pace, referenceClass, series, toYearToDate } from '../../src/index.ts';
import type { TargetCase } from '../../src/index.ts';
import { cdf } from '../../src/uncertainty/cdf.ts';
import { normal } from '../../src/uncertainty/distribution.ts';
import { mean, variance } from '../../src/uncertainty/moments.ts';
import { close, finite, law } from '../support/arbitraries.ts';

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

describe('pace', () => {
  const quarters = fc.array(finite(1, 1000), { minLength: 4, maxLength: 4 });

  it('undoes year to date: the rest at the needed pace meets the target', () => {
    fc.assert(
      fc.property(
        quarters,
        fc.array(finite(0.5, 2), { minLength: 1, maxLength: 3 }),
        finite(-0.2, 0.5),
        (base, ratios, target) => {
          const actual = ratios.map((r, k) => base[k]! * r);
          const { needed, periods } = pace(target, {
            base: series('2013-Q1', base),
            actual: series('2014-Q1', actual),
          });
          const year = toYearToDate(series('2014-Q1', [...actual, ...periods.map((p) => p.needed)]))
            .values[3]!;
          const before = base.reduce((sum, v) => sum + v, 0);
          expect(close(year / before, 1 + target, 1e-10)).toBe(true);
          expect(periods.every((p) => p.growth === needed)).toBe(true);
        },
      ),
      law,
    );
  });

  it('the plan golden: what the second half must do', () => {
    const { cases } = json('../golden/plan-golden.json') as {
      cases: {
        in_year: {
          last_year: number[];
          target: number;
          actual_h1: number[];
          ytd_growth: number;
          h2_growth_needed: number;
          gap_to_target_if_ytd_rate_persists: number;
        };
      };
    };
    const g = cases.in_year;
    const result = pace(g.target, {
      base: series('2013-Q1', g.last_year),
      actual: series('2014-Q1', g.actual_h1),
    });
    expect(close(result.toDate, g.ytd_growth)).toBe(true);
    expect(close(result.needed, g.h2_growth_needed)).toBe(true);
    expect(close(result.gapAtThisRate, g.gap_to_target_if_ytd_rate_persists)).toBe(true);
  });

  it('carries the rounding of published growth through', () => {
    const base = series('2013-Q1', [22, 24.5, 25.5, 28]);
    const { needed, range } = pace('7.5%', { base, cumulative: series('2014-Q1', [0.074, 0.074]) });
    expect(range[0]).toBeLessThan(needed);
    expect(range[1]).toBeGreaterThan(needed);
    expect(range[1] - range[0]).toBeCloseTo((0.001 * 46.5) / 53.5, 12);
  });

  it('lights by probability, and takes January with February', () => {
    const base = series('2013-01', [null, 20, ...Array.from({ length: 10 }, () => 10)]);
    const cumulative = series('2014-01', [null, 0.1]);
    const likely = pace('10%', { base, cumulative, outlook: normal(0.12, 0.01) });
    expect(likely.probability).toBeGreaterThan(0.95);
    expect(likely.light).toBe('green');
    expect(pace('10%', { base, cumulative, outlook: normal(0.1, 0.01) }).light).toBe('amber');
    expect(pace('10%', { base, cumulative, outlook: normal(0.08, 0.01) }).light).toBe('red');
    expect(pace('10%', { base, cumulative }).light).toBeUndefined();
    expect(likely.periods).toHaveLength(10);
  });

  it('says what is missing', () => {
    expect(() =>
      pace('10%', { base: series('2013-Q1', [1, 2, 3]), cumulative: series('2014-Q1', [0.1]) }),
    ).toThrow("pace: last year's figures lack 2013-Q4");
    expect(() => pace('10%', { base: series('2013-Q1', [1, 2, 3, 4]) })).toThrow(
      'nothing of this year is given',
    );
    expect(() => pace('10%', { base: series('2013', [1]) })).toThrow('by year');
    expect(
      pace('10%', { base: series('2013-Q1', [1, 1, 1, 1]), actual: series('2014-Q1', [1, 1, 1, 1]) }).needed,
    ).toBeNaN();
  });
});

describe('nowcast', () => {
  const weights = [0.22, 0.245, 0.255, 0.28];

  it('is around the year to date, narrower as the year goes on, and its rest makes the year', () => {
    const growth = [0.078, 0.076, 0.077, 0.077];
    const spreads = [1, 2, 3, 4].map((q) =>
      variance(nowcast(series('2013-Q1', growth.slice(0, q)), { weights }).year),
    );
    expect(spreads.every((v, i) => i === 0 || v < spreads[i - 1]!)).toBe(true);
    const half = nowcast(series('2013-Q1', growth.slice(0, 2)), { weights });
    expect(mean(half.year)).toBeCloseTo(0.076, 12);
    expect(half.restShare).toBeCloseTo(0.535, 12);
    // Share of the year above the target is the chance of the needed rest, up to the published rounding.
    const base = series('2012-Q1', weights);
    const p = pace('7.5%', { base, cumulative: series('2013-Q1', growth.slice(0, 2)), outlook: half.rest });
    expect(p.probability).toBeCloseTo(1 - cdf(half.year, 0.075), 2);
  });

  it('learns its spread from past years', () => {
    const calm = series('2010-Q1', [...Array.from({ length: 16 }, () => 0.08), 0.08, 0.08]);
    const wild = series(
      '2010-Q1',
      [
        0.12, 0.1, 0.08, 0.06, 0.05, 0.07, 0.09, 0.1, 0.12, 0.1, 0.08, 0.05, 0.05, 0.08, 0.1, 0.12, 0.08,
        0.08,
      ],
    );
    expect(nowcast(calm, { weights }).years).toBe(4);
    expect(variance(nowcast(calm, { weights }).year)).toBeLessThan(variance(nowcast(wild, { weights }).year));
  });

  it('refuses what it cannot use', () => {
    expect(() => nowcast(series('2013', [0.1]), { weights })).toThrow('yearly');
    expect(() => nowcast(series('2013-Q1', [0.1]), { weights: [1, 1] })).toThrow('give 4 positive shares');
    expect(() => nowcast(series('2013-Q1', [null]), { weights })).toThrow('no growth is known');
  });
});

describe('the outside view', () => {
  const { cases } = json('../../seeds/growth-targets.json') as { cases: TargetCase[] };

  it('China 2004-2023 exceeded its targets by 1.3 points on average, five provinces of 2014 missed by 2.7', () => {
    const china = referenceClass(cases, { like: ({ place, year }) => place === 'China' && year <= 2023 });
    expect(100 * china.mean).toBeCloseTo(1.3, 1);
    expect(100 * china.sd).toBeCloseTo(2.0, 1);
    const provinces = referenceClass(cases, {
      like: ({ place, year }) =>
        year === 2014 && ['Shanxi', 'Liaoning', 'Heilongjiang', 'Yunnan', 'Shandong'].includes(place),
    });
    expect(100 * provinces.mean).toBeCloseTo(-2.7, 1);
    expect(100 * provinces.sd).toBeCloseTo(1.4, 1);
    expect(provinces.met).toBe(0);
    expect(china.left).toBe(1);
  });

  it('pools with an inside view', () => {
    const reference = referenceClass(cases, { like: ({ place }) => place === 'China' });
    const pooled = outsideView('12%', reference, { inside: normal(0.12, 0.01) });
    expect(mean(pooled)).toBeCloseTo(0.5 * 0.12 + 0.5 * (0.12 + reference.mean), 10);
    expect(mean(outsideView('12%', reference))).toBeCloseTo(0.12 + reference.mean, 10);
    expect(() => referenceClass([])).toThrow('none of 0 cases');
  });
});
