import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { mistake, shown } from '../mistake.ts';
import type { Shard } from '../uncertainty/shards.ts';
import type { Simulation } from '../uncertainty/simulation.ts';
import type { Summary } from '../uncertainty/summary.ts';
import type { Task } from './task.ts';

/** Worker threads that stay for many runs. They start when first needed, and do not keep an idle program alive. */
export interface Threads {
  /** The most threads at a time. */
  readonly size: number;
  /** The threads that are there now. */
  readonly started: () => number;
  /** Run shards of a task on whichever threads are free; runs that are asked for first go first. */
  readonly run: (task: Task, shards: readonly Shard[], options?: ThreadRun) => Promise<Summary[]>;
  /** End all threads; runs that are under way are rejected. */
  readonly close: () => Promise<void>;
}

/** What only concerns one run. */
export interface ThreadRun {
  /** Called with the summary of each shard when it is done. */
  readonly onShard?: (summary: Summary) => void;
  /** Ends the threads that are at work on this run, and rejects it with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a thread is sent: the task and the simulation only when they are not those of its last shard. */
export interface Order {
  readonly task?: Task;
  readonly simulation?: Simulation;
  readonly from: number;
  readonly to: number;
}

/** What a thread answers. */
export type Answer = { readonly summary: Summary } | { readonly error: Error };

interface Run {
  readonly task: Task;
  readonly shards: readonly Shard[];
  readonly summaries: Summary[];
  next: number;
  onShard: ((summary: Summary) => void) | undefined;
  readonly resolve: (summaries: Summary[]) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  task?: Task;
  simulation?: Simulation;
  /** The run at which it works; absent when it is free. */
  run?: Run | undefined;
  /** Shards of that run which it was given and has not answered. */
  pending: number;
}

/**
 * Worker threads for many runs of `simulateParallel`, which else starts its own.
 *
 * @param size the most threads at a time; defaults to the number of processors
 * @throws RangeError when `size` is not a whole number from 1
 */
export function openThreads(size: number = availableParallelism()): Threads {
  if (!(Number.isInteger(size) && size >= 1))
    return mistake('openThreads', `${shown(size)} threads are not possible`, 'give a whole number from 1');
  const threads = new Set<Thread>();
  const waiting: Run[] = [];

  const drop = async (thread: Thread): Promise<void> => {
    threads.delete(thread);
    thread.worker.removeAllListeners();
    // An error of a thread that is being ended is nobody's any more, but without a listener it would be thrown.
    thread.worker.on('error', () => undefined);
    await thread.worker.terminate();
  };
  const fail = async (run: Run, reason: unknown): Promise<void> => {
    const place = waiting.indexOf(run);
    if (place >= 0) waiting.splice(place, 1);
    await Promise.all([...threads].filter((thread) => thread.run === run).map(drop));
    run.reject(reason);
    feed();
  };
  const start = (): Thread => {
    const thread: Thread = { worker: startThread(), pending: 0 };
    threads.add(thread);
    thread.worker.on('message', (answer: Answer) => {
      const run = thread.run!;
      thread.pending -= 1;
      if (thread.pending === 0) {
        thread.run = undefined;
        thread.worker.unref();
      }
      if ('error' in answer) void fail(run, answer.error);
      else take(run, answer.summary);
      feed();
    });
    thread.worker.on('error', (error) => {
      threads.delete(thread);
      if (thread.run !== undefined) void fail(thread.run, error);
    });
    thread.worker.on('exit', (code) => {
      threads.delete(thread);
      const error = new Error(
        `simulateParallel: a worker thread ended with code ${code} before its shard was done`,
      );
      if (thread.run !== undefined) void fail(thread.run, error);
    });
    return thread;
  };
  const take = (run: Run, summary: Summary): void => {
    run.summaries.push(summary);
    try {
      run.onShard?.(summary);
    } catch (error) {
      void fail(run, error);
      return;
    }
    if (run.summaries.length === run.shards.length) run.resolve(run.summaries);
  };
  const give = (thread: Thread, run: Run): void => {
    const { simulation, from, to } = run.shards[run.next++]!;
    if (run.next === run.shards.length) waiting.shift();
    thread.run = run;
    thread.pending += 1;
    const order: Order = {
      ...(thread.task === run.task ? {} : { task: run.task }),
      ...(thread.simulation === simulation ? {} : { simulation }),
      from,
      to,
    };
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.worker.postMessage(order);
      thread.worker.ref();
      thread.task = run.task;
      thread.simulation = simulation;
    } catch (error) {
      void fail(
        run,
        new RangeError(
          `simulateParallel: the task cannot be sent to a thread (${(error as Error).message}); describe it as plain data`,
        ),
      );
    }
  };
  const feed = (): void => {
    while (waiting.length > 0) {
      const run = waiting[0]!;
      const thread = freeThread(run);
      if (thread === undefined) return;
      give(thread, run);
    }
  };
  /**
   * A free thread, a new one, or, while shards are plenty, one that will go on without waiting for this thread. It is
   * never given shards of two runs, so that ending it harms one run only.
   */
  const freeThread = (run: Run): Thread | undefined => {
    const all = [...threads];
    const free = all.find(({ pending }) => pending === 0);
    if (free !== undefined) return free;
    if (threads.size < size) return start();
    if (run.shards.length - run.next < 2 * size) return undefined;
    return all.find((thread) => thread.run === run && thread.pending === 1);
  };

  return {
    size,
    started: () => threads.size,
    run: async (task, shards, { onShard, signal } = {}) => {
      signal?.throwIfAborted();
      if (shards.length === 0) return [];
      let stop: (() => void) | undefined;
      try {
        return await new Promise<Summary[]>((resolve, reject) => {
          const run: Run = { task, shards, summaries: [], next: 0, onShard, resolve, reject };
          stop = () => void fail(run, signal!.reason);
          signal?.addEventListener('abort', stop, { once: true });
          waiting.push(run);
          feed();
        });
      } finally {
        if (stop !== undefined) signal?.removeEventListener('abort', stop);
      }
    },
    close: async () => {
      const runs = new Set([
        ...waiting,
        ...[...threads].flatMap(({ run }) => (run === undefined ? [] : [run])),
      ]);
      waiting.length = 0;
      await Promise.all([...threads].map(drop));
      for (const run of runs) run.reject(new Error('simulateParallel: its threads were closed'));
    },
  };
}

/** In the package a thread's file is JavaScript beside this one; from source it is TypeScript behind its loader. */
function startThread(): Worker {
  const source = import.meta.url.endsWith('.ts');
  return new Worker(new URL(source ? './thread-from-source.mjs' : './thread.js', import.meta.url));
}
