import { argument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods, periodsBetween, toSpan } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { inverseBoxCox } from '../uncertainty/box-cox.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import { quantile } from '../uncertainty/quantile.ts';
import type { Forecast } from './method.ts';
import { pathScores } from './path.ts';

/** What is taken as given: a value at a period, or a total or average over a span of the forecast. */
export type Condition =
  | { readonly at: Period; readonly value: number }
  | {
      readonly over: Span;
      /** The sum of the span's values; `already` is what earlier periods of the same year have brought. */
      readonly total: number;
      readonly already?: number;
    }
  | { readonly over: Span; readonly average: number };

/**
 * The path that history suggests given where it ends: a forecast whose medians meet a condition, each period moved as
 * far as its own uncertainty and its correlation with the others say.
 *
 * The steps are jointly Student's t (in logs where the method works in logs), and so are they given the condition
 * (Kotz and Nadarajah 2004, 1.11). A sum in logs is taken along its tangent at the conditional medians.
 *
 * @param forecast of any method
 * @param condition on the scale of the history
 * @throws RangeError when the period or span is not forecast, the value cannot be reached, or the forecast is certain
 * @example quantile(conditional(forecast(series('2010', [1, 2, 4, 5, 6]), drift(), { horizon: 2 }), { at: '2016', value: 9 }).steps[1], 0.5) // 9
 */
export function conditional(forecast: Forecast, condition: Condition): Forecast {
  argument('conditional', 'forecast', forecast);
  argument('conditional', 'object', condition, 'condition');
  const { steps } = forecast;
  const h = steps.length;
  const { weights, value } = linear(forecast, condition);
  const joint = jointOf(forecast);
  const { lambda, scale, df } = joint;
  const back = (x: number): number => (lambda === undefined ? x : inverseBoxCox(x, lambda));
  const scores = pathScores(forecast.weights, h);
  const covariance = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k <= Math.min(i, j); k++) sum += scores[i]![k]! * scores[j]![k]!;
    return sum * scale[i]! * scale[j]!;
  };
  const mean = Float64Array.from(joint.location);
  let gradient = new Float64Array(h);
  let image = new Float64Array(h);
  let spread = 0;
  let distance = 0;
  for (let round = 0; round < 100; round++) {
    // The condition as a line through the medians so far.
    let reached = 0;
    for (let i = 0; i < h; i++) {
      const level = back(mean[i]!);
      reached += weights[i]! * level;
      gradient[i] = weights[i]! * (lambda === undefined ? 1 : Math.pow(Math.abs(level), 1 - lambda));
    }
    if (Math.abs(reached - value) <= 1e-12 * Math.max(Math.abs(value), Math.abs(reached)) && round > 0) break;
    image = Float64Array.from({ length: h }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < h; j++) if (gradient[j] !== 0) sum += covariance(i, j) * gradient[j]!;
      return sum;
    });
    spread = 0;
    // How far the line is from the unconditional centre.
    let gap = value - reached;
    for (let i = 0; i < h; i++) {
      spread += gradient[i]! * image[i]!;
      gap += gradient[i]! * (mean[i]! - joint.location[i]!);
    }
    if (!(spread > 0)) mistake('conditional', 'the forecast is certain', 'nothing can move it');
    distance = (gap * gap) / spread;
    for (let i = 0; i < h; i++) mean[i] = joint.location[i]! + (image[i]! * gap) / spread;
    if (mean.some((v) => !Number.isFinite(v))) {
      mistake(
        'conditional',
        `the value ${shown(value)} cannot be reached`,
        'give one that the forecast allows',
      );
    }
  }
  const factor = (df + distance) / (df + 1);
  const given = steps.map((step, i): Distribution => {
    const left = Math.max(0, scale[i]! ** 2 - image[i]! ** 2 / spread);
    // A period that the condition fixes keeps no spread but rounding.
    const own = left > 1e-12 * scale[i]! ** 2 ? Math.sqrt(left * factor) : 0;
    const of: Distribution = { kind: 'student', location: mean[i]!, scale: own, df: df + 1 };
    if (step.kind !== 'transformed' || lambda === undefined) return of;
    const median = back(mean[i]!);
    return {
      ...step,
      of,
      ...(step.low === undefined ? {} : { low: Math.min(step.low, median) }),
      ...(step.high === undefined ? {} : { high: Math.max(step.high, median) }),
    };
  });
  return { ...forecast, steps: given, method: `${forecast.method}, given ${described(condition)}` };
}

function described(condition: Condition): string {
  if ('at' in condition) return `${condition.value} at ${condition.at}`;
  const [from, to] = condition.over;
  return 'total' in condition
    ? `${condition.total} over ${from} to ${to}`
    : `${condition.average} on average over ${from} to ${to}`;
}

/** The condition as weights on the steps and a value. */
function linear(forecast: Forecast, condition: Condition): { weights: Float64Array; value: number } {
  const h = forecast.steps.length;
  const place = (period: Period): number => {
    const j = periodsBetween(forecast.start, period, 'conditional');
    if (j >= 0 && j < h) return j;
    return mistake(
      'conditional',
      `${period} is not forecast`,
      `ask for ${forecast.start} to ${addPeriods(forecast.start, h - 1)}`,
    );
  };
  const weights = new Float64Array(h);
  if ('at' in condition) {
    weights[place(condition.at)] = 1;
    return { weights, value: condition.value };
  }
  const [from, to] = toSpan(condition.over, 'conditional');
  const [i, j] = [place(from), place(to)];
  const each = 'total' in condition ? 1 : 1 / (j - i + 1);
  for (let k = i; k <= j; k++) weights[k] = each;
  return {
    weights,
    value: 'total' in condition ? condition.total - (condition.already ?? 0) : condition.average,
  };
}

/** Location, scale and degrees of freedom of all steps on one scale: logs when every step is in logs. */
function jointOf(forecast: Forecast): {
  location: number[];
  scale: number[];
  df: number;
  lambda: number | undefined;
} {
  const first = forecast.steps[0]!;
  const lambda = first.kind === 'transformed' ? first.lambda : undefined;
  const same = forecast.steps.every((step) =>
    step.kind === 'transformed' ? step.lambda === lambda : lambda === undefined,
  );
  const inner = forecast.steps.map((step) => {
    if (same && step.kind === 'transformed') return step.of;
    return step;
  });
  const df = Math.min(...inner.map((step) => (step.kind === 'student' ? step.df : 30)));
  const unit = quantile({ kind: 'student', location: 0, scale: 1, df }, 0.9);
  return {
    location: inner.map((step) => quantile(step, 0.5)),
    // Of another shape: the t with the same 80 % interval.
    scale: inner.map((step) =>
      step.kind === 'student' ? step.scale : (quantile(step, 0.9) - quantile(step, 0.1)) / 2 / unit,
    ),
    df,
    lambda: same ? lambda : undefined,
  };
}
