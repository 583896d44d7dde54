import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solve } from 'yalps';
import { minimise } from '../../src/numeric/linear-minimise.ts';
import {
  copyProgramme,
  linearProgramme,
  polish,
  setBounds,
  settle,
} from '../../src/numeric/linear-programme.ts';

const law = { seed: 1, numRuns: 300 } as const;
const columns = 4;

interface Row {
  readonly terms: readonly (readonly [number, number])[];
  readonly low: number;
  readonly high: number;
}

const small = fc.integer({ min: -4, max: 4 });
const row = fc
  .tuple(fc.array(small, { minLength: columns, maxLength: columns }), small, fc.integer({ min: -3, max: 6 }))
  .map(([a, low, width]): Row => {
    const terms = a.flatMap((v, j): (readonly [number, number])[] => (v === 0 ? [] : [[j, v]]));
    return {
      terms,
      low: width < -1 ? -Infinity : low,
      high: width === -1 ? Infinity : low + Math.abs(width),
    };
  });
const rows = fc.array(row, { minLength: 1, maxLength: 10 });

/** The same rows for another solver, whose unknowns are not negative: each free one is a difference of two. */
function alternative(list: readonly Row[], soft?: readonly number[]): { status: string; result: number } {
  const variables: Record<string, Record<string, number>> = {};
  const constraints: Record<string, { min?: number; max?: number }> = {};
  list.forEach(({ terms, low, high }, i) => {
    constraints[`r${i}`] = {
      ...(low === -Infinity ? {} : { min: low }),
      ...(high === Infinity ? {} : { max: high }),
    };
    for (const [j, a] of terms) {
      (variables[`p${j}`] ??= {})[`r${i}`] = a;
      (variables[`n${j}`] ??= {})[`r${i}`] = -a;
    }
    if (soft?.[i] !== undefined) {
      variables[`up${i}`] = { [`r${i}`]: 1, cost: soft[i] };
      variables[`down${i}`] = { [`r${i}`]: -1, cost: soft[i] };
    }
  });
  return solve({ direction: 'minimize', objective: 'cost', constraints, variables });
}

describe('linearProgramme', () => {
  it('settles where another solver finds a point, and the point satisfies every row', () => {
    let conflicts = 0;
    fc.assert(
      fc.property(rows, (list) => {
        const lp = linearProgramme(columns, list);
        const conflict = settle(lp);
        expect(conflict !== undefined).toBe(alternative(list).status === 'infeasible');
        if (conflict !== undefined) {
          conflicts++;
          return;
        }
        polish(lp);
        for (const { terms, low, high } of list) {
          const value = terms.reduce((sum, [j, a]) => sum + a * lp.value[j]!, 0);
          expect(value).toBeGreaterThan(low - 1e-11);
          expect(value).toBeLessThan(high + 1e-11);
        }
      }),
      law,
    );
    expect(conflicts).toBeGreaterThan(30);
  });

  it('a conflict is irreducible', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const conflict = settle(linearProgramme(columns, list));
        if (conflict === undefined) return;
        const members = conflict.map((i) => list[i]!);
        expect(settle(linearProgramme(columns, members))).toBeDefined();
        for (const out of members)
          expect(
            settle(
              linearProgramme(
                columns,
                members.filter((member) => member !== out),
              ),
            ),
          ).toBeUndefined();
      }),
      law,
    );
  });

  it('the least cost of soft rows is that of another solver with two slacks a row', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 10 }),
        (list, weights) => {
          const lp = linearProgramme(columns, list);
          for (let i = 0; i < list.length; i++) lp.weight[i] = weights[i]!;
          expect(settle(lp)).toBeUndefined();
          expect(minimise(lp)).toBe(true);
          polish(lp);
          const cost = list.reduce((sum, { low, high }, i) => {
            const value = lp.value[columns + i]!;
            return sum + weights[i]! * Math.max(0, low - value, value - high);
          }, 0);
          expect(cost).toBeCloseTo(alternative(list, weights.slice(0, list.length)).result, 6);
        },
      ),
      law,
    );
  });

  it('soft rows that stand at one bound together do not take turns for ever', () => {
    const list: Row[] = [
      {
        terms: [
          [0, 1],
          [1, -1],
        ],
        low: -0.005,
        high: 0.005,
      },
      { terms: [[0, 1]], low: 0.115, high: 0.125 },
      { terms: [[0, 1]], low: 0.115, high: Infinity },
      { terms: [[0, 1]], low: -0.005, high: 0.005 },
      { terms: [[1, 1]], low: -Infinity, high: 0 },
      {
        terms: [
          [1, 1],
          [2, -0.25],
          [3, -0.25],
          [0, -0.25],
          [4, -0.25],
        ],
        low: 0,
        high: 0,
      },
      {
        terms: [
          [5, 1],
          [2, -0.5],
          [3, -0.5],
        ],
        low: 0,
        high: 0,
      },
    ];
    const lp = linearProgramme(6, list, [0.12, 0, 0, 0, 0, 0]);
    lp.weight.fill(1, 0, 5);
    expect(settle(lp)).toBeUndefined();
    expect(minimise(lp)).toBe(true);
  });

  it('minimises a row over the others, or says that nothing limits it', () => {
    const list: Row[] = [
      {
        terms: [
          [0, 1],
          [1, 1],
        ],
        low: 1,
        high: 3,
      },
      { terms: [[0, 1]], low: 0, high: 2 },
      { terms: [[1, 1]], low: -Infinity, high: Infinity },
      { terms: [[2, 1]], low: 0, high: Infinity },
    ];
    const lp = linearProgramme(3, list);
    expect(settle(lp)).toBeUndefined();
    expect(minimise(lp, 2, 1)).toBe(true);
    expect(lp.value[3 + 2]).toBe(-1);
    expect(minimise(lp, 2, -1)).toBe(true);
    expect(lp.value[3 + 2]).toBe(3);
    expect(minimise(lp, 3, -1)).toBe(false);
  });

  it('bounds change and copies stand alone', () => {
    const lp = linearProgramme(1, [{ terms: [[0, 2]], low: 4, high: 6 }]);
    settle(lp);
    expect(lp.value[0]).toBe(2);
    const copy = copyProgramme(lp);
    setBounds(copy, 0, 8, 8);
    expect(settle(copy)).toBeUndefined();
    expect([copy.value[0], lp.value[0]]).toEqual([4, 2]);
    expect(copyProgramme(lp, copy).value[0]).toBe(2);
  });
});
