import { argument } from '../argument.ts';
import { binary, call, negate, number } from './expression.ts';
import type { Expression, FunctionName } from './expression.ts';

/**
 * The exact derivative of an expression by one variable at one lag.
 *
 * Comparisons and logic are steps, so their derivative is 0; `abs`, `min`, `max` and `if` take the derivative of the
 * branch that holds (at a kink, of the branch that the operator itself takes). Simplified as it is built: sums lose
 * their zeros, products their ones.
 *
 * @param name variable by which to differentiate
 * @param lag 0 for the period itself
 * @example printExpression(derivative(parseExpression('x^2 * y'), 'x')) // '2 * x * y'
 */
export function derivative(e: Expression, name: string, lag = 0): Expression {
  argument('derivative', 'expression', e);
  return d(e, (v) => (v.name === name && v.lag === lag ? one : zero));
}

const zero = /* @__PURE__ */ number(0);
const one = /* @__PURE__ */ number(1);

type Variable = Expression & { kind: 'variable' };

function d(e: Expression, seed: (v: Variable) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'not':
      return zero;
    case 'variable':
      return seed(e);
    case 'negate':
      return minus(d(e.of, seed));
    case 'call':
      return ofCall(e.name, e.args, seed);
    case 'if': {
      const [then, otherwise] = [d(e.then, seed), d(e.otherwise, seed)];
      return isNumber(then, 0) && isNumber(otherwise, 0)
        ? zero
        : { kind: 'if', test: e.test, then, otherwise };
    }
    case 'binary':
      return ofBinary(e, seed);
    default:
      return e satisfies never;
  }
}

function ofBinary(e: Expression & { kind: 'binary' }, seed: (v: Variable) => Expression): Expression {
  const { left: a, right: b } = e;
  switch (e.op) {
    case '+':
      return plus(d(a, seed), d(b, seed));
    case '-':
      return less(d(a, seed), d(b, seed));
    case '*':
      return plus(times(d(a, seed), b), times(a, d(b, seed)));
    case '/': {
      const [da, db] = [d(a, seed), d(b, seed)];
      if (isNumber(db, 0)) return over(da, b);
      return over(less(da, times(e, db)), b);
    }
    case '^': {
      const [da, db] = [d(a, seed), d(b, seed)];
      const byBase = isNumber(da, 0) ? zero : times(times(b, power(a, less(b, one))), da);
      const byExponent = isNumber(db, 0) ? zero : times(times(e, call('log', a)), db);
      return plus(byBase, byExponent);
    }
    default:
      return zero;
  }
}

function ofCall(
  name: FunctionName,
  args: readonly Expression[],
  seed: (v: Variable) => Expression,
): Expression {
  const [a, b] = args as [Expression, Expression];
  const da = d(a, seed);
  switch (name) {
    case 'exp':
      return times(call('exp', a), da);
    case 'log':
      return over(da, a);
    case 'sqrt':
      return over(da, times(number(2), call('sqrt', a)));
    case 'abs':
      return times(call('sign', a), da);
    case 'sign':
      return zero;
    case 'min':
    case 'max': {
      const db = d(b, seed);
      if (isNumber(da, 0) && isNumber(db, 0)) return zero;
      return { kind: 'if', test: binary(name === 'min' ? '<=' : '>=', a, b), then: da, otherwise: db };
    }
    default:
      return name satisfies never;
  }
}

function isNumber(e: Expression, value: number): boolean {
  return e.kind === 'number' && e.value === value;
}

function plus(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  return fold(binary('+', a, b));
}

function less(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return minus(b);
  return fold(binary('-', a, b));
}

function times(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0) || isNumber(b, 0)) return zero;
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (isNumber(a, -1)) return minus(b);
  if (isNumber(b, -1)) return minus(a);
  return fold(binary('*', a, b));
}

function over(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0)) return zero;
  if (isNumber(b, 1)) return a;
  return fold(binary('/', a, b));
}

function power(a: Expression, b: Expression): Expression {
  if (isNumber(b, 1)) return a;
  if (isNumber(b, 0)) return one;
  return fold(binary('^', a, b));
}

function minus(a: Expression): Expression {
  if (a.kind === 'number') return number(-a.value);
  return a.kind === 'negate' ? a.of : negate(a);
}

/** Arithmetic on two numbers done once instead of every period. */
function fold(e: Expression): Expression {
  if (e.kind !== 'binary' || e.left.kind !== 'number' || e.right.kind !== 'number') return e;
  const [a, b] = [e.left.value, e.right.value];
  switch (e.op) {
    case '+':
      return number(a + b);
    case '-':
      return number(a - b);
    case '*':
      return number(a * b);
    case '/':
      return b === 0 ? e : number(a / b);
    case '^':
      return number(a ** b);
    default:
      return e;
  }
}
