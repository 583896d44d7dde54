// The cluster: one simulation over a queue in Redis, however many workers there are, and the bits of a single run.
//   REDIS_URL=redis://localhost:6379 npx tsx examples/cluster.ts
// Workers run on any machine that reaches Redis (`tinbergen worker --redis ...`); here one is started in the program itself.
import { simulateOnCluster, startWorker } from '../src/cluster/index.ts';
import { normal, probability } from '../src/index.ts';
import { simulateParallel } from '../src/node/index.ts';
import type { Task } from '../src/node/index.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';

const connection = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const queue = 'tinbergen-example';

const model = twoEngine();
const task: Task = {
  kind: 'model',
  model,
  history: twoEngineHistory(model, '2013'),
  outcome: { over: ['2014', '2014'], factors: ['g_output_industry', 'g_services'], read: ['growth_gdp'] },
};
const factors = { g_output_industry: normal('15%', '2%'), g_services: normal('8.15%', '1%') };
const run = { draws: 50_000, seed: 2014, bands: { target: { output: 'growth_gdp', low: 0.115 } } };

const worker = await startWorker({ connection, queue, concurrency: 2 }).catch((error: Error) => error);
if (worker instanceof Error) {
  console.log(`skipped: ${worker.message}`);
  console.log('Start a Redis, or say where one is with REDIS_URL.');
} else {
  let seen = 0;
  const summary = await simulateOnCluster(task, factors, {
    ...run,
    connection,
    queue,
    shards: 16,
    onProgress: (done) => void (seen = done),
  });
  await worker.close();
  const { probability: chance, low, high } = probability(summary, 'target');
  const [p, from, to] = [chance, low, high].map((x) => `${(100 * x).toFixed(1)} %`);
  console.log(`${seen} draws in 16 shards: GDP growth of 11.5 % or more with ${p} (${from} to ${to})`);
  const here = await simulateParallel(task, factors, run);
  console.log('the same bits as on threads:', JSON.stringify(here) === JSON.stringify(summary));
}
