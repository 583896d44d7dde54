// A thousand districts in one run: each has its own shares, all of them are drawn together over worker threads.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { normal, probability } from '../src/index.ts';
import { simulateParallel } from '../src/node/index.ts';

const districts = 1000;

/** The share of districts that grow by 12 % when industry and services grow as drawn. */
export function districtsAtTarget({
  industry,
  services,
}: {
  readonly industry: number;
  readonly services: number;
}): number {
  let met = 0;
  for (let d = 0; d < districts; d++) {
    const share = 0.3 + (0.4 * d) / districts;
    if (share * industry + (0.98 - share) * services + 0.02 * 0.042 >= 0.12) met++;
  }
  return met / districts;
}

// Threads import this file for the function above; the program itself starts the simulation.
if (isMainThread) {
  const summary = await simulateParallel(
    { kind: 'module', module: fileURLToPath(import.meta.url), name: 'districtsAtTarget' },
    { industry: normal(0.15, 0.02), services: normal(0.09, 0.01) },
    {
      draws: 20_000,
      seed: 1,
      threads: availableParallelism(),
      bands: { most: { output: 'value', low: 0.5 } },
    },
  );
  console.log(`${summary.count} draws of ${districts} districts`);
  console.log(`on average ${(100 * summary.outputs['value']!.mean).toFixed(1)} % of districts reach 12 %`);
  console.log(
    `more than half of them do with probability ${(100 * probability(summary, 'most').probability).toFixed(1)} %`,
  );
}
