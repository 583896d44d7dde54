import { binary, eachVariable, number } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { FormulaError, parseEquation } from '../formula/parse.ts';
import { describeIssue } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { parameterValue } from '../model/model.ts';
import type { Model } from '../model/model.ts';
import { solve } from '../model/solve.ts';
import { EquationMistake, residualForm, systemOf } from '../model/system.ts';
import type { System } from '../model/system.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { checkPlan, periodOf, targetBand, targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { defaultWidths } from '../plan/relation.ts';
import type { Band } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { frequencyOf, indexOf, perYear, periodAt } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { extent, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { affine, tangent } from './consistency-equations.ts';
import type { Affine, Cell, CellOf } from './consistency-equations.ts';

/** What a row of the question is made from. */
export type RowSource =
  | { readonly kind: 'target'; readonly target: number }
  | { readonly kind: 'identity' | 'equation'; readonly text: string; readonly period: Period }
  | {
      readonly kind: 'range';
      readonly name: string;
      readonly of: 'growth' | 'value';
      readonly period?: Period;
    }
  | { readonly kind: 'positive'; readonly name: string; readonly period: Period };

/**
 * What a row measures and the band it must lie in: `(1 + over)^(1/years) - 1` of a sum, of a quotient of two sums less 1
 * where there is a divisor, or the sum itself when `years` is 1. Always increasing in `of`.
 */
export interface BandRow {
  readonly source: RowSource;
  readonly of: Affine;
  readonly divisor?: Affine;
  readonly years: number;
  readonly low: number;
  readonly high: number;
  /** A unit of change that weighs 1: a ratio point, or the size of a level. */
  readonly unit: number;
}

/** An equation that holds: a sum that is zero, or an expression whose tangent is. */
export interface EquationRow {
  readonly source: RowSource;
  readonly exact?: Affine;
  readonly tangentAt: (point: ArrayLike<number>) => Affine;
}

/** One unknown: the level of a name at a period as a deviation from its last known level, or a parameter. */
export interface Unknown {
  readonly name: string;
  /** Absent for a parameter. */
  readonly period?: Period;
  /** Whether `name` is a series that exists outside this question: growth without a base level is not. */
  readonly isSeries: boolean;
  readonly cell: Cell;
}

/** A plan as rows over unknowns. */
export interface Rows {
  readonly unknowns: readonly Unknown[];
  /** Targets, ranges and levels that stay positive. */
  readonly bands: readonly BandRow[];
  readonly equations: readonly EquationRow[];
  /** Where iterations start. */
  readonly start: Float64Array;
  readonly isLinear: boolean;
  readonly issues: readonly Issue[];
  /** Targets that became no row, by position. */
  readonly leftOut: readonly number[];
}

/** Highest and lowest value of a parameter, or growth over the year before of anything else. */
export type Ranges = Readonly<Partial<Record<string, readonly [Rate, Rate]>>>;

const CALL = 'consistency';
/** Where a growth divides by a level that is itself unknown, that level is at least this share of the last known one. */
const FLOOR = 0.01;
/** An identity that is further off in the base period is reported. */
const DISCREPANCY = 1e-9;

/**
 * Turn a plan, its identities, a model and ranges into rows over unknown levels.
 *
 * Unknowns are levels, as deviations from the last level before the plan: growth over a known level is then a sum, and an
 * identity among levels weighs growth rates with base-period shares, exactly. A growth over a level that is itself
 * unknown (a later year of a plan) is a quotient, and linear once its bound is given.
 */
export function rowsOf(plan: Plan, model: Model | undefined, history: Dataset, ranges: Ranges): Rows {
  const checked = checkPlan(plan);
  const error = checked.find((issue) => issue.severity !== 'warning');
  if (error !== undefined) mistake(CALL, describeIssue(error), `mend the plan ${shown(plan.name)}`);
  if (plan.targets.length === 0)
    mistake(CALL, `the plan ${shown(plan.name)} has no targets`, 'give at least one');
  const issues: Issue[] = [...checked];
  const frequency = frequencyOf(plan.span[0]);
  const first = indexOf(plan.span[0]);
  const year = perYear[frequency];
  const at = (index: number): Period => periodAt(frequency, index);
  const system = model === undefined ? undefined : readModel(model);
  const identities = readIdentities(plan, history, system, model, issues);
  const known = knownLevels(history, identities, first, year, frequency);
  const driven = drivers(plan, model, system, ranges);

  const unknowns: Unknown[] = [];
  const cells = new Map<string, Cell>();
  /** Growth of what has no level before the plan is measured on an index of its own, which is 1 then. */
  const indexOnly = (name: string): string => `${name} (growth)`;
  const hasBase = (name: string): boolean => known(name, first - 1) !== undefined;
  const cell = (name: string, index: number): Cell | undefined => {
    if (driven.parameters.has(name)) return parameterCell(name);
    if (index < first) {
      if (name.endsWith(' (growth)')) return { value: 1 };
      const value = known(name, index);
      return value === undefined ? undefined : { value };
    }
    const key = `${name}@${index}`;
    let found = cells.get(key);
    if (found === undefined) {
      const value = driven.given(name) ? levelIn(history, name, index, frequency) : undefined;
      if (value === undefined) {
        const size = name.endsWith(' (growth)') ? 1 : (known(name, first - 1) ?? levelTarget(plan, name));
        found = { unknown: unknowns.length, offset: size || 1, scale: size || 1 };
        unknowns.push({ name, period: at(index), isSeries: !name.includes(' ('), cell: found });
      } else found = { value };
      cells.set(key, found);
    }
    return found;
  };
  const parameterCell = (name: string): Cell => {
    let found = cells.get(name);
    if (found === undefined) {
      const value = parameterValue(model!.parameters[name]!);
      if (driven.parameters.get(name) === undefined) found = { value };
      else {
        found = { unknown: unknowns.length, offset: value, scale: 1 };
        unknowns.push({ name, isSeries: true, cell: found });
      }
      cells.set(name, found);
    }
    return found;
  };
  const level = (name: string, index: number): Affine | undefined => {
    const c = cell(name, index);
    if (c === undefined) return undefined;
    return c.unknown === undefined
      ? { terms: [], constant: c.value }
      : { terms: [[c.unknown, c.scale]], constant: c.offset };
  };

  const bands: BandRow[] = [];
  const leftOut: number[] = [];
  const positive = new Map<string, { name: string; index: number }>();
  /** Growth of a name between two periods as a quotient less 1, or as a sum where the base is known. */
  const growth = (name: string, from: number, to: number): Pick<BandRow, 'of' | 'divisor'> | string => {
    const own = hasBase(name) || name.endsWith(' (growth)') ? name : indexOnly(name);
    const base = cell(own, from);
    const end = level(own, to);
    if (base === undefined || end === undefined) return `a level of ${name} at ${at(from)}`;
    if (base.unknown === undefined) {
      if (!(base.value > 0)) return `a positive level of ${name} at ${at(from)}`;
      return { of: relativeTo(end, base.value) };
    }
    positive.set(`${own}@${from}`, { name: own, index: from });
    return { of: end, divisor: level(own, from)! };
  };

  // Targets in an order of their own, so that the order in which a plan lists them does not matter.
  const order = plan.targets.map((target, i) => [JSON.stringify(target), i] as const).toSorted(byText);
  const spans = plan.targets.map((target) => periodOf(plan, target));
  let last = indexOf(plan.span[1]);
  for (const span of spans) {
    const end = typeof span === 'string' ? span : span[1];
    if (frequencyOf(end) === frequency) last = Math.max(last, indexOf(end));
  }
  for (const [, i] of order) {
    const target = plan.targets[i]!;
    const made = targetRow(plan, target, i, spans[i]!, { first, year, frequency, level, growth, issues });
    if (typeof made === 'string') {
      leftOut.push(i);
      issues.push({
        code: 'not-read',
        path: ['targets', i],
        expected: made,
        received: 'a target that the question leaves out',
        severity: 'warning',
      });
    } else bands.push(made);
  }

  const equations: EquationRow[] = [];
  const addEquation = (
    e: Expression,
    index: number,
    source: RowSource,
    missing: (name: string, index: number) => never,
  ): void => {
    const cellOf: CellOf = (name, lag) => cell(name, index - lag) ?? missing(name, index - lag);
    const exact = affine(e, cellOf);
    const scaled = exact === undefined ? undefined : normalised(exact);
    const tangentAt = (point: ArrayLike<number>): Affine => scaled ?? normalised(tangent(e, cellOf, point));
    equations.push({ source, tangentAt, ...(scaled === undefined ? {} : { exact: scaled }) });
  };
  const touched = new Set(unknowns.map((u) => u.period ?? ''));
  for (const identity of identities) {
    for (let index = first; index <= last; index++) {
      if (!identity.hasLags && !touched.has(at(index))) continue;
      const grown = identity.names.filter(
        (name) => !driven.parameters.has(name) && !hasBase(name) && levelTargetOf(plan, name) === undefined,
      );
      const withGrowth = identity.names.some(
        (name) => hasBase(name) || cells.has(`${indexOnly(name)}@${index}`),
      );
      if (grown.length > 0 && withGrowth) missingLevel(identity.text, grown[0]!, at(first - 1), history);
      addEquation(
        balancedForm(identity, known, first - 1, index === first ? issues : undefined),
        index,
        { kind: 'identity', text: identity.text, period: at(index) },
        (name, i) => missingLevel(identity.text, name, at(i), history),
      );
    }
  }
  if (system !== undefined) {
    const written = new Set(identities.map(({ text }) => text.replace(/\s/g, '')));
    for (const equation of system.equations) {
      if (written.has(equation.text.replace(/\s/g, ''))) continue;
      for (let index = first; index <= last; index++) {
        addEquation(
          residualForm(equation),
          index,
          { kind: 'equation', text: equation.text, period: at(index) },
          (name, i) => missingLevel(equation.text, name, at(i), history),
        );
      }
    }
  }
  bands.push(
    ...rangeRows(ranges, model, driven, first, last, at, parameterCell, (name, index) =>
      growth(name, index - year, index),
    ),
  );
  for (const { name, index } of positive.values()) {
    const c = cell(name, index)!;
    if (c.unknown === undefined) continue;
    bands.push({
      source: { kind: 'positive', name: name.replace(/ \(growth\)$/, ''), period: at(index) },
      of: { terms: [[c.unknown, Math.sign(c.scale)]], constant: Math.sign(c.scale) },
      years: 1,
      low: FLOOR,
      high: Infinity,
      unit: 1,
    });
  }
  const isLinear = equations.every((e) => e.exact !== undefined);
  const start = startOf(plan, unknowns, bands, isLinear ? undefined : model, system, history, [
    at(first),
    at(last),
  ]);
  return { unknowns, bands, equations, start, isLinear, issues, leftOut };
}

interface Context {
  readonly first: number;
  readonly year: number;
  readonly frequency: ReturnType<typeof frequencyOf>;
  readonly level: (name: string, index: number) => Affine | undefined;
  readonly growth: (name: string, from: number, to: number) => Pick<BandRow, 'of' | 'divisor'> | string;
  readonly issues: Issue[];
}

/** A target as a row, or what it would take to make it one. */
function targetRow(
  plan: Plan,
  target: Target,
  i: number,
  span: Period | Span,
  context: Context,
): BandRow | string {
  const { first, frequency, issues } = context;
  const [from, to] = typeof span === 'string' ? [span, span] : span;
  if (frequencyOf(to) !== frequency || frequencyOf(from) !== frequency) return `a period by ${frequency}`;
  if (indexOf(from) < first) return `a period from ${plan.span[0]} on`;
  const name = quantityOf(plan, target);
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
  { year, level, growth }: Context,
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
  context: Context,
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
  const isEarly =
    target.deadline !== undefined &&
    target.deadline !== `${(typeof end === 'string' ? end : end[1]).slice(0, 4)}-12-31`;
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

// ---- identities and models ------------------------------------------------------------------------------------------

interface Identity {
  readonly text: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly names: readonly string[];
  readonly hasLags: boolean;
}

function readIdentities(
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

function readModel(model: Model): System {
  try {
    return systemOf(model);
  } catch (error) {
    if (error instanceof EquationMistake) return mistake(CALL, error.message, error.wayOut);
    throw error;
  }
}

/**
 * An identity as an expression that is zero: both sides over their own value in the base period, so that rounding and
 * price chains that do not quite add up there are carried on in proportion and not taken for a conflict.
 */
function balancedForm(
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
function knownLevels(
  history: Dataset,
  identities: readonly Identity[],
  first: number,
  year: number,
  frequency: ReturnType<typeof frequencyOf>,
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

function levelIn(
  history: Dataset,
  name: string,
  index: number,
  frequency: ReturnType<typeof frequencyOf>,
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

function missingLevel(text: string, name: string, period: Period, history: Dataset): never {
  const s = Object.hasOwn(history, name) ? history[name] : undefined;
  const has = s === undefined ? 'it has no history' : valueAt(s, period) !== undefined && extent(s);
  return mistake(
    CALL,
    `${shown(text)} needs the level of '${name}' at ${period} (${has})`,
    'give it in the history: growth rates are weighed with the levels of the base period',
  );
}

interface Drivers {
  /** Parameters of the model: with a range they are unknown, without one they are what they are. */
  readonly parameters: ReadonlyMap<string, readonly [Rate, Rate] | undefined>;
  /** Whether a name's values in the plan's periods come from the history. */
  readonly given: (name: string) => boolean;
}

function drivers(plan: Plan, model: Model | undefined, system: System | undefined, ranges: Ranges): Drivers {
  const parameters = new Map<string, readonly [Rate, Rate] | undefined>();
  for (const [name, parameter] of Object.entries(model?.parameters ?? {}))
    parameters.set(name, ranges[name] ?? (typeof parameter === 'number' ? undefined : parameter.range));
  const named = new Set([
    ...plan.targets.flatMap(({ indicator, relation }) =>
      relation.kind === 'in-step-with' ? [indicator, relation.indicator] : [indicator],
    ),
    ...Object.keys(ranges),
  ]);
  const series = [
    ...Object.keys(plan.indicators),
    ...(system?.determines.keys() ?? []),
    ...(system?.exogenous ?? []),
  ];
  for (const name of Object.keys(ranges))
    if (!parameters.has(name) && !series.includes(name))
      mistake(
        CALL,
        `there is a range for '${name}', which nothing defines`,
        suggestion(name, [...parameters.keys(), ...series]),
      );
  const exogenous = new Set(system?.exogenous);
  return { parameters, given: (name) => exogenous.has(name) && !named.has(name) };
}

function rangeRows(
  ranges: Ranges,
  model: Model | undefined,
  { parameters }: Drivers,
  first: number,
  last: number,
  at: (index: number) => Period,
  parameterCell: (name: string) => Cell,
  growth: (name: string, index: number) => Pick<BandRow, 'of' | 'divisor'> | string,
): BandRow[] {
  const rows: BandRow[] = [];
  const limits = (name: string, range: readonly [Rate, Rate]): { low: number; high: number } => {
    const [low, high] = [ratio(range[0], CALL), ratio(range[1], CALL)];
    if (low > high)
      mistake(
        CALL,
        `the range of '${name}', ${low} to ${high}, runs backwards`,
        'give the lower value first',
      );
    return { low, high };
  };
  for (const [name, range] of parameters) {
    if (range === undefined) continue;
    const c = parameterCell(name);
    if (c.unknown === undefined) continue;
    const { low, high } = limits(name, range);
    // The value a model runs on is within reach even where a documented range leaves it out.
    const value = ranges[name] === undefined ? parameterValue(model!.parameters[name]!) : low;
    rows.push({
      source: { kind: 'range', name, of: 'value' },
      of: { terms: [[c.unknown, c.scale]], constant: c.offset },
      years: 1,
      low: Math.min(low, value),
      high: Math.max(high, value),
      unit: 1,
    });
  }
  for (const [name, range] of Object.entries(ranges)) {
    if (range === undefined || parameters.has(name)) continue;
    for (let index = first; index <= last; index++) {
      const made = growth(name, index);
      if (typeof made === 'string')
        return mistake(CALL, `the range of '${name}' needs ${made}`, 'give it in the history');
      rows.push({
        source: { kind: 'range', name, of: 'growth', period: at(index) },
        ...made,
        years: 1,
        ...limits(name, range),
        unit: 1,
      });
    }
  }
  return rows;
}

/** Where to start: the model's own solution, or else each target met alone and all other levels as they were. */
function startOf(
  plan: Plan,
  unknowns: readonly Unknown[],
  bands: readonly BandRow[],
  model: Model | undefined,
  system: System | undefined,
  history: Dataset,
  over: Span,
): Float64Array {
  const start = new Float64Array(unknowns.length);
  for (const { source, of, divisor, years, low, high } of bands) {
    const [term, ...others] = of.terms;
    if (term === undefined || others.length > 0 || divisor !== undefined || start[term[0]] !== 0) continue;
    const aim = source.kind === 'target' ? targetValue(plan, plan.targets[source.target]!) : undefined;
    const value = Math.min(Math.max(aim ?? 0, low), high);
    start[term[0]] = ((years === 1 ? value : (1 + value) ** years - 1) - of.constant) / term[1];
  }
  if (model === undefined || system === undefined) return start;
  const known = Object.fromEntries(
    system.exogenous.map((name) => {
      const s =
        history[name] ??
        mistake(CALL, `the model needs a series '${name}'`, suggestion(name, Object.keys(history)));
      const missing = indexOf(over[1]) - indexOf(s.start) + 1 - s.values.length;
      return [
        name,
        missing <= 0
          ? s
          : { start: s.start, values: [...s.values, ...Array<number>(missing).fill(s.values.at(-1)!)] },
      ];
    }),
  );
  const run = solve(model, { ...history, ...known }, { over });
  unknowns.forEach(({ name, period, cell }, u) => {
    const s = Object.hasOwn(run, name) ? run[name] : undefined;
    if (s === undefined || period === undefined || cell.unknown === undefined) return;
    const value = valueAt(s, period);
    if (Number.isFinite(value)) start[u] = (value - cell.offset) / cell.scale;
  });
  for (const [u, { period }] of unknowns.entries()) if (period === undefined) start[u] = 0;
  return start;
}

// ---- sums -----------------------------------------------------------------------------------------------------------

function minus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [unknown, coefficient] of b.terms) terms.set(unknown, (terms.get(unknown) ?? 0) - coefficient);
  return { terms: [...terms], constant: a.constant - b.constant };
}

function negated({ terms, constant }: Affine): Affine {
  return { terms: terms.map(([unknown, coefficient]) => [unknown, -coefficient]), constant: -constant };
}

/** A level relative to a known one, less 1. */
function relativeTo({ terms, constant }: Affine, base: number): Affine {
  return {
    terms: terms.map(([unknown, coefficient]) => [unknown, coefficient / base]),
    constant: (constant - base) / base,
  };
}

/** The same equation with 1 as its largest coefficient. */
function normalised({ terms, constant }: Affine): Affine {
  const size = terms.reduce((max, [, coefficient]) => Math.max(max, Math.abs(coefficient)), 0);
  if (size === 0) return { terms, constant };
  return {
    terms: terms.map(([unknown, coefficient]) => [unknown, coefficient / size]),
    constant: constant / size,
  };
}

function levelTarget(plan: Plan, name: string): number {
  return Math.abs(levelTargetOf(plan, name) ?? 1);
}

function levelTargetOf(plan: Plan, name: string): number | undefined {
  const target = plan.targets.find(
    (t) => quantityOf(plan, t) === name && (t.measure === 'level' || t.measure === 'share'),
  );
  return target === undefined ? undefined : targetValue(plan, target);
}

function byText(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
}
