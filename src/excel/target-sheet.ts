import { assess } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Label } from '../plan/indicator.ts';
import { periodOf, targetBand } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { centerOf, defaultWidths } from '../plan/relation.ts';
import { firmnesses } from '../plan/target.ts';
import type { Target } from '../plan/target.ts';
import { addPeriods, frequencyOf, perYear, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { isRate, measures, relations, targetColumn, targetColumns } from './columns.ts';
import type { TargetColumn } from './columns.ts';
import { keyOf } from './columns.ts';
import { modelCell } from './model-layout.ts';
import type { ModelLayout } from './model-layout.ts';
import { pathLevels, pathPlace } from './model-sheets.ts';
import { historyCell, sheetNames } from './places.ts';
import type { HistoryTable } from './places.ts';
import { firstWidthRow, labelCells } from './plan-sheets.ts';
import { address, blockOf, elsewhere, formats, head, input, live, signed, text } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

/** What the target table is computed from. */
export interface TargetContext {
  readonly plan: Plan;
  readonly data: Dataset;
  readonly tables: readonly HistoryTable[];
  readonly layout?: ModelLayout;
}

/**
 * The target table: what the plan says as cells to change, and beside it as formulas the band that each target stands
 * for, the value expected of it, the gap between them and how it stands.
 *
 * @param blank rows to fill in below the targets, whose bands are formulas already
 */
export function targetSheet(context: TargetContext, blank = 0): Sheet {
  const { plan } = context;
  const rows = assessed(context);
  const body = plan.targets.map((target, i) => targetRow(context, target, i, rows[i]!));
  const empty = Array.from({ length: blank }, (_, k) => blankRow(plan.targets.length + k + 1));
  const last = body.length + blank + 1;
  const list = (key: TargetColumn, values: readonly string[]) => {
    const column = address(0, targetColumn(key)).replace(/\d+$/, '');
    return { range: `${column}2:${column}${Math.max(2, last)}`, values };
  };
  return {
    name: sheetNames.targets,
    rows: [targetColumns.map(head), ...body, ...empty],
    frozen: { rows: 1, columns: 3 },
    hidden: blank > 0 || context.layout === undefined ? [] : unused(body),
    // What is to be read stands up to the status; behind it what few targets say.
    printed: targetColumn('status') + 1,
    grounds: groundsOf(Math.max(2, last)),
    lists: [list('measure', measures), list('relation', relations), list('firmness', firmnesses)],
  };
}

/** Columns in which no target says anything: in a workbook to look at they are in the way. */
function unused(rows: readonly (readonly Cell[])[]): number[] {
  return targetColumns.flatMap((_, c) =>
    rows.length > 0 && rows.every((row) => row[c]!.value === null || row[c]!.value === '') ? [c] : [],
  );
}

/** How a target stands, in colours that are told apart in print and without red and green. */
function groundsOf(last: number): NonNullable<Sheet['grounds']> {
  const cell = address(1, targetColumn('status'));
  const range = `${cell}:${cell.replace(/\d+$/, '')}${last}`;
  const any = (...words: string[]): string => `OR(${words.map((word) => `${cell}="${word}"`).join(',')})`;
  return [
    { range, formula: any('met', 'on track'), colour: 'C6E7DC' },
    { range, formula: any('at risk'), colour: 'FBE3B5' },
    { range, formula: any('missed'), colour: 'F3C1A8' },
  ];
}

/** Expected values by row, as formulas of other sheets, with the library's own assessment. */
interface AssessedRow {
  readonly assessment: Assessment;
  readonly final: boolean;
  readonly expected: string | undefined;
  readonly leader: string | undefined;
  readonly leaderValue: number;
}

function assessed(context: TargetContext): AssessedRow[] {
  const { plan, data } = context;
  const outlook = outlookOf(context);
  // Levels that start at an index of 100 say nothing about a target in the indicator's own unit.
  const scaled = assess(plan, { actual: data, outlook });
  const known = assess(plan, { actual: data });
  return plan.targets.map((target, i) => {
    const own = inOwnUnit(context, target.indicator);
    const assessment = settled(target, target.measure === 'growth' || own ? scaled[i]! : known[i]!);
    const final =
      known[i]!.status === 'met' || known[i]!.status === 'missed' || !Number.isNaN(known[i]!.expected);
    return {
      assessment,
      final,
      expected: Number.isNaN(assessment.expected)
        ? undefined
        : measureFormula(context, target, target.indicator, final ? 'actual' : 'outlook'),
      ...leaderOf(context, target, assessment),
    };
  });
}

/**
 * An assessment without the noise of computing: a value on the edge of its band, such as a growth that the model takes
 * from the target itself, is on the edge and not a rounding error away from it. The formulas round likewise.
 */
function settled(target: Target, row: Assessment): Assessment {
  const { relation } = target;
  const near = 10 ** -edgeDigits;
  if (row.status === 'unknown' || !(Math.abs(row.gap) < near)) return row;
  const strict = 'strict' in relation && relation.strict;
  const good = !strict || Math.abs(row.expected - relation.value) >= near;
  const final = row.status === 'met' || row.status === 'missed';
  return { ...row, gap: 0, status: final ? (good ? 'met' : 'missed') : good ? 'on track' : 'at risk' };
}

/** Decimals to which a value is held against the edge of a band. */
const edgeDigits = 12;

/** The value that an in-step target follows: the leader's own where it is known, else what its target says. */
function leaderOf(
  context: TargetContext,
  target: Target,
  assessment: Assessment,
): { leader: string | undefined; leaderValue: number } {
  const { plan, data } = context;
  const { relation } = target;
  const { low, high } = assessment.band ?? {};
  if (relation.kind !== 'in-step-with' || low === undefined || high === undefined)
    return { leader: undefined, leaderValue: NaN };
  const leader = relation.indicator;
  const theirs = { ...target, indicator: leader };
  const alone: Plan = { ...plan, targets: [{ ...theirs, relation: { kind: 'reach', value: 0 } }] };
  const [actual] = assess(alone, { actual: data });
  const [both] = assess(alone, { actual: data, outlook: outlookOf(context) });
  const final = !Number.isNaN(actual!.expected);
  if (!Number.isNaN(both!.expected)) {
    return {
      leader: measureFormula(context, theirs, leader, final ? 'actual' : 'outlook'),
      leaderValue: both!.expected,
    };
  }
  const k = plan.targets.findIndex((t) => t.indicator === leader && t.measure === target.measure);
  const value = k < 0 ? undefined : centerOf(plan.targets[k]!.relation);
  if (value === undefined) return { leader: undefined, leaderValue: (low + high) / 2 };
  const [from, to] = [address(k + 1, targetColumn('value')), address(k + 1, targetColumn('to'))];
  return {
    leader: plan.targets[k]!.relation.kind === 'within' ? `(${from}+${to})/2` : from,
    leaderValue: value,
  };
}

function targetRow(context: TargetContext, target: Target, i: number, row: AssessedRow): Cell[] {
  const { plan } = context;
  const { relation } = target;
  const format = isRate(target) ? formats.rate : formats.number;
  const [from, until] = target.period === undefined ? [] : [target.period].flat();
  const indicator = Object.hasOwn(plan.indicators, target.indicator)
    ? plan.indicators[target.indicator]
    : undefined;
  const [labelEn, labelZh] = labelCells(target.label);
  const [noteEn, noteZh] = labelCells(target.note);
  const { assessment } = row;
  const band = assessment.band;
  const cells: Partial<Record<TargetColumn, Cell>> = {
    ...derivedCells(i + 1, format),
    id: input(target.id),
    indicator: input(target.indicator),
    name: text(inBoth(target.label ?? indicator?.label ?? ''))!,
    measure: input(target.measure),
    relation: input(relation.kind),
    value: input(
      relation.kind === 'within'
        ? relation.low
        : relation.kind === 'in-step-with'
          ? undefined
          : relation.value,
      format,
    ),
    to: input(relation.kind === 'within' ? relation.high : undefined, format),
    leader: input(relation.kind === 'in-step-with' ? relation.indicator : undefined),
    width: input('width' in relation ? relation.width : undefined, format),
    period: input(from),
    until: input(until),
    prices: text(indicator?.prices ?? '')!,
    strict: input('strict' in relation ? relation.strict : undefined),
    cumulative: input(target.cumulative),
    firmness: input(target.firmness),
    deadline: input(target.deadline),
    part_of: input(target.partOf),
    threshold: input(target.threshold?.value),
    threshold_unit: input(target.threshold?.unit),
    versus: input(target.versus),
    label_en: labelEn,
    label_zh: labelZh,
    source: input(target.source),
    note_en: noteEn,
    note_zh: noteZh,
  };
  const half = halfWidth(plan, target, row.leaderValue);
  const computed: Partial<Record<TargetColumn, Cell>> = {
    half_width: { ...cells.half_width!, value: half ?? '' },
    leader_value: row.leader === undefined ? { value: null } : live(row.leader, row.leaderValue, format),
    low: { ...cells.low!, value: bandValue(plan, target, row, 'low') },
    high: { ...cells.high!, value: bandValue(plan, target, row, 'high') },
    expected: row.expected === undefined ? { value: null } : live(row.expected, assessment.expected, format),
    gap: { ...cells.gap!, value: Number.isNaN(assessment.gap) || band === undefined ? '' : assessment.gap },
    status: live(statusFormula(i + 1, row.final), row.expected === undefined ? 'unknown' : assessment.status),
  };
  return inOrder({ ...cells, ...computed });
}

/** A label in both languages, once where they are one. */
function inBoth(label: Label): string {
  const [en, zh] = [labelOf(label, 'en'), labelOf(label, 'zh')];
  return en === zh ? en : `${en} ${zh}`;
}

function blankRow(row: number): Cell[] {
  const derived = derivedCells(row, formats.number);
  const filled = Object.fromEntries(
    targetColumns.map((heading) => [keyOf(heading), input(undefined)]),
  ) as Record<TargetColumn, Cell>;
  return inOrder({
    ...filled,
    name: { value: null },
    prices: { value: null },
    leader_value: { value: null },
    expected: { value: null },
    ...derived,
    status: live(statusFormula(row, false), ''),
  });
}

function inOrder(cells: Partial<Record<TargetColumn, Cell>>): Cell[] {
  return targetColumns.map((heading) => cells[keyOf(heading) as TargetColumn] ?? { value: null });
}

/** The cells of a row that follow from its own: half width, band, gap. Values are filled in by the caller. */
function derivedCells(row: number, format: string): Record<'half_width' | 'low' | 'high' | 'gap', Cell> {
  const c = (key: TargetColumn): string => address(row, targetColumn(key));
  const kind = c('relation');
  const table = (from: number, to: number): string =>
    blockOf(sheetNames.plan, [firstWidthRow, from], [firstWidthRow + measures.length - 1, to]);
  const standard = `INDEX(${table(3, 4)},MATCH("width "&${c('measure')},${table(0, 0)},0),IF(${kind}="about",1,2))`;
  const size = `IF(${c('measure')}="level",ABS(IF(${kind}="about",${c('value')},${c('leader_value')})),1)`;
  const distance = (side: 'low' | 'high'): string => `ROUND(${c('expected')}-${c(side)},${edgeDigits})`;
  const follows = `AND(${kind}="in-step-with",${c('leader_value')}<>"")`;
  return {
    half_width: live(
      `IF(OR(${kind}="about",${follows}),IF(${c('width')}<>"",${c('width')},${standard}*${size}),"")`,
      '',
      format,
    ),
    low: live(
      `IF(OR(${kind}="at-least",${kind}="reach",${kind}="within"),${c('value')},IF(${kind}="about",${c('value')}-${c('half_width')},IF(${follows},${c('leader_value')}-${c('half_width')},"")))`,
      '',
      format,
    ),
    high: live(
      `IF(${kind}="at-most",${c('value')},IF(${kind}="within",${c('to')},IF(${kind}="about",${c('value')}+${c('half_width')},IF(${follows},${c('leader_value')}+${c('half_width')},""))))`,
      '',
      format,
    ),
    gap: live(
      `IF(OR(${c('expected')}="",AND(${c('low')}="",${c('high')}="")),"",IF(${c('low')}<>"",MIN(0,${distance('low')}),0)+IF(${c('high')}<>"",MAX(0,${distance('high')}),0))`,
      '',
      signed(format),
    ),
  };
}

function statusFormula(row: number, final: boolean): string {
  const c = (key: TargetColumn): string => address(row, targetColumn(key));
  const [good, bad] = final ? ['met', 'missed'] : ['on track', 'at risk'];
  const edge = `AND(${c('strict')}=TRUE,ROUND(${c('expected')}-N(${c('value')}),${edgeDigits})=0)`;
  return `IF(${c('relation')}="","",IF(${c('gap')}="","unknown",IF(AND(${c('gap')}=0,NOT(${edge})),"${good}","${bad}")))`;
}

function halfWidth(plan: Plan, target: Target, leader: number): number | undefined {
  const { relation } = target;
  if (relation.kind !== 'about' && relation.kind !== 'in-step-with') return undefined;
  const center = relation.kind === 'about' ? relation.value : leader;
  if (Number.isNaN(center)) return undefined;
  if (relation.width !== undefined) return relation.width;
  const standard =
    plan.widths?.[relation.kind]?.[target.measure] ?? defaultWidths[relation.kind][target.measure];
  return target.measure === 'level' ? Math.abs(center) * standard : standard;
}

function bandValue(plan: Plan, target: Target, row: AssessedRow, side: 'low' | 'high'): number | string {
  if (target.relation.kind !== 'in-step-with') return targetBand(plan, target)?.[side] ?? '';
  return row.leader === undefined ? '' : (row.assessment.band?.[side] ?? '');
}

/** What is expected, by indicator: paths in the indicators' own units where those are known, else the model's levels. */
function outlookOf({ plan, data, layout }: TargetContext): Dataset {
  return layout === undefined ? {} : { ...layout.run, ...pathLevels(plan, layout, data) };
}

function inOwnUnit({ data, layout }: TargetContext, name: string): boolean {
  if (layout === undefined) return true;
  const base = layout.periods[layout.lead - 1]!;
  return !Number.isNaN(valueAt(data[name] ?? { start: base, values: [] }, base));
}

/** A target's measure as a formula of the sheets with published levels, or of those with projected ones. */
function measureFormula(
  context: TargetContext,
  target: Target,
  name: string,
  from: 'actual' | 'outlook',
): string | undefined {
  const { plan } = context;
  const ref = (period: Period): string | undefined =>
    from === 'actual' ? historyCell(context.tables, name, period) : outlookCell(context, name, period);
  const both = (a: string | undefined, b: string | undefined, join: (a: string, b: string) => string) =>
    a === undefined || b === undefined ? undefined : join(a, b);
  const period = periodOf(plan, target);
  if (typeof period === 'string') {
    const before = addPeriods(period, -perYear[frequencyOf(period)]);
    if (target.measure === 'growth') return both(ref(period), ref(before), (now, then) => `${now}/${then}-1`);
    if (target.measure === 'change') return both(ref(period), ref(before), (now, then) => `${now}-${then}`);
    return ref(period);
  }
  const [first, last] = period;
  const before = addPeriods(first, -1);
  switch (target.measure) {
    case 'growth': {
      const years = periodsBetween(before, last) / perYear[frequencyOf(first)];
      return both(ref(last), ref(before), (now, then) =>
        target.cumulative === true ? `${now}/${then}-1` : `(${now}/${then})^(1/${years})-1`,
      );
    }
    case 'change':
      return both(ref(last), ref(before), (now, then) => `${now}-${then}`);
    case 'share':
      return ref(last);
    case 'level': {
      if (plan.indicators[name]?.kind !== 'flow') return ref(last);
      const cells = periodsOf([first, last]).map(ref);
      return cells.includes(undefined) ? undefined : cells.join('+');
    }
    default:
      return target.measure satisfies never;
  }
}

function outlookCell(
  { plan, tables, layout }: TargetContext,
  name: string,
  period: Period,
): string | undefined {
  if (layout === undefined) return undefined;
  const place = pathPlace(plan, layout, name, period);
  if (place !== undefined) return elsewhere(sheetNames.paths, ...place);
  return modelCell(layout, name, period) ?? historyCell(tables, name, period);
}
