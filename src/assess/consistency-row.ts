import type { Issue } from '../issue.ts';
import type { Period } from '../time/period.ts';
import type { Affine, Cell } from './consistency-equations.ts';

/** What a row of the question is made from. */
export type RowSource =
  | { readonly kind: 'target'; readonly target: number }
  | { readonly kind: 'identity' | 'equation'; readonly text: string; readonly period: Period }
  | {
      readonly kind: 'range';
      readonly name: string;
      readonly of: 'growth' | 'value';
      readonly period?: Period;
    }
  | { readonly kind: 'positive'; readonly name: string; readonly period: Period };

/**
 * What a row measures and the band it must lie in: `(1 + over)^(1/years) - 1` of a sum, of a quotient of two sums less 1
 * where there is a divisor, or the sum itself when `years` is 1. Always increasing in `of`.
 */
export interface BandRow {
  readonly source: RowSource;
  readonly of: Affine;
  readonly divisor?: Affine;
  readonly years: number;
  readonly low: number;
  readonly high: number;
  /** A unit of change that weighs 1: a ratio point, or the size of a level. */
  readonly unit: number;
}

/** An equation that holds: a sum that is zero, or an expression whose tangent is. */
export interface EquationRow {
  readonly source: RowSource;
  readonly exact?: Affine;
  readonly tangentAt: (point: ArrayLike<number>) => Affine;
}

/** One unknown: the level of a name at a period as a deviation from its last known level, or a parameter. */
export interface Unknown {
  readonly name: string;
  /** Absent for a parameter. */
  readonly period?: Period;
  /** Whether `name` is a series that exists outside this question: growth without a base level is not. */
  readonly isSeries: boolean;
  readonly cell: Cell;
}

/** A plan as rows over unknowns. */
export interface Rows {
  readonly unknowns: readonly Unknown[];
  /** Targets, ranges and levels that stay positive. */
  readonly bands: readonly BandRow[];
  readonly equations: readonly EquationRow[];
  /** Where iterations start. */
  readonly start: Float64Array;
  readonly isLinear: boolean;
  readonly issues: readonly Issue[];
  /** Targets that became no row, by position. */
  readonly leftOut: readonly number[];
}
