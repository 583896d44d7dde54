import { argument } from '../argument.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import { parseRate } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import type { Dataset } from '../time/series.ts';
import { blocksOf } from './order.ts';
import { EquationMistake, systemOf } from './system.ts';

/**
 * Equations as text, and parameters. Plain JSON; the equations may stand in any order.
 *
 * A name that no equation determines and that is not a parameter is exogenous: its series comes with the history or a
 * scenario. Identities are equations without parameters.
 */
export interface Model<V extends string = string> {
  readonly name?: string;
  readonly equations: readonly (string | Equation)[];
  readonly parameters: Readonly<Record<string, number | Parameter>>;
  /** Names that are variables here though equations reserve them elsewhere: `e`, `i`, `pi`. */
  readonly variables?: readonly string[];
  /** Never set: carries the names of the variables in the type, so that results need no cast. */
  readonly determines?: V;
}

/** An equation with what is known about it. */
export interface Equation {
  /** `'gdp = va_industry + va_services'`; the left side may be an expression such as `log(y)`. */
  readonly formula: string;
  /** The variable it determines, where that is not the first unlagged name on the left. */
  readonly variable?: string;
  /** A condition under which it holds; several equations of one variable with conditions are tried in order. */
  readonly when?: string;
  readonly label?: string;
  readonly unit?: string;
}

/** A parameter with its documentation. */
export interface Parameter {
  readonly value: number;
  readonly label?: string | { readonly en: string; readonly zh: string };
  readonly unit?: string;
  /** Documented lowest and highest value, for sensitivity. */
  readonly range?: readonly [number, number];
  readonly source?: string;
  /** How well the source supports the value. */
  readonly evidence?: string;
}

type Trimmed<S extends string> = S extends ` ${infer R}`
  ? Trimmed<R>
  : S extends `${infer R} `
    ? Trimmed<R>
    : S;
type Inner<S extends string> = S extends `${'log' | 'exp' | 'diff' | 'dlog' | 'pct'}(${infer R})`
  ? Inner<Trimmed<R>>
  : S extends `${infer R}/${string}`
    ? Inner<Trimmed<R>>
    : S extends `${string}${'(' | '+' | '*' | '-' | '^'}${string}`
      ? string
      : S;
/** The variable that an equation's text determines, as a type; `string` where types cannot see it. */
export type Determined<E> = E extends { readonly formula: infer F }
  ? Determined<F>
  : E extends string
    ? string extends E
      ? string
      : E extends `${infer L}=${string}`
        ? Inner<Trimmed<L>>
        : string
    : never;

/**
 * A model from code. The variables that its equations determine become the names of its results.
 *
 * @throws RangeError naming the equation, with the place, when one cannot be read, or two determine one variable
 * @example defineModel({ equations: ['y = a * x'], parameters: { a: 2 } }).equations // ['y = a * x']
 */
export function defineModel<const E extends readonly (string | Equation)[]>(model: {
  readonly name?: string;
  readonly equations: E;
  /** A value may be a percent string: `'12%'` is 0.12. */
  readonly parameters?: Readonly<Record<string, Rate | ParameterInput>>;
  readonly variables?: readonly string[];
}): Model<Determined<E[number]>> {
  argument('defineModel', 'definition', model, 'model');
  const defined: Model<Determined<E[number]>> = {
    ...model,
    parameters: Object.fromEntries(
      Object.entries(model.parameters ?? {}).map(([name, given]) => [name, parameterFrom(name, given)]),
    ),
  };
  try {
    systemOf(defined);
  } catch (error) {
    if (error instanceof EquationMistake) mistake('defineModel', error.message, error.wayOut);
    throw error;
  }
  return defined;
}

/**
 * Everything wrong or noteworthy in a model, as issues: equations that cannot be read, a variable with two equations,
 * names that neither an equation nor a parameter nor the history explains, blocks that are simultaneous (a warning).
 *
 * @param history where exogenous series and lags come from; without it unknown names cannot be told from exogenous ones
 */
export function checkModel(model: Model, history?: Dataset): Issue[] {
  argument('checkModel', 'model', model);
  const issues: Issue[] = [];
  let system;
  try {
    system = systemOf(model);
  } catch (error) {
    if (!(error instanceof EquationMistake)) throw error;
    return [
      {
        code: error.duplicate ? 'duplicate-equation' : 'bad-equation',
        path: ['equations', error.index],
        expected: error.wayOut,
        received: error.message,
      },
    ];
  }
  for (const name of system.exogenous) {
    if (history === undefined || Object.hasOwn(history, name)) continue;
    issues.push({
      code: 'unknown-name',
      path: [name],
      expected: 'a series in the history, a parameter or an equation',
      received: shown(name),
    });
  }
  for (const block of blocksOf(system)) {
    if (!block.simultaneous) continue;
    const names = block.equations.map((i) => system.equations[i]!.variable);
    issues.push({
      code: 'simultaneous-block',
      path: ['equations'],
      expected: 'nothing: the block is solved together',
      received: names.join(', '),
      severity: 'warning',
    });
  }
  return issues;
}

/** A parameter as it may be written in code: percent strings for its value and the ends of its range. */
export interface ParameterInput extends Omit<Parameter, 'value' | 'range'> {
  readonly value: Rate;
  readonly range?: readonly [Rate, Rate];
}

/** In memory a parameter is a number; one that is not known yet may be `NaN`. */
function parameterFrom(name: string, given: Rate | ParameterInput): number | Parameter {
  if (typeof given !== 'object' || (given as unknown) === null) return numberOf(name, given);
  const { value, range, ...rest } = given;
  return {
    ...rest,
    value: numberOf(name, value),
    ...(range === undefined ? {} : { range: [numberOf(name, range[0]), numberOf(name, range[1])] as const }),
  };
}

function numberOf(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  const read = typeof value === 'string' ? parseRate(value) : undefined;
  return (
    read ??
    mistake(
      'defineModel',
      `the parameter '${name}' is ${shown(value)}`,
      "give a number or a percentage such as '12%'",
    )
  );
}

/** The value of a parameter, documented or plain. */
export function parameterValue(parameter: number | Parameter): number {
  return typeof parameter === 'number' ? parameter : parameter.value;
}
