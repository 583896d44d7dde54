import * as Plot from '@observablehq/plot';
import type { ComparisonRow } from '../scenario/compare.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, signed } from './format.ts';
import { extentOf } from './rows.ts';
import { shorten, textWidth, wrapText } from './text.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** A part of the difference between a scenario and the plan, and what it comes from. */
export interface DifferencePart {
  readonly scenario: string;
  readonly variable: string;
  /** What was changed. */
  readonly cause: string;
  /** Its part of the difference, in the variable's unit. */
  readonly part: number;
}

/** What is drawn of scenarios. */
export interface ScenariosOptions {
  /** Names of variables and scenarios; what is absent is called by its key. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where the differences come from, drawn as parts of the bars. */
  readonly parts?: readonly DifferencePart[];
  /** How a value is written; defaults to a percentage. */
  readonly format?: (value: number, variable: string) => string;
  /** How a difference is written, without its unit; defaults to percentage points with a sign. */
  readonly formatDifference?: (value: number, variable: string) => string;
}

/**
 * Small multiples of one variable's scenarios as marks: for each scenario a bar for its difference from the plan, parted by
 * cause where the parts are given, with value and difference written beside it. x is the difference, y the place of the row.
 *
 * @param rows as `compare` gives them, of one variable and one period; the baseline's own row is left out
 */
export function scenariosMarks(
  rows: readonly ComparisonRow[],
  options: MarkOptions & ScenariosOptions = {},
): Plot.Markish[] {
  const { theme = 'light' } = options;
  const { ink } = inks[theme];
  const shown = rows.filter((row) => row.scenario !== 'baseline');
  const bars = shown.flatMap((row, y) => partsOf(row, options).map((part) => ({ ...part, y })));
  const bar = (side: number, parity: number): Plot.Markish =>
    Plot.barX(
      bars.filter((d) => d.to - d.from > 0 === side > 0 && d.order % 2 === parity && d.to !== d.from),
      {
        x1: 'from',
        x2: 'to',
        y: 'y',
        fill: side > 0 ? colours.blue : colours.vermillion,
        fillOpacity: parity === 0 ? 1 : 0.55,
        insetTop: 6,
        insetBottom: 6,
        title: 'cause',
      },
    );
  return [bar(1, 0), bar(1, 1), bar(-1, 0), bar(-1, 1), Plot.ruleX([0], { stroke: ink, strokeWidth: 1.2 })];
}

/** Scenarios as small multiples: a panel for each variable, a row for each scenario. @param rows as `compare` gives them, of one period */
export function scenariosChart(
  rows: readonly ComparisonRow[],
  options: ChartOptions & ScenariosOptions = {},
): Figure {
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
  const nameWidth = Math.min(0.26 * width, 170);
  const names = scenarios.map((name) => wrapText(labels[name] ?? name, nameWidth - 12, sizes.small, 3));
  const left = Math.ceil(Math.max(...names.flat().map((line) => textWidth(line, sizes.small)))) + 14;
  const rowHeight = Math.max(26, ...names.map((lines) => 10 + lines.length * sizes.small * 1.25));
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
        const causes = (options.parts ?? []).filter(
          (p) => p.scenario === row.scenario && p.variable === variable,
        );
        const list = causes
          .map(({ cause, part }) => `${cause} ${formatDifference(part, variable)}`)
          .join(', ');
        return `${format(row.value, variable)} (${formatDifference(row.difference, variable)}${list === '' ? '' : `: ${list}`})`;
      },
      scenarios,
      parts: options,
      ink: inks[theme].ink,
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
      legend: [
        { label: language === 'zh' ? '高于计划' : 'above the plan', colour: colours.blue, shape: 'area' },
        {
          label: language === 'zh' ? '低于计划' : 'below the plan',
          colour: colours.vermillion,
          shape: 'area',
        },
      ],
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
  readonly numbers: (row: ComparisonRow) => string;
  readonly scenarios: readonly string[];
  readonly parts: ScenariosOptions;
  readonly ink: string;
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
      partsOf(row, panel.parts).flatMap(({ from, to }) => [Math.abs(from), Math.abs(to)]),
    ),
    0,
  );
  const middle = panel.left + panel.width / 2;
  const pixels = (value: number): number =>
    middle + (reach > 0 ? (value / reach) * (panel.width / 2 - 4) : 0);
  const bars = shown.flatMap(({ row, y }) =>
    partsOf(row, panel.parts)
      .filter(({ from, to }) => from !== to)
      .map(({ from, to, order, cause }) => ({
        x1: pixels(from),
        x2: pixels(to),
        y1: y + 3,
        y2: y + panel.rowHeight / 2 - 2,
        rises: to > from,
        order,
        cause,
      })),
  );
  const rects = (rises: boolean, parity: number): Plot.Markish =>
    Plot.rect(
      bars.filter((bar) => bar.rises === rises && bar.order % 2 === parity),
      {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: rises ? colours.blue : colours.vermillion,
        fillOpacity: parity === 0 ? 1 : 0.55,
        title: 'cause',
      },
    );
  const title = wrapText(panel.title, panel.width - 4, sizes.small, 1);
  const text = (data: { x: number; y: number; text: string }[], more: Plot.TextOptions = {}): Plot.Markish =>
    Plot.text(data, { x: 'x', y: 'y', text: 'text', fontSize: sizes.small, fill: panel.ink, ...more });
  return [
    text([{ x: middle, y: panel.top + 8, text: title[0] ?? '' }], { fontWeight: 'bold' }),
    text([{ x: middle, y: panel.top + 22, text: panel.value }]),
    ...[true, false].flatMap((rises) => [rects(rises, 0), rects(rises, 1)]),
    Plot.link(shown, {
      x1: middle,
      x2: middle,
      y1: (d: { y: number }) => d.y + 1,
      y2: (d: { y: number }) => d.y + panel.rowHeight / 2,
      stroke: panel.ink,
    }),
    text(
      shown.map(({ row, y }) => ({
        x: middle,
        y: y + panel.rowHeight / 2 + 6,
        text: shorten(panel.numbers(row), panel.width, 10),
      })),
      { fontSize: 10, stroke: 'none' },
    ),
  ];
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly order: number;
  readonly cause: string;
}

/** A scenario's difference in parts laid end to end; one part where no causes are given. */
function partsOf(row: ComparisonRow, { parts = [] }: ScenariosOptions): Part[] {
  const causes = parts.filter((part) => part.scenario === row.scenario && part.variable === row.variable);
  if (causes.length === 0)
    return Number.isFinite(row.difference)
      ? [{ from: 0, to: row.difference, order: 0, cause: row.scenario }]
      : [];
  const reached = { up: 0, down: 0 };
  return causes.map(({ part, cause }, order) => {
    const side = part >= 0 ? 'up' : 'down';
    const from = reached[side];
    reached[side] += part;
    return { from, to: reached[side], order, cause };
  });
}
