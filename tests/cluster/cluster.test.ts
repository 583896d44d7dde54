import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateOnCluster } from '../../src/cluster/index.ts';
import { checkedConnection, settingsOf } from '../../src/cluster/connection.ts';
import { defineModel, normal, outcome, series, simulate } from '../../src/index.ts';
import type { Task } from '../../src/cluster/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.log(
    'cluster: redis-server is not installed, so the tests of the queue are skipped (apt-get install redis-server)',
  );

describe('connections', () => {
  it('reads addresses', () => {
    expect(settingsOf('call', 'redis://user:p%40ss@db.example:7000/2')).toEqual({
      host: 'db.example',
      port: 7000,
      username: 'user',
      password: 'p@ss',
      db: 2,
      maxRetriesPerRequest: null,
    });
    expect(settingsOf('call', 'rediss://h')).toMatchObject({ host: 'h', port: 6379, tls: {} });
    expect(() => settingsOf('startWorker', 'localhost')).toThrow(
      "startWorker: 'localhost' is not an address",
    );
    expect(() => settingsOf('startWorker', 'http://h')).toThrow('not an address of Redis');
  });

  it('say within seconds that nothing answers, and where', async () => {
    const port = await freePort();
    await expect(
      simulateOnCluster(
        { kind: 'module', module: 'x' },
        {},
        { draws: 1, connection: `redis://127.0.0.1:${port}` },
      ),
    ).rejects.toThrow(`simulateOnCluster: no Redis answers at 127.0.0.1:${port}`);
  });
});

describe.skipIf(!hasRedis)('a queue', { timeout: 40_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-redis-'));
  const running = new Set<ChildProcess>();
  let port = 0;
  let address = '';

  const model = defineModel({ equations: ['y = y[-1] * (1 + g)'], parameters: { g: 0.1 } });
  const history = { y: series('2013', [100]) };
  const reading = { over: ['2014', '2018'], factors: ['g'], read: ['y'] } as const;
  const task: Task = { kind: 'model', model, history, outcome: reading };
  const factors = { g: normal(0.1, 0.02) };
  const wanted = { draws: 60_000, seed: 3, bands: { y: { output: 'y', low: 160 } } } as const;
  const alone = JSON.stringify(simulate(outcome(model, history, reading), factors, wanted));

  beforeAll(async () => {
    port = await freePort();
    address = `redis://127.0.0.1:${port}`;
    startRedis();
    // Workers run the built files, as they do for a user.
    await build({
      entryPoints: { cli: join(root, 'src/cli/main.ts'), processor: join(root, 'src/cluster/processor.ts') },
      bundle: true,
      platform: 'node',
      format: 'esm',
      splitting: true,
      outdir: folder,
      external: ['bullmq', 'ioredis'],
      banner: {
        js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);",
      },
    });
    spawnSync('ln', ['-s', join(root, 'node_modules'), join(folder, 'node_modules')]);
  });

  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function startRedis(): ChildProcess {
    return start('redis-server', [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
    ]);
  }

  function startWorker(...args: string[]): Promise<ChildProcess> {
    const child = start(process.execPath, [
      join(folder, 'cli.js'),
      'worker',
      '--redis',
      address,
      '--lock',
      '1500',
      ...args,
    ]);
    return new Promise((resolve, reject) => {
      let said = '';
      child.stderr!.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('working for')) resolve(child);
      });
      child.on('exit', (code) => reject(new Error(`the worker ended with ${code}: ${said}`)));
    });
  }

  function start(command: string, args: string[]): ChildProcess {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    child.on('exit', () => running.delete(child));
    return child;
  }

  const patiently = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) {
      try {
        await checkedConnection('test', address);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  it('gives the bits of one run, for any number of shards, and after a worker is killed in mid-run', async () => {
    await patiently();
    const doomed = await startWorker();
    for (const shards of [1, 7]) {
      const summary = await simulateOnCluster(task, factors, { ...wanted, shards, connection: address });
      expect(JSON.stringify(summary)).toBe(alone);
    }
    let killed = false;
    const second = simulateOnCluster(task, factors, {
      ...wanted,
      shards: 59,
      connection: address,
      onProgress: (done) => {
        if (done < 3 || killed) return;
        killed = true;
        process.kill(doomed.pid!, 'SIGKILL');
        void startWorker('--concurrency', '2');
      },
    });
    expect(JSON.stringify(await second)).toBe(alone);
    expect(killed).toBe(true);
  });

  it('goes on when Redis was away in mid-run', async () => {
    let restarted = false;
    const summary = await simulateOnCluster(task, factors, {
      ...wanted,
      shards: 40,
      connection: address,
      onProgress: (done) => {
        if (done < 3 || restarted) return;
        restarted = true;
        for (const child of running) if (child.spawnfile === 'redis-server') child.kill('SIGTERM');
        setTimeout(startRedis, 700);
      },
    });
    expect(JSON.stringify(summary)).toBe(alone);
    expect(restarted).toBe(true);
  });

  it('reports what failed every time', async () => {
    const bad: Task = { kind: 'module', module: join(root, 'tests/node/nowhere.mjs') };
    await expect(
      simulateOnCluster(bad, factors, { ...wanted, shards: 2, attempts: 1, connection: address }),
    ).rejects.toThrow(/nowhere|child/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
