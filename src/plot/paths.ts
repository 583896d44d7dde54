import * as Plot from '@observablehq/plot';
import { addPeriods } from '../time/period.ts';
import { endOf, periodsOf } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { bandItem, bandMarks } from './band.ts';
import type { BandRow } from './band.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, LegendItem, MarkOptions } from './figure.ts';
import { tickLevel } from './format.ts';
import { endLabels } from './labels.ts';
import { extentOf } from './rows.ts';
import { dateOf, periodAxis, periodsThrough } from './time-axis.ts';
import { textWidth, wrapText } from './text.ts';
import { inks, sizes, strokes } from './theme.ts';
import { say } from './words.ts';

/** One line of a chart of paths: what was, what is projected, or both. */
export interface Path {
  readonly label: string;
  readonly history?: Series;
  readonly projection?: Series;
}

/**
 * Paths as marks: history solid, projection dashed from its last value on, each named at its end. x is the date, y the
 * value.
 *
 * @param paths of one frequency
 * @param options.labels whether the paths are named at their ends; defaults to true
 */
export function pathsMarks(
  paths: readonly Path[],
  options: MarkOptions & { readonly labels?: boolean; readonly labelWidth?: number } = {},
): Plot.Markish[] {
  const { theme = 'light', labels = true, labelWidth = 150 } = options;
  const lines = paths.flatMap((path, i) => {
    const stroke = strokes[i % strokes.length]!;
    const { history, projection } = path;
    const known = rowsOf(history);
    const ahead = [...joint(history, projection), ...rowsOf(projection)];
    const line = (data: Row[], strokeDasharray: string): Plot.Markish[] => [
      Plot.line(data, { x: 'date', y: 'value', stroke, strokeWidth: 2.2, strokeDasharray }),
      Plot.dot(alone(data), { x: 'date', y: 'value', r: 3, fill: stroke }),
    ];
    return [...line(known, 'none'), ...line(ahead, i >= strokes.length ? '2,3' : '6,3')];
  });
  const ends = paths.flatMap((path) => {
    const last = [...rowsOf(path.history), ...rowsOf(path.projection)].findLast(({ value }) =>
      Number.isFinite(value),
    );
    if (last === undefined) return [];
    return [
      { x: last.date, y: last.value, text: wrapText(path.label, labelWidth, sizes.small, 3).join('\n') },
    ];
  });
  return [...lines, ...(labels ? [endLabels(ends, { fill: inks[theme].ink })] : [])];
}

/** Paths against the target's band as a figure. */
export function pathsChart(
  paths: readonly Path[],
  options: ChartOptions & {
    /** The target's band by period, in the unit of the values; see `growthBand`. */
    readonly band?: readonly BandRow[];
    /** How values are written on the axis; defaults to levels. */
    readonly format?: (value: number) => string;
    /** What the values are: the name of the axis. */
    readonly label?: string;
  } = {},
): Figure {
  const { language = 'en', width = 640, band = [], format = tickLevel, theme = 'light' } = options;
  const all = paths
    .flatMap(({ history, projection }) => [history, projection])
    .filter((s) => s !== undefined);
  const domain = extentOf([
    ...all.flatMap((s) => [...s.values]),
    ...band.flatMap(({ low = NaN, high = NaN }) => [low, high]),
  ]);
  if (domain === undefined) return nothing('noValues', options);
  const periods = periodsThrough([...all.flatMap((s) => periodsOf(s)), ...band.map(({ period }) => period)]);
  const left = Math.ceil(Math.max(...domain.map((value) => textWidth(format(value), sizes.text)))) + 20;
  const labelWidth = Math.min(0.28 * width, 180);
  const named = paths.flatMap((path) => wrapText(path.label, labelWidth, sizes.small, 3));
  const right = Math.ceil(Math.max(16, ...named.map((line) => textWidth(line, sizes.small)))) + 16;
  const { ink } = inks[theme];
  const legend: LegendItem[] = [
    ...(paths.some((path) => path.history !== undefined)
      ? [{ label: say('history', language), colour: ink, shape: 'line' } as const]
      : []),
    ...(paths.some((path) => path.projection !== undefined)
      ? [{ label: say('projection', language), colour: ink, shape: 'dashes' } as const]
      : []),
    ...(band.length === 0 ? [] : [bandItem(language)]),
  ];
  const ends = paths.map((path) => {
    const last = [...rowsOf(path.history), ...rowsOf(path.projection)].at(-1);
    return `${path.label} ${last === undefined ? '–' : format(last.value)}`;
  });
  const lines = paths.reduce((sum, path) => sum + wrapText(path.label, labelWidth, sizes.small, 3).length, 0);
  return figure(
    {
      marks: [
        periodAxis(periods, width - left - right),
        Plot.axisY({ ticks: 5, tickFormat: format, label: null }),
        Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
        ...bandMarks(band, domain),
        ...pathsMarks(paths, { ...options, labelWidth }),
      ],
      height: Math.max(Math.round(0.42 * width), lines * 16),
      margin: { left, right, top: options.label === undefined ? 14 : 28, bottom: 28 },
      ...(options.label === undefined ? {} : { axes: { y: options.label } }),
      plot: { x: { type: 'utc' }, y: { domain } },
      legend,
      description:
        language === 'zh'
          ? `${periods[0]}至${periods.at(-1)}的路径，期末值：${ends.join('，')}。`
          : `Paths from ${periods[0]} to ${periods.at(-1)}; at the end: ${ends.join(', ')}.`,
    },
    options,
  );
}

interface Row {
  readonly date: Date;
  readonly value: number;
}

function rowsOf(s: Series | undefined): Row[] {
  return (s?.values ?? []).map((value, i) => ({ date: dateOf(addPeriods(s!.start, i)), value }));
}

/** The last known value, where the projection begins right after it. */
function joint(history: Series | undefined, projection: Series | undefined): Row[] {
  if (history === undefined || projection === undefined || history.values.length === 0) return [];
  return addPeriods(endOf(history), 1) === projection.start ? rowsOf(history).slice(-1) : [];
}

/** Values without a neighbour, which a line does not show. */
function alone(rows: readonly Row[]): Row[] {
  const known = (i: number): boolean => Number.isFinite(rows[i]?.value ?? NaN);
  return rows.filter((_, i) => known(i) && !known(i - 1) && !known(i + 1));
}
