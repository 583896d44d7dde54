import { contribution } from '../accounts/contribution.ts';
import type { Contributions } from '../accounts/contribution.ts';
import { assess } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { consistency } from '../assess/consistency.ts';
import type { Consistency } from '../assess/consistency.ts';
import type { Issue, Language } from '../issue.ts';
import { solve } from '../model/solve.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { compare } from '../scenario/compare.ts';
import type { ComparisonRow } from '../scenario/compare.ts';
import { outcome } from '../scenario/outcome.ts';
import { runScenarios } from '../scenario/scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { tornado } from '../sensitivity/tornado.ts';
import type { TornadoRow } from '../sensitivity/tornado.ts';
import type { Period, Span } from '../time/period.ts';
import { at, slice } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModel, PlanModelOptions, TwoEngineFrontier } from './plan-model.ts';
import { scenariosOf, scenarioVariables } from './plan-scenarios.ts';
import type { Sector, TwoEngineVariable } from './two-engine.ts';
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
  readonly sources: PlanModel['sources'];
}

/** What may differ from the defaults. */
export interface StudyOptions extends PlanModelOptions {
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
  const { issues, base, over, model, unsolved, history, frontier, sources } = modelOfPlan(
    'studyPlan',
    plan,
    options,
  );
  const { language = 'en' } = options;
  const year = plan.span[0];
  const run = solve(model, history, { over });
  const scenarioSettings = scenariosOf(model);
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
    targets: assess(plan, { outlook: run, language }).map((row, i) =>
      isOfIndex(plan.targets[i]!, run) ? unknownLevel(row, language) : row,
    ),
    // Before the solve: a value that was solved for would widen the documented range it has to be judged by.
    consistency: consistency(plan, unsolved, history, { language, indices: true }),
    projection,
    accounting: contribution(levelsAt(run, base), levelsAt(run, year)),
    ...(frontier === undefined ? {} : { frontier }),
    scenarios: compare(runs, { variables: scenarioVariables, periods: [year] }),
    scenarioSettings,
    tornado: swings,
    parameters: valuesOf(model.parameters),
    shares: model.shares,
    over,
    sources,
  };
}

/** Whether a target is for the level of something that the model has as an index. */
function isOfIndex({ indicator, measure }: Target, run: Dataset): boolean {
  return (measure === 'level' || measure === 'change') && Object.hasOwn(run, indicator);
}

function unknownLevel(row: Assessment, language: Language): Assessment {
  const { probability: _, ...rest } = row;
  const why = language === 'zh' ? '模型中的水平值是指数' : 'the model has its levels as indices';
  return { ...rest, expected: NaN, gap: NaN, status: 'unknown', why };
}

function valuesOf(
  parameters: Readonly<Record<TwoEngineParameter, { readonly value: number }>>,
): Record<TwoEngineParameter, number> {
  const entries = Object.entries(parameters).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Record<TwoEngineParameter, number>;
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
