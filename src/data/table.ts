import { textArgument } from '../argument.ts';
import type { Issue } from '../issue.ts';
import { mistake } from '../mistake.ts';
import { isMissing } from './figure.ts';
import type { DecimalMark } from './figure.ts';
import { readPeriod } from './period-label.ts';
import { brief, nothingRead, readingOf, state } from './reading.ts';
import type { Fact, Facts, Observation, Place, TableReading } from './reading.ts';
import { decimalOf, figureOf, firstText, isWords, markIssue } from './table-cells.ts';
import { layoutOf, textOf } from './table-layout.ts';
import type { Cell, Layout, Table, TableRow } from './table-layout.ts';
import { isBody, noteIssue, raggedRow, readNote, unitRow } from './table-notes.ts';
import { oneRowEach, rowPeriods } from './table-periods.ts';
import { readHeading, readWords, unitFrom } from './unit-words.ts';

/** What the caller knows about a table that the table does not say itself. */
export interface ReadOptions {
  /** Which character stands before the decimals, one of `'.'`, `','`. Defaults to what the figures prove, else `'.'`. */
  readonly decimal?: DecimalMark;
  /** Who published the figures. Defaults to what a `Source:` row or column says. */
  readonly source?: string;
  /** The unit of all series that name none of their own. Defaults to what a `Unit:` (`单位：`) row or column says. */
  readonly unit?: string;
}

/** Check what a program says of a file: a mistake in it is the program's, not the file's. */
export function checkSaid(call: string, { decimal, source, unit }: ReadOptions): void {
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    mistake(call, `the option 'decimal' is ${brief(decimal)}`, "use '.' or ','");
  if (source !== undefined) textArgument(call, "the option 'source'", source);
  if (unit !== undefined) textArgument(call, "the option 'unit'", unit);
}

/**
 * The series of a table: wide, across or long, in one mechanism for CSV, JSON records and Parquet.
 *
 * @param rows the rows of the file that have something in them, with their line numbers
 * @param hasHeader whether the first row is known to be the header
 * @param separated by which character the cells of a text were separated, where it was a text
 */
export function readTable(
  rows: readonly TableRow[],
  options: ReadOptions,
  hasHeader: boolean,
  separated?: string,
): TableReading {
  const layout = layoutOf(rows, hasHeader);
  if (layout === undefined)
    return nothingRead({
      code: 'not-read',
      path: [],
      expected: 'a header with a period column and at least one series',
      received: rows[0] === undefined ? 'nothing' : brief(rows[0].cells.map(textOf).join(',')),
    });
  const issues: Issue[] = [];
  const all = new Map<Fact, string>();
  if (layout.grouped)
    issues.push({
      code: 'doubtful',
      path: [layout.header.line],
      expected: 'one row of headings',
      received: `headings under groups, read as ${brief(layout.headings.findLast((text) => text !== ''))}`,
      severity: 'warning',
    });
  for (const row of layout.titles) if (!readNote(row, all)) issues.push(noteIssue(row));
  const body = layout.body.filter((row) => isBody(row, layout, all, issues));
  const decimal = options.decimal ?? decimalOf(layout, body, separated, issues);
  const table: Table = { layout, body, decimal, facts: new Map(), issues, doubts: new Set() };
  const observations = layout.across ? acrossFigures(table) : downFigures(table);
  if (observations.length === 0 && issues.length === 0)
    issues.push({
      code: 'not-read',
      path: [layout.header.line],
      expected: 'rows of figures',
      received: 'none',
    });
  for (const [fact, value] of [['source', options.source] as const, ['unit', options.unit] as const])
    if (value !== undefined) all.set(fact, fact === 'unit' ? (unitFrom(value) ?? value) : value);
  for (const name of new Set(observations.map((o) => o.series))) {
    for (const [fact, value] of all)
      if (table.facts.get(name)?.get(fact) === undefined) state(table.facts, name, fact, value, [], issues);
  }
  return readingOf(observations, table.facts, issues);
}

/**
 * The series of a table whose headings are known, from JSON records or Parquet; a row's place is its position, from 0.
 */
export function readColumns(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: ReadOptions,
): TableReading {
  const body = rows.map((cells, line) => ({ line, cells }));
  const reading = readTable([{ line: -1, cells: headings }, ...body], options, true);
  const issues = reading.issues.map((issue) =>
    issue.path[0] === -1 ? { ...issue, path: issue.path.slice(1) } : issue,
  );
  return { ...reading, issues };
}

/** Figures of a table with periods down. */
function downFigures(table: Table): Observation[] {
  const { layout, issues, facts } = table;
  const isRole = (of: string): number[] => layout.roles.flatMap((role, c) => (role.of === of ? [c] : []));
  const keys = isRole('key');
  const columns = namedColumns(table, isRole('figures'));
  const body = unitRow(table, columns);
  const periods = rowPeriods(table, body);
  const rows = keys.length === 0 ? oneRowEach(table, body, periods) : body;
  const about = aboutSeries(layout);
  const observations: Observation[] = [];
  if (readPeriod(layout.headings[isRole('period')[0]!]!) !== undefined)
    issues.push({
      code: 'missing-field',
      path: [layout.header.line],
      expected: 'a header with the names of the series',
      received: brief(layout.headings.join(',')),
    });
  for (const [c, name] of columns) {
    if (keys.length === 0) {
      if (isWords(rows, c)) {
        issues.push({
          code: 'not-read',
          path: [layout.header.line, name],
          expected: 'a column of figures',
          received: `words such as ${brief(firstText(rows, c))}`,
          severity: 'warning',
        });
        continue;
      }
      stateHeading(facts, name, layout.headings[c]!, [layout.header.line, name], issues);
    }
    for (const row of rows) {
      const period = periods.get(row);
      if (period === undefined) continue;
      const series =
        keys.length === 0 ? name : seriesName(table, row, keys, layout.single ? undefined : name);
      if (series === undefined) continue;
      const place = [row.line, name];
      const figure = figureOf(row.cells[c], place, table);
      observations.push({ series, period, place, ...figure });
      if (about.length > 0)
        stateRow(table, row, series, about, layout.single ? undefined : layout.headings[c]);
    }
  }
  if (columns.size === 0 && keys.length > 0)
    issues.push({
      code: 'not-read',
      path: [layout.header.line],
      expected: 'a column of figures',
      received: 'none',
    });
  for (const row of rows) {
    for (const c of isRole('status')) {
      const text = textOf(row.cells[c]);
      if (text !== '' && !isMissing(text) && !/^(?:a|normal|normal value|final)$/i.test(text))
        issues.push(markIssue([row.line, layout.headings[c]!], text));
    }
  }
  return observations;
}

/** Figures of a table with periods across. */
function acrossFigures(table: Table): Observation[] {
  const { layout, body, issues } = table;
  const keys = layout.roles.flatMap((role, c) => (role.of === 'key' ? [c] : []));
  const observations: Observation[] = [];
  const columns = layout.roles.flatMap((role, c) => {
    const period = readPeriod(layout.headings[c]!);
    return role.of === 'figures' && period !== undefined ? [[c, period] as const] : [];
  });
  const about = aboutSeries(layout);
  for (const row of body) {
    raggedRow(row, layout, issues);
    const series = seriesName(table, row, keys, undefined);
    if (series === undefined) continue;
    stateRow(table, row, series, about, undefined);
    for (const [c, period] of columns) {
      const place = [row.line, layout.headings[c]!];
      observations.push({ series, period, place, ...figureOf(row.cells[c], place, table) });
    }
  }
  return observations;
}

/** The columns of figures with the names of their own that they need. */
function namedColumns({ layout, issues }: Table, columns: readonly number[]): Map<number, string> {
  const named = new Map<number, string>();
  const taken = new Set<string>();
  for (const c of columns) {
    const name = layout.headings[c]!;
    if (name === '' || taken.has(name))
      issues.push({
        code: name === '' ? 'missing-field' : 'duplicate',
        path: [layout.header.line, c + 1],
        expected: 'a name of its own for each series',
        received: brief(name),
      });
    else named.set(c, name);
    taken.add(name);
  }
  return named;
}

/** The name that the keys of a row make, with the heading of the column where there are several. */
function seriesName(
  { layout, issues }: Table,
  row: TableRow,
  keys: readonly number[],
  heading: string | undefined,
): string | undefined {
  const parts = keys.map((c) => textOf(row.cells[c]));
  if (parts.every((part) => part === '')) {
    issues.push({
      code: 'missing-field',
      path: [row.line, layout.headings[keys[0]!] ?? ''],
      expected: 'the name of a series',
      received: 'nothing',
    });
    return undefined;
  }
  return [...parts, ...(heading === undefined ? [] : [heading])].join('.');
}

/** The columns that say something about the series of a row: facts, words, and keys that have no words. */
function aboutSeries(layout: Layout): number[] {
  return layout.roles.flatMap((role, c) =>
    role.of === 'fact' || role.of === 'words' || (role.of === 'key' && !hasWordsFor(layout, c)) ? [c] : [],
  );
}

/** What a row says about its series: the words of its keys, a unit or a source in columns of their own. */
function stateRow(
  { layout, facts, issues, doubts }: Table,
  row: TableRow,
  series: string,
  about: readonly number[],
  heading: string | undefined,
): void {
  const words: string[] = [];
  for (const c of about) {
    const role = layout.roles[c]!;
    const text = textOf(row.cells[c]);
    if (text === '') continue;
    const place = [row.line, layout.headings[c]!];
    if (role.of === 'fact') {
      const value = factIn(role.fact, text);
      if (value !== undefined) state(facts, series, role.fact, value, place, issues);
      else if (!doubts.has(`${role.fact} ${text}`)) {
        doubts.add(`${role.fact} ${text}`);
        issues.push({
          code: 'doubtful',
          path: place,
          expected: role.fact === 'kind' ? "'flow', 'stock', 'rate' or 'index'" : "'constant' or 'current'",
          received: brief(text),
          severity: 'warning',
        });
      }
    } else words.push(text);
  }
  if (heading !== undefined && words.length > 0) words.push(heading);
  if (words.length === 0 || facts.get(series)?.has('label') === true) return;
  const last = readHeading(words.at(-1)!);
  state(facts, series, 'label', [...words.slice(0, -1), last.label].join(', '), [row.line], issues);
  for (const fact of ['unit', 'kind', 'prices'] as const)
    if (facts.get(series)?.has(fact) !== true) state(facts, series, fact, last[fact], [row.line], issues);
}

/** The value of a fact that a cell states, or undefined when its words are none. */
function factIn(fact: Fact, text: string): string | undefined {
  switch (fact) {
    case 'unit':
      return unitFrom(text) ?? text;
    case 'prices':
      return text === 'comparable' ? text : readWords(text).prices;
    case 'kind':
      return ['flow', 'stock', 'rate', 'index'].find((kind) => kind === text.toLowerCase());
    default:
      return text;
  }
}

/** Whether a column of words stands for the same thing as a column of codes. */
function hasWordsFor(layout: Layout, column: number): boolean {
  const stem = /^(.*?)[_ ]?(?:code|id|代码|编码)$/i.exec(layout.headings[column]!)?.[1]?.toLowerCase();
  return (
    stem !== undefined &&
    layout.roles.some((role, c) => role.of === 'words' && layout.headings[c]!.toLowerCase().startsWith(stem))
  );
}

function stateHeading(facts: Facts, name: string, text: string, place: Place, issues: Issue[]): void {
  const heading = readHeading(text);
  state(facts, name, 'label', heading.label, place, issues);
  for (const fact of ['kind', 'prices'] as const) state(facts, name, fact, heading[fact], place, issues);
  if (heading.unit !== undefined && facts.get(name)?.has('unit') !== true)
    state(facts, name, 'unit', heading.unit, place, issues);
  if (heading.unknown !== undefined && heading.unknown !== '')
    issues.push({
      code: 'unknown-unit',
      path: place,
      expected: "a unit or a price basis in the bracket, such as '亿元'",
      received: brief(heading.unknown),
      severity: 'warning',
    });
}
