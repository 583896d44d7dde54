import type { ScenarioPart } from '../scenario/attribute.ts';
import type { ComparisonRow } from '../scenario/compare.ts';
import type { LegendItem, MarkOptions } from './figure.ts';
import { colours, inks, strokes } from './theme.ts';
import { say } from './words.ts';

/** A part of the difference between a scenario and the plan: a row of `attribute`, or one made by hand. */
export type DifferencePart = Pick<ScenarioPart, 'scenario' | 'variable' | 'factor' | 'part'> &
  Partial<Pick<ScenarioPart, 'period'>>;

/** How differences are parted. */
export interface PartedOptions {
  /** Names of variables, scenarios and factors; what is absent is called by its key. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where the differences come from, as `attribute` gives it: the bars are parted by factor, a tick marks the whole. */
  readonly parts?: readonly DifferencePart[];
}

/** The most factors that have a colour of their own; the parts of all others are drawn as one. */
const most = 5;

/** One bar of a scenario: from where to where on the axis of the difference. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly name: string;
}

/** A scenario's bars: its parts laid end to end on their side of zero, or one bar where no parts are given. */
export function segmentsOf(row: ComparisonRow, options: MarkOptions & PartedOptions): Segment[] {
  const { labels = {} } = options;
  if (!isParted(row, options)) {
    const { difference } = row;
    const fill = difference > 0 ? colours.blue : colours.vermillion;
    return Number.isFinite(difference) && difference !== 0
      ? [{ from: 0, to: difference, fill, name: labels[row.scenario] ?? row.scenario }]
      : [];
  }
  const reached = { up: 0, down: 0 };
  return partsOf(row, options)
    .filter(({ part }) => Number.isFinite(part) && part !== 0)
    .map(({ factor, part }) => {
      const side = part > 0 ? 'up' : 'down';
      const from = reached[side];
      reached[side] += part;
      return {
        from,
        to: reached[side],
        fill: factor === undefined ? colours.grey : strokes[factorsOf(options).indexOf(factor)]!,
        name: nameOf(factor, options),
      };
    });
}

/** The parts of a row in the order of the legend, those beyond it as one without a factor. */
export function partsOf(
  row: ComparisonRow,
  options: PartedOptions,
): { readonly factor: string | undefined; readonly part: number }[] {
  const mine = (options.parts ?? []).filter(
    ({ scenario, variable, period }) =>
      scenario === row.scenario && variable === row.variable && (period ?? row.period) === row.period,
  );
  const named = factorsOf(options);
  const own = named.flatMap((factor) => mine.filter((part) => part.factor === factor));
  const rest = mine.filter(({ factor }) => !named.includes(factor));
  return rest.length === 0
    ? own
    : [...own, { factor: undefined, part: rest.reduce((sum, { part }) => sum + part, 0) }];
}

/** The parts of the rows that are drawn. */
export function partsShown(rows: readonly ComparisonRow[], { parts = [] }: PartedOptions): DifferencePart[] {
  return parts.filter(({ scenario, variable, period }) =>
    rows.some(
      (row) =>
        row.scenario === scenario && row.variable === variable && (period ?? row.period) === row.period,
    ),
  );
}

/** Whether a scenario's difference is given in parts. */
export function isParted(row: ComparisonRow, options: PartedOptions): boolean {
  return partsOf(row, options).length > 0;
}

/** The factors with a colour, those that move most first. */
function factorsOf({ parts = [] }: PartedOptions): string[] {
  const weights = new Map<string, number>();
  for (const { factor, part } of parts)
    weights.set(factor, (weights.get(factor) ?? 0) + (Number.isFinite(part) ? Math.abs(part) : 0));
  const all = [...weights].toSorted(([, a], [, b]) => b - a).map(([factor]) => factor);
  return all.length <= strokes.length ? all : all.slice(0, most);
}

function nameOf(factor: string | undefined, { language, labels = {} }: MarkOptions & PartedOptions): string {
  return factor === undefined ? say('others', language) : (labels[factor] ?? factor);
}

/** What the colours of the bars mean. */
export function legendOf(rows: readonly ComparisonRow[], options: MarkOptions & PartedOptions): LegendItem[] {
  const { language, theme = 'light' } = options;
  const shown = rows.filter((row) => row.scenario !== 'baseline');
  const parted = shown.filter((row) => isParted(row, options));
  const plain = shown.filter((row) => !isParted(row, options) && row.difference !== 0);
  const causes = [...new Set(parted.flatMap((row) => partsOf(row, options).map(({ factor }) => factor)))];
  const named = factorsOf(options).filter((factor) => causes.includes(factor));
  return [
    ...named.map((factor) => ({
      label: nameOf(factor, options),
      colour: strokes[factorsOf(options).indexOf(factor)]!,
      shape: 'area' as const,
    })),
    ...(causes.includes(undefined)
      ? [{ label: nameOf(undefined, options), colour: colours.grey, shape: 'area' as const }]
      : []),
    ...(parted.length === 0
      ? []
      : [{ label: say('difference', language), colour: inks[theme].ink, shape: 'tick' as const }]),
    ...(plain.some(({ difference }) => difference > 0) || parted.length === 0
      ? [{ label: say('abovePlan', language), colour: colours.blue, shape: 'area' as const }]
      : []),
    ...(plain.some(({ difference }) => difference < 0) || parted.length === 0
      ? [{ label: say('belowPlan', language), colour: colours.vermillion, shape: 'area' as const }]
      : []),
  ];
}
