import { next } from './sfc.ts';
import { hashState, PURPOSE } from './threefry.ts';

/** What a coalition is worth, in one or several measures; `member(k)` tells whether player k belongs to it. */
export type Worth = (member: (k: number) => boolean) => readonly number[];

/** How a game is split. */
export interface ShareOptions {
  /** Up to so many players all coalitions are evaluated, 2^players of them. */
  readonly exact: number;
  /** Beyond, so many orders of arrival are sampled, each costing as many coalitions as there are players. */
  readonly orders: number;
  /** Words that select the sampled orders, such as `seedWords` gives. */
  readonly words: readonly [number, number];
}

/**
 * Shapley's split of a game's worth among its players, from the worth of every coalition: the average of what a player adds
 * over all orders of arrival (Shapley 1953). The parts sum to `worth[all] - worth[none]`, to rounding.
 *
 * @param worth worth of the coalition whose members are the bits of the place; `2^n` of them
 * @example shapleyValues([0, 1, 2, 4]) // [1.5, 2.5]
 */
export function shapleyValues(worth: ArrayLike<number>): number[] {
  const n = Math.log2(worth.length);
  // weight[s]: chance that exactly a given set of s others arrived before.
  const weight = Array.from({ length: n }, (_, s) => 1 / (n * choose(n - 1, s)));
  return Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let set = 0; set < worth.length; set++) {
      if ((set >> k) & 1) continue;
      sum += weight[members(set)]! * (worth[set | (1 << k)]! - worth[set]!);
    }
    return sum;
  });
}

/**
 * Shapley's split of a game whose coalitions have to be evaluated: all of them for few players; for many, the average over
 * sampled orders of arrival (Castro, Gómez and Tejada 2009), whose parts still sum to the whole, to rounding.
 *
 * @returns for each measure, the part of each player
 */
export function shapleyShares(players: number, worth: Worth, options: ShareOptions): number[][] {
  return players <= options.exact ? everyCoalition(players, worth) : sampledOrders(players, worth, options);
}

function everyCoalition(n: number, worth: Worth): number[][] {
  const sets = Array.from({ length: 2 ** n }, (_, set) => worth((k) => ((set >> k) & 1) === 1));
  return sets[0]!.map((_, measure) => shapleyValues(sets.map((values) => values[measure]!)));
}

function sampledOrders(n: number, worth: Worth, { orders, words }: ShareOptions): number[][] {
  const none = worth(() => false);
  const all = worth(() => true);
  const parts = none.map(() => new Array<number>(n).fill(0));
  const state = hashState(words, PURPOSE.choice, 0, 0, new Int32Array(4));
  const order = Array.from({ length: n }, (_, k) => k);
  for (let round = 0; round < orders; round++) {
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(((next(state) >>> 0) / 4294967296) * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    const arrived = new Set<number>();
    let before = none;
    order.forEach((k, place) => {
      arrived.add(k);
      const now = place === n - 1 ? all : worth((own) => arrived.has(own));
      parts.forEach((part, measure) => (part[k]! += (now[measure]! - before[measure]!) / orders));
      before = now;
    });
  }
  return parts;
}

function members(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
