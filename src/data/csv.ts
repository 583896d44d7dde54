import { csvFormatRows, dsvFormat } from 'd3-dsv';
import type { Issue } from '../issue.ts';
import { shown } from '../mistake.ts';
import { parseRate, plainDigits } from '../numeric/rate.ts';
import { frequencyOf, indexOf, isPeriod, periodAt } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { align, periodsOf } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';

/** What could be read of a table, and everything wrong or doubtful in it. */
export interface TableReading {
  readonly data: Dataset;
  readonly issues: readonly Issue[];
}

/**
 * Read series from CSV text: one column of periods, one column for each series, a header row with their names.
 *
 * The separator is a comma, semicolon or tab, whichever the header has most of. Empty cells and `NA`, `NaN`, `null`,
 * `-`, `…` are missing. Numbers may have thousands separators; a cell with a percent sign is read as a ratio. Periods
 * may be `2014`, `2014-Q3`, `2014Q3`, `2014-07`, `2014年`, `2014年3季度`, `2014年7月`, in ascending order; gaps are filled
 * with missing values.
 *
 * @param text CSV with a header row; a byte order mark is skipped
 * @returns a series for each column that could be read; issues say row (from 1, the header is 1) and column
 * @example readCsv('year,gdp\n2013,100\n2014,112').data.gdp.values // [100, 112]
 */
export function readCsv(text: string): TableReading {
  const clean = text.replace(/^\ufeff/, '');
  const table = dsvFormat(separatorOf(clean))
    .parseRows(clean)
    .filter((row) => row.some((cell) => cell.trim() !== ''));
  const [header, ...rows] = table;
  if (header === undefined || header.length < 2) {
    return {
      data: {},
      issues: [
        {
          code: 'not-read',
          path: [],
          expected: 'a header with a period column and at least one series',
          received: header === undefined ? 'nothing' : shown(header.join(',')),
        },
      ],
    };
  }
  const issues: Issue[] = [];
  const periods = rows.map((row, i) => {
    const period = readPeriod(row[0] ?? '');
    if (period === undefined)
      issues.push({
        code: 'bad-period',
        path: [i + 2, header[0]!.trim()],
        expected: "'2014', '2014-Q3' or '2014-07'",
        received: shown(row[0] ?? ''),
      });
    if (row.length !== header.length)
      issues.push({
        code: 'ragged-row',
        path: [i + 2],
        expected: `${header.length} columns`,
        received: `${row.length}`,
        severity: row.length < header.length ? 'warning' : 'error',
      });
    return period;
  });
  const kept = regularRows(periods, issues, header[0]!.trim());
  const first = kept[0];
  if (first === undefined) return { data: {}, issues };
  const data: Record<string, Series> = {};
  const start = indexOf(periods[first]!);
  const length = indexOf(periods[kept.at(-1)!]!) - start + 1;
  for (const [column, heading] of header.entries()) {
    const name = heading.trim();
    if (column === 0) continue;
    if (name === '' || Object.hasOwn(data, name) || name === '__proto__') {
      issues.push({
        code: name === '' ? 'missing-field' : 'duplicate',
        path: [1, column + 1],
        expected: 'a name of its own for each series',
        received: shown(heading),
      });
      continue;
    }
    const values = Array.from({ length }, () => NaN);
    for (const i of kept)
      values[indexOf(periods[i]!) - start] = readCell(rows[i]![column] ?? '', [i + 2, name], issues);
    data[name] = { start: periodAt(frequencyOf(periods[first]!), start), values };
  }
  return { data, issues };
}

/**
 * Series as CSV text, periods down and series across; what `readCsv` reads back. Missing values are empty cells.
 *
 * @throws RangeError when the series have different frequencies
 * @example writeCsv({ gdp: series('2013', [100, 112]) }) // 'period,gdp\n2013,100\n2014,112\n'
 */
export function writeCsv(data: Dataset): string {
  const names = Object.keys(data);
  const aligned = align(data, 'extent');
  const first = names[0];
  const periods = first === undefined ? [] : periodsOf(aligned[first]!);
  const rows = periods.map((period, i) => [
    period,
    ...names.map((name) => cellOf(aligned[name]!.values[i]!)),
  ]);
  return `${csvFormatRows([['period', ...names], ...rows])}\n`;
}

/** A period in the spellings that tables use, or undefined. */
export function readPeriod(text: string): Period | undefined {
  const plain = plainDigits(text).trim();
  if (isPeriod(plain)) return plain;
  const year = /^(\d{4})\s*年?$/.exec(plain);
  if (year !== null) return year[1] as Period;
  const quarter = /^(\d{4})\s*[-/年]?\s*(?:Q|q|第)?\s*([1-4])\s*(?:季度|季|Q)?$/.exec(plain);
  if (quarter !== null && /[Qq季]/.test(plain)) return `${quarter[1]}-Q${quarter[2]}` as Period;
  const month = /^(\d{4})\s*[-/.年M]\s*(\d{1,2})\s*月?$/.exec(plain);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return `${month[1]}-${month[2]!.padStart(2, '0')}` as Period;
  return undefined;
}

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', '-', '--', '…', '...', '—', '——']);

function readCell(cell: string, path: readonly (string | number)[], issues: Issue[]): number {
  const plain = plainDigits(cell).trim();
  if (missing.has(plain.toLowerCase())) return NaN;
  const rate = parseRate(plain);
  if (rate !== undefined) return rate;
  const digits = /^[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d*)?$/.test(plain) ? plain.replace(/[, ]/g, '') : plain;
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) && Number.isFinite(Number(digits)))
    return Number(digits);
  issues.push({
    code: 'bad-number',
    path,
    expected: "a number such as 1234.5, or a percentage such as '12%'",
    received: shown(cell),
  });
  return NaN;
}

function cellOf(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/** Rows whose periods have the first one's frequency and ascend; the others are reported. */
function regularRows(periods: readonly (Period | undefined)[], issues: Issue[], column: string): number[] {
  const kept: number[] = [];
  for (const [i, period] of periods.entries()) {
    if (period === undefined) continue;
    const last = kept.at(-1);
    if (last === undefined) {
      kept.push(i);
      continue;
    }
    const before = periods[last]!;
    const sameFrequency = frequencyOf(before) === frequencyOf(period);
    if (sameFrequency && indexOf(period) > indexOf(before) && indexOf(period) - indexOf(before) < 100_000)
      kept.push(i);
    else
      issues.push({
        code: 'irregular-periods',
        path: [i + 2, column],
        expected: sameFrequency ? `a period after ${before}` : `a ${frequencyOf(before)} like ${before}`,
        received: period,
      });
  }
  return kept;
}

function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const header = end < 0 ? text : text.slice(0, end);
  const counted = [',', ';', '\t'].map((separator) => [separator, header.split(separator).length] as const);
  return counted.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
