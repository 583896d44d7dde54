import { argument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { frequencyOf, indexOf, perYear, periodAt } from './period.ts';
import type { Frequency } from './period.ts';
import type { Series } from './series.ts';

/**
 * A series at a lower frequency, by what its indicator is: a flow sums, a stock takes the last value, a rate or an
 * index averages (simple mean of its periods).
 *
 * Months in years that the series covers only in part are not guessed: the longer period is missing (`NaN`), as it is
 * when one of its values is missing. For a January and February published jointly, sum the flow first.
 *
 * @param s months or quarters
 * @param to frequency of the result: one of `'quarter'` or `'year'`
 * @param kind the indicator's kind: one of `'flow'`, `'stock'`, `'rate'`, `'index'`
 * @throws RangeError when the series' frequency is not higher than `to`
 * @example aggregate(series('2014-Q1', [1, 2, 3, 4]), 'year', 'flow').values // [10]
 */
export function aggregate(
  s: Series,
  to: Exclude<Frequency, 'month'>,
  kind: 'flow' | 'stock' | 'rate' | 'index',
): Series {
  argument('aggregate', 'series', s);
  const from = frequencyOf(s.start);
  const each = perYear[from] / perYear[to];
  if (!(each >= 1))
    return mistake(
      'aggregate',
      `a ${from} does not make a ${to}`,
      'use disaggregate to go to a higher frequency',
    );
  if (each === 1) return s;
  const first = indexOf(s.start);
  const firstOut = Math.floor(first / each);
  const lastOut = Math.floor((first + s.values.length - 1) / each);
  const values = Array.from({ length: Math.max(0, lastOut - firstOut + 1) }, (_, k) => {
    const offset = (firstOut + k) * each - first;
    return combined(
      Array.from({ length: each }, (_, j) => s.values[offset + j] ?? NaN),
      kind,
    );
  });
  return { start: periodAt(to, firstOut), values };
}

function combined(values: readonly number[], kind: 'flow' | 'stock' | 'rate' | 'index'): number {
  switch (kind) {
    case 'flow':
      return values.reduce((sum, value) => sum + value, 0);
    case 'stock':
      return values.at(-1)!;
    case 'rate':
    case 'index':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    default:
      return mistake(
        'aggregate',
        `${shown(kind satisfies never)} is not a kind`,
        "use 'flow', 'stock', 'rate' or 'index'",
      );
  }
}
