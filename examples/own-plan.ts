// A plan of one's own: targets, a check, and how the year went.
import {
  about,
  assess,
  atLeast,
  atMost,
  checkPlan,
  definePlan,
  describeIssue,
  inStepWith,
  series,
} from '../src/index.ts';

const plan = definePlan({
  name: 'Our district 2025',
  span: ['2025', '2025'],
  indicators: {
    gdp: { label: 'GDP', unit: '100m CNY', kind: 'flow', prices: 'constant' },
    income: { label: 'income per head', unit: 'CNY', kind: 'flow', prices: 'current' },
    cpi: { label: 'consumer prices', unit: 'index', kind: 'index' },
    jobs: { label: 'new jobs', unit: 'persons', kind: 'flow' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('5%') },
    { indicator: 'income', measure: 'growth', relation: inStepWith('gdp') },
    { indicator: 'cpi', measure: 'growth', relation: atMost('2%') },
    { indicator: 'jobs', measure: 'level', relation: atLeast(12_000), firmness: 'binding' },
  ],
});
for (const issue of checkPlan(plan)) console.log('note:', describeIssue(issue));

const actual = {
  gdp: series('2024', [812.4, 850.6]),
  income: series('2024', [52_300, 54_700]),
  jobs: series('2025', [12_650]),
};
console.table(
  assess(plan, { actual }).map(({ target, expected, gap, status }) => ({ target, expected, gap, status })),
);
