import * as Plot from '@observablehq/plot';
import type { Language } from '../issue.ts';
import type { Band } from '../plan/relation.ts';
import { addPeriods, periodsBetween, toSpan } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import type { LegendItem } from './figure.ts';
import { dateOf } from './time-axis.ts';
import { colours } from './theme.ts';
import { say } from './words.ts';

/** A target's band at one period, in the unit of what is drawn; an absent side is open. */
export interface BandRow extends Band {
  readonly period: Period;
}

/**
 * The levels that a target for growth stands for: the base carried on at the lowest and the highest growth of its band.
 *
 * @param base level in the period before the span
 * @param growth band of the yearly growth, as ratios
 * @param span the periods of the target, at the frequency at which growth compounds
 * @example growthBand(100, { low: 0.115, high: 0.125 }, ['2014', '2014']) // [{ period: '2013', low: 100, high: 100 }, { period: '2014', low: 111.5, high: 112.5 }]
 */
export function growthBand(base: number, growth: Band, span: Span): BandRow[] {
  const [from, to] = toSpan(span, 'growthBand');
  return Array.from({ length: periodsBetween(from, to) + 2 }, (_, n) => ({
    period: addPeriods(from, n - 1),
    ...(growth.low === undefined ? {} : { low: rounded(base * (1 + growth.low) ** n) }),
    ...(growth.high === undefined ? {} : { high: rounded(base * (1 + growth.high) ** n) }),
  }));
}

/**
 * A target's band as marks: shaded where it is met, with its edges drawn. An open side reaches to the edge of the domain.
 *
 * @param rows by period; one row alone is drawn as a bar at its period
 * @param domain the y axis, to which open sides reach
 */
export function bandMarks(rows: readonly BandRow[], domain: readonly [number, number]): Plot.Markish[] {
  if (rows.length === 0) return [];
  const closed = rows.map(({ period, low, high }) => ({
    date: dateOf(period),
    low: Math.max(low ?? domain[0], domain[0]),
    high: Math.min(high ?? domain[1], domain[1]),
    hasLow: low !== undefined,
    hasHigh: high !== undefined,
  }));
  const edge = (side: 'low' | 'high'): Plot.Markish =>
    Plot.line(
      closed.filter((row) => row[side === 'low' ? 'hasLow' : 'hasHigh']),
      {
        x: 'date',
        y: side,
        stroke: colours.green,
        strokeWidth: 1.4,
      },
    );
  if (closed.length === 1) {
    return [
      Plot.link(closed, {
        x: 'date',
        y1: 'low',
        y2: 'high',
        stroke: colours.green,
        strokeWidth: 8,
        strokeOpacity: 0.5,
      }),
    ];
  }
  return [
    Plot.areaY(closed, { x: 'date', y1: 'low', y2: 'high', fill: colours.green, fillOpacity: 0.22 }),
    edge('low'),
    edge('high'),
  ];
}

/** The legend entry of a target's band. */
export function bandItem(language: Language): LegendItem {
  return { label: say('targetBand', language), colour: colours.green, shape: 'area', opacity: 0.35 };
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
