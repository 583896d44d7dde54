import { checkOptions } from '../argument.ts';
import { solve } from '../model/solve.ts';
import type { Solution } from '../model/solve.ts';
import type { Plan } from '../plan/plan.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModel, PlanModelOptions } from './plan-model.ts';
import type { TwoEngineVariable } from './two-engine.ts';

/** Every variable of the two-engine model by year, from the base year on. Levels are indices, GDP of the base year being 100. */
export type PlanProjection = Solution<TwoEngineVariable, keyof PlanModel['history']>;

/**
 * A plan carried on to its horizon: the two-engine model solved with the plan's own growth rates.
 *
 * @param plan a yearly plan without errors
 * @throws RangeError as `planModel`
 * @example planProjection(plan).gdp.values[1].toFixed(9) // '112.000000000' in 2014, 2013 being 100
 */
export function planProjection(plan: Plan, options: PlanModelOptions = {}): PlanProjection {
  checkOptions('planProjection', options, 'shares parameters horizon');
  const { model, history, over } = modelOfPlan('planProjection', plan, options);
  return solve(model, history, { over });
}
