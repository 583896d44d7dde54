import { describe, expect, it } from 'vitest';
import { limitRows, limitsFrom } from '../../examples/http-service/limits.ts';
import { askWithin, problemIn } from './support.ts';

const target = { indicator: 'gdp', measure: 'growth', relation: { kind: 'about', value: '12%' } } as const;
const plan = {
  name: 'P',
  span: ['2014', '2014'],
  indicators: { gdp: { label: 'GDP', unit: 'CNY', kind: 'flow' } },
  targets: [target],
} as const;
const model = { equations: ['y = a'], parameters: { a: 1 } } as const;
const run = { model, history: {}, over: ['2014', '2014'] } as const;

describe('the table of limits', () => {
  it('is overridden by the environment', () => {
    expect(limitsFrom()).toEqual(Object.fromEntries(limitRows.map(({ name, value }) => [name, value])));
    for (const { name, from } of limitRows) expect(limitsFrom({ [from]: '7' })[name]).toBe(7);
    expect(limitsFrom({ MAX_SECONDS: '0.5' }).seconds).toBe(0.5);
    expect(limitsFrom({ MAX_DRAWS: '' }).draws).toBe(limitsFrom().draws);
  });

  it.each(['0', '-1', 'many', '1.5', 'Infinity', '1e999'])('refuses %s with the variable by name', (text) => {
    expect(() => limitsFrom({ MAX_TARGETS: text })).toThrow(`MAX_TARGETS=${text} is no limit`);
  });

  it('refuses a time that no timer keeps', () => {
    expect(() => limitsFrom({ MAX_SECONDS: '1e8' })).toThrow('MAX_SECONDS=1e8 is no limit');
  });
});

describe('one within, one beyond', () => {
  const ask = askWithin({
    MAX_TARGETS: '2',
    MAX_HORIZON: '5',
    MAX_DRAWS: '2000',
    MAX_EQUATIONS: '2',
    MAX_SCENARIOS: '1',
    MAX_CHARACTERS: '20',
    MAX_DEPTH: '6',
  });
  const cases = {
    targets: [
      '/assess',
      (n: number) => ({ plan: { ...plan, targets: Array.from({ length: n }, () => target) } }),
      2,
    ],
    'horizon of a plan': ['/project', (n: number) => ({ plan, horizon: n }), 5],
    'span of a plan': ['/project', (n: number) => ({ plan: { ...plan, span: ['2014', `${2013 + n}`] } }), 5],
    'period of a target': [
      '/assess',
      (n: number) => ({ plan: { ...plan, targets: [{ ...target, period: `${2013 + n}` }] } }),
      5,
    ],
    'months of a target': [
      '/assess',
      (n: number) => ({ plan: { ...plan, targets: [{ ...target, period: `${2013 + n}-12` }] } }),
      5,
    ],
    'span of a model': ['/project', (n: number) => ({ ...run, over: ['2014', `${2013 + n}`] }), 5],
    'horizon of a forecast': [
      '/forecast',
      (n: number) => ({ history: { start: '2000', values: [1, 2, 3, 4, 5, 6] }, horizon: n }),
      5,
    ],
    draws: [
      '/simulate',
      (n: number) => ({
        ...run,
        factors: { a: { kind: 'uniform', low: 0, high: 1 } },
        read: ['y'],
        draws: n,
      }),
      2000,
    ],
    equations: [
      '/project',
      (n: number) => ({
        ...run,
        model: { ...model, equations: Array.from({ length: n }, (_, i) => `y${i} = a`) },
      }),
      2,
    ],
    scenarios: [
      '/scenarios',
      (n: number) => ({
        ...run,
        scenarios: Array.from({ length: n }, (_, i) => ({ name: `s${i}`, set: {} })),
      }),
      1,
    ],
    'characters of a text': ['/read', (n: number) => ({ text: 'x'.repeat(n), year: 2014 }), 20],
  } as const;

  it.each(Object.entries(cases))('%s', (_, [address, body, most]) => {
    const [within, beyond] = [ask(address, body(most)), ask(address, body(most + 1))];
    expect(within.status, within.text).toBe(200);
    expect(beyond.status).toBe(422);
    expect(problemIn(beyond).issues![0]!.expected).toMatch(new RegExp(`at most ${most}\\b`));
  });

  it('depth', () => {
    const nested = (n: number): unknown => (n === 0 ? 1 : { a: nested(n - 1) });
    expect(problemIn(ask('/read', nested(6))).issues![0]!.code).toBe('missing-field');
    expect(problemIn(ask('/read', nested(7))).issues![0]!.expected).toBe('at most 6 levels of nesting');
  });
});
