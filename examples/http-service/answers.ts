import {
  arima,
  assess,
  auto,
  checkModel,
  compare,
  consistency,
  drift,
  ets,
  forecast,
  hasErrors,
  intervals,
  logDrift,
  naive,
  outcome,
  periodsOf,
  pert,
  planChance,
  planOutcome,
  readPlanFile,
  runScenarios,
  seasonalNaive,
  simulate,
  solve,
  summaryQuantile,
  theta,
} from '../../src/index.ts';
import type {
  Dataset,
  Distribution,
  Forecast,
  Method,
  Model,
  Settings,
  Span,
  Summary,
} from '../../src/index.ts';
import { readPlan } from '../../src/language/index.ts';
import { studyPlan, twoEngine, twoEngineHistory, twoEngineParameters } from '../../src/presets/index.ts';
import type { PlanStudy, StudyOptions, TwoEngineParameter } from '../../src/presets/index.ts';
import { checkSize, distributionOf, modelOf, planOf, under } from './given.ts';
import type { Limits } from './limits.ts';
import { refuse } from './refuse.ts';
import type { Address, BodyOf, methods } from './requests.ts';

/** What each address does: one question of the library's, asked of the body. */
export const answers: { readonly [A in Address]: (body: BodyOf<A>, limits: Limits) => unknown } = {
  '/read': ({ text, ...options }) => readPlan(text, options),

  '/check': (body, limits) => {
    checkSize(body.plan, limits);
    const { plan, issues } = readPlanFile(body.plan);
    const all = [
      ...under('plan', issues),
      ...(body.model === undefined ? [] : under('model', checkModel(body.model))),
    ];
    if (plan === undefined || plan.targets.length === 0 || hasErrors(all)) return { issues: all };
    const { model, ranges, language = 'en' } = body;
    const history = body.history ?? {};
    return {
      issues: all,
      consistency: consistency(planOf(body.plan, limits), model, history, {
        language,
        ...(ranges === undefined ? {} : { ranges }),
      }),
    };
  },

  '/project': (body, limits) => {
    if ('plan' in body) return studyOf(body, limits);
    const { over, set, addFactors } = body;
    return solve(modelOf(body.model), body.history, {
      over,
      ...(set === undefined ? {} : { set }),
      ...(addFactors === undefined ? {} : { addFactors }),
    });
  },

  '/scenarios': (body, limits) => {
    const { model, history, over, set, study } = groundOf(body, limits);
    const scenarios = body.scenarios ?? study?.scenarioSettings ?? [];
    const runs = runScenarios(model, history, scenarios, { over, ...(set === undefined ? {} : { set }) });
    return compare(runs, {
      variables: body.variables ?? Object.keys(runs['baseline']!),
      periods: periodsOf(over),
    });
  },

  '/simulate': (body, limits) => {
    const { draws = 10_000, seed = 0, correlation, sampling, replicates } = body;
    const options = {
      draws,
      seed,
      ...(correlation === undefined ? {} : { correlation }),
      ...(sampling === undefined ? {} : { sampling }),
      ...(replicates === undefined ? {} : { replicates }),
    };
    const { model, history, over, set, study } = groundOf(body, limits);
    if ('model' in body) {
      const factors = distributionsOf(body.factors);
      const read = { over, factors: Object.keys(factors), read: body.read };
      const summary = simulate(
        outcome(model, history, { ...read, ...(set === undefined ? {} : { set }) }),
        factors,
        {
          ...options,
          ...(body.bands === undefined ? {} : { bands: body.bands }),
        },
      );
      return { quantiles: quantilesOf(summary, body.quantiles), summary: slim(summary, body.full) };
    }
    const { plan, parameters } = study!;
    const factors = body.factors === undefined ? documentedRanges(parameters) : distributionsOf(body.factors);
    const targets = planOutcome(plan, model, history, { factors: Object.keys(factors) });
    const summary = simulate(targets.outcome, factors, { ...options, bands: targets.bands });
    return {
      targets: assess(plan, { outlook: summary, language: body.language ?? 'en' }),
      chance: planChance(plan, summary),
      left: targets.left,
      factors,
      quantiles: quantilesOf(summary, body.quantiles),
      summary: slim(summary, body.full),
    };
  },

  '/forecast': ({ history, method = 'auto', levels, ...options }) => {
    const found = forecast(history, methodNamed[method](), options);
    const rows = intervals(found, levels);
    const lost = rows.find(({ low, high }) => !Number.isFinite(low) || !Number.isFinite(high));
    if (lost === undefined) return { forecast: found, intervals: rows };
    const expected = 'numbers of a size that can be squared';
    const received = `a forecast beyond 1.8e308 at ${lost.period}`;
    return refuse('not-possible', [{ code: 'bad-number', path: ['history', 'values'], expected, received }]);
  },

  '/assess': ({ plan, actual = {}, outlook = {}, language = 'en' }, limits) =>
    assess(planOf(plan, limits), { actual, outlook: outlookOf(outlook), language }),
};

const methodNamed: Readonly<Record<(typeof methods)[number], () => Method>> = {
  auto,
  naive,
  seasonalNaive,
  drift,
  logDrift,
  theta,
  ets,
  arima,
};

function studyOf({ plan, ...options }: StudyOptions & { readonly plan: unknown }, limits: Limits): PlanStudy {
  const { shares, parameters, horizon, language } = options;
  return studyPlan(planOf(plan, limits), {
    ...(shares === undefined ? {} : { shares }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(language === undefined ? {} : { language }),
  });
}

interface Ground {
  readonly model: Model;
  readonly history: Dataset;
  readonly over: Span;
  readonly set?: Settings;
  readonly study?: PlanStudy;
}

/** What is solved: the caller's own model, or the two-engine model as the study of the plan has set it. */
function groundOf(body: BodyOf<'/scenarios'> | BodyOf<'/simulate'>, limits: Limits): Ground {
  if ('model' in body) {
    const { over, set } = body;
    return {
      model: modelOf(body.model),
      history: body.history,
      over,
      ...(set === undefined ? {} : { set }),
    };
  }
  const study = studyOf(body, limits);
  const model = twoEngine({ shares: study.shares, parameters: study.parameters });
  return { model, history: twoEngineHistory(model, study.base), over: study.over, study };
}

/** Every parameter over its documented range, most likely where the plan has it. */
function documentedRanges(parameters: PlanStudy['parameters']): Record<string, Distribution> {
  const names = Object.keys(twoEngineParameters) as TwoEngineParameter[];
  const ranges = names.map((name) => {
    const [low, high] = twoEngineParameters[name].range;
    const value = parameters[name];
    return [name, pert(Math.min(low, value), value, Math.max(high, value))];
  });
  return Object.fromEntries(ranges) as Record<string, Distribution>;
}

function distributionsOf(given: Readonly<Record<string, Distribution>>): Record<string, Distribution> {
  return Object.fromEntries(Object.entries(given).map(([name, d]) => [name, distributionOf(d)]));
}

function quantilesOf(summary: Summary, at: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]) {
  const outputs = Object.keys(summary.outputs);
  const rows = outputs.map((output) => [
    output,
    at.map((p) => ({ p, value: summaryQuantile(summary, output, p) })),
  ]);
  return Object.fromEntries(rows) as Record<string, { p: number; value: number }[]>;
}

/** A summary without what only merging and further quantiles need, which is most of its size. */
function slim(summary: Summary, full = false): unknown {
  if (full) return summary;
  const outputs = Object.entries(summary.outputs).map(([name, output]) => {
    const { sketch: _, parts: __, ...rest } = output;
    return [name, rest];
  });
  return { ...summary, outputs: Object.fromEntries(outputs) as unknown };
}

function outlookOf(given: NonNullable<BodyOf<'/assess'>['outlook']>) {
  if (!isForecasts(given)) return given;
  const forecasts = Object.entries(given).map(([name, forecast]) => [
    name,
    { ...forecast, steps: forecast.steps.map(distributionOf) },
  ]);
  return Object.fromEntries(forecasts) as Record<string, Forecast>;
}

function isForecasts(
  outlook: NonNullable<BodyOf<'/assess'>['outlook']>,
): outlook is Readonly<Record<string, Forecast>> {
  return Object.values(outlook).some((value) => 'steps' in value);
}
