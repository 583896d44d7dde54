import { parseExpression } from '../formula/parse.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Label } from '../plan/indicator.ts';
import { targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { targetColumn } from './columns.ts';
import { formulaText } from './formula-text.ts';
import { parameterName } from './model-layout.ts';
import type { ModelLayout } from './model-layout.ts';
import type { Origin } from './parts.ts';
import { sheetNames } from './places.ts';
import { elsewhere, formats, head, input, live, text } from './sheet.ts';
import type { Cell, Name, Sheet } from './sheet.ts';

/** Columns of the sheet Assumptions that other sheets refer to. */
export const assumptionColumns = { value: 3, low: 5, high: 6 } as const;

interface Documented {
  readonly value: number;
  readonly label?: Label;
  readonly unit?: string;
  readonly range?: readonly [number, number];
  readonly source?: string;
  readonly evidence?: string;
}

/** Rows of the sheet Assumptions: every figure with a name, of the base period first. */
export function assumptionRows({ projection }: ModelLayout): [string, Documented][] {
  const parameters = Object.entries(projection.model.parameters).map(
    ([name, p]) => [name, typeof p === 'number' ? { value: p } : p] as [string, Documented],
  );
  return [...Object.entries(projection.base?.figures ?? {}), ...parameters];
}

/** The assumptions with their names: what a colleague changes. Values that follow from the plan are formulas. */
export function assumptionSheet(plan: Plan, layout: ModelLayout): { sheet: Sheet; names: Name[] } {
  const rows = assumptionRows(layout);
  const origins = layout.projection.origins ?? {};
  const body = rows.map(([name, figure]) => {
    const format = isRatio(figure.unit) ? formats.rate : formats.number;
    const origin = Object.hasOwn(origins, name) ? origins[name] : undefined;
    return [
      text(name),
      text(labelOf(figure.label ?? name, 'en')),
      text(labelOf(figure.label ?? '', 'zh')),
      valueCell(plan, figure.value, origin, format),
      text(figure.unit),
      input(figure.range?.[0], format),
      input(figure.range?.[1], format),
      text(originWords(plan, name, origin, layout)),
      text(figure.source),
      text(figure.evidence),
    ];
  });
  const headings = [
    'name 名称',
    'assumption',
    '假设',
    'value 数值',
    'unit 单位',
    'low 低',
    'high 高',
    'origin 来历',
    'source 来源',
    'evidence 依据',
  ];
  return {
    sheet: {
      name: sheetNames.assumptions,
      rows: [headings.map(head), ...body],
      frozen: { rows: 1, columns: 1 },
    },
    names: rows.map(([name], i) => ({
      name,
      sheet: sheetNames.assumptions,
      row: i + 1,
      column: assumptionColumns.value,
    })),
  };
}

function valueCell(plan: Plan, value: number, origin: Origin | undefined, format: string): Cell {
  if (origin === undefined || origin.kind === 'given') return input(value, format);
  const target = elsewhere(sheetNames.targets, origin.target + 1, targetColumn('value'));
  if (origin.kind === 'plan') {
    // A range or an in-step target has no single cell to point at.
    const own = plan.targets[origin.target]!.relation;
    return 'value' in own && own.value === targetValue(plan, plan.targets[origin.target]!)
      ? live(target, value, format)
      : input(value, format);
  }
  const formula = formulaText(parseExpression(origin.formula), (name) =>
    name === 'target' ? target : parameterName(name),
  );
  return live(formula, value, format);
}

function originWords(
  plan: Plan,
  name: string,
  origin: Origin | undefined,
  { projection }: ModelLayout,
): string {
  if (origin === undefined) {
    return Object.hasOwn(projection.base?.figures ?? {}, name) ? 'base period 基期' : 'default 默认';
  }
  if (origin.kind === 'given') return 'given 给定';
  const { id, indicator } = plan.targets[origin.target]!;
  return origin.kind === 'plan' ? `plan 计划: ${id ?? indicator}` : `solved for 求解: ${id ?? indicator}`;
}

/** Whether a unit is a ratio, shown as a percentage: rates per year, shares and ratios below one. */
export function isRatio(unit: string | undefined): boolean {
  return unit === 'ratio/yr' || unit === '1/yr' || unit === 'share';
}
