import { exp } from '../numeric/explog.ts';
import { nextGamma } from '../numeric/gamma-draw.ts';
import { normalCdf, normalQuantile } from '../numeric/normal.ts';
import { fillUniforms } from '../numeric/sfc.ts';
import { hashState, PURPOSE } from '../numeric/threefry.ts';
import { fillNormals } from '../numeric/ziggurat.ts';
import { inverseBoxCox } from './box-cox.ts';
import { pertShapes } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import { quantile, quantileOfPair } from './quantile.ts';

/** Where a column's random numbers come from: a stream (a factor's number) and a block under a seed. */
export interface Source {
  readonly seed: readonly [number, number];
  readonly stream: number;
  readonly block: number;
}

/**
 * Fill a column with independent draws of a distribution. Streams of the parts of a mixture, and of the two variables
 * behind a t or PERT draw, lie 65,536 apart.
 */
export function fillDraws(d: Distribution, source: Source, out: Float64Array, count: number): void {
  switch (d.kind) {
    case 'normal':
      return fillNormals(stateOf(source), out, 0, count, d.mean, d.sd);
    case 'lognormal':
      fillNormals(stateOf(source), out, 0, count, d.meanLog, d.sdLog);
      for (let i = 0; i < count; i++) out[i] = exp(out[i]!);
      return;
    case 'uniform':
    case 'triangular':
    case 'two-piece-normal':
    case 'empirical':
      fillUniforms(stateOf(source), out, 0, count);
      for (let i = 0; i < count; i++) out[i] = quantile(d, out[i]!);
      return;
    case 'student': {
      const state = stateOf(beside(source));
      fillNormals(stateOf(source), out, 0, count);
      for (let i = 0; i < count; i++) {
        out[i] = d.location + d.scale * (out[i]! / Math.sqrt((2 * nextGamma(state, d.df / 2)) / d.df));
      }
      return;
    }
    case 'pert': {
      const state = stateOf(source);
      const [a, b] = d.low === d.high ? [1, 1] : pertShapes(d);
      for (let i = 0; i < count; i++) {
        const [x, y] = [nextGamma(state, a), nextGamma(state, b)];
        out[i] = d.low + ((d.high - d.low) * x) / (x + y);
      }
      return;
    }
    case 'mixture':
      return fillMixture(d.components, source, out, count);
    case 'transformed': {
      const [low, high] = [d.low ?? -Infinity, d.high ?? Infinity];
      fillDraws(d.of, source, out, count);
      for (let i = 0; i < count; i++)
        out[i] = Math.min(Math.max(inverseBoxCox(out[i]!, d.lambda), low), high);
      return;
    }
    default:
      return d satisfies never;
  }
}

function fillMixture(
  components: readonly { readonly weight: number; readonly of: Distribution }[],
  source: Source,
  out: Float64Array,
  count: number,
): void {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const choice = new Float64Array(count);
  fillUniforms(
    hashState(source.seed, PURPOSE.choice, source.stream, source.block, new Int32Array(4)),
    choice,
    0,
    count,
  );
  const column = new Float64Array(count);
  let [from, part] = [0, source];
  components.forEach(({ weight, of }, k) => {
    part = beside(part);
    const to = k === components.length - 1 ? 1 : from + weight / total;
    fillDraws(of, part, column, count);
    for (let i = 0; i < count; i++) if (choice[i]! >= from && choice[i]! < to) out[i] = column[i]!;
    from = to;
  });
}

function stateOf({ seed, stream, block }: Source): Int32Array {
  return hashState(seed, PURPOSE.normal, stream, block, new Int32Array(4));
}

function beside(source: Source): Source {
  return { ...source, stream: source.stream + 65_536 };
}

/** Turn a column of standard normals into draws of a distribution, rank by rank. */
export function fromNormals(d: Distribution, column: Float64Array, count: number): void {
  switch (d.kind) {
    case 'normal':
      for (let i = 0; i < count; i++) column[i] = d.mean + d.sd * column[i]!;
      return;
    case 'lognormal':
      for (let i = 0; i < count; i++) column[i] = exp(d.meanLog + d.sdLog * column[i]!);
      return;
    default:
      for (let i = 0; i < count; i++) {
        const z = column[i]!;
        column[i] = atTail(d, normalCdf(z < 0 ? z : -z), z < 0);
      }
  }
}

/** The value with the given probability below it, or above it. */
export function atTail(d: Distribution, tail: number, below: boolean): number {
  return below ? quantileOfPair(d, tail, 1 - tail) : quantileOfPair(d, 1 - tail, tail);
}

/** Turn a column of uniform values into draws of a distribution, rank by rank. */
export function fromUniforms(d: Distribution, column: Float64Array, count: number): void {
  switch (d.kind) {
    case 'uniform': {
      const width = d.high - d.low;
      for (let i = 0; i < count; i++) column[i] = d.low + width * column[i]!;
      return;
    }
    case 'normal':
      for (let i = 0; i < count; i++) column[i] = d.mean + d.sd * normalQuantile(column[i]!);
      return;
    default:
      for (let i = 0; i < count; i++) column[i] = quantile(d, column[i]!);
  }
}
