import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { about, assess, atLeast, atMost, definePlan, inStepWith, reach, series } from '../../src/index.ts';
import { finite, law } from '../support/arbitraries.ts';

const plan = definePlan({
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: { en: 'GDP', zh: '地区生产总值' }, unit: '100m CNY', kind: 'flow', prices: 'constant' },
    revenue: { label: 'revenue', unit: '100m CNY', kind: 'flow' },
    jobs: { label: 'jobs', unit: 'persons', kind: 'flow' },
    cpi: { label: 'CPI', unit: 'index', kind: 'index' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('12%') },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp') },
    { indicator: 'jobs', measure: 'level', relation: reach(10_000) },
    { indicator: 'cpi', measure: 'growth', relation: atMost('3.5%') },
    { indicator: 'jobs', measure: 'level', relation: reach(30_000), period: ['2014', '2016'] },
    {
      indicator: 'gdp',
      measure: 'growth',
      relation: atLeast('10%', { strict: true }),
      period: ['2014', '2016'],
    },
  ],
});

describe('assess', () => {
  it('a growth in the band is met, outside it missed, for any base', () => {
    fc.assert(
      fc.property(finite(1, 1e6), finite(-0.2, 0.4), (base, g) => {
        const [row] = assess(plan, { actual: { gdp: series('2013', [base, base * (1 + g)]) } });
        fc.pre(Math.abs(g - 0.115) > 1e-9 && Math.abs(g - 0.125) > 1e-9);
        expect(row!.status).toBe(g > 0.115 && g < 0.125 ? 'met' : 'missed');
        expect(row!.gap < 0).toBe(g < 0.115);
      }),
      law,
    );
  });

  it('actual figures decide, an outlook leans, nothing is unknown', () => {
    const actual = {
      gdp: series('2013', [100, 112]),
      revenue: series('2013', [50]),
      jobs: series('2014', [9000]),
    };
    const outlook = {
      revenue: series('2014', [55]),
      cpi: series('2013', [100, 104]),
      gdp: series('2015', [124, 140]),
    };
    const rows = assess(plan, { actual, outlook });
    expect(rows.map((row) => row.status)).toEqual([
      'met',
      'at risk',
      'missed',
      'at risk',
      'unknown',
      'on track',
    ]);
    expect(rows[1]!.expected).toBeCloseTo(0.1, 12);
    expect(rows[1]!.gap).toBeCloseTo(-0.015, 12);
    expect(rows[2]!.gap).toBe(-1000);
    expect(rows[5]!.expected).toBeCloseTo(1.4 ** (1 / 3) - 1, 12);
    expect(assess(plan).every((row) => row.status === 'unknown' && Number.isNaN(row.gap))).toBe(true);
  });

  it('sums a flow over a span and says targets in either language', () => {
    const rows = assess(plan, { actual: { jobs: series('2014', [10_000, 10_000, 10_001]) }, language: 'zh' });
    expect(rows[4]!.expected).toBe(30_001);
    expect(rows[4]!.status).toBe('met');
    expect(rows[0]!.target).toBe('地区生产总值增长12%左右');
  });

  it('more than is not met by the value itself', () => {
    const strict = definePlan({
      ...plan,
      targets: [{ indicator: 'jobs', measure: 'level', relation: atLeast(100, { strict: true }) }],
    });
    expect(assess(strict, { actual: { jobs: series('2014', [100]) } })[0]!.status).toBe('missed');
    expect(assess(strict, { actual: { jobs: series('2014', [101]) } })[0]!.status).toBe('met');
  });
});

it('a target that is met to the last bit but one is met', () => {
  for (const g of [0.13, 0.15, 0.17]) {
    const one = definePlan({
      ...plan,
      targets: [{ indicator: 'gdp', measure: 'growth', relation: atLeast(g) }],
    });
    expect(assess(one, { actual: { gdp: series('2013', [100, 100 * (1 + g)]) } })[0]).toMatchObject({
      status: 'met',
      gap: 0,
    });
  }
});
