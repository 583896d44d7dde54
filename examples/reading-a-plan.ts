// Reading a plan's text, Chinese or English: every target with its place, and every number that is none with the reason.
import { assess, describeTarget, series } from '../src/index.ts';
import { readPlan, writePlan } from '../src/language/index.ts';

// The words are made up.
const text = `
2024年，全镇生产总值增长6.1%。
2025年的主要预期目标是：地区生产总值增长6.5%左右，规模以上工业总产值突破80亿元，社会消费品零售总额增长8%以上，
城镇居民人均可支配收入与经济增长基本同步，居民消费价格涨幅控制在2%以内。新建幼儿园3所，城镇新增就业4500人。
In 2025 we will complete 12 km of cycle paths and keep the unemployment rate below 5.5%.
`;
const { plan, readings, unread } = readPlan(text, { year: 2025 });
console.table(
  readings.map(({ target, number, firmness }) => ({
    target: describeTarget(plan, plan.targets[target]!),
    'words of the number': text.slice(...number),
    firmness,
  })),
);
for (const { text: words, reason } of unread) console.log(`no target: ${words} (${reason})`);

// What was read is a plan like any other: it can be held against figures, and written out again.
const gdp = plan.targets[0]!.indicator;
const [row] = assess(plan, { actual: { [gdp]: series('2024', [100, 106.2]) } });
console.log(`GDP grew by ${(100 * row!.expected).toFixed(1)} %: ${row!.status}`);
console.log(writePlan(plan));
