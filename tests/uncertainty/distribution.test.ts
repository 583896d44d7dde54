import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../golden/distributions.json';
import { betaCdf, betaQuantile } from '../../src/numeric/beta.ts';
import { exp, expm1, log, log1p } from '../../src/numeric/explog.ts';
import { normalCdf, normalQuantile } from '../../src/numeric/normal.ts';
import { integrate } from '../../src/numeric/quadrature.ts';
import { studentCdf, studentQuantile } from '../../src/numeric/student.ts';
import { cdf, survival } from '../../src/uncertainty/cdf.ts';
import {
  empirical,
  lognormal,
  mixture,
  normal,
  pert,
  student,
  transformed,
  triangular,
  twoPieceNormal,
  uniform,
} from '../../src/uncertainty/distribution.ts';
import type { Distribution } from '../../src/uncertainty/distribution.ts';
import { mean, variance } from '../../src/uncertainty/moments.ts';
import { pdf } from '../../src/uncertainty/pdf.ts';
import { quantile, upperQuantile } from '../../src/uncertainty/quantile.ts';

const smooth: Record<string, Distribution> = {
  normal: normal(0.07, 0.015),
  lognormal: lognormal(0.1, 0.4),
  uniform: uniform(-1, 3),
  triangular: triangular(0.02, 0.05, 0.14),
  pert: pert(0, 2, 10),
  'pert, flat': pert(0, 2, 10, 1),
  student: student(1, 2, 5),
  'two-piece normal': twoPieceNormal(2.5, 0.8, 1.4),
  mixture: mixture([
    { weight: 3, of: normal(0, 1) },
    { weight: 1, of: uniform(1, 4) },
  ]),
  'transformed, log': transformed(normal(0.3, 0.2), 0),
  'transformed, root': transformed(student(3, 0.2, 8), 0.5),
};
const kinds = Object.entries(smooth);
const anyKind = fc.constantFrom(...kinds.map(([, d]) => d));
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const millionths = fc.integer({ min: 1, max: 999_999 });
const relative = (got: number, want: number) => (got === want ? 0 : Math.abs(got - want) / Math.abs(want));

/** The largest relative error of a function over rows of arguments with the value last. */
function worst(rows: readonly (readonly number[])[], f: (...args: number[]) => number): number {
  return Math.max(...rows.map((row) => relative(f(...row.slice(0, -1)), row.at(-1)!)));
}

describe('laws', () => {
  test('cdf undoes quantile', () => {
    fc.assert(
      fc.property(anyKind, probability, (d, p) => {
        expect(Math.abs(cdf(d, quantile(d, p)) - p)).toBeLessThan(1e-13);
        expect(Math.abs(survival(d, upperQuantile(d, p)) - p)).toBeLessThan(1e-13);
      }),
      { seed: 1 },
    );
  });

  test('quantiles and probabilities are monotone', () => {
    fc.assert(
      fc.property(anyKind, millionths, millionths, (d, p, q) => {
        const [low, high] = p < q ? [p / 1e6, q / 1e6] : [q / 1e6, p / 1e6];
        expect(quantile(d, low)).toBeLessThanOrEqual(quantile(d, high));
        expect(cdf(d, quantile(d, low))).toBeLessThanOrEqual(cdf(d, quantile(d, high)));
      }),
      { seed: 1 },
    );
  });

  test.each(kinds)('%s: density integrates to probability, mean and variance', (_, d) => {
    const cuts = [1e-12, 1e-6, 1e-3, 0.05, 0.25, 0.5];
    const lower = cuts.map((p) => quantile(d, p));
    const upper = cuts.map((q) => upperQuantile(d, q)).reverse();
    const kinks = 'mode' in d ? [d.mode] : d.kind === 'mixture' ? [1, 4] : [];
    const points = [...new Set([...lower, ...upper, ...kinks])].sort((a, b) => a - b);
    const m = mean(d);
    expect(integrate((x) => pdf(d, x), points)).toBeCloseTo(1, 9);
    expect(integrate((x) => x * pdf(d, x), points)).toBeCloseTo(m, 6);
    if (d.kind === 'student' || d.kind === 'transformed') return; // tails beyond 1e-12 still count
    expect(integrate((x) => (x - m) ** 2 * pdf(d, x), points)).toBeCloseTo(variance(d), 6);
  });

  test('a mixture lies between its parts and a constant is one', () => {
    for (const constant of [
      normal(3, 0),
      uniform(3, 3),
      triangular(3, 3, 3),
      pert(3, 3, 3),
      student(3, 0, 1),
      twoPieceNormal(3, 0, 0),
      empirical([3]),
    ]) {
      expect([mean(constant), variance(constant), quantile(constant, 0.3)]).toEqual([3, 0, 3]);
      expect([
        cdf(constant, 2.9),
        cdf(constant, 3),
        survival(constant, 2.9),
        pdf(constant, 3),
        pdf(constant, 4),
      ]).toEqual([0, 1, 1, Infinity, 0]);
    }
  });
});

describe('examples', () => {
  test('rates may be percentages, and bad parameters are refused by name', () => {
    expect(normal('7%', '1.5%')).toEqual({ kind: 'normal', mean: 0.07, sd: 0.015 });
    expect(() => normal(0, -1)).toThrow('normal: sd -1 is negative; give zero or more');
    expect(() => uniform(2, 1)).toThrow('out of order');
    expect(() => triangular(0, 3, 2)).toThrow('out of order');
    expect(() => student(0, 1, 0)).toThrow('degrees of freedom');
    expect(() => empirical([])).toThrow('no values');
    expect(() => empirical([1, NaN])).toThrow('NaN');
    expect(() => mixture([{ weight: 0, of: normal(0, 1) }])).toThrow('sum to zero');
    expect(() => quantile(normal(0, 1), 1.2)).toThrow('quantile: 1.2 is not a probability');
  });

  test('observed values: quantile is one of them, cdf counts', () => {
    const d = empirical([3, 1, 2, 4]);
    expect([0, 0.25, 0.250001, 0.5, 0.75, 1].map((p) => quantile(d, p))).toEqual([1, 1, 2, 2, 3, 4]);
    expect([cdf(d, 0.9), cdf(d, 2), survival(d, 2), mean(d), variance(d)]).toEqual([0, 0.5, 0.5, 2.5, 1.25]);
    const ten = empirical([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (let k = 1; k <= 10; k++) expect(quantile(ten, k / 10)).toBe(k);
  });

  test('caps hold probability, and give a heavy-tailed log its mean', () => {
    const capped = transformed(student(0.1, 0.1, 5), 0, { high: 1000 });
    expect(relative(mean(capped), 1.1145080950145165)).toBeLessThan(1e-13); // scipy quadrature
    expect(mean(transformed(student(0.1, 0.1, 5), 0))).toBe(Infinity);
    const tight = transformed(normal(0, 1), 0, { low: 0.5, high: 2 });
    expect([quantile(tight, 0.01), quantile(tight, 0.99), cdf(tight, 2), cdf(tight, 0.49)]).toEqual([
      0.5, 2, 1, 0,
    ]);
    expect(mean(transformed(normal(0.1, 0.5), 0, { high: 1e9 }))).toBeCloseTo(mean(lognormal(0.1, 0.5)), 12);
    expect(variance(transformed(normal(0.1, 0.5), 0, { high: 1e9 }))).toBeCloseTo(
      variance(lognormal(0.1, 0.5)),
      12,
    );
    expect(mean(transformed(uniform(0, 1), 0))).toBeCloseTo(Math.E - 1, 13);
  });

  test('moments that do not exist say so', () => {
    expect([mean(student(0, 1, 1)), variance(student(0, 1, 2)), variance(student(0, 1, 1))]).toEqual([
      NaN,
      Infinity,
      NaN,
    ]);
  });
});

describe('the world: grids to 60 digits', () => {
  test('normal quantile within 1e-15 relative, cdf too', () => {
    expect(worst(golden.normQ, normalQuantile)).toBeLessThan(1e-15);
    expect(worst(golden.normC, normalCdf)).toBeLessThan(1e-15);
  });
  test('Student and beta within 1e-13 relative', () => {
    expect(worst(golden.tQ, studentQuantile)).toBeLessThan(1e-13);
    expect(worst(golden.tC, studentCdf)).toBeLessThan(1e-13);
    expect(worst(golden.betaQ, betaQuantile)).toBeLessThan(1e-13);
    expect(worst(golden.betaC, betaCdf)).toBeLessThan(1e-13);
  });
  test('two-piece normal', () => {
    for (const row of golden.two_piece_normal) {
      const d = twoPieceNormal(row.mode, row.sd_left, row.sd_right);
      expect(relative(mean(d), row.mean)).toBeLessThan(1e-14);
      expect(relative(variance(d), row.variance)).toBeLessThan(1e-13);
      expect(relative(cdf(d, row.mode), row.p_below_mode)).toBeLessThan(1e-15);
      expect(worst(row.quantiles, (p) => quantile(d, p))).toBeLessThan(1e-14);
      expect(worst(row.cdf, (x) => cdf(d, x))).toBeLessThan(1e-14);
    }
  });
  test('own exp and log agree with the engine to the last place or two', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relative(exp(x), Math.exp(x))).toBeLessThan(4e-16);
        expect(relative(log(exp(x / 2)), Math.log(exp(x / 2)))).toBeLessThan(4e-16);
        expect(relative(expm1(x / 700), Math.expm1(x / 700))).toBeLessThan(1e-15);
        expect(relative(log1p(x / 701), Math.log1p(x / 701))).toBeLessThan(1e-15);
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect([
      exp(-Infinity),
      exp(Infinity),
      exp(0),
      log(0),
      log(1),
      log(-1),
      log(Infinity),
      exp(-745),
    ]).toEqual([0, Infinity, 1, -Infinity, 0, NaN, Infinity, 5e-324]);
  });
});
