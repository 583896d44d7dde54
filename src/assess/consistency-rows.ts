import type { Expression } from '../formula/expression.ts';
import { describeIssue } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import { residualForm } from '../model/system.ts';
import { parameterValue } from '../model/model.ts';
import type { Model } from '../model/model.ts';
import { checkPlan, periodOf } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { frequencyOf, indexOf, lastPeriod, periodAt, perYear } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import { drivers, rangeRows, readModel, startOf } from './consistency-drivers.ts';
import type { Ranges } from './consistency-drivers.ts';
import { affine, normalised, relativeTo, tangentOf } from './consistency-equations.ts';
import type { Affine, Cell, CellOf } from './consistency-equations.ts';
import {
  balancedForm,
  knownLevels,
  levelIn,
  missingLevel,
  readIdentities,
} from './consistency-identities.ts';
import type { BandRow, EquationRow, RowSource, Rows, Unknown } from './consistency-row.ts';
import { levelTarget, levelTargetOf, targetRow } from './consistency-targets.ts';

const CALL = 'consistency';
/** Where growth divides by an unknown level or runs over years, its levels are at least this share of the last known one. */
const FLOOR = 0.01;

/**
 * Turn a plan, its identities, a model and ranges into rows over unknown levels.
 *
 * Unknowns are levels, as deviations from the last level before the plan: growth over a known level is then a sum, and an
 * identity among levels weighs growth rates with base-period shares, exactly. A growth over a level that is itself
 * unknown (a later year of a plan) is a quotient, and linear once its bound is given.
 */
export function rowsOf(
  plan: Plan,
  model: Model | undefined,
  history: Dataset,
  ranges: Ranges,
  indices = false,
): Rows {
  const checked = checkPlan(plan);
  const error = checked.find((issue) => issue.severity !== 'warning');
  if (error !== undefined) mistake(CALL, describeIssue(error), `mend the plan ${shown(plan.name)}`);
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
    // Roots and quotients of levels need levels above zero.
    const isPlain = base.unknown === undefined && to - from === year;
    if (!isPlain) positive.set(`${own}@${to}`, { name: own, index: to });
    if (base.unknown === undefined) {
      if (!(base.value > 0)) return `a positive level of ${name} at ${at(from)}`;
      return { of: relativeTo(end, base.value) };
    }
    positive.set(`${own}@${from}`, { name: own, index: from });
    return { of: end, divisor: level(own, from)! };
  };

  const isIndex = (name: string): boolean => indices && system?.determines.has(name) === true;
  // Targets in an order of their own, so that the order in which a plan lists them does not matter.
  const order = plan.targets.map((target, i) => [JSON.stringify(target), i] as const).toSorted(byText);
  const spans = plan.targets.map((target) => periodOf(plan, target));
  let last = indexOf(plan.span[1]);
  for (const span of spans) {
    const end = lastPeriod(span);
    if (frequencyOf(end) === frequency) last = Math.max(last, indexOf(end));
  }
  for (const [, i] of order) {
    const target = plan.targets[i]!;
    const made = targetRow(plan, target, i, spans[i]!, {
      first,
      year,
      frequency,
      level,
      growth,
      isIndex,
      issues,
    });
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
    const tangent = exact === undefined ? tangentOf(e, cellOf) : undefined;
    const tangentAt = (point: ArrayLike<number>): Affine => scaled ?? normalised(tangent!(point));
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

function byText(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
}
