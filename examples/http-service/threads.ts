import { Worker } from 'node:worker_threads';
import type { Answer } from './answer.ts';
import type { Limits } from './limits.ts';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';
import type { Address } from './requests.ts';

/** Worker threads that answer requests, one each at a time, and a queue of bounded length before them. */
export interface Threads {
  /** When all threads have started. */
  readonly ready: Promise<void>;
  /** The answer to a request. It is never rejected: what goes wrong is a problem document. */
  readonly answer: (address: Address, bytes: Uint8Array, left: AbortSignal) => Promise<Answer | Problem>;
  readonly running: () => number;
  readonly waiting: () => number;
  /** End all threads; requests under way are answered that the service stops. */
  readonly close: () => Promise<void>;
}

interface Job {
  readonly address: Address;
  readonly bytes: Uint8Array;
  /** Answer it, once; it then has neither a thread nor a place in the queue. */
  readonly settle: (answer: Answer | Problem) => void;
  thread?: Thread;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job?: Job | undefined;
}

/** Start the threads. A job that takes too long, or that nobody waits for any more, ends with its thread. */
export function openThreads(limits: Limits): Threads {
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let closed = false;

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread: Thread = { worker: startWorker(limits), ready: false };
      threads.add(thread);
      thread.worker.on('message', (message: Answer | 'ready') => {
        if (message === 'ready') thread.ready = true;
        else thread.job?.settle(message);
        resolve();
        feed();
      });
      thread.worker.on('error', (error: NodeJS.ErrnoException) => {
        reject(error);
        threads.delete(thread);
        const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        if (!full) console.error(error);
        thread.job?.settle(
          full
            ? problem('over-limit', `it needs more than ${limits.megabytes} MB; ask for less at a time`)
            : problem('failed', 'nothing was computed; the log of the service says more'),
        );
      });
      thread.worker.on('exit', () => {
        threads.delete(thread);
        // One that ended before it was ready would do so again at once.
        if (!closed) setTimeout(again, thread.ready ? 0 : 1000).unref();
      });
    });

  const again = (): void => {
    if (!closed) start().catch(() => undefined);
  };
  const feed = (): void => {
    for (const thread of threads) {
      if (!thread.ready || thread.job !== undefined) continue;
      const job = queue.shift();
      if (job === undefined) return;
      thread.job = job;
      job.thread = thread;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.worker.postMessage({ address: job.address, bytes: job.bytes });
    }
  };

  const stop = (job: Job): void => {
    const place = queue.indexOf(job);
    if (place >= 0) queue.splice(place, 1);
    if (job.thread === undefined) return;
    // At once, so that nothing is given to a thread that is ending.
    threads.delete(job.thread);
    void job.thread.worker.terminate();
  };

  const ready = Promise.all(Array.from({ length: limits.threads }, start)).then(() => undefined);
  return {
    ready,
    running: () => [...threads].filter(({ job }) => job !== undefined).length,
    waiting: () => queue.length,
    answer: (address, bytes, left) =>
      new Promise((resolve) => {
        if (left.aborted) return resolve(problem('client-left', 'nothing was computed'));
        if (closed) return resolve(problem('stopping', 'ask another one'));
        if (queue.length >= limits.waiting)
          return resolve(problem('overloaded', `${queue.length} requests are waiting; try again later`));
        const finish = (answer: Answer | Problem): void => {
          clearTimeout(timer);
          left.removeEventListener('abort', onLeave);
          if (job.thread !== undefined) job.thread.job = undefined;
          resolve(answer);
        };
        const job: Job = { address, bytes, settle: finish };
        const onLeave = (): void => {
          stop(job);
          finish(problem('client-left', 'the work was stopped'));
        };
        const timer = setTimeout(() => {
          const began = job.thread !== undefined;
          stop(job);
          finish(
            began
              ? problem('time-up', `it took more than ${limits.seconds} s; ask for less at a time`)
              : problem('overloaded', `no thread was free for ${limits.seconds} s; try again later`),
          );
        }, 1000 * limits.seconds);
        left.addEventListener('abort', onLeave, { once: true });
        queue.push(job);
        feed();
      }),
    close: async () => {
      closed = true;
      for (const job of [...queue, ...[...threads].flatMap((thread) => thread.job ?? [])]) {
        stop(job);
        job.settle(problem('stopping', 'the work was stopped'));
      }
      await Promise.all([...threads].map((thread) => thread.worker.terminate()));
    },
  };
}

/** From source the thread is TypeScript and needs its loader; a build has JavaScript beside this file. */
function startWorker(limits: Limits): Worker {
  const source = import.meta.url.endsWith('.ts');
  return new Worker(new URL(source ? './thread-from-source.mjs' : './thread.js', import.meta.url), {
    workerData: limits,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
  });
}
