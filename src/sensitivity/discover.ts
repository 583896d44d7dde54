import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Columns } from '../uncertainty/outcome.ts';

/** A box found by PRIM: where the factors lie inside all limits, the case of interest is frequent. */
export interface Box<F extends string = string> {
  /** Limits of each factor, both inside the box. */
  readonly limits: Readonly<Record<F, readonly [low: number, high: number]>>;
  /** Factors whose limits are tighter than their whole range, in the order in which they were first cut. */
  readonly restricted: readonly F[];
  /** Share of all cases of interest that lie in the box. */
  readonly coverage: number;
  /** Share of the points in the box that are cases of interest. */
  readonly density: number;
  /** Share of all points that lie in the box. */
  readonly mass: number;
}

/** Options of `discover`. */
export interface DiscoverOptions {
  /** Share of the box that one cut takes off; defaults to 0.05. */
  readonly peel?: number;
  /** Share that one step of pasting may add back; defaults to 0.05. */
  readonly paste?: number;
  /** Smallest share of all points that a box may hold; defaults to 0.05. */
  readonly smallest?: number;
}

/**
 * The patient rule induction method (Friedman and Fisher 1999), as scenario discovery uses it (Bryant and Lempert 2010): a
 * trajectory of ever smaller boxes of factor values in which the cases of interest (a plan that fails) gather. The reader
 * chooses: early boxes cover most cases, late ones hold little else.
 *
 * Each step takes the cut that raises the density most per point that is lost, of all cuts of about the share `peel` at one
 * end of one factor; at the end the box grows again where that raises its density.
 *
 * @param points columns of factor values
 * @param cases 1 where the case is of interest, else 0; one per point
 * @returns all boxes, the whole space first
 * @throws RangeError when there is no case of interest or an option is not a share
 * @example discover({ a: Float64Array.of(1, 2, 3, 4) }, [0, 0, 1, 1], { peel: 0.5 }).at(-1).limits.a // [2.5, 4]
 */
export function discover<F extends string>(
  points: Columns<F>,
  cases: ArrayLike<number>,
  options: DiscoverOptions = {},
): Box<F>[] {
  argument('discover', 'object', points, 'points');
  listArgument('discover', 'the list of cases', cases);
  checkOptions('discover', options, 'peel paste smallest');
  const { peel = 0.05, paste = 0.05, smallest = 0.05 } = options;
  for (const share of [peel, paste, smallest]) {
    if (!(share > 0 && share < 1))
      mistake('discover', `${share} is not a share`, 'give a number between 0 and 1, such as 0.05');
  }
  const names = Object.keys(points) as F[];
  const n = cases.length;
  if (names.length === 0) return mistake('discover', 'there are no factors', 'give at least one column');
  const uneven = names.find((name) => points[name].length !== n);
  if (uneven !== undefined)
    return mistake(
      'discover',
      `'${uneven}' has ${points[uneven].length} values for ${n} cases`,
      'give columns of one length',
    );
  const interesting = Array.from({ length: n }, (_, i) => i).filter((i) => cases[i] !== 0).length;
  if (interesting === 0) return mistake('discover', 'no case is of interest', 'mark some with 1');
  const study: Study<F> = { points, cases, names, total: n, interesting, restricted: [] };

  let inside = Array.from({ length: n }, (_, i) => i);
  let limits = Object.fromEntries(names.map((name) => [name, ends(points[name], inside)])) as Limits<F>;
  const boxes = [boxOf(study, limits, inside)];
  for (;;) {
    const cut = best(
      names.flatMap((name) => cuts(study, name, limits, inside, peel)),
      study,
      inside,
    );
    if (cut === undefined || cut.inside.length < smallest * n) break;
    study.restricted = [...new Set([...study.restricted, cut.name])];
    [limits, inside] = [{ ...limits, [cut.name]: cut.range }, cut.inside];
    boxes.push(boxOf(study, limits, inside));
  }
  for (;;) {
    const growth = best(
      study.restricted.flatMap((name) => pastes(study, name, limits, inside, paste)),
      study,
      inside,
    );
    if (growth === undefined) break;
    [limits, inside] = [{ ...limits, [growth.name]: growth.range }, growth.inside];
    boxes.push(boxOf(study, limits, inside));
  }
  return boxes;
}

type Limits<F extends string> = Readonly<Record<F, readonly [number, number]>>;

interface Study<F extends string> {
  readonly points: Columns<F>;
  readonly cases: ArrayLike<number>;
  readonly names: readonly F[];
  readonly total: number;
  readonly interesting: number;
  restricted: F[];
}

/** A box with one limit of one factor moved. */
interface Move<F extends string> {
  readonly name: F;
  readonly range: readonly [number, number];
  readonly inside: number[];
}

function boxOf<F extends string>(study: Study<F>, limits: Limits<F>, inside: readonly number[]): Box<F> {
  const hits = inside.filter((i) => study.cases[i] !== 0).length;
  return {
    limits,
    restricted: study.restricted,
    coverage: hits / study.interesting,
    density: hits / inside.length,
    mass: inside.length / study.total,
  };
}

/** Two cuts of one factor: off its low end and off its high end, each half-way between two neighbouring values. */
function cuts<F extends string>(
  study: Study<F>,
  name: F,
  limits: Limits<F>,
  inside: readonly number[],
  share: number,
): Move<F>[] {
  const column = study.points[name];
  const values = Float64Array.from(inside, (i) => column[i]!).sort();
  const [low, high] = limits[name];
  const from = between(values, share);
  const to = between(values, 1 - share);
  return [
    { name, range: [low, to] as const, inside: inside.filter((i) => column[i]! <= to) },
    { name, range: [from, high] as const, inside: inside.filter((i) => column[i]! >= from) },
  ];
}

/** Half-way between the values around a quantile; where they are equal, the next different value is taken. */
function between(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p;
  let [lower, upper] = [Math.floor(place), Math.ceil(place)];
  if (p > 0.5) while (lower > 0 && sorted[lower] === sorted[upper]) lower--;
  else while (upper < sorted.length - 1 && sorted[lower] === sorted[upper]) upper++;
  return (sorted[lower]! + sorted[upper]!) / 2;
}

/** Widen one limit of one factor until the share `paste` of the box's points is added. */
function pastes<F extends string>(
  study: Study<F>,
  name: F,
  limits: Limits<F>,
  inside: readonly number[],
  share: number,
): Move<F>[] {
  const column = study.points[name];
  const [low, high] = limits[name];
  const others = study.names.filter((other) => other !== name);
  const free = Array.from({ length: study.total }, (_, i) => i).filter((i) =>
    others.every(
      (other) => study.points[other][i]! >= limits[other][0] && study.points[other][i]! <= limits[other][1],
    ),
  );
  const wanted = Math.max(1, Math.ceil(share * inside.length));
  const below = free
    .filter((i) => column[i]! < low)
    .sort((a, b) => column[b]! - column[a]!)
    .slice(0, wanted);
  const above = free
    .filter((i) => column[i]! > high)
    .sort((a, b) => column[a]! - column[b]!)
    .slice(0, wanted);
  const moves: Move<F>[] = [];
  if (below.length > 0)
    moves.push({ name, range: [column[below.at(-1)!]!, high], inside: [...inside, ...below] });
  if (above.length > 0)
    moves.push({ name, range: [low, column[above.at(-1)!]!], inside: [...inside, ...above] });
  return moves;
}

/** The move with the largest change of density per point lost or gained, if it raises the density. */
function best<F extends string>(
  moves: readonly Move<F>[],
  study: Study<F>,
  inside: readonly number[],
): Move<F> | undefined {
  const density = (set: readonly number[]) =>
    set.reduce((sum, i) => sum + (study.cases[i] === 0 ? 0 : 1), 0) / set.length;
  const now = density(inside);
  let [chosen, score]: [Move<F> | undefined, number] = [undefined, 0];
  for (const move of moves) {
    if (move.inside.length === inside.length || move.inside.length === 0) continue;
    const own = (density(move.inside) - now) / Math.abs(move.inside.length - inside.length);
    if (own > score) [chosen, score] = [move, own];
  }
  return chosen;
}

function ends(column: Float64Array, inside: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const i of inside) [low, high] = [Math.min(low, column[i]!), Math.max(high, column[i]!)];
  return [low, high];
}
