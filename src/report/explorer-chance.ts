import { periodOf } from '../plan/plan.ts';
import { columnsOf } from '../model/columns.ts';
import { layoutOf } from '../model/program.ts';
import { systemOf } from '../model/system.ts';
import { fillTable } from '../model/table.ts';
import type { TwoEngine } from '../presets/two-engine.ts';
import { seedWords } from '../numeric/threefry.ts';
import { addPeriods, indexOf, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { fillDraws } from '../uncertainty/fill.ts';
import { probability } from '../uncertainty/probability.ts';
import { planShards } from '../uncertainty/shards.ts';
import { fingerprint, layoutOf as blockLayoutOf } from '../uncertainty/simulation.ts';
import type { Simulation } from '../uncertainty/simulation.ts';
import { tally } from '../uncertainty/summary.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { factorsAt, historyAt } from './explorer-model.ts';
import type { ExplorerData } from './explorer-model.ts';
import type { ExplorerPoint } from './explorer-point.ts';

/** The chances at a point: of each counted target by name, and of all of them together. */
export interface ExplorerChance {
  readonly each: Readonly<Record<string, number>>;
  readonly all: number;
  /** 95 % interval of `all`. */
  readonly interval: readonly [number, number];
  /** The chance that at least k of them are met, from k = 1. */
  readonly atLeast: readonly number[];
}

/** The simulation at a point. */
export function simulationAt(data: ExplorerData, point: ExplorerPoint): Simulation {
  const { seed, draws, bands } = data;
  return { factors: factorsAt(data, point), draws, seed, bands };
}

/** Draws that one shard leaves to the next: dragging a slider changes the draws of one factor, not of the others. */
export type KeptDraws = Map<string, { readonly of: string; readonly values: Float64Array }>;

/**
 * One of `n` shards of the simulation at a point: what `simulate` of `planOutcome` would count, without the moments and
 * sketches that the page does not show. Shards merge with `mergeSummaries`.
 *
 * @param kept draws of an earlier shard, which are used again where nothing has changed, and replaced where it has
 */
export function chanceShard(
  data: ExplorerData,
  model: TwoEngine,
  point: ExplorerPoint,
  k: number,
  n: number,
  kept: KeptDraws = new Map(),
): Summary {
  const simulation = simulationAt(data, point);
  const layout = blockLayoutOf(simulation, 'explorer');
  const { blockSize } = layout;
  const { from, to } = planShards(simulation, n)[k] ?? { from: 0, to: 0 };
  const columns = drawsIn(simulation, from, to, blockSize, kept);
  const evaluate = targetsIn(data, model, point, Object.keys(simulation.factors));
  const counts = new Map<number, number>();
  const met = new Int32Array(blockSize);
  let count = 0;
  for (let block = from; block < to; block++) {
    const size = Math.min(blockSize, data.draws - block * blockSize);
    const place = (block - from) * blockSize;
    met.fill(0);
    evaluate(
      columns.map((column) => column.subarray(place, place + size)),
      size,
      met,
    );
    met.subarray(0, size).sort();
    // Equal patterns stand together now, so that each is counted once.
    for (let i = 0, j = 0; i < size; i = j) {
      while (j < size && met[j] === met[i]) j++;
      counts.set(met[i]!, (counts.get(met[i]!) ?? 0) + j - i);
    }
    count += size;
  }
  return {
    run: fingerprint(simulation),
    seed: String(data.seed),
    count,
    outputs: {},
    bands: data.bands,
    hits: tally([...counts].map(([pattern, times]) => [0, pattern, times] as const)),
    layout,
    blocks: to > from ? [[from, to]] : [],
  };
}

/** The draws of all factors in a range of blocks: those that `simulate` makes, each factor being a stream of its own. */
function drawsIn(
  { factors, seed = 0 }: Simulation,
  from: number,
  to: number,
  blockSize: number,
  kept: KeptDraws,
): Float64Array[] {
  const words = seedWords(seed, 'explorer');
  return Object.entries(factors).map(([name, distribution], stream) => {
    const of = JSON.stringify([from, to, distribution]);
    const known = kept.get(name);
    if (known?.of === of) return known.values;
    const values =
      known?.values.length === (to - from) * blockSize
        ? known.values
        : new Float64Array((to - from) * blockSize);
    for (let block = from; block < to; block++)
      fillDraws(
        distribution,
        { seed: words, stream, block },
        values.subarray((block - from) * blockSize, (block - from + 1) * blockSize),
        blockSize,
      );
    kept.set(name, { of, values });
    return values;
  });
}

/** The chances that a merged summary holds. */
export function chanceOf({ bands }: ExplorerData, summary: Summary): ExplorerChance {
  const names = Object.keys(bands);
  const all = probability(summary, { all: names });
  return {
    each: Object.fromEntries(names.map((name) => [name, probability(summary, name).probability])),
    all: all.probability,
    interval: [all.low, all.high],
    atLeast: names.map((_, i) => probability(summary, { atLeast: i + 1, of: names }).probability),
  };
}

type Mark = (columns: readonly Float64Array[], count: number, met: Int32Array) => void;

/** Sets bit k of each draw in which the k-th band is met. */
function targetsIn(
  data: ExplorerData,
  model: TwoEngine,
  point: ExplorerPoint,
  names: readonly string[],
): Mark {
  const { plan, bands, over } = data;
  const system = systemOf(model);
  const layout = layoutOf(system);
  const table = fillTable('explorer', model, system, layout, {
    history: historyAt(data, model, point),
    over,
    set: point.set,
  });
  const places: number[] = [];
  const place = (name: string, period: Period): number =>
    places.push((indexOf(period) - table.first) * table.width + layout.slotOf(name)) - 1;
  const counted = Object.keys(bands).map((name) => {
    const target = plan.targets.find(({ id }) => id === name)!;
    const period = periodOf(plan, target);
    const [base, last] =
      typeof period === 'string' ? [addPeriods(period, -1), period] : [addPeriods(period[0], -1), period[1]];
    const whole = typeof period === 'string' || target.cumulative === true;
    const years = whole ? 1 : periodsBetween(period[0], period[1]) + 1;
    const growth = (name: string): Growth => ({ base: place(name, base), last: place(name, last), years });
    const { relation } = target;
    return {
      own: growth(target.indicator),
      leader: relation.kind === 'in-step-with' ? growth(relation.indicator) : undefined,
    };
  });
  const inputs = names.map((name) => ({ slot: layout.slotOf(name), from: table.lead, to: table.rows }));
  const evaluate = columnsOf('explorer', system, table, inputs, places);
  const ends = Object.values(bands).map(({ low = -Infinity, high = Infinity }) => [low, high] as const);
  const [value, other] = [new Float64Array(1024), new Float64Array(1024)];
  return (columns, count, met) => {
    const levels = evaluate(columns, count);
    counted.forEach(({ own, leader }, k) => {
      fillGrowth(levels, own, count, value);
      if (leader !== undefined) {
        fillGrowth(levels, leader, count, other);
        for (let i = 0; i < count; i++) value[i]! -= other[i]!;
      }
      const [low, high] = ends[k]!;
      for (let i = 0; i < count; i++) met[i]! |= (+(value[i]! >= low) & +(value[i]! <= high)) << k;
    });
  };
}

/** Where a growth is read: the levels' places among the outputs, and the years that its average is over. */
interface Growth {
  readonly base: number;
  readonly last: number;
  readonly years: number;
}

/** The same steps as in `planOutcome`, a column at a time. */
function fillGrowth(
  levels: readonly Float64Array[],
  { base, last, years }: Growth,
  count: number,
  out: Float64Array,
): void {
  const [before, after] = [levels[base]!, levels[last]!];
  for (let i = 0; i < count; i++) {
    const total = before[i]! > 0 ? after[i]! / before[i]! : NaN;
    out[i] = years === 1 ? total - 1 : total ** (1 / years) - 1;
  }
}
