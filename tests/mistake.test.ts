import { describe, expect, it } from 'vitest';
import { shown } from '../src/mistake.ts';

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    [1.5, '1.5'],
    [NaN, 'NaN'],
    [5n, '5'],
    ['a', "'a'"],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 1, 'a function'],
    [[1, [2, 'x'], { a: null }], '[1,[2,"x"],{"a":null}]'],
    [{ values: [1n] }, '{"values":["1"]}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])('%s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('a circular value, one that cannot be read, and one that is nothing in JSON', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const list: unknown[] = [];
    list.push(list);
    const unread = {
      get a() {
        throw new Error('not now');
      },
    };
    const nothing = Object.assign(Object.create(null) as object, { toJSON: () => undefined });
    expect([circular, unread, nothing].map(shown)).toEqual(['an object', 'an object', 'an object']);
    expect(shown(list)).toMatch(/^\[{57}\.{3}$/);
  });

  it('of a long one no more is read than is shown', () => {
    let read = 0;
    const element = { toJSON: () => ++read };
    const long = Array.from({ length: 100_000 }, () => element);
    expect(shown(long)).toBe('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22...');
    expect(shown({ values: long })).toHaveLength(60);
    expect(read).toBeLessThan(200);
    expect(shown('x'.repeat(100))).toBe(`'${'x'.repeat(56)}...`);
    expect(shown(['x'.repeat(100)])).toBe(`["${'x'.repeat(55)}...`);
  });
});
