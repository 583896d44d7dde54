import { describe, expect, it } from 'vitest';
import { describeRelation, describeTarget, quantityText } from '../../src/plan/describe.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Target } from '../../src/plan/target.ts';

const plan: Plan = {
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: { en: 'GDP', zh: '地区生产总值' }, unit: 'CNY', kind: 'flow', prices: 'constant' },
    revenue: { label: { en: 'revenue', zh: '财政收入' }, unit: '100m CNY', kind: 'flow', prices: 'current' },
    urban: { label: { en: 'urbanisation rate', zh: '城镇化率' }, unit: 'ratio', kind: 'rate' },
    projects: { label: { en: 'projects', zh: '项目' }, unit: 'count', kind: 'flow' },
    schools: { label: '小学', unit: '所', kind: 'stock' },
  },
  targets: [],
};

const rows: readonly (readonly [Target, string, string])[] = [
  [
    { indicator: 'gdp', measure: 'growth', relation: { kind: 'about', value: 0.12 } },
    'GDP growth of about 12 %',
    '地区生产总值增长12%左右',
  ],
  [
    { indicator: 'gdp', measure: 'growth', relation: { kind: 'reach', value: 0.07 } },
    'GDP growth of 7 %',
    '地区生产总值增长7%',
  ],
  [
    { indicator: 'gdp', measure: 'growth', relation: { kind: 'within', low: 0.075, high: 0.08 } },
    'GDP growth of 7.5 % to 8 %',
    '地区生产总值增长7.5%至8%',
  ],
  [
    { indicator: 'gdp', measure: 'growth', relation: { kind: 'at-most', value: -0.03 } },
    'GDP decline of at least 3 %',
    '地区生产总值下降3%以上',
  ],
  [
    {
      indicator: 'gdp',
      measure: 'growth',
      relation: { kind: 'at-least', value: 0.07 },
      period: ['2016', '2020'],
    },
    'GDP average annual growth of at least 7 % over 2016 to 2020',
    '2016年至2020年地区生产总值年均增长7%以上',
  ],
  [
    { indicator: 'revenue', measure: 'growth', relation: { kind: 'in-step-with', indicator: 'gdp' } },
    'revenue growth in step with GDP',
    '财政收入与地区生产总值同步增长',
  ],
  [
    { indicator: 'revenue', measure: 'level', relation: { kind: 'reach', value: 115 } },
    'revenue of CNY 11.5 billion',
    '财政收入达到115亿元',
  ],
  [
    { indicator: 'urban', measure: 'share', relation: { kind: 'at-most', value: 0.045 } },
    'urbanisation rate of at most 4.5 %',
    '城镇化率控制在4.5%以内',
  ],
  [
    { indicator: 'urban', measure: 'change', relation: { kind: 'reach', value: 0.01 } },
    'urbanisation rate up by 1 percentage point',
    '城镇化率提高1个百分点',
  ],
  [
    {
      indicator: 'projects',
      measure: 'level',
      relation: { kind: 'reach', value: 60 },
      threshold: { value: 1, unit: '100m CNY' },
    },
    'projects of CNY 100 million or more of 60',
    '1亿元以上项目达到60个',
  ],
  [
    {
      indicator: 'schools',
      measure: 'level',
      relation: { kind: 'at-least', value: 3 },
      deadline: '2014-06-30',
    },
    '小学 of at least 3 所 by 2014-06-30',
    '2014年6月30日前小学达到3所以上',
  ],
];

describe('describeTarget', () => {
  it.each(rows)('says %j', (target, en, zh) => {
    expect(describeTarget(plan, target)).toBe(en);
    expect(describeTarget(plan, target, 'zh')).toBe(zh);
  });
  it('says the relation alone', () => {
    expect(describeRelation(plan, rows[0]![0])).toBe('growth of about 12 %');
    expect(describeRelation(plan, rows[7]![0], 'zh')).toBe('控制在4.5%以内');
  });
  it('says quantities as each language does', () => {
    expect(quantityText(115, '100m CNY', 'zh')).toBe('115亿元');
    expect(quantityText(115, '100m CNY', 'en')).toBe('CNY 11.5 billion');
    expect(quantityText(7000, '10k USD', 'en')).toBe('USD 70 million');
    expect(quantityText(1.1, '10k', 'en')).toBe('11,000');
  });
});
