import { solve } from '../model/solve.ts';
import type { Solution } from '../model/solve.ts';
import type { Plan } from '../plan/plan.ts';
import { planModel } from './plan-model.ts';
import type { PlanModel, PlanModelOptions } from './plan-model.ts';
import type { TwoEngineVariable } from './two-engine.ts';

/** Every variable of the two-engine model by year, from the base year on. Levels are indices, GDP of the base year being 100. */
export type PlanProjection = Solution<TwoEngineVariable, keyof PlanModel['history']>;

/**
 * A plan carried on to its horizon: the two-engine model solved with the plan's own growth rates.
 *
 * @param plan a yearly plan without errors
 * @throws RangeError as `planModel`
 */
export function planProjection(plan: Plan, options: PlanModelOptions = {}): PlanProjection {
  const { model, history, over } = planModel(plan, options, 'planProjection');
  return solve(model, history, { over });
}
