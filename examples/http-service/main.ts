// The service on its own: PORT and HOST say where, the variables of limits.ts within what.
import { limitsFrom } from './limits.ts';
import { startService } from './service.ts';

try {
  const { url, stop } = await startService({
    port: portFrom(process.env['PORT']),
    host: process.env['HOST'] ?? '127.0.0.1',
    limits: limitsFrom(process.env),
  });
  console.log(`tinbergen listens at ${url} (the API is described there, and at ${url}/openapi.json)`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      console.log(`${signal}: requests under way are finished, no more are taken`);
      void stop().then(() => process.exit(0));
    });
} catch (error) {
  console.error(`tinbergen does not start: ${(error as Error).message}`);
  process.exitCode = 1;
}

function portFrom(text = '8080'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new RangeError(`PORT=${text} is no port; give a number from 0 to 65535`);
}
