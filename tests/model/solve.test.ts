import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkModel, defineModel, growth, series, solve } from '../../src/index.ts';
import type { Model, Series } from '../../src/index.ts';
import { close, finite, frozen, law } from '../support/arbitraries.ts';

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

/** A recursive model in any written order: each variable needs only earlier ones, lags and growth rates. */
const recursive = fc.integer({ min: 1, max: 25 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    needs: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 1 })), { minLength: n, maxLength: n }),
    rates: fc.array(finite(-0.1, 0.2), { minLength: n, maxLength: n }),
    order: fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n, maxLength: n },
    ),
  }),
);

function built({
  n,
  needs,
  rates,
  order,
}: {
  n: number;
  needs: [number, number][];
  rates: number[];
  order: number[];
}): { model: Model; sorted: Model; history: Record<string, Series> } {
  const equation = (i: number): string => {
    const [k, lag] = needs[i]!;
    const other = i === 0 ? '' : ` + 0.1 * v${k % i}${lag === 1 ? '[-1]' : ''}`;
    return `v${i} = v${i}[-1] * (1 + r${i})${other}`;
  };
  const parameters = Object.fromEntries(rates.map((r, i) => [`r${i}`, r]));
  const all = Array.from({ length: n }, (_, i) => i);
  return {
    model: { equations: order.map(equation), parameters },
    sorted: { equations: all.map(equation), parameters },
    history: Object.fromEntries(all.map((i) => [`v${i}`, series('2013', [1 + i])])),
  };
}

describe('solving: laws', () => {
  it('the order of equations does not matter, and both engines give the same bits', () => {
    fc.assert(
      fc.property(recursive, (spec) => {
        const { model, sorted, history } = built(spec);
        const run = solve(frozen(model), frozen(history), { over: ['2014', '2018'] });
        expect(solve(sorted, history, { over: ['2014', '2018'] })).toEqual(run);
        expect(solve(model, history, { over: ['2014', '2018'], engine: 'interpreted' })).toEqual(run);
      }),
      law,
    );
  });

  it('a linear simultaneous system solves every equation, with both engines alike', () => {
    const system = fc
      .integer({ min: 2, max: 12 })
      .chain((n) =>
        fc.array(fc.array(finite(-0.5, 0.5), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
      );
    fc.assert(
      fc.property(system, (weights) => {
        const n = weights.length;
        const term = (i: number, j: number): string => `${(weights[i]![j]! / n).toFixed(6)} * y${j}`;
        const equations = weights.map(
          (row, i) => `y${i} = ${row.map((_, j) => (j === i ? '1' : `(${term(i, j)})`)).join(' + ')}`,
        );
        const model = defineModel({ equations });
        const run = solve(model, {}, { over: ['2014', '2014'] });
        const y = (j: number): number => run[`y${j}`]!.values[0]!;
        weights.forEach((row, i) => {
          const right = row.reduce((sum, w, j) => sum + (j === i ? 1 : Number((w / n).toFixed(6)) * y(j)), 0);
          expect(Math.abs(y(i) - right)).toBeLessThan(1e-12 * (1 + Math.abs(right)));
        });
        expect(solve(model, {}, { over: ['2014', '2014'], engine: 'interpreted' })).toEqual(run);
      }),
      law,
    );
  });

  it('left-hand sides invert: log, dlog, diff, growth and ratios', () => {
    fc.assert(
      fc.property(finite(0.1, 100), finite(-0.3, 0.3), (y0, x) => {
        const history = { y: series('2013', [y0]), x: series('2014', [x]) };
        const value = (equation: string): number =>
          solve(defineModel({ equations: [equation] }), history, { over: ['2014', '2014'] })['y'].values[1]!;
        expect(close(Math.log(value('log(y) = x')), x, 1e-9) || Math.abs(x) < 1e-6).toBe(true);
        expect(close(value('dlog(y) = x'), y0 * Math.exp(x))).toBe(true);
        expect(close(value('diff(y) = x'), y0 + x, 1e-10)).toBe(true);
        expect(close(value('y / y[-1] - 1 = x'), y0 * (1 + x))).toBe(true);
        expect(close(value('100 / (2 * y) = exp(x)'), 50 / Math.exp(x))).toBe(true);
        expect(close(value('-y = x - 1'), 1 - x)).toBe(true);
      }),
      law,
    );
  });
});

describe('solving: examples', () => {
  const two = defineModel({
    equations: ['gdp = va_i + va_s', 'va_i = va_i[-1] * (1 + g_i)', 'va_s = va_s[-1] * (1 + g_s)'],
    parameters: { g_i: 0.15, g_s: { value: 0.08, unit: 'ratio/yr', source: 'test' } },
  });
  const base = { va_i: series('2013', [55]), va_s: series('2013', [45]), gdp: series('2013', [100]) };

  it('results carry the history and need no cast', () => {
    const run = solve(two, base, { over: ['2014', '2015'] });
    expect(run.gdp.start).toBe('2013');
    expect(growth(run.gdp).values[0]).toBeCloseTo(0.55 * 0.15 + 0.45 * 0.08, 12);
    // @ts-expect-error: no such variable
    expect(run.gpd).toBeUndefined();
  });

  it('settings: one value, a percent, a series, values by period', () => {
    const value = (g_i: Parameters<typeof solve>[2]['set']): number[] => [
      ...solve(two, base, { over: ['2014', '2015'], ...(g_i === undefined ? {} : { set: g_i }) }).va_i.values,
    ];
    expect(value({ g_i: 0 })).toEqual([55, 55, 55]);
    expect(value({ g_i: '100%' })).toEqual([55, 110, 220]);
    expect(value({ g_i: series('2014', [0, 1]) })).toEqual([55, 55, 110]);
    expect(value({ g_i: { '2015': 0 } })[2]).toBe(value({})[1]);
  });

  it('conditional equations take the first branch that holds', () => {
    const model = defineModel({
      equations: [
        { formula: 'k = k[-1] + x', when: 'x > 0' },
        { formula: 'k = k[-1]', when: 'x <= 0' },
      ],
      parameters: {},
    });
    const run = solve(
      model,
      { k: series('2013', [10]), x: series('2014', [2, -3, 1]) },
      { over: ['2014', '2016'] },
    );
    expect(run.k.values).toEqual([10, 12, 12, 13]);
    const open = defineModel({ equations: [{ formula: 'k = x', when: 'x > 0' }], parameters: {} });
    expect(() => solve(open, { x: series('2014', [-1]) }, { over: ['2014', '2014'] })).toThrow(
      "solve: 'k' has no value at 2014",
    );
  });

  it('a long chain of equations does not overflow', () => {
    const equations = Array.from({ length: 20_000 }, (_, i) =>
      i === 0 ? 'v0 = x' : `v${i} = v${i - 1} + 1`,
    ).toReversed();
    expect(
      solve({ equations, parameters: {} }, { x: series('2014', [1]) }, { over: ['2014', '2014'] })['v19999']!
        .values,
    ).toEqual([20_000]);
  });

  it('solves implicit equations, and says when there is no solution', () => {
    const root = defineModel({ equations: ['y^2 = x'] });
    expect(
      solve(root, { x: series('2014', [9]), y: series('2014', [1]) }, { over: ['2014', '2014'] })['y']
        .values[0],
    ).toBeCloseTo(3, 12);
    expect(() =>
      solve(root, { x: series('2014', [-9]), y: series('2014', [1]) }, { over: ['2014', '2014'] }),
    ).toThrow(/the simultaneous block of y did not converge at 2014|singular at 2014/);
  });

  const refusal = (
    equations: string[],
    history: Record<string, Series>,
    over: [`${number}`, `${number}`] = ['2014', '2014'],
  ): string => {
    try {
      solve(defineModel({ equations }), history, { over });
      return 'solved';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('an exogenous series that is only read with a lag needs no value in the last period', () => {
    const model = defineModel({ equations: ['y = 2 * x[-1]'] });
    const run = solve(model, { x: series('2013', [100, 110]) }, { over: ['2014', '2015'] });
    expect(run.y.values).toEqual([200, 220]);
    expect(() => solve(model, { x: series('2013', [100]) }, { over: ['2014', '2015'] })).toThrow(
      "'x' has no value at 2014",
    );
  });

  it('names the equation, the period and the variables when something is wrong', () => {
    expect(refusal(['y = x'], {})).toBe(
      "solve: 'x' has no series and the equation of 'y' needs it at 2014; give it in the history or a setting; nothing is defined yet",
    );
    expect(refusal(['y = exports'], { export: series('2014', [1]) })).toContain("did you mean 'export'?");
    expect(refusal(['y = x[-2]'], { x: series('2013', [1]) })).toContain(
      "'x' has no value at 2012 (it covers 2013 to 2013), which the lags of the model reach back to from 2014",
    );
    expect(refusal(['y = x'], { x: series('2014', [null]) })).toContain("'x' has no value at 2014");
    expect(refusal(['y = log(x)'], { x: series('2014', [-1]) })).toContain(
      '\'y\' has no value at 2014 by its equation "y = log(x)"',
    );
    expect(refusal(['y = x * 1e308'], { x: series('2014', [1e10]) })).toContain("'y' is Infinity at 2014");
    expect(refusal(['y = x'], { x: series('2014-Q1', [1]) })).toContain(
      "'x' is by quarter and the model is solved by year",
    );
    expect(refusal(['a = b + 1', 'b = a - 1'], {})).toContain(
      'the simultaneous block of a, b is singular at 2014',
    );
    expect(refusal(['y = 1'], {}, ['2015', '2014'])).toContain('the span 2015 to 2014 runs backwards');
    expect(() => defineModel({ equations: ['y = 1', 'y = 2'] })).toThrow(
      "defineModel: 'y' has two equations: 'y = 1' (number 1) and 'y = 2' (number 2)",
    );
    expect(() => defineModel({ equations: ['y = 1'], parameters: { y: 2 } })).toThrow(
      "'y' is a parameter and has an equation",
    );
    expect(() => defineModel({ equations: ['1 = 2'] })).toThrow('names no variable of the period itself');
    expect(() => solve(two, base, { over: ['2014', '2014'], set: { g_1: 0 } })).toThrow(
      "'g_1' is set and the model has no such name; did you mean 'g_i'?",
    );
    expect(() => solve(two, base, { over: ['2014', '2014'], set: { gdp: 0 } })).toThrow(
      "'gdp' is set and an equation determines it",
    );
  });

  it('checkModel gives issues instead, and says which equations hang together', () => {
    expect(checkModel({ equations: ['y = e'], parameters: {} })[0]!.code).toBe('bad-equation');
    expect(checkModel({ equations: ['y = 1', 'y = 2'], parameters: {} })[0]).toMatchObject({
      code: 'duplicate-equation',
      path: ['equations', 1],
    });
    expect(checkModel({ equations: ['y = x'], parameters: {} }, {})[0]).toMatchObject({
      code: 'unknown-name',
      path: ['x'],
    });
    expect(checkModel({ equations: ['a = b', 'b = a / 2 + 1', 'c = a'], parameters: {} })[0]).toMatchObject({
      code: 'simultaneous-block',
      received: 'a, b',
      severity: 'warning',
    });
    expect(checkModel(two, base)).toEqual([]);
  });
});

describe("Klein's Model I against the 40-digit reference", () => {
  const exact = golden('klein-exact') as {
    coefficients: Record<string, number[]>;
    dynamic: Record<string, number[]>;
    static: Record<string, number[]>;
  };
  const data = golden('klein-data') as {
    series: Record<string, { start: [number, number]; values: (number | null)[] }>;
  };
  const history = Object.fromEntries(
    Object.entries(data.series).map(([name, s]) => [name, series(`${s.start[0]}`, s.values)]),
  );
  const letters = { cn: 'a', i: 'b', w1: 'c' } as const;
  const parameters = Object.fromEntries(
    Object.entries(letters).flatMap(([name, letter]) =>
      exact.coefficients[name]!.map((value, k) => [`${letter}${k + 1}`, value]),
    ),
  );
  const klein = defineModel({
    equations: [
      'cn = a1 + a2*p + a3*p[-1] + a4*(w1 + w2)',
      'i = b1 + b2*p + b3*p[-1] + b4*k[-1]',
      'w1 = c1 + c2*(y + t - w2) + c3*lag(y + t - w2) + c4*time',
      'y = cn + i + g - t',
      'p = y - (w1 + w2)',
      'k = k[-1] + i',
    ],
    parameters,
    variables: ['i'],
  });

  it.each(['dynamic', 'static'] as const)('%s path within 1e-11', (mode) => {
    const run = solve(klein, history, { over: ['1923', '1941'], mode });
    for (const [name, values] of Object.entries(exact[mode])) {
      const s = run[name as 'y'];
      values.forEach((value, k) =>
        expect(close(s.values[s.values.length - 19 + k]!, value, 1e-11)).toBe(true),
      );
    }
  });
});
