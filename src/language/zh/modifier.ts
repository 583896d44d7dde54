import type { UnreadReason } from '../reading.ts';
import { chainBefore, has } from './chain.ts';
import type { Chain } from './chain.ts';
import type { Clause } from './clause.ts';

/** Why a number does not stand for how much or how many: a size, a starting point, a place in a name. */
export function modifierReason(clause: Clause, index: number): UnreadReason | undefined {
  const known = clause.reasons[index];
  if (known !== undefined) return known === 'none' ? undefined : known;
  const reason = reasonOf(clause, index, chainBefore(clause, index));
  clause.reasons[index] = reason ?? 'none';
  return reason;
}

function reasonOf(clause: Clause, index: number, chain: Chain): UnreadReason | undefined {
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
