import * as Plot from '@observablehq/plot';
import { addPeriods, firstDay, periodsBetween } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import { textWidth } from './text.ts';
import { sizes } from './theme.ts';

/** The moment at which a period is drawn: its first day at midnight UTC, as in `rows`. */
export function dateOf(period: Period): Date {
  return new Date(`${firstDay(period)}T00:00:00Z`);
}

/** All periods from the first to the last of some. */
export function periodsThrough(some: readonly Period[]): Period[] {
  const [first, last] = [some.toSorted()[0], some.toSorted().at(-1)];
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: periodsBetween(first, last) + 1 }, (_, i) => addPeriods(first, i));
}

/**
 * An axis of periods in their own spelling, as many as have room; the last one always has its name.
 *
 * @param width of the plotting area in pixels
 */
export function periodAxis(periods: readonly Period[], width: number): Plot.Markish {
  const named = new Map(periods.map((period) => [dateOf(period).getTime(), period]));
  const room = Math.max(1, Math.floor(width / (textWidth(periods[0] ?? '', sizes.text) + 14)));
  const step = Math.ceil(periods.length / room);
  const ticks = periods.filter((_, i) => (periods.length - 1 - i) % step === 0).map(dateOf);
  return Plot.axisX(ticks, {
    tickFormat: (date: Date) => named.get(date.getTime()) ?? '',
    label: null,
  });
}
