import { mistake, shown } from '../mistake.ts';
import { addPeriods, frequencyOf, perYear } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Series } from '../time/series.ts';

/** A history as numbers without gaps, and what was done to get there. */
export interface Numbers {
  readonly y: Float64Array;
  /** Periods in a cycle: 1, 4 or 12. */
  readonly m: number;
  /** The first value used. */
  readonly start: Period;
  /** How many periods at the end of the history had no value: they are forecast before the first asked for. */
  readonly late: number;
  readonly notes: readonly string[];
}

/** Fits sum squares: with larger values they would overflow. */
const LARGEST = 1e150;

/**
 * Read a history for fitting: gaps inside are filled along the line between their neighbours (in the season-to-season
 * changes where a year is known on both sides), missing values at the ends are left out, and both are said in `notes`.
 *
 * @throws RangeError when no value is known, or one is infinite or beyond 1e150
 */
export function numbersOf(history: Series, call: string): Numbers {
  const { values } = history;
  const bad = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (bad >= 0) {
    const when = addPeriods(history.start, bad);
    return mistake(
      call,
      `the value at ${when} is ${shown(values[bad])}`,
      'give finite numbers, or NaN for missing',
    );
  }
  const large = values.findIndex((value) => Math.abs(value) > LARGEST);
  if (large >= 0) {
    const when = addPeriods(history.start, large);
    return mistake(
      call,
      `the value at ${when} is ${shown(values[large])}, whose square is beyond all numbers`,
      'give the series in a larger unit, such as billions',
    );
  }
  const first = values.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return mistake(call, 'the history has no value', 'give at least one');
  let last = values.length - 1;
  while (Number.isNaN(values[last]!)) last--;
  const m = perYear[frequencyOf(history.start)];
  const y = Float64Array.from(values.slice(first, last + 1));
  const notes: string[] = [];
  const gaps = fillGaps(y, m);
  if (gaps > 0)
    notes.push(`${gaps} missing ${gaps === 1 ? 'value was' : 'values were'} filled between neighbours`);
  const late = values.length - 1 - last;
  if (late > 0)
    notes.push(
      `the last ${late} ${late === 1 ? 'period has' : 'periods have'} no value and were forecast too`,
    );
  return { y, m, start: addPeriods(history.start, first), late, notes };
}

function fillGaps(y: Float64Array, m: number): number {
  let count = 0;
  const known = y.map((value) => (Number.isNaN(value) ? 0 : 1));
  for (let t = 0; t < y.length; t++) {
    if (known[t] === 1) continue;
    count++;
    if (m > 1 && known[t - m] === 1 && known[t + m] === 1) {
      y[t] = (y[t - m]! + y[t + m]!) / 2;
      continue;
    }
    let before = t;
    while (known[before] === 0) before--;
    let after = t;
    while (known[after] === 0) after++;
    y[t] = y[before]! + ((y[after]! - y[before]!) * (t - before)) / (after - before);
  }
  return count;
}
