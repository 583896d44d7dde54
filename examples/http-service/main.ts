// The service on its own: PORT and HOST say where, the variables of limits.ts within what.
import { limitsFrom } from './limits.ts';
import { startService } from './service.ts';

// Whoever read the log may be gone.
process.stdout.on('error', () => undefined);

try {
  const { url, stop } = await startService({
    port: portFrom(process.env['PORT']),
    host: process.env['HOST'] ?? '127.0.0.1',
    limits: limitsFrom(process.env),
  });
  console.log(`tinbergen listens at ${url} (the API is described there, and at ${url}/openapi.json)`);
  const end = (why: string): void => {
    console.log(`${why}: requests under way are finished, no more are taken`);
    void stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(signal));
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent(end);
} catch (error) {
  console.error(`tinbergen does not start: ${(error as Error).message}`);
  process.exitCode = 1;
}

function portFrom(text = '8080'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new RangeError(`PORT=${text} is no port; give a number from 0 to 65535`);
}

/** Under `npm run` a signal ends the shell in between, which hands nothing on; its end is noticed instead. */
function endWithParent(end: (why: string) => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end('npm has ended');
  }, 100);
}
