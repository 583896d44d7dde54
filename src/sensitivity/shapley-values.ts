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
