import type { Firmness } from '../../plan/target.ts';
import type { Measure, Relation } from '../../plan/relation.ts';
import type { Period, Span } from '../../time/period.ts';
import type { Found, UnreadReason } from '../reading.ts';
import type { Clause, Context } from './clause.ts';
import { labelFrom, subjectWords } from './label.ts';
import type { Quantity } from './quantity.ts';
import type { Token } from './token.ts';

/** Words that touch the number on its left, nearest first: what happens to the subject. */
export interface Chain {
  readonly tokens: readonly Token[];
  readonly start: number;
}

/** Read one number of a clause: a target, or the reason why it is none. */
export function readQuantity(clause: Clause, index: number, context: Context): number {
  const { tokens } = clause;
  const quantity = tokens[index]!.quantity!;
  const reject = (reason: UnreadReason): number => {
    context.rejected.push({ span: [quantity.start, quantity.numberEnd], reason });
    return index;
  };
  const chain = chainBefore(clause, index);
  const modifies = modifierReason(clause, index, chain);
  if (modifies === 'baseline') {
    const from = tokens.find(
      (token) => token.tag === 'from' && token.end <= quantity.start && token.start > clause.from,
    );
    const before = from === undefined ? '' : subjectWords(clause, segmentStart(clause, index), from.start);
    if (before !== '' && `${before.verbs}${before.subject}` !== '')
      context.subject = `${before.verbs}${before.subject}`;
  }
  if (modifies !== undefined) return reject(modifies);
  if (clause.past) {
    remember(clause, index, chain, context);
    return reject('past');
  }
  const found = targetOf(clause, index, chain, context);
  if (typeof found === 'string') return reject(found);
  for (const each of found) {
    context.found.push(each);
    context.last = context.found.length - 1;
    context.leader = each.subject;
  }
  // 分别增长8%和9%: the second number is read with the first.
  const last = Math.max(...found.map((each) => each.number[1]));
  let next = index;
  while (next + 1 < tokens.length && tokens[next + 1]!.start < last) next++;
  return next;
}

const chainTags = new Set([
  'grow',
  'fall',
  'growNoun',
  'fallNoun',
  'to',
  'toFall',
  'reach',
  'over',
  'under',
  'atLeast',
  'atMost',
  'about',
  'control',
  'hold',
  'each',
  'avg',
  'cum',
  'yearly',
  'strive',
  'ensure',
  'will',
  'goal',
  'expected',
  'binding',
  'estimate',
  'compare',
  'adverb',
  'perfect',
  'time',
  'paren',
  'more',
  'less',
  'from',
  'past',
]);

/** The function words that touch the number, walking left. A verb of delivery ends it. */
function chainBefore(clause: Clause, index: number): Chain {
  const { tokens } = clause;
  const chain: Token[] = [];
  let at = tokens[index]!.start;
  for (let i = index - 1; i >= 0 && chain.length < 12; i--) {
    const token = tokens[i]!;
    const gap = at - token.end;
    if (gap > 0 && !(gap === 1 && ':“'.includes(clause.text[token.end]!))) break;
    const beforeIt = tokens[i - 1];
    const stands =
      token.tag === 'prep' &&
      clause.text[token.start] === '在' &&
      beforeIt !== undefined &&
      beforeIt.end === token.start &&
      chainTags.has(beforeIt.tag);
    if (!chainTags.has(token.tag) && !stands) break;
    chain.push(token);
    at = token.start;
  }
  return { tokens: chain, start: at };
}

function has(chain: Chain, ...tags: readonly string[]): boolean {
  return chain.tokens.some((token) => tags.includes(token.tag));
}

/** Why a number does not stand for how much or how many: a size, a starting point, a place in a name. */
function modifierReason(clause: Clause, index: number, chain: Chain): UnreadReason | undefined {
  const { tokens, text } = clause;
  const quantity = tokens[index]!.quantity!;
  const next = text[quantity.end];
  const inside = quantity.end < clause.to;
  const nearest = chain.tokens[0];
  const later = tokens.slice(index + 1, index + 9);
  if (nearest?.tag === 'from' || (has(chain, 'from') && !has(chain, 'to', 'toFall'))) {
    if (
      later.some(
        (token) =>
          token.tag === 'to' ||
          token.tag === 'toFall' ||
          token.tag === 'number' ||
          text.startsWith('至', token.start) ||
          text.startsWith('到', token.start),
      )
    )
      return 'baseline';
  }
  const then = tokens[index + 1];
  if (
    then !== undefined &&
    then.start === quantity.end &&
    (then.tag === 'to' || then.tag === 'toFall') &&
    tokens.some(
      (token) => token.tag === 'from' && token.end <= quantity.start && quantity.start - token.end <= 8,
    )
  )
    return 'baseline';
  if (isBaseline(clause, index)) return 'baseline';
  if (
    quantity.family === 'time' &&
    !has(chain, 'to', 'toFall', 'control', 'atMost', 'under', 'fall', 'reach', 'over', 'atLeast', 'growNoun')
  )
    return 'attribute';
  if (
    quantity.family === 'years' &&
    !(
      has(chain, 'to', 'reach', 'over', 'grow', 'atLeast') ||
      (!inside && text[quantity.numberEnd - 1] === '岁') ||
      text.slice(Math.max(clause.from, quantity.start - 12), quantity.start).includes('年限') ||
      text.slice(Math.max(clause.from, quantity.start - 12), quantity.start).includes('寿命')
    )
  )
    return 'attribute';
  const stands =
    has(chain, 'over', 'to', 'reach') &&
    (!inside || ['大关', '台阶', '关口', '、', '门槛'].some((word) => text.startsWith(word, quantity.end)));
  if (quantity.bare && stands) return undefined;
  if (!inside) return quantity.bare ? 'threshold' : undefined;
  if (quantity.family === 'percent' && percentRules.some((word) => text.startsWith(word, quantity.end)))
    return 'attribute';
  if (quantity.family === 'money' && inside && rewards.some((word) => text.startsWith(word, quantity.end)))
    return 'attribute';
  if (capacities.some((word) => text.startsWith(word, quantity.start - word.length)) && next !== '、')
    return 'attribute';
  if (quantity.family === 'percent' && next === '的') {
    const ahead = later.find((token) => token.tag === 'number');
    if (
      text.startsWith('的速度', quantity.end) ||
      text.startsWith('的幅度', quantity.end) ||
      text.startsWith('的增速', quantity.end) ||
      text.startsWith('的目标', quantity.end) ||
      text.startsWith('的水平', quantity.end)
    )
      return undefined;
    if (ahead !== undefined || has(chain, 'prep')) return ahead === undefined ? 'attribute' : undefined;
    return undefined;
  }
  const sized =
    quantity.family === 'money' ||
    quantity.family === 'area' ||
    quantity.family === 'mass' ||
    quantity.family === 'years' ||
    quantity.family === 'energy' ||
    quantity.family === 'persons' ||
    quantity.family === 'volume' ||
    quantity.family === 'length' ||
    quantity.family === 'rate';
  if (!sized) return quantity.bare ? 'name' : undefined;
  if (quantity.bare)
    return quantity.bound !== undefined ||
      has(chain, 'over', 'under') ||
      ['级', '项目', '企业', '产业', '园区', '乡镇', '镇', '村', '工程', '规模', '税收', '大', '投资'].some(
        (word) => text.startsWith(word, quantity.end),
      )
      ? 'threshold'
      : 'name';
  const bounded =
    quantity.bound === 'at-least' || quantity.bound === 'at-most' || has(chain, 'over', 'under');
  const follower = tokens.find((token) => token.start >= quantity.end);
  const followedByNoun =
    next !== '、' &&
    next !== ')' &&
    (follower === undefined ||
      follower.start > quantity.end ||
      follower.tag === 'plain' ||
      follower.tag === 'deliver' ||
      follower.tag === 'number' ||
      follower.tag === 'adverb' ||
      follower.tag === 'prep');
  if (text.startsWith('级', quantity.end) || text.startsWith('规模', quantity.end)) return 'threshold';
  if (
    bounded &&
    followedByNoun &&
    (quantity.family !== 'persons' || next !== '的' ? sizeNoun(text, quantity.end, clause.to) : true)
  )
    return 'threshold';
  if (
    next === '的' &&
    (quantity.family === 'money' ||
      quantity.family === 'mass' ||
      quantity.family === 'energy' ||
      quantity.family === 'area') &&
    inside
  )
    return 'attribute';
  if (quantity.family === 'persons' && bounded && followedByNoun && '村镇企'.includes(next ?? ' '))
    return 'threshold';
  return undefined;
}

/** What follows a percentage that is a rule (a tax rate, a subsidy), and what precedes a plant's capacity. */
const percentRules = [
  '征收',
  '缴纳',
  '的税率',
  '的补贴',
  '给予',
  '补贴',
  '奖励',
  '计提',
  '的比例',
  '比例',
  '贴息',
  '提取',
  '的标准',
  '股权',
  '返还',
];
const rewards = ['奖励', '奖补', '补助', '补贴', '罚款', '的奖励', '的补贴', '的补助', '一次性'];
const capacities = [
  '年产',
  '日处理',
  '年处理',
  '日产',
  '总装机',
  '装机容量',
  '占地',
  '占地面积',
  '年加工',
  '年出栏',
  '日供水',
  '总投资',
  '投资额',
];

const sizeNouns = [
  '项目',
  '的',
  '工业',
  '企业',
  '重大',
  '产业',
  '重点',
  '大项目',
  '园区',
  '集群',
  '商贸',
  '规模',
  '固定资产',
  '燃煤',
  '锅炉',
  '老',
  '主营',
  '投资',
  '招商',
  '内资',
  '外资',
  '单体',
  '强',
  '乡镇',
  '村',
  '高层次',
  '市场',
  '主体',
  '标准',
  '龙头',
  '优质',
  '先进',
  '制造',
  '新',
  '签约',
  '工程',
  '旅游',
  '文化',
  '服务',
  '税收',
  '纳税',
  '大企业',
  '骨干',
  '品牌',
  '科技',
  '城市',
  '县',
  '医疗',
  '人口',
  '大中型',
  '技改',
  '基地',
  '家庭农场',
  '种养',
  '婴幼儿',
  '农产品',
  '湖',
  '河',
  '大户',
  '养殖',
  '常住',
  '户籍',
  '贫困',
  '参保',
  '产值',
  '以上',
  '上市',
  '总部',
  '农业',
  '战略',
  '实体',
  '外来',
  '及',
];

function sizeNoun(text: string, at: number, to: number): boolean {
  return sizeNouns.some((word) => text.startsWith(word, at) && at + word.length <= to);
}

/** A figure that another is compared with: 比上年的80%, 在100亿元基础上. */
function isBaseline(clause: Clause, index: number): boolean {
  const { text, tokens } = clause;
  const { end, start } = tokens[index]!;
  if (text.startsWith('基础上', end) || text.startsWith('的基础上', end) || text.startsWith('的基数', end))
    return true;
  const before = tokens[index - 1];
  return (
    before !== undefined &&
    before.tag === 'prep' &&
    before.end === start &&
    ['第', '前', '距', '每', '该', '这', '那', '其他', '其它', '上述'].includes(
      text.slice(before.start, before.end),
    )
  );
}

/** Even an outcome names the subject that "strive for 9 %" in the next clause is about. */
function remember(clause: Clause, index: number, chain: Chain, context: Context): void {
  const words = subjectWords(clause, segmentStart(clause, index), chain.start);
  if (words.subject !== '') context.subject = words.subject;
}

/** Where the words of a number begin: behind the number before it, and behind a join after that. */
function segmentStart(clause: Clause, index: number): number {
  for (let i = index - 1; i >= 0; i--) {
    const token = clause.tokens[i]!;
    if (token.tag === 'number' && !isThreshold(clause, i)) return postEnd(clause, i, index);
  }
  return clause.from;
}

function isThreshold(clause: Clause, index: number): boolean {
  const reason = modifierReason(clause, index, chainBefore(clause, index));
  return reason !== undefined;
}

/** Where the words behind a number end that still belong to it, when another number follows. */
function postEnd(clause: Clause, index: number, nextIndex: number): number {
  const { tokens, text } = clause;
  const token = tokens[index]!;
  const limit = nextIndex < tokens.length ? tokens[nextIndex]!.start : clause.to;
  const family = token.quantity!.family;
  for (let i = token.end; i < limit && i < token.end + 60; i++) if ('、'.includes(text[i]!)) return i;
  for (let i = index + 1; i < nextIndex; i++) {
    const each = tokens[i]!;
    if (
      each.tag === 'join' ||
      (each.tag === 'deliver' && each.start > token.end && family === 'count') ||
      each.tag === 'ofWhich' ||
      (each.tag === 'reach' && family !== 'count')
    )
      return each.start;
  }
  if (family !== 'count' && family !== 'persons' && family !== 'area' && family !== 'length')
    return token.end;
  for (const word of moneyNouns) {
    const at = text.slice(token.end, Math.min(limit, token.end + 40)).indexOf(word);
    if (at >= 0) return token.end + at;
  }
  return nextIndex < tokens.length ? token.end : limit;
}

const moneyNouns = [
  '总投资',
  '计划投资',
  '年度投资',
  '投资',
  '总面积',
  '建筑面积',
  '面积',
  '产值',
  '资金',
  '惠及',
  '总长',
];

function targetOf(clause: Clause, index: number, chain: Chain, context: Context): Found[] | UnreadReason {
  const { tokens } = clause;
  const quantity = tokens[index]!.quantity!;
  const start = segmentStart(clause, index);
  const nextNumber = tokens.findIndex(
    (token, i) => i > index && token.tag === 'number' && !isThreshold(clause, i),
  );
  const post: readonly [number, number] = [
    quantity.end,
    nextNumber === -1 ? clause.to : Math.max(quantity.end, postEnd(clause, index, nextNumber)),
  ];
  const pre: readonly [number, number] = [Math.min(start, chain.start), chain.start];
  const label = labelFrom(clause, pre, chain.tokens, quantity, post, context);
  if (typeof label === 'string') return label;
  const when = timeOf(clause, context);
  const shape = shapeOf(clause, quantity, chain, label.subjects[0] ?? '', context);
  const doubts = [
    ...label.doubts,
    ...shape.doubts,
    ...(when.or === undefined ? [] : [`the last day may also be the anniversary in ${when.or}`]),
    ...(clause.estimated ? ['an estimate of the plan year, read as its target'] : []),
  ];
  const inherits =
    label.inherits &&
    context.found.length > 0 &&
    context.found.at(-1)!.firmness === 'strive' &&
    context.goals === undefined;
  const listed =
    context.striving &&
    context.goals === undefined &&
    shape.measure === 'growth' &&
    context.lookup(label.subjects[0] ?? '') !== undefined;
  if (
    clause.firmness === 'strive' &&
    clause.tokens.find((token) => token.tag !== 'time' && token.tag !== 'adverb')?.tag === 'strive'
  )
    context.striving = true;
  const firmness = inherits || listed ? 'strive' : firmnessOf(clause, chain, quantity, context);
  const threshold = thresholdOf(clause, index, start);
  const spanStart = label.start;
  const subjects = label.subjects.length === 0 ? [''] : label.subjects;
  const values = distributed(clause, index, subjects.length);
  context.subject = subjects.at(-1);
  return subjects.map((subject, i) => {
    const own = values === undefined ? quantity : (values[i] ?? quantity);
    const row = context.lookup(subject);
    const scoped = row?.scope ?? label.scope;
    const shaped = values === undefined && i === 0 ? shape : shapeOf(clause, own, chain, subject, context);
    return {
      span: [spanStart, Math.max(own.end, label.end)] as const,
      number: [own.start, own.numberEnd] as const,
      language: 'zh' as const,
      section: context.section,
      subject,
      ...(label.verb === '' ? {} : { verb: label.verb }),
      ...(scoped === undefined || scoped === '' ? {} : { scope: scoped }),
      measure: shaped.measure,
      relation: shaped.relation,
      ...(row === undefined ? {} : { row }),
      amount: { low: shaped.low, high: shaped.high },
      publishedUnit: shaped.unit,
      ...(own.counted === undefined ? {} : { counted: own.counted }),
      ...(shaped.strict ? { strict: true } : {}),
      ...(shaped.fall ? { fall: true } : {}),
      ...(own.family === 'points' ? { points: true } : {}),
      ...(shaped.multiple === undefined ? {} : { multiple: shaped.multiple }),
      ...(has(chain, 'avg') || clause.tokens.some((t) => t.tag === 'avg') ? { average: true } : {}),
      ...(shaped.cumulative ? { cumulative: true } : {}),
      ...(when.yearly || has(chain, 'yearly') ? { yearly: true } : {}),
      ...(shaped.versus === undefined ? {} : { versus: shaped.versus }),
      period: periodOf(
        when,
        shaped,
        clause,
        has(chain, 'avg') || clause.tokens.some((t) => t.tag === 'avg'),
        context.year,
      ),
      deadline: when.deadline,
      firmness,
      ...(threshold === undefined ? {} : { threshold }),
      ...(pricesOf(clause) === undefined ? {} : { prices: pricesOf(clause)! }),
      ...(label.ofWhich && context.last !== undefined ? { partOf: context.last } : {}),
      doubts,
    };
  });
}

/** An average or a whole needs the span; a share or a stock at the end of a span, its last year. */
function periodOf(
  when: { period: Period | Span; span?: Span },
  shape: Shape,
  clause: Clause,
  average: boolean,
  year: number,
): Period | Span {
  const base = baseYear(clause);
  const last = typeof when.period === 'string' ? when.period : when.period[1];
  if (shape.cumulative && base !== undefined && base + 1 < Number(last.slice(0, 4)))
    return [yearPeriod(base + 1), last];
  if (average || shape.cumulative || shape.totals) {
    if (when.span !== undefined) return when.span;
    const first = yearPeriod(year);
    return typeof when.period === 'string' && average && when.period > first && when.period.length === 4
      ? [first, when.period]
      : when.period;
  }
  if (typeof when.period === 'string') return when.period;
  return shape.measure === 'share' || shape.reached ? when.period[1] : when.period;
}

function yearPeriod(year: number): Period {
  return String(year).padStart(4, '0') as Period;
}

/** The year that a multiple or a whole change is against: 比2010年翻一番. */
function baseYear(clause: Clause): number | undefined {
  const token = clause.tokens.find((each) => each.tag === 'time' && comparedWith(clause, each));
  const year = token === undefined ? NaN : Number(clause.text.slice(token.start, token.start + 4));
  return Number.isNaN(year) ? undefined : year;
}

function pricesOf(clause: Clause): 'constant' | 'current' | undefined {
  for (const token of clause.tokens) {
    const word = clause.text.slice(token.start, token.end);
    if (word === '实际' || word.startsWith('按可比价') || word === '可比' || word === '按不变价格')
      return 'constant';
    if (word === '名义' || word === '按现价') return 'current';
  }
  return undefined;
}

interface Shape {
  readonly measure: Measure;
  readonly relation: Relation['kind'];
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly strict: boolean;
  readonly fall: boolean;
  readonly cumulative: boolean;
  /** A flow over the whole span, 累计. */
  readonly totals: boolean;
  /** Worded as a level that is reached, by the end of the period. */
  readonly reached: boolean;
  readonly multiple?: number;
  readonly versus?: string;
  readonly doubts: readonly string[];
}

/** Measure, relation and sign from the words that touch the number and its unit. */
function shapeOf(clause: Clause, quantity: Quantity, chain: Chain, subject: string, context: Context): Shape {
  const row = context.lookup(subject);
  const doubts: string[] = [];
  const to = chain.tokens.find((token) => token.tag === 'to' || token.tag === 'toFall');
  const change = chain.tokens.find(
    (token) =>
      token.tag === 'grow' || token.tag === 'fall' || token.tag === 'growNoun' || token.tag === 'fallNoun',
  );
  const falls = change !== undefined && (change.tag === 'fall' || change.tag === 'fallNoun');
  const steered = has(chain, 'control');
  const isTo = to !== undefined && (change === undefined || to.start > change.start);
  let measure: Measure;
  let unit = quantity.unit;
  let [low, high] = [quantity.low, quantity.high];
  let cumulative = has(chain, 'cum') && change !== undefined;
  let multiple: number | undefined;
  let fall = false;
  if (quantity.family === 'points') {
    measure = 'change';
    fall = falls;
  } else if (quantity.family === 'multiple') {
    measure = 'growth';
    const grows = change !== undefined && clause.text[quantity.numberEnd - 1] === '倍';
    multiple = grows ? high + 1 : high;
    [low, high] = [grows ? low : low - 1, grows ? high : high - 1];
    unit = 'ratio';
    cumulative = true;
  } else if (quantity.family === 'percent') {
    const growing = change !== undefined && !isTo;
    if (growing) {
      measure = 'growth';
      fall = falls;
    } else if (isTo) measure = 'share';
    else if (row !== undefined && (row.percentIs === 'growth' || (row.unit !== 'ratio' && row.unit !== '‰')))
      measure = row.percentIs === 'share' ? 'share' : 'growth';
    else if (endsWithGrowth(subject)) measure = 'growth';
    else measure = 'share';
    if (row?.percentIs === 'growth' && measure === 'share') measure = 'growth';
    if (row?.id === 'cpi' && low > 0.5) [low, high] = [tidy(low - 1), tidy(high - 1)];
  } else if (change !== undefined && !isTo) {
    measure =
      change.tag === 'grow' || change.tag === 'fall'
        ? subject === '' || isDelivery(clause, change)
          ? 'level'
          : 'change'
        : 'change';
    fall = measure === 'change' && falls;
  } else measure = 'level';
  let relation: Relation['kind'] = 'reach';
  let strict = false;
  if (high !== low) relation = 'within';
  else if (quantity.bound !== undefined) relation = quantity.bound;
  else if (has(chain, 'atLeast') || boundsVerb(clause, quantity, 'atLeast')) relation = 'at-least';
  else if (has(chain, 'atMost')) relation = 'at-most';
  else if (has(chain, 'about')) relation = 'about';
  else if (has(chain, 'over', 'more')) [relation, strict] = ['at-least', true];
  else if (has(chain, 'under', 'less')) [relation, strict] = ['at-most', true];
  else if (steered || (isTo && to.tag === 'toFall')) relation = 'at-most';
  else if (
    has(chain, 'ensure') ||
    (stretched(clause, quantity) &&
      clause.tokens.some((token) => token.tag === 'ensure' && token.end <= quantity.start))
  )
    relation = 'at-least';
  const versus = versusOf(clause, quantity, chain);
  if (
    versus !== undefined &&
    measure === 'change' &&
    /增[长速幅]/.test(clause.text.slice(Math.max(clause.from, chain.start - 40), chain.start))
  )
    measure = 'growth';
  if (versus !== undefined && relation === 'reach') [relation] = ['at-least'];
  return {
    measure,
    relation,
    low,
    high,
    unit,
    strict,
    fall,
    cumulative,
    totals: measure === 'level' && (has(chain, 'cum') || clause.tokens.some((token) => token.tag === 'cum')),
    reached:
      measure === 'level' &&
      (to !== undefined || has(chain, 'reach', 'over', 'hold', 'control', 'atMost')) &&
      !has(chain, 'cum'),
    ...(multiple === undefined ? {} : { multiple }),
    ...(versus === undefined ? {} : { versus }),
    doubts,
  };
}

/** 至少建设1所: a bound in front of the verb of delivery. */
function boundsVerb(clause: Clause, quantity: Quantity, tag: string): boolean {
  const verb = clause.tokens.find((token) => token.tag === 'deliver' && token.end === quantity.start);
  return verb !== undefined && clause.tokens.some((token) => token.tag === tag && token.end === verb.start);
}

/** 确保8%、力争9%: a floor with a stretch behind it. */
function stretched(clause: Clause, quantity: Quantity): boolean {
  return clause.tokens.some((token) => token.tag === 'strive' && token.start >= quantity.end);
}

function endsWithGrowth(subject: string): boolean {
  return ['增长', '增速', '增幅', '涨幅', '增长率', '增长速度', '增长目标', '增长预期目标', '增速目标'].some(
    (word) => subject.endsWith(word),
  );
}

/** 增加就业500人 has its verb first; 支出增加500亿元 has its subject first. */
function isDelivery(clause: Clause, change: Token): boolean {
  return change.start === clause.from;
}

const places = [
  '全国',
  '全省',
  '全市',
  '全县',
  '全区',
  '全州',
  '省',
  '市',
  '世界',
  '经济',
  '城镇',
  'GDP',
  '地区生产总值',
  '生产总值',
  '国家',
  '中部',
  '西部',
  '东部',
  '周边',
  '城市',
  '财政',
];

/** 高于全国平均水平2个百分点: the number is a difference from that figure. */
function versusOf(clause: Clause, quantity: Quantity, chain: Chain): string | undefined {
  if (quantity.family !== 'points' && quantity.family !== 'percent') return undefined;
  const tokens = clause.tokens.filter(
    (token) =>
      token.end <= chain.start && (token.tag === 'more' || token.tag === 'less' || token.tag === 'over'),
  );
  const token = tokens.at(-1);
  if (token === undefined) return undefined;
  const words = clause.text.slice(token.end, chain.start);
  return words.length <= 20 && words.length > 0 && places.some((place) => words.startsWith(place))
    ? words
    : undefined;
}

/** The value for each subject: 分别增长8%和9% gives one each, 分别增长10% gives all the same. */
function distributed(clause: Clause, index: number, subjects: number): readonly Quantity[] | undefined {
  const { tokens, text } = clause;
  if (subjects < 2) return undefined;
  const values: Quantity[] = [];
  let at = tokens[index]!.start;
  for (let i = index; i < tokens.length && values.length < subjects; i++) {
    const token = tokens[i]!;
    if (token.start > at + (values.length > 0 ? 4 : 1)) break;
    if (token.tag === 'number') values.push(token.quantity!);
    else if (
      token.tag !== 'join' &&
      token.tag !== 'yearly' &&
      !(
        values.length > 0 &&
        [
          'reach',
          'grow',
          'fall',
          'over',
          'adverb',
          'will',
          'strive',
          'atLeast',
          'atMost',
          'about',
          'growNoun',
          'plain',
          'each',
          'avg',
        ].includes(token.tag)
      )
    )
      break;
    at = token.end;
    if (text[at] === '、') at++;
  }
  if (values.length !== subjects) return undefined;
  const tail = values.at(-1)!;
  return values.map((value) =>
    value.bound === undefined && tail.bound !== undefined ? { ...value, bound: tail.bound } : value,
  );
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** The size that the counted things must have: 亿元以上, 超亿元, 5000万元以上. */
function thresholdOf(
  clause: Clause,
  index: number,
  start: number,
): { value: number; unit: string } | undefined {
  for (let i = 0; i < clause.tokens.length; i++) {
    const token = clause.tokens[i]!;
    if (token.tag !== 'number' || i === index || token.start < start) continue;
    if (i > index && clause.tokens.slice(index + 1, i).some((each) => each.tag === 'number')) break;
    if (modifierReason(clause, i, chainBefore(clause, i)) === 'threshold')
      return { value: token.quantity!.low, unit: token.quantity!.unit };
  }
  return undefined;
}

export function firmnessOf(
  clause: Clause,
  chain: Chain,
  quantity: { readonly start: number; readonly end: number },
  context: Context,
): Firmness {
  const { tokens } = clause;
  const carried = context.firmness;
  if (strivesFor(clause, quantity)) return 'strive';
  if (context.goals !== undefined) return context.goals;
  if (carried === 'strive') return 'strive';
  const leading = tokens.find(
    (token) =>
      token.start >= clause.from &&
      (token.tag === 'push' || token.tag === 'plan' || token.tag === 'deliver' || token.tag === 'ensure'),
  );
  if (leading !== undefined && leading.start < quantity.start) {
    context.verbFirmness = leading.tag === 'push' || leading.tag === 'plan' ? leading.tag : undefined;
    if (leading.tag === 'push') return 'push';
    if (leading.tag === 'plan') return 'plan';
  } else if (context.verbFirmness === 'plan') return 'plan';
  if (has(chain, 'hold')) return 'hold';
  if (
    chain.tokens.some(
      (token) => token.tag === 'reach' && /^(保持|稳定|维持)/.test(clause.text.slice(token.start, token.end)),
    )
  )
    return 'hold';
  return 'commit';
}

/** 力争 before the number, or behind it where no other number follows: 20个项目力争实现竣工投产. */
function strivesFor(clause: Clause, quantity: { readonly start: number; readonly end: number }): boolean {
  let strives = false;
  for (const token of clause.tokens) {
    if (token.tag === 'strive') {
      if (token.start < quantity.start) strives = true;
      else return strives || !clause.tokens.some((each) => each.tag === 'number' && each.start >= token.end);
    }
  }
  return strives;
}

/** Period and last day in force for a clause: its own time words, else the sentence's, else the paragraph's, else the plan's year. */
export function timeOf(
  clause: Clause,
  context: Context,
): { period: Period | Span; span?: Span; deadline: string; or?: string; yearly: boolean } {
  const yearly = clause.tokens.some((token) => token.time?.yearly === true);
  const own = clause.tokens
    .filter(
      (token) =>
        token.tag === 'time' &&
        !token.time!.past &&
        token.time!.yearly !== true &&
        !comparedWith(clause, token),
    )
    .map((token) => token.time!);
  const time = own.find((each) => !each.own) ?? own[0] ?? context.time ?? context.lastingTime;
  if (own.length > 0) {
    context.time = time;
    if (time?.lasting === true) context.lastingTime = time;
    if (time?.period !== undefined && typeof time.period !== 'string') context.span = time;
  }
  const year = String(context.year).padStart(4, '0') as Period;
  const period = time?.period ?? year;
  const last = typeof period === 'string' ? period : period[1];
  const inForce = context.span?.period;
  const covering =
    inForce !== undefined &&
    typeof inForce !== 'string' &&
    (time === undefined || time.own || inForce[1] === last)
      ? inForce
      : undefined;
  const span = typeof period !== 'string' ? period : covering;
  return {
    period,
    ...(span === undefined ? {} : { span }),
    deadline: time?.deadline ?? `${last.slice(0, 4)}-12-31`,
    ...(time?.or === undefined ? {} : { or: time.or }),
    yearly,
  };
}

function comparedWith(clause: Clause, token: Token): boolean {
  const before = clause.tokens.find((each) => each.end === token.start);
  return (
    before?.tag === 'compare' ||
    before?.tag === 'from' ||
    clause.text.startsWith('基础', token.end) ||
    clause.text.startsWith('的基础', token.end)
  );
}
