import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../golden/sensitivity.json';
import { directions, fillSobolWords, plainSobol } from '../../src/numeric/sobol-sequence.ts';
import { attributeMiss } from '../../src/sensitivity/attribute-miss.ts';
import { discover } from '../../src/sensitivity/discover.ts';
import { regret } from '../../src/sensitivity/regret.ts';
import { shapleyValues } from '../../src/numeric/shapley-values.ts';
import { sobol } from '../../src/sensitivity/sobol.ts';
import { shortfall, targetMet } from '../../src/sensitivity/targets.ts';
import { correlation } from '../../src/uncertainty/correlation.ts';
import { normal, uniform } from '../../src/uncertainty/distribution.ts';
import { toOutcome } from '../../src/uncertainty/outcome.ts';

type Three = Record<'a' | 'b' | 'c', number>;
const product = ({ a, b, c }: Three) => (1 + a) * (1 + b) * (1 + c);
const factors = { a: normal(0.07, 0.02), b: normal(0.07, 0.04), c: normal(0.07, 0) };
const plan = { a: 0.07, b: 0.07, c: 0.07 };

describe('target-oriented views', () => {
  test('met and shortfall, of functions and of outcomes', () => {
    const bands = { high: { output: 'value', low: 3 }, inside: { output: 'value', low: 1, high: 2 } };
    const f = ({ g }: { g: number }) => g;
    expect([targetMet(f, bands)({ g: 3 }), targetMet(f, bands)({ g: 1.5 })]).toEqual([
      { high: 1, inside: 0 },
      { high: 0, inside: 1 },
    ]);
    expect([shortfall(f, bands)({ g: 2.5 }), shortfall(f, bands)({ g: 0 })]).toEqual([
      { high: 0.5, inside: 0.5 },
      { high: 3, inside: 1 },
    ]);
    const lifted = toOutcome(f, ['g']);
    const outcome = targetMet(lifted, { high: { output: 'value', low: 3 } });
    expect([...outcome.evaluate({ g: Float64Array.of(2, 3, NaN) }, 3).high]).toEqual([0, 1, 0]);
    expect(() => targetMet(f, { x: { output: 'gdp' } })({ g: 1 })).toThrow("'gdp', which is no output");
  });

  test('what decides about the target is not what moves the level', () => {
    const f = ({ steady, gamble }: Record<'steady' | 'gamble', number>) => steady + (gamble > 0.9 ? 0.2 : 0);
    const inputs = { steady: uniform(0, 1), gamble: uniform(0, 1) };
    const level = sobol(f, inputs, { points: 2048 });
    const met = sobol(targetMet(f, { top: { output: 'value', low: 1 } }), inputs, { points: 2048 });
    expect(level[0]!.first).toBeGreaterThan(0.9);
    expect(met[1]!.total).toBeGreaterThan(met[0]!.first);
    expect(met[1]!.first).toBeGreaterThan(0.05);
  });
});

describe('attribution of a miss', () => {
  test('adds up to the expected miss and to the probability of missing', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 1, max: 1.5, noNaN: true }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (seed, low, rho) => {
          const found = attributeMiss(
            product,
            factors,
            { low },
            { plan, draws: 500, seed, correlation: correlation([['a', 'b', rho]]) },
          );
          for (const key of ['miss', 'probability'] as const) {
            const sum = found.rows.reduce((total, row) => total + row[key], 0);
            expect(Math.abs(sum - (found.expected[key] - found.planned[key]))).toBeLessThan(1e-14);
          }
          expect(found.rows[2]!.miss).toBe(0);
        },
      ),
      { seed: 1, numRuns: 25 },
    );
  });

  test('the wilder factor bears the larger part; more than ten factors are sampled and still add up', () => {
    const found = attributeMiss(product, factors, { output: 'value', low: 1.2 }, { plan });
    expect(found.planned).toEqual({ miss: 0, probability: 0 });
    expect(found.rows[1]!.miss).toBeGreaterThan(1.5 * found.rows[0]!.miss);
    const names = Array.from({ length: 12 }, (_, k) => `g${k}`);
    const many = attributeMiss(
      (p: Readonly<Record<string, number>>) => names.reduce((level, name) => level * (1 + p[name]!), 1),
      Object.fromEntries(names.map((name) => [name, normal(0.05, 0.02)])),
      { low: 1.78 },
      { plan: Object.fromEntries(names.map((name) => [name, 0.05])), draws: 512, orders: 20 },
    );
    expect(many.rows.reduce((sum, { miss }) => sum + miss, 0)).toBeCloseTo(
      many.expected.miss - many.planned.miss,
      14,
    );
    expect(() => attributeMiss(product, factors, { low: 1 }, { plan: { a: 1, b: 1 } as never })).toThrow(
      "no value for 'c'",
    );
  });

  test("Shapley's rule: adds up, treats equals equally, gives nothing to those who add nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (worth) => {
          const parts = shapleyValues(worth);
          expect(parts.reduce((a, b) => a + b)).toBeCloseTo(worth[7]! - worth[0]!, 10);
          const idle = shapleyValues([...worth, ...worth]);
          expect(idle[3]).toBe(0);
        },
      ),
      { seed: 1 },
    );
    expect(shapleyValues([0, 0, 0, 1])).toEqual([0.5, 0.5]);
  });
});

describe('discover', () => {
  test('the trajectory of the EMA workbench on the same points', () => {
    const n = 1024;
    const words = new Uint32Array(n);
    const ranges = { s: [0.25, 0.35], gI: [0.02, 0.14], gS: [0.03, 0.11] } as const;
    const points = Object.fromEntries(
      Object.entries(ranges).map(([name, [low, high]], j) => {
        fillSobolWords(plainSobol(directions(3)), j, 1, n, words);
        return [name, Float64Array.from(words, (word) => low + (high - low) * (word * 2 ** -32))];
      }),
    );
    const cases = Array.from({ length: n }, (_, i) =>
      Number(
        points['s']![i]! * (1 + points['gI']![i]!) ** 5 +
          (1 - points['s']![i]!) * (1 + points['gS']![i]!) ** 5 <
          1.33,
      ),
    );
    const boxes = discover(points, cases);
    const { coverage, density, mass } = golden.prim.trajectory;
    expect(boxes).toHaveLength(coverage.length);
    boxes.forEach((box, k) => {
      expect(Math.abs(box.coverage - coverage[k]!)).toBeLessThan(1e-12);
      expect(Math.abs(box.density - density[k]!)).toBeLessThan(1e-12);
      expect(Math.abs(box.mass - mass[k]!)).toBeLessThan(1e-12);
      for (const [name, [low, high]] of Object.entries(golden.prim.box_lims[k]!)) {
        expect(Math.abs(box.limits[name]![0] - low!)).toBeLessThan(1e-12);
        expect(Math.abs(box.limits[name]![1] - high!)).toBeLessThan(1e-12);
      }
    });
    expect(boxes.at(-1)!.restricted).toEqual(['gI', 'gS']);
  });

  test('finds the corner where the plan fails, and pastes back what a greedy cut lost', () => {
    const n = 400;
    const a = Float64Array.from({ length: n }, (_, i) => (i % 20) / 20);
    const b = Float64Array.from({ length: n }, (_, i) => Math.floor(i / 20) / 20);
    const cases = Array.from({ length: n }, (_, i) => Number(a[i]! < 0.5 && b[i]! >= 0.5));
    const last = discover({ a, b }, cases).at(-1)!;
    expect([last.density, last.restricted.toSorted()]).toEqual([1, ['a', 'b']]);
    expect(last.coverage).toBeGreaterThan(0.9);
    expect(() =>
      discover(
        { a },
        cases.map(() => 0),
      ),
    ).toThrow('no case is of interest');
    expect(() => discover({ a }, cases, { peel: 2 })).toThrow('not a share');
  });
});

describe('regret', () => {
  const outcomes = { fast: { boom: 9, bust: 1 }, middle: { boom: 8, bust: 2 }, safe: { boom: 6, bust: 5 } };
  test('rows by worst regret, the minimax choice first', () => {
    const rows = regret(outcomes);
    expect(rows.map(({ option, worst, worstIn }) => [option, worst, worstIn])).toEqual([
      ['safe', 3, 'boom'],
      ['middle', 3, 'bust'],
      ['fast', 4, 'bust'],
    ]);
    expect(rows[0]!.regrets).toEqual({ boom: 3, bust: 0 });
    expect(regret(outcomes, { weights: { boom: 3 } })[0]!.mean).toBeCloseTo((3 * 1 + 3) / 4, 12);
    expect(regret(outcomes, { better: 'lower' })[0]!.worst).toBe(2);
  });
  test('in each scenario somebody has no regret, and nobody a negative one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        (table) => {
          const rows = regret(
            Object.fromEntries(table.map((row, i) => [`o${i}`, { x: row[0]!, y: row[1]!, z: row[2]! }])),
          );
          for (const s of ['x', 'y', 'z'] as const)
            expect(Math.min(...rows.map((row) => row.regrets[s]))).toBe(0);
        },
      ),
      { seed: 1 },
    );
    // @ts-expect-error an outcome is missing
    expect(() => regret({ a: { x: 1 }, b: {} })).toThrow("option 'b' has undefined");
  });
});
