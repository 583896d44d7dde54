import { mistake, shown, suggestion } from '../mistake.ts';
import type { Run } from './solve.ts';
import { addFactorName } from './program.ts';
import type { System } from './system.ts';

/** One name that may be moved, in each solved period or as one value for all. */
export interface Instrument {
  readonly name: string;
  readonly slot: number;
  /** Rows that one unknown of it covers: one row each, or all of them. */
  readonly groups: readonly (readonly [from: number, to: number])[];
}

/** The variables whose add-factors are among names such as `'add:i'`. */
export function addFactorsIn(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith('add:')).map((name) => name.slice(4));
}

/**
 * Instruments by name: a parameter, an exogenous series, or an equation's add-factor (`'add:i'`).
 *
 * @param constant names that take one value for all solved periods
 * @throws RangeError for a name that is none of these
 */
export function instrumentsOf(
  call: string,
  run: Run,
  names: readonly string[],
  constant: readonly string[],
): Instrument[] {
  const { compiled, table } = run;
  const { system, layout } = compiled;
  for (const name of constant)
    if (!names.includes(name))
      mistake(call, `'${name}' is constant and not an instrument`, suggestion(name, names));
  const seen = new Set<string>();
  return names.map((name) => {
    if (seen.has(name)) mistake(call, `the instrument '${name}' stands twice`, 'name each once');
    seen.add(name);
    const slot = layout.slots.get(name.startsWith('add:') ? addFactorName(name.slice(4)) : name);
    if (slot === undefined || slot < system.equations.length)
      return refuse(call, system, name, slot !== undefined);
    const rows = Array.from({ length: table.rows - table.lead }, (_, t): [number, number] => [
      table.lead + t,
      table.lead + t + 1,
    ]);
    return { name, slot, groups: constant.includes(name) ? [[table.lead, table.rows]] : rows };
  });
}

function refuse(call: string, system: System, name: string, determined: boolean): never {
  if (determined)
    return mistake(call, `an equation determines '${name}'`, `move its add-factor: 'add:${name}'`);
  return mistake(
    call,
    `${shown(name)} is not a parameter, an exogenous series or an add-factor`,
    suggestion(name, [...system.parameters, ...system.exogenous]),
  );
}
