import { bench, describe } from 'vitest';
import { productIndices } from '../src/sensitivity/product.ts';
import { sobol, sobolPairs } from '../src/sensitivity/sobol.ts';
import { uniform } from '../src/uncertainty/distribution.ts';
import type { Distribution } from '../src/uncertainty/distribution.ts';
import type { Columns, Outcome } from '../src/uncertainty/outcome.ts';

const years = [1, 2, 3, 4, 5];
const factors: Readonly<Record<string, Distribution>> = {
  s: uniform(0.25, 0.35),
  ...Object.fromEntries(years.map((t) => [`gI${t}`, uniform(0.02, 0.14)])),
  ...Object.fromEntries(years.map((t) => [`gS${t}`, uniform(0.03, 0.11)])),
};
const columns: Outcome<string, 'index'> = {
  factors: Object.keys(factors),
  evaluate(points: Columns, count: number) {
    const { s, gI1, gI2, gI3, gI4, gI5, gS1, gS2, gS3, gS4, gS5 } = points as Record<string, Float64Array>;
    const index = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const industry = (1 + gI1![i]!) * (1 + gI2![i]!) * (1 + gI3![i]!) * (1 + gI4![i]!) * (1 + gI5![i]!);
      const services = (1 + gS1![i]!) * (1 + gS2![i]!) * (1 + gS3![i]!) * (1 + gS4![i]!) * (1 + gS5![i]!);
      index[i] = s![i]! * industry + (1 - s![i]!) * services;
    }
    return { index };
  },
};
const point = (p: Readonly<Record<string, number>>) => {
  let [industry, services] = [1, 1];
  for (const t of years) {
    industry *= 1 + p[`gI${t}`]!;
    services *= 1 + p[`gS${t}`]!;
  }
  return p['s']! * industry + (1 - p['s']!) * services;
};

// SALib 1.5 takes 1,330 ms for this on the reference machine (sample, evaluate and all three orders).
describe('Saltelli design of 16,384 points, 11 factors: sample, evaluate, all three orders', () => {
  bench('an outcome in columns', () => {
    sobolPairs(columns, factors, { points: 16_384, replicates: 1 });
  });
  bench('a plain function of a point', () => {
    sobolPairs(point, factors, { points: 16_384, replicates: 1 });
  });
  bench('closed form', () => {
    const engine = (prefix: string) =>
      Object.fromEntries(years.map((t) => [prefix + t, (g: number) => 1 + g]));
    productIndices(
      [
        { s: (s: number) => s, ...engine('gI') },
        { s: (s: number) => 1 - s, ...engine('gS') },
      ],
      factors,
    );
  });
});

describe('coverage of 95 % intervals over 200 repetitions', () => {
  const ishigami = (p: Readonly<Record<'a' | 'b' | 'c', number>>) =>
    Math.sin(p.a) + 7 * Math.sin(p.b) ** 2 + 0.1 * p.c ** 4 * Math.sin(p.a);
  const circle = uniform(-Math.PI, Math.PI);
  const first = [0.31390519114781146, 0.4424111447900409, 0];
  const total = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477];
  bench(
    'Ishigami, 8 replicates of 512 points',
    () => {
      let [inside, asked] = [0, 0];
      for (let seed = 0; seed < 200; seed++) {
        sobol(ishigami, { a: circle, b: circle, c: circle }, { points: 512, seed }).forEach((row, k) => {
          inside += Number(row.firstLow <= first[k]! && first[k]! <= row.firstHigh);
          inside += Number(row.totalLow <= total[k]! && total[k]! <= row.totalHigh);
          asked += 2;
        });
      }
      process.stdout.write(`covered ${((100 * inside) / asked).toFixed(1)} %\n`);
    },
    { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 },
  );
});
