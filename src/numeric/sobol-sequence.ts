import { mistake } from '../mistake.ts';
import { JOE_KUO_160 } from './joe-kuo.ts';
import { hashState, PURPOSE } from './threefry.ts';

/**
 * Direction numbers of a Sobol' sequence: 32 words for each dimension, the k-th of which is a binary fraction times 2^32.
 */
export interface Directions {
  readonly dimensions: number;
  readonly words: Uint32Array;
}

/**
 * Joe and Kuo's direction numbers for up to 160 dimensions.
 *
 * @throws RangeError for more dimensions: those come from `await loadDirections()`
 * @example directions(2).dimensions // 2
 */
export function directions(dimensions: number): Directions {
  if (!(Number.isInteger(dimensions) && dimensions >= 1)) {
    return mistake('directions', `${dimensions} dimensions are not possible`, 'give a whole number from 1');
  }
  if (dimensions <= 160) return unpack(JOE_KUO_160, dimensions);
  return mistake(
    'directions',
    `${dimensions} dimensions are more than the 160 at hand`,
    'pass directions: await loadDirections(), which go to 1024',
  );
}

/** The direction numbers for 1,024 dimensions; their table (14 kB) is loaded by this call only. */
export async function loadDirections(): Promise<Directions> {
  const { JOE_KUO_1024 } = await import('./joe-kuo-1024.ts');
  return unpack(JOE_KUO_1024, 1024);
}

/** How many primitive polynomials of degree 1, 2, ... the table has, in order. */
const POLYNOMIALS = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 543];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function unpack(packed: string, dimensions: number): Directions {
  const words = new Uint32Array(32 * dimensions);
  for (let k = 0; k < 32; k++) words[k] = 2 ** (31 - k);
  let at = 0;
  const read = (bits: number): number => {
    let value = 0;
    for (let end = at + bits; at < end; at++) {
      value = value * 2 + ((ALPHABET.indexOf(packed[Math.floor(at / 6)]!) >> (5 - (at % 6))) & 1);
    }
    return value;
  };
  const degrees = POLYNOMIALS.flatMap((count, i) => new Array<number>(count).fill(i + 1));
  for (let j = 1; j < dimensions; j++) {
    const degree = degrees[j - 1]!;
    const coefficients = read(degree - 1);
    const own = words.subarray(32 * j, 32 * j + 32);
    for (let k = 0; k < degree; k++) own[k] = (2 * read(k) + 1) * 2 ** (31 - k);
    // Bratley and Fox (1988): each further word from the `degree` words before it.
    for (let k = degree; k < 32; k++) {
      let word = own[k - degree]! ^ (own[k - degree]! >>> degree);
      for (let i = 1; i < degree; i++) if ((coefficients >> (degree - 1 - i)) & 1) word ^= own[k - i]!;
      own[k] = word;
    }
  }
  return { dimensions, words };
}

/** A Sobol' sequence: its direction numbers, and the word that each dimension's points are shifted by (exclusive or). */
export interface SobolSequence extends Directions {
  readonly shift: Uint32Array;
}

/** The sequence as it is, whose point 0 is the origin, in the order of the Gray code (Antonov and Saleev 1979). */
export function plainSobol(from: Directions): SobolSequence {
  return { ...from, shift: new Uint32Array(from.dimensions) };
}

/**
 * The sequence randomised: each dimension's digits are mixed by a random lower triangular matrix (Matousek 1998) and
 * shifted. The points stay a net, each of them is uniform, and replicates are independent.
 *
 * @param replicate number of the randomisation under this seed
 */
export function scrambledSobol(
  from: Directions,
  seed: readonly [number, number],
  replicate: number,
): SobolSequence {
  const words = new Uint32Array(32 * from.dimensions);
  const shift = new Uint32Array(from.dimensions);
  const random = new Int32Array(4);
  const columns = new Uint32Array(32);
  for (let j = 0; j < from.dimensions; j++) {
    for (let c = 0; c < 32; c++) {
      if ((c & 3) === 0) hashState(seed, PURPOSE.scramble, j * 16 + (c >> 2), replicate, random);
      columns[c] = 2 ** (31 - c) + ((random[c & 3]! >>> 0) % 2 ** (31 - c));
    }
    shift[j] = hashState(seed, PURPOSE.scramble, j * 16 + 8, replicate, random)[0]!;
    for (let k = 0; k < 32; k++) {
      const word = from.words[32 * j + k]!;
      let mixed = 0;
      for (let c = 0; c < 32; c++) if ((word >>> (31 - c)) & 1) mixed ^= columns[c]!;
      words[32 * j + k] = mixed;
    }
  }
  return { dimensions: from.dimensions, words, shift };
}

/**
 * Fill `out` with coordinate `dimension` of the points `first`, `first + 1`, ... `first + count - 1`, as 32-bit words.
 */
export function fillSobolWords(
  s: SobolSequence,
  dimension: number,
  first: number,
  count: number,
  out: Uint32Array,
): void {
  const base = 32 * dimension;
  let word = s.shift[dimension]!;
  const gray = (first ^ (first >>> 1)) >>> 0;
  for (let k = 0; k < 32; k++) if ((gray >>> k) & 1) word ^= s.words[base + k]!;
  for (let i = 0; i < count; i++) {
    out[i] = word;
    // The Gray code of the next point differs in the place of its number's lowest one.
    const after = first + i + 1;
    word ^= s.words[base + 31 - Math.clz32(after & -after)]!;
  }
}

/** The same coordinates as values strictly between 0 and 1, each the middle of its cell of width 2^-32. */
export function fillSobol(
  s: SobolSequence,
  dimension: number,
  first: number,
  count: number,
  out: Float64Array,
  at = 0,
): void {
  const words = new Uint32Array(count);
  fillSobolWords(s, dimension, first, count, words);
  for (let i = 0; i < count; i++) out[at + i] = (words[i]! + 0.5) * 2 ** -32;
}
