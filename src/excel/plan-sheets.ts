import { defaultWidths } from '../plan/relation.ts';
import type { Plan } from '../plan/plan.ts';
import { valueAt } from '../time/series.ts';
import { indexOf } from '../time/period.ts';
import type { Label } from '../plan/indicator.ts';
import { indicatorColumns, measures } from './columns.ts';
import { historySheets, sheetNames } from './places.ts';
import type { HistoryTable } from './places.ts';
import { address, head, input, live, text } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

/** Row of the sheet Plan, from 0, on which the first measure's widths stand. */
export const firstWidthRow = 6;

/** The two cells of a label: English and Chinese; a label in one language for all stands in the first. */
export function labelCells(label: Label | undefined): [Cell, Cell] {
  if (label === undefined || typeof label === 'string') return [input(label), input(undefined)];
  return [input(label.en), input(label.zh)];
}

/** What a plan says beside its targets: name, span, source, widths of "about" and "in step", identities, groups. */
export function planSheet(plan: Plan): Sheet {
  const widths = measures.map((measure, i) => {
    const row = firstWidthRow + i;
    const cells = (['about', 'in-step-with'] as const).map((kind, k) => {
      const given = plan.widths?.[kind]?.[measure];
      const standard = defaultWidths[kind][measure];
      const place = address(row, 1 + k);
      return [
        input(given, '0.0##%'),
        live(`IF(${place}="",${standard},${place})`, given ?? standard, '0.0##%'),
      ] as const;
    });
    return [text(`width ${measure}`), cells[0]![0], cells[1]![0], cells[0]![1], cells[1]![1]];
  });
  const rows: (Cell | undefined)[][] = [
    [head('field 栏目'), head('value 数值'), head(''), head(''), head('')],
    [text('name'), input(plan.name)],
    [text('from'), input(plan.span[0])],
    [text('to'), input(plan.span[1])],
    [text('source'), input(plan.source)],
    [
      head('half widths 半宽'),
      head('about 左右'),
      head('in-step-with 同步'),
      head('about, used 采用'),
      head('in step, used 采用'),
    ],
    ...widths,
    [head('lists 列表'), head('name / equation'), head('value / member'), head('unit'), head('note')],
    ...(plan.identities ?? []).map((equation) => [text('identity'), input(equation)]),
    ...(plan.assumptions ?? []).map(({ name, value, unit, note }) => [
      text('assumption'),
      input(name),
      input(value),
      input(unit),
      input(note),
    ]),
    ...(plan.groups ?? []).map(({ name, members = [] }) => [
      text('group'),
      input(name),
      ...members.map((member) => input(member)),
    ]),
  ];
  return { name: sheetNames.plan, rows };
}

/** The table of indicators; with `blank` rows to fill in below. */
export function indicatorSheet(plan: Plan, blank = 0): Sheet {
  const rows = Object.entries(plan.indicators).map(([name, indicator]) => [
    input(name),
    ...labelCells(indicator.label),
    ...[
      indicator.unit,
      indicator.kind,
      indicator.prices,
      indicator.deflator,
      indicator.code,
      indicator.scope,
    ].map((value) => input(value)),
  ]);
  const empty = Array.from({ length: blank }, () => indicatorColumns.map(() => input(undefined)));
  const last = rows.length + blank + 1;
  return {
    name: sheetNames.indicators,
    rows: [indicatorColumns.map(head), ...rows, ...empty],
    frozen: { rows: 1, columns: 1 },
    lists: [
      { range: `E2:E${last}`, values: ['flow', 'stock', 'rate', 'index'] },
      { range: `F2:F${last}`, values: ['constant', 'current', 'comparable'] },
    ],
  };
}

/** Published levels: periods down, series across. Inside a series a missing value is `NA`; outside it the cell is empty. */
export function historySheet(table: HistoryTable, blank = 0): Sheet {
  const rows = table.periods.map((period) => [
    input(period),
    ...table.names.map((name) => {
      const s = table.data[name];
      if (s === undefined) return input(undefined);
      const i = indexOf(period) - indexOf(s.start);
      const value = valueAt(s, period);
      return i >= 0 && i < s.values.length && Number.isNaN(value) ? input('NA') : input(value);
    }),
  ]);
  const empty = Array.from({ length: blank }, () =>
    Array.from({ length: table.names.length + 1 }, () => input(undefined)),
  );
  return {
    name: historySheets[table.frequency],
    rows: [[head('period 时期'), ...table.names.map(head)], ...rows, ...empty],
    frozen: { rows: 1, columns: 1 },
  };
}
