import { argument } from '../argument.ts';
import type { Language } from '../issue.ts';
import { assess } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { planOutcome, targetNames } from '../assess/plan-outcome.ts';
import { moversOf } from '../model/columns.ts';
import { solve } from '../model/solve.ts';
import { systemOf } from '../model/system.ts';
import { periodOf } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { modelOfPlan } from '../presets/plan-model.ts';
import type { PlanModelOptions } from '../presets/plan-model.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngine, twoEngineHistory } from '../presets/two-engine.ts';
import type { TwoEngine, TwoEngineVariable } from '../presets/two-engine.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import type { FrontierQuestion } from '../scenario/frontier.ts';
import type { Sector } from '../presets/two-engine.ts';
import { frequencyOf, lastPeriod } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { at } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { triangular } from '../uncertainty/distribution.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { OutputBand } from '../uncertainty/summary.ts';
import { dragged } from './explorer-point.ts';
import type { ExplorerPoint } from './explorer-point.ts';

/** What the explorer's page carries: the part of a study that it computes with. Plain JSON. */
export interface ExplorerData {
  /** The plan with the growth targets that the model speaks of, each under the name that it has in the whole plan. */
  readonly plan: Plan;
  /** How many of the plan's targets the model does not speak of. */
  readonly left: number;
  readonly base: Period;
  /** From the plan's first year to the last that a target needs. */
  readonly over: Span;
  /** Values of all parameters, as the study has them. */
  readonly parameters: Readonly<Record<TwoEngineParameter, number>>;
  /** Where the sliders stand at first: the plan. */
  readonly start: ExplorerPoint;
  /** Bands that are counted jointly, by target name. */
  readonly bands: Readonly<Record<string, OutputBand>>;
  /** Parameters that are drawn: those that move a target. */
  readonly factors: readonly TwoEngineParameter[];
  /** The plan's GDP growth of its first year, where it states one. */
  readonly goal?: number;
  readonly seed: number | `${bigint}`;
  readonly draws: number;
  readonly language: Language;
}

/** The most bands that a simulation counts jointly. */
const most = 30;

/** What the explorer needs of a plan's study; `planModel` gives it too. */
export type ExplorerSource = Pick<
  PlanStudy,
  'plan' | 'base' | 'parameters' | 'shares' | 'frontier' | 'sources'
>;

/** A plan or its study as what the explorer is made of. */
export function sourceOf(plan: Plan | PlanStudy, options: PlanModelOptions = {}): ExplorerSource {
  argument('explorer', 'plan', 'projection' in Object(plan) ? (plan as PlanStudy).plan : plan);
  if ('projection' in plan) return plan;
  const { model, base, frontier, sources } = modelOfPlan('explorer', plan, options);
  const values = Object.entries(model.parameters).map(([name, { value }]) => [name, value]);
  const parameters = Object.fromEntries(values) as ExplorerSource['parameters'];
  return {
    plan,
    base,
    parameters,
    shares: model.shares,
    sources,
    ...(frontier === undefined ? {} : { frontier }),
  };
}

/** What of a plan the explorer computes with. */
export function explorerData(
  source: ExplorerSource,
  options: Pick<ExplorerData, 'seed' | 'draws' | 'language'>,
): ExplorerData {
  const { base, parameters, shares } = source;
  const start = pointOf(source);
  const names = targetNames(source.plan);
  // Levels of the model are indices and it is by year, so only yearly growth can be held against it.
  const yearly = source.plan.targets
    .map((target, i) => ({ ...target, id: names[i]! }))
    .filter((target) => target.measure === 'growth' && frequencyOf(lastOf(source.plan, target)) === 'year');
  const ends = [source.plan.span[1], ...yearly.map((target) => lastOf(source.plan, target))];
  const over: Span = [source.plan.span[0], ends.reduce((a, b) => (a > b ? a : b))];
  const model = twoEngine({ shares, parameters });
  const history = twoEngineHistory(model, base);
  const rows = assess({ ...source.plan, targets: yearly }, { outlook: solve(model, history, { over }) });
  const targets = yearly.filter((_, i) => rows[i]!.band !== undefined && Number.isFinite(rows[i]!.expected));
  const used = new Set(
    targets.flatMap(({ indicator, relation }) => [
      indicator,
      ...(relation.kind === 'in-step-with' ? [relation.indicator] : []),
    ]),
  );
  const indicators = Object.fromEntries(
    Object.entries(source.plan.indicators).filter(([name]) => used.has(name)),
  );
  const plan: Plan = { ...source.plan, indicators, targets };
  const movers = moversOf(systemOf(model), [...used]);
  const factors = (Object.keys(twoEngineParameters) as TwoEngineParameter[]).filter((name) =>
    movers.has(name),
  );
  const counted = { ...plan, targets: targets.slice(0, most) };
  const goal = source.frontier?.target;
  return {
    plan,
    left: source.plan.targets.length - targets.length,
    base,
    over,
    parameters,
    start,
    bands: targets.length === 0 ? {} : planOutcome(counted, model, history, { factors }).bands,
    factors,
    ...(goal === undefined ? {} : { goal }),
    ...options,
  };
}

function lastOf(plan: Plan, target: Target): Period {
  return lastPeriod(periodOf(plan, target));
}

/** Where the explorer's sliders stand for a study: at the plan. */
export function pointOf({
  parameters,
  shares,
}: Pick<ExplorerSource, 'parameters' | 'shares'>): ExplorerPoint {
  const set = Object.fromEntries(dragged.map((name) => [name, parameters[name]])) as ExplorerPoint['set'];
  return { set, shares, spread: 1 };
}

/** What the model says at a point. */
export interface Explored {
  /** A row for each target of the data's plan. */
  readonly targets: readonly Assessment[];
  /** Real growth of the plan's first year. */
  readonly gdp: number;
  readonly industry: number;
  readonly services: number;
}

/**
 * The model at a point: the same as `assess` of what `solve` gives for `twoEngine` with the point's parameters and
 * shares.
 *
 * @param model made once from the data's parameters, so that its equations are read once
 */
export function exploredAt(data: ExplorerData, model: TwoEngine, point: ExplorerPoint): Explored {
  const run = solve(model, historyAt(data, model, point), {
    over: data.over,
    set: point.set,
    // The page's security policy forbids generated code; both engines give the same bits.
    engine: 'interpreted',
  }) as Dataset<TwoEngineVariable>;
  const year = data.over[0];
  return {
    targets: assess(data.plan, { outlook: run, language: data.language }),
    gdp: at(run.growth_gdp, year),
    industry: at(run.growth_industry, year),
    services: at(run.growth_services, year),
  };
}

/** The base year at a point: its levels follow from the shares. */
export function historyAt(
  { base }: Pick<ExplorerData, 'base'>,
  model: TwoEngine,
  { shares }: ExplorerPoint,
): Dataset {
  return twoEngineHistory({ ...model, shares }, base);
}

/** The question of the two-engine frontier at a point, for a growth of GDP. */
export function questionAt(
  { parameters }: Pick<ExplorerData, 'parameters'>,
  { shares }: ExplorerPoint,
  target: number,
): FrontierQuestion<Sector> {
  const { g_agriculture: agriculture, g_construction: construction } = parameters;
  return { shares, growth: { agriculture, construction }, target, across: 'industry', up: 'services' };
}

/**
 * What is drawn at a point of the explorer: each figure that moves a target lies in its documented range, which is
 * widened to hold the figure where it lies outside, and is most likely where it stands. All are independent.
 *
 * With `planOutcome` over the same factors and `simulate` with the page's seed and draws it gives the chances that the
 * page shows, to the last bit.
 *
 * @param plan the plan that the explorer was made of, or its study (which other parameters or shares come in by)
 * @param point where the sliders stand; defaults to the plan
 * @returns triangular distributions by parameter, in the order in which they are drawn
 * @example Object.keys(explorerFactors(plan)).length // 6 for a plan whose one target is GDP growth
 */
export function explorerFactors(
  plan: Plan | PlanStudy,
  point?: ExplorerPoint,
): Readonly<Record<string, Distribution>> {
  const data = explorerData(sourceOf(plan), { seed: 0, draws: 0, language: 'en' });
  return factorsAt(data, point ?? data.start);
}

/** The same from the page's own data. */
export function factorsAt(
  { factors, parameters }: Pick<ExplorerData, 'factors' | 'parameters'>,
  { set, spread }: ExplorerPoint,
): Record<string, Distribution> {
  const entries = factors.map((name) => {
    const value = (set as Partial<Record<string, number>>)[name] ?? parameters[name];
    const [low, high] = twoEngineParameters[name].range.map((end) =>
      spread === 1 ? end : value + spread * (end - value),
    );
    return [name, triangular(Math.min(low!, value), value, Math.max(high!, value))] as const;
  });
  return Object.fromEntries(entries);
}
