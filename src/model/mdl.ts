import { checkOptions, textArgument } from '../argument.ts';
import { derivative } from '../formula/differentiate.ts';
import { lagged, printExpression } from '../formula/expression.ts';
import { currentNames } from '../formula/invert.ts';
import { FormulaError, parseEquation, parseExpression } from '../formula/parse.ts';
import type { ParsedEquation } from '../formula/parse.ts';
import type { Issue, IssueCode } from '../issue.ts';
import { nearest, shown } from '../mistake.ts';
import { groupsOf, readGroup } from './mdl-group.ts';
import type { Group, Note } from './mdl-group.ts';
import { namesIn } from './mdl-names.ts';
import type { Naming } from './mdl-names.ts';
import { lagName, lagRestrictions, readRestriction } from './mdl-restriction.ts';
import type { DistributedLag, Restriction } from './mdl-restriction.ts';
import { statementsOf } from './mdl-statement.ts';
import type { Statement } from './mdl-statement.ts';
import type { Equation, Model } from './model.ts';
import { EquationMistake, systemOf } from './system.ts';

export type { DistributedLag, Restriction } from './mdl-restriction.ts';

/** What MDL text says: the model, what its statements say beside the equations, and what could not be read. */
export interface Mdl {
  /** Ready to solve once every parameter has a value (one without is NaN); absent when no equation could be read. */
  readonly model?: Model;
  readonly equations: readonly MdlEquation[];
  /** `path` is the line number, from 1, and the variable of the equation. */
  readonly issues: readonly Issue[];
  /** Statements that say nothing to this reader, in order. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
  /** Names that had to change, as they are in the model by what they are in the text: `{ 'gdp.n': 'gdp_n' }`. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** An equation of MDL. Names in formulas are those of the model. */
export interface MdlEquation {
  readonly kind: 'behavioural' | 'identity';
  readonly variable: string;
  /** With the terms of distributed lags, without the process of the error. */
  readonly formula: string;
  readonly when?: string;
  /** The last comment before it. */
  readonly label?: string;
  readonly line: number;
  /** In the order of `COEFF>`: the name there, and that of the model's parameter. */
  readonly coefficients: readonly { readonly name: string; readonly parameter: string }[];
  /** Parameters of the autoregressive process of the error, from lag 1; empty without `ERROR>`. */
  readonly errorParameters: readonly string[];
  /** Restrictions written out, then those that the distributed lags come to. */
  readonly restrictions: readonly Restriction[];
  readonly distributedLags: readonly DistributedLag[];
  /** Expressions, one for each `IV>`. */
  readonly instruments: readonly string[];
  /** Sample of the estimation: year and period of the first and of the last; the frequency is that of the data. */
  readonly range?: readonly [number, number, number, number];
}

/**
 * Values of coefficients: by name, or by variable and name where equations share names. Those of distributed lags and
 * of the error are named as bimets names them: `c3__PDL__1`, `RHO_1` (only by variable).
 */
export type MdlCoefficients = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/**
 * Read a model in the Model Description Language of the R package bimets.
 *
 * Coefficients become parameters by the names of `COEFF>`; one whose name stands for something else as well (another
 * equation's coefficient, a variable) is called `variable_name`. Errors with `AUTO(n)` become lags of the equation's
 * own residual, with parameters `variable_RHO_1` and on; a distributed lag is written out. Several `IDENTITY>` of one
 * variable with `IF>` become one equation with conditions, tried in the order of the text. Leads are out of scope: an
 * equation with one is an issue.
 *
 * @example readMdl('MODEL\nIDENTITY> y\nEQ> y = TSLAG(y,1) + LOG(x)\nEND').model.equations[0].formula // 'y = y[-1] + log(x)'
 */
export function readMdl(
  text: string,
  options: {
    /** Values of the coefficients; without one a parameter is NaN and an issue of severity warning says so. */
    readonly coefficients?: MdlCoefficients;
  } = {},
): Mdl {
  textArgument('readMdl', 'the text of the model', text);
  checkOptions('readMdl', options, 'coefficients');
  const { coefficients = {} } = options;
  const statements = statementsOf(text);
  const { name, inside, unread, issues } = bounds(statements);
  const note: Note = (code, line, variable, expected, received, severity) =>
    issues.push({
      code,
      path: variable === undefined ? [line] : [line, variable],
      expected,
      received,
      ...(severity === undefined ? {} : { severity }),
    });
  const groups = groupsOf(inside, unread, note).map((group) => readGroup(group, note));
  const naming = namesIn(groups);
  const equations: MdlEquation[] = [];
  const kept: Equation[] = [];
  const last = new Map<string, MdlEquation>();
  for (const group of groups) {
    const read = readEquation(group, naming, note);
    if (read === undefined) continue;
    const { equation, formula } = read;
    const before = last.get(equation.variable);
    if (before !== undefined && before.when === undefined) {
      note(
        'duplicate-equation',
        equation.line,
        group.variable,
        `one equation, or a condition for each (the first is on line ${before.line})`,
        shown(equation.formula),
      );
      continue;
    }
    last.set(equation.variable, equation);
    equations.push(equation);
    const { variable, when, label } = equation;
    kept.push({
      formula,
      variable,
      ...(when === undefined ? {} : { when }),
      ...(label === undefined ? {} : { label }),
    });
  }
  const parameters = valuesOf(equations, coefficients, note);
  const { declared } = naming;
  const model: Model = {
    ...(name === '' ? {} : { name }),
    equations: kept,
    parameters,
    ...(declared.length === 0 ? {} : { variables: declared }),
  };
  return {
    ...(kept.length > 0 && readable(model, note) ? { model } : {}),
    equations,
    issues: issues.toSorted((a, b) => Number(a.path[0]) - Number(b.path[0])),
    unread,
    renamed: naming.renamed,
  };
}

/** The statements between `MODEL` and `END`; what stands outside is unread. */
function bounds(statements: readonly Statement[]): {
  name: string;
  inside: readonly Statement[];
  unread: { line: number; text: string }[];
  issues: Issue[];
} {
  const issues: Issue[] = [];
  const missing = (keyword: string, line: number): void => {
    issues.push({ code: 'missing-field', path: [line], expected: keyword, received: 'nothing' });
  };
  const from = statements.findIndex(({ keyword }) => keyword === 'MODEL');
  if (from < 0) missing('MODEL before the first equation', 1);
  const to = statements.findIndex(({ keyword }, i) => i > from && keyword === 'END');
  if (to < 0) missing('END after the last equation', statements.at(-1)?.line ?? 1);
  const end = to < 0 ? statements.length : to;
  const outside = [...statements.slice(0, Math.max(0, from)), ...statements.slice(end)];
  const unread = outside.flatMap(({ keyword, text, line }) =>
    keyword === 'END' ? (text === '' ? [] : [{ line, text }]) : [{ line, text: `${keyword}> ${text}` }],
  );
  return { name: statements[from]?.text ?? '', inside: statements.slice(from + 1, end), unread, issues };
}

/** One group as an equation, and as the text that the model solves: with the process of the error. */
function readEquation(
  group: Group,
  naming: Naming,
  note: Note,
): { equation: MdlEquation; formula: string } | undefined {
  const { formula: written, line } = group;
  if (written === undefined) return undefined;
  const variable = naming.variable(group.variable);
  const parameterOf = naming.parametersOf(group);
  const coefficients = [...parameterOf].map(([name, parameter]) => ({ name, parameter }));
  const rename = (name: string): string => {
    const [base, lag] = name.split('__PDL__');
    const parameter = parameterOf.get(base!);
    if (parameter === undefined) return naming.variable(name);
    return lag === undefined ? parameter : lagName(parameter, Number(lag));
  };
  const options = { variables: naming.declared };
  const refuse = (error: unknown, code: IssueCode = 'bad-equation'): undefined => {
    if (!(error instanceof FormulaError)) throw error;
    const [problem] = error.message.split('; ');
    note(code, line, group.variable, error.wayOut, problem ?? error.message);
  };
  let parsed: ParsedEquation;
  let formula = written.write(rename);
  const when = group.when?.write(naming.variable);
  const instruments = group.instruments.map((instrument) => instrument.write(naming.variable));
  try {
    parsed = parseEquation(formula, options);
    for (const expression of when === undefined ? instruments : [when, ...instruments])
      parseExpression(expression, options);
  } catch (error) {
    return refuse(error);
  }
  if (!currentNames(parsed.left).includes(variable)) {
    note(
      'bad-equation',
      line,
      group.variable,
      `'${group.variable}' without a lag left of the =`,
      shown(formula),
    );
    return undefined;
  }
  for (const { name } of coefficients) {
    if (!written.names.has(name))
      note('unknown-name', line, group.variable, `'${name}' in the equation, as COEFF> says`, shown(formula));
  }
  const restrictions: Restriction[] = [];
  const names = coefficients.map(({ parameter }) => parameter);
  const distributedLags: DistributedLag[] = [];
  for (const lag of group.distributedLags) {
    const parameter = parameterOf.get(lag.coefficient);
    if (parameter === undefined) {
      note('unknown-name', line, group.variable, 'a coefficient of the equation', shown(lag.coefficient));
      continue;
    }
    const regressor = derivative(parsed.right, parameter);
    for (let k = 1; k < lag.length; k++) {
      names.push(lagName(parameter, k));
      formula += ` + ${lagName(parameter, k)} * (${printExpression(lagged(regressor, k))})`;
    }
    distributedLags.push({ ...lag, coefficient: parameter });
  }
  for (const restriction of group.restrictions) {
    try {
      restrictions.push(readRestriction(restriction.write(rename), names));
    } catch (error) {
      refuse(error, 'not-read');
    }
  }
  for (const lag of distributedLags) restrictions.push(...lagRestrictions(lag.coefficient, lag));
  const errorParameters = Array.from({ length: group.errorOrder }, (_, k) => `${variable}_RHO_${k + 1}`);
  const equation: MdlEquation = {
    kind: group.kind,
    variable,
    formula,
    ...(when === undefined ? {} : { when }),
    ...(group.label === undefined ? {} : { label: group.label }),
    line,
    coefficients,
    errorParameters,
    restrictions,
    distributedLags,
    instruments,
    ...(group.range === undefined ? {} : { range: group.range }),
  };
  const sign = formula.indexOf('=');
  const residual = `${formula.slice(0, sign).trim()} - (${formula.slice(sign + 1).trim()})`;
  const process = errorParameters.map((name, k) => ` + ${name} * lag(${residual}, ${k + 1})`);
  return { equation, formula: formula + process.join('') };
}

/** All parameters of an equation with the names under which their values may be given. */
export function parametersOf(equation: MdlEquation): { name: string; parameter: string }[] {
  const lengths = new Map(equation.distributedLags.map(({ coefficient, length }) => [coefficient, length]));
  return [
    ...equation.coefficients.flatMap(({ name, parameter }) =>
      Array.from({ length: lengths.get(parameter) ?? 1 }, (_, k) => ({
        name: lagName(name, k),
        parameter: lagName(parameter, k),
      })),
    ),
    ...equation.errorParameters.map((parameter, k) => ({ name: `RHO_${k + 1}`, parameter })),
  ];
}

function valuesOf(
  equations: readonly MdlEquation[],
  coefficients: MdlCoefficients,
  note: Note,
): Record<string, number> {
  const values: Record<string, number> = {};
  const used = new Set<string>();
  const take = (key: string, name?: string): number | undefined => {
    const given = Object.hasOwn(coefficients, key) ? coefficients[key] : undefined;
    const value = name === undefined || typeof given !== 'object' ? given : given[name];
    if (typeof value !== 'number' || (name !== undefined && typeof given !== 'object')) return undefined;
    used.add(name === undefined ? key : `${key}.${name}`);
    return value;
  };
  for (const equation of equations) {
    const without: string[] = [];
    for (const { name, parameter } of parametersOf(equation)) {
      const value = take(equation.variable, name) ?? take(parameter) ?? take(name);
      values[parameter] = value ?? NaN;
      if (value === undefined) without.push(parameter);
    }
    if (without.length > 0)
      note('missing-value', equation.line, equation.variable, 'values', without.join(', '), 'warning');
  }
  for (const [key, given] of Object.entries(coefficients)) {
    const names = typeof given === 'number' ? [key] : Object.keys(given).map((name) => `${key}.${name}`);
    for (const name of names) {
      if (used.has(name)) continue;
      const near = nearest(name, Object.keys(values));
      const expected = near === undefined ? 'a coefficient of the model' : `a coefficient such as '${near}'`;
      note('unknown-name', 0, name, expected, shown(given), 'warning');
    }
  }
  return values;
}

/** The model as a whole: what the equations do not show one by one. */
function readable(model: Model, note: Note): boolean {
  try {
    systemOf(model);
    return true;
  } catch (error) {
    if (!(error instanceof EquationMistake)) throw error;
    note('bad-equation', 0, undefined, error.wayOut, error.message);
    return false;
  }
}
