import type { Issue } from '../issue.ts';
import { targetBand, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { defaultWidths } from '../plan/relation.ts';
import type { Band } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { frequencyOf, indexOf, lastPeriod } from '../time/period.ts';
import type { Frequency, Period, Span } from '../time/period.ts';
import { minus, negated } from './consistency-equations.ts';
import type { Affine } from './consistency-equations.ts';
import type { BandRow } from './consistency-row.ts';

export interface TargetContext {
  readonly first: number;
  readonly year: number;
  readonly frequency: Frequency;
  readonly level: (name: string, index: number) => Affine | undefined;
  readonly growth: (name: string, from: number, to: number) => Pick<BandRow, 'of' | 'divisor'> | string;
  /** Whether a name's levels are an index, of which a target for the level says nothing. */
  readonly isIndex: (name: string) => boolean;
  readonly issues: Issue[];
}

/** A target as a row, or what it would take to make it one. */
export function targetRow(
  plan: Plan,
  target: Target,
  i: number,
  span: Period | Span,
  context: TargetContext,
): BandRow | string {
  const { first, frequency, issues } = context;
  const [from, to] = typeof span === 'string' ? [span, span] : span;
  if (frequencyOf(to) !== frequency || frequencyOf(from) !== frequency) return `a period by ${frequency}`;
  if (indexOf(from) < first) return `a period from ${plan.span[0]} on`;
  const name = quantityOf(plan, target);
  if ((target.measure === 'level' || target.measure === 'change') && context.isIndex(name))
    return `levels of ${name} in its unit, where the model has an index`;
  const source = { kind: 'target', target: i } as const;
  if (target.relation.kind === 'in-step-with') {
    const row = inStepRow(plan, target, name, span, context);
    if (row !== undefined) return { source, ...row };
    issues.push({
      code: 'doubtful',
      path: ['targets', i, 'relation'],
      expected: `${target.relation.indicator} and ${target.indicator} over known levels`,
      received: `growth over levels that the plan leaves open: held against the target of ${target.relation.indicator}`,
      severity: 'warning',
    });
  }
  const limits = targetBand(plan, target);
  if (limits === undefined) return `a leader with a ${target.measure} target of its own`;
  const measured = measureOf(plan, target, name, span, context);
  if (typeof measured === 'string') return measured;
  return { source, ...measured, ...openBand(limits), unit: unitOf(target, limits) };
}

function measureOf(
  plan: Plan,
  target: Target,
  name: string,
  span: Period | Span,
  { year, level, growth }: TargetContext,
): Pick<BandRow, 'of' | 'divisor' | 'years'> | string {
  const [from, to] = (typeof span === 'string' ? [span, span] : span).map(indexOf) as [number, number];
  const before = typeof span === 'string' ? to - year : from - 1;
  switch (target.measure) {
    case 'growth': {
      const years = typeof span === 'string' || target.cumulative === true ? 1 : to - before;
      const made = growth(name, before, to);
      return typeof made === 'string' ? made : { ...made, years };
    }
    case 'change': {
      const [end, base] = [level(name, to)!, level(name, before)];
      return base === undefined
        ? `a level of ${target.indicator} a year before`
        : { of: minus(end, base), years: 1 };
    }
    case 'level':
    case 'share': {
      const isTotal =
        typeof span !== 'string' &&
        target.measure === 'level' &&
        plan.indicators[target.indicator]?.kind === 'flow';
      let of = level(name, to)!;
      if (isTotal) for (let index = from; index < to; index++) of = minus(of, negated(level(name, index)!));
      return { of, years: 1 };
    }
    default:
      return target.measure satisfies never;
  }
}

/** In step: the difference of two growth rates, changes or shares, or the quotient of two levels, within the width. */
function inStepRow(
  plan: Plan,
  target: Target,
  name: string,
  span: Period | Span,
  context: TargetContext,
): Omit<BandRow, 'source'> | undefined {
  const { relation, measure } = target;
  if (relation.kind !== 'in-step-with') return undefined;
  const own = measureOf(plan, target, name, span, context);
  const theirs = measureOf(plan, target, relation.indicator, span, context);
  if (typeof own === 'string' || typeof theirs === 'string' || own.years !== 1) return undefined;
  if (own.divisor !== undefined || theirs.divisor !== undefined) return undefined;
  const width =
    relation.width ?? plan.widths?.['in-step-with']?.[measure] ?? defaultWidths['in-step-with'][measure];
  const limits = { low: -width, high: width, years: 1, unit: 1 };
  // A width of a level is a share of it, unless the target gives one in the indicator's unit.
  if (measure === 'level' && relation.width === undefined)
    return { of: own.of, divisor: theirs.of, ...limits };
  const unit = measure === 'level' ? Math.max(width, Number.MIN_VALUE) : 1;
  return { of: minus(own.of, theirs.of), ...limits, unit };
}

/** What a target is about: its indicator, or a part or a comparison of it that stands alone. */
function quantityOf(plan: Plan, target: Target): string {
  const apart = [target.threshold, target.partOf, target.versus];
  const end = target.period ?? plan.span[1];
  const isEarly = target.deadline !== undefined && target.deadline !== `${lastPeriod(end).slice(0, 4)}-12-31`;
  if (apart.every((part) => part === undefined) && !isEarly) return target.indicator;
  return `${target.indicator} (${JSON.stringify([...apart, isEarly ? target.deadline : null])})`;
}

function openBand({ low = -Infinity, high = Infinity }: Band): { low: number; high: number } {
  return { low, high };
}

/** Changes of rates weigh by the ratio point; those of levels by the size of the target. */
function unitOf({ measure }: Target, { low, high }: Band): number {
  if (measure === 'growth' || measure === 'share') return 1;
  return Math.max(Math.abs(low ?? high ?? 1), Math.abs(high ?? low ?? 1)) || 1;
}

export function levelTarget(plan: Plan, name: string): number {
  return Math.abs(levelTargetOf(plan, name) ?? 1);
}

export function levelTargetOf(plan: Plan, name: string): number | undefined {
  const target = plan.targets.find(
    (t) => quantityOf(plan, t) === name && (t.measure === 'level' || t.measure === 'share'),
  );
  return target === undefined ? undefined : targetValue(plan, target);
}
