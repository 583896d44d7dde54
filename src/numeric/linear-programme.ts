/**
 * A linear programme over free unknowns: every row is a sum of unknowns that lies between two bounds.
 *
 * It is a workspace: bounds may be changed between questions, and each question starts from the basis of the last.
 * A variable's id is its column for an unknown, and `columns + row` for a row.
 */
export interface LinearProgramme {
  readonly rows: number;
  readonly columns: number;
  /** The rows as given: row i has `columnsOf` and `coefficients` from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Int32Array;
  readonly columnsOf: Int32Array;
  readonly coefficients: Float64Array;
  /** Bounds of the rows, `-Infinity` and `Infinity` where open. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Cost of a unit outside its bounds for each row: `Infinity` where bounds are hard. */
  readonly weight: Float64Array;
  /** Basic variables as sums of nonbasic ones, row-major. */
  readonly tableau: Float64Array;
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  /** Where each variable stands: its place among the nonbasic, or -1 less its place among the basic. */
  readonly place: Int32Array;
  /** Value of each variable. */
  readonly value: Float64Array;
}

/** Violations below this, relative to the size of the bound, are rounding. */
const TOLERANCE = 1e-12;
/** Entries of the tableau below this are what is left of terms that cancel. */
export const ZERO = 1e-11;

/**
 * A programme from sparse rows, with all bounds hard.
 *
 * @param columns number of unknowns
 * @param rows terms as `[column, coefficient]`, best scaled so that the largest coefficient is near 1
 * @param start values to start from; defaults to 0
 */
export function linearProgramme(
  columns: number,
  rows: readonly {
    readonly terms: readonly (readonly [number, number])[];
    readonly low: number;
    readonly high: number;
  }[],
  start?: ArrayLike<number>,
): LinearProgramme {
  const m = rows.length;
  const starts = new Int32Array(m + 1);
  for (let i = 0; i < m; i++) starts[i + 1] = starts[i]! + rows[i]!.terms.length;
  const columnsOf = new Int32Array(starts[m]!);
  const coefficients = new Float64Array(starts[m]!);
  const tableau = new Float64Array(m * columns);
  rows.forEach(({ terms }, i) => {
    let at = starts[i]!;
    for (const [j, a] of terms) {
      columnsOf[at] = j;
      coefficients[at++] = a;
      tableau[i * columns + j]! += a;
    }
  });
  const value = new Float64Array(columns + m);
  if (start !== undefined) value.set(start);
  const place = new Int32Array(columns + m);
  for (let j = 0; j < columns; j++) place[j] = j;
  for (let i = 0; i < m; i++) place[columns + i] = -1 - i;
  const lp: LinearProgramme = {
    rows: m,
    columns,
    starts,
    columnsOf,
    coefficients,
    low: Float64Array.from(rows, (row) => row.low),
    high: Float64Array.from(rows, (row) => row.high),
    weight: new Float64Array(m).fill(Infinity),
    tableau,
    basic: Int32Array.from({ length: m }, (_, i) => columns + i),
    nonbasic: Int32Array.from({ length: columns }, (_, j) => j),
    place,
    value,
  };
  polish(lp);
  return lp;
}

/**
 * A copy whose bounds, weights and basis can be changed alone.
 *
 * @param into an earlier copy of the same programme to overwrite, so that nothing is allocated
 */
export function copyProgramme(lp: LinearProgramme, into?: LinearProgramme): LinearProgramme {
  const copy = into ?? {
    ...lp,
    low: lp.low.slice(),
    high: lp.high.slice(),
    weight: lp.weight.slice(),
    tableau: lp.tableau.slice(),
    basic: lp.basic.slice(),
    nonbasic: lp.nonbasic.slice(),
    place: lp.place.slice(),
    value: lp.value.slice(),
  };
  if (into !== undefined) {
    copy.low.set(lp.low);
    copy.high.set(lp.high);
    copy.weight.set(lp.weight);
    copy.tableau.set(lp.tableau);
    copy.basic.set(lp.basic);
    copy.nonbasic.set(lp.nonbasic);
    copy.place.set(lp.place);
    copy.value.set(lp.value);
  }
  return copy;
}

/** Change a row's bounds; a row that was held at a bound that is no more moves to the nearest one. */
export function setBounds(lp: LinearProgramme, row: number, low: number, high: number): void {
  lp.low[row] = low;
  lp.high[row] = high;
  const id = lp.columns + row;
  const at = lp.place[id]!;
  if (at < 0) return;
  const value = lp.value[id]!;
  const bound = Math.min(Math.max(value, low), high);
  if (bound !== value) moveNonbasic(lp, at, bound - value);
}

/**
 * Bring all rows with hard bounds within them, moving as little as needs be.
 *
 * The general simplex of Dutertre and de Moura (2006, "A Fast Linear-Arithmetic Solver for DPLL(T)", CAV): a row that is
 * out of its bounds is exchanged for one that has room, until there is none left. Then the row and those that hold it
 * are a conflict, and an irreducible one: the others of its members are linearly independent, so that without any one of
 * them the rest can all hold (Gleeson and Ryan 1990, ORSA Journal on Computing 2).
 *
 * @returns the rows of an irreducible conflict, or undefined when all hold
 */
export function settle(lp: LinearProgramme): number[] | undefined {
  const { rows, columns, basic, nonbasic, tableau, value, low, high, weight } = lp;
  // The largest violation first is fast; after this many exchanges the least id first, which cannot go round in circles.
  const patience = 4 * (rows + columns);
  for (let step = 0; ; step++) {
    let r = -1;
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      const id = basic[i]!;
      if (id < columns || weight[id - columns]! !== Infinity) continue;
      const off = violation(value[id]!, low[id - columns]!, high[id - columns]!);
      if (off === 0) continue;
      if (step < patience ? Math.abs(off) > largest : r < 0 || id < basic[r]!)
        [r, largest] = [i, Math.abs(off)];
    }
    if (r < 0) return undefined;
    const row = basic[r]! - columns;
    const up = value[basic[r]!]! < low[row]!;
    let entering = -1;
    let best = 0;
    for (let c = 0; c < columns; c++) {
      const a = tableau[r * columns + c]!;
      if (Math.abs(a) <= ZERO) continue;
      const id = nonbasic[c]!;
      if (id >= columns && !hasRoom(lp, id, up === a > 0)) continue;
      // Unknowns never leave the basis again, so they enter first.
      const size = id < columns ? 1e6 * Math.abs(a) : Math.abs(a);
      if (step < patience ? size > best : entering < 0 || id < nonbasic[entering]!)
        [entering, best] = [c, size];
    }
    if (entering < 0) {
      const conflict = [row];
      for (let c = 0; c < columns; c++)
        if (Math.abs(tableau[r * columns + c]!) > ZERO) conflict.push(nonbasic[c]! - columns);
      return conflict;
    }
    const bound = up ? low[row]! : high[row]!;
    moveNonbasic(lp, entering, (bound - value[basic[r]!]!) / tableau[r * columns + entering]!);
    value[basic[r]!] = bound;
    pivot(lp, r, entering);
  }
}

/** By how much a value is out of its bounds, beyond rounding: positive above, negative below. */
export function violation(value: number, low: number, high: number): number {
  if (value > high + margin(high)) return value - high;
  if (value < low - margin(low)) return value - low;
  return 0;
}

export function margin(bound: number): number {
  return Math.abs(bound) > 1 ? TOLERANCE * Math.abs(bound) : TOLERANCE;
}

/** Whether a row that is held may move: soft ones always may, at their cost. */
export function hasRoom(
  { columns, value, low, high, weight }: LinearProgramme,
  id: number,
  up: boolean,
): boolean {
  const i = id - columns;
  if (weight[i]! !== Infinity) return true;
  return up ? value[id]! < high[i]! : value[id]! > low[i]!;
}

export function moveNonbasic(
  { rows, columns, basic, nonbasic, tableau, value }: LinearProgramme,
  c: number,
  by: number,
): void {
  value[nonbasic[c]!]! += by;
  for (let i = 0; i < rows; i++) {
    const a = tableau[i * columns + c]!;
    if (a !== 0) value[basic[i]!]! += a * by;
  }
}

/** Exchange a basic and a nonbasic variable. */
export function pivot(
  { rows, columns, basic, nonbasic, place, tableau }: LinearProgramme,
  r: number,
  c: number,
): void {
  const own = r * columns;
  const p = tableau[own + c]!;
  const filled: number[] = [];
  for (let j = 0; j < columns; j++) {
    const a = tableau[own + j]!;
    if (a === 0) continue;
    tableau[own + j] = -a / p;
    filled.push(j);
  }
  tableau[own + c] = 1 / p;
  for (let i = 0; i < rows; i++) {
    if (i === r) continue;
    const at = i * columns;
    const a = tableau[at + c]!;
    if (a === 0) continue;
    tableau[at + c] = 0;
    for (let n = 0; n < filled.length; n++) {
      const j = filled[n]!;
      const sum = tableau[at + j]! + a * tableau[own + j]!;
      // What cancels leaves rounding behind, which must not look like a dependence.
      tableau[at + j] = Math.abs(sum) < 1e-14 ? 0 : sum;
    }
  }
  const [leaving, entering] = [basic[r]!, nonbasic[c]!];
  basic[r] = entering;
  nonbasic[c] = leaving;
  place[entering] = -1 - r;
  place[leaving] = c;
}

/**
 * Take back what the exchanges rounded: the rows that are held at a bound are held there to the last digits, by iterative
 * refinement with the tableau as the inverse.
 */
export function polish(lp: LinearProgramme): void {
  const { rows, columns, basic, nonbasic, tableau, value } = lp;
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < columns; c++) {
      const id = nonbasic[c]!;
      if (id < columns) continue;
      const off = value[id]! - sumOf(lp, id - columns);
      if (off === 0) continue;
      // The held row keeps its value: only the unknowns move.
      for (let i = 0; i < rows; i++)
        if (basic[i]! < columns) value[basic[i]!]! += tableau[i * columns + c]! * off;
    }
  }
  for (let i = 0; i < rows; i++) if (basic[i]! >= columns) value[basic[i]!] = sumOf(lp, basic[i]! - columns);
}

/** A row's value from the unknowns. */
function sumOf({ starts, columnsOf, coefficients, value }: LinearProgramme, row: number): number {
  let sum = 0;
  for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++)
    sum += coefficients[k]! * value[columnsOf[k]!]!;
  return sum;
}
