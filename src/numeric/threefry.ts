import { mistake, shown } from '../mistake.ts';

/** A seed: any whole number of 64 bits, zero and negative ones included; beyond 2^53 as a bigint or its digits. */
export type Seed = number | bigint | `${bigint}`;

/**
 * Threefry-4x32 with 20 rounds: four random words from four counter words and four key words, a pure function
 * (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
 *
 * @param out receives four int32 words
 */
export function threefry(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  k2: number,
  k3: number,
  out: Int32Array,
): void {
  const k4 = 0x1bd11bda ^ k0 ^ k1 ^ k2 ^ k3;
  const key = [k0, k1, k2, k3, k4];
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  let x2 = (c2 + k2) | 0;
  let x3 = (c3 + k3) | 0;
  for (let round = 0; round < 20; round++) {
    const turn = 2 * (round & 7);
    x0 = (x0 + x1) | 0;
    x2 = (x2 + x3) | 0;
    const y1 = ((x1 << ROTATIONS[turn]!) | (x1 >>> (32 - ROTATIONS[turn]!))) ^ x0;
    const y3 = ((x3 << ROTATIONS[turn + 1]!) | (x3 >>> (32 - ROTATIONS[turn + 1]!))) ^ x2;
    // The words at places 1 and 3 change places.
    x1 = y3;
    x3 = y1;
    if ((round & 3) === 3) {
      const s = (round + 1) >> 2;
      x0 = (x0 + key[s % 5]!) | 0;
      x1 = (x1 + key[(s + 1) % 5]!) | 0;
      x2 = (x2 + key[(s + 2) % 5]!) | 0;
      x3 = (x3 + key[(s + 3) % 5]! + s) | 0;
    }
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

const ROTATIONS = /* @__PURE__ */ Int32Array.of(10, 26, 11, 21, 13, 27, 23, 5, 6, 20, 17, 11, 25, 10, 18, 20);

/**
 * The two words of a seed. Numbers and bigints that are equal give the same words.
 *
 * @throws RangeError when the seed is not a whole number of 64 bits
 */
export function seedWords(seed: Seed, call: string): readonly [low: number, high: number] {
  if (typeof seed !== 'bigint' && typeof seed !== 'string' && !Number.isSafeInteger(seed)) {
    return mistake(
      call,
      `the seed ${shown(seed)} is not a whole number`,
      'give a whole number, beyond 2^53 as a bigint',
    );
  }
  if (typeof seed === 'string' && !/^-?\d{1,20}$/.test(seed)) {
    return mistake(call, `the seed ${shown(seed)} is not a whole number`, 'give its decimal digits');
  }
  const value = BigInt(seed);
  if (value < -(2n ** 63n) || value >= 2n ** 64n) {
    return mistake(call, `the seed ${seed} has more than 64 bits`, 'give a smaller one');
  }
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}

/** What a stream of random numbers is for; streams of different purposes never meet. */
export const PURPOSE = { uniform: 1, normal: 2, mixing: 3, scramble: 4, design: 5, choice: 6 } as const;

/** The words of one generator, from the seed, the purpose, a stream number and a block number: fills `out` with four. */
export function hashState(
  seed: readonly [number, number],
  purpose: number,
  stream: number,
  block: number,
  out: Int32Array,
): Int32Array {
  threefry(block | 0, Math.floor(block / 4294967296), stream, 0, seed[0], seed[1], purpose, 0, out);
  return out;
}

/**
 * Draw `index` of stream `stream` under a seed: a uniform value strictly between 0 and 1. Nothing is remembered: any
 * draw may be asked for at any time, on any machine.
 *
 * @throws RangeError when the seed is not a whole number of 64 bits
 * @example uniformAt(2014, 0, 5) === uniformAt(2014, 0, 5) // true
 */
export function uniformAt(seed: Seed, stream: number, index: number): number {
  const out = hashState(seedWords(seed, 'uniformAt'), PURPOSE.uniform, stream, index, new Int32Array(4));
  return ((out[0]! >>> 12) * 4294967296 + (out[1]! >>> 0) + 0.5) * 2 ** -52;
}
