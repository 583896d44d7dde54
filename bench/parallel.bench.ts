import { fileURLToPath } from 'node:url';
import { bench, describe } from 'vitest';
import { normal, simulate, triangular } from '../src/index.ts';
import { simulateParallel } from '../src/node/index.ts';
import { growthOfGdp } from '../tests/node/own-function.ts';

/** Threads against one core in the same run: the start of threads is in it, as a caller sees it. */
const module = fileURLToPath(new URL('../tests/node/own-function.ts', import.meta.url));
const factors = { industry: normal(0.15, 0.02), services: triangular(0.06, 0.08, 0.12) };
const wanted = { draws: 4_000_000, seed: 9 };

describe('4 million draws of a plain function', () => {
  bench(
    'one core',
    () => {
      if (simulate(growthOfGdp, factors, wanted).count !== wanted.draws) throw new Error('wrong');
    },
    { iterations: 3, time: 100, warmupIterations: 1 },
  );
  bench(
    'two worker threads, their start included',
    async () => {
      const summary = await simulateParallel({ kind: 'module', module, name: 'growthOfGdp' }, factors, {
        ...wanted,
        threads: 2,
      });
      if (summary.count !== wanted.draws) throw new Error('wrong');
    },
    { iterations: 3, time: 100, warmupIterations: 1 },
  );
  bench(
    'two worker threads, 1,000 shards',
    async () => {
      await simulateParallel({ kind: 'module', module, name: 'growthOfGdp' }, factors, {
        ...wanted,
        threads: 2,
        shards: 1000,
      });
    },
    { iterations: 3, time: 100, warmupIterations: 1 },
  );
});
