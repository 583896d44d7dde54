import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceIn, planChance } from '../../src/assess/probability.ts';
import { planOutcome, targetNames } from '../../src/assess/plan-outcome.ts';
import {
  about,
  assess,
  atLeast,
  definePlan,
  defineModel,
  inStepWith,
  series,
  solve,
} from '../../src/index.ts';
import type { Forecast } from '../../src/forecast/method.ts';
import { normal } from '../../src/uncertainty/distribution.ts';
import { cdf } from '../../src/uncertainty/cdf.ts';
import { simulate } from '../../src/uncertainty/simulate.ts';
import { finite, law } from '../support/arbitraries.ts';

const plan = definePlan({
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: 'GDP', unit: 'CNY', kind: 'flow' },
    revenue: { label: 'revenue', unit: 'CNY', kind: 'flow' },
    jobs: { label: 'jobs', unit: 'persons', kind: 'flow' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('12%') },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp') },
    { indicator: 'gdp', measure: 'growth', relation: atLeast('10%'), period: ['2014', '2015'] },
    { indicator: 'jobs', measure: 'level', relation: atLeast(10) },
  ],
});
const model = defineModel({
  equations: ['gdp = gdp[-1] * (1 + g)', 'revenue = revenue[-1] * (1 + g + d)'],
  parameters: { g: 0.12, d: 0 },
});
const history = { gdp: series('2013', [100]), revenue: series('2013', [20]) };

describe('a plan as an outcome of a model', () => {
  const { outcome, bands, left } = planOutcome(plan, model, history, { factors: ['g', 'd'] });

  it('gives each target its measure, and in step as the difference to the leader', () => {
    fc.assert(
      fc.property(finite(-0.2, 0.4), finite(-0.05, 0.05), (g, e) => {
        const result = outcome.evaluate({ g: Float64Array.of(g), d: Float64Array.of(e) }, 1);
        expect(result['gdp growth 2014']![0]).toBeCloseTo(g, 12);
        expect(result['revenue growth 2014']![0]).toBeCloseTo(e, 12);
        expect(result['gdp growth 2014-2015']![0]).toBeCloseTo(g, 12);
      }),
      law,
    );
  });

  it('says what the model does not speak of', () => {
    expect(left).toEqual([{ target: 'jobs level 2014', why: "the model has no variable 'jobs'" }]);
    expect(targetNames({ ...plan, targets: [plan.targets[0]!, plan.targets[0]!] })).toEqual([
      'gdp growth 2014',
      'gdp growth 2014 (2)',
    ]);
  });

  const run = simulate(
    outcome,
    { g: normal(0.12, 0.01), d: normal(0, 0.01) },
    { draws: 40_000, seed: 7, bands },
  );

  it('probabilities are those of the distributions, with an interval around them', () => {
    const rows = assess(plan, { outlook: run });
    const truth = cdf(normal(0.12, 0.01), 0.125) - cdf(normal(0.12, 0.01), 0.115);
    expect(rows[0]!.probability).toBeCloseTo(truth, 2);
    expect(rows[0]!.interval![0]).toBeLessThan(rows[0]!.probability!);
    expect(rows[0]!.interval![1]).toBeGreaterThan(rows[0]!.probability!);
    expect(rows[1]!.probability).toBeCloseTo(truth, 2);
    expect(rows[1]!.band).toEqual({ low: -0.005, high: 0.005 });
    expect(rows[2]!.probability).toBeCloseTo(1 - cdf(normal(0.12, 0.01), 0.1), 2);
    expect(rows[3]).toMatchObject({ status: 'unknown' });
    expect(rows[3]!.probability).toBeUndefined();
  });

  it('the plan as a whole: never likelier than its least likely target, one given another', () => {
    const chance = planChance(plan, run);
    const each = assess(plan, { outlook: run })
      .slice(0, 3)
      .map((row) => row.probability!);
    expect(chance.all.probability).toBeLessThanOrEqual(Math.min(...each));
    expect(chance.all.probability).toBeCloseTo(each[0]! * each[1]!, 2);
    expect(
      chance.atLeast.map((row) => row.probability).every((p, i, list) => i === 0 || p <= list[i - 1]!),
    ).toBe(true);
    expect(chance.atLeast[2]!.probability).toBe(chance.all.probability);
    expect(chance.given['gdp growth 2014-2015']!['gdp growth 2014']).toBe(1);
  });

  it('a higher target is less likely', () => {
    const chance = (value: number): number => {
      const one = definePlan({
        ...plan,
        targets: [{ indicator: 'gdp', measure: 'growth', relation: atLeast(value) }],
      });
      const target = planOutcome(one, model, history, { factors: ['g'] });
      return assess(one, {
        outlook: simulate(
          target.outcome,
          { g: normal(0.12, 0.01) },
          { draws: 2000, seed: 1, bands: target.bands },
        ),
      })[0]!.probability!;
    };
    const values = [0.1, 0.11, 0.12, 0.13, 0.14].map(chance);
    expect(values.every((p, i) => i === 0 || p <= values[i - 1]!)).toBe(true);
  });

  it('refuses a model that speaks of no target', () => {
    expect(() =>
      planOutcome({ ...plan, targets: [plan.targets[3]!] }, model, history, { factors: ['g'] }),
    ).toThrow('the model has no variable for any target');
    expect(() => planOutcome(plan, model, { revenue: history.revenue }, { factors: ['g'] })).toThrow(
      "'gdp' has no series",
    );
  });
});

describe('probabilities from forecasts', () => {
  const forecast: Forecast = {
    start: '2014',
    steps: [normal(112, 1), normal(125, 2)],
    weights: [1, 1],
    last: 100,
    method: 'test',
    notes: [],
  };

  it('come from each one alone, and in step stays open and says why', () => {
    const rows = assess(plan, { outlook: { gdp: forecast, revenue: forecast } });
    expect(rows[0]!.probability).toBeCloseTo(cdf(normal(112, 1), 112.5) - cdf(normal(112, 1), 111.5), 12);
    expect(rows[0]!.expected).toBeCloseTo(0.12, 12);
    expect(rows[1]!.probability).toBeUndefined();
    expect(rows[1]!.why).toContain('joint distribution with its leader');
    expect(rows[2]!.probability).toBeCloseTo(1 - cdf(normal(125, 2), 121), 12);
  });

  it('need the forecast to cover the period and a base that is known', () => {
    expect(chanceIn(plan, { ...plan.targets[0]!, period: '2020' }, forecast, {}).why).toContain(
      'does not cover 2020',
    );
    expect(chanceIn(plan, { ...plan.targets[0]!, period: '2015' }, forecast, {}).why).toContain(
      'the level of 2014 is itself uncertain',
    );
    expect(chanceIn(plan, { ...plan.targets[0]!, period: '2014-Q4' }, forecast, {}).why).toContain('by year');
  });

  it('an actual figure settles it', () => {
    const rows = assess(plan, { actual: { gdp: series('2013', [100, 112]) }, outlook: { gdp: forecast } });
    expect(rows[0]).toMatchObject({ status: 'met', probability: 1 });
    expect(
      assess(plan, { outlook: solve(model, history, { over: ['2014', '2015'] }) })[0]!.probability,
    ).toBeUndefined();
  });
});
