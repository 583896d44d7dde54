import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFactors,
  control,
  defineModel,
  goalSeek,
  multipliers,
  recipes,
  series,
  solve,
} from '../../src/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import { close, finite, law } from '../support/arbitraries.ts';
import { exact, golden, klein, kleinHistory as history } from '../support/klein.ts';
import type { GoldenSeries } from '../support/klein.ts';

describe('multipliers', () => {
  it("Klein's interim multipliers 1940-41 within 1e-12 of the 40-digit reference", () => {
    const rows = multipliers(klein, history, { over: ['1940', '1941'], of: ['cn', 'y'], by: ['w2', 'g'] });
    const m = exact.interim_multipliers_1940_41;
    const index = ['cn 1940', 'y 1940', 'cn 1941', 'y 1941'];
    for (const row of rows) {
      const expected =
        m[`${row.instrument}_${row.at === '1940' ? 1 : 2}`]![index.indexOf(`${row.variable} ${row.period}`)]!;
      expect(close(row.multiplier, expected, 1e-12)).toBe(true);
    }
    expect(rows).toHaveLength(12);
  });

  it('all interim multipliers 1932-41 agree with bimets to its difference quotient', () => {
    const { m } = golden('klein-multipliers') as {
      m: Record<string, { rownames: string[]; colnames: string[]; rows: number[][] }>;
    };
    const table = m['interim3241_tight_all']!;
    const names = ['cn', 'i', 'w1', 'y', 'p', 'k'] as const;
    const instruments = [...new Set(table.colnames.map((name) => name.slice(0, name.indexOf('_'))))];
    const rows = multipliers(klein, history, { over: ['1932', '1941'], of: names, by: instruments });
    let compared = 0;
    for (const row of rows) {
      const i = table.rownames.indexOf(`${row.variable}_${Number(row.period) - 1931}`);
      const j = table.colnames.indexOf(`${row.instrument}_${Number(row.at) - 1931}`);
      if (i < 0 || j < 0) continue;
      compared++;
      // bimets differentiates by a relative shock of 1e-5, whose quotient is good to about 1e-7 here.
      expect(Math.abs(row.multiplier - table.rows[i]![j]!)).toBeLessThan(
        2e-6 * (1 + Math.abs(row.multiplier)),
      );
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('are the slope of solving again, for any linear coefficients, lags and add-factors', () => {
    fc.assert(
      fc.property(finite(-0.8, 0.8), finite(-0.8, 0.8), finite(0.1, 2), (a, b, x) => {
        const model = defineModel({
          equations: ['y = a * z + b * y[-1] + x', 'z = 0.5 * y + 1'],
          parameters: { a, b },
        });
        const data = { y: series('2013', [1]), x: series('2014', [x, x, x]) };
        const over = ['2014', '2016'] as const;
        const rows = multipliers(model, data, { over, of: ['y'], by: ['x', 'add:z'] });
        const base = solve(model, data, { over });
        for (const row of rows) {
          const shocked =
            row.instrument === 'x'
              ? solve(model, data, { over, set: { x: { [row.at]: x + 1 } } })
              : solve(model, data, { over, addFactors: { z: { [row.at]: 1 } } });
          const t = Number(row.period) - 2013;
          expect(Math.abs(shocked.y.values[t]! - base.y.values[t]! - row.multiplier)).toBeLessThan(
            1e-11 * (1 + Math.abs(shocked.y.values[t]!)),
          );
        }
      }),
      { ...law, numRuns: 60 },
    );
  });
});

describe('endogenous targeting', () => {
  const { targets, w2, g } = exact.renorm_1940_41;
  const wanted = { cn: series('1940', targets['cn']!), y: series('1940', targets['y']!) };

  it("Klein's instruments within 1e-11, targets hit to 1e-12", () => {
    const result = control(klein, history, { over: ['1940', '1941'], targets: wanted, using: ['w2', 'g'] });
    expect(result.hit).toBe(true);
    result.instruments.w2.values.forEach((v, t) => expect(close(v, w2[t]!, 1e-11)).toBe(true));
    result.instruments.g.values.forEach((v, t) => expect(close(v, g[t]!, 1e-11)).toBe(true));
    for (const row of result.targets) expect(Math.abs(row.miss)).toBeLessThan(1e-12 * row.wanted);
    expect(result.controllability).toMatchObject({
      rank: 4,
      targets: 4,
      instruments: 4,
      unreachable: [],
      duplicates: [],
    });
    const again = solve(klein, history, { over: ['1940', '1941'], set: result.instruments });
    for (const row of result.targets)
      expect(close(again[row.target].values[Number(row.period) - 1920]!, row.wanted, 1e-12)).toBe(true);
  });

  it('an add-factor as instrument, against bimets at its tightest', () => {
    const renorm = golden('klein-renorm') as { addfactor: { INSTRUMENT: Record<string, GoldenSeries> } };
    const result = control(klein, history, {
      over: ['1940', '1941'],
      targets: wanted,
      using: ['w2', 'add:i'],
    });
    result.instruments.w2.values.forEach((v, t) =>
      expect(close(v, renorm.addfactor.INSTRUMENT['w2']!.values[t]!, 1e-9)).toBe(true),
    );
    result.instruments['add:i'].values.forEach((v, t) =>
      expect(close(v, renorm.addfactor.INSTRUMENT['i']!.values[t]!, 1e-8)).toBe(true),
    );
  });

  it('control undoes solve', () => {
    fc.assert(
      fc.property(finite(-0.1, 0.3), finite(0.01, 0.2), finite(0.5, 2), (gi, gs, weight) => {
        const model = defineModel({
          equations: ['y = a * exp(gi) + log(1 + b * gs) + 0.3 * y[-1]', 'z = gi * gs + gs + 0.1 * y'],
          parameters: { a: 1, b: weight, gi: 0.1, gs: 0.1 },
        });
        const start = { y: series('2013', [1]) };
        const over = ['2014', '2015'] as const;
        const solved = solve(model, start, { over, set: { gi, gs } });
        const result = control(model, start, {
          over,
          targets: { y: { '2014': solved.y.values[1]!, '2015': solved.y.values[2]! }, z: solved.z },
          using: ['gi', 'gs'],
        });
        expect(result.hit).toBe(true);
        const again = solve(model, start, { over, set: result.instruments });
        again.y.values.forEach((v, t) => expect(close(v, solved.y.values[t]!, 1e-9)).toBe(true));
        again.z.values.forEach((v, t) => expect(close(v, solved.z.values[t]!, 1e-9)).toBe(true));
      }),
      { ...law, numRuns: 80 },
    );
  });

  it('more instruments than targets: all hit, by the smallest move', () => {
    const model = defineModel({
      equations: ['y = 3 * a + 4 * b'],
      parameters: { a: { value: 0, range: [0, 1] }, b: { value: 0, range: [0, 1] } },
    });
    const result = control(model, {}, { over: ['2014', '2014'], targets: { y: 25 }, using: ['a', 'b'] });
    expect(result.hit).toBe(true);
    expect(result.instruments.a.values[0]).toBeCloseTo(3, 10);
    expect(result.instruments.b.values[0]).toBeCloseTo(4, 10);
    expect(result.controllability.words).toContain('in more ways than one');
  });

  it('fewer instruments: weighted least squares, with what was given up', () => {
    const model = defineModel({ equations: ['y = a', 'z = a'], parameters: { a: 1 } });
    const even = control(model, {}, { over: ['2014', '2014'], targets: { y: 1, z: 3 }, using: ['a'] });
    expect(even.hit).toBe(false);
    // Relative misses (a - 1) / 1 and (a - 3) / 3 in least squares: a = (1 + 1 / 3) / (1 + 1 / 9).
    expect(even.instruments.a.values[0]).toBeCloseTo((1 + 1 / 3) / (1 + 1 / 9), 10);
    expect(even.targets.map((row) => row.hit)).toEqual([false, false]);
    const firm = control(
      model,
      {},
      { over: ['2014', '2014'], targets: { y: 1, z: 3 }, using: ['a'], weights: { targets: { z: 1e9 } } },
    );
    expect(firm.instruments.a.values[0]).toBeCloseTo(3, 6);
  });

  it('bounds hold, and the nearest value is said', () => {
    const model = defineModel({ equations: ['y = a + b'], parameters: { a: 0, b: 0 } });
    const result = control(
      model,
      {},
      { over: ['2014', '2014'], targets: { y: 10 }, using: ['a', 'b'], bounds: { a: [0, 2], b: [0, 3] } },
    );
    expect(result.hit).toBe(false);
    expect(result.targets[0]!.reached).toBeCloseTo(5, 8);
    expect(result.atBounds.map(({ instrument, bound }) => [instrument, bound])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    const inside = control(
      model,
      {},
      { over: ['2014', '2014'], targets: { y: 4 }, using: ['a', 'b'], bounds: { a: [0, 1], b: [0, 3] } },
    );
    expect(inside.hit).toBe(true);
    expect(inside.instruments.a.values[0]).toBe(1);
    expect(inside.instruments.b.values[0]).toBeCloseTo(3, 10);
  });

  it('says which targets nothing reaches and which instruments duplicate each other', () => {
    const model = defineModel({
      equations: ['y = 2 * (a + b)', 'u = a + b', 'z = c'],
      parameters: { a: 1, b: 1, c: 1 },
    });
    const result = control(
      model,
      {},
      { over: ['2014', '2014'], targets: { y: 8, u: 4, z: 5 }, using: ['a', 'b'] },
    );
    expect(result.targets.map((row) => row.hit)).toEqual([true, true, false]);
    expect(result.controllability.unreachable).toEqual([{ target: 'z', period: '2014' }]);
    expect(result.controllability.duplicates).toEqual([['a', 'b']]);
    expect(result.controllability.words).toContain('no instrument reaches z in 2014');
    expect(result.controllability.words).toContain('a and b act alike');
  });

  it('an impossible target is said with the nearest reachable value', () => {
    const model = defineModel({ equations: ['y = 1 - x^2'], parameters: { x: 0.5 } });
    const result = control(model, {}, { over: ['2014', '2014'], targets: { y: 2 }, using: ['x'] });
    expect(result.hit).toBe(false);
    expect(result.targets[0]!.reached).toBeCloseTo(1, 6);
  });

  it('an instrument that moves no target is not moved', () => {
    const model = defineModel({
      equations: ['y = y[-1] * (1 + a)', 'z = z[-1] * (1 + b)'],
      parameters: { a: 0.05, b: 0.05 },
    });
    const history = { y: series('2013', [100]), z: series('2013', [100]) };
    const result = control(model, history, { over: ['2014', '2014'], targets: { y: 110 }, using: ['b'] });
    expect(result.hit).toBe(false);
    expect(result.instruments.b.values).toEqual([0.05]);
    expect(result.controllability.unreachable).toEqual([{ target: 'y', period: '2014' }]);
  });

  it('hits are hits however small the target, a flat start is left, and the edge of a domain is said', () => {
    const over = ['2014', '2014'] as const;
    const seek = (equation: `y = ${string}`, a: number, y: number) =>
      goalSeek(
        defineModel({ equations: [equation], parameters: { a } }),
        {},
        { over, target: { y }, using: 'a' },
      );
    for (const y of [1e-20, 1e-12, 1]) {
      const found = seek('y = exp(a)', 0, y);
      expect(found.hit).toBe(true);
      expect(close(found.reached, y, 1e-9)).toBe(true);
    }
    expect(seek('y = a^2', 0, 4)).toMatchObject({ hit: true });
    expect(seek('y = sqrt(a)', 1, -1).hit).toBe(false);
  });

  it('refuses unknown names and empty questions', () => {
    const model = defineModel({ equations: ['y = a'], parameters: { a: 1 } });
    const over = ['2014', '2014'] as const;
    expect(() => control(model, {}, { over, targets: { yy: 1 } as never, using: ['a'] })).toThrow(
      "no equation determines the target 'yy'; did you mean 'y'?",
    );
    expect(() => control(model, {}, { over, targets: { y: 1 }, using: ['b'] })).toThrow(
      "'b' is not a parameter, an exogenous series or an add-factor",
    );
    expect(() => control(model, {}, { over, targets: { y: 1 }, using: ['y'] })).toThrow(
      "move its add-factor: 'add:y'",
    );
    expect(() => control(model, {}, { over, targets: {}, using: ['a'] })).toThrow(
      'no target lies in the solved span',
    );
    expect(() => control(model, {}, { over, targets: { y: 1 }, using: [] })).toThrow(
      'there is no instrument',
    );
    expect(() =>
      control(model, {}, { over, targets: { y: 1 }, using: ['a'], bounds: { a: [2, 1] } }),
    ).toThrow("the bounds of 'a' run from 2 to 1");
  });
});

describe('goal seek and recipes', () => {
  const model = twoEngine();
  const base = twoEngineHistory(model, '2013');

  it('services growth for GDP of 12 %, to 1e-12', () => {
    const found = goalSeek(model, base, {
      over: ['2014', '2014'],
      target: { growth_gdp: '12%' },
      using: 'g_services',
    });
    expect(found.hit).toBe(true);
    const run = solve(model, base, { over: ['2014', '2014'], set: { g_services: found.value } });
    expect(Math.abs(run.growth_gdp.values[0]! - 0.12)).toBeLessThan(1e-12);
  });

  it('ranks the ways to reach a target by how far they leave the documented ranges', () => {
    const ways = recipes(model, base, {
      over: ['2014', '2014'],
      target: { growth_gdp: '13%' },
      ways: [
        ['g_output_industry'],
        ['g_services'],
        ['va_ratio_change'],
        ['g_output_industry', 'g_services'],
        ['g_agriculture'],
      ],
    });
    expect(ways.every((way) => way.hit)).toBe(true);
    expect(ways[0]!.beyond).toBe(0);
    expect(ways.at(-1)!.using).toEqual(['g_agriculture']);
    expect(ways.at(-1)!.beyond).toBeGreaterThan(5);
    for (const [i, way] of ways.entries())
      if (i > 0) expect(way.beyond).toBeGreaterThanOrEqual(ways[i - 1]!.beyond);
    for (const way of ways) {
      const run = solve(model, base, {
        over: ['2014', '2014'],
        set: Object.fromEntries(way.asks.map(({ instrument, to }) => [instrument, to])),
      });
      expect(Math.abs(run.growth_gdp.values[0]! - 0.13)).toBeLessThan(1e-10);
    }
  });
});

describe('add-factors', () => {
  it("make Klein's model reproduce history", () => {
    const factors = addFactors(klein, history, { over: ['1923', '1941'] });
    const run = solve(klein, history, { over: ['1923', '1941'], addFactors: factors });
    for (const name of ['cn', 'i', 'w1', 'y', 'p', 'k'] as const) {
      run[name].values.forEach((v, t) => expect(Math.abs(v - history[name]!.values[t]!)).toBeLessThan(1e-10));
    }
  });

  it('are what a single-equation check leaves: actual less computed', () => {
    const factors = addFactors(klein, history, { over: ['1923', '1941'] });
    const check = solve(klein, history, { over: ['1923', '1941'], mode: 'residual' });
    for (const name of ['cn', 'i', 'w1', 'y', 'p', 'k'] as const) {
      factors[name].values.forEach((value, t) =>
        expect(Math.abs(history[name]!.values[3 + t]! - check[name].values[3 + t]! - value)).toBeLessThan(
          1e-11,
        ),
      );
    }
    // An implicit equation is solved alone, with all else as it was.
    const square = defineModel({ equations: ['y^2 = x + z', 'z = 2 * y'] });
    const known = { x: series('2013', [5, 6]), y: series('2013', [3, 4]), z: series('2013', [4, 10]) };
    const alone = solve(square, known, { over: ['2014', '2014'], mode: 'residual' });
    expect(alone.y.values[1]).toBeCloseTo(4, 12);
    expect(alone.z.values[1]).toBe(8);
    expect(() =>
      solve(square, { ...known, y: series('2013', [3]) }, { over: ['2014', '2014'], mode: 'residual' }),
    ).toThrow("'y' has no value at 2014");
  });

  it('are in the unit of the left-hand side, and make any model reproduce any history', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(finite(0.5, 5), finite(0.5, 5)), { minLength: 3, maxLength: 6 }),
        (points) => {
          const model = defineModel({ equations: ['dlog(y) = 0.1 * z', 'z = 0.2 * y + z[-1]'] });
          const data = {
            y: series(
              '2013',
              points.map(([y]) => y),
            ),
            z: series(
              '2013',
              points.map(([, z]) => z),
            ),
          };
          const over = ['2014', `${2012 + points.length}` as '2015'] as const;
          const run = solve(model, data, { over, addFactors: addFactors(model, data, { over }) });
          run.y.values.forEach((v, t) => expect(close(v, points[t]![0], 1e-10)).toBe(true));
          run.z.values.forEach((v, t) => expect(close(v, points[t]![1], 1e-10)).toBe(true));
        },
      ),
      law,
    );
  });

  it('and exogenising act as in bimets at tight convergence', () => {
    const g = golden('klein-exogenize-addfactor') as { conv1e12: Record<string, GoldenSeries> };
    const run = solve(klein, history, {
      over: ['1923', '1941'],
      exogenise: { cn: ['1923', '1925'], i: true },
      addFactors: { cn: series('1923', [1, -1]), y: series('1926', [0.1, -0.1, -0.5]) },
    });
    for (const [name, s] of Object.entries(g.conv1e12)) {
      s.values.forEach((value, t) => expect(close(run[name as 'y'].values[3 + t]!, value!, 1e-9)).toBe(true));
    }
  });
});
