import { mistake } from '../mistake.ts';
import { nextGamma } from '../numeric/gamma-draw.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { directions, fillSobol, scrambledSobol } from '../numeric/sobol-sequence.ts';
import type { Directions, SobolSequence } from '../numeric/sobol-sequence.ts';
import { studentCdf } from '../numeric/student.ts';
import { hashState, PURPOSE, seedWords } from '../numeric/threefry.ts';
import { fillNormals } from '../numeric/ziggurat.ts';
import { correlationOf, lowerRoot, nearestCorrelation } from './correlation.ts';
import type { NearestCorrelation } from './correlation.ts';
import type { Distribution } from './distribution.ts';
import { atTail, fillDraws, fromNormals, fromUniforms } from './fill.ts';
import type { Columns } from './outcome.ts';
import { layoutOf } from './simulation.ts';
import type { Simulation } from './simulation.ts';

/** Fills the columns of the factors, block after block; the columns are the same arrays each time. */
export interface Draws<F extends string = string> {
  readonly columns: Columns<F>;
  readonly repair?: NearestCorrelation;
  /** Fill with the first `count` draws of a block. */
  fill(block: number, count: number): void;
  /** Turn columns of independent standard normals into the factors' values. */
  fromIndependent(count: number): void;
}

/** Extra inputs of the draws of Sobol' points. */
export interface DrawOptions {
  /** Direction numbers for more than 160 factors, from `loadDirections()`. */
  readonly directions?: Directions;
  /** Orthonormal rows, one per coordinate in the order of their quality, in the space of independent normals. */
  readonly rotation?: readonly Float64Array[];
}

/**
 * The draws of a simulation. Each is a pure function of the seed, the factor's number and the draw's own number.
 *
 * @throws RangeError when the correlation or the sampling is not possible
 */
export function drawsOf<F extends string>(s: Simulation<F>, options: DrawOptions, call: string): Draws<F> {
  const layout = layoutOf(s, call);
  const seed = seedWords(s.seed ?? 0, call);
  const names = Object.keys(s.factors) as F[];
  const kinds = names.map((name) => s.factors[name]);
  const columns = names.map(() => new Float64Array(layout.blockSize));
  const copula = s.correlation === undefined ? undefined : copulaOf(names, s.correlation, call);
  const repair = copula?.repair;
  const common = {
    columns: Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as unknown as Columns<F>,
    ...(repair === undefined || repair.change === 0 ? {} : { repair }),
    fromIndependent: (count: number) => shape(count),
  };
  if (s.sampling === 'sobol') {
    if (copula?.df !== undefined)
      return mistake(call, 'a t copula has no Sobol sampling', "use sampling 'random' or a gaussian copula");
    const each = layout.blocksEach!;
    const from = options.directions ?? directions(Math.max(1, names.length));
    if (from.dimensions < names.length)
      return mistake(
        call,
        `${names.length} factors exceed ${from.dimensions} dimensions`,
        'use fewer factors',
      );
    const sequences: SobolSequence[] = [];
    return {
      ...common,
      fill(block, count) {
        const replicate = Math.floor(block / each);
        const sequence = (sequences[replicate] ??= scrambledSobol(from, seed, replicate));
        const first = (block % each) * layout.blockSize;
        columns.forEach((column, k) => fillSobol(sequence, k, first, count, column));
        if (copula === undefined && options.rotation === undefined) {
          columns.forEach((column, k) => {
            fromUniforms(kinds[k]!, column, count);
          });
          return;
        }
        for (const column of columns) for (let i = 0; i < count; i++) column[i] = normalQuantile(column[i]!);
        if (options.rotation !== undefined) rotate(columns, options.rotation, count);
        shape(count);
      },
    };
  }
  return {
    ...common,
    fill(block, count) {
      kinds.forEach((kind, k) => {
        const source = { seed, stream: k, block };
        if (copula?.correlated[k] !== true) fillDraws(kind, source, columns[k]!, count);
        else fillNormals(hashState(seed, PURPOSE.normal, k, block, new Int32Array(4)), columns[k]!, 0, count);
      });
      if (copula !== undefined) {
        // Only what is correlated is still normal here; a t copula needs it so until it is divided.
        const behind = kinds.map((kind, k) => (copula.correlated[k] === true ? kind : undefined));
        correlate(columns, copula.root, copula.df === undefined ? behind : [], count);
        if (copula.df === undefined) {
          behind.forEach((kind, k) => {
            if (kind !== undefined && kind.kind !== 'normal') fromNormals(kind, columns[k]!, count);
          });
        } else {
          fromT(copula.df, copula.correlated, block, count);
        }
      }
    },
  };

  /** Independent normals to the factors' values, through the Gaussian copula. */
  function shape(count: number): void {
    if (copula !== undefined) correlate(columns, copula.root, [], count);
    kinds.forEach((kind, k) => fromNormals(kind, columns[k]!, count));
  }

  /** All correlated factors of one draw share the divisor of the multivariate t. */
  function fromT(df: number, correlated: readonly boolean[], block: number, count: number): void {
    const state = hashState(seed, PURPOSE.mixing, 0, block, new Int32Array(4));
    for (let i = 0; i < count; i++) {
      const stretch = 1 / Math.sqrt((2 * nextGamma(state, df / 2)) / df);
      kinds.forEach((kind, k) => {
        if (correlated[k] === true) columns[k]![i] = fromStudent(kind, columns[k]![i]! * stretch, df);
      });
    }
  }
}

interface Copula {
  readonly root: readonly Row[];
  readonly correlated: readonly boolean[];
  readonly repair: NearestCorrelation;
  readonly df?: number;
}

/** One row of a lower triangular root, with only the entries that are not zero. */
interface Row {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

function copulaOf(names: readonly string[], c: NonNullable<Simulation['correlation']>, call: string): Copula {
  const whole = correlationOf(names, c, call);
  const correlated = names.map((name) => c.factors.includes(name));
  const repair = nearestCorrelation(c.matrix);
  const places = c.factors.map((name) => names.indexOf(name));
  places.forEach((p, i) => places.forEach((q, j) => (whole[p]![q] = repair.matrix[i]![j]!)));
  const n = names.length;
  const lower = lowerRoot(whole);
  const root = names.map((_, i) => {
    const own = Array.from({ length: i + 1 }, (_, j) => j).filter((j) => lower[i * n + j] !== 0);
    return { places: own, values: own.map((j) => lower[i * n + j]!) };
  });
  return { root, correlated, repair, ...(c.copula === 't' ? { df: c.df! } : {}) };
}

/**
 * Multiply the columns by a lower triangular root, from the last row up, in place; a row's normal is moved and stretched
 * at once where its factor is normal.
 */
function correlate(
  columns: readonly Float64Array[],
  root: readonly Row[],
  kinds: readonly (Distribution | undefined)[],
  count: number,
): void {
  for (let k = columns.length - 1; k >= 0; k--) {
    const { places, values } = root[k]!;
    const kind = kinds[k];
    const [mean, sd] = kind?.kind === 'normal' ? [kind.mean, kind.sd] : [0, 1];
    const others = places.filter((place) => place !== k);
    const weights = values.filter((_, j) => places[j] !== k).map((weight) => sd * weight);
    const own = others.length < places.length ? sd * values.at(-1)! : 0;
    if (own === 1 && mean === 0 && others.length === 0) continue;
    combine(
      columns[k]!,
      own,
      mean,
      others.map((place) => columns[place]!),
      weights,
      count,
    );
  }
}

/** `out = mean + own * out + weights . others`, three others at a time to spare memory traffic. */
function combine(
  out: Float64Array,
  own: number,
  mean: number,
  others: readonly Float64Array[],
  weights: readonly number[],
  count: number,
): void {
  const [a = out, b = out, c = out] = others;
  const [u = 0, v = 0, w = 0] = weights;
  switch (others.length) {
    case 0:
      for (let i = 0; i < count; i++) out[i] = mean + own * out[i]!;
      return;
    case 1:
      for (let i = 0; i < count; i++) out[i] = mean + own * out[i]! + u * a[i]!;
      return;
    case 2:
      for (let i = 0; i < count; i++) out[i] = mean + own * out[i]! + u * a[i]! + v * b[i]!;
      return;
    default:
      for (let i = 0; i < count; i++) out[i] = mean + own * out[i]! + u * a[i]! + v * b[i]! + w * c[i]!;
      if (others.length > 3) combine(out, 1, 0, others.slice(3), weights.slice(3), count);
  }
}

function rotate(columns: readonly Float64Array[], rows: readonly Float64Array[], count: number): void {
  const d = columns.length;
  const point = new Float64Array(d);
  for (let i = 0; i < count; i++) {
    point.fill(0);
    for (let k = 0; k < d; k++) {
      const z = columns[k]![i]!;
      const row = rows[k]!;
      for (let j = 0; j < d; j++) point[j] = point[j]! + z * row[j]!;
    }
    for (let j = 0; j < d; j++) columns[j]![i] = point[j]!;
  }
}

/** The value of a factor at a Student variable of a t copula. */
export function fromStudent(d: Distribution, t: number, df: number): number {
  if (d.kind === 'student' && d.df === df) return d.location + d.scale * t;
  return atTail(d, studentCdf(t < 0 ? t : -t, df), t < 0);
}
