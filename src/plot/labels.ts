import * as Plot from '@observablehq/plot';
import { lineHeight, textWidth } from './text.ts';
import { sizes } from './theme.ts';

/** A rectangle in pixels. */
interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** One label at its point. */
export interface LabelPoint {
  readonly x: number | Date;
  readonly y: number;
  readonly text: string;
}

/**
 * Labels beside their points that find free places: to the right, left, above, below and farther out, within the figure,
 * clear of each other and of all the points. Where no place is free the least crowded one is taken; a label that stands
 * apart from its point is tied to it by a thin line.
 *
 * @param data each label with its point in the values of the scales
 * @param options.clear points that labels should not cover, besides their own
 */
export function placedLabels(
  data: readonly LabelPoint[],
  options: Plot.TextOptions & {
    readonly clear?: readonly { readonly x: number | Date; readonly y: number }[];
  } = {},
): Plot.Markish[] {
  const { clear = [], ...rest } = options;
  const all = [...data, ...clear.map((point) => ({ ...point, text: '' }))];
  const stroke = typeof rest.fill === 'string' ? rest.fill : 'currentColor';
  return [
    Plot.link(
      all,
      inPixels(
        { x1: 'x', y1: 'y', x2: 'x', y2: 'y', stroke, strokeOpacity: 0.6, strokeWidth: 0.8 },
        (points, frame) => {
          const ties = freePlaces(points, frame).map((box, i) => tieOf(box, points[i]!));
          return {
            x1: ties.map((t) => t[0]),
            y1: ties.map((t) => t[1]),
            x2: ties.map((t) => t[2]),
            y2: ties.map((t) => t[3]),
          };
        },
      ),
    ),
    Plot.text(
      all,
      inPixels({ x: 'x', y: 'y', text: 'text', fontSize: sizes.small, ...rest }, (points, frame) => {
        const boxes = freePlaces(points, frame);
        return { x: boxes.map((box) => (box.x1 + box.x2) / 2), y: boxes.map((box) => (box.y1 + box.y2) / 2) };
      }),
    ),
  ];
}

/** Where labels go, one after the other. A label nearer to another point than to its own would be read as the other's. */
function freePlaces(points: readonly Placed[], frame: Frame): Box[] {
  const taken: Box[] = points.map(({ px, py }) => around(px, py, 12, 12));
  return points.map(({ px, py, d }) => {
    if (d.text === '') return around(px, py, 0, 0);
    const [w, h] = extentOf(d.text);
    let [best, least] = [around(px, py, w, h), Infinity];
    for (const [order, [cx, cy]] of placesAround(px, py, w, h).entries()) {
      const box = around(cx, cy, w, h);
      const outside =
        Math.max(0, frame.left - box.x1) +
        Math.max(0, box.x2 - frame.right) +
        Math.max(0, frame.top - box.y1) +
        Math.max(0, box.y2 - frame.bottom);
      const others = points.filter((p) => p.d.text !== '' && Math.hypot(p.px - px, p.py - py) > 1);
      const astray = others.reduce((sum, p) => sum + 4 * Math.max(0, 14 - distance(box, p)), 0);
      const cost =
        1000 * outside + astray + taken.reduce((sum, other) => sum + overlap(box, other), 0) + 3 * order;
      if (cost < least) [best, least] = [box, cost];
    }
    taken.push(best);
    return best;
  });
}

/** From a point to the nearest place of its label's box; nothing where they are close. */
function tieOf(box: Box, point: Placed): [number, number, number, number] {
  const { px, py, d } = point;
  if (d.text === '' || distance(box, point) < 16) return [NaN, NaN, NaN, NaN];
  return [px, py, Math.min(Math.max(px, box.x1 + 2), box.x2 - 2), Math.min(Math.max(py, box.y1), box.y2)];
}

/**
 * Labels to the right of the ends of lines, moved apart vertically so that none covers another; they stay in order.
 *
 * @param data each label with the end of its line
 */
export function endLabels(data: readonly LabelPoint[], options: Plot.TextOptions = {}): Plot.Markish {
  const initial = {
    x: 'x',
    y: 'y',
    text: 'text',
    fontSize: sizes.small,
    textAnchor: 'start',
    dx: 6,
    ...options,
  } as const;
  return Plot.text(
    data as LabelPoint[],
    inPixels(initial, (points, { top, bottom }) => {
      const order = points.map((_, i) => i).sort((a, b) => points[a]!.py - points[b]!.py || a - b);
      const at = points.map(({ py }) => py);
      const half = points.map(({ d }) => extentOf(d.text)[1] / 2);
      let edge = top;
      for (const i of order) {
        const [place, room] = [at[i] ?? 0, half[i] ?? 0];
        at[i] = Math.max(place, edge + room);
        edge = Math.max(place, edge + room) + room;
      }
      edge = bottom;
      for (const i of order.reverse()) {
        const [place, room] = [at[i] ?? 0, half[i] ?? 0];
        at[i] = Math.min(place, edge - room);
        edge = Math.min(place, edge - room) - room;
      }
      return { x: points.map(({ px }) => px), y: at };
    }),
  );
}

interface Placed {
  readonly px: number;
  readonly py: number;
  readonly d: LabelPoint;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Options of a mark whose channels are chosen in pixels, once the scales are known. */
function inPixels<T extends Plot.MarkOptions>(
  options: T,
  place: (points: readonly Placed[], frame: Frame) => Readonly<Record<string, number[]>>,
): T {
  return Plot.initializer(options, ((
    rows: LabelPoint[],
    facets: unknown,
    channels: Channels,
    scales: Scales,
    size: Size,
  ) => {
    const [X, Y] = [(channels.x ?? channels.x1)!.value, (channels.y ?? channels.y1)!.value];
    const points = rows.map((d, i) => ({ px: scales.x(X[i]), py: scales.y(Y[i]), d }));
    const frame = {
      left: size.marginLeft + 2,
      right: size.width - 2,
      top: size.marginTop,
      bottom: size.height - size.marginBottom,
    };
    const placed = Object.entries(place(points, frame)).map(([name, value]) => [name, { value }]);
    return { data: rows, facets, channels: Object.fromEntries(placed) };
  }) as never);
}

type Channels = Readonly<Partial<Record<'x' | 'y' | 'x1' | 'y1', { readonly value: unknown[] }>>>;
type Scales = Readonly<Record<'x' | 'y', (value: unknown) => number>>;
interface Size {
  readonly width: number;
  readonly height: number;
  readonly marginTop: number;
  readonly marginLeft: number;
  readonly marginBottom: number;
}

function around(x: number, y: number, w: number, h: number): Box {
  return { x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2 };
}

function extentOf(text: string): [number, number] {
  const lines = text.split('\n');
  const width = Math.max(...lines.map((line) => textWidth(line, sizes.small)));
  return [width + 4, lines.length * sizes.small * lineHeight + 2];
}

/** Middles of the places to try, the best first. */
function placesAround(x: number, y: number, w: number, h: number): [number, number][] {
  const [right, left] = [x + w / 2 + 8, x - w / 2 - 8];
  const places: [number, number][] = [];
  for (const far of [0, 1, 2, 3]) {
    const [up, down] = [y - h / 2 - 8 - far * h, y + h / 2 + 8 + far * h];
    if (far === 0) places.push([right, y], [left, y]);
    places.push([right, up], [right, down], [left, up], [left, down], [x, up], [x, down]);
  }
  return places;
}

/** From a box to a point. */
function distance(box: Box, { px, py }: Placed): number {
  return Math.hypot(Math.max(box.x1 - px, 0, px - box.x2), Math.max(box.y1 - py, 0, py - box.y2));
}

function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const h = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return w > 0 && h > 0 ? w * h + 20 : 0;
}
