import { describe, expect, it } from 'vitest';
import { defineModel, series, solve } from '../../src/index.ts';
import type { Dataset, Series } from '../../src/index.ts';
import { close } from '../support/arbitraries.ts';
import { golden, klein, kleinHistory as history, read } from '../support/klein.ts';
import type { GoldenSeries } from '../support/klein.ts';

describe("Klein's Model I, forecast against bimets at tight convergence", () => {
  it('1941-1944', () => {
    const forecast = golden('klein-forecast') as {
      exog: Record<string, GoldenSeries>;
      conv1e12: Record<string, GoldenSeries>;
      conv1e12_newton: Record<string, GoldenSeries>;
    };
    const run = solve(klein, { ...history, ...read(forecast.exog) }, { over: ['1941', '1944'] });
    for (const [name, s] of Object.entries(forecast.conv1e12)) {
      s.values.forEach((value, t) =>
        expect(close(run[name as 'y'].values[21 + t]!, value!, 1e-9)).toBe(true),
      );
    }
  });
});

/** The linear systems of golden/synthetic-linear-*.json, by the formula in their `spec`. */
function synthetic(n: number, periods: number): { equations: string[]; history: Dataset } {
  const other = (i: number, j: number): number => (j === i ? (i + 1) % n : j);
  const equations = Array.from(
    { length: n },
    (_, i) =>
      `y${i} = 0.5*y${i}[-1] + 0.2*y${other(i, (7 * i + 3) % n)} - 0.1*y${other(i, (13 * i + 5) % n)} + x${i % 10}`,
  );
  const history: Record<string, Series> = {};
  for (let i = 0; i < n; i++) history[`y${i}`] = series('2000', [1 + 0.001 * (i % 7)]);
  for (let k = 0; k < 10; k++)
    history[`x${k}`] = series(
      '2001',
      Array.from({ length: periods }, (_, t) => 1 + 0.1 * k + 0.01 * (t + 1)),
    );
  return { equations, history };
}

describe('synthetic linear systems with exact solutions', () => {
  it.each([100, 1000])('N = %i within 1e-10, by reduced and by sparse factors', (n) => {
    const exact = golden(`synthetic-linear-${n}`) as { t1: number[]; t20: number[] };
    const { equations, history } = synthetic(n, 20);
    const run = solve(defineModel({ equations }), history, { over: ['2001', '2020'] });
    for (const [t, values] of [
      [1, exact.t1],
      [20, exact.t20],
    ] as const) {
      values.forEach((value, i) => expect(Math.abs(run[`y${i}`]!.values[t]! - value)).toBeLessThan(1e-10));
    }
  });
});

/**
 * A made-up national model of 300 equations of the kinds that real ones have: behavioural equations in logarithms with
 * lags up to 15, identities, price and wage blocks that close on each other, conditions.
 */
function national(): {
  equations: ({ formula: string; when?: string } | string)[];
  history: Dataset;
  endogenous: string[];
} {
  const n = 97;
  const equations: ({ formula: string; when?: string } | string)[] = [];
  for (let i = 0; i < n; i++) {
    const j = (5 * i + 2) % n;
    const k = (11 * i + 7) % n;
    equations.push(
      `dlog(c${i}) = 0.01 + 0.3 * dlog(q${j}) + 0.1 * (log(q${i}[-1]) - log(c${i}[-1])) + 0.05 * dlog(c${i}[-${1 + (i % 15)}])`,
    );
    equations.push(
      `log(p${i}) = 0.6 * log(p${i}[-1]) + 0.3 * log(p${k}) + 0.1 * log(w) + 0.05 * max(u, 0.5) * log(1 + q${i} / movavg(q${i}, 4)) * 0.1`,
    );
    equations.push(
      i % 3 === 0
        ? `q${i} = 0.7 * c${i} + 0.2 * sqrt(c${k} * q${j}) + 0.1 * x`
        : `q${i} = 0.8 * c${i} + 0.1 * c${j} + 0.1 * x`,
    );
  }
  equations.push(`gdp = (${Array.from({ length: n }, (_, i) => `q${i}`).join(' + ')}) / ${n}`);
  equations.push(`w / w[-1] = (1 + 0.5 * pct(gdp)) * (p0 / p0[-1])^0.4`);
  equations.push({ formula: 'u = 0.9 * u[-1] + 0.1 * gdp / x', when: 'gdp > 0.5 * x' });
  equations.push({ formula: 'u = u[-1] - 0.01', when: 'gdp <= 0.5 * x' });
  equations.push('rate = max(0.01, 0.5 * rate[-1] + 0.5 * (0.02 + 0.5 * pct(p1)))');
  equations.push('abs(stock) = stock[-1] * (1 - 0.05) + 0.01 * gdp');
  const endogenous = [
    ...Array.from({ length: n }, (_, i) => [`c${i}`, `p${i}`, `q${i}`]).flat(),
    'gdp',
    'w',
    'u',
    'rate',
    'stock',
  ];
  const history: Record<string, Series> = {
    x: series(
      '1990',
      Array.from({ length: 60 }, (_, t) => 1.02 ** t),
    ),
  };
  for (const [m, name] of endogenous.entries())
    history[name] = series(
      '1990',
      Array.from(
        { length: 20 },
        (_, t) => (name === 'u' || name === 'rate' ? 0.6 : 1) * 1.02 ** t * (1 + 0.01 * Math.sin(m + t)),
      ),
    );
  return { equations, history, endogenous };
}

describe('a model of the size and kind of a national one', () => {
  const { equations, history, endogenous } = national();
  const model = defineModel({ equations });
  const over = ['2010', '2029'] as const;

  it('solves, every equation holding, in whatever order it is written, with both engines alike', () => {
    const run = solve(model, history, { over });
    const value = (name: string, t: number): number => run[name]!.values[t - 1990]!;
    for (let t = 2010; t <= 2029; t++) {
      const average = Array.from({ length: 97 }, (_, i) => value(`q${i}`, t)).reduce((a, b) => a + b) / 97;
      expect(close(value('gdp', t), average, 1e-12)).toBe(true);
      for (const i of [0, 1, 50, 96]) {
        const j = (5 * i + 2) % 97;
        const lag = 1 + (i % 15);
        const right =
          0.01 +
          0.3 * Math.log(value(`q${j}`, t) / value(`q${j}`, t - 1)) +
          0.1 * Math.log(value(`q${i}`, t - 1) / value(`c${i}`, t - 1)) +
          0.05 * Math.log(value(`c${i}`, t - lag) / value(`c${i}`, t - lag - 1));
        expect(Math.abs(Math.log(value(`c${i}`, t) / value(`c${i}`, t - 1)) - right)).toBeLessThan(1e-11);
      }
      expect(
        close(
          value('w', t) / value('w', t - 1),
          (1 + 0.5 * (value('gdp', t) / value('gdp', t - 1) - 1)) *
            (value('p0', t) / value('p0', t - 1)) ** 0.4,
          1e-11,
        ),
      ).toBe(true);
    }
    const reversed = solve(
      defineModel({
        equations: equations
          .toReversed()
          .toSorted((a, b) => Number(typeof a === 'object') - Number(typeof b === 'object'))
          .map((e) => e),
      }),
      history,
      { over },
    );
    const interpreted = solve(model, history, { over, engine: 'interpreted' });
    for (const name of endogenous) {
      expect(interpreted[name]).toEqual(run[name]);
      run[name]!.values.forEach((v, t) => expect(close(reversed[name]!.values[t]!, v, 1e-9)).toBe(true));
    }
  });
});
