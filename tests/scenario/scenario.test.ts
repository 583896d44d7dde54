import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  contribution,
  defineModel,
  frontier,
  outcome,
  runScenarios,
  series,
  solve,
  tornado,
} from '../../src/index.ts';
import { close, finite, law, rate } from '../support/arbitraries.ts';

const model = defineModel({ equations: ['y = y[-1] * (1 + g) + x'], parameters: { g: 0.1 } });
const history = { y: series('2013', [100]), x: series('2014', [1, 2, 3]) };
const over = ['2014', '2016'] as const;

describe('scenarios', () => {
  it('a scenario without settings is the baseline, and settings act as solving with them', () => {
    fc.assert(
      fc.property(rate, (g) => {
        const runs = runScenarios(
          model,
          history,
          [
            { name: 'none', set: {} },
            { name: 'other', set: { g } },
          ],
          { over },
        );
        expect(runs.none).toEqual(runs.baseline);
        expect(runs.other).toEqual(solve(model, history, { over, set: { g } }));
      }),
      law,
    );
  });

  it('compares with the baseline', () => {
    const runs = runScenarios(model, history, [{ name: 'high', set: { g: '12%' } }], { over });
    const rows = compare(runs, { variables: ['y'], periods: ['2014'] });
    expect(rows.map((row) => row.scenario)).toEqual(['baseline', 'high']);
    expect(rows[1]!.difference).toBeCloseTo(2, 12);
    expect(rows[1]!.change).toBeCloseTo(2 / 111, 12);
    expect(rows[0]!.difference).toBe(0);
  });

  it('keeps a scenario of any name', () => {
    const runs = runScenarios(model, history, [{ name: '__proto__', set: { g: '12%' } }], { over });
    expect(Object.keys(runs)).toEqual(['baseline', '__proto__']);
    expect(compare(runs, { variables: ['y'], periods: ['2014'] })[1]).toMatchObject({
      scenario: '__proto__',
    });
  });

  it('refuses doubtful names', () => {
    expect(() =>
      runScenarios(
        model,
        history,
        [
          { name: 'a', set: {} },
          { name: 'a', set: {} },
        ],
        { over },
      ),
    ).toThrow("the name 'a' stands twice");
    expect(() => runScenarios(model, history, [{ name: 'baseline', set: {} }], { over })).toThrow(
      'the model as it stands is the baseline',
    );
    expect(() => compare(runScenarios(model, history, [], { over }), { variables: ['yy' as 'y'] })).toThrow(
      "there is no variable 'yy'; did you mean 'y'?",
    );
  });
});

describe('frontier', () => {
  const share = finite(0.01, 1);
  it('every point gives the target, by the growth accounting itself', () => {
    fc.assert(
      fc.property(
        share,
        share,
        share,
        rate,
        finite(-0.1, 0.3),
        fc.array(finite(0, 0.2), { minLength: 1, maxLength: 8 }),
        (a, i, s, other, target, at) => {
          const sum = a + i + s;
          const shares = { agriculture: a / sum, industry: i / sum, services: s / sum };
          for (const point of frontier(
            { shares, growth: { agriculture: other }, target, across: 'industry', up: 'services' },
            at,
          )) {
            fc.pre(point.up >= -1);
            expect(Math.abs(point.total - target)).toBeLessThan(1e-12 * (1 + Math.abs(point.up)));
          }
        },
      ),
      law,
    );
  });

  it('the plan golden: services needed for 12 %', () => {
    const [point] = frontier(
      {
        shares: { agr: 0.05, ind: 0.55, srv: 0.4 },
        growth: { agr: '4%' },
        target: '12%',
        across: 'ind',
        up: 'srv',
      },
      ['15%'],
    );
    expect(close(point!.up, 0.08875)).toBe(true);
  });

  it('the worked example: services needed by industry share and value-added ratio', () => {
    const needed = (share: number, industry: number): number =>
      100 *
      frontier(
        {
          shares: { agr: 0.02, con: 0.08, ind: share, ser: 0.9 - share },
          growth: { agr: '4.4%', con: '9.5%' },
          target: '12%',
          across: 'ind',
          up: 'ser',
        },
        [industry],
      )[0]!.up;
    const rows: [number, number[]][] = [
      [1.15 / 0.986 - 1, [9.69, 8.15, 5.73]],
      [(1.15 / 0.986) * (0.251 / 0.256) - 1, [11.14, 10.43, 9.31]],
      [(1.15 / 0.986) * (0.246 / 0.256) - 1, [12.59, 12.71, 12.88]],
    ];
    for (const [industry, expected] of rows)
      [0.35, 0.45, 0.55].forEach((s, k) => expect(needed(s, industry)).toBeCloseTo(expected[k]!, 1));
  });

  it('names what is missing', () => {
    const question = {
      shares: { a: 0.2, i: 0.5, s: 0.3 },
      growth: {},
      target: '12%',
      across: 'i',
      up: 's',
    } as const;
    expect(() => frontier(question, [0.1])).toThrow(
      "frontier: 'a' has a share and no growth; give growth: { a: ... }",
    );
    expect(() => frontier({ ...question, up: 'i' }, [0.1])).toThrow("both engines are 'i'");
  });
});

describe('a model as an outcome', () => {
  it('gives at every point what solving with these settings gives', () => {
    const study = outcome(model, history, { over, factors: ['g', 'x@2015'], read: ['y', 'y@2014'] });
    fc.assert(
      fc.property(fc.array(fc.tuple(rate, finite(-5, 5)), { minLength: 1, maxLength: 5 }), (points) => {
        const result = study.evaluate(
          { g: Float64Array.from(points, ([g]) => g), 'x@2015': Float64Array.from(points, ([, x]) => x) },
          points.length,
        );
        points.forEach(([g, x], k) => {
          const run = solve(model, history, { over, set: { g, x: { '2015': x } } });
          expect(result.y[k]).toBe(run.y.values[3]);
          expect(result['y@2014'][k]).toBe(run.y.values[1]);
        });
      }),
      law,
    );
  });

  it('has exact gradients, through time and simultaneous blocks', () => {
    const linked = defineModel({
      equations: ['y = y[-1] * (1 + g) + 0.3 * z', 'z = log(1 + y) + x^2'],
      parameters: { g: 0.1 },
    });
    const study = outcome(linked, history, {
      over,
      factors: ['g', 'x@2015', 'add:z'],
      read: ['y', 'z@2015'],
    });
    fc.assert(
      fc.property(finite(-0.2, 0.3), finite(0.1, 2), finite(-0.5, 0.5), (g, x, add) => {
        const at = (dg: number, dx: number, da: number) =>
          study.evaluate(
            {
              g: Float64Array.of(g + dg),
              'x@2015': Float64Array.of(x + dx),
              'add:z': Float64Array.of(add + da),
            },
            1,
          );
        const exact = study.gradient!(
          { g: Float64Array.of(g), 'x@2015': Float64Array.of(x), 'add:z': Float64Array.of(add) },
          1,
        );
        const h = 1e-5;
        for (const output of ['y', 'z@2015'] as const) {
          const slope = (up: ReturnType<typeof at>, down: ReturnType<typeof at>): number =>
            (up[output][0]! - down[output][0]!) / (2 * h);
          const size = 1 + Math.abs(exact[output].g[0]!);
          expect(Math.abs(exact[output].g[0]! - slope(at(h, 0, 0), at(-h, 0, 0)))).toBeLessThan(1e-6 * size);
          expect(Math.abs(exact[output]['x@2015'][0]! - slope(at(0, h, 0), at(0, -h, 0)))).toBeLessThan(
            1e-6 * size,
          );
          expect(Math.abs(exact[output]['add:z'][0]! - slope(at(0, 0, h), at(0, 0, -h)))).toBeLessThan(
            1e-6 * size,
          );
        }
      }),
      { ...law, numRuns: 50 },
    );
  });

  it('feeds a tornado', () => {
    const rows = tornado(
      outcome(model, history, { over: ['2014', '2014'], factors: ['g', 'x'], read: ['y'] }),
      { g: ['5%', '15%'], x: [0, 1] },
    );
    expect(rows.map((row) => [row.factor, Math.round(row.swing * 1e9) / 1e9])).toEqual([
      ['g', 10],
      ['x', 1],
    ]);
  });

  it('adds factors, and refuses unknown names', () => {
    const added = outcome(model, history, { over: ['2014', '2014'], factors: ['add:y'], read: ['y'] });
    expect(added.evaluate({ 'add:y': Float64Array.of(0, 5) }, 2).y).toEqual(
      Float64Array.of(111.00000000000001, 116.00000000000001),
    );
    expect(() => outcome(model, history, { over, factors: ['gg'], read: ['y'] })).toThrow(
      "'gg' is not a parameter or exogenous series; did you mean 'g'?",
    );
    expect(() => outcome(model, history, { over, factors: ['y'], read: ['y'] })).toThrow(
      "an equation determines it; use 'add:y'",
    );
    expect(() => outcome(model, history, { over, factors: ['g@2020'], read: ['y'] })).toThrow(
      "'g@2020' is outside 2014 to 2016",
    );
    expect(() => outcome(model, history, { over, factors: ['g'], read: ['z'] })).toThrow(
      "there is no variable 'z' to read",
    );
  });
});

it('contribution and frontier agree on the plan as written', () => {
  const { growth } = contribution({
    agr: { share: 0.05, growth: 0.04 },
    ind: { share: 0.55, growth: 0.15 },
    srv: { share: 0.4, growth: 0.08875 },
  });
  expect(close(growth, 0.12)).toBe(true);
});
