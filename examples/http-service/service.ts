import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceApp } from './app.ts';
import { limitsFrom } from './limits.ts';
import type { Limits } from './limits.ts';
import { openThreads } from './threads.ts';

/** A service that runs. */
export interface Service {
  readonly url: string;
  readonly limits: Limits;
  /** Take no more requests, finish those under way, and end. */
  readonly stop: () => Promise<void>;
}

/** Where and within what limits. */
export interface ServiceOptions {
  /** Defaults to 0, any that is free. */
  readonly port?: number;
  /** Defaults to this machine only. */
  readonly host?: string;
  readonly limits?: Limits;
}

/** Start the service; when the promise is fulfilled it takes requests, with all its threads warm. */
export async function startService({
  port = 0,
  host = '127.0.0.1',
  limits = limitsFrom(),
}: ServiceOptions = {}): Promise<Service> {
  const threads = openThreads(limits);
  let stopping = false;
  try {
    await threads.ready;
    const app = serviceApp(limits, threads, () => stopping);
    const server = await new Promise<Server>((resolve, reject) => {
      const started = serve(
        {
          fetch: app.fetch,
          port,
          hostname: host,
          // A client that sends its body drop by drop holds a connection, and not for long.
          serverOptions: {
            requestTimeout: 1000 * limits.seconds,
            headersTimeout: 1000 * limits.seconds,
            connectionsCheckingInterval: 500,
          },
        },
        () => resolve(started),
      ) as Server;
      started.once('error', reject);
    });
    const { port: bound } = server.address() as AddressInfo;
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
      limits,
      stop: async () => {
        stopping = true;
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
          // By then every request has been answered; what is left are connections that never asked anything.
          setTimeout(() => server.closeAllConnections(), 1000 * limits.seconds + 500).unref();
        });
        await threads.close();
      },
    };
  } catch (error) {
    await threads.close();
    throw error;
  }
}
