// The two engines: what services must grow by, for each growth of industry, so that GDP grows by 12 %.
import { frontier, valueAdded } from '../src/index.ts';

const question = {
  shares: { agriculture: 0.02, industry: 0.45, construction: 0.08, services: 0.45 }, // illustrative
  growth: { agriculture: '4.2%', construction: '9.5%' },
  target: '12%',
  across: 'industry',
  up: 'services',
} as const;
console.table(
  frontier(question, ['10%', '12%', '14%', '16%', '18%']).map(({ across, up }) => ({
    industry: across,
    'services needed': up,
  })),
);

// Gross output of +15 % is not value added of +15 %: half a point off the value-added ratio costs more than two points.
for (const now of [0.256, 0.251, 0.246]) {
  const industry = valueAdded({ output: '15%', ratio: [0.256, now], prices: '-1.4%' });
  const [point] = frontier(question, [industry]);
  console.log(
    `ratio ${now}: industry ${(100 * industry).toFixed(2)} %, services needed ${(100 * point!.up).toFixed(2)} %`,
  );
}
