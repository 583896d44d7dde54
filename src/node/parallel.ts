import { mergeSummaries, planShards } from '../uncertainty/shards.ts';
import type { SimulateOptions } from '../uncertainty/simulate.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Summary } from '../uncertainty/summary.ts';
import type { Task } from './task.ts';
import { openThreads } from './threads.ts';
import type { Threads } from './threads.ts';

/** What to draw, as for `simulate`, and how to share it out. */
export interface ParallelOptions extends Omit<SimulateOptions, 'directions' | 'onBlock'> {
  /** How many worker threads to start for this run (defaults to the number of processors), or some that `openThreads` keeps. */
  readonly threads?: number | Threads;
  /** Shards to cut the run into; defaults to four for each thread. The result does not depend on it. */
  readonly shards?: number;
  /** Called as shards finish, with the draws done and the draws in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the run: its threads end, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Simulate over worker threads: the same summary as `simulate`, to the last bit, however many threads and shards.
 *
 * @param task what is simulated, as plain data
 * @param factors the distribution of each factor
 * @returns a summary, rejected with what `simulate` throws, or when a thread ends unexpectedly
 */
export async function simulateParallel(
  task: Task,
  factors: Readonly<Record<string, Distribution>>,
  options: ParallelOptions,
): Promise<Summary> {
  const { threads, shards: wanted, onProgress, signal, ...simulation } = options;
  signal?.throwIfAborted();
  const own = typeof threads === 'object' ? undefined : openThreads(threads);
  const pool = own ?? (threads as Threads);
  const shards = planShards({ factors, ...simulation }, wanted ?? 4 * pool.size);
  let done = 0;
  try {
    const summaries = await pool.run(task, shards, {
      onShard: ({ count }) => onProgress?.((done += count), simulation.draws),
      ...(signal === undefined ? {} : { signal }),
    });
    return mergeSummaries(summaries);
  } finally {
    await own?.close();
  }
}
