import type { Issue } from '../issue.ts';
import { goalSeek } from '../model/goal-seek.ts';
import { periodOf, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { addPeriods, firstPeriod, lastPeriod, periodsBetween } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { at } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import type { TwoEngine } from './two-engine.ts';
import { twoEngineBaseRatios } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** What a plan's own growth targets say of the two-engine model. */
export interface PlanDrivers {
  readonly parameters: Readonly<Partial<Record<TwoEngineParameter, number>>>;
  /** The growth of GDP that the plan aims at. */
  readonly goal?: PlanGoal;
  /** Real growth of industry's value added, a ratio a year, which the model has from its gross output. */
  readonly industry?: number;
  /** Targets that name an input of the model and are not used for it, or for other years than their own. */
  readonly issues: readonly Issue[];
}

/** A growth of GDP a year, as a ratio, and when. */
export interface PlanGoal {
  readonly rate: number;
  readonly period: Period | Span;
  /** Position of its target in the plan. */
  readonly place: number;
}

/** Inputs of the model by the indicator whose growth they are, and the prices in which the model grows them. */
const inputs: Readonly<Record<string, { readonly parameter?: TwoEngineParameter; readonly prices: Basis }>> =
  {
    gdp: { prices: 'constant' },
    va_industry: { prices: 'constant' },
    gross_output_industry: { parameter: 'g_output_industry', prices: 'current' },
    fai: { parameter: 'g_fai', prices: 'current' },
    va_services: { parameter: 'g_services', prices: 'constant' },
    va_agriculture: { parameter: 'g_agriculture', prices: 'constant' },
    va_construction: { parameter: 'g_construction', prices: 'constant' },
  };

type Basis = 'constant' | 'current';

/**
 * The growth targets of a yearly plan that are inputs of the model: of several for one input, the one that says something
 * of the plan's first year, else the earliest. A growth over a whole span becomes its yearly average. A ceiling is nothing
 * to aim at, and a growth in other prices than the model's is not used; both are said.
 */
export function planDrivers(plan: Plan): PlanDrivers {
  const issues: Issue[] = [];
  const found = new Map<string, PlanGoal>();
  for (const [place, target] of plan.targets.entries()) {
    const input = Object.hasOwn(inputs, target.indicator) ? inputs[target.indicator] : undefined;
    if (input === undefined || target.measure !== 'growth' || target.versus !== undefined) continue;
    const doubt = doubtOf(plan, target, place, input.prices);
    if (doubt !== undefined) issues.push(doubt);
    const rate = doubt === undefined ? yearlyRate(plan, target) : undefined;
    if (rate === undefined) continue;
    const candidate = { rate, period: periodOf(plan, target), place };
    const before = found.get(target.indicator);
    if (before === undefined || isNearer(plan, candidate, before)) found.set(target.indicator, candidate);
  }
  const parameters: Partial<Record<TwoEngineParameter, number>> = {};
  for (const [indicator, { rate, period, place }] of found) {
    if (indicator === 'gdp') continue;
    const parameter = inputs[indicator]!.parameter;
    if (parameter !== undefined) parameters[parameter] = rate;
    if (plan.targets[place]!.period !== undefined && !covers(period, plan.span[0]))
      issues.push({
        code: 'doubtful',
        path: ['targets', place, 'period'],
        expected: `a growth of ${plan.span[0]}`,
        received: `one of ${wordsOf(period)}, taken for every year`,
        severity: 'warning',
      });
  }
  const goal = found.get('gdp');
  const industry = found.get('va_industry')?.rate;
  return {
    parameters,
    ...(goal === undefined ? {} : { goal }),
    ...(industry === undefined ? {} : { industry }),
    issues,
  };
}

/** Growth of industry's gross output at current prices that gives a real growth of its value added in the first year. */
export function outputForIndustry(growth: number, { parameters }: TwoEngine): number {
  const { p_industry: prices, va_ratio_change: change } = parameters;
  const ratio = twoEngineBaseRatios.va_ratio_industry.value;
  return ((1 + growth) * (1 + prices.value)) / (1 + change.value / ratio) - 1;
}

/**
 * The growth of services, the same in every year, with which GDP grows as the plan aims by the target's own measure: in
 * its year, or on average over its span.
 *
 * @param firstYear what it is where the goal is one of the plan's first year, by growth accounting
 * @returns undefined where no such growth is found: a fast industry can be most of GDP in a far year
 */
export function servicesForGoal(
  { rate, period }: PlanGoal,
  model: TwoEngine,
  history: Dataset,
  base: Period,
  firstYear: number,
): number | undefined {
  const year = addPeriods(base, 1);
  const end = lastPeriod(period);
  if (period === year || (typeof period !== 'string' && period[0] === year && end === year)) return firstYear;
  if (end <= year || (typeof period !== 'string' && period[0] !== year)) return undefined;
  const level = at(history['gdp']!, base) * (1 + rate) ** periodsBetween(base, end);
  const found = goalSeek(model, history, {
    over: [year, end],
    target: typeof period === 'string' ? { growth_gdp: rate } : { gdp: level },
    using: 'g_services',
  });
  return found.hit ? found.value : undefined;
}

function doubtOf(plan: Plan, target: Target, place: number, prices: Basis): Issue | undefined {
  if (target.relation.kind === 'at-most')
    return {
      code: 'doubtful',
      path: ['targets', place, 'relation'],
      expected: 'a growth to aim at',
      received: 'a ceiling, which the model is not set to',
      severity: 'warning',
    };
  const own = plan.indicators[target.indicator]?.prices;
  if (own === undefined || own === 'comparable' || own === prices) return undefined;
  return {
    code: 'mixed-price-basis',
    path: ['targets', place],
    expected: `growth of '${target.indicator}' at ${prices} prices, as the two-engine model has it`,
    received: `growth at ${own} prices, which the model is not set to`,
    severity: 'warning',
  };
}

/** The growth a year that a target names; undefined where it names no number. */
function yearlyRate(plan: Plan, target: Target): number | undefined {
  const value = targetValue(plan, target);
  const period = periodOf(plan, target);
  if (value === undefined || target.cumulative !== true || typeof period === 'string') return value;
  return value > -1 ? (1 + value) ** (1 / (periodsBetween(...period) + 1)) - 1 : undefined;
}

function isNearer(plan: Plan, a: PlanGoal, b: PlanGoal): boolean {
  const [first] = plan.span;
  if (covers(a.period, first) !== covers(b.period, first)) return covers(a.period, first);
  return !covers(a.period, first) && firstPeriod(a.period) < firstPeriod(b.period);
}

function covers(period: Period | Span, year: Period): boolean {
  return typeof period === 'string' ? period === year : period[0] <= year && year <= period[1];
}

/** A period or span in words. */
export function wordsOf(period: Period | Span): string {
  return typeof period === 'string' ? period : period.join(' to ');
}
