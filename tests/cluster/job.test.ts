import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode, encode, sameDraws } from '../../src/cluster/job.ts';

it('what JSON lacks comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.double()), (value, numbers) => {
      const data = { value: JSON.parse(JSON.stringify(value)) as unknown, numbers };
      expect(decode(encode(data))).toEqual(data);
    }),
    { seed: 1 },
  );
  const back = decode(encode([NaN, Infinity, -Infinity, -0, 0, null])) as number[];
  expect(back.map((x) => Object.is(x, -0))).toEqual([false, false, false, true, false, false]);
  expect(back).toEqual([NaN, Infinity, -Infinity, -0, 0, null]);
});

it('typed arrays become arrays and bigints text; functions are refused', () => {
  expect(decode(encode({ a: Float64Array.of(1, NaN), seed: 2n ** 63n }))).toEqual({
    a: [1, NaN],
    seed: '9223372036854775808',
  });
  expect(() => encode({ f: () => 1 })).toThrow('a function cannot be sent');
});

it('versions draw alike across patches only', () => {
  expect(sameDraws('0.1.0', '0.1.7')).toBe(true);
  expect(sameDraws('0.1.0', '0.2.0')).toBe(false);
});
