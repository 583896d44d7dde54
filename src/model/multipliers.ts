import { checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Period } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import { addFactorsIn, instrumentsOf } from './instrument.ts';
import { linearise } from './linearise.ts';
import type { Model } from './model.ts';
import { runModel, solveOptions } from './solve.ts';
import type { SolveOptions } from './solve.ts';
import { periodOfRow } from './table.ts';

/** How much a variable moves in one period when an instrument moves by one in another. */
export interface Multiplier<V extends string = string, I extends string = string> {
  readonly variable: V;
  readonly period: Period;
  readonly instrument: I;
  /** The period in which the instrument moves. */
  readonly at: Period;
  /** Change of the variable per unit change of the instrument: impact when `period` is `at`, interim after it. */
  readonly multiplier: number;
}

/** What to differentiate by what. */
export interface MultiplierOptions<
  V extends string = string,
  I extends string = string,
> extends SolveOptions {
  /** Variables whose change is asked. */
  readonly of: readonly V[];
  /** Parameters, exogenous series or add-factors (`'add:i'`) that move. */
  readonly by: readonly I[];
}

/**
 * Impact and interim multipliers of a model at its solution, by exact derivatives carried through time; never by
 * differences.
 *
 * @returns a row for each variable and period, instrument and period of its movement from which it can be reached
 *   (`at` not after `period`)
 * @throws RangeError for an unknown name, or what `solve` throws
 * @example
 * multipliers(defineModel({ equations: ['y = 0.5 * y[-1] + x'] }), { y: series('2013', [1]), x: series('2014', [1, 1]) }, { over: ['2014', '2015'], of: ['y'], by: ['x'] }).map((row) => row.multiplier) // [1, 0.5, 1]
 */
export function multipliers<V extends string, const I extends string>(
  model: Model<V>,
  history: Dataset,
  options: MultiplierOptions<NoInfer<V>, I>,
): Multiplier<V, I>[] {
  checkOptions('multipliers', options, `of[]! by[]! ${solveOptions}`);
  const added = addFactorsIn(options.by);
  const addFactors = { ...Object.fromEntries(added.map((name) => [name, 0])), ...options.addFactors };
  if (options.mode !== undefined && options.mode !== 'dynamic')
    return mistake('multipliers', `mode '${options.mode}' has no interim multipliers`, "use mode: 'dynamic'");
  const run = runModel('multipliers', model, history, { ...options, addFactors });
  const { table, compiled } = run;
  const instruments = instrumentsOf('multipliers', run, options.by, []);
  const slots = options.of.map(
    (name) =>
      compiled.layout.slots.get(name) ??
      mistake(
        'multipliers',
        `there is no variable '${name}'`,
        suggestion(name, compiled.system.determines.keys()),
      ),
  );
  const tangent = linearise('multipliers', model, run, Object.keys(addFactors).toSorted());
  const change = new Float64Array(table.data.length);
  return instruments.flatMap(({ name, slot, groups }) =>
    groups.flatMap(([moved]) => {
      change.fill(0);
      change[moved * table.width + slot] = 1;
      tangent.forward(change, moved);
      const rows = Array.from({ length: table.rows - moved }, (_, k) => moved + k);
      return rows.flatMap((row) =>
        options.of.map((variable, k) => ({
          variable,
          period: periodOfRow(table, row),
          instrument: name as I,
          at: periodOfRow(table, moved),
          multiplier: change[row * table.width + slots[k]!]!,
        })),
      );
    }),
  );
}
