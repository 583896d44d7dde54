import { checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { checkTotals, readTable, toTable } from './balance-table.ts';

export interface RasOptions {
  /** The total of each row, at least 0. */
  readonly rows: readonly number[];
  /** The total of each column, at least 0; they add up to what the row totals add up to. */
  readonly columns: readonly number[];
  /** Largest error of a row total, as a share of it; defaults to 1e-14. */
  readonly tolerance?: number;
  /** Rounds of rows and columns before giving up; defaults to 10,000. */
  readonly rounds?: number;
}

/** A table scaled to its totals: `cells[i][j] = rowFactors[i] * table[i][j] * columnFactors[j]`. */
export interface Ras {
  readonly cells: readonly (readonly number[])[];
  readonly rowFactors: readonly number[];
  readonly columnFactors: readonly number[];
  readonly rounds: number;
}

/**
 * Scale the rows and columns of a table in turn until it has the given totals: RAS, or iterative proportional fitting
 * (Deming and Stephan 1940; Stone 1961; Bacharach 1970, Biproportional Matrices and Input-Output Change). Zeros stay
 * zero and the table stays as close to the old one as can be in the sense of information (least sum of x ln(x / old)).
 *
 * @param table rows of cells, none negative
 * @throws RangeError when totals do not add up, a cell or total is negative, a row or column of zeros has a positive
 *   total, or the zeros of the table leave no way to meet the totals
 * @example ras([[1, 1], [1, 1]], { rows: [4, 6], columns: [5, 5] }).cells // [[2, 2], [3, 3]]
 */
export function ras(table: readonly (readonly number[])[], options: RasOptions): Ras {
  listArgument('ras', 'the table', table, 'give rows of numbers');
  checkOptions('ras', options, 'rows[]! columns[]! tolerance rounds');
  const { rows, columns, tolerance = 1e-14, rounds: limit = 10_000 } = options;
  const cells = readTable('ras', table);
  const m = table.length;
  const n = table[0]!.length;
  checkTotals('ras', options, m, n);
  checkSigns(cells, m, n, rows, columns);
  const rowFactors = new Float64Array(m).fill(1);
  const columnFactors = new Float64Array(n).fill(1);
  const sums = new Float64Array(n);
  let worst = Infinity;
  let worstRow = 0;
  let least = Infinity;
  let rounds = 0;
  let idle = 0;
  for (; rounds < limit; rounds++) {
    worst = 0;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += cells[i * n + j]! * columnFactors[j]!;
      const off = rows[i] === 0 ? 0 : Math.abs((sum * rowFactors[i]!) / rows[i]! - 1);
      if (off > worst) [worst, worstRow] = [off, i];
      rowFactors[i] = factorFor('row', i, rows[i]!, sum);
    }
    if (worst <= tolerance) break;
    // At the last digit the error no longer falls: what is left is rounding.
    idle = worst < least ? 0 : idle + 1;
    least = Math.min(least, worst);
    if (idle > 3 && worst < 4 * n * Number.EPSILON) break;
    sums.fill(0);
    for (let i = 0; i < m; i++) {
      const factor = rowFactors[i]!;
      for (let j = 0; j < n; j++) sums[j]! += cells[i * n + j]! * factor;
    }
    for (let j = 0; j < n; j++) columnFactors[j] = factorFor('column', j, columns[j]!, sums[j]!);
  }
  if (rounds === limit) {
    mistake(
      'ras',
      `after ${rounds} rounds row ${worstRow} is still ${shown(Number((100 * worst).toPrecision(3)))} % off its total`,
      'the zeros of the table leave no way to meet the totals: put a small number in the place of one, or correct a total',
    );
  }
  const scaled = cells.map((value, k) => rowFactors[Math.floor(k / n)]! * value * columnFactors[k % n]!);
  return {
    cells: toTable(scaled, m, n),
    rowFactors: Array.from(rowFactors),
    columnFactors: Array.from(columnFactors),
    rounds,
  };
}

function factorFor(kind: 'row' | 'column', k: number, total: number, sum: number): number {
  if (total === 0) return 0;
  if (sum > 0) return total / sum;
  const other = kind === 'row' ? 'columns' : 'rows';
  return mistake(
    'ras',
    `${kind} ${k} has no cell outside the ${other} whose total is 0, and its own is ${total}`,
    'correct a total',
  );
}

function checkSigns(
  cells: Float64Array,
  m: number,
  n: number,
  rows: readonly number[],
  columns: readonly number[],
): void {
  cells.forEach((value, k) => {
    if (value < 0) {
      mistake(
        'ras',
        `row ${Math.floor(k / n)}, column ${k % n} is negative (${value})`,
        'use balance, or move the cell to the totals',
      );
    }
  });
  const check = (
    kind: string,
    totals: readonly number[],
    cellAt: (k: number, other: number) => number,
    others: number,
  ) =>
    totals.forEach((total, k) => {
      if (total < 0)
        mistake('ras', `the total of ${kind} ${k} is negative (${total})`, 'give totals of at least 0');
      let sum = 0;
      for (let other = 0; other < others; other++) sum += cells[cellAt(k, other)]!;
      if (total > 0 && sum === 0) {
        mistake(
          'ras',
          `${kind} ${k} holds only zeros and its total is ${total}`,
          'give a cell of it a first estimate, or a total of 0',
        );
      }
    });
  check('row', rows, (i, j) => i * n + j, n);
  check('column', columns, (j, i) => i * n + j, m);
}
