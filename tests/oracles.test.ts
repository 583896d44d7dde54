import { quantile as quantileOf } from 'd3-array';
import fc from 'fast-check';
import {
  geometricMean,
  linearRegression,
  sampleKurtosis,
  sampleSkewness,
  sampleVariance,
} from 'simple-statistics';
import { expect, it } from 'vitest';
import { averageGrowth, defineModel, empirical, estimate, quantile, series, simulate } from '../src/index.ts';
import { close, finite, law } from './support/arbitraries.ts';

/** What well-kept libraries say about the same numbers. */
it('average growth is the geometric mean of growth factors (simple-statistics)', () => {
  fc.assert(
    fc.property(fc.array(finite(-0.5, 1), { minLength: 1, maxLength: 30 }), (rates) => {
      expect(close(1 + averageGrowth(rates), geometricMean(rates.map((r) => 1 + r)), 1e-10)).toBe(true);
    }),
    law,
  );
});

it('least squares on one regressor is the regression line (simple-statistics)', () => {
  const model = defineModel({ equations: ['y = a + b * x'], parameters: { a: 0, b: 0 } });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(finite(-10, 10), finite(-10, 10)), { minLength: 4, maxLength: 25 }),
      (points) => {
        const xs = points.map(([x]) => x);
        fc.pre(Math.max(...xs) - Math.min(...xs) > 1);
        const found = estimate(model, {
          x: series('1990', xs),
          y: series(
            '1990',
            points.map(([, y]) => y),
          ),
        });
        const line = linearRegression(points);
        const value = (name: string): number => found.model.parameters[name] as number;
        expect(Math.abs(value('b') - line.m)).toBeLessThan(1e-8 * (1 + Math.abs(line.m)));
        expect(Math.abs(value('a') - line.b)).toBeLessThan(1e-7 * (1 + Math.abs(line.b)));
      },
    ),
    { ...law, numRuns: 100 },
  );
});

it('moments of a simulation are the sample moments (simple-statistics), quantiles those of the sample (d3-array)', () => {
  const values: number[] = [];
  const summary = simulate(
    ({ a, b }: { a: number; b: number }) => (values.push(a * b), a * b),
    { a: { kind: 'normal', mean: 1, sd: 0.2 }, b: { kind: 'uniform', low: 1, high: 2 } },
    { draws: 3000, seed: 5 },
  );
  const { mean: average, variance, skewness, kurtosis } = summary.outputs.value;
  expect(values).toHaveLength(3000);
  expect(close(average, values.reduce((s, v) => s + v, 0) / 3000, 1e-12)).toBe(true);
  expect(close(variance, sampleVariance(values), 1e-10)).toBe(true);
  // Bias corrections of 1 / n separate the definitions.
  expect(Math.abs(skewness - sampleSkewness(values))).toBeLessThan(2e-3);
  expect(Math.abs(kurtosis - sampleKurtosis(values))).toBeLessThan(1e-2);
  const sorted = empirical(values);
  for (const p of [0.05, 0.25, 0.5, 0.9])
    expect(Math.abs(quantile(sorted, p) - quantileOf(values, p)!)).toBeLessThan(0.01);
});
