import { argument } from '../argument.ts';
/**
 * The small expression type that equations become: what the solver, the derivative and both compilers read.
 *
 * A comparison or a logical operator is worth 1 when true and 0 when false.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** `lag` periods ago: 0 is now, 1 is the period before. */
  | { readonly kind: 'variable'; readonly name: string; readonly lag: number }
  | { readonly kind: 'negate' | 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or';

/** Functions of numbers in equations, with how many arguments each takes. */
export const functions = { exp: 1, log: 1, sqrt: 1, abs: 1, sign: 1, min: 2, max: 2 } as const;

export type FunctionName = keyof typeof functions;

export const number = (value: number): Expression => ({ kind: 'number', value });
export const variable = (name: string, lag = 0): Expression => ({ kind: 'variable', name, lag });
export const binary = (op: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  op,
  left,
  right,
});
export const call = (name: FunctionName, ...args: Expression[]): Expression => ({ kind: 'call', name, args });
export const negate = (of: Expression): Expression => ({ kind: 'negate', of });

/** The parts of an expression one level down. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'number':
    case 'variable':
      return [];
    case 'negate':
    case 'not':
      return [e.of];
    case 'binary':
      return [e.left, e.right];
    case 'call':
      return e.args;
    case 'if':
      return [e.test, e.then, e.otherwise];
    default:
      return e satisfies never;
  }
}

/** The same expression with each part replaced; an expression with no parts is returned as it is. */
export function mapParts(e: Expression, f: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'variable':
      return e;
    case 'negate':
    case 'not':
      return { kind: e.kind, of: f(e.of) };
    case 'binary':
      return { kind: 'binary', op: e.op, left: f(e.left), right: f(e.right) };
    case 'call':
      return { kind: 'call', name: e.name, args: e.args.map(f) };
    case 'if':
      return { kind: 'if', test: f(e.test), then: f(e.then), otherwise: f(e.otherwise) };
    default:
      return e satisfies never;
  }
}

/** Visit every variable of an expression, as often as it stands there. */
export function eachVariable(e: Expression, visit: (name: string, lag: number) => void): void {
  if (e.kind === 'variable') visit(e.name, e.lag);
  else for (const part of partsOf(e)) eachVariable(part, visit);
}

/** The expression as it was `n` periods ago: every variable one lag further back. */
export function lagged(e: Expression, n: number): Expression {
  if (e.kind === 'variable') return variable(e.name, e.lag + n);
  return mapParts(e, (part) => lagged(part, n));
}

/** How deep an expression nests; compilers refuse what would overflow their stack. */
export function depthOf(e: Expression): number {
  // Explicit stack: this is what guards the recursive functions.
  let deepest = 0;
  const stack: [Expression, number][] = [[e, 1]];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    deepest = Math.max(deepest, top[1]);
    for (const part of partsOf(top[0])) stack.push([part, top[1] + 1]);
  }
  return deepest;
}

/**
 * An expression as equation text. Parsing the text gives the expression back.
 *
 * @example printExpression(parseExpression('a*(b[-1] + 2)')) // 'a * (b[-1] + 2)'
 */
export function printExpression(e: Expression): string {
  argument('printExpression', 'expression', e);
  return print(e, 0);
}

const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '^': 7,
};

function print(e: Expression, outer: number): string {
  switch (e.kind) {
    case 'number':
      return e.value < 0 || Object.is(e.value, -0) ? `(${e.value === 0 ? '-0' : e.value})` : String(e.value);
    case 'variable':
      return e.lag === 0 ? e.name : `${e.name}[-${e.lag}]`;
    case 'negate':
      return wrap(`-${print(e.of, 6)}`, outer > 5);
    case 'not':
      return wrap(`not ${print(e.of, 6)}`, outer > 0);
    case 'call':
      return `${e.name}(${e.args.map((arg) => print(arg, 0)).join(', ')})`;
    case 'if':
      return `if(${[e.test, e.then, e.otherwise].map((part) => print(part, 0)).join(', ')})`;
    case 'binary': {
      const own = precedence[e.op];
      // Left operands may share the level; the right ones, both sides of a power and chained comparisons may not.
      const left = e.op === '^' || own === 3 ? own + 1 : own;
      return wrap(`${print(e.left, left)} ${e.op} ${print(e.right, own + 1)}`, own < outer);
    }
    default:
      return e satisfies never;
  }
}

function wrap(text: string, needed: boolean): string {
  return needed ? `(${text})` : text;
}
