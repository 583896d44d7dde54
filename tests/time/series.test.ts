import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPeriods,
  aggregate,
  align,
  at,
  fromYearToDate,
  growthFromYearToDate,
  periodsBetween,
  periodsOf,
  readJson,
  rows,
  series,
  shift,
  slice,
  toPeriod,
  toYearToDate,
  writeJson,
} from '../../src/index.ts';
import { finite, frozen, law, period, seriesOf } from '../support/arbitraries.ts';

describe('periods: laws', () => {
  it('adding and counting undo each other, and order is the order of text', () => {
    fc.assert(
      fc.property(period, fc.integer({ min: -300, max: 300 }), (p, n) => {
        const q = addPeriods(p, n);
        expect(periodsBetween(p, q)).toBe(n);
        expect(p < q).toBe(n > 0);
        expect(toPeriod(q)).toBe(q);
      }),
      law,
    );
  });

  it('refuses what is not a period', () => {
    for (const text of ['2014-Q5', '2014-13', '14', '2014Q1', '', '2014-1', '２０１４'])
      expect(() => toPeriod(text)).toThrow('is not a period');
    expect(() => periodsBetween('2014', '2014-Q1')).toThrow('2014 is a year and 2014-Q1 is a quarter');
  });
});

describe('series: laws', () => {
  it('shifting there and back is nothing, and slicing all is all', () => {
    fc.assert(
      fc.property(seriesOf(finite(-1e6, 1e6)), fc.integer({ min: -50, max: 50 }), (s, n) => {
        expect(shift(shift(frozen(s), n), -n)).toEqual(s);
        expect(slice(s, [s.start, periodsOf(s).at(-1)!])).toEqual(s);
      }),
      law,
    );
  });

  it('JSON keeps every series, missing values included', () => {
    fc.assert(
      fc.property(seriesOf(fc.oneof(finite(-1e12, 1e12), fc.constant(NaN))), (s) => {
        expect(readJson(writeJson({ x: s }))).toMatchObject({
          data: { x: { start: s.start, values: s.values.map((v) => (v === 0 ? 0 : v)) } },
          issues: [],
        });
      }),
      law,
    );
  });

  it('year to date and single periods undo each other, the joint January-February figure included', () => {
    const flows = fc
      .tuple(
        fc.constantFrom('quarter' as const, 'month' as const),
        fc.array(finite(0.1, 1e6), { minLength: 1, maxLength: 48 }),
        fc.boolean(),
      )
      .map(([f, values, joint]) => ({
        start: f === 'quarter' ? ('2013-Q1' as const) : ('2013-01' as const),
        values:
          f === 'month' && joint
            ? values.map((v, i) => (i % 12 === 0 && i + 1 < values.length ? NaN : v))
            : values,
      }));
    fc.assert(
      fc.property(flows, (s) => {
        const back = fromYearToDate(toYearToDate(s));
        const total = Math.max(...toYearToDate(s).values.filter((v) => !Number.isNaN(v)));
        back.values.forEach((v, i) => {
          if (Number.isNaN(s.values[i])) expect(v).toBeNaN();
          else expect(Math.abs(v - s.values[i]!)).toBeLessThanOrEqual(1e-12 * total);
        });
      }),
      law,
    );
  });

  it('months to years is months to quarters to years, for every kind', () => {
    const months = fc
      .array(finite(-1e6, 1e6), { minLength: 1, maxLength: 60 })
      .map((values) => ({ start: '2012-03' as const, values }));
    fc.assert(
      fc.property(
        months,
        fc.constantFrom('flow' as const, 'stock' as const, 'rate' as const, 'index' as const),
        (s, kind) => {
          const direct = aggregate(s, 'year', kind);
          const twice = aggregate(aggregate(s, 'quarter', kind), 'year', kind);
          expect(twice.start).toBe(direct.start);
          const scale = Math.max(...s.values.map(Math.abs));
          twice.values.forEach((v, i) => {
            if (Number.isNaN(direct.values[i])) expect(v).toBeNaN();
            else expect(Math.abs(v - direct.values[i]!)).toBeLessThanOrEqual(1e-11 * (scale + 1));
          });
        },
      ),
      law,
    );
  });

  it('rows hold every value with its period and date', () => {
    fc.assert(
      fc.property(seriesOf(finite(0, 10)), (s) => {
        const tidy = rows(s);
        expect(tidy.map((row) => row.value)).toEqual(s.values);
        expect(tidy.map((row) => row.period)).toEqual(periodsOf(s));
        expect(tidy.every((row) => row.date.toISOString().startsWith(row.period.slice(0, 4)))).toBe(true);
      }),
      law,
    );
  });
});

describe('series: examples', () => {
  it('null is missing and nothing else is coerced', () => {
    expect(series('2012', [1, null, undefined, NaN]).values).toEqual([1, NaN, NaN, NaN]);
    expect(() => series('2012', ['3' as unknown as number])).toThrow(
      "series: the value at 2012 is '3'; give numbers, or null for missing",
    );
  });

  it('at says where the series is', () => {
    const s = series('2013', [100, 112]);
    expect(at(s, '2014')).toBe(112);
    expect(() => at(s, '2015')).toThrow('at: the series has no value at 2015 (it covers 2013 to 2014)');
    expect(() => at(s, '2014-Q1')).toThrow('2013 is a year and 2014-Q1 is a quarter');
  });

  it('aligns by overlap or extent, and refuses mixed frequencies', () => {
    const data = { a: series('2012', [1, 2, 3]), b: series('2013', [4]) };
    expect(align(data)).toEqual({ a: series('2013', [2]), b: series('2013', [4]) });
    expect(align(data, 'extent').b).toEqual(series('2012', [NaN, 4, NaN]));
    expect(() => align({ a: series('2012', [1]), b: series('2012-Q1', [1]) })).toThrow(
      "series 'a' is by year and 'b' by quarter",
    );
    expect(() => align({ a: series('2012', [1]), b: series('2014', [1]) })).toThrow(
      'no period is common to a, b',
    );
  });

  it('a year that is not covered in full is missing, not guessed', () => {
    expect(aggregate(series('2014-Q2', [1, 2, 3, 4, 5, 6, 7]), 'year', 'flow')).toEqual(
      series('2014', [NaN, 22]),
    );
  });

  it('the joint January-February figure can be split evenly when asked', () => {
    const ytd = series('2014-01', [null, 20, 33]);
    expect(fromYearToDate(ytd).values).toEqual([NaN, 20, 13]);
    expect(fromYearToDate(ytd, { january: 'equal' }).values).toEqual([10, 10, 13]);
  });
});

describe('published cumulative figures', () => {
  // China's quarterly GDP 2019 as published cumulatively (NBS): single quarters and their implied growth.
  it('2019: single quarters from year to date', () => {
    const ytd = series('2019-Q1', [218062.8, 460636.7, 712845.4, 990865.1]);
    const quarters = fromYearToDate(ytd).values;
    [218062.8, 242573.9, 252208.7, 278019.7].forEach((value, i) =>
      expect(Math.abs(quarters[i]! - value)).toBeLessThan(0.2),
    );
  });

  it('2019: implied single-quarter growth lies within 0.3 points, by base weights', () => {
    const cumulative = series('2019-Q1', [0.064, 0.063, 0.062, 0.061]);
    const now = [218062.8, 242573.9, 252208.7, 278019.7];
    const base = series(
      '2018-Q1',
      now.map((v, i) => v / (1 + [0.064, 0.0621, 0.0602, 0.0584][i]!)),
    );
    const implied = growthFromYearToDate(cumulative, base).values;
    [0.064, 0.0621, 0.0602, 0.0584].forEach((g, i) => expect(Math.abs(implied[i]! - g)).toBeLessThan(0.003));
  });

  // Retail sales July 2013 (NBS): month 18513 (+13.2 %), January-July 129277 (+12.8 %).
  it('2013: the first half from a month and year to date', () => {
    const half = 129277 - 18513;
    expect(half).toBe(110764);
    const growthOfHalf = half / (129277 / 1.128 - 18513 / 1.132) - 1;
    expect(Math.abs(growthOfHalf - 0.127)).toBeLessThan(0.0015);
  });
});
