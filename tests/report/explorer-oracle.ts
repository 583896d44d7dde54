import { assess, planChance, planOutcome, simulate, solve } from '../../src/index.ts';
import type { Assessment, PlanChance } from '../../src/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import type { PlanStudy } from '../../src/presets/index.ts';
import { explorerFactors } from '../../src/report/index.ts';
import type { ExplorerPoint } from '../../src/report/index.ts';
import { probability } from '../../src/uncertainty/probability.ts';

/** What the library computes in Node at a point of the explorer, by its public functions alone. */
export interface Solved {
  readonly targets: readonly Assessment[];
  readonly gdp: number;
  readonly industry: number;
  readonly services: number;
}

export function solvedInNode(study: PlanStudy, point: ExplorerPoint): Solved {
  const { plan, over } = study;
  const { model, history } = modelAt(study, point);
  const run = solve(model, history, { over });
  const first = (name: 'growth_gdp' | 'growth_industry' | 'growth_services'): number => {
    const { start, values } = run[name];
    return values[Number(plan.span[0]) - Number(start)]!;
  };
  return {
    targets: assess(plan, { outlook: run }),
    gdp: first('growth_gdp'),
    industry: first('growth_industry'),
    services: first('growth_services'),
  };
}

/** The chances: of the plan, and of each target by its name. */
export interface Counted {
  readonly chance: PlanChance;
  readonly each: Readonly<Record<string, number>>;
}

export function countedInNode(
  study: PlanStudy,
  point: ExplorerPoint,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): Counted {
  const { model, history } = modelAt(study, point);
  const plan = { ...study.plan, targets: study.plan.targets.filter(({ measure }) => measure === 'growth') };
  const factors = explorerFactors(study, point);
  const { outcome, bands } = planOutcome(plan, model, history, { factors: Object.keys(factors) });
  const summary = simulate(outcome, factors, { seed, draws, bands });
  return {
    chance: planChance(plan, summary),
    each: Object.fromEntries(
      Object.keys(bands).map((name) => [name, probability(summary, name).probability]),
    ),
  };
}

function modelAt({ base, parameters }: PlanStudy, { set, shares }: ExplorerPoint) {
  const model = twoEngine({ shares, parameters: { ...parameters, ...set } });
  return { model, history: twoEngineHistory(model, base) };
}
