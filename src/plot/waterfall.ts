import * as Plot from '@observablehq/plot';
import type { Contributions } from '../accounts/contribution.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, percentTick, points } from './format.ts';
import { insetFor, rowAxis, rowDomain, rowLayout, valueAxis } from './rows.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** What the parts of a waterfall are called. */
export interface WaterfallOptions<K extends string = string> {
  readonly labels?: Readonly<Partial<Record<K, string>>>;
  /** What the total is called; defaults to "total". */
  readonly total?: string;
}

/**
 * Growth accounting as marks: each part's pull begins where the one above it ends, and the last bar is the total. x is
 * growth as a ratio, y the place of the row.
 *
 * @param accounts as `contribution` gives them
 */
export function waterfallMarks<K extends string>(
  accounts: Contributions<K>,
  options: MarkOptions = {},
): Plot.Markish[] {
  const { theme = 'light', language = 'en' } = options;
  const { ink } = inks[theme];
  const steps = stepsOf(accounts);
  const last = steps.length - 1;
  const bar = (rows: readonly Step[], fill: string): Plot.Markish =>
    Plot.barX(rows as Step[], { x1: 'from', x2: 'to', y: 'y', fill, insetTop: 5, insetBottom: 5 });
  // Each number stands where its bar ends: to the right of a rise, to the left of a fall.
  const number = (
    rows: readonly Step[],
    format: (pull: number) => string,
    fontWeight: string,
    side = 1,
  ): Plot.Markish =>
    Plot.text(
      rows.filter(({ pull }) => pull < 0 === side < 0),
      {
        x: 'to',
        y: 'y',
        text: (d: Step) => format(d.pull),
        textAnchor: side < 0 ? 'end' : 'start',
        dx: 5 * side,
        fontSize: sizes.small,
        fontWeight,
        fill: ink,
        stroke: inks[theme].halo,
        strokeWidth: 3,
      },
    );
  const parts = steps.slice(0, last);
  return [
    Plot.ruleX([0], { stroke: ink, strokeWidth: 1.2 }),
    bar(
      parts.filter(({ pull }) => pull >= 0),
      colours.blue,
    ),
    bar(
      parts.filter(({ pull }) => pull < 0),
      colours.vermillion,
    ),
    bar(steps.slice(last), colours.grey),
    // From the end of each bar down to the next.
    Plot.link(parts, {
      x: 'to',
      y1: 'y',
      y2: (d: Step) => d.y + 1,
      stroke: ink,
      strokeOpacity: 0.5,
      strokeDasharray: '2,2',
    }),
    ...[1, -1].flatMap((side) => [
      number(parts, (pull) => points(pull, language, 2), 'normal', side),
      number(steps.slice(last), (pull) => percent(pull, language, 2), 'bold', side),
    ]),
  ];
}

/** Growth accounting as a figure. @param accounts as `contribution` gives them */
export function waterfallChart<K extends string>(
  accounts: Contributions<K>,
  options: ChartOptions & WaterfallOptions<K> = {},
): Figure {
  const { language = 'en', width = 640, labels = {} } = options;
  if (!Number.isFinite(accounts.growth)) return nothing('noValues', options);
  const steps = stepsOf(accounts);
  const total = options.total ?? say('total', language);
  const nameOf = (part: string): string =>
    (labels as Readonly<Record<string, string | undefined>>)[part] ?? part;
  const named = [
    ...accounts.parts.map(({ part, share, growth }) => {
      const detail =
        language === 'zh'
          ? `占比${percent(share, 'zh')}，增长${percent(growth, 'zh')}`
          : `share ${percent(share, 'en')}, growth ${percent(growth, 'en')}`;
      return `${nameOf(part)}\n${detail}`;
    }),
    total,
  ];
  const layout = rowLayout(named, width);
  const inset = insetFor(steps.map(({ pull }) => points(pull, language, 2)));
  const list = accounts.parts
    .map(({ part, pull }) => `${nameOf(part)} ${points(pull, language, 2)}`)
    .join(', ');
  return figure(
    {
      marks: [
        rowAxis(layout),
        ...valueAxis(width - layout.left - 12 - 2 * inset, percentTick(language)),
        ...waterfallMarks(accounts, options),
      ],
      height: layout.row * steps.length,
      margin: { left: layout.left, right: 12, top: 10, bottom: 26 },
      plot: {
        x: { insetRight: inset, insetLeft: steps.some(({ pull }) => pull < 0) ? inset : 0 },
        y: { domain: rowDomain(steps), padding: 0 },
      },
      description: `${total} ${percent(accounts.growth, language, 2)}: ${list}.`,
    },
    options,
  );
}

interface Step {
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly pull: number;
}

function stepsOf({ parts, growth }: Contributions): Step[] {
  let reached = 0;
  const steps = parts.map(({ pull }, y) => {
    const from = reached;
    reached += pull;
    return { y, from, to: reached, pull };
  });
  return [...steps, { y: parts.length, from: 0, to: growth, pull: growth }];
}
