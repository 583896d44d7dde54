import { checkOptions } from '../argument.ts';
import type { Dataset } from '../time/series.ts';
import { control } from './control.ts';
import type { Model } from './model.ts';
import { solveOptions } from './solve.ts';
import type { SolveOptions } from './solve.ts';
import type { Settings } from './table.ts';

/** One way to reach a target. */
export interface Recipe<I extends string = string> {
  readonly using: readonly I[];
  /** Whether this way alone reaches it. */
  readonly hit: boolean;
  /** What each instrument must be, in all solved periods, beside what it is and its documented range. */
  readonly asks: readonly {
    readonly instrument: I;
    readonly from: number;
    readonly to: number;
    readonly range?: readonly [number, number];
  }[];
  /** How far instruments go beyond their documented ranges, in widths of the range, summed: 0 when all stay inside. */
  readonly beyond: number;
  /** Length of the whole move, in widths of the documented ranges. */
  readonly move: number;
  /** The target's value that this way reaches, at the last solved period. */
  readonly reached: number;
}

/**
 * Several alternative ways to reach one target, each scored by how far it asks its instruments to go beyond their
 * documented ranges, then by how far they move at all; the least demanding first, those that do not reach it last.
 *
 * @param options.target one or more variables with wanted values
 * @param options.ways lists of instruments; each list is one recipe, its instruments moved together as little as possible
 * @throws RangeError as `control`
 */
export function recipes<V extends string, const I extends string>(
  model: Model<V>,
  history: Dataset,
  options: SolveOptions & { readonly target: Settings<NoInfer<V>>; readonly ways: readonly (readonly I[])[] },
): Recipe<I>[] {
  checkOptions('recipes', options, `target! ways[]! ${solveOptions}`);
  const { target, ways, ...rest } = options;
  const found = ways.map((using): Recipe<I> => {
    const result = control(model as Model, history, { ...rest, targets: target, using, constant: using });
    const asks = using.map((instrument) => {
      const parameter = Object.hasOwn(model.parameters, instrument)
        ? model.parameters[instrument]
        : undefined;
      const range = typeof parameter === 'object' ? parameter.range : undefined;
      const from = result.before[instrument].values[0]!;
      return {
        instrument,
        from,
        to: result.instruments[instrument].values[0]!,
        ...(range === undefined ? {} : { range }),
      };
    });
    const widths = asks.map(({ from, range }) =>
      range === undefined ? Math.abs(from) || 1 : range[1] - range[0] || 1,
    );
    const beyond = asks.reduce(
      (sum, { to, range }, k) =>
        sum + (range === undefined ? 0 : Math.max(0, to - range[1], range[0] - to) / widths[k]!),
      0,
    );
    const move = Math.hypot(...asks.map(({ from, to }, k) => (to - from) / widths[k]!));
    return { using, hit: result.hit, asks, beyond, move, reached: result.targets.at(-1)!.reached };
  });
  return found.toSorted((a, b) => Number(b.hit) - Number(a.hit) || a.beyond - b.beyond || a.move - b.move);
}
