import type { Language } from '../issue.ts';
import { nameOfTarget } from '../assess/assess.ts';
import { targetNames } from '../assess/plan-outcome.ts';
import { planChance } from '../assess/probability.ts';
import { fanChart } from '../plot/fan.ts';
import type { ChartOptions } from '../plot/figure.ts';
import { frontierChart } from '../plot/frontier.ts';
import { ladderChart } from '../plot/ladder.ts';
import { paceChart } from '../plot/pace.ts';
import { pathsChart } from '../plot/paths.ts';
import { scenariosChart } from '../plot/scenarios.ts';
import { tornadoChart } from '../plot/tornado.ts';
import { waterfallChart } from '../plot/waterfall.ts';
import { labelOf } from '../plan/indicator.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { slice } from '../time/series.ts';
import { probability } from '../uncertainty/probability.ts';
import { picture } from './report-page.ts';
import type { ReportOptions } from './report.ts';
import { word, wordFor } from './report-words.ts';

/** Pictures of the report: narrow, so that their text can still be read on a phone and in half a page's width. */
function chartOptions({
  language = 'en',
  document,
}: ReportOptions): ChartOptions & { readonly language: Language } {
  return { language, theme: 'page', width: 400, ...(document === undefined ? {} : { document }) };
}

/** The two-engine frontier with the scenarios on it, and growth accounting. */
export function engineFigures(study: PlanStudy, options: ReportOptions): string[] {
  const chart = chartOptions(options);
  const { language } = chart;
  const accounting = waterfallChart(study.accounting, {
    ...chart,
    total: word('gdp', language),
    labels: Object.fromEntries(study.accounting.parts.map(({ part }) => [part, wordFor(part, language)])),
  });
  return [
    ...(study.frontier === undefined ? [] : [frontierFigure(study, options)]),
    picture(word('accounting', language), accounting.outerHTML),
  ];
}

/** Scenarios, projected levels and the tornado, in the order in which two columns come out even. */
export function projectionFigures(study: PlanStudy, options: ReportOptions): string[] {
  const chart = chartOptions(options);
  const { language } = chart;
  const zh = language === 'zh';
  const names = ['gdp', 'va_industry', 'va_services', 'retail'] as const;
  const paths = pathsChart(
    names.map((name) => {
      const { [name]: levels } = study.projection;
      return {
        label: wordFor(name, language),
        history: slice(levels, [study.base, study.base]),
        projection: { ...levels },
      };
    }),
    { ...chart, label: zh ? `指数（${study.base}年=100）` : `index, ${study.base} = 100` },
  );
  const rows = study.scenarios.filter(({ variable }) => variable === 'growth_gdp');
  const labels = Object.fromEntries(
    rows.flatMap((row) => [row.variable, row.scenario]).map((name) => [name, wordFor(name, language)]),
  );
  const factors = Object.fromEntries(
    study.tornado.map(({ factor }) => [factor, labelOf(twoEngineParameters[factor].label, language)]),
  );
  return [
    picture(word('scenarios', language), scenariosChart(rows, { ...chart, labels }).outerHTML),
    picture(word('paths', language), paths.outerHTML),
    picture(
      word('tornado', language),
      tornadoChart(study.tornado, { ...chart, labels: factors, formatFactor: null }).outerHTML,
    ),
  ];
}

/** The chance of each target and of all together, and forecasts with their fans, where they are given. */
export function chanceFigures({ plan }: PlanStudy, options: ReportOptions): string[] {
  const chart = chartOptions(options);
  const { language } = chart;
  const { summary, forecasts = [], paces = [] } = options;
  const figures: string[] = [];
  if (summary !== undefined) {
    const rungs = targetNames(plan).flatMap((name, i) => {
      if (!Object.hasOwn(summary.bands, name)) return [];
      const { probability: p, low, high } = probability(summary, name);
      return [
        {
          label: nameOfTarget(plan, plan.targets[i]!, language),
          probability: p,
          interval: [low, high] as const,
        },
      ];
    });
    const { all } = planChance(plan, summary);
    figures.push(picture(word('likely', language), ladderChart(rungs, all, chart).outerHTML));
  }
  for (const { label, forecast, ...rest } of forecasts)
    figures.push(
      picture(`${word('fans', language)}: ${label}`, fanChart(forecast, { ...chart, ...rest }).outerHTML),
    );
  for (const { label, ...data } of paces)
    figures.push(picture(`${word('pace', language)}: ${label}`, paceChart(data, chart).outerHTML));
  return figures;
}

function frontierFigure(study: PlanStudy, options: ReportOptions): string {
  const chart = chartOptions(options);
  const { language } = chart;
  const { plan, target } = study.frontier!;
  const { accounting, scenarios, tornado } = study;
  const shares = Object.fromEntries(accounting.parts.map(({ part, share }) => [part, share]));
  const valueOf = (scenario: string, variable: string): number =>
    scenarios.find((row) => row.scenario === scenario && row.variable === variable)?.value ?? NaN;
  const points = [...new Set(scenarios.map(({ scenario }) => scenario))]
    .filter((name) => name !== 'baseline')
    .map((name) => ({
      label: wordFor(name, language),
      across: valueOf(name, 'growth_industry'),
      up: valueOf(name, 'growth_services'),
    }))
    // A scenario that leaves both engines where the plan has them is no other point.
    .filter(({ across, up }) => Math.hypot(across - plan.across, up - plan.up) > 1e-4);
  const output = tornado.find(({ factor }) => factor === 'g_output_industry');
  // The documented range is of output at current prices; prices and the value-added ratio stay as they are in the plan.
  const real = (growth: number): number => ((1 + growth) * (1 + plan.across)) / (1 + output!.at) - 1;
  const svg = frontierChart(
    {
      question: {
        shares,
        growth: { agriculture: plan.growth.agriculture, construction: plan.growth.construction },
        target,
        across: 'industry',
        up: 'services',
      },
      plan: { label: language === 'zh' ? '本计划' : 'the plan', across: plan.across, up: plan.up },
      scenarios: points,
      ranges: {
        up: twoEngineParameters.g_services.range,
        ...(output === undefined ? {} : { across: [real(output.from), real(output.to)] as const }),
      },
    },
    {
      ...chart,
      total: word('gdp', language),
      across: word('industry', language),
      up: word('services', language),
    },
  );
  return picture(word('frontier', language), svg.outerHTML);
}
