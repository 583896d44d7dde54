import { Redis } from 'ioredis';
import { mistake } from '../mistake.ts';

/** Where Redis or Valkey is: an address such as `'redis://localhost:6379'`, or host and port. */
export type Connection =
  string | { readonly host: string; readonly port: number; readonly password?: string; readonly db?: number };

/** Connection settings as the queue's client takes them. */
export interface ConnectionSettings {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: Record<string, never>;
  readonly maxRetriesPerRequest: null;
}

/** The settings of a connection. @throws RangeError when the address cannot be read */
export function settingsOf(call: string, connection: Connection): ConnectionSettings {
  if (typeof connection !== 'string') return { ...connection, maxRetriesPerRequest: null };
  let url: URL;
  try {
    url = new URL(connection);
  } catch {
    return mistake(call, `'${connection}' is not an address`, "write 'redis://host:6379'");
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:')
    return mistake(call, `'${connection}' is not an address of Redis`, "write 'redis://host:6379'");
  return {
    host: url.hostname || 'localhost',
    port: Number(url.port || 6379),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(/^\/\d+$/.test(url.pathname) ? { db: Number(url.pathname.slice(1)) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    maxRetriesPerRequest: null,
  };
}

/**
 * The settings of a connection that answers: a queue's own client would wait for ever for one that does not.
 *
 * @throws Error naming the address when nothing answers within three seconds
 */
export async function checkedConnection(call: string, connection: Connection): Promise<ConnectionSettings> {
  const settings = settingsOf(call, connection);
  const probe = new Redis({
    ...settings,
    lazyConnect: true,
    connectTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await probe.ping();
    return settings;
  } catch (error) {
    throw new Error(
      `${call}: no Redis answers at ${settings.host}:${settings.port} (${(error as Error).message}); start one there, or give another address`,
      { cause: error },
    );
  } finally {
    probe.disconnect();
  }
}
