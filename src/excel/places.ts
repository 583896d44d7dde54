import type { Plan } from '../plan/plan.ts';
import { frequencyOf, indexOf } from '../time/period.ts';
import type { Frequency, Period } from '../time/period.ts';
import { align, periodsOf } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { elsewhere } from './sheet.ts';

/** Names of the sheets. */
export const sheetNames = {
  targets: 'Targets',
  paths: 'Paths',
  contributions: 'Contributions',
  scenarios: 'Scenarios',
  sensitivities: 'Sensitivities',
  assumptions: 'Assumptions',
  model: 'Model',
  notes: 'Notes',
  indicators: 'Indicators',
  plan: 'Plan',
} as const;

/** Sheets of published levels, one for each frequency. */
export const historySheets: Readonly<Record<Frequency, string>> = {
  year: 'Data',
  quarter: 'Data quarters',
  month: 'Data months',
};

/** A sheet of published levels: periods down, series across. */
export interface HistoryTable {
  readonly frequency: Frequency;
  readonly names: readonly string[];
  readonly periods: readonly Period[];
  readonly data: Dataset;
}

/**
 * Published levels by frequency, with the plan's yearly indicators always among the yearly ones, so that there is a
 * column to fill in.
 */
export function historyTables(plan: Plan, data: Dataset): HistoryTable[] {
  const filled = Object.keys(data).filter((name) => data[name]!.values.length > 0);
  const own = Object.keys(plan.indicators).filter((name) => !filled.includes(name));
  const frequencies = ['year', 'quarter', 'month'] as const;
  return frequencies.flatMap((frequency) => {
    const names = filled.filter((name) => frequencyOf(data[name]!.start) === frequency);
    const blank = frequency === 'year' ? own : [];
    if (names.length + blank.length === 0) return [];
    const part = Object.fromEntries(names.map((name) => [name, data[name]!]));
    const first = names[0];
    const periods = first === undefined ? [] : periodsOf(align(part, 'extent')[first]!);
    return [{ frequency, names: [...names, ...blank], periods, data: part }];
  });
}

/** The cell of a published level; undefined where the table has none. */
export function historyCell(
  tables: readonly HistoryTable[],
  name: string,
  period: Period,
): string | undefined {
  const table = tables.find(({ frequency }) => frequency === frequencyOf(period));
  const first = table?.periods[0];
  if (table === undefined || first === undefined) return undefined;
  const [row, column] = [indexOf(period) - indexOf(first), table.names.indexOf(name)];
  return row < 0 || row >= table.periods.length || column < 0
    ? undefined
    : elsewhere(historySheets[table.frequency], row + 1, column + 1);
}
