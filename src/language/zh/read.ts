import type { Found, Qualitative, TextSpan, UnreadReason } from '../reading.ts';
import type { Paragraph } from '../text.ts';
import { readClause } from './clause.ts';
import type { Context } from './clause.ts';
import { groupsIn } from './group.ts';
import { headingOf, moodOfHeading, timeOfHeading } from './heading.ts';

import type { Group } from '../../plan/plan.ts';
import type { Span } from '../../time/period.ts';
import { isRow, readRow, tableHead } from './table.ts';

/** What a reader of one language keeps from paragraph to paragraph. */
export interface Reader {
  readonly read: (paragraph: Paragraph) => {
    readonly found: readonly Found[];
    readonly rejected: readonly { readonly span: TextSpan; readonly reason: UnreadReason }[];
    readonly qualitative: readonly Omit<Qualitative, 'text'>[];
  };
}

/** A reader of Chinese paragraphs, one after another. Spans are places in the paragraph. */
export function chineseReader(
  year: number,
  lookup: Context['lookup'],
): Reader & { readonly groups: () => readonly Group[] } {
  const groups: Group[] = [];
  let sections: readonly (readonly [level: number, title: string])[] = [];
  let base: 'past' | 'plan' = 'plan';
  let explicit = false;
  let columns: ReturnType<typeof tableHead>;
  let sectionSpan: Context['span'];
  let sectionTime: Context['time'];
  const readOne = (paragraph: Paragraph): ReturnType<Reader['read']> => {
    const { text } = paragraph;
    const heading = headingOf(text);
    if (heading !== undefined) {
      sections = [...sections.filter(([level]) => level < heading.level), [heading.level, heading.title]];
      const mood = moodOfHeading(heading.title, year);
      if (mood !== undefined) [base, explicit] = [mood, true];
      const time = timeOfHeading(heading.title, year);
      if (time !== undefined) sectionTime = time.lasting ? time : undefined;
    }
    const context: Context = {
      year,
      base,
      explicit,
      tense: base,
      goals: undefined,
      firmness: undefined,
      striving: false,
      subject: undefined,
      verb: undefined,
      verbFirmness: undefined,
      time: undefined,
      lastingTime: sectionTime,
      span: sectionSpan ?? (typeof sectionTime?.period === 'string' ? undefined : sectionTime),
      section: sections.map(([, title]) => title),
      last: undefined,
      leader: undefined,
      lookup,
      found: [],
      rejected: [],
      qualitative: [],
    };
    if (isRow(text)) {
      const head = tableHead(text);
      const span = sectionTime?.period;
      if (head === undefined)
        readRow(
          text,
          columns,
          span === undefined || typeof span === 'string' ? spanOf(columns, year) : span,
          context,
        );
      else columns = head;
      return context;
    }
    if (heading === undefined || heading.end < text.length) readSentences(text, heading?.end ?? 0, context);
    groups.push(...groupsIn(text));
    base = context.base;
    explicit = context.explicit;
    sectionSpan = context.span;
    return context;
  };
  return { read: readOne, groups: () => named(groups) };
}

/** No clause is longer; what claims to be is cut here, which keeps the time linear in the text. */
const longestClause = 300;

function readSentences(text: string, from: number, context: Context): void {
  let start = from;
  let depth = 0;
  let fresh = true;
  let opened = 0;
  for (let i = from; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x4e00 && code <= 0x9fff && i - start < longestClause && depth === 0) continue;
    const c = text[i];
    if (c === '(' && depth === 0) [depth, opened] = [1, i];
    else if (c === ')' || i - opened > 150) depth = 0;
    const sentenceEnd = c === undefined || c === '。' || c === '!' || c === '?';
    const clauseEnd =
      sentenceEnd ||
      c === ';' ||
      c === ':' ||
      c === '，' ||
      (c === ',' && !isGroup(text, i)) ||
      i - start >= longestClause;
    if (!clauseEnd || (depth === 1 && !sentenceEnd)) continue;
    if (i > start) {
      if (fresh) context.tense = outcome(text, start, context) ? 'past' : context.tense;
      fresh = sentenceEnd;
      setGoals(text, start, i, c, context);
      readClause(text, start, i, context, true);
      readParentheses(text, start, i, context);
    }
    start = clauseEnd && i - start >= longestClause ? i : i + 1;
    if (c === ';') [context.subject, context.striving] = [undefined, false];
    if (sentenceEnd) endSentence(context);
  }
}

const compared = ['同比增长', '同比下降', '同比提高', '同比分别增长'];
const aimed = [
  '力争',
  '预期',
  '目标',
  '计划',
  '确保',
  '将',
  '要',
  '拟',
  '今年',
  '左右',
  '以上',
  '争取',
  '以内',
  '年内',
  '建议',
  '安排',
];

/** "Came to 32 billion, 8.3 % up on the year" with no word that looks ahead is an outcome, where no heading says otherwise. */
function outcome(text: string, from: number, context: Context): boolean {
  if (context.explicit || context.goals !== undefined) return false;
  const reach = text.slice(from, from + 300);
  const stop = reach.indexOf('。');
  const sentence = stop === -1 ? reach : reach.slice(0, stop);
  return compared.some((word) => sentence.includes(word)) && !aimed.some((word) => sentence.includes(word));
}

/** Each group once, with its members where any mention has them. */
function named(groups: readonly Group[]): readonly Group[] {
  const byName = new Map<string, Group>();
  for (const group of groups)
    if (byName.get(group.name)?.members === undefined) byName.set(group.name, group);
  return [...byName.values()];
}

/** The years that a table's columns cover, from the plan's on. */
function spanOf(columns: ReturnType<typeof tableHead>, year: number): Span | undefined {
  const years = (columns ?? []).flatMap((column) =>
    column.kind === 'year' && column.year >= year ? [column.year] : [],
  );
  if (years.length === 0 || Math.max(...years) === year) return undefined;
  return [`${year}`, `${Math.max(...years)}`];
}

function endSentence(context: Context): void {
  context.striving = false;
  context.subject = undefined;
  context.verb = undefined;
  context.verbFirmness = undefined;
  context.time = undefined;
  context.firmness = undefined;
  context.leader = undefined;
  context.tense = context.base;
  context.last = undefined;
}

/** "The main expected targets are": what follows in the paragraph is a list of headline targets. */
function setGoals(text: string, from: number, to: number, end: string | undefined, context: Context): void {
  const clause = text.slice(Math.max(from, to - 60), to);
  if (!clause.includes('目标') && !clause.includes('指标') && !clause.includes('预期')) return;
  if (clause.includes('约束性')) context.goals = 'binding';
  else if (clause.includes('预期')) context.goals = 'expected';
  else if (end === ':' || clause.endsWith('是') || clause.endsWith('为') || /目标[是为]/.test(clause))
    context.goals = 'expected';
}

function readParentheses(text: string, from: number, to: number, context: Context): void {
  for (let i = from; i < to; i++) {
    if (text[i] !== '(') continue;
    let close = i + 1;
    while (close < to && text[close] !== ')') close++;
    let digit = false;
    for (let j = i + 1; j < close && !digit; j++)
      digit = text.charCodeAt(j) >= 48 && text.charCodeAt(j) <= 57;
    if (digit && close - i > 4) {
      const { subject, verb, last } = context;
      readClause(text, i + 1, close, context, true);
      [context.subject, context.verb, context.last] = [subject, verb, last];
    }
    i = close;
  }
}

/** A comma in 1,000: digits on both sides, exactly three after it. */
function isGroup(text: string, at: number): boolean {
  const digit = (i: number): boolean => text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 57;
  return digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
}
