import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../golden/sensitivity.json';
import { directions, fillSobolWords, plainSobol } from '../../src/numeric/sobol-sequence.ts';
import { dgsm, dgsmIndices } from '../../src/sensitivity/dgsm.ts';
import { elasticities } from '../../src/sensitivity/elasticity.ts';
import { exactIndices } from '../../src/sensitivity/exact.ts';
import { gaussRule } from '../../src/sensitivity/gauss-rule.ts';
import { linearShapley } from '../../src/sensitivity/linear-shapley.ts';
import { morris, morrisDesign, morrisEffects } from '../../src/sensitivity/morris.ts';
import { pawn, pawnIndices } from '../../src/sensitivity/pawn.ts';
import { productIndices } from '../../src/sensitivity/product.ts';
import { shapleyEffects } from '../../src/sensitivity/shapley.ts';
import { sobol, sobolDesign, sobolIndices, sobolPairs } from '../../src/sensitivity/sobol.ts';
import { spider } from '../../src/sensitivity/spider.ts';
import { correlation } from '../../src/uncertainty/correlation.ts';
import {
  empirical,
  lognormal,
  mixture,
  normal,
  pert,
  student,
  transformed,
  triangular,
  uniform,
} from '../../src/uncertainty/distribution.ts';
import type { Distribution } from '../../src/uncertainty/distribution.ts';
import { mean, variance } from '../../src/uncertainty/moments.ts';
import type { Outcome } from '../../src/uncertainty/outcome.ts';
import { models, scaled } from './models.ts';
import type { Model } from './models.ts';

const truth = golden.truth;
const column = (rows: readonly (readonly number[])[], k: number) => Float64Array.from(rows, (row) => row[k]!);
const farthest = (got: readonly number[], want: readonly number[]) =>
  Math.max(...got.map((value, k) => Math.abs(value - want[k]!)));
/** Second-order truths by names, from keys such as '1-3'. */
const pairTruth = (pairs: Readonly<Record<string, number>>, names: readonly string[], a: string, b: string) =>
  pairs[`${names.indexOf(a) + 1}-${names.indexOf(b) + 1}`]!;

/** Coordinates of the first plain Sobol' points, some skipped. */
function plainColumns(dimensions: number, count: number, skip: number): Float64Array[] {
  const words = new Uint32Array(count);
  return Array.from({ length: dimensions }, (_, j) => {
    fillSobolWords(plainSobol(directions(dimensions)), j, skip, count, words);
    return Float64Array.from(words, (word) => word * 2 ** -32);
  });
}

describe("Sobol' indices", () => {
  test.each(golden.sobol)('of $model from the design of SALib, within 1e-12', ({ model, N, S1, ST, S2 }) => {
    const { f, factors } = models[model as keyof typeof models] as Model;
    const names = Object.keys(factors);
    const d = names.length;
    const unit = plainColumns(2 * d, N, 0);
    const values: number[] = [];
    const run = (fromB: (k: number) => boolean) => {
      for (let i = 0; i < N; i++) {
        values.push(
          f(
            Object.fromEntries(
              names.map((name, k) => [name, scaled(factors[name]!, unit[k + (fromB(k) ? d : 0)]![i]!)]),
            ),
          ),
        );
      }
    };
    run(() => false);
    run(() => true);
    names.forEach((_, own) => run((k) => k === own));
    names.forEach((_, own) => run((k) => k !== own));
    const { rows, pairs } = sobolIndices(
      { factors: names, points: N, replicates: 1 },
      Float64Array.from(values),
      { estimator: 'saltelli' },
    );
    expect(
      farthest(
        rows.map(({ first }) => first),
        S1,
      ),
    ).toBeLessThan(1e-12);
    expect(
      farthest(
        rows.map(({ total }) => total),
        ST,
      ),
    ).toBeLessThan(1e-12);
    for (const pair of pairs) {
      expect(Math.abs(pair.second - S2[names.indexOf(pair.factor)]![names.indexOf(pair.with)]!)).toBeLessThan(
        1e-12,
      );
    }
    expect(rows[0]!.firstLow).toBeNaN();
  });

  test('median largest error at 4,096 points', () => {
    for (const [name, limit, repetitions] of [
      ['ishigami', 1e-3, 301],
      ['twoEngine3', 1.7e-4, 51],
      ['twoEngine11', 3e-4, 21],
    ] as const) {
      const { f, factors }: Model = models[name];
      const errors = Array.from({ length: repetitions }, (_, seed) => {
        const rows = sobol(f, factors, { points: 4096, replicates: 1, seed });
        return farthest(
          rows.map(({ first }) => first),
          truth[name].S1,
        );
      }).sort((a, b) => a - b);
      expect(errors[(repetitions - 1) / 2]).toBeLessThan(limit);
    }
  });

  test('first, total and second order near the truth, with intervals around it', () => {
    const names = Object.keys(models.ishigami.factors);
    let [inside, asked] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const rows = sobol(models.ishigami.f, models.ishigami.factors, { points: 512, seed });
      rows.forEach((row, k) => {
        inside += Number(row.firstLow <= truth.ishigami.S1[k]! && truth.ishigami.S1[k]! <= row.firstHigh);
        inside += Number(row.totalLow <= truth.ishigami.ST[k]! && truth.ishigami.ST[k]! <= row.totalHigh);
        asked += 2;
      });
    }
    expect(inside / asked).toBeGreaterThan(0.88);
    for (const pair of sobolPairs(models.ishigami.f, models.ishigami.factors, { points: 2048 })) {
      expect(
        Math.abs(pair.second - pairTruth(truth.ishigami.S2, names, pair.factor, pair.with)),
      ).toBeLessThan(5e-3);
    }
  });

  test('design, run and analysis apart give what the whole gives', () => {
    const { f, factors }: Model = models.twoEngine3;
    const options = { points: 128, replicates: 3, seed: 7 };
    const design = sobolDesign(factors, options);
    const names = Object.keys(factors);
    const values = Float64Array.from({ length: design.count }, (_, i) =>
      f(Object.fromEntries(names.map((name) => [name, design.columns[name]![i]!]))),
    );
    const { rows, pairs } = sobolIndices(design, values);
    expect(rows).toEqual(sobol(f, factors, options));
    expect(pairs).toEqual(sobolPairs(f, factors, options));
    expect(() => sobolIndices(design, values.subarray(1))).toThrow('one value for each point');
  });

  test('a constant factor has index zero, a constant output none; bad options are refused', () => {
    const rows = sobol(
      ({ a, b }: { a: number; b: number }) => a + b,
      { a: uniform(0, 1), b: normal(3, 0) },
      { points: 64 },
    );
    expect([rows[1]!.first, rows[1]!.total]).toEqual([0, 0]);
    expect(rows[0]!.first).toBeCloseTo(1, 12);
    expect(sobol(() => 1, { a: uniform(0, 1) }, { points: 64 })[0]!.first).toBeNaN();
    expect(() => sobol(() => 1, { a: uniform(0, 1) }, { points: 1000 })).toThrow('give 1024');
    expect(() => sobol(() => 1, {})).toThrow('no factors');
  });

  test('several outputs together', () => {
    const f = ({ a, b }: { a: number; b: number }) => ({ sum: a + b, a });
    const rows = sobol(f, { a: uniform(0, 1), b: uniform(0, 1) }, { points: 256 });
    expect(rows.map(({ output, factor }) => `${output} ${factor}`)).toEqual(['sum a', 'sum b', 'a a', 'a b']);
    expect(rows[2]!.first).toBeCloseTo(1, 12);
  });
});

describe('exact indices', () => {
  test('two engines: tensor Gauss within 1e-12 in 300 evaluations', () => {
    const [found] = exactIndices(models.twoEngine3.f, models.twoEngine3.factors, {
      nodes: { s: 2, gI: 6, gS: 6 },
    });
    const want = truth.twoEngine3;
    expect(found!.evaluations).toBeLessThanOrEqual(300);
    expect(Math.abs(found!.mean - want.mean)).toBeLessThan(1e-12);
    expect(Math.abs(found!.variance - want.variance)).toBeLessThan(1e-12);
    expect(
      farthest(
        found!.rows.map(({ first }) => first),
        want.S1,
      ),
    ).toBeLessThan(1e-12);
    expect(
      farthest(
        found!.rows.map(({ total }) => total),
        want.ST,
      ),
    ).toBeLessThan(1e-12);
    expect(
      farthest(
        found!.rows.map(({ shapley }) => shapley),
        want.shapley,
      ),
    ).toBeLessThan(1e-12);
    for (const pair of found!.pairs) {
      expect(
        Math.abs(pair.second - pairTruth(want.S2, ['s', 'gI', 'gS'], pair.factor, pair.with)),
      ).toBeLessThan(1e-12);
    }
  });

  test('five years of growth from two nodes each', () => {
    const [found] = exactIndices(models.compound5.f, models.compound5.factors, { nodes: 2 });
    expect(found!.evaluations).toBe(32);
    // The exact answer by hand; the golden file's own figures for this model carry an error of 3e-12.
    const spread = Object.values(models.compound5.factors).map((d) => variance(d) / (1 + mean(d)) ** 2);
    const whole = Math.expm1(spread.reduce((sum, v) => sum + Math.log1p(v), 0));
    const rows = found!.rows;
    expect(
      farthest(
        rows.map(({ first }) => first),
        spread.map((v) => v / whole),
      ),
    ).toBeLessThan(1e-12);
    expect(
      farthest(
        rows.map(({ total }) => total),
        spread.map((v) => (v * (1 + whole)) / (1 + v) / whole),
      ),
    ).toBeLessThan(1e-12);
    expect(
      farthest(
        rows.map(({ first }) => first),
        truth.compound5.S1,
      ),
    ).toBeLessThan(5e-12);
    expect(
      farthest(
        rows.map(({ total }) => total),
        truth.compound5.ST,
      ),
    ).toBeLessThan(5e-12);
    expect(found!.variance).toBeCloseTo(truth.compound5.variance, 9);
  });

  test('closed form of share-weighted products: two engines with 3 and with 11 factors', () => {
    const years = [1, 2, 3, 4, 5];
    const grown = (g: number) => 1 + g;
    const engine = (prefix: string) => Object.fromEntries(years.map((t) => [prefix + t, grown]));
    const eleven = productIndices<string>(
      [
        { s: (s) => s, ...engine('gI') },
        { s: (s) => 1 - s, ...engine('gS') },
      ],
      models.twoEngine11.factors,
    );
    const power = (g: number) => (1 + g) ** 5;
    const three = productIndices(
      [
        { s: (s) => s, gI: power },
        { s: (s) => 1 - s, gS: power },
      ],
      models.twoEngine3.factors,
    );
    for (const [found, want] of [
      [eleven, truth.twoEngine11],
      [three, truth.twoEngine3],
    ] as const) {
      expect(Math.abs(found.mean - want.mean)).toBeLessThan(1e-12);
      expect(Math.abs(found.variance - want.variance)).toBeLessThan(1e-12);
      expect(
        farthest(
          found.rows.map(({ first }) => first),
          want.S1,
        ),
      ).toBeLessThan(1e-12);
      expect(
        farthest(
          found.rows.map(({ total }) => total),
          want.ST,
        ),
      ).toBeLessThan(1e-12);
    }
    for (const pair of three.pairs)
      expect(
        Math.abs(pair.second - pairTruth(truth.twoEngine3.S2, ['s', 'gI', 'gS'], pair.factor, pair.with)),
      ).toBeLessThan(1e-12);
  });

  test('a Gauss rule has the moments of its distribution', () => {
    const kinds: Distribution[] = [
      normal(3, 2),
      lognormal(0, 0.2),
      uniform(-1, 4),
      triangular(0, 1, 5),
      pert(0, 1, 3),
      student(0, 1, 30),
      empirical([1, 2, 2, 9]),
      mixture([
        { weight: 1, of: normal(0, 1) },
        { weight: 3, of: uniform(2, 3) },
      ]),
      transformed(normal(0, 0.3), 0, { high: 1.2 }),
      normal(4, 0),
    ];
    for (const d of kinds) {
      const { nodes, weights } = gaussRule(d, 5);
      const m = nodes.reduce((sum, x, i) => sum + weights[i]! * x, 0);
      const v = nodes.reduce((sum, x, i) => sum + weights[i]! * (x - m) ** 2, 0);
      expect(Math.abs(m - mean(d))).toBeLessThan(3e-7 * (1 + Math.abs(m)));
      expect(Math.abs(v - variance(d))).toBeLessThan(3e-7 * (1 + v));
    }
    expect(gaussRule(empirical([1, 2]), 5).nodes).toHaveLength(2);
  });

  test('first orders sum to at most one, effects to one, totals to at least one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (c) => {
          const f = ({ a, b, d }: Record<'a' | 'b' | 'd', number>) =>
            c[0]! * a +
            c[1]! * b +
            c[2]! * d +
            c[3]! * a * b +
            c[4]! * b * d +
            c[5]! * a * d * d +
            c[6]! * a * b * d +
            a;
          const [found] = exactIndices(
            f,
            { a: normal(0, 1), b: uniform(0, 2), d: triangular(0, 1, 2) },
            { nodes: 3 },
          );
          const sum = (key: 'first' | 'total' | 'shapley') =>
            found!.rows.reduce((total, row) => total + row[key], 0);
          expect(sum('first')).toBeLessThanOrEqual(1 + 1e-9);
          expect(sum('shapley')).toBeCloseTo(1, 9);
          expect(sum('total')).toBeGreaterThanOrEqual(1 - 1e-9);
          for (const row of found!.rows) expect(row.shapley).toBeLessThanOrEqual(row.total + 1e-9);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('Shapley effects', () => {
  test.each(golden.shapley)(
    'linear and normal, correlated: exact (variance $variance)',
    ({ beta, Sigma, shares }) => {
      expect(farthest(linearShapley(beta, Sigma), shares)).toBeLessThan(1e-12);
      const names = beta.map((_, k) => `x${k}`);
      const factors = Object.fromEntries(names.map((name, k) => [name, normal(0, Math.sqrt(Sigma[k]![k]!))]));
      const pairs = names.flatMap((a, i) =>
        names
          .slice(i + 1)
          .map(
            (b, j) =>
              [
                a,
                b,
                Sigma[i]![i + 1 + j]! / Math.sqrt(Sigma[i]![i]! * Sigma[i + 1 + j]![i + 1 + j]!),
              ] as const,
          ),
      );
      const f = (p: Readonly<Record<string, number>>) =>
        names.reduce((sum, name, k) => sum + beta[k]! * p[name]!, 1);
      const rows = shapleyEffects(f, factors, { correlation: correlation(pairs) });
      expect(rows.every(({ method }) => method === 'linear')).toBe(true);
      expect(
        farthest(
          rows.map(({ effect }) => effect),
          shares,
        ),
      ).toBeLessThan(1e-10);
    },
  );

  test('linear in each factor: exact; anything else is sampled, with intervals, correlated or not', () => {
    const compounding = shapleyEffects(models.compound5.f, models.compound5.factors);
    expect(compounding[0]!.method).toBe('quadrature');
    expect(compounding.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(1, 12);
    const sampled = shapleyEffects(models.ishigami.f, models.ishigami.factors, { points: 4096 });
    expect(sampled[0]!.method).toBe('sampled');
    expect(
      farthest(
        sampled.map(({ effect }) => effect),
        truth.ishigami.shapley,
      ),
    ).toBeLessThan(5e-3);
    // A bent function whose effects are those of its linear part: correlated sampling against the exact answer.
    const { beta, Sigma, shares } = golden.shapley[3]!;
    const f = ({ x, y, z }: Record<'x' | 'y' | 'z', number>) =>
      beta[0]! * x + beta[1]! * y + beta[2]! * z + 1e-4 * x * x;
    const rows = shapleyEffects(
      f,
      {
        x: normal(0, Math.sqrt(Sigma[0]![0]!)),
        y: normal(0, Math.sqrt(Sigma[1]![1]!)),
        z: normal(0, Math.sqrt(Sigma[2]![2]!)),
      },
      {
        correlation: correlation([['y', 'z', Sigma[1]![2]! / Math.sqrt(Sigma[1]![1]! * Sigma[2]![2]!)]]),
        points: 2048,
      },
    );
    expect(rows[0]!.method).toBe('sampled');
    expect(
      farthest(
        rows.map(({ effect }) => effect),
        shares,
      ),
    ).toBeLessThan(5e-3);
    expect(rows.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(1, 12);
  });
});

describe('Morris, PAWN and derivative-based measures', () => {
  test('Morris effects of stored paths, within 1e-10 of SALib', () => {
    const { X, Y, num_levels: levels, mu, mu_star: muStar, sigma } = golden.morris;
    const columns = { x1: column(X, 0), x2: column(X, 1), x3: column(X, 2) };
    const rows = morrisEffects(
      { factors: ['x1', 'x2', 'x3'], columns, count: X.length, delta: levels / (2 * (levels - 1)) },
      Float64Array.from(Y),
    );
    expect(
      farthest(
        rows.map((row) => row.mu),
        mu,
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        rows.map((row) => row.muStar),
        muStar,
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        rows.map((row) => row.sigma),
        sigma,
      ),
    ).toBeLessThan(1e-10);
  });

  test('Morris paths move one factor at a time and stay finite for unbounded factors', () => {
    const factors = { a: normal(0, 1), b: student(0, 1, 2), c: uniform(0, 1) };
    const design = morrisDesign(factors, { trajectories: 30, seed: 4 });
    for (let i = 1; i < design.count; i++) {
      const moved = design.factors.filter((name) => design.columns[name][i] !== design.columns[name][i - 1]);
      if (i % 4 !== 0) expect(moved).toHaveLength(1);
    }
    for (const name of design.factors) expect(design.columns[name].every(Number.isFinite)).toBe(true);
    const rows = morris(({ a, b, c }: Record<'a' | 'b' | 'c', number>) => a + 0 * b + 4 * c, factors);
    expect([rows[1]!.muStar, rows[2]!.mu]).toEqual([0, 4]);
    expect(rows[2]!.sigma).toBeCloseTo(0, 14);
    expect(() => morrisDesign(factors, { levels: 5 })).toThrow('even number');
  });

  test.each(golden.pawn)(
    'PAWN of $model from given points, within 1e-10 of SALib',
    ({ model, minimum, mean: means, median, maximum, CV, stdev }) => {
      const { f, factors } = models[model as keyof typeof models] as Model;
      const names = Object.keys(factors);
      const unit = plainColumns(names.length, 1024, 1);
      const columns = Object.fromEntries(
        names.map((name, k) => [name, unit[k]!.map((u) => scaled(factors[name]!, u))]),
      );
      const values = Float64Array.from({ length: 1024 }, (_, i) =>
        f(Object.fromEntries(names.map((name) => [name, columns[name]![i]!]))),
      );
      const rows = pawnIndices(columns, values, 10);
      for (const [key, want] of [
        ['minimum', minimum],
        ['mean', means],
        ['median', median],
        ['maximum', maximum],
        ['cv', CV],
        ['sd', stdev],
      ] as const) {
        expect(
          farthest(
            rows.map((row) => row[key]),
            want,
          ),
        ).toBeLessThan(1e-10);
      }
    },
  );

  test('PAWN sees which factor matters', () => {
    const rows = pawn(
      ({ a }: { a: number; b: number }) => Math.exp(a),
      { a: normal(0, 1), b: normal(0, 1) },
      { points: 2000 },
    );
    expect(rows[0]!.median).toBeGreaterThan(0.3);
    expect(rows[1]!.median).toBeLessThan(0.1);
  });

  test('derivative-based measures of stored derivatives, within 1e-10 of SALib', () => {
    const { X, Y, vi, dgsm: bounds, vi_std: spreads } = golden.dgsm;
    const base = Y.filter((_, i) => i % 4 === 0);
    const gradients = Object.fromEntries(
      [0, 1, 2].map((k) => [
        `x${k + 1}`,
        Float64Array.from(base, (y, i) => (Y[4 * i + 1 + k]! - y) / (X[4 * i + 1 + k]![k]! - X[4 * i]![k]!)),
      ]),
    );
    const rows = dgsmIndices(
      models.ishigami.factors as Record<string, Distribution>,
      gradients,
      Float64Array.from(base),
    );
    expect(
      farthest(
        rows.map(({ nu }) => nu),
        vi,
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        rows.map(({ bound }) => bound),
        bounds,
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        rows.map(({ spread }) => spread),
        spreads,
      ),
    ).toBeLessThan(1e-10);
  });

  test('the bound is above the total index, whatever the distribution', () => {
    const ishigami = dgsm(models.ishigami.f, models.ishigami.factors, { points: 4096 });
    expect(
      farthest(
        ishigami.map(({ nu }) => nu),
        truth.ishigami.nu,
      ),
    ).toBeLessThan(0.05);
    const rows = dgsm(models.twoEngine3.f, models.twoEngine3.factors);
    rows.forEach(({ bound }, k) => expect(bound).toBeGreaterThan(truth.twoEngine3.ST[k]!));
  });
});

describe('derivatives and lines', () => {
  test('elasticities: exact where the outcome knows its gradient, else a difference that says so', () => {
    const [a, b] = elasticities(({ a, b }: Record<'a' | 'b', number>) => a ** 3 * b ** -2, {
      a: 1.2,
      b: 0.7,
    });
    expect(a!.method).toBe('difference');
    expect(a!.elasticity).toBeCloseTo(3, 10);
    expect(b!.elasticity).toBeCloseTo(-2, 10);
    const outcome: Outcome<'x', 'y'> = {
      factors: ['x'],
      evaluate: ({ x }, count) => ({ y: x.slice(0, count).map((v) => v * v) }),
      gradient: ({ x }, count) => ({ y: { x: x.slice(0, count).map((v) => 2 * v) } }),
    };
    expect(elasticities(outcome, { x: 3 })).toEqual([
      { output: 'y', factor: 'x', derivative: 6, elasticity: 2, at: 3, value: 9, method: 'exact' },
    ]);
    expect(elasticities(outcome, { x: '2%' })).toEqual(elasticities(outcome, { x: 0.02 }));
    expect(() => elasticities(outcome, { x: NaN })).toThrow("'x' is NaN; give a number for each factor");
    expect(dgsm(outcome, { x: uniform(0, 1) }, { points: 1024 })[0]).toMatchObject({ method: 'exact' });
  });

  test('a difference is exact for polynomials to the sixth degree', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 7, maxLength: 7 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (c, x) => {
          const f = ({ v }: { v: number }) => c.reduce((sum, k, i) => sum + k * v ** i, 0);
          const want = c.reduce((sum, k, i) => sum + i * k * x ** Math.max(0, i - 1), 0);
          const size = c.reduce((sum, k, i) => sum + Math.abs(k) * (i + 1) * x ** i, 0) / x;
          expect(Math.abs(elasticities(f, { v: x })[0]!.derivative - want)).toBeLessThan(1e-11 * (1 + size));
        },
      ),
      { seed: 1 },
    );
  });

  test('spider lines pass through the base and end at the ends', () => {
    const rows = spider(
      ({ a, b }: Record<'a' | 'b', number>) => a * a + b,
      { a: [0, 2], b: { low: 1, base: 2, high: 5 } },
      { steps: 3 },
    );
    expect(rows.map(({ value }) => value)).toEqual([2, 3, 6, 2, 4, 6]);
    expect(rows[0]).toEqual({ output: 'value', factor: 'a', place: 0, at: 0, value: 2, change: -1 });
    expect(() => spider(() => 1, { a: [0, 1] }, { steps: 1 })).toThrow('1 steps');
  });
});

test('behind a t copula with Student factors a linear output has the shares of the linear rule', () => {
  // The factors are elliptical together: what a set explains of a linear output is linear, as for normal ones.
  const df = 8;
  const slopes = { a: 1, b: 2, c: -1.5, alone: 1 };
  const names = ['a', 'b', 'c', 'alone'] as const;
  const factors = Object.fromEntries(names.map((name) => [name, student(0, 1, df)])) as Record<
    (typeof names)[number],
    Distribution
  >;
  const pairs = [
    ['a', 'b', 0.6],
    ['a', 'c', -0.2],
    ['b', 'c', 0.3],
  ] as const;
  const rows = shapleyEffects(
    (point: Record<(typeof names)[number], number>) =>
      names.reduce((sum, name) => sum + slopes[name] * point[name], 0),
    factors,
    { correlation: correlation(pairs, { copula: 't', df }), points: 512, replicates: 4, seed: 3 },
  );
  const truth = linearShapley(Object.values(slopes), [
    [1, 0.6, -0.2, 0],
    [0.6, 1, 0.3, 0],
    [-0.2, 0.3, 1, 0],
    [0, 0, 0, 1],
  ]);
  expect(rows.map(({ factor }) => factor)).toEqual([...names]);
  rows.forEach(({ effect, method }, k) => {
    expect(method).toBe('sampled');
    expect(Math.abs(effect - truth[k]!)).toBeLessThan(0.02);
  });
  expect(rows.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(1, 12);
});
