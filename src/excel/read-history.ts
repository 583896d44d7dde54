import { readPeriod } from '../data/csv.ts';
import type { Issue } from '../issue.ts';
import { shown } from '../mistake.ts';
import { parseRate, plainDigits } from '../numeric/rate.ts';
import { addPeriods, frequencyOf, indexOf } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { placeOfCell } from './bytes.ts';
import type { FileSheet } from './bytes.ts';

type Value = FileSheet['rows'][number][number] | undefined;

/** Words for a value that is missing inside a series. */
const missing = new Set(['na', 'n/a', 'nan', 'null', '-', '--', '…', '...', '—']);

/** The series of a sheet of published levels; a column without a value is left out. */
export function readHistory(sheet: FileSheet, issues: Issue[]): Dataset {
  const [heading = [], ...body] = sheet.rows;
  const lines = body
    .map((row, i) => ({ row, line: i + 1 }))
    .filter(({ row }) => row.some((value) => value !== null && value !== ''));
  const kept: { row: readonly Value[]; line: number; period: Period }[] = [];
  for (const { row, line } of lines) {
    const period = row[0] === null || row[0] === undefined ? undefined : readPeriod(String(row[0]));
    const last = kept.at(-1)?.period;
    if (period === undefined) {
      issues.push({
        code: 'bad-period',
        path: [sheet.name, placeOfCell(line, 0)],
        expected: "'2014', '2014-Q3' or '2014-07'",
        received: row[0] === null || row[0] === undefined ? 'nothing' : shown(String(row[0])),
      });
    } else if (
      last !== undefined &&
      (frequencyOf(last) !== frequencyOf(period) ||
        period <= last ||
        indexOf(period) - indexOf(last) > 10_000)
    ) {
      issues.push({
        code: 'irregular-periods',
        path: [sheet.name, placeOfCell(line, 0)],
        expected:
          frequencyOf(last) === frequencyOf(period)
            ? `a period after ${last}`
            : `a ${frequencyOf(last)} like ${last}`,
        received: period,
      });
    } else kept.push({ row, line, period });
  }
  const data = new Map<string, Series>();
  for (const [column, value] of heading.entries()) {
    if (column === 0) continue;
    const name = value === null ? '' : String(value);
    const cells = kept.map(({ row, line, period }) => ({
      period,
      value: read(row[column], [sheet.name, placeOfCell(line, column)], issues),
    }));
    const filled = cells.filter((cell) => cell.value !== undefined);
    if (filled.length === 0) continue;
    if (name.trim() === '' || data.has(name) || name === '__proto__') {
      issues.push({
        code: name.trim() === '' ? 'missing-field' : 'duplicate',
        path: [sheet.name, placeOfCell(0, column)],
        expected: 'a name of its own for each series',
        received: name.trim() === '' ? 'nothing' : shown(name),
      });
      continue;
    }
    data.set(name, seriesFrom(filled as { period: Period; value: number }[]));
  }
  return Object.fromEntries(data);
}

/** From the first to the last cell with something in it; periods without one are missing. */
function seriesFrom(cells: readonly { readonly period: Period; readonly value: number }[]): Series {
  const start = cells[0]!.period;
  const values = Array.from({ length: indexOf(cells.at(-1)!.period) - indexOf(start) + 1 }, () => NaN);
  for (const { period, value } of cells) values[indexOf(period) - indexOf(start)] = value;
  return { start: addPeriods(start, 0), values };
}

/** A level, `NaN` where the cell says that it is missing, undefined where the cell is empty or cannot be read. */
function read(value: Value, path: readonly string[], issues: Issue[]): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  const plain = plainDigits(String(value)).trim();
  if (plain === '') return undefined;
  if (missing.has(plain.toLowerCase())) return NaN;
  const digits = plain.replace(/(?<=\d)[, ](?=\d{3}(\D|$))/g, '');
  const number =
    parseRate(plain) ?? (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined);
  if (number !== undefined && typeof value !== 'boolean') return number;
  issues.push({
    code: 'bad-number',
    path,
    expected: 'a level such as 1234.5',
    received: shown(String(value)),
  });
  return undefined;
}
