import * as Plot from '@observablehq/plot';
import { frontier } from '../scenario/frontier.ts';
import type { FrontierQuestion } from '../scenario/frontier.ts';
import { ratio } from '../numeric/rate.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, LegendItem, MarkOptions } from './figure.ts';
import { percent, percentTick } from './format.ts';
import { placedLabels } from './labels.ts';
import { extentOf } from './rows.ts';
import { textWidth } from './text.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** A point on the plane of two engines: growth of one across, of the other up. */
export interface EnginePoint {
  readonly label: string;
  readonly across: number;
  readonly up: number;
}

/** What is drawn on the plane of two engines. All growth rates are ratios. */
export interface FrontierData<K extends string = string> {
  /** The question that `frontier` answers; its target's line is bold. */
  readonly question: FrontierQuestion<K>;
  /** Other rates of total growth with a line of their own; defaults to one and two points to either side. */
  readonly others?: readonly number[];
  readonly plan?: EnginePoint;
  readonly scenarios?: readonly EnginePoint[];
  /** Documented ranges of either engine, shaded. */
  readonly ranges?: {
    readonly across?: readonly [number, number];
    readonly up?: readonly [number, number];
  };
  /** The plane's edges; default to what holds the points, the ranges and the target's line between them. */
  readonly domain?: { readonly across: readonly [number, number]; readonly up: readonly [number, number] };
}

/**
 * The two engines as marks: lines along which total growth is the same, the target's line bold, the plan and the
 * scenarios as points, documented ranges shaded. x and y are growth rates as ratios.
 */
export function frontierMarks<K extends string>(
  data: FrontierData<K>,
  options: MarkOptions = {},
): Plot.Markish[] {
  const { theme = 'light', language = 'en' } = options;
  const { ink, halo } = inks[theme];
  const { across, up } = domainOf(data);
  const { ranges = {}, plan, scenarios = [] } = data;
  const lines = linesOf(data);
  const target = ratio(data.question.target, 'frontierMarks');
  const isTarget = (d: { total: number }): boolean => d.total === target;
  const band = { fill: colours.green, fillOpacity: 0.12 };
  const ends = lines.map(({ total, ends: [, end] }) => ({ total, ...end }));
  // A line that leaves through the floor is named beside its end, one that leaves to the right in the margin.
  const onFloor = (d: { x: number }): boolean => d.x < across[1] - 1e-9;
  const name = (floor: boolean, bold: boolean): Plot.Markish =>
    Plot.text(
      ends.filter((d) => onFloor(d) === floor && isTarget(d) === bold),
      {
        x: 'x',
        y: 'y',
        text: (d: { total: number }) => percentTick(language)(d.total),
        textAnchor: 'start',
        dx: floor ? 4 : 6,
        dy: floor ? -8 : 0,
        fontSize: sizes.small,
        fontWeight: bold ? 'bold' : 'normal',
        fill: ink,
      },
    );
  return [
    ...(ranges.across === undefined
      ? []
      : [
          Plot.rect([0], {
            ...band,
            x1: Math.max(ranges.across[0], across[0]),
            x2: Math.min(ranges.across[1], across[1]),
            y1: up[0],
            y2: up[1],
          }),
        ]),
    ...(ranges.up === undefined
      ? []
      : [
          Plot.rect([0], {
            ...band,
            x1: across[0],
            x2: across[1],
            y1: Math.max(ranges.up[0], up[0]),
            y2: Math.min(ranges.up[1], up[1]),
          }),
        ]),
    ...lines.map((line) =>
      Plot.line([...line.ends], {
        x: 'x',
        y: 'y',
        stroke: isTarget(line) ? colours.blue : colours.grey,
        strokeWidth: isTarget(line) ? 3.2 : 1.2,
      }),
    ),
    name(true, false),
    name(true, true),
    name(false, false),
    name(false, true),
    Plot.dot(scenarios as EnginePoint[], {
      x: 'across',
      y: 'up',
      r: 4.5,
      symbol: 'square',
      fill: colours.purple,
      stroke: ink,
      strokeWidth: 0.8,
    }),
    ...(plan === undefined
      ? []
      : [
          Plot.dot([plan], {
            x: 'across',
            y: 'up',
            r: 6,
            fill: colours.vermillion,
            stroke: ink,
            strokeWidth: 0.8,
          }),
        ]),
    ...placedLabels(
      [...(plan === undefined ? [] : [plan]), ...scenarios].map((point) => ({
        x: point.across,
        y: point.up,
        text: point.label,
      })),
      { clear: [...ends, ...along(lines.find(isTarget))], fill: ink, stroke: halo, strokeWidth: 4 },
    ),
  ];
}

/** The two-engine frontier as a figure. */
export function frontierChart<K extends string>(
  data: FrontierData<K>,
  options: ChartOptions & {
    /** Names of the engines, for the axes; default to those of the question. */
    readonly across?: string;
    readonly up?: string;
    /** Name of what grows; defaults to `'GDP'`. */
    readonly total?: string;
  } = {},
): Figure {
  const { language = 'en', width = 640, total = 'GDP' } = options;
  const target = ratio(data.question.target, 'frontierChart');
  const { across, up } = domainOf(data);
  if (![...across, ...up].every((value) => Number.isFinite(value))) return nothing('noValues', options);
  const zh = language === 'zh';
  const [nameAcross, nameUp] = [options.across ?? data.question.across, options.up ?? data.question.up];
  const tick = percentTick(language);
  const lines = linesOf(data);
  const right =
    Math.ceil(Math.max(...lines.map((line) => textWidth(tick(line.total), sizes.small, 'bold')))) + 14;
  const legend: LegendItem[] = [
    { label: `${total}${zh ? '增长' : ' +'}${tick(target)}`, colour: colours.blue, shape: 'line' },
    { label: zh ? `其他${total}增速` : `other growth of ${total}`, colour: colours.grey, shape: 'line' },
    ...(data.plan === undefined
      ? []
      : [{ label: say('plan', language), colour: colours.vermillion, shape: 'circle' } as const]),
    ...((data.scenarios ?? []).length === 0
      ? []
      : [{ label: say('scenario', language), colour: colours.purple, shape: 'square' } as const]),
    ...(data.ranges === undefined
      ? []
      : [
          {
            label: say('documentedRange', language),
            colour: colours.green,
            shape: 'area',
            opacity: 0.25,
          } as const,
        ]),
  ];
  const at =
    data.plan === undefined
      ? ''
      : zh
        ? `本计划位于${nameAcross}${percent(data.plan.across, 'zh')}、${nameUp}${percent(data.plan.up, 'zh')}处。`
        : ` The plan stands at ${nameAcross} ${percent(data.plan.across, 'en')}, ${nameUp} ${percent(data.plan.up, 'en')}.`;
  return figure(
    {
      marks: [
        Plot.axisX({ ticks: 7, tickFormat: tick, label: null }),
        Plot.axisY({ ticks: 7, tickFormat: tick, label: null }),
        Plot.gridY({ ticks: 7, strokeOpacity: 0.12 }),
        ...frontierMarks(data, options),
      ],
      height: Math.round(0.54 * width),
      margin: { left: 54, right, top: 28, bottom: 40 },
      axes: {
        x: zh ? `${nameAcross}增速 →` : `growth of ${nameAcross} →`,
        y: zh ? `↑ ${nameUp}增速` : `↑ growth of ${nameUp}`,
      },
      plot: { x: { domain: [...across] }, y: { domain: [...up] } },
      legend,
      description: zh
        ? `双引擎前沿：${total}增长${tick(target)}所需的${nameAcross}与${nameUp}增速组合。${at}`
        : `Two-engine frontier: the pairs of growth of ${nameAcross} and ${nameUp} that give ${total} growth of ${tick(target)}.${at}`,
    },
    options,
  );
}

interface Line {
  readonly total: number;
  /** Where the line enters and leaves the plane, from the left. */
  readonly ends: readonly [{ x: number; y: number }, { x: number; y: number }];
}

/** Points along a line, which labels keep clear of. */
function along(line: Line | undefined): { x: number; y: number }[] {
  if (line === undefined) return [];
  const [a, b] = line.ends;
  return Array.from({ length: 49 }, (_, i) => ({
    x: a.x + ((b.x - a.x) * i) / 48,
    y: a.y + ((b.y - a.y) * i) / 48,
  }));
}

/** The lines of equal growth, cut to the plane. */
function linesOf<K extends string>(data: FrontierData<K>): Line[] {
  const { across, up } = domainOf(data);
  const target = ratio(data.question.target, 'frontierMarks');
  const others = data.others ?? [-0.02, -0.01, 0.01, 0.02].map((step) => Number((target + step).toFixed(12)));
  return [...others.filter((one) => one !== target), target].flatMap((total): Line[] => {
    const [a, b] = frontier({ ...data.question, target: total }, across);
    const slope = (b!.up - a!.up) / (across[1] - across[0]);
    const yAt = (x: number): number => a!.up + slope * (x - across[0]);
    const crossings = slope === 0 ? [] : up.map((y) => across[0] + (y - a!.up) / slope);
    const xs = [...across, ...crossings]
      .filter((x) => x >= across[0] && x <= across[1] && yAt(x) >= up[0] - 1e-12 && yAt(x) <= up[1] + 1e-12)
      .toSorted((p, q) => p - q);
    const [x1, x2] = [xs[0], xs.at(-1)];
    if (x1 === undefined || x2 === undefined || x2 - x1 < 0.02 * (across[1] - across[0])) return [];
    return [
      {
        total,
        ends: [
          { x: x1, y: yAt(x1) },
          { x: x2, y: yAt(x2) },
        ],
      },
    ];
  });
}

function domainOf<K extends string>(
  data: FrontierData<K>,
): {
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
} {
  if (data.domain !== undefined) return data.domain;
  const { plan, scenarios = [], ranges = {} } = data;
  const all = [...(plan === undefined ? [] : [plan]), ...scenarios];
  // Never so close that the lines could not be told apart: six points across, four up.
  const around = (value: number | undefined, room: number): number[] =>
    value === undefined ? [] : [value - room, value + room];
  const wide = extentOf(
    [...all.map((point) => point.across), ...(ranges.across ?? []), ...around(plan?.across, 0.05)],
    0.12,
  ) ?? [0, 0.2];
  const across = outward(wide);
  const needed = frontier(data.question, [(across[0] + across[1]) / 2])[0]!.up;
  const high = extentOf(
    [...all.map((point) => point.up), ...(ranges.up ?? []), ...around(needed, 0.04)],
    0.12,
  ) ?? [0, 0.2];
  return { across, up: outward(high) };
}

/** To whole percents. */
function outward([low, high]: readonly [number, number]): readonly [number, number] {
  return [Math.floor(100 * low + 1e-9) / 100, Math.ceil(100 * high - 1e-9) / 100];
}
