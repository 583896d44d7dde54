import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../golden/uncertainty.json';
import { normalCdf } from '../../src/numeric/normal.ts';
import { studentCdf } from '../../src/numeric/student.ts';
import { cdf } from '../../src/uncertainty/cdf.ts';
import { correlation, nearestCorrelation } from '../../src/uncertainty/correlation.ts';
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
import { expectation } from '../../src/uncertainty/expectation.ts';
import { imanConover } from '../../src/uncertainty/iman-conover.ts';
import type { Outcome } from '../../src/uncertainty/outcome.ts';
import { pdf } from '../../src/uncertainty/pdf.ts';
import { probability } from '../../src/uncertainty/probability.ts';
import { quantile } from '../../src/uncertainty/quantile.ts';
import { sample } from '../../src/uncertainty/sample.ts';
import { mergeSummaries, planShards, runShard } from '../../src/uncertainty/shards.ts';
import { simulate } from '../../src/uncertainty/simulate.ts';
import type { Simulation } from '../../src/uncertainty/simulation.ts';
import { merge, summaryCdf, summaryQuantile } from '../../src/uncertainty/summary.ts';

const years = [0, 1, 2, 3, 4];
/** Two engines over five years: log growth of industry and services, correlated within a year. */
const twoEngines = {
  factors: Object.fromEntries(
    years.flatMap((t) => [
      [`i${t}`, normal(0.075, 0.04)],
      [`s${t}`, normal(0.065, 0.025)],
    ]),
  ) as Record<string, Distribution>,
  bands: { industry: { output: 'industry', low: 1.45 }, services: { output: 'services', low: 1.4 } },
} as const;
/** The level after five years of log growth: `i0 + i1 + ...`. */
function level(prefix: string) {
  const names = years.map((t) => prefix + t);
  return (point: Readonly<Record<string, number>>) =>
    Math.exp(names.reduce((sum, name) => sum + point[name]!, 0));
}
const [industry, services, growth] = [level('i'), level('s'), level('g')];
const paths = (point: Readonly<Record<string, number>>) => ({
  industry: industry(point),
  services: services(point),
});
const sameYear = (rho: number) => correlation(years.map((t) => [`i${t}`, `s${t}`, rho] as const));
const identity = ({ x }: { x: number }) => x;
const json = (value: unknown) => JSON.stringify(value);

describe('shards and merging', () => {
  const simulation: Simulation<string, 'industry' | 'services'> = {
    ...twoEngines,
    draws: 70_000,
    seed: 2014,
    correlation: sameYear(0.5),
  };
  const whole = json(simulate(paths, simulation.factors, { ...simulation }));

  test.each([1, 2, 3, 7, 64, 1000])('%i shards, through JSON and in any order, give the same bits', (n) => {
    const parts = planShards(simulation, n).map((shard) =>
      json(runShard(paths, JSON.parse(json(shard)) as typeof shard)),
    );
    expect(parts).toHaveLength(Math.min(n, Math.ceil(70_000 / 1024)));
    const shuffled = parts.map((part, i) => [(i * 7919) % 1009, part] as const).sort((a, b) => a[0] - b[0]);
    const twice = [...shuffled, shuffled[0]!].map(
      ([, part]) => JSON.parse(part) as ReturnType<typeof runShard>,
    );
    expect(json(mergeSummaries(twice))).toBe(whole);
  });

  test('merging is associative and commutative', () => {
    const parts = planShards({ ...simulation, draws: 12_000 }, 12).map((shard) => runShard(paths, shard));
    const bits = json(mergeSummaries(parts));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: 12 }),
        fc.array(fc.nat(), { minLength: 11, maxLength: 11 }),
        (order, picks) => {
          const heap = [...order];
          for (const pick of picks) {
            const i = pick % (heap.length - 1);
            heap.splice(i, 2, pick % 2 === 0 ? merge(heap[i]!, heap[i + 1]!) : merge(heap[i + 1]!, heap[i]!));
          }
          const merged = heap[0]!;
          expect({ ...JSON.parse(json(merged)) }).toEqual(JSON.parse(bits));
        },
      ),
      { seed: 1, numRuns: 20 },
    );
  });

  test('sobol draws shard as well', () => {
    const sobol = { ...simulation, draws: 32_768, sampling: 'sobol' } as const;
    const parts = planShards(sobol, 5).map((shard) => runShard(paths, shard));
    expect(json(mergeSummaries(parts))).toBe(json(simulate(paths, sobol.factors, sobol)));
  });

  test('a run goes on where another ended', () => {
    const part = (first: number, draws: number) =>
      simulate(identity, { x: normal(0, 1) }, { draws, seed: 3, first });
    expect(json(merge(part(0, 2048), part(2048, 1500)))).toBe(json(part(0, 3548)));
    expect(() => merge(part(0, 2048), part(1024, 2048))).toThrow('block 1 is in two summaries');
    expect(() =>
      merge(part(0, 1024), simulate(identity, { x: normal(0, 1) }, { draws: 1024, first: 1024, seed: 4 })),
    ).toThrow('different simulations');
    expect(() => part(5, 10)).toThrow('give a multiple of 1024');
  });
});

/** A fifth of the standard error of a quantile outside 5 % to 95 %. */
const beyond = (d: Distribution, p: number, n: number) =>
  p > 0.05 && p < 0.95 ? 0 : (0.2 * Math.sqrt((p * (1 - p)) / n)) / pdf(d, quantile(d, p));

describe('moments and quantiles', () => {
  test('of given values: mean, variance, skewness, kurtosis to rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5000 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (n, shift) => {
          const seen: number[] = [];
          const s = simulate(
            ({ x }: { x: number }) => (seen.push(x + shift), x + shift),
            { x: lognormal(0, 1) },
            { draws: n, seed: 5 },
          ).outputs.value;
          const m = seen.reduce((a, b) => a + b, 0) / n;
          const power = (k: number) => seen.reduce((sum, x) => sum + (x - m) ** k, 0) / n;
          const near = (a: number, b: number, digits = 1e-9) =>
            expect(Math.abs(a - b)).toBeLessThan(digits * (1 + Math.abs(b)));
          near(s.mean, m);
          near(s.variance, (power(2) * n) / (n - 1));
          near(s.skewness, power(3) / power(2) ** 1.5, 1e-6);
          near(s.kurtosis, power(4) / power(2) ** 2 - 3, 1e-6);
          expect([s.min, s.max, s.count]).toEqual([Math.min(...seen), Math.max(...seen), n]);
        },
      ),
      { seed: 1, numRuns: 30 },
    );
  });

  test('quantiles are monotone, inside the range, and within 5e-4 sd of the values themselves', () => {
    for (const d of [normal(0, 1), normal(1.4, 0.03), lognormal(0, 1), uniform(-1, 1), normal(1e4, 10)]) {
      const seen: number[] = [];
      const n = 200_000;
      const s = simulate(({ x }: { x: number }) => (seen.push(x), x), { x: d }, { draws: n, seed: 6 });
      seen.sort((a, b) => a - b);
      let before = -Infinity;
      for (let p = 0.005; p < 1; p += 0.005) {
        const q = summaryQuantile(s, 'value', p);
        // Between neighbours in rank any value is a quantile.
        const [low, high] = [seen[Math.floor(p * n - 1)]!, seen[Math.ceil(p * n)]!];
        expect(Math.max(low - q, q - high, 0)).toBeLessThan(
          Math.max(5e-4 * s.outputs.value.sd, beyond(d, p, n)),
        );
        expect(q).toBeGreaterThanOrEqual(before);
        expect(summaryCdf(s, 'value', q)).toBeCloseTo(p, 9);
        before = q;
      }
      expect([summaryQuantile(s, 'value', 0), summaryQuantile(s, 'value', 1)]).toEqual([
        s.outputs.value.min,
        s.outputs.value.max,
      ]);
    }
  });

  test('each kind is drawn as it is, alone and behind a copula', () => {
    const kinds: Record<string, Distribution> = {
      normal: normal(1, 2),
      lognormal: lognormal(0, 0.5),
      uniform: uniform(2, 3),
      triangular: triangular(0, 1, 4),
      pert: pert(0, 2, 3),
      student: student(0, 1, 5),
      twoPiece: twoPieceNormal(0, 1, 2),
      empirical: empirical([1, 2, 4, 8]),
      mixture: mixture([
        { weight: 1, of: normal(0, 1) },
        { weight: 2, of: uniform(3, 4) },
      ]),
      transformed: transformed(normal(0, 1), 0, { high: 3 }),
    };
    const names = Object.keys(kinds);
    const f = (point: Readonly<Record<string, number>>) => ({ ...point });
    const n = 4096;
    const pairs = names.slice(1).map((name) => ['normal', name, 0.3] as const);
    for (const how of [
      {},
      { correlation: correlation(pairs) },
      { correlation: correlation(pairs, { copula: 't', df: 4 }) },
    ]) {
      const s = simulate(f, kinds, { draws: n, seed: 8, ...how });
      for (const name of names) {
        for (const p of [0.1, 0.3, 0.5, 0.7, 0.9]) {
          const x = quantile(kinds[name]!, p) + 2e-5;
          const share = cdf(kinds[name]!, x);
          expect(
            Math.abs(summaryCdf(s, name, x) - share) / Math.sqrt((share * (1 - share)) / n + 1e-7),
          ).toBeLessThan(4);
        }
      }
    }
    const smooth = Object.fromEntries(
      names.filter((name) => name !== 'empirical').map((name) => [name, kinds[name]!]),
    );
    const s = simulate(f, smooth, { draws: 8192, seed: 8, sampling: 'sobol' });
    for (const name of Object.keys(smooth))
      expect(Math.abs(summaryCdf(s, name, quantile(smooth[name]!, 0.4)) - 0.4)).toBeLessThan(0.02);
  });
});

describe('probability', () => {
  test('exact cases: one lognormal target, all pairs of correlated engines, copula tails', () => {
    const one = simulate(
      (p) => 100 * growth(p),
      Object.fromEntries(years.map((t) => [`g${t}`, normal(0.062, 0.025)])),
      {
        draws: 65_536,
        seed: 1,
        sampling: 'sobol',
        bands: { level: { output: 'value', low: 140 } },
      },
    );
    expect(probability(one, 'level').probability).toBeCloseTo(golden.targets.single_lognormal.p, 3);
    for (const [rho, truth] of Object.entries(golden.targets.joint_two_engines.pBoth)) {
      const s = simulate(paths, twoEngines.factors, {
        draws: 16_384,
        seed: 2,
        sampling: 'sobol',
        bands: twoEngines.bands,
        correlation: sameYear(Number(rho)),
      });
      expect(Math.abs(probability(s, { all: ['industry', 'services'] }).probability - truth)).toBeLessThan(
        2e-3,
      );
    }
    const corner = (how: { copula?: 'gaussian' | 't'; df?: number }) => {
      const f = ({ a, b }: { a: number; b: number }) => ({ a, b });
      const s = simulate(
        f,
        { a: uniform(0, 1), b: uniform(0, 1) },
        {
          draws: 100_000,
          seed: 3,
          correlation: correlation([['a', 'b', 0.5]], how),
          bands: { a: { output: 'a', high: 0.05 }, b: { output: 'b', high: 0.05 } },
        },
      );
      return probability(s, { all: ['a', 'b'] }, { level: 0.9999 });
    };
    const truth = golden.targets.copula_lower_tail_5pct;
    for (const [p, exact] of [
      [corner({}), truth.gaussian],
      [corner({ copula: 't', df: 4 }), truth.t4],
    ] as const) {
      expect(p.low).toBeLessThan(exact);
      expect(p.high).toBeGreaterThan(exact);
    }
  });

  test('four targets with one common factor', () => {
    const { b, pAll } = golden.targets.joint_4_targets_one_factor;
    const names = ['w', 'x', 'y', 'z'] as const;
    for (const [rho, truth] of Object.entries(pAll)) {
      const pairs = names.flatMap((a, i) => names.slice(i + 1).map((c) => [a, c, Number(rho)] as const));
      const bands = Object.fromEntries(names.map((name, i) => [name, { output: name, low: b[i]! }]));
      const s = simulate(
        (p: Readonly<Record<(typeof names)[number], number>>) => ({ ...p }),
        { w: normal(0, 1), x: normal(0, 1), y: normal(0, 1), z: normal(0, 1) },
        { draws: 65_536, seed: 4, sampling: 'sobol', correlation: correlation(pairs), bands },
      );
      expect(Math.abs(probability(s, { all: [...names] }).probability - truth)).toBeLessThan(2e-3);
    }
  });

  test('monotone in the target, in the number of targets, and consistent when conditional', () => {
    const bands = Object.fromEntries(
      [0.02, 0.04, 0.06, 0.08].map((low) => [`g${low}`, { output: 'value', low } as const]),
    );
    const s = simulate(identity, { x: normal(0.06, 0.02) }, { draws: 5000, seed: 9, bands });
    const names = Object.keys(bands);
    const p = names.map((name) => probability(s, name).probability);
    for (let k = 1; k < 4; k++) expect(p[k]).toBeLessThanOrEqual(p[k - 1]!);
    for (let k = 1; k < 4; k++) {
      const [more, fewer] = [k + 1, k].map((atLeast) => probability(s, { atLeast, of: names }).probability);
      expect(more).toBeLessThanOrEqual(fewer!);
    }
    const given = probability(s, names[2]!, { given: names[1]! });
    expect(given.probability * p[1]!).toBeCloseTo(p[2]!, 12);
    expect(probability(s, names[0]!, { given: names[3]! }).probability).toBe(1);
    let before = 1;
    for (let low = -0.1; low < 0.2; low += 0.003) {
      const now = probability(s, { output: 'value', low }).probability;
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
    expect(Math.abs(probability(s, { output: 'value', low: 0.04 }).probability - p[1]!)).toBeLessThan(1e-3);
  });
});

test('sample gives the very draws that simulate makes', () => {
  const factors = { a: normal(0, 1), b: uniform(0, 1) };
  const options = { draws: 3000, seed: 12, correlation: correlation([['a', 'b', 0.4]]) } as const;
  const seen: number[] = [];
  simulate(({ a, b }: Record<'a' | 'b', number>) => (seen.push(a, b), 0), factors, options);
  const { a, b } = sample(factors, options);
  expect(Array.from(a, (x, i) => [x, b[i]!]).flat()).toEqual(seen);
});

describe('expectation', () => {
  test('intervals cover the mean about as often as they say, and Sobol draws tighten them', () => {
    const f = ({ a, b }: Record<'a' | 'b', number>) => (1 + a) * (1 + b);
    const factors = { a: normal(0.07, 0.03), b: normal(0.05, 0.02) };
    const widths = (['random', 'sobol'] as const).map((sampling) => {
      let [inside, width] = [0, 0];
      for (let seed = 0; seed < 100; seed++) {
        const { low, high } = expectation(simulate(f, factors, { draws: 1024, seed, sampling }), 'value');
        inside += Number(low <= 1.07 * 1.05 && 1.07 * 1.05 <= high);
        width += (high - low) / 100;
      }
      expect(inside).toBeGreaterThanOrEqual(88);
      return width;
    });
    expect(widths[1]).toBeLessThan(widths[0]! / 20);
  });
});

describe('answered or refused clearly', () => {
  const f = identity;
  test('zero draws, one draw, a constant factor', () => {
    const none = simulate(f, { x: normal(0, 1) }, { draws: 0, bands: { b: { output: 'value', low: 0 } } });
    expect([none.count, none.outputs]).toEqual([0, {}]);
    expect(probability(none, 'b')).toEqual({ probability: NaN, low: 0, high: 1, draws: 0, from: 'counted' });
    const one = simulate(f, { x: normal(5, 0) }, { draws: 1 }).outputs.value;
    expect([one.count, one.mean, one.variance, one.min, one.max]).toEqual([1, 5, NaN, 5, 5]);
    const constant = simulate(f, { x: uniform(2, 2) }, { draws: 3000 });
    expect([
      constant.outputs.value.mean,
      constant.outputs.value.sd,
      summaryQuantile(constant, 'value', 0.3),
    ]).toEqual([2, 0, 2]);
  });

  test('values that are not finite are counted apart and meet no target', () => {
    const s = simulate(
      ({ x }: { x: number }) => (x < 0 ? NaN : x),
      { x: normal(0, 1) },
      { draws: 4000, bands: { any: { output: 'value' } } },
    );
    const { count, missing } = s.outputs.value;
    expect(count + missing).toBe(4000);
    expect(missing).toBeGreaterThan(1800);
    expect(probability(s, 'any').probability).toBe(count / 4000);
    expect(probability(s, { output: 'value' }).probability).toBeCloseTo(count / 4000, 12);
  });

  test('ends of a band may be percentages', () => {
    const s = simulate(f, { x: uniform(0, 1) }, { draws: 1000 });
    const numbers = probability(s, { output: 'value', low: 0.1, high: 0.5 });
    expect(numbers.probability).toBeCloseTo(0.4, 1);
    expect(probability(s, { output: 'value', low: '10%', high: '50%' })).toEqual(numbers);
    expect(probability(s, { output: 'value', low: -Infinity }).probability).toBe(1);
    expect(() => probability(s, { output: 'value', low: 'much' as never })).toThrow(
      "probability: 'much' is not a rate",
    );
    // Bands are part of a summary, which holds numbers alone; a text met no draw in silence.
    const bands = { b: { output: 'value', low: '10%' as never } } as const;
    expect(() => simulate(f, { x: uniform(0, 1) }, { draws: 10, bands })).toThrow(
      "the band 'b' begins at '10%'; give a number or leave it open",
    );
  });

  test('a matrix that is no correlation is repaired and the change is told; perfect correlation is exact', () => {
    const factors = { a: normal(0, 1), b: normal(0, 1), c: normal(0, 1) };
    const g = (p: Readonly<Record<'a' | 'b' | 'c', number>>) => p.a + p.b + p.c;
    const s = simulate(g, factors, {
      draws: 10,
      correlation: correlation([
        ['a', 'b', 0.9],
        ['b', 'c', 0.9],
        ['a', 'c', -0.9],
      ]),
    });
    expect(s.repair!.change).toBeGreaterThan(0.1);
    const same = simulate(
      (p: Readonly<Record<'a' | 'b', number>>) => p.a - p.b,
      { a: normal(0, 1), b: normal(0, 1) },
      { draws: 100, correlation: correlation([['a', 'b', 1]]) },
    );
    expect([same.repair, same.outputs.value.max, same.outputs.value.min]).toEqual([undefined, 0, 0]);
  });

  test('mistakes are named', () => {
    expect(() =>
      simulate(f, { x: normal(0, 1) }, { draws: 10, bands: { b: { output: 'value', low: 2, high: 1 } } }),
    ).toThrow("nothing lies in the band 'b' from 2 to 1");
    expect(() =>
      simulate(f, { x: normal(0, 1) }, { draws: 10, bands: { b: { output: 'gdp' as never } } }),
    ).toThrow("'gdp', which is no output");
    expect(() => simulate(f, { x: normal(0, 1) }, { draws: 1.5 })).toThrow('1.5 draws');
    expect(() => simulate(f, { x: normal(0, 1) }, { draws: 1000, sampling: 'sobol' })).toThrow(
      'give 1024 draws',
    );
    expect(() =>
      simulate(f, { x: normal(0, 1) }, { draws: 1, correlation: correlation([['x', 'y' as never, 0.5]]) }),
    ).toThrow("'y', which is no factor");
    const outcome: Outcome<'g', 'value'> = { factors: ['g'], evaluate: (points) => ({ value: points.g }) };
    // @ts-expect-error the factor has another name
    expect(() => simulate(outcome, { x: normal(0, 1) }, { draws: 1 })).toThrow("'g' has no distribution");
    expect(() => correlation([['a', 'b', 1.5]])).toThrow('no correlation');
    const s = simulate(f, { x: normal(0, 1) }, { draws: 10 });
    expect(() => probability(s, 'nope')).toThrow("no band 'nope'");
    expect(() => summaryQuantile(s, 'nope' as never, 0.5)).toThrow("no output 'nope'");
  });
});

describe('correlation', () => {
  test("Higham's examples", () => {
    for (const row of golden.higham) {
      const repaired = nearestCorrelation(row.input);
      repaired.matrix.forEach((values, i) =>
        values.forEach((value, j) => expect(Math.abs(value - row.nearest[i]![j]!)).toBeLessThan(1e-14)),
      );
      expect(Math.abs(repaired.change - row.frobenius_distance)).toBeLessThan(1e-14);
    }
  });

  test('Iman-Conover keeps every value and reaches the ranks', () => {
    const n = 2000;
    const columns = {
      a: Float64Array.from({ length: n }, (_, i) => i ** 2),
      b: Float64Array.from({ length: n }, (_, i) => Math.exp(i / 300)),
      c: Float64Array.from({ length: n }, (_, i) => (i * 733) % n),
    };
    const wanted = [
      [1, 0.7, -0.3],
      [0.7, 1, 0],
      [-0.3, 0, 1],
    ];
    const result = imanConover(columns, wanted, { seed: 3 });
    for (const name of ['a', 'b', 'c'] as const)
      expect(result[name].slice().sort()).toEqual(columns[name].slice().sort());
    const ranks = (column: Float64Array) =>
      Array.from(column.keys())
        .sort((i, j) => column[i]! - column[j]!)
        .reduce((r, place, rank) => r.fill(rank, place, place + 1), new Float64Array(n));
    const pearson = (x: Float64Array, y: Float64Array) =>
      x.reduce((sum, value, i) => sum + (value - (n - 1) / 2) * (y[i]! - (n - 1) / 2), 0) /
      ((n * (n * n - 1)) / 12);
    const rank = [ranks(result.a), ranks(result.b), ranks(result.c)];
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2])
        if (i !== j)
          expect(
            Math.abs(pearson(rank[i]!, rank[j]!) - (6 / Math.PI) * Math.asin(wanted[i]![j]! / 2)),
          ).toBeLessThan(0.02);
  });

  test('a t copula leaves margins alone and has dependent extremes', () => {
    expect(studentCdf(-2, 4)).toBeGreaterThan(normalCdf(-2));
  });
});
