import type { Expression } from '../formula/expression.ts';
import { eachVariable } from '../formula/expression.ts';
import { mistake } from '../mistake.ts';
import { blocksOf } from '../model/order.ts';
import { solve } from '../model/solve.ts';
import { explicitForm, systemOf } from '../model/system.ts';
import { addPeriods, indexOf, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { periodsOf } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { formulaText } from './formula-text.ts';
import type { WorkbookProjection } from './parts.ts';
import { sheetNames } from './places.ts';
import { address, elsewhere, rangeName } from './sheet.ts';

/** A model as rows of a sheet: parameters, what comes from outside, and variables in the order in which they are computed. */
export interface ModelLayout {
  readonly projection: WorkbookProjection;
  readonly run: Dataset;
  readonly parameters: readonly string[];
  readonly exogenous: readonly string[];
  readonly variables: readonly ModelRow[];
  /** All columns of the sheet Model: history that lags read, then the projected periods. */
  readonly periods: readonly Period[];
  /** How many of them are history. */
  readonly lead: number;
  /** Row of a name on the sheet Model, from 0. */
  readonly rows: ReadonlyMap<string, number>;
}

/** A variable with its equation, as written and written out for the variable. */
export interface ModelRow {
  readonly name: string;
  readonly text: string;
  readonly value: Expression;
}

/** Columns before the periods: name, label, Chinese label, equation. */
export const firstPeriodColumn = 4;

/**
 * A projection laid out on the sheet Model, with the library's own solution beside it.
 *
 * @throws RangeError for a block of equations that depend on each other or an equation that cannot be written out
 */
export function layOut(projection: WorkbookProjection): ModelLayout {
  const { model, history, over } = projection;
  const run = solve(model, history, { over });
  const system = systemOf(model);
  const variables = blocksOf(system).flatMap(({ equations, simultaneous }) =>
    equations.map((i) => {
      const equation = system.equations[i]!;
      const value = simultaneous ? undefined : explicitForm(equation);
      if (value === undefined)
        return mistake(
          'writeWorkbook',
          `the equation of '${equation.variable}' depends on itself within a period`,
          'a sheet computes cell after cell: leave the projection out, or lag the link',
        );
      return { name: equation.variable, text: equation.text, value };
    }),
  );
  const written = model.equations.map((e) => (typeof e === 'string' ? e : e.formula));
  const order = new Map(system.equations.map((e, i) => [e.variable, written.indexOf(e.text) + i / 1e6]));
  const shown = variables.toSorted((a, b) => order.get(a.name)! - order.get(b.name)!);
  const parameters = [...system.parameters];
  const exogenous = [...system.exogenous];
  const lead = Math.max(1, ...system.maxLag.values());
  const names = [...parameters, ...exogenous, ...shown.map(({ name }) => name)];
  return {
    projection,
    run,
    parameters,
    exogenous,
    variables: shown,
    periods: periodsOf([addPeriods(over[0], -lead), over[1]]),
    lead,
    rows: new Map(names.map((name, i) => [name, i + 1])),
  };
}

/** The cell of a variable or parameter on the sheet Model; undefined where it has none. */
export function modelCell(layout: ModelLayout, name: string, period: Period): string | undefined {
  const row = layout.rows.get(name);
  const first = layout.periods[0]!;
  if (row === undefined || first.length !== period.length) return undefined;
  const column = periodsBetween(first, period);
  return column < 0 || column >= layout.periods.length
    ? undefined
    : elsewhere(sheetNames.model, row, firstPeriodColumn + column);
}

/**
 * The formula of a variable in a column where names stand on rows of the same sheet, as of the first projected period:
 * what the period itself has is read from that column, what came before from the sheet Model.
 */
export function formulaInColumn(
  layout: ModelLayout,
  row: ModelRow,
  rows: ReadonlyMap<string, number>,
  column: number,
): string {
  const period = layout.projection.over[0];
  return formulaText(row.value, (name, lag) => {
    const own = rows.get(name);
    if (lag === 0 && own !== undefined) return address(own, column);
    const before = modelCell(layout, name, addPeriods(period, -lag));
    return before ?? mistake('writeWorkbook', `'${name}' has no cell`, 'give it in the history');
  });
}

/** The formula of a variable on the sheet Model itself. */
export function formulaInModel(layout: ModelLayout, row: ModelRow, column: number): string {
  return formulaText(row.value, (name, lag) => address(layout.rows.get(name)!, column - lag));
}

/** The variables that an output needs within its period, itself included, in the order of the sheet. */
export function neededFor(layout: ModelLayout, output: string): ModelRow[] {
  const byName = new Map(layout.variables.map((row) => [row.name, row]));
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const row = byName.get(name);
    if (row === undefined || needed.has(name)) return;
    needed.add(name);
    eachVariable(row.value, (other, lag) => {
      if (lag === 0) visit(other);
    });
  };
  visit(output);
  return layout.variables.filter(({ name }) => needed.has(name));
}

/** The name of the cell that holds a parameter. */
export function parameterName(name: string): string {
  return rangeName(name);
}

/** Value of a name at a period in the library's solution. */
export function solved(layout: ModelLayout, name: string, period: Period): number {
  const s = layout.run[name];
  return s === undefined ? NaN : (s.values[indexOf(period) - indexOf(s.start)] ?? NaN);
}
