import { checkOptions } from '../argument.ts';
import type { Plan } from '../plan/plan.ts';
import { outcome } from '../scenario/outcome.ts';
import { dgsm } from '../sensitivity/dgsm.ts';
import type { DgsmRow } from '../sensitivity/dgsm.ts';
import { elasticities } from '../sensitivity/elasticity.ts';
import type { ElasticityRow } from '../sensitivity/elasticity.ts';
import { exactIndices } from '../sensitivity/exact.ts';
import type { ExactRow } from '../sensitivity/exact.ts';
import { morris } from '../sensitivity/morris.ts';
import type { MorrisRow } from '../sensitivity/morris.ts';
import { pawn } from '../sensitivity/pawn.ts';
import type { PawnRow } from '../sensitivity/pawn.ts';
import { shapleyEffects } from '../sensitivity/shapley.ts';
import type { ShapleyRow } from '../sensitivity/shapley.ts';
import { sobol } from '../sensitivity/sobol.ts';
import type { SobolRow } from '../sensitivity/sobol.ts';
import { tornado } from '../sensitivity/tornado.ts';
import type { TornadoRow } from '../sensitivity/tornado.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Seed } from '../numeric/threefry.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Outcome } from '../uncertainty/outcome.ts';
import { sample } from '../uncertainty/sample.ts';
import { planFactors } from './plan-factors.ts';
import type { PlanFactors } from './plan-factors.ts';
import { modelOfPlan } from './plan-model.ts';
import type { PlanModelOptions } from './plan-model.ts';
import type { TwoEngineVariable } from './two-engine.ts';
import { twoEngineParameters } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

type F = TwoEngineParameter;
type O = TwoEngineVariable;
type Q = Outcome<F, O>;

/** The rows that each method gives. */
export interface PlanSensitivityRows {
  readonly tornado: readonly TornadoRow<F>[];
  readonly elasticities: readonly ElasticityRow<F>[];
  readonly morris: readonly MorrisRow<F>[];
  readonly dgsm: readonly DgsmRow<F>[];
  readonly sobol: readonly SobolRow<F>[];
  readonly shapley: readonly ShapleyRow<F>[];
  readonly pawn: readonly PawnRow<F>[];
  readonly exact: readonly (ExactRow<F> & { readonly output: string })[];
}

/** How a plan's sensitivity is asked. */
export type SensitivityMethod = keyof PlanSensitivityRows;

/** The methods, in the order in which they cost. */
export const sensitivityMethods = [
  'tornado',
  'elasticities',
  'morris',
  'dgsm',
  'exact',
  'shapley',
  'pawn',
  'sobol',
] as const satisfies readonly SensitivityMethod[];

/** What is asked, beside what may differ in the plan's model. */
export interface PlanSensitivityOptions<M extends SensitivityMethod> extends PlanModelOptions {
  /** Defaults to `'tornado'`: each parameter alone over its documented range. */
  readonly method?: M;
  /** The variable asked about, in the plan's first year; defaults to `'growth_gdp'`. */
  readonly output?: TwoEngineVariable;
  /** Distributions of parameters; defaults to those of `planFactors`. */
  readonly factors?: PlanFactors;
  /** For the sampled methods; defaults to 0. */
  readonly seed?: Seed;
  /** Points (in each replicate) of `sobol`, `shapley`, `pawn` and `dgsm`; defaults to each one's own, and to 64 for `shapley`. */
  readonly points?: number;
  /** Called as evaluations of the model are done, with their number so far. */
  readonly onEvaluate?: (done: number) => void;
}

/**
 * What moves a plan: the parameters of its model ranked by what they do to one variable in the plan's first year, the most
 * important first. Parameters that the variable does not hang on at all are left out.
 *
 * @param plan a yearly plan without errors
 * @throws RangeError as `planModel`, for an unknown variable or method, and what the method throws
 * @example planSensitivity(plan)[0].factor // 'p_industry'
 */
export function planSensitivity<M extends SensitivityMethod = 'tornado'>(
  plan: Plan,
  options: PlanSensitivityOptions<M> = {},
): PlanSensitivityRows[M] {
  const known = 'shares parameters horizon method output factors seed points onEvaluate';
  checkOptions('planSensitivity', options, known);
  const { method = 'tornado' as M, output = 'growth_gdp', factors: own, seed, points, onEvaluate, ...rest } = options;
  const { model, history, over: [year] } = modelOfPlan('planSensitivity', plan, rest);
  const all = planFactors(model, own) as Readonly<Record<F, Distribution>>;
  const question = (names: readonly F[]): Q =>
    outcome(model, history, { over: [year, year], factors: names, read: [output] });
  const names = movers(question(Object.keys(all) as F[]), all, output);
  const factors = Object.fromEntries(names.map((name) => [name, all[name]])) as Record<F, Distribution>;
  const f = counted(question(names), onEvaluate);
  const seeded = seed === undefined ? {} : { seed };
  const sampled = { ...seeded, ...(points === undefined ? {} : { points }) };
  const by = <R>(rows: readonly R[], weight: (row: R) => number): R[] =>
    rows.toSorted((a, b) => weight(b) - weight(a));
  const answers: { readonly [K in SensitivityMethod]: () => PlanSensitivityRows[K] } = {
    tornado: () => tornado(f, rangesOf(names, model.parameters)),
    elasticities: () =>
      by(elasticities(f, valuesOf(names, model.parameters)), (row) => Math.abs(row.elasticity)),
    morris: () => by(morris(f, factors, seeded), (row) => row.muStar),
    dgsm: () => by(dgsm(f, factors, sampled), (row) => row.bound),
    exact: () => by(exactIndices(f, factors, { nodes: nodesFor(names.length) })[0]!.rows.map((row) => ({ ...row, output })), (row) => row.total),
    shapley: () => by(shapleyEffects(f, factors, { points: 64, ...sampled }), (row) => row.effect),
    pawn: () => by(pawn(f, factors, sampled), (row) => row.median),
    sobol: () => by(sobol(f, factors, sampled), (row) => row.total),
  };
  const answer = Object.hasOwn(answers, method) ? answers[method] : undefined;
  return (
    answer?.() ??
    mistake('planSensitivity', `there is no method '${method}'`, suggestion(method, sensitivityMethods))
  );
} // prettier-ignore

/** The parameters that the output hangs on: its exact derivative is not zero at one of a few points of their distributions. */
function movers(f: Q, factors: Readonly<Record<F, Distribution>>, output: TwoEngineVariable): F[] {
  const count = 16;
  const slopes = f.gradient!(sample(factors, { draws: count, seed: 1 }), count)[output];
  const found = f.factors.filter((name) => slopes[name].some((slope) => slope !== 0));
  return found.length > 0
    ? found
    : mistake('planSensitivity', `no parameter moves '${output}'`, 'ask about another variable');
}

function counted(f: Q, onEvaluate: ((done: number) => void) | undefined): Q {
  if (onEvaluate === undefined) return f;
  let done = 0;
  return {
    ...f,
    evaluate(points, count) {
      const values = f.evaluate(points, count);
      onEvaluate((done += count));
      return values;
    },
  };
}

/** Gauss nodes for each parameter so that their product stays near 100,000 points. */
function nodesFor(factors: number): number {
  return Math.max(2, Math.min(6, Math.floor(100_000 ** (1 / factors))));
}

type Values = Readonly<Record<F, { readonly value: number }>>;

function rangesOf(
  names: readonly F[],
  parameters: Values,
): Record<F, { low: number; base: number; high: number }> {
  return Object.fromEntries(
    names.map((name) => {
      const [low, high] = twoEngineParameters[name].range;
      return [name, { low, base: parameters[name].value, high }];
    }),
  ) as Record<F, { low: number; base: number; high: number }>;
}

function valuesOf(names: readonly F[], parameters: Values): Record<F, number> {
  return Object.fromEntries(names.map((name) => [name, parameters[name].value])) as Record<F, number>;
}
