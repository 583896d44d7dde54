/** Point forecasts of numbers, the spread of their errors, and how errors carry on: the inside of every method. */
export interface Outlook {
  /** Centre of each step: the median, on the scale on which the method was fitted. */
  readonly mean: Float64Array;
  /** Standard error of each step on the same scale. */
  readonly sd: Float64Array;
  /** What one unit of error does to later values: `weights[j]` j periods on, with `weights[0]` 1. */
  readonly weights: Float64Array;
  /** Degrees of freedom of the standardised errors, where they are not the fit's. */
  readonly df?: number;
}

/** What a method makes of numbers without gaps, before it is dressed as a forecast of a series. */
export interface NumbersFit {
  /** The model that was chosen, as the field writes it: `'ETS(MAdN)'`, `'ARIMA(0,1,1) with drift'`. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** One-step errors within the sample, the newest last. */
  readonly residuals: Float64Array;
  /** Degrees of freedom of the error variance. */
  readonly degrees: number;
  readonly logLikelihood?: number;
  readonly aicc?: number;
  readonly notes?: readonly string[];
  /** Whether the outlook's spread is already that of errors out of sample. */
  readonly calibrated?: boolean;
  outlook(h: number, future?: readonly Float64Array[]): Outlook;
}

/**
 * Fit numbers without gaps.
 *
 * @param y at least two numbers, not all equal
 * @param m periods in a cycle, 1 for none
 * @returns undefined when the numbers are too few for the method
 */
export type Fitter = (
  y: Float64Array,
  m: number,
  regressors: readonly Float64Array[],
) => NumbersFit | undefined;

/** The outlook times a factor and plus a shift: for numbers that were scaled before they were fitted. */
export function rescale(outlook: Outlook, factor: number): Outlook {
  return {
    mean: outlook.mean.map((v) => v * factor),
    sd: outlook.sd.map((v) => v * factor),
    weights: outlook.weights,
  };
}
