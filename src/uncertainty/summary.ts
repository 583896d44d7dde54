import { argument } from '../argument.ts';
import { mistake } from '../mistake.ts';
import { combined, joinParts } from './block-moments.ts';
import type { Part } from './block-moments.ts';
import type { NearestCorrelation } from './correlation.ts';
import { addSketch, closeSketch, openSketch, sketchCdf, sketchQuantile } from './sketch.ts';
import type { Sketch } from './sketch.ts';

/** A target band on one output: met when `low <= value <= high`; an absent end is open. */
export interface OutputBand<O extends string = string> {
  readonly output: O;
  readonly low?: number;
  readonly high?: number;
}

/**
 * The result of a Monte Carlo run, or of a part of one: plain data that merges. Two summaries of the same draws are equal
 * as JSON, however the draws were shared out.
 */
export interface Summary<O extends string = string> {
  /** Fingerprint of what was simulated; only summaries of the same run merge. */
  readonly run: string;
  readonly seed: string;
  /** Number of draws. */
  readonly count: number;
  readonly outputs: Readonly<Record<O, OutputSummary>>;
  readonly bands: Readonly<Record<string, OutputBand<O>>>;
  /** How often, in each replicate, exactly these bands were met: bit k of `met` stands for the k-th band. */
  readonly hits: readonly (readonly [replicate: number, met: number, count: number])[];
  /** Number of replicates (1 for random draws), blocks in each, and draws in a block. */
  readonly layout: Layout;
  /** The blocks that are in, as half-open ranges. */
  readonly blocks: readonly (readonly [from: number, to: number])[];
  /** What had to change for the correlation matrix to be one; absent when nothing had to. */
  readonly repair?: Omit<NearestCorrelation, 'matrix'>;
}

export interface Layout {
  readonly replicates: number;
  /** Blocks in one replicate; absent when draws have no end. */
  readonly blocksEach?: number;
  readonly blockSize: number;
}

/** One output. Moments are those of the sample; `missing` values (not finite) are in none of them. */
export interface OutputSummary {
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** Divided by `count - 1`; NaN for fewer than two values. */
  readonly variance: number;
  readonly sd: number;
  /** Third standardised moment, 0 for a symmetric distribution. */
  readonly skewness: number;
  /** Fourth standardised moment less 3, 0 for a normal distribution. */
  readonly kurtosis: number;
  readonly min: number;
  readonly max: number;
  readonly sketch: Sketch;
  readonly parts: readonly Part[];
}

/**
 * Two parts of one run as one. Associative and commutative to the last bit: moments fold along a fixed tree of blocks,
 * everything else is counted in whole numbers.
 *
 * @throws RangeError when the two are not of one run, or share a block
 */
export function merge<O extends string>(a: Summary<O>, b: Summary<O>): Summary<O> {
  return mergeAll([a, b], 'merge');
}

/** All of at least one summary as one. */
export function mergeAll<O extends string>(summaries: readonly Summary<O>[], call: string): Summary<O> {
  for (const summary of summaries) argument(call, 'summary', summary);
  const first = summaries[0]!;
  if (summaries.some(({ run }) => run !== first.run)) {
    return mistake(call, 'the summaries are of different simulations', 'merge parts of one simulation');
  }
  const names = [...new Set(summaries.flatMap(({ outputs }) => Object.keys(outputs) as O[]))];
  const outputs = names.map((name) => {
    const own = summaries.flatMap(({ outputs }) => (name in outputs ? [outputs[name]] : []));
    return [name, mergeOutputs(own, first.layout.blocksEach ?? Infinity)] as const;
  });
  return {
    ...first,
    blocks: joinRanges(
      summaries.flatMap(({ blocks }) => blocks),
      call,
    ),
    count: summaries.reduce((sum, { count }) => sum + count, 0),
    outputs: Object.fromEntries(outputs) as unknown as Record<O, OutputSummary>,
    hits: tally(summaries.flatMap(({ hits }) => hits)),
  };
}

function mergeOutputs(outputs: readonly OutputSummary[], limit: number): OutputSummary {
  const sketch = openSketch();
  let [missing, min, max] = [0, Infinity, -Infinity];
  for (const output of outputs) {
    addSketch(sketch, output.sketch);
    missing += output.missing;
    if (output.count === 0) continue;
    min = Math.min(min, output.min);
    max = Math.max(max, output.max);
  }
  const parts = outputs.flatMap((output) => output.parts).sort((x, y) => x[0] - y[0]);
  return describe(joinParts(parts, limit), closeSketch(sketch), missing, min, max);
}

/** An output's summary from its parts, which are folded in the order of blocks. */
export function describe(
  parts: readonly Part[],
  sketch: Sketch,
  missing: number,
  min: number,
  max: number,
): OutputSummary {
  const [, , count, mean, m2, m3, m4] = parts.reduce((a, b) => combined(a, b), [0, 0, 0, 0, 0, 0, 0]);
  const variance = count > 1 ? m2 / (count - 1) : NaN;
  return {
    count,
    missing,
    mean: count > 0 ? mean : NaN,
    variance,
    sd: Math.sqrt(variance),
    skewness: m2 > 0 ? (m3 / m2) * Math.sqrt(count / m2) : NaN,
    kurtosis: m2 > 0 ? (count * m4) / (m2 * m2) - 3 : NaN,
    min: count > 0 ? min : NaN,
    max: count > 0 ? max : NaN,
    sketch,
    parts,
  };
}

/** Hit counts with equal entries added up, in order. */
export function tally(hits: Summary['hits']): Summary['hits'] {
  const counts = new Map<string, [number, number, number]>();
  for (const [replicate, met, count] of hits) {
    const key = `${replicate} ${met}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, [replicate, met, count]);
    else entry[2] += count;
  }
  return [...counts.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function joinRanges(ranges: readonly (readonly [number, number])[], call: string): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from < last[1]) {
      return mistake(call, `block ${from} is in two summaries`, 'merge each part once');
    }
    if (last?.[1] === from) last[1] = to;
    else joined.push([from, to]);
  }
  return joined;
}

/**
 * The value that an output stays at or below in the share `p` of the draws, from its sketch. For smooth outputs it is
 * within 1/2000 of a standard deviation of the draws' own quantile between 5 % and 95 %, and beyond within a fifth of
 * that quantile's standard error.
 *
 * @throws RangeError when there is no such output or `p` is not a probability
 */
export function summaryQuantile<O extends string>(summary: Summary<O>, output: O, p: number): number {
  if (!(p >= 0 && p <= 1))
    return mistake('summaryQuantile', `${p} is not a probability`, 'give a number from 0 to 1');
  return sketchQuantile(outputOf(summary, output, 'summaryQuantile'), p);
}

/** The share of the draws in which an output is at most `x`, from its sketch. */
export function summaryCdf<O extends string>(summary: Summary<O>, output: O, x: number): number {
  return sketchCdf(outputOf(summary, output, 'summaryCdf'), x);
}

function outputOf<O extends string>(summary: Summary<O>, output: O, call: string): OutputSummary {
  argument(call, 'summary', summary);
  const known = Object.keys(summary.outputs);
  if (known.includes(output)) return summary.outputs[output];
  return mistake(call, `there is no output '${output}'`, `choose one of ${known.join(', ') || 'none'}`);
}
