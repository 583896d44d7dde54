import * as Plot from '@observablehq/plot';
import type { ComparisonRow } from '../scenario/compare.ts';
import { isParted, legendOf, partsOf, partsShown, segmentsOf } from './difference-parts.ts';
import type { PartedOptions } from './difference-parts.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, signed } from './format.ts';
import { extentOf } from './rows.ts';
import { shorten, textWidth, wrapText } from './text.ts';
import { inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** What is drawn of scenarios. */
export interface ScenariosOptions extends PartedOptions {
  /** How a value is written; defaults to a percentage. */
  readonly format?: (value: number, variable: string) => string;
  /** How a difference is written, without its unit; defaults to percentage points with a sign. */
  readonly formatDifference?: (value: number, variable: string) => string;
}

/**
 * Small multiples of one variable's scenarios as marks: for each scenario a bar for its difference from the plan. Where the
 * parts are given a bar for each factor, those that raise it laid end to end on one side, those that lower it on the other,
 * and a tick at the difference itself. x is the difference, y the place of the row.
 *
 * @param rows as `compare` gives them, of one variable and one period; the baseline's own row is left out
 */
export function scenariosMarks(
  rows: readonly ComparisonRow[],
  options: MarkOptions & ScenariosOptions = {},
): Plot.Markish[] {
  const { theme = 'light' } = options;
  const { ink, halo } = inks[theme];
  const shown = rows.filter((row) => row.scenario !== 'baseline');
  const bars = shown.flatMap((row, y) => segmentsOf(row, options).map((segment) => ({ ...segment, y })));
  const whole = shown.flatMap((row, y) => (isParted(row, options) ? [{ x: row.difference, y }] : []));
  const inset = { insetTop: 6, insetBottom: 6 };
  return [
    ...[...new Set(bars.map(({ fill }) => fill))].map((fill) =>
      Plot.barX(
        bars.filter((bar) => bar.fill === fill),
        { x1: 'from', x2: 'to', y: 'y', fill, stroke: halo, strokeWidth: 0.5, ...inset, title: 'name' },
      ),
    ),
    Plot.tickX(whole, { x: 'x', y: 'y', stroke: ink, strokeWidth: 3 }),
    Plot.ruleX([0], { stroke: ink, strokeWidth: 1.2 }),
  ];
}

/** Scenarios as small multiples: a panel for each variable, a row for each scenario. @param rows as `compare` gives them, of one period */
export function scenariosChart(
  rows: readonly ComparisonRow[],
  given: ChartOptions & ScenariosOptions = {},
): Figure {
  // Only what is drawn has a colour and a place in the legend.
  const options = { ...given, parts: partsShown(rows, given) };
  const { language = 'en', width = 640, labels = {}, theme = 'light' } = options;
  const format = options.format ?? ((value: number) => percent(value, language));
  const formatDifference = options.formatDifference ?? ((value: number) => signed(100 * value, 1));
  const variables = [...new Set(rows.map((row) => row.variable))];
  const scenarios = [...new Set(rows.map((row) => row.scenario))].filter((name) => name !== 'baseline');
  if (scenarios.length === 0 || variables.length === 0) return nothing('noScenarios', options);
  const known = extentOf(
    rows.map(({ difference }) => difference),
    0,
  );
  if (known === undefined) return nothing('noValues', options);
  const columns = Math.max(1, Math.min(variables.length, Math.floor((width - 150) / 130)));
  const bands = Math.ceil(variables.length / columns);
  const nameWidth = Math.min(Math.max(0.26 * width, 104), 170);
  const names = scenarios.map((name) => wrapText(labels[name] ?? name, nameWidth - 12, sizes.small, 3));
  const left = Math.ceil(Math.max(...names.flat().map((line) => textWidth(line, sizes.small)))) + 14;
  const rowHeight = Math.max(32, ...names.map((lines) => 10 + lines.length * sizes.small * 1.25));
  const panel = (width - left - 8) / columns;
  const heading = 36;
  const panelHeight = heading + rowHeight * scenarios.length + 14;
  const marks = variables.flatMap((variable, v) => {
    const mine = rows.filter((row) => row.variable === variable);
    return panelMarks(mine, {
      left: left + (v % columns) * panel,
      top: Math.floor(v / columns) * panelHeight,
      width: panel - 10,
      rowHeight,
      heading,
      title: labels[variable] ?? variable,
      value: format(
        mine.find((row) => row.scenario === 'baseline')?.value ?? mine[0]?.baseline ?? NaN,
        variable,
      ),
      numbers: (row) => {
        const difference = formatDifference(row.difference, variable);
        const parts = partsOf(row, options).map(({ part }) => formatDifference(part, variable));
        const whole = parts.length > 1 ? `${difference} = ${parts.join(' ')}` : difference;
        return [whole, difference].map((text) => `${format(row.value, variable)} (${text})`);
      },
      scenarios,
      parts: options,
      ...inks[theme],
    });
  });
  const rowNames = Array.from({ length: bands }, (_, b) =>
    names.map((lines, i) => ({
      x: left - 10,
      y: b * panelHeight + heading + (i + 0.5) * rowHeight,
      text: lines.join('\n'),
    })),
  ).flat();
  const worst = rows.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0]!;
  return figure(
    {
      marks: [
        ...marks,
        Plot.text(rowNames, {
          x: 'x',
          y: 'y',
          text: 'text',
          textAnchor: 'end',
          fontSize: sizes.small,
          lineHeight: 1.25,
          fill: inks[theme].ink,
        }),
      ],
      height: panelHeight * bands,
      margin: { left: 0, right: 0, top: 6, bottom: 4 },
      plot: {
        x: { axis: null, domain: [0, width] },
        y: { axis: null, domain: [0, panelHeight * bands], reverse: true },
      },
      legend: legendOf(rows, options),
      description: `${say('difference', language)}: ${labels[worst.variable] ?? worst.variable}, ${labels[worst.scenario] ?? worst.scenario} ${formatDifference(worst.difference, worst.variable)}.`,
    },
    options,
  );
}

interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly heading: number;
  readonly title: string;
  readonly value: string;
  /** The numbers under a bar: all of them, and the fewest. */
  readonly numbers: (row: ComparisonRow) => readonly string[];
  readonly scenarios: readonly string[];
  readonly parts: ScenariosOptions;
  readonly ink: string;
  readonly halo: string;
}

/** One panel in pixels: Plot's facets are one grid with one scale, and each variable here has its own. */
function panelMarks(rows: readonly ComparisonRow[], panel: Panel): Plot.Markish[] {
  const shown = panel.scenarios.flatMap((name, y) =>
    rows
      .filter((row) => row.scenario === name)
      .map((row) => ({ row, y: panel.top + panel.heading + y * panel.rowHeight })),
  );
  const reach = Math.max(
    ...shown.flatMap(({ row }) =>
      segmentsOf(row, panel.parts).flatMap(({ from, to }) => [Math.abs(from), Math.abs(to)]),
    ),
    0,
  );
  const middle = panel.left + panel.width / 2;
  const pixels = (value: number): number =>
    middle + (reach > 0 ? (value / reach) * (panel.width / 2 - 4) : 0);
  const bars = shown.flatMap(({ row, y }) =>
    segmentsOf(row, panel.parts).map(({ from, to, fill, name }) => ({
      x1: pixels(from),
      x2: pixels(to),
      y1: y + 3,
      y2: y + panel.rowHeight / 2 - 2,
      fill,
      name,
    })),
  );
  const tick = (data: { x: number; y: number }[], strokeWidth: number): Plot.Markish =>
    Plot.link(data, {
      x1: 'x',
      x2: 'x',
      y1: (d: { y: number }) => d.y + 1,
      y2: (d: { y: number }) => d.y + panel.rowHeight / 2,
      stroke: panel.ink,
      strokeWidth,
    });
  const title = wrapText(panel.title, panel.width - 4, sizes.small, 1);
  const text = (data: { x: number; y: number; text: string }[], more: Plot.TextOptions = {}): Plot.Markish =>
    Plot.text(data, { x: 'x', y: 'y', text: 'text', fontSize: sizes.small, fill: panel.ink, ...more });
  return [
    text([{ x: middle, y: panel.top + 8, text: title[0] ?? '' }], { fontWeight: 'bold' }),
    text([{ x: middle, y: panel.top + 22, text: panel.value }]),
    ...[...new Set(bars.map(({ fill }) => fill))].map((fill) =>
      Plot.rect(
        bars.filter((bar) => bar.fill === fill),
        { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill, stroke: panel.halo, strokeWidth: 0.5, title: 'name' },
      ),
    ),
    tick(
      shown.map(({ y }) => ({ x: middle, y })),
      1,
    ),
    tick(
      shown.flatMap(({ row, y }) =>
        isParted(row, panel.parts) && Number.isFinite(row.difference)
          ? [{ x: pixels(row.difference), y }]
          : [],
      ),
      3,
    ),
    text(
      shown.map(({ row, y }) => ({
        x: middle,
        y: y + panel.rowHeight / 2 + 6,
        text: shorten(fullest(panel.numbers(row), panel.width), panel.width, 10),
      })),
      { fontSize: 10, stroke: 'none' },
    ),
  ];
}

/** The first of some texts that fits, else the last. */
function fullest(texts: readonly string[], width: number): string {
  return texts.find((text) => textWidth(text, 10) <= width) ?? texts.at(-1)!;
}
