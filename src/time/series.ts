import { argument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods, frequencyOf, indexOf, periodAt, periodsBetween, toPeriod, toSpan } from './period.ts';
import type { Period, Span } from './period.ts';

/**
 * A regular time series: the first period and one value for each period from there on.
 *
 * A missing value is `NaN`, which spreads honestly through arithmetic; JSON writes it as `null` and
 * `series` reads `null` back. The values are in the unit that the series' indicator names.
 */
export interface Series {
  readonly start: Period;
  readonly values: readonly number[];
}

/** Series by name: a history, a simulation's result. */
export type Dataset<K extends string = string> = Readonly<Record<K, Series>>;

/**
 * A series from its first period and its values; `null` and `undefined` become `NaN`.
 *
 * @param start first period; the frequency follows from its spelling
 * @param values one number for each period from `start` on, in the indicator's unit
 * @throws RangeError when `start` is no period or a value is not a number (a text is never coerced)
 * @example series('2012', [100, null, 112]).values // [100, NaN, 112]
 */
export function series(start: Period, values: Iterable<number | null | undefined>): Series {
  if ((values as unknown) === undefined || values === null || typeof values !== 'object')
    mistake('series', `the values are ${shown(values)}`, 'give a list of numbers, one for each period');
  const first = toPeriod(start, 'series');
  const numbers = Array.from(values, (value, i) => {
    if (value === null || value === undefined) return NaN;
    if (typeof value === 'number') return value;
    return mistake(
      'series',
      `the value at ${addPeriods(first, i)} is ${shown(value)}`,
      'give numbers, or null for missing',
    );
  });
  return { start: first, values: numbers };
}

/** Refuse what is not series by name, naming the one that is not: a misspelt field of another data set is `undefined`. */
export function datasetArgument(call: string, data: unknown, as = 'data set'): void {
  argument(call, 'dataset', data, as);
  for (const [name, s] of Object.entries(data as Dataset)) argument(call, 'series', s, `series '${name}'`);
}

/** The last period of a series. */
export function endOf(s: Series): Period {
  argument('endOf', 'series', s);
  return addPeriods(s.start, s.values.length - 1);
}

/**
 * The value of a series at a period; `NaN` where it is missing.
 *
 * @throws RangeError when the period lies outside the series or has another frequency
 * @example at(series('2012', [100, 107, 112]), '2013') // 107
 */
export function at(s: Series, period: Period, name?: string): number {
  argument('at', 'series', s, name === undefined ? 'series' : `series '${name}'`);
  const i = periodsBetween(s.start, toPeriod(period, 'at'), 'at');
  const value = s.values[i];
  if (value !== undefined) return value;
  return mistake(
    'at',
    `${called(name)} has no value at ${period} (${extent(s)})`,
    'ask for a period inside it',
  );
}

/** The value of a series at a period, or `NaN` when the period lies outside it. */
export function valueAt(s: Series, period: Period): number {
  if (frequencyOf(s.start) !== frequencyOf(period)) return NaN;
  return s.values[indexOf(period) - indexOf(s.start)] ?? NaN;
}

/**
 * The part of a series from one period to another, both included.
 *
 * @throws RangeError when the part is not wholly inside the series
 * @example slice(series('2012', [100, 107, 112]), ['2013', '2014']).values // [107, 112]
 */
export function slice(s: Series, span: Span): Series {
  argument('slice', 'series', s);
  const [from, to] = toSpan(span, 'slice');
  const [i, j] = [periodsBetween(s.start, from, 'slice'), periodsBetween(s.start, to, 'slice')];
  if (i < 0 || j >= s.values.length) {
    return mistake(
      'slice',
      `${from} to ${to} is not inside the series (${extent(s)})`,
      'ask for a shorter span',
    );
  }
  return { start: from, values: s.values.slice(i, j + 1) };
}

/**
 * Move a series in time: with `n` = 1 each period gets the value of the period before (a lag), with -1 a lead.
 *
 * @example shift(series('2012', [100, 107]), 1).start // '2013'
 */
export function shift(s: Series, n: number): Series {
  argument('shift', 'series', s);
  if (!Number.isInteger(n))
    return mistake('shift', `${shown(n)} is not a whole number of periods`, 'give 1 for a lag of one period');
  return { start: addPeriods(s.start, n), values: s.values };
}

/**
 * Bring several series of one frequency to one span.
 *
 * @param by one of `'overlap'` (defaults to it: only periods that all series cover) or `'extent'` (all periods that
 *   any covers, with `NaN` where a series has none)
 * @throws RangeError when frequencies differ or, with `'overlap'`, when no period is common to all
 * @example align({ a: series('2012', [1, 2]), b: series('2013', [3, 4]) }).a.values // [2]
 */
export function align<K extends string>(data: Dataset<K>, by: 'overlap' | 'extent' = 'overlap'): Dataset<K> {
  datasetArgument('align', data);
  const names = Object.keys(data) as K[];
  const first = names[0];
  if (first === undefined) return data;
  const frequency = frequencyOf(data[first].start);
  for (const name of names) {
    const other = frequencyOf(data[name].start);
    if (other !== frequency) {
      return mistake(
        'align',
        `series '${first}' is by ${frequency} and '${name}' by ${other}`,
        'aggregate to one frequency first',
      );
    }
  }
  const starts = names.map((name) => indexOf(data[name].start));
  const ends = names.map((name, i) => starts[i]! + data[name].values.length - 1);
  const overlap = by === 'overlap';
  const from = overlap ? Math.max(...starts) : Math.min(...starts);
  const to = overlap ? Math.min(...ends) : Math.max(...ends);
  if (to < from) {
    return mistake(
      'align',
      `no period is common to ${names.join(', ')}`,
      "extend the series or use 'extent'",
    );
  }
  const start = periodAt(frequency, from);
  const aligned = names.map((name, i) => {
    const values = Array.from(
      { length: to - from + 1 },
      (_, t) => data[name].values[from + t - starts[i]!] ?? NaN,
    );
    return [name, { start, values }] as const;
  });
  return Object.fromEntries(aligned) as unknown as Dataset<K>;
}

/**
 * All periods of a series or of a span, in order.
 *
 * @example periodsOf(['2014-Q3', '2015-Q1']) // ['2014-Q3', '2014-Q4', '2015-Q1']
 */
export function periodsOf(s: Series | Span): Period[] {
  if (!isSpan(s)) argument('periodsOf', 'series', s);
  const [start, n] = isSpan(s)
    ? [s[0], periodsBetween(...toSpan(s, 'periodsOf')) + 1]
    : [s.start, s.values.length];
  return Array.from({ length: n }, (_, i) => addPeriods(start, i));
}

/** Apply a function to each value, keeping the periods. */
export function mapValues(s: Series, f: (value: number, i: number) => number): Series {
  argument('mapValues', 'series', s);
  if (typeof f !== 'function')
    mistake('mapValues', `the function is ${shown(f)}`, 'give one, such as (value) => 2 * value');
  return { start: s.start, values: s.values.map(f) };
}

/** "it covers 2012 to 2014", or "it is empty": how messages say what a series has. */
export function extent(s: Series): string {
  return s.values.length === 0 ? 'it is empty' : `it covers ${s.start} to ${endOf(s)}`;
}

function isSpan(s: Series | Span): s is Span {
  return Array.isArray(s);
}

function called(name: string | undefined): string {
  return name === undefined ? 'the series' : `series '${name}'`;
}
