import { suggestion } from '../mistake.ts';
import { binary, functions, lagged, negate, number, partsOf, variable } from './expression.ts';
import type { BinaryOperator, Expression, FunctionName } from './expression.ts';
import type { Node } from './mathjs.ts';

/** Refuse a part of the text, with the place of `near` in it. */
export type Fail = (problem: string, wayOut: string, near?: string) => never;

/** Periods that a lag may reach back, lags inside one another taken together: solving holds so many rows of history. */
const longestLag = 1000;

/** Operations that one function may be written out as: lags of lags of sums grow as powers. */
const mostWritten = 100_000;

/** A tree of mathjs as an expression of the equation language. */
export function convert(node: Node, fail: Fail): Expression {
  switch (node.type) {
    case 'ParenthesisNode':
      return convert(node['content'] as Node, fail);
    case 'ConstantNode': {
      const value = node['value'];
      if (typeof value === 'number' && Number.isFinite(value)) return number(value);
      return fail(`${String(value)} is not a finite number`, 'give a number below 1.8e308');
    }
    case 'SymbolNode':
      return variable(node['name'] as string);
    case 'OperatorNode':
      return convertOperator(node, fail);
    case 'ConditionalNode':
      return {
        kind: 'if',
        test: convert(node['condition'] as Node, fail),
        then: convert(node['trueExpr'] as Node, fail),
        otherwise: convert(node['falseExpr'] as Node, fail),
      };
    case 'AccessorNode':
      return convertLag(node, fail);
    case 'FunctionNode':
      return convertCall(node, fail);
    case 'RelationalNode':
      return fail('comparisons in a chain', "join two comparisons with 'and'");
    default:
      return fail(
        `a ${node.type.replace('Node', '').toLowerCase()} is not part of the equation language`,
        'write arithmetic of names and numbers',
      );
  }
}

const operators: Readonly<Record<string, BinaryOperator>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '^': '^',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '==',
  '!=': '!=',
  and: 'and',
  or: 'or',
};

function convertOperator(node: Node, fail: Fail): Expression {
  const op = node['op'] as string;
  const args = (node['args'] as Node[]).map((arg) => convert(arg, fail));
  const [left, right] = args;
  if (left !== undefined && right === undefined) {
    if (op === '-') return left.kind === 'number' ? number(-left.value) : negate(left);
    if (op === '+') return left;
    if (op === 'not') return { kind: 'not', of: left };
  }
  const known = operators[op];
  if (known === undefined || left === undefined || right === undefined)
    return fail(`'${op}' is not an operator here`, 'use + - * / ^ and comparisons', op);
  return binary(known, left, right);
}

function convertLag(node: Node, fail: Fail): Expression {
  const object = node['object'] as Node;
  const index = node['index'] as { dimensions: Node[] };
  if (object.type !== 'SymbolNode')
    return fail('only a name can be lagged with brackets', 'use lag(expression, 1)', '[');
  const name = object['name'] as string;
  const [dimension, more] = index.dimensions.map((d) => convert(d, fail));
  if (
    dimension === undefined ||
    more !== undefined ||
    dimension.kind !== 'number' ||
    !Number.isInteger(dimension.value)
  ) {
    return fail(
      `the lag of '${name}' is not a whole number`,
      `write ${name}[-1] for the period before`,
      `${name}[`,
    );
  }
  if (dimension.value > 0)
    return fail(
      `'${name}' is led by ${dimension.value}`,
      'leads are not supported: write the equation backwards, with lags',
      `${name}[`,
    );
  if (-dimension.value > longestLag) return tooFar(`'${name}'`, -dimension.value, fail, `${name}[`);
  return variable(name, dimension.value === 0 ? 0 : -dimension.value);
}

function tooFar(what: string, lag: number, fail: Fail, near: string): never {
  return fail(
    `${what} reaches back ${lag} periods`,
    `lag by ${longestLag} periods or fewer, all lags together`,
    near,
  );
}

/** Refuse what would reach back too far, or be too long, with copies of an expression up to `lag` periods back. */
function checkCopies(e: Expression, lag: number, copies: number, call: string, fail: Fail): void {
  let size = 0;
  let furthest = lag;
  const stack = [e];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    size += 1;
    if (top.kind === 'variable') furthest = Math.max(furthest, top.lag + lag);
    else stack.push(...partsOf(top));
  }
  if (furthest > longestLag) tooFar(`${call}()`, furthest, fail, `${call}(`);
  if (size * copies > mostWritten)
    fail(
      `${call}() is more than ${mostWritten} operations when it is written out`,
      'split the equation with a variable of its own',
      `${call}(`,
    );
}

function convertCall(node: Node, fail: Fail): Expression {
  const fn = node['fn'] as Node | undefined;
  const name = (fn?.['name'] ?? '') as string;
  const args = (node['args'] as Node[]).map((arg) => convert(arg, fail));
  const [x, y, z] = args;
  const takes = (least: number, most: number): void => {
    if (args.length < least || args.length > most) {
      fail(
        `${name}() takes ${least === most ? least : `${least} to ${most}`} and got ${args.length} arguments`,
        `see the functions of the equation language`,
        `${name}(`,
      );
    }
  };
  const whole = (e: Expression | undefined, otherwise: number, from: number): number => {
    if (e === undefined) return otherwise;
    if (e.kind !== 'number' || !Number.isInteger(e.value) || e.value < from)
      return fail(
        `the second argument of ${name}() is not a whole number from ${from} up`,
        `write ${name}(x, ${otherwise})`,
        `${name}(`,
      );
    return e.value;
  };
  const back = (e: Expression, n: number): Expression => {
    checkCopies(e, n, 2, name, fail);
    return lagged(e, n);
  };
  if (name === 'min' || name === 'max') {
    takes(2, 64);
    return args
      .slice(1)
      .reduce<Expression>((left, right) => ({ kind: 'call', name, args: [left, right] }), x!);
  }
  if (Object.hasOwn(functions, name)) {
    takes(1, 1);
    return { kind: 'call', name: name as FunctionName, args };
  }
  switch (name) {
    case 'if':
      takes(3, 3);
      return { kind: 'if', test: x!, then: y!, otherwise: z! };
    case 'lag':
      takes(1, 2);
      return back(x!, whole(y, 1, 0));
    case 'diff':
      takes(1, 2);
      return binary('-', x!, back(x!, whole(y, 1, 1)));
    case 'dlog': {
      takes(1, 2);
      const log: Expression = { kind: 'call', name: 'log', args: [x!] };
      return binary('-', log, back(log, whole(y, 1, 1)));
    }
    case 'pct':
      takes(1, 2);
      return binary('-', binary('/', x!, back(x!, whole(y, 1, 1))), number(1));
    case 'movsum':
    case 'movavg': {
      takes(2, 2);
      const n = whole(y, 4, 1);
      if (n > 1000)
        return fail(`${name}() over ${n} periods`, 'average over 1000 periods or fewer', `${name}(`);
      checkCopies(x!, n - 1, n, name, fail);
      const sum = Array.from({ length: n }, (_, k) => lagged(x!, k)).reduce((left, right) =>
        binary('+', left, right),
      );
      return name === 'movavg' ? binary('/', sum, number(n)) : sum;
    }
    default:
      return fail(
        `'${name}' is not a function of the equation language`,
        `${suggestion(name, [...Object.keys(functions), 'if', 'lag', 'diff', 'dlog', 'pct', 'movavg', 'movsum'])} (a lag is written ${name}[-1])`,
        `${name}(`,
      );
  }
}
