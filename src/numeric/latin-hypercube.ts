import { mistake } from '../mistake.ts';
import { next, nextUniform } from './sfc.ts';
import { hashState, PURPOSE, seedWords } from './threefry.ts';
import type { Seed } from './threefry.ts';

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979): `count` points in the open unit cube of which each of `count`
 * equal slices of each coordinate holds exactly one, at a random place in it.
 *
 * @returns one column of `count` coordinates per dimension
 * @throws RangeError when a size is not a whole number from 1
 * @example latinHypercube(4, 2, 1).length // 2
 */
export function latinHypercube(count: number, dimensions: number, seed: Seed): Float64Array[] {
  for (const size of [count, dimensions]) {
    if (!(Number.isInteger(size) && size > 0))
      return mistake('latinHypercube', `${size} is not a size`, 'give whole numbers from 1');
  }
  const words = seedWords(seed, 'latinHypercube');
  return Array.from({ length: dimensions }, (_, j) => {
    const state = hashState(words, PURPOSE.design, j, 0, new Int32Array(4));
    const column = Float64Array.from({ length: count }, (_, i) => i);
    shuffle(state, column);
    for (let i = 0; i < count; i++) column[i] = (column[i]! + nextUniform(state)) / count;
    return column;
  });
}

/** Put the values of an array in a random order (Fisher and Yates). */
export function shuffle(state: Int32Array, values: Float64Array | Int32Array): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(((next(state) >>> 0) / 4294967296) * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}
