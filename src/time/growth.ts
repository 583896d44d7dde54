import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { addPeriods, frequencyOf, perYear, periodsBetween, toPeriod, toSpan } from './period.ts';
import type { Period } from './period.ts';
import { endOf, extent } from './series.ts';
import type { Series } from './series.ts';

/**
 * The level that a base reaches when it grows at one rate: base x (1 + rate)^periods.
 *
 * Growth is simple and compounding, not log. `periods` may be a fraction or negative (discounting).
 *
 * @param base level, in any unit; the result has the same
 * @param rate growth per period, as a ratio or a percent string
 * @param periods how many periods
 * @throws RangeError when base, periods or the result are not finite, or the rate is below -100 %
 * @example compound(100, '12%', 5) // 176.23416832
 */
export function compound(base: number, rate: Rate, periods: number): number {
  const factor = 1 + growthRate(rate, 'compound');
  finite('compound', 'the base', base);
  finite('compound', 'the number of periods', periods);
  if (factor === 0 && periods < 0)
    return mistake('compound', 'a rate of -100 % cannot be undone', 'give a rate above -1');
  const level = base * factor ** periods;
  if (Number.isFinite(level)) return level;
  return mistake(
    'compound',
    `${shown(base)} growing by ${shown(rate)} for ${periods} periods leaves the range of numbers`,
    'use a smaller rate or fewer periods',
  );
}

/**
 * Levels from a base and growth rates: the base at the first period, then each period's growth compounded.
 *
 * @param base level in the base period, in any unit
 * @param rates rates by period as a series (its start is the first period that grows), a list, or one rate for all
 * @param options what a list or one rate needs: the base period as `start`, or the periods that grow as `over`
 * @returns a series from the base period on; a missing rate makes the level missing from there on
 * @throws RangeError when a rate is below -100 % or the periods are not said
 * @example grow(100, ['12%', '10%'], { start: '2013' }).values // [100, 112, 123.2]
 */
export function grow(
  base: number,
  rates: readonly Rate[],
  options: {
    /** Base period: the first rate applies to the period after it. */
    readonly start: Period;
  },
): Series;
export function grow(base: number, rates: Series): Series;
export function grow(
  base: number,
  rates: Rate,
  options: {
    /** First and last period that grow. */
    readonly over: readonly [Period, Period];
  },
): Series;
export function grow(
  base: number,
  rates: Series | readonly Rate[] | Rate,
  options: { readonly start?: Period; readonly over?: readonly [Period, Period] } = {},
): Series {
  finite('grow', 'the base', base);
  const [start, list] = ratesByPeriod(rates, options);
  const values = [base];
  for (const rate of list) {
    const r = typeof rate === 'number' && Number.isNaN(rate) ? NaN : growthRate(rate, 'grow');
    values.push(values.at(-1)! * (1 + r));
  }
  return { start, values };
}

/**
 * Growth rates of a series: value / earlier value - 1, as ratios.
 *
 * @param s levels, of any frequency
 * @param over one of `'year'` (defaults to it: against the same period of the year before, 同比) or `'period'`
 *   (against the period before, 环比)
 * @returns a series that starts one year or one period later; growth from a base of zero or below is undefined and
 *   comes back as `NaN`, as does growth from or to a missing value
 * @throws RangeError when the series is too short for one rate
 * @example growth(series('2012', [100, 107, 112.35])).values // [0.07, 0.05]
 */
export function growth(s: Series, over: 'year' | 'period' = 'year'): Series {
  argument('growth', 'series', s);
  const lag = over === 'period' ? 1 : perYear[frequencyOf(s.start)];
  if (s.values.length <= lag) {
    return mistake(
      'growth',
      `growth over a ${over} needs at least ${lag + 1} values and the series has ${s.values.length} (${extent(s)})`,
      'extend the history',
    );
  }
  const values = s.values.slice(lag).map((value, i) => growthBetween(s.values[i]!, value));
  return { start: addPeriods(s.start, lag), values };
}

/** The growth from one level to another as a ratio; `NaN` when the base is zero, negative or missing. */
export function growthBetween(from: number, to: number): number {
  return from > 0 ? (to - from) / from : NaN;
}

/**
 * The average growth rate, geometric: the one rate that compounds to the same end.
 *
 * With a series, from its first to its last value (or over `options.over`), per period of its frequency, or per year
 * with `per: 'year'`. With a list of rates, the rate whose compounding equals theirs. Never the arithmetic mean, which
 * overstates (China 1978-2019: 9.37 % geometric, 9.39 % arithmetic).
 *
 * @throws RangeError when fewer than two values or no rate is given, a value is missing, or an end is not positive
 * @example averageGrowth(['10%', '20%']) // 0.1489125293076057
 */
export function averageGrowth(
  of: Series | readonly Rate[],
  options: { readonly over?: readonly [Period, Period]; readonly per?: 'period' | 'year' } = {},
): number {
  if (!Array.isArray(of)) argument('averageGrowth', 'series', of);
  checkOptions('averageGrowth', options, 'over per');
  if (!('start' in of)) {
    if (of.length === 0)
      return mistake('averageGrowth', 'the list of rates is empty', 'give at least one rate');
    const total = of.reduce<number>((sum, rate) => sum + Math.log1p(growthRate(rate, 'averageGrowth')), 0);
    return Math.expm1(total / of.length);
  }
  const [from, to] = toSpan(options.over ?? [of.start, endOf(of)], 'averageGrowth');
  const [i, j] = [
    periodsBetween(of.start, from, 'averageGrowth'),
    periodsBetween(of.start, to, 'averageGrowth'),
  ];
  const [first, last] = [of.values[i], of.values[j]];
  if (first === undefined || last === undefined) {
    return mistake(
      'averageGrowth',
      `the series has no value at ${first === undefined ? from : to} (${extent(of)})`,
      'ask for a span inside it',
    );
  }
  const n = options.per === 'year' ? (j - i) / perYear[frequencyOf(of.start)] : j - i;
  return rateBetween('averageGrowth', first, last, n);
}

/**
 * The growth rate per period that it takes to get from one level to another: (to / from)^(1 / periods) - 1.
 *
 * @param from level now, positive
 * @param to level wanted, zero or more, in the same unit
 * @param periods how many periods, above zero
 * @throws RangeError when a level is not positive or there is no period
 * @example requiredRate(100, 200, 6) // 0.12246204830937302
 */
export function requiredRate(from: number, to: number, periods: number): number {
  return rateBetween('requiredRate', from, to, periods);
}

/**
 * How many periods it takes to double at a constant growth rate: ln 2 / ln(1 + rate).
 *
 * @returns a number of periods, not rounded up; `Infinity` when the rate is zero or negative
 * @example doublingTime('12%') // 6.116255374199705
 */
export function doublingTime(rate: Rate): number {
  const r = growthRate(rate, 'doublingTime');
  return r > 0 ? Math.LN2 / Math.log1p(r) : Infinity;
}

/** A rate of growth as a ratio, refused below -100 %, where a level would change sign. */
export function growthRate(rate: Rate, call: string): number {
  const r = ratio(rate, call);
  return r >= -1 ? r : mistake(call, `a growth of ${shown(rate)} is below -100 %`, 'give -1 or more');
}

function ratesByPeriod(
  rates: Series | readonly Rate[] | Rate,
  { start, over }: { readonly start?: Period; readonly over?: readonly [Period, Period] },
): [Period, readonly Rate[]] {
  if (typeof rates === 'number' || typeof rates === 'string') {
    if (over === undefined)
      return mistake('grow', 'one rate for which periods?', "give { over: ['2014', '2018'] }");
    const [from, to] = toSpan(over, 'grow');
    return [addPeriods(from, -1), Array.from({ length: periodsBetween(from, to) + 1 }, () => rates)];
  }
  if (!Array.isArray(rates)) argument('grow', 'series', rates, 'rate');
  if ('start' in rates) return [addPeriods(toPeriod(rates.start, 'grow'), -1), rates.values];
  if (start === undefined)
    return mistake('grow', 'a list of rates has no periods', "give the base period as { start: '2013' }");
  return [toPeriod(start, 'grow'), rates];
}

function rateBetween(call: string, from: number, to: number, periods: number): number {
  if (!(typeof from === 'number' && from > 0 && from < Infinity))
    return mistake(call, `the first level is ${shown(from)}`, 'growth needs a positive base');
  if (!(typeof to === 'number' && to >= 0 && to < Infinity))
    return mistake(call, `the last level is ${shown(to)}`, 'give a level of zero or more');
  if (!(periods > 0 && periods < Infinity))
    return mistake(call, `${shown(periods)} periods lie between`, 'give more than zero');
  // expm1 and log keep small rates exact where a power would lose digits to the 1.
  return to === 0 ? -1 : Math.expm1(Math.log(to / from) / periods);
}

function finite(call: string, what: string, value: number): void {
  if (!Number.isFinite(value)) mistake(call, `${what} is ${shown(value)}`, 'give a finite number');
}
