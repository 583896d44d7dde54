import { parentPort } from 'node:worker_threads';
import type { Study } from '../uncertainty/outcome.ts';
import { runShard } from '../uncertainty/shards.ts';
import type { Simulation } from '../uncertainty/simulation.ts';
import { studyOf } from './task.ts';
import type { Answer, Order } from './threads.ts';

/** A worker thread: it keeps the last task and simulation, and answers each order with a summary. */
let study: Promise<Study> | undefined;
let simulation: Simulation | undefined;

async function answer(order: Order): Promise<Answer> {
  if (order.task !== undefined) study = studyOf(order.task);
  if (order.simulation !== undefined) simulation = order.simulation;
  const shard = { simulation: simulation!, from: order.from, to: order.to };
  try {
    return { summary: runShard(await study!, shard) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

parentPort?.on('message', (order: Order) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  void answer(order).then((reply) => parentPort?.postMessage(reply));
});
