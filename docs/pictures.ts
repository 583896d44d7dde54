import { mkdirSync, writeFileSync } from 'node:fs';
import {
  auto,
  compare,
  contribution,
  describeTarget,
  forecast,
  grow,
  growthFromYearToDate,
  normal,
  nowcast,
  outcome,
  pace,
  pert,
  planChance,
  planOutcome,
  probability,
  readPlanFile,
  runScenarios,
  series,
  simulate,
  slice,
  tornado,
} from '../src/index.ts';
import type { Dataset } from '../src/index.ts';
import {
  forecastChart,
  frontierChart,
  growthBand,
  ladderChart,
  paceChart,
  pathsChart,
  scenariosChart,
  tornadoChart,
  waterfallChart,
} from '../src/plot/index.ts';
import type { Figure } from '../src/plot/index.ts';
import { studyPlan, twoEngine, twoEngineHistory, twoEngineParameters } from '../src/presets/index.ts';
import { normalised } from '../tests/plot/picture.ts';
import china from '../seeds/china-gdp-1978-2019.json' with { type: 'json' };
import planFile from '../seeds/lvyuan-2014.json' with { type: 'json' };

/** The pictures of the README and the guides, drawn from the figures that stand in the text beside them. */
export function pictures(): Record<string, string> {
  const drawn: Record<string, Figure> = {
    frontier: frontierPicture(),
    waterfall: waterfallPicture(),
    scenarios: scenariosPicture(),
    ladder: ladderPicture(),
    tornado: tornadoPicture(),
    forecast: forecastPicture(),
    pace: pacePicture(),
    paths: pathsPicture(),
  };
  return Object.fromEntries(
    Object.entries(drawn).map(([name, { outerHTML }]) => [name, normalised(outerHTML)]),
  );
}

const plan = readPlanFile(planFile).plan!;
const model = twoEngine({ parameters: { g_output_industry: '15%', g_services: '8.15%', g_fai: '15%' } });
const history: Dataset = twoEngineHistory(model, '2013');

function frontierPicture(): Figure {
  const { frontier, shares } = studyPlan(plan);
  const { g_agriculture, g_construction, g_services } = twoEngineParameters;
  return frontierChart(
    {
      question: {
        shares,
        growth: { agriculture: g_agriculture.value, construction: g_construction.value },
        target: frontier!.target,
        across: 'industry',
        up: 'services',
      },
      plan: { label: 'gross output +15 %', across: frontier!.plan.across, up: frontier!.plan.up },
      ranges: { up: g_services.range },
    },
    {
      title: 'What GDP growth of 12 % asks of the two engines',
      across: 'industry, real',
      up: 'services, real',
    },
  );
}

function waterfallPicture(): Figure {
  const accounts = contribution(
    { primary: 64192.5, secondary: 334106.6, tertiary: 442003.5 },
    { primary: 66161.1, secondary: 352992.5, tertiary: 472492.5 },
  );
  return waterfallChart(accounts, { title: 'China 2019: each sector’s pull on GDP growth', total: 'GDP' });
}

function scenariosPicture(): Figure {
  const runs = runScenarios(
    model,
    history,
    [
      { name: 'industry-led', set: { g_output_industry: '18%', g_services: '6.15%' } },
      { name: 'services-led', set: { g_output_industry: '12%', g_services: '10.15%' } },
      { name: 'thinner value added', set: { va_ratio_change: '-1%' } },
      { name: 'investment halts', set: { g_fai: '0%' } },
    ],
    { over: ['2014', '2014'] },
  );
  const rows = compare(runs, {
    variables: ['growth_gdp', 'growth_income_urban', 'growth_revenue'],
    periods: ['2014'],
  });
  const labels = { growth_gdp: 'real GDP', growth_income_urban: 'urban income', growth_revenue: 'revenue' };
  return scenariosChart(rows, { title: 'Four scenarios of 2014 beside the plan', labels });
}

function ladderPicture(): Figure {
  const headline = { ...plan, targets: plan.targets.slice(0, 7) };
  const own = twoEngine({ parameters: { g_services: '8.15%' } });
  const factors = {
    g_output_industry: normal('15%', '2%'),
    g_services: normal('8.15%', '1%'),
    g_fai: normal('15%', '3%'),
    p_industry: pert(-0.05, -0.014, 0.03),
    income_pass_through: pert(0.7, 0.9, 1.1),
    retail_elasticity: pert(0.8, 1.2, 1.5),
  };
  const names = Object.keys(factors) as (keyof typeof factors)[];
  const targets = planOutcome(headline, own, twoEngineHistory(own, '2013'), { factors: names });
  const summary = simulate(targets.outcome, factors, { draws: 20_000, seed: 2014, bands: targets.bands });
  const chance = planChance(headline, summary);
  const rungs = chance.targets.map((name, i) => {
    const { probability: p, low, high } = probability(summary, name);
    const label = describeTarget(headline, headline.targets[i]!);
    return { label, probability: p, interval: [low, high] as const };
  });
  return ladderChart(rungs, chance.all, { title: 'How likely each headline target is, and all of them' });
}

function tornadoPicture(): Figure {
  const factors = ['p_industry', 'g_output_industry', 'va_ratio_change', 'g_services'] as const;
  const growth = outcome(model, history, { over: ['2014', '2014'], factors, read: ['growth_gdp'] });
  const ranges = Object.fromEntries(
    factors.map((name) => {
      const [low, high] = twoEngineParameters[name].range;
      return [name, { low, base: model.parameters[name].value, high }];
    }),
  ) as Record<(typeof factors)[number], { low: number; base: number; high: number }>;
  const labels = Object.fromEntries(factors.map((name) => [name, twoEngineParameters[name].label.en]));
  return tornadoChart(tornado(growth, ranges), { title: 'Real GDP growth of 2014, one assumption at a time', labels }); // prettier-ignore
}

function forecastPicture(): Figure {
  const gdp = series('1978', china.series.gdp_index_1978.values);
  const ahead = forecast(slice(gdp, ['1978', '2013']), auto(), { horizon: 5, declare: 'economic-level' });
  return forecastChart(ahead, {
    title: 'China’s real GDP as seen at the end of 2013',
    label: '1978 = 100',
    history: slice(gdp, ['2003', '2013']),
  });
}

function pacePicture(): Figure {
  const to = [218062.8, 460636.7, 712845.4, 990865.1];
  const weights = to.map((level, i) => (level - (to[i - 1] ?? 0)) / to[3]!);
  const base = series('2018-Q1', weights.map((w) => 100 * w)); // prettier-ignore
  const half = series('2019-Q1', [0.064, 0.063]);
  const { rest } = nowcast(half, { weights, sd: 0.005 });
  return paceChart(
    {
      pace: pace('6.5%', { base, cumulative: half, outlook: rest }),
      target: 0.065,
      actual: growthFromYearToDate(half, base),
    },
    { title: 'What 6.5 % would have asked of the second half of 2019' },
  );
}

function pathsPicture(): Figure {
  return pathsChart(
    [0.11, 0.12, 0.13].map((rate) => ({
      label: `${Math.round(100 * rate)} %`,
      projection: grow(100, rate, { over: ['2014', '2018'] }),
    })),
    {
      title: 'Five years of “about 12 %”',
      label: 'level, 2013 = 100',
      band: growthBand(100, { low: 0.115, high: 0.125 }, ['2014', '2018']),
    },
  );
}

if (process.argv[1]?.endsWith('pictures.ts') === true) {
  mkdirSync('docs/pictures', { recursive: true });
  for (const [name, svg] of Object.entries(pictures())) writeFileSync(`docs/pictures/${name}.svg`, svg);
}
