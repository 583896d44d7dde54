import type { Address } from './requests.ts';

/** What each address is for, in a line. */
export const summaries: Readonly<Record<Address, string>> = {
  '/read': "The targets that a plan's own words state, each with its place in the text.",
  '/check': 'What is wrong in a plan, and whether its targets can hold together.',
  '/project': 'A plan projected with the two-engine model, or a model of your own solved.',
  '/scenarios': 'What if: scenarios beside the baseline, a row for each variable and period.',
  '/simulate': 'How likely: many draws of uncertain factors, and how often the targets are met.',
  '/forecast': 'What history says about the next periods: a distribution for each, with intervals.',
  '/assess': 'How each target stands against published or expected figures.',
};

const plan = {
  name: 'Work plan 2014',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: 'GDP', unit: '100m CNY', kind: 'flow', prices: 'constant' },
    revenue: { label: 'fiscal revenue', unit: '100m CNY', kind: 'flow', prices: 'current' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: { kind: 'about', value: '12%' } },
    { indicator: 'revenue', measure: 'growth', relation: { kind: 'in-step-with', indicator: 'gdp' } },
  ],
};

const model = {
  equations: ['gdp = gdp[-1] * (1 + growth)', 'growth = g_industry * 0.5 + g_services * 0.5'],
  parameters: { g_industry: 0.15, g_services: 0.09 },
};

/** A body for each address that works as it stands. */
export const exampleOf = {
  '/read': { text: 'GDP will grow by about 12 %, retail sales by 14 % or more.', year: 2014 },
  '/check': { plan },
  '/project': { plan, horizon: 3 },
  '/scenarios': {
    model,
    history: { gdp: { start: '2013', values: [100] } },
    over: ['2014', '2015'],
    scenarios: [{ name: 'slow services', set: { g_services: '7%' } }],
    variables: ['gdp', 'growth'],
  },
  '/simulate': {
    model,
    history: { gdp: { start: '2013', values: [100] } },
    over: ['2014', '2014'],
    factors: {
      g_industry: { kind: 'normal', mean: 0.15, sd: 0.02 },
      g_services: { kind: 'triangular', low: 0.06, mode: 0.09, high: 0.1 },
    },
    read: ['growth'],
    bands: { 'GDP at least 12 %': { output: 'growth', low: 0.12 } },
    draws: 10_000,
    seed: 2014,
  },
  '/forecast': {
    history: { start: '2006', values: [100, 112, 127, 139, 151, 168, 181, 195] },
    declare: 'economic-level',
    horizon: 2,
  },
  '/assess': { plan, actual: { gdp: { start: '2013', values: [100, 111.8] } } },
} as const satisfies Record<Address, unknown>;
