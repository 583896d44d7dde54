import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether Debian's redis-server is here; where it is not, tests of the queue are skipped, and it is said. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.warn('tests of the queue are skipped: there is no redis-server (apt-get install redis-server)');

/** A Redis of our own on a spare port with a temporary folder. */
export interface RedisServer {
  readonly port: number;
  readonly address: string;
  readonly folder: string;
  readonly start: (kept?: 'kept' | 'empty') => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function spareRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-redis-'));
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child !== undefined) await ended(child, 'SIGTERM');
    child = undefined;
  };
  return {
    port,
    address: `redis://127.0.0.1:${port}`,
    folder,
    start: async (kept = 'kept') => {
      if (kept === 'empty') rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true });
      const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes' };
      child = spawn(
        'redis-server',
        Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
        { stdio: 'ignore' },
      );
      await answers(port);
    },
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Send a process a signal by its id, and wait for its end. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  process.kill(child.pid!, signal);
  await end;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answers(port: number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const pong = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.on('error', () => resolve(false));
      socket.on('data', (text) => {
        socket.destroy();
        resolve(text.toString().startsWith('+PONG'));
      });
    });
    if (pong) return;
    await delay(25);
  }
  throw new Error(`redis-server does not answer on port ${port}`);
}
