// Targets and instruments: what must be true for the targets to come true?
import { control, goalSeek, recipes } from '../src/index.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';

const model = twoEngine();
const history = twoEngineHistory(model, '2013');
const over = ['2014', '2018'] as const;
const percent = (rate: number): string => `${(100 * rate).toFixed(2)} %`;

// One unknown, one target: which services growth brings GDP growth of 12 % in the first year?
const one = goalSeek(model, history, {
  over: ['2014', '2014'],
  target: { growth_gdp: '12%' },
  using: 'g_services',
});
console.log('12 % in 2014 needs services growth of', percent(one.value));

// As many instruments as targets: GDP and nominal GDP growth in every year, each instrument with a value of its own a year.
const both = control(model, history, {
  over,
  targets: {
    growth_gdp: '12%',
    growth_gdp_nominal: { '2014': '13%', '2015': '14%', '2016': '14%', '2017': '14%', '2018': '14%' },
  },
  using: ['g_services', 'p_other'],
});
console.log(both.hit ? 'both targets are hit every year with' : 'not every target is hit; the nearest is');
for (const [name, { values }] of Object.entries(both.instruments))
  console.log(' ', name, values.map(percent).join(', '));

// Too few instruments, and a bound: the nearest is found, and every miss is said.
const bounded = control(model, history, {
  over,
  targets: { growth_gdp: '12%' },
  using: ['g_services'],
  bounds: { g_services: ['6%', '8%'] },
});
const worst = bounded.targets.toSorted((a, b) => a.miss - b.miss)[0]!;
console.log('services at most 8 %: GDP growth falls short most in', worst.period, 'by', percent(-worst.miss));

// Several ways to one target, the least demanding first: inside the documented ranges or beyond them?
const ways = recipes(model, history, {
  over: ['2014', '2014'],
  target: { growth_gdp: '14%' },
  ways: [['g_services'], ['g_output_industry'], ['g_output_industry', 'g_services'], ['va_ratio_change']],
});
console.table(
  ways.map(({ asks, beyond, hit }) => ({
    '14 % by': asks.map(({ instrument, to }) => `${instrument} ${percent(to)}`).join(', '),
    'reaches it': hit,
    'beyond its range (widths)': beyond.toFixed(2),
  })),
);
