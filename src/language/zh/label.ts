import type { UnreadReason } from '../reading.ts';
import type { Clause, Context } from './clause.ts';
import type { Quantity } from './quantity.ts';
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

const leading = new Set([
  'time',
  'adverb',
  'strive',
  'ensure',
  'will',
  'join',
  'ofWhich',
  'each',
  'paren',
  'goal',
  'copula',
  'past',
  'estimate',
  'avg',
  'cum',
  'yearly',
  'compare',
  'perfect',
  'expected',
  'binding',
  'about',
]);
/** Adverbs that may as well begin a name, 基本养老保险: stripped only in front of another function word. */
const nouns = new Set([
  '基本',
  '集中',
  '重点',
  '科学',
  '有效',
  '全面',
  '合理',
  '综合',
  '实际',
  '统筹',
  '主动',
  '总体',
  '积极',
  '名义',
]);
const weak = new Set(['push', 'reach']);
const weakVerbs = new Set([
  '抓好',
  '狠抓',
  '重点抓好',
  '全力抓好',
  '着力抓好',
  '突出抓好',
  '集中抓好',
  '完成',
  '达成',
  '重点推进',
  '组织',
  '精心组织',
]);

/** The words before a number, freed of time, mood and joins, in three parts: verb, subject, and where they start. */
export function subjectWords(
  clause: Clause,
  from: number,
  to: number,
): { toward: boolean; verb: string; verbs: string; subject: string; start: number; ofWhich: boolean } {
  const { text, tokens } = clause;
  let at = from;
  let verb = '';
  let verbs = '';
  let ofWhich = false;
  let start = -1;
  for (const token of tokens) {
    if (token.end <= at) continue;
    while (
      at < token.start &&
      at < to &&
      '、,，:。 '.includes(text[at]!) &&
      verbs === '' &&
      !(text[at] === '“' && token.start > at + 1)
    )
      at++;
    if (token.start > at || token.end > to) break;
    if (token.tag === 'ofWhich')
      ofWhich = text.startsWith('其中', token.start) || text.startsWith('含', token.start);
    if (token.tag === 'deliver' && text[token.end] === '率') break;
    if (token.tag === 'deliver') {
      if (start === -1) start = token.start;
      const word = text.slice(token.start, token.end);
      verb += word;
      if (!weakVerbs.has(word)) verbs += word;
    } else if (weak.has(token.tag)) {
      if (start === -1) start = token.start;
      verb += text.slice(token.start, token.end);
    } else if (token.tag === 'plan') {
      if (start === -1) start = token.start;
      verb += text.slice(token.start, token.end);
      verbs += text.slice(token.start, token.end);
    } else if (token.tag === 'number' && token.quantity!.family === 'years' && token.end === to) {
      // 五年翻一番: a stretch of time.
    } else if (
      !leading.has(token.tag) ||
      (nouns.has(text.slice(token.start, token.end)) &&
        !tokens.some((each) => each.start === token.end && each.tag !== 'plain'))
    )
      break;
    else if (verbs !== '' && token.tag === 'join' && text[token.start] !== '、') break;
    else if (verbs !== '' && (token.tag === 'prep' || token.tag === 'time')) break;
    at = token.end;
  }
  while (at < to && '、,，: '.includes(text[at]!)) at++;
  if (at < to && '对向为给在'.includes(text[at]!)) {
    const act = tokens.find((token) => token.tag === 'deliver' && token.start > at && token.end < to);
    if (act !== undefined) {
      at = act.end;
      verbs += text.slice(act.start, act.end);
      verb += text.slice(act.start, act.end);
      start = act.start;
    }
  }
  const toward = text[at] === '对';
  if (at < to && '将把对使'.includes(text[at]!)) at++;
  let until = to;
  for (const token of tokens) {
    if (token.start <= at || token.end > to) continue;
    const next = text[token.end];
    const compares =
      (token.tag === 'more' || token.tag === 'over' || token.tag === 'less') &&
      figures.some((figure) => text.startsWith(figure, token.end));
    if ((compares || token.tag === 'from') && next !== undefined && token.end < to) {
      until = token.start;
      break;
    }
  }
  return {
    toward,
    verb,
    verbs,
    subject: trim(text.slice(at, until)),
    start: start === -1 ? at : start,
    ofWhich,
  };
}

function trim(words: string): string {
  let end = words.length;
  while (end > 0 && '的、,，: 中为在'.includes(words[end - 1]!)) end--;
  let start = 0;
  while (start < end && '、,，: '.includes(words[start]!)) start++;
  const trimmed = words.slice(start, end);
  return trimmed.includes('(') ? trimmed.replaceAll(/\([^)]{0,80}\)/g, '') : trimmed;
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

function each(chain: readonly Token[]): boolean {
  return chain.some((token) => token.tag === 'each');
}

/** 分别增长20%和15% behind two clauses: their subjects, as many as there are numbers. */
function lastSubjects(clause: Clause, quantity: Quantity, context: Context): readonly string[] {
  let count = 0;
  let at = quantity.start;
  for (const token of clause.tokens) {
    if (token.start < at) continue;
    if (token.start > at + 1 || (token.tag !== 'number' && token.tag !== 'join')) break;
    if (token.tag === 'number') count++;
    at = token.end;
  }
  const recent = context.found.slice(-count).map((found) => found.subject);
  return count >= 2 && recent.length === count && new Set(recent).size === count
    ? recent
    : [context.subject ?? ''];
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

/** One word for two, which 分别 takes apart. */
const pairs: readonly (readonly [string, readonly [string, string]])[] = [
  ['城乡', ['城镇', '农村']],
  ['存贷款', ['存款', '贷款']],
];

/** First parts of names that share the rest: 城市和农村低保标准. */
const kinds = [
  '城市',
  '城镇',
  '农村',
  '农民',
  '城乡',
  '国有',
  '集体',
  '男性',
  '女性',
  '公路',
  '铁路',
  '省级',
  '市级',
  '国家级',
  '县级',
  '新建',
  '改造',
];

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

/** Last parts of names that a list shares: 失业保险、工伤保险参保人数. */
const endings = [
  '参保人数',
  '人数',
  '增加值',
  '总产值',
  '覆盖率',
  '普及率',
  '总产量',
  '产量',
  '面积',
  '排放量',
  '达标率',
  '入学率',
  '收入',
  '投资',
];

/** One clause may name what another is compared with: 高于全国平均水平. */
const figures = [
  '全国',
  '全省',
  '全市',
  '全区',
  '经济',
  'GDP',
  '地区生产总值',
  '城镇',
  '平均',
  '世界',
  '省',
  '市',
  '财政',
  '国家',
];

/** A subject that is a list: 分别 and 均 split any, and a list of indicators of the lexicon is split without them. */
function splitSubjects(
  clause: Clause,
  subject: string,
  words: { verbs: string },
  to: number,
  each: boolean,
  context: Context,
): readonly string[] | undefined {
  if (
    context.lookup(`${words.verbs}${subject}`) !== undefined &&
    !(each && pairs.some(([word]) => subject.includes(word)))
  )
    return undefined;
  const pair = pairs.find(([word]) => subject.includes(word));
  if (each && pair !== undefined) return pair[1].map((word) => subject.replace(pair[0], word));
  if (subject === '' || subject.length > 200) return undefined;
  const from = clause.text.lastIndexOf(subject, to);
  if (from < clause.from) return undefined;
  const parts: string[] = [];
  let at = from;
  for (const token of clause.tokens) {
    if (token.tag !== 'join' || token.start < from || token.end > from + subject.length) continue;
    parts.push(clause.text.slice(at, token.start));
    at = token.end;
  }
  if (parts.length === 0) return undefined;
  parts.push(clause.text.slice(at, from + subject.length));
  const last = parts.at(-1)!;
  const named = parts.map((part, i) => {
    if (context.lookup(part) !== undefined) return part;
    for (let k = 0; k < last.length && i < parts.length - 1; k++)
      if (context.lookup(part + last.slice(k)) !== undefined) return part + last.slice(k);
    const first = parts[0]!;
    for (let k = first.length - 1; k > 1 && i > 0; k--)
      if (context.lookup(first.slice(0, k) + part) !== undefined) return first.slice(0, k) + part;
    return part;
  });
  if (/^第?一$/.test(parts[0]!) && last.includes('产业'))
    return parts.map((part) => `第${part.replace('第', '')[0]!}产业增加值`);
  const ending = endings.find((word) => last.endsWith(word) && last.length > word.length);
  for (const [i, part] of named.entries())
    if (ending !== undefined && each && !'率量额值数入资出重例'.includes(part.at(-1)!))
      named[i] = `${part}${ending}`;
  const kind = kinds.find((word) => last.startsWith(word));
  for (const [i, part] of named.entries())
    if (kind !== undefined && kinds.includes(part)) named[i] = `${part}${last.slice(kind.length)}`;
  const known = named.filter((part) => context.lookup(part) !== undefined).length;
  if (!each && known < named.length) return undefined;
  const prefix = words.verbs;
  return named
    .filter((part) => part !== '')
    .map((part) => (prefix !== '' && context.lookup(part) === undefined ? prefix + part : part));
}
