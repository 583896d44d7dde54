import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FlowProducer, Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { mistake, shown } from '../mistake.ts';
import type { Task } from '../node/task.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { planShards } from '../uncertainty/shards.ts';
import type { Shard } from '../uncertainty/shards.ts';
import type { SimulateOptions } from '../uncertainty/simulate.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { QUEUE, encode, version } from './job.ts';
import type { JobName, Payload, RunData, ShardData } from './job.ts';
import { clientOptions, loadQueue, loadRedis, partsOf, reach, watchConnection } from './redis.ts';
import type { Connection, OnMessage } from './redis.ts';

/** What to draw, as for `simulate`, and how to share it out over machines. */
export interface ClusterOptions extends Omit<SimulateOptions, 'directions' | 'onBlock'> {
  readonly connection: Connection;
  /** Shards to cut the run into; defaults to 64. The result does not depend on it. */
  readonly shards?: number;
  /** Name of the queue; defaults to `'tinbergen'`. */
  readonly queue?: string;
  /**
   * A name of your own for the run (letters, digits, `-` and `_`). A program that died and asks again under the same name
   * finds the run where it is, or its result for a day; without one, a run is forgotten when it ends.
   */
  readonly id?: string;
  /** Called as shards finish, with the draws done (to within a shard) and the draws in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Gives the run up: shards that no worker has begun are taken out of the queue. */
  readonly signal?: AbortSignal;
  readonly onMessage?: OnMessage;
}

/**
 * Simulate on the workers of a cluster: the same summary as `simulate`, to the last bit, whatever happens to them.
 *
 * Shards are the children of one job of a BullMQ flow, which merges their summaries. A shard that is lost with its worker is
 * run again; while Redis is away everyone waits for it, and a Redis that comes back without the run is given it anew.
 *
 * @param task what is simulated, as plain data; its module, if it has one, is looked for on the workers
 * @param factors the distribution of each factor
 * @returns a summary, rejected within seconds when Redis does not answer at the start, and with the reason when a shard
 *   fails
 */
export async function simulateOnCluster(
  task: Task,
  factors: Readonly<Record<string, Distribution>>,
  options: ClusterOptions,
): Promise<Summary> {
  const { connection, shards: wanted, queue = QUEUE, id, onProgress, signal, onMessage, ...rest } = options;
  const call = 'simulateOnCluster';
  if (id !== undefined && !/^[\w-]+$/.test(id))
    return mistake(call, `the id ${shown(id)} is not possible`, 'use letters, digits, - and _');
  const parts = partsOf(connection, call);
  const shards = planShards({ factors, ...rest }, wanted ?? 64);
  const simulation = shards[0]!.simulation;
  const payload: Payload = { task, simulation, shards: shards.length, version };
  // A prefix, since BullMQ refuses ids that are whole numbers.
  const flow = flowOf(queue, `run-${id ?? randomUUID()}`, { payload: encode(payload) }, shards);
  signal?.throwIfAborted();
  await reach(parts, call);
  const [{ FlowProducer, Queue }, { Redis }] = await Promise.all([loadQueue(call), loadRedis(call)]);
  const client = new Redis(clientOptions(parts));
  watchConnection(client, parts, onMessage);
  const desk: Desk = {
    client,
    queue: new Queue<unknown, string>(queue, { connection: client }),
    flows: new FlowProducer({ connection: client }),
    flow,
  };
  // Without a listener an error of a connection that comes back by itself would end the process.
  desk.queue.on('error', () => undefined);
  desk.flows.on('error', () => undefined);
  const share = simulation.draws / shards.length;
  try {
    await claim(desk);
    const watch = result(desk, (done) => onProgress?.(Math.round(done * share), simulation.draws), signal);
    try {
      const text = await Promise.race([watch, rejectedBy(signal)]);
      if (id === undefined) await discard(desk);
      return JSON.parse(text) as Summary;
    } catch (error) {
      // With Redis away there is nothing to be taken out.
      if (client.status === 'ready') {
        await Promise.race([Promise.allSettled([watch]), delay(2000)]);
        await discard(desk);
      }
      throw error;
    }
  } finally {
    client.disconnect();
  }
}

async function rejectedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

interface Desk {
  readonly client: Redis;
  readonly queue: Queue<unknown, string>;
  readonly flows: FlowProducer;
  readonly flow: ReturnType<typeof flowOf>;
}

/** The parent and its children. */
function flowOf(queueName: string, id: string, data: RunData, shards: readonly Shard[]) {
  const day = { age: 24 * 3600 };
  // Mistakes are not tried again (see processor.ts); the rest may be a machine's fault.
  const kept = { attempts: 3, backoff: { type: 'exponential', delay: 500 }, removeOnFail: day };
  const name = (value: JobName): JobName => value;
  return {
    name: name('merge'),
    queueName,
    data,
    opts: { ...kept, jobId: id, removeOnComplete: day },
    children: shards.map(({ from, to }, k) => ({
      name: name('shard'),
      queueName,
      data: { from, to } satisfies ShardData,
      // A child's summary stays with its parent when the child itself goes.
      opts: { ...kept, jobId: `${id}-${k}`, removeOnComplete: true, failParentOnFailure: true },
    })),
  };
}

/** A run of this name that is there must be this run; when it failed it begins anew. */
async function claim(desk: Desk): Promise<void> {
  const { queue, flow } = desk;
  const id = flow.opts.jobId;
  const earlier = await queue.getJob(id);
  if (earlier === undefined) return;
  if ((earlier.data as RunData).payload !== flow.data.payload)
    mistake(
      'simulateOnCluster',
      `the id '${id.slice('run-'.length)}' belongs to another run`,
      'choose another',
    );
  if (await earlier.isFailed()) await discard(desk);
}

/** The parent's result: asked for again and again, so that nothing is missed while Redis is away. */
async function result(
  { client, queue, flows, flow }: Desk,
  onDone: (shards: number) => void,
  signal: AbortSignal | undefined,
): Promise<string> {
  const id = flow.opts.jobId;
  const started = performance.now();
  let told = -1;
  while (signal?.aborted !== true) {
    const state = await queue.getJobState(id);
    signal?.throwIfAborted();
    if (state === 'unknown') await flows.add(flow);
    else if (state === 'failed') throw new Error(await failureOf(queue, id));
    else {
      const done =
        state === 'completed' ? flow.children.length : await client.hlen(`${queue.toKey(id)}:processed`);
      if (done > told) onDone((told = done));
      if (state === 'completed') {
        const job = await queue.getJob(id);
        if (job !== undefined) return job.returnvalue;
      }
    }
    const elapsed = performance.now() - started;
    await delay(Math.min(250, Math.max(5, elapsed / 20)), undefined, signal && { signal });
  }
  throw signal.reason;
}

/** Why a run failed: its own reason, or that of the shard that it names. */
async function failureOf(queue: Queue<unknown, string>, id: string): Promise<string> {
  const reason = (await queue.getJob(id))?.failedReason ?? 'its job failed';
  const child = /^child \S*:(\S+) failed$/.exec(reason)?.[1];
  const job: Job | undefined = child === undefined ? undefined : await queue.getJob(child);
  return job === undefined
    ? `simulateOnCluster: ${reason}`
    : `simulateOnCluster: shard ${child!.slice(id.length + 1)} failed: ${job.failedReason}`;
}

/** Take a run out of the queue; shards that are being run go when they are done. */
async function discard({ queue, flow }: Desk): Promise<void> {
  const job = await queue.getJob(flow.opts.jobId);
  // Children are removed by name: those that failed are no longer their parent's.
  if ((await job?.isCompleted()) === false)
    await Promise.allSettled(flow.children.map(async ({ opts }) => queue.remove(opts.jobId)));
  await job?.remove({ removeChildren: true }).catch(() => undefined);
}
