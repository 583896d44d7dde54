import { hasRoom, margin, moveNonbasic, pivot, violation, ZERO } from './linear-programme.ts';
import type { LinearProgramme } from './linear-programme.ts';

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
  const patience = 10 * (rows + columns);
  // The slope of a variable's own cost to the right (side 1) or to the left (-1) of where it stands.
  const own = (id: number, side: 1 | -1): number => {
    if (id < columns) return 0;
    const i = id - columns;
    const linear = i === row ? direction : 0;
    const w = weight[i]!;
    if (w === Infinity) return linear;
    const v = value[id]!;
    const off = violation(v, low[i]!, high[i]!);
    if (off > 0 || (side > 0 && v >= high[i]! - margin(high[i]!))) return linear + w;
    if (off < 0 || (side < 0 && v <= low[i]! + margin(low[i]!))) return linear - w;
    return linear;
  };
  for (let step = 0; step < 50 * patience; step++) {
    slope.fill(0);
    for (let i = 0; i < rows; i++) {
      const id = basic[i]!;
      if (id < columns) continue;
      const k = id - columns;
      const w = weight[k]!;
      let g = k === row ? direction : 0;
      if (w !== Infinity) {
        const off = violation(value[id]!, low[k]!, high[k]!);
        g += off > 0 ? w : off < 0 ? -w : 0;
      }
      if (g === 0) continue;
      for (let c = 0; c < columns; c++) slope[c]! += g * tableau[i * columns + c]!;
    }
    let entering = -1;
    let side: 1 | -1 = 1;
    let best = -1e-9;
    for (let c = 0; c < columns; c++) {
      const id = nonbasic[c]!;
      const isHard = id < columns || (weight[id - columns] === Infinity && id - columns !== row);
      // What has no slope of its own falls to one side at most.
      if (isHard && Math.abs(slope[c]!) <= 1e-9) continue;
      for (let s: 1 | -1 = isHard && slope[c]! > 0 ? -1 : 1; ; s = -1) {
        if (id < columns || hasRoom(lp, id, s > 0)) {
          const d = s * (isHard ? slope[c]! : slope[c]! + own(id, s));
          if (step < patience ? d < best : d < -1e-9 && (entering < 0 || id < nonbasic[entering]!)) {
            entering = c;
            side = s;
            best = d;
          }
        }
        if (isHard || s < 0) break;
      }
    }
    if (entering < 0) return true;
    if (!advance(lp, entering, side, best)) return false;
  }
  throw new Error('minimise: the simplex method did not end');
}

/** One step along an entering variable to where the cost no longer falls; false when it falls for ever. */
function advance(lp: LinearProgramme, entering: number, side: 1 | -1, slope: number): boolean {
  const { rows, columns, basic, nonbasic, tableau, value, low, high, weight } = lp;
  const entrant = nonbasic[entering]!;
  // Bounds of soft rows on the way: after which distance, of which basic row (-1: the entering variable), what each adds to the slope.
  const meetings: Meeting[] = [];
  // The first hard bound; among equal ones the larger pivot, then the least id.
  let [wallAt, wallSize, wallDistance] = [-2, 0, Infinity];
  for (let i = -1; i < rows; i++) {
    const id = i < 0 ? entrant : basic[i]!;
    if (id < columns) continue;
    const rate = i < 0 ? side : side * tableau[i * columns + entering]!;
    if (Math.abs(rate) <= ZERO) continue;
    const k = id - columns;
    const last = rate > 0 ? high[k]! : low[k]!;
    if (weight[k] === Infinity) {
      if (last === Infinity || last === -Infinity) continue;
      const ahead = (last - value[id]!) / rate;
      const distance = ahead > 0 ? ahead : 0;
      const size = Math.abs(rate);
      if (distance > wallDistance) continue;
      if (distance === wallDistance) {
        if (size < wallSize || (size === wallSize && id > (wallAt < 0 ? entrant : basic[wallAt]!))) continue;
      }
      wallAt = i;
      wallSize = size;
      wallDistance = distance;
      continue;
    }
    const first = rate > 0 ? low[k]! : high[k]!;
    const forward = rate > 0 ? 1 : -1;
    const size = Math.abs(rate);
    const adds = weight[k]! * size;
    const [toFirst, toLast] = [forward * (first - value[id]!), forward * (last - value[id]!)];
    if (toFirst > margin(first) && toFirst < Infinity)
      meetings.push({ distance: toFirst / size, at: i, id, size, adds, bound: first });
    // A row that stands at its bound meets it at once, unless it is the one that moves; beyond it there is none to meet.
    if (toLast < Infinity && toLast > (i < 0 ? margin(last) : -margin(last)))
      meetings.push({ distance: Math.max(0, toLast / size), at: i, id, size, adds, bound: last });
  }
  const wallId = wallAt < 0 ? entrant : basic[wallAt]!;
  let [stopAt, stopDistance, bound] = [wallAt, wallDistance, NaN];
  if (wallAt > -2) {
    const up = wallAt < 0 ? side > 0 : side * tableau[wallAt * columns + entering]! > 0;
    bound = up ? high[wallId - columns]! : low[wallId - columns]!;
  }
  if (meetings.length > 0) {
    meetings.sort((a, b) => a.distance - b.distance || b.size - a.size || a.id - b.id);
    let falls = slope;
    const stop = meetings.find((meeting) => (falls += meeting.adds) >= -1e-9);
    if (stop !== undefined && stop.distance < wallDistance)
      [stopAt, stopDistance, bound] = [stop.at, stop.distance, stop.bound];
  }
  if (stopAt === -2) return false;
  moveNonbasic(lp, entering, side * stopDistance);
  value[stopAt < 0 ? entrant : basic[stopAt]!] = bound;
  if (stopAt >= 0) pivot(lp, stopAt, entering);
  return true;
}

/** Where a variable on the way meets a bound. */
interface Meeting {
  readonly distance: number;
  /** Its basic row, -1 for the entering variable itself. */
  readonly at: number;
  readonly id: number;
  readonly size: number;
  readonly adds: number;
  readonly bound: number;
}
