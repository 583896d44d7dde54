import { argument } from '../argument.ts';
import { describeIssue } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { addPeriods, frequencyOf, isPeriod, periodsBetween } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { inCircles, inStepChains, measureKey } from './in-step.ts';
import type { Indicator } from './indicator.ts';
import { band, centerOf } from './relation.ts';
import type { Band, Relation, Widths } from './relation.ts';
import { firmnesses } from './target.ts';
import type { Target } from './target.ts';

/**
 * A plan: what it is about, its targets, and the years it covers. The base year is the period before the span.
 *
 * Plain JSON all through: `definePlan` adds checks and types, `readPlanFile` reads one from a file.
 */
export interface Plan<I extends string = string> {
  readonly name: string;
  readonly span: Span;
  readonly indicators: Readonly<Record<I, Indicator<I>>>;
  readonly targets: readonly Target<I>[];
  /** Accounting identities among indicators' levels, as equations such as `'gdp = va_industry + va_services'`. */
  readonly identities?: readonly string[];
  /** Half widths of "about" and "in step with" in this plan. Defaults to `defaultWidths`. */
  readonly widths?: Partial<Widths>;
  /** Where the plan was published. */
  readonly source?: string;
  /** Figures that are not the plan's, with what they stand for: shown wherever they are used. */
  readonly assumptions?: readonly Assumption[];
  /** Groups that the plan names, such as its engines; `members` is absent where the plan does not list them. */
  readonly groups?: readonly Group[];
}

/** A figure that somebody other than the plan supplied. */
export interface Assumption {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

/** A named group of a plan. Without `members` the plan names it and never lists them. */
export interface Group {
  readonly name: string;
  readonly members?: readonly string[];
}

/**
 * A plan from code. A misspelt indicator is a compile error on its own line; what types cannot see is checked here.
 *
 * @param plan name, span, indicators and targets
 * @returns the same plan, typed by its indicators' names
 * @throws RangeError with the first error that `checkPlan` finds
 * @example definePlan({ name: 'P', span: ['2014', '2014'], indicators: { gdp: { label: 'GDP', unit: 'CNY', kind: 'flow' } }, targets: [] }).name // 'P'
 */
export function definePlan<const I extends string>(
  plan: Omit<Plan<I>, 'targets'> & { readonly targets: readonly Target<NoInfer<I>>[] },
): Plan<I> {
  argument('definePlan', 'plan', plan);
  const error = checkPlan(plan).find((issue) => issue.severity !== 'warning');
  if (error !== undefined)
    return mistake('definePlan', describeIssue(error), `mend the plan ${shown(plan.name)}`);
  return plan;
}

/**
 * Everything wrong or doubtful in a plan, as issues with their place: unknown indicators, ranges that run backwards,
 * in-step circles, targets outside the span, in-step relations that compare real with nominal.
 *
 * @returns an empty list when all is well; warnings for what can be used as it stands
 */
export function checkPlan(plan: Plan): Issue[] {
  argument('checkPlan', 'plan', plan);
  return [
    ...spanIssues(plan),
    ...plan.targets.flatMap((target, i) => targetIssues(plan, target, ['targets', i])),
    ...circleIssues(plan),
    ...duplicateIssues(plan),
  ];
}

/** The base period of a plan: the one before its span. @example basePeriod(plan) // '2013' for a plan of 2014 */
export function basePeriod(plan: Plan): Period {
  argument('basePeriod', 'plan', plan);
  return addPeriods(plan.span[0], -1);
}

/**
 * The period or span that a target is about: its own, or the plan's. A cumulative growth to one later period is that from
 * the plan's base to it.
 */
export function periodOf(plan: Plan, target: Target): Period | Span {
  argument('periodOf', 'plan', plan);
  argument('periodOf', 'target', target);
  const period = target.period ?? plan.span[1];
  const [first] = plan.span;
  const isFromBase =
    target.cumulative === true &&
    target.measure === 'growth' &&
    typeof period === 'string' &&
    frequencyOf(period) === frequencyOf(first) &&
    period > first;
  return isFromBase ? [first, period] : period;
}

/**
 * The band of a target within its plan: widths from the plan, the leader of an in-step relation from `leaders`, and
 * where that says nothing from the leader's own target (the middle of its relation).
 *
 * @param leaders value of the leader's measure by indicator, where it is known or projected
 * @returns undefined when an in-step leader has neither a value nor a target of the same measure
 */
export function targetBand(
  plan: Plan,
  target: Target,
  leaders: Readonly<Record<string, number>> = {},
): Band | undefined {
  argument('targetBand', 'plan', plan);
  argument('targetBand', 'target', target);
  return bandOf(plan, target, leaders);
}

function bandOf(
  plan: Plan,
  target: Target,
  leaders: Readonly<Record<string, number>> = {},
): Band | undefined {
  const leader = leaderValue(plan, target, leaders);
  return band(target.relation, {
    measure: target.measure,
    ...(plan.widths === undefined ? {} : { widths: plan.widths }),
    ...(leader === undefined ? {} : { leader }),
  });
}

/** The one number that a target names, with an in-step leader resolved through the plan; undefined when unknown. */
export function targetValue(
  plan: Plan,
  target: Target,
  leaders: Readonly<Record<string, number>> = {},
): number | undefined {
  argument('targetValue', 'plan', plan);
  argument('targetValue', 'target', target);
  return centerOf(target.relation, leaderValue(plan, target, leaders));
}

function leaderValue(
  plan: Plan,
  target: Target,
  leaders: Readonly<Record<string, number>>,
): number | undefined {
  return target.relation.kind === 'in-step-with' ? inStepChains(plan)(target, leaders) : undefined;
}

function spanIssues(plan: Plan): Issue[] {
  const [from, to] = plan.span;
  for (const [i, period] of plan.span.entries()) {
    if (!isPeriod(period)) {
      return [
        {
          code: 'bad-period',
          path: ['span', i],
          expected: "'2014', '2014-Q3' or '2014-07'",
          received: shown(period),
        },
      ];
    }
  }
  if (frequencyOf(from) !== frequencyOf(to)) {
    return [
      {
        code: 'bad-period',
        path: ['span', 1],
        expected: `a ${frequencyOf(from)} like ${from}`,
        received: shown(to),
      },
    ];
  }
  if (periodsBetween(from, to) < 0) {
    return [
      { code: 'bad-range', path: ['span'], expected: 'the first period first', received: `${from} to ${to}` },
    ];
  }
  return [];
}

function targetIssues(plan: Plan, target: Target, path: readonly (string | number)[]): Issue[] {
  const issues: Issue[] = [];
  const unknown = (name: string, at: string[]) =>
    issues.push({
      code: 'unknown-indicator',
      path: [...path, ...at],
      expected: `an indicator of the plan (${suggestion(name, Object.keys(plan.indicators))})`,
      received: shown(name),
    });
  if (!Object.hasOwn(plan.indicators, target.indicator)) unknown(target.indicator, ['indicator']);
  issues.push(...relationIssues(target.relation, [...path, 'relation']));
  if (target.relation.kind === 'in-step-with') {
    const leader = target.relation.indicator;
    if (!Object.hasOwn(plan.indicators, leader)) unknown(leader, ['relation', 'indicator']);
    else issues.push(...priceBasisIssues(plan, target, leader, path));
  }
  if (target.firmness !== undefined && !firmnesses.includes(target.firmness)) {
    issues.push({
      code: 'wrong-type',
      path: [...path, 'firmness'],
      expected: firmnesses.join(', '),
      received: shown(target.firmness),
    });
  }
  if (target.deadline !== undefined && !isDate(target.deadline)) {
    issues.push({
      code: 'bad-date',
      path: [...path, 'deadline'],
      expected: "an ISO date such as '2014-12-31'",
      received: shown(target.deadline),
    });
  }
  issues.push(...periodIssues(plan, target, path));
  return issues;
}

function relationIssues(relation: Relation, path: readonly (string | number)[]): Issue[] {
  const issues: Issue[] = [];
  const fields = { ...relation } as Record<string, unknown>;
  for (const key of ['value', 'low', 'high', 'width']) {
    const value = fields[key];
    if (value !== undefined && !Number.isFinite(value)) {
      issues.push({
        code: 'bad-number',
        path: [...path, key],
        expected: 'a finite number',
        received: shown(value),
      });
    }
  }
  if (relation.kind === 'within' && relation.low > relation.high) {
    issues.push({
      code: 'bad-range',
      path,
      expected: 'low at most high',
      received: `${relation.low} to ${relation.high}`,
    });
  }
  if (
    (relation.kind === 'about' || relation.kind === 'in-step-with') &&
    relation.width !== undefined &&
    relation.width < 0
  ) {
    issues.push({
      code: 'bad-range',
      path: [...path, 'width'],
      expected: 'zero or more',
      received: shown(relation.width),
    });
  }
  return issues;
}

function priceBasisIssues(
  plan: Plan,
  target: Target,
  leader: string,
  path: readonly (string | number)[],
): Issue[] {
  const [own, theirs] = [plan.indicators[target.indicator]?.prices, plan.indicators[leader]?.prices];
  if (own === undefined || theirs === undefined || (own === 'constant') === (theirs === 'constant'))
    return [];
  return [
    {
      code: 'mixed-price-basis',
      path: [...path, 'relation'],
      expected: `${leader} and ${target.indicator} at the same prices, or both readings reported`,
      received: `${target.indicator} at ${own} prices, ${leader} at ${theirs} prices`,
      severity: 'warning',
    },
  ];
}

function periodIssues(plan: Plan, target: Target, path: readonly (string | number)[]): Issue[] {
  if (target.period === undefined) return [];
  const periods = typeof target.period === 'string' ? [target.period] : target.period;
  const issues: Issue[] = [];
  for (const period of periods) {
    if (!isPeriod(period)) {
      issues.push({
        code: 'bad-period',
        path: [...path, 'period'],
        expected: "'2014', '2014-Q3' or '2014-07'",
        received: shown(period),
      });
    } else if (frequencyOf(period) === frequencyOf(plan.span[0]) && period < plan.span[0]) {
      issues.push({
        code: 'outside-span',
        path: [...path, 'period'],
        expected: `${plan.span[0]} or later`,
        received: period,
        severity: 'warning',
      });
    }
  }
  const [from, to] = periods;
  if (issues.length === 0 && from !== undefined && to !== undefined && from > to) {
    issues.push({
      code: 'bad-range',
      path: [...path, 'period'],
      expected: 'the first period first',
      received: `${from} to ${to}`,
    });
  }
  return issues;
}

function circleIssues(plan: Plan): Issue[] {
  const circled = inCircles(plan);
  return plan.targets.flatMap((target, i): Issue[] => {
    if (target.relation.kind !== 'in-step-with' || !circled.has(measureKey(target, target.indicator)))
      return [];
    return [
      {
        code: 'circular-reference',
        path: ['targets', i, 'relation'],
        expected: 'a leader with a target of its own',
        received: `${target.indicator} in step with ${target.relation.indicator}, which comes back to it`,
      },
    ];
  });
}

/** Two targets for the same measure, period and scope that no value can meet together stand twice. */
function duplicateIssues(plan: Plan): Issue[] {
  const seen = new Map<string, number>();
  const issues: Issue[] = [];
  for (const [i, target] of plan.targets.entries()) {
    if (target.relation.kind === 'in-step-with' || target.partOf !== undefined) continue;
    const key = JSON.stringify([
      target.indicator,
      target.measure,
      target.period ?? plan.span[1],
      target.threshold ?? null,
      target.deadline ?? null,
    ]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else if (!overlap(bandOf(plan, plan.targets[first]!), bandOf(plan, target))) {
      issues.push({
        code: 'duplicate',
        path: ['targets', i],
        expected: `something that targets[${first}] does not rule out`,
        received: `${target.indicator} ${target.measure} again`,
        severity: 'warning',
      });
    }
  }
  return issues;
}

function overlap(a: Band | undefined, b: Band | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return Math.max(a.low ?? -Infinity, b.low ?? -Infinity) <= Math.min(a.high ?? Infinity, b.high ?? Infinity);
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}
