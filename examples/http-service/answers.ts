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
  frequencyOf,
  hasErrors,
  intervals,
  logDrift,
  naive,
  outcome,
  periodsOf,
  readPlanFile,
  runScenarios,
  seasonalNaive,
  simulate,
  solve,
  summaryQuantile,
  theta,
} from '../../src/index.ts';
import type { Distribution, Forecast, Method, Summary } from '../../src/index.ts';
import { readPlan } from '../../src/language/index.ts';
import { planScenarios, planSimulation, studyPlan } from '../../src/presets/index.ts';
import type { PlanModelOptions, TwoEngineVariable } from '../../src/presets/index.ts';
import { checkFar, checkSize, distributionOf, modelOf, planOf, under } from './given.ts';
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
    const { history } = body;
    // A yearly plan alone is held against the two-engine model, as the command line does.
    if (
      model === undefined &&
      history === undefined &&
      ranges === undefined &&
      frequencyOf(plan.span[0]) === 'year'
    )
      return { issues: all, consistency: studyPlan(planOf(body.plan, limits), { language }).consistency };
    return {
      issues: all,
      consistency: consistency(planOf(body.plan, limits), model, history ?? {}, {
        language,
        ...(ranges === undefined ? {} : { ranges }),
      }),
    };
  },

  '/project': (body, limits) => {
    if ('plan' in body)
      return studyPlan(planOf(body.plan, limits), { ...optionsOf(body), language: body.language ?? 'en' });
    const { over, set, addFactors } = body;
    return solve(modelOf(body.model), body.history, {
      over,
      ...(set === undefined ? {} : { set }),
      ...(addFactors === undefined ? {} : { addFactors }),
    });
  },

  '/scenarios': (body, limits) => {
    if ('plan' in body) {
      const { variables, periods } = body;
      const plan = planOf(body.plan, limits);
      for (const [i, period] of (periods ?? []).entries()) checkFar(plan, period, ['periods', i], limits);
      return planScenarios(plan, body.scenarios, {
        ...optionsOf(body),
        ...(variables === undefined ? {} : { variables: variables as TwoEngineVariable[] }),
        ...(periods === undefined ? {} : { periods }),
      });
    }
    const { history, over, set, scenarios } = body;
    const options = { over, ...(set === undefined ? {} : { set }) };
    const runs = runScenarios(modelOf(body.model), history, scenarios, options);
    return compare(runs, {
      variables: body.variables ?? Object.keys(runs['baseline']!),
      periods: body.periods ?? periodsOf(over),
    });
  },

  '/simulate': (body, limits) => {
    const { draws = 10_000, seed = 0, sampling, quantiles, full } = body;
    const options = { draws, seed, ...(sampling === undefined ? {} : { sampling }) };
    if ('plan' in body) {
      const { correlation } = body;
      const found = planSimulation(planOf(body.plan, limits), {
        ...optionsOf(body),
        ...options,
        ...(correlation === undefined ? {} : { correlation }),
        factors: distributionsOf(body.factors ?? {}),
        language: body.language ?? 'en',
      });
      return { ...found, ...summaryOf(found.summary, quantiles, full) };
    }
    const { history, over, set, read, bands, correlation, replicates } = body;
    const factors = distributionsOf(body.factors);
    const study = outcome(modelOf(body.model), history, {
      over,
      factors: Object.keys(factors),
      read,
      ...(set === undefined ? {} : { set }),
    });
    const summary = simulate(study, factors, {
      ...options,
      ...(correlation === undefined ? {} : { correlation }),
      ...(bands === undefined ? {} : { bands }),
      ...(replicates === undefined ? {} : { replicates }),
    });
    return summaryOf(summary, quantiles, full);
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

/** What may differ in the model of a plan. */
function optionsOf({ shares, parameters, horizon }: PlanModelOptions): PlanModelOptions {
  return {
    ...(shares === undefined ? {} : { shares }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(horizon === undefined ? {} : { horizon }),
  };
}

function distributionsOf(
  given: Readonly<Partial<Record<string, Distribution>>>,
): Record<string, Distribution> {
  return Object.fromEntries(Object.entries(given).map(([name, d]) => [name, distributionOf(d!)]));
}

/**
 * A summary with quantiles of each output; without what only merging and further quantiles need, which is most of its
 * size, unless it is asked for in full.
 */
function summaryOf(
  summary: Summary,
  at: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95],
  full = false,
): object {
  const outputs = Object.entries(summary.outputs);
  const quantiles = outputs.map(([name]) => [
    name,
    at.map((p) => ({ p, value: summaryQuantile(summary, name, p) })),
  ]);
  const slim = outputs.map(([name, output]) => {
    const { sketch: _, parts: __, ...rest } = output;
    return [name, rest];
  });
  return {
    quantiles: Object.fromEntries(quantiles) as object,
    summary: full ? summary : { ...summary, outputs: Object.fromEntries(slim) as object },
  };
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
