import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tornado } from '../../src/sensitivity/tornado.ts';
import { normal } from '../../src/uncertainty/distribution.ts';
import { toOutcome } from '../../src/uncertainty/outcome.ts';

describe('tornado', () => {
  test('of a linear function, a swing is the slope times the width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (terms) => {
          const names = terms.map((_, k) => `x${k}`);
          const f = (point: Record<string, number>) =>
            terms.reduce((sum, [slope], k) => sum + slope * point[names[k]!]!, 0);
          const rows = tornado(
            f,
            Object.fromEntries(terms.map(([, width], k) => [names[k]!, [0, width] as const])),
          );
          for (const row of rows) {
            const [slope, width] = terms[names.indexOf(row.factor)]!;
            expect(row.swing).toBe(Math.abs(slope * width));
          }
          expect(rows.map((row) => row.swing)).toEqual(rows.map((row) => row.swing).sort((a, b) => b - a));
        },
      ),
      { seed: 1 },
    );
  });

  test('rows say where the factor stood and what came of it', () => {
    const f = ({ gi, gs }: { gi: number; gs: number }) => ({ gdp: 0.5 * gi + 0.5 * gs, jobs: gs });
    const rows = tornado(
      f,
      { gi: ['4%', '10%'], gs: { low: 0.05, base: 0.06, high: 0.09 } },
      { base: { gi: '8%' } },
    );
    expect(rows.map(({ output, factor }) => `${output} ${factor}`)).toEqual([
      'gdp gi',
      'gdp gs',
      'jobs gs',
      'jobs gi',
    ]);
    expect(rows[0]).toEqual({
      output: 'gdp',
      factor: 'gi',
      low: 0.05,
      base: 0.07,
      high: 0.08,
      swing: 0.03,
      from: 0.04,
      at: 0.08,
      to: 0.1,
    });
    expect(rows[3]!.swing).toBe(0);
  });

  test('a distribution lends its 10 % and 90 % quantiles and its median', () => {
    const [row] = tornado(({ g }: { g: number }) => g, { g: normal(0.07, 0.01) });
    expect([row!.low, row!.base, row!.high]).toEqual([
      0.07 + 0.01 * -1.2815515655446008,
      0.07,
      0.07 + 0.01 * 1.2815515655446008,
    ]);
  });

  test('the function is called at the points of the study and nowhere else', () => {
    const seen: number[] = [];
    tornado(({ g }: { g: number }) => seen.push(g), { g: [2, 4] });
    expect(seen).toEqual([3, 2, 4]);
  });

  test('mistakes are named', () => {
    expect(() => tornado(() => 1, {})).toThrow('tornado: there are no factors');
    expect(() => tornado(() => 1, { gs: [0, 1] }, { base: { gx: 1 } as never })).toThrow("base names 'gx'");
    expect(() => tornado(() => 'x' as never, { gs: [0, 1] })).toThrow("returned 'x'");
    expect(() => toOutcome(() => 1, ['a']).evaluate({} as never, 1)).toThrow("no factor 'a'");
  });
});
