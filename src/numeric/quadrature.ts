import { mistake } from '../mistake.ts';

/** A rule for weighted integrals: the integral of `f` is about the sum of `weights[i] * f(nodes[i])`. */
export interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss-Legendre rule on [-1, 1], exact for polynomials up to degree `2 n - 1`; its weights sum to 2.
 *
 * Newton's method on the Legendre recurrence (Abramowitz and Stegun 25.4.29); full accuracy up to some hundred nodes.
 *
 * @example gaussLegendre(1).weights // [2]
 */
export function gaussLegendre(n: number): Rule {
  if (!(Number.isInteger(n) && n > 0))
    return mistake('gaussLegendre', `${n} nodes are not possible`, 'give a whole number from 1');
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < (n + 1) >> 1; i++) {
    let x = 2 * i + 1 === n ? 0 : -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let [p, before] = [x, 1];
      if (n === 1) [p, before] = [x, 1];
      for (let k = 2; k <= n; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p];
      slope = (n * (x * p - before)) / (x * x - 1);
      const change = p / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = x;
    nodes[n - 1 - i] = -x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/**
 * The integral of `f` over the pieces between ascending `breaks`, by Gauss-Legendre with 20 nodes on each piece, halved
 * until both halves agree with the whole. `f` is smooth inside each piece; it is not asked at the breaks themselves.
 *
 * @param tolerance error allowed in all, relative to the integral of |f|; defaults to 1e-13
 * @example integrate((x) => x * x, [0, 1, 3]) // 9.000000000000002
 */
export function integrate(f: (x: number) => number, breaks: readonly number[], tolerance = 1e-13): number {
  const pieces = breaks.slice(1).map((to, i) => [breaks[i]!, to, onPiece(f, breaks[i]!, to)] as const);
  const scale = pieces.reduce((sum, [, , value]) => sum + Math.abs(value), 0);
  return pieces.reduce(
    (sum, [from, to, value]) => sum + refine(f, from, to, value, tolerance * scale, 40),
    0,
  );
}

const TWENTY = /* @__PURE__ */ gaussLegendre(20);

function onPiece(f: (x: number) => number, from: number, to: number): number {
  const [centre, half] = [(from + to) / 2, (to - from) / 2];
  let sum = 0;
  for (let i = 0; i < 20; i++) sum += TWENTY.weights[i]! * f(centre + half * TWENTY.nodes[i]!);
  return sum * half;
}

function refine(
  f: (x: number) => number,
  from: number,
  to: number,
  whole: number,
  allowed: number,
  depth: number,
): number {
  const middle = (from + to) / 2;
  const left = onPiece(f, from, middle);
  const right = onPiece(f, middle, to);
  if (depth === 0 || Math.abs(left + right - whole) <= allowed) return left + right;
  return (
    refine(f, from, middle, left, allowed / 2, depth - 1) +
    refine(f, middle, to, right, allowed / 2, depth - 1)
  );
}
