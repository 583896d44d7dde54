import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import { solve, solveOptions } from '../model/solve.ts';
import type { Solution, SolveOptions } from '../model/solve.ts';
import type { Settings } from '../model/table.ts';
import type { Dataset } from '../time/series.ts';

/** A named point: what is set otherwise than in the model and its history. */
export interface Scenario<N extends string = string> {
  readonly name: N;
  /** Parameters and exogenous series: a value for all solved periods, a series, or values by period. */
  readonly set: Settings;
  /** Added to the right-hand sides of equations. */
  readonly addFactors?: Settings;
}

/** Results by scenario, `'baseline'` first: the model as it stands. */
export type ScenarioRuns<
  N extends string = string,
  V extends string = string,
  K extends string = V,
> = Readonly<Record<N | 'baseline', Solution<V, K>>>;

/**
 * Solve a model once as it stands and once for each scenario.
 *
 * @param scenarios named settings; they are put over the options' own `set`, which the baseline keeps
 * @returns the solved data sets by name; a scenario without settings equals the baseline
 * @throws RangeError for two scenarios of one name, one called 'baseline', an unknown parameter, or what `solve` throws
 * @example
 * runScenarios(defineModel({ equations: ['y = y[-1] * (1 + g)'], parameters: { g: 0.1 } }), { y: series('2013', [100]) }, [{ name: 'high', set: { g: '12%' } }], { over: ['2014', '2014'] }).high.y.values // [100, 112.00000000000001]
 */
export function runScenarios<V extends string, K extends string, const N extends string>(
  model: Model<V>,
  history: Dataset<K>,
  scenarios: readonly Scenario<N>[],
  options: SolveOptions,
): ScenarioRuns<N, V, K> {
  listArgument(
    'runScenarios',
    'the list of scenarios',
    scenarios,
    "give scenarios, such as [{ name: 'slow', set: { g: '5%' } }]",
  );
  for (const scenario of scenarios) argument('runScenarios', 'object', scenario, 'scenario');
  checkOptions('runScenarios', options, solveOptions);
  const seen = new Set<string>(['baseline']);
  for (const { name } of scenarios) {
    if (seen.has(name))
      return mistake(
        'runScenarios',
        `the name ${shown(name)} stands twice`,
        name === 'baseline'
          ? 'the model as it stands is the baseline: choose another name'
          : 'name each scenario once',
      );
    seen.add(name);
  }
  const runs: [string, Dataset][] = [['baseline', solve(model, history, options)]];
  for (const { name, set, addFactors } of scenarios) {
    const added =
      addFactors === undefined && options.addFactors === undefined
        ? {}
        : { addFactors: { ...options.addFactors, ...addFactors } };
    runs.push([name, solve(model, history, { ...options, set: { ...options.set, ...set }, ...added })]);
  }
  // From entries, so that a scenario of any name, '__proto__' too, is a field of its own.
  return Object.fromEntries(runs) as ScenarioRuns<N, V, K>;
}
