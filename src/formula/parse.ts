import { checkOptions, textArgument } from '../argument.ts';
import { suggestion } from '../mistake.ts';
import { plainDigits } from '../numeric/rate.ts';
import { binary, depthOf, functions, lagged, negate, number, variable } from './expression.ts';
import type { BinaryOperator, Expression, FunctionName } from './expression.ts';
import { parseWithMathjs } from './mathjs.ts';
import type { Node } from './mathjs.ts';
import { tokens } from './token.ts';

/** An equation: both sides, as written. */
export interface ParsedEquation {
  readonly left: Expression;
  readonly right: Expression;
}

/** What compilers and derivatives can walk without overflowing; real equations nest some tens deep. */
const deepest = 2000;

/** How equations may be written, beside the language itself. */
export interface ParseOptions {
  /** Names that are variables here though they are constants elsewhere: `e`, `i`, `pi`, ... */
  readonly variables?: readonly string[];
}

/**
 * Equation text that cannot be read. `at` is the position in the text, from 0.
 */
export class FormulaError extends SyntaxError {
  constructor(
    readonly problem: string,
    readonly text: string,
    readonly at: number,
    readonly wayOut: string,
  ) {
    super(`${problem} at character ${at + 1} of "${excerpt(text, at)}"; ${wayOut}`);
    this.name = 'FormulaError';
  }
}

/**
 * Read one expression of the equation language.
 *
 * Numbers, names in any script, `+ - * / ^`, comparisons, `and or not`, `a ? b : c`, lags as `gdp[-1]`, and the
 * functions `exp log sqrt abs sign min max if lag diff dlog pct movavg movsum`. `log` is the natural logarithm;
 * `diff(x)` is x - x[-1], `dlog(x)` is log(x) - log(x[-1]), `pct(x)` is x / x[-1] - 1, `movavg(x, n)` the mean of x over
 * this and the n - 1 periods before.
 *
 * @throws FormulaError with the place of what cannot be read or would be misread
 * @example printExpression(parseExpression('pct(gdp)')) // 'gdp / gdp[-1] - 1'
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  textArgument('parseExpression', 'the formula', text);
  checkOptions('parseExpression', options, 'variables');
  return parsePart(plainDigits(text).normalize('NFC'), 0, text, options);
}

/**
 * Read one equation: two expressions around one `=`.
 *
 * @throws FormulaError as `parseExpression`, and when there is no or more than one `=`
 * @example printExpression(parseEquation('gdp = va_industry + va_services').left) // 'gdp'
 */
export function parseEquation(text: string, options: ParseOptions = {}): ParsedEquation {
  textArgument('parseEquation', 'the formula', text);
  checkOptions('parseEquation', options, 'variables');
  const plain = plainDigits(text).normalize('NFC');
  const signs = [...equalSigns(plain)];
  const [sign, second] = signs;
  if (sign === undefined)
    throw new FormulaError('no = sign', text, Math.max(0, plain.length - 1), "write 'variable = expression'");
  if (second !== undefined)
    throw new FormulaError(
      'a second = sign',
      text,
      second,
      "compare with '==', and write one equation at a time",
    );
  return {
    left: parsePart(plain.slice(0, sign), 0, text, options),
    right: parsePart(plain.slice(sign + 1), sign + 1, text, options),
  };
}

function parsePart(part: string, offset: number, text: string, options: ParseOptions): Expression {
  if (part.trim() === '')
    throw new FormulaError('an empty side', text, offset, "write 'variable = expression'");
  const refusal = refused(part, options);
  if (refusal !== undefined)
    throw new FormulaError(refusal.problem, text, offset + refusal.at, refusal.wayOut);
  const fail = (problem: string, wayOut: string, near = ''): never => {
    throw new FormulaError(problem, text, offset + Math.max(0, near === '' ? 0 : part.indexOf(near)), wayOut);
  };
  const tooLong = (): never =>
    fail(
      `more than ${deepest} operations inside one another (a sum of many terms counts each)`,
      'split the equation with a variable of its own',
    );
  let node: Node;
  try {
    // mathjs reads the '.*' of '1.*x' as one operator; a blank in the dot's place keeps every position.
    node = parseWithMathjs(part.replaceAll(/(?<=\d)\.(?=\s*[*/^])/g, ' '));
  } catch (error) {
    if (error instanceof RangeError) return tooLong();
    const char = (error as { char?: number }).char;
    const at = char === undefined ? 0 : Math.min(Math.max(0, char - 1), part.length - 1);
    throw new FormulaError('not an expression', text, offset + at, 'check brackets and operators there');
  }
  let expression: Expression;
  try {
    expression = convert(node, fail);
  } catch (error) {
    if (error instanceof RangeError) return tooLong();
    throw error;
  }
  return depthOf(expression) > deepest ? tooLong() : expression;
}

/** What mathjs would accept and read otherwise than an economist means it, found on the tokens before it parses. */
function refused(
  part: string,
  { variables = [] }: ParseOptions,
): { problem: string; at: number; wayOut: string } | undefined {
  let before: { kind: string; text: string } | undefined;
  let depth = 0;
  for (const token of tokens(part)) {
    const { kind, text, at } = token;
    if (kind === 'other')
      return { problem: `'${text}' is not part of the equation language`, at, wayOut: strangerHint(text) };
    if (text === '(' && ++depth > 250)
      return { problem: 'more than 250 open brackets', at, wayOut: 'split the equation' };
    if (text === ')') depth--;
    const operand = kind === 'number' || kind === 'name' || text === '(';
    const afterOperand =
      before !== undefined &&
      (before.kind === 'number' || before.kind === 'name' || before.text === ')' || before.text === ']');
    const isCall = text === '(' && before?.kind === 'name';
    if (operand && afterOperand && !isCall) {
      return {
        problem: `'${text}' follows '${before!.text}' without an operator`,
        at,
        wayOut: "multiplication is written with '*'",
      };
    }
    if (kind === 'name' && reserved.has(text) && !variables.includes(text)) {
      return {
        problem: `'${text}' is a reserved constant`,
        at,
        wayOut: `use another name, or declare it with variables: ['${text}'] (for Euler's number write exp(1))`,
      };
    }
    if (kind === 'name' && words.has(text))
      return { problem: `'${text}' is an operator elsewhere`, at, wayOut: 'use another name' };
    before = kind === 'operator-word' ? { kind: 'operator', text } : token;
  }
  return undefined;
}

const reserved = new Set([
  'e',
  'i',
  'pi',
  'tau',
  'phi',
  'E',
  'PI',
  'LN2',
  'LN10',
  'LOG2E',
  'LOG10E',
  'SQRT1_2',
  'SQRT2',
  'Infinity',
  'NaN',
  'true',
  'false',
  'null',
  'undefined',
  'end',
  'version',
  '__proto__',
]);
const words = new Set(['mod', 'to', 'in', 'xor']);
const values = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/**
 * How far a name from elsewhere can be used as a variable: one of `'free'`, `'reserved'` (after it is declared with
 * `variables`) or `'impossible'` (operators and values of the language, and what is no name at all).
 *
 * @example nameStatus('i') // 'reserved'
 */
export function nameStatus(name: string): 'free' | 'reserved' | 'impossible' {
  const [token, ...more] = tokens(name);
  if (token?.kind !== 'name' || more.length > 0 || token.text !== name) return 'impossible';
  if (words.has(name) || values.has(name) || name === '__proto__') return 'impossible';
  return reserved.has(name) ? 'reserved' : 'free';
}

function strangerHint(text: string): string {
  if (text === '%' || text === '‰') return 'write a percentage as a ratio: 1 % is 0.01';
  if (text === '.') return 'names are letters, digits and _';
  if (text === '×' || text === '·') return "multiplication is written with '*'";
  if (text === '÷') return "division is written with '/'";
  if (text === '!') return "write 'not', or '!=' for unequal";
  return 'use + - * / ^, comparisons, brackets, names and numbers';
}

type Fail = (problem: string, wayOut: string, near?: string) => never;

function convert(node: Node, fail: Fail): Expression {
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
  return variable(name, dimension.value === 0 ? 0 : -dimension.value);
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
      return lagged(x!, whole(y, 1, 0));
    case 'diff':
      takes(1, 2);
      return binary('-', x!, lagged(x!, whole(y, 1, 1)));
    case 'dlog': {
      takes(1, 2);
      const log: Expression = { kind: 'call', name: 'log', args: [x!] };
      return binary('-', log, lagged(log, whole(y, 1, 1)));
    }
    case 'pct':
      takes(1, 2);
      return binary('-', binary('/', x!, lagged(x!, whole(y, 1, 1))), number(1));
    case 'movsum':
    case 'movavg': {
      takes(2, 2);
      const n = whole(y, 4, 1);
      if (n > 1000)
        return fail(`${name}() over ${n} periods`, 'average over 1000 periods or fewer', `${name}(`);
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

/** Positions of `=` that are not part of `==`, `<=`, `>=`, `!=`. */
function* equalSigns(text: string): Generator<number> {
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '=') continue;
    if (text[i + 1] === '=') i++;
    else if (!'<>!'.includes(text[i - 1] ?? ' ')) yield i;
  }
}

function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - 30);
  return `${from > 0 ? '...' : ''}${text.slice(from, at)}»${text.slice(at, at + 30)}${text.length > at + 30 ? '...' : ''}`;
}
