import { HIGH_WORD } from '../numeric/explog.ts';

/**
 * A histogram of doubles by their leading bits: how many values share sign, exponent and the first `20 - level` bits of
 * the mantissa. `level` is the smallest that leaves at most `BINS` bins, so that a sketch depends on the values alone,
 * not on their order or on how they came together.
 */
export interface Sketch {
  readonly level: number;
  /** Places of the bins, ascending, and the number of values in each. */
  readonly bins: readonly number[];
  readonly counts: readonly number[];
}

/** Most bins that a sketch keeps. */
export const BINS = 8192;
/** Four for each bin. */
const SLOTS = 32_768;

/** A sketch being filled: an open hash table from bin to count. */
export interface OpenSketch {
  level: number;
  used: number;
  readonly bins: Int32Array;
  readonly counts: Float64Array;
}

export function openSketch(): OpenSketch {
  return { level: 0, used: 0, bins: new Int32Array(SLOTS), counts: new Float64Array(SLOTS) };
}

/** Count the finite ones of the first `count` values of a column. */
export function addValues(s: OpenSketch, values: Float64Array, count: number): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * count);
  const { bins, counts } = s;
  let level = s.level;
  for (let i = 0; i < count; i++) {
    const high = words[2 * i + HIGH_WORD]!;
    if ((high & 0x7ff00000) === 0x7ff00000) continue;
    // Negative doubles count backwards; a negative zero is zero.
    const ordered = values[i] === 0 ? 0 : high ^ ((high >> 31) & 0x7fffffff);
    const bin = ordered >> level;
    let slot = Math.imul(bin, -1640531527) >>> 17;
    while (counts[slot] !== 0 && bins[slot] !== bin) slot = (slot + 1) & (SLOTS - 1);
    if (counts[slot]! > 0) {
      counts[slot]! += 1;
    } else {
      bins[slot] = bin;
      counts[slot] = 1;
      s.used++;
      if (s.used > BINS) {
        coarsen(s);
        level = s.level;
      }
    }
  }
}

/** Add a finished sketch. */
export function addSketch(s: OpenSketch, other: Sketch): void {
  while (s.level < other.level) coarsenOnce(s);
  const down = s.level - other.level;
  other.bins.forEach((bin, i) => addCount(s, bin >> down, other.counts[i]!));
  if (s.used > BINS) coarsen(s);
}

function coarsen(s: OpenSketch): void {
  while (s.used > BINS) coarsenOnce(s);
}

/** Join each two neighbouring bins. */
function coarsenOnce(s: OpenSketch): void {
  const [bins, counts] = [s.bins.slice(), s.counts.slice()];
  s.counts.fill(0);
  s.used = 0;
  s.level++;
  for (let i = 0; i < SLOTS; i++) if (counts[i]! > 0) addCount(s, bins[i]! >> 1, counts[i]!);
}

function addCount(s: OpenSketch, bin: number, count: number): void {
  let slot = Math.imul(bin, -1640531527) >>> 17;
  while (s.counts[slot] !== 0 && s.bins[slot] !== bin) slot = (slot + 1) & (SLOTS - 1);
  if (s.counts[slot] === 0) {
    s.bins[slot] = bin;
    s.used++;
  }
  s.counts[slot]! += count;
}

/** The sketch as plain data. */
export function closeSketch(s: OpenSketch): Sketch {
  const bins = s.bins.filter((_, slot) => s.counts[slot]! > 0).sort();
  const counts = Array.from(bins, (bin) => {
    let slot = Math.imul(bin, -1640531527) >>> 17;
    while (s.bins[slot] !== bin || s.counts[slot] === 0) slot = (slot + 1) & (SLOTS - 1);
    return s.counts[slot]!;
  });
  return { level: s.level, bins: Array.from(bins), counts };
}

/** Sketch, and the smallest and largest of its values. */
export interface Spread {
  readonly sketch: Sketch;
  readonly min: number;
  readonly max: number;
}

/** The value below which the share `p` of the sketched values lies; straight lines inside bins. NaN when it is empty. */
export function sketchQuantile(spread: Spread, p: number): number {
  const { bins, counts } = spread.sketch;
  const total = sum(counts, counts.length);
  if (total === 0) return NaN;
  let rest = p * total;
  let i = 0;
  while (i < bins.length - 1 && rest > counts[i]!) rest -= counts[i++]!;
  const [low, high] = ends(spread, i);
  return low + (high - low) * Math.min(1, Math.max(0, rest / counts[i]!));
}

/** The share of the sketched values that is at most `x`. */
export function sketchCdf(spread: Spread, x: number): number {
  const { bins, counts } = spread.sketch;
  const total = sum(counts, counts.length);
  if (total === 0 || x !== x) return NaN;
  if (x < spread.min) return 0;
  if (x >= spread.max) return 1;
  let [from, to] = [0, bins.length];
  // The first bin whose upper end lies above x.
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ends(spread, middle)[1] <= x) from = middle + 1;
    else to = middle;
  }
  const [low, high] = ends(spread, from);
  const inside = x < low ? 0 : (counts[from]! * (x - low)) / (high - low);
  return (sum(counts, from) + inside) / total;
}

function sum(counts: readonly number[], to: number): number {
  let total = 0;
  for (let i = 0; i < to; i++) total += counts[i]!;
  return total;
}

/** The part of a bin's width that lies between the smallest and the largest value. */
function ends({ sketch, min, max }: Spread, i: number): readonly [number, number] {
  const bin = sketch.bins[i]!;
  return [Math.max(min, edge(bin, sketch.level)), Math.min(max, edge(bin + 1, sketch.level))];
}

/** The lower edge of a bin: the double whose leading bits it stands for. */
function edge(bin: number, level: number): number {
  const ordered = bin * 2 ** level;
  if (ordered >= 0) return doubleFrom(Math.min(ordered, 0x7ff00000));
  return -doubleFrom(Math.min(-ordered, 0x7ff00000));
}

function doubleFrom(high: number): number {
  const words = new Uint32Array(2);
  words[HIGH_WORD] = high;
  return new Float64Array(words.buffer)[0]!;
}
