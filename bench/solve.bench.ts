import { compile } from 'mathjs/number';
import { bench, describe } from 'vitest';
import { defineModel, series, solve } from '../src/index.ts';
import { runModel, solvePeriod } from '../src/model/solve.ts';

/** 1,201 recursive equations over 20 periods, as a ratio against closures by hand and mathjs's own evaluation. */
const n = 1200;
const periods = 20;
const equations = [
  ...Array.from(
    { length: n },
    (_, i) => `v${i} = v${i}[-1] * (1 + g) + 0.1 * ${i === 0 ? 'x' : `v${i - 1}`}`,
  ),
  `total = ${Array.from({ length: 20 }, (_, i) => `v${i * 60}`).join(' + ')}`,
];
const model = defineModel({ equations, parameters: { g: 0.05 } });
const history = {
  ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`v${i}`, series('2013', [1 + i / n])])),
  x: series(
    '2014',
    Array.from({ length: periods }, () => 1),
  ),
};
const over = ['2014', '2033'] as const;

type Row = Float64Array;
const byHand = equations.map((_, i): ((now: Row, before: Row) => number) => {
  if (i === n)
    return (now) => {
      let sum = 0;
      for (let k = 0; k < 20; k++) sum += now[k * 60]!;
      return sum;
    };
  if (i === 0) return (_now, before) => before[0]! * 1.05 + 0.1;
  return (now, before) => before[i]! * 1.05 + 0.1 * now[i - 1]!;
});

const compiled = equations.map((text) =>
  compile(text.slice(text.indexOf('=') + 1).replaceAll(/v(\d+)\[-1\]/g, 'l$1')),
);

describe('1,201 recursive equations, 20 periods', () => {
  bench('solve, generated code (data in, series out)', () => {
    if (solve(model, history, { over, engine: 'generated' })['total']!.values.length !== 20)
      throw new Error('wrong');
  });
  for (const engine of ['generated', 'interpreted'] as const) {
    const { compiled: program, table } = runModel('bench', model, history, { over, engine });
    bench(`the run alone, ${engine}`, () => {
      for (let row = table.lead; row < table.rows; row++) solvePeriod('bench', program, table, row, {});
      if (!(table.data[n]! !== 0)) throw new Error('wrong');
    });
  }
  bench('closures written by hand', () => {
    let before = new Float64Array(n + 1).map((_, i) => 1 + i / n);
    for (let t = 0; t < periods; t++) {
      const now = new Float64Array(n + 1);
      for (let i = 0; i <= n; i++) now[i] = byHand[i]!(now, before);
      before = now;
    }
    if (!(before[n]! > 0)) throw new Error('wrong');
  });
  bench(
    'mathjs evaluate',
    () => {
      const scope: Record<string, number> = { g: 0.05, x: 1 };
      for (let i = 0; i < n; i++) scope[`l${i}`] = 1 + i / n;
      for (let t = 0; t < periods; t++) {
        for (let i = 0; i <= n; i++) scope[i === n ? 'total' : `v${i}`] = compiled[i]!.evaluate(scope);
        for (let i = 0; i < n; i++) scope[`l${i}`] = scope[`v${i}`]!;
      }
    },
    { time: 500, warmupIterations: 1 },
  );
});
