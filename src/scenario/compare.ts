import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Period } from '../time/period.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { ScenarioRuns } from './scenario.ts';

/** One variable of one scenario in one period, beside the baseline. */
export interface ComparisonRow<N extends string = string, V extends string = string> {
  readonly scenario: N;
  readonly variable: V;
  readonly period: Period;
  readonly value: number;
  readonly baseline: number;
  /** Value less baseline, in the variable's unit: percentage points as a ratio for a growth rate. */
  readonly difference: number;
  /** Value / baseline - 1; `NaN` when the baseline is zero. */
  readonly change: number;
}

/**
 * Scenarios beside the baseline: a row for each scenario, variable and period, the baseline's own rows included.
 *
 * @param runs what `runScenarios` gave
 * @param options.variables variables to show
 * @param options.periods defaults to all periods of the baseline's variable
 * @throws RangeError for an unknown variable
 */
export function compare<N extends string, V extends string, K extends string>(
  runs: ScenarioRuns<N, V, K>,
  options: { readonly variables: readonly NoInfer<V | K>[]; readonly periods?: readonly Period[] },
): ComparisonRow<N | 'baseline', V | K>[] {
  argument('compare', 'object', runs, 'runs');
  argument('compare', 'dataset', (runs as Partial<typeof runs>).baseline, 'run baseline');
  checkOptions('compare', options, 'variables[]! periods[]');
  const { baseline } = runs;
  return options.variables.flatMap((variable) => {
    const reference = baseline[variable];
    if (reference === undefined)
      return mistake(
        'compare',
        `there is no variable '${variable}'`,
        suggestion(variable, Object.keys(baseline)),
      );
    const periods = options.periods ?? periodsOf(reference);
    return (Object.keys(runs) as (N | 'baseline')[]).flatMap((scenario) =>
      periods.map((period) => {
        const [value, base] = [valueAt(runs[scenario][variable], period), valueAt(reference, period)];
        return {
          scenario,
          variable,
          period,
          value,
          baseline: base,
          difference: value - base,
          change: base === 0 ? NaN : value / base - 1,
        };
      }),
    );
  });
}
