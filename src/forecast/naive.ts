import { checkOptions } from '../argument.ts';
import { isSeasonal, seasonalFigure } from './decompose.ts';
import { methodOf } from './method.ts';
import type { Method, MethodOptions } from './method.ts';
import type { NumbersFit } from './outlook.ts';
import { fitDrift, fitNaive } from './walk-fit.ts';
import type { WalkFit } from './walk-fit.ts';

/**
 * The last value carried on: the best forecast of a random walk.
 *
 * @example naive().kind // 'naive'
 */
export function naive(options: MethodOptions = {}): Method {
  checkOptions('naive', options, 'lambda calibrated');
  return methodOf('naive', () => ({ fit: (y) => dressed('naive', fitNaive(y, 1)) }), options);
}

/**
 * The value a year ago carried on; with yearly periods, or less than a year of history, the last value.
 *
 * @example seasonalNaive().kind // 'seasonalNaive'
 */
export function seasonalNaive(options: MethodOptions = {}): Method {
  checkOptions('seasonalNaive', options, 'lambda calibrated');
  return methodOf(
    'seasonalNaive',
    () => ({
      fit: (y, m) => dressed(y.length > m && m > 1 ? 'seasonal naive' : 'naive', fitNaive(y, m)),
    }),
    options,
  );
}

/**
 * A random walk with drift: the line from the first value to the last, carried on. A seasonal history is adjusted by
 * classical decomposition first.
 *
 * @example drift().kind // 'drift'
 */
export function drift(options: MethodOptions = {}): Method {
  checkOptions('drift', options, 'lambda calibrated');
  return methodOf('drift', () => ({ fit: (y, m) => fitDriftWithSeason(y, m, false) }), options);
}

/**
 * A random walk in logs with drift: growth as economists think of it, the average rate of the history compounding on.
 *
 * Student's t with the error of the estimated rate, and a long-run variance that allows for the first autocorrelation
 * of growth. A history with zero or negative values gets `drift`, and a note.
 *
 * @example logDrift().kind // 'logDrift'
 */
export function logDrift(options: Omit<MethodOptions, 'lambda'> = {}): Method {
  checkOptions('logDrift', options, 'calibrated');
  return methodOf('logDrift', () => ({ fit: (y, m) => fitDriftWithSeason(y, m, true), lambda: 0 }), options);
}

/** A random walk with drift on seasonally adjusted numbers (differences of logs when `y` are logs). */
export function fitDriftWithSeason(y: Float64Array, m: number, longRun: boolean): NumbersFit | undefined {
  if (y.length < 3) return undefined;
  if (m === 1 || !isSeasonal(y, m)) return { ...dressed('drift', fitDrift(y, longRun)), calibrated: longRun };
  const figure = seasonalFigure(y, m, false);
  const fit = fitDrift(y.map((v, t) => v - figure[t % m]!), longRun); // prettier-ignore
  return {
    ...dressed('seasonally adjusted drift', fit),
    calibrated: longRun,
    outlook(h) {
      const o = fit.predict(h);
      return { ...o, mean: o.mean.map((v, j) => v + figure[(y.length + j) % m]!) };
    },
  };
}

function dressed(name: string, fit: WalkFit): NumbersFit {
  return {
    name,
    parameters: name.includes('drift') ? { drift: fit.drift } : {},
    residuals: fit.residuals,
    degrees: fit.degrees,
    outlook: fit.predict,
  };
}
