import * as Plot from '@observablehq/plot';
import type { Language } from '../issue.ts';
import { shorten, textWidth, wrapText } from './text.ts';
import { fontFamilies, inks, lights, sizes } from './theme.ts';
import type { Theme } from './theme.ts';
import { svgDocument } from './svg-document.ts';
import { say } from './words.ts';
import type { words } from './words.ts';

/** An SVG element where the DOM's types are known, else what can be read of one. */
export type Figure = typeof globalThis extends { SVGSVGElement: { prototype: infer Svg } }
  ? Svg
  : { readonly outerHTML: string };

/** Options of every mark function. */
export interface MarkOptions {
  /** One of `'en'` (defaults to it) or `'zh'`. */
  readonly language?: Language;
  /** One of `'light'` (defaults to it), `'dark'` or `'page'`. */
  readonly theme?: Theme;
}

/** Options of every ready-made chart. */
export interface ChartOptions extends MarkOptions {
  /** The document in which to draw: the browser's, jsdom's, linkedom's. Defaults to one that is only written. */
  readonly document?: object;
  /** Width in pixels; defaults to 640. */
  readonly width?: number;
  /** Height of the plotting area in pixels; defaults to what the chart needs. */
  readonly height?: number;
  readonly title?: string;
  readonly subtitle?: string;
  /** Below the chart: sources, caveats. */
  readonly note?: string;
  /** What the picture shows, for readers who cannot see it. Defaults to a sentence made from the data. */
  readonly description?: string;
}

/** One entry of a legend. */
export interface LegendItem {
  readonly label: string;
  readonly colour: string;
  readonly shape:
    'line' | 'dashes' | 'area' | 'outline' | 'circle' | 'ring' | 'triangle' | 'square' | 'tick' | 'times';
  readonly opacity?: number;
}

/** A chart's own part of a figure. */
export interface Drawing {
  readonly marks: Plot.Markish[];
  /** Height of the plotting area in pixels. */
  readonly height: number;
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly plot?: Omit<Plot.PlotOptions, 'marks' | 'width' | 'height'>;
  /** Names of the axes: of y above its top, of x below its right end. Margins leave room for them. */
  readonly axes?: { readonly x?: string; readonly y?: string };
  readonly legend?: readonly LegendItem[];
  readonly description: string;
}

/**
 * A figure from a chart's marks: title, subtitle, legend and note as SVG text above and below (Plot's own are HTML), a role
 * and a description for those who cannot see it, real font names, and nothing that only a browser understands.
 */
export function figure(drawing: Drawing, options: ChartOptions): Figure {
  const {
    language = 'en',
    width = 640,
    theme = 'light',
    document = svgDocument(),
    title,
    subtitle,
    note,
  } = options;
  const { ink, paper } = inks[theme];
  const inner = width - 16;
  const head = [
    ...linesOf(title, inner / 1.08, sizes.title).map((text) => ({ text, size: sizes.title, weight: 'bold' })),
    ...linesOf(subtitle, inner, sizes.small).map((text) => ({ text, size: sizes.small, weight: 'normal' })),
  ];
  const headHeight = head.reduce((sum, { size }) => sum + Math.round(size * 1.4), head.length > 0 ? 6 : 0);
  const legend = legendRows(drawing.legend ?? [], inner);
  const top = headHeight + legend.length * 20 + drawing.margin.top;
  const { axes = {} } = drawing;
  const foot = linesOf(note, inner, sizes.small);
  const bottom = drawing.margin.bottom + foot.length * 15 + (foot.length > 0 ? 6 : 0);
  const height = Math.round(top + (options.height ?? drawing.height) + bottom);
  const svg = Plot.plot({
    ...drawing.plot,
    document: document as never,
    width,
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: drawing.margin.left,
    marginRight: drawing.margin.right,
    style: {
      fontFamily: fontFamilies[language],
      fontSize: `${sizes.text}px`,
      color: ink,
      background: paper === 'none' ? 'transparent' : paper,
    },
    marks: drawing.marks,
  }) as unknown as Svg;
  // Its rules use selectors and variables that converters do not know; what they say is said by attributes.
  svg.querySelector('style')?.remove();
  const make = (name: string, attributes: Record<string, string | number>, text?: string): Svg => {
    const node = svg.ownerDocument.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const write = (text: string, x: number, y: number, more: Record<string, string | number> = {}): void =>
    svg.appendChild(make('text', { x, y, 'font-size': sizes.small, 'text-anchor': 'start', ...more }, text));
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('fill', ink);
  svg.setAttribute('color', ink);
  svg.setAttribute('lang', language === 'zh' ? 'zh-Hans' : 'en');
  svg.setAttribute('role', 'img');
  const description = options.description ?? drawing.description;
  svg.setAttribute('aria-label', title === undefined ? description : `${title}. ${description}`);
  const first = svg.firstChild;
  if (paper !== 'none') svg.insertBefore(make('rect', { width, height, fill: paper }), first);
  let y = 4;
  for (const { text, size, weight } of head) {
    y += Math.round(size * 1.4);
    write(text, 8, y - 3, { 'font-size': size, 'font-weight': weight });
  }
  for (const [row, items] of legend.entries()) {
    const middle = headHeight + row * 20 + 11;
    for (const { item, x } of items) {
      swatch(make, item, x, middle).forEach((node) => svg.appendChild(node));
      write(item.label, x + 24, middle + 4);
    }
  }
  for (const [row, text] of foot.entries()) {
    write(text, 8, height - 6 - 15 * (foot.length - 1 - row), { opacity: 0.8 });
  }
  if (axes.y !== undefined) write(shorten(axes.y, inner, sizes.small), 8, top - 12);
  if (axes.x !== undefined)
    write(shorten(axes.x, inner, sizes.small), width - 8, height - bottom + drawing.margin.bottom - 5, {
      'text-anchor': 'end',
    });
  return svg as unknown as Figure;
}

/** A figure that says why there is nothing to draw. */
export function nothing(why: keyof typeof words, options: ChartOptions): Figure {
  const { language = 'en' } = options;
  const text = `${say('nothing', language)}${language === 'zh' ? '：' : ': '}${say(why, language)}`;
  const marks = [Plot.text([text], { frameAnchor: 'middle', text: (d: string) => d, fontSize: sizes.text })];
  return figure(
    { marks, height: 60, margin: { left: 8, right: 8, top: 8, bottom: 8 }, description: text },
    { ...options, height: 60 },
  );
}

/** Legend entry of a light: its colour, and the shape that says the same. */
export function lightItem(light: keyof typeof lights, label: string): LegendItem {
  return { label, colour: lights[light].colour, shape: lights[light].symbol };
}

/** What is used of an SVG element, in any DOM. */
interface Svg {
  readonly ownerDocument: { createElementNS(space: string, name: string): Svg };
  readonly firstChild: Svg | null;
  textContent: string;
  setAttribute(name: string, value: string): void;
  querySelector(name: string): Svg | null;
  appendChild(child: Svg): void;
  insertBefore(child: Svg, before: Svg | null): void;
  remove(): void;
}

function linesOf(text: string | undefined, width: number, size: number): string[] {
  return text === undefined || text === '' ? [] : wrapText(text, width, size);
}

/** Legend entries in rows, each with its place; an entry wider than the figure is cut. */
function legendRows(
  items: readonly LegendItem[],
  width: number,
): { readonly item: LegendItem; readonly x: number }[][] {
  const rows: { item: LegendItem; x: number }[][] = [];
  let x = Infinity;
  for (const whole of items) {
    const [label = ''] = wrapText(whole.label, width - 30, sizes.small, 1);
    const needed = textWidth(label, sizes.small) + 42;
    if (x + needed - 18 > width + 8) {
      rows.push([]);
      x = 8;
    }
    rows.at(-1)!.push({ item: { ...whole, label }, x });
    x += needed;
  }
  return rows;
}

function swatch(
  make: (name: string, attributes: Record<string, string | number>) => Svg,
  { shape, colour, opacity = 1 }: LegendItem,
  x: number,
  y: number,
): Svg[] {
  const solid = { fill: colour, 'fill-opacity': opacity };
  const line = { stroke: colour, 'stroke-width': 2, fill: 'none' };
  switch (shape) {
    case 'line':
      return [make('path', { d: `M${x},${y}h18`, ...line, 'stroke-width': 2.5 })];
    case 'dashes':
      return [make('path', { d: `M${x},${y}h18`, ...line, 'stroke-dasharray': '4,3' })];
    case 'area':
      return [make('rect', { x, y: y - 5, width: 18, height: 10, ...solid })];
    case 'outline':
      return [make('rect', { x: x + 1, y: y - 5, width: 16, height: 10, ...line })];
    case 'circle':
      return [make('circle', { cx: x + 9, cy: y, r: 4.5, ...solid })];
    case 'ring':
      return [make('circle', { cx: x + 9, cy: y, r: 4, ...line })];
    case 'square':
      return [make('rect', { x: x + 5, y: y - 4, width: 8, height: 8, ...solid })];
    case 'triangle':
      return [make('path', { d: `M${x + 9},${y - 5}l5,9h-10z`, ...solid })];
    case 'tick':
      return [make('path', { d: `M${x + 9},${y - 6}v12`, ...line })];
    case 'times':
      return [make('path', { d: `M${x + 5},${y - 4}l8,8m0,-8l-8,8`, ...line })];
    default:
      return shape satisfies never;
  }
}
