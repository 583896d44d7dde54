import { twoEngine } from '../../presets/two-engine.ts';
import { mergeSummaries } from '../../uncertainty/shards.ts';
import type { Summary } from '../../uncertainty/summary.ts';
import { chanceOf, chanceShard } from '../explorer-chance.ts';
import type { ExplorerChance } from '../explorer-chance.ts';
import type { ExplorerData } from '../explorer-model.ts';
import type { ExplorerPoint } from '../explorer-point.ts';
import type { Answer, Order } from './worker.ts';

/** Counts chances beside the page, the point that is shown first. */
export interface Counter {
  /** The chances at a point where they are known. */
  known(point: ExplorerPoint): ExplorerChance | undefined;
  /** Ask for the chances of points, the most wanted first; what was asked for before and not begun is dropped. */
  ask(points: readonly ExplorerPoint[]): void;
}

/**
 * A counter over workers made of the page's own script. The draws are cut into a shard for each worker and merged, which
 * gives the same bits as one run. Where workers are denied the page counts itself, when it has nothing else to do.
 *
 * @param done called when the chances of a point have come in, with the milliseconds that they took
 */
export function openCounter(
  data: ExplorerData,
  source: string,
  done: (point: ExplorerPoint, milliseconds: number) => void,
): Counter {
  const results = new Map<string, ExplorerChance>();
  let wanted: readonly ExplorerPoint[] = [];
  let run = 0;
  let busy: { readonly point: ExplorerPoint; readonly began: number; readonly parts: Summary[] } | undefined;
  let workers: Worker[] = [];

  const finish = (summaries: readonly Summary[]): void => {
    const { point, began } = busy!;
    if (results.size > 200) results.clear();
    results.set(keyOf(point), chanceOf(data, mergeSummaries(summaries)));
    busy = undefined;
    done(point, performance.now() - began);
    next();
  };
  const alone = (): void => {
    for (const worker of workers) worker.terminate();
    workers = [];
    const model = twoEngine({ parameters: data.parameters });
    setTimeout(() => {
      if (busy !== undefined) finish([chanceShard(data, model, busy.point, 0, 1)]);
    }, 150);
  };
  const next = (): void => {
    if (busy !== undefined) return;
    const point = wanted.find((one) => !results.has(keyOf(one)));
    if (point === undefined) return;
    busy = { point, began: performance.now(), parts: [] };
    run += 1;
    if (workers.length === 0) return alone();
    workers.forEach((worker, k) => {
      send(worker, { run, point, k, n: workers.length });
    });
  };
  try {
    workers = startWorkers(source);
    for (const worker of workers) {
      send(worker, { data });
      worker.addEventListener('message', ({ data: answer }: MessageEvent<Answer>) => {
        if (busy === undefined || answer.run !== run) return;
        if (answer.summary === undefined) return alone();
        busy.parts.push(answer.summary);
        if (busy.parts.length === workers.length) finish(busy.parts);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (busy === undefined) workers = [];
        else alone();
      });
    }
  } catch {
    workers = [];
  }
  return {
    known: (point) => results.get(keyOf(point)),
    ask(points) {
      wanted = Object.keys(data.bands).length === 0 ? [] : points;
      next();
    },
  };
}

function startWorkers(source: string): Worker[] {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const count = Math.min(4, Math.max(1, navigator.hardwareConcurrency));
  return Array.from({ length: count }, () => new Worker(address));
}

function send(worker: Worker, order: Order): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  worker.postMessage(order);
}

function keyOf(point: ExplorerPoint): string {
  return JSON.stringify([point.set, point.shares, point.spread]);
}
