import { argument, checkOptions } from '../argument.ts';
import { hasErrors } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import { solve } from '../model/solve.ts';
import type { Rate } from '../numeric/rate.ts';
import { basePeriod, checkPlan } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { frontier } from '../scenario/frontier.ts';
import type { FrontierPoint } from '../scenario/frontier.ts';
import { addPeriods, frequencyOf } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { at } from '../time/series.ts';
import { outputForIndustry, planDrivers, servicesForGoal, wordsOf } from './plan-drivers.ts';
import { twoEngine, twoEngineHistory } from './two-engine.ts';
import type { Sector, TwoEngine } from './two-engine.ts';
import { twoEngineParameters } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** The two-engine model with a plan's own figures in it, and what it is solved from. Plain JSON. */
export interface PlanModel {
  readonly plan: Plan;
  readonly issues: readonly Issue[];
  /** The base year, whose GDP is 100. */
  readonly base: Period;
  /** First and last projected period. */
  readonly over: Span;
  /** The plan's drivers, services growth solved for the GDP target, and documented defaults. */
  readonly model: TwoEngine;
  /** The same before services growth was solved for: what has to be judged by documented ranges starts here. */
  readonly unsolved: TwoEngine;
  readonly history: ReturnType<typeof twoEngineHistory>;
  /** The isoquant of the GDP target in the plan's first year; absent when the plan has none. */
  readonly frontier?: TwoEngineFrontier;
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

/** The frontier of a plan in its first year, with the plan's own point. */
export interface TwoEngineFrontier {
  /** Growth of GDP a year, as a ratio. */
  readonly target: number;
  readonly points: readonly FrontierPoint<Sector>[];
  /** Real industry growth that the plan's output target implies, and the services growth that the first year needs. */
  readonly plan: FrontierPoint<Sector>;
}

/** What may differ from the plan's and the documented figures. */
export interface PlanModelOptions {
  readonly shares?: Readonly<Record<Sector, Rate>>;
  readonly parameters?: Readonly<Partial<Record<TwoEngineParameter, Rate>>>;
  /** Years to project, at least the plan's own; defaults to 5. */
  readonly horizon?: number;
}

/**
 * A plan's targets as a model: the two-engine model in which its growth targets of gross output (or, without one, of
 * industry's value added), investment and sectors are set, and services growth, the same in every year, is solved so that
 * the GDP target is met by its own measure (in its year, or on average over its span), unless the plan or the caller says
 * it. Issues say which targets could not be used: a ceiling, or a growth in other prices than the model's. Everything else
 * is a documented default and is listed as such. The plan must be yearly.
 *
 * @param plan a plan without errors, such as `readPlanFile` returns
 * @throws RangeError when the plan has errors (see `checkPlan`) or is not by year, or a parameter is unknown
 * @example planModel(plan).sources.solved // ['g_services']
 */
export function planModel(plan: Plan, options: PlanModelOptions = {}): PlanModel {
  checkOptions('planModel', options, 'shares parameters horizon');
  return modelOfPlan('planModel', plan, options);
}

/** `planModel` for a public function that has more options: `call` is its name. */
export function modelOfPlan(call: string, plan: Plan, options: PlanModelOptions): PlanModel {
  argument(call, 'plan', plan);
  const issues = checkPlan(plan);
  if (hasErrors(issues))
    return mistake(call, `the plan '${plan.name}' has errors`, 'see checkPlan for each with its place');
  if (frequencyOf(plan.span[0]) !== 'year')
    return mistake(call, `the plan is by ${frequencyOf(plan.span[0])}`, 'the two-engine model is by year');
  const base = basePeriod(plan);
  const year = plan.span[0];
  const { horizon: asked = 5 } = options;
  if (!(Number.isInteger(asked) && asked >= 1))
    return mistake(call, `the horizon is ${shown(asked)}`, 'give a whole number of years from 1');
  const horizon = Math.max(asked, Number(plan.span[1]) - Number(base));
  const drivers = planDrivers(plan);
  const { goal } = drivers;
  const doubts = [...drivers.issues];
  const shares = options.shares === undefined ? {} : { shares: options.shares };
  const fromPlan = { ...drivers.parameters };
  if (drivers.industry !== undefined && fromPlan.g_output_industry === undefined) {
    const before = twoEngine({ ...shares, parameters: { ...fromPlan, ...options.parameters } });
    fromPlan.g_output_industry = outputForIndustry(drivers.industry, before);
  }
  const told = { ...fromPlan, ...options.parameters };
  const unsolved = twoEngine({ ...shares, parameters: told });
  const history = twoEngineHistory(unsolved, base);
  const engines = goal === undefined ? undefined : frontierOf(goal.rate, unsolved, history, year);
  const solved: Partial<Record<TwoEngineParameter, number>> = {};
  if (goal !== undefined && engines !== undefined && told.g_services === undefined) {
    const services = servicesForGoal(goal, unsolved, history, base, engines.plan.up);
    solved.g_services = services ?? engines.plan.up;
    if (services === undefined)
      doubts.push({
        code: 'doubtful',
        path: ['targets', goal.place],
        expected: `a growth of services that gives the GDP growth of ${wordsOf(goal.period)}`,
        received: `none, the same in every year; it is solved for ${year} alone`,
        severity: 'warning',
      });
    doubts.push(...implausible(solved.g_services, told));
  }
  const model = twoEngine({ ...shares, parameters: { ...told, ...solved } });
  return {
    plan,
    issues: [...issues, ...doubts],
    base,
    over: [year, addPeriods(base, horizon)],
    model,
    unsolved,
    history,
    ...(engines === undefined ? {} : { frontier: engines }),
    sources: { plan: Object.keys(fromPlan), solved: Object.keys(solved), defaults: model.defaults },
  };
}

/** Services growth beyond its documented range, with what it was solved beside. */
function implausible(services: number, told: Readonly<Partial<Record<TwoEngineParameter, Rate>>>): Issue[] {
  const [low, high] = twoEngineParameters.g_services.range;
  if (services >= low && services <= high) return [];
  const percent = (x: number): string => `${Number((100 * x).toFixed(2))} %`;
  const beside =
    told.g_output_industry === undefined
      ? `industry's gross output at its default of ${percent(twoEngineParameters.g_output_industry.value)}, which is no figure of this plan`
      : 'the growth of industry that the plan or the call gives';
  return [
    {
      code: 'doubtful',
      path: [],
      expected: `services growth of ${percent(low)} to ${percent(high)} a year`,
      received: `${percent(services)}, which the GDP target needs beside ${beside}`,
      severity: 'warning',
    },
  ];
}

function frontierOf(
  target: number,
  model: TwoEngine,
  history: PlanModel['history'],
  year: Period,
): TwoEngineFrontier {
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
