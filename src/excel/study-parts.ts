import type { Language } from '../issue.ts';
import { labelOf } from '../plan/indicator.ts';
import { targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngine, twoEngineHistory } from '../presets/two-engine.ts';
import type { Sector } from '../presets/two-engine.ts';
import { twoEngineLabels } from '../presets/two-engine-labels.ts';
import { twoEngineBaseRatios, twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import type { Dataset } from '../time/series.ts';
import type { BaseFigure, Origin, WorkbookParts } from './parts.ts';

const sectors = ['agriculture', 'industry', 'construction', 'services'] as const satisfies readonly Sector[];

/** The growth target of a plan that sets each parameter of the two-engine model. */
const targetOf: Readonly<Partial<Record<TwoEngineParameter, string>>> = {
  g_output_industry: 'gross_output_industry',
  g_fai: 'fai',
  g_services: 'va_services',
  g_agriculture: 'va_agriculture',
  g_construction: 'va_construction',
};

/** Services growth that the GDP target needs, written out from growth accounting. */
const servicesNeeded =
  '(target - share_agriculture * g_agriculture - share_construction * g_construction - share_industry * ((1 + g_output_industry) * (1 + va_ratio_change / base_va_ratio_industry) / (1 + p_industry) - 1)) / share_services';

/**
 * A study of a plan as the parts of a workbook: the two-engine model with the plan's own figures, its base year from
 * shares, the scenarios and the tornado.
 */
export function partsOfStudy(study: PlanStudy, data?: Dataset): WorkbookParts {
  const { plan, base, over, parameters, shares, projection: shown } = study;
  const model = twoEngine({ shares, parameters });
  return {
    plan,
    ...(data === undefined ? {} : { data }),
    projection: {
      model,
      history: twoEngineHistory(model, base),
      over,
      base: baseOf(shares),
      origins: originsOf(study),
      labels: twoEngineLabels,
      paths: Object.keys(shown),
      contributions: { total: 'gdp', parts: sectors.map((sector) => `va_${sector}`) },
      scenarios: study.scenarioSettings,
      compared: [...new Set(study.scenarios.map(({ variable }) => variable))],
      sensitivity: {
        output: 'growth_gdp',
        ranges: Object.fromEntries(
          study.tornado.map(({ factor, from, to }) => [factor, [from, to] as const]),
        ),
      },
    },
    notes: notesOf(study),
  };
}

/** The growth target whose number is a parameter's own, -1 where none is: a cumulative growth is not. */
function targetOfValue(plan: Plan, indicator: string | undefined, value: number): number {
  return plan.targets.findIndex(
    (target) =>
      target.indicator === indicator &&
      target.measure === 'growth' &&
      target.versus === undefined &&
      targetValue(plan, target) === value,
  );
}

function originsOf({ plan, sources, parameters, frontier }: PlanStudy): Record<string, Origin> {
  const entries = (Object.keys(twoEngineParameters) as TwoEngineParameter[]).flatMap(
    (name): [string, Origin][] => {
      const value = parameters[name];
      if (sources.plan.includes(name)) {
        const target = targetOfValue(plan, targetOf[name], value);
        return [[name, target < 0 ? { kind: 'given' } : { kind: 'plan', target }]];
      }
      if (sources.solved.includes(name)) {
        // The formula is that of the first year; a range has two cells and no one number. Else the figure stands.
        const target = frontier?.plan.up === value ? targetOfValue(plan, 'gdp', frontier.target) : -1;
        const relation = plan.targets[target]?.relation;
        return [
          [
            name,
            relation !== undefined && 'value' in relation
              ? { kind: 'solved', formula: servicesNeeded, target }
              : { kind: 'given' },
          ],
        ];
      }
      return sources.defaults.includes(name) ? [] : [[name, { kind: 'given' }]];
    },
  );
  return Object.fromEntries(entries);
}

function baseOf(
  shares: Readonly<Record<Sector, number>>,
): NonNullable<WorkbookParts['projection']>['base'] & object {
  const figures: Record<string, BaseFigure> = {
    base_gdp: {
      value: 100,
      label: { en: 'GDP of the base year, index', zh: '基年地区生产总值（指数）' },
      unit: 'index',
    },
  };
  for (const sector of sectors)
    figures[`share_${sector}`] = {
      value: shares[sector],
      label: { en: `share of ${sector} in base-year GDP`, zh: `基年占比：${sectorWords[sector]}` },
      unit: 'share',
    };
  for (const [name, figure] of Object.entries(twoEngineBaseRatios)) figures[`base_${name}`] = figure;
  return {
    figures,
    levels: {
      gdp: 'base_gdp',
      gdp_nominal: 'base_gdp',
      ...Object.fromEntries(sectors.map((sector) => [`va_${sector}`, `base_gdp * share_${sector}`])),
      va_ratio_industry: 'base_va_ratio_industry',
      gross_output_industry: 'base_gdp * share_industry / base_va_ratio_industry',
      fai: 'base_gdp * base_fai_to_gdp',
      capital: 'base_gdp * base_capital_to_output',
    },
  };
}

const sectorWords: Readonly<Record<Sector, string>> = {
  agriculture: '第一产业',
  industry: '工业',
  construction: '建筑业',
  services: '服务业',
};

function notesOf(study: PlanStudy): string[] {
  const words = (list: readonly string[], language: Language, separator: string): string =>
    list.length === 0 ? '–' : list.map((name) => nameOf(name, language)).join(separator);
  const { sources, consistency } = study;
  return [
    `Two-engine model; base year ${study.base}. The plan's own: ${words(sources.plan, 'en', ', ')}. Solved for the GDP target: ${words(sources.solved, 'en', ', ')}. Illustrative defaults, not the plan's: ${words(sources.defaults, 'en', '; ')}.`,
    `双引擎模型，基期${study.base}年。来自计划：${words(sources.plan, 'zh', '、')}。为满足地区生产总值目标而求解：${words(sources.solved, 'zh', '、')}。仅为示意的默认值：${words(sources.defaults, 'zh', '、')}。`,
    'Industry is planned as gross output at current prices; its real value added follows through the value-added ratio and producer prices. 工业目标为现价总产值，实际增加值由增加值率与出厂价格推得。',
    'Revenue "in step" with GDP has two readings, against real and against nominal GDP: see revenue_step_real and revenue_step_nominal on the sheet Scenarios. 财政收入与GDP同步有实际、名义两种口径。',
    'Producer prices change with the nominal output target held, so that lower prices mean more volume; investment feeds capital and the supply-side check, never GDP of the year. 价格变动时名义总产值目标不变，价格下降即实物量增加；投资影响资本与供给面检验，不直接计入当年地区生产总值。',
    `As of the figures when written: ${consistency.sentence}`,
  ];
}

/** A source of the study in words: a parameter, or the shares. */
function nameOf(name: string, language: Language): string {
  if (Object.hasOwn(twoEngineParameters, name))
    return labelOf(twoEngineParameters[name as TwoEngineParameter].label, language);
  return language === 'zh' ? '各行业份额' : 'shares of the sectors';
}
