import type { Language } from '../issue.ts';

/** A label in one language for all, or one for each language. */
export type Label = string | { readonly en: string; readonly zh: string };

/**
 * What a series or a target is about: its unit, how it adds up over time, and its prices.
 *
 * Real and nominal are two indicators tied by a deflator; a growth target says which of them it means through `prices`.
 */
export interface Indicator<I extends string = string> {
  readonly label: Label;
  /** A known unit's name (`'CNY'`, `'100m CNY'`, `'persons'`, `'m2'`, `'%'`, ...) or a word of one's own. */
  readonly unit: string;
  /** How months and quarters make a year: one of `'flow'` (sums), `'stock'` (takes the last), `'rate'` or `'index'` (averages). */
  readonly kind: 'flow' | 'stock' | 'rate' | 'index';
  /** One of `'constant'` (real), `'current'` (nominal), `'comparable'` (growth published on a comparable coverage, so
   *  that levels of two years do not give it). Absent for what has no prices, such as persons. */
  readonly prices?: 'constant' | 'current' | 'comparable';
  /** The price index that turns the nominal into the real indicator. */
  readonly deflator?: I;
  /** Code of the standard indicator this is, where it is one. */
  readonly code?: string;
  /** Which part of the economy: a district, above-scale firms, rural residents. */
  readonly scope?: string;
}

/** The label of an indicator in a language. */
export function labelOf(label: Label, language: Language = 'en'): string {
  return typeof label === 'string' ? label : label[language];
}
