import type { Measure, Relation } from '../../plan/relation.ts';
import type { Clause, Context } from './clause.ts';
import { has } from './chain.ts';
import type { Chain } from './chain.ts';
import type { Quantity } from './quantity.ts';
import type { Token } from './token.ts';
import { tidy } from '../tidy.ts';

export interface Shape {
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
export function shapeOf(
  clause: Clause,
  quantity: Quantity,
  chain: Chain,
  subject: string,
  context: Context,
): Shape {
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
