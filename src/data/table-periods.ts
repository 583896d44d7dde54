import { plainDigits } from '../numeric/rate.ts';
import { frequencyOf, perYear } from '../time/period.ts';
import type { Frequency, Period } from '../time/period.ts';
import { dateOf, expectedPeriod, periodsOfDates, readPeriod } from './period-label.ts';
import { brief, briefList } from './reading.ts';
import { textOf } from './table-layout.ts';
import type { Layout, Table, TableRow } from './table-layout.ts';
import { raggedRow } from './table-notes.ts';

/** The period of each row that has a readable one. */
export function rowPeriods({ layout, issues }: Table, body: readonly TableRow[]): Map<TableRow, Period> {
  const column = layout.roles.findIndex((role) => role.of === 'period');
  const part = layout.roles.findIndex((role) => role.of === 'part');
  const heading = layout.headings[column]!;
  const labels = body.map((row) => labelOf(row, column, part, layout));
  const dated = datesIn(labels);
  const years = splitYears(labels);
  if (dated !== undefined)
    issues.push({
      code: 'doubtful',
      path: [layout.header.line, heading],
      expected: 'periods',
      received: `dates such as ${brief(labels.find((label) => dateOf(label) !== undefined))}, read as ${frequencyOf([...dated.values()][0]!)}s`,
      severity: 'warning',
    });
  const periods = new Map<TableRow, Period>();
  const days: TableRow[] = [];
  for (const [i, row] of body.entries()) {
    const label = labels[i]!;
    const period = years ? undefined : (readPeriod(label) ?? dated?.get(label));
    const marked = period === undefined && !years ? readPeriod(withoutMark(label)) : undefined;
    if (marked !== undefined) {
      periods.set(row, marked);
      issues.push({
        code: 'doubtful',
        path: [row.line, heading],
        expected: 'a period without a footnote or a status',
        received: brief(label),
        severity: 'warning',
      });
    } else if (period !== undefined) periods.set(row, period);
    else if (dateOf(label) !== undefined) days.push(row);
    else
      issues.push({
        code: 'bad-period',
        path: [row.line, heading],
        expected: expectedPeriod(label),
        received: brief(label),
      });
    raggedRow(row, layout, issues);
  }
  if (days[0] !== undefined)
    issues.push({
      code: 'bad-period',
      path: [days[0].line, heading],
      expected: expectedPeriod('2014-01-01'),
      received: briefList(days.map((row) => textOf(row.cells[column]))),
    });
  return periods;
}

/** A label without the footnote mark or status after it: `2014年(初步核算)`, `2014 p`, `2014*`. */
function withoutMark(label: string): string {
  const plain = plainDigits(label).trim();
  return plain.length > 40
    ? label
    : plain.replace(/(?:\s*\([^()]{1,12}\)|[*†‡]{1,3}|\s+[a-z]{1,2}|\s+\d\))$/i, '');
}

function labelOf(row: TableRow, column: number, part: number, layout: Layout): string {
  const label = textOf(row.cells[column]);
  const role = layout.roles[part];
  if (role?.of !== 'part') return label;
  const digits = /\d+|[一二三四]/.exec(plainDigits(textOf(row.cells[part])))?.[0];
  if (digits === undefined) return label;
  return role.frequency === 'month' ? `${label}年${digits}月` : `${label}年${digits}季度`;
}

/** Periods by date when the labels that are no periods are first or last days throughout. */
function datesIn(labels: readonly string[]): Map<string, Period> | undefined {
  const dates = [...new Set(labels)].filter(
    (label) => readPeriod(label) === undefined && dateOf(label) !== undefined,
  );
  const periods = periodsOfDates(dates);
  return periods === undefined ? undefined : new Map(dates.map((date, i) => [date, periods[i]!]));
}

/** Whether `2009/10, 2010/11` are years that run over two calendar years rather than October and November. */
function splitYears(labels: readonly string[]): boolean {
  const given = labels.filter((label) => label !== '');
  const isSplit = (label: string): boolean => {
    const match = /^(\d{4})[/-](\d{2})$/.exec(label);
    return match !== null && (Number(match[1]) + 1) % 100 === Number(match[2]);
  };
  return given.length > 1 && given.every(isSplit);
}

/** Of rows without keys, those of one frequency with a period of their own. */
export function oneRowEach(
  { layout, issues }: Table,
  body: readonly TableRow[],
  periods: Map<TableRow, Period>,
): TableRow[] {
  const column = layout.roles.findIndex((role) => role.of === 'period');
  const heading = layout.headings[column]!;
  const counts = new Map<Frequency, number>();
  for (const period of periods.values())
    counts.set(frequencyOf(period), (counts.get(frequencyOf(period)) ?? 0) + 1);
  const usual = [...counts].toSorted(([f, n], [g, m]) => m - n || perYear[g] - perYear[f])[0]?.[0];
  const seen = new Map<Period, TableRow>();
  return body.filter((row) => {
    const period = periods.get(row);
    if (period === undefined) return false;
    const before = seen.get(period);
    if (frequencyOf(period) === usual && before === undefined) {
      seen.set(period, row);
      return true;
    }
    const isSame =
      before !== undefined &&
      layout.headings.every((_h, c) => textOf(before.cells[c]) === textOf(row.cells[c]));
    issues.push({
      code: isSame ? 'duplicate' : 'irregular-periods',
      path: [row.line, heading],
      expected:
        before === undefined
          ? `a ${usual} as in most rows`
          : `one row for ${period}, which row ${before.line} is`,
      received: isSame ? 'the same row again' : period,
      ...(isSame ? { severity: 'warning' as const } : {}),
    });
    return false;
  });
}
