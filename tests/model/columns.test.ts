import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, moversOf } from '../../src/model/columns.ts';
import { layoutOf } from '../../src/model/program.ts';
import { systemOf } from '../../src/model/system.ts';
import { fillTable } from '../../src/model/table.ts';
import { defineModel, outcome, series } from '../../src/index.ts';
import type { Dataset, Model, Span } from '../../src/index.ts';
import { twoEngine, twoEngineHistory, twoEngineParameters } from '../../src/presets/index.ts';

/** Outputs at the last period, for the same points, from the columns. */
function inColumns(
  model: Model,
  history: Dataset,
  { over, factors, read }: { over: Span; factors: readonly string[]; read: readonly string[] },
): (points: Readonly<Record<string, Float64Array>>, count: number) => number[][] {
  const system = systemOf(model);
  const layout = layoutOf(system);
  const table = fillTable('test', model, system, layout, { history, over });
  const inputs = factors.map((name) => ({ slot: layout.slotOf(name), from: table.lead, to: table.rows }));
  const outputs = read.map((name) => (table.rows - 1) * table.width + layout.slotOf(name));
  const evaluate = columnsOf('test', system, table, inputs, outputs);
  return (points, count) =>
    evaluate(
      factors.map((name) => points[name]!),
      count,
    ).map((column) => [...column.subarray(0, count)]);
}

describe('columnsOf', () => {
  it('gives the bits of the solver, over one year and over many', () => {
    const model = twoEngine();
    const history = twoEngineHistory(model, '2013');
    const factors = Object.keys(twoEngineParameters);
    const read = ['gdp', 'growth_gdp', 'retail', 'revenue', 'fai_cover', 'growth_tfp', 'energy'];
    fc.assert(
      fc.property(fc.constantFrom('2014', '2016', '2020'), fc.integer(), (last, shift) => {
        const options = { over: ['2014', last] as Span, factors, read };
        const points = Object.fromEntries(
          factors.map((name, k) => {
            const [low, high] = twoEngineParameters[name as keyof typeof twoEngineParameters].range;
            const place = (i: number): number => 0.5 + 0.5 * Math.sin(i * (k + 1) + shift);
            return [name, Float64Array.from({ length: 40 }, (_, i) => low + place(i) * (high - low))];
          }),
        );
        const expected = outcome(model, history, options).evaluate(points, 40);
        expect(inColumns(model, history, options)(points, 40)).toEqual(
          read.map((name) => [...expected[name]!]),
        );
      }),
      { seed: 1, numRuns: 10 },
    );
  });

  it('knows every operation of the language', () => {
    const model = defineModel({
      equations: [
        'a = x ^ 2 + x ^ y - (x - 1) ^ 2',
        'b = min(x, y) * max(x, 1) / exp(x) - log(y) + sqrt(abs(x)) + sign(x)',
        'c = if(x > y and not (x == 1), -x, y <= 2 or x >= 3)',
        'd = (x != y) + (x < y) + d[-1]',
        'h = if(1 > 0, k + 1, x)',
      ],
      parameters: { x: 1, y: 2, k: 3 },
    });
    const history = { d: series('2013', [1]) };
    const options = { over: ['2014', '2016'] as Span, factors: ['x', 'y'], read: ['a', 'b', 'c', 'd', 'h'] };
    const points = {
      x: Float64Array.of(1, 2, 0.5, 3, 1.25),
      y: Float64Array.of(2, 2, 0.25, 7, 1),
    };
    const expected = outcome(model, history, options).evaluate(points, 5);
    expect(inColumns(model, history, options)(points, 5)).toEqual(
      options.read.map((name) => [...expected[name]!.subarray(0, 5)]),
    );
  });

  it('refuses what it cannot do', () => {
    const loop = defineModel({ equations: ['a = 0.5 * b + x', 'b = 0.5 * a'], parameters: { x: 1 } });
    const options = { over: ['2014', '2014'] as Span, factors: ['x'], read: ['a'] };
    expect(() => inColumns(loop, {}, options)).toThrow(
      /test: the equations of 'a', 'b' depend on each other/,
    );
  });
});

it('moversOf finds what moves a variable through equations and lags', () => {
  const system = systemOf(
    defineModel({
      equations: ['a = b[-1] * p', 'b = b[-1] + q', 'c = r + s'],
      parameters: { p: 1, q: 2, r: 3 },
    }),
  );
  expect([...moversOf(system, ['a'])]).toEqual(['p', 'q']);
  expect([...moversOf(system, ['c'])]).toEqual(['r', 's']);
});
