import type { Model } from '../model/model.ts';
import type { Label } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Rate } from '../numeric/rate.ts';
import type { Span } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';

/** What a workbook is made of. A plan alone makes the sheets that people fill in; a model adds the ones that calculate. */
export interface WorkbookParts {
  readonly plan: Plan;
  /** Published levels by indicator, in the indicators' units; any frequencies. */
  readonly data?: Dataset;
  readonly projection?: WorkbookProjection;
  /** Lines for the sheet of notes, beside those on colours, price basis and doubts that are always there. */
  readonly notes?: readonly string[];
}

/** A model that carries the plan forward, written out in formulas. It may have no simultaneous block. */
export interface WorkbookProjection {
  readonly model: Model;
  /** Levels before the first projected period, as `solve` takes them. */
  readonly history: Dataset;
  readonly over: Span;
  /** The base period written out: equations of names (`'100 * share_industry'`) where it is not plain numbers. */
  readonly base?: WorkbookBase;
  /** Where parameters come from, when it is not the model: a target of the plan, or a formula. */
  readonly origins?: Readonly<Record<string, Origin>>;
  /** Names of the model's variables in words, where the plan and the parameters have none. */
  readonly labels?: Readonly<Record<string, Label>>;
  /** Variables whose levels the yearly paths show; defaults to those that are indicators of the plan. */
  readonly paths?: readonly string[];
  /** Growth accounting: the variables that sum to a total. */
  readonly contributions?: { readonly total: string; readonly parts: readonly string[] };
  /** Scenarios of the first projected period. */
  readonly scenarios?: readonly Scenario[];
  /** Variables that the scenarios are compared by. */
  readonly compared?: readonly string[];
  /** What each parameter does to one variable in the first projected period, over its range. */
  readonly sensitivity?: {
    readonly output: string;
    readonly ranges: Readonly<Record<string, readonly [low: Rate, high: Rate]>>;
  };
}

/** The base period from named figures, all of which become named cells. */
export interface WorkbookBase {
  readonly figures: Readonly<Record<string, BaseFigure>>;
  /** For a variable, an expression of figures: `va_industry: 'base_gdp * share_industry'`. */
  readonly levels: Readonly<Record<string, string>>;
}

/** A figure of the base period with its documentation. */
export interface BaseFigure {
  readonly value: number;
  readonly label?: string | { readonly en: string; readonly zh: string };
  readonly unit?: string;
  readonly range?: readonly [number, number];
  readonly source?: string;
}

/** Where a parameter's value comes from: a target of the plan by its position, or a formula in which `target` is one. */
export type Origin =
  | { readonly kind: 'plan'; readonly target: number }
  | { readonly kind: 'solved'; readonly formula: string; readonly target: number }
  | { readonly kind: 'given' };
