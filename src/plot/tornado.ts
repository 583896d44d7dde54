import * as Plot from '@observablehq/plot';
import type { TornadoRow } from '../sensitivity/tornado.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, percentTick } from './format.ts';
import { insetFor, inkRule, rowAxis, rowDomain, rowLayout, valueAxis } from './rows.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** What the rows of a tornado are called and how their values are written. */
export interface TornadoChartOptions<F extends string = string> {
  /** Names of factors; what is absent is called by its key. */
  readonly labels?: Readonly<Partial<Record<F, string>>>;
  /** How values of the output are written; defaults to a percentage with two decimals. */
  readonly format?: (value: number) => string;
  /** How a factor's own ends are written under its name; defaults to percentages. `null` leaves them out. */
  readonly formatFactor?: ((value: number, factor: F) => string) | null;
}

/**
 * A tornado as marks: for each factor a bar from the base value to the output at either end, the longest first. The low
 * end is vermillion and the high end blue; the numbers stand at the ends. x is the output, y the place of the row.
 *
 * @param rows as `tornado` gives them, of one output
 */
export function tornadoMarks<F extends string>(
  rows: readonly TornadoRow<F>[],
  options: MarkOptions & TornadoChartOptions<F> = {},
): Plot.Markish[] {
  const { theme = 'light', language = 'en', format = (v: number) => percent(v, language, 2) } = options;
  const sorted = drawn(rows);
  const bars = sorted.flatMap((row, y) => [
    { y, base: row.base, value: row.low, end: 'low' as const },
    { y, base: row.base, value: row.high, end: 'high' as const },
  ]);
  // One number at each outer end: where both ends lie on one side of the base, the nearer one is inside the bar.
  const outer = sorted.flatMap((row, y) => {
    const [least, most] = [Math.min(row.low, row.high), Math.max(row.low, row.high)];
    return [
      ...(least < row.base ? [{ y, value: least, side: -1 }] : []),
      ...(most > row.base ? [{ y, value: most, side: 1 }] : []),
    ];
  });
  const number = (side: number): Plot.Markish =>
    Plot.text(
      outer.filter((d) => d.side === side),
      {
        x: 'value',
        y: 'y',
        text: (d: { value: number }) => format(d.value),
        textAnchor: side < 0 ? 'end' : 'start',
        dx: 5 * side,
        fontSize: sizes.small,
        fill: inks[theme].ink,
      },
    );
  return [
    ...(['low', 'high'] as const).map((end) =>
      Plot.barX(
        bars.filter((bar) => bar.end === end && bar.value !== bar.base),
        {
          x1: 'base',
          x2: 'value',
          y: 'y',
          fill: end === 'low' ? colours.vermillion : colours.blue,
          insetTop: 4,
          insetBottom: 4,
        },
      ),
    ),
    inkRule(
      sorted.slice(0, 1).map((row) => row.base),
      options,
    ),
    number(-1),
    number(1),
  ];
}

/** A tornado as a figure. Factors that move nothing are left out. @param rows as `tornado` gives them, of one output */
export function tornadoChart<F extends string>(
  rows: readonly TornadoRow<F>[],
  options: ChartOptions & TornadoChartOptions<F> = {},
): Figure {
  const {
    language = 'en',
    width = 640,
    labels = {},
    format = (v: number) => percent(v, language, 2),
  } = options;
  const sorted = drawn(rows);
  if (sorted.length === 0) return nothing(rows.length === 0 ? 'noFactors' : 'noValues', options);
  const ends =
    options.formatFactor === undefined ? (v: number): string => percent(v, language) : options.formatFactor;
  const named = sorted.map(({ factor, from, to }) => {
    const name = (labels as Readonly<Record<string, string | undefined>>)[factor] ?? factor;
    const range =
      ends === null ? '' : `\n${ends(from, factor)}${language === 'zh' ? '至' : ' to '}${ends(to, factor)}`;
    return `${name}${range}`;
  });
  const layout = rowLayout(named, width);
  const inset = insetFor(sorted.flatMap((row) => [format(row.low), format(row.high)]));
  const [first] = sorted;
  return figure(
    {
      marks: [
        rowAxis(layout),
        ...valueAxis(width - layout.left - 12 - 2 * inset, options.format ?? percentTick(language)),
        ...tornadoMarks(rows, options),
      ],
      height: layout.row * sorted.length,
      margin: { left: layout.left, right: 12, top: 10, bottom: 26 },
      plot: {
        x: { insetLeft: inset, insetRight: inset },
        y: { domain: rowDomain(sorted), padding: 0 },
      },
      legend: [
        { label: say('low', language), colour: colours.vermillion, shape: 'area' },
        { label: say('high', language), colour: colours.blue, shape: 'area' },
      ],
      description:
        language === 'zh'
          ? `龙卷风图：影响最大的因素为${named[0]!.split('\n')[0]!}，结果在${format(first!.low)}与${format(first!.high)}之间。`
          : `Tornado chart: the largest swing is of ${named[0]!.split('\n')[0]!}, between ${format(first!.low)} and ${format(first!.high)}.`,
    },
    options,
  );
}

function drawn<F extends string>(rows: readonly TornadoRow<F>[]): TornadoRow<F>[] {
  return rows.filter((row) => row.swing > 0).toSorted((a, b) => b.swing - a.swing);
}
