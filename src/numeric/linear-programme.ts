/**
 * A linear programme over free unknowns: every row is a sum of unknowns that lies between two bounds.
 *
 * It is a workspace: bounds may be changed between questions, and each question starts from the basis of the last.
 * A variable's id is its column for an unknown, and `columns + row` for a row.
 */
export interface LinearProgramme {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, as given. */
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
const ZERO = 1e-11;

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
  const coefficients = new Float64Array(m * columns);
  rows.forEach(({ terms }, i) => {
    for (const [j, a] of terms) coefficients[i * columns + j]! += a;
  });
  const value = new Float64Array(columns + m);
  if (start !== undefined) value.set(start);
  const place = new Int32Array(columns + m);
  for (let j = 0; j < columns; j++) place[j] = j;
  for (let i = 0; i < m; i++) place[columns + i] = -1 - i;
  const lp: LinearProgramme = {
    rows: m,
    columns,
    coefficients,
    low: Float64Array.from(rows, (row) => row.low),
    high: Float64Array.from(rows, (row) => row.high),
    weight: new Float64Array(m).fill(Infinity),
    tableau: coefficients.slice(),
    basic: Int32Array.from({ length: m }, (_, i) => columns + i),
    nonbasic: Int32Array.from({ length: columns }, (_, j) => j),
    place,
    value,
  };
  polish(lp);
  return lp;
}

/** A copy whose bounds, weights and basis can be changed alone. */
export function copyProgramme(lp: LinearProgramme): LinearProgramme {
  return {
    rows: lp.rows,
    columns: lp.columns,
    coefficients: lp.coefficients,
    low: lp.low.slice(),
    high: lp.high.slice(),
    weight: lp.weight.slice(),
    tableau: lp.tableau.slice(),
    basic: lp.basic.slice(),
    nonbasic: lp.nonbasic.slice(),
    place: lp.place.slice(),
    value: lp.value.slice(),
  };
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
      for (const s of [1, -1] as const) {
        if (id >= columns && !hasRoom(lp, id, s > 0)) continue;
        const d = s * (slope[c]! + own(id, s));
        if (step < patience ? d < best : d < -1e-9 && (entering < 0 || id < nonbasic[entering]!))
          [entering, side, best] = [c, s, d];
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
  // Where a variable meets a bound: after which distance, which basic row (-1 for the entering variable), what it adds to the slope.
  const meetings: (readonly [distance: number, at: number, adds: number, bound: number])[] = [];
  const meet = (id: number, at: number, rate: number): void => {
    const i = id - columns;
    const w = weight[i]!;
    const v = value[id]!;
    const [first, last] = rate > 0 ? [low[i]!, high[i]!] : [high[i]!, low[i]!];
    const forward = rate > 0 ? 1 : -1;
    const size = Math.abs(rate);
    if (w !== Infinity && Number.isFinite(first) && forward * (first - v) > margin(first))
      meetings.push([(forward * (first - v)) / size, at, w * size, first]);
    // A row that stands at its bound meets it at once; a soft one that stands beyond it never does.
    if (
      Number.isFinite(last) &&
      (w === Infinity || forward * (v - last) < margin(last)) &&
      (at >= 0 || forward * (last - v) > margin(last))
    )
      meetings.push([Math.max(0, (forward * (last - v)) / size), at, w * size, last]);
  };
  const entrant = nonbasic[entering]!;
  if (entrant >= columns) meet(entrant, -1, side);
  for (let i = 0; i < rows; i++) {
    const id = basic[i]!;
    const rate = side * tableau[i * columns + entering]!;
    if (id >= columns && Math.abs(rate) > ZERO) meet(id, i, rate);
  }
  // Among equal distances the larger pivot first, then the least id.
  meetings.sort(
    (a, b) =>
      a[0] - b[0] ||
      sizeAt(lp, b[1], entering) - sizeAt(lp, a[1], entering) ||
      idAt(lp, a[1], entrant) - idAt(lp, b[1], entrant),
  );
  let falls = slope;
  for (const [distance, at, adds, bound] of meetings) {
    falls += adds;
    if (falls < -1e-9) continue;
    moveNonbasic(lp, entering, side * distance);
    if (at < 0) value[entrant] = bound;
    else {
      value[basic[at]!] = bound;
      pivot(lp, at, entering);
    }
    return true;
  }
  return false;
}

function sizeAt({ tableau, columns }: LinearProgramme, at: number, entering: number): number {
  return at < 0 ? 1 : Math.abs(tableau[at * columns + entering]!);
}

function idAt({ basic }: LinearProgramme, at: number, entrant: number): number {
  return at < 0 ? entrant : basic[at]!;
}

/** The value of a row. */
export function rowValue(lp: LinearProgramme, row: number): number {
  return lp.value[lp.columns + row]!;
}

/** By how much a value is out of its bounds, beyond rounding: positive above, negative below. */
function violation(value: number, low: number, high: number): number {
  if (value > high + margin(high)) return value - high;
  if (value < low - margin(low)) return value - low;
  return 0;
}

function margin(bound: number): number {
  return Math.abs(bound) > 1 ? TOLERANCE * Math.abs(bound) : TOLERANCE;
}

/** Whether a row that is held may move: soft ones always may, at their cost. */
function hasRoom({ columns, value, low, high, weight }: LinearProgramme, id: number, up: boolean): boolean {
  const i = id - columns;
  if (weight[i]! !== Infinity) return true;
  return up ? value[id]! < high[i]! : value[id]! > low[i]!;
}

function moveNonbasic(
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
function pivot(
  { rows, columns, basic, nonbasic, place, tableau }: LinearProgramme,
  r: number,
  c: number,
): void {
  const own = r * columns;
  const p = tableau[own + c]!;
  for (let j = 0; j < columns; j++) {
    const a = tableau[own + j]!;
    if (a !== 0) tableau[own + j] = -a / p;
  }
  tableau[own + c] = 1 / p;
  for (let i = 0; i < rows; i++) {
    if (i === r) continue;
    const at = i * columns;
    const a = tableau[at + c]!;
    if (a === 0) continue;
    tableau[at + c] = 0;
    for (let j = 0; j < columns; j++) {
      const b = tableau[own + j]!;
      if (b === 0) continue;
      const sum = tableau[at + j]! + a * b;
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
export function polish({ rows, columns, coefficients, basic, nonbasic, tableau, value }: LinearProgramme): void {
  const off = new Float64Array(columns);
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < columns; c++) {
      const id = nonbasic[c]!;
      off[c] = id < columns ? 0 : value[id]! - sumOf(coefficients, columns, id - columns, value);
    }
    for (let i = 0; i < rows; i++) {
      if (basic[i]! >= columns) continue;
      value[basic[i]!]! += sumOf(tableau, columns, i, off);
    }
  }
  for (let i = 0; i < rows; i++)
    if (basic[i]! >= columns) value[basic[i]!] = sumOf(coefficients, columns, basic[i]! - columns, value);
}

function sumOf(coefficients: Float64Array, columns: number, row: number, value: Float64Array): number {
  let sum = 0;
  const at = row * columns;
  for (let j = 0; j < columns; j++) {
    const a = coefficients[at + j]!;
    if (a !== 0) sum += a * value[j]!;
  }
  return sum;
}
