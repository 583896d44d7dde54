import { nameOfTarget } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import type { Language } from '../issue.ts';
import { quantityText } from '../plan/describe.ts';
import type { Plan } from '../plan/plan.ts';
import type { Band } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { percent, points } from './output.ts';
import type { Column } from './output.ts';

/** Targets and how they stand: one row each, in words for a person and in numbers for CSV. */
export function targetRows(plan: Plan, rows: readonly Assessment[], language: Language) {
  return rows.map((row, i) => {
    const target = plan.targets[i]!;
    const value = (number: number | undefined): string => valueText(plan, target, number, language);
    const difference = (number: number): string => (isRate(target) ? points(number) : value(number));
    return {
      indicator: row.indicator,
      measure: row.measure,
      period: typeof row.period === 'string' ? row.period : row.period.join('-'),
      name: nameOfTarget(plan, target, language),
      target: row.target,
      relation: target.relation.kind,
      low: row.band?.low,
      high: row.band?.high,
      band: bandText(row.band, (number) => value(number).replace(/(\.\d)0 %$/, '$1 %')),
      expected: row.expected,
      expectedText: value(row.expected),
      gap: row.gap,
      gapText: Number.isNaN(row.gap) ? '—' : difference(row.gap),
      probability: row.probability,
      status: row.status,
      why: row.why,
    };
  });
}

/** The columns of `targetRows`; CSV has more. */
export const targetColumns = {
  name: { key: 'name', head: 'indicator', only: 'text' },
  identity: [
    { key: 'indicator', only: 'csv' },
    { key: 'measure', only: 'csv' },
    { key: 'period', only: 'csv' },
  ],
  target: { key: 'target' },
  band: [
    { key: 'band', only: 'text' },
    { key: 'low', only: 'csv' },
    { key: 'high', only: 'csv' },
  ],
  expected: [
    { key: 'expectedText', head: 'expected', only: 'text' },
    { key: 'expected', only: 'csv' },
  ],
  gap: [
    { key: 'gapText', head: 'gap', only: 'text' },
    { key: 'gap', only: 'csv' },
  ],
  probability: { key: 'probability', as: 'percent', digits: 1 },
  status: { key: 'status', as: 'status' },
} as const satisfies Readonly<Record<string, Column | readonly Column[]>>;

/** Whether a target's measure is a rate, so that its gap is in percentage points. */
export function isRate({ measure }: Target): boolean {
  return measure === 'growth' || measure === 'share';
}

/** A value of a target's measure in words; a dash where there is none. */
export function valueText(plan: Plan, target: Target, value: number | undefined, language: Language): string {
  if (value === undefined || !Number.isFinite(value)) return '—';
  if (isRate(target)) return percent(value);
  return quantityText(value, plan.indicators[target.indicator]?.unit ?? '', language);
}

/** A band in words. */
export function bandText(band: Band | undefined, value: (number: number | undefined) => string): string {
  if (band === undefined) return '—';
  const { low, high } = band;
  if (low === undefined) return high === undefined ? 'any' : `up to ${value(high)}`;
  if (high === undefined) return `${value(low)} and more`;
  return low === high ? value(low) : `${value(low)} to ${value(high)}`;
}
