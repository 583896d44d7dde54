// One simulation on many machines with no queue at all: each pod runs the shard of its index and leaves a file.
//   SHARDS=8 JOB_COMPLETION_INDEX=0 OUT=/data node shard.ts      one for each index
//   SHARDS=8 OUT=/data node shard.ts merge                       when all are done
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeSummaries, normal, outcome, planShards, probability, runShard } from '../../src/index.ts';
import type { Summary } from '../../src/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';

const model = twoEngine();
const over = ['2014', '2014'] as const;
const growth = outcome(model, twoEngineHistory(model, '2013'), {
  over,
  factors: ['g_output_industry', 'g_services'],
  read: ['growth_gdp'],
});
const factors = { g_output_industry: normal(0.15, 0.02), g_services: normal(0.08, 0.01) };
const shards = planShards(
  {
    factors,
    draws: 200_000,
    seed: 2014,
    bands: { 'GDP at least 12 %': { output: 'growth_gdp', low: 0.12 } },
  },
  Number(process.env['SHARDS'] ?? 8),
);
const out = process.env['OUT'] ?? '.';
const file = (index: number): string => join(out, `shard-${index}.json`);

if (process.argv[2] === 'merge') {
  const found = shards.map((_, i) => JSON.parse(readFileSync(file(i), 'utf8')) as Summary<'growth_gdp'>);
  const summary = mergeSummaries(found);
  const { mean, sd } = summary.outputs.growth_gdp;
  console.log(
    `${summary.count} draws: GDP growth ${(100 * mean).toFixed(2)} %, sd ${(100 * sd).toFixed(2)} points`,
  );
  console.log(`at least 12 %: ${(100 * probability(summary, 'GDP at least 12 %').probability).toFixed(1)} %`);
} else {
  const index = Number(process.env['JOB_COMPLETION_INDEX'] ?? 0);
  const shard = shards[index];
  // More pods than shards: nothing to do is no failure.
  if (shard !== undefined) writeFileSync(file(index), JSON.stringify(runShard(growth, shard)));
}
