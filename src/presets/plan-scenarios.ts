import { checkOptions, listArgument } from '../argument.ts';
import type { Plan } from '../plan/plan.ts';
import { compare } from '../scenario/compare.ts';
import type { ComparisonRow } from '../scenario/compare.ts';
import { runScenarios } from '../scenario/scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Period } from '../time/period.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModelOptions } from './plan-model.ts';
import type { TwoEngine, TwoEngineVariable } from './two-engine.ts';

/** What is asked of scenarios, beside what may differ in the plan's model. */
export interface PlanScenarioOptions extends PlanModelOptions {
  /** Variables to show; defaults to growth of GDP, its engines and what hangs on them. */
  readonly variables?: readonly TwoEngineVariable[];
  /** Years to show; defaults to the plan's first. */
  readonly periods?: readonly Period[];
}

/** What scenarios show unless told otherwise. */
export const scenarioVariables = [
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
] as const satisfies readonly TwoEngineVariable[];

/**
 * What if: the plan as written (`'baseline'`) beside named settings of the model's parameters.
 *
 * @param plan a yearly plan without errors
 * @param scenarios defaults to those of `scenariosOf`, relative to the plan's own figures
 * @throws RangeError as `planModel` and `runScenarios`
 * @example planScenarios(plan, [{ name: 'more', set: { g_services: '10%' } }]).length // 24, twelve variables of two runs
 */
export function planScenarios(
  plan: Plan,
  scenarios?: readonly Scenario[],
  options: PlanScenarioOptions = {},
): ComparisonRow<string, TwoEngineVariable>[] {
  checkOptions('planScenarios', options, 'shares parameters horizon variables[] periods[]');
  if (scenarios !== undefined) listArgument('planScenarios', 'the scenarios', scenarios);
  const { model, history, over } = modelOfPlan('planScenarios', plan, options);
  const { variables = scenarioVariables, periods = [over[0]] } = options;
  const last = periods.reduce((a, b) => (a > b ? a : b), over[0]);
  const runs = runScenarios(model, history, scenarios ?? scenariosOf(model), { over: [over[0], last] });
  return compare(runs, { variables, periods });
}

/** The scenarios asked of every plan, relative to its own figures. */
export function scenariosOf({ parameters }: Pick<TwoEngine, 'parameters'>): Scenario[] {
  const { g_output_industry: output, g_services: services, va_ratio_change: ratio } = parameters;
  return [
    {
      name: 'industry-led',
      set: { g_output_industry: output.value + 0.03, g_services: services.value - 0.02 },
    },
    {
      name: 'services-led',
      set: { g_output_industry: output.value - 0.03, g_services: services.value + 0.02 },
    },
    { name: 'value-added ratio -0.5 points', set: { va_ratio_change: ratio.value - 0.005 } },
    { name: 'value-added ratio -1 point', set: { va_ratio_change: ratio.value - 0.01 } },
    { name: 'producer prices -5 %', set: { p_industry: -0.05 } },
    { name: 'investment shortfall (growth of 5 %)', set: { g_fai: 0.05 } },
  ];
}
