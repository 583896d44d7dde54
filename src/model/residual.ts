import { checkOptions } from '../argument.ts';
import { compileStatements, defaultEngine } from '../formula/compile.ts';
import { mistake } from '../mistake.ts';
import { periodAt, toSpan } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import type { Model } from './model.ts';
import { layoutOf } from './program.ts';
import { systemFor } from './solve.ts';
import { residualForm } from './system.ts';
import { checkInputs, fillTable, periodOfRow } from './table.ts';
import type { Settings } from './table.ts';

/**
 * The add-factors with which a model reproduces history exactly: each equation's left-hand side less its right-hand
 * side, at the values that history has.
 *
 * Identities give zero, up to rounding and to what statistics leave unexplained. Add-factors are in the unit of the
 * equation's left-hand side: of a logarithm where that is one.
 *
 * @param history every variable of the model over the span and its lags
 * @param options.over periods to explain
 * @param options.equations variables whose equations to explain; defaults to all
 * @throws RangeError naming what history lacks
 * @example
 * addFactors(defineModel({ equations: ['y = 2 * x'] }), { y: series('2014', [7]), x: series('2014', [3]) }, { over: ['2014', '2014'] }).y.values // [1]
 */
export function addFactors<V extends string>(
  model: Model<V>,
  history: Dataset,
  options: {
    readonly over: readonly [Period, Period];
    readonly equations?: readonly NoInfer<V>[];
    readonly set?: Settings;
  },
): Dataset<V> {
  checkOptions('addFactors', options, 'over! equations[] set');
  const over = toSpan(options.over, 'addFactors');
  const system = systemFor('addFactors', model);
  const layout = layoutOf(system);
  const { set } = options;
  const table = fillTable('addFactors', model, system, layout, {
    history,
    over,
    ...(set === undefined ? {} : { set }),
  });
  checkInputs('addFactors', table, system, layout, history, () => true);
  const wanted =
    options.equations === undefined
      ? system.equations
      : options.equations.map((name) => {
          const at = system.determines.get(name);
          return at === undefined
            ? mistake('addFactors', `no equation determines '${name}'`, 'name a variable of the model')
            : system.equations[at]!;
        });
  const program = compileStatements(
    wanted.map((equation, i) => ({ to: 'out', slot: i, expression: residualForm(equation) })),
    layout,
    defaultEngine(),
  );
  const columns = wanted.map((): number[] => []);
  const out = new Float64Array(wanted.length);
  for (let row = table.lead; row < table.rows; row++) {
    program(table.data, row * table.width, out);
    for (const [i, value] of out.entries()) {
      if (!Number.isFinite(value))
        mistake(
          'addFactors',
          `the equation of '${wanted[i]!.variable}' ("${wanted[i]!.text}") has no value at ${periodOfRow(table, row)}`,
          'a logarithm, root or division left its domain: check history there',
        );
      columns[i]!.push(value);
    }
  }
  const start = periodAt(table.frequency, table.first + table.lead);
  return Object.fromEntries(
    wanted.map(({ variable }, i): [string, Series] => [variable, { start, values: columns[i]! }]),
  ) as Dataset<V>;
}
