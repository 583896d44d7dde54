import type { Plan } from '../plan/plan.ts';
import type { PlanStudy } from '../presets/study.ts';
import { assumptionSheet } from './assumption-sheet.ts';
import { toBytes } from './bytes.ts';
import { layOut } from './model-layout.ts';
import { contributionSheet, modelSheet, pathSheet } from './model-sheets.ts';
import { noteSheet } from './note-sheet.ts';
import type { WorkbookParts } from './parts.ts';
import { historyTables } from './places.ts';
import { historySheet, indicatorSheet, planSheet } from './plan-sheets.ts';
import type { Name, Sheet } from './sheet.ts';
import { partsOfStudy } from './study-parts.ts';
import { targetSheet } from './target-sheet.ts';
import { scenarioSheet, sensitivitySheet } from './what-if-sheets.ts';

/**
 * A plan as an Excel workbook (xlsx) in which everything derived is a live formula.
 *
 * Sheets: the target table with bands, expected values and gaps; yearly paths; contributions; scenarios; sensitivities;
 * assumptions, each with a name that formulas use; the model, an equation a row; notes on price basis; and the
 * indicators, published levels and head of the plan, which `readWorkbook` takes back. Without a projection only the
 * target table, the notes and the sheets to fill in are made.
 *
 * @param from a study, or a plan with what is to stand beside it
 * @param options.data published levels by indicator, for a study: they start the paths, in the indicators' own units
 * @returns the bytes of the file; the same input gives the same bytes
 * @throws RangeError when the model has a simultaneous block, which cells cannot compute
 */
export function writeWorkbook(
  from: PlanStudy | WorkbookParts,
  options: { readonly data?: WorkbookParts['data'] } = {},
): Promise<Uint8Array> {
  const { sheets, names } = sheetsOf(from, options);
  return toBytes(sheets, names, { title: from.plan.name });
}

/**
 * An empty workbook to fill in: the columns of indicators, targets and published levels, with lists of the words that
 * each takes and bands that compute themselves. `readWorkbook` reads it.
 *
 * @param plan indicators and targets that stand there already
 */
export function workbookTemplate(plan: Plan = emptyPlan): Promise<Uint8Array> {
  return toBytes(templateSheets(plan), [], { title: plan.name });
}

/** The sheets of a template as data. */
export function templateSheets(plan: Plan): Sheet[] {
  const tables = historyTables(plan, {});
  const yearly = { frequency: 'year' as const, names: [], periods: [], data: {} };
  return [
    targetSheet({ plan, data: {}, tables }, 40),
    noteSheet(plan, undefined, []),
    indicatorSheet(plan, 40),
    ...(tables.length > 0 ? tables : [yearly]).map((table) => historySheet(table, 40)),
    planSheet(plan),
  ];
}

/** The sheets of a workbook as data, and the names of cells. */
export function sheetsOf(
  from: PlanStudy | WorkbookParts,
  options: { readonly data?: WorkbookParts['data'] } = {},
): { sheets: Sheet[]; names: Name[] } {
  const parts = 'tornado' in from ? partsOfStudy(from, options.data) : from;
  const { plan, data = {}, projection, notes = [] } = parts;
  const layout = projection === undefined ? undefined : layOut(projection);
  const tables = historyTables(plan, data);
  const targets = targetSheet({ plan, data, tables, ...(layout === undefined ? {} : { layout }) });
  const assumptions = layout === undefined ? undefined : assumptionSheet(plan, layout);
  const projected =
    layout === undefined
      ? []
      : [
          pathSheet(plan, layout, data, tables),
          contributionSheet(plan, layout),
          scenarioSheet(plan, layout),
          sensitivitySheet(plan, layout),
          assumptions!.sheet,
          modelSheet(plan, layout),
        ];
  return {
    sheets: [
      targets,
      ...projected.filter((sheet) => sheet !== undefined),
      noteSheet(plan, layout, notes),
      indicatorSheet(plan),
      ...tables.map((table) => historySheet(table)),
      planSheet(plan),
    ],
    names: assumptions?.names ?? [],
  };
}

const emptyPlan: Plan = { name: 'Plan', span: ['2026', '2026'], indicators: {}, targets: [] };
