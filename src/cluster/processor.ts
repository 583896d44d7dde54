import { workerData } from 'node:worker_threads';
import { studyOf } from '../node/task.ts';
import type { Study } from '../uncertainty/outcome.ts';
import { mergeSummaries, runShard } from '../uncertainty/shards.ts';
import type { Simulation } from '../uncertainty/simulation.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { decode, sameDraws, version } from './job.ts';
import type { Payload, RunData, ShardData } from './job.ts';
import { clientOptions, loadRedis, partsOf } from './redis.ts';
import type { Connection } from './redis.ts';

/** What `startWorker` gives its threads. */
export interface ProcessorData {
  readonly connection: Connection;
  readonly modules: string;
}

/** The parts of a sandboxed BullMQ job that are used here. */
interface SandboxedJob {
  readonly name: string;
  readonly data: unknown;
  readonly parentKey?: string;
  readonly getChildrenValues: () => Promise<Readonly<Record<string, string>>>;
}

/** The last run at which this thread worked. */
let last:
  { readonly key: string; readonly simulation: Simulation; readonly study: Promise<Study> } | undefined;

/**
 * What a worker's thread does with a job. It runs apart from the thread that keeps the job's lock, so that a shard may
 * take longer than the lock lasts. It answers JSON text, which the queue need not look into.
 */
export default async function processJob(job: SandboxedJob): Promise<string> {
  try {
    if (job.name === 'merge') {
      const texts = Object.values(await job.getChildrenValues());
      return JSON.stringify(mergeSummaries(texts.map((text) => JSON.parse(text) as Summary)));
    }
    const { simulation, study } = await runOf(job);
    const { from, to } = job.data as ShardData;
    return JSON.stringify(runShard(await study, { simulation, from, to }));
  } catch (error) {
    // The name by which BullMQ knows that trying again is of no use: a mistake stays one on every machine.
    if (error instanceof RangeError) error.name = 'UnrecoverableError';
    throw error;
  }
}

/** The parent holds task and simulation once for all shards, in the field `data` of its hash. */
async function runOf({ parentKey = '' }: SandboxedJob): Promise<NonNullable<typeof last>> {
  if (last?.key === parentKey) return last;
  const { connection, modules } = workerData as ProcessorData;
  const { Redis } = await loadRedis('startWorker');
  const client = new Redis(clientOptions(partsOf(connection, 'startWorker')));
  client.on('error', () => undefined);
  let data: string | null;
  try {
    data = await client.hget(parentKey, 'data');
  } finally {
    client.disconnect();
  }
  if (data === null) throw new RangeError('startWorker: the run of this shard was removed');
  const { task, simulation, version: planned } = decode((JSON.parse(data) as RunData).payload) as Payload;
  if (!sameDraws(planned, version))
    throw new RangeError(
      `startWorker: the run was planned by tinbergen ${planned} and this worker is ${version}; use one version`,
    );
  const study = studyOf(task, { modules });
  // A module that was not found is looked for again when the shard is.
  study.catch(() => (last = undefined));
  last = { key: parentKey, simulation, study };
  return last;
}
