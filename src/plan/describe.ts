import { argument } from '../argument.ts';
import type { Language } from '../issue.ts';
import { frequencyOf, lastPeriod } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { labelOf } from './indicator.ts';
import type { Indicator } from './indicator.ts';
import type { Plan } from './plan.ts';
import type { Measure, Relation } from './relation.ts';
import type { Target } from './target.ts';
import { isUnit, unitLabel, units } from './unit.ts';

/**
 * One target as a sentence without its full stop, in English or Chinese.
 *
 * A growth rate is said as a percentage, a fall as the size of the fall, a level in the indicator's unit. The period is
 * named where it is not the plan's own, the deadline where the target has one.
 *
 * @param plan the plan that the target belongs to, for labels, units and the leader of an in-step relation
 * @param target one of its targets
 * @param language defaults to `'en'`
 * @example describeTarget(plan, target) // 'GDP growth of about 12 %' for { indicator: 'gdp', measure: 'growth', relation: about('12%') }
 * @example describeTarget(plan, target, 'zh') // '地区生产总值增长12%左右' for the same target
 */
export function describeTarget(plan: Plan, target: Target, language: Language = 'en'): string {
  argument('describeTarget', 'plan', plan);
  argument('describeTarget', 'target', target);
  const subject = subjectOf(plan, target, language);
  const relation = describeRelation(plan, target, language);
  const when = whenText(plan, target, language);
  if (language === 'zh') return `${when}${subject}${relation}`;
  return `${subject} ${relation}${when}`;
}

/**
 * A target's relation in words, without its subject: '增长12%左右', 'growth of about 12 %', 'in step with GDP'.
 *
 * @param plan the plan that the target belongs to, for the unit and for the label of an in-step leader
 * @param target one of its targets
 * @param language defaults to `'en'`
 * @example describeRelation(plan, target, 'zh') // '增长12%左右' for about 12 %
 */
export function describeRelation(plan: Plan, target: Target, language: Language = 'en'): string {
  argument('describeRelation', 'plan', plan);
  argument('describeRelation', 'target', target);
  const { relation } = target;
  if (relation.kind === 'in-step-with') {
    const leader = leaderLabel(plan, relation.indicator, language);
    return language === 'zh'
      ? `与${leader}同步${stepNoun.zh[target.measure]}`
      : `${stepNoun.en[target.measure]}in step with ${leader}`;
  }
  return language === 'zh' ? chinese(plan, target, relation) : english(plan, target, relation);
}

/** A quantity of a unit in words: `quantityText(115, '100m CNY', 'zh')` is '115亿元', in English 'CNY 11.5 billion'. */
export function quantityText(value: number, unit: string, language: Language): string {
  if (!isUnit(unit))
    return language === 'zh' ? `${number(value)}${unit}` : `${grouped(value)} ${unit}`.trim();
  const { dimension, factor } = units[unit];
  if (dimension === 'ratio')
    return percent(unit === '‰' ? value / 1000 : unit === '%' ? value / 100 : value, language);
  if (language === 'zh') return `${number(value)}${unitLabel(unit, 'zh')}`;
  if (dimension === 'CNY' || dimension === 'USD') return `${dimension} ${scaled(value * factor)}`;
  if (dimension === 'persons') return `${scaled(value * factor)} persons`;
  if (dimension === 'count') return scaled(value * factor);
  if (unit === '10k m2') return `${scaled(value * factor)} m²`;
  return `${grouped(value)} ${unitLabel(unit, 'en')}`;
}

type Numeric = Exclude<Relation, { kind: 'in-step-with' }>;

const stepNoun: Readonly<Record<Language, Readonly<Record<Measure, string>>>> = {
  zh: { growth: '增长', level: '', share: '', change: '变动' },
  en: { growth: 'growth ', level: '', share: '', change: 'change ' },
};

function chinese(plan: Plan, target: Target, relation: Numeric): string {
  const { measure } = target;
  const sizes = sizesOf(relation, measure);
  const words = {
    growth: sizes.falls ? '下降' : '增长',
    change: sizes.falls ? '降低' : '提高',
    level: '达到',
    share: '达到',
  } satisfies Record<Measure, string>;
  const upper = sizes.kind === 'at-most' && (measure === 'level' || measure === 'share');
  return `${averageText(target, 'zh')}${upper ? '控制在' : words[measure]}${amountText(plan, target, sizes, 'zh')}`;
}

function english(plan: Plan, target: Target, relation: Numeric): string {
  const { measure } = target;
  const sizes = sizesOf(relation, measure);
  const amount = amountText(plan, target, sizes, 'en');
  const average = averageText(target, 'en');
  if (measure === 'growth') return `${average}${sizes.falls ? 'decline' : 'growth'} of ${amount}`;
  if (measure === 'change') return `${sizes.falls ? 'down' : 'up'} by ${amount}`;
  return `of ${amount}`;
}

function averageText(target: Target, language: Language): string {
  if (target.measure !== 'growth') return '';
  if (target.cumulative ?? false) return language === 'zh' ? '累计' : 'cumulative ';
  if (target.period === undefined || typeof target.period === 'string') return '';
  return language === 'zh' ? '年均' : 'average annual ';
}

/** The relation as it is said: a fall by its size, with the bound turned round (growth of at most -3 % is a fall of at least 3 %). */
interface Sizes {
  readonly kind: Numeric['kind'];
  readonly low: number;
  readonly high: number;
  readonly falls: boolean;
  readonly strict: boolean;
}

function sizesOf(relation: Numeric, measure: Measure): Sizes {
  const [low, high] =
    relation.kind === 'within' ? [relation.low, relation.high] : [relation.value, relation.value];
  const strict = 'strict' in relation && (relation.strict ?? false);
  const falls = (measure === 'growth' || measure === 'change') && high <= 0 && low < 0;
  if (!falls) return { kind: relation.kind, low, high, falls, strict };
  const turned = {
    'at-least': 'at-most',
    'at-most': 'at-least',
    about: 'about',
    reach: 'reach',
    within: 'within',
  } as const;
  return { kind: turned[relation.kind], low: -high, high: -low, falls, strict };
}

function amountText(plan: Plan, target: Target, sizes: Sizes, language: Language): string {
  const text = (value: number): string =>
    valueText(value, plan.indicators[target.indicator], target.measure, language);
  const value = text(sizes.low);
  const zh = language === 'zh';
  const versus =
    target.versus === undefined ? '' : zh ? `（与${target.versus}相比）` : ` (against ${target.versus})`;
  switch (sizes.kind) {
    case 'about':
      return `${zh ? `${value}左右` : `about ${value}`}${versus}`;
    case 'at-least':
      if (sizes.strict) return `${zh ? `${value}以上（不含）` : `more than ${value}`}${versus}`;
      return `${zh ? `${value}以上` : `at least ${value}`}${versus}`;
    case 'at-most':
      if (sizes.strict) return `${zh ? `${value}以内（不含）` : `less than ${value}`}${versus}`;
      return `${zh ? `${value}以内` : `at most ${value}`}${versus}`;
    case 'reach':
      return `${value}${versus}`;
    case 'within':
      return `${value}${zh ? '至' : ' to '}${text(sizes.high)}${versus}`;
    default:
      return sizes.kind satisfies never;
  }
}

function valueText(
  value: number,
  indicator: Indicator | undefined,
  measure: Measure,
  language: Language,
): string {
  const unit = indicator?.unit ?? '';
  const isRatio = isUnit(unit) && units[unit].dimension === 'ratio';
  if (measure === 'growth' || measure === 'share') return percent(value, language);
  if (measure === 'change' && isRatio)
    return language === 'zh'
      ? `${number(value * 100)}个百分点`
      : `${number(value * 100)} ${Math.abs(value) === 0.01 ? 'percentage point' : 'percentage points'}`;
  return quantityText(value, unit, language);
}

function subjectOf(plan: Plan, target: Target, language: Language): string {
  const indicator = plan.indicators[target.indicator];
  const words = target.label ?? indicator?.label ?? target.indicator;
  const name = labelOf(words, language);
  const size =
    target.threshold === undefined
      ? ''
      : quantityText(target.threshold.value, target.threshold.unit, language);
  if (language === 'zh') return size === '' ? name : `${size}以上${name}`;
  return size === '' ? name : `${name} of ${size} or more`;
}

function leaderLabel(plan: Plan, leader: string, language: Language): string {
  return labelOf(plan.indicators[leader]?.label ?? leader, language);
}

function whenText(plan: Plan, target: Target, language: Language): string {
  const period =
    target.period !== undefined && !(plan.span[0] === plan.span[1] && target.period === plan.span[1])
      ? periodText(target.period, language)
      : '';
  const { deadline } = target;
  // The last day of the period says nothing that the period does not.
  if (deadline === undefined || deadline === `${endYear(plan, target)}-12-31`) return period;
  return language === 'zh' ? `${period}${chineseDate(deadline)}前` : `${period} by ${deadline}`;
}

function endYear(plan: Plan, target: Target): string {
  const end = target.period ?? plan.span[1];
  return lastPeriod(end).slice(0, 4);
}

function periodText(period: Period | Span, language: Language): string {
  if (typeof period === 'string') return language === 'zh' ? `到${chinesePeriod(period)}` : ` in ${period}`;
  return language === 'zh'
    ? `${chinesePeriod(period[0])}至${chinesePeriod(period[1])}`
    : ` over ${period[0]} to ${period[1]}`;
}

function chinesePeriod(period: Period): string {
  const year = `${period.slice(0, 4)}年`;
  const frequency = frequencyOf(period);
  if (frequency === 'year') return year;
  return frequency === 'quarter'
    ? `${year}第${'一二三四'[Number(period.slice(6)) - 1]}季度`
    : `${year}${Number(period.slice(5))}月`;
}

function chineseDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** A ratio as a percentage; what is far below one percent and whole in per mille keeps its percent sign too. */
function percent(value: number, language: Language): string {
  return `${number(value * 100)}${language === 'zh' ? '%' : ' %'}`;
}

/** Twelve digits: 0.07 times 100 is 7 and not 7.000000000000001. */
function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function grouped(value: number): string {
  const [whole = '', fraction] = number(value).split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.slice(sign.length);
  if (digits.length < 4 || digits.includes('e')) return number(value);
  const head = digits.length % 3;
  const parts = head === 0 ? [] : [digits.slice(0, head)];
  for (let i = head; i < digits.length; i += 3) parts.push(digits.slice(i, i + 3));
  return `${sign}${parts.join(',')}${fraction === undefined ? '' : `.${fraction}`}`;
}

function scaled(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12) return `${number(value / 1e12)} trillion`;
  if (size >= 1e9) return `${number(value / 1e9)} billion`;
  if (size >= 1e6) return `${number(value / 1e6)} million`;
  return grouped(value);
}
