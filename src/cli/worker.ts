import { startWorker } from '../cluster/worker.ts';
import type { Given, Io } from './command.ts';
import { fail } from './input.ts';
import { textOf, wholeOf } from './values.ts';

/** `tinbergen worker`: take shards from Redis until told to stop; the first signal lets shards at hand finish. */
export async function workerCommand(_args: readonly string[], options: Given, io: Io): Promise<void> {
  const say = (line: string): void => io.err(`tinbergen: ${line}\n`);
  const concurrency = wholeOf(options, 'concurrency', 1, 1024, 'shards');
  const lock = wholeOf(options, 'lock', 1, 3600, 'seconds');
  const [queue, modules] = [textOf(options, 'queue'), textOf(options, 'modules')];
  try {
    const worker = await startWorker({
      connection: textOf(options, 'redis') ?? io.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379',
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(queue === undefined ? {} : { queue }),
      ...(modules === undefined ? {} : { modules }),
      ...(lock === undefined ? {} : { lockDuration: 1000 * lock }),
      onMessage: say,
    });
    say('waiting for shards');
    let signals = 0;
    const stop = (): void => {
      signals += 1;
      if (signals > 1) process.exit(1);
      say('finishing the shards at hand; once more to leave them to other workers');
      void worker.close().then(() => process.exit(0));
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    fail([(error as Error).message], 2);
  }
}
