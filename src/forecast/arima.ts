import { checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { arimaName, arimaOutlook, fitArima } from './arima-fit.ts';
import { selectArima } from './arima-select.ts';
import { methodOf } from './method.ts';
import type { Method, MethodOptions } from './method.ts';
import type { Fitter } from './outlook.ts';

/** Options of `arima`. */
export interface ArimaOptions extends MethodOptions {
  /** p, d and q. Defaults to a choice by unit root tests and AICc. */
  readonly order?: readonly [p: number, d: number, q: number];
  /** P, D and Q of the season. Defaults to the choice, or to none when `order` is given. */
  readonly seasonal?: readonly [P: number, D: number, Q: number];
  /** With `order`: whether there is a mean or, differenced once, a drift. Defaults to true where it can be. */
  readonly constant?: boolean;
}

/**
 * ARIMA, seasonal where the history is, with drift and with regressors; the exact likelihood by a Kalman filter.
 *
 * Without `order` the model is chosen by the stepwise search of Hyndman and Khandakar (2008).
 *
 * @throws RangeError when an order is not a whole number from 0 to 5
 * @example arima({ order: [0, 1, 1] }).kind // 'arima'
 */
export function arima(options: ArimaOptions = {}): Method {
  checkOptions('arima', options, 'order[] seasonal[] constant lambda calibrated');
  for (const value of [...(options.order ?? []), ...(options.seasonal ?? [])]) {
    if (!Number.isInteger(value) || value < 0 || value > 5) {
      mistake('arima', `the order ${shown(value)} is not possible`, 'give whole numbers from 0 to 5');
    }
  }
  return methodOf('arima', () => ({ fit: arimaFitter(options) }), options);
}

/** ARIMA on plain numbers. */
export function arimaFitter(options: ArimaOptions = {}): Fitter {
  const { order, seasonal = [0, 0, 0], constant } = options;
  return (y, m, regressors) => {
    let fit;
    // Below five numbers every model is white noise by its criterion: the walks are the better simple answer.
    if (order === undefined)
      fit = y.length < 5 && regressors.length === 0 ? undefined : selectArima(y, m, regressors);
    else {
      const [p, d, q] = order;
      const [P, D, Q] = m > 1 ? seasonal : [0, 0, 0];
      const full = { p, d, q, P, D, Q, constant: constant ?? d + D <= 1 };
      fit = fitArima(y, m, full, regressors, { keepNearUnitRoots: true });
    }
    if (fit === undefined) return undefined;
    const found = fit;
    const names = ['ar', 'ma', 'sar', 'sma'].flatMap((name, i) => {
      const { p, q, P, Q } = found.order;
      return Array.from({ length: [p, q, P, Q][i]! }, (_, j) => `${name}${j + 1}`);
    });
    const parameters: Record<string, number> = {};
    names.forEach((name, i) => (parameters[name] = found.coefficients[i]!));
    found.regression.forEach((value, i) => {
      const own = found.order.constant ? i - 1 : i;
      parameters[own < 0 ? (found.order.d + found.order.D > 0 ? 'drift' : 'mean') : `x${own + 1}`] = value;
    });
    return {
      name: arimaName(found.order, m),
      parameters: { ...parameters, variance: found.variance },
      residuals: found.residuals,
      degrees: Math.max(1, found.residuals.length - names.length - found.regression.length),
      logLikelihood: found.logLikelihood,
      aicc: found.aicc,
      outlook: (h, future) => arimaOutlook(found, h, future),
    };
  };
}
