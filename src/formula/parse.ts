import { checkOptions, textArgument } from '../argument.ts';
import { plainDigits } from '../numeric/rate.ts';
import { depthOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { parseWithMathjs } from './mathjs.ts';
import type { Node } from './mathjs.ts';
import { tokens } from './token.ts';
import { convert } from './convert.ts';
import { reserved, words } from './names.ts';

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
 * this and the n - 1 periods before. A lag reaches back 1000 periods at most.
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

function strangerHint(text: string): string {
  if (text === '%' || text === '‰') return 'write a percentage as a ratio: 1 % is 0.01';
  if (text === '.') return 'names are letters, digits and _';
  if (text === '×' || text === '·') return "multiplication is written with '*'";
  if (text === '÷') return "division is written with '/'";
  if (text === '!') return "write 'not', or '!=' for unequal";
  return 'use + - * / ^, comparisons, brackets, names and numbers';
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
