import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addFactors, defineModel, series, solve } from '../../src/index.ts';
import type { Dataset, Period } from '../../src/index.ts';
import { estimate } from '../../src/model/estimate.ts';
import type { EquationEstimate } from '../../src/model/estimate.ts';
import { readMdl } from '../../src/model/mdl.ts';
import { close, finite, frozen, law } from '../support/arbitraries.ts';

const golden = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

function dataset(given: Record<string, { start: number[]; values: (number | null)[] }>): Dataset {
  return Object.fromEntries(
    Object.entries(given).map(([name, { start, values }]) => [
      name,
      series(String(start[0]) as Period, values),
    ]),
  );
}

const value = (e: EquationEstimate, name: string): number =>
  e.coefficients.find((c) => c.name === name)!.value;

/** Two regressors that are neither constant nor collinear. */
const regressors = fc
  .array(fc.tuple(finite(-10, 10), finite(-10, 10)), { minLength: 8, maxLength: 30 })
  .filter((rows) => {
    const spread = (k: 0 | 1): number => {
      const column = rows.map((row) => row[k]);
      const mean = column.reduce((a, b) => a + b, 0) / column.length;
      return column.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    };
    const [x, z] = [spread(0), spread(1)];
    const mx = rows.reduce((a, r) => a + r[0], 0) / rows.length;
    const mz = rows.reduce((a, r) => a + r[1], 0) / rows.length;
    const cross = rows.reduce((sum, r) => sum + (r[0] - mx) * (r[1] - mz), 0);
    return x > 1 && z > 1 && cross ** 2 < 0.9 * x * z;
  });

const linear = defineModel({
  equations: ['y = a + b * x + c * z'],
  parameters: { a: 0, b: 0, c: 0 },
});

function columns(
  rows: readonly (readonly [number, number])[],
  y: (x: number, z: number, i: number) => number,
): Dataset {
  return {
    x: series(
      '1990',
      rows.map(([x]) => x),
    ),
    z: series(
      '1990',
      rows.map(([, z]) => z),
    ),
    y: series(
      '1990',
      rows.map(([x, z], i) => y(x, z, i)),
    ),
  };
}

describe('estimating: laws', () => {
  it('data made by a known linear equation give its coefficients back, with no residual', () => {
    fc.assert(
      fc.property(regressors, finite(-5, 5), finite(-5, 5), finite(-5, 5), (rows, a, b, c) => {
        const history = columns(rows, (x, z) => a + b * x + c * z);
        const { model, equations } = estimate(frozen(linear), frozen(history));
        for (const [name, expected] of Object.entries({ a, b, c }))
          expect(Math.abs((model.parameters[name] as number) - expected)).toBeLessThan(1e-11);
        for (const e of equations[0]!.residuals.values) expect(Math.abs(e)).toBeLessThan(1e-11);
      }),
      law,
    );
  });

  it('scaling a regressor scales its coefficient and its error, and changes nothing else', () => {
    fc.assert(
      fc.property(regressors, finite(0.01, 100), (rows, scale) => {
        const noisy = (x: number, z: number, i: number): number => 1 + 2 * x - z + Math.sin(17 * i);
        const history = columns(rows, noisy);
        const scaled = {
          ...history,
          x: series(
            '1990',
            rows.map(([x]) => x * scale),
          ),
        };
        const [e] = estimate(linear, history).equations;
        const [f] = estimate(linear, scaled).equations;
        expect(close(value(f!, 'b') * scale, value(e!, 'b'), 1e-9)).toBe(true);
        expect(
          close(f!.coefficients[1]!.standardError * scale, e!.coefficients[1]!.standardError, 1e-9),
        ).toBe(true);
        expect(close(f!.standardError, e!.standardError, 1e-9)).toBe(true);
        expect(close(value(f!, 'c'), value(e!, 'c'), 1e-9)).toBe(true);
      }),
      law,
    );
  });

  it('residuals are those of the model, and orthogonal to every regressor', () => {
    fc.assert(
      fc.property(regressors, (rows) => {
        const history = columns(rows, (x, z) => Math.exp(Math.sin(x) + Math.cos(3 * z)));
        const log = defineModel({
          equations: ['log(y) = a + b * x + c * z + x / 2'],
          parameters: { a: 0, b: 0, c: 0 },
        });
        const { model, equations } = estimate(log, history);
        const [{ residuals, over }] = equations as [EquationEstimate];
        const own = addFactors(model, history, { over })['y'].values;
        residuals.values.forEach((e, t) => expect(Math.abs(e - own[t]!)).toBeLessThan(1e-11));
        const dot = (column: (row: readonly [number, number]) => number): number =>
          residuals.values.reduce((sum, e, t) => sum + e * column(rows[t]!), 0);
        expect(Math.max(Math.abs(dot(() => 1)), Math.abs(dot(([x]) => x)))).toBeLessThan(1e-10);
      }),
      law,
    );
  });

  it('restrictions hold to rounding, and one that the data obey changes nothing', () => {
    const mdl = (restrict: string): string =>
      `MODEL\nBEHAVIORAL> y\nEQ> y = a + b*x + c*z\nCOEFF> a b c\nRESTRICT> ${restrict}\nEND`;
    fc.assert(
      fc.property(regressors, finite(-3, 3), (rows, total) => {
        const history = columns(rows, (x, z) => x - z + Math.sin(5 * x + z));
        const [e] = estimate(readMdl(mdl(`2*b - 3*c = ${total.toFixed(3)}`)), history).equations;
        expect(Math.abs(2 * value(e!, 'b') - 3 * value(e!, 'c') - Number(total.toFixed(3)))).toBeLessThan(
          1e-12,
        );
        const [free] = estimate(linear, history).equations;
        expect(e!.degreesOfFreedom).toBe(free!.degreesOfFreedom + 1);
        expect(e!.sumOfSquares).toBeGreaterThanOrEqual(free!.sumOfSquares * (1 - 1e-12));
        const exact = columns(rows, (x, z) => 1 + 2 * x + 0.5 * z);
        const [same] = estimate(readMdl(mdl('b + 2*c = 3\n2*b + 4*c = 6')), exact).equations;
        expect(Math.abs(value(same!, 'b') - 2)).toBeLessThan(1e-11);
      }),
      law,
    );
  });

  it('a distributed lag gives back coefficients on a polynomial', () => {
    const x = Array.from({ length: 40 }, (_, t) => Math.sin(t) + Math.cos(t * t));
    const weights = [1, 2, 3, 4, 5].map((k) => 0.7 * k - 0.1 * k * k);
    const y = x.map((_, t) => (t < 4 ? NaN : weights.reduce((sum, w, k) => sum + w * x[t - k]!, 2)));
    const read = readMdl('MODEL\nBEHAVIORAL> y\nEQ> y = a + b*x\nCOEFF> a b\nPDL> b 2 5\nEND');
    const [e] = estimate(read, { x: series('1950', x), y: series('1950', y) }).equations;
    expect(e!.coefficients.map(({ name }) => name)).toEqual([
      'a',
      'b',
      ...[1, 2, 3, 4].map((k) => `b__PDL__${k}`),
    ]);
    [2, ...weights].forEach((w, k) => expect(Math.abs(e!.coefficients[k]!.value - w)).toBeLessThan(1e-12));
    expect(e!.degreesOfFreedom).toBe(36 - 4);
  });
});

describe('estimating: examples', () => {
  const history = columns(
    [
      [1, 2],
      [2, 1],
      [3, 5],
      [4, 3],
      [5, 8],
    ],
    (x, z) => 1 + x + z + (x === 3 ? 0.5 : 0),
  );

  it('documentation and other parameters stay', () => {
    const model = defineModel({
      equations: ['y = a + b * x + c * z', 'w = y * k^s'],
      parameters: { a: { value: 0, unit: 'CNY' }, b: 0, c: 0, s: 0.3 },
    });
    const { model: filled, notEstimated } = estimate(model, history);
    expect(filled.parameters['a']).toMatchObject({ unit: 'CNY' });
    expect(filled.parameters['s']).toBe(0.3);
    expect(notEstimated).toEqual([{ variable: 'w', reason: "is not linear in 's'" }]);
    expect(
      solve(filled, { ...history, k: series('1994', [1]) }, { over: ['1994', '1994'] })['y'].values,
    ).toHaveLength(5);
  });

  it('a sample is that of the call, of the text, or all that is there', () => {
    const long = Array.from({ length: 20 }, (_, t) => [t, (t * 7) % 5] as const);
    const data = columns(long, (x, z) => 1 + x + z + Math.sin(x));
    const gap = { ...data, x: series('1990', [NaN, NaN, ...data['x']!.values.slice(2)]) };
    expect(estimate(linear, gap).equations[0]!.over).toEqual(['1992', '2009']);
    expect(estimate(linear, data, { over: ['1995', '2004'] }).equations[0]!.observations).toBe(10);
    expect(estimate(linear, data, { over: { y: ['1995', '2003'] } }).equations[0]!.observations).toBe(9);
    const read = readMdl(
      'MODEL\nBEHAVIORAL> y TSRANGE 1996 1 2005 1\nEQ> y = a + b*TSLAG(x)\nCOEFF> a b\nEND',
    );
    expect(estimate(read, data).equations[0]!.over).toEqual(['1996', '2005']);
    expect(() => estimate(linear, gap, { over: ['1990', '2009'] })).toThrow(/'x' has no value at 1990/u);
  });

  it.each([
    ['y = a * x^b', {}, "is not linear in 'b'"],
    ['y = a * b * x', {}, "multiplies 'a' with another parameter"],
    ['y * a = x + b', {}, 'has a parameter on its left-hand side'],
    ['y = a * x + b * (2 * x)', {}, 'depends on the others'],
    ['y = a * w + b', {}, "'w' has no series in the history"],
    ['y = a + b * x', { over: ['1990', '1990'] as const }, '1 observations for 2 coefficients'],
    ['y = a + b * x', { over: ['1990-Q1', '1992-Q1'] as const }, 'by quarter and the history by year'],
    ['y = a + b * x', { over: ['1980', '1994'] as const }, "'y' has no value at 1980"],
    ['log(y - 4) = a + b * x', { over: ['1990', '1994'] as const }, 'the equation has no value at 1990'],
    ['y = a + b * x', { instruments: ['1'] }, '1 independent instruments for 2 coefficients'],
  ])('%s', (equation, options, problem) => {
    const model = { equations: [equation], parameters: { a: 1, b: 1 } };
    expect(() => estimate(model, history, { equations: ['y'], ...options })).toThrow(problem);
  });

  it('an equation that is not there, contradictory restrictions, and nothing read', () => {
    expect(() =>
      estimate(linear as { equations: string[]; parameters: {} }, history, { equations: ['yy'] }),
    ).toThrow(/did you mean 'y'/u);
    const read = readMdl('MODEL\nBEHAVIORAL> y\nEQ> y = a + b*x\nCOEFF> a b\nRESTRICT> a = 1\n2*a = 3\nEND');
    expect(() => estimate(read, history)).toThrow('contradict each other');
    expect(() => estimate(readMdl(''), history)).toThrow('nothing of the text');
  });
});

describe('estimating: the world', () => {
  const matches = (e: EquationEstimate, q: any, tolerance: number): void => {
    Object.values<number>(q.coefficients).forEach((v, k) =>
      expect(close(e.coefficients[k]!.value, v, tolerance)).toBe(true),
    );
    q.cov.rows.forEach((row: number[], i: number) =>
      row.forEach((v, j) => expect(close(e.covariance[i]![j]!, v, tolerance)).toBe(true)),
    );
    q.tstat.forEach((v: number, k: number) => expect(close(e.coefficients[k]!.t, v, tolerance)).toBe(true));
    q.residuals.values.forEach((v: number, t: number) =>
      expect(Math.abs(e.residuals.values[t]! - v)).toBeLessThan(1e-11),
    );
    expect(e.degreesOfFreedom).toBe(q.df);
    expect(e.observations).toBe(q.n);
    for (const [ours, theirs] of [
      [e.standardError, q.ser],
      [e.sumOfSquares, q.ssr],
      [e.r2, q.r2],
      [e.adjustedR2, q.adjR2],
      [e.durbinWatson, q.dw],
    ] as const)
      expect(close(ours, theirs, tolerance)).toBe(true);
  };
  const read = readMdl(golden('klein-model').mdl);
  const history = dataset(golden('klein-data').series);

  it("Klein's Model I: coefficients to 1e-12 of exact arithmetic, statistics as bimets", () => {
    const exact = golden('klein-exact');
    const { model, equations, notEstimated } = estimate(read, history);
    expect(notEstimated).toEqual([]);
    expect(equations.map(({ variable }) => variable)).toEqual(['cn', 'i', 'w1']);
    for (const e of equations) {
      exact.coefficients[e.variable].forEach((v: number, k: number) =>
        expect(close(e.coefficients[k]!.value, v, 1e-14)).toBe(true),
      );
      // bimets solves the normal equations in doubles, which costs it these digits.
      matches(e, golden('klein-estimates').OLS[e.variable], 5e-12);
    }
    const run = solve(model, history, { over: ['1923', '1941'] });
    for (const [name, path] of Object.entries<number[]>(exact.dynamic)) {
      for (const [t, v] of path.entries())
        expect(Math.abs(run[name]!.values[t + 3]! - v)).toBeLessThan(1e-11);
    }
  });

  it('by two-stage least squares', () => {
    const { instruments, eqs } = golden('klein-estimates').IV;
    const ours = (instruments as string[]).map((text) => text.replace(/^TSLAG\((.*)\)$/u, 'lag($1, 1)'));
    for (const e of estimate(read, history, { instruments: ours }).equations)
      matches(e, eqs[e.variable], 2e-11);
    const written = (instruments as string[]).map((text) => `IV> ${text}`).join('\n');
    const withIv = readMdl(golden('klein-model').mdl.replaceAll(/^(COEFF>.*)$/gmu, `$1\n${written}`));
    for (const e of estimate(withIv, history, { instruments: true }).equations)
      matches(e, eqs[e.variable], 2e-11);
  });

  it('with a restriction, a distributed lag and an autoregressive error, at the tolerance of bimets', () => {
    const { mdl, data, estimates } = golden('klein-lhs');
    const lhs = readMdl(mdl);
    // bimets imposes restrictions by augmented normal equations, to some 1e-11.
    const loose = estimate(lhs, dataset(data), { tolerance: 0.005 }).equations;
    for (const e of loose) matches(e, estimates[e.variable], 5e-11);
    const [cn] = loose;
    Object.values<number>(estimates.cn.errorCoefficients).forEach((v, k) =>
      expect(close(cn!.errorCoefficients[k]!, v, 1e-10)).toBe(true),
    );
    // Settled, the process is another one in the second digit: its rounds are few at 0.005.
    const [settled] = estimate(lhs, dataset(data), { equations: ['cn'] }).equations;
    expect(settled!.errorCoefficients[0]).toBeCloseTo(0.0642738, 6);
    const [again] = estimate(lhs, dataset(data), { equations: ['cn'], tolerance: 1e-9 }).equations;
    expect(close(again!.errorCoefficients[0]!, settled!.errorCoefficients[0]!, 1e-7)).toBe(true);
  });

  it('what is estimated reproduces history with its residuals', () => {
    const { mdl, data } = golden('klein-lhs');
    const { model, equations } = estimate(readMdl(mdl), dataset(data));
    const own = addFactors(model, dataset(data), { over: ['1925', '1941'] });
    for (const { variable, residuals } of equations) {
      residuals.values.forEach((e, t) => expect(Math.abs(own[variable]!.values[t]! - e)).toBeLessThan(1e-10));
    }
  });
});
