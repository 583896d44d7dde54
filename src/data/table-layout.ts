import type { Issue } from '../issue.ts';
import { plainDigits } from '../numeric/rate.ts';
import { isMissing, readFigure } from './figure.ts';
import type { DecimalMark } from './figure.ts';
import { dateOf, readPeriod } from './period-label.ts';
import type { Fact, Facts } from './reading.ts';

/** A cell of a table: text in CSV, typed values in JSON and Parquet. */
export type Cell = unknown;

/** A row with its place in the file. */
export interface TableRow {
  /** Row of the file, as messages give it. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** What a column of a table holds. */
export type Role =
  | { readonly of: 'period' }
  /** Quarter or month of the year that stands in the period column. */
  | { readonly of: 'part'; readonly frequency: 'quarter' | 'month' }
  /** Part of the name of the row's series. */
  | { readonly of: 'key' }
  /** Words for a key that has a code as well. */
  | { readonly of: 'words' }
  | { readonly of: 'fact'; readonly fact: Fact }
  /** Status letters and notes of a figure. */
  | { readonly of: 'status' }
  /** Figures: of the series that the heading names, or of the row's series for the period that the heading names. */
  | { readonly of: 'figures' }
  | { readonly of: 'nothing' };

/** How a table is laid out: which rows are titles, header and body, and what each column holds. */
export interface Layout {
  /** Whether periods stand in the header, with a series in each row. */
  readonly across: boolean;
  readonly titles: readonly TableRow[];
  readonly header: TableRow;
  readonly headings: readonly string[];
  /** Whether the row above the header named groups of columns, which the headings begin with. */
  readonly grouped: boolean;
  readonly body: readonly TableRow[];
  readonly roles: readonly Role[];
  /** Whether the series of a row is its keys alone, without the heading of the one column of figures. */
  readonly single: boolean;
}

/** A table while it is read: facts and issues grow as its rows are gone through. */
export interface Table {
  readonly layout: Layout;
  readonly body: readonly TableRow[];
  readonly decimal: DecimalMark;
  readonly facts: Facts;
  readonly issues: Issue[];
  /** Doubts about words of the table that have been said. */
  readonly doubts: Set<string>;
}

/** The text of a cell; a date is its ISO day. */
export function textOf(cell: Cell): string {
  switch (typeof cell) {
    case 'string':
      return cell.trim();
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(cell);
    case 'object':
      if (cell === null) return '';
      if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
      return '[object]';
    default:
      return '';
  }
}

/**
 * The layout of a table, or undefined when it has no header.
 *
 * Wide: a column of periods and a column for each series. Across: periods in the header, a row for each series. Long:
 * a column of periods, columns that name the series, a column of figures. Columns are told by their headings where these
 * are usual words, else by what stands in them.
 *
 * @param hasHeader whether the first row is known to be the header
 */
export function layoutOf(rows: readonly TableRow[], hasHeader: boolean): Layout | undefined {
  const at = hasHeader ? 0 : headerAt(rows);
  const header = rows[at];
  if (header === undefined || header.cells.length < 2) return undefined;
  const own = header.cells.map(textOf);
  const above = hasHeader ? undefined : rows[at - 1];
  const headings = above === undefined ? own : (withGroups(own, above) ?? own);
  const grouped = headings !== own;
  const body = rows.slice(at + 1);
  const shared = { titles: rows.slice(0, grouped ? at - 1 : at), header, headings, grouped, body };
  if (isAcross(rows, at)) {
    const first = headings.findIndex((text) => readPeriod(text) !== undefined);
    const roles = headings.map((heading, c): Role => {
      if (c >= first) return heading === '' && isEmpty(body, c) ? { of: 'nothing' } : { of: 'figures' };
      const fact = factHeadings.get(keyText(heading));
      return fact === undefined ? { of: 'key' } : { of: 'fact', fact };
    });
    return { ...shared, across: true, single: true, roles: withWords(roles, headings) };
  }
  const roles = rolesDown(headings, body);
  const figures = roles.filter((role) => role.of === 'figures').length;
  const valueAt = roles.findIndex((role) => role.of === 'figures');
  const hasKeys = roles.some((role) => role.of === 'key');
  return {
    ...shared,
    across: false,
    single: hasKeys && figures === 1 && valueHeadings.test(headings[valueAt]!),
    roles: withWords(roles, headings),
  };
}

/**
 * Headings that stand twice (`GDP` and `Revenue` over `level, growth, level, growth`) with the group above them before
 * them; undefined when none does, or the groups leave them the same.
 */
function withGroups(headings: readonly string[], above: TableRow): string[] | undefined {
  const named = headings.filter((heading) => heading !== '');
  if (new Set(named).size === named.length) return undefined;
  let group = '';
  const full = headings.map((heading, c) => {
    group = textOf(above.cells[c]) || group;
    return group === '' || heading === '' ? heading : `${group} ${heading}`;
  });
  const filled = full.filter((heading) => heading !== '');
  return group !== '' && new Set(filled).size === filled.length ? full : undefined;
}

const periodHeadings =
  /^(?:time[_ ]?period|period|time|date|observation[_ ]?date|year|years|年份?|年度|时间|时期|日期|期间|月份|季度|month|quarter|jahr|fiscal year|__index_level_\d+__)$/i;
const yearHeadings = /^(?:year|years|年份?|年度)$/i;
const quarterHeadings = /^(?:quarter|qtr|季度|季)$/i;
const monthHeadings = /^(?:month|月份?)$/i;
const valueHeadings = /^(?:value|values|obs[_ ]?value|observation|amount|figure|值|数值|数据|数量|wert)$/i;
const seriesHeadings = /^(?:series|series[_ ]?(?:id|name)|indicator|variable|item|指标|变量|项目|序列)$/i;
const keyHeadings =
  /^(?:series|indicator|variable|item|name|code|id|country|region|area|geo|province|city|county|district|sector|industry|category|指标|变量|项目|名称|代码|编码|国家|地区|省份?|城市|市|县|区|行业|产业|分类|类别)(?:[_ ]?(?:name|code|id|名称|代码|编码))?$/i;
const codeHeadings = /(?:^|[_ ])(?:code|id|iso\d?)$|代码$|编码$/i;
const statusHeadings =
  /^(?:status|obs[_ ]?status|obs[_ ]?flag|flags?|notes?|footnotes?|remarks?|备注|说明|注)$/i;
const factHeadings = new Map<string, Fact>([
  ['unit', 'unit'],
  ['units', 'unit'],
  ['单位', 'unit'],
  ['计量单位', 'unit'],
  ['source', 'source'],
  ['来源', 'source'],
  ['数据来源', 'source'],
  ['label', 'label'],
  ['prices', 'prices'],
  ['price basis', 'prices'],
  ['价格', 'prices'],
  ['kind', 'kind'],
]);

function keyText(heading: string): string {
  return plainDigits(heading).trim().toLowerCase();
}

/** Years that a number in a column of periods may plausibly be; a period spelled out is one whatever its year. */
export function looksLikePeriod(cell: Cell): boolean {
  const text = textOf(cell);
  const period = readPeriod(text);
  if (period === undefined) return dateOf(text) !== undefined;
  return !/^\d{4}(?:\.\d+)?$/.test(text) || (Number(text) >= 1500 && Number(text) <= 2200);
}

function filledOf(row: TableRow): number {
  return row.cells.filter((cell) => textOf(cell) !== '').length;
}

/** The header: the first row that is as wide as the table and stands over periods or holds them. */
function headerAt(rows: readonly TableRow[]): number {
  const counts = rows
    .slice(0, 500)
    .map(filledOf)
    .toSorted((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  const wide = (i: number): boolean => filledOf(rows[i]!) >= Math.max(2, usual / 2);
  const end = Math.min(rows.length, 60);
  for (let i = 0; i < end; i++) {
    if (!wide(i)) continue;
    if (isAcross(rows, i)) return i;
    const isHeader = rows[i]!.cells.some(
      (cell, c) =>
        !looksLikePeriod(cell) && rows.slice(i + 1, i + 6).some((row) => looksLikePeriod(row.cells[c])),
    );
    const [first] = rows[i]!.cells;
    if (isHeader && !(looksLikePeriod(first) && rows[i]!.cells.length > 1)) return i;
  }
  const named = rows.slice(0, end).findIndex((row) => row.cells.some((c) => periodHeadings.test(textOf(c))));
  if (named >= 0 && filledOf(rows[named]!) >= 2) return named;
  const first = rows.slice(0, end).findIndex((row) => filledOf(row) >= 2);
  return Math.max(first, 0);
}

/** Whether a row is a header of periods: after at least one other cell all are periods, and rows of series follow. */
function isAcross(rows: readonly TableRow[], at: number): boolean {
  const texts = rows[at]!.cells.map(textOf);
  while (texts.at(-1) === '') texts.pop();
  const first = texts.findIndex((text) => looksLikePeriod(text) && readPeriod(text) !== undefined);
  if (first < 1) return false;
  const periods = texts.slice(first);
  const next = rows[at + 1]?.cells[0];
  return (
    periods.every((text) => readPeriod(text) !== undefined) &&
    new Set(periods).size === periods.length &&
    (periods.length > 1 || /\D/.test(periods[0]!)) &&
    next !== undefined &&
    !looksLikePeriod(next) &&
    !texts.slice(0, first).some((text) => valueHeadings.test(text))
  );
}

function rolesDown(headings: readonly string[], body: readonly TableRow[]): Role[] {
  const roles: Role[] = headings.map((): Role => ({ of: 'figures' }));
  const period = periodColumn(headings, body);
  roles[period] = { of: 'period' };
  if (yearHeadings.test(headings[period]!)) {
    const part = headings.findIndex(
      (h, c) => c !== period && (quarterHeadings.test(h) || monthHeadings.test(h)) && isPart(body, c),
    );
    if (part >= 0)
      roles[part] = { of: 'part', frequency: monthHeadings.test(headings[part]!) ? 'month' : 'quarter' };
  }
  const value = headings.findIndex((h) => valueHeadings.test(h));
  const periods = distinct(body, period);
  const repeats = periods < body.length;
  const isKey = (c: number): boolean =>
    repeats && (2 * distinct(body, c) <= body.length || 2 * periods <= body.length);
  for (const [c, heading] of headings.entries()) {
    if (roles[c]!.of !== 'figures' || c === value) continue;
    const key = keyText(heading);
    const isText = holdsText(body, c);
    const named = keyHeadings.test(key);
    if (heading === '' && isEmpty(body, c)) roles[c] = { of: 'nothing' };
    else if (seriesHeadings.test(key) && value >= 0 && c < period) roles[c] = { of: 'key' };
    else if (named && (isText || (codeHeadings.test(key) && repeats))) roles[c] = { of: 'key' };
    else if (isText && factHeadings.has(key)) roles[c] = { of: 'fact', fact: factHeadings.get(key)! };
    else if (isText && statusHeadings.test(key)) roles[c] = { of: 'status' };
    else if (isText && isKey(c)) roles[c] = { of: 'key' };
  }
  return roles;
}

/** Of a name and a code for the same thing (`Country Name`, `Country Code`) the code names, the name is its words. */
function withWords(roles: readonly Role[], headings: readonly string[]): Role[] {
  const codes = new Set<string>();
  for (const [c, heading] of headings.entries()) {
    const match = /^(.*?)[_ ]?(?:code|id|代码|编码)$/i.exec(heading);
    if (match !== null && roles[c]!.of === 'key') codes.add(match[1]!.toLowerCase());
  }
  return roles.map((role, c) => {
    const match = /^(.*?)(?:[_ ]?(?:name|label|名称))?$/i.exec(headings[c]!);
    const isCode = /(?:code|id|代码|编码)$/i.test(headings[c]!);
    const isWords = role.of === 'key' && !isCode && match !== null && codes.has(match[1]!.toLowerCase());
    return isWords ? { of: 'words' } : role;
  });
}

/** The leftmost column with a usual heading, else the first one if it holds any period, else the one with most. */
function periodColumn(headings: readonly string[], body: readonly TableRow[]): number {
  const named = headings.findIndex((heading) => periodHeadings.test(heading));
  if (named >= 0) return named;
  const counts = headings.map((_h, c) => body.filter((row) => looksLikePeriod(row.cells[c])).length);
  const most = counts.indexOf(Math.max(...counts));
  return counts[0]! > 0 && 2 * counts[0]! >= counts[most]! ? 0 : most;
}

function isPart(body: readonly TableRow[], column: number): boolean {
  const texts = body.map((row) => textOf(row.cells[column])).filter((text) => text !== '');
  return (
    texts.length > 0 &&
    texts.every((text) => /^(?:[Qq第]?\s*(?:[1-9]|1[0-2])\s*[月季]?度?|[一二三四]季度)$/.test(text))
  );
}

/** How many different texts a column has. */
function distinct(body: readonly TableRow[], column: number): number {
  return new Set(body.map((row) => textOf(row.cells[column]))).size;
}

/** Whether a column has words and no number. */
function holdsText(body: readonly TableRow[], column: number): boolean {
  let words = false;
  for (const row of body) {
    const cell = row.cells[column];
    if (typeof cell === 'number' || typeof cell === 'bigint') return false;
    const text = textOf(cell);
    if (isMissing(text)) continue;
    if (readFigure(text, '.') !== undefined || readFigure(text, ',') !== undefined) return false;
    words = true;
  }
  return words;
}

function isEmpty(body: readonly TableRow[], column: number): boolean {
  return body.every((row) => textOf(row.cells[column]) === '');
}
