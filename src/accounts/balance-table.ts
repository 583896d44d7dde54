import { checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { cholesky, solveCholesky } from '../numeric/cholesky.ts';
import { matrix } from '../numeric/matrix.ts';
import { checkReliability, variancesOf } from './reliability.ts';
import type { Reliability } from './reliability.ts';

/** Fixed totals of a two-way table; leave one of them out to hold the other only. */
export interface Totals {
  /** The total of each row. */
  readonly rows?: readonly number[];
  /** The total of each column. */
  readonly columns?: readonly number[];
}

export interface TableOptions extends Totals {
  /**
   * The variance of each cell's error; only their proportions matter. One of `'level'`, `'equal'`, `'square'` (see
   * `balance`), or a table of numbers, where 0 holds a cell fixed. Defaults to `'level'`, under which zeros stay zero.
   */
  readonly variances?: Reliability | readonly (readonly number[])[];
}

/** A table that has its totals. */
export interface BalancedTable {
  readonly cells: readonly (readonly number[])[];
  /** Balanced less given. */
  readonly changes: readonly (readonly number[])[];
}

/**
 * Balance a two-way table to fixed totals with the least weighted sum of squared changes: Stone's method for rows and
 * columns, where the system to solve has one unknown per row and column instead of one per cell. A change is the
 * cell's variance times (a price of its row + a price of its column). Cells may turn negative; `ras` keeps signs.
 *
 * @param table rows of cells, all of one length
 * @throws RangeError when totals do not add up, a total cannot be reached because its cells are fixed, rows have
 *   different lengths, or a value is not finite
 * @example balanceTable([[1, 2], [3, 4]], { rows: [4, 8], columns: [5, 7], variances: 'equal' }).cells // [[1.5, 2.5], [3.5, 4.5]]
 */
export function balanceTable(table: readonly (readonly number[])[], options: TableOptions): BalancedTable {
  checkOptions('balance', options, 'rows columns variances');
  const call = 'balance';
  const { variances = 'level' } = options;
  const cells = readTable(call, table);
  if (typeof variances === 'string') checkReliability(call, variances);
  else checkShape(call, 'variances', variances, table);
  const m = table.length;
  const n = table[0]!.length;
  const w = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const rule = typeof variances === 'string' ? variances : { variance: variances[i]![j] };
      w[i * n + j] = variancesOf(call, `the variance of row ${i}, column ${j}`, cells[i * n + j]!, rule);
    }
  }
  checkTotals(call, options, m, n);
  const after = Float64Array.from(cells);
  // The second pass takes back the rounding of the first.
  for (let pass = 0; pass < 2; pass++) move(after, w, m, n, options);
  checkReached(after, cells, m, n, options);
  return {
    cells: toTable(after, m, n),
    changes: toTable(
      after.map((v, k) => v - cells[k]!),
      m,
      n,
    ),
  };
}

/** Add to each cell its variance times the prices of its row and column. */
function move(x: Float64Array, w: Float64Array, m: number, n: number, { rows, columns }: Totals): void {
  const rowWeight = new Float64Array(m);
  const columnWeight = new Float64Array(n);
  const rowGap = Float64Array.from(rows ?? []);
  const columnGap = Float64Array.from(columns ?? []);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      rowWeight[i]! += w[i * n + j]!;
      columnWeight[j]! += w[i * n + j]!;
      if (rows !== undefined) rowGap[i]! -= x[i * n + j]!;
      if (columns !== undefined) columnGap[j]! -= x[i * n + j]!;
    }
  }
  const rowPrice = new Float64Array(m);
  const columnPrice = new Float64Array(n);
  if (rows === undefined)
    for (let j = 0; j < n; j++) columnPrice[j] = columnGap[j]! / (columnWeight[j]! || 1);
  else {
    if (columns !== undefined)
      pricesOfColumns(w, m, n, rowWeight, columnWeight, rowGap, columnGap, columnPrice);
    for (let i = 0; i < m; i++) {
      let gap = rowGap[i]!;
      for (let j = 0; j < n; j++) gap -= w[i * n + j]! * columnPrice[j]!;
      rowPrice[i] = gap / (rowWeight[i]! || 1);
    }
  }
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) x[i * n + j]! += w[i * n + j]! * (rowPrice[i]! + columnPrice[j]!);
}

/**
 * Eliminate the rows' prices and solve for the columns': (C - W' R^-1 W) mu = c - W' R^-1 r. Within each part of
 * the table that hangs together a constant may be added to all prices, so one column of each part is held at zero.
 */
function pricesOfColumns(
  w: Float64Array,
  m: number,
  n: number,
  rowWeight: Float64Array,
  columnWeight: Float64Array,
  rowGap: Float64Array,
  columnGap: Float64Array,
  columnPrice: Float64Array,
): void {
  const free = freeColumns(w, m, n);
  const k = free.length;
  const s = matrix(k, k);
  const right = new Float64Array(k);
  const row = new Float64Array(k);
  for (let a = 0; a < k; a++) {
    s.data[a * k + a] = columnWeight[free[a]!]!;
    right[a] = columnGap[free[a]!]!;
  }
  for (let i = 0; i < m; i++) {
    if (rowWeight[i] === 0) continue;
    for (let a = 0; a < k; a++) row[a] = w[i * n + free[a]!]!;
    for (let a = 0; a < k; a++) {
      const share = row[a]! / rowWeight[i]!;
      if (share === 0) continue;
      right[a]! -= share * rowGap[i]!;
      for (let b = 0; b <= a; b++) s.data[a * k + b]! -= share * row[b]!;
    }
  }
  solveCholesky(cholesky(s), right).forEach((price, a) => (columnPrice[free[a]!] = price));
}

/** The columns with free cells, less one of each connected part of the table. */
function freeColumns(w: Float64Array, m: number, n: number): number[] {
  const seenRow = new Uint8Array(m);
  const seenColumn = new Uint8Array(n);
  const free: number[] = [];
  for (let start = 0; start < n; start++) {
    if (seenColumn[start] === 1) continue;
    seenColumn[start] = 1;
    const queue = [start];
    for (const j of queue) {
      if (j !== start) free.push(j);
      for (let i = 0; i < m; i++) {
        if (w[i * n + j] === 0 || seenRow[i] === 1) continue;
        seenRow[i] = 1;
        for (let other = 0; other < n; other++) {
          if (w[i * n + other] === 0 || seenColumn[other] === 1) continue;
          seenColumn[other] = 1;
          queue.push(other);
        }
      }
    }
  }
  return free.sort((a, b) => a - b);
}

/** The cells of a table in one array, row after row. */
export function readTable(call: string, table: readonly (readonly number[])[]): Float64Array {
  listArgument(call, 'the table', table, 'give rows of numbers');
  for (const [i, row] of table.entries()) listArgument(call, `row ${i}`, row, 'give numbers');
  const m = table.length;
  const n = table[0]?.length ?? 0;
  if (m === 0 || n === 0) mistake(call, 'the table has no cells', 'give at least one row and one column');
  const cells = new Float64Array(m * n);
  table.forEach((row, i) => {
    if (row.length !== n)
      mistake(call, `row ${i} has ${row.length} cells, row 0 has ${n}`, 'give rows of one length');
    row.forEach((value, j) => {
      if (!Number.isFinite(value))
        mistake(call, `row ${i}, column ${j} is ${shown(value)}`, 'give a first estimate');
      cells[i * n + j] = value;
    });
  });
  return cells;
}

/** Throw unless the totals fit the table and, when both are given, add up to the same. */
export function checkTotals(call: string, { rows, columns }: Totals, m: number, n: number): void {
  if (rows === undefined && columns === undefined)
    mistake(call, 'no totals are given', 'give rows, columns or both');
  const sums = (
    [
      ['row', rows, m],
      ['column', columns, n],
    ] as const
  ).map(([kind, totals, count]) => {
    if (totals === undefined) return 0;
    if (totals.length !== count)
      mistake(call, `there are ${totals.length} ${kind} totals for ${count} ${kind}s`, 'give one each');
    totals.forEach((total, k) => {
      if (!Number.isFinite(total))
        mistake(call, `the total of ${kind} ${k} is ${shown(total)}`, 'give a number');
    });
    return totals.reduce((sum, total) => sum + total, 0);
  });
  if (rows === undefined || columns === undefined) return;
  const size = [...rows, ...columns].reduce((sum, total) => sum + Math.abs(total), 0);
  if (Math.abs(sums[0]! - sums[1]!) > 1e-12 * size) {
    mistake(
      call,
      `the row totals add up to ${shown(sums[0])} and the column totals to ${shown(sums[1])}`,
      'balance the totals first, with balance and the identity between them',
    );
  }
}

export function toTable(cells: Float64Array, m: number, n: number): number[][] {
  return Array.from({ length: m }, (_, i) => Array.from(cells.subarray(i * n, (i + 1) * n)));
}

function checkShape(
  call: string,
  what: string,
  other: readonly (readonly number[])[],
  table: readonly (readonly number[])[],
): void {
  if (other.length !== table.length || other.some((row) => row.length !== table[0]!.length)) {
    mistake(
      call,
      `${what} have another shape than the table (${table.length} by ${table[0]!.length})`,
      'give one per cell',
    );
  }
}

/** Throw when a total is missed: its cells are fixed, or the parts of the table that hang together do not add up. */
function checkReached(
  x: Float64Array,
  before: Float64Array,
  m: number,
  n: number,
  { rows, columns }: Totals,
): void {
  const check = (kind: string, totals: readonly number[] | undefined, cellsOf: (k: number) => number[]) =>
    totals?.forEach((total, k) => {
      const cells = cellsOf(k);
      const sum = cells.reduce((s, c) => s + x[c]!, 0);
      const size = cells.reduce((s, c) => s + Math.abs(x[c]!) + Math.abs(before[c]!), Math.abs(total));
      if (Math.abs(sum - total) <= 1e-11 * size) return;
      mistake(
        'balance',
        `the total of ${kind} ${k} (${shown(total)}) cannot be reached: with the other totals its free cells leave ${shown(Number(sum.toPrecision(6)))}`,
        'give a fixed cell a variance, or correct the total',
      );
    });
  check('row', rows, (i) => Array.from({ length: n }, (_, j) => i * n + j));
  check('column', columns, (j) => Array.from({ length: m }, (_, i) => i * n + j));
}
