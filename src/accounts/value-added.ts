import { checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import type { Rate } from '../numeric/rate.ts';
import { ratio } from '../numeric/rate.ts';
import { growthRate } from '../time/growth.ts';

/**
 * Real growth of value added from the growth of nominal gross output: (1 + output) x (ratio now / ratio before) /
 * (1 + prices) - 1.
 *
 * Gross output is not value added: with the same 15 % of output, half a point off a value-added ratio of 25.6 % takes
 * 2.3 points off real growth. Input and output prices are taken to move together (single deflation).
 *
 * @returns growth of value added at constant prices, as a ratio
 * @throws RangeError when a ratio is not between 0 and 1
 * @example valueAdded({ output: '15%', ratio: [0.256, 0.251], prices: '-1.4%' }) // 0.1435…
 */
export function valueAdded(question: {
  /** Growth of gross output at current prices. */
  readonly output: Rate;
  /** Value added / gross output, before and now; one number when it does not change. */
  readonly ratio: Rate | readonly [Rate, Rate];
  /** Change of producer prices; defaults to 0. */
  readonly prices?: Rate;
}): number {
  checkOptions('valueAdded', question, 'output! ratio! prices');
  const { output, ratio: valueAddedRatio, prices = 0 } = question;
  const [before, now] = ratiosOf(valueAddedRatio);
  const p = growthRate(prices, 'valueAdded');
  if (p === -1) return mistake('valueAdded', 'prices fall by 100 %', 'give a price change above -1');
  return ((1 + growthRate(output, 'valueAdded')) * (now / before)) / (1 + p) - 1;
}

/**
 * The growth of gross output that a real growth of value added needs: the inverse of `valueAdded`.
 *
 * @example outputNeeded({ valueAdded: '12%', ratio: 0.25, prices: '0%' }) // 0.1200…
 */
export function outputNeeded(question: {
  readonly valueAdded: Rate;
  readonly ratio: Rate | readonly [Rate, Rate];
  readonly prices?: Rate;
}): number {
  checkOptions('outputNeeded', question, 'valueAdded! ratio! prices');
  const { valueAdded: growth, ratio: valueAddedRatio, prices = 0 } = question;
  const [before, now] = ratiosOf(valueAddedRatio);
  return (
    ((1 + growthRate(growth, 'outputNeeded')) * (1 + growthRate(prices, 'outputNeeded')) * before) / now - 1
  );
}

function ratiosOf(given: Rate | readonly [Rate, Rate]): readonly [number, number] {
  const [before, now] = Array.isArray(given)
    ? (given as readonly [Rate, Rate])
    : ([given, given] as readonly [Rate, Rate]);
  const pair = [ratio(before, 'valueAdded'), ratio(now, 'valueAdded')] as const;
  for (const v of pair) {
    if (!(v > 0 && v <= 1))
      return mistake(
        'valueAdded',
        `the value-added ratio is ${shown(v)}`,
        'value added is between 0 and all of gross output',
      );
  }
  return pair;
}
