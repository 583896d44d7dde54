import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { nowcast } from '../../src/assess/nowcast.ts';
import { pace } from '../../src/assess/pace.ts';
import { track } from '../../src/assess/track.ts';
import { definePlan } from '../../src/plan/plan.ts';
import { about, atLeast, inStepWith, reach } from '../../src/plan/relation.ts';
import { series } from '../../src/time/series.ts';

const plan = definePlan({
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: 'GDP', unit: '100m CNY', kind: 'flow', prices: 'constant' },
    revenue: { label: 'revenue', unit: '100m CNY', kind: 'flow', prices: 'current' },
    projects: { label: 'projects', unit: 'count', kind: 'flow' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('12%') },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp') },
    { indicator: 'projects', measure: 'level', relation: reach(40) },
  ],
});
const last = [22, 24, 26, 28];

describe('track', () => {
  it('without figures says what assess says', () => {
    expect(track(plan)).toEqual(assess(plan));
  });

  it('on complete years is assess, with attainment beside it', () => {
    const actual = { gdp: series('2013', [100, 111.8]), projects: series('2014', [36]) };
    const rows = track(plan, { actual });
    expect(rows).toMatchObject(assess(plan, { actual }));
    expect(rows.map(({ attainment }) => attainment)).toEqual([expect.closeTo(0.118 / 0.12, 12), undefined, 0.9]);
  }); // prettier-ignore

  it('takes published growth of the year for what it is', () => {
    const [gdp, revenue] = track(plan, {
      growth: { gdp: series('2014', [0.118]), revenue: series('2013', [0.2, 0.13]) },
    });
    expect([gdp!.status, gdp!.probability, revenue!.status]).toEqual(['met', 1, 'missed']);
    expect(gdp!.expected).toBeCloseTo(0.118, 12);
  });

  it('quarters of a complete year add up to the year', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (q) => {
          const total = (from: number): number => q.slice(from, from + 4).reduce((sum, value) => sum + value, 0);
          const [row] = track(plan, { actual: { gdp: series('2013-Q1', q) } });
          expect(row!.expected).toBeCloseTo(total(4) / total(0) - 1, 9);
          expect(row!.nowcast).toBeUndefined();
        },
      ),
      { seed: 1 },
    );
  }); // prettier-ignore

  it('a year under way has the nowcast and the pace of its figures', () => {
    const growth = series('2014-Q1', [0.118, 0.12]);
    const flows = series('2013-Q1', last);
    const [row] = track(plan, { growth: { gdp: growth }, actual: { gdp: flows } });
    const now = nowcast(growth, { weights: last });
    expect(row!.nowcast).toEqual(now);
    expect(row!.pace).toEqual(
      pace('12%', { base: flows, cumulative: growth, decimals: 1, outlook: now.rest }),
    );
    expect([row!.status, row!.attainment]).toEqual(['on track', 1]);
    expect(row!.probability).toBeGreaterThan(0.25);
    expect(row!.probability).toBeLessThan(0.75);
    expect(row!.why).toBeUndefined();
  });

  it('growth to date from flows is exact, and holds the rest of the year to the target', () => {
    const actual = { gdp: series('2013-Q1', [...last, 24, 26.5]) };
    const [row] = track(plan, { actual });
    expect(row!.nowcast!.toDate).toBeCloseTo(50.5 / 46 - 1, 12);
    // What is needed makes the year 112.
    expect(50.5 + 54 * (1 + row!.pace!.needed)).toBeCloseTo(112, 9);
    expect(row!.status).toBe('at risk');
  });

  it('a joint January and February is one flow', () => {
    const year = [NaN, 16, ...Array.from({ length: 10 }, () => 8)];
    const actual = { gdp: series('2013-01', [...year, NaN, 17.92]) };
    const [row] = track(plan, { actual });
    expect(row!.nowcast!.toDate).toBeCloseTo(0.12, 12);
    expect(row!.nowcast!.restShare).toBeCloseTo(80 / 96, 12);
  });

  it('in step is held against what is expected of the leader', () => {
    const of = (revenue: number) =>
      track(plan, {
        growth: { gdp: series('2014-Q1', [0.11]), revenue: series('2014-Q1', [revenue]) },
      })[1]!;
    expect([of(0.112).status, of(0.112).band]).toEqual([
      'on track',
      { low: expect.closeTo(0.105, 9), high: expect.closeTo(0.115, 9) },
    ]);
    expect([of(0.12).status, of(0.12).gap]).toEqual(['at risk', expect.closeTo(0.005, 9)]);
    const [, alone] = track(plan, { growth: { revenue: series('2014-Q1', [0.11]) } });
    expect([alone!.status, alone!.nowcast!.toDate]).toEqual(['unknown', 0.11]);
    expect(alone!.why).toContain('leader');
  });

  it('a total under way is counted so far', () => {
    const row = track(plan, { actual: { projects: series('2014-Q1', [9, 12]) } })[2]!;
    expect([row.status, row.attainment]).toEqual(['unknown', 21 / 40]);
  });

  it('more than one year of growth, and other years, are left to assess', () => {
    const [row] = track(plan, { growth: { gdp: series('2013-Q1', [0.1, 0.1, 0.1, 0.1]) } });
    expect([row!.status, row!.nowcast]).toEqual(['unknown', undefined]);
    const long = { ...plan, span: ['2014', '2015'] as const };
    expect(track(long, { growth: { gdp: series('2014-Q1', [0.1]) } })[0]!.status).toBe('unknown');
  });

  it('refuses weights of another number', () => {
    const growth = { gdp: series('2014-Q1', [0.1]) };
    expect(() => track(plan, { growth, weights: [0.5, 0.5] })).toThrow('give 4 positive shares');
    expect(track(plan, { growth, weights: [0.1, 0.2, 0.3, 0.4] })[0]!.nowcast!.restShare).toBeCloseTo(
      0.9,
      12,
    );
  });

  it('a ceiling has a chance and no pace', () => {
    const capped = { ...plan, targets: [{ ...plan.targets[0]!, relation: atLeast('10%') }] };
    expect(track(capped, { growth: { gdp: series('2014-Q1', [0.12]) } })[0]!.pace).toBeDefined();
    const ceiling = { ...plan, targets: [{ ...plan.targets[0]!, relation: { kind: 'at-most', value: 0.1 } as const }] };
    const [row] = track(ceiling, { growth: { gdp: series('2014-Q1', [0.12]) } });
    expect([row!.pace, row!.status]).toEqual([undefined, 'at risk']);
    expect(row!.probability).toBeLessThan(0.5);
  }); // prettier-ignore

  it('published growth comes before levels in complete years too, year by year', () => {
    const nominal = series('2013-Q1', [...last, 24, 26, 28.5, 30.5]);
    const of = (growth: number[]) =>
      track(plan, { growth: { gdp: series('2014-Q1', growth) }, actual: { gdp: nominal } })[0]!;
    expect([of([0.12, 0.12, 0.12]).status, of([0.12, 0.12, 0.12]).nowcast!.toDate]).toEqual(['on track', 0.12]);
    const whole = of([0.12, 0.12, 0.12, 0.12]);
    expect([whole.status, whole.nowcast]).toEqual(['met', undefined]);
    expect(whole.expected).toBeCloseTo(0.12, 12);
    // Over a span: growth where it is published, levels for the other years.
    const long = { ...plan, span: ['2014', '2016'] as const, targets: [{ ...plan.targets[0]!, period: ['2014', '2016'] as const, cumulative: true }] };
    const [row] = track(long, { growth: { gdp: series('2014', [0.1, null, 0.3]) }, actual: { gdp: series('2013', [100, 150, 180, 200]) } });
    expect(row!.expected).toBeCloseTo(1.1 * 1.2 * 1.3 - 1, 12);
  }); // prettier-ignore

  it('a missing year does not spoil the growth of another, nor do the figures of last year alone', () => {
    const [gap] = track(plan, { growth: { gdp: series('2012', [0.1, null, 0.12]) } });
    expect([gap!.status, gap!.probability]).toEqual(['met', 1]);
    const [quarters] = track(plan, {
      growth: { gdp: series('2014-Q1', [0.11, 0.12, 0.12, 0.12]) },
      actual: { gdp: series('2013-Q1', last) },
    });
    expect([quarters!.status, quarters!.nowcast]).toEqual(['met', undefined]);
    const [years, revenue] = track(plan, {
      growth: { gdp: series('2013', [0.1, 0.12]), revenue: series('2014', [0.15]) },
      actual: { gdp: series('2012', [90, 100]), revenue: series('2013', [10]) },
    });
    expect([years!.status, revenue!.status]).toEqual(['met', 'missed']);
  });

  it('growth is no level', () => {
    const [, , projects] = track(plan, { growth: { projects: series('2014', [0.1]) } });
    expect([projects!.status, projects!.expected]).toEqual(['unknown', NaN]);
  });

  it('a stock is no flow: no pace and no nowcast while its year runs', () => {
    const deposits = { label: 'deposits', unit: '100m CNY', kind: 'stock' } as const;
    const bank = definePlan({
      name: 'B',
      span: ['2014', '2014'],
      indicators: { deposits },
      targets: [{ indicator: 'deposits', measure: 'growth', relation: about('12%') }],
    });
    const of = (...now: number[]) =>
      track(bank, { actual: { deposits: series('2013-Q1', [100, 102, 104, 106, ...now]) } })[0]!;
    expect(of(116, 118)).toMatchObject({ status: 'unknown', expected: NaN });
    expect(Object.keys(of(116, 118))).not.toEqual(expect.arrayContaining(['nowcast']));
    expect(Object.keys(of(116, 118))).not.toEqual(expect.arrayContaining(['pace']));
    expect(of(116, 118).why).toContain('deposits');
    expect(of(116, 118, 118, 118.72)).toMatchObject({ status: 'met', expected: expect.closeTo(0.12, 12) });
    const [growing] = track(bank, { growth: { deposits: series('2014-Q1', [0.16, 0.15]) } });
    expect([growing!.status, growing!.nowcast]).toEqual(['unknown', undefined]);
  });

  it('quarterly growth is weighed by monthly flows of last year, its January and February joint or not', () => {
    const months = Array.from({ length: 12 }, (_, i) => i + 1);
    const growth = { gdp: series('2014-Q1', [0.118, 0.12]) };
    const [gdp] = track(plan, { growth, actual: { gdp: series('2013-01', months) } });
    expect(gdp!.nowcast!.restShare).toBeCloseTo(57 / 78, 12);
    expect(gdp!.pace!.periods.map(({ lastYear }) => lastYear)).toEqual([24, 33]);
    const joint = series('2013-01', [null, 3, ...months.slice(2)]);
    expect(track(plan, { growth, actual: { gdp: joint } })[0]).toEqual(gdp);
    const quarters = track(plan, { growth, actual: { gdp: series('2013-Q1', [6, 15, 24, 33]) } })[0];
    expect(quarters).toEqual(gdp);
  });

  it('the level of last year is spread by the weights', () => {
    const growth = { gdp: series('2014-Q1', [0.118, 0.12]) };
    const actual = { gdp: series('2013', [200]) };
    const [row] = track(plan, { growth, actual, weights: [0.1, 0.2, 0.3, 0.4] });
    expect(row!.nowcast!.restShare).toBeCloseTo(0.7, 12);
    expect(row!.pace!.periods.map(({ lastYear }) => lastYear)).toEqual([60, 80]);
  });

  it('flows speak where published growth says nothing of the year', () => {
    const flows = { gdp: series('2013-Q1', [...last, 24, 26.5]) };
    const [alone] = track(plan, { actual: flows });
    for (const growth of [series('2012', [0.11, 0.12]), series('2012-Q1', [0.1, 0.1, 0.1, 0.1]), series('2013', [0.1, null])]) {
      const [row] = track(plan, { growth: { gdp: growth }, actual: flows });
      expect(row).toEqual(alone);
      expect(row!.nowcast!.toDate).toBeCloseTo(50.5 / 46 - 1, 12);
    }
  }); // prettier-ignore

  it('growth published for the whole year stays as it is while its leader is under way', () => {
    const alone = { ...plan, targets: [plan.targets[1]!] };
    const [revenue] = track(alone, {
      growth: { gdp: series('2014-Q1', [0.11]), revenue: series('2014', [0.11]) },
      actual: { revenue: series('2013-Q1', [...last, 24, 26.5]) },
    });
    expect([revenue!.status, revenue!.nowcast]).toEqual(['unknown', undefined]);
    expect(revenue!.expected).toBeCloseTo(0.11, 12);
    expect(revenue!.why).toContain('leader');
  });
});
