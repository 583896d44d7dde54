import { argument } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { pert } from '../uncertainty/distribution.ts';
import type { TwoEngine } from './two-engine.ts';
import { twoEngineParameters } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** Distributions of the model's parameters, by name. */
export type PlanFactors = Readonly<Partial<Record<TwoEngineParameter, Distribution>>>;

/**
 * What is uncertain in the two-engine model: each parameter that its equations use as a PERT distribution over its
 * documented range, its own value the most likely. A value outside the range widens it. Most ranges are illustrative.
 *
 * @param own distributions that replace those
 * @example planFactors(twoEngine()).g_services.mode // 0.0815
 */
export function planFactors(
  model: Pick<TwoEngine, 'equations' | 'parameters'>,
  own: PlanFactors = {},
): PlanFactors {
  argument('planFactors', 'model', model);
  argument('planFactors', 'factors', own);
  const stranger = Object.keys(own).find((name) => !Object.hasOwn(twoEngineParameters, name));
  if (stranger !== undefined)
    mistake(
      'planFactors',
      `there is no parameter '${stranger}'`,
      suggestion(stranger, Object.keys(twoEngineParameters)),
    );
  const text = model.equations.map((equation) =>
    typeof equation === 'string' ? equation : equation.formula,
  );
  const used = new Set(text.flatMap((equation) => equation.match(/[a-z_]\w*/gi) ?? []));
  const names = (Object.keys(twoEngineParameters) as TwoEngineParameter[]).filter((name) => used.has(name));
  return Object.fromEntries(
    names.map((name) => {
      const [low, high] = twoEngineParameters[name].range;
      const { value } = model.parameters[name];
      return [name, own[name] ?? pert(Math.min(low, value), value, Math.max(high, value))];
    }),
  );
}
