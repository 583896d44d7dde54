import * as Plot from '@observablehq/plot';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, percentTick } from './format.ts';
import { rowAxis, rowDomain, rowLayout, valueAxis } from './rows.ts';
import { colours, inks } from './theme.ts';
import { valueColumn } from './value-column.ts';
import { say } from './words.ts';

/**
 * A factor's shares of the variance: a row of `sobol` (first and total), of `shapleyEffects` (effect), or of
 * `exactIndices` (first, total, shapley).
 */
export interface IndexRow {
  readonly factor: string;
  readonly first?: number;
  readonly firstLow?: number;
  readonly firstHigh?: number;
  readonly total?: number;
  readonly totalLow?: number;
  readonly totalHigh?: number;
  readonly effect?: number;
  readonly low?: number;
  readonly high?: number;
  readonly shapley?: number;
}

/**
 * Sobol' or Shapley indices as marks: for each factor its share of the variance alone as a full bar, with interactions as
 * an outline, the Shapley effect as a bar where there is one; confidence intervals as thin lines. x is the share.
 */
export function indicesMarks(rows: readonly IndexRow[], options: MarkOptions = {}): Plot.Markish[] {
  const { ink } = inks[options.theme ?? 'light'];
  const bars = barsOf(rows);
  const inset = { insetTop: 5, insetBottom: 5 };
  return [
    Plot.barX(
      bars.filter((d) => Number.isFinite(d.full)),
      { x1: 0, x2: 'full', y: 'y', fill: colours.blue, ...inset },
    ),
    Plot.barX(
      bars.filter((d) => Number.isFinite(d.outline)),
      {
        x1: 0,
        x2: 'outline',
        y: 'y',
        fill: 'none',
        stroke: colours.vermillion,
        strokeWidth: 1.6,
        ...inset,
      },
    ),
    Plot.link(
      bars.filter((d) => d.high > d.low),
      { x1: 'low', x2: 'high', y: 'y', stroke: ink, strokeWidth: 1.6 },
    ),
    Plot.ruleX([0], { stroke: ink }),
  ];
}

/** Sobol' or Shapley indices as a figure, the largest first. */
export function indicesChart(
  rows: readonly IndexRow[],
  options: ChartOptions & { readonly labels?: Readonly<Record<string, string>> } = {},
): Figure {
  const { language = 'en', width = 640, labels = {} } = options;
  if (rows.length === 0) return nothing('noFactors', options);
  const bars = barsOf(rows);
  if (bars.every((bar) => !Number.isFinite(bar.full) && !Number.isFinite(bar.outline)))
    return nothing('noValues', options);
  const layout = rowLayout(
    bars.map(({ factor }) => labels[factor] ?? factor),
    width,
  );
  const texts = bars.map(({ full, outline }) =>
    [full, outline]
      .filter((value) => Number.isFinite(value))
      .map((value) => percent(value, language))
      .join(' / '),
  );
  const values = valueColumn(texts);
  const isShapley = rows.some((row) => row.effect !== undefined || row.shapley !== undefined);
  return figure(
    {
      marks: [
        rowAxis(layout),
        ...valueAxis(width - layout.left - values.right, percentTick(language)),
        ...indicesMarks(rows, options),
        values.mark,
      ],
      height: layout.row * bars.length,
      margin: { left: layout.left, right: values.right, top: 10, bottom: 44 },
      axes: { x: say('share', language) },
      plot: { y: { domain: rowDomain(bars), padding: 0 } },
      legend: [
        { label: say(isShapley ? 'shapley' : 'first', language), colour: colours.blue, shape: 'area' },
        ...(bars.some(({ outline }) => Number.isFinite(outline))
          ? [
              {
                label: say('interactions', language),
                colour: colours.vermillion,
                shape: 'outline',
              } as const,
            ]
          : []),
        ...(bars.some(({ low, high }) => high > low)
          ? [
              {
                label: say('interval', language),
                colour: inks[options.theme ?? 'light'].ink,
                shape: 'line',
              } as const,
            ]
          : []),
      ],
      description: `${say('share', language)}: ${bars.map(({ factor }, i) => `${labels[factor] ?? factor} ${texts[i]}`).join(', ')}.`,
    },
    options,
  );
}

interface Bar {
  readonly y: number;
  readonly factor: string;
  readonly full: number;
  readonly outline: number;
  readonly low: number;
  readonly high: number;
}

/** One bar a factor: the Shapley effect where there is one, else first and total index; the largest first. */
function barsOf(rows: readonly IndexRow[]): Bar[] {
  return rows
    .map((row) => {
      const shapley = row.effect ?? row.shapley;
      return shapley === undefined
        ? {
            factor: row.factor,
            full: row.first ?? NaN,
            outline: row.total ?? NaN,
            low: row.firstLow ?? NaN,
            high: row.firstHigh ?? NaN,
          }
        : { factor: row.factor, full: shapley, outline: NaN, low: row.low ?? NaN, high: row.high ?? NaN };
    })
    .toSorted((a, b) => size(b) - size(a))
    .map((bar, y) => ({ ...bar, y }));
}

function size({ full, outline }: { readonly full: number; readonly outline: number }): number {
  return Number.isFinite(full) ? full : Number.isFinite(outline) ? outline : -Infinity;
}
