import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';

/**
 * A probability distribution as plain data. Its questions (`pdf`, `cdf`, `quantile`, `mean`, `variance`) are functions.
 *
 * A standard deviation of zero, or bounds that coincide, make a constant: a factor that happens to be known.
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
export interface Normal {
  readonly kind: 'normal';
  readonly mean: number;
  readonly sd: number;
}
/** `meanLog` and `sdLog` are the mean and standard deviation of the natural logarithm. */
export interface Lognormal {
  readonly kind: 'lognormal';
  readonly meanLog: number;
  readonly sdLog: number;
}
/** Equally likely anywhere from `low` to `high`. */
export interface Uniform {
  readonly kind: 'uniform';
  readonly low: number;
  readonly high: number;
}
/** Density rising in a straight line from `low` to `mode` and falling to `high`. */
export interface Triangular {
  readonly kind: 'triangular';
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}
/** A scaled beta, as in project planning; `shape` (4 when absent) says how strongly it gathers at the mode. */
export interface Pert {
  readonly kind: 'pert';
  readonly low: number;
  readonly mode: number;
  readonly high: number;
  readonly shape?: number;
}
/** Student's t moved by `location` and stretched by `scale` (not its standard deviation). */
export interface Student {
  readonly kind: 'student';
  readonly location: number;
  readonly scale: number;
  readonly df: number;
}
/** The Bank of England's fan chart: two half normals of different standard deviation joined at the mode. */
export interface TwoPieceNormal {
  readonly kind: 'two-piece-normal';
  readonly mode: number;
  readonly sdLow: number;
  readonly sdHigh: number;
}
/** Equally likely observed values, in ascending order. */
export interface Empirical {
  readonly kind: 'empirical';
  readonly values: readonly number[];
}
/** One of several distributions, each with its weight; weights count relative to their sum. */
export interface Mixture {
  readonly kind: 'mixture';
  readonly components: readonly { readonly weight: number; readonly of: Distribution }[];
}
/**
 * The distribution of a variable whose Box-Cox transform is distributed as `of`: `lambda` 0 means that its logarithm
 * is, else `(sign(x) |x|^lambda - 1) / lambda`. `low` and `high` cap the variable (on its own scale): what would lie
 * beyond lies on the cap, which keeps the mean of a heavy-tailed log finite.
 */
export interface Transformed {
  readonly kind: 'transformed';
  readonly lambda: number;
  readonly of: Distribution;
  readonly low?: number;
  readonly high?: number;
}

/**
 * The normal distribution.
 *
 * @param mean in the variable's unit; a rate may be a percentage
 * @param sd standard deviation, in the same unit; zero makes a constant
 * @throws RangeError when `sd` is negative
 * @example normal('7%', '1.5%') // { kind: 'normal', mean: 0.07, sd: 0.015 }
 */
export function normal(mean: Rate, sd: Rate): Normal {
  return { kind: 'normal', mean: number(mean, 'normal'), sd: spread(sd, 'sd', 'normal') };
}

/**
 * The lognormal distribution: the natural logarithm is normal.
 *
 * @param meanLog mean of the logarithm, so that the median is `exp(meanLog)`
 * @param sdLog standard deviation of the logarithm
 * @throws RangeError when `sdLog` is negative
 * @example lognormal(0, 0.25).sdLog // 0.25
 */
export function lognormal(meanLog: number, sdLog: number): Lognormal {
  return {
    kind: 'lognormal',
    meanLog: number(meanLog, 'lognormal'),
    sdLog: spread(sdLog, 'sdLog', 'lognormal'),
  };
}

/**
 * The uniform distribution from `low` to `high`.
 *
 * @throws RangeError when the bounds are out of order
 * @example uniform('6%', '8%').high // 0.08
 */
export function uniform(low: Rate, high: Rate): Uniform {
  const [a, b] = [number(low, 'uniform'), number(high, 'uniform')];
  if (a > b)
    return mistake('uniform', `the bounds ${a} to ${b} are out of order`, 'give the lower one first');
  return { kind: 'uniform', low: a, high: b };
}

/**
 * The triangular distribution.
 *
 * @throws RangeError when `low <= mode <= high` does not hold
 * @example triangular(0.02, 0.08, 0.14).mode // 0.08
 */
export function triangular(low: Rate, mode: Rate, high: Rate): Triangular {
  return { kind: 'triangular', ...threePoints(low, mode, high, 'triangular') };
}

/**
 * The PERT distribution: a beta over [low, high] with the given mode and mean `(low + shape mode + high) / (shape + 2)`.
 *
 * @param shape defaults to 4; larger gathers more at the mode
 * @throws RangeError when `low <= mode <= high` does not hold or the shape is not positive
 * @example pert(0, 2, 10).mode // 2
 */
export function pert(low: Rate, mode: Rate, high: Rate, shape = 4): Pert {
  if (!(shape > 0 && shape < Infinity)) {
    return mistake(
      'pert',
      `the shape ${shown(shape)} is not a positive number`,
      'leave it out for the usual 4',
    );
  }
  return { kind: 'pert', ...threePoints(low, mode, high, 'pert'), ...(shape === 4 ? {} : { shape }) };
}

/**
 * Student's t distribution, moved and stretched.
 *
 * @param location its centre
 * @param scale its stretch; the standard deviation is `scale * sqrt(df / (df - 2))` for df > 2
 * @param df degrees of freedom, positive, not necessarily whole
 * @throws RangeError when `scale` is negative or `df` is not positive
 * @example student(0.07, 0.015, 4).df // 4
 */
export function student(location: Rate, scale: Rate, df: number): Student {
  if (!(df > 0 && df < Infinity)) {
    return mistake(
      'student',
      `${shown(df)} degrees of freedom are not possible`,
      'give a positive number, or use normal',
    );
  }
  return {
    kind: 'student',
    location: number(location, 'student'),
    scale: spread(scale, 'scale', 'student'),
    df,
  };
}

/**
 * The two-piece normal distribution: density of N(mode, sdLow) below the mode and N(mode, sdHigh) above, rescaled to
 * meet at the mode (Britton, Fisher and Whitley 1998).
 *
 * @throws RangeError when a standard deviation is negative
 * @example twoPieceNormal('6.5%', '2%', '1.2%').sdLow // 0.02
 */
export function twoPieceNormal(mode: Rate, sdLow: Rate, sdHigh: Rate): TwoPieceNormal {
  const call = 'twoPieceNormal';
  return {
    kind: 'two-piece-normal',
    mode: number(mode, call),
    sdLow: spread(sdLow, 'sdLow', call),
    sdHigh: spread(sdHigh, 'sdHigh', call),
  };
}

/**
 * The empirical distribution of observed values: each is equally likely.
 *
 * @param values at least one finite number, in any order
 * @throws RangeError when there is no value or one is not finite
 * @example empirical([3, 1, 2]).values // [1, 2, 3]
 */
export function empirical(values: Iterable<number>): Empirical {
  listArgument('empirical', 'the list of values', values);
  const sorted = Array.from(values).sort((a, b) => a - b);
  if (sorted.length === 0) return mistake('empirical', 'there are no values', 'give at least one');
  const bad = sorted.find((value) => !Number.isFinite(value));
  if (bad !== undefined)
    return mistake('empirical', `${shown(bad)} is not a finite value`, 'leave missing values out');
  return { kind: 'empirical', values: sorted };
}

/**
 * A mixture: first one component is chosen with a probability proportional to its weight, then its value is drawn.
 *
 * @throws RangeError when there is no component, or a weight is negative or all are zero
 * @example mixture([{ weight: 9, of: normal(0.07, 0.01) }, { weight: 1, of: normal(0.03, 0.02) }]).components.length // 2
 */
export function mixture(components: Mixture['components']): Mixture {
  listArgument('mixture', 'the list of components', components, 'give { weight, of: distribution } objects');
  for (const component of components) argument('mixture', 'object', component, 'component');
  let total = 0;
  for (const { weight } of components) {
    if (!(weight >= 0 && weight < Infinity))
      return mistake(
        'mixture',
        `the weight ${shown(weight)} is not possible`,
        'give weights of zero or more',
      );
    total += weight;
  }
  if (!(total > 0))
    return mistake('mixture', 'the weights sum to zero', 'give at least one component a positive weight');
  return { kind: 'mixture', components };
}

/**
 * The distribution of a variable whose Box-Cox transform is distributed as `of`.
 *
 * @param lambda 0 for the logarithm, 0.5 for a square root, 1 for no transform but a shift by one
 * @param options `low` and `high` cap the variable on its own scale; each defaults to no cap
 * @throws RangeError when lambda is not finite or the caps are out of order
 * @example transformed(normal(0, 0.25), 0, { high: 10 }).high // 10
 */
export function transformed(
  of: Distribution,
  lambda: number,
  options: { low?: number; high?: number } = {},
): Transformed {
  checkDistribution('transformed', of);
  checkOptions('transformed', options, 'low high');
  const { low, high } = options;
  if (!Number.isFinite(lambda))
    return mistake('transformed', `lambda ${shown(lambda)} is not a number`, 'give 0 for the logarithm');
  if ((low ?? -Infinity) > (high ?? Infinity)) {
    return mistake('transformed', `the caps ${low} to ${high} are out of order`, 'give the lower one as low');
  }
  return {
    kind: 'transformed',
    lambda,
    of,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
}

/** Shapes `a`, `b` of the beta distribution that a PERT distribution stretches over its bounds. */
export function pertShapes(d: Pert): readonly [a: number, b: number] {
  const shape = d.shape ?? 4;
  const width = d.high - d.low;
  return [1 + (shape * (d.mode - d.low)) / width, 1 + (shape * (d.high - d.mode)) / width];
}

function number(value: Rate, call: string): number {
  return ratio(value, call);
}

function spread(value: Rate, name: string, call: string): number {
  const sd = ratio(value, call);
  return sd >= 0 ? sd : mistake(call, `${name} ${sd} is negative`, 'give zero or more');
}

function threePoints(
  low: Rate,
  mode: Rate,
  high: Rate,
  call: string,
): { low: number; mode: number; high: number } {
  const [a, m, b] = [number(low, call), number(mode, call), number(high, call)];
  if (a <= m && m <= b) return { low: a, mode: m, high: b };
  return mistake(call, `low ${a}, mode ${m} and high ${b} are out of order`, 'give them in ascending order');
}

const kinds: ReadonlySet<unknown> = /* @__PURE__ */ new Set<Distribution['kind']>([
  'normal',
  'lognormal',
  'uniform',
  'triangular',
  'pert',
  'student',
  'two-piece-normal',
  'empirical',
  'mixture',
  'transformed',
]);

/** Whether a value is one of the distributions. */
export function isDistribution(value: unknown): value is Distribution {
  return kinds.has((value as { readonly kind?: unknown } | null | undefined)?.kind);
}

/** Refuse what is not a distribution: the check of every public function that takes one. */
export function checkDistribution(call: string, value: unknown): void {
  if (!isDistribution(value))
    mistake(call, `the distribution is ${shown(value)}`, "give one, such as normal('8%', '1%')");
}

/** Refuse a factor that has no distribution. */
export function checkFactors(factors: Readonly<Record<string, unknown>>, call: string): void {
  for (const [name, factor] of Object.entries(factors)) {
    if (!isDistribution(factor))
      mistake(
        call,
        `the factor '${name}' is ${shown(factor)}`,
        'give a distribution, such as normal(0.08, 0.01); for a constant uniform(5, 5)',
      );
  }
}
