import { contribution } from '../accounts/contribution.ts';
import type { Contributions } from '../accounts/contribution.ts';
import { assess } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { consistency } from '../assess/consistency.ts';
import type { Consistency } from '../assess/consistency.ts';
import { hasErrors } from '../issue.ts';
import type { Issue, Language } from '../issue.ts';
import { solve } from '../model/solve.ts';
import { basePeriod, checkPlan, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { compare } from '../scenario/compare.ts';
import type { ComparisonRow } from '../scenario/compare.ts';
import { frontier } from '../scenario/frontier.ts';
import type { FrontierPoint } from '../scenario/frontier.ts';
import { outcome } from '../scenario/outcome.ts';
import { runScenarios } from '../scenario/scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { tornado } from '../sensitivity/tornado.ts';
import type { TornadoRow } from '../sensitivity/tornado.ts';
import type { Rate } from '../numeric/rate.ts';
import { mistake } from '../mistake.ts';
import { addPeriods, frequencyOf } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { at, slice } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { twoEngine, twoEngineHistory } from './two-engine.ts';
import type { Sector, TwoEngine, TwoEngineVariable } from './two-engine.ts';
import { twoEngineParameters } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** The main job in one value: a plan checked, compounded and projected with the two-engine model. Plain JSON. */
export interface PlanStudy {
  readonly plan: Plan;
  readonly issues: readonly Issue[];
  /** The base year, whose levels are 100 in the projection. */
  readonly base: Period;
  readonly targets: readonly Assessment[];
  /** Whether the targets can hold together with this model, its parameters anywhere in their documented ranges. */
  readonly consistency: Consistency;
  /** Projected levels, base year = 100, the plan's yearly growth carried on to the horizon. */
  readonly projection: Dataset<(typeof projected)[number]>;
  /** Growth accounting of the plan's first year. */
  readonly accounting: Contributions<Sector>;
  /** The isoquant of the GDP target; absent when the plan has none. */
  readonly frontier?: TwoEngineFrontier;
  readonly scenarios: readonly ComparisonRow<string, TwoEngineVariable>[];
  /** What each of those scenarios sets, in the order of the rows. */
  readonly scenarioSettings: readonly Scenario[];
  readonly tornado: readonly TornadoRow<TwoEngineParameter>[];
  /** Value of every parameter of the model, a ratio or a rate: the plan's, the solved and the default ones. */
  readonly parameters: Readonly<Record<TwoEngineParameter, number>>;
  /** Shares of the sectors in base-year GDP, ratios that sum to 1. */
  readonly shares: Readonly<Record<Sector, number>>;
  /** First and last projected period. */
  readonly over: Span;
  /** Where the model's figures come from. */
  readonly sources: {
    /** Parameters that the plan's own targets set. */
    readonly plan: readonly string[];
    /** Parameters solved so that the GDP target is met. */
    readonly solved: readonly string[];
    /** Parameters and shares at documented defaults that are not the plan's: illustrative. */
    readonly defaults: readonly string[];
  };
}

/** The frontier of a plan with the plan's own point. */
export interface TwoEngineFrontier {
  readonly target: number;
  readonly points: readonly FrontierPoint<Sector>[];
  /** Real industry growth that the plan's output target implies, and the services growth it needs. */
  readonly plan: FrontierPoint<Sector>;
}

/** What may differ from the defaults. */
export interface StudyOptions {
  readonly shares?: Readonly<Record<Sector, Rate>>;
  readonly parameters?: Readonly<Partial<Record<TwoEngineParameter, Rate>>>;
  /** Years to project, at least the plan's own; defaults to 5. */
  readonly horizon?: number;
  readonly language?: Language;
}

/** Levels shown in a projection: those that start at a level of their own and grow. */
const projected = [
  'gdp',
  'va_industry',
  'va_services',
  'gross_output_industry',
  'retail',
  'fai',
  'income_urban',
  'income_rural',
  'revenue',
] as const;

/** Growth targets of plans that are inputs of the model, and the parameter each sets. */
const driverOf: Readonly<Record<string, TwoEngineParameter>> = {
  gross_output_industry: 'g_output_industry',
  fai: 'g_fai',
  va_services: 'g_services',
  va_agriculture: 'g_agriculture',
  va_construction: 'g_construction',
};

const shownInScenarios = [
  'growth_gdp',
  'growth_industry',
  'growth_services',
  'growth_gdp_nominal',
  'growth_retail',
  'growth_income_urban',
  'growth_revenue',
  'growth_capital',
  'growth_tfp',
  'fai_cover',
  'revenue_step_real',
  'revenue_step_nominal',
] as const;

/**
 * The main job: check a plan, read its targets into the two-engine model, and answer the first questions about it.
 *
 * Growth targets of gross output, investment and sectors set the model's parameters; services growth is solved so that
 * the GDP target is met, unless the plan or the caller says it. Everything else is a documented default and is listed
 * as such. The plan must be yearly.
 *
 * @param plan a plan without errors, such as `readPlanFile` returns
 * @throws RangeError when the plan has errors (see `checkPlan`) or is not by year
 */
export function studyPlan(plan: Plan, options: StudyOptions = {}): PlanStudy {
  const issues = checkPlan(plan);
  if (hasErrors(issues))
    return mistake(
      'studyPlan',
      `the plan '${plan.name}' has errors`,
      'see checkPlan for each with its place',
    );
  if (frequencyOf(plan.span[0]) !== 'year')
    return mistake(
      'studyPlan',
      `the plan is by ${frequencyOf(plan.span[0])}`,
      'the two-engine model is by year',
    );
  const base = basePeriod(plan);
  const year = plan.span[0];
  const horizon = Math.max(options.horizon ?? 5, Number(plan.span[1]) - Number(base));
  const over: Span = [year, addPeriods(base, horizon)];
  const fromPlan = driversIn(plan);
  const shares = options.shares === undefined ? {} : { shares: options.shares };
  const first = twoEngine({ ...shares, parameters: { ...fromPlan, ...options.parameters } });
  const history = twoEngineHistory(first, base);
  const engines = frontierOf(plan, first, history, year);
  const told = { ...fromPlan, ...options.parameters };
  const solved: Partial<Record<TwoEngineParameter, number>> =
    engines === undefined || told.g_services !== undefined ? {} : { g_services: engines.plan.up };
  const model = twoEngine({ ...shares, parameters: { ...told, ...solved } });
  const run = solve(model, history, { over });
  const scenarioSettings = scenariosFor(model.parameters);
  const runs = runScenarios(model, history, scenarioSettings, { over: [year, year] });
  const ranges = rangesOf(model.parameters);
  const factors = Object.keys(ranges) as TwoEngineParameter[];
  const gdpGrowth = outcome(model, history, { over: [year, year], factors, read: ['growth_gdp'] });
  const swings = tornado(gdpGrowth, ranges).filter((row) => row.swing > 0);
  const projection = Object.fromEntries(
    projected.map((name) => [name, indexed(run, name, [base, over[1]])]),
  ) as PlanStudy['projection'];
  return {
    plan,
    issues,
    base,
    targets: assess(plan, { outlook: run, language: options.language ?? 'en' }),
    // Before the solve: a value that was solved for would widen the documented range it has to be judged by.
    consistency: consistency(plan, first, history, { language: options.language ?? 'en' }),
    projection,
    accounting: contribution(levelsAt(run, base), levelsAt(run, year)),
    ...(engines === undefined ? {} : { frontier: engines }),
    scenarios: compare(runs, { variables: shownInScenarios, periods: [year] }),
    scenarioSettings,
    tornado: swings,
    parameters: valuesOf(model.parameters),
    shares: model.shares,
    over,
    sources: {
      plan: Object.keys(fromPlan),
      solved: Object.keys(solved),
      defaults: model.defaults,
    },
  };
}

function valuesOf(
  parameters: Readonly<Record<TwoEngineParameter, { readonly value: number }>>,
): Record<TwoEngineParameter, number> {
  const entries = Object.entries(parameters).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Record<TwoEngineParameter, number>;
}

/** The scenarios asked of every plan, relative to its own figures. */
function scenariosFor(
  parameters: Readonly<Record<TwoEngineParameter, { readonly value: number }>>,
): Scenario[] {
  const { g_output_industry: output, g_services: services } = parameters;
  return [
    {
      name: 'industry-led',
      set: { g_output_industry: output.value + 0.03, g_services: services.value - 0.02 },
    },
    {
      name: 'services-led',
      set: { g_output_industry: output.value - 0.03, g_services: services.value + 0.02 },
    },
    { name: 'value-added ratio -0.5 points', set: { va_ratio_change: -0.005 } },
    { name: 'value-added ratio -1 point', set: { va_ratio_change: -0.01 } },
    { name: 'producer prices -5 %', set: { p_industry: -0.05 } },
    { name: 'investment shortfall (growth of 5 %)', set: { g_fai: 0.05 } },
  ];
}

function driversIn(plan: Plan): Partial<Record<TwoEngineParameter, number>> {
  const drivers: Partial<Record<TwoEngineParameter, number>> = {};
  for (const target of plan.targets) {
    const parameter = Object.hasOwn(driverOf, target.indicator) ? driverOf[target.indicator] : undefined;
    if (
      parameter === undefined ||
      target.measure !== 'growth' ||
      target.versus !== undefined ||
      drivers[parameter] !== undefined
    )
      continue;
    const value = targetValue(plan, target);
    if (value !== undefined) drivers[parameter] = value;
  }
  return drivers;
}

function frontierOf(
  plan: Plan,
  model: TwoEngine,
  history: Dataset,
  year: Period,
): TwoEngineFrontier | undefined {
  const goal = plan.targets.find(
    (target) => target.indicator === 'gdp' && target.measure === 'growth' && target.versus === undefined,
  );
  const target = goal === undefined ? undefined : targetValue(plan, goal);
  if (target === undefined) return undefined;
  const question = {
    shares: model.shares,
    growth: {
      agriculture: model.parameters.g_agriculture.value,
      construction: model.parameters.g_construction.value,
    },
    target,
    across: 'industry',
    up: 'services',
  } as const;
  const industry = at(solve(model, history, { over: [year, year] }).growth_industry, year);
  const steps = Array.from({ length: 7 }, (_, i) => Math.round(100 * industry - 6 + 2 * i) / 100);
  return { target, points: frontier(question, steps), plan: frontier(question, [industry])[0]! };
}

function rangesOf(
  parameters: Readonly<Record<TwoEngineParameter, { readonly value: number }>>,
): Record<TwoEngineParameter, { low: number; base: number; high: number }> {
  const names = Object.keys(twoEngineParameters) as TwoEngineParameter[];
  const ranges = names.map((name) => {
    const [low, high] = twoEngineParameters[name].range;
    return [name, { low, base: parameters[name].value, high }] as const;
  });
  return Object.fromEntries(ranges) as Record<
    TwoEngineParameter,
    { low: number; base: number; high: number }
  >;
}

function levelsAt(run: Dataset<TwoEngineVariable>, period: Period): Record<Sector, number> {
  return {
    agriculture: at(run.va_agriculture, period),
    industry: at(run.va_industry, period),
    construction: at(run.va_construction, period),
    services: at(run.va_services, period),
  };
}

function indexed(
  run: Dataset<TwoEngineVariable>,
  name: (typeof projected)[number],
  span: Span,
): Dataset[string] {
  const part = slice(run[name], span);
  return { start: part.start, values: part.values.map((value) => (100 * value) / part.values[0]!) };
}
