import type { Issue } from '../issue.ts';
import { plainDigits } from '../numeric/rate.ts';
import { readPeriod } from './period-label.ts';
import { brief, state } from './reading.ts';
import type { Fact } from './reading.ts';
import { textOf } from './table-layout.ts';
import type { Layout, Table, TableRow } from './table-layout.ts';
import { readWords } from './unit-words.ts';

/** Take a `Unit:` or `Source:` line into the facts of the whole table; false when the row is another. */
export function readNote(row: TableRow, all: Map<Fact, string>): boolean {
  const filled = row.cells.map(textOf).filter((text) => text !== '');
  if (filled.length > 2) return false;
  // What Excel writes above a table to say its separator.
  if (/^sep=.?$/i.test(filled[0] ?? '')) return true;
  const words = '单位|计量单位|units?|数据来源|资料来源|来源|sources?';
  const match =
    filled.length === 1
      ? new RegExp(`^(${words})\\s*:\\s*(.+)$`, 'i').exec(plainDigits(filled[0]!))
      : new RegExp(`^(${words})\\s*:?\n(.+)$`, 'i').exec(plainDigits(filled.join('\n')));
  if (match === null) return false;
  if (!/单位|unit/i.test(match[1]!)) all.set('source', match[2]!);
  else {
    const said = readWords(match[2]!);
    all.set('unit', said.unit ?? match[2]!);
    if (said.prices !== undefined) all.set('prices', said.prices);
  }
  return true;
}

export function noteIssue(row: TableRow): Issue {
  const text = row.cells
    .map(textOf)
    .filter((cell) => cell !== '')
    .join(' ');
  return {
    code: 'not-read',
    path: [row.line],
    expected: 'figures',
    received: brief(text),
    severity: 'warning',
  };
}

/** Whether a row below the header holds figures; notes, totals, units and a repeated header are dealt with here. */
export function isBody(row: TableRow, layout: Layout, all: Map<Fact, string>, issues: Issue[]): boolean {
  const texts = row.cells.map(textOf);
  const filled = texts.filter((text) => text !== '').length;
  if (filled === 0) return false;
  const label = layout.across ? 0 : layout.roles.findIndex((role) => role.of === 'period');
  const isLabelled = readPeriod(texts[label] ?? '') !== undefined;
  // A source in two cells; a unit in two is a row of units, see `unitRow`.
  const isSource = filled === 2 && /来源|source/i.test(texts.find((text) => text !== '')!);
  if (!isLabelled && isSource && layout.headings.length > 2 && readNote(row, all)) return false;
  if (filled === 1 && !isLabelled && texts[0] !== '' && (layout.across || isNote(texts[0]!))) {
    if (!readNote(row, all)) issues.push(noteIssue(row));
    return false;
  }
  if (filled > 1 && texts.every((text, c) => text === layout.headings[c])) {
    issues.push({
      code: 'duplicate',
      path: [row.line],
      expected: 'one header',
      received: 'the same header again',
      severity: 'warning',
    });
    return false;
  }
  if (!layout.across && isTotal(texts[label] ?? '')) {
    issues.push({
      code: 'doubtful',
      path: [row.line, layout.headings[label]!],
      expected: 'a period; a total is none of the figures',
      received: brief(texts[label]),
      severity: 'warning',
    });
    return false;
  }
  return true;
}

function isNote(text: string): boolean {
  return text.length > 12 || /[:：]|^(?:\*|\(|注|note)/i.test(text);
}

function isTotal(text: string): boolean {
  return /^(?:合计|总计|小计|总和|平均|累计|全年|total|sum|average|mean|subtotal|grand total)$/i.test(
    plainDigits(text),
  );
}

/** A first row of units under the headings is taken as such; the rows that remain. */
export function unitRow(
  { layout, body, facts, issues }: Table,
  columns: Map<number, string>,
): readonly TableRow[] {
  const [row, ...rest] = body;
  const label = layout.roles.findIndex((role) => role.of === 'period');
  if (row === undefined || readPeriod(textOf(row.cells[label])) !== undefined) return body;
  const said = [...columns].map(
    ([c, name]) => [name, readWords(textOf(row.cells[c])), textOf(row.cells[c])] as const,
  );
  const isUnits =
    said.some(([, , text]) => text !== '') &&
    said.every(([, { unit }, text]) => text === '' || unit !== undefined);
  if (!isUnits) return body;
  for (const [name, words] of said)
    for (const fact of ['unit', 'kind', 'prices'] as const)
      state(facts, name, fact, words[fact], [row.line, name], issues);
  return rest;
}

/** Say when a row has more or fewer cells than the header; empty ones at its end do not count. */
export function raggedRow(row: TableRow, { headings }: Pick<Layout, 'headings'>, issues: Issue[]): void {
  let length = row.cells.length;
  while (length > headings.length && textOf(row.cells[length - 1]) === '') length -= 1;
  if (length === headings.length) return;
  issues.push({
    code: 'ragged-row',
    path: [row.line],
    expected: `${headings.length} columns`,
    received: `${length}`,
    severity: length < headings.length ? 'warning' : 'error',
  });
}
