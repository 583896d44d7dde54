import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { planOutcome, readPlanFile, simulate } from '../src/index.ts';
import { studyPlan, twoEngine, twoEngineHistory } from '../src/presets/index.ts';
import { chanceShard } from '../src/report/explorer-chance.ts';
import type { KeptDraws } from '../src/report/explorer-chance.ts';
import { explorerData, factorsAt } from '../src/report/explorer-model.ts';

const plan = readPlanFile(readFileSync(new URL('../seeds/lvyuan-2014.json', import.meta.url), 'utf8')).plan!;
const study = studyPlan(plan);
const data = explorerData(study, { seed: 1, draws: 100_000, language: 'en' });
const model = twoEngine({ shares: study.shares, parameters: study.parameters });
const factors = factorsAt(data, data.start);
const { outcome, bands } = planOutcome(plan, model, twoEngineHistory(model, study.base), {
  factors: Object.keys(factors),
});

describe('the chances of seven targets in 100,000 draws of 13 factors', () => {
  bench('simulate, with moments and quantiles', () => {
    simulate(outcome, factors, { draws: 100_000, seed: 1, bands });
  });
  bench('the explorer, every factor drawn anew', () => {
    chanceShard(data, model, data.start, 0, 1);
  });
  const kept: KeptDraws = new Map();
  let step = 0;
  bench('the explorer, one slider dragged', () => {
    step += 1e-6;
    const set = { ...data.start.set, g_services: data.start.set.g_services + step };
    chanceShard(data, model, { ...data.start, set }, 0, 1, kept);
  });
});
