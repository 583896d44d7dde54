import * as Plot from '@observablehq/plot';
import type { LegendItem } from './figure.ts';
import { lineHeight, textWidth, wrapText } from './text.ts';
import { inks, sizes } from './theme.ts';
import type { MarkOptions } from './figure.ts';

/** The layout of a chart whose rows are named at the left. */
export interface RowLayout {
  /** Names of the rows in lines; rows are told apart by their place, so that two may have one name. */
  readonly names: readonly string[];
  /** Space that the names take, in pixels. */
  readonly left: number;
  /** Height of a row in pixels. */
  readonly row: number;
}

/**
 * Room for row names: at most two fifths of the width, names in up to three lines.
 *
 * @param labels the rows' names; a second line of detail may follow after a line break
 * @param width of the whole chart in pixels
 */
export function rowLayout(labels: readonly string[], width: number): RowLayout {
  const most = 0.42 * width;
  const names = labels.map((label) =>
    label
      .split('\n')
      .flatMap((part) => wrapText(part, most - 14, sizes.text, 3))
      .join('\n'),
  );
  const lines = names.flatMap((name) => name.split('\n'));
  const left = Math.ceil(Math.max(24, ...lines.map((line) => textWidth(line, sizes.text))) + 14);
  const deepest = Math.max(1, ...names.map((name) => name.split('\n').length));
  return { names, left, row: Math.max(26, Math.ceil(deepest * sizes.text * lineHeight) + 8) };
}

/** The names of the rows as an axis without ticks. */
export function rowAxis({ names }: RowLayout, options: Plot.AxisYOptions = {}): Plot.Markish {
  return Plot.axisY({
    tickFormat: (i: number) => names[i] ?? '',
    tickSize: 0,
    label: null,
    fontSize: sizes.text,
    lineHeight,
    ...options,
  });
}

/** The axis of values under the rows, and its grid: as many ticks as have room. @param width of the plotting area in pixels */
export function valueAxis(width: number, tickFormat: (value: number) => string): Plot.Markish[] {
  const ticks = Math.max(1, Math.min(6, Math.floor(width / 50)));
  return [Plot.axisX({ ticks, tickFormat, label: null }), Plot.gridX({ ticks, strokeOpacity: 0.12 })];
}

/** The domain of row places. */
export function rowDomain(rows: readonly unknown[]): number[] {
  return rows.map((_, i) => i);
}

/** Room for numbers written beyond the ends of bars. */
export function insetFor(texts: readonly string[]): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, sizes.small)))) + 10;
}

/** A vertical rule at a value, in the ink of the theme. */
export function inkRule(values: readonly number[], { theme = 'light' }: MarkOptions): Plot.Markish {
  return Plot.ruleX(values as number[], { stroke: inks[theme].ink, strokeWidth: 1.2 });
}

/** Legend entries in which nothing stands twice. */
export function distinct(items: readonly LegendItem[]): LegendItem[] {
  return items.filter((item, i) => items.findIndex(({ label }) => label === item.label) === i);
}

/** The smallest interval that holds all finite values, widened by a share of its width; undefined without any. */
export function extentOf(values: readonly number[], widen = 0.06): [number, number] | undefined {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return undefined;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = high > low ? (high - low) * widen : Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}
