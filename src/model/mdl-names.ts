import { nameStatus } from '../formula/names.ts';
import type { Group } from './mdl-group.ts';

/** How the names of the text are called in the model. */
export interface Naming {
  /** Names that the equation language reserves unless they are declared. */
  readonly declared: readonly string[];
  readonly renamed: Readonly<Record<string, string>>;
  readonly variable: (name: string) => string;
  /** The parameters of a group's coefficients. */
  readonly parametersOf: (group: Group) => ReadonlyMap<string, string>;
}

/**
 * Names as the model can have them: impossible ones are changed, and a coefficient whose name stands for something else
 * as well is called `variable_name`.
 */
export function namesIn(groups: readonly Group[]): Naming {
  const asWritten = new Set<string>();
  const shared = new Map<string, number>();
  for (const group of groups) {
    const own = new Set(group.coefficients);
    if (group.formula === undefined) continue;
    asWritten.add(group.variable);
    for (const formula of [group.formula, group.when, ...group.instruments]) {
      for (const name of formula?.names ?? []) if (!own.has(name)) asWritten.add(name);
    }
    for (const name of own) shared.set(name, (shared.get(name) ?? 0) + 1);
  }
  const taken = new Set([...asWritten, ...shared.keys()]);
  const fresh = (wanted: string): string => {
    let name = wanted.replaceAll('.', '_');
    while (nameStatus(name) === 'impossible' || taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  const impossible = [...asWritten].filter((name) => nameStatus(name) === 'impossible');
  const renamed = new Map(impossible.map((name) => [name, fresh(name)]));
  const parameters = new Map<Group, ReadonlyMap<string, string>>();
  for (const group of groups) {
    if (group.formula === undefined) continue;
    const own = group.coefficients.map((name): [string, string] => {
      if (shared.get(name)! > 1 || asWritten.has(name)) return [name, fresh(`${group.variable}_${name}`)];
      return [name, nameStatus(name) === 'impossible' ? fresh(name) : name];
    });
    parameters.set(group, new Map(own));
  }
  return {
    declared: [...taken].filter((name) => nameStatus(name) === 'reserved'),
    renamed: Object.fromEntries(renamed),
    variable: (name) => renamed.get(name) ?? name,
    parametersOf: (group) => parameters.get(group)!,
  };
}
