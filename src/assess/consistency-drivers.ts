import { mistake, suggestion } from '../mistake.ts';
import { parameterValue } from '../model/model.ts';
import type { Model } from '../model/model.ts';
import { solve } from '../model/solve.ts';
import { EquationMistake, systemOf } from '../model/system.ts';
import type { System } from '../model/system.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { targetValue } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { indexOf } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import type { Cell } from './consistency-equations.ts';
import type { BandRow, Unknown } from './consistency-row.ts';

/** Highest and lowest value of a parameter, or growth over the year before of anything else. */
export type Ranges = Readonly<Partial<Record<string, readonly [Rate, Rate]>>>;

const CALL = 'consistency';

/** The system of a model. */
export function readModel(model: Model): System {
  try {
    return systemOf(model);
  } catch (error) {
    if (error instanceof EquationMistake) return mistake(CALL, error.message, error.wayOut);
    throw error;
  }
}

/** What moves: parameters with a range, and names that are not given. */
export interface Drivers {
  /** Parameters of the model: with a range they are unknown, without one they are what they are. */
  readonly parameters: ReadonlyMap<string, readonly [Rate, Rate] | undefined>;
  /** Whether a name's values in the plan's periods come from the history. */
  readonly given: (name: string) => boolean;
}

export function drivers(
  plan: Plan,
  model: Model | undefined,
  system: System | undefined,
  ranges: Ranges,
): Drivers {
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

export function rangeRows(
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
export function startOf(
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
