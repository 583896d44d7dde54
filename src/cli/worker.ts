import { startWorker } from '../cluster/worker.ts';
import { fail } from './input.ts';

/** What stands on the command line. */
export interface WorkerArguments {
  readonly redis?: string;
  readonly concurrency?: string;
  readonly queue?: string;
  readonly modules?: string;
  readonly lock?: string;
}

/** `tinbergen worker`: take shards from Redis until told to stop; the first signal lets shards at hand finish. */
export async function workerCommand(options: WorkerArguments): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`tinbergen: ${line}\n`);
  const {
    redis = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
    concurrency,
    queue,
    modules,
    lock,
  } = options;
  try {
    const worker = await startWorker({
      connection: redis,
      ...(concurrency === undefined ? {} : { concurrency: Number(concurrency) }),
      ...(queue === undefined ? {} : { queue }),
      ...(modules === undefined ? {} : { modules }),
      ...(lock === undefined ? {} : { lockDuration: 1000 * Number(lock) }),
      onMessage: say,
    });
    let signals = 0;
    const stop = (): void => {
      signals += 1;
      if (signals > 1) process.exit(1);
      say('finishing the shards at hand; once more to leave them to other workers');
      void worker.close().then(() => process.exit(0));
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    say('waiting for shards');
  } catch (error) {
    fail([(error as Error).message], 2);
  }
}
