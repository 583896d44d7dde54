import { readPeriod } from '../data/csv.ts';
import { readPlanFile } from '../data/plan-file.ts';
import type { Issue } from '../issue.ts';
import { shown } from '../mistake.ts';
import { plainDigits } from '../numeric/rate.ts';
import type { Plan } from '../plan/plan.ts';
import { fromBytes, placeOfCell } from './bytes.ts';
import type { FileSheet } from './bytes.ts';
import { indicatorColumns, keyOf, measures, synonyms, targetColumns } from './columns.ts';
import type { IndicatorColumn, TargetColumn } from './columns.ts';
import type { Dataset } from '../time/series.ts';
import { historySheets, sheetNames } from './places.ts';
import { readHistory } from './read-history.ts';
import { doubtfulRates, placed } from './read-places.ts';
import type { Places } from './read-places.ts';

/** What could be read of a workbook, and everything wrong or doubtful in it. */
export interface WorkbookReading {
  /** The plan with the targets that could be read; absent when its name, span or indicators could not. */
  readonly plan?: Plan;
  /** Published levels by indicator, from the sheets Data, Data quarters and Data months. */
  readonly data: Dataset;
  /** Paths are the sheet and the cell: `['Targets', 'F4']`. */
  readonly issues: readonly Issue[];
}

type Value = FileSheet['rows'][number][number] | undefined;

/**
 * Read the plan and the published levels of a workbook that `writeWorkbook` or `workbookTemplate` made and somebody
 * filled in: what `writeWorkbook` was given comes back.
 *
 * Percentages may be numbers or text (`'12%'`), years numbers, relations Chinese words (左右, 以上, 同步); rows without
 * anything are skipped, columns may stand in any order under their headings. Formulas count with the value that the
 * program which saved the file gave them.
 *
 * @param bytes the content of an xlsx file
 * @returns plan, levels and issues with sheet and cell; never throws for what the file holds
 */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookReading> {
  let sheets: FileSheet[];
  try {
    sheets = await fromBytes(bytes);
  } catch (error) {
    return {
      data: {},
      issues: [
        { code: 'not-read', path: [], expected: 'an xlsx workbook', received: (error as Error).message },
      ],
    };
  }
  const issues: Issue[] = [];
  const sheet = (name: string): FileSheet | undefined =>
    sheets.find((one) => one.name.trim().toLowerCase() === name.toLowerCase());
  const missing = [sheetNames.plan, sheetNames.indicators, sheetNames.targets].filter(
    (name) => sheet(name) === undefined,
  );
  for (const name of missing)
    issues.push({ code: 'missing-field', path: [name], expected: `a sheet named ${name}`, received: 'none' });
  const data = Object.values(historySheets).reduce<Dataset>((read, name) => {
    const one = sheet(name);
    return one === undefined ? read : { ...read, ...readHistory(one, issues) };
  }, {});
  if (missing.length > 0) return { data, issues };
  const places: Places = new Map();
  const content = {
    ...readHead(sheet(sheetNames.plan)!, places),
    indicators: readIndicators(sheet(sheetNames.indicators)!, places, issues),
    targets: readTargets(sheet(sheetNames.targets)!, places, issues),
  };
  const { plan, issues: found } = readPlanFile(content);
  const all = [
    ...issues,
    ...found.map((issue) => ({ ...issue, path: placed(issue.path, places) })),
    ...doubtfulRates(content.targets, places),
  ];
  return plan === undefined ? { data, issues: all } : { plan, data, issues: all };
}

function readHead(sheet: FileSheet, places: Places): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const span: unknown[] = [undefined, undefined];
  const widths: Record<string, Record<string, unknown>> = {};
  const lists: { identities: unknown[]; assumptions: unknown[]; groups: unknown[] } = {
    identities: [],
    assumptions: [],
    groups: [],
  };
  for (const [r, row] of sheet.rows.entries()) {
    if (r === 0) continue;
    const key = wordOf(row[0]);
    const at = (path: (string | number)[], column: number): void => {
      places.set(JSON.stringify(path), [sheet.name, placeOfCell(r, column)]);
    };
    if (key === 'name' || key === 'source') {
      if (isGiven(row[1])) fields[key] = textOf(row[1]);
      at([key], 1);
    } else if (key === 'from' || key === 'to') {
      const i = key === 'from' ? 0 : 1;
      span[i] = periodText(row[1]);
      at(['span', i], 1);
    } else if (key.startsWith('width ')) {
      const measure = key.slice(6);
      for (const [k, kind] of (['about', 'in-step-with'] as const).entries()) {
        if (!isGiven(row[1 + k]) || !(measures as readonly string[]).includes(measure)) continue;
        (widths[kind] ??= {})[measure] = row[1 + k];
        at(['widths', kind, measure], 1 + k);
      }
    } else if (key === 'identity' && isGiven(row[1])) {
      at(['identities', lists.identities.length], 1);
      lists.identities.push(textOf(row[1]));
    } else if (key === 'assumption' && isGiven(row[1])) {
      at(['assumptions', lists.assumptions.length], 1);
      lists.assumptions.push({
        name: textOf(row[1]),
        value: row[2] ?? undefined,
        unit: textOf(row[3]),
        note: textOf(row[4]),
      });
    } else if (key === 'group' && isGiven(row[1])) {
      at(['groups', lists.groups.length], 1);
      const members = row.slice(2).filter(isGiven).map(textOf);
      lists.groups.push({ name: textOf(row[1]), ...(members.length === 0 ? {} : { members }) });
    }
  }
  const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
  return {
    ...fields,
    span,
    ...(Object.keys(widths).length === 0 ? {} : { widths }),
    ...Object.fromEntries(filled),
  };
}

function readIndicators(sheet: FileSheet, places: Places, issues: Issue[]): Record<string, unknown> {
  const columns = columnsOf<IndicatorColumn>(sheet, indicatorColumns, ['indicator', 'unit', 'kind'], issues);
  const indicators = new Map<string, unknown>();
  for (const [r, row] of sheet.rows.entries()) {
    if (r === 0 || !row.some(isGiven)) continue;
    const cell = (key: IndicatorColumn): Value => row[columns.get(key) ?? -1];
    const id = textOf(cell('indicator')).trim();
    const place = (key: IndicatorColumn) => [sheet.name, placeOfCell(r, columns.get(key) ?? 0)] as const;
    if (id === '' || indicators.has(id) || id === '__proto__') {
      issues.push({
        code: id === '' ? 'missing-field' : 'duplicate',
        path: place('indicator'),
        expected: 'a name of its own for each indicator',
        received: id === '' ? 'nothing' : shown(id),
      });
      continue;
    }
    for (const key of ['unit', 'kind', 'prices', 'deflator', 'code', 'scope'] as const)
      places.set(JSON.stringify(['indicators', id, key]), place(key));
    places.set(JSON.stringify(['indicators', id]), place('indicator'));
    indicators.set(id, {
      label: labelFrom(cell('label_en'), cell('label_zh')) ?? id,
      ...given({
        unit: cell('unit'),
        kind: lower(cell('kind')),
        prices: lower(cell('prices')),
        deflator: cell('deflator'),
        code: cell('code'),
        scope: cell('scope'),
      }),
    });
  }
  return Object.fromEntries(indicators);
}

function readTargets(sheet: FileSheet, places: Places, issues: Issue[]): unknown[] {
  const needed = ['indicator', 'measure', 'relation', 'value'] as const;
  const columns = columnsOf<TargetColumn>(sheet, targetColumns, needed, issues);
  const derived: readonly string[] = [
    'name',
    'half_width',
    'leader_value',
    'low',
    'high',
    'expected',
    'gap',
    'status',
    'prices',
  ];
  const inputs = [...columns].filter(([key]) => !derived.includes(key));
  const targets: unknown[] = [];
  for (const [r, row] of sheet.rows.entries()) {
    if (r === 0 || !inputs.some(([, column]) => isGiven(row[column]))) continue;
    const cell = (key: TargetColumn): Value => row[columns.get(key) ?? -1];
    const at = (path: (string | number)[], key: TargetColumn): void => {
      places.set(JSON.stringify(['targets', targets.length, ...path]), [
        sheet.name,
        placeOfCell(r, columns.get(key) ?? 0),
      ]);
    };
    at([], 'indicator');
    for (const key of [
      'indicator',
      'measure',
      'relation',
      'firmness',
      'deadline',
      'id',
      'cumulative',
      'threshold',
      'period',
    ] as const)
      at([key], key);
    for (const [field, key] of [
      ['kind', 'relation'],
      ['value', 'value'],
      ['low', 'value'],
      ['high', 'to'],
      ['width', 'width'],
      ['strict', 'strict'],
      ['indicator', 'leader'],
    ] as const)
      at(['relation', field], key);
    at(['period', 1], 'until');
    at(['partOf'], 'part_of');
    targets.push(targetFrom(cell));
  }
  return targets;
}

function targetFrom(cell: (key: TargetColumn) => Value): unknown {
  const kind = known(cell('relation'));
  const own =
    kind === 'within'
      ? { low: number(cell('value')), high: number(cell('to')) }
      : kind === 'in-step-with'
        ? { indicator: text(cell('leader')), width: number(cell('width')) }
        : { value: number(cell('value')), width: number(cell('width')), strict: cell('strict') };
  const [from, until] = [periodText(cell('period')), periodText(cell('until'))];
  const threshold = isGiven(cell('threshold'))
    ? { value: cell('threshold'), unit: textOf(cell('threshold_unit')) }
    : undefined;
  return given({
    id: text(cell('id')),
    indicator: text(cell('indicator')),
    measure: known(cell('measure')),
    relation: given({ kind, ...own }),
    period: until === undefined ? from : [from, until],
    cumulative: cell('cumulative'),
    firmness: lower(cell('firmness')),
    deadline: dateText(cell('deadline')),
    partOf: text(cell('part_of')),
    threshold,
    versus: text(cell('versus')),
    label: labelFrom(cell('label_en'), cell('label_zh')),
    source: text(cell('source')),
    note: labelFrom(cell('note_en'), cell('note_zh')),
  });
}

/** Column of each heading that is known; a needed one that is missing is an issue at the heading row. */
function columnsOf<K extends string>(
  sheet: FileSheet,
  headings: readonly string[],
  needed: readonly K[],
  issues: Issue[],
): Map<K, number> {
  const keys = headings.map(keyOf);
  const chinese = new Map(
    headings.map((heading) => [heading.slice(heading.indexOf(' ') + 1), keyOf(heading)]),
  );
  const columns = new Map<K, number>();
  for (const [column, value] of (sheet.rows[0] ?? []).entries()) {
    const heading = textOf(value).trim();
    if (heading === '') continue;
    const key = keys.includes(keyOf(heading)) ? keyOf(heading) : chinese.get(heading);
    if (key !== undefined && !columns.has(key as K)) columns.set(key as K, column);
  }
  for (const key of needed) {
    if (!columns.has(key))
      issues.push({
        code: 'missing-field',
        path: [sheet.name, '1'],
        expected: `a column headed '${key}'`,
        received: 'none',
      });
  }
  return columns;
}

/** English and Chinese cells as a label: both, or the one that is filled for all languages. */
function labelFrom(en: Value, zh: Value): unknown {
  if (!isGiven(en)) return isGiven(zh) ? textOf(zh) : undefined;
  return isGiven(zh) ? { en: textOf(en), zh: textOf(zh) } : textOf(en);
}

function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function isGiven(value: Value): value is string | number | boolean | Date {
  return value !== undefined && value !== null && value !== '';
}

function textOf(value: Value): string {
  return value === undefined || value === null ? '' : String(value);
}

function text(value: Value): string | undefined {
  return isGiven(value) ? textOf(value) : undefined;
}

function wordOf(value: Value): string {
  return textOf(value).trim().toLowerCase();
}

function lower(value: Value): string | undefined {
  return isGiven(value) ? wordOf(value) : undefined;
}

function known(value: Value): string | undefined {
  if (!isGiven(value)) return undefined;
  return synonyms[wordOf(value)] ?? wordOf(value);
}

/** A number as it is; text that reads as a bare number likewise; other text is left for the plan reader to judge. */
function number(value: Value): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  const plain = plainDigits(value).trim();
  const digits = /^[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d*)?$/.test(plain) ? plain.replace(/[, ]/g, '') : plain;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : value;
}

function periodText(value: Value): string | undefined {
  if (!isGiven(value)) return undefined;
  return readPeriod(textOf(value)) ?? textOf(value);
}

function dateText(value: Value): string | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? String(value) : value.toISOString().slice(0, 10);
  return text(value);
}
