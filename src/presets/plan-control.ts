import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { control } from '../model/control.ts';
import type { ControlResult } from '../model/control.ts';
import type { Settings } from '../model/table.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import type { Plan } from '../plan/plan.ts';
import { periodsOf } from '../time/series.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModel, PlanModelOptions } from './plan-model.ts';
import type { TwoEngineVariable } from './two-engine.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** What to hit and with what, beside what may differ in the plan's model. */
export interface PlanControlOptions extends PlanModelOptions {
  /**
   * Wanted growth over the year before, by the indicator's name (`{ gdp: '12%' }`), or the wanted value of a variable of
   * the model that has no growth of its own (`{ fai_cover: 1 }`); the same in every year. Years are the plan's own, or up
   * to `horizon` where that is given.
   */
  readonly hit: Readonly<Record<string, Rate>>;
  /** Parameters that may move, each with a value of its own in each year. */
  readonly using: readonly TwoEngineParameter[];
  /** Those that take one value for all years. */
  readonly constant?: readonly TwoEngineParameter[];
  /** Lowest and highest value of a parameter. */
  readonly bounds?: Readonly<Partial<Record<TwoEngineParameter, readonly [Rate, Rate]>>>;
}

/** What `planControl` gives. */
export type PlanControl = ControlResult<TwoEngineVariable, TwoEngineParameter, keyof PlanModel['history']>;

/**
 * What must be true: the values of chosen parameters that make growth targets come true in the plan's model.
 *
 * @param plan a yearly plan without errors
 * @throws RangeError as `planModel` and `control`, and for an indicator that the model does not have
 * @example planControl(plan, { hit: { gdp: '13%' }, using: ['g_services'] }).instruments.g_services.values[0].toFixed(4) // '0.1038'
 */
export function planControl(plan: Plan, options: PlanControlOptions): PlanControl {
  argument('planControl', 'plan', plan);
  checkOptions('planControl', options, 'shares parameters horizon hit! using[]! constant[] bounds');
  const { hit, using, constant, bounds, ...rest } = options;
  const years = Number(plan.span[1]) - Number(plan.span[0]) + 1;
  const { model, history, over } = modelOfPlan('planControl', plan, { horizon: years || 1, ...rest });
  const known = new Set(model.equations.map((equation) => leftOf(equation)));
  const targets: Record<string, Settings[string]> = {};
  for (const [name, wanted] of Object.entries(hit)) {
    const value = ratio(wanted, 'planControl');
    const base = Object.hasOwn(history, name) ? history[name as keyof typeof history].values[0]! : undefined;
    if (known.has(`growth_${name}`)) targets[`growth_${name}`] = value;
    else if (known.has(name) && base !== undefined)
      targets[name] = Object.fromEntries(periodsOf(over).map((period, i) => [period, base * (1 + value) ** (i + 1)]));
    else if (known.has(name)) targets[name] = value;
    else mistake('planControl', `the model has no '${name}'`, suggestion(name, known));
  } // prettier-ignore
  return control(model, history, {
    over,
    targets,
    using,
    ...(constant === undefined ? {} : { constant }),
    ...(bounds === undefined ? {} : { bounds }),
  });
}

function leftOf(equation: string | { readonly formula: string }): string {
  const text = typeof equation === 'string' ? equation : equation.formula;
  return text.slice(0, text.indexOf('=')).trim();
}
