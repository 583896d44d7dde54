import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, compare, defineModel, outcome, runScenarios, series } from '../../src/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import { finite, law } from '../support/arbitraries.ts';

const value = finite(-3, 3);
const four = fc.tuple(value, value, value, value);

/** Symmetric in b and c; d does nothing; a and b are joined. */
const joined = ({ a, b, c, d }: Readonly<Record<'a' | 'b' | 'c' | 'd', number>>) => ({
  mixed: a * b * c + a ** 2 + b + c + 0 * d,
  sum: a + b + c,
});
const pointOf = ([a, b, c, d]: readonly [number, number, number, number]) => ({ a, b, c, d });
const sumOf = (parts: readonly { readonly part: number }[]): number =>
  parts.reduce((sum, { part }) => sum + part, 0);

describe('attribute', () => {
  it('parts sum to the difference, and a factor without effect or change gets nothing', () => {
    fc.assert(
      fc.property(four, four, (from, to) => {
        const [base, scenario] = [pointOf(from), pointOf(to)];
        const rows = attribute(joined, base, scenario);
        for (const output of ['mixed', 'sum'] as const) {
          const mine = rows.filter((row) => row.output === output);
          const difference = joined(scenario)[output] - joined(base)[output];
          for (const row of mine) expect(row.difference).toBe(difference);
          expect(Math.abs(sumOf(mine) - difference)).toBeLessThan(1e-13 * (1 + 30));
          for (const row of mine.filter(({ factor }) => factor === 'd')) expect(row.part).toBe(0);
        }
        const changed = (['a', 'b', 'c', 'd'] as const).filter((name) => base[name] !== scenario[name]);
        expect(rows.filter(({ output }) => output === 'sum').map(({ factor }) => factor)).toEqual(changed);
      }),
      law,
    );
  });

  it('factors may have the names that objects have', () => {
    const base = { constructor: 1, toString: 2, a: 1 } as unknown as Record<string, number>;
    expect(attribute((point: Record<string, number>) => point['a']! * 3, base, { a: 2 })).toEqual([
      { output: 'value', factor: 'a', part: 3, difference: 3 },
    ]);
  });

  it('what is alike is treated alike', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, toA, b, toB) => {
        fc.pre(a !== toA && b !== toB);
        const rows = attribute(joined, { a, b, c: b, d: 0 }, { a: toA, b: toB, c: toB }).filter(
          ({ output }) => output === 'mixed',
        );
        expect(Math.abs(rows[1]!.part - rows[2]!.part)).toBeLessThan(1e-12);
      }),
      law,
    );
  });

  it('the order of factors does not matter, the way back has the parts with the other sign, and a sum has nothing to share', () => {
    fc.assert(
      fc.property(four, four, (from, to) => {
        const [base, scenario] = [pointOf(from), pointOf(to)];
        const part = (
          rows: readonly { readonly output: string; readonly factor: string; readonly part: number }[],
          factor: string,
        ): number => rows.find((row) => row.output === 'mixed' && row.factor === factor)?.part ?? 0;
        const forward = attribute(joined, base, scenario);
        const turned = attribute(joined, { d: base.d, c: base.c, b: base.b, a: base.a }, scenario);
        const back = attribute(joined, scenario, base);
        for (const name of ['a', 'b', 'c'] as const) {
          expect(Math.abs(part(forward, name) - part(turned, name))).toBeLessThan(1e-12);
          expect(Math.abs(part(forward, name) + part(back, name))).toBeLessThan(1e-12);
        }
        for (const row of forward.filter(({ output, factor }) => output === 'sum' && factor !== 'd'))
          expect(Math.abs(row.part - (scenario[row.factor] - base[row.factor]))).toBeLessThan(1e-13 * 10);
      }),
      law,
    );
  });

  it('a product of two: own effects and half of the joint one each', () => {
    expect(attribute(({ a, b }) => a * b, { a: 1, b: 2 }, { a: 3, b: 5 })).toEqual([
      { output: 'value', factor: 'a', part: 7, difference: 13 },
      { output: 'value', factor: 'b', part: 6, difference: 13 },
    ]);
    expect(attribute(({ a, b }) => a * b, { a: '10%', b: 2 }, { a: '10%' })).toEqual([]);
  });

  it('fifteen factors exactly; more by sampled orders, which still sum and repeat with their seed', () => {
    const names = Array.from({ length: 18 }, (_, k) => `g${k}`);
    const product = (p: Readonly<Record<string, number>>): number =>
      names.reduce((level, name) => level * (1 + (p[name] ?? 0)), 100);
    const pointWith = (n: number, g: (k: number) => number) =>
      Object.fromEntries(names.slice(0, n).map((name, k) => [name, g(k)]));
    const fifteen = attribute(
      product,
      pointWith(15, () => 0),
      pointWith(15, () => 0.02),
    );
    for (const { part } of fifteen) expect(part).toBeCloseTo((100 * (1.02 ** 15 - 1)) / 15, 10);
    const [zero, up] = [pointWith(18, () => 0), pointWith(18, (k) => 0.01 * (k + 1))];
    const many = attribute(product, zero, up, { orders: 50 });
    expect(sumOf(many)).toBeCloseTo(many[0]!.difference, 9);
    expect(attribute(product, zero, up, { orders: 50, seed: 0 })).toEqual(many);
    expect(attribute(product, zero, up, { orders: 50, seed: 1 })).not.toEqual(many);
  });

  it('names what is wrong', () => {
    const f = ({ a, b }: { readonly a: number; readonly b: number }): number => a + b;
    expect(() => attribute(f, { a: 1, b: 2 }, { aa: 1 } as never)).toThrow(
      "attribute: the base has no factor 'aa'; did you mean 'a'?",
    );
    expect(() => attribute(f, { a: 1, b: NaN }, { a: 2 })).toThrow("'b' is NaN");
    expect(() => attribute(f, { a: 1, b: 2 }, { a: 'x%' as never })).toThrow("'x%' is not a rate");
    expect(() => attribute(f, { a: 1, b: 2 }, { a: 2 }, { orders: 0 })).toThrow('0 orders are not possible');
  });
});

describe('attribute, of scenarios of a model', () => {
  const model = defineModel({
    equations: ['y = y[-1] * (1 + g) + x', 'z = log(y) + 0.2 * z[-1] + 0.1 * y / z'],
    parameters: { g: 0.1 },
  });
  const history = { y: series('2013', [100]), z: series('2013', [5]), x: series('2014', [1, 2, 3]) };
  const over = ['2014', '2016'] as const;

  it("parts sum to compare's differences: by period, with series, values by period and add-factors", () => {
    fc.assert(
      fc.property(finite(-0.2, 0.4), finite(0, 5), finite(-2, 2), (g, x, add) => {
        const scenarios = [
          { name: 'all', set: { g, x: { '2015': x } }, addFactors: { y: { '2014': add } } },
          { name: 'one', set: { g } },
          { name: 'none', set: {} },
        ];
        const options = { over, set: { x: [1.5, 1.5, 1.5] } };
        const solveOptions = { over, set: { x: series('2014', options.set.x) } };
        const rows = attribute(model, history, scenarios, { ...solveOptions, variables: ['y', 'z'] });
        const compared = compare(runScenarios(model, history, scenarios, solveOptions), {
          variables: ['y', 'z'],
          periods: ['2014', '2015', '2016'],
        }).filter(({ scenario }) => scenario !== 'baseline');
        for (const { scenario, variable, period, difference } of compared) {
          const mine = rows.filter(
            (row) => row.scenario === scenario && row.variable === variable && row.period === period,
          );
          expect(mine.map(({ factor }) => factor)).toEqual(
            scenario === 'all' ? ['g', 'x', 'add:y'] : scenario === 'one' ? ['g'] : [],
          );
          for (const row of mine) expect(Math.abs(row.difference - difference)).toBeLessThan(1e-11);
          expect(Math.abs(sumOf(mine) - difference)).toBeLessThan(1e-11);
        }
      }),
      { ...law, numRuns: 50 },
    );
  });

  it('agrees with the same question asked of the compiled outcome', () => {
    const study = outcome(model, history, { over, factors: ['g', 'x'], read: ['z'] });
    const constant = { ...history, x: series('2014', [1, 1, 1]) };
    const points = attribute(study, { g: 0.1, x: 1 }, { g: 0.15, x: 4 });
    const rows = attribute(model, constant, [{ name: 's', set: { g: 0.15, x: 4 } }], {
      over,
      variables: ['z'],
      periods: ['2016'],
    });
    expect(rows.map(({ factor }) => factor)).toEqual(points.map(({ factor }) => factor));
    rows.forEach(({ part }, k) => expect(Math.abs(part - points[k]!.part)).toBeLessThan(1e-12));
  });

  it('the two engines: a scenario that speeds industry up and slows services down', () => {
    const engine = twoEngine();
    const rows = attribute(
      engine,
      twoEngineHistory(engine, '2013'),
      [{ name: 'industry-led', set: { g_output_industry: '18%', g_services: '6%' } }],
      { over: ['2014', '2014'], variables: ['growth_gdp'] },
    );
    const [industry, services] = rows;
    expect(industry!.part).toBeGreaterThan(0);
    expect(services!.part).toBeLessThan(0);
    expect(sumOf(rows)).toBeCloseTo(industry!.difference, 14);
  });

  it('refuses an unknown variable', () => {
    expect(() =>
      attribute(model, history, [{ name: 's', set: { g: 0.2 } }], { over, variables: ['yy' as 'y'] }),
    ).toThrow("attribute: there is no variable 'yy'; did you mean 'y'?");
  });
});
