import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auto } from '../../src/forecast/auto.ts';
import { conditional } from '../../src/forecast/conditional.ts';
import { forecast } from '../../src/forecast/forecast.ts';
import { drift, logDrift, naive } from '../../src/forecast/naive.ts';
import { chanceAt, chanceOver, samplePaths } from '../../src/forecast/path.ts';
import { theta } from '../../src/forecast/theta.ts';
import { normalQuantile } from '../../src/numeric/normal.ts';
import { series } from '../../src/time/series.ts';
import { cdf } from '../../src/uncertainty/cdf.ts';
import { quantile } from '../../src/uncertainty/quantile.ts';

const gdp = series('2000', [100, 108, 117, 128, 141, 157, 177, 202, 222, 243, 269]);
const quarters = series('2010-Q1', [20, 24, 26, 30, 22, 26, 28, 33, 24, 29, 31, 36, 26, 31, 34, 39]);

const correlation = (a: Float64Array, b: Float64Array): number => {
  const mean = (x: Float64Array): number => x.reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((v, i) => {
    ab += (v - ma) * (b[i]! - mb);
    aa += (v - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
};

describe('samplePaths', () => {
  const f = forecast(gdp, drift(), { horizon: 4 });
  const paths = samplePaths(f, { draws: 4000, seed: 7 });

  it("has each step's distribution", () => {
    f.steps.forEach((step, j) => {
      const column = Float64Array.from(paths[`${2011 + j}`]!).sort();
      for (const p of [0.1, 0.5, 0.9]) expect(cdf(step, column[Math.floor(p * 4000)]!)).toBeCloseTo(p, 1);
    });
  });

  it('carries errors on as a random walk does', () => {
    const scores = f.steps.map((step, j) => paths[`${2011 + j}`]!.map((v) => normalQuantile(cdf(step, v))));
    expect(correlation(scores[0]!, scores[1]!)).toBeCloseTo(Math.SQRT1_2, 1);
    expect(correlation(scores[0]!, scores[3]!)).toBeCloseTo(0.5, 1);
  });

  it('is the same for the same seed, and its first draws do not hang on how many there are', () => {
    const few = samplePaths(f, { draws: 10, seed: 7 });
    expect(few['2013']).toEqual(paths['2013']!.slice(0, 10));
    expect(samplePaths(f, { draws: 10, seed: 8 })['2013']).not.toEqual(few['2013']);
  });

  it('refuses a number of draws that is none', () => {
    expect(() => samplePaths(f, { draws: 0 })).toThrow('samplePaths: 0 is not a number of draws');
  });
});

describe('chanceAt and chanceOver', () => {
  it('agree with the distribution of the step', () => {
    const f = forecast(gdp, logDrift(), { horizon: 3 });
    const median = quantile(f.steps[2]!, 0.5);
    expect(chanceAt(f, { low: median }, '2013')).toBeCloseTo(0.5, 9);
    expect(chanceAt(f, { low: 200, high: 400 }, '2012')).toBeCloseTo(
      cdf(f.steps[1]!, 400) - cdf(f.steps[1]!, 200),
      12,
    );
    expect(chanceOver(f, { low: median }, ['2013', '2013'])).toBeCloseTo(0.5, 1);
  });

  it('counts growth from the last known value', () => {
    const f = forecast(gdp, logDrift(), { horizon: 3 });
    const rate = (269 / 100) ** 0.1 - 1;
    expect(chanceOver(f, { low: rate }, ['2011', '2013'], { of: 'growth' })).toBeCloseTo(0.5, 1);
    expect(() => chanceAt(f, { low: 1 }, '2020')).toThrow('chanceAt: 2020 is not forecast (2011 to 2013 is)');
  });

  it('is certain for a constant series', () => {
    const f = forecast(series('2010', [5, 5, 5]), naive(), { horizon: 2 });
    expect(chanceAt(f, { low: 5 }, '2013')).toBe(1);
    expect(chanceAt(f, { low: 5.01 }, '2013')).toBe(0);
    expect(chanceOver(f, { low: 4 }, ['2013', '2014'])).toBe(1);
  });
});

describe('conditional', () => {
  it('ends at the target, whatever the method', () => {
    fc.assert(
      fc.property(fc.constantFrom(drift(), logDrift(), theta(), auto()), fc.double({ min: 150, max: 600, noNaN: true }), (method, value) => {
        const given = conditional(forecast(gdp, method, { horizon: 4 }), { at: '2014', value });
        expect(quantile(given.steps[3]!, 0.5) / value).toBeCloseTo(1, 9);
        expect(quantile(given.steps[3]!, 0.9) / value).toBeCloseTo(1, 6);
      }),
      { seed: 1, numRuns: 30 },
    ); // prettier-ignore
  });

  it('lets the quarters of a year add up to its target', () => {
    for (const method of [auto(), logDrift(), drift()]) {
      const f = forecast(quarters, method, { horizon: 4 });
      const total = 1.1 * f.steps.reduce((sum, step) => sum + quantile(step, 0.5), 0);
      const given = conditional(f, { over: ['2014-Q1', '2014-Q4'], total });
      expect(given.steps.reduce((sum, step) => sum + quantile(step, 0.5), 0)).toBeCloseTo(total, 8);
      const rest = conditional(f, { over: ['2014-Q2', '2014-Q4'], total, already: 35 });
      expect(rest.steps.slice(1).reduce((sum, step) => sum + quantile(step, 0.5), 35)).toBeCloseTo(total, 8);
      const each = conditional(f, { over: ['2014-Q1', '2014-Q4'], average: total / 4 });
      expect(quantile(each.steps[2]!, 0.5)).toBeCloseTo(quantile(given.steps[2]!, 0.5), 8);
    }
  });

  it('changes nothing but the spread when the target is the forecast', () => {
    const f = forecast(gdp, drift(), { horizon: 3 });
    const given = conditional(f, { at: '2013', value: quantile(f.steps[2]!, 0.5) });
    f.steps.forEach((step, j) => expect(quantile(given.steps[j]!, 0.5)).toBeCloseTo(quantile(step, 0.5), 9));
    expect(quantile(given.steps[0]!, 0.9)).toBeLessThan(quantile(f.steps[0]!, 0.9));
  });

  it('says what cannot be', () => {
    const f = forecast(gdp, drift(), { horizon: 3 });
    expect(() => conditional(f, { at: '2030', value: 1 })).toThrow(
      'conditional: 2030 is not forecast; ask for 2011 to 2013',
    );
    const certain = forecast(series('2010', [5, 5, 5]), naive(), { horizon: 1 });
    expect(() => conditional(certain, { at: '2013', value: 6 })).toThrow(
      'conditional: the forecast is certain',
    );
  });
});
