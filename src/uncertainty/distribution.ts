/**
 * A probability distribution as plain data. Its questions (pdf, cdf, quantile, mean, variance) are functions.
 */
export type Distribution =
  | Normal
  | Lognormal
  | Uniform
  | Triangular
  | Pert
  | Student
  | TwoPieceNormal
  | Empirical
  | Mixture
  | Transformed;

/** Mean and standard deviation. */
export interface Normal { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
/** `meanLog` and `sdLog` are the mean and standard deviation of the natural logarithm. */
export interface Lognormal { readonly kind: 'lognormal'; readonly meanLog: number; readonly sdLog: number }
export interface Uniform { readonly kind: 'uniform'; readonly low: number; readonly high: number }
export interface Triangular { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
/** A scaled beta with `shape` 4 by default, as in project planning. */
export interface Pert { readonly kind: 'pert'; readonly low: number; readonly mode: number; readonly high: number; readonly shape?: number }
/** Student's t moved by `location` and stretched by `scale` (not its standard deviation). */
export interface Student { readonly kind: 'student'; readonly location: number; readonly scale: number; readonly df: number }
/** The Bank of England's fan chart: two half normals of different standard deviation joined at the mode. */
export interface TwoPieceNormal { readonly kind: 'two-piece-normal'; readonly mode: number; readonly sdLow: number; readonly sdHigh: number }
/** Equally likely observed values, in ascending order. */
export interface Empirical { readonly kind: 'empirical'; readonly values: readonly number[] }
export interface Mixture { readonly kind: 'mixture'; readonly components: readonly { readonly weight: number; readonly of: Distribution }[] }
/**
 * The distribution of a variable whose Box-Cox transform is distributed as `of`: `lambda` 0 means that its logarithm
 * is. `low` and `high` cap the variable (on its own scale), which keeps the mean of a heavy-tailed log finite.
 */
export interface Transformed {
  readonly kind: 'transformed';
  readonly lambda: number;
  readonly of: Distribution;
  readonly low?: number;
  readonly high?: number;
}
