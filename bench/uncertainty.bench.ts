import { spawnSync } from 'node:child_process';
import { bench, describe } from 'vitest';
import { fillNormals } from '../src/numeric/ziggurat.ts';
import { correlation } from '../src/uncertainty/correlation.ts';
import { normal } from '../src/uncertainty/distribution.ts';
import type { Columns, Outcome } from '../src/uncertainty/outcome.ts';
import { probability } from '../src/uncertainty/probability.ts';
import { simulate } from '../src/uncertainty/simulate.ts';
import { addValues, openSketch } from '../src/uncertainty/sketch.ts';

/** Marsaglia's polar method with one value kept, as d3-random has it. */
function polarNormal(): () => number {
  let [x, r]: [number | null, number] = [null, 0];
  return () => {
    let y: number;
    if (x !== null) {
      y = x;
      x = null;
    } else
      do {
        x = Math.random() * 2 - 1;
        y = Math.random() * 2 - 1;
        r = x * x + y * y;
      } while (r === 0 || r > 1);
    return y * Math.sqrt((-2 * Math.log(r)) / r);
  };
}

describe('a million normals', () => {
  const out = new Float64Array(1024);
  const state = Int32Array.of(1, 2, 3, 4);
  const polar = polarNormal();
  let sum = 0;
  bench('ziggurat in blocks', () => {
    for (let block = 0; block < 1000; block++) fillNormals(state, out, 0, 1000);
    sum += out[0]!;
  });
  bench('polar method over Math.random, one at a time', () => {
    for (let i = 0; i < 1_000_000; i++) sum += polar();
  });
});

const sectors = ['industry', 'construction', 'services', 'farming'] as const;
const years = [0, 1, 2, 3, 4];
const share = [0.3, 0.12, 0.45, 0.13];
const mean = [0.08, 0.05, 0.07, 0.03];
const sd = [0.03, 0.02, 0.015, 0.02];
const rho = 0.4;
const factors = Object.fromEntries(
  years.flatMap((t) => sectors.map((name, k) => [`${name}${t}`, normal(mean[k]!, sd[k]!)] as const)),
);
const pairs = years.flatMap((t) =>
  sectors.flatMap((a, k) => sectors.slice(0, k).map((b) => [`${a}${t}`, `${b}${t}`, rho] as const)),
);
const outcome: Outcome<string, 'index'> = {
  factors: Object.keys(factors),
  outputs: ['index'],
  evaluate(points: Columns, count: number) {
    const index = new Float64Array(count);
    sectors.forEach((name, k) => {
      const [a, b, c, d, e] = years.map((t) => points[name + t]!);
      const weight = share[k]!;
      for (let i = 0; i < count; i++) {
        index[i]! += weight * (1 + a![i]!) * (1 + b![i]!) * (1 + c![i]!) * (1 + d![i]!) * (1 + e![i]!);
      }
    });
    return { index };
  },
};

/** The loop as people write it: an object per sector and year, Box-Muller, all values kept and sorted. */
function asPeopleWriteIt(paths: number): number[] {
  const gauss = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  const values: number[] = [];
  for (let i = 0; i < paths; i++) {
    const common = years.map(() => gauss());
    const rows = sectors.map((name, k) => ({
      name,
      growth: years.map(
        (t) => mean[k]! + sd[k]! * (Math.sqrt(rho) * common[t]! + Math.sqrt(1 - rho) * gauss()),
      ),
    }));
    values.push(
      rows.reduce(
        (sum, { growth }, k) => sum + share[k]! * growth.reduce((level, g) => level * (1 + g), 1),
        0,
      ),
    );
  }
  const average = values.reduce((a, b) => a + b) / paths;
  const variance = values.reduce((a, b) => a + (b - average) ** 2, 0) / paths;
  const sorted = values.sort((a, b) => a - b);
  return [average, variance, sorted[paths >> 1]!, values.filter((value) => value >= 1.4).length / paths];
}

const NUMPY = `
import numpy as np, time
rng = np.random.Generator(np.random.SFC64(1)); n = 100_000
L = np.linalg.cholesky(np.full((4, 4), ${rho}) + (1 - ${rho}) * np.eye(4))
mu = np.array([${mean.join()}]); sd = np.array([${sd.join()}]); w = np.array([${share.join()}])
def run():
    g = mu + sd * (rng.standard_normal((n, 5, 4)) @ L.T)
    y = np.prod(1 + g, axis=1) @ w
    return y.mean(), y.var(), np.quantile(y, [.05, .25, .5, .75, .95]), (y >= 1.4).mean()
run(); best = 9.9
for _ in range(9):
    t = time.perf_counter(); run(); best = min(best, time.perf_counter() - t)
print(best * 1000)`;

describe('100,000 paths of four correlated sectors over five years, with all summaries', () => {
  const numpy = spawnSync('python3', ['-c', NUMPY], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const best =
    numpy.status === 0
      ? `numpy with SFC64, best of 9: ${Number(numpy.stdout).toFixed(1)} ms`
      : 'numpy is not installed: not compared';
  process.stdout.write(`${best}\n`);
  const options = {
    draws: 100_000,
    seed: 1,
    correlation: correlation(pairs),
    bands: { goal: { output: 'index', low: 1.4 }, floor: { output: 'index', low: 1.35 } },
  } as const;
  bench('simulate', () => {
    const summary = simulate(outcome, factors, options);
    probability(summary, { all: ['goal', 'floor'] });
  });
  bench('the loop as people write it', () => {
    asPeopleWriteIt(100_000);
  });
});

describe('a million draws of three normals behind a Gaussian copula', () => {
  const three = { a: normal(0.06, 0.02), b: normal(0.07, 0.03), c: normal(0.05, 0.01) };
  const last: Outcome<'a' | 'b' | 'c', 'c'> = { factors: ['a', 'b', 'c'], evaluate: ({ c }) => ({ c }) };
  const together = correlation([
    ['a', 'b', 0.5],
    ['b', 'c', 0.3],
  ]);
  bench('draw, correlate, summarise', () => {
    simulate(last, three, { draws: 1_000_000, seed: 1, correlation: together });
  });
});

describe('quantiles of a million values', () => {
  const values = new Float64Array(1 << 20);
  fillNormals(Int32Array.of(5, 6, 7, 8), values, 0, values.length);
  bench('sketch', () => {
    addValues(openSketch(), values, values.length);
  });
  bench('sort a copy', () => {
    values.slice().sort();
  });
});

describe('memory', () => {
  bench(
    '1e7 draws, then the growth of the resident set',
    () => {
      const before = process.memoryUsage().rss;
      simulate(({ x }: { x: number }) => x, { x: normal(0, 1) }, { draws: 1e7, seed: 1 });
      const growth = (process.memoryUsage().rss - before) / 2 ** 20;
      process.stdout.write(`grew by ${growth.toFixed(1)} MB\n`);
    },
    { iterations: 2, time: 0, warmupIterations: 0, warmupTime: 0 },
  );
});
