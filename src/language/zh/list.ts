import type { Clause, Context } from './clause.ts';
import type { Quantity } from './quantity.ts';
import type { Token } from './token.ts';

/** A subject that is a list: 分别 and 均 split any, and a list of indicators of the lexicon is split without them. */
export function splitSubjects(
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

export function each(chain: readonly Token[]): boolean {
  return chain.some((token) => token.tag === 'each');
}

/** 分别增长20%和15% behind two clauses: their subjects, as many as there are numbers. */
export function lastSubjects(clause: Clause, quantity: Quantity, context: Context): readonly string[] {
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
