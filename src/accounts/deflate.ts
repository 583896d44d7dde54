import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import type { Rate } from '../numeric/rate.ts';
import { growthRate } from '../time/growth.ts';
import { indexOf, periodAt, frequencyOf } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { align, at } from '../time/series.ts';
import type { Series } from '../time/series.ts';

/**
 * A nominal series at the prices of a base period: nominal / (price index / price index in the base period).
 *
 * @param nominal at current prices
 * @param prices price index, on any base
 * @param options.base period whose prices are used; it must lie inside `prices`
 * @returns the periods that both series cover, in the nominal series' unit
 * @throws RangeError when the series do not overlap, or the index is not positive
 * @example deflate(series('2013', [100, 110]), series('2013', [1, 1.1]), { base: '2013' }).values // [100, 100]
 */
export function deflate(nominal: Series, prices: Series, options: { readonly base: Period }): Series {
  checkOptions('deflate', options, 'base!');
  return byPrices('deflate', nominal, prices, options.base, (value, price) => value / price);
}

/**
 * A series at constant prices turned into current prices: the inverse of `deflate`.
 *
 * @example inflate(series('2013', [100, 100]), series('2013', [1, 1.1]), { base: '2013' }).values // [100, 110.00000000000001]
 */
export function inflate(real: Series, prices: Series, options: { readonly base: Period }): Series {
  checkOptions('inflate', options, 'base!');
  return byPrices('inflate', real, prices, options.base, (value, price) => value * price);
}

/**
 * Real growth from nominal growth and price change: (1 + nominal) / (1 + prices) - 1, never their difference (China
 * 1994: 36.34 % nominal and 20.66 % prices are 13.0 % real, not 15.7 %).
 *
 * @example realGrowth('13.2%', '1.7%') // 0.11307767944936083
 */
export function realGrowth(nominal: Rate, prices: Rate): number {
  const p = 1 + growthRate(prices, 'realGrowth');
  if (p === 0) return mistake('realGrowth', 'prices fall by 100 %', 'give a price change above -1');
  return (1 + growthRate(nominal, 'realGrowth')) / p - 1;
}

/**
 * Nominal growth from real growth and price change: (1 + real) x (1 + prices) - 1.
 *
 * @example nominalGrowth('10%', '2%') // 0.12200000000000011
 */
export function nominalGrowth(real: Rate, prices: Rate): number {
  return (1 + growthRate(real, 'nominalGrowth')) * (1 + growthRate(prices, 'nominalGrowth')) - 1;
}

/**
 * The growth of the implicit deflator: (1 + nominal) / (1 + real) - 1.
 *
 * @example impliedDeflator('10.68%', '9.3%') // 0.012625800548947755
 */
export function impliedDeflator(nominal: Rate, real: Rate): number {
  return realGrowth(nominal, real);
}

function byPrices(
  call: string,
  s: Series,
  prices: Series,
  base: Period,
  f: (value: number, price: number) => number,
): Series {
  argument(call, 'series', s);
  argument(call, 'series', prices, 'prices');
  const reference = at(prices, base);
  if (!(reference > 0))
    return mistake(
      call,
      `the price index is ${shown(reference)} in the base period ${base}`,
      'choose a base period with a positive index',
    );
  const both = align({ value: s, price: prices });
  const values = both.value.values.map((value, i) => {
    const price = both.price.values[i]!;
    if (price <= 0) {
      const period = periodAt(frequencyOf(both.value.start), indexOf(both.value.start) + i);
      return mistake(call, `the price index is ${shown(price)} at ${period}`, 'give a positive index');
    }
    return f(value, price / reference);
  });
  return { start: both.value.start, values };
}
