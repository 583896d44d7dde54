import type { PlanFactors } from '../presets/plan-factors.ts';
import { planSimulation } from '../presets/plan-simulation.ts';
import type { PlanSimulation } from '../presets/plan-simulation.ts';
import type { Plan } from '../plan/plan.ts';
import { summaryQuantile } from '../uncertainty/summary.ts';
import { targetNames } from '../assess/plan-outcome.ts';
import type { Given, Io } from './command.ts';
import { distributionsOf } from './distributions.ts';
import { fail } from './input.ts';
import { percent, print } from './output.ts';
import type { Answer } from './output.ts';
import { progress, whileShown } from './progress.ts';
import { planOf } from './source.ts';
import { targetColumns, targetRows } from './targets.ts';
import { languageOf, modelOf, seedOf, textOf, wholeOf } from './values.ts';

/** `tinbergen simulate <plan>`: how likely each target is, and all together, by Monte Carlo. */
export async function simulateCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const draws = wholeOf(options, 'draws', 1, 100_000_000, 'draws') ?? 10_000;
  const seed = seedOf(options);
  const sampling = textOf(options, 'sampling') as 'random' | 'sobol' | undefined;
  if (sampling === 'sobol' && !Number.isInteger(Math.log2(draws / 8)))
    fail(
      [
        `--draws: ${draws} are not 8 replicates of a power of two; give ${8 * 2 ** Math.max(0, Math.round(Math.log2(draws / 8)))}`,
      ],
      2,
    );
  const factors: PlanFactors = distributionsOf(options, 'factor');
  const language = languageOf(options);
  const plan = await planOf(file!, options, io);
  const bar = progress('drawing', draws, io);
  const found = whileShown(bar, () =>
    planSimulation(plan, {
      ...modelOf(options),
      draws,
      language,
      factors,
      onBlock: bar.to,
      ...(seed === undefined ? {} : { seed }),
      ...(sampling === undefined ? {} : { sampling }),
    }),
  );
  return print(answerOf(plan, found, options), options, io);
}

function answerOf(plan: Plan, found: PlanSimulation, options: Given): Answer {
  const { summary, chance, left } = found;
  const names = targetNames(plan);
  const rows = targetRows(plan, found.targets, languageOf(options)).flatMap((row, i) => {
    const band = Object.hasOwn(summary.bands, names[i]!) ? summary.bands[names[i]!] : undefined;
    if (band === undefined) return [];
    const at = (p: number): number => summaryQuantile(summary, band.output, p);
    const [low, high] = found.targets[i]!.interval ?? [NaN, NaN];
    return [
      { ...row, p05: at(0.05), p50: at(0.5), p95: at(0.95), probabilityLow: low, probabilityHigh: high },
    ];
  });
  const rungs = chance.atLeast.map(({ k, probability }) => ({
    targets: `${k} of ${chance.targets.length}`,
    probability,
  }));
  const [from, to] = chance.all.interval;
  const why = [...new Set(left.map((one) => one.why.replace(/'.*'/, '…')))];
  return {
    value: found,
    parts: [
      {
        title: `${plan.name}: ${summary.count} draws, seed ${summary.seed}`,
        columns: [
          ...targetColumns.identity,
          targetColumns.target,
          ...targetColumns.band,
          { key: 'p05', head: '5 %', as: 'percent' },
          { key: 'p50', head: 'median', as: 'percent' },
          { key: 'p95', head: '95 %', as: 'percent' },
          targetColumns.probability,
          { key: 'probabilityLow', only: 'csv' },
          { key: 'probabilityHigh', only: 'csv' },
        ],
        rows,
        notes: ['An in-step target shows the difference to its leader, draw by draw.'],
      },
      `All ${chance.targets.length} together: ${percent(chance.all.probability)} (95 % interval ${percent(from)} to ${percent(to)})`,
      {
        title: 'At least',
        columns: [{ key: 'targets' }, { key: 'probability', as: 'percent', digits: 1 }],
        rows: rungs,
      },
      ...(left.length === 0
        ? []
        : [`${left.length} targets the model says nothing about (${why.join('; ')}).`]),
      'Distributions are the documented ranges, most of them illustrative; --factor sets others.',
    ],
  };
}
