import { argument, checkOptions } from '../argument.ts';
import type { Language } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import type { Indicator } from '../plan/indicator.ts';
import { periodOf, targetBand, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { gap, inBand } from '../plan/relation.ts';
import type { Band } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { aggregate } from '../time/aggregate.ts';
import { fromYearToDate, toYearToDate } from '../time/cumulative.ts';
import { addPeriods, frequencyOf, periodAt, perYear, placeInYear, yearOf } from '../time/period.ts';
import type { Frequency, Period, Span } from '../time/period.ts';
import { datasetArgument, endOf, periodsOf, valueAt } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import { cdf, survival } from '../uncertainty/cdf.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { assess } from './assess.ts';
import type { Assessment } from './assess.ts';
import { nowcast } from './nowcast.ts';
import type { Nowcast } from './nowcast.ts';
import { pace } from './pace.ts';
import type { Pace } from './pace.ts';
import { reason } from './unknown.ts';

/** One target of a plan on its way. */
export interface Tracked<I extends string = string> extends Assessment<I> {
  /** What is there so far over what is wanted: growth to date over the growth, the level or total so far over the level. */
  readonly attainment?: number;
  /** Of a year that is under way: the distribution of its growth. */
  readonly nowcast?: Nowcast;
  /** And what the rest of it must bring. */
  readonly pace?: Pace;
}

/** What is known of the years under way. */
export interface TrackOptions {
  /** Levels by indicator: by year, or the single flows of months or quarters, last year's among them. */
  readonly actual?: Dataset;
  /** Growth over the year before as published, as ratios: by year, or cumulative since January by month or quarter. */
  readonly growth?: Dataset;
  /**
   * Shares of the periods in a year's total, where last year's flows are not given by the periods of this year's figures or
   * by shorter ones; defaults to equal ones.
   */
  readonly weights?: readonly number[];
  /** Decimals of percent to which `growth` is published; defaults to 1. */
  readonly decimals?: number;
  /** What `nowcast` expects of the rest of a year before any past year is seen; defaults to its own 0.02. */
  readonly sd?: number;
  /** Defaults to `'en'`. */
  readonly language?: Language;
}

/**
 * How each target of a yearly plan is doing while its years run: `assess` on what is complete and, for growth of a flow in a
 * year that is under way, the nowcast of the year, the chance of the target's band and the pace that the rest of the year needs.
 *
 * A year whose last month or quarter is in counts as complete. Of a year for which growth is published, growth targets go
 * by that alone; flows then say only how last year was spread. An in-step target of a year under way is held against what
 * is expected of its leader.
 *
 * @param plan a plan
 * @param options figures by indicator
 * @throws RangeError when `weights` are not one positive number for each month or quarter of the data
 * @example
 * track(plan, { growth: { gdp: series('2014-Q1', [0.118, 0.12]) } })[0].status // 'on track' for GDP of about 12 % in 2014
 */
export function track<I extends string>(plan: Plan<I>, options: TrackOptions = {}): Tracked<I>[] {
  argument('track', 'plan', plan);
  checkOptions('track', options, 'actual growth weights[] decimals sd language');
  const { actual = {}, growth = {} } = options;
  datasetArgument('track', actual, 'option actual');
  datasetArgument('track', growth, 'option growth');
  const rows = new Map<string, Assessment<I>[]>();
  return plan.targets.map((target, i) => {
    // Targets of one measure and time are held against the same levels.
    const key = `${target.measure} ${String(periodOf(plan, target))}`;
    const all = rows.get(key) ?? complete(plan, target, options);
    rows.set(key, all);
    const row = inStep(plan, target, underway(plan, target, all[i]!, options), options);
    const part = attained(plan, target, row, actual);
    return part === undefined ? row : { ...row, attainment: part };
  });
}

/** A plan held against complete years, whose levels are those for one target. */
function complete<I extends string>(
  plan: Plan<I>,
  target: Target<I>,
  options: TrackOptions,
): Assessment<I>[] {
  const actual = levelsFor(plan, target, options);
  return assess(plan, { actual, language: options.language ?? 'en' });
}

/** Complete years as levels for one target: for growth, published growth comes before what is given of levels. */
function levelsFor(plan: Plan, target: Target, { actual = {}, growth = {} }: TrackOptions): Dataset {
  const kindOf = (name: string): Indicator['kind'] => plan.indicators[name]?.kind ?? 'flow';
  const levels = Object.fromEntries(
    Object.entries(actual).map(([name, s]) => [name, yearly(s, kindOf(name))] as const),
  );
  const period = periodOf(plan, target);
  const span: Span = typeof period === 'string' ? [period, period] : period;
  if (target.measure !== 'growth' || frequencyOf(span[0]) !== 'year') return levels;
  const grown = Object.entries(growth).map(
    ([name, s]) =>
      [
        name,
        grownOver(span, s, Object.hasOwn(levels, name) ? levels[name] : undefined, kindOf(name)),
      ] as const,
  );
  return { ...levels, ...Object.fromEntries(grown) };
}

function yearly(s: Series, kind: Indicator['kind']): Series {
  if (frequencyOf(s.start) === 'year' || s.values.length === 0) return s;
  // Through the year to date, so that a joint January and February is one flow.
  return kind === 'flow' ? aggregate(toYearToDate(s), 'year', 'stock') : aggregate(s, 'year', kind);
}

/**
 * Levels over a span of years and the year before, made of published growth, and of levels in years of which nothing is
 * published. They begin with the level of the year before, or with 100 where it is not known.
 *
 * A flow's year that is published in part has no level yet, even where its flows are all in: these may be in other prices.
 */
function grownOver(
  [from, to]: Span,
  published: Series,
  levels: Series | undefined,
  kind: Indicator['kind'],
): Series {
  const growth = frequencyOf(published.start) === 'year' ? published : aggregate(published, 'year', 'stock');
  const years = periodsOf([from, to]);
  const inPart = years.map((year) => kind === 'flow' && until(published, year) !== undefined);
  const speaks = years.some((year, i) => inPart[i] || !Number.isNaN(valueAt(growth, year)));
  if (levels !== undefined && !speaks) return levels;
  const level = (year: Period): number => (levels === undefined ? NaN : valueAt(levels, year));
  const before = addPeriods(from, -1);
  const base = level(before) > 0 ? level(before) : 100;
  const values = [base];
  // The last year whose level is given, and what it is here.
  let tie = { given: level(before), value: base };
  for (const [i, year] of years.entries()) {
    const rate = valueAt(growth, year);
    const given = level(year);
    const value = !Number.isNaN(rate)
      ? values.at(-1)! * (1 + rate)
      : inPart[i] || !(tie.given > 0)
        ? NaN
        : tie.value * (given / tie.given);
    values.push(value);
    if (given > 0 && !Number.isNaN(value)) tie = { given, value };
  }
  return {
    start: before,
    values: values.slice(0, values.findLastIndex((value) => !Number.isNaN(value)) + 1),
  };
}

/**
 * Growth of a flow in a year under way: nowcast, chance and pace. Anything else keeps its row: the periods of a stock or a
 * rate are no parts of a year.
 */
function underway<I extends string>(
  plan: Plan<I>,
  target: Target<I>,
  row: Assessment<I>,
  options: TrackOptions,
): Tracked<I> {
  const year = periodOf(plan, target);
  if (row.status !== 'unknown' || target.measure !== 'growth' || target.versus !== undefined) return row;
  if (typeof year !== 'string' || frequencyOf(year) !== 'year') return row;
  if (plan.indicators[target.indicator]?.kind !== 'flow') return row;
  const found = toDate(target.indicator, year, options);
  if (found === undefined) return row;
  const { cumulative, base, exact } = found;
  const decimals = exact ? 9 : (options.decimals ?? 1);
  const now = nowcast(cumulative, {
    weights: base.values,
    decimals,
    ...(options.sd === undefined ? {} : { sd: options.sd }),
  });
  const wanted = targetValue(plan, target);
  const rises = target.relation.kind !== 'at-most';
  const needed =
    wanted === undefined || !rises
      ? {}
      : { pace: pace(wanted, { base, cumulative, decimals, outlook: now.rest }) };
  const band = target.relation.kind === 'in-step-with' ? undefined : targetBand(plan, target);
  // Why it was unknown goes with the status; an in-step target stays so until its leader is known.
  const { why, ...rest } = row;
  return {
    ...rest,
    ...(band === undefined && why !== undefined ? { why } : {}),
    ...standing(band, quantile(now.year, 0.5), now.year),
    nowcast: now,
    ...needed,
  };
}

/** The row of an in-step target against what is expected of its leader. */
function inStep<I extends string>(
  plan: Plan<I>,
  target: Target<I>,
  row: Tracked<I>,
  options: TrackOptions,
): Tracked<I> {
  if (row.nowcast === undefined || target.relation.kind !== 'in-step-with') return row;
  const { indicator } = target.relation;
  const theirs: Target<I> = { ...target, indicator, relation: { kind: 'at-least', value: 0 } };
  const [known] = complete({ ...plan, targets: [theirs] }, theirs, options);
  const leader = underway(plan, theirs, known!, options);
  const { why: _why, ...rest } = row;
  if (Number.isNaN(leader.expected))
    return { ...rest, why: reason('leader', options.language ?? 'en', leader.why ?? '') };
  return { ...rest, ...standing(targetBand(plan, target, { [indicator]: leader.expected }), row.expected) };
}

function standing(
  band: Band | undefined,
  expected: number,
  year?: Distribution,
): Pick<Tracked, 'expected' | 'gap' | 'status'> & Partial<Pick<Tracked, 'band' | 'probability'>> {
  if (band === undefined) return { expected, gap: NaN, status: 'unknown' };
  const { low, high } = band;
  const chance =
    year === undefined
      ? {}
      : {
          probability: Math.max(
            0,
            (low === undefined ? 1 : survival(year, low)) - (high === undefined ? 0 : 1 - cdf(year, high)),
          ),
        };
  return {
    band,
    expected,
    gap: gap(band, expected),
    ...chance,
    status: inBand(band, expected) ? 'on track' : 'at risk',
  };
}

/**
 * Growth to date of an indicator in a year: as published, or from flows where nothing is published of the year; with last
 * year's flows as weights. Undefined where there is none.
 */
function toDate(
  name: string,
  year: Period,
  { actual = {}, growth = {}, weights }: TrackOptions,
): { cumulative: Series; base: Series; exact: boolean } | undefined {
  const flows = Object.hasOwn(actual, name) ? actual[name] : undefined;
  const published = Object.hasOwn(growth, name) ? until(growth[name]!, year) : undefined;
  const cumulative = published ?? (flows === undefined ? undefined : until(growthToDate(flows), year));
  if (cumulative === undefined || frequencyOf(cumulative.start) === 'year') return undefined;
  return { cumulative, base: lastYear(flows, cumulative, weights), exact: published === undefined };
}

function growthToDate(flows: Series): Series {
  const n = perYear[frequencyOf(flows.start)];
  if (n === 1) return { start: flows.start, values: [] };
  const totals = toYearToDate(flows);
  return {
    start: totals.start,
    values: totals.values.map((value, i) => value / (totals.values[i - n] ?? NaN) - 1),
  };
}

/** A series up to its last value in a year; undefined when it has none in that year. */
function until(s: Series, year: Period): Series | undefined {
  const known = periodsOf(s).filter(
    (period) => yearOf(period) === Number(year) && !Number.isNaN(valueAt(s, period)),
  );
  const last = known.at(-1);
  return last === undefined
    ? undefined
    : {
        start: s.start,
        values: periodsOf(s)
          .filter((p) => p <= last)
          .map((p) => valueAt(s, p)),
      };
}

/** The year before the last period: its flows where all are known, else the weights, of its level where that is known. */
function lastYear(flows: Series | undefined, cumulative: Series, given?: readonly number[]): Series {
  const last = endOf(cumulative);
  const n = perYear[frequencyOf(last)];
  const start = addPeriods(last, -n - placeInYear(last));
  const same = flows === undefined ? undefined : atFrequency(flows, frequencyOf(last));
  const values = Array.from({ length: n }, (_, k) =>
    same === undefined ? NaN : valueAt(same, addPeriods(start, k)),
  );
  // January and February published together.
  if (n === 12 && Number.isNaN(values[0])) values[0] = values[1] = values[1]! / 2;
  if (values.every((value) => value > 0)) return { start, values };
  const weights = given ?? Array.from({ length: n }, () => 1 / n);
  if (weights.length !== n || !weights.every((weight) => weight > 0))
    return mistake('track', `the weights are ${shown(weights)}`, `give ${n} positive shares of a year`);
  const level = flows === undefined ? NaN : valueAt(yearly(flows, 'flow'), periodAt('year', yearOf(start)));
  if (!(level > 0)) return { start, values: [...weights] };
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { start, values: weights.map((weight) => (level * weight) / total) };
}

/** Months as quarters where quarters are wanted, through the year to date as in `yearly`. */
function atFrequency(flows: Series, wanted: Frequency): Series {
  return frequencyOf(flows.start) === 'month' && wanted === 'quarter'
    ? fromYearToDate(aggregate(toYearToDate(flows), 'quarter', 'stock'))
    : flows;
}

/** The value so far over the target's; undefined where either is unknown. */
function attained(plan: Plan, target: Target, row: Tracked, actual: Dataset): number | undefined {
  const wanted = targetValue(plan, target);
  if (wanted === undefined || !(wanted > 0) || target.relation.kind === 'at-most') return undefined;
  const soFar =
    row.nowcast?.toDate ?? (Number.isNaN(row.expected) ? levelToDate(plan, target, actual) : row.expected);
  return Number.isNaN(soFar) ? undefined : soFar / wanted;
}

function levelToDate(plan: Plan, target: Target, actual: Dataset): number {
  const s = Object.hasOwn(actual, target.indicator) ? actual[target.indicator] : undefined;
  if (s === undefined || target.measure !== 'level' || target.versus !== undefined) return NaN;
  const period = periodOf(plan, target);
  const [from, to] = typeof period === 'string' ? [period, period] : period;
  const inside = periodsOf(s).filter((p) => yearOf(p) >= yearOf(from) && yearOf(p) <= yearOf(to));
  const known = inside.map((p) => valueAt(s, p)).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return NaN;
  return plan.indicators[target.indicator]?.kind === 'flow'
    ? known.reduce((sum, value) => sum + value, 0)
    : known.at(-1)!;
}
