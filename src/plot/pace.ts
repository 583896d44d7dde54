import * as Plot from '@observablehq/plot';
import type { Pace } from '../assess/pace.ts';
import { periodsOf } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import type { Period } from '../time/period.ts';
import { figure, lightItem, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, percentTick } from './format.ts';
import { extentOf } from './rows.ts';
import { textWidth } from './text.ts';
import { colours, inks, lights, sizes } from './theme.ts';
import { say } from './words.ts';

/** A year on its way: what it has brought and what it still needs. */
export interface PaceData {
  readonly pace: Pace;
  /** The year's target growth, as a ratio. */
  readonly target: number;
  /** Growth of the periods so far over the same periods of the year before. Defaults to the growth to date for each. */
  readonly actual?: Series;
}

/**
 * The pace of a year as marks: growth of the periods so far in grey, the growth that each remaining one needs in the
 * colour and with the sign of its light, the target as a line. x is the period, y growth over the year before as a ratio.
 *
 * @param options.every which columns have their number: each one (1, the default), each second one, ...
 */
export function paceMarks(
  data: PaceData,
  options: MarkOptions & { readonly every?: number } = {},
): Plot.Markish[] {
  const { language = 'en', theme = 'light', every = 1 } = options;
  const { ink } = inks[theme];
  const columns = columnsOf(data);
  const light = data.pace.light ?? 'none';
  const column = (isDone: boolean, fill: string, fillOpacity: number): Plot.Markish =>
    Plot.barY(
      columns.filter((d) => d.done === isDone),
      {
        x: 'period',
        y1: 0,
        y2: 'growth',
        fill,
        fillOpacity,
        // What is not done yet has an edge, so that it differs without its colour too.
        ...(isDone ? {} : { stroke: fill, strokeWidth: 1.5 }),
        insetLeft: 4,
        insetRight: 4,
      },
    );
  const sign = lights[light].sign;
  return [
    column(true, colours.grey, 0.8),
    column(false, lights[light].colour, light === 'none' ? 0.2 : 0.75),
    Plot.ruleY([0], { stroke: ink }),
    Plot.ruleY([data.target], { stroke: colours.blue, strokeWidth: 2, strokeDasharray: '6,3' }),
    ...[1, -1].map((side) =>
      Plot.text(
        columns.filter((d, i) => i % every === 0 && d.growth >= 0 === side > 0 && Number.isFinite(d.growth)),
        {
          x: 'period',
          // Above the target's line where the bar ends just below it.
          y: (d: Column) => (side > 0 && near(d.growth, data) ? data.target : d.growth),
          text: (d: Column) =>
            `${d.done || light === 'none' ? '' : `${sign} `}${percent(d.growth, language)}`,
          dy: -9 * side,
          fontSize: sizes.small,
          fill: ink,
        },
      ),
    ),
  ];
}

/** The required pace by quarter or month as a figure. */
export function paceChart(data: PaceData, options: ChartOptions = {}): Figure {
  const { language = 'en', width = 640, theme = 'light' } = options;
  const { pace, target } = data;
  const columns = columnsOf(data);
  const extent = extentOf([0, target, ...columns.map(({ growth }) => growth)], 0.16);
  if (columns.length === 0 || extent === undefined || columns.every(({ growth }) => !Number.isFinite(growth)))
    return nothing('noValues', options);
  const zh = language === 'zh';
  const domain = [Math.min(0, ...columns.map(({ growth }) => growth)) < 0 ? extent[0] : 0, extent[1]];
  const tick = percentTick(language);
  const left =
    Math.ceil(Math.max(...domain.map((value) => textWidth(percent(value, language), sizes.text)))) + 20;
  const room = (width - left - 16) / columns.length;
  const every = Math.ceil((textWidth(columns[0]!.period, sizes.text) + 8) / room);
  const light = pace.light ?? 'none';
  const toDate = percent(pace.toDate, language);
  const needed = percent(pace.needed, language);
  return figure(
    {
      marks: [
        Plot.axisX({ ticks: columns.map((d) => d.period).filter((_, i) => i % every === 0), label: null }),
        Plot.axisY({ ticks: 5, tickFormat: tick, label: null }),
        Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
        ...paceMarks(data, { ...options, every: Math.ceil(52 / room) }),
      ],
      height: Math.round(0.36 * width),
      margin: { left, right: 16, top: 14, bottom: 28 },
      plot: { x: { domain: columns.map((d) => d.period), type: 'band', padding: 0.1 }, y: { domain } },
      legend: [
        { label: say('done', language), colour: colours.grey, shape: 'area' },
        light === 'none'
          ? { label: say('needed', language), colour: colours.grey, shape: 'area', opacity: 0.25 }
          : lightItem(
              light,
              `${say('needed', language)}${zh ? '（' : ' ('}${say(light, language)}${zh ? '）' : ')'}`,
            ),
        {
          label: `${say('target', language)} ${percent(target, language)}`,
          colour: colours.blue,
          shape: 'dashes',
        },
      ],
      description: zh
        ? `截至${pace.period}累计增长${toDate}，其余时期需增长${needed}，目标为${percent(target, 'zh')}。`
        : `Growth of ${toDate} to ${pace.period}; the rest of the year needs ${needed} for a target of ${percent(target, 'en')}.`,
    },
    { ...options, theme },
  );
}

interface Column {
  readonly period: Period;
  readonly growth: number;
  readonly done: boolean;
}

function columnsOf({ pace, actual }: PaceData): Column[] {
  const known: Column[] =
    actual === undefined
      ? [{ period: pace.period, growth: pace.toDate, done: true }]
      : periodsOf(actual).map((period, i) => ({ period, growth: actual.values[i]!, done: true }));
  return [...known, ...pace.periods.map(({ period, growth }) => ({ period, growth, done: false }))];
}

/** Whether a number over a bar's end would stand on the target's line. */
function near(growth: number, { target, pace }: PaceData): boolean {
  const reach = Math.max(target, growth, pace.needed || 0) * 0.14;
  return growth < target && target - growth < reach;
}
