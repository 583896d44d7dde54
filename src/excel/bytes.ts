import { readXlsx, writeXlsx } from 'hucre/xlsx';
import type { Cell, Name, Sheet } from './sheet.ts';
import { address, columnName, elsewhere, rangeName } from './sheet.ts';

type FileCell = Parameters<typeof writeXlsx>[0]['sheets'][number]['cells'] extends
  Map<string, infer C> | undefined
  ? C
  : never;

/** What a workbook file holds, as far as reading needs it. */
export interface FileSheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | boolean | Date | null)[])[];
}

/**
 * Sheets as the bytes of an xlsx file. The same sheets give the same bytes: the file carries no clock.
 *
 * @param options.title the document's title
 * @param options.values whether formula cells carry their values, so that programs that do not calculate show them; defaults to true
 */
export function toBytes(
  sheets: readonly Sheet[],
  names: readonly Name[],
  { title, values = true }: { readonly title: string; readonly values?: boolean },
): Promise<Uint8Array> {
  const epoch = new Date('2000-01-01T00:00:00Z');
  return writeXlsx({
    sheets: sheets.map((sheet) => {
      const cells = new Map<string, FileCell>();
      const widths = widthsOf(sheet);
      for (const [r, row] of sheet.rows.entries()) {
        for (const [c, cell] of row.entries())
          if (cell !== undefined)
            cells.set(
              `${r},${c}`,
              fileCell(cell, values, {
                overNumber: isNumber(sheet.rows[r + 1]?.[c]),
                besideNumber: isNumber(row[c - 1]),
              }),
            );
      }
      return {
        name: sheet.name,
        cells,
        columns: widths.map((width, c) => ({
          width,
          ...(sheet.hidden?.includes(c) === true ? { hidden: true } : {}),
        })),
        rowDefs: heightsOf(sheet, widths),
        merges: mergesOf(sheet, widths),
        freezePane: { rows: 1, ...sheet.frozen },
        pageSetup: {
          paperSize: 'a4',
          orientation: 'landscape',
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          printTitlesRow: '$1:$1',
          ...(sheet.printed === undefined
            ? {}
            : { printArea: `$A$1:${address(sheet.rows.length - 1, sheet.printed - 1, '$')}` }),
        },
        conditionalRules: (sheet.grounds ?? []).map(({ range, formula, colour }, i) => ({
          type: 'expression' as const,
          priority: i + 1,
          range,
          formula,
          style: { fill: { type: 'pattern' as const, pattern: 'solid' as const, bgColor: { rgb: colour } } },
        })),
        dataValidations: (sheet.lists ?? []).map((list) => ({
          type: 'list' as const,
          range: list.range,
          values: [...list.values],
          allowBlank: true,
          showErrorMessage: true,
        })),
      };
    }),
    namedRanges: names.map(({ name, sheet, row, column }) => ({
      name: rangeName(name),
      range: elsewhere(sheet, row, column),
    })),
    defaultFont: font,
    properties: { title: escaped(title), creator: 'tinbergen', created: epoch, modified: epoch },
  });
}

/** The sheets of an xlsx file. @throws Error when the bytes are not one */
export async function fromBytes(bytes: Uint8Array): Promise<FileSheet[]> {
  const book = await readXlsx(bytes);
  return book.sheets.map(({ name, rows }) => ({ name, rows }));
}

/** Widths in characters: the longest line of each column, where Chinese takes two; long text wraps instead. */
export function widthsOf(sheet: Sheet): number[] {
  const widths: number[] = [];
  for (const row of sheet.rows) {
    for (const [c, cell] of row.entries()) {
      // Notes run over their neighbours and would widen a column of numbers.
      if (cell === undefined || cell.look === 'note' || cell.look === 'title') continue;
      widths[c] = Math.max(widths[c] ?? 0, ...shownText(cell).split('\n').map(cellsOf));
    }
  }
  return Array.from(widths, (width) => Math.min(48, Math.max(8, (width ?? 0) + 2)));
}

/** The place of a cell as people say it. @example placeOfCell(1, 5) // 'F2' */
export function placeOfCell(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

const fills = { input: 'FFF8E1', head: 'DCE6F1' } as const;

// Named in every style: a style without a name is shown in another font than the rest.
const font = { name: 'Calibri', size: 11 } as const;

/** Height of a line in points. */
const lineHeight = 15;

/** The most columns that a line of notes runs over. */
const noteColumns = 8;

/** Rows whose text wraps are as high as their text; programs do not all see to it themselves. */
function heightsOf(sheet: Sheet, widths: readonly number[]): Map<number, { height: number }> {
  const heights = new Map<number, { height: number }>();
  for (const [r, row] of sheet.rows.entries()) {
    const lines = row.map((cell, c) => {
      if (cell === undefined || typeof cell.value !== 'string' || sheet.hidden?.includes(c) === true)
        return 1;
      if (isLineOfNotes(row)) return linesIn(cell.value, noteWidth(widths));
      return wraps(cell.value, cell.look) && cell.look !== 'note' && cell.look !== 'title'
        ? linesIn(cell.value, widths[c]!)
        : 1;
    });
    const most = Math.max(1, ...lines);
    if (most > 1) heights.set(r, { height: most * lineHeight });
  }
  return heights;
}

/** A line of notes, alone in its row, runs over the columns beside it and wraps there. */
function mergesOf(sheet: Sheet, widths: readonly number[]) {
  return sheet.rows.flatMap((row, r) =>
    isLineOfNotes(row) && widths.length > 1
      ? [{ startRow: r, startCol: 0, endRow: r, endCol: Math.min(widths.length, noteColumns) - 1 }]
      : [],
  );
}

function isLineOfNotes(row: Sheet['rows'][number]): boolean {
  return row.length === 1 && row[0]?.look === 'note';
}

function noteWidth(widths: readonly number[]): number {
  return widths.slice(0, noteColumns).reduce((sum, width) => sum + width, 0) - 2;
}

function linesIn(text: string, width: number): number {
  const lines = text.split('\n').map((line) => {
    // Latin letters are narrower than digits, in which widths are counted; and words do not fill their lines.
    const cells = 0.92 * line.length + 1.08 * (cellsOf(line) - line.length);
    return cells <= width ? 1 : Math.ceil((1.04 * cells) / width);
  });
  return lines.reduce((sum, count) => sum + count, 0);
}

function isNumber(cell: Cell | undefined): boolean {
  return typeof cell?.value === 'number';
}

function fileCell(
  cell: Cell,
  values: boolean,
  { overNumber, besideNumber }: { readonly overNumber: boolean; readonly besideNumber: boolean },
): FileCell {
  const { value, formula, format, look } = cell;
  const style = {
    ...(format === undefined ? {} : { numFmt: format }),
    font,
    ...(look === 'input' ? { font: { ...font, color: { rgb: '1F3FBF' } }, fill: solid(fills.input) } : {}),
    ...(look === 'head' ? { font: { ...font, bold: true }, fill: solid(fills.head) } : {}),
    ...(look === 'title' ? { font: { ...font, bold: true, size: 13 } } : {}),
    ...(look === 'total'
      ? { font: { ...font, bold: true }, border: { top: { style: 'thin' as const } } }
      : {}),
    ...(look === 'note' ? { font: { ...font, italic: true, color: { rgb: '595959' } } } : {}),
    alignment: {
      vertical: 'top' as const,
      // A heading stands over its numbers.
      ...(look === 'head' && overNumber ? { horizontal: 'right' as const } : {}),
      // And words do not touch the number before them.
      ...(look !== 'head' && besideNumber && typeof value === 'string'
        ? { horizontal: 'left' as const, indent: 1 }
        : {}),
      ...(typeof value === 'string' && (look === 'note' || (look !== 'title' && wraps(value, look)))
        ? { wrapText: true }
        : {}),
    },
  };
  const content = typeof value === 'string' ? escaped(value) : value;
  if (formula !== undefined) {
    return {
      value: null,
      type: 'formula',
      formula,
      ...(values && content !== null ? { formulaResult: content } : {}),
      style,
    };
  }
  if (typeof content === 'string') return { value: content, type: 'string', style };
  if (typeof content === 'number') return { value: content, type: 'number', style };
  if (typeof content === 'boolean') return { value: content, type: 'boolean', style };
  return { value: null, type: 'empty', style };
}

/** Headings wrap at once, text where it is longer than the widest column. */
function wraps(value: string, look: Cell['look']): boolean {
  return look === 'head' || value.includes('\n') || cellsOf(value) > 46;
}

function solid(rgb: string) {
  return { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb } };
}

/** The format writes odd characters as `_x000D_`; text that looks like that by itself needs its `_` written so. */
function escaped(value: string): string {
  return value.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_');
}

function shownText({ value, format }: Cell): string {
  if (typeof value !== 'number') return String(value ?? '');
  if (format?.includes('%') === true) return `${(100 * value).toFixed(2)}%`;
  return Math.abs(value) >= 1000 ? value.toFixed(1) : String(Number(value.toPrecision(7)));
}

/** Character cells that a text takes: East Asian wide characters take two. */
function cellsOf(value: string): number {
  let cells = 0;
  for (const c of value)
    cells +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
        ? 2
        : 1;
  return cells;
}
