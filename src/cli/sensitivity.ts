import { planSensitivity } from '../presets/plan-sensitivity.ts';
import type { SensitivityMethod } from '../presets/plan-sensitivity.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Given, Io } from './command.ts';
import { parameterText } from './control.ts';
import { distributionsOf } from './distributions.ts';
import { fail } from './input.ts';
import { print } from './output.ts';
import type { Cell, Column } from './output.ts';
import { progress, whileShown } from './progress.ts';
import { planOf } from './source.ts';
import { languageOf, modelOf, seedOf, textOf, wholeOf } from './values.ts';
import { isRate, variablesOf, variableText } from './variables.ts';

/** `tinbergen sensitivity <plan>`: which parameters move the plan, by one of the methods. */
export async function sensitivityCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const method = (textOf(options, 'method') ?? 'tornado') as SensitivityMethod;
  const output = variablesOf(options, 'of', ['growth_gdp'])[0]!;
  const seed = seedOf(options);
  const points = wholeOf(options, 'points', 2, 2 ** 24, 'points');
  if (
    points !== undefined &&
    ['sobol', 'shapley', 'dgsm'].includes(method) &&
    !Number.isInteger(Math.log2(points))
  )
    fail([`--points: ${points} is not a power of two; give ${2 ** Math.round(Math.log2(points))}`], 2);
  const factors = distributionsOf(options, 'factor');
  const plan = await planOf(file!, options, io);
  const bar = progress(method, evaluationsOf(method, points), io);
  const rows = whileShown(bar, () =>
    planSensitivity(plan, {
      ...modelOf(options),
      method,
      output,
      factors,
      onEvaluate: bar.to,
      ...(seed === undefined ? {} : { seed }),
      ...(points === undefined ? {} : { points }),
    }),
  );
  const language = languageOf(options);
  return print(
    {
      value: rows,
      parts: [
        {
          title: `${plan.name}: what moves ${output} in ${plan.span[0]} (${method})`,
          columns: [
            { key: 'factor' },
            { key: 'label', head: '', only: 'text' },
            ...columnsOf[method](output),
          ],
          rows: rows.map((row) => {
            const raw = row as unknown as Readonly<Record<string, Cell>>;
            const text = (key: string): string => parameterText(row.factor, raw[key] as number);
            const [from, to] = ['from', 'to'].map((key) => (raw[key] === undefined ? '' : text(key)));
            return {
              ...raw,
              label: labelOf(twoEngineParameters[row.factor].label, language),
              range: `${from} to ${to}`,
              place: raw['at'] === undefined ? '' : text('at'),
              ...Object.fromEntries(
                ['low', 'base', 'high', 'value'].flatMap((key) =>
                  typeof raw[key] === 'number' ? [[`${key}Text`, variableText(output, raw[key])]] : [],
                ),
              ),
            };
          }),
        },
      ],
    },
    options,
    io,
  );
}

/** Columns by method: what a person reads, and the raw numbers for CSV. */
const columnsOf: Readonly<Record<SensitivityMethod, (output: string) => readonly Column[]>> = {
  tornado: (output) => [
    { key: 'range', only: 'text' },
    { key: 'lowText', head: 'at low', as: 'number', only: 'text' },
    { key: 'baseText', head: 'as planned', as: 'number', only: 'text' },
    { key: 'highText', head: 'at high', as: 'number', only: 'text' },
    ...(['from', 'at', 'to', 'low', 'base', 'high'] as const).map((key) => ({ key, only: 'csv' as const })),
    { key: 'swing', as: isRate(output) ? 'points' : 'plain' },
  ],
  elasticities: () => [
    { key: 'place', head: 'at', only: 'text' },
    { key: 'at', only: 'csv' },
    { key: 'derivative', as: 'plain' },
    { key: 'elasticity', as: 'number', digits: 3 },
  ],
  morris: (output) =>
    (['muStar', 'mu', 'sigma'] as const).map((key) => ({ key, as: isRate(output) ? 'points' : 'plain' })),
  dgsm: () => [
    { key: 'bound', head: 'upper bound of the total index', as: 'number', digits: 4 },
    { key: 'nu', as: 'plain' },
  ],
  exact: () => (['first', 'total', 'shapley'] as const).map((key) => ({ key, as: 'percent', digits: 1 })),
  shapley: () => [
    { key: 'effect', as: 'percent', digits: 1 },
    { key: 'low', as: 'percent', digits: 1 },
    { key: 'high', as: 'percent', digits: 1 },
    { key: 'method' },
  ],
  pawn: () => (['median', 'mean', 'maximum'] as const).map((key) => ({ key, as: 'number', digits: 3 })),
  sobol: () =>
    (['first', 'firstLow', 'firstHigh', 'total', 'totalLow', 'totalHigh'] as const).map((key) => ({
      key,
      as: 'percent',
      digits: 1,
    })),
};

/** About how many evaluations a method takes, for the bar. */
function evaluationsOf(method: SensitivityMethod, points = method === 'shapley' ? 64 : 1024): number {
  const factors = 6;
  switch (method) {
    case 'sobol':
      return 8 * points * (2 * factors + 2);
    case 'shapley':
      return 8 * 2 * points * 2 ** factors;
    default:
      return points;
  }
}
