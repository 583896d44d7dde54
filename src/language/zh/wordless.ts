import type { Found } from '../reading.ts';
import type { Clause, Context } from './clause.ts';

import { subjectWords } from './subject.ts';
import { firmnessOf } from './target.ts';
import { timeOf } from './when.ts';
import type { Token } from './token.ts';

/** Targets whose number is a word: in step, full coverage, kept at zero; and promises with none. True when one was read. */
export function readWords(clause: Clause, context: Context): boolean {
  if (clause.past) return false;
  const frame = frameOf(clause, context);
  if (frame.length > 0) {
    context.found.push(...frame);
    return true;
  }
  const found =
    inStep(clause, context) ?? covered(clause, context) ?? zero(clause, context) ?? relative(clause, context);
  if (found !== undefined) {
    context.found.push(found);
    context.last = context.found.length - 1;
    context.subject = found.subject;
    context.leader = found.subject;
    return true;
  }
  qualitative(clause, context);
  return false;
}

function base(
  clause: Clause,
  context: Context,
  token: Token,
  subject: string,
  scope: string | undefined,
): Omit<Found, 'measure' | 'relation'> {
  const when = timeOf(clause, context);
  const row = context.lookup(subject);
  const scoped = row?.scope ?? scope;
  return {
    span: [clause.from, token.end],
    number: [token.start, token.end],
    language: 'zh',
    section: context.section,
    subject,
    ...(row === undefined ? {} : { row }),
    ...(scoped === undefined ? {} : { scope: scoped }),
    publishedUnit: 'ratio',
    verb: clause.text.slice(token.start, token.end),
    period: when.period,
    deadline: when.deadline,
    firmness: firmnessOf(
      clause,
      { tokens: [], start: token.start },
      { start: token.start, end: token.end },
      context,
    ),
    doubts: [],
  };
}

const frameNouns = '环横纵射轴联';

/** “两环、两横、五纵”的路网框架: a structure that is counted in its name. */
function frameOf(clause: Clause, context: Context): Found[] {
  const { text, tokens } = clause;
  const verb = tokens.find((token) => token.tag === 'deliver');
  const items: Found[] = [];
  if (
    verb === undefined ||
    !tokens.some((token) => token.tag === 'name' || token.tag === 'number' || token.tag === 'plain')
  )
    return [];
  for (let i = clause.from; i + 1 < clause.to; i++) {
    const value = '〇一二三四五六七八九十'.indexOf(text[i] === '两' ? '二' : text[i]!);
    if (value < 1 || !frameNouns.includes(text[i + 1]!) || text[i + 2] === '路' || text[i - 1] === '第')
      continue;
    const token: Token = { tag: 'number', start: i, end: i + 2 };
    items.push({
      ...base(clause, context, token, text[i + 1]!, undefined),
      verb: text.slice(verb.start, verb.end),
      counted: text[i + 1]!,
      publishedUnit: text[i + 1]!,
      measure: 'level',
      relation: 'reach',
      amount: { low: value, high: value },
      doubts: ['a structure that the plan names by its parts'],
    });
  }
  const framed = ['路网', '框架', '骨架', '格局', '交通', '通道', '干线', '道路', '路'].some((word) =>
    text.slice(clause.from, clause.to).includes(word),
  );
  return items.length >= 2 && framed
    ? items.map((item) => ({ ...item, subject: `路网${item.subject}` }))
    : [];
}

/** 财政收入同步增长, 居民收入与经济同步增长, 居民收入增长和经济增长基本同步. */
function inStep(clause: Clause, context: Context): Found | undefined {
  const { tokens, text } = clause;
  const step = tokens.find((token) => token.tag === 'step');
  if (step === undefined) return undefined;
  const grows =
    text.slice(step.start, Math.min(clause.to, step.end + 4)).includes('增') ||
    text.slice(clause.from, step.start).includes('增') ||
    text.slice(clause.from, step.start).includes('收入');
  if (!grows) return undefined;
  const join = [...tokens]
    .reverse()
    .find(
      (token) =>
        token.end <= step.start &&
        (token.tag === 'join' || token.tag === 'prep') &&
        '和与同跟及'.includes(text[token.start]!) &&
        token.end - token.start === 1 &&
        context.lookup(stem(text.slice(token.end, wordsEnd(tokens, step)))) !== undefined,
    );
  const words = subjectWords(clause, clause.from, join?.start ?? wordsEnd(tokens, step));
  const subject = stem(`${words.verbs}${words.subject}`);
  if (subject === '') return undefined;
  const leaderWords = join === undefined ? undefined : stem(text.slice(join.end, wordsEnd(tokens, step)));
  const leader = leaderWords === undefined ? context.leader : leaderWords;
  const doubts =
    leader === undefined
      ? ['in step with an indicator that the text does not name']
      : join === undefined
        ? [`in step with the indicator of the clause before, ${leader}`]
        : [];
  return {
    ...base(clause, context, step, subject, undefined),
    measure: 'growth',
    relation: 'in-step-with',
    leader: leader ?? '地区生产总值',
    doubts,
  };
}

function wordsEnd(tokens: readonly Token[], step: Token): number {
  let end = step.start;
  for (const token of [...tokens].reverse()) {
    if (
      token.end === end &&
      ['adverb', 'reach', 'hold', 'strive', 'ensure', 'grow', 'growNoun', 'plain'].includes(token.tag) &&
      token.end - token.start <= 3
    )
      end = token.start;
  }
  return end;
}

/** 居民收入增长 is about 居民收入. */
function stem(words: string): string {
  for (const tail of ['增长速度', '增长', '增速', '增幅', '实际', '的'])
    if (words.endsWith(tail) && words.length > tail.length && words !== '经济增长')
      return stem(words.slice(0, -tail.length));
  return words;
}

/** 实现社区卫生服务中心全覆盖, 主次街路全部实现湿扫作业. */
function covered(clause: Clause, context: Context): Found | undefined {
  const { tokens, text } = clause;
  const cover = tokens.find((token) => token.tag === 'cover');
  const all = cover === undefined ? allOf(clause) : undefined;
  const token = cover ?? all;
  if (token === undefined) return undefined;
  const words = subjectWords(clause, clause.from, token.start);
  const tail = all === undefined ? '' : text.slice(all.end, clause.to).replace(/^(?:实现|完成|达到)/, '');
  const subject = `${words.verbs}${words.subject}${tail}`;
  if (words.subject === '' && words.verbs === '') return undefined;
  return {
    ...base(clause, context, token, subject, undefined),
    measure: 'share',
    relation: 'reach',
    amount: { low: 1, high: 1 },
  };
}

const allVerbs = [
  '实现',
  '完成',
  '达到',
  '达标',
  '建成',
  '通',
  '纳入',
  '脱贫',
  '退出',
  '投入',
  '竣工',
  '开工',
  '接入',
  '配备',
  '签约',
  '搬迁',
  '入住',
  '关闭',
  '取缔',
  '整改',
  '消除',
  '拆除',
  '改造',
];

function allOf(clause: Clause): Token | undefined {
  const within = clause.text.slice(clause.from, clause.to).indexOf('全部');
  if (within < 1) return undefined;
  const at = clause.from + within;
  return allVerbs.some((verb) => clause.text.startsWith(verb, at + 2))
    ? { tag: 'cover', start: at, end: at + 2 }
    : undefined;
}

/** 零就业家庭保持动态为零: held at zero. */
function zero(clause: Clause, context: Context): Found | undefined {
  const { tokens, text } = clause;
  const token = tokens.find((each) => each.tag === 'zero');
  if (
    token === undefined ||
    (text.slice(token.start, token.end) === '零增长' &&
      context.goals === undefined &&
      token.start === clause.from)
  )
    return undefined;
  let end = token.start;
  for (const each of [...tokens].reverse())
    if (
      each.end === end &&
      ['reach', 'hold', 'adverb', 'each', 'ensure', 'push', 'strive'].includes(each.tag)
    )
      end = each.start;
  const words = subjectWords(clause, clause.from, end);
  const subject = `${words.verbs}${words.subject}`;
  if (subject === '') return undefined;
  const growth = text.slice(token.start, token.end) === '零增长';
  return {
    ...base(clause, context, token, subject, undefined),
    measure: growth ? 'growth' : 'level',
    relation: growth ? 'reach' : 'at-most',
    publishedUnit: growth ? 'ratio' : 'count',
    amount: { low: 0, high: 0 },
    firmness: 'hold',
  };
}

const figures = [
  '全国',
  '全省',
  '全市',
  '全区',
  '全州',
  '经济',
  'GDP',
  '地区生产总值',
  '城镇',
  '上年',
  '去年',
  '世界',
  '国家',
  '中部',
  '西部',
  '周边',
  '财政',
  '居民收入',
  '农村',
  '省',
  '市',
  '平均',
];

/** 农村居民收入增速高于城镇居民: more than a figure that the text does not give. */
function relative(clause: Clause, context: Context): Found | undefined {
  const { tokens, text } = clause;
  const token = tokens.find(
    (each) =>
      each.tag === 'more' ||
      each.tag === 'over' ||
      each.tag === 'atLeast' ||
      (each.tag === 'compare' && /^(?:高于|快于|不低于|好于)/.test(text.slice(each.start, each.end))),
  );
  if (token === undefined) return undefined;
  const start = token.tag === 'compare' ? token.start + (text[token.start] === '不' ? 3 : 2) : token.end;
  const versus = text.slice(start, clause.to);
  if (versus.length === 0 || versus.length > 24 || !figures.some((figure) => versus.startsWith(figure)))
    return undefined;
  const words = subjectWords(clause, clause.from, token.start);
  const subject =
    stem(words.subject) || (text.slice(clause.from, token.start).length <= 4 ? (context.subject ?? '') : '');
  if (subject === '') return undefined;
  const known = context.lookup(subject);
  const growth =
    /[增涨][长速幅]/.test(text.slice(clause.from, token.start)) ||
    (known !== undefined && known.unit !== 'ratio') ||
    versus.includes('增');
  const strict = text[token.start] !== '不';
  const number: Token = { tag: 'number', start: token.start, end: clause.to };
  return {
    ...base(clause, context, number, subject, undefined),
    verb: text.slice(token.start, start),
    measure: growth ? 'growth' : 'share',
    relation: 'at-least',
    amount: { low: 0, high: 0 },
    ...(strict ? { strict: true } : {}),
    versus,
  };
}

const actions = new Set([
  '完成',
  '实现',
  '启动',
  '建成',
  '开工',
  '投产',
  '竣工',
  '通车',
  '开工建设',
  '投入使用',
  '打通',
  '建成投用',
  '整体搬迁',
  '争创',
  '开通',
  '交付',
  '出台',
  '制定',
  '编制完成',
]);

/** A dated milestone, or what is done or kept without a number. */
function qualitative(clause: Clause, context: Context): void {
  const { tokens, text } = clause;
  const dated = tokens.find(
    (token) => token.tag === 'time' && !token.time!.past && token.time!.deadline !== undefined,
  );
  const act = tokens.find(
    (token) =>
      (token.tag === 'deliver' || token.tag === 'reach' || token.tag === 'strive' || token.tag === 'plan') &&
      actions.has(text.slice(token.start, token.end)),
  );
  const headline = context.goals !== undefined;
  if (!headline && act === undefined) return;
  if (
    !headline &&
    dated === undefined &&
    act!.start > clause.from + 2 &&
    text.slice(act!.start, act!.end) !== '争创'
  )
    return;
  const words = subjectWords(clause, clause.from, clause.to);
  if (
    words.subject.length < 2 ||
    clause.to - clause.from > 80 ||
    '是为:'.includes(text[clause.to - 1]!) ||
    words.subject.includes('目标')
  )
    return;
  const known = headline ? knownIn(words.subject, context) : undefined;
  if (headline && known === undefined && act === undefined) return;
  const when = timeOf(clause, context);
  context.qualitative.push({
    span: [clause.from, clause.to],
    section: context.section,
    ...(known === undefined ? {} : { indicator: known }),
    deadline: when.deadline,
    firmness: clause.firmness ?? context.goals ?? 'commit',
  });
}

function knownIn(words: string, context: Context): string | undefined {
  for (let end = Math.min(words.length, 24); end >= 2; end--) {
    const row = context.lookup(words.slice(0, end));
    if (row !== undefined) return row.id;
  }
  return undefined;
}
