import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedLeastSquares } from '../../src/numeric/bounded-least-squares.ts';
import { leastSquares } from '../../src/numeric/least-squares.ts';
import { fromRows, matrix, multiply, multiplyVector, norm, transpose } from '../../src/numeric/matrix.ts';
import type { Matrix } from '../../src/numeric/matrix.ts';

const seed = { seed: 1, numRuns: 200 };
const value = fc.integer({ min: -1000, max: 1000 }).map((v) => v / 64);
const problem = fc.tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 1, max: 5 })).chain(([m, n]) =>
  fc.record({
    x: fc
      .array(value, { minLength: m * n, maxLength: m * n })
      .map((data): Matrix => ({ rows: m, cols: n, data: Float64Array.from(data) })),
    y: fc.array(value, { minLength: m, maxLength: m }),
    bounds: fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 4 })), {
      minLength: n,
      maxLength: n,
    }),
  }),
);

describe('leastSquares', () => {
  it('leaves residuals orthogonal to every column', () => {
    fc.assert(
      fc.property(problem, ({ x, y }) => {
        const fit = leastSquares(x, y);
        const against = multiplyVector(transpose(x), fit.residuals);
        for (const product of against)
          expect(Math.abs(product)).toBeLessThan(1e-10 * (1 + norm(x.data) * norm(y)));
        const fitted = multiplyVector(x, fit.coefficients);
        fitted.forEach((f, i) =>
          expect(Math.abs(y[i]! - f - fit.residuals[i]!)).toBeLessThan(1e-9 * (1 + norm(y))),
        );
        expect(fit.rank + fit.dropped.length).toBe(x.cols);
      }),
      seed,
    );
  });

  it('finds coefficients that fit exactly', () => {
    const x = fromRows([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    const fit = leastSquares(x, [1, 3, 5]);
    expect([...fit.coefficients]).toEqual([1, 2]);
    expect([...fit.residuals]).toEqual([0, 0, 0]);
    const gram = multiply(multiply(transpose(x), x), fit.gramInverse);
    [1, 0, 0, 1].forEach((v, i) => expect(gram.data[i]).toBeCloseTo(v, 14));
  });

  it('drops columns that the others determine, whatever their units', () => {
    const x = matrix(8, 4);
    for (let i = 0; i < 8; i++)
      x.data.set([1, Math.sin(i) * 1e9, Math.cos(i) * 1e-9, 0.1 + 0.3e-9 * Math.sin(i) * 1e9], i * 4);
    const fit = leastSquares(x, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(fit.rank).toBe(3);
    expect(fit.dropped.length).toBe(1);
    expect(fit.coefficients[fit.dropped[0]!]).toBe(0);
  });

  it('holds thirteen digits of the Wampler polynomials, where the normal equations hold none', () => {
    // NIST StRD Wampler1 and Wampler2: x = 0..20, degree five, all coefficients 1 and 10^-k.
    const x = fromRows(Array.from({ length: 21 }, (_, i) => [1, i, i ** 2, i ** 3, i ** 4, i ** 5]));
    const one = leastSquares(
      x,
      Array.from({ length: 21 }, (_, i) => 1 + i + i ** 2 + i ** 3 + i ** 4 + i ** 5),
    );
    one.coefficients.forEach((c) => expect(Math.abs(c - 1)).toBeLessThan(1e-13));
    const tenths = Array.from({ length: 21 }, (_, i) =>
      Number((1 + 0.1 * i + 0.01 * i ** 2 + 0.001 * i ** 3 + 0.0001 * i ** 4 + 0.00001 * i ** 5).toFixed(5)),
    );
    const two = leastSquares(x, tenths);
    two.coefficients.forEach((c, k) => expect(Math.abs(c * 10 ** k - 1)).toBeLessThan(1e-9));
  });

  it('refuses what is not finite, and says where', () => {
    expect(() =>
      leastSquares(
        fromRows([
          [1, 2],
          [3, NaN],
        ]),
        [1, 2],
      ),
    ).toThrow('row 1, column 1');
    expect(() => leastSquares(fromRows([[1], [2]]), [1, Infinity])).toThrow('row 1');
    expect(() => leastSquares(fromRows([[1], [2]]), [1])).toThrow('1 observations of y for 2 rows');
  });

  const klein = new URL('../../../shared/data/klein-data.json', import.meta.url);
  it.skipIf(!existsSync(klein))("holds Klein's Model I to 1e-12 of a 40-digit reference", () => {
    const { series } = JSON.parse(readFileSync(klein, 'utf8')) as {
      series: Record<string, { values: number[] }>;
    };
    const { coefficients } = JSON.parse(readFileSync(new URL('klein-exact.json', klein), 'utf8')) as {
      coefficients: Record<string, number[]>;
    };
    const at = (name: string, t: number) => series[name]!.values[t]!;
    const demand = (t: number) => at('y', t) + at('t', t) - at('w2', t);
    const regressors: Record<string, (t: number) => number[]> = {
      cn: (t) => [1, at('p', t), at('p', t - 1), at('w1', t) + at('w2', t)],
      i: (t) => [1, at('p', t), at('p', t - 1), at('k', t - 1)],
      w1: (t) => [1, demand(t), demand(t - 1), at('time', t)],
    };
    const years = Array.from({ length: 21 }, (_, k) => k + 1);
    for (const [name, row] of Object.entries(regressors)) {
      const fit = leastSquares(
        fromRows(years.map(row)),
        years.map((t) => at(name, t)),
      );
      fit.coefficients.forEach((c, k) => {
        expect(Math.abs(c / coefficients[name]![k]! - 1)).toBeLessThan(1e-12);
      });
    }
  });
});

describe('boundedLeastSquares', () => {
  it('meets the optimality conditions within the bounds', () => {
    fc.assert(
      fc.property(problem, ({ x, y, bounds }) => {
        const lower = bounds.map(([l]) => (l === -3 ? -Infinity : l));
        const upper = bounds.map(([l, width]) => (width === 4 ? Infinity : l + width));
        const fit = boundedLeastSquares(x, y, lower, upper);
        const pressure = multiplyVector(transpose(x), fit.residuals);
        const slack = 1e-9 * (1 + norm(x.data) * (norm(y) + norm(x.data) * norm(fit.solution)));
        fit.solution.forEach((v, j) => {
          expect(v).toBeGreaterThanOrEqual(lower[j]!);
          expect(v).toBeLessThanOrEqual(upper[j]!);
          if (lower[j] === upper[j]) return;
          if (v > lower[j]!) expect(pressure[j]).toBeGreaterThanOrEqual(-slack);
          if (v < upper[j]!) expect(pressure[j]).toBeLessThanOrEqual(slack);
        });
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('without bounds is least squares', () => {
    fc.assert(
      fc.property(problem, ({ x, y }) => {
        const free = leastSquares(x, y);
        if (free.rank < x.cols) return;
        const none = new Float64Array(x.cols).fill(Infinity);
        const fit = boundedLeastSquares(
          x,
          y,
          none.map((v) => -v),
          none,
        );
        fit.solution.forEach((v, j) => expect(v).toBeCloseTo(free.coefficients[j]!, 9));
      }),
      seed,
    );
  });

  it('stops at bounds', () => {
    const fit = boundedLeastSquares(
      fromRows([
        [1, 0],
        [0, 1],
      ]),
      [3, -1],
      [0, 0],
      [2, 2],
    );
    expect([...fit.solution]).toEqual([2, 0]);
    expect([...fit.at]).toEqual([1, -1]);
    expect([...fit.pressure]).toEqual([1, -1]);
    expect(() => boundedLeastSquares(fromRows([[1]]), [1], [2], [1])).toThrow('variable 0 has bounds 2 to 1');
    expect(() => boundedLeastSquares(fromRows([[1]]), [1], [2, 3], [1])).toThrow('2 lower and 1 upper');
  });
});
