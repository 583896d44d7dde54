import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  about,
  at,
  atLeast,
  atMost,
  checkModel,
  describeIssue,
  growth,
  readPlanFile,
  runScenarios,
  solve,
  valueAdded,
} from '../../src/index.ts';
import {
  planModel,
  standardIndicators,
  studyPlan,
  twoEngine,
  twoEngineHistory,
  twoEngineParameters,
} from '../../src/presets/index.ts';
import type { Plan, Target } from '../../src/index.ts';
import { close, finite, law } from '../support/arbitraries.ts';

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;

describe('the two-engine model', () => {
  const shares = fc
    .tuple(finite(0.01, 1), finite(0.01, 1), finite(0.01, 1), finite(0.01, 1))
    .map(([a, i, c, s]) => {
      const sum = a + i + c + s;
      return { agriculture: a / sum, industry: i / sum, construction: c / sum, services: s / sum };
    });

  it('GDP growth is the share-weighted growth of its sectors, for any shares and rates', () => {
    fc.assert(
      fc.property(
        shares,
        finite(0, 0.3),
        finite(-0.05, 0.2),
        finite(-0.01, 0.01),
        (given, output, services, dv) => {
          const model = twoEngine({
            shares: given,
            parameters: { g_output_industry: output, g_services: services, va_ratio_change: dv },
          });
          const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2014'] });
          const industry = valueAdded({
            output,
            ratio: [0.256, 0.256 + dv],
            prices: model.parameters.p_industry.value,
          });
          const expected =
            given.industry * industry +
            given.services * services +
            given.agriculture * 0.042 +
            given.construction * 0.095;
          expect(Math.abs(at(run.growth_gdp, '2014') - expected)).toBeLessThan(1e-12);
          expect(
            close(
              1 + at(run.growth_gdp_nominal, '2014'),
              (1 + at(run.growth_gdp, '2014')) * (1 + at(run.growth_gdp_deflator, '2014')),
            ),
          ).toBe(true);
        },
      ),
      law,
    );
  });

  it('is recursive, and simultaneous with the link from retail to services', () => {
    const history = twoEngineHistory(twoEngine(), '2013');
    expect(checkModel(twoEngine(), history)).toEqual([]);
    const linked = twoEngine({ retailLink: true });
    expect(checkModel(linked, history)[0]).toMatchObject({ code: 'simultaneous-block', severity: 'warning' });
    const run = solve(linked, history, { over: ['2014', '2014'] });
    const { g_services, retail_services_link: link, retail_baseline: baseline } = linked.parameters;
    expect(at(run.growth_services, '2014')).toBeCloseTo(
      g_services.value + link.value * (at(run.growth_retail_real, '2014') - baseline.value),
      12,
    );
  });

  it('accounts for the expenditure side when asked', () => {
    const model = twoEngine({ expenditure: true });
    const run = solve(
      model,
      {
        ...twoEngineHistory(model, '2013'),
        consumption: { start: '2014', values: [45] },
        government: { start: '2014', values: [12] },
      },
      { over: ['2014', '2014'] },
    );
    expect((run as Record<string, { values: readonly number[] }>)['net_inflow']!.values[0]).toBeCloseTo(
      at(run.gdp_nominal, '2014') - 57 - 0.85 * at(run.fai, '2014'),
      10,
    );
  });

  it('documents every parameter with unit, range and source, the default inside the range', () => {
    for (const [name, { value, unit, range, source }] of Object.entries(twoEngineParameters)) {
      expect(unit, name).not.toBe('');
      expect(source, name).not.toBe('');
      expect(value >= range[0] && value <= range[1], name).toBe(true);
    }
    expect(twoEngine({ parameters: { g_services: '9%' } }).defaults).not.toContain('g_services');
    expect(twoEngine().defaults).toContain('shares');
  });

  it('refuses an unknown parameter and shares that do not sum', () => {
    // @ts-expect-error: no such parameter
    expect(() => twoEngine({ parameters: { g_service: 0.1 } })).toThrow(
      "twoEngine: there is no parameter 'g_service'; did you mean 'g_services'?",
    );
    expect(() =>
      twoEngine({ shares: { agriculture: 0.1, industry: 0.4, construction: 0.1, services: 0.3 } }),
    ).toThrow('sum to 0.89');
  });
});

describe('the study of the 2014 plan', () => {
  const study = studyPlan(plan);

  it('reads the seven headline targets', () => {
    const headline = plan.targets
      .slice(0, 7)
      .map(({ indicator, relation }) => [
        indicator,
        relation.kind,
        'value' in relation ? relation.value : undefined,
      ]);
    expect(headline).toEqual([
      ['gdp', 'about', 0.12],
      ['revenue', 'in-step-with', undefined],
      ['gross_output_industry', 'about', 0.15],
      ['retail', 'about', 0.14],
      ['fai', 'about', 0.15],
      ['income_urban', 'at-least', 0.1],
      ['income_rural', 'at-least', 0.1],
    ]);
    expect(plan.targets).toHaveLength(55);
  });

  it('solves services so that GDP grows by 12 %, and every frontier point does too', () => {
    expect(close(study.accounting.growth, 0.12)).toBe(true);
    expect(study.sources.solved).toEqual(['g_services']);
    expect(study.sources.plan.toSorted()).toEqual(['g_fai', 'g_output_industry']);
    for (const point of study.frontier!.points) expect(close(point.total, 0.12, 1e-9)).toBe(true);
    expect(growth(study.projection.gdp).values[0]).toBeCloseTo(0.12, 12);
    expect(study.projection.gdp.values[0]).toBe(100);
  });

  it('half a point of value-added ratio costs about a point of GDP; prices and investment act as documented', () => {
    const gdp = (scenario: string): number =>
      study.scenarios.find((row) => row.scenario === scenario && row.variable === 'growth_gdp')!.value;
    expect(gdp('value-added ratio -0.5 points')).toBeCloseTo(
      0.12 - 0.45 * (1.15 / 0.986) * (0.005 / 0.256),
      10,
    );
    expect(gdp('value-added ratio -1 point')).toBeCloseTo(0.12 - 0.45 * (1.15 / 0.986) * (0.01 / 0.256), 10);
    expect(gdp('investment shortfall (growth of 5 %)')).toBeCloseTo(0.12, 12);
    expect(study.tornado.every((row, i) => i === 0 || row.swing <= study.tornado[i - 1]!.swing)).toBe(true);
  });

  it('carries what it ran on: the same scenarios come out of its parameters, shares and settings', () => {
    const model = twoEngine({ parameters: study.parameters, shares: study.shares });
    const history = twoEngineHistory(model, study.base);
    const [year] = study.over;
    const runs = runScenarios(model, history, study.scenarioSettings, { over: [year, year] });
    for (const { scenario, variable, value } of study.scenarios)
      expect(at(runs[scenario]![variable], year)).toBe(value);
  });

  it('judges the plan by the documented ranges, not by what was solved for', () => {
    expect(study.consistency.consistent).toBe(true);
    const [gdp, ...others] = plan.targets;
    const strained = studyPlan({ ...plan, targets: [{ ...gdp!, relation: about('18%') }, ...others] });
    expect(strained.parameters.g_services).toBeGreaterThan(twoEngineParameters.g_services.range[1]);
    expect(strained.consistency.consistent).toBe(false);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(study))).toEqual(JSON.parse(JSON.stringify(studyPlan(plan))));
  });

  describe('of other plans', () => {
    const five = (targets: readonly Target[], prices: 'constant' | 'current' = 'constant'): Plan => ({
      name: 'P',
      span: ['2014', '2018'],
      indicators: {
        gdp: { label: 'GDP', unit: '100m CNY', kind: 'flow', prices },
        va_services: { label: 'services', unit: '100m CNY', kind: 'flow', prices: 'constant' },
      },
      targets,
    });
    const span = ['2014', '2018'] as const;

    it('meets the GDP target by its own measure: in a year, on average, over the whole span', () => {
      const measures: readonly Partial<Target>[] = [
        { period: '2014' },
        { period: '2016' },
        { period: span },
        { period: span, cumulative: true, relation: about('60%') },
      ];
      for (const measure of measures) {
        const target: Target = { indicator: 'gdp', measure: 'growth', relation: about('8%'), ...measure };
        const [row] = studyPlan(five([target])).targets;
        expect(row!.expected).toBeCloseTo('value' in target.relation ? target.relation.value : NaN, 9);
        expect(row!.status).toBe('on track');
      }
    });

    it('a cumulative growth to a later year is that from the base, for every question', () => {
      const double: Target = {
        indicator: 'gdp',
        measure: 'growth',
        relation: atLeast('60%'),
        period: '2018',
        cumulative: true,
      };
      const study = studyPlan(five([double]));
      expect(study.targets[0]!.expected).toBeCloseTo(0.6, 9);
      expect(study.targets[0]!.target).toBe('GDP cumulative growth of at least 60 % in 2018');
      expect(study.consistency.consistent).toBe(true);
    });

    it('has the real growth of industry that the plan states, where it states no gross output', () => {
      const indicators = {
        gdp: { label: 'GDP', unit: 'CNY', kind: 'flow', prices: 'constant' },
        va_industry: { label: 'industry', unit: 'CNY', kind: 'flow', prices: 'constant' },
      } as const;
      const targets: Target[] = [
        { indicator: 'gdp', measure: 'growth', relation: about('6%') },
        { indicator: 'va_industry', measure: 'growth', relation: about('7%') },
      ];
      const study = studyPlan(
        { name: 'P', span: ['2014', '2014'], indicators, targets },
        { parameters: { va_ratio_change: '-0.5%', p_industry: '2%' } },
      );
      expect(study.targets.map(({ expected }) => expected)).toEqual([
        expect.closeTo(0.06, 12),
        expect.closeTo(0.07, 12),
      ]);
      expect(study.sources.plan).toEqual(['g_output_industry']);
    });

    it('does not hold a level in money against an index', () => {
      const level: Target = { indicator: 'gdp', measure: 'level', relation: atLeast(5000), period: '2018' };
      const study = studyPlan(five([level]));
      expect(study.targets[0]).toMatchObject({
        status: 'unknown',
        why: 'the model has its levels as indices',
      });
      expect(study.consistency.consistent).toBe(true);
    });

    it('says that no services growth meets a far year, and that services would have to shrink', () => {
      const far = planModel(five([{ indicator: 'gdp', measure: 'growth', relation: about('8%') }]));
      expect(far.issues.map((issue) => describeIssue(issue))).toEqual([
        'targets[0]: doubtful reading; expected a growth of services that gives the GDP growth of 2018, received none, the same in every year; it is solved for 2014 alone',
        "doubtful reading; expected services growth of 6 % to 12 % a year, received -0.73 %, which the GDP target needs beside industry's gross output at its default of 15 %, which is no figure of this plan",
      ]);
    });

    it('takes a driver from the target of the first year, and says where one of another year is taken', () => {
      const later = {
        indicator: 'va_services',
        measure: 'growth',
        relation: about('20%'),
        period: '2016',
      } as const;
      const first = { ...later, relation: about('8%'), period: '2014' } as const;
      expect(planModel(five([later, first])).model.parameters.g_services.value).toBe(0.08);
      const alone = planModel(five([later]));
      expect(alone.model.parameters.g_services.value).toBe(0.2);
      expect(alone.issues.map(({ path }) => path)).toContainEqual(['targets', 0, 'period']);
    });

    it('does not take a ceiling for a goal, nor nominal for real growth, and says so', () => {
      const gdp = { indicator: 'gdp', measure: 'growth', relation: about('12%'), period: '2014' } as const;
      const nominal = planModel(five([gdp], 'current'));
      expect(nominal.sources.solved).toEqual([]);
      expect(nominal.issues.map(({ code }) => code)).toContain('mixed-price-basis');
      const ceiling = planModel(five([{ ...gdp, relation: atMost('5%') }]));
      expect(ceiling.sources.solved).toEqual([]);
      expect(ceiling.issues.map(({ code }) => code)).toContain('doubtful');
    });

    it('changes the value-added ratio from where the plan has it', () => {
      const { scenarioSettings } = studyPlan(plan, { parameters: { va_ratio_change: '-1%' } });
      const changes = scenarioSettings.flatMap(
        ({ set }) => (set['va_ratio_change'] as number | undefined) ?? [],
      );
      expect(changes).toEqual([-0.015, -0.02]);
    });
  });

  it('works for a plan that names none of the model’s drivers', () => {
    const other = readPlanFile({
      name: 'jobs only',
      span: ['2020', '2022'],
      indicators: { jobs: { label: 'jobs', unit: 'persons', kind: 'flow' } },
      targets: [{ indicator: 'jobs', measure: 'level', relation: { kind: 'reach', value: 100 } }],
    }).plan!;
    const result = studyPlan(other);
    expect(result.frontier).toBeUndefined();
    expect(result.targets[0]!.status).toBe('unknown');
    expect(result.projection.gdp.start).toBe('2019');
  });
});

it('standard indicators carry both languages', () => {
  for (const indicator of Object.values(standardIndicators)) expect(indicator.label.zh).not.toBe('');
});
