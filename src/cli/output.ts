import Table from 'cli-table3';
import { csvFormatRows } from 'd3-dsv';
import type { Given, Io } from './command.ts';
import { fail } from './input.ts';

/** One value of a table. */
export type Cell = number | string | boolean | null | undefined;

/** A column: where its value stands in a row, what it is called, and how a person reads it. */
export interface Column {
  readonly key: string;
  /** Defaults to the key. */
  readonly head?: string;
  /**
   * One of
   * - `'text'` (defaults to it): as it is
   * - `'percent'`, `'points'`: a ratio as a percentage, a difference of ratios in percentage points
   * - `'number'`: with `digits` decimals
   * - `'plain'`: a number with as many digits as it has, at most six
   * - `'status'`: a word that says how a target stands, coloured where there are colours
   */
  readonly as?: 'text' | 'percent' | 'points' | 'number' | 'plain' | 'status';
  /** Decimals; defaults to 2. */
  readonly digits?: number;
  /** One of `'text'` (terminal and Markdown) or `'csv'`; defaults to both. */
  readonly only?: 'text' | 'csv';
}

/** Rows of one kind. In CSV they are raw values under their keys. */
export interface Rows {
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly notes?: readonly string[];
}

/** What a command answers: the library's own value, and how a person reads it. */
export interface Answer {
  /** For `--json`. */
  readonly value: unknown;
  /** Tables and paragraphs in their order; `--csv` takes the first table. */
  readonly parts: readonly (Rows | string)[];
  /** For `--csv`, where it is not the first table. */
  readonly csv?: string;
  readonly exitCode?: 0 | 1;
}

/** The switches that choose a format. */
const formats = ['json', 'csv', 'markdown'] as const;

/** Print an answer in the format that was asked for. @returns the exit code */
export function print(answer: Answer, options: Given, io: Io): 0 | 1 {
  const asked = formats.filter((name) => options[name] === true);
  if (asked.length > 1) fail([`--${asked.join(' and --')}: choose one format`], 2);
  io.out(`${textOf(answer, asked[0], io).replace(/\n+$/, '')}\n`);
  return answer.exitCode ?? 0;
}

function textOf(answer: Answer, format: (typeof formats)[number] | undefined, io: Io): string {
  switch (format) {
    case 'json':
      return JSON.stringify(answer.value, null, 2);
    case 'csv': {
      const table = answer.parts.find((part) => typeof part !== 'string');
      return answer.csv ?? (table === undefined ? '' : toCsv(table));
    }
    case 'markdown':
      return answer.parts.map((part) => (typeof part === 'string' ? part : toMarkdown(part))).join('\n\n');
    default: {
      const paint = painter(io);
      return answer.parts.map((part) => (typeof part === 'string' ? part : toText(part, paint))).join('\n\n');
    }
  }
}

/** Rows as CSV with a header of keys; what is missing is an empty cell. */
export function toCsv({ columns, rows }: Rows): string {
  const shown = columns.filter(({ only }) => only !== 'text');
  const raw = (value: Cell): string =>
    value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))
      ? ''
      : String(value);
  return csvFormatRows([
    shown.map(({ key }) => key),
    ...rows.map((row) => shown.map(({ key }) => raw(row[key]))),
  ]);
}

/** Rows as a Markdown table under its title. */
export function toMarkdown({ title, columns, rows, notes }: Rows): string {
  const shown = columns.filter(({ only }) => only !== 'csv');
  const escaped = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const body = [
    line(shown.map(headOf)),
    line(shown.map((column) => (isNumeric(column, rows) ? '--:' : ':--'))),
    ...rows.map((row) => line(shown.map((column) => cellText(column, row[column.key])))),
  ].join('\n');
  return [title === undefined ? [] : [`### ${title}`], body, ...(notes ?? [])].flat().join('\n\n');
}

/** Rows as a table for a terminal; columns align also with Chinese text, which is two cells wide. Numbers go to the right. */
export function toText({ title, columns, rows, notes }: Rows, paint: Painter = plain): string {
  const shown = columns.filter(({ only }) => only !== 'csv');
  const made = new Table({
    head: shown.map(headOf),
    colAligns: shown.map((column) => (isNumeric(column, rows) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 1 },
    chars: noLines,
  });
  made.push(
    ...rows.map((row) =>
      shown.map((column) => {
        const text = cellText(column, row[column.key]);
        return column.as === 'status' ? paint(text, statusColour[text]) : text;
      }),
    ),
  );
  const lines = made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const rule = '─'.repeat(Math.max(...lines.map(width)));
  const table = [lines[0], rule, ...lines.slice(1)].join('\n');
  return [...(title === undefined ? [] : [paint(title, 'bold')]), table, ...(notes ?? [])].join('\n');
}

const noLines = {
  ...Object.fromEntries(
    ['top', 'bottom', 'mid', 'left', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((end) => [`${side}${end}`, '']),
    ),
  ),
  middle: ' ',
};

function headOf({ key, head }: Column): string {
  return head ?? key;
}

function isNumeric({ key, as = 'text' }: Column, rows: Rows['rows']): boolean {
  return (
    as !== 'status' &&
    (as !== 'text' || (rows.length > 0 && rows.every((row) => typeof row[key] === 'number')))
  );
}

function cellText({ as = 'text', digits = 2 }: Column, value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  switch (as) {
    case 'percent':
      return percent(value, digits);
    case 'points':
      return points(value, digits);
    case 'number':
      return fixed(value, digits);
    case 'plain':
    case 'text':
    case 'status':
      return Number.isFinite(value) ? String(Number(value.toPrecision(6))).replace('-', '−') : '—';
    default:
      return as satisfies never;
  }
}

/** A ratio as a percentage: 0.0815 is `8.15 %`; missing is a dash. */
export function percent(value: number, digits = 2): string {
  return Number.isFinite(value) ? `${fixed(100 * value, digits)} %` : '—';
}

/** A ratio as percentage points: 0.0335 is `3.35 pp`. */
export function points(value: number, digits = 2): string {
  return Number.isFinite(value) ? `${fixed(100 * value, digits)} pp` : '—';
}

/** A number with fixed decimals, a true minus and no negative zero. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '—';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

type Colour = 'bold' | 'green' | 'yellow' | 'red';
type Painter = (text: string, colour?: Colour) => string;

const codes: Readonly<Record<Colour, number>> = { bold: 1, red: 31, green: 32, yellow: 33 };
const statusColour: Readonly<Record<string, Colour>> = {
  met: 'green',
  'on track': 'green',
  'at risk': 'yellow',
  missed: 'red',
};

const plain: Painter = (text) => text;

/** Colours where somebody looks and did not ask for none (https://no-color.org). */
function painter({ outIsTerminal, env }: Io): Painter {
  const none = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  if (!outIsTerminal || none) return plain;
  return (text, colour) => (colour === undefined ? text : `\u001b[${codes[colour]}m${text}\u001b[0m`);
}

/** Cells a text takes in a terminal: East Asian wide characters take two, colours none. */
function width(text: string): number {
  let cells = 0;
  // eslint-disable-next-line no-control-regex -- what colours begin with
  for (const c of text.replace(/\u001b\[\d+m/g, ''))
    cells +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
        ? 2
        : 1;
  return cells;
}
