import { argument } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import type { Correlation } from './correlation.ts';
import { checkFactors } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import type { Layout, OutputBand } from './summary.ts';

/** A Monte Carlo run as plain data: what is drawn, how often, and what is counted. */
export interface Simulation<F extends string = string, O extends string = string> {
  /** The distribution of each factor. */
  readonly factors: Readonly<Record<F, Distribution>>;
  /** Number of draws, from zero. */
  readonly draws: number;
  /** A whole number of 64 bits, zero included; defaults to 0. The draws for a seed are kept across patch releases. */
  readonly seed?: Seed;
  /** Number of the first draw, a multiple of 1,024; defaults to 0. A later run may go on where an earlier one ended. */
  readonly first?: number;
  /** How factors move together; defaults to independence. */
  readonly correlation?: Correlation<F>;
  /** Target bands by name whose hits, single and joint, are counted; at most 30. */
  readonly bands?: Readonly<Record<string, OutputBand<O>>>;
  /**
   * One of
   * - `'random'` (defaults to it): independent draws.
   * - `'sobol'`: scrambled Sobol' points, in independent replicates; far more accurate for smooth outcomes. The directions
   *   that move the outputs most are given the best coordinates.
   */
  readonly sampling?: 'random' | 'sobol';
  /** Replicates of `'sobol'`, from which intervals come; defaults to 8. `draws / replicates` must be a power of two. */
  readonly replicates?: number;
}

/** Draws in a block of random draws: the unit of streams, of sharding and of folding. */
export const BLOCK = 1024;

/**
 * How a simulation is laid out in blocks.
 *
 * @throws RangeError when draws, first, replicates or bands are not possible
 */
export function layoutOf(s: Simulation, call: string): Layout {
  argument(call, 'factors', s.factors);
  checkFactors(s.factors, call);
  const first = s.first ?? 0;
  seedWords(s.seed ?? 0, call);
  if (!(Number.isSafeInteger(s.draws) && s.draws >= 0))
    return mistake(call, `${shown(s.draws)} draws are not possible`, 'give a whole number');
  if (!(Number.isSafeInteger(first) && first >= 0 && first % BLOCK === 0)) {
    return mistake(call, `first ${shown(first)} does not begin a block`, `give a multiple of ${BLOCK}`);
  }
  checkBands(s, call);
  if ((s.sampling ?? 'random') === 'random') return { replicates: 1, blockSize: BLOCK };
  const replicates = s.replicates ?? 8;
  if (!(Number.isInteger(replicates) && replicates >= 2))
    return mistake(call, `${shown(replicates)} replicates are not possible`, 'give 2 or more, such as 16');
  if (first !== 0)
    return mistake(
      call,
      `first ${first} is given for sobol sampling`,
      'leave it out: its replicates are whole',
    );
  const each = s.draws / replicates;
  if (!(Number.isInteger(each) && each > 0 && Number.isInteger(Math.log2(each)) && each < 2 ** 31)) {
    const near = replicates * 2 ** Math.max(0, Math.round(Math.log2(Math.max(1, each))));
    return mistake(
      call,
      `${s.draws} draws do not make ${replicates} replicates of a power of two`,
      `give ${near} draws`,
    );
  }
  const blockSize = Math.min(BLOCK, each);
  return { replicates, blocksEach: each / blockSize, blockSize };
}

function checkBands(s: Simulation, call: string): void {
  const bands = Object.entries(s.bands ?? {});
  if (bands.length > 30)
    mistake(call, `${bands.length} bands are too many to count together`, 'give at most 30');
  for (const [name, { low, high }] of bands) {
    if (low !== undefined && !isNumber(low))
      mistake(call, `the band '${name}' begins at ${shown(low)}`, 'give a number or leave it open');
    if (high !== undefined && !isNumber(high))
      mistake(call, `the band '${name}' ends at ${shown(high)}`, 'give a number or leave it open');
    if ((low ?? -Infinity) > (high ?? Infinity)) {
      mistake(call, `nothing lies in the band '${name}' from ${low} to ${high}`, 'give the lower end as low');
    }
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** The band's output must be one that the outcome has. */
export function checkOutputs(s: Simulation, outputs: readonly string[], call: string): void {
  for (const [name, { output }] of Object.entries(s.bands ?? {})) {
    if (!outputs.includes(output))
      mistake(
        call,
        `the band '${name}' is about '${output}', which is no output`,
        suggestion(output, outputs),
      );
  }
}

/** The fingerprint of a run: equal when the same draws would be made and the same things counted. */
export function fingerprint(s: Simulation): string {
  const sobol = s.sampling === 'sobol';
  const text = JSON.stringify([
    s.factors,
    s.correlation ?? null,
    s.bands ?? {},
    String(s.seed ?? 0),
    sobol ? ['sobol', s.draws, s.replicates ?? 8] : 'random',
  ]);
  // FNV-1a in two lanes with different offsets.
  let [a, b] = [0x811c9dc5, 0x050c5d1f];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i) ^ (a >>> 15), 0x01000193);
  }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
