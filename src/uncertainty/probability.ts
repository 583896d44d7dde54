import { argument, checkOptions } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import { betaQuantile } from '../numeric/beta.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { studentQuantile } from '../numeric/student.ts';
import { sketchCdf } from './sketch.ts';
import type { Summary } from './summary.ts';

/**
 * What may happen to the targets of a run. One of
 * - a band's name: that target is met;
 * - `{ all: [...] }`: all of them are met together;
 * - `{ any: [...] }`: at least one of them is;
 * - `{ atLeast: k, of: [...] }`: at least k of them are;
 * - `{ output, low?, high? }`: an output lies in a band that was not counted; read from the sketch, and approximate;
 *   its ends may be percentages.
 */
export type Event =
  | string
  | { readonly all: readonly string[] }
  | { readonly any: readonly string[] }
  | { readonly atLeast: number; readonly of: readonly string[] }
  | { readonly output: string; readonly low?: Rate; readonly high?: Rate };

/** Options of `probability`. */
export interface ProbabilityOptions {
  /** Only among the draws in which this happened as well; not for an event read from the sketch. */
  readonly given?: Event;
  /** Confidence level of the interval; defaults to 0.95. */
  readonly level?: number;
}

/** A probability with its confidence interval. NaN, from 0 to 1, where there is no draw to tell. */
export interface ProbabilityEstimate {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  /** Number of draws it rests on (those in which `given` happened). */
  readonly draws: number;
  /** One of `'counted'` or `'sketch'` (interpolated inside a bin). */
  readonly from: 'counted' | 'sketch';
}

/**
 * The probability of an event in a simulation, with an interval.
 *
 * Random draws give the exact binomial interval of Clopper and Pearson (1934). Sobol' draws give Student's interval over
 * their independent replicates; where all replicates agree that shows nothing, and the binomial interval stands in.
 *
 * @throws RangeError when a band is unknown, an end of one is no number, or the level is not between 0 and 1
 * @example probability(simulate(({ g }) => g, { g: uniform(0, 1) }, { draws: 0 }), { output: 'value', low: 0.5 }).draws // 0
 */
export function probability(
  summary: Summary,
  event: Event,
  options: ProbabilityOptions = {},
): ProbabilityEstimate {
  argument('probability', 'summary', summary);
  if (typeof event !== 'string') argument('probability', 'object', event, 'event');
  checkOptions('probability', options, 'given level');
  const level = options.level ?? 0.95;
  if (!(level > 0 && level < 1))
    return mistake(
      'probability',
      `level ${level} is not possible`,
      'give a number between 0 and 1, such as 0.95',
    );
  if (typeof event === 'object' && 'output' in event) {
    if (options.given !== undefined)
      return mistake(
        'probability',
        'a band that was not counted has no joint draws',
        'name it in bands when simulating',
      );
    return fromSketch(summary, event, level);
  }
  const happens = matcher(summary, event);
  const condition = options.given === undefined ? () => true : matcher(summary, options.given);
  const replicates = summary.layout.replicates;
  const [cases, hits] = [new Array<number>(replicates).fill(0), new Array<number>(replicates).fill(0)];
  for (const [replicate, met, count] of summary.hits) {
    if (!condition(met)) continue;
    cases[replicate]! += count;
    if (happens(met)) hits[replicate]! += count;
  }
  const [n, k] = [sum(cases), sum(hits)];
  const binomial = clopperPearson(k, n, level);
  const spread = replicates > 1 && n > 0 ? replicateError(hits, cases) : 0;
  if (spread === 0) return { probability: n > 0 ? k / n : NaN, ...binomial, draws: n, from: 'counted' };
  const reach = studentQuantile((1 + level) / 2, replicates - 1) * spread;
  return {
    probability: k / n,
    low: Math.max(0, k / n - reach),
    high: Math.min(1, k / n + reach),
    draws: n,
    from: 'counted',
  };
}

/** Whether a pattern of met bands is the event. */
function matcher(summary: Summary, event: Event): (met: number) => boolean {
  const names = Object.keys(summary.bands);
  const bit = (name: string): number => {
    const place = names.indexOf(name);
    return place >= 0
      ? 2 ** place
      : mistake('probability', `there is no band '${name}'`, suggestion(name, names));
  };
  if (typeof event === 'string') return atLeast([bit(event)], 1);
  if ('all' in event) return atLeast(event.all.map(bit), event.all.length);
  if ('any' in event) return atLeast(event.any.map(bit), 1);
  if ('of' in event) return atLeast(event.of.map(bit), event.atLeast);
  return mistake(
    'probability',
    'a band that was not counted has no joint draws',
    'name it in bands when simulating',
  );
}

function atLeast(bits: readonly number[], k: number): (met: number) => boolean {
  return (met) => bits.filter((bit) => (met & bit) !== 0).length >= k;
}

/** Standard error of the ratio of two totals over replicates, by the replicates' residuals. */
function replicateError(hits: readonly number[], cases: readonly number[]): number {
  const r = hits.length;
  const ratio = sum(hits) / sum(cases);
  const residuals = hits.map((k, i) => k - ratio * cases[i]!);
  return Math.sqrt(sum(residuals.map((e) => e * e)) * (r / (r - 1))) / sum(cases);
}

function clopperPearson(k: number, n: number, level: number): { low: number; high: number } {
  const tail = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}

function fromSketch(
  summary: Summary,
  event: Extract<Event, { readonly output: string }>,
  level: number,
): ProbabilityEstimate {
  const outputs = Object.keys(summary.outputs);
  if (outputs.length > 0 && !outputs.includes(event.output)) {
    return mistake('probability', `there is no output '${event.output}'`, suggestion(event.output, outputs));
  }
  const [low, high] = [endOf(event.low, -Infinity), endOf(event.high, Infinity)];
  const output = summary.outputs[event.output];
  const n = output === undefined ? 0 : output.count + output.missing;
  if (output === undefined || n === 0) return { probability: NaN, low: 0, high: 1, draws: 0, from: 'sketch' };
  const share = output.count / n;
  const p = Math.max(0, share * (cdfAt(output, high) - cdfAt(output, low)));
  return { probability: p, ...clopperPearson(p * n, n, level), draws: n, from: 'sketch' };
}

/** An end of a band as a number; an infinite one is open, as one that is left out. */
function endOf(end: Rate | undefined, open: number): number {
  const given = end ?? open;
  return given === Infinity || given === -Infinity ? given : ratio(given, 'probability');
}

function cdfAt(output: Summary['outputs'][string], x: number): number {
  return output.count === 0 ? 0 : x === Infinity ? 1 : x === -Infinity ? 0 : sketchCdf(output, x);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
