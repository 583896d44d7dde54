import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { simulateOnCluster, startWorker } from '../../src/cluster/index.ts';
import type { ClusterOptions, Task } from '../../src/cluster/index.ts';
import { normal, outcome, simulate, triangular } from '../../src/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import { growthOfGdp } from '../node/own-function.ts';
import { ended, freePort, hasRedis, spareRedis } from './redis-server.ts';
import type { RedisServer } from './redis-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const factors = { industry: normal(0.15, 0.02), services: triangular(0.06, 0.08, 0.12) };
const bands = { gdp: { output: 'value', low: 0.12, high: Infinity } } as const;
const bits = (summary: unknown): string => JSON.stringify(summary);
const task = (name: string): Task => ({ kind: 'module', module: 'own-function.js', name });

describe('without Redis', () => {
  it('says within seconds that there is none, and where, but not the password', async () => {
    const port = await freePort();
    const connection = `redis://me:secret@127.0.0.1:${port}/1`;
    const error = await simulateOnCluster(task('growthOfGdp'), factors, { draws: 1, connection }).catch(
      String,
    );
    expect(error).toMatch(
      new RegExp(`^Error: simulateOnCluster: Redis at 127.0.0.1:${port} does not answer \\(.*ECONNREFUSED`),
    );
    expect(error).not.toContain('secret');
    await expect(startWorker({ connection: { host: '127.0.0.1', port } })).rejects.toThrow(
      `startWorker: Redis at 127.0.0.1:${port} does not answer`,
    );
  });

  it('is not kept waiting by a server that says nothing', async () => {
    const silent = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => void silent.listen(port, '127.0.0.1', resolve));
    await expect(startWorker({ connection: `redis://127.0.0.1:${port}` })).rejects.toThrow('does not answer');
    silent.close();
  });

  it.each([
    [{ connection: 'localhost' }, "'localhost' is no address"],
    [{ connection: 'http://localhost' }, "'http:' is no address of Redis"],
    [{ connection: 'redis://localhost/first' }, "'first' is no number of a database"],
    [{ connection: 'redis://localhost', id: 'a:b' }, "the id 'a:b' is not possible"],
    [{ connection: 'redis://localhost', shards: 0 }, '0 shards are not possible'],
    [{ connection: 'redis://localhost', draws: -1 }, '-1 draws are not possible'],
  ])('refuses %j', async (options, message) => {
    await expect(simulateOnCluster(task('growthOfGdp'), factors, { draws: 1, ...options })).rejects.toThrow(
      message,
    );
  });

  it('refuses workers that cannot be', async () => {
    const connection = 'redis://localhost';
    await expect(startWorker({ connection, concurrency: 0 })).rejects.toThrow('concurrency 0');
    await expect(startWorker({ connection, lockDuration: 1 })).rejects.toThrow('a lock of 1 ms');
  });
});

describe.skipIf(!hasRedis)('on a cluster', () => {
  let redis: RedisServer;
  const workers = new Set<ChildProcess>();

  beforeAll(async () => {
    redis = await spareRedis();
    // Workers run JavaScript, as those of the package do.
    const entries = {
      cli: 'src/cli/main.ts',
      processor: 'src/cluster/processor.ts',
      'own-function': 'tests/node/own-function.ts',
    };
    await build({
      entryPoints: Object.fromEntries(Object.entries(entries).map(([k, file]) => [k, join(root, file)])),
      bundle: true,
      platform: 'node',
      format: 'esm',
      splitting: true,
      outdir: redis.folder,
      external: ['bullmq', 'ioredis'],
      banner: {
        js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);",
      },
    });
    symlinkSync(join(root, 'node_modules'), join(redis.folder, 'node_modules'));
    await redis.start();
  });

  afterEach(async () => {
    await Promise.all([...workers].map(async (worker) => ended(worker, 'SIGKILL')));
  });

  afterAll(async () => redis.remove());

  /** `tinbergen worker` as a process; resolved when it waits for shards. */
  function worker(...args: string[]): Promise<ChildProcess & { said?: string }> {
    const all = ['worker', '--redis', redis.address, '--modules', redis.folder, '--lock', '1', ...args];
    const child: ChildProcess & { said?: string } = spawn(
      process.execPath,
      [join(redis.folder, 'cli.js'), ...all],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    workers.add(child);
    return new Promise((resolve, reject) => {
      child.said = '';
      child.stderr!.on('data', (text: Buffer) => {
        child.said += text.toString();
        if (child.said!.includes('waiting for shards')) resolve(child);
      });
      child.on('exit', (code) => {
        workers.delete(child);
        reject(new Error(`the worker ended with ${code}: ${child.said}`));
      });
    });
  }

  const run = async (name: string, options: Omit<ClusterOptions, 'connection'>) =>
    simulateOnCluster(task(name), factors, { ...options, connection: redis.address });

  /** Numbers of jobs that are left in the queue, but for failed shards, which are kept for a day. */
  async function left(): Promise<Readonly<Record<string, number>>> {
    const queue = new Queue('tinbergen', { connection: { host: '127.0.0.1', port: redis.port } });
    const counts = await queue.getJobCounts();
    await queue.close();
    return Object.fromEntries(Object.entries(counts).filter(([state, n]) => n > 0 && state !== 'failed'));
  }

  it('gives the bits of one run for any number of shards, and leaves nothing behind', async () => {
    await worker('--concurrency', '2');
    const wanted = { draws: 1_030_000, seed: 9, bands };
    const alone = bits(simulate(growthOfGdp, factors, wanted));
    for (const shards of [1, 2, 3, 7, 64, 1000]) {
      const seen: number[] = [];
      const summary = await run('growthOfGdp', { ...wanted, shards, onProgress: (done) => seen.push(done) });
      expect(bits(summary)).toBe(alone);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(seen.at(-1)).toBe(wanted.draws);
    }
    expect(await left()).toEqual({});
  });

  it('gives the bits of one run after a worker was killed in the middle', async () => {
    const wanted = { draws: 200_000, seed: 4, bands, shards: 40 };
    const doomed = await worker('--concurrency', '2');
    let kill: Promise<unknown> | undefined;
    const summary = await run('slowGrowthOfGdp', {
      ...wanted,
      onProgress: (done) => {
        if (done > 0 && done < wanted.draws) kill ??= ended(doomed, 'SIGKILL').then(async () => worker());
      },
    });
    expect(kill, 'no worker was killed').toBeDefined();
    expect(doomed.signalCode).toBe('SIGKILL');
    await kill;
    expect(bits(summary)).toBe(bits(simulate(growthOfGdp, factors, wanted)));
    const [second] = workers;
    expect((second as { readonly said?: string }).said).toContain('was left by its worker and is run again');
  });

  it.each(['kept', 'empty'] as const)(
    'goes on when Redis was away and comes back with its data %s',
    async (kept) => {
      const wanted = { draws: 200_000, seed: 5, shards: 40 };
      const first = await worker('--concurrency', '2');
      const messages: string[] = [];
      let away: Promise<unknown> | undefined;
      const restart = async (): Promise<void> => {
        await redis.stop();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await redis.start(kept);
      };
      const summary = await run('slowGrowthOfGdp', {
        ...wanted,
        onMessage: (message) => messages.push(message),
        onProgress: (done) => {
          if (done > 0 && done < wanted.draws) away ??= restart();
        },
      });
      expect(away, 'Redis was never away').toBeDefined();
      await away;
      expect(bits(summary)).toBe(bits(simulate(growthOfGdp, factors, wanted)));
      expect(messages).toEqual([
        `Redis at 127.0.0.1:${redis.port} is away; waiting for it`,
        `Redis at 127.0.0.1:${redis.port} is back`,
      ]);
      expect(first.said).toContain('is away; waiting for it');
    },
  );

  it('runs a shard that takes longer than its lock lasts, once', async () => {
    // From source, and in this process: the loader of a checkout, and a model that crosses as data.
    const messages: string[] = [];
    const own = await startWorker({
      connection: redis.address,
      concurrency: 1,
      lockDuration: 300,
      modules: join(root, 'tests/node'),
      onMessage: (message) => messages.push(message),
    });
    try {
      const wanted = { draws: 200_000, seed: 6, shards: 1 };
      const started = performance.now();
      const slow: Task = { kind: 'module', module: 'own-function.ts', name: 'slowGrowthOfGdp' };
      const summary = await simulateOnCluster(slow, factors, { ...wanted, connection: redis.address });
      expect(performance.now() - started).toBeGreaterThan(600);
      expect(bits(summary)).toBe(bits(simulate(growthOfGdp, factors, wanted)));
      expect(messages).toEqual([]);
      const model = twoEngine();
      const history = twoEngineHistory(model, '2013');
      const reading = { over: ['2014', '2014'], factors: ['g_services'], read: ['growth_gdp'] } as const;
      const drawn = { g_services: normal(0.08, 0.01) };
      expect(
        bits(
          await simulateOnCluster({ kind: 'model', model, history, outcome: reading }, drawn, {
            draws: 5000,
            seed: 1n,
            shards: 3,
            connection: redis.address,
          }),
        ),
      ).toBe(bits(simulate(outcome(model, history, reading), drawn, { draws: 5000, seed: 1 })));
    } finally {
      await own.close();
    }
  });

  it('says why a shard failed, at once for a mistake, and goes on with the next run', async () => {
    const only = await worker('--concurrency', '1');
    const wanted = { draws: 9000, shards: 3 };
    await expect(run('growthOfGpd', wanted)).rejects.toThrow(
      /^simulateOnCluster: shard \d failed: studyOf: .* exports no function or outcome 'growthOfGpd'; did you mean 'growthOfGdp'\?/,
    );
    await expect(run('throws', wanted)).rejects.toThrow(/shard \d failed: no such year/);
    await expect(
      simulateOnCluster({ kind: 'module', module: '../own-function.js' }, factors, {
        ...wanted,
        connection: redis.address,
      }),
    ).rejects.toThrow(/shard \d failed: studyOf: the module '..\/own-function.js' is outside/);
    const withFunction = Object.assign({ also: growthOfGdp }, task('growthOfGdp'));
    await expect(
      simulateOnCluster(withFunction, factors, { ...wanted, connection: redis.address }),
    ).rejects.toThrow('a function cannot be sent');
    expect((await run('growthOfGdp', wanted)).count).toBe(9000);
    expect(await left()).toEqual({});
    const end = new Promise((resolve) => only.once('exit', resolve));
    process.kill(only.pid!, 'SIGTERM');
    expect(await end).toBe(0);
  });

  it('is given up when told, and nothing of it stays in the queue', async () => {
    const controller = new AbortController();
    const waiting = run('growthOfGdp', { draws: 9000, shards: 9, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 500);
    await expect(waiting).rejects.toThrow('enough');
    expect(await left()).toEqual({});
  });

  it('is found again under its name', async () => {
    const wanted = { draws: 9000, shards: 3, seed: 8, id: '2014' };
    const waiting = run('growthOfGdp', wanted);
    await worker();
    const first = await waiting;
    await Promise.all([...workers].map(async (child) => ended(child, 'SIGKILL')));
    expect(bits(await run('growthOfGdp', wanted))).toBe(bits(first));
    await expect(run('growthOfGdp', { ...wanted, seed: 7 })).rejects.toThrow(
      "the id '2014' belongs to another run",
    );
    expect(await left()).toEqual({ completed: 1 });
  });
});
