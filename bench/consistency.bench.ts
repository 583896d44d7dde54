import { solve } from 'yalps';
import { bench, describe } from 'vitest';
import { consistency } from '../src/assess/consistency.ts';
import type { Plan } from '../src/plan/plan.ts';
import type { Target } from '../src/plan/target.ts';
import type { Dataset } from '../src/time/series.ts';

// 60 targets: GDP, three sums of sectors and 56 sectors of which all must stay below what GDP needs of them.
const count = 56;
const names = Array.from({ length: count }, (_, i) => `s${i}`);
const parts = [0, 1, 2].map((g) => names.filter((_, i) => i % 3 === g));
const levels = names.map((_, i) => 5 + ((i * 37) % 23));
const all = levels.reduce((sum, v) => sum + v, 0);
const rates = names.map((_, i) => 0.04 + ((i * 13) % 11) / 100);
const indicator = { label: 'x', unit: '100m CNY', kind: 'flow' } as const;
const growth = (name: string, kind: 'at-least' | 'at-most', value: number): Target => ({
  indicator: name,
  measure: 'growth',
  relation: { kind, value },
});
const reached = levels.reduce((sum, v, i) => sum + (v / all) * rates[i]!, 0);

const planOf = (gdp: number): Plan => ({
  name: 'sixty targets',
  span: ['2014', '2014'],
  indicators: Object.fromEntries(['gdp', 'p0', 'p1', 'p2', ...names].map((name) => [name, indicator])),
  identities: ['gdp = p0 + p1 + p2', ...parts.map((list, g) => `p${g} = ${list.join(' + ')}`)],
  targets: [
    growth('gdp', 'at-least', gdp),
    ...[0, 1, 2].map((g) => growth(`p${g}`, 'at-least', 0.02)),
    ...names.map((name, i) => growth(name, 'at-most', rates[i]!)),
  ],
});
const history: Dataset = Object.fromEntries(
  names.map((name, i) => [name, { start: '2013', values: [levels[i]!] }]),
);

// The same rows for the alternative, which has no free unknowns: rates are shifted by 1.
type Row = {
  readonly terms: readonly (readonly [string, number])[];
  readonly low?: number;
  readonly high?: number;
};
const rowsOf = ({ targets }: Plan): Row[] => {
  const size = (list: readonly string[]): number =>
    list.reduce((sum, name) => sum + levels[names.indexOf(name)]!, 0);
  const identities = [
    [['gdp', 1] as const, ...parts.map((list, g) => [`p${g}`, -size(list) / all] as const)],
    ...parts.map((list, g) => [
      [`p${g}`, 1] as const,
      ...list.map((name) => [name, -levels[names.indexOf(name)]! / size(list)] as const),
    ]),
  ];
  return [
    ...identities.map((terms): Row => ({ terms, low: 0, high: 0 })),
    ...targets.map(({ indicator: name, relation }): Row => {
      if (relation.kind === 'at-least') return { terms: [[name, 1]], low: 1 + relation.value };
      return { terms: [[name, 1]], high: 1 + (relation as { value: number }).value };
    }),
  ];
};
const feasible = (rows: readonly Row[]): boolean => {
  const variables: Record<string, Record<string, number>> = {};
  const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {};
  rows.forEach(({ terms, low, high }, i) => {
    if (low !== undefined && low === high) constraints[`r${i}`] = { equal: low };
    else
      constraints[`r${i}`] = {
        ...(low === undefined ? {} : { min: low }),
        ...(high === undefined ? {} : { max: high }),
      };
    for (const [name, value] of terms) (variables[name] ??= {})[`r${i}`] = value;
  });
  return solve({ direction: 'minimize', objective: 'none', constraints, variables }).status !== 'infeasible';
};
/** A plain deletion filter: every row is taken out once, and the rest solved afresh. */
const filter = (rows: readonly Row[]): Row[] => {
  let kept = [...rows];
  for (const row of rows) {
    const rest = kept.filter((other) => other !== row);
    if (!feasible(rest)) kept = rest;
  }
  return kept;
};

const impossible = planOf(reached + 0.01);
const possible = planOf(reached - 0.01);
const report = consistency(impossible, undefined, history);
const members = filter(rowsOf(impossible)).length;
if (report.consistent || report.conflict.length !== members)
  throw new Error(
    `yalps finds a conflict of ${members} rows, consistency one of ${report.consistent ? 0 : report.conflict.length}`,
  );

// A conflict of few rows among the same 60 targets: one part is asked for more than its sectors allow.
const local: Plan = {
  ...possible,
  targets: possible.targets.map((target) =>
    target.indicator === 'p0' ? growth('p0', 'at-least', 0.2) : target,
  ),
};

describe('60 targets, a conflict of them all: irreducible subset and all repairs', () => {
  bench('consistency', () => {
    consistency(impossible, undefined, history);
  });
  bench('yalps, feasible or not', () => {
    feasible(rowsOf(impossible));
  });
  bench('yalps, deletion filter alone', () => {
    filter(rowsOf(impossible));
  });
});

describe('60 targets, a conflict of a third of them', () => {
  bench('consistency', () => {
    consistency(local, undefined, history);
  });
  bench('yalps, deletion filter alone', () => {
    filter(rowsOf(local));
  });
});

describe('60 targets that hold together, with the slack of each', () => {
  bench('consistency', () => {
    consistency(possible, undefined, history);
  });
});
