import { binary, eachVariable, number } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { currentNames, invert } from '../formula/invert.ts';
import { FormulaError, parseEquation, parseExpression } from '../formula/parse.ts';
import { shown } from '../mistake.ts';
import type { Equation, Model } from './model.ts';

/** A model's equations parsed and sorted out: what each determines, and which names come from outside. */
export interface System {
  readonly equations: readonly NormalEquation[];
  /** Index into `equations` by the variable determined. */
  readonly determines: ReadonlyMap<string, number>;
  readonly parameters: readonly string[];
  readonly exogenous: readonly string[];
  /** Longest lag of each name, 0 where it is only used unlagged. */
  readonly maxLag: ReadonlyMap<string, number>;
  /** Shortest lag of each name: with 1 the last solved period needs no value of it. */
  readonly minLag: ReadonlyMap<string, number>;
}

/** One variable's equation: `left = right`, and the branches it was made of. */
export interface NormalEquation {
  readonly variable: string;
  /** Position in `model.equations` (of the first branch). */
  readonly index: number;
  /** As written, for messages. */
  readonly text: string;
  readonly branches: readonly Branch[];
}

/** One branch of an equation: holds when `when` is not 0. An unconditional equation is one branch without `when`. */
export interface Branch {
  readonly when?: Expression;
  readonly left: Expression;
  readonly right: Expression;
}

/** A model that cannot be read; becomes an issue or a thrown mistake. */
export class EquationMistake extends Error {
  constructor(
    message: string,
    readonly wayOut: string,
    readonly index: number,
    readonly duplicate = false,
  ) {
    super(message);
  }
}

const systems = new WeakMap<Model, System>();

/**
 * The system of a model. Parsing is a pure function of the model, so its result is kept as long as the model lives.
 *
 * @throws EquationMistake naming the equation
 */
export function systemOf(model: Model): System {
  let system = systems.get(model);
  if (system === undefined) {
    system = readSystem(model);
    systems.set(model, system);
  }
  return system;
}

/**
 * The value of an equation's variable written out, with `addFactor` added to the right-hand side before the left-hand
 * side is inverted; undefined when the equation only holds it implicitly.
 */
export function explicitForm(equation: NormalEquation, addFactor?: Expression): Expression | undefined {
  const values: (readonly [Expression | undefined, Expression])[] = [];
  for (const { when, left, right } of equation.branches) {
    const moved = addFactor === undefined ? right : binary('+', right, addFactor);
    const value = invert(left, moved, equation.variable);
    if (value === undefined || currentNames(value).includes(equation.variable)) return undefined;
    if (when !== undefined && currentNames(when).includes(equation.variable)) return undefined;
    values.push([when, value]);
  }
  return choose(values);
}

/** Left-hand side less right-hand side less add-factor: zero where the equation holds. */
export function residualForm(equation: NormalEquation, addFactor?: Expression): Expression {
  return choose(
    equation.branches.map(({ when, left, right }) => {
      const moved = addFactor === undefined ? right : binary('+', right, addFactor);
      return [when, binary('-', left, moved)] as const;
    }),
  );
}

// No branch holds: 0 / 0 makes the value missing, and the solver says so by name.
const noBranch = /* @__PURE__ */ binary('/', /* @__PURE__ */ number(0), /* @__PURE__ */ number(0));

function choose(values: readonly (readonly [Expression | undefined, Expression])[]): Expression {
  return values.reduceRight<Expression>(
    (otherwise, [when, value]) =>
      when === undefined ? value : { kind: 'if', test: when, then: value, otherwise },
    noBranch,
  );
}

function readSystem(model: Model): System {
  const equations: NormalEquation[] = [];
  const determines = new Map<string, number>();
  for (const [index, given] of model.equations.entries()) {
    const equation: Equation = typeof given === 'string' ? { formula: given } : given;
    const branch = readBranch(equation, index, model);
    const variable = equation.variable ?? determinedBy(branch.left, equation, index, model);
    const at = determines.get(variable);
    if (at === undefined) {
      determines.set(variable, equations.length);
      equations.push({ variable, index, text: equation.formula, branches: [branch] });
    } else {
      equations[at] = withBranch(equations[at]!, branch, equation, index, model);
    }
  }
  for (const [name, parameter] of Object.entries(model.parameters)) {
    const value: unknown = typeof parameter === 'object' ? parameter.value : parameter;
    if (typeof value !== 'number')
      throw new EquationMistake(
        `the parameter '${name}' is ${shown(value)}`,
        'give a number, or { value, unit, ... }',
        0,
      );
    const at = determines.get(name);
    if (at !== undefined) {
      const { index } = equations[at]!;
      throw new EquationMistake(
        `'${name}' is a parameter and has an equation (number ${index + 1})`,
        'remove one of the two',
        index,
        true,
      );
    }
  }
  return { equations, determines, ...namesOf(model, equations, determines) };
}

function readBranch(equation: Equation, index: number, model: Model): Branch {
  const options = model.variables === undefined ? {} : { variables: model.variables };
  try {
    const { left, right } = parseEquation(equation.formula, options);
    return equation.when === undefined
      ? { left, right }
      : { left, right, when: parseExpression(equation.when, options) };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new EquationMistake(
      `equation ${index + 1}: ${error.message.slice(0, error.message.lastIndexOf('; '))}`,
      error.wayOut,
      index,
    );
  }
}

function determinedBy(left: Expression, equation: Equation, index: number, model: Model): string {
  const names = currentNames(left).filter((name) => !Object.hasOwn(model.parameters, name));
  const name = names[0] ?? currentNames(left)[0];
  if (name !== undefined) return name;
  throw new EquationMistake(
    `equation ${index + 1}: the left side of ${shown(equation.formula)} names no variable of the period itself`,
    'write the variable it determines on the left',
    index,
  );
}

function withBranch(
  first: NormalEquation,
  branch: Branch,
  equation: Equation,
  index: number,
  model: Model,
): NormalEquation {
  const last = first.branches.at(-1)!;
  if (last.when === undefined) {
    const other = shown(textOf(model, first.index));
    throw new EquationMistake(
      `'${first.variable}' has two equations: ${other} (number ${first.index + 1}) and ${shown(equation.formula)} (number ${index + 1})`,
      "remove one, or give each a condition with 'when'",
      index,
      true,
    );
  }
  return { ...first, branches: [...first.branches, branch] };
}

function textOf(model: Model, index: number): string {
  const given = model.equations[index]!;
  return typeof given === 'string' ? given : given.formula;
}

function namesOf(
  model: Model,
  equations: readonly NormalEquation[],
  determines: ReadonlyMap<string, number>,
): Pick<System, 'parameters' | 'exogenous' | 'maxLag' | 'minLag'> {
  const maxLag = new Map<string, number>();
  const minLag = new Map<string, number>();
  const see = (name: string, lag: number): void => {
    maxLag.set(name, Math.max(lag, maxLag.get(name) ?? 0));
    minLag.set(name, Math.min(lag, minLag.get(name) ?? lag));
  };
  for (const { branches } of equations) {
    for (const { when, left, right } of branches) {
      for (const e of when === undefined ? [left, right] : [when, left, right]) eachVariable(e, see);
    }
  }
  const parameters = Object.keys(model.parameters);
  const known = new Set([...parameters, ...determines.keys()]);
  const exogenous = [...maxLag.keys()].filter((name) => !known.has(name));
  return { parameters, exogenous, maxLag, minLag };
}
