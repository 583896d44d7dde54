import { hasRoom, margin, moveNonbasic, pivot, violation, ZERO } from './linear-programme.ts';
import type { LinearProgramme } from './linear-programme.ts';

/** Slopes below this are rounding. */
const FLAT = 1e-9;

/** A search under way: what is minimised, and on which side of its bounds each soft row counts. */
interface Search {
  readonly row: number;
  readonly direction: number;
  /**
   * By variable: -1 below its low bound, 1 above its high one, 0 between. Kept beside the value, because a row that
   * stands at a bound may have come there to go on: told from the value alone, such rows take turns for ever.
   */
  readonly region: Int8Array;
  /** Whether to choose by the least id, which ends where the steepest way goes round in circles (Bland's rule). */
  careful: boolean;
}

/**
 * Move to the least of `direction` times one row plus what soft rows cost outside their bounds, with hard rows held.
 * The programme must be settled. The simplex method for a piecewise linear sum: a step goes on through the bounds of
 * soft rows as long as the sum still falls.
 *
 * @param row the row to minimise (`direction` 1) or maximise (-1); absent for the cost of soft rows alone
 * @returns false when there is no least value
 */
export function minimise(lp: LinearProgramme, row = -1, direction = 0): boolean {
  const { rows, columns, basic, nonbasic, tableau, value, low, high, weight } = lp;
  const slope = new Float64Array(columns);
  const region = new Int8Array(columns + rows);
  for (let i = 0; i < rows; i++) {
    if (weight[i] !== Infinity)
      region[columns + i] = Math.sign(violation(value[columns + i]!, low[i]!, high[i]!));
  }
  const search: Search = { row, direction, region, careful: false };
  const patience = 10 * (rows + columns);
  for (let step = 0; step < 50 * patience; step++) {
    search.careful = step >= patience;
    slope.fill(0);
    for (let i = 0; i < rows; i++) {
      const id = basic[i]!;
      if (id < columns) continue;
      const g = slopeOf(lp, search, id, region[id]!);
      if (g === 0) continue;
      for (let c = 0; c < columns; c++) slope[c]! += g * tableau[i * columns + c]!;
    }
    let entering = -1;
    let side: 1 | -1 = 1;
    let best = -FLAT;
    for (let c = 0; c < columns; c++) {
      const id = nonbasic[c]!;
      const isPlain = id < columns || (weight[id - columns] === Infinity && id - columns !== row);
      // What has no slope of its own falls to one side at most.
      if (isPlain && Math.abs(slope[c]!) <= FLAT) continue;
      for (let s: 1 | -1 = isPlain && slope[c]! > 0 ? -1 : 1; ; s = -1) {
        if (id < columns || hasRoom(lp, id, s > 0)) {
          const d = s * (isPlain ? slope[c]! : slope[c]! + slopeOf(lp, search, id, regionTowards(lp, id, s)));
          if (search.careful ? d < -FLAT && (entering < 0 || id < nonbasic[entering]!) : d < best) {
            entering = c;
            side = s;
            best = d;
          }
        }
        if (isPlain || s < 0) break;
      }
    }
    if (entering < 0) return true;
    if (!advance(lp, search, entering, side, best)) return false;
  }
  throw new Error('minimise: the simplex method did not end');
}

/** The slope of a row's own cost in a region. */
function slopeOf({ columns, weight }: LinearProgramme, search: Search, id: number, region: number): number {
  const i = id - columns;
  const linear = i === search.row ? search.direction : 0;
  return region === 0 ? linear : linear + region * weight[i]!;
}

/** The region that a soft row comes into when it moves from where it is held. */
function regionTowards(lp: LinearProgramme, id: number, side: 1 | -1): number {
  const i = id - lp.columns;
  if (i < 0 || lp.weight[i] === Infinity) return 0;
  const [value, low, high] = [lp.value[id]!, lp.low[i]!, lp.high[i]!];
  const off = violation(value, low, high);
  if (off > 0 || (off === 0 && side > 0 && value >= high - margin(high))) return 1;
  if (off < 0 || (side < 0 && value <= low + margin(low))) return -1;
  return 0;
}

/** Where a soft row on the way meets a bound. */
interface Meeting {
  readonly distance: number;
  /** Its basic row, -1 for the entering variable itself. */
  readonly at: number;
  readonly id: number;
  readonly size: number;
  /** What it adds to the slope of the cost. */
  readonly adds: number;
  readonly bound: number;
  readonly forward: 1 | -1;
}

/** One step along an entering variable to where the cost no longer falls; false when it falls for ever. */
function advance(
  lp: LinearProgramme,
  search: Search,
  entering: number,
  side: 1 | -1,
  slope: number,
): boolean {
  const { rows, columns, basic, nonbasic, tableau, value, low, high, weight } = lp;
  const { region, careful } = search;
  const entrant = nonbasic[entering]!;
  region[entrant] = regionTowards(lp, entrant, side);
  const meetings: Meeting[] = [];
  // The first hard bound; among equal ones the larger pivot or the least id.
  let [wallAt, wallSize, wallDistance, wallBound] = [-2, 0, Infinity, NaN];
  for (let i = -1; i < rows; i++) {
    const id = i < 0 ? entrant : basic[i]!;
    if (id < columns) continue;
    const rate = i < 0 ? side : side * tableau[i * columns + entering]!;
    const size = Math.abs(rate);
    if (size <= ZERO) continue;
    const k = id - columns;
    const [first, last] = rate > 0 ? [low[k]!, high[k]!] : [high[k]!, low[k]!];
    if (weight[k] === Infinity) {
      if (last === Infinity || last === -Infinity) continue;
      const ahead = (last - value[id]!) / rate;
      const distance = ahead > 0 ? ahead : 0;
      if (distance > wallDistance) continue;
      if (distance === wallDistance) {
        const isLater = id > (wallAt < 0 ? entrant : basic[wallAt]!);
        if (careful || size === wallSize ? isLater : size < wallSize) continue;
      }
      wallAt = i;
      wallSize = size;
      wallDistance = distance;
      wallBound = last;
      continue;
    }
    const forward = rate > 0 ? 1 : -1;
    const adds = weight[k]! * size;
    const meet = (bound: number): void => {
      const distance = Math.max(0, (forward * (bound - value[id]!)) / size);
      if (distance < Infinity) meetings.push({ distance, at: i, id, size, adds, bound, forward });
    };
    const ahead = forward * region[id]!;
    if (ahead < 0) meet(first);
    if (ahead <= 0) meet(last);
  }
  meetings.sort((a, b) => a.distance - b.distance || (careful ? 0 : b.size - a.size) || a.id - b.id);
  let falls = slope;
  let stop: Meeting | undefined;
  for (const meeting of meetings) {
    if (meeting.distance > wallDistance) break;
    falls += meeting.adds;
    if (falls >= -FLAT) {
      stop = meeting;
      break;
    }
    region[meeting.id]! += meeting.forward;
  }
  if (stop === undefined && wallAt === -2) return false;
  const { at, distance, bound } = stop ?? { at: wallAt, distance: wallDistance, bound: wallBound };
  moveNonbasic(lp, entering, side * distance);
  value[at < 0 ? entrant : basic[at]!] = bound;
  if (at >= 0) pivot(lp, at, entering);
  return true;
}
