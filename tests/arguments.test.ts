import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as tinbergen from '../src/index.ts';
import { calls } from './support/calls.ts';

/** What a call in JavaScript, or one with a misspelt field, may hand in where something else is meant. */
const wrong: readonly unknown[] = [undefined, null, '', 'x', 0, NaN, true, {}, [], [null]];

type Call = (...args: readonly unknown[]) => unknown;

const functions = Object.entries(tinbergen as Readonly<Record<string, unknown>>).flatMap(
  ([name, value]): [string, Call][] =>
    typeof value === 'function' && name !== 'FormulaError' ? [[name, value as Call]] : [],
);

/** Whether a call throws something that is not a sentence with the call, the thing and the way out. */
async function raw(f: Call, args: readonly unknown[]): Promise<boolean> {
  try {
    await f(...args);
    return false;
  } catch (error) {
    if (error instanceof tinbergen.FormulaError) return false;
    return !(error instanceof RangeError && /^[^:]+: .+; .+/s.test(error.message));
  }
}

/**
 * Where a wrong argument still raises a bare TypeError: `null` in place of an object that has a default, a function or
 * an inner list of the wrong kind, and the readers of text, which return issues for text and expect text.
 */
const { rawArguments, rawFields } = JSON.parse(
  readFileSync(new URL('golden/raw-errors.json', import.meta.url), 'utf8'),
) as { rawArguments: string[]; rawFields: string[] };

describe('wrong arguments', () => {
  it.each(functions)('%s has a call that works', async (name, f) => {
    expect(calls).toHaveProperty(name);
    expect(await raw(f, calls[name]!)).toBe(false);
  });

  it('in place of a whole argument are named, with the way out, but for a known list', async () => {
    const found: string[] = [];
    for (const [name, f] of functions) {
      const args = calls[name] ?? [];
      if (await raw(f, [])) found.push(`${name}()`);
      for (const [i] of args.entries()) {
        for (const value of wrong) {
          if (await raw(f, args.with(i, value))) {
            found.push(`${name} ${i}`);
            break;
          }
        }
      }
    }
    expect(found.toSorted()).toEqual(rawArguments);
  });

  it('in place of a field of an argument are named, but for a known list', async () => {
    const found: string[] = [];
    for (const [name, f] of functions) {
      const args = calls[name] ?? [];
      for (const [i, whole] of args.entries()) {
        if (typeof whole !== 'object' || whole === null || Array.isArray(whole) || ArrayBuffer.isView(whole))
          continue;
        for (const field of Object.keys(whole)) {
          for (const value of wrong) {
            if (await raw(f, args.with(i, { ...whole, [field]: value }))) {
              found.push(`${name} ${i}.${field}`);
              break;
            }
          }
        }
      }
    }
    expect(found.toSorted()).toEqual(rawFields);
  });

  it('are named as a reader would look for them', () => {
    const call = (name: string, ...args: unknown[]) => {
      const f = (tinbergen as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
      return () => f(...args);
    };
    const model = calls['solve']![0];
    const history = calls['solve']![1];
    expect(call('merge')).toThrow('merge: the summary is undefined; give what simulate returns');
    expect(call('readMdl', null)).toThrow('readMdl: the text of the model is null; give it as a text');
    expect(call('series', '2012')).toThrow('series: the values are undefined; give a list of numbers');
    expect(call('nowcast', calls['nowcast']![0])).toThrow('nowcast: the options are undefined');
    expect(call('solve', model, history, {})).toThrow("solve: the option 'over' is missing; give it");
    expect(call('solve', model, history, { over: ['2014', '2014'], tolerence: 1e-9 })).toThrow(
      "solve: there is no option 'tolerence'; did you mean 'tolerance'?",
    );
    expect(call('solve', model, { gpd: undefined }, { over: ['2014', '2014'] })).toThrow(
      "solve: the series 'gpd' is undefined",
    );
    expect(call('growth', undefined)).toThrow('growth: the series is undefined; give a series');
    expect(call('quantile', 0.5, { kind: 'normal' })).toThrow('quantile: the distribution is 0.5');
    expect(call('outcome', model, history, { over: ['2014', '2014'], factors: ['g'], read: 'gdp' })).toThrow(
      "outcome: the option 'read' is 'gdp'; give a list",
    );
  });

  it('a misspelt output is refused without a draw too, where the outcome declares its outputs', () => {
    const { outcome, probability, simulate, uniform } = tinbergen;
    const declared = outcome(
      tinbergen.defineModel({ equations: ['y = a'], parameters: { a: 1 } }),
      {},
      { over: ['2014', '2014'], factors: ['a'], read: ['y'] },
    );
    const none = simulate(declared, { a: uniform(0, 1) }, { draws: 0 });
    expect(probability(none, { output: 'y', low: 0 }).draws).toBe(0);
    expect(() => probability(none, { output: 'why', low: 0 })).toThrow("there is no output 'why'");
    expect(tinbergen.merge(none, simulate(declared, { a: uniform(0, 1) }, { draws: 10 }))).toEqual(
      simulate(declared, { a: uniform(0, 1) }, { draws: 10 }),
    );
  });

  it('a parameter of a model may be a percentage, as rates may everywhere', () => {
    const model = tinbergen.defineModel({
      equations: ['y = y[-1] * (1 + g) * (1 + h)'],
      parameters: { g: '12%', h: { value: '1.5%', range: ['1%', 0.02], label: 'h' } },
    });
    expect(model.parameters).toEqual({ g: 0.12, h: { value: 0.015, range: [0.01, 0.02], label: 'h' } });
    expect(() => tinbergen.defineModel({ equations: ['y = g'], parameters: { g: '12' as '12%' } })).toThrow(
      "defineModel: the parameter 'g' is '12'; give a number or a percentage such as '12%'",
    );
  });
});
