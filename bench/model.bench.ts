import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { control, defineModel, goalSeek, series, solve } from '../src/index.ts';
import type { Dataset, Series } from '../src/index.ts';
import { runModel, solvePeriod } from '../src/model/solve.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../tests/golden/${name}.json`, import.meta.url), 'utf8'));
const exact = golden('klein-exact') as {
  coefficients: Record<string, number[]>;
  renorm_1940_41: { targets: { cn: number[]; y: number[] } };
};
const data = golden('klein-data') as {
  series: Record<string, { start: [number, number]; values: (number | null)[] }>;
};
const history: Dataset = Object.fromEntries(
  Object.entries(data.series).map(([name, s]) => [name, series(`${s.start[0]}`, s.values)]),
);
const letters = { cn: 'a', i: 'b', w1: 'c' } as const;
const equations = [
  'cn = a1 + a2*p + a3*p[-1] + a4*(w1 + w2)',
  'i = b1 + b2*p + b3*p[-1] + b4*k[-1]',
  'w1 = c1 + c2*(y + t - w2) + c3*lag(y + t - w2) + c4*time',
  'y = cn + i + g - t',
  'p = y - (w1 + w2)',
  'k = k[-1] + i',
] as const;
const parameters = Object.fromEntries(
  Object.entries(letters).flatMap(([name, letter]) =>
    exact.coefficients[name]!.map((value, k) => [`${letter}${k + 1}`, value]),
  ),
);
const klein = defineModel({ equations, parameters, variables: ['i'] });

/** What people write by hand: Gauss-Seidel until nothing moves by more than 1e-12. */
function byHand(): number {
  const get = (name: string): readonly number[] => history[name]!.values;
  const [w2, g, t, time] = [get('w2'), get('g'), get('t'), get('time')];
  const [cn, i, w1, y, p, k] = (['cn', 'i', 'w1', 'y', 'p', 'k'] as const).map((name) => [...get(name)]) as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const b = parameters as Record<string, number>;
  for (let s = 3; s <= 21; s++) {
    for (let round = 0, moved = 1; moved > 1e-12 && round < 1000; round++) {
      const before = y[s]!;
      cn[s] = b['a1']! + b['a2']! * p[s]! + b['a3']! * p[s - 1]! + b['a4']! * (w1[s]! + w2[s]!);
      i[s] = b['b1']! + b['b2']! * p[s]! + b['b3']! * p[s - 1]! + b['b4']! * k[s - 1]!;
      y[s] = cn[s]! + i[s]! + g[s]! - t[s]!;
      w1[s] =
        b['c1']! +
        b['c2']! * (y[s]! + t[s]! - w2[s]!) +
        b['c3']! * (y[s - 1]! + t[s - 1]! - w2[s - 1]!) +
        b['c4']! * time[s]!;
      p[s] = y[s]! - w1[s]! - w2[s]!;
      moved = Math.abs(y[s]! - before);
    }
    k[s] = k[s - 1]! + i[s]!;
  }
  return y[21]!;
}

describe("Klein's Model I, 19 periods dynamic", () => {
  bench('solve (data in, series out)', () => {
    if (!(solve(klein, history, { over: ['1923', '1941'] }).y.values[21]! > 0)) throw new Error('wrong');
  });
  bench('Gauss-Seidel by hand to 1e-12', () => {
    if (!(byHand() > 0)) throw new Error('wrong');
  });
});

describe("Klein's Model I, 4 targets by 4 instruments", () => {
  const { targets } = exact.renorm_1940_41;
  bench('control', () => {
    if (
      !control(klein, history, {
        over: ['1940', '1941'],
        targets: { cn: series('1940', targets.cn), y: series('1940', targets.y) },
        using: ['w2', 'g'],
      }).hit
    )
      throw new Error('missed');
  });
});

describe('one target in the two-engine model, to 1e-12', () => {
  const model = twoEngine();
  const base = twoEngineHistory(model, '2013');
  const over = ['2014', '2014'] as const;
  bench('goalSeek', () => {
    if (!goalSeek(model, base, { over, target: { growth_gdp: '12%' }, using: 'g_services' }).hit)
      throw new Error('missed');
  });
  bench('bisection over solve', () => {
    let [low, high] = [0, 0.3];
    while (high - low > 1e-12) {
      const middle = (low + high) / 2;
      if (solve(model, base, { over, set: { g_services: middle } }).growth_gdp.values[0]! < 0.12)
        low = middle;
      else high = middle;
    }
  });
});

function synthetic(n: number): { texts: string[]; data: Record<string, Series> } {
  const other = (i: number, j: number): number => (j === i ? (i + 1) % n : j);
  const texts = Array.from(
    { length: n },
    (_, i) =>
      `y${i} = 0.5*y${i}[-1] + 0.2*y${other(i, (7 * i + 3) % n)} - 0.1*y${other(i, (13 * i + 5) % n)} + x${i % 10}`,
  );
  const values: Record<string, Series> = {};
  for (let i = 0; i < n; i++) values[`y${i}`] = series('2000', [1 + 0.001 * (i % 7)]);
  for (let k = 0; k < 10; k++)
    values[`x${k}`] = series(
      '2001',
      Array.from({ length: 20 }, (_, t) => 1 + 0.1 * k + 0.01 * (t + 1)),
    );
  return { texts, data: values };
}

describe('simultaneous systems, 20 periods', () => {
  for (const n of [100, 1000, 5000]) {
    const { texts, data: values } = synthetic(n);
    const { compiled, table } = runModel('bench', { equations: texts, parameters: {} }, values, {
      over: ['2001', '2020'],
    });
    const start = table.data.slice();
    bench(
      `N = ${n}`,
      () => {
        table.data.set(start);
        for (let row = table.lead; row < table.rows; row++) solvePeriod('bench', compiled, table, row, {});
      },
      { time: 1000, warmupIterations: 3 },
    );
  }
  const { texts, data: values } = synthetic(5000);
  bench(
    'N = 5000: parse, order, compile and solve one period',
    () => {
      solve({ equations: [...texts], parameters: {} }, values, { over: ['2001', '2001'] });
    },
    { time: 100, iterations: 3, warmupIterations: 0 },
  );
});
