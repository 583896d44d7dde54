// A forecast against a target: China's GDP as it was known at the end of 2013, and the target of 2014.
import {
  about,
  assess,
  auto,
  chanceOver,
  definePlan,
  forecast,
  intervals,
  outsideView,
  quantile,
  referenceClass,
  series,
  slice,
} from '../src/index.ts';
import type { Relation } from '../src/index.ts';
import china from '../seeds/china-gdp-1978-2019.json' with { type: 'json' };
import record from '../seeds/growth-targets.json' with { type: 'json' };

const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
const gdp = series('1978', china.series.gdp_index_1978.values);
const known = slice(gdp, ['1978', '2013']);
const ahead = forecast(known, auto(), { horizon: 5, declare: 'economic-level' });
console.table(
  intervals(ahead, [0.8]).map(({ period, low, median, high }) => ({
    year: period,
    low: low.toFixed(0),
    median: median.toFixed(0),
    high: high.toFixed(0),
    came: gdp.values[Number(period) - 1978]!.toFixed(0),
  })),
);

// The target's band, and how much of the forecast lies in it.
const plan = definePlan({
  name: 'China 2014',
  span: ['2014', '2014'],
  indicators: { gdp: { label: 'GDP', unit: '1978 = 100', kind: 'index', prices: 'constant' } },
  targets: [{ indicator: 'gdp', measure: 'growth', relation: about('7.5%') }],
});
const [row] = assess(plan, { actual: { gdp: known }, outlook: { gdp: ahead } });
console.log(
  `2014: expected ${percent(row!.expected)}, in the band with probability ${percent(row!.probability!)}`,
);
const growing = chanceOver(ahead, { low: 0.07 }, ['2014', '2018'], { of: 'growth', seed: 1 });
console.log(`7 % or more a year on average to 2018: ${percent(growing)}`);

// The outside view: how far outcomes were from targets before.
const cases = record.cases.map((one) => ({ ...one, relation: one.relation as Relation | null }));
const before = referenceClass(cases, { like: ({ place, year }) => place === 'China' && year < 2014 });
const outside = outsideView('7.5%', before);
console.log(`targets of ${before.cases.length} years before: met in ${percent(before.met)} of them`);
console.log(
  `from those alone 2014 would be ${percent(quantile(outside, 0.1))} to ${percent(quantile(outside, 0.9))}; it came at 7.4 %`,
);
