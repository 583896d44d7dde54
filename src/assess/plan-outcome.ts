import { argument, checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import type { NewtonOptions } from '../model/newton.ts';
import { systemFor } from '../model/solve.ts';
import type { Settings } from '../model/table.ts';
import { defaultWidths } from '../plan/relation.ts';
import { periodOf, targetBand } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { outcome } from '../scenario/outcome.ts';
import { addPeriods, frequencyOf, lastPeriod, periodsBetween, perYear } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import type { Columns, Outcome } from '../uncertainty/outcome.ts';
import type { OutputBand } from '../uncertainty/summary.ts';

/**
 * The name of a target among outputs and bands: its `id`, or indicator, measure and period, such as
 * `'gdp growth 2014'`. Targets of one name are numbered.
 */
export function targetNames(plan: Plan): string[] {
  argument('targetNames', 'plan', plan);
  const counts = new Map<string, number>();
  return plan.targets.map((target) => {
    const period = periodOf(plan, target);
    const name =
      target.id ??
      `${target.indicator} ${target.measure} ${typeof period === 'string' ? period : period.join('-')}`;
    const seen = (counts.get(name) ?? 0) + 1;
    counts.set(name, seen);
    return seen === 1 ? name : `${name} (${seen})`;
  });
}

/** What of a plan a model can speak of, as an outcome and the bands that count as met. */
export interface PlanOutcome<F extends string = string> {
  /** One output for each target the model has a variable for; of an in-step target the difference to its leader. */
  readonly outcome: Outcome<F>;
  /** Bands by target name, for `simulate`'s `bands`. */
  readonly bands: Readonly<Record<string, OutputBand>>;
  /** Targets the model says nothing about, and why. */
  readonly left: readonly { readonly target: string; readonly why: string }[];
}

/**
 * A plan's targets as outputs of a model, so that Monte Carlo counts how often each and all of them are met.
 *
 * A target's indicator must be a variable of the model with its level; growth is computed from levels, base levels
 * come from the history. An in-step target is the difference between its own and its leader's value, draw by draw.
 *
 * @param options.factors what is drawn: parameters, exogenous series or add-factors, as in `outcome`
 * @throws RangeError as `outcome`, and when the model speaks of no target
 */
export function planOutcome<const F extends string>(
  plan: Plan,
  model: Model,
  history: Dataset,
  options: NewtonOptions & { readonly factors: readonly F[]; readonly set?: Settings },
): PlanOutcome<F> {
  argument('planOutcome', 'plan', plan);
  checkOptions('planOutcome', options, 'factors[]! set tolerance maxSteps');
  const system = systemFor('planOutcome', model);
  const names = targetNames(plan);
  const left: { target: string; why: string }[] = [];
  const readings = plan.targets.flatMap((target, i): Reading[] => {
    const why = whyNot(plan, target, (name) => system.determines.has(name));
    if (why === undefined) return [{ name: names[i]!, target }];
    left.push({ target: names[i]!, why });
    return [];
  });
  if (readings.length === 0)
    return mistake(
      'planOutcome',
      `the model has no variable for any target of '${plan.name}'`,
      'name variables as the plan names its indicators',
    );
  const start = plan.span[0];
  const ends = readings.map(({ target }) => lastOf(plan, target));
  const over: Span = [start, ends.reduce((a, b) => (a > b ? a : b), plan.span[1])];
  const cells = new Map<string, readonly [string, Period]>();
  for (const { target } of readings)
    for (const [name, period] of cellsOf(plan, target)) cells.set(`${name}@${period}`, [name, period]);
  const solved = [...cells.keys()].filter((key) => periodsBetween(start, cells.get(key)![1]) >= 0);
  const levels = outcome(model, history, { ...options, over, read: solved });
  const fixed = new Map(
    [...cells]
      .filter(([key]) => !solved.includes(key))
      .map(([key, [name, period]]) => [key, knownValue(history, name, period)]),
  );
  return {
    outcome: {
      factors: options.factors,
      outputs: readings.map(({ name }) => name),
      evaluate(points, count) {
        const columns: Columns = levels.evaluate(points, count);
        const level: Level = (name, period) => {
          const [column, known] = [columns[`${name}@${period}`], fixed.get(`${name}@${period}`)!];
          return column === undefined ? () => known : (k) => column[k]!;
        };
        return Object.fromEntries(
          readings.map(({ name, target }) => {
            const column = new Float64Array(count);
            const at = differenceOf(plan, target, level);
            for (let k = 0; k < count; k++) column[k] = at(k);
            return [name, column];
          }),
        );
      },
    },
    bands: Object.fromEntries(
      readings.map(({ name, target }) => [name, { output: name, ...bandOf(plan, target) }]),
    ),
    left,
  };
}

interface Reading {
  readonly name: string;
  readonly target: Target;
}

/** A number for each point. */
type PerPoint = (k: number) => number;
type Level = (indicator: string, period: Period) => PerPoint;

function whyNot(plan: Plan, target: Target, has: (name: string) => boolean): string | undefined {
  if (target.versus !== undefined) return `it is held against ${target.versus}`;
  if (frequencyOf(lastOf(plan, target)) !== frequencyOf(plan.span[0]))
    return 'its period has another frequency than the plan';
  if (!has(target.indicator)) return `the model has no variable '${target.indicator}'`;
  const { relation } = target;
  return relation.kind === 'in-step-with' && !has(relation.indicator)
    ? `the model has no variable '${relation.indicator}'`
    : undefined;
}

function lastOf(plan: Plan, target: Target): Period {
  return lastPeriod(periodOf(plan, target));
}

/** The levels that a target's measure is made of. */
function cellsOf(plan: Plan, target: Target): (readonly [string, Period])[] {
  const period = periodOf(plan, target);
  const names =
    target.relation.kind === 'in-step-with'
      ? [target.indicator, target.relation.indicator]
      : [target.indicator];
  const periods = measurePeriods(plan, target, period);
  return names.flatMap((name) => periods.map((p) => [name, p] as const));
}

/** The periods whose levels a target's measure is made of; the first is the base of a growth or change. */
export function measurePeriods(plan: Plan, { measure, indicator }: Target, period: Period | Span): Period[] {
  const last = lastPeriod(period);
  if (measure === 'level' && typeof period !== 'string' && plan.indicators[indicator]?.kind === 'flow')
    return periodsOf(period);
  if (measure === 'level' || measure === 'share') return [last];
  return [basePeriodOf(period), last];
}

function basePeriodOf(period: Period | Span): Period {
  if (typeof period === 'string') return addPeriods(period, -perYear[frequencyOf(period)]);
  return addPeriods(period[0], -1);
}

/** A target's measure from levels; of an in-step target, less its leader's. */
function differenceOf(plan: Plan, target: Target, level: Level): PerPoint {
  const own = measureOf(plan, target, target.indicator, level);
  if (target.relation.kind !== 'in-step-with') return own;
  const leader = measureOf(plan, target, target.relation.indicator, level);
  return (k) => own(k) - leader(k);
}

function measureOf(plan: Plan, target: Target, indicator: string, level: Level): PerPoint {
  const period = periodOf(plan, target);
  const values = measurePeriods(plan, target, period).map((p) => level(indicator, p));
  if (target.measure === 'level' || target.measure === 'share')
    return (k) => values.reduce((sum, value) => sum + value(k), 0);
  const [first, last] = [values[0]!, values.at(-1)!];
  if (target.measure === 'change') return (k) => last(k) - first(k);
  const years = typeof period === 'string' || target.cumulative === true ? 1 : periodsBetween(...period) + 1;
  return (k) => {
    const base = first(k);
    if (!(base > 0)) return NaN;
    const total = last(k) / base;
    return years === 1 ? total - 1 : total ** (1 / years) - 1;
  };
}

function bandOf(plan: Plan, target: Target): { low?: number; high?: number } {
  const { relation } = target;
  if (relation.kind !== 'in-step-with') return targetBand(plan, target) ?? {};
  const half =
    relation.width ??
    plan.widths?.['in-step-with']?.[target.measure] ??
    defaultWidths['in-step-with'][target.measure];
  return { low: -half, high: half };
}

function knownValue(history: Dataset, name: string, period: Period): number {
  const s = Object.hasOwn(history, name) ? history[name] : undefined;
  const value = s === undefined ? NaN : valueAt(s, period);
  return Number.isNaN(value)
    ? mistake('planOutcome', `'${name}' has no value at ${period}`, 'give its base level in the history')
    : value;
}
