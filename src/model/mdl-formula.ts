import { FormulaError } from '../formula/parse.ts';
import { suggestion } from '../mistake.ts';

/** An MDL expression in the words of the equation language; its names can still be replaced. */
export interface MdlFormula {
  readonly names: ReadonlySet<string>;
  /** The text, with each name as `rename` gives it. */
  write(rename: (name: string) => string): string;
}

type Part = { readonly name: string } | string;
interface Token {
  readonly kind: 'number' | 'name' | 'sign';
  readonly text: string;
  readonly at: number;
}

/** What stands before the arguments of an MDL function; a second bracket here is closed with the first. */
const calls: Readonly<Record<string, string>> = {
  TSLAG: 'lag(',
  LAG: 'lag(',
  TSDELTA: 'diff(',
  DELTA: 'diff(',
  TSDELTALOG: 'dlog(',
  DELTALOG: 'dlog(',
  TSDELTAP: '(100 * pct(',
  DELTAP: '(100 * pct(',
  MOVAVG: 'movavg(',
  MAVE: 'movavg(',
  MOVSUM: 'movsum(',
  MOVTOT: 'movsum(',
  MTOT: 'movsum(',
  LOG: 'log(',
  EXP: 'exp(',
  ABS: 'abs(',
  SQRT: 'sqrt(',
  MIN: 'min(',
  MAX: 'max(',
};
const leads = new Set(['TSLEAD', 'LEAD']);

const signs: Readonly<Record<string, string>> = {
  '**': '^',
  '&': 'and',
  '&&': 'and',
  '|': 'or',
  '||': 'or',
  '<>': '!=',
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  '!': 'not',
  '.EQ.': '==',
  '.NE.': '!=',
  '.GT.': '>',
  '.GE.': '>=',
  '.LT.': '<',
  '.LE.': '<=',
  '.AND.': 'and',
  '.OR.': 'or',
  '.NOT.': 'not',
};

// A number takes no dot that begins a dotted operator, and a name no part that is one: LOG(i).GT.0, x.GT.1
const token = /* @__PURE__ */ tokenPattern();

function tokenPattern(): RegExp {
  const dotted = String.raw`\.(?:EQ|NE|GT|GE|LT|LE|AND|OR|NOT)\.`;
  return new RegExp(
    String.raw`(?<number>(?:\d+(?:(?!${dotted})\.\d*)?|\.\d+)(?:e[+-]?\d+)?)` +
      String.raw`|(?<name>[\p{L}_](?:(?!${dotted})[\p{L}\p{M}\p{Nd}_.])*)` +
      String.raw`|(?<sign>${dotted}|\*\*|&&?|\|\|?|<=|>=|==|!=|<>|[-+*/^(),<>=!])|(?<blank>\s+)`,
    'iuy',
  );
}

/**
 * Rewrite an MDL expression or equation in the equation language: `TSLAG(p,1)` becomes `p[-1]`, `TSDELTA(x,4)`
 * `diff(x, 4)`, `TSDELTAP(x)` `(100 * pct(x))`, `**` `^`, `.GT.` `>`. Function names are read in any case.
 *
 * @param condition in conditions a single `=` compares
 * @throws FormulaError at what MDL does not have, at leads, and at brackets that do not pair
 */
export function readMdlFormula(text: string, condition = false): MdlFormula {
  const list = [...tokens(text)];
  const parts: Part[] = [];
  const names = new Set<string>();
  const open: { close: string; at: number }[] = [];
  for (let i = 0; i < list.length; i++) {
    const { kind, text: word, at } = list[i]!;
    const next = list[i + 1]?.text;
    if (kind === 'number') parts.push(word.replace(/\.(?=e|$)/iu, ''));
    else if (kind === 'name' && next === '(') {
      const call = callOf(word, text, at);
      const lag = call === 'lag(' ? simpleLag(list, i) : undefined;
      if (lag === undefined) {
        parts.push(call);
        open.push({ close: call.startsWith('(') ? '))' : ')', at });
        i++;
      } else {
        names.add(lag.name);
        parts.push({ name: lag.name }, lag.text);
        i += lag.tokens;
      }
    } else if (kind === 'name') {
      names.add(word);
      parts.push({ name: word });
    } else if (word === '(') {
      open.push({ close: ')', at });
      parts.push('(');
    } else if (word === ')') {
      const opened = open.pop();
      if (opened === undefined)
        throw new FormulaError('a bracket closes that none opened', text, at, 'remove it or open one before');
      parts.push(opened.close);
    } else if (word === ',') parts.push(', ');
    else {
      const sign = signs[word.toUpperCase()] ?? word;
      if (sign === 'not') refuseWideNot(list, i, text);
      parts.push(` ${condition && sign === '=' ? '==' : sign} `);
    }
  }
  const opened = open.at(-1);
  if (opened !== undefined)
    throw new FormulaError('a bracket is not closed', text, opened.at, 'close it where its part ends');
  return {
    names,
    write: (rename) =>
      parts
        .map((part) => (typeof part === 'string' ? part : rename(part.name)))
        .join('')
        .replaceAll(/ {2,}/gu, ' ')
        .replaceAll(/(^|[(,=<>*/^] ?)- (?=\S)/gu, '$1-')
        .trim(),
  };
}

function* tokens(text: string): Generator<Token> {
  let operand = false;
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) {
      const stranger = String.fromCodePoint(text.codePointAt(at)!);
      throw new FormulaError(
        `'${stranger}' is not part of MDL`,
        text,
        at,
        'use names, numbers and + - * / ^',
      );
    }
    const { number, name, sign } = found.groups as Record<string, string | undefined>;
    if (number !== undefined) yield { kind: 'number', text: number, at };
    else if (name !== undefined) {
      const logical = (operand && /^(?:and|or)$/iu.test(name)) || (!operand && /^not$/iu.test(name));
      yield { kind: logical ? 'sign' : 'name', text: name, at };
      if (logical) {
        operand = false;
        at = token.lastIndex;
        continue;
      }
    } else if (sign !== undefined) yield { kind: 'sign', text: sign, at };
    if (found.groups!['blank'] === undefined) operand = sign === undefined || sign === ')';
    at += found[0].length;
  }
}

function callOf(word: string, text: string, at: number): string {
  const name = word.toUpperCase();
  if (leads.has(name)) {
    throw new FormulaError(
      `${word}() looks ahead`,
      text,
      at,
      'leads are out of scope: models are solved forward, one period after the other',
    );
  }
  if (Object.hasOwn(calls, name)) return calls[name]!;
  throw new FormulaError(
    `'${word}' is not a function of MDL`,
    text,
    at,
    suggestion(word, Object.keys(calls)),
  );
}

/** `TSLAG(name)` and `TSLAG(name, 2)` as `name[-1]` and `name[-2]`; other lags stay calls. */
function simpleLag(
  list: readonly Token[],
  i: number,
): { name: string; text: string; tokens: number } | undefined {
  const [name, comma, number, bracket] = [list[i + 2], list[i + 3], list[i + 4], list[i + 5]];
  if (name?.kind !== 'name') return undefined;
  if (comma?.text === ')') return { name: name.text, text: '[-1]', tokens: 3 };
  if (comma?.text !== ',' || bracket?.text !== ')' || !/^[1-9]\d*$/u.test(number?.text ?? ''))
    return undefined;
  return { name: name.text, text: `[-${number!.text}]`, tokens: 5 };
}

/** In MDL a negation reaches over the comparison after it, in the equation language over one operand. */
function refuseWideNot(list: readonly Token[], i: number, text: string): void {
  const { at } = list[i]!;
  let depth = 0;
  let end = i + 1;
  for (; end < list.length; end++) {
    if (list[end]!.text === '(') depth++;
    if (list[end]!.text === ')') depth--;
    if (depth === 0) break;
  }
  const after = list[end + 1]?.text.toUpperCase() ?? ')';
  if (list[i + 1]?.text === '(' && (after === ')' || ['and', 'or'].includes(signs[after] ?? ''))) return;
  throw new FormulaError('a negation without brackets', text, at, 'write !(a > b)');
}
