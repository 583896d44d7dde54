import manifest from '../../package.json' with { type: 'json' };
import type { Task } from '../node/task.ts';
import type { Simulation } from '../uncertainty/simulation.ts';

/** The queue, where none is named. */
export const QUEUE = 'tinbergen';

/** The two kinds of job: one per shard, and their parent, which merges what they return. */
export type JobName = 'shard' | 'merge';

/** What the parent holds for all its shards. */
export interface RunData {
  /** `Payload` as text in which numbers that JSON lacks are kept. */
  readonly payload: string;
}

export interface Payload {
  readonly task: Task;
  readonly simulation: Simulation;
  readonly shards: number;
  /** The version that planned the run; draws may differ between minor versions. */
  readonly version: string;
}

/** What a shard's job holds. */
export interface ShardData {
  readonly from: number;
  readonly to: number;
}

export const { version } = manifest;

/** Whether two versions draw the same numbers: all but the patch are equal. */
export function sameDraws(a: string, b: string): boolean {
  return a.replace(/\.[^.]*$/, '') === b.replace(/\.[^.]*$/, '');
}

const names = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** JSON text that keeps NaN, infinities, the sign of zero, typed arrays and (as text) bigints. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
      return { $number: Object.is(part, -0) ? '-0' : String(part) };
    if (typeof part === 'bigint') return String(part);
    if (typeof part === 'function')
      throw new RangeError('a function cannot be sent; describe it as plain data');
    return ArrayBuffer.isView(part) ? Array.from(part as Float64Array) : part;
  });
}

/** The value of a text by `encode`. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_, part: unknown) => {
    const name = (part as { readonly $number?: unknown } | null)?.$number;
    return typeof name === 'string' && names.has(name) ? names.get(name) : part;
  });
}
