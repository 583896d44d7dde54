import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import { solve, solveOptions } from '../model/solve.ts';
import type { SolveOptions } from '../model/solve.ts';
import type { Settings } from '../model/table.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { shapleyShares } from '../numeric/shapley-values.ts';
import type { Worth } from '../numeric/shapley-values.ts';
import { seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import type { Period } from '../time/period.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { toOutcome } from '../uncertainty/outcome.ts';
import type { Columns, OutputOf, Study } from '../uncertainty/outcome.ts';
import type { Scenario } from './scenario.ts';

/** One factor's part of the difference between two points, for one output. */
export interface AttributionRow<F extends string = string, O extends string = string> {
  readonly output: O;
  readonly factor: F;
  /** Its part of the difference, in the output's unit. */
  readonly part: number;
  /** The whole difference, scenario less base, to which the parts of an output sum. */
  readonly difference: number;
}

/** One setting's part of the difference between a scenario and the baseline, for one variable in one period. */
export interface ScenarioPart<
  N extends string = string,
  V extends string = string,
> extends ScenarioDifference<N, V> {
  /** What was set: a parameter, an exogenous series, or an add-factor as `'add:gdp'`. */
  readonly factor: string;
  /** Its part of the difference, in the variable's unit: percentage points as a ratio for a growth rate. */
  readonly part: number;
}

interface ScenarioDifference<N extends string, V extends string> {
  readonly scenario: N;
  readonly variable: V;
  readonly period: Period;
  /** The whole difference, as `compare` has it, to which the parts sum. */
  readonly difference: number;
}

/** How a difference is split. */
export interface AttributeOptions {
  /**
   * Orders of change that are sampled when more than 15 factors differ; defaults to 200. Up to 15 the split is exact, by all
   * 2^n subsets.
   */
  readonly orders?: number;
  /** Selects the sampled orders; defaults to 0. */
  readonly seed?: Seed;
}

/** How scenarios of a model are split: as they are solved, and what is read of them. */
export interface AttributeScenarioOptions<V extends string = string> extends AttributeOptions, SolveOptions {
  readonly variables: readonly V[];
  /** Defaults to all solved periods. */
  readonly periods?: readonly Period[];
}

/**
 * Where the difference between two points comes from: each output's difference shared among the factors that changed.
 *
 * A factor's part is what changing it adds, averaged over all orders in which the changes may be made (Shapley 1953; in the
 * decomposition of indices: Albrecht, François and Schoors 2002). So no factor is favoured by coming first, joint effects are
 * shared evenly, a factor without effect gets nothing, and the parts sum to the difference, to rounding.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @param base the value of each factor to begin with
 * @param scenario the values that differ; factors that are left out, or equal, have no row
 * @returns for each output a row per changed factor, in the order of `base`
 * @throws RangeError for a factor that `base` lacks, or a value that is no number
 * @example attribute(({ a, b }) => a * b, { a: 1, b: 2 }, { a: 3, b: 5 }).map((row) => row.part) // [7, 6]
 */
export function attribute<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  base: Readonly<Record<F, Rate>>,
  scenario: Readonly<Partial<Record<NoInfer<F>, Rate>>>,
  options?: AttributeOptions,
): AttributionRow<F, OutputOf<S>>[];
/**
 * Where scenarios differ from the baseline, and which of their settings each part of the difference comes from. A setting is
 * one factor, also where it has values by period; so is an add-factor.
 *
 * @param model equations and parameters
 * @param history as `solve` takes it
 * @param scenarios as `runScenarios` takes them
 * @returns a row per scenario, variable, period and setting; the parts sum to what `compare` gives as difference
 * @throws RangeError for an unknown variable, and what `solve` throws: each subset of the settings has to have a solution
 * @example
 * attribute(defineModel({ equations: ['y = a * b'], parameters: { a: 1, b: 2 } }), {}, [{ name: 'both', set: { a: 3, b: 5 } }], { over: ['2014', '2014'], variables: ['y'] }).map((row) => row.part) // [7, 6]
 */
export function attribute<V extends string, K extends string, const N extends string>(
  model: Model<V>,
  history: Dataset<K>,
  scenarios: readonly Scenario<N>[],
  options: AttributeScenarioOptions<NoInfer<V | K>>,
): ScenarioPart<N, V | K>[];
export function attribute(
  subject: Study | Model,
  base: Readonly<Record<string, Rate>> | Dataset,
  scenario: Readonly<Partial<Record<string, Rate>>> | readonly Scenario[],
  options?: AttributeOptions | AttributeScenarioOptions,
): AttributionRow[] | ScenarioPart[] {
  if (typeof subject === 'object' && subject !== null && 'equations' in subject) {
    checkScenarios(scenario, options as AttributeScenarioOptions);
    return (scenario as readonly Scenario[]).flatMap((one) =>
      settingsApart(subject, base as Dataset, one, options as AttributeScenarioOptions),
    );
  }
  argument('attribute', 'object', base, 'base');
  argument('attribute', 'object', scenario, 'scenario');
  checkOptions('attribute', options === undefined ? {} : options, 'orders seed');
  return pointsApart(
    subject,
    base as Readonly<Record<string, Rate>>,
    scenario as Readonly<Record<string, Rate>>,
    options,
  );
}

function checkScenarios(scenarios: unknown, options: AttributeScenarioOptions): void {
  listArgument(
    'attribute',
    'the list of scenarios',
    scenarios,
    "give scenarios, such as [{ name: 'slow', set: { g: '5%' } }]",
  );
  for (const scenario of scenarios as readonly unknown[])
    argument('attribute', 'object', scenario, 'scenario');
  checkOptions('attribute', options, `variables[]! periods[] orders seed ${solveOptions}`);
}

function pointsApart(
  f: Study,
  base: Readonly<Record<string, Rate>>,
  scenario: Readonly<Partial<Record<string, Rate>>>,
  options: AttributeOptions = {},
): AttributionRow[] {
  const names = Object.keys(base);
  const outcome = toOutcome(f, names);
  for (const name of Object.keys(scenario))
    if (!Object.hasOwn(base, name))
      return mistake('attribute', `the base has no factor '${name}'`, suggestion(name, names));
  const before = names.map((name) => numberOf(base[name]!, name));
  const after = names.map((name, k) => {
    const given = Object.hasOwn(scenario, name) ? scenario[name] : undefined;
    return given === undefined ? before[k]! : numberOf(given, name);
  });
  const changed = names.flatMap((_, k) => (before[k] === after[k] ? [] : [k]));
  const read = (member: (k: number) => boolean): Columns => {
    const values = before.slice();
    changed.forEach((place, k) => {
      if (member(k)) values[place] = after[place]!;
    });
    return outcome.evaluate(
      Object.fromEntries(names.map((name, k) => [name, Float64Array.of(values[k]!)])),
      1,
    );
  };
  const [none, all] = [read(() => false), read(() => true)];
  const outputs = Object.keys(none);
  const shares = sharesOf(
    changed.length,
    (member) => {
      const results = read(member);
      return outputs.map((output) => results[output]![0]!);
    },
    options,
  );
  return outputs.flatMap((output, o) =>
    changed.map((place, k) => ({
      output,
      factor: names[place]!,
      part: shares[o]![k]!,
      difference: all[output]![0]! - none[output]![0]!,
    })),
  );
}

function settingsApart(
  model: Model,
  history: Dataset,
  { name, set, addFactors = {} }: Scenario,
  options: AttributeScenarioOptions,
): ScenarioPart[] {
  const { variables, periods, orders, seed, ...how } = options;
  const settings = Object.keys(set).filter((key) => set[key] !== undefined);
  const added = Object.keys(addFactors).filter((key) => addFactors[key] !== undefined);
  const factors = [...settings, ...added.map((key) => `add:${key}`)];
  const run = (member: (k: number) => boolean): Dataset => {
    const kept: Settings = Object.fromEntries(
      settings.flatMap((key, k) => (member(k) ? [[key, set[key]!]] : [])),
    );
    // An add-factor that is off is one of nothing, so that every subset is solved by the same program.
    const more: Settings = Object.fromEntries(
      added.map((key, k) => [
        key,
        member(settings.length + k) ? addFactors[key]! : (how.addFactors?.[key] ?? 0),
      ]),
    );
    return solve(model, history, {
      ...how,
      set: { ...how.set, ...kept },
      addFactors: { ...how.addFactors, ...more },
    });
  };
  const [none, all] = [run(() => false), run(() => true)];
  const unknown = variables.find((variable) => !Object.hasOwn(none, variable));
  if (unknown !== undefined)
    return mistake('attribute', `there is no variable '${unknown}'`, suggestion(unknown, Object.keys(none)));
  const cells = variables.flatMap((variable) =>
    (periods ?? periodsOf(how.over)).map((period) => ({ variable, period })),
  );
  const shares = sharesOf(
    factors.length,
    (member) => {
      const result = run(member);
      return cells.map(({ variable, period }) => valueAt(result[variable]!, period));
    },
    { ...(orders === undefined ? {} : { orders }), ...(seed === undefined ? {} : { seed }) },
  );
  return cells.flatMap(({ variable, period }, c) =>
    factors.map((factor, k) => ({
      scenario: name,
      variable,
      period,
      factor,
      part: shares[c]![k]!,
      difference: valueAt(all[variable]!, period) - valueAt(none[variable]!, period),
    })),
  );
}

function sharesOf(players: number, worth: Worth, { orders = 200, seed = 0 }: AttributeOptions): number[][] {
  if (!(Number.isInteger(orders) && orders >= 1))
    return mistake('attribute', `${shown(orders)} orders are not possible`, 'give a whole number from 1');
  return shapleyShares(players, worth, { exact: 15, orders, words: seedWords(seed, 'attribute') });
}

function numberOf(value: Rate, factor: string): number {
  return typeof value === 'string' || Number.isFinite(value)
    ? ratio(value, 'attribute')
    : mistake('attribute', `'${factor}' is ${shown(value)}`, 'give a number for each factor');
}
