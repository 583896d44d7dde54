import { suggestion } from '../mistake.ts';
import { twoEngine } from '../presets/two-engine.ts';
import type { TwoEngineVariable } from '../presets/two-engine.ts';
import type { Given } from './command.ts';
import { fail } from './input.ts';
import { fixed, percent } from './output.ts';
import { listOf } from './values.ts';

/** The variables of the two-engine model. */
export const variables: readonly string[] = twoEngine().equations.map((equation) => {
  const text = typeof equation === 'string' ? equation : equation.formula;
  return text.slice(0, text.indexOf('=')).trim();
});

/** The variables that an option asks for, each of which must be known; `all` stands for every one. */
export function variablesOf(
  options: Given,
  option: string,
  otherwise: readonly string[],
): readonly TwoEngineVariable[] {
  const asked = listOf(options, option);
  const names = asked.length === 0 ? otherwise : asked.includes('all') ? variables : asked;
  const stranger = names.find((name) => !variables.includes(name));
  if (stranger !== undefined)
    fail([`--${option}: there is no variable '${stranger}'; ${suggestion(stranger, variables)}`], 2);
  return names as readonly TwoEngineVariable[];
}

/** Whether a variable is a rate, which reads as a percentage. */
export function isRate(name: string): boolean {
  return /^growth_|^revenue_step_/.test(name);
}

/** A variable's value for a person: rates as percentages, ratios and prices with three decimals, levels with one. */
export function variableText(name: string, value: number): string {
  if (isRate(name)) return percent(value);
  return fixed(value, /ratio|price|cover/.test(name) ? 3 : 1);
}
