import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  mergeSummaries,
  normal,
  outcome,
  planShards,
  runShard,
  simulate,
  triangular,
} from '../../src/index.ts';
import { openThreads, runTask, simulateParallel } from '../../src/node/index.ts';
import type { Task } from '../../src/node/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import { growthOfGdp } from './own-function.ts';

const module = fileURLToPath(new URL('own-function.ts', import.meta.url));
const task = (name: string): Task => ({ kind: 'module', module, name });
const own = task('growthOfGdp');
const factors = { industry: normal(0.15, 0.02), services: triangular(0.06, 0.08, 0.12) };
const run = { draws: 1_030_000, seed: 9, bands: { gdp: { output: 'value', low: 0.12 } } } as const;

const model = twoEngine();
const history = twoEngineHistory(model, '2013');
const options = {
  over: ['2014', '2014'],
  factors: ['g_output_industry', 'g_services'],
  read: ['growth_gdp'],
} as const;
const drawn = { g_output_industry: normal(0.15, 0.02), g_services: normal(0.08, 0.01) };

const threads = openThreads(3);
afterAll(async () => threads.close());

/** The bits of a summary. */
const bits = (summary: unknown): string => JSON.stringify(summary);
/** What a queue or a file makes of it. */
const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('the same bits', () => {
  const alone = bits(simulate(growthOfGdp, factors, run));

  it.each([1, 2, 3, 7, 64, 1000])('for %i shards over threads', async (shards) => {
    expect(bits(await simulateParallel(own, factors, { ...run, threads, shards }))).toBe(alone);
  });

  it.each([1, 2])('for %i threads of its own', async (count) => {
    expect(bits(await simulateParallel(own, factors, { ...run, threads: count }))).toBe(alone);
  });

  it('for shards in any order, twice, and through JSON', async () => {
    const shards = planShards({ factors, ...run }, 7);
    const back = await Promise.all(
      [...shards, shards[3]!]
        .toReversed()
        .map(async (shard) => runTask(throughJson(own), throughJson(shard))),
    );
    expect(bits(mergeSummaries(throughJson(back)))).toBe(alone);
    expect(bits(mergeSummaries(shards.map((shard) => runShard(growthOfGdp, shard))))).toBe(alone);
  });

  it('for scrambled Sobol points', async () => {
    const sobol = { draws: 2 ** 14, seed: 2, sampling: 'sobol', replicates: 8 } as const;
    expect(bits(await simulateParallel(own, factors, { ...sobol, threads, shards: 5 }))).toBe(
      bits(simulate(growthOfGdp, factors, sobol)),
    );
  });

  it('for a model, which crosses as data', async () => {
    const asData: Task = { kind: 'model', model, history, outcome: options };
    const here = simulate(outcome(model, history, options), drawn, { draws: 5000, seed: 1 });
    expect(bits(await simulateParallel(asData, drawn, { draws: 5000, seed: 1, threads }))).toBe(bits(here));
    const shard = planShards({ factors: drawn, draws: 5000, seed: 1 }, 1)[0]!;
    expect(bits(await runTask(throughJson(asData), throughJson(shard)))).toBe(bits(here));
  });

  it('for an outcome, and for runs that share threads', async () => {
    const [a, b, c] = await Promise.all([
      simulateParallel(task('outcomeOfGdp'), factors, { draws: 9000, seed: 1n, threads, shards: 9 }),
      simulateParallel(own, factors, { draws: 9000, seed: 2, threads, shards: 9 }),
      simulateParallel(own, factors, { draws: 0, threads }),
    ]);
    const { gdp } = a.outputs as Record<string, { readonly mean: number }>;
    expect(gdp!.mean).toBe(simulate(growthOfGdp, factors, { draws: 9000, seed: 1 }).outputs.value.mean);
    expect(bits(b)).toBe(bits(simulate(growthOfGdp, factors, { draws: 9000, seed: 2 })));
    expect(c.count).toBe(0);
  });
});

describe('a run', () => {
  it('reports progress', async () => {
    const seen: number[] = [];
    await simulateParallel(own, factors, {
      ...run,
      threads,
      shards: 5,
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('is aborted: its threads end, and those of other runs go on', async () => {
    const pool = openThreads(2);
    const controller = new AbortController();
    const forever = simulateParallel(task('endless'), factors, {
      draws: 1000,
      threads: pool,
      shards: 1,
      signal: controller.signal,
    });
    const other = simulateParallel(own, factors, { draws: 5000, threads: pool, shards: 1 });
    await other;
    expect(pool.started()).toBe(2);
    controller.abort(new Error('enough'));
    await expect(forever).rejects.toThrow('enough');
    expect(pool.started()).toBe(1);
    await expect(
      simulateParallel(own, factors, {
        ...run,
        threads: pool,
        signal: AbortSignal.abort(new Error('before')),
      }),
    ).rejects.toThrow('before');
    const rest = simulateParallel(task('endless'), factors, { draws: 1000, threads: pool });
    const closed = expect(rest).rejects.toThrow('its threads were closed');
    await pool.close();
    await closed;
    expect(pool.started()).toBe(0);
  });

  it('says what is wrong, and its threads go on', async () => {
    const fails = async (name: string, message: string): Promise<void> =>
      expect(simulateParallel(task(name), factors, { draws: 3000, threads, shards: 1 })).rejects.toThrow(
        message,
      );
    await fails('growthOfGpd', "exports no function or outcome 'growthOfGpd'; did you mean 'growthOfGdp'?");
    await fails('crash', 'a worker thread ended with code 3 before its shard was done');
    await fails('throws', 'no such year');
    await expect(simulateParallel(own, factors, { ...run, threads: 0 })).rejects.toThrow(
      '0 threads are not possible',
    );
    await expect(simulateParallel(own, factors, { draws: -1, threads })).rejects.toThrow(
      '-1 draws are not possible',
    );
    await expect(
      simulateParallel(own, factors, { ...run, threads, onProgress: () => expect.fail('my own error') }),
    ).rejects.toThrow('my own error');
    const withFunction = Object.assign({ also: growthOfGdp }, own);
    await expect(simulateParallel(withFunction, factors, { draws: 10, threads })).rejects.toThrow(
      'cannot be sent to a thread',
    );
    const wrong = { kind: 'modle' } as unknown as Task;
    await expect(runTask(wrong, planShards({ factors, draws: 1 }, 1)[0]!)).rejects.toThrow('is no task');
    expect((await simulateParallel(own, factors, { draws: 10, threads })).count).toBe(10);
  });

  it('loads modules from a folder only, where one is given', async () => {
    const shard = planShards({ factors, draws: 1 }, 1)[0]!;
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const inside: Task = { kind: 'module', module: 'own-function.ts', name: 'growthOfGdp' };
    expect((await runTask(inside, shard, { modules: folder })).count).toBe(1);
    for (const away of [
      '../node/../support/arbitraries.ts',
      '/etc/passwd',
      'data:text/javascript,1',
      'node:os',
    ]) {
      await expect(runTask({ kind: 'module', module: away }, shard, { modules: folder })).rejects.toThrow(
        /is outside|is no file/,
      );
    }
  });
});
