import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { planControl } from '../../src/presets/plan-control.ts';
import { planFactors } from '../../src/presets/plan-factors.ts';
import { planModel } from '../../src/presets/plan-model.ts';
import { planProjection } from '../../src/presets/plan-projection.ts';
import { planScenarios } from '../../src/presets/plan-scenarios.ts';
import { planSensitivity, sensitivityMethods } from '../../src/presets/plan-sensitivity.ts';
import { planSimulation } from '../../src/presets/plan-simulation.ts';
import { studyPlan } from '../../src/presets/study.ts';
import { at } from '../../src/time/series.ts';
import { normal } from '../../src/uncertainty/distribution.ts';

const file = readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8');
const plan = readPlanFile(file).plan!;
const study = studyPlan(plan);

describe("a plan's questions answer as its study does", () => {
  it('the model carries the parameters of the study', () => {
    const { model, base, over, sources } = planModel(plan);
    expect([base, over, sources]).toEqual([study.base, study.over, study.sources]);
    expect(Object.fromEntries(Object.entries(model.parameters).map(([name, { value }]) => [name, value]))).toEqual(
      study.parameters,
    );
  }); // prettier-ignore

  it('the projection holds the levels of the study, and grows as the plan says', () => {
    const run = planProjection(plan);
    expect(at(run.growth_gdp, '2014')).toBeCloseTo(0.12, 12);
    expect(run.gdp.values).toEqual(study.projection.gdp.values);
  });

  it('scenarios are those of the study unless others are named', () => {
    expect(planScenarios(plan)).toEqual(study.scenarios);
    const rows = planScenarios(plan, [{ name: 'more', set: { g_services: '10%' } }], {
      variables: ['growth_gdp'],
      periods: ['2014', '2016'],
    });
    expect(rows.map(({ scenario, period }) => `${scenario} ${period}`)).toEqual([
      'baseline 2014',
      'baseline 2016',
      'more 2014',
      'more 2016',
    ]);
    // 45 % of GDP grows faster by what services gain.
    expect(rows[2]!.difference).toBeCloseTo(0.45 * (0.1 - study.parameters.g_services), 12);
  });

  it('control hits growth by the name of the indicator, of a level and of a ratio', () => {
    const { hit, run, instruments } = planControl(plan, {
      hit: { gdp: '11%', fai: '10%', revenue: '12%' },
      using: ['g_services', 'g_fai', 'revenue_buoyancy'],
      horizon: 2,
    });
    expect(hit).toBe(true);
    expect(instruments.g_fai.values).toHaveLength(2);
    expect(instruments.g_fai.values[1]).toBeCloseTo(0.1, 9);
    expect(at(run.gdp, '2015')).toBeCloseTo(100 * 1.11 ** 2, 9);
    const cover = planControl(plan, { hit: { fai_cover: 1 }, using: ['g_fai'] });
    expect([cover.hit, at(cover.run.fai_cover, '2014')]).toEqual([true, expect.closeTo(1, 9)]);
    expect(() => planControl(plan, { hit: { gpd: '12%' }, using: ['g_services'] })).toThrow(
      "the model has no 'gpd'; did you mean 'gdp'?",
    );
  });

  it('control says what bounds do not allow', () => {
    const { hit, targets, atBounds } = planControl(plan, {
      hit: { gdp: '14%' },
      using: ['g_services'],
      bounds: { g_services: ['6%', '10%'] },
    });
    expect(hit).toBe(false);
    expect(atBounds).toEqual([{ instrument: 'g_services', period: '2014', bound: 0.1 }]);
    expect(targets[0]!.reached).toBeCloseTo(0.12 + 0.45 * (0.1 - study.parameters.g_services), 9);
  });

  it('the simulation gives each of the seven headline targets a probability, and all together less than any', () => {
    const { targets, chance, left, summary } = planSimulation(plan, { draws: 2048, seed: 7 });
    const known = targets.flatMap(({ probability }) => (probability === undefined ? [] : [probability]));
    expect([known.length, left.length, summary.count]).toEqual([7, 48, 2048]);
    for (const p of known) expect(chance.all.probability).toBeLessThanOrEqual(p);
    expect(planSimulation(plan, { draws: 2048, seed: 7 }).summary).toEqual(summary);
  });

  it('certain factors make certain targets', () => {
    const { value } = planModel(plan).model.parameters.g_services;
    const factors = Object.fromEntries(
      Object.keys(planFactors(planModel(plan).model)).map((name) => [
        name,
        { kind: 'uniform' as const, low: study.parameters[name as 'cpi'], high: study.parameters[name as 'cpi'] },
      ]),
    );
    const { targets } = planSimulation(plan, { draws: 100, factors });
    expect([value, targets[0]!.probability, targets[5]!.probability]).toEqual([value, 1, 1]);
  }); // prettier-ignore
});

describe('what moves a plan', () => {
  it('is the tornado of the study unless another method is asked', () => {
    expect(planSensitivity(plan)).toEqual(study.tornado);
  });

  it.each(sensitivityMethods)('%s ranks the same four parameters first', (method) => {
    let evaluations = 0;
    const rows = planSensitivity(plan, {
      method,
      points: method === 'shapley' ? 8 : 64,
      seed: 1,
      onEvaluate: (done) => (evaluations = done),
    });
    expect(rows).toHaveLength(6);
    expect(evaluations).toBeGreaterThan(0);
    const first = rows.slice(0, 4).map(({ factor }) => factor as string);
    // Elasticities are about a small change of each parameter relative to itself, and one of them stands at zero.
    if (method === 'elasticities') expect(first[0]).toBe('g_output_industry');
    else expect(first.toSorted()).toEqual(['g_output_industry', 'g_services', 'p_industry', 'va_ratio_change']);
  }); // prettier-ignore

  it('sobol, shapley and exact agree', () => {
    const of = (method: 'sobol' | 'shapley' | 'exact', field: string): Record<string, number> =>
      Object.fromEntries(
        planSensitivity(plan, { method, points: method === 'shapley' ? 16 : 64 }).map((row) => [
          row.factor,
          (row as unknown as Record<string, number>)[field]!,
        ]),
      );
    const exact = of('exact', 'shapley');
    for (const other of [of('sobol', 'total'), of('shapley', 'effect')])
      for (const [factor, share] of Object.entries(exact))
        expect(Math.abs(other[factor]! - share)).toBeLessThan(0.08);
  });

  it('refuses what it does not know', () => {
    expect(() => planSensitivity(plan, { output: 'growth_gpd' as 'growth_gdp' })).toThrow("'growth_gpd'");
    expect(() => planSensitivity(plan, { method: 'sobel' as 'sobol' })).toThrow("did you mean 'sobol'?");
  });
});

describe('slips of the call', () => {
  const slips: readonly [string, () => unknown, string][] = [
    ['no plan', () => planModel(undefined as never), 'planModel: the plan is undefined'],
    ['a misspelt option', () => planModel(plan, { horizn: 3 } as never), "there is no option 'horizn'; did you mean 'horizon'?"],
    ['half a year', () => planProjection(plan, { horizon: 2.5 }), 'planProjection: the horizon is 2.5'],
    ['no years', () => studyPlan(plan, { horizon: 0 }), 'studyPlan: the horizon is 0'],
    ['an unknown parameter', () => planScenarios(plan, [], { parameters: { g_service: 0.1 } as never }), "'g_service'"],
    ['scenarios that are no list', () => planScenarios(plan, { name: 'a' } as never), 'the scenarios is'],
    ['no target', () => planControl(plan, { using: ['g_services'] } as never), "the option 'hit' is missing"],
    ['an unknown factor', () => planSimulation(plan, { factors: { g_service: normal(0.1, 0.01) } as never }), "there is no parameter 'g_service'; did you mean 'g_services'?"],
    ['an unknown method', () => planSensitivity(plan, { methd: 'sobol' } as never), "did you mean 'method'?"],
  ]; // prettier-ignore

  it.each(slips)('%s', (_what, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
