import { FormulaError } from '../formula/parse.ts';
import type { IssueCode } from '../issue.ts';
import { shown } from '../mistake.ts';
import { readMdlFormula } from './mdl-formula.ts';
import type { MdlFormula } from './mdl-formula.ts';
import { readDistributedLag } from './mdl-restriction.ts';
import type { DistributedLag } from './mdl-restriction.ts';
import type { Statement } from './mdl-statement.ts';

/** The statements of one equation, from `BEHAVIORAL>` or `IDENTITY>` to the next. */
export interface StatementGroup {
  readonly head: Statement;
  readonly statements: readonly Statement[];
}

/** What a group says, with the names of the text. */
export interface Group {
  readonly kind: 'behavioural' | 'identity';
  readonly variable: string;
  readonly line: number;
  readonly label?: string;
  /** Absent when it could not be read; an issue says why. */
  readonly formula?: MdlFormula;
  readonly when?: MdlFormula;
  readonly coefficients: readonly string[];
  readonly restrictions: readonly MdlFormula[];
  readonly distributedLags: readonly DistributedLag[];
  readonly instruments: readonly MdlFormula[];
  readonly errorOrder: number;
  readonly range?: readonly [number, number, number, number];
}

/** Record an issue at a line. */
export type Note = (
  code: IssueCode,
  line: number,
  variable: string | undefined,
  expected: string,
  received: string,
  severity?: 'warning',
) => void;

const nameOfMdl = /^[\p{L}_][\p{L}\p{M}\p{Nd}_.]*$/u;
const known = new Set(['EQ', 'COEFF', 'PDL', 'RESTRICT', 'ERROR', 'IV', 'IF', 'TSRANGE']);

/** Group statements by equation. `STORE>` and lists of names are unread; keywords that MDL does not have are issues. */
export function groupsOf(
  statements: readonly Statement[],
  unread: { line: number; text: string }[],
  note: Note,
): StatementGroup[] {
  const groups: { head: Statement; statements: Statement[] }[] = [];
  for (const statement of statements) {
    const { keyword, text, line } = statement;
    const group = groups.at(-1);
    if (keyword === 'BEHAVIORAL' || keyword === 'EQUATION' || keyword === 'IDENTITY')
      groups.push({ head: statement, statements: [] });
    else if (known.has(keyword) && group !== undefined) group.statements.push(statement);
    else {
      unread.push({ line, text: keyword === '' ? text : `${keyword}> ${text}` });
      if (keyword === 'STORE' || keyword === 'VEXOG' || keyword === 'VENDOG') continue;
      const expected = known.has(keyword)
        ? 'BEHAVIORAL> or IDENTITY> before it'
        : 'a keyword of MDL such as BEHAVIORAL>, IDENTITY>, EQ>, COEFF>, IF>';
      note('not-read', line, undefined, expected, shown(keyword === '' ? text : `${keyword}>`));
    }
  }
  return groups;
}

/** Read the statements of one equation; what is wrong in them becomes issues. */
export function readGroup({ head, statements }: StatementGroup, note: Note): Group {
  const kind = head.keyword === 'IDENTITY' ? 'identity' : 'behavioural';
  const [variable = '', ...after] = head.text.split(/\s+/u);
  const { line } = head;
  const named = nameOfMdl.test(variable);
  if (!named) note('not-read', line, undefined, `a name after ${head.keyword}>`, shown(variable));
  const say = (code: IssueCode, at: number, expected: string, received: string): void =>
    note(code, at, variable, expected, received);
  const all = (keyword: string): Statement[] => statements.filter((s) => s.keyword === keyword);
  const one = (keyword: string): Statement | undefined => {
    const [first, second] = all(keyword);
    if (second !== undefined) say('duplicate', second.line, `one ${keyword}> in a group`, shown(second.text));
    return first;
  };
  const formulaOf = ({ text, line: at }: Statement, condition = false): MdlFormula | undefined => {
    try {
      return readMdlFormula(text, condition);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const within = text.slice(0, error.at).split('\n').length - 1;
      const [problem] = error.message.split('; ');
      say('bad-equation', at + within, error.wayOut, problem ?? error.message);
      return undefined;
    }
  };
  const eq = one('EQ');
  if (eq === undefined) say('missing-field', line, 'EQ> in the group', 'nothing');
  const condition = one('IF');
  if (condition !== undefined && kind === 'behavioural')
    say('not-read', condition.line, 'IF> in an IDENTITY> only', shown(condition.text));
  const formula = eq === undefined ? undefined : formulaOf(eq);
  const when = condition === undefined || kind === 'behavioural' ? undefined : formulaOf(condition, true);
  const coeff = one('COEFF');
  if (kind === 'behavioural' && coeff === undefined)
    say('missing-field', line, 'COEFF> with the names of the coefficients', 'nothing');
  const inline = after.join(' ').replace(/^TSRANGE>?\s*/iu, '');
  const range = one('TSRANGE');
  const sample = rangeOf(range?.text ?? inline);
  if ((range !== undefined || inline !== '') && sample === undefined)
    say('bad-period', range?.line ?? line, 'TSRANGE 1921 1 1941 1', shown(range?.text ?? inline));
  const coefficients = new Set(coeff?.text.split(/[\s,]+/u).filter((name) => name !== ''));
  for (const name of coefficients) {
    if (nameOfMdl.test(name)) continue;
    say('not-read', coeff!.line, 'names of coefficients', shown(name));
    coefficients.delete(name);
  }
  const broken =
    !named || formula === undefined || (kind === 'identity' && condition !== undefined && when === undefined);
  return {
    kind,
    variable,
    line,
    ...(head.comment === undefined ? {} : { label: head.comment }),
    ...(broken || formula === undefined ? {} : { formula }),
    ...(when === undefined ? {} : { when }),
    coefficients: [...coefficients],
    restrictions: all('RESTRICT').flatMap((s) =>
      s.text.split('\n').flatMap((text) => formulaOf({ ...s, text: lagged(text) }) ?? []),
    ),
    distributedLags: all('PDL').flatMap((s) => {
      const lag = readDistributedLag(s.text);
      if (lag === undefined)
        say('not-read', s.line, "'coefficient degree length', the length above the degree", shown(s.text));
      return lag ?? [];
    }),
    instruments: all('IV').flatMap((s) => formulaOf(s) ?? []),
    errorOrder: orderOf(one('ERROR'), say),
    ...(sample === undefined ? {} : { range: sample }),
  };
}

/** `LAG(c3,1)` in a restriction is the coefficient of the distributed lag's term. */
function lagged(text: string): string {
  return text.replaceAll(/\bLAG\s*\(\s*([\w.]+)\s*,\s*(\d+)\s*\)/giu, (_, name: string, lag: string) =>
    Number(lag) === 0 ? name : `${name}__PDL__${Number(lag)}`,
  );
}

function rangeOf(text: string): readonly [number, number, number, number] | undefined {
  const numbers = text
    .split(/[\s,]+/u)
    .filter((part) => part !== '')
    .map(Number);
  const [y1, p1, y2, p2] = numbers;
  if (numbers.length !== 4 || numbers.some((n) => !Number.isInteger(n) || n < 0)) return undefined;
  if (p1! < 1 || p2! < 1 || y2! < y1! || (y1 === y2 && p2! < p1!)) return undefined;
  return [y1!, p1!, y2!, p2!];
}

function orderOf(
  statement: Statement | undefined,
  say: (code: IssueCode, at: number, expected: string, received: string) => void,
): number {
  if (statement === undefined) return 0;
  const found = /^AUTO\s*\(\s*(\d{1,3})\s*\)$/iu.exec(statement.text);
  if (found !== null) return Number(found[1]);
  say('not-read', statement.line, 'AUTO(1) or another order', shown(statement.text));
  return 0;
}
