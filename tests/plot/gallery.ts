import { readFileSync } from 'node:fs';
import {
  about,
  assess,
  atLeast,
  attribute,
  compare,
  contribution,
  correlation,
  definePlan,
  empirical,
  forecast,
  frontier,
  logDrift,
  normal,
  outcome,
  pace,
  readPlanFile,
  referenceClass,
  runScenarios,
  series,
  spider,
  student,
  tornado,
  twoPieceNormal,
} from '../../src/index.ts';
import type { ScenarioPart, Series, TargetCase } from '../../src/index.ts';
import { labelOf } from '../../src/plan/indicator.ts';
import { studyPlan, twoEngine, twoEngineHistory, twoEngineParameters } from '../../src/presets/index.ts';
import type { TwoEngineVariable } from '../../src/presets/index.ts';
import * as plot from '../../src/plot/index.ts';
import type { ChartOptions, Figure } from '../../src/plot/index.ts';

const read = (file: string): string => readFileSync(new URL(`../../seeds/${file}`, import.meta.url), 'utf8');
const plan = readPlanFile(read('lvyuan-2014.json')).plan!;
const study = studyPlan(plan);
const zhStudy = studyPlan(plan, { language: 'zh' });

const growthRows = (s: typeof study) => s.targets.filter((row) => row.measure === 'growth');
const question = {
  shares: Object.fromEntries(study.accounting.parts.map(({ part, share }) => [part, share])),
  growth: { agriculture: 0.042, construction: 0.095 },
  target: 0.12,
  across: 'industry',
  up: 'services',
} as never as Parameters<typeof frontier>[0];
const valueIn = (scenario: string, variable: string): number =>
  study.scenarios.find((row) => row.scenario === scenario && row.variable === variable)!.value;
const scenarioPoints = [...new Set(study.scenarios.map((row) => row.scenario))]
  .filter((name) => name !== 'baseline')
  .map((label) => ({
    label,
    across: valueIn(label, 'growth_industry'),
    up: valueIn(label, 'growth_services'),
  }));
const factorLabels = (language: 'en' | 'zh') =>
  Object.fromEntries(
    Object.entries(twoEngineParameters).map(([key, { label }]) => [key, labelOf(label, language)]),
  );
const history: Series = series('2004', [100, 112.7, 127, 145.1, 158.9, 173.6, 192, 210.3, 226.8, 244.4]);
const gdp = { forecast: forecast(history, logDrift(), { horizon: 4 }) };
const long = 'a label of sixty characters, which is as long as they may get';

/** Every chart with the data it is seen with, by the name of its snapshot. */
export const gallery: Readonly<Record<string, (options: ChartOptions) => Figure>> = {
  frontier: (o) =>
    plot.frontierChart(
      {
        question,
        plan: {
          label: 'gross output +15 %',
          across: study.frontier!.plan.across,
          up: study.frontier!.plan.up,
        },
        scenarios: scenarioPoints,
        ranges: { up: twoEngineParameters.g_services.range },
      },
      {
        title: 'What GDP growth of 12 % asks of the two engines',
        note: 'Shares are illustrative, not the plan’s.',
        ...o,
      },
    ),
  'frontier-zh': (o) =>
    plot.frontierChart(
      {
        question,
        plan: { label: '总产值增长15%', across: study.frontier!.plan.across, up: study.frontier!.plan.up },
      },
      {
        language: 'zh',
        title: '地区生产总值增长12%对双引擎的要求',
        across: '工业',
        up: '服务业',
        total: '地区生产总值',
        ...o,
      },
    ),
  waterfall: (o) =>
    plot.waterfallChart(study.accounting, { total: 'GDP', title: 'Where growth comes from', ...o }),
  'waterfall-negative': (o) =>
    plot.waterfallChart(
      contribution({
        mining: { share: 0.3, growth: '-12%' },
        industry: { share: 0.3, growth: '9%' },
        services: { share: 0.4, growth: '4%' },
      }),
      {
        language: 'zh',
        labels: { mining: '采矿业', industry: '工业', services: '服务业' },
        title: '增长来源',
        ...o,
      },
    ),
  tornado: (o) =>
    plot.tornadoChart(study.tornado, { labels: factorLabels('en'), title: 'What moves GDP growth', ...o }),
  'tornado-zh': (o) =>
    plot.tornadoChart(study.tornado, {
      language: 'zh',
      labels: factorLabels('zh'),
      title: '影响地区生产总值增速的因素',
      ...o,
    }),
  'tornado-one-sided': (o) =>
    plot.tornadoChart(
      tornado(({ a, b }) => (a - 1) ** 2 + b / 10, { a: [0, 3], b: [0, 1] }),
      o,
    ),
  paths: (o) =>
    plot.pathsChart(
      [
        { label: 'GDP', history, projection: series('2014', [273.7, 306.6, 343.4]) },
        { label: 'at the growth of 2013', projection: series('2014', [263.4, 283.9, 305.9]) },
      ],
      {
        band: plot.growthBand(244.4, { low: 0.115, high: 0.125 }, ['2014', '2016']),
        label: 'index, 2004 = 100',
        title: 'GDP against its target',
        ...o,
      },
    ),
  'paths-zh': (o) =>
    plot.pathsChart([{ label: '地区生产总值', history, projection: series('2014', [273.7, 306.6, 343.4]) }], {
      language: 'zh',
      band: plot.growthBand(244.4, { low: 0.1 }, ['2014', '2016']),
      label: '指数（2004年=100）',
      title: '地区生产总值与目标区间',
      ...o,
    }),
  forecast: (o) =>
    plot.forecastChart(gdp.forecast, {
      history,
      band: plot.growthBand(244.4, { low: 0.115, high: 0.125 }, ['2014', '2017']),
      label: 'index, 2004 = 100',
      title: 'What history says',
      ...o,
    }),
  fan: (o) =>
    plot.fanChart(gdp.forecast, {
      history,
      band: plot.growthBand(244.4, { low: 0.115, high: 0.125 }, ['2014', '2017']),
      label: 'index, 2004 = 100',
      title: 'A fan against the target',
      ...o,
    }),
  'fan-two-piece': (o) =>
    plot.fanChart(
      {
        start: '2014-Q1',
        steps: [1, 2, 3, 4, 5, 6, 7, 8].map((k) =>
          twoPieceNormal(0.1 - 0.002 * k, 0.004 * Math.sqrt(k), 0.002 * Math.sqrt(k)),
        ),
      },
      {
        history: series('2012-Q1', [0.108, 0.104, 0.101, 0.106, 0.103, 0.1, 0.102, 0.101]),
        format: (v) => `${(100 * v).toFixed(0)} %`,
        label: 'GDP growth over the year',
        title: 'Growth by quarter',
        ...o,
      },
    ),
  'fan-empirical': (o) =>
    plot.fanChart(
      {
        start: '2014',
        steps: [0, 1, 2].map((k) =>
          empirical([0.07, 0.085, 0.09, 0.093, 0.1, 0.104, 0.12, 0.13].map((v) => v - 0.005 * k)),
        ),
      },
      {
        language: 'zh',
        format: (v) => `${(100 * v).toFixed(0)}%`,
        label: '增速',
        title: '按以往误差的增速',
        ...o,
      },
    ),
  bullets: (o) => plot.bulletsChart(growthRows(study), { title: 'Growth targets', ...o }),
  'bullets-zh': (o) => plot.bulletsChart(growthRows(zhStudy), { language: 'zh', title: '增长目标', ...o }),
  'bullets-levels': (o) => plot.bulletsChart(levelRows, { title: 'Delivery targets', ...o }),
  spider: (o) =>
    plot.spiderChart(webs, {
      labels: factorLabels('en'),
      title: 'GDP growth along each factor’s range',
      ...o,
    }),
  sobol: (o) =>
    plot.indicesChart(
      [
        { factor: 'p_industry', first: 0.42, firstLow: 0.4, firstHigh: 0.44, total: 0.45 },
        { factor: 'g_output_industry', first: 0.33, firstLow: 0.31, firstHigh: 0.35, total: 0.36 },
        { factor: 'va_ratio_change', first: 0.16, firstLow: 0.15, firstHigh: 0.18, total: 0.18 },
        { factor: 'g_services', first: 0.05, firstLow: 0.04, firstHigh: 0.06, total: 0.05 },
      ],
      { labels: factorLabels('en'), title: 'Sobol’ indices of GDP growth', ...o },
    ),
  shapley: (o) =>
    plot.indicesChart(
      [
        { factor: 'g_services', effect: 0.05, low: 0.04, high: 0.06 },
        { factor: 'p_industry', effect: 0.61, low: 0.58, high: 0.64 },
        { factor: 'g_output_industry', effect: 0.34, low: 0.32, high: 0.36 },
      ],
      { language: 'zh', labels: factorLabels('zh'), title: '地区生产总值增速的沙普利效应', ...o },
    ),
  scenarios: (o) =>
    plot.scenariosChart(
      study.scenarios.filter(({ variable }) =>
        ['growth_gdp', 'growth_industry', 'growth_retail', 'growth_income_urban', 'growth_revenue'].includes(
          variable,
        ),
      ),
      { labels: variableLabels, title: 'What if', ...o },
    ),
  'scenarios-parts': (o) =>
    plot.scenariosChart(
      study.scenarios.filter(
        ({ variable, scenario }) =>
          variable === 'growth_gdp' && ['baseline', 'industry-led', 'services-led'].includes(scenario),
      ),
      { labels: { ...factorLabels('en'), ...variableLabels }, parts: partsFor(['growth_gdp']), ...o },
    ),
  'scenarios-parts-zh': (o) =>
    plot.scenariosChart(wideRows, {
      language: 'zh',
      labels: {
        ...factorLabels('zh'),
        growth_gdp: '地区生产总值',
        growth_gdp_nominal: '名义地区生产总值',
        growth_revenue: '财政收入',
        low: '价格下跌，投资放缓，居民收入与零售走弱',
        high: '工业与服务业同时提速',
      },
      parts: wideParts,
      title: '情景与计划之差及其来源',
      ...o,
    }),
  ladder: (o) =>
    plot.ladderChart(
      [
        { label: 'GDP growth of about 12 %', probability: 0.31, interval: [0.3, 0.32] },
        { label: 'urban income growth of at least 10 %', probability: 0.62, interval: [0.6, 0.64] },
        { label: 'investment growth of about 15 %', probability: 0.9, interval: [0.88, 0.92] },
        { label: 'retail growth of about 14 %', probability: NaN },
      ],
      { probability: 0.08, interval: [0.07, 0.09] },
      { title: 'How likely', ...o },
    ),
  'ladder-certain': (o) =>
    plot.ladderChart(
      [
        { label: '地区生产总值增长12%左右', probability: 1, interval: [0.99, 1] },
        { label: '农民人均纯收入增长10%以上', probability: 0 },
        { label: '零售额增长14%左右', probability: 0.9999 },
      ],
      { probability: 0 },
      { language: 'zh', ...o },
    ),
  pace: (o) => plot.paceChart(year, { title: 'What the rest of the year must bring', ...o }),
  'pace-zh': (o) =>
    plot.paceChart(
      { ...year, pace: { ...year.pace, light: 'red' } },
      { language: 'zh', title: '其余季度所需增速', ...o },
    ),
  'pace-months': (o) => plot.paceChart(months, { title: 'By month, one month in', ...o }),
  'track-record': (o) =>
    plot.trackRecordChart(record.cases, { title: 'How growth targets have fared', ...o }),
  correlation: (o) =>
    plot.correlationChart(
      correlation([
        ['p_industry', 'g_output_industry', 0.6],
        ['g_output_industry', 'g_services', -0.35],
        ['p_industry', 'cpi', 0.45],
        ['cpi', 'g_services', 0.05],
      ]),
      { labels: factorLabels('en'), title: 'Correlated shocks', ...o },
    ),

  'empty-bullets': (o) => plot.bulletsChart([], o),
  'empty-tornado': (o) => plot.tornadoChart([], { language: 'zh', ...o }),
  'missing-paths': (o) => plot.pathsChart([{ label: 'GDP', history: series('2010', [NaN, NaN]) }], o),
  'one-period-paths': (o) =>
    plot.pathsChart([{ label: long, history: series('2013', [100]) }], {
      band: [{ period: '2014', low: 111.5, high: 112.5 }],
      ...o,
    }),
  'one-period-fan': (o) => plot.fanChart({ start: '2014', steps: [student(0.1, 0.01, 5)] }, o),
  'certain-fan': (o) => plot.fanChart({ start: '2014', steps: [normal(0.1, 0), normal(0.1, 0)] }, o),
  'forty-targets': (o) =>
    plot.bulletsChart(
      Array.from({ length: 40 }, (_, i) => ({
        ...levelRows[i % levelRows.length]!,
        target: `${long} ${i + 1}`,
      })),
      o,
    ),
};

/** What parts the differences of the study's own scenarios in some variables. */
function partsFor(variables: readonly TwoEngineVariable[]): ScenarioPart[] {
  const model = twoEngine({ shares: study.shares, parameters: study.parameters });
  const { over, base, scenarioSettings } = study;
  return attribute(model, twoEngineHistory(model, base), scenarioSettings, {
    over: [over[0], over[0]],
    variables,
  });
}

/** Two scenarios of seven and two settings: more causes than there are colours. */
const wide = (() => {
  const model = twoEngine();
  const past = twoEngineHistory(model, '2013');
  const scenarios = [
    {
      name: 'low',
      set: {
        p_industry: -0.04,
        g_fai: 0.05,
        g_output_industry: 0.12,
        va_ratio_change: -0.004,
        g_construction: 0.05,
        g_agriculture: 0.03,
        g_services: 0.075,
      },
    },
    { name: 'high', set: { g_output_industry: 0.17, g_services: 0.1 } },
  ];
  const variables = ['growth_gdp', 'growth_gdp_nominal', 'growth_revenue'] as const;
  const over = ['2014', '2014'] as const;
  return {
    rows: compare(runScenarios(model, past, scenarios, { over }), { variables, periods: ['2014'] }),
    parts: attribute(model, past, scenarios, { over, variables }),
  };
})();
const { rows: wideRows, parts: wideParts } = wide;

const webs = spider(
  outcome(twoEngine(), twoEngineHistory(twoEngine(), '2013'), {
    over: ['2014', '2014'],
    factors: ['p_industry', 'g_output_industry', 'va_ratio_change', 'g_services', 'g_construction'],
    read: ['growth_gdp'],
  }),
  {
    p_industry: [-0.05, 0.05],
    g_output_industry: [0.1, 0.2],
    va_ratio_change: [-0.01, 0.005],
    g_services: [0.06, 0.12],
    g_construction: [0.05, 0.13],
  },
);
const variableLabels = {
  growth_gdp: 'GDP',
  growth_industry: 'industry',
  growth_retail: 'retail sales',
  growth_income_urban: 'urban income',
  growth_revenue: 'revenue',
};
const quarters = series('2013-Q1', [100, 110, 120, 130]);
const year = {
  pace: {
    ...pace('12%', { base: quarters, actual: series('2014-Q1', [110.4, 122]) }),
    light: 'amber' as const,
  },
  target: 0.12,
  actual: series('2014-Q1', [0.104, 0.109]),
};
const months = {
  pace: pace('12%', { base: series('2013-01', Array(12).fill(100)), actual: series('2014-01', [95]) }),
  target: 0.12,
  actual: series('2014-01', [-0.05]),
};
const record = referenceClass((JSON.parse(read('growth-targets.json')) as { cases: TargetCase[] }).cases, {
  like: ({ place }) => place === 'China',
});

/** Four statuses of levels: one met, one missed, one at risk, one without a figure. */
const levelRows = assess(
  definePlan({
    name: 'P',
    span: ['2014', '2014'],
    indicators: {
      jobs: { label: 'jobs created', unit: 'persons', kind: 'flow' },
      homes: { label: 'homes built', unit: 'count', kind: 'flow' },
      roads: { label: 'roads', unit: 'count', kind: 'flow' },
      parks: { label: 'parks', unit: 'count', kind: 'flow' },
    },
    targets: [
      { indicator: 'jobs', measure: 'level', relation: atLeast(11000) },
      { indicator: 'homes', measure: 'level', relation: about(400) },
      { indicator: 'roads', measure: 'level', relation: atLeast(30) },
      { indicator: 'parks', measure: 'level', relation: atLeast(5) },
    ],
  }),
  {
    actual: { jobs: series('2014', [11840]), homes: series('2014', [310]) },
    outlook: { roads: series('2014', [27]) },
  },
);
export { study };
