/** A cell as it will stand in a workbook: its value and, where it is derived, the formula that gives it. */
export interface Cell {
  readonly value: string | number | boolean | null;
  /** Excel formula without the leading `=`; `value` is then what it must come to. */
  readonly formula?: string;
  /** Number format, such as `'0.0%'`. */
  readonly format?: string;
  readonly look?: 'input' | 'head' | 'title' | 'total' | 'note';
}

/** One sheet: rows of cells from A1, and how it is shown. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (Cell | undefined)[])[];
  /** Rows and columns that stay when one scrolls. Defaults to one row. */
  readonly frozen?: { readonly rows?: number; readonly columns?: number };
  /** How many columns are printed; defaults to all. */
  readonly printed?: number;
  /** Places of columns that are there and not shown. */
  readonly hidden?: readonly number[];
  /** Cells that take one of a few words. */
  readonly lists?: readonly { readonly range: string; readonly values: readonly string[] }[];
  /** Cells whose ground takes a colour where a formula of the first of them holds. */
  readonly grounds?: readonly { readonly range: string; readonly formula: string; readonly colour: string }[];
}

/** A name for a cell, which formulas use in its place. */
export interface Name {
  readonly name: string;
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

/** Formats of numbers: rates, levels, indices and ratios near one, and what has no fixed decimals. */
export const formats = { rate: '0.00%', level: '#,##0.0', ratio: '0.000', number: 'General' } as const;

/** A format for differences: with their sign. @example signed('0.00%') // '+0.00%;-0.00%;0.00%' */
export function signed(format: string): string {
  return format === formats.number ? format : `+${format};-${format};${format}`;
}

/** A heading cell. */
export const head = (value: string): Cell => ({ value, look: 'head' });

/** A cell of text. */
export const text = (value: string | undefined): Cell | undefined =>
  value === undefined ? undefined : { value };

/** A cell that people change. A missing number is an empty one. */
export const input = (value: string | number | boolean | undefined, format?: string): Cell => ({
  value: value === undefined || Number.isNaN(value) ? null : value,
  look: 'input',
  ...(format === undefined ? {} : { format }),
});

/** A derived cell: its formula, and the value that the library has for it. */
export const live = (
  formula: string,
  value: string | number,
  format?: string,
  look?: Cell['look'],
): Cell => ({
  formula,
  value: Number.isNaN(value) ? '' : value,
  ...(format === undefined ? {} : { format }),
  ...(look === undefined ? {} : { look }),
});

/** The letters of a column counted from 0. @example columnName(27) // 'AB' */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest < 0 ? '' : columnName(rest)) + String.fromCharCode(65 + (column % 26));
}

/** A cell's address, rows and columns counted from 0. @example address(0, 1) // 'B1' */
export function address(row: number, column: number, fixed: '' | '$' = ''): string {
  return `${fixed}${columnName(column)}${fixed}${row + 1}`;
}

/** A cell on another sheet, as formulas write it. @example elsewhere('Model', 0, 1) // 'Model!$B$1' */
export function elsewhere(sheet: string, row: number, column: number): string {
  return `${quoted(sheet)}!${address(row, column, '$')}`;
}

/** A block of cells on another sheet, both corners included. */
export function blockOf(
  sheet: string,
  from: readonly [number, number],
  to: readonly [number, number],
): string {
  return `${quoted(sheet)}!${address(...from, '$')}:${address(...to, '$')}`;
}

function quoted(sheet: string): string {
  return /^[A-Za-z_]+$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
}

/**
 * A name that workbooks accept: letters, digits, `_` and `.`; one that would be read as a cell (`fy2014`, `r1c1`) gets
 * an underscore.
 *
 * @example rangeName('g_services') // 'g_services'
 */
export function rangeName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}_.]/gu, '_');
  const cellLike = /^([a-z]{1,3}\d+|r|c|r\d*c\d*|true|false)$/i.test(clean);
  return cellLike || !/^[\p{L}_]/u.test(clean) ? `_${clean}` : clean;
}
