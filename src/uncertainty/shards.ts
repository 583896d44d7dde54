import { argument, listArgument } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { blockPart, pushPart } from './block-moments.ts';
import type { Part } from './block-moments.ts';
import { drawsOf } from './draws.ts';
import type { DrawOptions } from './draws.ts';
import { toOutcome } from './outcome.ts';
import type { Columns, OutputOf, Study } from './outcome.ts';
import { principalDirections } from './principal.ts';
import { checkOutputs, fingerprint, layoutOf } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { addValues, closeSketch, openSketch } from './sketch.ts';
import type { OpenSketch } from './sketch.ts';
import { describe, mergeAll } from './summary.ts';
import type { OutputBand, OutputSummary, Summary } from './summary.ts';

/** A part of a simulation: the blocks from `from` up to, not including, `to`. Plain data that a queue can carry. */
export interface Shard<F extends string = string, O extends string = string> {
  readonly simulation: Simulation<F, O>;
  readonly from: number;
  readonly to: number;
}

/**
 * Cut a simulation into at most `n` shards of nearly equal size; fewer when it has fewer blocks.
 *
 * A seed given as a bigint becomes text, so that shards are JSON.
 *
 * @throws RangeError when the simulation or `n` is not possible
 * @example planShards({ factors: {}, draws: 4096 }, 2).map(({ from, to }) => [from, to]) // [[0, 2], [2, 4]]
 */
export function planShards<F extends string, O extends string>(
  simulation: Simulation<F, O>,
  n: number,
): Shard<F, O>[] {
  argument('planShards', 'object', simulation, 'simulation');
  if (!(Number.isInteger(n) && n > 0))
    return mistake('planShards', `${shown(n)} shards are not possible`, 'give a whole number from 1');
  const { blockSize } = layoutOf(simulation, 'planShards');
  const plain =
    typeof simulation.seed === 'bigint'
      ? { ...simulation, seed: String(simulation.seed) as `${bigint}` }
      : simulation;
  const start = (simulation.first ?? 0) / blockSize;
  const blocks = Math.ceil(simulation.draws / blockSize);
  const shards = Math.max(1, Math.min(n, blocks));
  return Array.from({ length: shards }, (_, k) => ({
    simulation: plain,
    from: start + Math.floor((k * blocks) / shards),
    to: start + Math.floor(((k + 1) * blocks) / shards),
  }));
}

/** Extra inputs of a run that are not part of what is simulated. */
export interface RunOptions extends Pick<DrawOptions, 'directions'> {
  /** Called after each block with the number of draws done in this shard. */
  readonly onBlock?: (done: number) => void;
}

/**
 * Simulate one shard. Pure: the same shard gives the same summary on any machine, so that a shard that was lost, or
 * delivered twice, can simply be run again.
 *
 * @param f an outcome, or a function of one point `{ factor: number }`
 * @throws RangeError when the outcome's factors have no distribution, or a band is about no output
 */
export function runShard<F extends string, S extends Study<F> = Study<F>>(
  f: S,
  shard: Shard<F, OutputOf<S>>,
  options: RunOptions = {},
): Summary<OutputOf<S>> {
  argument('runShard', 'object', shard, 'shard');
  argument('runShard', 'object', (shard as Partial<typeof shard>).simulation, 'simulation');
  const { simulation: s, from, to } = shard;
  const call = 'simulate';
  const layout = layoutOf(s, call);
  const outcome = toOutcome(f, Object.keys(s.factors) as F[]);
  for (const name of outcome.factors) {
    if (!(name in s.factors))
      mistake(call, `the factor '${name}' has no distribution`, suggestion(name, Object.keys(s.factors)));
  }
  const end = (s.first ?? 0) + s.draws;
  const limit = layout.blocksEach ?? Infinity;
  let draws = drawsOf(s, options, call);
  if (s.sampling === 'sobol') {
    const wanted = Object.values(s.bands ?? {}).map(({ output }) => output);
    const rotation = principalDirections(
      { ...outcome, factors: Object.keys(s.factors) as F[] },
      draws,
      wanted.length > 0 ? wanted : undefined,
    );
    if (rotation !== undefined) draws = drawsOf(s, { ...options, rotation }, call);
  }
  const open = new Map<OutputOf<S>, OpenOutput>();
  const bands = Object.values(s.bands ?? {});
  const hits = openHits(bands.length, layout.blockSize);
  let count = 0;
  for (let block = from; block < to; block++) {
    const size = Math.min(layout.blockSize, end - block * layout.blockSize);
    draws.fill(block, size);
    const results = outcome.evaluate(draws.columns, size);
    if (block === from) checkOutputs(s, Object.keys(results), call);
    for (const name of Object.keys(results) as OutputOf<S>[]) {
      let output = open.get(name);
      if (output === undefined) open.set(name, (output = openOutput()));
      addBlock(output, block, results[name], size, limit);
    }
    if (bands.length > 0) countHits(hits, bands, results, size, Math.floor(block / limit));
    count += size;
    options.onBlock?.(count);
  }
  // Without a draw only an outcome that declares its outputs can name them; a plain function is not called to find out.
  if (count === 0 && outcome.outputs !== undefined) {
    checkOutputs(s, outcome.outputs, call);
    for (const name of outcome.outputs) open.set(name, openOutput());
  }
  const outputs = [...open].map(
    ([name, o]) => [name, describe(o.parts, closeSketch(o.sketch), o.missing, o.min, o.max)] as const,
  );
  return {
    run: fingerprint(s),
    seed: String(s.seed ?? 0),
    count,
    outputs: Object.fromEntries(outputs) as unknown as Record<OutputOf<S>, OutputSummary>,
    bands: s.bands ?? {},
    hits: closeHits(hits),
    layout,
    blocks: to > from ? [[from, to]] : [],
    ...(draws.repair === undefined
      ? {}
      : {
          repair: {
            change: draws.repair.change,
            largest: draws.repair.largest,
            iterations: draws.repair.iterations,
          },
        }),
  };
}

/**
 * The summaries of all shards as one; a shard that was delivered more than once counts once. Any order gives the same bits.
 *
 * @throws RangeError when there is none, they are of different runs, or they overlap in part
 */
export function mergeSummaries<O extends string>(summaries: readonly Summary<O>[]): Summary<O> {
  listArgument('mergeSummaries', 'the list of summaries', summaries);
  for (const summary of summaries) argument('mergeSummaries', 'summary', summary);
  const once = new Map(
    summaries.map((summary) => [`${summary.run} ${JSON.stringify(summary.blocks)}`, summary]),
  );
  if (once.size === 0) return mistake('mergeSummaries', 'there are no summaries', 'give at least one');
  // The first shard's fields come first, whatever arrived first.
  const sorted = [...once.values()].sort((a, b) => (a.blocks[0]?.[0] ?? -1) - (b.blocks[0]?.[0] ?? -1));
  return mergeAll(sorted, 'mergeSummaries');
}

interface OpenOutput {
  readonly sketch: OpenSketch;
  readonly parts: Part[];
  missing: number;
  min: number;
  max: number;
}

function openOutput(): OpenOutput {
  return { sketch: openSketch(), parts: [], missing: 0, min: Infinity, max: -Infinity };
}

function addBlock(o: OpenOutput, block: number, values: Float64Array, count: number, limit: number): void {
  const part = blockPart(block, values, count);
  pushPart(o.parts, part, limit);
  o.missing += count - part[2];
  addValues(o.sketch, values, count);
  let { min, max } = o;
  for (let i = 0; i < count; i++) {
    const x = values[i]!;
    if (x < min && x !== -Infinity) min = x;
    if (x > max && x !== Infinity) max = x;
  }
  o.min = min;
  o.max = max;
}

/** Counts of patterns of met bands, by replicate. */
interface OpenHits {
  readonly counts: Map<number, Map<number, number>>;
  /** The patterns of one block, and how often each came, for few enough bands to have a place for each. */
  readonly met: Int32Array;
  readonly places: Float64Array;
}

function openHits(bands: number, blockSize: number): OpenHits {
  return {
    counts: new Map(),
    met: new Int32Array(blockSize),
    places: new Float64Array(bands <= 12 ? 2 ** bands : 0),
  };
}

function countHits<O extends string>(
  open: OpenHits,
  bands: readonly OutputBand<O>[],
  results: Columns<O>,
  count: number,
  replicate: number,
): void {
  const { met, places } = open;
  met.fill(0);
  bands.forEach(({ output, low = -Infinity, high = Infinity }, k) => {
    const values = results[output];
    for (let i = 0; i < count; i++) met[i]! |= +(values[i]! >= low && values[i]! <= high) << k;
  });
  const counts = open.counts.get(replicate) ?? new Map<number, number>();
  open.counts.set(replicate, counts);
  if (places.length === 0) {
    for (let i = 0; i < count; i++) counts.set(met[i]!, (counts.get(met[i]!) ?? 0) + 1);
    return;
  }
  places.fill(0);
  for (let i = 0; i < count; i++) places[met[i]!]! += 1;
  places.forEach((n, pattern) => n > 0 && counts.set(pattern, (counts.get(pattern) ?? 0) + n));
}

function closeHits({ counts }: OpenHits): Summary['hits'] {
  const hits = [...counts].flatMap(([replicate, own]) =>
    [...own].map(([met, n]) => [replicate, met, n] as const),
  );
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
