import { argument } from '../argument.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Columns, Outcome, PointFunction } from '../uncertainty/outcome.ts';
import type { OutputBand } from '../uncertainty/summary.ts';

/** Target bands by name, each on one output. */
export type Bands<B extends string = string, O extends string = string> = Readonly<Record<B, OutputBand<O>>>;

/**
 * An outcome whose outputs say whether each target is met: 1 when it is, else 0. Given to `sobol`, `pawn` or `tornado`, it
 * asks what decides about the target, not what moves the level.
 *
 * @param f an outcome, or a function of one point; the result is of the same sort
 * @throws RangeError, when evaluated, if a band is about no output
 * @example targetMet(({ g }) => g, { goal: { output: 'value', low: 0.07 } })({ g: 0.08 }) // { goal: 1 }
 */
export function targetMet<F extends string, O extends string, B extends string>(
  f: Outcome<F, O>,
  bands: Bands<B, O>,
): Outcome<F, B>;
export function targetMet<F extends string, B extends string>(
  f: PointFunction<F>,
  bands: Bands<B>,
): (point: Readonly<Record<F, number>>) => Readonly<Record<B, number>>;
export function targetMet<F extends string, B extends string>(
  f: Outcome<F> | PointFunction<F>,
  bands: Bands<B>,
) {
  return seenThrough(f, bands, (value, low, high) => (value >= low && value <= high ? 1 : 0));
}

/**
 * An outcome whose outputs are how far each target is missed: 0 inside the band, else the distance to it in the output's
 * unit, whichever side.
 *
 * @param f an outcome, or a function of one point; the result is of the same sort
 * @example shortfall(({ g }) => g, { goal: { output: 'value', low: 3 } })({ g: 1 }) // { goal: 2 }
 */
export function shortfall<F extends string, O extends string, B extends string>(
  f: Outcome<F, O>,
  bands: Bands<B, O>,
): Outcome<F, B>;
export function shortfall<F extends string, B extends string>(
  f: PointFunction<F>,
  bands: Bands<B>,
): (point: Readonly<Record<F, number>>) => Readonly<Record<B, number>>;
export function shortfall<F extends string, B extends string>(
  f: Outcome<F> | PointFunction<F>,
  bands: Bands<B>,
) {
  return seenThrough(f, bands, (value, low, high) =>
    value < low ? low - value : value > high ? value - high : value - value,
  );
}

type View = (value: number, low: number, high: number) => number;

function seenThrough<F extends string, B extends string>(
  f: Outcome<F> | PointFunction<F>,
  bands: Bands<B>,
  view: View,
): Outcome<F, B> | ((point: Readonly<Record<F, number>>) => Readonly<Record<B, number>>) {
  if (typeof f !== 'function') argument('targetMet', 'object', f, 'study');
  argument('targetMet', 'object', bands, 'bands');
  const names = Object.keys(bands) as B[];
  if (names.length === 0) return mistake('targetMet', 'there are no bands', 'give at least one');
  const seen = (name: B, value: number) =>
    view(value, bands[name].low ?? -Infinity, bands[name].high ?? Infinity);
  if (typeof f === 'function') {
    return (point) => {
      const value = f(point);
      const results: Readonly<Record<string, number>> = typeof value === 'number' ? { value } : value;
      return Object.fromEntries(
        names.map((name) => [name, seen(name, found(results, bands[name].output))]),
      ) as Record<B, number>;
    };
  }
  return {
    factors: f.factors,
    outputs: names,
    evaluate(points: Columns<F>, count: number) {
      const results = f.evaluate(points, count);
      return Object.fromEntries(
        names.map((name) => [
          name,
          found(results, bands[name].output)
            .slice(0, count)
            .map((value) => seen(name, value)),
        ]),
      ) as unknown as Columns<B>;
    },
  };
}

function found<V>(results: Readonly<Record<string, V>>, output: string): V {
  const value = results[output];
  return (
    value ??
    mistake(
      'targetMet',
      `a band is about '${output}', which is no output`,
      suggestion(output, Object.keys(results)),
    )
  );
}
