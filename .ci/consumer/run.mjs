import { compound, growth, normal, outcome, readPlanFile, simulate, solve } from 'tinbergen';
import { compound as fromBrowserFile } from 'tinbergen/browser';
import { readWorkbook, workbookTemplate } from 'tinbergen/excel';
import { readPlan } from 'tinbergen/language';
import { simulateParallel } from 'tinbergen/node';
import { studyPlan, twoEngine, twoEngineHistory } from 'tinbergen/presets';
import { report } from 'tinbergen/report';
import seed from 'tinbergen/seeds/lvyuan-2014.json' with { type: 'json' };

const model = twoEngine();
const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] });
const history = twoEngineHistory(model, '2013');
const reading = { over: ['2014', '2014'], factors: ['g_services'], read: ['growth_gdp'] };
const factors = { g_services: normal(0.08, 0.01) };
const wanted = { draws: 5000, seed: 1 };
const threads = await simulateParallel({ kind: 'model', model, history, outcome: reading }, factors, {
  ...wanted,
  threads: 2,
});
if (JSON.stringify(threads) !== JSON.stringify(simulate(outcome(model, history, reading), factors, wanted)))
  throw new Error('threads differ');
if (readPlan('地区生产总值增长12%左右。', { year: 2014 }).plan.targets.length !== 1)
  throw new Error('the reader read nothing');
if (fromBrowserFile(100, '12%', 5) !== compound(100, '12%', 5)) throw new Error('the one file differs');
if (!report(studyPlan(readPlanFile(seed).plan)).includes('<svg'))
  throw new Error('the report has no picture');
if ((await readWorkbook(await workbookTemplate())).issues === undefined)
  throw new Error('no workbook was read');
console.log(compound(100, '12%', 5).toFixed(4), growth(run.gdp).values.length);
