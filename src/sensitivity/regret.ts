import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';

/** What one option costs against the best one could have done, over all scenarios. */
export interface RegretRow<P extends string = string, S extends string = string> {
  readonly option: P;
  /** Largest regret, and the scenario in which it comes. */
  readonly worst: number;
  readonly worstIn: S;
  /** Mean regret, by the scenarios' weights. */
  readonly mean: number;
  /** Regret by scenario, in the outcome's unit, never negative. */
  readonly regrets: Readonly<Record<S, number>>;
}

/** Options of `regret`. */
export interface RegretOptions<S extends string = string> {
  /** One of `'higher'` (defaults to it: more is better) or `'lower'`. */
  readonly better?: 'higher' | 'lower';
  /** Weights of the scenarios in the mean; each defaults to 1. */
  readonly weights?: Readonly<Partial<Record<S, number>>>;
}

/**
 * The regret of each option across scenarios: how much better the best option of that scenario would have done (Savage
 * 1951). Rows come with the smallest worst regret first: the minimax choice on top.
 *
 * @param outcomes the outcome of each option in each scenario: `{ option: { scenario: value } }`
 * @throws RangeError when there is no option or an outcome is missing
 * @example regret({ fast: { boom: 9, bust: 1 }, safe: { boom: 6, bust: 5 } })[0].option // 'safe'
 */
export function regret<P extends string, S extends string>(
  outcomes: Readonly<Record<P, Readonly<Record<S, number>>>>,
  options: RegretOptions<S> = {},
): RegretRow<P, S>[] {
  argument('regret', 'object', outcomes, 'outcomes');
  checkOptions('regret', options, 'better weights');
  const choices = Object.keys(outcomes) as P[];
  if (choices.length === 0) return mistake('regret', 'there are no options', 'give at least one');
  const scenarios = Object.keys(outcomes[choices[0]!]) as S[];
  if (scenarios.length === 0) return mistake('regret', 'there are no scenarios', 'give at least one');
  const sign = options.better === 'lower' ? -1 : 1;
  const worth = (option: P, scenario: S): number => {
    const value: number | undefined = outcomes[option][scenario];
    if (value !== undefined && Number.isFinite(value)) return sign * value;
    return mistake(
      'regret',
      `option '${option}' has ${shown(value)} in scenario '${scenario}'`,
      'give a number for each',
    );
  };
  const best = new Map(
    scenarios.map((scenario) => [scenario, Math.max(...choices.map((option) => worth(option, scenario)))]),
  );
  const weight = (scenario: S): number => options.weights?.[scenario] ?? 1;
  const total = scenarios.reduce((sum, scenario) => sum + weight(scenario), 0);
  if (!(total > 0))
    return mistake('regret', 'the weights sum to zero', 'give at least one scenario a positive weight');
  const rows = choices.map((option) => {
    const regrets = Object.fromEntries(scenarios.map((s) => [s, best.get(s)! - worth(option, s)])) as Record<
      S,
      number
    >;
    const worst = Math.max(...scenarios.map((s) => regrets[s]));
    const mean = scenarios.reduce((sum, s) => sum + (weight(s) * regrets[s]) / total, 0);
    return { option, worst, worstIn: scenarios.find((s) => regrets[s] === worst)!, mean, regrets };
  });
  return rows.sort((a, b) => a.worst - b.worst || a.mean - b.mean);
}
