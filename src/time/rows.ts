import { argument } from '../argument.ts';
import { addPeriods, firstDay } from './period.ts';
import type { Period } from './period.ts';
import { datasetArgument } from './series.ts';
import type { Dataset, Series } from './series.ts';

/** One observation in long form. `date` is the first day of the period at midnight UTC, as d3 and Plot place it. */
export interface Row {
  readonly period: Period;
  readonly date: Date;
  readonly value: number;
}

/** One observation of a named series in long form. */
export interface NamedRow<K extends string = string> extends Row {
  readonly series: K;
}

/**
 * Tidy rows of a series or of a data set: the bridge to Plot, `console.table` and CSV.
 *
 * A data set gives the rows of its series one after the other, each with the series' name.
 *
 * @example rows(series('2014', [112]))[0].value // 112
 */
export function rows(data: Series): Row[];
export function rows<K extends string>(data: Dataset<K>): NamedRow<K>[];
export function rows(data: Series | Dataset): Row[] | NamedRow[] {
  argument('rows', 'dataset', data, 'series');
  if (isSeries(data)) return rowsOf(data);
  datasetArgument('rows', data);
  return Object.entries(data).flatMap(([series, s]) => rowsOf(s).map((row) => ({ series, ...row })));
}

function rowsOf(s: Series): Row[] {
  return s.values.map((value, i) => {
    const period = addPeriods(s.start, i);
    return { period, date: new Date(`${firstDay(period)}T00:00:00Z`), value };
  });
}

/** Whether a value is a series rather than a data set of series. */
export function isSeries(data: Series | Dataset): data is Series {
  return Array.isArray((data as Series).values) && typeof (data as Series).start === 'string';
}
