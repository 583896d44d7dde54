import { FlowProducer, Queue, QueueEvents } from 'bullmq';
import { mistake, shown } from '../mistake.ts';
import type { Task } from '../node/task.ts';
import { planShards } from '../uncertainty/shards.ts';
import type { Shard } from '../uncertainty/shards.ts';
import type { SimulateOptions } from '../uncertainty/simulate.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { checkedConnection } from './connection.ts';
import type { Connection } from './connection.ts';

/** What a job carries: a shard of a task, or the order to merge what its children found. */
export type JobData = { readonly task: Task; readonly shard: Shard } | { readonly merge: number };

/** What to draw, and on which queue. */
export interface ClusterOptions extends Omit<SimulateOptions, 'directions' | 'onBlock'> {
  readonly connection: Connection;
  /** Shards to cut the run into; defaults to 64. The result does not depend on it. */
  readonly shards?: number;
  /** Name of the queue that workers listen to; defaults to `'tinbergen'`. */
  readonly queue?: string;
  /** Times a shard is tried before the run fails; defaults to 5. */
  readonly attempts?: number;
  /** Called as shards finish, with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Gives up waiting: the promise is rejected and what was not started is taken off the queue. */
  readonly signal?: AbortSignal;
}

/** The name of the queue when none is given. */
export const defaultQueue = 'tinbergen';

/**
 * Simulate on the workers of a queue (BullMQ over Redis or Valkey): one job a shard, one parent that merges them. The
 * same summary as `simulate`, to the last bit, whichever worker ran which shard, and however often.
 *
 * A shard whose worker dies is given to another; delivered twice it counts once. While Redis is away jobs wait, and go on
 * when it is back.
 *
 * @param task what is simulated, as plain data; a module must be there on every worker
 * @param factors the distribution of each factor
 * @throws Error (as a rejection) naming the address when there is no Redis, and the last error of a shard that failed
 *   every time
 */
export async function simulateOnCluster(
  task: Task,
  factors: Readonly<Record<string, Distribution>>,
  options: ClusterOptions,
): Promise<Summary> {
  const {
    connection: given,
    shards: wanted = 64,
    queue: name = defaultQueue,
    attempts = 5,
    onProgress,
    signal,
    ...simulation
  } = options;
  if (!(Number.isInteger(attempts) && attempts >= 1))
    return mistake(
      'simulateOnCluster',
      `${shown(attempts)} attempts are not possible`,
      'give a whole number from 1',
    );
  signal?.throwIfAborted();
  const shards = planShards({ factors, ...simulation }, wanted);
  const connection = await checkedConnection('simulateOnCluster', given);
  const flow = new FlowProducer({ connection });
  const events = new QueueEvents(name, { connection });
  const queue = new Queue<JobData, Summary>(name, { connection });
  // A connection that is lost comes back by itself; without a listener its errors would end the process.
  const quiet = (): void => undefined;
  flow.on('error', quiet);
  events.on('error', quiet);
  queue.on('error', quiet);
  const keep = { removeOnComplete: { age: 3600 }, removeOnFail: { age: 3600 } };
  try {
    await events.waitUntilReady();
    const node = await flow.add({
      name: 'merge',
      queueName: name,
      data: { merge: shards.length },
      opts: keep,
      children: shards.map((shard) => ({
        name: 'shard',
        queueName: name,
        data: { task, shard },
        opts: { ...keep, attempts, backoff: { type: 'exponential', delay: 200 }, failParentOnFailure: true },
      })),
    });
    const children = new Set((node.children ?? []).map(({ job }) => job.id));
    let done = 0;
    events.on('completed', ({ jobId }) => {
      if (children.delete(jobId)) onProgress?.(++done, shards.length);
    });
    return await Promise.race([
      node.job.waitUntilFinished(events) as Promise<Summary>,
      aborted(signal, async () => node.job.remove({ removeChildren: true })),
    ]);
  } finally {
    await Promise.allSettled([flow.close(), events.close(), queue.close()]);
  }
}

function aborted(signal: AbortSignal | undefined, cleanUp: () => Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      // Shards that are running cannot be removed; they end by themselves and nobody waits for them.
      void cleanUp()
        .catch(() => undefined)
        .then(() => reject(signal!.reason as Error));
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
