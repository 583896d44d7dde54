import { componentsOf } from './order.ts';

/** A block split for Newton's method: `feedback` is iterated on, `others` follow from it in this order. */
export interface FeedbackSplit {
  readonly feedback: readonly number[];
  readonly others: readonly number[];
}

/**
 * A small feedback vertex set of a block: with these variables given, the rest can be computed one after the other.
 *
 * The smallest set is NP-hard; this takes what must be in it (equations that need themselves or cannot be written out),
 * drops vertices without needs or users, and otherwise takes the vertex with the largest product of both (Levy and Low
 * 1988 reductions with a degree heuristic). Ties break by position, so the answer does not change between runs.
 *
 * @param needs for each vertex, the vertices it needs (all inside the block)
 * @param implicit vertices that cannot be computed from the others
 */
export function feedbackSplit(
  needs: readonly (readonly number[])[],
  implicit: ReadonlySet<number>,
): FeedbackSplit {
  const n = needs.length;
  const into: Set<number>[] = needs.map((list, i) => new Set(implicit.has(i) ? [] : list));
  const from: Set<number>[] = needs.map(() => new Set<number>());
  into.forEach((list, i) => list.forEach((j) => from[j]!.add(i)));
  const inSet = new Uint8Array(n);
  const gone = new Uint8Array(n);
  const queue: number[] = [];
  const remove = (v: number): void => {
    gone[v] = 1;
    for (const j of into[v]!) {
      from[j]!.delete(v);
      queue.push(j);
    }
    for (const i of from[v]!) {
      into[i]!.delete(v);
      queue.push(i);
    }
    into[v]!.clear();
    from[v]!.clear();
  };
  const take = (v: number): void => {
    inSet[v] = 1;
    remove(v);
  };
  for (let v = 0; v < n; v++) if (implicit.has(v) || needs[v]!.includes(v)) take(v);
  for (let v = 0; v < n; v++) queue.push(v);
  const reduce = (): void => {
    for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
      if (gone[v] === 1) continue;
      if (into[v]!.has(v)) take(v);
      else if (into[v]!.size === 0 || from[v]!.size === 0) remove(v);
      else if (into[v]!.size === 1 || from[v]!.size === 1) bypass(v);
    }
  };
  // A vertex with one need (or one user) hands its edges on: any cycle through it goes through the neighbour too.
  const bypass = (v: number): void => {
    const [users, sources] = [[...from[v]!], [...into[v]!]];
    remove(v);
    for (const i of users) {
      for (const j of sources) {
        into[i]!.add(j);
        from[j]!.add(i);
        queue.push(i, j);
      }
    }
  };
  reduce();
  for (;;) {
    let best = -1;
    let bestScore = 0;
    for (let v = 0; v < n; v++) {
      if (gone[v] === 1) continue;
      const score = into[v]!.size * from[v]!.size;
      if (score > bestScore) [best, bestScore] = [v, score];
    }
    if (best < 0) break;
    take(best);
    reduce();
  }
  const feedback = Array.from({ length: n }, (_, v) => v).filter((v) => inSet[v] === 1);
  const rest = needs.map((list, i) => (inSet[i] === 1 ? [] : list.filter((j) => inSet[j] === 0)));
  const others = componentsOf(rest)
    .map((component) => component[0]!)
    .filter((v) => inSet[v] === 0);
  return { feedback, others };
}
