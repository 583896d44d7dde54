import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageGrowth,
  compound,
  doublingTime,
  grow,
  growth,
  requiredRate,
  series,
} from '../../src/index.ts';
import { close, frozen, law, level, rate, seriesOf } from '../support/arbitraries.ts';

describe('compound growth: laws', () => {
  it('compound and requiredRate undo each other', () => {
    fc.assert(
      fc.property(level, rate, fc.integer({ min: 1, max: 60 }), (base, r, n) => {
        const to = compound(base, r, n);
        expect(close(1 + requiredRate(base, to, n), 1 + r, 1e-12)).toBe(true);
      }),
      law,
    );
  });

  it('growth of grow gives the rates back', () => {
    fc.assert(
      fc.property(level, seriesOf(rate, { f: fc.constant('year') }), (base, rates) => {
        const back = growth(grow(base, frozen(rates)), 'period');
        expect(back.start).toBe(rates.start);
        back.values.forEach((r, i) => expect(close(1 + r, 1 + rates.values[i]!, 1e-12)).toBe(true));
      }),
      law,
    );
  });

  it('growing at the average rate ends where the rates end', () => {
    fc.assert(
      fc.property(level, fc.array(rate, { minLength: 1, maxLength: 30 }), (base, rates) => {
        const levels = grow(base, rates, { start: '2000' });
        const average = averageGrowth(rates);
        expect(close(compound(base, average, rates.length), levels.values.at(-1)!, 1e-11)).toBe(true);
        expect(close(1 + averageGrowth(levels), 1 + average, 1e-11)).toBe(true);
      }),
      law,
    );
  });

  it('what doubles in doublingTime has doubled', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 3, noNaN: true }), (r) => {
        expect(close(compound(1, r, doublingTime(r)), 2, 1e-9)).toBe(true);
      }),
      law,
    );
  });
});

describe('compound growth: examples', () => {
  it('compounds a percent string, also with blanks and full-width digits', () => {
    expect(compound(100, '12%', 5)).toBeCloseTo(176.23416832, 10);
    expect(compound(100, ' 12 % ' as '12%', 5)).toBe(compound(100, 0.12, 5));
    expect(compound(100, '１２％' as '12%', 5)).toBe(compound(100, 0.12, 5));
    expect(compound(100, '−5%' as '5%', 1)).toBe(95);
  });

  it('zero growth keeps the level and negative growth lowers it', () => {
    expect(compound(100, 0, 7)).toBe(100);
    expect(grow(100, ['0%', '-50%'], { start: '2013' }).values).toEqual([100, 100, 50]);
  });

  it('a missing rate makes the level missing from there on, and growth of it missing', () => {
    const levels = grow(100, series('2014', [0.1, NaN, 0.1]));
    expect(levels.values[1]).toBeCloseTo(110, 10);
    expect(levels.values.slice(2)).toEqual([NaN, NaN]);
    expect(growth(levels).values.slice(1)).toEqual([NaN, NaN]);
  });

  it('growth is over the year for months and quarters unless asked by period', () => {
    const quarters = series('2013-Q1', [100, 110, 120, 130, 112, 121]);
    expect(growth(quarters).start).toBe('2014-Q1');
    expect(growth(quarters).values[0]).toBeCloseTo(0.12, 12);
    expect(growth(quarters, 'period').values[0]).toBeCloseTo(0.1, 12);
  });

  it('growth from a base of zero or below is missing, not infinite', () => {
    expect(growth(series('2013', [0, 5])).values).toEqual([NaN]);
    expect(growth(series('2013', [-2, 5])).values).toEqual([NaN]);
  });

  it('says what is wrong and what to do', () => {
    expect(() => growth(series('2014', [1]))).toThrow(
      'growth: growth over a year needs at least 2 values and the series has 1 (it covers 2014 to 2014)',
    );
    expect(() => compound(100, 'twelve' as '12%', 5)).toThrow(
      "compound: 'twelve' is not a rate; give a ratio such as 0.12 or a percentage such as '12%'",
    );
    expect(() => compound(100, '12' as '12%', 5)).toThrow("'12' is not a rate");
    expect(() => requiredRate(0, 100, 3)).toThrow('requiredRate: the first level is 0');
    expect(() => requiredRate(100, 200, 0)).toThrow('0 periods');
    expect(() => compound(100, -1.5, 2)).toThrow('below -100 %');
    expect(() => averageGrowth([])).toThrow('the list of rates is empty');
    expect(() => grow(100, ['5%'], {} as { start: '2013' })).toThrow('has no periods');
  });
});

describe('published averages', () => {
  // Report on the Work of the Government 2008: cumulative real growth 2002-2007 of 65.5 %, stated average 10.6 %.
  it('65.5 % over five years is 10.6 % a year, not the 13.1 % of an arithmetic mean', () => {
    expect(requiredRate(100, 165.5, 5)).toBeCloseTo(0.106, 3);
    expect(0.655 / 5).toBeCloseTo(0.131, 3);
  });

  // Jilin government work report 2026: 19.8 % over 2020-2025; fiscal revenue 58.6 % over three years.
  it('Jilin 2020-2025', () => {
    expect(100 * requiredRate(100, 119.8, 5)).toBeCloseTo(3.68, 2);
    expect(100 * requiredRate(100, 158.6, 3)).toBeCloseTo(16.62, 2);
  });
});
