import { csvRows } from './csv.ts';
import { brief, nothingRead } from './reading.ts';
import type { TableReading } from './reading.ts';
import { finish, gather, newGathering } from './sdmx-series.ts';
import type { Gathering } from './sdmx-series.ts';
import type { Code } from './sdmx-units.ts';
import type { TableRow } from './table-layout.ts';
import { raggedRow } from './table-notes.ts';

interface Column {
  readonly id: string;
  readonly at: number;
  /** Column of the words, where these stand in one of their own. */
  readonly wordsAt?: number;
}

/** Columns of SDMX-CSV, and of publishers' additions to it, that are no component of the data structure. */
const frame =
  /^(?:DATAFLOW|STRUCTURE(?:\[.?\])?|STRUCTURE_ID|STRUCTURE_NAME|ACTION|SERIES_KEY|OBS_KEY|KEY|LAST[_ ]UPDATE|UPDATED|PREPARED)$/i;

/** Attributes that are known by their ids, wherever their columns stand. */
const attributeIds =
  /^(?:OBS_(?:STATUS|FLAG|CONF|PRE_BREAK|COM)|CONF_STATUS|UNIT_MULT|UNIT_MULTIPLIER|DECIMALS|TITLE|TITLE_COMPL|TIME_FORMAT|COLLECTION)$/;

/**
 * The series of an SDMX-CSV text, versions 1.0 and 2.0: a `DATAFLOW` column, or `STRUCTURE`, `STRUCTURE_ID` and
 * `ACTION`; then a column for each dimension, `TIME_PERIOD`, `OBS_VALUE` and attributes, with codes, `code: words`, or
 * words in columns of their own.
 */
export function readSdmxCsv(text: string): TableReading {
  const [header, ...rows] = csvRows(text, separatorAfterFirst(text));
  const headings = (header?.cells ?? []).map((cell) => String(cell).trim());
  const both = headings.some((heading) => /^TIME_PERIOD:/i.test(heading) || /^OBS_VALUE:/i.test(heading));
  const columns = columnsOf(headings, both);
  const byId = new Map(columns.map((column) => [column.id.toUpperCase(), column]));
  const [time, value] = [byId.get('TIME_PERIOD') ?? byId.get('TIME'), byId.get('OBS_VALUE')];
  if (header === undefined || time === undefined || value === undefined)
    return nothingRead({
      code: 'missing-field',
      path: header === undefined ? [] : [header.line],
      expected: 'SDMX-CSV with columns TIME_PERIOD and OBS_VALUE; readCsv reads other tables',
      received: headings.length === 0 ? 'nothing' : brief(headings.join(',')),
    });
  const components = columns.filter(
    (column) => !frame.test(column.id) && column !== time && column !== value,
  );
  const dimensions = components.filter((c) => c.at < value.at && !attributeIds.test(c.id.toUpperCase()));
  const flow = byId.get('DATAFLOW') ?? byId.get('STRUCTURE_ID');
  const all = newGathering();
  const skipped = new Map<string, number[]>();
  for (const row of rows) {
    const action = textAt(row, byId.get('ACTION')?.at).toUpperCase();
    raggedRow(row, { headings }, all.issues);
    const at = { time: textAt(row, time.at), value: textAt(row, value.at) };
    const why =
      action === 'D' || action === 'DELETE'
        ? 'deletions'
        : at.time === ''
          ? 'attributes without a figure'
          : undefined;
    if (why !== undefined) skip(skipped, why, row.line);
    else
      takeRow(
        all,
        row,
        { components, dimensions, both, flow },
        codeAt(row, time, both).id,
        at.value,
        headings[value.at]!,
      );
  }
  for (const [why, lines] of skipped)
    all.issues.push({
      code: 'not-read',
      path: [lines[0]!],
      expected: 'a figure for a period',
      received: lines.length > 1 ? `${why}, in ${lines.length} rows` : why,
      severity: 'warning',
    });
  return finish(all);
}

function skip(skipped: Map<string, number[]>, why: string, line: number): void {
  const lines = skipped.get(why);
  if (lines === undefined) skipped.set(why, [line]);
  else lines.push(line);
}

interface Frame {
  readonly components: readonly Column[];
  readonly dimensions: readonly Column[];
  readonly both: boolean;
  readonly flow: Column | undefined;
}

function takeRow(
  all: Gathering,
  row: TableRow,
  { components, dimensions, both, flow }: Frame,
  time: string,
  value: string,
  heading: string,
): void {
  const codes = new Map<string, Code>();
  for (const column of components) {
    const code = codeAt(row, column, both);
    if (code.id !== '') codes.set(column.id.toUpperCase(), code);
  }
  const source = textAt(row, flow?.at);
  const name = textAt(row, flow?.wordsAt);
  gather(all, {
    key: dimensions.map((column) => codes.get(column.id.toUpperCase()) ?? { id: '' }),
    ids: dimensions.map((column) => column.id),
    time,
    value,
    codes,
    source: source === '' ? undefined : name === '' ? source : `${source}: ${name}`,
    place: [row.line, heading],
  });
}

/** Components by column; with words in columns of their own, these follow their codes. */
function columnsOf(headings: readonly string[], both: boolean): Column[] {
  const paired = headings.includes('STRUCTURE_NAME');
  const columns: Column[] = [];
  for (let at = 0; at < headings.length; at++) {
    const heading = headings[at]!;
    const id = both ? heading.replace(/:.*$/s, '').trim() : heading;
    if (heading === 'STRUCTURE_NAME' || id === '') continue;
    if (id === 'STRUCTURE_ID' && paired) columns.push({ id, at, wordsAt: at + 1 });
    else if (!paired || frame.test(id)) columns.push({ id, at });
    else {
      columns.push({ id, at, wordsAt: at + 1 });
      at += 1;
    }
  }
  return columns;
}

function codeAt(row: TableRow, column: Column, both: boolean): Code {
  const text = textAt(row, column.at);
  const split = both ? /^([^:]+?)\s*:\s+(.+)$/s.exec(text) : null;
  const name = split?.[2] ?? textAt(row, column.wordsAt);
  return name === '' ? { id: text } : { id: split?.[1] ?? text, name };
}

function textAt(row: TableRow, at: number | undefined): string {
  const cell = at === undefined ? undefined : row.cells[at];
  return typeof cell === 'string' ? cell.trim() : '';
}

/** The separator is the character after the first heading, which the format fixes. */
function separatorAfterFirst(text: string): string | undefined {
  return /^\ufeff?"?(?:DATAFLOW|STRUCTURE)(?:\[.?\])?(?:: [^,;\t"]*)?"?([,;\t|])/i.exec(text)?.[1];
}
