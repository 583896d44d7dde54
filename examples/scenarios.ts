// Scenarios to a chart: solve a model under several settings, compare them, write the picture as an SVG file.
//   npx tsx examples/scenarios.ts scenarios.svg
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, runScenarios } from '../src/index.ts';
import { scenariosChart } from '../src/plot/index.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';

const model = twoEngine({ parameters: { g_output_industry: '15%', g_services: '8.15%' } });
const runs = runScenarios(
  model,
  twoEngineHistory(model, '2013'),
  [
    { name: 'industry-led', set: { g_output_industry: '18%', g_services: '6.15%' } },
    { name: 'services-led', set: { g_output_industry: '12%', g_services: '10.15%' } },
    { name: 'value-added ratio -1 point', set: { va_ratio_change: '-1%' } },
    { name: 'producer prices +3 %', set: { p_industry: '3%' } },
    // Set by period: the shortfall comes in the first year and is over in the second.
    { name: 'a weak first year', set: { g_output_industry: { '2014': '9%', '2015': '15%' } } },
  ],
  { over: ['2014', '2015'] },
);
const labels = {
  growth_gdp: 'real GDP growth',
  growth_income_urban: 'urban income',
  growth_revenue: 'fiscal revenue',
} as const;
const rows = compare(runs, {
  variables: ['growth_gdp', 'growth_income_urban', 'growth_revenue'],
  periods: ['2014'],
});
console.table(
  rows
    .filter(({ variable }) => variable === 'growth_gdp')
    .map(({ scenario, value, difference }) => ({
      scenario,
      'GDP growth %': (100 * value).toFixed(2),
      'against the plan, points': (100 * difference).toFixed(2),
    })),
);

const chart = scenariosChart(rows, { title: 'Scenarios of 2014 beside the plan', labels });
const file = process.argv[2] ?? join(tmpdir(), 'tinbergen-scenarios.svg');
writeFileSync(file, chart.outerHTML);
console.log(`the chart is in ${file} (${chart.outerHTML.length} characters)`);
