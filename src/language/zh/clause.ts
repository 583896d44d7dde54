import type { Firmness } from '../../plan/target.ts';
import type { Found, Qualitative, TextSpan, UnreadReason } from '../reading.ts';
import type { Time } from './time.ts';
import { tokensOf } from './token.ts';
import type { Token } from './token.ts';
import type { Chain } from './chain.ts';
import { readQuantity } from './target.ts';
import { timeOf } from './when.ts';
import { readWords } from './wordless.ts';

/** What one clause hands to the next. */
export interface Context {
  readonly year: number;
  /** Of the words that follow in this paragraph or section. */
  base: 'past' | 'plan';
  /** Whether a heading, a year or a goal has said so. */
  explicit: boolean;
  /** Of the sentence. */
  tense: 'past' | 'plan';
  /** Within a list of headline targets ("main expected targets"). */
  goals: 'expected' | 'binding' | undefined;
  firmness: Firmness | undefined;
  /** A sentence that opened with 力争, which governs the growth rates listed behind it. */
  striving: boolean;
  subject: string | undefined;
  verb: string | undefined;
  /** How the carried verb means it: a plan to be compiled, work to be pushed on. */
  verbFirmness: Firmness | undefined;
  /** Last time expression, in force for the sentence, or for the paragraph when lasting. */
  time: Time | undefined;
  lastingTime: Time | undefined;
  span: Time | undefined;
  section: readonly string[];
  /** Position in `found` of the last target, for "of which". */
  last: number | undefined;
  /** Subject of an in-step relation: the clause before. */
  leader: string | undefined;
  readonly lookup: (words: string) =>
    | {
        readonly id: string;
        readonly code?: string;
        readonly unit: string;
        readonly kind: 'flow' | 'stock' | 'rate' | 'index';
        readonly percentIs?: 'growth' | 'share';
        readonly scope?: string;
      }
    | undefined;
  readonly found: Found[];
  readonly rejected: { readonly span: TextSpan; readonly reason: UnreadReason }[];
  readonly qualitative: Omit<Qualitative, 'text'>[];
}

/** One clause in hand: its text, tokens, and what its time and mood words say. */
export interface Clause {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly Token[];
  readonly past: boolean;
  readonly estimated: boolean;
  readonly firmness: Firmness | undefined;
  /** Why a number is none of a target, and the words that touch it: worked out once for each token, on first use. */
  readonly reasons: (UnreadReason | 'none' | undefined)[];
  readonly chains: (Chain | undefined)[];
}

/** Read one clause: mood and time first, then every number in it. */
export function readClause(
  text: string,
  from: number,
  to: number,
  context: Context,
  interesting: boolean,
): void {
  const tokens = tokensOf(text, from, to, context.year);
  const clause = moodOf(text, from, to, tokens, context);
  if (tokens.some((token) => token.tag === 'time')) timeOf(clause, context);
  if (!interesting) {
    carry(clause, context);
    return;
  }
  let any = false;
  for (let index = 0; index < tokens.length; index++) {
    const { tag, start, end } = tokens[index]!;
    if (tag === 'name' && text.charCodeAt(start) < 58)
      context.rejected.push({ span: [start, end], reason: 'name' });
    if (tag !== 'number') continue;
    any = true;
    index = readQuantity(clause, index, context);
  }
  if (!any) any = readWords(clause, context);
  if (any) context.firmness = undefined;
  else carry(clause, context);
}

/** What a clause without a number leaves to the next: its verb ("compile ... :"), or a mood ("strive for support,"). */
function carry(clause: Clause, context: Context): void {
  const leading = clause.tokens.find(
    (token) => token.tag === 'plan' || token.tag === 'push' || token.tag === 'deliver',
  );
  if (leading?.tag === 'plan' && leading.start <= clause.from + 4)
    [context.verb, context.verbFirmness] = [clause.text.slice(leading.start, leading.end), 'plan'];
  if (clause.firmness === 'strive' && clause.to - clause.from <= 10) context.firmness = 'strive';
  else context.firmness = undefined;
}

function moodOf(text: string, from: number, to: number, tokens: readonly Token[], context: Context): Clause {
  let past = false;
  let present = false;
  let estimated = false;
  let planned = false;
  let firmness: Firmness | undefined;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    switch (token.tag) {
      case 'time':
        if (timeIsBase(text, token, before)) break;
        if (token.time!.past) {
          past = true;
          if (startsClause(tokens, i, from)) context.base = 'past';
        } else {
          if (!/^(?:全年|年末|年底|当年|上半年|下半年|年度)/.test(text.slice(token.start, token.end)))
            planned = true;
          if (startsClause(tokens, i, from) && (token.time!.lasting || isOwnYear(text, token)))
            context.base = 'plan';
        }
        break;
      case 'past':
        if (!pastIsBase(text, token, tokens[i + 1])) {
          past = true;
          if (
            startsClause(tokens, i, from) &&
            token.end - token.start >= 2 &&
            text.slice(token.start, token.end) !== '已经'
          )
            context.base = stickyPast.has(text.slice(token.start, token.end)) ? 'past' : context.base;
        }
        break;
      case 'present':
        present = true;
        break;
      case 'estimate':
        estimated = true;
        break;
      case 'perfect':
        if (before !== undefined && before.end === token.start && before.tag !== 'compare') past = true;
        else if (hasNumberAfter(tokens, i)) past = true;
        break;
      case 'goal':
        planned = true;
        if (token.end - token.start >= 4 || text.slice(token.start, token.end) === '目标')
          context.base = 'plan';
        break;
      case 'strive':
        planned = true;
        firmness ??= 'strive';
        break;
      case 'ensure':
        planned = true;
        break;
      case 'will':
        planned = true;
        break;
      default:
    }
  }
  if (planned) context.explicit = true;
  if (estimated && !hasOwnYear(text, tokens, context.year)) context.tense = 'past';
  else if (past) context.tense = 'past';
  else if (planned) context.tense = 'plan';
  return {
    text,
    from,
    to,
    tokens,
    past: context.tense === 'past' || (present && !planned),
    estimated,
    firmness,
    reasons: [],
    chains: [],
  };
}

const stickyPast = new Set([
  '去年',
  '上年',
  '前年',
  '过去',
  '过去五年',
  '过去一年',
  '五年来',
  '一年来',
  '三年来',
  '两年来',
  '几年来',
  '近年来',
  '近几年',
  '回顾',
  '截至',
  '截止',
  '过去的五年',
  '过去的一年',
  '近五年',
  '近三年',
  '今年以来',
  '四年来',
  '十年来',
  '去年底',
  '上年末',
  '去年末',
  '上年底',
]);

function hasOwnYear(text: string, tokens: readonly Token[], year: number): boolean {
  return tokens.some(
    (token) =>
      token.tag === 'time' &&
      !token.time!.past &&
      (text.startsWith(String(year), token.start) || token.time!.lasting),
  );
}

function isOwnYear(text: string, token: Token): boolean {
  const word = text.slice(token.start, token.end);
  return token.time!.own && (word.startsWith('今年') || word.startsWith('2') || word.startsWith('二'));
}

function hasNumberAfter(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  return next !== undefined && next.tag === 'number';
}

/** Whether a token opens its clause, after nothing but joins and adverbs. */
function startsClause(tokens: readonly Token[], index: number, from: number): boolean {
  let at = from;
  for (let i = 0; i < index; i++) {
    const token = tokens[i]!;
    if (
      token.start > at + 1 ||
      !['join', 'adverb', 'will', 'ensure', 'prep', 'time', 'past', 'paren', 'plain', 'estimate'].includes(
        token.tag,
      )
    )
      return false;
    at = token.end;
  }
  return tokens[index]!.start <= at + 3;
}

/** A year that is compared with: 比2010年, 在2015年基础上, 2010年的. */
function timeIsBase(text: string, token: Token, before: Token | undefined): boolean {
  if (
    before !== undefined &&
    before.end === token.start &&
    (before.tag === 'compare' || before.tag === 'from')
  )
    return true;
  return (
    text.startsWith('基础上', token.end) ||
    text.startsWith('的基础上', token.end) ||
    text.startsWith('水平', token.end) ||
    text.startsWith('年的', token.end - 1) ||
    text.startsWith('为基', token.end) ||
    text.startsWith('价格', token.end) ||
    text.startsWith('不变价', token.end)
  );
}

function pastIsBase(text: string, token: Token, next: Token | undefined): boolean {
  const word = text.slice(token.start, token.end);
  if (
    word !== '去年' &&
    word !== '上年' &&
    word !== '上年末' &&
    word !== '去年底' &&
    word !== '前年' &&
    word !== '上年底' &&
    word !== '上年度'
  )
    return false;
  const previous = text[token.start - 1];
  if (previous !== undefined && '比较与于同超过持'.includes(previous)) return true;
  return (
    text.startsWith('基础', token.end) ||
    text.startsWith('水平', token.end) ||
    text.startsWith('基数', token.end) ||
    text.startsWith('实际', token.end) ||
    text.startsWith('的', token.end) ||
    (next?.tag === 'step' && next.start === token.end)
  );
}
