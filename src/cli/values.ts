import { suggestion } from '../mistake.ts';
import { parseRate } from '../numeric/rate.ts';
import type { PlanModelOptions } from '../presets/plan-model.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import type { Language } from '../issue.ts';
import type { Given } from './command.ts';
import { fail } from './input.ts';

/** The text of an option, or undefined. */
export function textOf(options: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be repeated, as they were given. */
export function textsOf(options: Given, name: string): readonly string[] {
  const value = options[name];
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The parts of an option that may be repeated, each also a list with commas. */
export function listOf(options: Given, name: string): string[] {
  return textsOf(options, name).flatMap(partsOf);
}

function partsOf(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A whole number from an option; undefined when it is not given. */
export function wholeOf(
  options: Given,
  name: string,
  least: number,
  most: number,
  of = '',
): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? NaN : Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return fail(
    [`--${name}: '${text}' is not a whole number${of === '' ? '' : ` of ${of}`} from ${least} to ${most}`],
    2,
  );
}

/** A seed: any whole number of 64 bits. */
export function seedOf(options: Given): number | `${bigint}` | undefined {
  const text = textOf(options, 'seed')?.trim();
  if (text === undefined) return undefined;
  if (!/^\d{1,20}$/.test(text) || BigInt(text) >= 2n ** 64n)
    fail([`--seed: '${text}' is not a whole number from 0 to 18446744073709551615`], 2);
  return Number.isSafeInteger(Number(text)) ? Number(text) : (text as `${bigint}`);
}

/** The language in which targets are said. */
export function languageOf(options: Given): Language {
  return textOf(options, 'language') === 'zh' ? 'zh' : 'en';
}

/** A number, or a percentage as a ratio. */
export function numberOf(option: string, text: string): number {
  const rate = parseRate(text);
  const number = rate ?? (text.trim() === '' ? NaN : Number(text));
  return Number.isFinite(number)
    ? number
    : fail([`--${option}: '${text}' is neither a number nor a percentage such as 12%`], 2);
}

/** The `name=value` parts of an option, as text on both sides. */
export function pairsOf(options: Given, name: string): [string, string][] {
  return textsOf(options, name).flatMap((text) => pairsIn(name, text));
}

/** The `name=value` parts of one text. */
export function pairsIn(option: string, text: string): [string, string][] {
  return partsOf(text).map((part) => pairIn(option, part));
}

function pairIn(option: string, part: string): [string, string] {
  const at = part.indexOf('=');
  if (at <= 0 || at === part.length - 1)
    fail([`--${option}: '${part}' is not name=value, such as g_services=10%`], 2);
  return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** A known name of a parameter of the two-engine model. */
export function parameterOf(option: string, name: string): TwoEngineParameter {
  if (Object.hasOwn(twoEngineParameters, name)) return name as TwoEngineParameter;
  return fail(
    [`--${option}: there is no parameter '${name}'; ${suggestion(name, Object.keys(twoEngineParameters))}`],
    2,
  );
}

/** The value of a parameter; a bare number that would be a rate of hundreds of percent is taken for a slip. */
export function parameterValue(option: string, name: TwoEngineParameter, text: string): number {
  const value = numberOf(option, text);
  const { unit } = twoEngineParameters[name];
  if (parseRate(text) === undefined && unit.startsWith('ratio') && Math.abs(value) > 2)
    fail([`--${option}: ${name}=${text} would be ${100 * value} %; write ${name}=${text}% or a ratio`], 2);
  return value;
}

/** Parameters by name from `name=value` parts. */
export function parametersOf(options: Given, option: string): Partial<Record<TwoEngineParameter, number>> {
  return Object.fromEntries(
    pairsOf(options, option).map(([name, text]) => {
      const known = parameterOf(option, name);
      return [known, parameterValue(option, known, text)];
    }),
  );
}

/** What the options of a plan's model say: horizon, parameters, shares. */
export function modelOf(options: Given): PlanModelOptions {
  const horizon = wholeOf(options, 'horizon', 1, 100, 'years');
  const parameters = parametersOf(options, 'parameters');
  const shares = sharesOf(options);
  return {
    ...(horizon === undefined ? {} : { horizon }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(shares === undefined ? {} : { shares }),
  };
}

const sectors = ['agriculture', 'industry', 'construction', 'services'] as const;

function sharesOf(options: Given): PlanModelOptions['shares'] {
  const pairs = pairsOf(options, 'shares');
  if (pairs.length === 0) return undefined;
  const shares = Object.fromEntries(pairs.map(([name, text]) => [name, numberOf('shares', text)]));
  const stranger = Object.keys(shares).find((name) => !(sectors as readonly string[]).includes(name));
  if (stranger !== undefined)
    fail([`--shares: '${stranger}' is not a sector; ${suggestion(stranger, sectors)}`], 2);
  const sum = sectors.reduce((total, name) => total + (shares[name] ?? NaN), 0);
  if (!(Math.abs(sum - 1) <= 0.005))
    fail(
      [
        `--shares: ${Number.isNaN(sum) ? 'give all four sectors' : `they sum to ${Number((100 * sum).toPrecision(6))} %, not 100 %`}: ${sectors.join(', ')}`,
      ],
      2,
    );
  return shares as NonNullable<PlanModelOptions['shares']>;
}
