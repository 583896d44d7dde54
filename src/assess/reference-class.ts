import { argument, checkOptions, listArgument } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { band, centerOf, inBand } from '../plan/relation.ts';
import type { Relation } from '../plan/relation.ts';
import { empirical, mixture } from '../uncertainty/distribution.ts';
import type { Distribution, Empirical } from '../uncertainty/distribution.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';

/** A target that was once set, and what came of it; a missing outcome is `null`. */
export interface TargetCase {
  readonly place: string;
  readonly year: number;
  readonly relation: Relation | null;
  readonly outcome: number | null;
}

/** How targets of a kind have fared: the outside view. */
export interface ReferenceClass {
  /** Cases with both a target and an outcome. */
  readonly cases: readonly {
    readonly place: string;
    readonly year: number;
    readonly target: number;
    readonly outcome: number;
    readonly error: number;
    readonly met: boolean;
  }[];
  /** Mean of outcome minus target, and its standard deviation. */
  readonly mean: number;
  readonly sd: number;
  /** Share of cases whose outcome lay in the target's band. */
  readonly met: number;
  /** Outcome minus target, each case equally likely. */
  readonly errors: Empirical;
  /** Cases left out for want of a target or an outcome. */
  readonly left: number;
}

/**
 * How targets of this kind have fared, as a distribution of outcome minus target: Kahneman and Tversky's outside view,
 * to stand beside, or be pooled with, what a model says.
 *
 * @param cases targets and outcomes, such as `seeds/growth-targets.json`
 * @param options.like which cases belong to the class; defaults to all
 * @throws RangeError when no case with both a target and an outcome is left
 * @example
 * referenceClass([{ place: 'A', year: 2014, relation: about('8%'), outcome: 0.07 }]).mean // -0.01
 */
export function referenceClass(
  cases: readonly TargetCase[],
  options: { readonly like?: (one: TargetCase) => boolean } = {},
): ReferenceClass {
  listArgument('referenceClass', 'the list of cases', cases);
  for (const one of cases) argument('referenceClass', 'object', one, 'case');
  checkOptions('referenceClass', options, 'like');
  const { like = () => true } = options;
  const known = cases.flatMap((one) => {
    const target = one.relation === null ? undefined : centerOf(one.relation);
    if (!like(one) || target === undefined || one.outcome === null) return [];
    const limits = band(one.relation!);
    const error = Number((one.outcome - target).toPrecision(12));
    return [
      {
        place: one.place,
        year: one.year,
        target,
        outcome: one.outcome,
        error,
        met: limits !== undefined && inBand(limits, one.outcome),
      },
    ];
  });
  if (known.length === 0)
    return mistake(
      'referenceClass',
      `none of ${cases.length} cases has a target and an outcome`,
      'widen the class',
    );
  const mean = known.reduce((sum, { error }) => sum + error, 0) / known.length;
  const square = known.reduce((sum, { error }) => sum + (error - mean) ** 2, 0);
  return {
    cases: known,
    mean,
    sd: known.length > 1 ? Math.sqrt(square / (known.length - 1)) : NaN,
    met: known.filter((one) => one.met).length / known.length,
    errors: empirical(known.map(({ error }) => error)),
    left: cases.filter(like).length - known.length,
  };
}

/**
 * The outside view of one target: its value plus the errors of its class; pooled with an inside view when one is given.
 *
 * @param target the target's value, as a ratio or percent string
 * @example outsideView('8%', referenceClass([{ place: 'A', year: 2014, relation: about('8%'), outcome: 0.07 }])).values // [0.07]
 */
export function outsideView(target: Rate, reference: ReferenceClass): Empirical;
/** The outside view pooled with an inside view: a linear opinion pool (Stone 1961). */
export function outsideView(
  target: Rate,
  reference: ReferenceClass,
  options: {
    /** Distribution of the outcome by a model or forecast. */
    readonly inside: Distribution;
    /** Weight of the inside view, 0 to 1; defaults to 0.5. */
    readonly weight?: number;
  },
): Distribution;
export function outsideView(
  target: Rate,
  reference: ReferenceClass,
  options?: { readonly inside: Distribution; readonly weight?: number },
): Distribution {
  argument('outsideView', 'object', (reference as ReferenceClass | undefined)?.errors, 'reference class');
  const value = ratio(target, 'outsideView');
  const outside = empirical(reference.errors.values.map((error) => Number((value + error).toPrecision(12))));
  if (options === undefined) return outside;
  const { inside, weight = 0.5 } = options;
  if (!(weight >= 0 && weight <= 1))
    return mistake('outsideView', `the weight is ${shown(weight)}`, 'give a number from 0 to 1');
  return mixture([
    { weight, of: inside },
    { weight: 1 - weight, of: outside },
  ]);
}
