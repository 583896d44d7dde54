import * as Plot from '@observablehq/plot';
import type { Correlation } from '../uncertainty/correlation.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { fixed } from './format.ts';
import { rowAxis, rowDomain, rowLayout } from './rows.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/**
 * Correlated shocks as marks: a cell for each pair of factors, blue where they move together, vermillion where against
 * each other, the stronger the fuller; the number stands in the cell. x and y are places in the list of factors.
 */
export function correlationMarks(
  { factors, matrix }: Pick<Correlation, 'factors' | 'matrix'>,
  options: MarkOptions = {},
): Plot.Markish[] {
  const { ink } = inks[options.theme ?? 'light'];
  const cells = factors.flatMap((_, y) =>
    factors.slice(0, y + 1).map((__, x) => ({ x, y, value: matrix[y]?.[x] ?? NaN })),
  );
  const cell = (side: number, fill: string): Plot.Markish =>
    Plot.cell(
      cells.filter((d) => d.value * side > 0),
      {
        x: 'x',
        y: 'y',
        fill,
        // Never so full that the number in the ink of the theme could not be read.
        fillOpacity: (d: { value: number }) => 0.6 * Math.min(1, Math.abs(d.value)),
        inset: 1,
      },
    );
  return [
    Plot.cell(cells, { x: 'x', y: 'y', fill: 'none', stroke: ink, strokeOpacity: 0.2, inset: 1 }),
    cell(1, colours.blue),
    cell(-1, colours.vermillion),
    Plot.text(cells, {
      x: 'x',
      y: 'y',
      text: (d: { value: number }) => fixed(d.value, d.value === 1 ? 0 : 2),
      fontSize: sizes.small,
      fill: ink,
    }),
  ];
}

/** A heat map of correlated shocks as a figure. Columns are numbered as the rows are. */
export function correlationChart(
  correlation: Pick<Correlation, 'factors' | 'matrix'>,
  options: ChartOptions & { readonly labels?: Readonly<Record<string, string>> } = {},
): Figure {
  const { language = 'en', width = 640, labels = {} } = options;
  const { factors, matrix } = correlation;
  if (factors.length === 0) return nothing('noFactors', options);
  const layout = rowLayout(
    factors.map((factor, i) => `${i + 1}  ${labels[factor] ?? factor}`),
    width,
  );
  const side = Math.max(34, Math.min(64, (width - layout.left - 16) / factors.length));
  const pairs = factors.flatMap((a, i) =>
    factors.slice(0, i).map((b, j) => ({ a, b, value: matrix[i]?.[j] ?? NaN })),
  );
  const [strongest] = pairs.toSorted((p, q) => Math.abs(q.value) - Math.abs(p.value));
  const nameOf = (factor: string): string => labels[factor] ?? factor;
  const wide = Math.ceil(Math.max(width, layout.left + side * factors.length + 16));
  return figure(
    {
      marks: [
        rowAxis(layout),
        Plot.axisX({ anchor: 'bottom', tickFormat: (i: number) => String(i + 1), tickSize: 0, label: null }),
        ...correlationMarks(correlation, options),
      ],
      height: Math.max(layout.row, 28) * factors.length,
      margin: {
        left: layout.left,
        right: Math.max(16, wide - layout.left - side * factors.length),
        top: 10,
        bottom: 26,
      },
      plot: { x: { domain: rowDomain(factors), padding: 0 }, y: { domain: rowDomain(factors), padding: 0 } },
      legend: [
        { label: say('together', language), colour: colours.blue, shape: 'area', opacity: 0.6 },
        { label: say('against', language), colour: colours.vermillion, shape: 'area', opacity: 0.6 },
      ],
      description:
        strongest === undefined
          ? `${say('correlation', language)}: ${factors.map(nameOf).join(', ')}.`
          : `${say('correlation', language)}: ${nameOf(strongest.b)} – ${nameOf(strongest.a)} ${fixed(strongest.value, 2)}.`,
    },
    { ...options, width: wide },
  );
}
