// What a growth target means: levels, required rates, doubling times.
import { averageGrowth, compound, doublingTime, grow, requiredRate } from '../src/index.ts';

console.log('100 growing by 12 % for five years:', compound(100, '12%', 5).toFixed(2));
console.log('to double in six years:', `${(100 * requiredRate(100, 200, 6)).toFixed(2)} % a year`);
console.log('12 % doubles in', doublingTime('12%').toFixed(1), 'years');

// A weak first year leaves more for the rest: 15.5 % cumulative over two years after a first year of 6 %.
const wanted = compound(100, '12%', 3);
const path = grow(100, ['6%'], { start: '2013' });
const rest = requiredRate(path.values[1]!, wanted, 2);
console.log(
  'after a first year of 6 %, 12 % on average over three years needs',
  `${(100 * rest).toFixed(2)} % a year`,
);
console.log('check:', `${(100 * averageGrowth([0.06, rest, rest])).toFixed(2)} % on average`);
