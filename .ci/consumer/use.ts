import {
  about,
  assess,
  atLeast,
  compound,
  definePlan,
  inStepWith,
  readPlanFile,
  requiredRate,
  solve,
} from 'tinbergen';
import type { Series } from 'tinbergen';
import { compound as fromBrowserFile } from 'tinbergen/browser';
import { workbookTemplate } from 'tinbergen/excel';
import { readPlan } from 'tinbergen/language';
import { studyPlan, twoEngine, twoEngineHistory } from 'tinbergen/presets';
import { report } from 'tinbergen/report';

const indicators = {
  gdp: { label: 'GDP', unit: 'CNY', kind: 'flow', prices: 'constant' },
  revenue: { label: 'revenue', unit: 'CNY', kind: 'flow' },
} as const;
const plan = definePlan({
  name: 'Work plan 2014',
  span: ['2014', '2014'],
  indicators,
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('12%') },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp') },
  ],
});
export const misspelt = (): unknown =>
  definePlan({
    name: 'misspelt',
    span: ['2014', '2014'],
    indicators,
    // @ts-expect-error: 'gpd' is not an indicator of this plan
    targets: [{ indicator: 'gpd', measure: 'growth', relation: atLeast('10%') }],
  });
const model = twoEngine({ parameters: { g_services: '9%' } });
const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] });
const gdp: Series = run.gdp;
export const results: readonly (number | string)[] = [
  compound(100, '12%', 5),
  requiredRate(100, 200, 6),
  gdp.values.length,
  assess(plan, { outlook: run })[0]!.status,
  readPlanFile('{').issues.length,
  readPlan('GDP will grow by 5 %.', { year: 2025 }).readings.length,
  report(studyPlan(plan)),
  fromBrowserFile(100, '12%', 5),
];
export const later: readonly (() => Promise<object>)[] = [() => workbookTemplate(plan)];
