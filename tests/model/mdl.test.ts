import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeIssue, series, solve } from '../../src/index.ts';
import type { Dataset, Period, Series } from '../../src/index.ts';
import { printExpression } from '../../src/formula/expression.ts';
import type { Expression } from '../../src/formula/expression.ts';
import { parseExpression } from '../../src/formula/parse.ts';
import { addFactors } from '../../src/model/residual.ts';
import { readMdl } from '../../src/model/mdl.ts';
import type { Mdl } from '../../src/model/mdl.ts';
import { close, expression, law } from '../support/arbitraries.ts';

const golden = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

/** Series as the goldens write them: start as year and period, null for missing. */
function dataset(given: Record<string, { start: number[]; values: (number | null)[] }>): Dataset {
  return Object.fromEntries(
    Object.entries(given).map(([name, { start, values }]) => [
      name,
      series(String(start[0]) as Period, values),
    ]),
  );
}

const identity = (equation: string, condition?: string): Mdl =>
  readMdl(`MODEL\nIDENTITY> y\nEQ> ${equation}\n${condition === undefined ? '' : `IF> ${condition}\n`}END`);

const formula = (right: string): string => {
  const { equations, issues } = identity(`y = ${right}`);
  expect(issues).toEqual([]);
  return equations[0]!.formula.slice('y = '.length);
};

const problems = (text: string): string[] => readMdl(text).issues.map((issue) => describeIssue(issue));

/** Klein's Model I with the exact coefficients. */
function klein(): { read: Mdl; history: Dataset; exact: any } {
  const exact = golden('klein-exact');
  const letters = { cn: 'a', i: 'b', w1: 'c' } as const;
  const coefficients = Object.fromEntries(
    Object.entries(letters).flatMap(([variable, letter]) =>
      (exact.coefficients[variable] as number[]).map((value, k) => [`${letter}${k + 1}`, value]),
    ),
  );
  const read = readMdl(golden('klein-model').mdl, { coefficients });
  return { read, history: dataset(golden('klein-data').series), exact };
}

describe('reading MDL: laws', () => {
  it('what the equation language prints, MDL reads back as the same expression', () => {
    // MDL writes lags as calls, has no signs of its own for `sign` and `if`, and no negation without brackets.
    const inMdl = (e: Expression): boolean => {
      const text = JSON.stringify(e);
      return !text.includes('"not"') && !text.includes('"if"') && !text.includes('"sign"');
    };
    fc.assert(
      fc.property(expression(['gdp', 'w1', 'i', 'e', 'time']).filter(inMdl), (e) => {
        const ours = printExpression(e);
        const mdl = ours
          .replaceAll(/(\w+)\[-(\d+)\]/gu, 'TSLAG($1,$2)')
          .replaceAll(/\b(?:exp|log|sqrt|abs|min|max)(?=\()/gu, (name) => name.toUpperCase());
        const { equations, issues } = readMdl(`MODEL\nIDENTITY> y\nEQ> y = ${mdl}\nEND`);
        expect(issues).toEqual([]);
        const variables = ['i', 'e'];
        const [, right] = equations[0]!.formula.split(/=(.*)/su);
        expect(equations[0]!.formula.startsWith('y =')).toBe(true);
        expect(parseExpression(right!, { variables })).toEqual(parseExpression(ours, { variables }));
      }),
      law,
    );
  });

  it('keywords and functions in any case, blank lines, comments and line ends change nothing', () => {
    const text = golden('klein-model').mdl as string;
    const plain = readMdl(text);
    const strip = ({ equations }: Mdl): unknown => equations.map((e) => ({ ...e, line: 0, label: '' }));
    const shouting = text
      .replaceAll(/^(\w+)>/gmu, (keyword) => keyword.toLowerCase())
      .replaceAll('TSLAG', 'tslag');
    expect(strip(readMdl(shouting))).toEqual(strip(plain));
    expect(strip(readMdl(text.replaceAll('\n', '\r\n')))).toEqual(strip(plain));
    expect(strip(readMdl(text.replaceAll('\n', '\n\n$ a remark = 1\n')))).toEqual(strip(plain));
    expect(strip(readMdl(text.replaceAll('COMMENT>', '$')))).toEqual(strip(plain));
    expect(strip(readMdl(text.replaceAll(' + ', ' +\n   ')))).toEqual(strip(plain));
  });

  it('any text at all is read or refused with issues, never thrown', () => {
    const word = fc.constantFrom(
      'MODEL',
      'END',
      'IDENTITY>',
      'BEHAVIORAL>',
      'EQ>',
      'COEFF>',
      'IF>',
      'PDL>',
      'RESTRICT>',
      'ERROR>',
      'y',
      'x',
      'a1',
      '=',
      '(',
      ')',
      '+',
      'TSLAG(',
      ',1)',
      '3',
      'AUTO(1)',
      'a1 1 3',
      '\n',
      '\n',
      'IV>',
      '!',
      'TSRANGE',
      '1990 1 2000 1',
      'and',
      '**',
      '.GT.',
      'in',
      'true',
      'a.b',
      '%',
      '__proto__',
      'constructor',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const read = readMdl(words.join(' '), { coefficients: { a1: 1 } });
        expect(read.model === undefined || read.equations.length > 0).toBe(true);
      }),
      { ...law, numRuns: 2000 },
    );
  });
});

describe('reading MDL: examples', () => {
  it('functions become those of the equation language', () => {
    expect(formula('TSLAG(x) + TSLAG(x,2) + LAG(x - z, 3)')).toBe('x[-1] + x[-2] + lag(x - z, 3)');
    expect(formula('TSDELTA(x) + TSDELTA(x,4) * TSDELTALOG(x)')).toBe('diff(x) + diff(x, 4) * dlog(x)');
    expect(formula('TSDELTAP(x,4) / 2')).toBe('(100 * pct(x, 4)) / 2');
    expect(formula('MOVAVG(x,3) + MAVE(x,2) + MOVTOT(x,4) + MTOT(x,2)')).toBe(
      'movavg(x, 3) + movavg(x, 2) + movsum(x, 4) + movsum(x, 2)',
    );
    expect(formula('-x**2 + 1.*EXP(ABS(SQRT(x))) - .5e-3')).toBe('-x ^ 2 + 1 * exp(abs(sqrt(x))) - .5e-3');
    expect(identity('TSDELTAP(y) = x').model?.equations[0]).toEqual({
      formula: '(100 * pct(y)) = x',
      variable: 'y',
    });
  });

  it('percentage differences solve as percentages, on either side', () => {
    const { model } = identity('TSDELTAP(y) = 2 * TSDELTAP(x)');
    const history = { x: series('2013', [100, 103]), y: series('2013', [50]) };
    const y = solve(model!, history, { over: ['2014', '2014'] })['y'].values[1]!;
    expect(close(y, 53)).toBe(true);
    const six = solve(identity('TSDELTAP(y) = 6').model!, history, { over: ['2014', '2014'] });
    expect(close(six['y'].values[1]!, 53)).toBe(true);
  });

  it('conditions: every way to compare and to join', () => {
    const when = (condition: string): string | undefined => identity('y = x', condition).equations[0]!.when;
    expect(when('x > 0 && z <= 1 || w != 2')).toBe('x > 0 and z <= 1 or w != 2');
    expect(when('LOG(x).GT.0 .AND. x.LE.1')).toBe('log(x) > 0 and x <= 1');
    expect(when('(x = 1) OR (x == 2)')).toBe('(x == 1) or (x == 2)');
    expect(when('!(x > 1) & NOT (z < 2)')).toBe('not (x > 1) and not (z < 2)');
    expect(identity('y = x', '!x > 1').issues).toHaveLength(1);
  });

  it('several identities with conditions are one equation with branches', () => {
    const { model } = readMdl(
      'MODEL\nIDENTITY> k\nIF> i > 0\nEQ> k = TSLAG(k) + i\nIDENTITY> k\nEQ> k = TSLAG(k)\nIF> i <= 0\nEND',
    );
    const history = { k: series('2013', [100]), i: series('2014', [5, -3, 2]) };
    expect(solve(model!, history, { over: ['2014', '2016'] })['k'].values).toEqual([100, 105, 105, 107]);
  });

  it('any names: those the language reserves are declared, impossible ones renamed', () => {
    const { model, renamed } = readMdl('MODEL\nIDENTITY> e\nEQ> e = i + in + gdp.n + pi\nEND');
    expect(renamed).toEqual({ in: 'in_', 'gdp.n': 'gdp_n' });
    const one = (value: number): Series => series('2014', [value]);
    const run = solve(
      model!,
      { i: one(1), in_: one(2), gdp_n: one(4), pi: one(8) },
      { over: ['2014', '2014'] },
    );
    expect(run['e']!.values).toEqual([15]);
  });

  it('coefficients that share a name become parameters of their equations', () => {
    const text = `MODEL
BEHAVIORAL> y
EQ> y = a + t*x
COEFF> a t
BEHAVIORAL> z
EQ> z = a + b*t
COEFF> a b
END`;
    const { model, issues } = readMdl(text, { coefficients: { y: { a: 1, t: 2 }, z: { a: 3 }, b: 4 } });
    expect(issues).toEqual([]);
    expect(model!.parameters).toEqual({ y_a: 1, y_t: 2, z_a: 3, b: 4 });
    expect(model!.equations).toEqual([
      { formula: 'y = y_a + y_t * x', variable: 'y' },
      { formula: 'z = z_a + b * t', variable: 'z' },
    ]);
  });

  it('restrictions, distributed lags, errors, instruments, samples and labels come as data', () => {
    const { equations, issues, unread } = readMdl(`MODEL
COMMENT> Demand
EQUATION> y TSRANGE 2010 1 2015 4
EQ> LOG(y) = c1 + c2*x +
  c3*TSLAG(z,1)
COEFF> c1 c2 c3
ERROR> AUTO(2)
RESTRICT> c1 - 3*c3 + 1.5 = 2
LAG(c2,3) = 0
PDL> c2 1 4 N F
IV> 1
IV> TSLAG(w)
STORE> coe(1)
END`);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['missing-value', 'warning']]);
    expect(unread).toEqual([{ line: 13, text: 'STORE> coe(1)' }]);
    const [y] = equations;
    expect(y).toMatchObject({
      kind: 'behavioural',
      label: 'Demand',
      line: 3,
      range: [2010, 1, 2015, 4],
      errorParameters: ['y_RHO_1', 'y_RHO_2'],
      instruments: ['1', 'w[-1]'],
      distributedLags: [{ coefficient: 'c2', degree: 1, length: 4, nearZero: true, farZero: true }],
    });
    expect(y!.formula).toContain('c2__PDL__3 * (x[-3])');
    expect(y!.restrictions).toEqual([
      { weights: { c1: 1, c3: -3 }, value: 0.5 },
      { weights: { c2__PDL__3: 1 }, value: 0 },
      { weights: { c2: 1, c2__PDL__1: -2, c2__PDL__2: 1 }, value: 0 },
      { weights: { c2__PDL__1: 1, c2__PDL__2: -2, c2__PDL__3: 1 }, value: 0 },
      { weights: { c2: 1 }, value: 0 },
      { weights: { c2__PDL__3: 1 }, value: 0 },
    ]);
  });
});

describe('reading MDL: what is wrong is said with its line, beside what could be read', () => {
  it.each([
    [
      'an unknown keyword',
      'IDENTITY> y\nEQ> y = x\nCOEF> a',
      '[4]: could not be read; expected a keyword of MDL',
    ],
    ['no equation', 'IDENTITY> y\nIDENTITY> z\nEQ> z = x', '[2].y: missing field; expected EQ> in the group'],
    ['an open bracket', 'IDENTITY> y\nEQ> y = (x +\n(z)', 'a bracket is not closed at character 5'],
    [
      'a stray bracket',
      'IDENTITY> y\nEQ> y = x)',
      '[3].y: equation cannot be read; expected remove it or open one',
    ],
    ['an unknown function', 'IDENTITY> y\nEQ> y = TSLOG(x)', "'TSLOG' is not a function of MDL"],
    ['a lead', 'IDENTITY> y\nEQ> y = TSLEAD(x)', 'leads are out of scope'],
    ['a lead as a lag', 'IDENTITY> y\nEQ> y = TSLAG(x,-1)', 'not a whole number from 0 up'],
    ['a stranger', 'IDENTITY> y\nEQ> y = x %% 2', "'%' is not part of MDL"],
    ['an equation of another variable', 'IDENTITY> y\nEQ> z = x', "expected 'y' without a lag left of the ="],
    ['no equals sign', 'IDENTITY> y\nEQ> y + x', 'no = sign'],
    ['two equations', 'IDENTITY> y\nEQ> y = x\nIDENTITY> y\nEQ> y = z', '[4].y: variable has two equations'],
    [
      'a coefficient nowhere',
      'BEHAVIORAL> y\nEQ> y = a*x\nCOEFF> a b',
      "expected 'b' in the equation, as COEFF> says",
    ],
    ['no coefficients', 'BEHAVIORAL> y\nEQ> y = a*x', 'COEFF> with the names of the coefficients'],
    [
      'a sample backwards',
      'BEHAVIORAL> y\nTSRANGE 1990 1 1980 1\nEQ> y = a*x\nCOEFF> a',
      '[3].y: not a period',
    ],
    ['an odd restriction', 'BEHAVIORAL> y\nEQ> y = a*x\nCOEFF> a\nRESTRICT> a*a = 1', "not linear in 'a'"],
    [
      'a stranger restricted',
      'BEHAVIORAL> y\nEQ> y = a*x\nCOEFF> a\nRESTRICT> b = 1',
      "'b' is no coefficient here",
    ],
    ['a lag too short', 'BEHAVIORAL> y\nEQ> y = a*x\nCOEFF> a\nPDL> a 3 2', 'the length above the degree'],
    ['a moving average error', 'BEHAVIORAL> y\nEQ> y = a*x\nCOEFF> a\nERROR> MA(1)', 'expected AUTO(1)'],
    ['a condition twice', 'IDENTITY> y\nEQ> y = x\nIF> x > 0\nIF> x > 1', '[5].y: stands twice'],
  ])('%s', (_, body, sentence) => {
    const good = 'IDENTITY> good\nEQ> good = x\n';
    const said = problems(`MODEL\n${body}\n${good}END`);
    expect(said.join('\n')).toContain(sentence);
    expect(readMdl(`MODEL\n${body}\n${good}END`).equations.at(-1)!.variable).toBe('good');
  });

  it('a missing END or MODEL, text after END, and no equation at all', () => {
    expect(problems('MODEL\nIDENTITY> y\nEQ> y = x')).toEqual([
      '[3]: missing field; expected END after the last equation, received nothing',
    ]);
    expect(problems('IDENTITY> y\nEQ> y = x\nEND').join()).toContain('expected MODEL before');
    const { unread, model } = readMdl('MODEL\nIDENTITY> y\nEQ> y = x\nEND\nIDENTITY> z\nEQ> z = x');
    expect(unread.map(({ line }) => line)).toEqual([5, 6]);
    expect(model!.equations).toHaveLength(1);
    expect(readMdl('')).toMatchObject({ equations: [], unread: [] });
    expect(readMdl('MODEL small\nIDENTITY> y\nEQ> y = x\nEND').model!.name).toBe('small');
    expect(problems('MODEL\nstray words\nIDENTITY> y\nEQ> y = x\nEND').join()).toContain(
      '[2]: could not be read',
    );
    expect(readMdl('').model).toBeUndefined();
    expect(readMdl('MODEL\nEND').model).toBeUndefined();
  });

  it('coefficients without a value, and values without a coefficient', () => {
    const text = 'MODEL\nBEHAVIORAL> y\nEQ> y = alpha*x + b\nCOEFF> alpha b\nEND';
    const { issues, model } = readMdl(text, { coefficients: { alhpa: 1 } });
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
      ['unknown-name', 'warning'],
      ['missing-value', 'warning'],
    ]);
    expect(issues[0]!.expected).toContain("'alpha'");
    expect(model!.parameters).toEqual({ alpha: NaN, b: NaN });
  });
});

describe('reading MDL: the world', () => {
  it("Klein's Model I, read, follows the 40-digit path within 1e-11", () => {
    const { read, history, exact } = klein();
    expect(read.issues).toEqual([]);
    expect(read.unread).toEqual([]);
    const run = solve(read.model!, history, { over: ['1923', '1941'] });
    for (const [name, path] of Object.entries<number[]>(exact.dynamic)) {
      for (const [t, value] of path.entries())
        expect(Math.abs(run[name]!.values[t + 3]! - value)).toBeLessThan(1e-11);
    }
  });

  it('left-hand sides, conditions, a distributed lag and an autoregressive error follow bimets', () => {
    const { mdl, data, estimates, dynamic1925_1930_conv1e12: path } = golden('klein-lhs');
    const coefficients = Object.fromEntries(
      Object.entries<any>(estimates).map(([name, e]) => [
        name,
        { ...e.coefficients, ...e.errorCoefficients },
      ]),
    );
    const read = readMdl(mdl, { coefficients });
    expect(read.issues).toEqual([]);
    const history = dataset(data);
    const run = solve(read.model!, history, { over: ['1925', '1930'] });
    // bimets stops at a change of 1e-12 percent of each variable; log(i) adds those of p and k up, and i is its
    // exponential, 5e4 at the end: there its own path is good to 1e-10 only.
    for (const [name, { values }] of Object.entries<Series>(path)) {
      const tolerance = name === 'i' ? 1e-10 : 1e-11;
      const ours = run[name]!.values.slice(5);
      expect(ours.slice(0, 6).every((value, t) => close(value, values[t]!, tolerance))).toBe(true);
    }
    // What the gap is made of: our path satisfies the equations two digits closer than theirs.
    const gap = (solution: Dataset): number =>
      Math.max(
        ...Object.values(addFactors(read.model!, solution, { over: ['1925', '1930'] })).flatMap(
          ({ values }) => values.map(Math.abs),
        ),
      );
    const theirs = Object.fromEntries(
      Object.entries(history).map(([name, s]) => {
        const solved: Series | undefined = path[name];
        return [name, solved === undefined ? s : series('1920', [...s.values.slice(0, 5), ...solved.values])];
      }),
    );
    expect(gap(run)).toBeLessThan(3e-13);
    expect(gap(theirs)).toBeGreaterThan(3e-12);
  });

  it('a model of national size: 280 equations with logs, conditions and lags of 15 periods', () => {
    const text = largeModel(280);
    const { model, issues } = readMdl(text, { coefficients: { c0: 0.3 } });
    expect(issues.filter(({ severity }) => severity !== 'warning')).toEqual([]);
    expect(new Set(model!.equations.map((e) => (typeof e === 'string' ? e : e.variable))).size).toBe(280);
    const names = Array.from({ length: 280 }, (_, k) => `v${k}`);
    const history = Object.fromEntries(
      [...names, 'x'].map((name, k) => [
        name,
        series(
          '2010-Q1',
          Array.from({ length: 24 }, (_q, q) => 100 + k + q),
        ),
      ]),
    );
    const given = Object.fromEntries(Object.keys(model!.parameters).map((name) => [name, 0.4]));
    const ready = { ...model!, parameters: given };
    const run = solve(ready, history, { over: ['2014-Q1', '2015-Q4'] });
    expect(names.every((name) => run[name]!.values.every(Number.isFinite))).toBe(true);
  });
});

/** A model in the shape of a central bank's: behavioural equations in log differences, identities, switches. */
function largeModel(n: number): string {
  const lines = ['MODEL'];
  for (let k = 0; k < n; k++) {
    const before = `v${Math.max(0, k - 1)}`;
    lines.push('', `COMMENT> Variable ${k}`);
    if (k % 4 === 0) {
      lines.push(`BEHAVIORAL> v${k}`, 'TSRANGE 1990 1 2015 4');
      lines.push(
        `EQ> TSDELTALOG(v${k}) = c${k} * TSDELTALOG(x) +`,
        `  d${k} * (LOG(TSLAG(x,15)) - LOG(TSLAG(x,14)))`,
      );
      lines.push(`COEFF> c${k} d${k}`);
    } else if (k % 4 === 1)
      lines.push(`IDENTITY> v${k}`, `EQ> v${k} = 0.5 * ${before} + MOVAVG(v${k > 9 ? k - 9 : 0},12) / 2`);
    else if (k % 4 === 2)
      lines.push(`IDENTITY> v${k}`, `EQ> LOG(v${k}) = LOG(${before}) + 0.001 * TSDELTAP(x,4)`);
    else {
      lines.push(`IDENTITY> v${k}`, `EQ> v${k} = ${before}`, `IF> ${before} > TSLAG(${before},1)`);
      lines.push(`IDENTITY> v${k}`, `EQ> v${k} = TSLAG(${before},1)`, `IF> ${before} <= TSLAG(${before},1)`);
    }
  }
  return [...lines, 'END'].join('\n');
}
