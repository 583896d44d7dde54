import type { Language } from '../issue.ts';
import type { Plan } from '../plan/plan.ts';
import type { Band } from '../plan/relation.ts';
import { frequencyOf, indexOf, periodAt } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import { levelOf } from './consistency-equations.ts';
import type { RowsPart } from './consistency-parts.ts';
import type { BandRow, Rows } from './consistency-row.ts';
import { measureAt, reachOf } from './consistency-solve.ts';
import { rowWords } from './consistency-words.ts';

/** How much room a target has within the rest of the plan. */
export interface Slack {
  /** Position in `plan.targets`. */
  readonly target: number;
  readonly words: string;
  /** The values that its measure can take with everything else held; a side that nothing limits is absent. */
  readonly reach: Band;
  /** By how much its bound could be tightened and still be met; absent where nothing limits it. */
  readonly slack?: number;
  /** Whether no identity, equation or range touches it: it is consistent by itself, and nothing was proved. */
  readonly free: boolean;
}

/** Values at which every row holds. */
export interface Witness {
  /** Levels by indicator over the plan's periods, `NaN` where a level plays no part. */
  readonly levels: Dataset;
  readonly parameters: Readonly<Record<string, number>>;
  /** The value of each target's measure, by position in `plan.targets`; `NaN` for one that was left out. */
  readonly targets: readonly number[];
}

/** How much room each target has, asked within the part of the rows that it hangs together with. */
export function slackOf(
  plan: Plan,
  rows: Rows,
  parts: readonly RowsPart[],
  point: Float64Array,
  language: Language,
): Slack[] {
  return parts
    .flatMap((part) => {
      const from = Float64Array.from(part.unknowns, (unknown) => point[unknown]!);
      return [...part.rowOf].flatMap(([row, own]): Slack[] => {
        if (row.source.kind !== 'target') return [];
        const [low, high] = (['low', 'high'] as const).map((aim) => reachOf(part.rows, from, own, aim)!);
        // What rounding left just outside is at the bound.
        const room = Math.min(
          row.low === -Infinity ? Infinity : high! - row.low,
          row.high === Infinity ? Infinity : row.high - low!,
        );
        return [
          {
            target: row.source.target,
            words: rowWords(plan, row.source, language),
            reach: {
              ...(low === -Infinity ? {} : { low: low! }),
              ...(high === Infinity ? {} : { high: high! }),
            },
            ...(room === Infinity ? {} : { slack: Math.max(0, room) }),
            free: isFree(rows, row),
          },
        ];
      });
    })
    .toSorted((a, b) => a.target - b.target);
}

/** Whether no equation or range is reached from a row, over unknowns that rows share. */
export function isFree(rows: Rows, row: BandRow): boolean {
  return !boundUnknowns(rows).has(unknownsIn(row)[0] ?? -1);
}

const bound = new WeakMap<Rows, ReadonlySet<number>>();

function boundUnknowns(rows: Rows): ReadonlySet<number> {
  const kept = bound.get(rows);
  if (kept !== undefined) return kept;
  const reached = new Set<number>();
  for (const { tangentAt } of rows.equations)
    for (const [unknown] of tangentAt(rows.start).terms) reached.add(unknown);
  for (const row of rows.bands)
    if (row.source.kind === 'range') for (const unknown of unknownsIn(row)) reached.add(unknown);
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const row of rows.bands) {
      const own = unknownsIn(row);
      if (own.some((unknown) => reached.has(unknown))) for (const unknown of own) reached.add(unknown);
    }
  }
  bound.set(rows, reached);
  return reached;
}

function unknownsIn({ of, divisor }: BandRow): number[] {
  return [...of.terms, ...(divisor?.terms ?? [])].map(([unknown]) => unknown);
}

export function witnessOf(plan: Plan, { unknowns, bands }: Rows, point: Float64Array): Witness {
  const levels = new Map<string, Map<number, number>>();
  const parameters: Record<string, number> = {};
  for (const { name, period, isSeries, cell } of unknowns) {
    if (!isSeries) continue;
    const value = levelOf(cell, point);
    if (period === undefined) parameters[name] = value;
    else {
      const values = levels.get(name) ?? new Map<number, number>();
      values.set(indexOf(period), value);
      levels.set(name, values);
    }
  }
  const [start] = plan.span;
  const first = indexOf(start);
  const data = [...levels].map(([name, values]) => {
    const last = Math.max(...values.keys());
    const list = Array.from({ length: last - first + 1 }, (_, k) => values.get(first + k) ?? NaN);
    return [name, { start: periodAt(frequencyOf(start), first), values: list }] as const;
  });
  const targets = plan.targets.map(() => NaN);
  for (const row of bands)
    if (row.source.kind === 'target') targets[row.source.target] = measureAt(row, point);
  return { levels: Object.fromEntries(data), parameters, targets };
}
