// Tracking a year: China in 2019, from cumulative figures as they are published, quarter by quarter.
import {
  growthFromYearToDate,
  fromYearToDate,
  lightOf,
  nowcast,
  pace,
  quantile,
  series,
  survival,
} from '../src/index.ts';

const percent = (rate: number): string => `${(100 * rate).toFixed(2)} %`;

// National Bureau of Statistics: GDP to date, 100m CNY, and its real growth over the same stretch of 2018.
const levels = series('2019-Q1', [218062.8, 460636.7, 712845.4, 990865.1]);
const toDate = series('2019-Q1', [0.064, 0.063, 0.062, 0.061]);
const quarters = fromYearToDate(levels);
const weights = quarters.values.map((flow) => flow / levels.values[3]!);
const base = series(
  '2018-Q1',
  weights.map((weight) => 100 * weight),
); // 2018 as a whole = 100
const single = growthFromYearToDate(toDate, base);
console.table(
  quarters.values.map((flow, i) => ({
    quarter: `2019-Q${i + 1}`,
    '100m CNY': flow.toFixed(1),
    'growth to date': percent(toDate.values[i]!),
    'growth of the quarter': percent(single.values[i]!),
  })),
);

// After each quarter: what must the rest of the year bring for 6 %, and how likely is that?
for (const known of [1, 2, 3]) {
  const cumulative = series('2019-Q1', toDate.values.slice(0, known));
  const { rest, year } = nowcast(cumulative, { weights, sd: 0.005 });
  const { needed, range, probability } = pace('6%', { base, cumulative, outlook: rest });
  console.log(
    `after quarter ${known}: the rest needs ${percent(needed)} (${percent(range[0])} to ${percent(range[1])} by rounding),`,
  );
  console.log(
    `  probability ${percent(probability!)}, ${lightOf(probability!)};`,
    `the year is seen at ${percent(quantile(year, 0.5))}, above 6 % with ${percent(survival(year, 0.06))}`,
  );
}
