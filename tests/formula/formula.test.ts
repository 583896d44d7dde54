import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileStatements } from '../../src/formula/compile.ts';
import type { Layout } from '../../src/formula/compile.ts';
import type { Expression } from '../../src/formula/expression.ts';
import {
  derivative,
  FormulaError,
  parseEquation,
  parseExpression,
  printExpression,
} from '../../src/index.ts';
import { expression, finite, law } from '../support/arbitraries.ts';

const names = ['gdp', '总产值', 'x_1', 'Ünal'];
const layout: Layout = { width: names.length, slotOf: (name) => names.indexOf(name) };

function evaluate(e: Expression, data: Float64Array, engine: 'generated' | 'interpreted'): number {
  const out = new Float64Array(1);
  compileStatements([{ to: 'out', slot: 0, expression: e }], layout, engine)(
    data,
    data.length - names.length,
    out,
  );
  return out[0]!;
}

const table = fc
  .array(finite(0.1, 5), { minLength: 4 * names.length, maxLength: 4 * names.length })
  .map((values) => Float64Array.from(values));

describe('the equation language: laws', () => {
  it('parsing what is printed gives the expression back', () => {
    fc.assert(
      fc.property(expression(names), (e) => {
        expect(parseExpression(printExpression(e))).toEqual(e);
      }),
      { ...law, numRuns: 1000 },
    );
  });

  it('generated code and the interpreter give the same bits', () => {
    fc.assert(
      fc.property(expression(names), table, (e, data) => {
        expect(evaluate(e, data, 'generated')).toBe(evaluate(e, data, 'interpreted'));
      }),
      { ...law, numRuns: 1000 },
    );
  });

  it('the derivative is the slope', () => {
    const smooth = expression(['gdp', 'x_1']).filter(
      (e) => !/[<>=!]|and|or|not|if|min|max|abs|sign|\^/.test(printExpression(e)),
    );
    let slopes = 0;
    fc.assert(
      fc.property(smooth, table, (e, data) => {
        const slope = evaluate(derivative(e, 'gdp'), data, 'generated');
        const at = data.length - names.length;
        const h = 1e-5 * data[at]!;
        const shifted = (by: number): number =>
          evaluate(
            e,
            data.map((v, i) => (i === at ? v + by : v)),
            'generated',
          );
        const [a, b, c, d] = [shifted(2 * h), shifted(h), shifted(-h), shifted(-2 * h)];
        const numeric = (-a + 8 * b - 8 * c + d) / (12 * h);
        if (![slope, a, b, c, d].every((v) => Number.isFinite(v) && Math.abs(v) < 1e6)) return;
        slopes++;
        expect(Math.abs(slope - numeric)).toBeLessThan(
          1e-4 * (1 + Math.abs(slope) + Math.max(Math.abs(a), Math.abs(d))),
        );
      }),
      { ...law, numRuns: 600 },
    );
    expect(slopes).toBeGreaterThan(200);
  });
});

describe('the equation language: examples', () => {
  const printed = (text: string): string => printExpression(parseExpression(text));

  it('reads lags, functions and names in any script', () => {
    expect(printed('gdp[-1] * (1 + g)')).toBe('gdp[-1] * (1 + g)');
    expect(printed('总产值[-2] + Ünal')).toBe('总产值[-2] + Ünal');
    expect(printed('pct(gdp)')).toBe('gdp / gdp[-1] - 1');
    expect(printed('dlog(gdp)')).toBe('log(gdp) - log(gdp[-1])');
    expect(printed('diff(gdp[-1])')).toBe('gdp[-1] - gdp[-2]');
    expect(printed('movavg(x, 3)')).toBe('(x + x[-1] + x[-2]) / 3');
    expect(printed('lag(a + b, 2)')).toBe('a[-2] + b[-2]');
    expect(printed('lag(gdp[-400], 600)')).toBe('gdp[-1000]');
    expect(printed('a > 0 ? a : -a')).toBe('if(a > 0, a, -a)');
    expect(printed('-x^2')).toBe('-x ^ 2');
    expect(parseExpression('-x^2')).toEqual(parseExpression('-(x^2)'));
    expect(printed('２ ＋ ｘ')).toBe('2 + x');
    expect(printed('1.*x + 2./y')).toBe('1 * x + 2 / y');
  });

  const refusals: [string, string, number][] = [
    ['gdp va', "'va' follows 'gdp' without an operator", 4],
    ['2 gdp', "'gdp' follows '2' without an operator", 2],
    ['(a)(b)', "'(' follows ')' without an operator", 3],
    ['0.12 + 1%', "'%' is not part of the equation language", 8],
    ['1 + e', "'e' is a reserved constant", 4],
    ['i * 2', "'i' is a reserved constant", 0],
    ['2 * pi', "'pi' is a reserved constant", 4],
    ['a < b < c', 'comparisons in a chain', 0],
    ['gdp[1]', "'gdp' is led by 1", 0],
    ['gdp[t-1]', "the lag of 'gdp' is not a whole number", 0],
    ['1 + gdp[-100000000]', "'gdp' reaches back 100000000 periods", 4],
    ['gdp[-40000000000]', "'gdp' reaches back 40000000000 periods", 0],
    ['lag(lag(gdp, 600), 401)', 'lag() reaches back 1001 periods', 0],
    ['pct(movsum(gdp, 600), 500)', 'pct() reaches back 1099 periods', 0],
    [`${'diff('.repeat(100)}x${')'.repeat(100)}`, 'diff() is more than 100000 operations', 0],
    ['movsum(movsum(movsum(x, 300), 300), 300)', 'movsum() is more than 100000 operations', 0],
    ['gdp[-0.5]', "the lag of 'gdp' is not a whole number", 0],
    ['sin(x)', "'sin' is not a function of the equation language", 0],
    ['gdp(-1)', "'gdp' is not a function of the equation language", 0],
    ['log(x, 2)', 'log() takes 1 and got 2 arguments', 0],
    ['a mod b', "'mod' follows 'a' without an operator", 2],
    ['1 +', 'not an expression', 2],
    ['a; b', "';' is not part of the equation language", 1],
    ['"a"', `'"' is not part of the equation language`, 0],
    ['a.b', "'.' is not part of the equation language", 1],
    ['x!', "'!' is not part of the equation language", 1],
    ['[1, 2]', 'a array is not part', 0],
    ['constructor.constructor("return process")()', "'.' is not part", 11],
    ['1e999', 'Infinity is not a finite number', 0],
    ['', 'an empty side', 0],
  ];

  it.each(refusals)('refuses %s', (text, problem, at) => {
    try {
      parseExpression(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormulaError);
      expect((error as FormulaError).message).toContain(problem);
      expect((error as FormulaError).at).toBe(at);
    }
  });

  it('reads an equation around one sign of equality', () => {
    expect(printExpression(parseEquation('log(y) = x').left)).toBe('log(y)');
    expect(printExpression(parseEquation('ok = (a == b) + (c <= d)').right)).toBe('(a == b) + (c <= d)');
    expect(() => parseEquation('y')).toThrow('no = sign');
    expect(() => parseEquation('a = b = c')).toThrow('a second = sign at character 7');
    expect(() => parseEquation('y = gdp va')).toThrow('at character 9 of "y = gdp »va"');
  });

  it('lets a model declare reserved names as its own', () => {
    expect(parseExpression('i + e', { variables: ['i', 'e'] })).toEqual({
      kind: 'binary',
      op: '+',
      left: { kind: 'variable', name: 'i', lag: 0 },
      right: { kind: 'variable', name: 'e', lag: 0 },
    });
  });

  it('refuses nesting that would overflow instead of crashing', () => {
    expect(() => parseExpression(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toThrow(
      'more than 250 open brackets',
    );
  });
});

it('refuses expressions longer than compilers can walk, and reads long ones', () => {
  const sum = (n: number): string => Array.from({ length: n }, (_, i) => `v${i}`).join(' + ');
  expect(printExpression(parseExpression(sum(1500)))).toBe(sum(1500));
  const powers = Array.from({ length: 10_000 }, () => 'x').join('^');
  for (const text of [sum(10_000), sum(100_000), powers, `${'-'.repeat(10_000)}x`]) {
    expect(() => parseExpression(text)).toThrow(FormulaError);
  }
});
