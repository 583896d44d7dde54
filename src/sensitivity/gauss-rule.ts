import { symmetricEigen } from '../numeric/eigen.ts';
import { gaussLegendre } from '../numeric/quadrature.ts';
import type { Rule } from '../numeric/quadrature.ts';
import { boxCox, inverseBoxCox } from '../uncertainty/box-cox.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { pdf } from '../uncertainty/pdf.ts';
import { quantile, upperQuantile } from '../uncertainty/quantile.ts';

/**
 * The Gauss rule of a distribution: nodes and weights (which sum to one) whose weighted sum is the expectation of every
 * polynomial up to degree `2 n - 1`.
 *
 * The distribution is laid out on a fine grid and the rule found from it (Gautschi 2004, discretised Stieltjes procedure;
 * Golub and Welsch 1969). A distribution with fewer than `n` values gives as many nodes.
 *
 * @example gaussRule(empirical([1, 3]), 2).nodes.length // 2
 */
export function gaussRule(d: Distribution, n: number): Rule {
  const { nodes, weights } = grid(d);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const centre = nodes.reduce((sum, x, i) => sum + x * weights[i]!, 0) / total;
  const scale = Math.sqrt(nodes.reduce((sum, x, i) => sum + (x - centre) ** 2 * weights[i]!, 0) / total);
  if (!(scale > 1e-15 * Math.abs(centre))) return { nodes: [centre], weights: [1] };
  const z = nodes.map((x) => (x - centre) / scale);
  const w = weights.map((weight) => weight / total);
  const [diagonal, off] = recurrence(z, w, n);
  const size = diagonal.length;
  const jacobi = new Float64Array(size * size);
  diagonal.forEach((value, k) => (jacobi[k * size + k] = value));
  off
    .slice(0, size - 1)
    .forEach((value, k) => (jacobi[(k + 1) * size + k] = jacobi[k * size + k + 1] = value));
  const { values, vectors } = symmetricEigen({ rows: size, cols: size, data: jacobi });
  const squares = Array.from(values, (_, k) => vectors.data[k]! ** 2);
  const sum = squares.reduce((a, b) => a + b, 0);
  return {
    nodes: Array.from(values, (value) => centre + scale * value),
    weights: squares.map((square) => square / sum),
  };
}

/** Coefficients of the orthonormal polynomials of a discrete measure. */
function recurrence(
  x: readonly number[],
  w: readonly number[],
  n: number,
): [diagonal: number[], off: number[]] {
  const [diagonal, off]: [number[], number[]] = [[], []];
  let before = x.map(() => 0);
  let now = x.map(() => 1);
  for (let k = 0; k < n; k++) {
    diagonal.push(now.reduce((sum, p, i) => sum + w[i]! * x[i]! * p * p, 0));
    const back = off[k - 1] ?? 0;
    const next = now.map((p, i) => (x[i]! - diagonal[k]!) * p - back * before[i]!);
    const length = Math.sqrt(next.reduce((sum, p, i) => sum + w[i]! * p * p, 0));
    if (!(length > 1e-10)) break;
    off.push(length);
    [before, now] = [now, next.map((p) => p / length)];
  }
  return [diagonal, off];
}

const TAILS = [1e-280, 1e-150, 1e-70, 1e-35, 1e-18, 1e-9, 1e-5, 1e-3, 0.02, 0.15, 0.5];
const PIECE = /* @__PURE__ */ gaussLegendre(24);

/** Nodes and weights fine enough for every moment; `kinks` are values at which the pieces end as well. */
function grid(d: Distribution, kinks: readonly number[] = []): Rule {
  switch (d.kind) {
    case 'empirical':
      return { nodes: d.values, weights: d.values.map(() => 1) };
    case 'mixture': {
      const total = d.components.reduce((sum, { weight }) => sum + weight, 0);
      const parts = d.components
        .filter(({ weight }) => weight > 0)
        .map(({ weight, of }) => ({ share: weight / total, ...grid(of, kinks) }));
      return {
        nodes: parts.flatMap(({ nodes }) => nodes),
        weights: parts.flatMap(({ share, weights }) =>
          weights.map((w) => (share * w) / weights.reduce((sum, v) => sum + v, 0)),
        ),
      };
    }
    case 'transformed': {
      const caps = [d.low, d.high].flatMap((cap) => (cap === undefined ? [] : [cap]));
      const { nodes, weights } = grid(
        d.of,
        [...caps, ...kinks].map((x) => boxCox(x, d.lambda)),
      );
      return {
        nodes: nodes.map((y) =>
          Math.min(Math.max(inverseBoxCox(y, d.lambda), d.low ?? -Infinity), d.high ?? Infinity),
        ),
        weights,
      };
    }
    default:
      return smoothGrid(d, kinks);
  }
}

function smoothGrid(d: Distribution, kinks: readonly number[]): Rule {
  const cuts = TAILS.flatMap((p) => [quantile(d, p), upperQuantile(d, p)]);
  if ('mode' in d) cuts.push(d.mode);
  const [least, most] = [Math.min(...cuts), Math.max(...cuts)];
  cuts.push(...kinks.filter((x) => x > least && x < most));
  const points = [...new Set(cuts)].sort((a, b) => a - b);
  if (points.length === 1) return { nodes: points, weights: [1] };
  const [nodes, weights]: [number[], number[]] = [[], []];
  for (let i = 1; i < points.length; i++) {
    const [centre, half] = [(points[i]! + points[i - 1]!) / 2, (points[i]! - points[i - 1]!) / 2];
    PIECE.nodes.forEach((t, k) => {
      const x = centre + half * t;
      const weight = half * PIECE.weights[k]! * pdf(d, x);
      if (weight > 0 && weight < Infinity) {
        nodes.push(x);
        weights.push(weight);
      }
    });
  }
  return { nodes, weights };
}
