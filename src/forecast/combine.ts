import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { numbersOf } from './numbers.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Forecast, Method } from './method.ts';

/** Options of `combine`. */
export interface CombineOptions {
  /**
   * How the members are put together. One of:
   * - `'mean'`: the average of their medians and interval widths (defaults to it)
   * - `'median'`: the median of them, which a member that goes astray cannot move
   * - `'inverse-error'`: a weighted mean, weights in inverse proportion to each member's mean squared error over the
   *   last year (or the last two values of a yearly history), each refitted without them
   */
  readonly by?: 'mean' | 'median' | 'inverse-error';
}

/**
 * A combination of methods: usually better than each of them, and never the worst (Bates and Granger 1969).
 *
 * @param methods at least one; a combination of one is that one
 * @throws RangeError when there is none
 * @example combine([naive(), drift()], { by: 'mean' }).kind // 'combine'
 */
export function combine(methods: readonly Method[], options: CombineOptions = {}): Method {
  listArgument('combine', 'the list of methods', methods, 'give methods, such as [naive(), drift()]');
  for (const method of methods) argument('combine', 'method', method);
  checkOptions('combine', options, 'by');
  const { by = 'mean' } = options;
  const only = methods[0];
  if (only === undefined) return mistake('combine', 'there is no method', 'give at least one');
  if (!['mean', 'median', 'inverse-error'].includes(by)) {
    return mistake('combine', `${shown(by)} is no way to combine`, "use 'mean', 'median' or 'inverse-error'");
  }
  if (methods.length === 1) return only;
  return {
    kind: 'combine',
    fit(history, fitOptions) {
      const fitted = methods.map((method) => method.fit(history, fitOptions));
      const shares = by === 'inverse-error' ? inverseErrorShares(methods, history, fitOptions) : undefined;
      const name = `${by} of ${fitted.map((f) => f.method).join(', ')}`;
      const notes = [...new Set(fitted.flatMap((f) => f.notes))];
      return {
        method: name,
        parameters: {},
        residuals: fitted[0]!.residuals,
        notes,
        predict: (h, future) =>
          together(fitted.map((f) => f.predict(h, future)), by === 'median', shares, name, notes), // prettier-ignore
      };
    },
  };
}

type History = Parameters<Method['fit']>[0];
type Options = Parameters<Method['fit']>[1];

function inverseErrorShares(methods: readonly Method[], history: History, options: Options): number[] {
  const { y, m, start } = numbersOf(history, 'combine');
  const held = m > 1 ? m : 2;
  if (y.length < held + 4) return methods.map(() => 1 / methods.length);
  const past = { start, values: Array.from(y.slice(0, -held)) };
  const errors = methods.map((method) => {
    const { steps } = method.fit(past, options).predict(held, options?.regressors);
    let sum = 0;
    steps.forEach((step, j) => (sum += (quantile(step, 0.5) - y[y.length - held + j]!) ** 2));
    return sum / held;
  });
  const largest = Math.max(...errors);
  // No member is trusted more than a thousand times another: two or three errors can be small by chance.
  const inverse = errors.map((e) => 1 / Math.max(e, largest / 1000, Number.MIN_VALUE));
  const total = inverse.reduce((a, b) => a + b, 0);
  return largest > 0 ? inverse.map((v) => v / total) : methods.map(() => 1 / methods.length);
}

/** Members' medians and half-widths put together: Student's t, in logs when every member's step is positive. */
function together(
  members: readonly Forecast[],
  median: boolean,
  shares: readonly number[] | undefined,
  method: string,
  notes: readonly string[],
): Forecast {
  const first = members[0]!;
  const pick = (values: readonly number[]): number => {
    if (median) return medianOf(values);
    let sum = 0;
    values.forEach((value, i) => (sum += value * (shares?.[i] ?? 1 / values.length)));
    return sum;
  };
  const steps = first.steps.map((_, j): Distribution => {
    const own = members.map((forecast) => forecast.steps[j]!);
    const logs = own.every((step) => step.kind === 'transformed' && step.lambda === 0);
    const of = own.map((step) => (logs && step.kind === 'transformed' ? step.of : step));
    const centre = pick(of.map((step) => quantile(step, 0.5)));
    const df = Math.min(...of.map((step) => (step.kind === 'student' ? step.df : 30)));
    const half = pick(of.map((step) => (quantile(step, 0.975) - quantile(step, 0.025)) / 2));
    const one: Distribution = {
      kind: 'student',
      location: centre,
      scale: half / quantile({ kind: 'student', location: 0, scale: 1, df }, 0.975),
      df,
    };
    if (!logs) return one;
    const caps = own.map((step) => step as Extract<Distribution, { kind: 'transformed' }>);
    return {
      kind: 'transformed', lambda: 0, of: one,
      low: Math.min(...caps.map((c) => c.low ?? 0)), high: Math.max(...caps.map((c) => c.high ?? Infinity)),
    }; // prettier-ignore
  });
  const weights = first.weights.map((_, j) => pick(members.map((forecast) => forecast.weights[j]!)));
  return { start: first.start, steps, weights, last: first.last, method, notes };
}

/** The middle value, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
