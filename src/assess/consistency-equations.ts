import { derivative } from '../formula/differentiate.ts';
import { eachVariable } from '../formula/expression.ts';
import type { Expression, FunctionName } from '../formula/expression.ts';

/** A name at a period (`lag` periods back) as a number, or as an unknown: its level is `offset + scale * unknown`. */
export type Cell = UnknownCell | { readonly unknown?: never; readonly value: number };

interface UnknownCell {
  readonly unknown: number;
  readonly offset: number;
  readonly scale: number;
}

/** A sum of unknowns and a constant. */
export interface Affine {
  readonly terms: readonly (readonly [unknown: number, coefficient: number])[];
  readonly constant: number;
}

/** Where an expression finds its names. */
export type CellOf = (name: string, lag: number) => Cell;

/**
 * An expression as a sum of unknowns where it is one: sums, differences, products and quotients with what is known.
 *
 * @returns undefined where unknowns are multiplied with each other or stand inside a function
 */
export function affine(e: Expression, cellOf: CellOf): Affine | undefined {
  const terms = new Map<number, number>();
  let constant = 0;
  let size = 0;
  const addConstant = (value: number): void => {
    constant += value;
    size += Math.abs(value);
  };
  const collect = (part: Expression, scale: number): boolean => {
    switch (part.kind) {
      case 'number':
        addConstant(scale * part.value);
        return true;
      case 'variable': {
        const cell = cellOf(part.name, part.lag);
        if (cell.unknown === undefined) addConstant(scale * cell.value);
        else {
          addConstant(scale * cell.offset);
          terms.set(cell.unknown, (terms.get(cell.unknown) ?? 0) + scale * cell.scale);
        }
        return true;
      }
      case 'negate':
        return collect(part.of, -scale);
      case 'binary': {
        const { op, left, right } = part;
        if (op === '+' || op === '-')
          return collect(left, scale) && collect(right, op === '+' ? scale : -scale);
        if (op === '*') {
          const a = known(left, cellOf);
          if (a !== undefined) return collect(right, scale * a);
          const b = known(right, cellOf);
          return b !== undefined && collect(left, scale * b);
        }
        if (op === '/') {
          const b = known(right, cellOf);
          return b !== undefined && collect(left, scale / b);
        }
        break;
      }
      case 'not':
      case 'call':
      case 'if':
        break;
      default:
        return part satisfies never;
    }
    const value = known(part, cellOf);
    if (value === undefined) return false;
    addConstant(scale * value);
    return true;
  };
  if (!collect(e, 1)) return undefined;
  // Base-period levels of an identity cancel; what they leave is rounding, which a small share would blow up.
  return { terms: [...terms], constant: Math.abs(constant) <= 4 * Number.EPSILON * size ? 0 : constant };
}

/** The tangent of an expression, as a function of the point: exact for sums, of first order otherwise. */
export function tangentOf(e: Expression, cellOf: CellOf): (point: ArrayLike<number>) => Affine {
  const slopes = new Map<string, { readonly cell: UnknownCell; readonly slope: Expression }>();
  eachVariable(e, (name, lag) => {
    const cell = cellOf(name, lag);
    const key = `${name} ${lag}`;
    if (cell.unknown !== undefined && !slopes.has(key))
      slopes.set(key, { cell, slope: derivative(e, name, lag) });
  });
  return (point) => {
    const at = (name: string, lag: number): number => levelOf(cellOf(name, lag), point);
    const terms = new Map<number, number>();
    let constant = evaluate(e, at);
    for (const { cell, slope } of slopes.values()) {
      const { unknown } = cell;
      const coefficient = evaluate(slope, at) * cell.scale;
      terms.set(unknown, (terms.get(unknown) ?? 0) + coefficient);
      constant -= coefficient * point[unknown]!;
    }
    return { terms: [...terms], constant };
  };
}

/** The level of a cell at a point. */
export function levelOf(cell: Cell, point: ArrayLike<number>): number {
  return cell.unknown === undefined ? cell.value : cell.offset + cell.scale * point[cell.unknown]!;
}

/** The value of an affine sum at a point. */
export function sumAt({ terms, constant }: Affine, point: ArrayLike<number>): number {
  return terms.reduce((sum, [unknown, coefficient]) => sum + coefficient * point[unknown]!, constant);
}

/** The value of an expression in which nothing is unknown. */
function known(e: Expression, cellOf: CellOf): number | undefined {
  let isKnown = true;
  eachVariable(e, (name, lag) => {
    isKnown &&= cellOf(name, lag).unknown === undefined;
  });
  return isKnown ? evaluate(e, (name, lag) => levelOf(cellOf(name, lag), [])) : undefined;
}

/** The value of an expression, given the values of its names. */
export function evaluate(e: Expression, at: (name: string, lag: number) => number): number {
  switch (e.kind) {
    case 'number':
      return e.value;
    case 'variable':
      return at(e.name, e.lag);
    case 'negate':
      return -evaluate(e.of, at);
    case 'not':
      return evaluate(e.of, at) !== 0 ? 0 : 1;
    case 'if':
      return evaluate(e.test, at) !== 0 ? evaluate(e.then, at) : evaluate(e.otherwise, at);
    case 'call':
      return apply(
        e.name,
        e.args.map((arg) => evaluate(arg, at)),
      );
    case 'binary':
      return operate(e.op, evaluate(e.left, at), evaluate(e.right, at));
    default:
      return e satisfies never;
  }
}

function apply(name: FunctionName, args: readonly number[]): number {
  const f: (...args: number[]) => number = Math[name];
  return f(...args);
}

function operate(op: (Expression & { kind: 'binary' })['op'], a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    case 'and':
      return a !== 0 && b !== 0 ? 1 : 0;
    case 'or':
      return a !== 0 || b !== 0 ? 1 : 0;
    default:
      return op satisfies never;
  }
}

export function minus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [unknown, coefficient] of b.terms) terms.set(unknown, (terms.get(unknown) ?? 0) - coefficient);
  return { terms: [...terms], constant: a.constant - b.constant };
}

export function negated({ terms, constant }: Affine): Affine {
  return { terms: terms.map(([unknown, coefficient]) => [unknown, -coefficient]), constant: -constant };
}

/** A level relative to a known one, less 1. */
export function relativeTo({ terms, constant }: Affine, base: number): Affine {
  return {
    terms: terms.map(([unknown, coefficient]) => [unknown, coefficient / base]),
    constant: (constant - base) / base,
  };
}

/** The same equation with 1 as its largest coefficient. */
export function normalised({ terms, constant }: Affine): Affine {
  const size = terms.reduce((max, [, coefficient]) => Math.max(max, Math.abs(coefficient)), 0);
  if (size === 0) return { terms, constant };
  return {
    terms: terms.map(([unknown, coefficient]) => [unknown, coefficient / size]),
    constant: constant / size,
  };
}
