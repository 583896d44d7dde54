import type { Redis as Client } from 'ioredis';
import { mistake, shown } from '../mistake.ts';

/** Where Redis or Valkey is: an address such as `redis://user:password@host:6379/0` (`rediss` for TLS), or its parts. */
export type Connection =
  | string
  | {
      readonly host: string;
      readonly port?: number;
      readonly username?: string;
      readonly password?: string;
      readonly db?: number;
      readonly tls?: boolean;
    };

/** Told of what passes: Redis gone and back, a shard that is tried again. */
export type OnMessage = (message: string) => void;

type Parts = Exclude<Connection, string>;

/** The parts of an address. */
export function partsOf(connection: Connection, call: string): Parts {
  if (typeof connection !== 'string') return connection;
  const way = "write 'redis://host:6379'";
  if (!URL.canParse(connection)) return mistake(call, `${shown(connection)} is no address`, way);
  const url = new URL(connection);
  if (!/^rediss?:$/.test(url.protocol) || url.hostname === '')
    return mistake(call, `${shown(url.protocol)} is no address of Redis`, way);
  const db = url.pathname.slice(1);
  if (!/^\d*$/.test(db)) return mistake(call, `${shown(db)} is no number of a database`, way);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(db === '' ? {} : { db: Number(db) }),
    ...(url.protocol === 'rediss:' ? { tls: true } : {}),
  };
}

/** Host and port as shown in messages: never the password. */
export function addressOf({ host, port = 6379 }: Parts): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Options for a client that waits for Redis to come back, however long, rather than fail. */
export function clientOptions({ tls, ...parts }: Parts) {
  return {
    ...parts,
    ...(tls === true ? { tls: {} } : {}),
    maxRetriesPerRequest: null as number | null,
    connectTimeout: 5000,
    retryStrategy: (times: number) => Math.min(2000, 100 * times),
  };
}

/** BullMQ and ioredis are optional peers of the package, loaded when they are needed. */
export async function loadQueue(call: string): Promise<typeof import('bullmq')> {
  return import('bullmq').catch((error: unknown) => missing(call, error));
}

export async function loadRedis(call: string): Promise<typeof import('ioredis')> {
  return import('ioredis').catch((error: unknown) => missing(call, error));
}

function missing(call: string, cause: unknown): never {
  throw new Error(`${call}: bullmq and ioredis are needed; npm install bullmq ioredis`, { cause });
}

/** Ask Redis for an answer once, within seconds. */
export async function reach(parts: Parts, call: string): Promise<void> {
  const { Redis } = await loadRedis(call);
  const client = new Redis({
    ...clientOptions(parts),
    lazyConnect: true,
    connectTimeout: 3000,
    commandTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  client.on('error', (error: Error) => (reason ??= error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const { message } = reason ?? (error as Error);
    throw new Error(
      `${call}: Redis at ${addressOf(parts)} does not answer (${message === '' ? 'no connection' : message}); start it or check the address`,
      { cause: error },
    );
  } finally {
    client.disconnect();
  }
}

/** Say once that Redis is away, and once that it is back. */
export function watchConnection(client: Client, parts: Parts, onMessage: OnMessage | undefined): void {
  let away = false;
  client.on('error', () => undefined);
  client.on('close', () => {
    if (!away) onMessage?.(`Redis at ${addressOf(parts)} is away; waiting for it`);
    away = true;
  });
  client.on('ready', () => {
    if (away) onMessage?.(`Redis at ${addressOf(parts)} is back`);
    away = false;
  });
}
