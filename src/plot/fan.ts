import * as Plot from '@observablehq/plot';
import type { Forecast } from '../forecast/method.ts';
import { mistake, shown } from '../mistake.ts';
import { addPeriods } from '../time/period.ts';
import { endOf } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { quantile } from '../uncertainty/quantile.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, LegendItem, MarkOptions } from './figure.ts';
import { tickLevel } from './format.ts';
import { bandItem, bandMarks } from './band.ts';
import type { BandRow } from './band.ts';
import { extentOf } from './rows.ts';
import { dateOf, periodAxis, periodsThrough } from './time-axis.ts';
import { textWidth } from './text.ts';
import { colours, inks, sizes } from './theme.ts';
import { say } from './words.ts';

/** What is drawn with a fan. */
export interface FanOptions {
  /** Coverages of the central intervals between 0 and 1; defaults to 0.3, 0.6 and 0.9, as the Bank of England has it. */
  readonly levels?: readonly number[];
  /** What came before, so that the fan opens at its last value. */
  readonly history?: Series;
}

/**
 * A forecast as a fan: nested central intervals of each step's distribution (of any kind: two-piece normal, empirical
 * quantiles, Student) and the median. x is the date, y the value.
 *
 * @param forecast distributions by period, as `forecast` gives them or made by hand
 */
export function fanMarks(
  forecast: Pick<Forecast, 'start' | 'steps'>,
  options: MarkOptions & FanOptions = {},
): Plot.Markish[] {
  const { theme = 'light' } = options;
  const rows = quantileRows(forecast, options);
  const levels = levelsOf(options).toReversed();
  const median = rows.map(({ date, at }) => ({ date, value: at(0.5) }));
  return [
    ...levels.map((coverage) =>
      Plot.areaY(
        rows.map(({ date, at }) => ({ date, low: at((1 - coverage) / 2), high: at((1 + coverage) / 2) })),
        { x: 'date', y1: 'low', y2: 'high', fill: fanColour(options), fillOpacity: opacityOf(levels.length) },
      ),
    ),
    Plot.line(median, {
      x: 'date',
      y: 'value',
      stroke: inks[theme].ink,
      strokeWidth: 1.6,
      strokeDasharray: '5,3',
    }),
    ...(rows.length === 1 ? alone(rows[0]!, levels, inks[theme].ink, fanColour(options)) : []),
  ];
}

/** History and a forecast's fan as marks: intervals around the median. @param history what came before */
export function forecastMarks(
  history: Series,
  forecast: Pick<Forecast, 'start' | 'steps'>,
  options: MarkOptions & Omit<FanOptions, 'history'> = {},
): Plot.Markish[] {
  const { theme = 'light' } = options;
  const known = history.values.map((value, i) => ({ date: dateOf(addPeriods(history.start, i)), value }));
  return [
    ...fanMarks(forecast, { ...options, history }),
    Plot.line(known, { x: 'date', y: 'value', stroke: inks[theme].ink, strokeWidth: 2 }),
    Plot.dot(
      known.filter(({ value }) => Number.isFinite(value)),
      {
        x: 'date',
        y: 'value',
        r: known.length > 40 ? 0 : 2,
        fill: inks[theme].ink,
      },
    ),
  ];
}

/** A forecast as a figure: history, nested intervals, median, and the target's band where one is given. */
export function forecastChart(
  forecast: Pick<Forecast, 'start' | 'steps'>,
  options: ChartOptions &
    FanOptions & {
      /** The target's band by period, in the unit of the values. */
      readonly band?: readonly BandRow[];
      /** How values are written on the axis; defaults to levels. */
      readonly format?: (value: number) => string;
      /** What the values are: the name of the axis. */
      readonly label?: string;
    } = {},
): Figure {
  const { language = 'en', width = 640, history, band = [], format = tickLevel } = options;
  const zh = language === 'zh';
  const rows = quantileRows(forecast, options);
  const levels = levelsOf(options);
  const widest = levels.at(-1)!;
  const values = [
    ...(history?.values ?? []),
    ...rows.flatMap(({ at }) => [at((1 - widest) / 2), at((1 + widest) / 2)]),
    ...band.flatMap(({ low = NaN, high = NaN }) => [low, high]),
  ];
  const domain = extentOf(values);
  if (domain === undefined || rows.length === 0) return nothing('noValues', options);
  const last = addPeriods(forecast.start, forecast.steps.length - 1);
  const periods = periodsThrough([history?.start ?? forecast.start, last]);
  const left = Math.ceil(Math.max(...domain.map((value) => textWidth(format(value), sizes.text)))) + 20;
  const end = rows.at(-1)!;
  const interval = `${format(end.at((1 - widest) / 2))}${zh ? '至' : ' to '}${format(end.at((1 + widest) / 2))}`;
  const legend: LegendItem[] = [
    ...(history === undefined
      ? []
      : [
          {
            label: say('history', language),
            colour: inks[options.theme ?? 'light'].ink,
            shape: 'line',
          } as const,
        ]),
    { label: say('median', language), colour: inks[options.theme ?? 'light'].ink, shape: 'dashes' },
    ...levels.map((coverage, i) => ({
      label: `${Math.round(100 * coverage)}${zh ? '%区间' : ' %'}`,
      colour: fanColour(options),
      shape: 'area' as const,
      opacity: 1 - (1 - opacityOf(levels.length)) ** (levels.length - i),
    })),
    ...(band.length === 0 ? [] : [bandItem(language)]),
  ];
  return figure(
    {
      marks: [
        periodAxis(periods, width - left - 24),
        Plot.axisY({ ticks: 5, tickFormat: format, label: null }),
        Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
        ...bandMarks(band, domain),
        ...(history === undefined ? fanMarks(forecast, options) : forecastMarks(history, forecast, options)),
      ],
      height: Math.round(0.42 * width),
      margin: { left, right: 24, top: options.label === undefined ? 14 : 28, bottom: 28 },
      ...(options.label === undefined ? {} : { axes: { y: options.label } }),
      plot: { x: { type: 'utc' }, y: { domain } },
      legend,
      description: zh
        ? `预测至${last}：中位数${format(end.at(0.5))}，${Math.round(100 * widest)}%区间${interval}。`
        : `Forecast to ${last}: median ${format(end.at(0.5))}, ${Math.round(100 * widest)} % interval ${interval}.`,
    },
    options,
  );
}

/** A fan chart as a figure: the same as `forecastChart`. */
export const fanChart = forecastChart;

/** One period alone has no area: its intervals stand as bars, the narrower ones broader. */
function alone(
  { date, at }: QuantileRow,
  levels: readonly number[],
  ink: string,
  colour: string,
): Plot.Markish[] {
  return [
    ...levels.map((coverage, i) =>
      Plot.link([0], {
        x: date,
        y1: at((1 - coverage) / 2),
        y2: at((1 + coverage) / 2),
        stroke: colour,
        strokeOpacity: opacityOf(levels.length),
        strokeWidth: 12 + 6 * i,
      }),
    ),
    Plot.dot([0], { x: date, y: at(0.5), r: 3, fill: ink }),
  ];
}

interface QuantileRow {
  readonly date: Date;
  readonly at: (p: number) => number;
}

/** Quantiles by period, before them the last known value, from which the fan opens. */
function quantileRows(
  { start, steps }: Pick<Forecast, 'start' | 'steps'>,
  { history }: FanOptions,
): QuantileRow[] {
  const rows = steps.map((step, j) => ({
    date: dateOf(addPeriods(start, j)),
    at: (p: number): number => quantile(step, p),
  }));
  const last = history?.values.at(-1);
  if (history === undefined || last === undefined || !Number.isFinite(last)) return rows;
  return [{ date: dateOf(endOf(history)), at: () => last }, ...rows];
}

/** On dark paper the thin outer interval needs the lighter blue. */
function fanColour({ theme }: MarkOptions): string {
  return theme === 'dark' ? colours.sky : colours.blue;
}

function levelsOf({ levels = [0.3, 0.6, 0.9] }: FanOptions): number[] {
  const bad = levels.find((coverage) => !(coverage > 0 && coverage < 1));
  if (bad !== undefined)
    mistake('fanMarks', `${shown(bad)} is not a coverage`, 'give numbers between 0 and 1, such as 0.9');
  return levels.toSorted((a, b) => a - b);
}

function opacityOf(count: number): number {
  return count <= 2 ? 0.28 : 0.2;
}
