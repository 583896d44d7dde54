import { argument, checkOptions } from '../argument.ts';
import type { Label } from '../plan/indicator.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Language } from '../issue.ts';
import { describeTarget } from '../plan/describe.ts';
import { periodOf, targetBand } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { gap, inBand } from '../plan/relation.ts';
import type { Band, Measure } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { averageGrowth, growthBetween } from '../time/growth.ts';
import { addPeriods, frequencyOf, periodsBetween } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { datasetArgument, slice, valueAt } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import type { Forecast } from '../forecast/method.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { chanceIn, chancesIn } from './probability.ts';
import type { Chance } from './probability.ts';
import { reason, whyUnknown } from './unknown.ts';

/**
 * How a target stands. One of
 * - `'met'`, `'missed'`: the actual figure of its period is in, and lies in the band or not
 * - `'on track'`, `'at risk'`: the outlook lies in the band or not
 * - `'unknown'`: there is neither an actual figure nor an outlook, or an in-step leader has no value
 */
export type Status = 'met' | 'on track' | 'at risk' | 'missed' | 'unknown';

/** One target of a plan, and how it stands. */
export interface Assessment<I extends string = string> {
  readonly indicator: I;
  readonly measure: Measure;
  readonly period: Period | Span;
  /** The target as a sentence. */
  readonly target: string;
  /** The interval that counts as met; absent for an in-step relation whose leader is unknown. */
  readonly band?: Band;
  /** The actual value of the target's measure where it is in, else the outlook's; `NaN` when unknown. */
  readonly expected: number;
  /** Distance from the band: 0 inside, negative below it, positive above it; in the measure's unit. */
  readonly gap: number;
  /** How likely the target is met: 1 or 0 when the actual figure is in; absent where it cannot be told. */
  readonly probability?: number;
  /** Confidence interval of a simulated probability. */
  readonly interval?: readonly [low: number, high: number];
  /** Why the status is unknown, or why there is no probability where one could be expected; in `language`. */
  readonly why?: string;
  readonly status: Status;
}

/** What a plan is held against. */
export interface AssessOptions {
  /** Published levels of indicators. */
  readonly actual?: Dataset;
  /**
   * What is expected. One of
   * - projected levels by indicator, such as a solution of a model (history before the first projected period belongs
   *   to it): no probabilities
   * - forecasts by indicator: probabilities from each one's own distribution
   * - a Monte Carlo summary made with `planOutcome`: probabilities with intervals, in-step targets by joint draws
   */
  readonly outlook?: Dataset | Readonly<Record<string, Forecast>> | Summary;
  /** Defaults to `'en'`. */
  readonly language?: Language;
}

/**
 * How each target of a plan stands: a row per target, with the target in words, the expected value, the gap and a status.
 *
 * Growth of a year needs the level of the year before; it is taken from the same data set. A target over a span is the
 * average growth (the whole growth where it is `cumulative`), or the total of a flow. An in-step target is held against its leader's own expected value.
 *
 * @param plan a plan
 * @param options actual and projected levels by indicator
 * @example
 * assess(plan, { actual: { gdp: series('2013', [100, 112]) } })[0].status // 'met' for GDP of about 12 % in 2014
 */
export function assess<I extends string>(plan: Plan<I>, options: AssessOptions = {}): Assessment<I>[] {
  argument('assess', 'plan', plan);
  checkOptions('assess', options, 'actual outlook language');
  const { actual = {}, outlook = {}, language = 'en' } = options;
  datasetArgument('assess', actual, 'option actual');
  argument('assess', 'dataset', outlook, 'option outlook');
  const levels = isSummary(outlook) || isForecasts(outlook) ? {} : outlook;
  const simulated = isSummary(outlook) ? chancesIn(plan, outlook, language) : [];
  return plan.targets.map((target, i) => {
    const { value, final } = valueOf(plan, target, actual, levels);
    const chance = final
      ? undefined
      : (simulated[i] ?? forecastChance(plan, target, outlook, actual, language));
    const row = {
      indicator: target.indicator,
      measure: target.measure,
      period: periodOf(plan, target),
      target: describeTarget(plan, target, language),
    };
    if (chance !== undefined) return withChance(row, plan, target, chance, isSummary(outlook));
    const band = targetBand(plan, target, leadersOf(plan, target, actual, levels));
    const known = band !== undefined && !Number.isNaN(value);
    const met = known && inBand(band, value) && !missesStrictly(target, value);
    return {
      ...row,
      ...(band === undefined ? {} : { band }),
      expected: value,
      gap: known ? gap(band, value) : NaN,
      ...(known && final ? { probability: met ? 1 : 0 } : {}),
      ...(known ? {} : { why: why(plan, target, value, actual, outlook, language) }),
      status: known ? statusOf(met, final) : 'unknown',
    };
  });
}

/** A row whose expected value and probability come from a distribution. */
function withChance<I extends string>(
  row: Pick<Assessment<I>, 'indicator' | 'measure' | 'period' | 'target'>,
  plan: Plan,
  target: Target,
  chance: Chance,
  joint: boolean,
): Assessment<I> {
  const { expected, ...rest } = chance;
  const difference = joint && target.relation.kind === 'in-step-with';
  // A simulated in-step target is the difference to its leader, and its band lies around zero.
  const band = targetBand(
    plan,
    target,
    difference && target.relation.kind === 'in-step-with' ? { [target.relation.indicator]: 0 } : {},
  );
  const known = band !== undefined && !Number.isNaN(expected);
  return {
    ...row,
    ...(band === undefined ? {} : { band }),
    expected,
    gap: known ? gap(band, expected) : NaN,
    ...rest,
    status: known ? statusOf(inBand(band, expected), false) : 'unknown',
  };
}

function forecastChance(
  plan: Plan,
  target: Target,
  outlook: NonNullable<AssessOptions['outlook']>,
  actual: Dataset,
  language: Language,
): Chance | undefined {
  if (isSummary(outlook) || !isForecasts(outlook)) return undefined;
  const forecast = Object.hasOwn(outlook, target.indicator) ? outlook[target.indicator] : undefined;
  return forecast === undefined ? undefined : chanceIn(plan, target, forecast, actual, language);
}

/** Why a target without a chance is unknown: of itself, or of its leader. */
function why(
  plan: Plan,
  target: Target,
  value: number,
  actual: Dataset,
  outlook: NonNullable<AssessOptions['outlook']>,
  language: Language,
): string {
  if (isSummary(outlook) && target.versus === undefined && Object.keys(actual).length === 0)
    return reason('not-simulated', language);
  const levels = isSummary(outlook) || isForecasts(outlook) ? {} : outlook;
  const names = [...new Set([...Object.keys(actual), ...(isSummary(outlook) ? [] : Object.keys(outlook))])];
  const told = (of: Target): string => {
    const data = Object.hasOwn(levels, of.indicator) ? continued(of.indicator, actual, levels) : actual;
    return whyUnknown(plan, of, data, names, language);
  };
  if (target.relation.kind !== 'in-step-with' || Number.isNaN(value)) return told(target);
  const leader = target.relation.indicator;
  if (!isSummary(outlook) && isForecasts(outlook) && Object.hasOwn(outlook, leader))
    return reason('needs-joint', language);
  return reason('leader', language, told({ ...target, indicator: leader }));
}

function isSummary(outlook: NonNullable<AssessOptions['outlook']>): outlook is Summary {
  return 'hits' in outlook && 'bands' in outlook && 'outputs' in outlook;
}

function isForecasts(
  outlook: Dataset | Readonly<Record<string, Forecast>>,
): outlook is Readonly<Record<string, Forecast>> {
  return Object.values(outlook).some((value) => 'steps' in value);
}

/** The value of a target's measure in one data set, `NaN` where it has none. */
export function measured(plan: Plan, target: Target, data: Dataset): number {
  const s = Object.hasOwn(data, target.indicator) ? data[target.indicator] : undefined;
  if (s === undefined) return NaN;
  // The figure of another place or group is not among the plan's own indicators.
  if (target.versus !== undefined) return NaN;
  const period = periodOf(plan, target);
  if (typeof period === 'string') return atPeriod(s, target.measure, period);
  return overSpan(plan, target, s, period);
}

function valueOf(
  plan: Plan,
  target: Target,
  actual: Dataset,
  outlook: Dataset,
): { value: number; final: boolean } {
  const value = measured(plan, target, actual);
  if (!Number.isNaN(value)) return { value, final: true };
  return { value: measured(plan, target, continued(target.indicator, actual, outlook)), final: false };
}

/** An outlook that starts where the actual figures end is joined to them, so that its first growth has a base. */
function continued(name: string, actual: Dataset, outlook: Dataset): Dataset {
  const [before, after] = [
    Object.hasOwn(actual, name) ? actual[name] : undefined,
    Object.hasOwn(outlook, name) ? outlook[name] : undefined,
  ];
  if (before === undefined || after === undefined) return outlook;
  if (frequencyOf(before.start) !== frequencyOf(after.start) || before.start >= after.start) return outlook;
  const gapLength = periodsBetween(before.start, after.start);
  if (gapLength > before.values.length) return outlook;
  return { [name]: { start: before.start, values: [...before.values.slice(0, gapLength), ...after.values] } };
}

function leadersOf(plan: Plan, target: Target, actual: Dataset, outlook: Dataset): Record<string, number> {
  if (target.relation.kind !== 'in-step-with') return {};
  const leader = target.relation.indicator;
  const { value } = valueOf(plan, { ...target, indicator: leader }, actual, outlook);
  return Number.isNaN(value) ? {} : { [leader]: value };
}

function atPeriod(s: Series, measure: Measure, period: Period): number {
  if (frequencyOf(s.start) !== frequencyOf(period)) return NaN;
  const value = valueAt(s, period);
  const year = frequencyOf(period) === 'year' ? 1 : frequencyOf(period) === 'quarter' ? 4 : 12;
  switch (measure) {
    case 'level':
    case 'share':
      return value;
    case 'growth':
      return growthBetween(valueAt(s, addPeriods(period, -year)), value);
    case 'change':
      return value - valueAt(s, addPeriods(period, -year));
    default:
      return measure satisfies never;
  }
}

function overSpan(plan: Plan, target: Target, s: Series, [from, to]: Span): number {
  if (frequencyOf(s.start) !== frequencyOf(from)) return NaN;
  const before = addPeriods(from, -1);
  switch (target.measure) {
    case 'growth': {
      const [first, last] = [valueAt(s, before), valueAt(s, to)];
      if (!(first > 0 && last >= 0)) return NaN;
      return target.cumulative === true
        ? growthBetween(first, last)
        : averageGrowth(s, { over: [before, to] });
    }
    case 'change':
      return valueAt(s, to) - valueAt(s, before);
    case 'share':
      return valueAt(s, to);
    case 'level': {
      if (plan.indicators[target.indicator]?.kind !== 'flow') return valueAt(s, to);
      if (Number.isNaN(valueAt(s, from)) || Number.isNaN(valueAt(s, to))) return NaN;
      return slice(s, [from, to]).values.reduce((sum, value) => sum + value, 0);
    }
    default:
      return target.measure satisfies never;
  }
}

function statusOf(inside: boolean, final: boolean): Status {
  if (final) return inside ? 'met' : 'missed';
  return inside ? 'on track' : 'at risk';
}

/** "More than" is not met by the value itself. */
function missesStrictly({ relation }: Target, value: number): boolean {
  return (
    (relation.kind === 'at-least' || relation.kind === 'at-most') &&
    relation.strict === true &&
    value === relation.value
  );
}

/** The short name of a target: its own label, or its indicator's. */
export function nameOfTarget(plan: Plan, target: Target, language: Language = 'en'): string {
  const label: Label | undefined = target.label ?? plan.indicators[target.indicator]?.label;
  return label === undefined ? target.indicator : labelOf(label, language);
}
