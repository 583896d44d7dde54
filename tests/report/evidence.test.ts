import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  about,
  atLeast,
  definePlan,
  pace,
  probability,
  readPlanFile,
  series,
  targetNames,
  toYearToDate,
} from '../../src/index.ts';
import { studyPlan } from '../../src/presets/index.ts';
import { reportEvidence } from '../../src/report/index.ts';
import { finite } from '../support/arbitraries.ts';

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;
const study = studyPlan(plan);
const yearly = series('2004', [100, 112.7, 127, 145.1, 158.9, 173.6, 192, 210.3, 226.8, 244.4]);

describe('reportEvidence', () => {
  it('draws the model: the chance of each target, and a fan of GDP around the plan', () => {
    const { summary, forecasts, paces, issues } = reportEvidence(study, { draws: 4000, seed: 7 });
    expect([summary!.count, summary!.seed]).toEqual([4000, '7']);
    expect(issues).toEqual([]);
    expect(paces).toEqual([]);
    const [fan] = forecasts!;
    expect(forecasts).toHaveLength(1);
    expect(fan).toMatchObject({ basis: 'model', label: 'GDP', target: 'GDP growth of about 12 %' });
    // The share of the fan's first step inside the band is the probability of the target.
    const [low, high] = [fan!.band![1]!.low!, fan!.band![1]!.high!];
    const { values } = fan!.forecast.steps[0] as unknown as { values: readonly number[] };
    const inside = values.filter((value) => value >= low && value <= high).length / values.length;
    expect(Math.abs(inside - probability(summary!, targetNames(plan)[0]!).probability)).toBeLessThan(0.01);
    expect(reportEvidence(study, { draws: 4000, seed: 7 })).toEqual(
      reportEvidence(study, { draws: 4000, seed: 7 }),
    );
  });

  it('without draws there are no chances', () => {
    expect(reportEvidence(study, { draws: 0 })).toEqual({
      forecasts: [],
      paces: [],
      quarters: {},
      issues: [],
    });
  });

  it('a history is forecast to the end of the plan, quarters as the years they sum to', () => {
    const quarters = series(
      '2004-Q1',
      yearly.values.flatMap((value) => [0.22, 0.24, 0.26, 0.28].map((share) => share * value)),
    );
    const [fromYears] = reportEvidence(study, { draws: 0, history: { gdp: yearly } }).forecasts!;
    const given = reportEvidence(study, { draws: 0, history: { gdp: quarters } });
    const [fromQuarters] = given.forecasts!;
    expect(fromYears!.forecast.start).toBe('2014');
    expect(fromYears!.forecast.steps).toHaveLength(1);
    expect(fromYears!.band![1]!.low).toBeCloseTo(244.4 * 1.115, 9);
    expect(fromYears!.probability).toBeGreaterThan(0);
    expect(fromQuarters!.probability).toBeCloseTo(fromYears!.probability!, 6);
    expect(given.quarters!['gdp']!.start).toBe('2013-Q1');
  });

  it('growth to date, levels to date, and levels with the year before in the history give one pace', () => {
    fc.assert(
      fc.property(
        fc.tuple(finite(0.05, 0.2), finite(0.05, 0.2)),
        fc.array(finite(50, 150), { minLength: 4, maxLength: 4 }),
        ([first, second], flows) => {
          const base = series('2013-Q1', flows);
          const now = series('2014-Q1', [flows[0]! * (1 + first), flows[1]! * (1 + second)]);
          const both = series('2013-Q1', [...toYearToDate(base).values, ...toYearToDate(now).values]);
          const growth = series('2014-Q1', [
            first,
            (now.values[0]! + now.values[1]!) / (flows[0]! + flows[1]!) - 1,
          ]);
          const needed = pace('12%', { base, actual: now }).needed;
          const ways = [
            reportEvidence(study, { draws: 0, actual: { gdp: both } }),
            reportEvidence(study, { draws: 0, actual: { gdp: toYearToDate(now) }, history: { gdp: base } }),
            reportEvidence(study, { draws: 0, actual: { gdp: growth }, history: { gdp: base } }),
          ];
          for (const { paces, issues } of ways) {
            expect(issues).toEqual([]);
            expect(paces![0]!.pace.needed).toBeCloseTo(needed, 9);
            expect(paces![0]!.pace.light).toMatch(/green|amber|red/);
            expect(paces![0]!.actual!.values[1]).toBeCloseTo(second, 9);
          }
        },
      ),
      { seed: 1, numRuns: 25 },
    );
  });

  it('months may come without January, as they are published', () => {
    const { paces } = reportEvidence(study, {
      draws: 0,
      actual: { retail: series('2014-01', [NaN, 0.118, 0.12]) },
    });
    expect(paces![0]!.pace).toMatchObject({ period: '2014-03', toDate: 0.12 });
    expect(paces![0]!.pace.periods).toHaveLength(9);
  });

  it('a plan of five years, and one of which the model says nothing', () => {
    const gdp = { label: 'GDP', unit: 'CNY', kind: 'flow', prices: 'constant' } as const;
    const jobs = { label: 'jobs', unit: 'persons', kind: 'flow' } as const;
    const growth = { indicator: 'gdp', measure: 'growth', relation: about('7%') } as const;
    const five = definePlan({
      name: 'five years',
      span: ['2016', '2020'],
      indicators: { gdp },
      targets: [{ ...growth, period: ['2016', '2020'] }],
    });
    const [fan, ahead] = reportEvidence(studyPlan(five), {
      draws: 500,
      history: { gdp: series('2010', [100, 110, 120, 130, 139, 148]) },
    }).forecasts!;
    expect(fan!.band!.map(({ period }) => period)).toEqual(['2015', '2016', '2017', '2018', '2019', '2020']);
    expect(ahead!.forecast.steps).toHaveLength(5);
    // The growth of 2020 alone has no band that starts in 2015, and no pace in 2016.
    const last = definePlan({ ...five, targets: [growth] });
    const late = reportEvidence(studyPlan(last), { draws: 500, actual: { gdp: series('2016-Q1', [0.067]) } });
    expect(late.forecasts![0]!.band).toBeUndefined();
    expect([late.paces, late.issues.map(({ path }) => path)]).toEqual([[], [['actual', 'gdp']]]);
    const silent = definePlan({
      name: 'silent',
      span: ['2016', '2016'],
      indicators: { jobs },
      targets: [{ indicator: 'jobs', measure: 'level', relation: atLeast(10) }],
    });
    expect(reportEvidence(studyPlan(silent))).toEqual({ forecasts: [], paces: [], quarters: {}, issues: [] });
  });

  it('says what could not be used', () => {
    const { issues, paces } = reportEvidence(study, {
      draws: 0,
      history: { gpd: yearly },
      actual: {
        gdp: series('2014', [0.1]),
        retail: series('2014-Q1', [120, 250]),
        fai: series('2012-Q1', [0.1]),
        ring_roads: series('2014-Q1', [1]),
      },
    });
    expect(paces).toEqual([]);
    expect(issues.map(({ path, severity }) => [...path, severity])).toEqual([
      ['history', 'gpd', 'warning'],
      ['actual', 'gdp', 'warning'],
      ['actual', 'retail', 'warning'],
      ['actual', 'fai', 'warning'],
      ['actual', 'ring_roads', 'warning'],
    ]);
  });

  it('a stock has no pace, and its quarters are no parts of a year', () => {
    const deposits = { label: 'deposits', unit: '100m CNY', kind: 'stock' } as const;
    const bank = definePlan({
      name: 'bank',
      span: ['2014', '2014'],
      indicators: { deposits },
      targets: [{ indicator: 'deposits', measure: 'growth', relation: about('12%') }],
    });
    const of = (figures: Parameters<typeof reportEvidence>[1]) => reportEvidence(studyPlan(bank), figures);
    const levels = series('2013-Q1', [100, 102, 104, 106, 116, 118]);
    for (const actual of [levels, series('2014-Q1', [0.16, 0.157])]) {
      const { paces, quarters, issues } = of({ actual: { deposits: actual }, history: { deposits: levels } });
      expect([paces, quarters]).toEqual([[], {}]);
      expect(issues).toEqual([
        expect.objectContaining({ code: 'not-read', path: ['actual', 'deposits'], received: "a stock ('deposits')" }),
      ]);
    }
  }); // prettier-ignore

  it('growth beyond half of the year before is doubted, and no pace drawn from it', () => {
    const history = { gdp: series('2013-Q1', [22, 24, 26, 28]) };
    const of = (...values: number[]) =>
      reportEvidence(study, { draws: 0, history, actual: { gdp: series('2014-Q1', values) } });
    // Percent numbers, read as levels; a percent number below one, read as a ratio; and levels in another unit.
    for (const [values, received] of [
      [[7.4, 7.5], '−83.7 % to 2014-Q2'],
      [[0.8], '80.0 % to 2014-Q1'],
      [[2400, 5050], '10878.3 % to 2014-Q2'],
    ] as const) {
      const { paces, issues } = of(...values);
      expect(paces).toEqual([]);
      expect(issues).toMatchObject([
        { code: 'doubtful', path: ['actual', 'gdp'], severity: 'warning', received: expect.stringContaining(received) as string },
      ]);
    }
    expect(of(0.49).paces).toHaveLength(1);
    expect(of(0.074, 0.075).issues).toEqual([]);
    expect(of(24, 50.5).paces![0]!.pace.toDate).toBeCloseTo(50.5 / 46 - 1, 9);
  }); // prettier-ignore

  it('months of the history say how the quarters of the year before were spread', () => {
    const history = { gdp: series('2013-01', Array.from({ length: 12 }, (_, i) => i + 1)) };
    for (const values of [[0.11, 0.12], [6 * 1.11, 21 * 1.12]]) {
      const { paces, issues } = reportEvidence(study, { draws: 0, history, actual: { gdp: series('2014-Q1', values) } });
      expect(issues).toEqual([]);
      expect(paces![0]!.pace.periods.map(({ lastYear }) => lastYear)).toEqual([24, 33]);
    }
  }); // prettier-ignore
});
