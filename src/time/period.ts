import { mistake, shown } from '../mistake.ts';

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Month = `0${Exclude<Digit, 0>}` | '10' | '11' | '12';

/**
 * A period in its SDMX spelling: `'2014'`, `'2014-Q3'` or `'2014-07'`. The frequency is read from it.
 *
 * Periods of one frequency sort as text. They are strings so that they print, compare, and serve as JSON keys.
 */
export type Period = `${number}` | `${number}-Q${1 | 2 | 3 | 4}` | `${number}-${Month}`;

/** How often: one of `'year'`, `'quarter'`, `'month'`. */
export type Frequency = 'year' | 'quarter' | 'month';

/** The first and last period of a stretch, both included; the two have one frequency. */
export type Span = readonly [Period, Period];

/** How many periods of a frequency make a year. */
export const perYear: Readonly<Record<Frequency, number>> = { year: 1, quarter: 4, month: 12 };

const pattern = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/;

/** Whether a text is a period in the SDMX spelling. */
export function isPeriod(text: unknown): text is Period {
  return typeof text === 'string' && pattern.test(text);
}

/**
 * Check a text that should be a period.
 *
 * @throws RangeError when it is not one of the three spellings
 * @example toPeriod('2014-Q3') // '2014-Q3'
 */
export function toPeriod(text: string | number, call = 'toPeriod'): Period {
  const period = String(text);
  if (isPeriod(period)) return period;
  return mistake(call, `${shown(text)} is not a period`, "write '2014', '2014-Q3' or '2014-07'");
}

/**
 * The frequency that a period's spelling says.
 *
 * @example frequencyOf('2014-Q3') // 'quarter'
 */
export function frequencyOf(period: Period): Frequency {
  if (typeof period !== 'string')
    return mistake('frequencyOf', `${shown(period)} is not a period`, "write '2014', '2014-Q3' or '2014-07'");
  if (period.length === 4) return 'year';
  return period[5] === 'Q' ? 'quarter' : 'month';
}

/** The calendar year that a period lies in. */
export function yearOf(period: Period): number {
  return Number(period.slice(0, 4));
}

/** The place of a period within its year, from 0: `'2014-Q3'` is 2, a year is 0. */
export function placeInYear(period: Period): number {
  if (period.length === 4) return 0;
  return Number(period.slice(period[5] === 'Q' ? 6 : 5)) - 1;
}

/** The count of periods since year 0, the integer on which all period arithmetic runs. */
export function indexOf(period: Period): number {
  return yearOf(period) * perYear[frequencyOf(period)] + placeInYear(period);
}

/** The period of a frequency at an index: the inverse of `indexOf`. */
export function periodAt(frequency: Frequency, index: number): Period {
  const n = perYear[frequency];
  const year = Math.floor(index / n);
  if (!(year >= 0 && year <= 9999)) {
    return mistake('periodAt', `year ${year} is outside 0000 to 9999`, 'use a shorter horizon');
  }
  const place = index - year * n + 1;
  const y = String(year).padStart(4, '0');
  if (frequency === 'year') return y as Period;
  return (frequency === 'quarter' ? `${y}-Q${place}` : `${y}-${String(place).padStart(2, '0')}`) as Period;
}

/**
 * The period `n` steps later, or earlier when `n` is negative.
 *
 * @example addPeriods('2014-Q4', 1) // '2015-Q1'
 */
export function addPeriods(period: Period, n: number): Period {
  if (!Number.isInteger(n))
    return mistake(
      'addPeriods',
      `${shown(n)} is not a whole number of periods`,
      'give 1 for the next period',
    );
  return periodAt(frequencyOf(period), indexOf(period) + n);
}

/**
 * How many steps from one period to another of the same frequency.
 *
 * @throws RangeError when the frequencies differ
 * @example periodsBetween('2014', '2018') // 4
 */
export function periodsBetween(from: Period, to: Period, call = 'periodsBetween'): number {
  if (frequencyOf(from) !== frequencyOf(to)) {
    return mistake(
      call,
      `${from} is a ${frequencyOf(from)} and ${to} is a ${frequencyOf(to)}`,
      'use one frequency',
    );
  }
  return indexOf(to) - indexOf(from);
}

/** The first day of a period as an ISO date, as charts place it: `'2014-Q3'` is `'2014-07-01'`. */
export function firstDay(period: Period): string {
  const monthsEach = 12 / perYear[frequencyOf(period)];
  const month = placeInYear(period) * monthsEach + 1;
  return `${period.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** The first period of a span, or the one period. */
export function firstPeriod(when: Period | Span): Period {
  return typeof when === 'string' ? when : when[0];
}

/** The last period of a span, or the one period. */
export function lastPeriod(when: Period | Span): Period {
  return typeof when === 'string' ? when : when[1];
}

/**
 * Check a span: two periods of one frequency, in order.
 *
 * @throws RangeError when they are not periods, differ in frequency or run backwards
 */
export function toSpan(span: readonly [string | number, string | number], call = 'toSpan'): Span {
  if (!Array.isArray(span))
    return mistake(
      call,
      `the span is ${shown(span)}`,
      "give its first and last period, such as ['2014', '2018']",
    );
  const [from, to] = [toPeriod(span[0], call), toPeriod(span[1], call)];
  if (periodsBetween(from, to, call) < 0) {
    return mistake(call, `the span ${from} to ${to} runs backwards`, `write ['${to}', '${from}']`);
  }
  return [from, to];
}
