import type { Indicator } from '../plan/indicator.ts';
import { lexiconRows } from './lexicon-data.ts';

/**
 * One indicator as texts name it. A new indicator, or a synonym, is one row (or one word in a row).
 *
 * Synonyms are matched as whole names, the longest first; blanks and script (traditional, full-width) do not matter.
 */
export interface LexiconRow {
  /** Name in the plan that is read, such as `'gdp'`. */
  readonly id: string;
  /** Code of the standard indicator. */
  readonly code?: string;
  /** Chinese names; the first is the label. */
  readonly zh: readonly string[];
  /** English names in lower case; the first is the label. */
  readonly en: readonly string[];
  /** Unit of its level. A ratio means that a percentage beside the name is a level (a rate or share), not a growth. */
  readonly unit: string;
  readonly kind: Indicator['kind'];
  readonly prices?: Indicator['prices'];
  /** What a bare percentage is where the unit does not say it, such as growth for consumer prices. */
  readonly percentIs?: 'growth' | 'share';
}

/** The lexicon that `readPlan` uses when it is given none: some hundred indicators of government reports. */
export const standardLexicon: readonly LexiconRow[] = lexiconRows;
