import type { Sector } from '../presets/two-engine.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { periodsBetween } from '../time/period.ts';
import type { Span } from '../time/period.ts';

/** Parameters that have a slider in the explorer; all others stay as the study has them. */
export const dragged = ['g_output_industry', 'g_services', 'va_ratio_change', 'p_industry'] as const;

export type Dragged = (typeof dragged)[number];

export const sectors = ['agriculture', 'industry', 'construction', 'services'] as const satisfies Sector[];

/** Where the sliders of the explorer stand. Rates are ratios per year. */
export interface ExplorerPoint {
  readonly set: Readonly<Record<Dragged, number>>;
  /** Shares of the sectors in base-year GDP, summing to 1. */
  readonly shares: Readonly<Record<Sector, number>>;
  /** How much of each documented range is drawn from: 0 holds every figure fixed, 1 takes the whole range. */
  readonly spread: number;
}

/** A slider: its ends, its step, and the documented range that is shaded on it. All in the slider's own unit, a ratio. */
export interface Slider {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly range?: readonly [number, number];
}

/** The least share of either engine: without one there is no frontier. */
export const leastEngine = 0.01;

/**
 * The slider of a parameter: its documented range and half as much again to either side, and what the plan has.
 *
 * @param plan the plan's own value, which lies on the slider whatever the range says
 * @param years how many years the change goes on: the value-added ratio must not fall to nothing
 */
export function sliderOf(name: Dragged, plan: number, years = 1): Slider {
  const [low, high] = twoEngineParameters[name].range;
  const step = name === 'va_ratio_change' ? 0.0005 : 0.001;
  const room = (high - low) / 2;
  // Steps per 1 as a whole number: its inverse is not exact.
  const per = Math.round(1 / step);
  const down = (value: number): number => Math.floor(value * per + 1e-9) / per;
  const up = (value: number): number => Math.ceil(value * per - 1e-9) / per;
  return {
    low: down(Math.min(Math.max(low - room, name === 'va_ratio_change' ? -0.2 / years : -0.5), plan)),
    high: up(Math.max(high + room, plan)),
    step,
    range: [low, high],
  };
}

/** Years in a span of years. */
export function yearsOf(over: Span): number {
  return periodsBetween(...over) + 1;
}

/** The slider of a share. */
export function shareSlider(sector: Sector): Slider {
  return {
    low: isEngine(sector) ? leastEngine : 0,
    high: 1 - (isEngine(sector) ? 1 : 2) * leastEngine,
    step: 0.001,
  };
}

/**
 * Shares after one of them was dragged: the others keep their proportions, and all four are whole tenths of a percent
 * that add up to 100 %.
 *
 * @param from the shares when the drag began, so that a share that was dragged to its end and back leaves no trace
 * @param value the dragged share
 * @example sharesWith({ agriculture: 0.02, industry: 0.45, construction: 0.08, services: 0.45 }, 'industry', 0.45).services // 0.45
 */
export function sharesWith(
  from: ExplorerPoint['shares'],
  sector: Sector,
  value: number,
): Record<Sector, number> {
  const { low, high } = shareSlider(sector);
  const own = Math.round(1000 * Math.min(Math.max(value, low), high));
  const others = sectors.filter((name) => name !== sector);
  const rest = 1000 - own;
  const weight = others.reduce((sum, name) => sum + from[name], 0);
  const exact = others.map((name) => (weight > 0 ? (rest * from[name]) / weight : rest / others.length));
  const least = others.map((name) => (isEngine(name) ? 1000 * leastEngine : 0));
  const tenths = exact.map((x, i) => Math.max(least[i]!, Math.floor(x + 1e-9)));
  // What rounding left over goes where most of it was cut off; what a least share took comes from the largest.
  for (let left = rest - tenths.reduce((a, b) => a + b, 0); left !== 0; left -= Math.sign(left)) {
    const claim = tenths.map((x, i) => (left > 0 ? exact[i]! - x : x - least[i]!));
    tenths[claim.indexOf(Math.max(...claim))]! += Math.sign(left);
  }
  const shares = { [sector]: own / 1000 } as Record<Sector, number>;
  others.forEach((name, i) => (shares[name] = tenths[i]! / 1000));
  return Object.fromEntries(sectors.map((name) => [name, shares[name]])) as Record<Sector, number>;
}

/** Whether two points are the same. */
export function samePoint(a: ExplorerPoint, b: ExplorerPoint): boolean {
  return (
    a.spread === b.spread &&
    dragged.every((name) => a.set[name] === b.set[name]) &&
    sectors.every((name) => a.shares[name] === b.shares[name])
  );
}

function isEngine(sector: Sector): boolean {
  return sector === 'industry' || sector === 'services';
}
