import { csvFormatRows, dsvFormat } from 'd3-dsv';
import { argument, checkOptions, textArgument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { align, periodsOf } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { brief } from './reading.ts';
import type { TableReading } from './reading.ts';
import { checkSaid, readTable } from './table.ts';
import type { ReadOptions } from './table.ts';
import type { TableRow } from './table-layout.ts';

export { readPeriod } from './period-label.ts';
export type { TableReading } from './reading.ts';

/**
 * Read series from CSV text, however the table lies:
 *
 * - wide: a column of periods and a column for each series;
 * - across: periods in the header and a row for each series, as statistical yearbooks print them;
 * - long: columns that name the series (`series`, `country`, `指标`, ...), a period and a `value`.
 *
 * The separator is a comma, semicolon, tab or bar, whichever parts the rows alike. Blank rows and rows of titles above
 * the header are passed over (`Unit:`, `单位：`, `Source:`, `数据来源：` are understood), rows may stand in any order, gaps are
 * missing values. Periods are written as `readPeriod` says. Empty cells and `NA`, `-`, `…`, `..` are missing; thousands
 * separators are no matter; a cell with a percent sign is read as a ratio; a heading's bracket names the unit
 * (`GDP (亿元)`). Decimal commas, footnote marks, dates, totals, notes, repeated rows and whatever else could be meant
 * otherwise are read as far as they are safe, and said in `issues`. A heading is the name of its series as it stands; the
 * words, unit and price basis in it are in `indicators`.
 *
 * @param text CSV with a header row; a byte order mark is skipped
 * @returns the series under their headings or keys, what each is, and issues with row (from 1) and column
 * @throws RangeError when `text` is no text
 * @example readCsv('year,gdp\n2013,100\n2014,112').data.gdp.values // [100, 112]
 * @example readCsv('年份,GDP（亿元）\n2013年,595244').indicators['GDP（亿元）'].unit // '100m CNY'
 */
export function readCsv(text: string, options: ReadOptions = {}): TableReading {
  textArgument('readCsv', 'the text', text, 'give the content of a CSV file');
  checkOptions('readCsv', options, 'decimal source unit');
  checkSaid('readCsv', options);
  const separator = separatorOf(text);
  const reading = readTable(csvRows(text, separator), options, false, separator);
  if ((text.split('"').length - 1) % 2 === 0) return reading;
  return {
    ...reading,
    issues: [
      ...reading.issues,
      {
        code: 'doubtful',
        path: [],
        expected: 'a closing quotation mark for each opening one',
        received: 'one too many',
      },
    ],
  };
}

/** The rows of CSV text that have something in them, with their places from 1; a byte order mark is skipped. */
export function csvRows(text: string, separator: string = separatorOf(text)): TableRow[] {
  return dsvFormat(separator)
    .parseRows(text.replace(/^\ufeff/, ''))
    .map((cells, i) => ({ line: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** How `writeCsv` lays a table out. */
export interface CsvOptions {
  /** One of `'wide'` (periods down, series across; one frequency) or `'long'` (a row for each figure). Defaults to `'wide'`. */
  readonly form?: 'wide' | 'long';
}

/**
 * Series as CSV text that `readCsv` reads back. Missing values are empty cells.
 *
 * @throws RangeError when an entry is no series, or, in wide form, when the series have different frequencies
 * @example writeCsv({ gdp: series('2013', [100, 112]) }) // 'period,gdp\n2013,100\n2014,112\n'
 * @example writeCsv({ gdp: series('2013', [100]) }, { form: 'long' }) // 'series,period,value\ngdp,2013,100\n'
 */
export function writeCsv(data: Dataset, options: CsvOptions = {}): string {
  argument('writeCsv', 'dataset', data, 'data set');
  for (const [name, s] of Object.entries(data)) argument('writeCsv', 'series', s, `series '${name}'`);
  checkOptions('writeCsv', options, 'form');
  const { form = 'wide' } = options;
  if (form !== 'wide' && form !== 'long')
    return mistake('writeCsv', `the option 'form' is ${brief(form)}`, "use 'wide' or 'long'");
  const names = Object.keys(data);
  if (form === 'long') {
    const rows = names.flatMap((name) =>
      periodsOf(data[name]!).map((period, i) => [name, period, cellOf(data[name]!.values[i]!)]),
    );
    return `${csvFormatRows([['series', 'period', 'value'], ...rows])}\n`;
  }
  const aligned = align(data, 'extent');
  const [first] = names;
  const periods = first === undefined ? [] : periodsOf(aligned[first]!);
  const rows = periods.map((period, i) => [
    period,
    ...names.map((name) => cellOf(aligned[name]!.values[i]!)),
  ]);
  return `${csvFormatRows([['period', ...names], ...rows])}\n`;
}

function cellOf(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/** The separator that parts most of the first rows into as many cells; the header's when two do. */
function separatorOf(text: string): string {
  const sample = text.slice(0, 20_000).replace(/^\ufeff/, '');
  const said = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  if (said !== undefined) return said;
  const end = sample.indexOf('\n');
  const header = end < 0 ? sample : sample.slice(0, end);
  const scored = [',', ';', '\t', '|'].map((separator) => {
    const counts = new Map<number, number>();
    for (const row of dsvFormat(separator).parseRows(sample)) {
      if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    }
    return { separator, rows: Math.max(0, ...counts.values()), inHeader: header.split(separator).length };
  });
  return scored.toSorted((a, b) => b.rows - a.rows || b.inHeader - a.inHeader)[0]!.separator;
}
