import type { Language } from '../issue.ts';
import type { Indicator } from '../plan/indicator.ts';
import type { Measure, Relation } from '../plan/relation.ts';
import type { Firmness } from '../plan/target.ts';

/**
 * The fixed phrases of a written plan, by language: what `writePlan` says and `readPlan` takes back word for word.
 *
 * A written plan is plain prose; after each name stands its id in brackets, so that two indicators with one label stay two.
 */
export interface Phrases {
  readonly plan: string;
  readonly span: string;
  readonly source: string;
  readonly targets: string;
  readonly indicators: string;
  readonly identities: string;
  readonly widths: string;
  readonly assumptions: string;
  readonly groups: string;
  /** Around an id. */
  readonly id: readonly [string, string];
  /** Around the facts behind a sentence, and between them. */
  readonly facts: readonly [string, string, string];
  readonly stop: string;
  readonly range: string;
  readonly percent: string;
  /** Verb of a rise and of a fall. */
  readonly verbs: Readonly<Record<Measure, readonly [string, string]>>;
  /** Before and behind the amount. */
  readonly bounds: Readonly<
    Record<Exclude<Relation['kind'], 'in-step-with' | 'within'> | 'over' | 'under', readonly [string, string]>
  >;
  /** Before and behind the leader of an in-step relation. */
  readonly step: Readonly<Record<Measure, readonly [string, string]>>;
  readonly firmness: Readonly<Record<Firmness, string>>;
  readonly kind: Readonly<Record<Indicator['kind'], string>>;
  readonly prices: Readonly<Record<NonNullable<Indicator['prices']>, string>>;
  readonly said: Readonly<
    Record<
      | 'period'
      | 'deadline'
      | 'source'
      | 'label'
      | 'id'
      | 'partOf'
      | 'threshold'
      | 'cumulative'
      | 'versus'
      | 'note'
      | 'width'
      | 'unit'
      | 'deflator'
      | 'code'
      | 'scope'
      | 'members',
      string
    >
  >;
}

export const phrases: Readonly<Record<Language, Phrases>> = {
  zh: {
    plan: '计划：',
    span: '计划期：',
    source: '来源：',
    targets: '目标：',
    indicators: '指标：',
    identities: '恒等式：',
    widths: '宽度：',
    assumptions: '假设：',
    groups: '分组：',
    id: ['〔', '〕'],
    facts: ['（', '；', '）'],
    stop: '。',
    range: '至',
    percent: '%',
    verbs: {
      growth: ['增长', '下降'],
      change: ['提高', '降低'],
      level: ['达到', '达到'],
      share: ['占比达到', '占比达到'],
    },
    bounds: {
      about: ['', '左右'],
      'at-least': ['', '以上'],
      'at-most': ['', '以内'],
      reach: ['', ''],
      over: ['超过', ''],
      under: ['低于', ''],
    },
    step: {
      growth: ['与', '同步增长'],
      change: ['与', '同步变动'],
      level: ['与', '同步达到'],
      share: ['与', '占比同步'],
    },
    firmness: {
      binding: '约束性',
      expected: '预期性',
      commit: '承诺',
      hold: '保持',
      strive: '力争',
      push: '推进',
      plan: '编制规划',
    },
    kind: { flow: '流量', stock: '存量', rate: '比率', index: '指数' },
    prices: { constant: '不变价', current: '现价', comparable: '可比口径' },
    said: {
      period: '时期',
      deadline: '截止',
      source: '出自',
      label: '即',
      id: '编号',
      partOf: '属于',
      threshold: '每项不低于',
      cumulative: '累计',
      versus: '相比于',
      note: '注',
      width: '误差',
      unit: '单位',
      deflator: '价格指数',
      code: '代码',
      scope: '范围',
      members: '包括',
    },
  },
  en: {
    plan: 'Plan: ',
    span: 'Years: ',
    source: 'Source: ',
    targets: 'Targets:',
    indicators: 'Terms:',
    identities: 'Identities: ',
    widths: 'Widths: ',
    assumptions: 'Assumptions:',
    groups: 'Groups:',
    id: ['[', ']'],
    facts: [' (', '; ', ')'],
    stop: '.',
    range: ' to ',
    percent: ' %',
    verbs: {
      growth: [' to grow by ', ' to fall by '],
      change: [' to rise by ', ' to drop by '],
      level: [' to reach ', ' to reach '],
      share: [' to make up ', ' to make up '],
    },
    bounds: {
      about: ['about ', ''],
      'at-least': ['at least ', ''],
      'at-most': ['at most ', ''],
      reach: ['', ''],
      over: ['more than ', ''],
      under: ['less than ', ''],
    },
    step: {
      growth: [' to grow in step with ', ''],
      change: [' to change in step with ', ''],
      level: [' to be level in step with ', ''],
      share: [' to hold its share in step with ', ''],
    },
    firmness: {
      binding: 'binding',
      expected: 'expected',
      commit: 'committed',
      hold: 'to be held',
      strive: 'to be striven for',
      push: 'to be pushed',
      plan: 'to be planned',
    },
    kind: { flow: 'a flow', stock: 'a stock', rate: 'a rate', index: 'an index' },
    prices: {
      constant: 'at constant prices',
      current: 'at current prices',
      comparable: 'on a comparable coverage',
    },
    said: {
      period: 'over ',
      deadline: 'by ',
      source: 'stated in ',
      label: 'that is ',
      id: 'number ',
      partOf: 'part of ',
      threshold: 'each at least ',
      cumulative: 'in total',
      versus: 'against ',
      note: 'note ',
      width: 'give or take ',
      unit: 'in ',
      deflator: 'deflated by ',
      code: 'code ',
      scope: 'for ',
      members: 'made of ',
    },
  },
};
