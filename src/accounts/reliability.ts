import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';

/**
 * How the variance of a figure's error goes with its size: `'level'` (in proportion to it), `'equal'` (not at all) or
 * `'square'` (in proportion to its square, so that all are equally reliable in per cent).
 */
export type Reliability = 'level' | 'equal' | 'square';

/** The variance of one figure's error, from a rule, from its own variance, or from its standard error as a share. */
export function variancesOf(
  call: string,
  what: string,
  value: number,
  rule: Reliability | { readonly share: Rate } | { readonly variance: number | undefined },
): number {
  if (rule === 'equal') return 1;
  if (rule === 'level') return Math.abs(value);
  if (rule === 'square') return value * value;
  if ('share' in rule) {
    const share = ratio(rule.share, call);
    return share >= 0
      ? (share * value) ** 2
      : mistake(call, `${what} is ${shown(rule.share)}`, 'give a share of at least 0');
  }
  const { variance } = rule;
  if (variance !== undefined && variance >= 0 && variance < Infinity) return variance;
  return mistake(call, `${what} is ${shown(variance)}`, 'give a number of at least 0; 0 holds it fixed');
}

/** Throw unless a text is one of the rules. */
export function checkReliability(call: string, rule: string): asserts rule is Reliability {
  if (rule !== 'level' && rule !== 'equal' && rule !== 'square') {
    mistake(call, `variances are ${shown(rule)}`, "give 'level', 'equal', 'square' or numbers");
  }
}
