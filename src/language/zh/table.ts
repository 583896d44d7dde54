import type { Measure, Relation } from '../../plan/relation.ts';
import type { Firmness } from '../../plan/target.ts';
import { lastPeriod } from '../../time/period.ts';
import type { Period, Span } from '../../time/period.ts';
import type { Found } from '../reading.ts';
import type { Context } from './clause.ts';
import { published, unitAt } from './measure.ts';
import { numeralAt } from './number.ts';
import { tidy } from '../tidy.ts';

/** What a column of a table of targets holds. */
type Column =
  | { readonly kind: 'name' | 'unit' | 'nature' | 'average' | 'whole' | 'growth' | 'other' }
  | { readonly kind: 'year'; readonly year: number };

interface Cell {
  readonly text: string;
  readonly start: number;
}

/** The columns of a table, from its head; undefined when a line is no head. */
export function tableHead(text: string): readonly Column[] | undefined {
  const cells = cellsOf(text);
  if (cells.length < 3) return undefined;
  const columns = cells.map((cell) => columnOf(cell.text));
  const known = columns.filter((column) => column.kind !== 'other');
  return known.length >= 2 && columns.some((column) => column.kind === 'name') ? columns : undefined;
}

/** Whether a line is a row of a table: two separators at least. */
export function isRow(text: string): boolean {
  let separators = 0;
  for (let i = 0; i < text.length && separators < 2; i++)
    if (text[i] === '|' || text[i] === '\t') separators++;
  return separators >= 2;
}

/** Read one row: a target for each column that holds one. The columns of a plan's own years are targets, earlier ones are not. */
export function readRow(
  text: string,
  columns: readonly Column[] | undefined,
  span: Span | undefined,
  context: Context,
): void {
  const cells = cellsOf(text);
  if (cells.length < 2 || cells.every((cell) => /^[-: ]*$/.test(cell.text))) return;
  const aligned = columns !== undefined && columns.length === cells.length ? columns : undefined;
  const nameAt =
    aligned?.findIndex((column) => column.kind === 'name') ??
    cells.findIndex((cell) => /[\u4e00-\u9fff]{2}/.test(cell.text));
  const nameCell = cells[nameAt];
  if (nameCell === undefined) return;
  const unitText =
    aligned === undefined ? undefined : cells[aligned.findIndex((column) => column.kind === 'unit')]?.text;
  const { name, unit } = nameOf(nameCell.text, unitText);
  if (name === '') return;
  const nature: Firmness = text.includes('约束') ? 'binding' : 'expected';
  const years = (aligned ?? []).flatMap((column) => (column.kind === 'year' ? [column.year] : []));
  const first = years.length > 1 ? Math.min(...years) : undefined;
  const numeric = cells
    .map((cell, i) => ({ cell, i }))
    .filter(({ cell, i }) => i > nameAt && /\d/.test(cell.text) && aligned?.[i]?.kind !== 'unit');
  for (const { cell, i } of numeric) {
    const column: Column =
      aligned?.[i] ?? (i === numeric.at(-1)!.i ? { kind: 'other' } : { kind: 'year', year: 0 });
    const place = digitAt(cell.text);
    const number = numeralAt(cell.text, place);
    if (number === undefined) continue;
    const at: readonly [number, number] = [cell.start + place, cell.start + number.end];
    if (column.kind === 'unit' || column.kind === 'name') continue;
    if (column.kind === 'year' && (column.year < context.year || column.year === first)) {
      context.rejected.push({ span: at, reason: 'baseline' });
      continue;
    }
    context.found.push(
      rowTarget(
        {
          name,
          unit,
          nature,
          cell,
          column,
          at,
          number: number.value,
          numberEnd: number.end,
          start: nameCell.start,
        },
        span,
        context,
      ),
    );
  }
}

interface RowValue {
  readonly name: string;
  readonly unit: string;
  readonly nature: Firmness;
  readonly cell: Cell;
  readonly column: Column;
  readonly at: readonly [number, number];
  readonly number: number;
  readonly numberEnd: number;
  readonly start: number;
}

function rowTarget(row: RowValue, span: Span | undefined, context: Context): Found {
  const { cell, column } = row;
  const own = String(context.year).padStart(4, '0') as Period;
  const inCell = unitAt(cell.text, row.numberEnd);
  const percent = inCell?.family === 'percent' || (inCell === undefined && row.unit === '%');
  const points = inCell?.family === 'points' || row.unit === 'pp';
  const whole = column.kind === 'whole' || /[[【〔]/.test(cell.text);
  const falls = /下降|降低|减少|降幅|削减/.test(row.name) || cell.text.startsWith('-');
  const grows =
    column.kind === 'average' ||
    column.kind === 'growth' ||
    (/增长|增速|增幅|涨幅/.test(row.name) && !row.name.includes('率'));
  const known = context.lookup(subjectOf(row.name));
  const rate = grows || falls || known?.percentIs === 'growth' ? 'growth' : 'share';
  const level = whole && (known?.kind === 'stock' || known?.kind === 'rate') ? 'change' : 'level';
  const measure: Measure = points ? 'change' : percent ? rate : level;
  const period: Period | Span =
    column.kind === 'year'
      ? (String(column.year) as Period)
      : column.kind === 'average' || whole
        ? (span ?? own)
        : (span?.[1] ?? own);
  const last = lastPeriod(period);
  const named = inCell === undefined ? row.unit : inCell.unit;
  const multiplier = ['万亿', '亿', '万'].find((word) => row.unit.startsWith(word)) ?? '';
  const base = multiplier === '' ? undefined : unitAt(row.unit, multiplier.length);
  const scaled =
    base === undefined
      ? { value: row.number, unit: unitAt(named, 0)?.unit ?? (named === '' ? 'count' : named) }
      : published(row.number * factors[multiplier]!, multiplier, base.unit);
  const value = percent || points ? tidy(row.number / 100) : scaled.value;
  return {
    span: [row.start, cell.start + cell.text.length],
    number: [row.at[0], cell.start + (inCell?.end ?? row.numberEnd)],
    language: 'zh',
    section: context.section,
    subject: subjectOf(row.name),
    ...(known === undefined ? {} : { row: known }),
    measure,
    relation: relationOf(cell.text),
    amount: { low: value, high: value },
    publishedUnit: percent || points ? 'ratio' : scaled.unit,
    ...(falls && (measure === 'growth' || measure === 'change') ? { fall: true } : {}),
    ...(points ? { points: true } : {}),
    ...(column.kind === 'average' && !whole ? { average: true } : {}),
    ...(whole && measure === 'growth' ? { cumulative: true } : {}),
    period,
    deadline: `${last.slice(0, 4)}-12-31`,
    firmness: row.nature,
    doubts: [],
  };
}

const factors: Readonly<Record<string, number>> = { 万亿: 1e12, 亿: 1e8, 万: 1e4 };

function relationOf(cell: string): Relation['kind'] {
  if (/[>≥]|以上|不低于/.test(cell)) return 'at-least';
  if (/[<≤]|以内|以下|不超过/.test(cell)) return 'at-most';
  return cell.includes('左右') ? 'about' : 'reach';
}

/** The name without its number and unit: "2. 城镇化率(%)" is 城镇化率 in percent. */
function nameOf(cell: string, unitCell: string | undefined): { name: string; unit: string } {
  const open = cell.indexOf('(');
  const close = cell.indexOf(')', open);
  const inside = open === -1 || close === -1 ? '' : cell.slice(open + 1, close);
  const unit = unitCell ?? (inside === '百分点' || inside === '个百分点' ? 'pp' : inside);
  const bare = inside === '' || !isUnitText(inside) ? cell : cell.slice(0, open) + cell.slice(close + 1);
  return {
    name: bare.replace(/^[(\d.、)]+/, '').trim(),
    unit: unit === '个百分点' || unit === '百分点' ? 'pp' : unit,
  };
}

function isUnitText(words: string): boolean {
  const at = ['万亿', '亿', '万'].find((word) => words.startsWith(word))?.length ?? 0;
  return (
    words.includes('%') || words.includes('百分点') || unitAt(words, at) !== undefined || words.includes('/')
  );
}

function subjectOf(name: string): string {
  for (const tail of ['累计下降', '累计降低', '年均增长', '降低率', '下降', '降低', '减少', '增长', '增速'])
    if (name.endsWith(tail) && name.length > tail.length + 1) return name.slice(0, -tail.length);
  return name;
}

function columnOf(text: string): Column {
  const year = /(?:^|[^\d])((?:19|20)\d\d)(?!\d)/.exec(text);
  if (/年均|年增/.test(text)) return { kind: 'average' };
  if (text.includes('累计')) return { kind: 'whole' };
  if (/指标|项目|名称/.test(text) && year === null && !/属性|性质|类型/.test(text)) return { kind: 'name' };
  if (text.includes('单位') && text.length <= 6) return { kind: 'unit' };
  if (/属性|性质|类型/.test(text)) return { kind: 'nature' };
  if (year !== null)
    return /增长|增速/.test(text) ? { kind: 'growth' } : { kind: 'year', year: Number(year[1]) };
  return /增长|增速/.test(text) ? { kind: 'growth' } : { kind: 'other' };
}

function cellsOf(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && text[i] !== '|' && text[i] !== '\t') continue;
    cells.push({ text: text.slice(start, i), start });
    start = i + 1;
  }
  if (cells[0]?.text === '') cells.shift();
  if (cells.at(-1)?.text === '') cells.pop();
  return cells;
}

function digitAt(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 57) return i;
  return text.length;
}
