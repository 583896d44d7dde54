import type { Issue } from '../issue.ts';
import { minimise } from '../numeric/linear-minimise.ts';
import { setBounds, settle } from '../numeric/linear-programme.ts';
import { sumAt } from './consistency-equations.ts';
import { pointOf, programmeAt, quotientRows, sumFor } from './consistency-programme.ts';
import type { Programme } from './consistency-programme.ts';
import type { BandRow, RowSource, Rows } from './consistency-row.ts';

/** A least change: the rows that give way, with the value that each takes. */
export interface LeastChange {
  readonly changes: readonly { readonly row: BandRow; readonly to: number }[];
  readonly total: number;
  readonly bindingConflict: boolean;
}

const PASSES = 40;
/** Points that differ by less are one. */
const SETTLED = 1e-13;

/** The value of a row's measure at a point. */
export function measureAt({ of, divisor, years }: BandRow, point: ArrayLike<number>): number {
  const value = sumAt(of, point);
  const over = divisor === undefined ? value : value / sumAt(divisor, point) - 1;
  return years === 1 ? over : Math.max(0, 1 + over) ** (1 / years) - 1;
}

/**
 * Find a point at which every row holds. Where equations are not linear each round takes their tangents at the point of
 * the last, which is the one that holds or else changes the targets least.
 */
export function holdAll(rows: Rows): {
  readonly holds: boolean;
  readonly point: Float64Array;
  readonly issues: readonly Issue[];
} {
  let point = rows.start;
  for (let pass = 0; pass < PASSES; pass++) {
    const programme = programmeAt(rows, point);
    const holds = settle(programme.lp) === undefined;
    if (!holds && !rows.isLinear) soften(programme, rows, point, () => false);
    const isMet = holds || (!rows.isLinear && settle(programme.lp) === undefined && minimise(programme.lp));
    const next = isMet ? damped(rows, point, pointOf(programme)) : point;
    const isSame = rows.isLinear || distance(point, next) < SETTLED;
    point = next;
    if (isSame) return { holds, point, issues: [] };
  }
  const issue: Issue = {
    code: 'doubtful',
    path: ['identities'],
    expected: 'equations that their tangents approach',
    received: 'equations too far from linear: the answer is approximate',
    severity: 'warning',
  };
  return { holds: settle(programmeAt(rows, point).lp) === undefined, point, issues: [issue] };
}

/**
 * An irreducible conflict by a deletion filter: rows are taken out one after the other and stay out while what is left
 * still conflicts. Rows that are not in the last conflict found stay out without another solution.
 *
 * @param obligation rows with less of it are taken out first, so that the conflict keeps the firmest; equations come last
 */
export function conflictOf(
  rows: Rows,
  point: Float64Array,
  obligation: (row: BandRow) => number,
): RowSource[] {
  const programme = programmeAt(rows, point);
  const { lp } = programme;
  const members: { source: RowSource; sides: readonly number[]; weight: number }[] = [
    ...rows.bands.map((row, b) => ({
      source: row.source,
      sides: programme.bands[b]!.map((side) => side.row),
      weight: row.source.kind === 'positive' ? -1 : obligation(row),
    })),
    ...rows.equations.map(({ source }, e) => ({
      source,
      sides: [programme.equations[e]!],
      weight: Infinity,
    })),
  ].toSorted((a, b) => (a.weight === b.weight ? 0 : a.weight - b.weight));
  let conflict = settle(lp);
  if (conflict === undefined) return [];
  const kept: RowSource[] = [];
  for (const { source, sides } of members) {
    const bounds = sides.map((row) => [lp.low[row]!, lp.high[row]!] as const);
    for (const row of sides) setBounds(lp, row, -Infinity, Infinity);
    if (!sides.some((row) => conflict!.includes(row))) continue;
    const rest = settle(lp);
    if (rest !== undefined) {
      conflict = rest;
      continue;
    }
    sides.forEach((row, i) => setBounds(lp, row, ...bounds[i]!));
    kept.push(source);
  }
  return kept.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/**
 * The value that a row's measure takes when its own band is lifted and all other rows hold.
 *
 * @param aim one of `'low'` and `'high'` (its least and greatest value, infinite where nothing limits it) or `'nearest'`
 *   (the value nearest to its band)
 * @returns undefined when the others conflict among themselves
 */
export function reachOf(
  rows: Rows,
  from: Float64Array,
  row: BandRow,
  aim: 'low' | 'high' | 'nearest',
): number | undefined {
  const b = rows.bands.indexOf(row);
  let point = from;
  let value = NaN;
  for (let pass = 0; pass < PASSES; pass++) {
    const objective =
      row.divisor === undefined
        ? undefined
        : quotientRows(row, Number.isNaN(value) ? measureAt(row, point) : value);
    const programme = programmeAt(rows, point, objective);
    const { lp, bands } = programme;
    for (const { row: side } of bands[b]!) setBounds(lp, side, -Infinity, Infinity);
    if (settle(lp) !== undefined) return undefined;
    const there = measureAt(row, lp.value);
    const up = aim === 'high' || (aim === 'nearest' && there < row.low);
    if (aim === 'nearest' && there >= row.low && there <= row.high) return there;
    const at = objective === undefined ? bands[b]![0]!.row : lp.rows - 2;
    if (!minimise(lp, at, up ? -1 : 1)) return up ? Infinity : -Infinity;
    point = damped(rows, point, pointOf(programme));
    const last = value;
    value = measureAt(row, point);
    if (
      (rows.isLinear && row.divisor === undefined) ||
      Math.abs(value - last) <= SETTLED * Math.max(1, Math.abs(value))
    )
      return value;
  }
  return value;
}

/**
 * The least total weighted change of targets at which every row holds. Binding ones do not give way, unless they conflict
 * among themselves: then they first move as little as they can, and the others after that.
 *
 * @param weightOf cost of a unit of a row's measure
 * @returns undefined when rows that are no targets conflict among themselves
 */
export function leastChange(
  rows: Rows,
  from: Float64Array,
  isBinding: (row: BandRow) => boolean,
  weightOf: (row: BandRow) => number,
): LeastChange | undefined {
  const isFixed = (row: BandRow): boolean => row.source.kind !== 'target';
  let point = from;
  let bindingConflict = false;
  let moved = new Map<BandRow, number>();
  const isCurved = !rows.isLinear || rows.bands.some((row) => row.years !== 1 || row.divisor !== undefined);
  const round = (hold: (row: BandRow) => boolean, lifted: (row: BandRow) => boolean): boolean => {
    for (let pass = 0; pass < (isCurved ? PASSES : 1); pass++) {
      const programme = programmeAt(rows, point);
      for (const [b, row] of rows.bands.entries()) {
        if (lifted(row))
          for (const side of programme.bands[b]!) setBounds(programme.lp, side.row, -Infinity, Infinity);
        const to = moved.get(row);
        if (to !== undefined) widen(programme, b, row, to);
      }
      soften(programme, rows, point, hold, weightOf);
      if (settle(programme.lp) !== undefined || !minimise(programme.lp)) return false;
      const next = damped(rows, point, pointOf(programme));
      const isSame = distance(point, next) < SETTLED;
      point = next;
      if (isSame) break;
    }
    return true;
  };
  if (
    !round(
      (row) => isFixed(row) || isBinding(row),
      () => false,
    )
  ) {
    if (!round(isFixed, (row) => !isFixed(row) && !isBinding(row))) return undefined;
    moved = movedFrom(rows.bands.filter(isBinding), point);
    bindingConflict = moved.size > 0;
    if (
      !round(
        (row) => isFixed(row) || isBinding(row),
        () => false,
      )
    )
      return undefined;
  }
  const changes = [
    ...movedFrom(
      rows.bands.filter((row) => !isFixed(row)),
      point,
    ),
  ].map(([row, to]) => ({ row, to }));
  const total = changes.reduce(
    (sum, { row, to }) => sum + weightOf(row) * Math.abs(to - (to < row.low ? row.low : row.high)),
    0,
  );
  return { changes, total, bindingConflict };
}

/** Make the targets soft, save those that are held. */
function soften(
  { lp, bands }: Programme,
  rows: Rows,
  point: Float64Array,
  hold: (row: BandRow) => boolean,
  weightOf: (row: BandRow) => number = ({ unit }) => 1 / unit,
): void {
  for (const [b, row] of rows.bands.entries()) {
    if (row.source.kind !== 'target' || hold(row)) continue;
    // The measure's change for a unit of the programme's row, at the point.
    const { divisor, years } = row;
    const growth = years === 1 ? 1 : years * Math.max(1e-3, 1 + measureAt(row, point)) ** (years - 1);
    const base = divisor === undefined ? 1 : Math.abs(sumAt(divisor, point)) || 1;
    for (const side of bands[b]!) lp.weight[side.row] = weightOf(row) / (growth * base * side.scale);
  }
}

/** Let a row reach a value beyond its band. */
function widen(
  { lp, bands }: Programme,
  b: number,
  { of, divisor, years, low, high }: BandRow,
  to: number,
): void {
  const [own, scale] = [bands[b]![0]!.row, bands[b]![0]!.scale];
  if (divisor === undefined) {
    const bound = (sumFor(to, years) - of.constant) * scale;
    setBounds(lp, own, Math.min(lp.low[own]!, bound), Math.max(lp.high[own]!, bound));
    return;
  }
  // The side that gives way is taken out: what moves it is decided already.
  const sides = bands[b]!.map((side) => side.row);
  const row = to < low ? sides[0]! : to > high ? sides.at(-1)! : undefined;
  if (row !== undefined) setBounds(lp, row, -Infinity, Infinity);
}

function movedFrom(bands: readonly BandRow[], point: Float64Array): Map<BandRow, number> {
  const moved = new Map<BandRow, number>();
  for (const row of bands) {
    const value = measureAt(row, point);
    const slack = 1e-11 * row.unit;
    if (value < row.low - slack || value > row.high + slack) moved.set(row, value);
  }
  return moved;
}

/** A step that stays where every equation has a tangent, halved until it does. */
function damped(rows: Rows, from: Float64Array, to: Float64Array): Float64Array {
  if (rows.isLinear) return to;
  let next = to;
  for (let halvings = 0; halvings < 30; halvings++) {
    const at = next;
    const isFine = rows.equations.every(({ tangentAt }) => {
      const { terms, constant } = tangentAt(at);
      return Number.isFinite(constant) && terms.every(([, coefficient]) => Number.isFinite(coefficient));
    });
    if (isFine) return next;
    next = next.map((value, i) => (value + from[i]!) / 2);
  }
  return from;
}

function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);
}

function rankOf(source: RowSource): number {
  const kinds = { target: 0, range: 1e6, identity: 2e6, equation: 3e6, positive: 4e6 };
  return kinds[source.kind] + (source.kind === 'target' ? source.target : 0);
}
