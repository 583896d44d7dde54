import { exp, log } from './explog.ts';
import { nextUniform } from './sfc.ts';
import { fillNormals } from './ziggurat.ts';

/**
 * The next gamma variable of the given shape and scale 1 from an sfc32 generator (Marsaglia and Tsang 2000, "A simple
 * method for generating gamma variables"; a shape below one by their remark in section 6).
 */
export function nextGamma(state: Int32Array, shape: number): number {
  if (shape < 1) return nextGamma(state, shape + 1) * exp(log(nextUniform(state)) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const normal = new Float64Array(1);
  for (;;) {
    fillNormals(state, normal, 0, 1);
    const x = normal[0]!;
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = nextUniform(state);
    if (u < 1 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
  }
}
