import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  about,
  assess,
  atLeast,
  atMost,
  definePlan,
  inStepWith,
  reach,
  series,
  simulate,
  uniform,
} from '../../src/index.ts';
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

describe('what is unknown says why', () => {
  const growthOf = (target: object) =>
    definePlan({
      ...plan,
      targets: [{ indicator: 'gdp', measure: 'growth', relation: about('12%'), ...target }],
    });
  const why = (
    of: ReturnType<typeof growthOf>,
    options: NonNullable<Parameters<typeof assess>[1]>,
  ): string[] =>
    (['en', 'zh'] as const).map((language) => {
      const [row] = assess(of, { ...options, language });
      expect(row!.status).toBe('unknown');
      return row!.why!;
    });

  it('no figures, a misspelt series, another frequency', () => {
    expect(why(growthOf({}), {})).toEqual(['there are no figures', '没有数据']);
    expect(why(growthOf({}), { actual: { GDP: series('2013', [100, 112]) } })).toEqual([
      "there is no series named 'gdp'; 'GDP' is given",
      '没有名为“gdp”的序列，所给的有“GDP”',
    ]);
    expect(why(growthOf({}), { actual: { jobs: series('2013', [100, 112]) } })).toEqual([
      "there is no series named 'gdp'; given: jobs",
      '没有名为“gdp”的序列，所给的有：jobs',
    ]);
    expect(why(growthOf({}), { outlook: { gdp: series('2013-Q1', [1, 2, 3, 4, 5, 6, 7, 8]) } })).toEqual([
      "'gdp' is by quarter, the target is about 2014",
      '“gdp”为季度数据，目标期为2014',
    ]);
  });

  it('a base or a value that is missing, and a base that is not positive', () => {
    expect(why(growthOf({}), { actual: { gdp: series('2014', [112]) } })).toEqual([
      "'gdp' has no value at 2013, the base of its growth (it covers 2014 to 2014)",
      '“gdp”缺2013的数值，无法计算增速（现有2014至2014）',
    ]);
    expect(why(growthOf({}), { actual: { gdp: series('2013', [100]) } })).toEqual([
      "'gdp' has no value at 2014 (it covers 2013 to 2013)",
      '“gdp”缺2014的数值（现有2013至2013）',
    ]);
    expect(
      why(growthOf({ period: ['2014', '2015'] }), { actual: { gdp: series('2013', [0, 1, 2]) } }),
    ).toEqual([
      "'gdp' is 0 at 2013, the base of its growth, which must be positive",
      '“gdp”在基期2013为0，计算增速须为正数',
    ]);
  });

  it('the leader of an in-step target, another place, a simulation that leaves it out', () => {
    const step = definePlan({ ...plan, targets: [plan.targets[1]!] });
    expect(why(step, { actual: { revenue: series('2013', [100, 112]) } })).toEqual([
      "of its leader: there is no series named 'gdp'; given: revenue",
      '所同步的指标：没有名为“gdp”的序列，所给的有：revenue',
    ]);
    expect(
      why(growthOf({ versus: 'the province' }), { actual: { gdp: series('2013', [100, 112]) } })[0],
    ).toBe('it is held against the province');
    const summary = simulate(({ g }) => g, { g: uniform(0, 1) }, { draws: 10 });
    expect(why(growthOf({}), { outlook: summary })).toEqual([
      'the simulation does not speak of it',
      '模拟未涉及该目标',
    ]);
  });

  it('every unknown row has a reason and every known row has none', () => {
    const names = fc.constantFrom('gdp', 'revenue', 'jobs', 'cpi', 'GDP');
    const figures = fc.dictionary(
      names,
      fc
        .tuple(
          fc.constantFrom('2012', '2013', '2014', '2013-Q1', '2014-01'),
          fc.array(fc.constantFrom(NaN, 0, -1, 100, 112), { maxLength: 9 }),
        )
        .map(([start, values]) => series(start as '2012', values)),
    );
    fc.assert(
      fc.property(figures, figures, (actual, outlook) => {
        for (const row of assess(plan, { actual, outlook }))
          expect(row.why === undefined).toBe(row.status !== 'unknown');
      }),
      law,
    );
  });
});
