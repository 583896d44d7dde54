import { fileURLToPath } from 'node:url';
import { afterAll, bench, describe } from 'vitest';
import { simulateOnCluster, startWorker } from '../src/cluster/index.ts';
import { mergeSummaries, normal, planShards, runShard, simulate, triangular } from '../src/index.ts';
import { openThreads, simulateParallel } from '../src/node/index.ts';
import type { Task } from '../src/node/index.ts';
import { hasRedis, spareRedis } from '../tests/cluster/redis-server.ts';
import { growthOfGdp, slowGrowthOfGdp } from '../tests/node/own-function.ts';

const module = fileURLToPath(new URL('../tests/node/own-function.ts', import.meta.url));
const task = (name: string): Task => ({ kind: 'module', module, name });
const factors = { industry: normal(0.15, 0.02), services: triangular(0.06, 0.08, 0.12) };
const once = { iterations: 5, time: 100, warmupIterations: 1 };

/** A thousand shards of one block of draws each. */
const shards = { draws: 1024 * 1000, seed: 9, shards: 1000 };
function hereInShards(): void {
  const { shards: n, ...simulation } = shards;
  mergeSummaries(
    planShards({ factors, ...simulation }, n).map((shard) =>
      runShard<keyof typeof factors>(growthOfGdp, shard),
    ),
  );
}

// Threads that stay, as a program keeps them that simulates often; their start is the last row of the first group.
const one = openThreads(1);
const two = openThreads(2);

describe('100,000 draws of a function that takes its time, on two processors', () => {
  const wanted = { draws: 100_000, seed: 9 };
  bench('one core', () => void simulate(slowGrowthOfGdp, factors, wanted), once);
  bench(
    'two threads that stay',
    async () => void (await simulateParallel(task('slowGrowthOfGdp'), factors, { ...wanted, threads: two })),
    once,
  );
  bench(
    'two threads, their start included, which from source takes a second',
    async () => void (await simulateParallel(task('slowGrowthOfGdp'), factors, { ...wanted, threads: 2 })),
    once,
  );
});

// The overhead of a task is the difference of the two rows, divided by a thousand.
describe('a thousand shards of one draw-block each', () => {
  bench('on this thread', hereInShards, once);
  bench(
    'on one other thread',
    async () => void (await simulateParallel(task('growthOfGdp'), factors, { ...shards, threads: one })),
    once,
  );
  bench(
    'on two other threads',
    async () => void (await simulateParallel(task('growthOfGdp'), factors, { ...shards, threads: two })),
    once,
  );
});

// A worker in a process of its own would add nothing but memory: the shards run on threads in either case.
const redis = hasRedis ? await spareRedis() : undefined;
await redis?.start();
const worker =
  redis &&
  (await startWorker({
    connection: redis.address,
    concurrency: 2,
    modules: fileURLToPath(new URL('../tests/node', import.meta.url)),
  }));

describe.skipIf(redis === undefined)('a thousand shards of one draw-block each, over Redis', () => {
  bench('on this thread', hereInShards, once);
  bench(
    'on a worker of two threads',
    async () =>
      void (await simulateOnCluster(task('growthOfGdp'), factors, { ...shards, connection: redis!.address })),
    once,
  );
});

afterAll(async () => {
  await worker?.close(true);
  await redis?.remove();
  await Promise.all([one.close(), two.close()]);
});
