import { expect, it } from 'vitest';
import { readPlan } from '../../src/language/index.ts';

it.each([
  ['地区生产总值增长-3%', 'gdp', { kind: 'reach', value: -0.03 }],
  ['GDP增长−3%左右。', 'gdp', { kind: 'about', value: -0.03 }],
  ['固定资产投资增长 -3 %。', 'fai', { kind: 'reach', value: -0.03 }],
  ['GDP growth of -3%.', 'gdp', { kind: 'reach', value: -0.03 }],
  ['地区生产总值增长3%-4%。', 'gdp', { kind: 'within', low: 0.03, high: 0.04 }],
  ['GDP growth of 6 - 7 percent', 'gdp', { kind: 'within', low: 0.06, high: 0.07 }],
])('%s keeps its sign', (text, indicator, relation) => {
  expect(readPlan(text, { year: 2014 }).plan.targets).toMatchObject([
    { indicator, measure: 'growth', relation },
  ]);
});
