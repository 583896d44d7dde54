import type { UnreadReason } from '../reading.ts';
import type { Clause, Context } from './clause.ts';
import type { Quantity } from './quantity.ts';
import { each, lastSubjects, splitSubjects } from './list.ts';
import { subjectWords, trim } from './subject.ts';
import type { Token } from './token.ts';

/** What a number is about, in the clause's own words. */
export interface Label {
  readonly subjects: readonly string[];
  readonly verb: string;
  readonly scope?: string;
  /** From where to where the words of the target stand. */
  readonly start: number;
  readonly end: number;
  readonly ofWhich: boolean;
  /** Named by an earlier clause. */
  readonly inherits: boolean;
  readonly doubts: readonly string[];
}

const countable = new Set(['count', 'persons', 'area', 'length', 'mass', 'volume', 'energy', 'rate']);

/** Label of a number, or the reason why it is no target. */
export function labelFrom(
  clause: Clause,
  pre: readonly [number, number],
  chain: readonly Token[],
  quantity: Quantity,
  post: readonly [number, number],
  context: Context,
): Label | UnreadReason {
  const { text, tokens } = clause;
  const words = subjectWords(clause, pre[0], pre[1]);
  const doubts: string[] = [];
  const predicate = chain.find((token) =>
    ['grow', 'fall', 'to', 'toFall', 'reach', 'over', 'under', 'control'].includes(token.tag),
  );
  const verb =
    predicate === undefined
      ? words.verb ||
        ('、和及'.includes(text[pre[0]] ?? ' ') ||
        (countable.has(quantity.family) && chain.length === 0 && quantity.end < post[1])
          ? (context.verb ?? '')
          : '')
      : text.slice(predicate.start, predicate.end);
  if (words.verb !== '') context.verb = words.verbs === '' ? context.verb : words.verbs;
  const beside = tokens.find((token) => token.end === quantity.start && token.tag === 'prep');
  if (beside !== undefined && quantity.family !== 'percent' && quantity.family !== 'money')
    return 'attribute';
  const object =
    countable.has(quantity.family) ||
    (quantity.family === 'percent' && text[quantity.end] === '的' && chain.length === 0)
      ? objectAfter(clause, post)
      : { words: '', end: quantity.end };
  const common = { verb, start: words.start, ofWhich: words.ofWhich, doubts };
  if (object.words !== '') {
    const listed = words.subject.endsWith('等') || words.subject.endsWith('等共');
    const scope = listed || words.subject === '' ? '' : words.subject;
    const verbs =
      words.verbs === '' && scope === '' && predicate === undefined && !listed
        ? carriedVerb(context, quantity)
        : words.verbs;
    const scoped = scope.length > 0 && scope.length <= 16 ? scope : '';
    if ((words.toward || '对向为从以按'.includes(scope[0] ?? ' ')) && words.verbs === '') return 'attribute';
    if (scope !== '' && quantity.family === 'persons' && !isPlace(scope))
      return { ...common, subjects: [`${words.verbs}${scope}`], end: quantity.end, inherits: false };
    return {
      ...common,
      subjects: [`${verbs}${object.words}`],
      ...(scoped === '' ? {} : { scope: scoped }),
      end: object.end,
      inherits: false,
    };
  }
  let subject =
    words.subject.length === 1 && context.subject !== undefined
      ? words.subject + context.subject
      : words.subject;
  if (subject.startsWith('占') && words.verbs === '' && context.subject !== undefined)
    subject = context.subject + subject;
  if (
    totals.has(subject) &&
    words.verbs === '' &&
    context.subject !== undefined &&
    !context.subject.endsWith(subject)
  )
    subject = context.subject.replace(/(?:播种|种植)面积$/, '') + subject;
  if (subject.endsWith('等')) subject = subject.slice(0, -1);
  const full = `${words.verbs}${subject}`;
  if (full === '' || (subject === '' && words.verbs === '')) {
    if (
      quantity.family === 'count' &&
      predicate === undefined &&
      chain.length === 0 &&
      context.subject === undefined
    )
      return 'unclear';
    if (context.subject === undefined)
      return quantity.family === 'percent' && chain.length > 0
        ? {
            ...common,
            subjects: ['经济增长'],
            end: quantity.end,
            inherits: false,
            doubts: ['no subject is named; taken as the growth of the economy'],
          }
        : 'unclear';
    return {
      ...common,
      subjects: each(chain) ? lastSubjects(clause, quantity, context) : [context.subject],
      end: quantity.end,
      inherits: true,
    };
  }
  if (subject === '' && quantity.family === 'money') {
    const more = trim(text.slice(quantity.end, Math.min(post[1] + 16, nextNumber(clause, quantity.end))));
    return { ...common, subjects: [`${full}${more}`], end: quantity.end, inherits: false };
  }
  const listed = splitSubjects(clause, subject, words, pre[1], each(chain), context);
  const needsVerb =
    words.verbs === '' &&
    context.verb !== undefined &&
    context.goals === undefined &&
    predicate === undefined &&
    quantity.family !== 'percent' &&
    quantity.family !== 'points' &&
    text[pre[0]] === '、';
  const subjects = listed ?? [
    context.lookup(subject) !== undefined && context.lookup(full) === undefined
      ? words.verbs === '' || context.goals !== undefined
        ? subject
        : full
      : full,
  ];
  const withVerb =
    needsVerb && subjects.length === 1 && context.lookup(subjects[0]!) === undefined
      ? [`${context.verb}${subjects[0]}`]
      : subjects;
  return { ...common, subjects: withVerb, end: quantity.end, inherits: false };
}

function carriedVerb(context: Context, quantity: Quantity): string {
  return quantity.family === 'count' && context.verb !== undefined ? context.verb : '';
}

function isPlace(words: string): boolean {
  return '市县区省国城镇乡村域内'.includes(words.at(-1)!);
}

function nextNumber(clause: Clause, at: number): number {
  return clause.tokens.find((token) => token.start >= at && token.tag === 'number')?.start ?? clause.to;
}

const stops = new Set([
  'strive',
  'ensure',
  'push',
  'will',
  'time',
  'goal',
  'from',
  'past',
  'control',
  'ofWhich',
  'cum',
  'more',
]);

/** The counted noun behind a number: up to a mood word, 并, or a clear verb. */
function objectAfter(clause: Clause, post: readonly [number, number]): { words: string; end: number } {
  const { text, tokens } = clause;
  let end = post[1];
  let rest = '';
  for (const token of tokens) {
    if (token.start < post[0] || token.start >= end) continue;
    const word = text.slice(token.start, token.end);
    if (word === '的' || token.tag === 'name') continue;
    const ends =
      (stops.has(token.tag) && word !== '计划') ||
      word === '并' ||
      word === '且' ||
      word === '同时' ||
      word === '全部' ||
      (token.tag === 'reach' && word.length >= 2) ||
      (token.tag === 'prep' && word.length >= 2 && word !== '面向') ||
      token.tag === 'paren' ||
      (word === '以' && token.start > post[0]);
    if (!ends) continue;
    rest = restOf(clause, token.start, post[1]);
    end = token.start;
  }
  let start = post[0];
  while (start < end && '的、'.includes(text[start]!)) start++;
  let words = trim(text.slice(start, end));
  if (words.startsWith('，')) words = '';
  if (words.length <= 3 && rest !== '' && words !== '') words += rest;
  return { words, end: words === '' ? post[0] : end };
}

/** What is to be done, behind 力争实现: 竣工投产. */
function restOf(clause: Clause, at: number, to: number): string {
  let i = at;
  for (const token of clause.tokens) {
    if (
      token.start === i &&
      token.end <= to &&
      (stops.has(token.tag) || token.tag === 'reach' || token.tag === 'adverb')
    )
      i = token.end;
  }
  return clause.text.slice(i, Math.min(to, i + 8));
}

/** Words that name a figure of whatever the clause before was about: 总数突破600家. */
const totals = new Set([
  '总数',
  '总量',
  '总额',
  '总产',
  '总产量',
  '总投资',
  '数量',
  '总规模',
  '占比',
  '总面积',
  '总产值',
  '总值',
  '年度投资',
]);
