import { checkOptions } from '../argument.ts';
import { defaultEngine } from '../formula/compile.ts';
import type { Engine } from '../formula/compile.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import type { NewtonOptions } from '../model/newton.ts';
import { compileModel } from '../model/program.ts';
import { linearise } from '../model/linearise.ts';
import { checkDetermined, solvePeriod, systemFor } from '../model/solve.ts';
import type { Run } from '../model/solve.ts';
import { checkInputs, fillTable } from '../model/table.ts';
import type { Settings } from '../model/table.ts';
import { indexOf, isPeriod, toSpan } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import type { Columns, Outcome } from '../uncertainty/outcome.ts';

/** How a model becomes a function of factors. */
export interface OutcomeOptions<F extends string = string, O extends string = string> extends NewtonOptions {
  readonly over: readonly [Period, Period];
  /**
   * What is chosen at each point: parameters and exogenous series, for all solved periods (`'g_services'`) or for one
   * (`'g_services@2015'`), and add-factors (`'add:gdp'`).
   */
  readonly factors: readonly F[];
  /** What is read: variables at the last solved period (`'growth_gdp'`) or at another (`'growth_gdp@2015'`). */
  readonly read: readonly O[];
  /** Set at every point, under the factors. */
  readonly set?: Settings;
  readonly engine?: Engine;
}

/**
 * A model as a function from factors to outputs, evaluated for many points: what tornado, Sobol' indices and Monte
 * Carlo take.
 *
 * @returns an outcome, with exact gradients (by tangents through time); a point at which the model has no solution throws what `solve` throws
 * @throws RangeError for an unknown factor or variable, a period outside the span, or missing history
 * @example
 * outcome(defineModel({ equations: ['y = a * x'], parameters: { a: 2, x: 1 } }), {}, { over: ['2014', '2014'], factors: ['x'], read: ['y'] }).evaluate({ x: Float64Array.of(3) }, 1).y // [6]
 */
export function outcome<const F extends string, const O extends string>(
  model: Model,
  history: Dataset,
  options: OutcomeOptions<F, O>,
): Outcome<F, O> {
  checkOptions('outcome', options, 'over! factors[]! read[]! set engine tolerance maxSteps');
  const over = toSpan(options.over, 'outcome');
  const system = systemFor('outcome', model);
  const added = options.factors
    .filter((name) => name.startsWith('add:'))
    .map((name) => nameOf(name).slice(4));
  for (const name of added) checkDetermined('outcome', system, name, 'an add-factor');
  const addFactorNames = [...new Set(added)].toSorted();
  const compiled = compileModel(model, {
    engine: options.engine ?? defaultEngine(),
    addFactors: addFactorNames,
    given: [],
  });
  const { layout } = compiled;
  const addFactors = Object.fromEntries(added.map((name) => [name, 0]));
  // Factors are written at every point; a stand-in keeps an exogenous factor without history from being refused.
  const standIns = Object.fromEntries(
    options.factors
      .map(nameOf)
      .filter((name) => system.exogenous.includes(name) && !Object.hasOwn(history, name))
      .map((name) => [name, 0]),
  );
  const table = fillTable('outcome', model, system, layout, {
    history,
    over,
    set: { ...standIns, ...options.set },
    addFactors,
  });
  checkInputs('outcome', table, system, layout, history);
  const { data, width, rows, lead } = table;
  const rowsOf = (name: string): [number, number] => {
    const at = periodIn(name);
    if (at === undefined) return [lead, rows];
    const row = indexOf(at) - table.first;
    return row >= lead && row < rows
      ? [row, row + 1]
      : mistake('outcome', `${shown(name)} is outside ${over[0]} to ${over[1]}`, 'use a solved period');
  };
  const inputs = options.factors.map((name) => {
    const slot = layout.slots.get(nameOf(name));
    if (slot === undefined || slot < system.equations.length) {
      const hint =
        slot === undefined
          ? suggestion(nameOf(name), [...system.parameters, ...system.exogenous])
          : `an equation determines it; use 'add:${nameOf(name)}'`;
      return mistake('outcome', `'${name}' is not a parameter or exogenous series`, hint);
    }
    const [from, to] = rowsOf(name);
    return { name, slot, from, to };
  });
  const outputs = options.read.map((name) => {
    const slot = layout.slots.get(nameOf(name));
    if (slot === undefined)
      return mistake(
        'outcome',
        `there is no variable '${nameOf(name)}' to read`,
        suggestion(nameOf(name), system.determines.keys()),
      );
    return {
      name,
      at:
        (rowsOf(name)[periodIn(name) === undefined ? 1 : 0] - (periodIn(name) === undefined ? 1 : 0)) *
          width +
        slot,
    };
  });
  const start = data.slice();
  const put = (points: Columns<F>, i: number): void => {
    data.set(start);
    for (const { name, slot, from, to } of inputs) {
      const value = points[name][i]!;
      for (let row = from; row < to; row++) data[row * width + slot] = value;
    }
    for (let row = lead; row < rows; row++) solvePeriod('outcome', compiled, table, row, options);
  };
  const none: ReadonlySet<number> = new Set();
  const run: Run = { compiled, table, given: () => none, solveFrom: () => undefined };
  return {
    factors: options.factors,
    outputs: options.read,
    evaluate(points: Columns<F>, count: number) {
      const results = outputs.map(() => new Float64Array(count));
      for (let i = 0; i < count; i++) {
        put(points, i);
        for (let k = 0; k < outputs.length; k++) results[k]![i] = data[outputs[k]!.at]!;
      }
      return Object.fromEntries(options.read.map((name, k) => [name, results[k]!])) as Columns<O>;
    },
    gradient(points: Columns<F>, count: number) {
      const slopes = outputs.map(() => inputs.map(() => new Float64Array(count)));
      const change = new Float64Array(data.length);
      for (let i = 0; i < count; i++) {
        put(points, i);
        const tangent = linearise('outcome', model, run, addFactorNames);
        for (const [f, { slot, from, to }] of inputs.entries()) {
          change.fill(0);
          for (let row = from; row < to; row++) change[row * width + slot] = 1;
          tangent.forward(change, from);
          for (const [k, { at }] of outputs.entries()) slopes[k]![f]![i] = change[at]!;
        }
      }
      return Object.fromEntries(
        options.read.map((name, k) => [
          name,
          Object.fromEntries(options.factors.map((factor, f) => [factor, slopes[k]![f]!])),
        ]),
      ) as unknown as Readonly<Record<O, Columns<F>>>;
    },
  };
}

function nameOf(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : name.slice(0, at);
}

function periodIn(name: string): Period | undefined {
  const at = name.indexOf('@');
  if (at < 0) return undefined;
  const period = name.slice(at + 1);
  return isPeriod(period)
    ? period
    : mistake('outcome', `${shown(period)} in '${name}' is not a period`, "write 'name@2015'");
}
