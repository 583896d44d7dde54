import { twoEngine } from '../../presets/two-engine.ts';
import type { TwoEngine } from '../../presets/two-engine.ts';
import type { Summary } from '../../uncertainty/summary.ts';
import { chanceShard } from '../explorer-chance.ts';
import type { KeptDraws } from '../explorer-chance.ts';
import type { ExplorerData } from '../explorer-model.ts';
import type { ExplorerPoint } from '../explorer-point.ts';

/** What a worker is sent: the page's data once, then a shard at a time. */
export type Order =
  | { readonly data: ExplorerData }
  | { readonly run: number; readonly point: ExplorerPoint; readonly k: number; readonly n: number };

/** What a worker answers. */
export interface Answer {
  readonly run: number;
  readonly summary?: Summary;
  readonly error?: string;
}

/** The worker's side: count the shards that it is sent. */
export function serveShards(): void {
  let data: ExplorerData | undefined;
  let model: TwoEngine | undefined;
  const kept: KeptDraws = new Map();
  const answer = (message: Answer): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
    (globalThis as unknown as { postMessage: (message: Answer) => void }).postMessage(message);
  };
  addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
    if ('data' in order) {
      ({ data } = order);
      model = twoEngine({ parameters: data.parameters });
      return;
    }
    const { run, point, k, n } = order;
    try {
      answer({ run, summary: chanceShard(data!, model!, point, k, n, kept) });
    } catch (error) {
      answer({ run, error: (error as Error).message });
    }
  });
}
