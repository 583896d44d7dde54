import type { Period, Span } from '../time/period.ts';
import type { Label } from './indicator.ts';
import type { Measure, Relation } from './relation.ts';

/**
 * How hard a target is meant, which is another axis than its relation: one of
 * - `'binding'`: 约束性, must be met
 * - `'expected'`: 预期性, the headline forecasts of a plan
 * - `'commit'`: the government says it will do it
 * - `'strive'`: 力争, 争取
 * - `'push'`: 推进, work on it without a promise to finish
 * - `'plan'`: 编制, the number is the scope of a plan to be drawn up
 * - `'hold'`: 保持, keep a state
 */
export type Firmness = 'binding' | 'expected' | 'commit' | 'strive' | 'push' | 'plan' | 'hold';

/** All firmness words, in descending order of obligation. */
export const firmnesses = [
  'binding',
  'expected',
  'commit',
  'hold',
  'strive',
  'push',
  'plan',
] as const satisfies readonly Firmness[];

/**
 * One target of a plan: an indicator, what of it is measured, and how it relates to a number.
 *
 * The number's unit follows from the measure: a ratio for `growth` and `share`, the indicator's unit for `level`; for
 * `change` the indicator's unit too (percentage points as a ratio where the indicator is a ratio).
 */
export interface Target<I extends string = string> {
  readonly indicator: I;
  /** One of `'growth'` (over the year before, or the yearly average over a span), `'level'`, `'share'`, `'change'`. */
  readonly measure: Measure;
  readonly relation: Relation<I>;
  /** Defaults to the plan's whole span when it is one year, else to its last period. A span means the average growth, or the total of a flow. */
  readonly period?: Period | Span;
  readonly firmness?: Firmness;
  /** Latest day, as an ISO date, where the plan names one that is not the end of the period. */
  readonly deadline?: string;
  /** Where the target is stated: a section, a place in a text. */
  readonly source?: string;
  /** Words of its own, where the indicator's label does not say it. */
  readonly label?: Label;
  /** Name of the target in its plan, for references. */
  readonly id?: string;
  /** The `id` of the target that this one is a part of ("of which"). */
  readonly partOf?: string;
  /** What each counted thing must be at least, such as projects of CNY 100 million and more. */
  readonly threshold?: { readonly value: number; readonly unit: string };
  /** Whether a growth over a span is the whole span's, 累计, rather than the yearly average; to one later period it is the
   *  growth from the plan's base. Defaults to false. */
  readonly cumulative?: boolean;
  /** The figure of another place or group that the relation is a difference from: `at-least` 0.01 against "全国平均水平"
   *  is a growth one point above the national average. Absent where the number stands for itself. */
  readonly versus?: string;
  /** Anything a reader should know. */
  readonly note?: Label;
}
