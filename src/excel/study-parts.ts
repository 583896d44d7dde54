import { mistake } from '../mistake.ts';
import { solve } from '../model/solve.ts';
import { targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngine, twoEngineHistory } from '../presets/two-engine.ts';
import type { Sector } from '../presets/two-engine.ts';
import { twoEngineBaseRatios, twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import { runScenarios } from '../scenario/scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { at, endOf } from '../time/series.ts';
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
 *
 * @throws RangeError when the study was made with figures of the caller's own, which it does not carry
 */
export function partsOfStudy(study: PlanStudy, data?: Dataset): WorkbookParts {
  const { plan, base, projection: shown } = study;
  const parameters = parametersOf(study);
  const shares = Object.fromEntries(
    study.accounting.parts.map(({ part, share }) => [part, Number(share.toPrecision(14))]),
  ) as Record<Sector, number>;
  const model = twoEngine({ shares, parameters });
  const history = twoEngineHistory(model, base);
  const over = [plan.span[0], endOf(shown.gdp)] as const;
  const scenarios = scenariosOf(study, parameters);
  const year = plan.span[0];
  checkSame(
    study,
    solve(model, history, { over }),
    runScenarios(model, history, scenarios, { over: [year, year] }),
  );
  return {
    plan,
    ...(data === undefined ? {} : { data }),
    projection: {
      model,
      history,
      over,
      base: baseOf(shares),
      origins: originsOf(study),
      paths: Object.keys(shown),
      contributions: { total: 'gdp', parts: sectors.map((sector) => `va_${sector}`) },
      scenarios,
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

function parametersOf({ plan, sources, frontier, tornado }: PlanStudy): Record<TwoEngineParameter, number> {
  const names = Object.keys(twoEngineParameters) as TwoEngineParameter[];
  const values = names.map((name) => {
    const bar = tornado.find(({ factor }) => factor === name);
    if (bar !== undefined) return [name, bar.at] as const;
    if (sources.solved.includes(name) && frontier !== undefined) return [name, frontier.plan.up] as const;
    const i = sources.plan.includes(name) ? targetIndex(plan, name) : -1;
    const own = i < 0 ? undefined : targetValue(plan, plan.targets[i]!);
    if (own === undefined && !sources.defaults.includes(name)) refuse(`'${name}'`);
    return [name, own ?? twoEngineParameters[name].value] as const;
  });
  return Object.fromEntries(values) as Record<TwoEngineParameter, number>;
}

function targetIndex(plan: Plan, name: TwoEngineParameter): number {
  return plan.targets.findIndex(
    (target) =>
      target.indicator === targetOf[name] && target.measure === 'growth' && target.versus === undefined,
  );
}

function originsOf({ plan, sources }: PlanStudy): Record<string, Origin> {
  const gdp = plan.targets.findIndex(
    (target) => target.indicator === 'gdp' && target.measure === 'growth' && target.versus === undefined,
  );
  const relation = plan.targets[gdp]?.relation;
  const entries = (Object.keys(twoEngineParameters) as TwoEngineParameter[]).flatMap(
    (name): [string, Origin][] => {
      if (sources.plan.includes(name)) return [[name, { kind: 'plan', target: targetIndex(plan, name) }]];
      // A range has two cells and no one number: its middle stands as a figure.
      if (sources.solved.includes(name))
        return [
          [
            name,
            relation !== undefined && 'value' in relation
              ? { kind: 'solved', formula: servicesNeeded, target: gdp }
              : { kind: 'given' },
          ],
        ];
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

/** The study's scenarios with their settings, which it names but does not carry. */
function scenariosOf(study: PlanStudy, parameters: Readonly<Record<TwoEngineParameter, number>>): Scenario[] {
  const { g_output_industry: output, g_services: services } = parameters;
  const settings: Readonly<Record<string, Scenario['set']>> = {
    'industry-led': { g_output_industry: output + 0.03, g_services: services - 0.02 },
    'services-led': { g_output_industry: output - 0.03, g_services: services + 0.02 },
    'value-added ratio -0.5 points': { va_ratio_change: -0.005 },
    'value-added ratio -1 point': { va_ratio_change: -0.01 },
    'producer prices -5 %': { p_industry: -0.05 },
    'investment shortfall (growth of 5 %)': { g_fai: 0.05 },
  };
  const names = [...new Set(study.scenarios.map(({ scenario }) => scenario))].filter(
    (name) => name !== 'baseline',
  );
  return names.map((name) => ({ name, set: settings[name] ?? refuse(`scenario '${name}'`) }));
}

/** The study must come out of what was read from it; figures that a caller gave it are not in it. */
function checkSame(study: PlanStudy, run: Dataset, runs: Readonly<Record<string, Dataset>>): void {
  const same = (a: number, b: number): boolean =>
    Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b));
  for (const [name, path] of Object.entries(study.projection)) {
    const { values } = run[name]!;
    if (!path.values.every((value, i) => same((100 * values[i]!) / values[0]!, value))) refuse(`'${name}'`);
  }
  for (const { scenario, variable, period, value } of study.scenarios) {
    if (!same(at(runs[scenario]![variable]!, period, variable), value)) refuse(`scenario '${scenario}'`);
  }
}

function refuse(what: string): never {
  return mistake(
    'writeWorkbook',
    `the study was made with figures of its own, which it does not carry (${what})`,
    'give the model itself: writeWorkbook({ plan, projection: { model, history, over } })',
  );
}

function notesOf(study: PlanStudy): string[] {
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  const { sources, consistency } = study;
  return [
    `Two-engine model; base year ${study.base}. The plan's: ${names(sources.plan)}. Solved for the GDP target: ${names(sources.solved)}. Illustrative defaults, not the plan's: ${names(sources.defaults)}.`,
    'Industry is planned as gross output at current prices; its real value added follows through the value-added ratio and producer prices. 工业目标为现价总产值，实际增加值由增加值率与出厂价格推得。',
    'Revenue "in step" with GDP has two readings, against real and against nominal GDP: see revenue_step_real and revenue_step_nominal on the sheet Scenarios. 财政收入与GDP同步有实际、名义两种口径。',
    'Producer prices change with the nominal output target held, so that lower prices mean more volume; investment feeds capital and the supply-side check, never GDP of the year.',
    `As of the figures when written: ${consistency.sentence}`,
  ];
}
