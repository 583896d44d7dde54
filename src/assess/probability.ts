import { argument } from '../argument.ts';
import type { Language } from '../issue.ts';
import { targetBand } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import type { Forecast } from '../forecast/method.ts';
import { chanceAt } from '../forecast/path.ts';
import { addPeriods, frequencyOf, lastPeriod, periodsBetween, perYear } from '../time/period.ts';
import { valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { probability } from '../uncertainty/probability.ts';
import { summaryQuantile } from '../uncertainty/summary.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { targetNames } from './plan-outcome.ts';
import { frequencyText, reason } from './unknown.ts';
import type { unknownText } from './unknown.ts';

/** What is expected of a target, and how likely it is met. */
export interface Chance {
  /** Median of the target's measure; of an in-step target in a simulation, of its difference to the leader. */
  readonly expected: number;
  /** Absent where it cannot be told; `why` then says so. */
  readonly probability?: number;
  /** Confidence interval of the probability, for a simulation. */
  readonly interval?: readonly [low: number, high: number];
  readonly why?: string;
}

/** The chance of each of a plan's targets in a Monte Carlo summary made with `planOutcome`'s bands. */
export function chancesIn(plan: Plan, summary: Summary, language: Language = 'en'): (Chance | undefined)[] {
  return targetNames(plan).map((name) => {
    const band = Object.hasOwn(summary.bands, name) ? summary.bands[name] : undefined;
    if (band === undefined) return undefined;
    const { probability: p, low, high } = probability(summary, name);
    const expected = summaryQuantile(summary, band.output, 0.5);
    if (Number.isNaN(p)) return { expected, why: reason('no-draws', language) };
    const chance = { expected, probability: p, interval: [low, high] as const };
    return Number.isNaN(expected) ? { ...chance, why: reason('no-values-drawn', language) } : chance;
  });
}

/**
 * The chance of one target from the forecast of its indicator alone. In-step targets and averages that need two
 * uncertain levels together are left open: marginal distributions cannot tell.
 */
export function chanceIn(
  plan: Plan,
  target: Target,
  forecast: Forecast,
  actual: Dataset,
  language: Language = 'en',
): Chance {
  const period = target.period ?? plan.span[1];
  const last = lastPeriod(period);
  const unknown = (...why: [code: keyof typeof unknownText, ...about: string[]]): Chance => ({
    expected: NaN,
    why: reason(why[0], language, ...why.slice(1)),
  });
  if (target.versus !== undefined) return unknown('versus', target.versus);
  if (frequencyOf(last) !== frequencyOf(forecast.start))
    return unknown('forecast-frequency', frequencyText(forecast.start, language));
  const step = periodsBetween(forecast.start, last);
  const level = forecast.steps[step];
  if (level === undefined) return unknown('not-covered', last);
  const base =
    typeof period === 'string' ? addPeriods(last, -perYear[frequencyOf(last)]) : addPeriods(period[0], -1);
  const years = typeof period === 'string' || target.cumulative === true ? 1 : periodsBetween(...period) + 1;
  if (target.measure === 'level' && years > 1 && plan.indicators[target.indicator]?.kind === 'flow')
    return unknown('total-needs-paths');
  let toLevel = (value: number): number => value;
  let fromLevel = (value: number): number => value;
  if (target.measure === 'growth' || target.measure === 'change') {
    const known = baseLevel(target.indicator, base, forecast, actual);
    if (known === undefined) return unknown('uncertain-base', base, last);
    if (target.measure === 'change') [toLevel, fromLevel] = [(v) => known + v, (v) => v - known];
    else [toLevel, fromLevel] = [(v) => known * (1 + v) ** years, (v) => (v / known) ** (1 / years) - 1];
  }
  const expected = fromLevel(quantile(level, 0.5));
  const band = targetBand(plan, target);
  if (target.relation.kind === 'in-step-with') return { expected, why: reason('needs-joint', language) };
  if (band === undefined) return { expected, why: reason('no-band', language) };
  const range = {
    ...(band.low === undefined ? {} : { low: toLevel(band.low) }),
    ...(band.high === undefined ? {} : { high: toLevel(band.high) }),
  };
  return { expected, probability: chanceAt(forecast, range, last) };
}

function baseLevel(name: string, base: string, forecast: Forecast, actual: Dataset): number | undefined {
  const s = Object.hasOwn(actual, name) ? actual[name] : undefined;
  const known = s === undefined ? NaN : valueAt(s, base as never);
  if (known > 0) return known;
  return base === addPeriods(forecast.start, -1) && forecast.last > 0 ? forecast.last : undefined;
}

/** The plan as a whole: all targets together, and at least k of them. */
export interface PlanChance {
  /** Targets that the simulation speaks of. */
  readonly targets: readonly string[];
  /** The probability that all of them are met, with its interval. */
  readonly all: { readonly probability: number; readonly interval: readonly [number, number] };
  /** The probability that at least k of them are met, for each k from 1. */
  readonly atLeast: readonly { readonly k: number; readonly probability: number }[];
  /** The probability of each target given each other one: `given[a][b]` is a, given that b is met. */
  readonly given: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * How likely a plan as a whole is: all targets together, at least k of n, one target given another.
 *
 * @param plan a plan
 * @param summary a simulation with `planOutcome`'s bands
 */
export function planChance(plan: Plan, summary: Summary): PlanChance {
  argument('planChance', 'plan', plan);
  argument('planChance', 'summary', summary);
  const targets = targetNames(plan).filter((name) => Object.hasOwn(summary.bands, name));
  const all = probability(summary, { all: targets });
  return {
    targets,
    all: { probability: all.probability, interval: [all.low, all.high] },
    atLeast: targets.map((_, i) => ({
      k: i + 1,
      probability: probability(summary, { atLeast: i + 1, of: targets }).probability,
    })),
    given: Object.fromEntries(
      targets.map((a) => [
        a,
        Object.fromEntries(targets.map((b) => [b, probability(summary, a, { given: b }).probability])),
      ]),
    ),
  };
}
