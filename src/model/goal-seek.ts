import { checkOptions } from '../argument.ts';
import { mistake } from '../mistake.ts';
import type { Dataset } from '../time/series.ts';
import { control } from './control.ts';
import type { Model } from './model.ts';
import { solveOptions } from './solve.ts';
import type { SolveOptions } from './solve.ts';
import type { Settings } from './table.ts';

/** What one unknown must be. */
export interface GoalSeekResult {
  /** The value of the unknown: the one that hits, or comes nearest. */
  readonly value: number;
  readonly hit: boolean;
  /** What the target becomes at that value. */
  readonly reached: number;
}

/**
 * The spreadsheet user's first question: what must one input be, so that one output is what I want? The smallest case of
 * `control`: one instrument, the same in all solved periods, one target.
 *
 * @param options.target one variable with the wanted value: a number means the last solved period
 * @param options.using a parameter, exogenous series or add-factor (`'add:gdp'`)
 * @throws RangeError as `control`, and when not exactly one target is given
 * @example
 * goalSeek(defineModel({ equations: ['y = x^3'] }), { x: series('2014', [1]) }, { over: ['2014', '2014'], target: { y: 27 }, using: 'x' }).value // 3
 */
export function goalSeek<V extends string>(
  model: Model<V>,
  history: Dataset,
  options: SolveOptions & { readonly target: Settings<NoInfer<V>>; readonly using: string },
): GoalSeekResult {
  checkOptions('goalSeek', options, `target! using! ${solveOptions}`);
  const { target, using, ...rest } = options;
  const [only, more] = Object.entries(target);
  if (only === undefined || more !== undefined)
    return mistake(
      'goalSeek',
      `${only === undefined ? 'no' : 'more than one'} target is given`,
      'give one variable; for several use control',
    );
  const [name, setting] = only as [string, Settings[string]];
  const atEnd =
    typeof setting === 'number' || typeof setting === 'string' ? { [options.over[1]]: setting } : setting;
  const result = control(model as Model, history, {
    ...rest,
    targets: { [name]: atEnd! },
    using: [using],
    constant: [using],
  });
  if (result.targets.length !== 1)
    return mistake(
      'goalSeek',
      `${result.targets.length} target values are given`,
      'give one period; for several use control',
    );
  return {
    value: result.instruments[using]!.values[0]!,
    hit: result.hit,
    reached: result.targets[0]!.reached,
  };
}
