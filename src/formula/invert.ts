import { binary, call, eachVariable, negate, number, partsOf } from './expression.ts';
import type { Expression } from './expression.ts';

/**
 * Solve `left = right` for a variable that stands once, unlagged, on the left: `log(y) = x` gives `y = exp(x)`, and
 * `y / y[-1] - 1 = g` gives `y = (g + 1) * y[-1]`.
 *
 * @returns the expression for the variable, or undefined where there is no single inverse (`abs(y)`, `y^2`, `min(y, 1)`)
 */
export function invert(left: Expression, right: Expression, name: string): Expression | undefined {
  if (left.kind === 'variable') return left.name === name && left.lag === 0 ? right : undefined;
  const holders = partsOf(left).filter((part) => holds(part, name));
  const part = holders[0];
  if (part === undefined || holders.length > 1) return undefined;
  const undone = undo(left, part, right);
  return undone === undefined ? undefined : invert(part, undone, name);
}

/** The variables that stand unlagged in an expression, in order of appearance. */
export function currentNames(e: Expression): string[] {
  const names = new Set<string>();
  eachVariable(e, (name, lag) => {
    if (lag === 0) names.add(name);
  });
  return [...names];
}

function holds(e: Expression, name: string): boolean {
  return currentNames(e).includes(name);
}

function undo(outer: Expression, part: Expression, right: Expression): Expression | undefined {
  switch (outer.kind) {
    case 'negate':
      return negate(right);
    case 'call':
      if (outer.name === 'exp') return call('log', right);
      if (outer.name === 'log') return call('exp', right);
      return undefined;
    case 'binary': {
      const first = outer.left === part;
      const other = first ? outer.right : outer.left;
      switch (outer.op) {
        case '+':
          return binary('-', right, other);
        case '-':
          return first ? binary('+', right, other) : binary('-', other, right);
        case '*':
          return binary('/', right, other);
        case '/':
          return first ? binary('*', right, other) : binary('/', other, right);
        case '^':
          // Odd whole powers and their like have one real root; even ones have two, and are left to the solver.
          if (first && other.kind === 'number' && !Number.isInteger(other.value))
            return binary('^', right, number(1 / other.value));
          return undefined;
        default:
          return undefined;
      }
    }
    default:
      return undefined;
  }
}
