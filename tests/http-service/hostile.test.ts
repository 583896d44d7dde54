import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceApp } from '../../examples/http-service/app.ts';
import { limitsFrom } from '../../examples/http-service/limits.ts';
import type { Address } from '../../examples/http-service/requests.ts';
import { askWithin, problemIn } from './support.ts';

const ask = askWithin();
const addresses: readonly Address[] = [
  '/read',
  '/check',
  '/project',
  '/scenarios',
  '/simulate',
  '/forecast',
  '/assess',
];
const history = { y: { start: '2013', values: [100] } } as const;
const over = ['2014', '2014'] as const;

function project(equations: readonly string[], more: object = {}) {
  return ask('/project', { model: { equations, parameters: {} }, history, over, ...more });
}

describe('bodies that are no JSON', () => {
  it.each([
    '',
    'null',
    '[]',
    '"plan"',
    '1',
    '{',
    '{"plan": NaN}',
    '{"plan": Infinity}',
    '{"plan": undefined}',
    "{'plan': 1}",
  ])('%s', (text) => {
    for (const address of addresses) {
      const asked = ask(address, text);
      expect([400, 422]).toContain(asked.status);
      expect(problemIn(asked)).toMatchObject({ status: asked.status, issues: [{ path: [] }] });
    }
  });
});

describe('deep nesting', () => {
  it.each([
    ['lists', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['objects', `${'{"plan":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['in a plan', `{"plan":{"name":${'['.repeat(300_000)}${']'.repeat(300_000)}}}`],
    ['mixtures', `{"model":1,"factors":${'{"a":{"components":[{"of":'.repeat(9000)}1${'}]}}'.repeat(9000)}}`],
  ])('%s', (_, text) => {
    for (const address of addresses)
      expect(problemIn(ask(address, text))).toMatchObject({
        status: 422,
        issues: [{ expected: 'at most 32 levels of nesting' }],
      });
  });

  it('brackets inside equations', () => {
    const asked = project([`y = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`]);
    expect(asked.status).toBe(422);
    expect(problemIn(asked).issues![0]!.path).toEqual(['model', 'equations', 0]);
  });
});

describe('prototype keys', () => {
  const keys = ['__proto__', 'constructor', 'prototype'];
  it.each(keys)('%s as a name anywhere is refused, with its place', (key) => {
    for (const [text, path] of [
      [`{"${key}": {"polluted": 1}}`, [key]],
      [`{"plan": {"${key}": {"polluted": 1}}}`, ['plan', key]],
      [`{"plan": {"targets": [{"relation": {"${key}": 1}}]}}`, ['plan', 'targets', 0, 'relation', key]],
      [`{"history": {"${key}": {"start": "2013", "values": [1]}}}`, ['history', key]],
      [`{"model": {"parameters": {"${key.replace('o', '\\u006f')}": 1}}}`, ['model', 'parameters', key]],
    ] as const)
      for (const address of addresses)
        expect(problemIn(ask(address, text))).toMatchObject({ status: 422, issues: [{ path }] });
    expect({}).not.toHaveProperty('polluted');
  });

  it.each(keys)('%s as a value is a name like any other, or refused', (key) => {
    const plan = {
      name: key,
      span: over,
      indicators: { y: { label: key, unit: key, kind: 'flow' } },
      targets: [{ indicator: key, measure: 'growth', relation: { kind: 'in-step-with', indicator: key } }],
    };
    const bodies: readonly [Address, object][] = [
      ['/check', { plan }],
      ['/project', { plan }],
      ['/assess', { plan }],
      ['/project', { model: { equations: [`y = ${key}`], parameters: {} }, history, over }],
      [
        '/project',
        { model: { equations: ['y = 1'], parameters: {} }, history, over, set: { [`${key}.x`]: 1 } },
      ],
      [
        '/scenarios',
        { model: { equations: ['y = 1'], parameters: {} }, history, over, scenarios: [], variables: [key] },
      ],
      [
        '/simulate',
        {
          model: { equations: ['y = 1'], parameters: {} },
          history,
          over,
          factors: {},
          read: [key],
          bands: { a: { output: key } },
        },
      ],
      ['/forecast', { history: history.y, method: key }],
    ];
    for (const [address, body] of bodies) {
      const asked = ask(address, body);
      if (address === '/check')
        expect(asked.value).toMatchObject({ issues: [{ code: 'unknown-indicator' }, {}, {}] });
      else expect(asked.status, address + asked.text).toBe(422);
    }
  });

  it('a scenario of that name is not lost in silence', () => {
    const asked = ask('/scenarios', {
      model: { equations: ['y = a'], parameters: { a: 1 } },
      history,
      over,
      scenarios: [{ name: '__proto__', set: { a: 2 } }],
    });
    expect(problemIn(asked)).toMatchObject({ status: 422, issues: [{ path: ['scenarios', 0, 'name'] }] });
  });
});

describe('huge numbers', () => {
  it.each(['1e999', '-1e999', `1${'0'.repeat(400)}`])('%s is no number', (text) => {
    for (const address of addresses)
      expect(problemIn(ask(address, `{"plan": {"a": [1, ${text}]}}`))).toMatchObject({
        status: 422,
        issues: [{ code: 'bad-number', path: ['plan', 'a', 1] }],
      });
  });

  it('compounding 1e308 is refused with the period in which it overflows', () => {
    const asked = ask('/project', {
      model: { equations: ['y = y[-1] * (1 + g)'], parameters: { g: 1e308 } },
      history,
      over: ['2014', '2020'],
    });
    expect(problemIn(asked)).toMatchObject({ status: 422, type: '/#not-possible' });
    expect(problemIn(asked).detail).toMatch(/'y' is Infinity at 2014/);
    const plan = {
      name: 'P',
      span: ['2014', '2018'],
      indicators: { gdp: { label: 'GDP', unit: 'CNY', kind: 'flow' } },
      targets: [{ indicator: 'gdp', measure: 'growth', relation: { kind: 'reach', value: 1e308 } }],
    };
    expect(ask('/project', { plan }).status).toBe(422);
    expect(ask('/simulate', { plan, draws: 10 }).status).toBe(422);
    expect(
      ask('/forecast', { history: { start: '2009', values: [1e308, 1e308, -1e308, 1, 2, 3] } }).status,
    ).toBe(422);
  });

  it('draws that leave the range of numbers are refused', () => {
    const simulate = (kind: object) =>
      ask('/simulate', {
        model: { equations: ['y = exp(a)'], parameters: { a: 0 } },
        history,
        over,
        factors: { a: kind },
        read: ['y'],
      });
    expect(simulate({ kind: 'normal', mean: 1e308, sd: 1e308 }).status).toBe(422);
    expect(simulate({ kind: 'normal', mean: 700, sd: 100 }).status).toBe(422);
    for (const kind of [
      { kind: 'normal', mean: 0, sd: -1 },
      { kind: 'uniform', low: 2, high: 1 },
      { kind: 'student', location: 0, scale: 1, df: 0 },
      { kind: 'empirical', values: [] },
      { kind: 'mixture', components: [] },
      { kind: 'gamma', shape: 1 },
      { kind: 'normal', mean: '7%', sd: 1 },
    ])
      expect(simulate(kind).status, JSON.stringify(kind)).toBe(422);
  });

  it('periods at the end of time', () => {
    expect(
      ask('/forecast', { history: { start: '9990', values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } }).status,
    ).toBe(422);
    expect(project(['y = 1'], { over: ['2014', '9999'] }).status).toBe(422);
    expect(project(['y = 1'], { over: ['2014', '2014-Q1'] }).status).toBe(422);
    expect(project(['y = y[-9999]']).status).toBe(422);
  });
});

describe('too many of everything', () => {
  it('ten thousand targets', () => {
    const target = { indicator: 'y', measure: 'growth', relation: { kind: 'in-step-with', indicator: 'y' } };
    const plan = {
      name: 'P',
      span: over,
      indicators: {},
      targets: Array.from({ length: 10_000 }, () => target),
    };
    for (const address of ['/check', '/project', '/scenarios', '/simulate', '/assess'] as const)
      expect(problemIn(ask(address, { plan }))).toMatchObject({
        type: '/#over-limit',
        status: 422,
        issues: [{ path: ['plan', 'targets'], expected: 'at most 200 targets', received: '10000' }],
      });
  });

  it('ten thousand mistakes are answered with the first of them', () => {
    const series = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`s${i}`, { start: 2014, values: 'none' }]),
    );
    const asked = project(['y = 1'], { history: series });
    expect(asked.status).toBe(422);
    expect(problemIn(asked).issues).toHaveLength(50);
    expect(asked.text.length).toBeLessThan(20_000);
  });
});

describe('equations that reach for more than arithmetic', () => {
  const attempts = [
    'y = process.exit(1)',
    'y = globalThis',
    'y = globalThis.touched',
    'touched = 1; y = 2',
    'globalThis.touched = 1',
    'y = this.constructor.constructor("return process")()',
    'y = constructor.constructor("globalThis.touched = 1")()',
    'y = (1).constructor',
    'y = y[-1].constructor',
    'y = y["constructor"]',
    'y = __proto__',
    '__proto__ = 1',
    'y = eval("globalThis.touched = 1")',
    'y = Function("globalThis.touched = 1")()',
    'y = import("node:fs")',
    'y = require("node:fs")',
    'y = parse("1")',
    'y = evaluate("1")',
    'y = createUnit("touched")',
    'f(x) = x',
    'y = f(x) = x',
    'y = (x => x)(1)',
    'y = (function () { return 1 })()',
    'y = new Date()',
    'y = `${1}`',
    'y = "text"',
    "y = 'text'",
    'y = [1, 2, 3]',
    'y = {a: 1}',
    'y = 1; globalThis',
    'y = 1 // comment',
    'y = 1 /* comment */',
    'y = 1 # comment',
    'y = a = 1',
    'y = 1, 2',
    'y = \\u0061',
    'y = d[o+0]',
    'y = Math.exp(1)',
    'y = 1 in y',
    'y = typeof y',
    'y = void 0',
    'y = while(1)',
    'y = 1\nglobalThis.touched = 1',
    'y = 1}); globalThis.touched = 1; ({',
    'y = exp(1)(2)',
    'y = import.meta',
    'y = x?.y',
    'y = ...x',
    'y = @x',
    'y = $x',
  ];

  it.each(attempts)('%s', (equation) => {
    const before = Object.keys(globalThis).length;
    for (const asked of [
      project([equation]),
      project([equation], { model: { equations: [{ formula: 'y = 1', when: equation }], parameters: {} } }),
      project(['y = 1'], { model: { equations: [{ formula: equation, variable: 'y' }], parameters: {} } }),
      ask('/simulate', {
        model: { equations: [equation], parameters: {} },
        history,
        over,
        factors: {},
        read: ['y'],
      }),
      ask('/scenarios', { model: { equations: [equation], parameters: {} }, history, over, scenarios: [] }),
    ]) {
      expect(asked.status, asked.text).toBe(422);
      expect(problemIn(asked).issues!.length).toBeGreaterThan(0);
    }
    expect(globalThis).not.toHaveProperty('touched');
    expect(Object.keys(globalThis)).toHaveLength(before);
  });

  it('names that objects have of their own are names of variables', () => {
    const names = [
      'toString',
      'valueOf',
      'hasOwnProperty',
      'globalThis',
      'process',
      'constructor',
      'arguments',
      'this',
    ];
    const equations = names.map((name, i) => `${name} = ${i} + 2 * 50`);
    const asked = project(equations);
    expect(asked.status, asked.text).toBe(200);
    for (const [i, name] of names.entries())
      expect((asked.value as Record<string, unknown>)[name]).toEqual({ start: '2014', values: [100 + i] });
  });

  it('any text is arithmetic or refused', () => {
    const words = `
      y x process globalThis constructor eval touched exp log if d o E new x[-1] y[-1] 1 0 -1 1e308
      ( ) [ ] { } . , ; : ? = == " ' \` \\ / * + - ^ // /* $ => !
    `
      .trim()
      .split(/\s+/)
      .concat(' ', '\n');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
        const asked = project([`y = ${parts.join('')}`]);
        expect([200, 422], asked.text).toContain(asked.status);
        if (asked.status === 422) return;
        const { values } = (asked.value as { y: { values: unknown[] } }).y;
        expect(values.every((value) => typeof value === 'number')).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect(globalThis).not.toHaveProperty('touched');
  });
});

describe('the Host header on the page', () => {
  const nobody = () => Promise.reject(new Error('no thread is asked'));
  const app = serviceApp(
    limitsFrom(),
    { ready: Promise.resolve(), answer: nobody, running: () => 0, waiting: () => 0, close: nobody },
    () => false,
  );
  const pageAt = async (host: string) => (await app.request('/', { headers: { host } })).text();

  it('is where commands go', async () => {
    for (const host of ['plans.example:8080', '[::1]:80', 'my_host'])
      expect(await pageAt(host)).toContain(`http://${host}/forecast</pre>`);
  });

  it.each(["$'".repeat(5), '$`', '$&', '<script>', 'a"b', 'a/b', 'a b', 'a'.repeat(256)])(
    '%s is not, nor is it expanded',
    async (host) => {
      const html = await pageAt(host);
      expect(html).toBe(await pageAt('127.0.0.1:8080'));
      expect(html).toContain('http://127.0.0.1:8080/forecast</pre>');
    },
  );
});
