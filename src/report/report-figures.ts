import type { Language } from '../issue.ts';
import { nameOfTarget } from '../assess/assess.ts';
import { targetNames } from '../assess/plan-outcome.ts';
import { planChance } from '../assess/probability.ts';
import { fanChart } from '../plot/fan.ts';
import type { ChartOptions } from '../plot/figure.ts';
import { chance as chanceText, level, percent } from '../plot/format.ts';
import { frontierChart } from '../plot/frontier.ts';
import { ladderChart } from '../plot/ladder.ts';
import { paceChart } from '../plot/pace.ts';
import { pathsChart } from '../plot/paths.ts';
import { scenariosChart } from '../plot/scenarios.ts';
import { tornadoChart } from '../plot/tornado.ts';
import { waterfallChart } from '../plot/waterfall.ts';
import { say } from '../plot/words.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { twoEngine, twoEngineHistory } from '../presets/two-engine.ts';
import { attribute } from '../scenario/attribute.ts';
import type { ScenarioPart } from '../scenario/attribute.ts';
import { addPeriods } from '../time/period.ts';
import { slice } from '../time/series.ts';
import { probability } from '../uncertainty/probability.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { picture } from './report-page.ts';
import type { ReportForecast, ReportOptions } from './report.ts';
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

/** Width of pictures that stand three to a row. */
const narrow = 290;

/** Scenarios, projected levels and the tornado, three to a row. */
export function projectionFigures(study: PlanStudy, options: ReportOptions): string[] {
  const chart = { ...chartOptions(options), width: narrow };
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
    ['g_output_industry', 'g_services', ...rows.flatMap((row) => [row.variable, row.scenario])].map(
      (name) => [name, wordFor(name, language)],
    ),
  );
  return [
    picture(
      word('scenarios', language),
      scenariosChart(rows, {
        ...chart,
        labels: { ...parameterLabels(language), ...labels },
        parts: partsOf(study),
      }).outerHTML,
    ),
    picture(word('paths', language), paths.outerHTML),
    picture(
      word('tornado', language),
      tornadoChart(study.tornado, {
        ...chart,
        width: 380,
        labels: parameterLabels(language),
        formatFactor: null,
      }).outerHTML,
    ),
  ];
}

/** What of a scenario's growth of GDP comes from which of its settings. */
function partsOf({ shares, parameters, base, plan, scenarioSettings }: PlanStudy): ScenarioPart[] {
  const model = twoEngine({ shares, parameters });
  const [year] = plan.span;
  const several = scenarioSettings.filter(({ set }) => Object.keys(set).length > 1);
  return attribute(model, twoEngineHistory(model, base), several, {
    over: [year, year],
    variables: ['growth_gdp'],
  });
}

function parameterLabels(language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(twoEngineParameters).map(([name, { label }]) => [name, labelOf(label, language)]),
  );
}

/** The most fans and paces beside the ladder of chances: two rows of two. */
const room = 4;

/**
 * The chance of each target and of all together, forecasts with their fans and the first pace, where they are given, drawn
 * three to a row; and in words what there is no room for.
 */
export function chanceFigures(
  { plan }: PlanStudy,
  options: ReportOptions,
): { readonly figures: readonly string[]; readonly notDrawn: readonly string[] } {
  const chart = { ...chartOptions(options), width: narrow };
  const { language } = chart;
  const { summary, forecasts = [], paces = [] } = options;
  const colon = language === 'zh' ? '：' : ': ';
  const drawn = forecasts.slice(0, room - Math.min(paces.length, 1));
  const fans = drawn.map(({ label, forecast, basis, target, probability: p, ...rest }) =>
    picture(
      `${word(basis === 'model' ? 'modelFan' : 'fans', language)}${colon}${label}`,
      fanChart(forecast, { ...chart, ...rest }).outerHTML,
      target === undefined || p === undefined ? '' : `${target}${colon}${chanceText(p, language)}`,
    ),
  );
  const pace = paces
    .slice(0, 1)
    .map(({ label, ...data }) =>
      picture(`${word('pace', language)}${colon}${label}`, paceChart(data, chart).outerHTML),
    );
  return {
    figures: [...(summary === undefined ? [] : [ladderFigure(plan, summary, chart)]), ...fans, ...pace],
    notDrawn: [
      ...forecasts.slice(drawn.length).map((one) => forecastWords(one, language)),
      ...paces.slice(1).map((one) => paceWords(one, language)),
    ],
  };
}

function ladderFigure(
  plan: Plan,
  summary: Summary,
  chart: ChartOptions & { readonly language: Language },
): string {
  const { language } = chart;
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
  return picture(word('ladder', language), ladderChart(rungs, all, chart).outerHTML, '', true);
}

/** A forecast without a picture: its median at the end, and how likely the target is. */
function forecastWords(
  { label, forecast: { start, steps }, target, probability: p, format = level }: ReportForecast,
  language: Language,
): string {
  const end = addPeriods(start, steps.length - 1);
  const median = steps.length === 0 ? '–' : format(quantile(steps.at(-1)!, 0.5));
  const likely = target === undefined || p === undefined ? '' : chanceText(p, language);
  if (language === 'zh')
    return `${label}：${end}年预测中位数${median}${likely === '' ? '' : `；${target}：${likely}`}`;
  return `${label}: median of ${end} ${median}${likely === '' ? '' : `; ${target}: ${likely}`}`;
}

function paceWords(
  { label, target, pace }: NonNullable<ReportOptions['paces']>[number],
  language: Language,
): string {
  const [toDate, needed] = [pace.toDate, pace.needed].map((growth) => percent(growth, language));
  const light = pace.light === undefined ? '' : say(pace.light, language);
  if (language === 'zh')
    return `${label}：截至${pace.period}累计增长${toDate}，其余时期需增长${needed}（目标${percent(target, 'zh')}${light === '' ? '' : `，${light}`}）`;
  return `${label}: ${toDate} to ${pace.period}, the rest needs ${needed} (target ${percent(target, 'en')}${light === '' ? '' : `, ${light}`})`;
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
