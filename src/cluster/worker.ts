import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { mistake, shown } from '../mistake.ts';
import { QUEUE } from './job.ts';
import type { ProcessorData } from './processor.ts';
import { addressOf, clientOptions, loadQueue, partsOf, reach } from './redis.ts';
import type { Connection, OnMessage } from './redis.ts';

/** What a worker works for, and how. */
export interface WorkerOptions {
  readonly connection: Connection;
  /** Shards at a time, each on a thread; defaults to the number of processors. */
  readonly concurrency?: number;
  /** Name of the queue; defaults to `'tinbergen'`. */
  readonly queue?: string;
  /**
   * The folder from which the modules of tasks come; defaults to the working directory. Modules elsewhere are refused,
   * since whoever may write to Redis names the module.
   */
  readonly modules?: string;
  /** Milliseconds of silence of a worker after which its shards are given to others; defaults to 15,000. */
  readonly lockDuration?: number;
  readonly onMessage?: OnMessage;
}

/** A worker at work. */
export interface ClusterWorker {
  /** Finish the shards at hand and stop; `now` leaves them to other workers. */
  readonly close: (now?: boolean) => Promise<void>;
}

/**
 * Start a worker for the shards of `simulateOnCluster`: it takes them from the queue and runs them on threads of its own.
 *
 * A shard whose worker died is run again elsewhere, as is one that was run but could not be handed in; as shards are
 * pure this does no harm. While Redis is away the worker waits for it.
 *
 * @returns the worker, rejected within seconds when Redis does not answer at the start
 */
export async function startWorker(options: WorkerOptions): Promise<ClusterWorker> {
  const {
    connection,
    concurrency = availableParallelism(),
    queue = QUEUE,
    modules = '.',
    lockDuration = 15_000,
    onMessage,
  } = options;
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    return mistake(
      'startWorker',
      `concurrency ${shown(concurrency)} is not possible`,
      'give a whole number from 1',
    );
  if (!(lockDuration >= 100))
    return mistake('startWorker', `a lock of ${shown(lockDuration)} ms is too short`, 'give 1000 or more');
  const parts = partsOf(connection, 'startWorker');
  await reach(parts, 'startWorker');
  const { Worker } = await loadQueue('startWorker');
  const workerData: ProcessorData = { connection: parts, modules: resolve(modules) };
  const worker = new Worker(queue, processorFile(), {
    connection: clientOptions(parts),
    concurrency,
    useWorkerThreads: true,
    workerThreadsOptions: { workerData, execArgv: [] },
    lockDuration,
    stalledInterval: Math.max(100, Math.round(lockDuration / 3)),
    // A shard is stalled when its worker died or Redis was away: no fault of the shard's, which may need many workers.
    maxStalledCount: 20,
  });
  let away = false;
  worker.on('error', (error) => {
    const lost = /ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|Connection is closed|READONLY|LOADING/.test(
      `${(error as NodeJS.ErrnoException).code} ${error.message}`,
    );
    if (!lost) onMessage?.(error.message);
    else if (!away) onMessage?.(`Redis at ${addressOf(parts)} is away; waiting for it`);
    away ||= lost;
  });
  const back = (): void => {
    if (away) onMessage?.(`Redis at ${addressOf(parts)} is back`);
    away = false;
  };
  worker.on('active', back);
  worker.on('ready', back);
  worker.on('failed', (job, error) => onMessage?.(`shard ${job?.id} failed: ${error.message}`));
  worker.on('stalled', (id) => onMessage?.(`shard ${id} was left by its worker and is run again`));
  await worker.waitUntilReady();
  return { close: async (now = false) => worker.close(now) };
}

/** In the package the processor is JavaScript beside this file; from source it is TypeScript behind its loader. */
function processorFile(): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? './processor-from-source.mjs' : './processor.js', import.meta.url);
}
