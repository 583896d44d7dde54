import { checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { etsCandidates, etsName, etsOutlook, etsSelect, etsShape } from './ets-fit.ts';
import type { EtsShape } from './ets-likelihood.ts';
import { methodOf } from './method.ts';
import type { Method, MethodOptions } from './method.ts';
import type { Fitter } from './outlook.ts';

/** Options of `ets`. */
export interface EtsOptions extends MethodOptions {
  /**
   * A model by its letters, error trend season: `'AAN'`, `'MAdM'` (N none, A additive, M multiplicative, d damped).
   * Defaults to the admissible model with the least AICc.
   */
  readonly model?: string;
  /** Whether trends that multiply may be chosen; defaults to false, as they forecast badly. */
  readonly multiplicativeTrend?: boolean;
  /** Whether a weak prior holds the parameters near usual values, as `auto` does; defaults to false. */
  readonly shrunk?: boolean;
}

/**
 * Exponential smoothing: the whole family of error, trend and season, chosen by AICc and fitted by maximum likelihood
 * (Hyndman, Koehler, Ord and Snyder 2008).
 *
 * @throws RangeError when `model` is no model
 * @example ets({ model: 'AAdN' }).kind // 'ets'
 */
export function ets(options: EtsOptions = {}): Method {
  checkOptions('ets', options, 'model multiplicativeTrend shrunk lambda calibrated');
  let only: EtsShape | undefined;
  if (options.model !== undefined) {
    only = etsShape(options.model);
    if (only === undefined) {
      mistake(
        'ets',
        `the model ${shown(options.model)} is unknown`,
        "write error, trend and season such as 'MAdN'",
      );
    }
  }
  return methodOf(
    'ets',
    () => ({ fit: etsFitter(only, options.multiplicativeTrend, options.shrunk) }),
    options,
  );
}

/** Exponential smoothing on plain numbers. */
export function etsFitter(only?: EtsShape, multiplicativeTrend = false, shrunk = false): Fitter {
  return (y, m) => {
    const notes: string[] = [];
    let shapes = etsCandidates(y, m, multiplicativeTrend);
    if (only !== undefined) {
      const positive = y.every((value) => value > 0);
      const additive = only.error === 'A' && only.trend !== 'M' && only.season !== 'M';
      if (!positive && !additive)
        notes.push(`${etsName(only)} needs positive values: a model was chosen by AICc`);
      else if (m === 1 && only.season !== 'N')
        notes.push(`${etsName(only)} needs a season: a model was chosen by AICc`);
      else shapes = [only];
    }
    const fit = etsSelect(y, m, shapes, shrunk);
    if (fit === undefined) return undefined;
    const { alpha, beta, gamma, phi } = fit.parameters;
    return {
      name: `ETS(${fit.shape.error},${fit.shape.trend}${fit.shape.damped ? 'd' : ''},${fit.shape.season})`,
      parameters: {
        alpha,
        ...(fit.shape.trend === 'N' ? {} : { beta }),
        ...(fit.shape.season === 'N' ? {} : { gamma }),
        ...(fit.shape.damped ? { phi } : {}),
        variance: fit.variance,
      },
      residuals: fit.residuals,
      degrees: Math.max(1, fit.n - 3 - (fit.shape.trend === 'N' ? 0 : 2)),
      logLikelihood: fit.logLikelihood,
      aicc: fit.aicc,
      notes,
      outlook: (h) => etsOutlook(fit, h),
    };
  };
}
