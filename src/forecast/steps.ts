import { inverseBoxCox } from '../uncertainty/box-cox.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Outlook } from './outlook.ts';

/** A step in logs is capped at this many times the largest, or below this part of the smallest, value seen or expected. */
const CAP = 10;

/**
 * The outlook of a fit as distributions: Student's t around each centre, carried back through the Box-Cox transform.
 *
 * Transformed steps are capped at ten times the largest (a tenth of the smallest) of the history and the median path:
 * a few erratic values in logs would otherwise give an interval, and a mean, without limit.
 *
 * @param degrees degrees of freedom of the error variance; at least 2 are used
 * @param y the history on its own scale
 */
export function stepsOf(
  outlook: Outlook,
  degrees: number,
  lambda: number | undefined,
  y: Float64Array,
): Distribution[] {
  const df = Math.max(2, degrees);
  const plain = (j: number): Distribution => ({
    kind: 'student',
    location: outlook.mean[j]!,
    scale: outlook.sd[j]!,
    df,
  });
  if (lambda === undefined) return Array.from(outlook.mean, (_, j) => plain(j));
  const centres = Array.from(outlook.mean, (v) => inverseBoxCox(v, lambda));
  const values = [...y, ...centres.filter((v) => Number.isFinite(v))];
  const positive = y.every((v) => v > 0);
  const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const smallest = values.reduce((a, b) => Math.min(a, b), Infinity);
  return centres.map((_, j) => ({
    kind: 'transformed',
    lambda,
    of: plain(j),
    low: positive ? Math.max(0, smallest / CAP) : -CAP * largest,
    high: CAP * largest,
  }));
}

/** A value seen more than once and never another: certain. */
export function certainSteps(value: number, h: number): Distribution[] {
  return Array.from({ length: h }, () => ({ kind: 'student', location: value, scale: 0, df: 2 }));
}

/** Typical absolute change from one period to the next, as a part of the level, by periods in a year. */
const USUAL_CHANGE: Readonly<Record<number, number>> = { 1: 0.1, 4: 0.06, 12: 0.05 };

/** A single value: its level with the spread that is usual for economic series, growing as a random walk's. */
export function shortSteps(value: number, m: number, h: number): Distribution[] {
  const step = (USUAL_CHANGE[m] ?? 0.1) * Math.abs(value);
  return Array.from({ length: h }, (_, j) => ({
    kind: 'student',
    location: value,
    scale: step * Math.sqrt(j + 1),
    df: 3,
  }));
}
