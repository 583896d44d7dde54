import { parentPort, workerData } from 'node:worker_threads';
import { answerWithin } from './answer.ts';
import type { Limits } from './limits.ts';
import type { Address } from './requests.ts';

/** A worker thread: bytes of a request in, bytes of its answer out, one after the other. */
const answer = answerWithin(workerData as Limits);

parentPort!.on('message', ({ address, bytes }: { address: Address; bytes: Uint8Array }) => {
  const reply = answer(address, bytes);
  // The bytes move, they are not copied.
  parentPort!.postMessage(reply, [reply.body.buffer]);
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort!.postMessage('ready');
