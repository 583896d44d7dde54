import type { BinaryOperator, Expression, FunctionName } from '../formula/expression.ts';

/**
 * An expression of the equation language as an Excel formula, without the leading `=`.
 *
 * Truth is 1 and 0 as in equations. Excel's own rules differ in two places, which brackets settle: `-a^b` negates first,
 * and `a^b^c` goes from the left.
 *
 * @param e an expression
 * @param reference the cell or name that stands for a variable so many periods ago
 * @example formulaText(parseExpression('a[-1] * (1 + g)'), (name, lag) => (name === 'g' ? 'g' : lag === 1 ? 'B2' : 'C2')) // 'B2*(1+g)'
 */
export function formulaText(e: Expression, reference: (name: string, lag: number) => string): string {
  return write(e, reference, 0);
}

const functionNames: Readonly<Record<FunctionName, string>> = {
  exp: 'EXP',
  log: 'LN',
  sqrt: 'SQRT',
  abs: 'ABS',
  sign: 'SIGN',
  min: 'MIN',
  max: 'MAX',
};

const precedence: Readonly<Partial<Record<BinaryOperator, number>>> = {
  '+': 1,
  '-': 1,
  '*': 2,
  '/': 2,
  '^': 3,
};

const comparisons: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '=',
  '!=': '<>',
};

function write(e: Expression, reference: (name: string, lag: number) => string, outer: number): string {
  const part = (of: Expression): string => write(of, reference, 0);
  switch (e.kind) {
    case 'number':
      return e.value < 0 ? `(${numeral(e.value)})` : numeral(e.value);
    case 'variable':
      return reference(e.name, e.lag);
    case 'negate':
      return `(-${write(e.of, reference, 4)})`;
    case 'not':
      return `(((${part(e.of)})=0)*1)`;
    case 'call':
      return `${functionNames[e.name]}(${e.args.map(part).join(',')})`;
    case 'if':
      return `IF((${part(e.test)})<>0,${part(e.then)},${part(e.otherwise)})`;
    case 'binary': {
      if (e.op === 'and' || e.op === 'or')
        return `(${e.op.toUpperCase()}((${part(e.left)})<>0,(${part(e.right)})<>0)*1)`;
      const sign = comparisons[e.op];
      if (sign !== undefined) return `(((${part(e.left)})${sign}(${part(e.right)}))*1)`;
      const own = precedence[e.op]!;
      const left = write(e.left, reference, e.op === '^' ? own + 1 : own);
      const body = `${left}${e.op}${write(e.right, reference, own + 1)}`;
      return own < outer ? `(${body})` : body;
    }
    default:
      return e satisfies never;
  }
}

function numeral(value: number): string {
  return String(value).toUpperCase();
}
