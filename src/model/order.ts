import { eachVariable } from '../formula/expression.ts';
import type { System } from './system.ts';

/** Equations that are solved together, in the order in which blocks must be solved. */
export interface Block {
  /** Indices into the system's equations. */
  readonly equations: readonly number[];
  /** True when its equations depend on each other within the period, so that no order solves them one by one. */
  readonly simultaneous: boolean;
}

/**
 * The blocks of a system in solution order: strongly connected components of "needs within the same period".
 *
 * Written order does not matter. Tarjan's algorithm (1972), with an explicit stack, so that long chains of equations do
 * not overflow.
 *
 * @param skip equations that are not solved (their variable is given): they neither stand in a block nor connect others
 */
export function blocksOf(system: System, skip: ReadonlySet<number> = new Set()): Block[] {
  const needs = system.equations.map((_, i) =>
    skip.has(i) ? [] : currentNeeds(system, i).filter((j) => !skip.has(j)),
  );
  return componentsOf(needs)
    .filter((component) => component.length > 1 || !skip.has(component[0]!))
    .map((component) => {
      const [first] = component;
      const simultaneous = component.length > 1 || needs[first!]!.includes(first!);
      return { equations: component.toSorted((a, b) => a - b), simultaneous };
    });
}

/**
 * The equations whose variable equation `i` needs within the same period. Its own only when the variable stands
 * outside of its usual place on the left.
 */
export function currentNeeds(system: System, i: number): number[] {
  const equation = system.equations[i]!;
  const needed = new Set<number>();
  for (const { when, left, right } of equation.branches) {
    const visit = (own: boolean) => (name: string, lag: number) => {
      const j = lag === 0 ? system.determines.get(name) : undefined;
      if (j !== undefined && (j !== i || own)) needed.add(j);
    };
    eachVariable(left, visit(false));
    eachVariable(right, visit(true));
    if (when !== undefined) eachVariable(when, visit(true));
  }
  return [...needed];
}

/** Strongly connected components in dependency order: a component comes after all that it needs. */
export function componentsOf(needs: readonly (readonly number[])[]): number[][] {
  const n = needs.length;
  const number = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const onStack = new Uint8Array(n);
  const stack: number[] = [];
  const components: number[][] = [];
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (number[root] !== -1) continue;
    const path: number[] = [root];
    const nextChild: number[] = [0];
    number[root] = low[root] = count++;
    stack.push(root);
    onStack[root] = 1;
    while (path.length > 0) {
      const v = path.at(-1)!;
      const child = needs[v]![nextChild[nextChild.length - 1]!++];
      if (child !== undefined) {
        if (number[child] === -1) {
          number[child] = low[child] = count++;
          stack.push(child);
          onStack[child] = 1;
          path.push(child);
          nextChild.push(0);
        } else if (onStack[child] === 1) {
          low[v] = Math.min(low[v]!, number[child]!);
        }
        continue;
      }
      path.pop();
      nextChild.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[v]!);
      if (low[v] === number[v]) components.push(popComponent(stack, onStack, v));
    }
  }
  return components;
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (let w = stack.pop()!; ; w = stack.pop()!) {
    onStack[w] = 0;
    component.push(w);
    if (w === root) return component;
  }
}
