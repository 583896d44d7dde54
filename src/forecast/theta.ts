import { checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { methodOf } from './method.ts';
import type { Method, MethodOptions } from './method.ts';
import type { Fitter } from './outlook.ts';
import { fitTheta } from './theta-fit.ts';
import type { ThetaKind } from './theta-fit.ts';

/** Options of `theta`. */
export interface ThetaOptions extends MethodOptions {
  /**
   * One of `'dynamic'` (defaults to it: the curvature is estimated and the line follows the data), `'optimised'` (the
   * curvature is estimated around one line) and `'standard'` (curvature 2; the winner of the M3 competition).
   */
  readonly model?: ThetaKind;
}

/**
 * The theta method: exponential smoothing around a line, on seasonally adjusted numbers.
 *
 * @example theta({ model: 'standard' }).kind // 'theta'
 */
export function theta(options: ThetaOptions = {}): Method {
  checkOptions('theta', options, 'model lambda calibrated');
  const model = options.model ?? 'dynamic';
  if (!['standard', 'optimised', 'dynamic'].includes(model)) {
    mistake('theta', `the model ${shown(model)} is unknown`, "use 'standard', 'optimised' or 'dynamic'");
  }
  return methodOf('theta', () => ({ fit: thetaFitter(model) }), options);
}

/** The theta method on plain numbers. */
export function thetaFitter(model: ThetaKind): Fitter {
  return (y, m) => {
    if (y.length < 4) return undefined;
    const fit = fitTheta(y, m, model);
    return {
      name: `${model} theta`,
      parameters: { alpha: fit.alpha, theta: fit.theta },
      residuals: fit.residuals,
      degrees: Math.max(1, y.length - 3),
      outlook: fit.predict,
    };
  };
}
