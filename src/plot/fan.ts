import * as Plot from '@observablehq/plot';
import type { Forecast } from '../forecast/method.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods } from '../time/period.ts';
import { endOf } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { bandItem, bandMarks } from './band.ts';
import type { BandRow } from './band.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, LegendItem, MarkOptions } from './figure.ts';
import { tickLevel } from './format.ts';
import { extentOf } from './rows.ts';
import { dateOf, periodAxis, periodsThrough } from './time-axis.ts';
import { textWidth } from './text.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** Distributions by period: a forecast, or one made by hand. */
export type Steps = Pick<Forecast, 'start' | 'steps'>;

/** What is drawn with a fan or with intervals. */
export interface FanOptions {
  /**
   * Coverages of the central intervals between 0 and 1. Default to 0.3, 0.6 and 0.9 in a fan, as the Bank of England has
   * it, and to 0.8 and 0.95 as bars, as `intervals` has it.
   */
  readonly levels?: readonly number[];
  /** What came before; a fan opens at its last value. */
  readonly history?: Series;
}

/** What a chart of a forecast holds besides the forecast. */
export interface ForecastChartOptions extends ChartOptions {
  /** The target's band by period, in the unit of the values. */
  readonly band?: readonly BandRow[];
  /** How values are written on the axis; defaults to levels. */
  readonly format?: (value: number) => string;
  /** What the values are: the name of the axis. */
  readonly label?: string;
}

/**
 * A forecast as a fan: nested central intervals of each step's distribution (of any kind: two-piece normal, empirical
 * quantiles, Student) and the median. x is the date, y the value.
 *
 * @throws RangeError when a level is no coverage between 0 and 1
 */
export function fanMarks(forecast: Steps, options: MarkOptions & FanOptions = {}): Plot.Markish[] {
  const { theme = 'light', history } = options;
  const rows = quantileRows(forecast, history);
  const levels = levelsOf('fanMarks', options.levels).toReversed();
  const [fill, fillOpacity] = [fanColour(options), opacityOf(levels.length)];
  return [
    ...levels.map((coverage) =>
      Plot.areaY(
        rows.map(({ date, at }) => ({ date, low: at((1 - coverage) / 2), high: at((1 + coverage) / 2) })),
        { x: 'date', y1: 'low', y2: 'high', fill, fillOpacity },
      ),
    ),
    // One period alone has no area: its intervals stand as bars, the narrower ones broader.
    ...(rows.length === 1
      ? bars(rows, levels, (i) => ({ stroke: fill, strokeOpacity: fillOpacity, strokeWidth: 12 + 6 * i }))
      : []),
    medianMark(rows, options),
    ...(rows.length === 1 ? [medianDots(rows, inks[theme].ink)] : []),
    ...historyMarks(history, options),
  ];
}

/**
 * A forecast with its intervals as marks: history, the median of each step as a dot, and an interval as a bar at each step,
 * the narrower one broader. x is the date, y the value.
 *
 * @throws RangeError when a level is no coverage between 0 and 1
 */
export function forecastMarks(forecast: Steps, options: MarkOptions & FanOptions = {}): Plot.Markish[] {
  const { history } = options;
  const { ink } = inks[options.theme ?? 'light'];
  const levels = levelsOf('forecastMarks', options.levels ?? usualLevels).toReversed();
  return [
    ...bars(quantileRows(forecast), levels, (i) => ({
      stroke: fanColour(options),
      strokeWidth: 1.6 + 2.6 * i,
    })),
    medianMark(quantileRows(forecast, history), options),
    medianDots(quantileRows(forecast), ink),
    ...historyMarks(history, options),
  ];
}

/** A fan chart as a figure, with the target's band where one is given. */
export function fanChart(forecast: Steps, options: ForecastChartOptions & FanOptions = {}): Figure {
  const levels = levelsOf('fanMarks', options.levels);
  const legend = levels.map((coverage, i) => ({
    label: coverageText(coverage, options),
    colour: fanColour(options),
    shape: 'area' as const,
    opacity: 1 - (1 - opacityOf(levels.length)) ** (levels.length - i),
  }));
  return chartOf(forecast, levels, fanMarks(forecast, options), legend, options);
}

/** A forecast with its intervals as a figure: history, medians, intervals, and the target's band where one is given. */
export function forecastChart(forecast: Steps, options: ForecastChartOptions & FanOptions = {}): Figure {
  const levels = levelsOf('forecastMarks', options.levels ?? usualLevels);
  const [colour, least] = [fanColour(options), levels[0]];
  const legend = levels.map((coverage) => ({
    label: coverageText(coverage, options),
    colour,
    shape: coverage === least && levels.length > 1 ? ('area' as const) : ('line' as const),
  }));
  return chartOf(forecast, levels, forecastMarks(forecast, options), legend, options);
}

const usualLevels = [0.8, 0.95] as const;

function chartOf(
  forecast: Steps,
  levels: readonly number[],
  marks: readonly Plot.Markish[],
  intervals: readonly LegendItem[],
  options: ForecastChartOptions & FanOptions,
): Figure {
  const { language = 'en', width = 640, history, band = [], format = tickLevel, theme = 'light' } = options;
  const zh = language === 'zh';
  const rows = quantileRows(forecast);
  const [end, widest] = [rows.at(-1), levels.at(-1) ?? 0];
  const edges = (row: QuantileRow): [number, number] => [row.at((1 - widest) / 2), row.at((1 + widest) / 2)];
  const domain = extentOf([
    ...(history?.values ?? []),
    ...rows.flatMap(edges),
    ...band.flatMap(({ low = NaN, high = NaN }) => [low, high]),
  ]);
  if (domain === undefined || end === undefined) return nothing('noValues', options);
  const last = addPeriods(forecast.start, forecast.steps.length - 1);
  const periods = periodsThrough([
    history?.start ?? forecast.start,
    last,
    ...band.map(({ period }) => period),
  ]);
  const left = Math.ceil(Math.max(...domain.map((value) => textWidth(format(value), sizes.text)))) + 20;
  // The last period's name stands with its middle at the frame's edge.
  const right = Math.max(24, Math.ceil(textWidth(periods.at(-1)!, sizes.text) / 2) + 8);
  const interval = edges(end)
    .map(format)
    .join(zh ? '至' : ' to ');
  const { ink } = inks[theme];
  const legend: LegendItem[] = [
    ...(history === undefined
      ? []
      : [{ label: say('history', language), colour: ink, shape: 'line' } as const]),
    { label: say('median', language), colour: ink, shape: 'dashes' },
    ...intervals,
    ...(band.length === 0 ? [] : [bandItem(language)]),
  ];
  return figure(
    {
      marks: [
        periodAxis(periods, width - left - right),
        Plot.axisY({ ticks: 5, tickFormat: format, label: null }),
        Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
        ...bandMarks(band, domain),
        ...marks,
      ],
      height: Math.round(0.42 * width),
      margin: { left, right, top: options.label === undefined ? 14 : 28, bottom: 28 },
      ...(options.label === undefined ? {} : { axes: { y: options.label } }),
      plot: { x: { type: 'utc' }, y: { domain } },
      legend,
      description: zh
        ? `预测至${last}：中位数${format(end.at(0.5))}，${coverageText(widest, options)}${interval}。`
        : `Forecast to ${last}: median ${format(end.at(0.5))}, ${coverageText(widest, options)} interval ${interval}.`,
    },
    options,
  );
}

interface QuantileRow {
  readonly date: Date;
  readonly at: (p: number) => number;
}

/** Quantiles by period; with a history its last known value comes first, from which a fan opens. */
function quantileRows({ start, steps }: Steps, history?: Series): QuantileRow[] {
  const rows = steps.map((step, j) => ({
    date: dateOf(addPeriods(start, j)),
    at: (p: number): number => quantile(step, p),
  }));
  const last = history?.values.at(-1);
  if (history === undefined || last === undefined || !Number.isFinite(last)) return rows;
  return [{ date: dateOf(endOf(history)), at: () => last }, ...rows];
}

function bars(
  rows: readonly QuantileRow[],
  levels: readonly number[],
  style: (i: number) => Plot.LinkOptions,
): Plot.Markish[] {
  return levels.map((coverage, i) =>
    Plot.link(
      rows.map(({ date, at }) => ({ date, low: at((1 - coverage) / 2), high: at((1 + coverage) / 2) })),
      { x: 'date', y1: 'low', y2: 'high', ...style(i) },
    ),
  );
}

function medianMark(rows: readonly QuantileRow[], { theme = 'light' }: MarkOptions): Plot.Markish {
  const median = rows.map(({ date, at }) => ({ date, value: at(0.5) }));
  return Plot.line(median, {
    x: 'date',
    y: 'value',
    stroke: inks[theme].ink,
    strokeWidth: 1.6,
    strokeDasharray: '5,3',
  });
}

function medianDots(rows: readonly QuantileRow[], fill: string): Plot.Markish {
  return Plot.dot(
    rows.map(({ date, at }) => ({ date, value: at(0.5) })),
    { x: 'date', y: 'value', r: 3, fill },
  );
}

function historyMarks(history: Series | undefined, { theme = 'light' }: MarkOptions): Plot.Markish[] {
  if (history === undefined) return [];
  const known = history.values.map((value, i) => ({ date: dateOf(addPeriods(history.start, i)), value }));
  const points = known.filter(({ value }) => Number.isFinite(value));
  const { ink } = inks[theme];
  return [
    Plot.line(known, { x: 'date', y: 'value', stroke: ink, strokeWidth: 2 }),
    ...(points.length > 40 ? [] : [Plot.dot(points, { x: 'date', y: 'value', r: 2, fill: ink })]),
  ];
}

/** On dark paper the thin outer interval needs the lighter blue. */
function fanColour({ theme }: MarkOptions): string {
  return theme === 'dark' ? colours.sky : colours.blue;
}

function levelsOf(call: string, levels: readonly number[] = [0.3, 0.6, 0.9]): number[] {
  const bad = levels.find((coverage) => !(coverage > 0 && coverage < 1));
  if (bad !== undefined)
    mistake(call, `${shown(bad)} is not a coverage`, 'give numbers between 0 and 1, such as 0.9');
  return levels.toSorted((a, b) => a - b);
}

function coverageText(coverage: number, { language }: MarkOptions): string {
  const whole = Number((100 * coverage).toPrecision(4));
  return language === 'zh' ? `${whole}%区间` : `${whole} %`;
}

function opacityOf(count: number): number {
  return count <= 2 ? 0.28 : 0.2;
}
