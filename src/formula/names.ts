import { tokens } from './token.ts';

/** Constants elsewhere, which would be misread as variables here. */
export const reserved: ReadonlySet<string> = new Set([
  'e',
  'i',
  'pi',
  'tau',
  'phi',
  'E',
  'PI',
  'LN2',
  'LN10',
  'LOG2E',
  'LOG10E',
  'SQRT1_2',
  'SQRT2',
  'Infinity',
  'NaN',
  'true',
  'false',
  'null',
  'undefined',
  'end',
  'version',
  '__proto__',
]);
/** Operators elsewhere. */
export const words: ReadonlySet<string> = new Set(['mod', 'to', 'in', 'xor']);
const values = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/**
 * How far a name from elsewhere can be used as a variable: one of `'free'`, `'reserved'` (after it is declared with
 * `variables`) or `'impossible'` (operators and values of the language, and what is no name at all).
 *
 * @example nameStatus('i') // 'reserved'
 */
export function nameStatus(name: string): 'free' | 'reserved' | 'impossible' {
  const [token, ...more] = tokens(name);
  if (token?.kind !== 'name' || more.length > 0 || token.text !== name) return 'impossible';
  if (words.has(name) || values.has(name) || name === '__proto__') return 'impossible';
  return reserved.has(name) ? 'reserved' : 'free';
}
