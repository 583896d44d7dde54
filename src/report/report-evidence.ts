import { argument, checkOptions } from '../argument.ts';
import { assess } from '../assess/assess.ts';
import { nowcast } from '../assess/nowcast.ts';
import { pace } from '../assess/pace.ts';
import { forecast } from '../forecast/forecast.ts';
import type { Issue, Language } from '../issue.ts';
import { describeTarget } from '../plan/describe.ts';
import { labelOf } from '../plan/indicator.ts';
import { periodOf, targetBand, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { growthBand } from '../plot/band.ts';
import { percent } from '../plot/format.ts';
import { planFactors } from '../presets/plan-factors.ts';
import { planSimulation } from '../presets/plan-simulation.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngine, twoEngineHistory } from '../presets/two-engine.ts';
import { twoEngineLabels } from '../presets/two-engine-labels.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import { outcome } from '../scenario/outcome.ts';
import { aggregate } from '../time/aggregate.ts';
import { fromYearToDate, growthFromYearToDate, toYearToDate } from '../time/cumulative.ts';
import { addPeriods, frequencyOf, perYear, periodsBetween } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { endOf, mapValues, periodsOf, series, slice, valueAt } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import { empirical } from '../uncertainty/distribution.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Seed } from '../numeric/threefry.ts';
import { simulate } from '../uncertainty/simulate.ts';
import { summaryQuantile } from '../uncertainty/summary.ts';
import type { ReportForecast, ReportOptions } from './report.ts';

/** What is known besides the plan, and how often its model is drawn. */
export interface EvidenceOptions {
  /** Draws of the model's uncertain parameters; defaults to 10,000, and 0 leaves the chances out. */
  readonly draws?: number;
  /** Selects the draws; defaults to 0. */
  readonly seed?: Seed;
  /**
   * Levels of the plan's indicators before the plan, by their names: yearly ones, or flows of quarters or months, which are
   * summed to years for forecasts and say how the base year was spread.
   */
  readonly history?: Dataset;
  /**
   * Figures of flows in the plan's first year so far by quarter or month, cumulative since January: growth over the same stretch of
   * the year before (every value between -1 and 1), or levels, with those of the year before in the same series or flows of it
   * in the history.
   */
  readonly actual?: Dataset;
  /** Defaults to `'en'`. */
  readonly language?: Language;
}

/** What a report may hold besides the study, made from figures; and what of them could not be used. */
export interface ReportEvidence extends Pick<ReportOptions, 'summary' | 'forecasts' | 'paces' | 'quarters'> {
  readonly issues: readonly Issue[];
}

/**
 * Chances, fans, forecasts and required paces for a report, from draws of the model and from published figures.
 *
 * The model's parameters are drawn over their documented ranges, as `planSimulation` does it. Each indicator with a history
 * is forecast to the end of the plan by `auto()`. The pace of the year is read against a nowcast, which gives its light.
 *
 * @param study what `studyPlan` gives
 * @returns parts of `report`'s options; issues name series that the plan does not know or that could not be used
 */
export function reportEvidence(study: PlanStudy, options: EvidenceOptions = {}): ReportEvidence {
  argument('reportEvidence', 'object', study, 'study');
  checkOptions('reportEvidence', options, 'draws seed history actual language');
  const { draws = 10_000, seed = 0, history = {}, actual = {}, language = 'en' } = options;
  const { plan } = study;
  const issues: Issue[] = [];
  const known = (from: string, data: Dataset): [string, Series][] =>
    Object.entries(data).filter(([name]) => {
      if (Object.hasOwn(plan.indicators, name)) return true;
      issues.push({
        code: 'unknown-indicator',
        path: [from, name],
        expected: 'the name of an indicator of the plan',
        received: `'${name}'`,
        severity: 'warning',
      });
      return false;
    });
  const past = known('history', history);
  const year = plan.span[0];
  const base = addPeriods(year, -1);
  const quarters = Object.fromEntries(
    past.flatMap(([name, flows]) => {
      const flowsOfBase = plan.indicators[name]!.kind === 'flow' ? yearOf(flows, base) : undefined;
      return flowsOfBase === undefined ? [] : [[name, flowsOfBase]];
    }),
  );
  const yearly = past.map(([name, levels]) => [name, byYear(plan, name, levels)] as const);
  const paces = known('actual', actual).flatMap(([name, figures]) =>
    paceOf(plan, name, figures, quarters[name], language, issues),
  );
  const drawn = draws > 0 && modelSpeaksOf(plan) ? chancesOf(study, draws, seed, language) : undefined;
  return {
    ...(drawn === undefined ? {} : { summary: drawn.summary }),
    forecasts: [
      ...(drawn?.fans ?? []),
      ...yearly.flatMap(([name, levels]) => forecastOf(plan, name, levels, language)),
    ],
    paces,
    quarters,
    issues,
  };
}

/** Whether the two-engine model has a variable for any of the plan's targets. */
function modelSpeaksOf(plan: Plan): boolean {
  const has = (name: string): boolean => Object.hasOwn(twoEngineLabels, name);
  return plan.targets.some(
    ({ indicator, relation, versus }) =>
      versus === undefined && has(indicator) && (relation.kind !== 'in-step-with' || has(relation.indicator)),
  );
}

/** The chance of each target, and GDP's path as a fan, from the same parameters drawn. */
function chancesOf(
  { plan, parameters, shares, base, over }: PlanStudy,
  draws: number,
  seed: Seed,
  language: Language,
): { readonly summary: NonNullable<ReportOptions['summary']>; readonly fans: ReportForecast[] } {
  const { summary, targets } = planSimulation(plan, { parameters, shares, draws, seed, language });
  const model = twoEngine({ parameters, shares });
  const factors = planFactors(model) as Readonly<Record<TwoEngineParameter, Distribution>>;
  const names = Object.keys(factors) as TwoEngineParameter[];
  const years = periodsOf(over);
  const paths = simulate(
    outcome(model, twoEngineHistory(model, base), {
      over,
      factors: names,
      read: years.map((period) => `gdp@${period}`),
    }),
    factors,
    { draws, seed },
  );
  const i = growthTarget(plan, 'gdp');
  const target = i < 0 ? undefined : plan.targets[i]!;
  const fan: ReportForecast = {
    label: labelOf(plan.indicators['gdp']?.label ?? { en: 'GDP', zh: '地区生产总值' }, language),
    basis: 'model',
    history: series(base, [100]),
    forecast: {
      start: years[0]!,
      steps: years.map((period) =>
        empirical(
          Array.from({ length: 200 }, (_, k) => summaryQuantile(paths, `gdp@${period}`, (k + 0.5) / 200)),
        ),
      ),
    },
    ...bandAround(plan, target, 100),
    ...chanceFor(plan, target, targets[i]?.probability, language),
  };
  return { summary, fans: [fan] };
}

function forecastOf(plan: Plan, name: string, levels: Series, language: Language): ReportForecast[] {
  const horizon = periodsBetween(endOf(levels), plan.span[1]);
  if (horizon < 1 || !levels.values.some((value) => Number.isFinite(value))) return [];
  const { kind } = plan.indicators[name]!;
  const ahead = forecast(levels, undefined, {
    horizon,
    ...(kind === 'rate' ? {} : { declare: 'economic-level' as const }),
  });
  const i = growthTarget(plan, name);
  const target = i < 0 ? undefined : plan.targets[i]!;
  const [row] =
    target === undefined
      ? []
      : assess({ ...plan, targets: [target] }, { actual: { [name]: levels }, outlook: { [name]: ahead } });
  return [
    {
      label: labelOf(plan.indicators[name]!.label, language),
      basis: 'history',
      history: levels,
      forecast: ahead,
      ...bandAround(plan, target, valueAt(levels, addPeriods(plan.span[0], -1))),
      ...chanceFor(plan, target, row?.probability, language),
    },
  ];
}

/** The years that a history covers wholly, cut where they begin and end. */
function byYear(plan: Plan, name: string, levels: Series): Series {
  if (frequencyOf(levels.start) === 'year') return levels;
  const yearly = aggregate(levels, 'year', plan.indicators[name]!.kind);
  const whole = periodsOf(yearly).filter((_, i) => Number.isFinite(yearly.values[i]));
  return whole.length === 0 ? yearly : slice(yearly, [whole[0]!, whole.at(-1)!]);
}

/** A year's quarters or months, where all of them are known. */
function yearOf(flows: Series, year: Period): Series | undefined {
  const frequency = frequencyOf(flows.start);
  if (frequency === 'year') return undefined;
  const first = (frequency === 'quarter' ? `${year}-Q1` : `${year}-01`) as Period;
  const last = addPeriods(first, perYear[frequency] - 1);
  const values = periodsOf([first, last]).map((period) => valueAt(flows, period));
  return values.every((value) => value > 0) ? { start: first, values } : undefined;
}

/** The place of the first target for an indicator's yearly growth, or -1. */
function growthTarget(plan: Plan, name: string): number {
  return plan.targets.findIndex(
    ({ indicator, measure, versus }) => indicator === name && measure === 'growth' && versus === undefined,
  );
}

function spanOf(plan: Plan, target: Target): Span {
  const period = periodOf(plan, target);
  return typeof period === 'string' ? [period, period] : period;
}

function bandAround(plan: Plan, target: Target | undefined, base: number): Pick<ReportForecast, 'band'> {
  const band = target === undefined ? undefined : targetBand(plan, target);
  if (target === undefined || band === undefined || !(base > 0)) return {};
  const [first, last] = spanOf(plan, target);
  // From the base year on: of a later year's growth the level before is not known.
  return first === plan.span[0] ? { band: growthBand(base, band, [first, last]) } : {};
}

function chanceFor(
  plan: Plan,
  target: Target | undefined,
  probability: number | undefined,
  language: Language,
): Pick<ReportForecast, 'target' | 'probability'> {
  return target === undefined || probability === undefined
    ? {}
    : { target: describeTarget(plan, target, language), probability };
}

const kindText = { stock: 'a stock', rate: 'a rate', index: 'an index' } as const;

/** The pace that the rest of a flow's year needs, from cumulative growth or from cumulative levels. */
function paceOf(
  plan: Plan,
  name: string,
  figures: Series,
  baseFlows: Series | undefined,
  language: Language,
  issues: Issue[],
): NonNullable<ReportOptions['paces']>[number][] {
  const unused = (expected: string, received: string): [] => {
    issues.push({ code: 'not-read', path: ['actual', name], expected, received, severity: 'warning' });
    return [];
  };
  const own = plan.targets[growthTarget(plan, name)];
  const ofYear = own !== undefined && spanOf(plan, own).every((period) => period === plan.span[0]);
  const target = ofYear ? targetValue(plan, own) : undefined;
  if (target === undefined)
    return unused(`an indicator with a target for its growth in ${plan.span[0]}`, `'${name}'`);
  const { kind } = plan.indicators[name]!;
  if (kind !== 'flow')
    return unused(
      'a flow: the figures so far of anything else are no part of its year',
      `${kindText[kind]} ('${name}')`,
    );
  const frequency = frequencyOf(figures.start);
  const [year, before] = [plan.span[0], addPeriods(plan.span[0], -1)];
  if (frequency === 'year') return unused('quarters or months', `years (${figures.start})`);
  const so = from(firstOf(year, frequency), figures);
  if (so === undefined) return unused(`figures of ${year}`, 'none');
  const isGrowth = so.values.every((value) => Number.isNaN(value) || Math.abs(value) < 1);
  const sameSpread = baseFlows === undefined ? undefined : spreadBy(baseFlows, frequency);
  const base = isGrowth
    ? (sameSpread ?? evenYear(before, frequency))
    : (yearOf(fromYearToDate(figures, { january: 'equal' }), before) ?? sameSpread);
  if (base === undefined)
    return unused(`growth to date, or the figures of ${before} too`, 'levels of one year alone');
  const cumulative = isGrowth ? so : growthOver(so, toYearToDate(base));
  const toDate = cumulative.values.at(-1)!;
  if (!(Math.abs(toDate) <= 0.5)) {
    issues.push({
      code: 'doubtful',
      path: ['actual', name],
      expected:
        'growth to date within ±50 %: as ratios (0.075 for 7.5 %), or levels in the unit of the year before',
      received: `${percent(toDate, 'en')} to ${endOf(cumulative)}, ${isGrowth ? 'read as growth' : `from levels over those of ${before}`}`,
      severity: 'warning',
    });
    return [];
  }
  const { values } = base;
  const { rest } = nowcast(cumulative, { weights: values, decimals: isGrowth ? 1 : 6 });
  return [
    {
      label: labelOf(plan.indicators[name]!.label, language),
      target,
      pace: pace(target, { base, cumulative, outlook: rest, decimals: isGrowth ? 1 : 6 }),
      actual: growthFromYearToDate(cumulative, base),
    },
  ];
}

/** Flows by the periods of a frequency: as they are, or months as quarters. */
function spreadBy(flows: Series, frequency: 'quarter' | 'month'): Series | undefined {
  if (frequencyOf(flows.start) === frequency) return flows;
  return frequency === 'quarter' ? aggregate(flows, 'quarter', 'flow') : undefined;
}

function firstOf(year: Period, frequency: 'quarter' | 'month'): Period {
  return (frequency === 'quarter' ? `${year}-Q1` : `${year}-01`) as Period;
}

/** A series from a period to its last known value of the year of that period; undefined where nothing is known. */
function from(first: Period, s: Series): Series | undefined {
  const periods = periodsOf([first, addPeriods(first, perYear[frequencyOf(first)] - 1)]);
  const values = periods.map((period) => valueAt(s, period));
  const last = values.findLastIndex((value) => Number.isFinite(value));
  return last < 0 ? undefined : { start: first, values: values.slice(0, last + 1) };
}

/** A year whose periods are of one size: what is taken where nobody says how the year was spread. */
function evenYear(year: Period, frequency: 'quarter' | 'month'): Series {
  return series(
    firstOf(year, frequency),
    new Array<number>(perYear[frequency]).fill(100 / perYear[frequency]),
  );
}

function growthOver(levels: Series, lastYear: Series): Series {
  const n = perYear[frequencyOf(levels.start)];
  return mapValues(levels, (value, i) => value / valueAt(lastYear, addPeriods(levels.start, i - n)) - 1);
}
