import { binary, eachVariable, number } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { FormulaError, parseEquation } from '../formula/parse.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import type { System } from '../model/system.ts';
import type { Plan } from '../plan/plan.ts';
import { frequencyOf, periodAt } from '../time/period.ts';
import type { Frequency, Period } from '../time/period.ts';
import { extent, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { affine } from './consistency-equations.ts';

const CALL = 'consistency';
/** An identity that is further off in the base period is reported. */
const DISCREPANCY = 1e-9;

/** An identity of the plan, parsed. */
export interface Identity {
  readonly text: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly names: readonly string[];
  readonly hasLags: boolean;
}

export function readIdentities(
  plan: Plan,
  history: Dataset,
  system: System | undefined,
  model: Model | undefined,
  issues: Issue[],
): Identity[] {
  const names = new Set([
    ...Object.keys(plan.indicators),
    ...Object.keys(history),
    ...(system === undefined ? [] : [...system.determines.keys(), ...system.exogenous]),
    ...Object.keys(model?.parameters ?? {}),
  ]);
  return (plan.identities ?? []).map((text, i) => {
    let sides;
    try {
      sides = parseEquation(text, { variables: [...names] });
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      return mistake(CALL, `identity ${i + 1}: ${error.problem} in ${shown(text)}`, error.wayOut);
    }
    const used = new Set<string>();
    let hasLags = false;
    for (const side of [sides.left, sides.right])
      eachVariable(side, (name, lag) => {
        used.add(name);
        hasLags ||= lag > 0;
      });
    for (const name of used)
      if (!names.has(name))
        mistake(
          CALL,
          `identity ${shown(text)} names '${name}', which nothing defines`,
          suggestion(name, names),
        );
    const prices = new Set(
      [...used].map((name) => plan.indicators[name]?.prices).filter((p) => p !== undefined),
    );
    if (
      prices.has('current') &&
      prices.has('constant') &&
      !isProduct(sides.left) &&
      !isProduct(sides.right)
    ) {
      issues.push({
        code: 'mixed-price-basis',
        path: ['identities', i],
        expected: 'indicators at the same prices',
        received: text,
        severity: 'warning',
      });
    }
    return { text, ...sides, names: [...used], hasLags };
  });
}

function isProduct(e: Expression): boolean {
  return e.kind === 'binary' && (e.op === '*' || e.op === '/');
}

/**
 * An identity as an expression that is zero: both sides over their own value in the base period, so that rounding and
 * price chains that do not quite add up there are carried on in proportion and not taken for a conflict.
 */
export function balancedForm(
  { text, left, right }: Identity,
  known: (name: string, index: number) => number | undefined,
  base: number,
  issues: Issue[] | undefined,
): Expression {
  const valueOf = (side: Expression): number | undefined => {
    let complete = true;
    eachVariable(side, (name, lag) => {
      complete &&= known(name, base - lag) !== undefined;
    });
    if (!complete) return undefined;
    const found = affine(side, (name, lag) => ({ value: known(name, base - lag)! }));
    return found === undefined || !Number.isFinite(found.constant) ? undefined : found.constant;
  };
  const [a, b] = [valueOf(left), valueOf(right)];
  const difference = binary('-', left, right);
  if (a === undefined || b === undefined) return difference;
  const isOff = Math.abs(a - b) > DISCREPANCY * Math.max(Math.abs(a), Math.abs(b));
  if (isOff)
    issues?.push({
      code: 'shares-do-not-sum',
      path: ['identities'],
      expected: `${text} in the base period`,
      received: `${Number(a.toPrecision(6))} and ${Number(b.toPrecision(6))}: the difference is carried on in proportion`,
      severity: 'warning',
    });
  if (a * b > 0) return binary('-', binary('/', left, number(a)), binary('/', right, number(b)));
  return isOff ? binary('-', difference, number(a - b)) : difference;
}

/** Levels before the plan: from the history, and where one name of an identity is missing, from the identity. */
export function knownLevels(
  history: Dataset,
  identities: readonly Identity[],
  first: number,
  year: number,
  frequency: Frequency,
): (name: string, index: number) => number | undefined {
  const derived = new Map<string, number>();
  const known = (name: string, index: number): number | undefined =>
    levelIn(history, name, index, frequency) ?? derived.get(`${name}@${index}`);
  for (let changed = true; changed;) {
    changed = false;
    for (const { left, right, names } of identities) {
      for (let index = first - year; index < first; index++) {
        const missing = names.filter((name) => known(name, index) === undefined);
        const [name] = missing;
        if (name === undefined || missing.length > 1) continue;
        const e = affine(binary('-', left, right), (n, lag) => {
          if (n === name && lag === 0) return { unknown: 0, offset: 0, scale: 1 };
          return { value: known(n, index - lag) ?? NaN };
        });
        const value = e === undefined ? NaN : -e.constant / (e.terms[0]?.[1] ?? NaN);
        if (!Number.isFinite(value)) continue;
        derived.set(`${name}@${index}`, value);
        changed = true;
      }
    }
  }
  return known;
}

export function levelIn(
  history: Dataset,
  name: string,
  index: number,
  frequency: Frequency,
): number | undefined {
  const s = Object.hasOwn(history, name) ? history[name] : undefined;
  if (s === undefined) return undefined;
  if (frequencyOf(s.start) !== frequency) {
    return mistake(
      CALL,
      `the history of '${name}' is by ${frequencyOf(s.start)} and the plan by ${frequency}`,
      'aggregate or disaggregate it to one frequency',
    );
  }
  const value = valueAt(s, periodAt(frequency, index));
  if (Math.abs(value) === Infinity)
    mistake(
      CALL,
      `the history of '${name}' is ${value} at ${periodAt(frequency, index)}`,
      'give a finite level',
    );
  return Number.isNaN(value) ? undefined : value;
}

export function missingLevel(text: string, name: string, period: Period, history: Dataset): never {
  const s = Object.hasOwn(history, name) ? history[name] : undefined;
  const has = s === undefined ? 'it has no history' : valueAt(s, period) !== undefined && extent(s);
  return mistake(
    CALL,
    `${shown(text)} needs the level of '${name}' at ${period} (${has})`,
    'give it in the history: growth rates are weighed with the levels of the base period',
  );
}
