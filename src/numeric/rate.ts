import { mistake, shown } from '../mistake.ts';

/**
 * A rate or share as a ratio (`0.12`) or as a percent string (`'12%'`). In memory a rate is always a ratio.
 *
 * The type is a courtesy while typing; what comes from outside is still checked when it is read.
 */
export type Rate = number | `${number}%` | `${number}％`;

/**
 * The ratio that a rate stands for: `'12%'` is 0.12, `0.12` is itself.
 *
 * Accepts percent and per mille signs, blanks around the number, a true minus and full-width digits
 * (`'１２％'`). A number is taken as a ratio already, so 12 means 1200 %. The decimal point is shifted
 * in the text, not by a division, so `'8.875%'` is exactly the double nearest to 0.08875.
 *
 * @param rate ratio, or text with a percent or per mille sign
 * @param call the public function that was called, for the message
 * @throws RangeError when the text is not a percentage or the number is not finite
 * @example ratio('12%') // 0.12
 */
export function ratio(rate: Rate | string, call = 'ratio'): number {
  const value = typeof rate === 'string' ? parseRate(rate) : rate;
  if (Number.isFinite(value)) return value!;
  return mistake(
    call,
    `${shown(rate)} is not a rate`,
    "give a ratio such as 0.12 or a percentage such as '12%'",
  );
}

/**
 * Read a percentage from text, or undefined when it is none. A bare number is not one: `'12'` could be 12 or 12 %.
 *
 * @example parseRate(' 12 ％') // 0.12
 */
export function parseRate(text: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*([%‰])$/.exec(plainDigits(text).trim());
  if (match === null) return undefined;
  const value = Number(`${match[1]}e${match[2] === '%' ? -2 : -3}`);
  return Number.isFinite(value) ? value : undefined;
}

/** Full-width digits and signs, the true minus and odd blanks as their ASCII forms, one character for one. */
export function plainDigits(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\u00a0\u2007-\u200a\u202f\u3000]/g, ' ');
}
