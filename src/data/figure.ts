import { parseRate, plainDigits } from '../numeric/rate.ts';

/** The character before the decimals. */
export type DecimalMark = '.' | ',';

/** A figure as a cell holds it. */
export interface Figure {
  /** `NaN` where the cell says that there is none. */
  readonly value: number;
  /** Whether it has a percent or per mille sign, so that `value` is a ratio. */
  readonly percent?: boolean;
  /** The footnote mark or status letter beside it. */
  readonly mark?: string;
}

/**
 * The figure in the text of a cell, or undefined when it is none.
 *
 * Thousands separators, a true minus, full-width digits and blanks around are no matter; `-`, `…`, `..`, `n/a`, `:` and
 * the like are missing. A footnote mark (`12.3*`, `12.3 p`, `12.3 1)`, `12.3 (r)`) is returned beside the number; where
 * the mark could be part of the number (`12.31)`) nothing is read.
 *
 * @param decimal which character stands before the decimals
 * @example readFigure('1,234.5 p', '.') // { value: 1234.5, mark: 'p' }
 */
export function readFigure(text: string, decimal: DecimalMark): Figure | undefined {
  if (text.length > 80) return undefined;
  const plain = plainDigits(text).trim();
  if (isMissing(plain)) return { value: NaN };
  const whole = numberIn(plain, decimal);
  if (whole !== undefined) return whole;
  const flagged = /^(?:[:：]|\.\.|…|-|n\/?a)\s+([a-z]{1,2})$/i.exec(plain);
  if (flagged !== null) return { value: NaN, mark: flagged[1]! };
  if (/^(?:\(?\d{1,2}\)|\[\w{1,3}\]|[*†‡§]{1,4})$/.test(plain)) return { value: NaN, mark: plain };
  const end = markAt(plain);
  if (end === undefined) return undefined;
  const mark = plain.slice(end).trim();
  const before = plain.slice(0, end).trim();
  const number = isMissing(before) && before !== '' ? { value: NaN } : numberIn(before, decimal);
  return number === undefined ? undefined : { ...number, mark };
}

/** Whether a cell's text says that there is no figure. */
export function isMissing(plain: string): boolean {
  return /^(?:n\.?\s?[ad]\.?|n\/a|#n\/a|nan|null|none|-+|–|—+|…+|\.{1,3}|:|x|缺|无)?$/i.test(plain);
}

/**
 * Which decimal mark a text proves: a comma before one, two, four or more digits, or a point likewise. Undefined where
 * the mark could part thousands (`1,234`), or there is none.
 */
export function decimalMarkIn(text: string): DecimalMark | undefined {
  const plain = plainDigits(text).trim();
  if (plain.length > 80 || !/\d/.test(plain)) return undefined;
  const number = /^[+-]?[\d.,' ]*\d(?=\D*$)/.exec(plain)?.[0].replace(/^[+-]/, '');
  if (number === undefined) return undefined;
  const [comma, point] = [number.lastIndexOf(','), number.lastIndexOf('.')];
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const at = Math.max(comma, point);
  if (at < 0) return undefined;
  const mark = number[at] as DecimalMark;
  if (number.indexOf(mark) !== at) return undefined;
  const isThousands = number.length - at === 4 && /^[1-9]\d{0,2}$/.test(number.slice(0, at));
  return isThousands ? undefined : mark;
}

/** Whether a text is a number whose comma may part thousands or decimals. */
export function isAmbiguous(text: string): boolean {
  return /^[+-]?[1-9]\d{0,2},\d{3}$/.test(plainDigits(text).trim());
}

const grouped = {
  '.': /^[+-]?[1-9]\d{0,2}(?:[,'’ ]\d{3})+(?:\.\d*)?$/,
  ',': /^[+-]?[1-9]\d{0,2}(?:[.'’ ]\d{3})+(?:,\d*)?$/,
};
const separators = { '.': /[,'’ ]/g, ',': /[.'’ ]/g };

function numberIn(plain: string, decimal: DecimalMark): Figure | undefined {
  const sign = /[%‰]$/.exec(plain)?.[0];
  const body = (sign === undefined ? plain : plain.slice(0, -1)).trim();
  const ungrouped = grouped[decimal].test(body) ? body.replace(separators[decimal], '') : body;
  const digits = decimal === ',' ? swapMark(ungrouped) : ungrouped;
  if (digits === undefined || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return undefined;
  const value = sign === undefined ? Number(digits) : parseRate(`${digits}${sign}`);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return sign === undefined ? { value } : { value, percent: true };
}

/** A number with a decimal comma as one with a point; undefined when it has a point already. */
function swapMark(text: string): string | undefined {
  return text.includes('.') ? undefined : text.replace(',', '.');
}

/** What may stand after a number without being part of it. */
const marks = [
  /[*†‡§#^¹²³⁰⁴-⁹]{1,4}$/,
  /\s+[bcdefinprsuz]{1,3}$/i,
  /(?<=\d)[pref]$/,
  /\s+\(?\d{1,2}\)$/,
  /\s*\(\d{1,2}\)$/,
  /\s*\[\w{1,3}\]$/,
  /\s*\([a-z]\)$/i,
  /\s*\(?(?:provisional|preliminary|revised|estimated?|forecast|projected|prov|prel|rev|est|初步核算|初步|预计|估计|修订|快报|预测)\.?\)?$/i,
];

/** Where the footnote mark at the end of a cell begins, or undefined when there is none. */
function markAt(plain: string): number | undefined {
  for (const pattern of marks) {
    const at = pattern.exec(plain)?.index;
    if (at !== undefined && at > 0) return at;
  }
  return undefined;
}
