import type { Issue, Language } from '../issue.ts';
import type { Firmness } from '../plan/target.ts';
import type { Measure, Relation } from '../plan/relation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Period, Span } from '../time/period.ts';

/** A stretch of the given text: offsets in UTF-16 code units, the end not included. */
export type TextSpan = readonly [start: number, end: number];

/** Where a target stands in the text, and what the text says of it, in the text's own terms. */
export interface Reading {
  /** Position of the target in `plan.targets`. */
  readonly target: number;
  /** The words of the target: from its clause's start, or the number before, to the end of the number's qualifier. */
  readonly span: TextSpan;
  /** The number (with its unit), or the words that stand for one ("in step", "full coverage"). */
  readonly number: TextSpan;
  readonly language: Language;
  /** Headings above the place, outermost first. */
  readonly section: readonly string[];
  /** What the number is about, in the text's words. */
  readonly subject: string;
  readonly indicator: string;
  /** Code of the lexicon's row, where the indicator is in the lexicon. */
  readonly code?: string;
  readonly verb?: string;
  readonly scope?: string;
  readonly measure: Measure;
  /** The relation as it is worded, the size of a fall positive; the target in the plan has the sign. */
  readonly relation: Relation['kind'];
  /** Value (or the range's ends) in `unit`, as worded; absent for an in-step relation. */
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  /** Base unit of `value`: `'ratio'`, `'CNY'`, `'USD'`, `'m2'`, `'persons'`, `'count'`, ... */
  readonly unit: string;
  /** The measure word of a count, such as 家 or "villages". */
  readonly counted?: string;
  /** "More than", 突破: the value itself does not do. */
  readonly strict?: boolean;
  /** The value is the size of a fall. */
  readonly fall?: boolean;
  /** The value is a difference in percentage points. */
  readonly points?: boolean;
  /** "Double", 翻一番: how many times the level of the base. The value is the growth, 1 less. */
  readonly multiple?: number;
  /** A yearly average, 年均. */
  readonly average?: boolean;
  /** Over the whole period together, 累计. */
  readonly cumulative?: boolean;
  /** Every year of the period, 每年. */
  readonly yearly?: boolean;
  /** The figure of another place or group that the relation is a difference from. */
  readonly versus?: string;
  readonly period: Period | Span;
  /** Last day, as an ISO date. */
  readonly deadline: string;
  readonly firmness: Firmness;
  readonly threshold?: { readonly value: number; readonly unit: string };
  readonly prices?: 'constant' | 'current' | 'comparable';
}

/** A place with a number that is not read as a target, and why. */
export interface Unread {
  readonly span: TextSpan;
  readonly text: string;
  /**
   * One of
   * - `'past'`: an outcome or an estimate of the past, or the present state
   * - `'forecast'`: somebody's projection
   * - `'baseline'`: what a target starts from or is compared with
   * - `'threshold'`: the size of a thing, not how many or how much
   * - `'name'`: part of a name, a grouping, an ordinal
   * - `'attribute'`: a property of a thing that is mentioned
   * - `'unclear'`: none of the above; the words around the number were not understood
   */
  readonly reason: UnreadReason;
}

export type UnreadReason = 'past' | 'forecast' | 'baseline' | 'threshold' | 'name' | 'attribute' | 'unclear';

/** A promise without a number: a dated milestone, or a direction ("continue to fall"). */
export interface Qualitative {
  readonly span: TextSpan;
  readonly text: string;
  readonly section: readonly string[];
  readonly indicator?: string;
  readonly deadline: string;
  readonly firmness: Firmness;
}

/** What `readPlan` gives back. */
export interface PlanText {
  readonly plan: Plan;
  /** One for each target of the plan, in the same order. */
  readonly readings: readonly Reading[];
  readonly qualitative: readonly Qualitative[];
  readonly unread: readonly Unread[];
  readonly issues: readonly Issue[];
}

/** What one clause grammar hands on for one target, before ids are given. */
export interface Found extends Omit<
  Reading,
  'target' | 'indicator' | 'code' | 'unit' | 'value' | 'low' | 'high'
> {
  /** Lexicon row, or undefined when the words are not in it. */
  readonly row?: { readonly id: string; readonly code?: string };
  /** In the published unit. */
  readonly amount?: { readonly low: number; readonly high: number };
  /** Published unit: a known unit's name or a measure word. */
  readonly publishedUnit: string;
  /** Leader of an in-step relation: a lexicon id, or the subject's words. */
  readonly leader?: string;
  /** "Of which": place in the list of found targets of the whole that this is a part of. */
  readonly partOf?: number;
  readonly doubts: readonly string[];
}
