import { checkOptions } from '../argument.ts';
import { assess } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { planOutcome } from '../assess/plan-outcome.ts';
import type { PlanOutcome } from '../assess/plan-outcome.ts';
import { planChance } from '../assess/probability.ts';
import type { PlanChance } from '../assess/probability.ts';
import type { Language } from '../issue.ts';
import type { Plan } from '../plan/plan.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { SimulateOptions } from '../uncertainty/simulate.ts';
import { simulate } from '../uncertainty/simulate.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { planFactors } from './plan-factors.ts';
import type { PlanFactors } from './plan-factors.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModelOptions } from './plan-model.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** How likely a plan is, by Monte Carlo. Plain JSON. */
export interface PlanSimulation {
  /** Moments, quantiles and hits of each target's measure. */
  readonly summary: Summary;
  /** A row for each target, with its probability where the model speaks of it. */
  readonly targets: readonly Assessment[];
  /** All targets together, and at least k of them. */
  readonly chance: PlanChance;
  /** What was drawn. */
  readonly factors: Readonly<Record<string, Distribution>>;
  /** Targets that the model says nothing about, and why. */
  readonly left: PlanOutcome['left'];
}

/** What is drawn and how often, beside what may differ in the plan's model. */
export interface PlanSimulationOptions
  extends
    PlanModelOptions,
    Partial<
      Pick<SimulateOptions<TwoEngineParameter>, 'draws' | 'seed' | 'correlation' | 'sampling' | 'onBlock'>
    > {
  /** Distributions of parameters; defaults to those of `planFactors`. */
  readonly factors?: PlanFactors;
  /** Defaults to `'en'`. */
  readonly language?: Language;
}

/**
 * How likely each target of a plan is, and all of them together: the uncertain parameters of its model drawn many times.
 *
 * @param plan a yearly plan without errors
 * @param options draws (10,000 unless said), seed (0 unless said), distributions
 * @throws RangeError as `planModel`, `planOutcome` and `simulate`
 * @example planSimulation(plan, { draws: 1000, seed: 2014 }).summary.count // 1000
 */
export function planSimulation(plan: Plan, options: PlanSimulationOptions = {}): PlanSimulation {
  const known = 'shares parameters horizon factors draws seed correlation sampling onBlock language';
  checkOptions('planSimulation', options, known);
  const { factors: own, language = 'en', shares, parameters, horizon, draws = 10_000, ...run } = options;
  const { model, history } = modelOfPlan('planSimulation', plan, {
    ...(shares === undefined ? {} : { shares }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(horizon === undefined ? {} : { horizon }),
  });
  const factors = planFactors(model, own) as Readonly<Record<TwoEngineParameter, Distribution>>;
  const names = Object.keys(factors) as TwoEngineParameter[];
  const { outcome, bands, left } = planOutcome(plan, model, history, { factors: names });
  const summary = simulate(outcome, factors, { draws, ...run, bands });
  return {
    summary,
    targets: assess(plan, { outlook: summary, language }),
    chance: planChance(plan, summary),
    factors,
    left,
  };
}
