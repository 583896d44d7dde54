import type { Issue } from '../issue.ts';
import { decimalMarkIn, isAmbiguous, isMissing, readFigure } from './figure.ts';
import type { DecimalMark, Figure } from './figure.ts';
import { brief } from './reading.ts';
import type { Place } from './reading.ts';
import { textOf } from './table-layout.ts';
import type { Cell, Layout, Table, TableRow } from './table-layout.ts';

/** The decimal mark that the figures prove; a comma, or a table that leaves it open, is said once. */
export function decimalOf(
  layout: Layout,
  body: readonly TableRow[],
  separated: string | undefined,
  issues: Issue[],
): DecimalMark {
  let comma: { readonly place: Place; readonly text: string } | undefined;
  let open: typeof comma;
  for (const row of body) {
    for (const [c, role] of layout.roles.entries()) {
      const cell = row.cells[c];
      if (role.of !== 'figures' || typeof cell !== 'string') continue;
      const mark = decimalMarkIn(cell);
      if (mark === '.') return '.';
      if (mark === ',') comma ??= { place: [row.line, layout.headings[c]!], text: cell };
      else if (isAmbiguous(cell)) open ??= { place: [row.line, layout.headings[c]!], text: cell };
    }
  }
  if (comma !== undefined) {
    issues.push({
      code: 'doubtful',
      path: comma.place,
      expected: "a decimal point; { decimal: ',' } says that commas are meant",
      received: `${brief(comma.text)}, read with a decimal comma as all figures here`,
      severity: 'warning',
    });
    return ',';
  }
  if (open !== undefined && separated === ';')
    issues.push({
      code: 'doubtful',
      path: open.place,
      expected: 'figures that show whether a comma parts thousands or decimals; { decimal } says it',
      received: `${brief(open.text)}, read with commas between thousands`,
      severity: 'warning',
    });
  return '.';
}

/** The figure of a cell; what is no figure is missing, with an issue. */
export function figureOf(cell: Cell, place: Place, { decimal, issues }: Table): Figure {
  if (cell === null || cell === undefined) return { value: NaN };
  if (typeof cell === 'number' && !Number.isNaN(cell) && Number.isFinite(cell)) return { value: cell };
  if (typeof cell === 'number' && Number.isNaN(cell)) return { value: NaN };
  if (typeof cell === 'bigint') {
    const value = Number(cell);
    if (BigInt(value) !== cell)
      issues.push({
        code: 'doubtful',
        path: place,
        expected: 'at most 15 digits',
        received: `${cell}, rounded to ${value}`,
        severity: 'warning',
      });
    return { value };
  }
  const figure = typeof cell === 'string' ? readFigure(cell, decimal) : undefined;
  if (figure?.mark !== undefined) issues.push(markIssue(place, cell as string));
  if (figure !== undefined)
    return figure.percent === true ? { value: figure.value, percent: true } : { value: figure.value };
  issues.push({
    code: 'bad-number',
    path: place,
    expected: `a number such as ${decimal === '.' ? '1234.5' : '1234,5'}, or a percentage such as '12%'`,
    received: brief(cell),
  });
  return { value: NaN };
}

export function markIssue(place: Place, text: string): Issue {
  return {
    code: 'doubtful',
    path: place,
    expected: 'a figure without a footnote or a status',
    received: brief(text),
    severity: 'warning',
  };
}

export function isWords(rows: readonly TableRow[], column: number): boolean {
  let words = 0;
  for (const row of rows) {
    const text = textOf(row.cells[column]);
    if (isMissing(text)) continue;
    if (typeof row.cells[column] !== 'string') return false;
    if (readFigure(text, '.') !== undefined || readFigure(text, ',') !== undefined) return false;
    words += 1;
  }
  return words > 1;
}

export function firstText(rows: readonly TableRow[], column: number): string {
  return rows.map((row) => textOf(row.cells[column])).find((text) => !isMissing(text)) ?? '';
}
