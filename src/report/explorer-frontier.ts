import type { Language } from '../issue.ts';
import { inBand } from '../plan/relation.ts';
import type { Band } from '../plan/relation.ts';
import { percent, percentTick } from '../plot/format.ts';
import { shorten, textWidth } from '../plot/text.ts';
import { twoEngineBaseRatios, twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { frontier } from '../scenario/frontier.ts';
import type { ExplorerData, Explored } from './explorer-model.ts';
import { questionAt } from './explorer-model.ts';
import type { ExplorerPoint } from './explorer-point.ts';
import { text } from './explorer-words.ts';
import { escapeHtml } from './html-page.ts';
import { word } from './report-words.ts';

/** A point on the plane of the two engines: real growth of either. */
export interface PlanePoint {
  readonly label: string;
  readonly across: number;
  readonly up: number;
}

/** The plane that is drawn: its edges in growth, its place in pixels. */
export interface Plane {
  readonly across: readonly [number, number];
  readonly up: readonly [number, number];
  readonly width: number;
  readonly height: number;
}

export const margin = { left: 50, right: 46, top: 26, bottom: 42 } as const;

/** What is drawn. */
export interface FrontierPicture {
  readonly data: ExplorerData;
  readonly point: ExplorerPoint;
  readonly here: Explored;
  readonly plan: PlanePoint;
  readonly kept: readonly PlanePoint[];
  readonly width: number;
}

/** Real growth of industry's value added that growth of gross output means, in the first year. */
export function realIndustry(output: number, { set }: ExplorerPoint): number {
  const { value: ratio } = twoEngineBaseRatios.va_ratio_industry;
  return ((1 + output) * (ratio + set.va_ratio_change)) / ratio / (1 + set.p_industry) - 1;
}

/** Growth of gross output that real growth of industry takes: the inverse of `realIndustry`. */
export function outputFor(real: number, { set }: ExplorerPoint): number {
  const { value: ratio } = twoEngineBaseRatios.va_ratio_industry;
  return ((1 + real) * ratio * (1 + set.p_industry)) / (ratio + set.va_ratio_change) - 1;
}

/** The plane of a picture: what holds the documented ranges, the plan and all points, in whole percents. */
export function planeOf({ data, point, here, plan, kept, width }: FrontierPicture): Plane {
  const { range } = twoEngineParameters.g_output_industry;
  const points = [plan, { across: here.industry, up: here.services }, ...kept];
  const extent = (values: readonly number[], room: number): [number, number] => [
    Math.floor(100 * (Math.min(...values) - room) + 1e-9) / 100,
    Math.ceil(100 * (Math.max(...values) + room) - 1e-9) / 100,
  ];
  const across = extent(
    [
      ...points.map((p) => p.across),
      plan.across - 0.05,
      plan.across + 0.05,
      ...range.map((output) => realIndustry(output, { ...point, set: { ...data.start.set } })),
    ],
    0.01,
  );
  const up = extent(
    [...points.map((p) => p.up), plan.up - 0.03, plan.up + 0.03, ...twoEngineParameters.g_services.range],
    0.01,
  );
  return { across, up, width, height: Math.round(Math.min(380, Math.max(270, 0.6 * width))) };
}

/** Pixels of a growth of industry and of services. */
export function placeOn(
  { across, up, width, height }: Plane,
  x: number,
  y: number,
): readonly [number, number] {
  return [
    margin.left + ((x - across[0]) / (across[1] - across[0])) * (width - margin.left - margin.right),
    height - margin.bottom - ((y - up[0]) / (up[1] - up[0])) * (height - margin.top - margin.bottom),
  ];
}

/** Growth of industry and of services at a place in pixels: the inverse of `placeOn`. */
export function growthAt(
  { across, up, width, height }: Plane,
  x: number,
  y: number,
): readonly [number, number] {
  return [
    across[0] + ((x - margin.left) / (width - margin.left - margin.right)) * (across[1] - across[0]),
    up[0] + ((height - margin.bottom - y) / (height - margin.top - margin.bottom)) * (up[1] - up[0]),
  ];
}

/**
 * The two-engine frontier as SVG: lines along which GDP grows by the same rate, the plan's target bold with its band
 * behind it, documented ranges shaded, the plan, the kept scenarios and the point that is dragged.
 */
export function frontierSvg(picture: FrontierPicture): string {
  const { data, point, here, plan, kept, width } = picture;
  const { language, goal } = data;
  const plane = planeOf(picture);
  const { across, up, height } = plane;
  const at = (x: number, y: number): readonly [number, number] => placeOn(plane, x, y);
  const tick = percentTick(language);
  const [left, top] = at(across[0], up[1]);
  const [right, bottom] = at(across[1], up[0]);
  const parts: string[] = [];
  const rect = (x1: number, y1: number, x2: number, y2: number): void => {
    const [a, b] = [
      at(Math.max(x1, across[0]), Math.min(y2, up[1])),
      at(Math.min(x2, across[1]), Math.max(y1, up[0])),
    ];
    parts.push(
      `<rect class="range" x="${n(a[0])}" y="${n(a[1])}" width="${n(b[0] - a[0])}" height="${n(b[1] - a[1])}"/>`,
    );
  };
  const { g_output_industry: output, g_services: services } = twoEngineParameters;
  rect(realIndustry(output.range[0], point), up[0], realIndustry(output.range[1], point), up[1]);
  rect(across[0], services.range[0], across[1], services.range[1]);
  for (const value of ticksOf(across, width < 420 ? 5 : 8)) {
    const [x] = at(value, up[0]);
    parts.push(
      `<line class="grid" x1="${n(x)}" x2="${n(x)}" y1="${n(top)}" y2="${n(bottom)}"/>`,
      `<text x="${n(x)}" y="${n(bottom + 16)}" text-anchor="middle">${tick(value)}</text>`,
    );
  }
  for (const value of ticksOf(up, 6)) {
    const [, y] = at(across[0], value);
    parts.push(
      `<line class="grid" x1="${n(left)}" x2="${n(right)}" y1="${n(y)}" y2="${n(y)}"/>`,
      `<text x="${n(left - 6)}" y="${n(y + 4)}" text-anchor="end">${tick(value)}</text>`,
    );
  }
  const band = goalBand(data, here);
  if (band !== undefined) parts.push(strip(data, point, plane, band));
  const center = goal ?? Math.round(100 * here.gdp) / 100;
  const totals = [-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6].map((step) =>
    Number((center + step / 100).toFixed(12)),
  );
  let lastY = -Infinity;
  for (const total of [
    ...totals,
    ...(goal === undefined ? [center] : []),
    ...(goal === undefined ? [] : [goal]),
  ]) {
    const ends = cut(data, point, plane, total);
    if (ends === undefined) continue;
    const [[x1, y1], [x2, y2]] = ends;
    const bold = total === goal;
    parts.push(
      `<line class="${bold ? 'goal' : 'equal'}" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"/>`,
    );
    const toRight = x2 > right - 1;
    // Labels in the right margin stand apart; those on the floor lie above the line's end.
    if (toRight && !bold && Math.abs(y2 - lastY) < 13) continue;
    if (toRight) lastY = y2;
    parts.push(
      toRight
        ? `<text class="${bold ? 'bold' : ''}" x="${n(right + 5)}" y="${n(y2 + 4)}">${tick(total)}</text>`
        : `<text class="${bold ? 'bold halo' : 'halo'}" x="${n(Math.min(x2 + 3, right - 20))}" y="${n(bottom - 6)}">${tick(total)}</text>`,
    );
  }
  const met = band === undefined || inBand(band, here.gdp);
  const [px, py] = at(here.industry, here.services);
  const letters = kept.map((one, i) => ({ ...one, letter: letterOf(i) }));
  for (const { across: x, up: y, letter } of letters) {
    const [cx, cy] = at(x, y);
    parts.push(
      `<rect class="kept" x="${n(cx - 8)}" y="${n(cy - 8)}" width="16" height="16" rx="2"/>`,
      `<text class="onkept" x="${n(cx)}" y="${n(cy + 4)}" text-anchor="middle">${letter}</text>`,
    );
  }
  const [planX, planY] = at(plan.across, plan.up);
  parts.push(
    `<circle class="plan" cx="${n(planX)}" cy="${n(planY)}" r="11"/>`,
    `<line class="guide" x1="${n(px)}" x2="${n(px)}" y1="${n(py)}" y2="${n(bottom)}"/>`,
    `<line class="guide" x1="${n(left)}" x2="${n(px)}" y1="${n(py)}" y2="${n(py)}"/>`,
    met
      ? `<circle class="here met" cx="${n(px)}" cy="${n(py)}" r="7.5"/>`
      : `<path class="here missed" d="M${n(px)},${n(py - 9.5)}l9.5,9.5l-9.5,9.5l-9.5,-9.5z"/>`,
    hereLabel(here, language, plane, px, py),
    `<circle class="handle" cx="${n(px)}" cy="${n(py)}" r="22"/>`,
    `<text x="${n(left - 42)}" y="14">${escapeHtml(`↑ ${text('realServices', language)}`)}</text>`,
    `<text x="${n(width - 4)}" y="${n(height - 6)}" text-anchor="end">${escapeHtml(shorten(`${text('realIndustry', language)} →`, width - 20, 12))}</text>`,
  );
  return `<svg class="frontier" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(frontierSentence(picture))}">${parts.join('')}</svg>`;
}

/** What the picture shows, in a sentence. */
export function frontierSentence({
  data,
  point,
  here,
}: Pick<FrontierPicture, 'data' | 'point' | 'here'>): string {
  const { language, goal } = data;
  const [gdp, industry, services] = [here.gdp, here.industry, here.services].map((x) =>
    percent(x, language, 2),
  );
  const zh = language === 'zh';
  const now = zh
    ? `工业实际增长${industry}、服务业增长${services}时，地区生产总值增长${gdp}。`
    : `With industry growing by ${industry} in real terms and services by ${services}, GDP grows by ${gdp}.`;
  if (goal === undefined) return now;
  const needed = percent(frontier(questionAt(data, point, goal), [here.industry])[0]!.up, language, 2);
  const target = percent(goal, language, 1);
  return zh
    ? `${now}工业增速不变，要实现${target}的目标，服务业需增长${needed}。`
    : `${now} With that industry, the target of ${target} needs services to grow by ${needed}.`;
}

/** The band of the plan's GDP target, where it has one. */
export function goalBand({ plan, goal }: ExplorerData, { targets }: Explored): Band | undefined {
  if (goal === undefined) return undefined;
  return targets[plan.targets.findIndex(({ indicator }) => indicator === 'gdp')]?.band;
}

/** The letter of a kept scenario in the picture and in the table. */
export function letterOf(i: number): string {
  return String.fromCharCode(65 + i);
}

type End = readonly [number, number];

/** Where a line of equal growth enters and leaves the plane, in pixels. */
function cut(data: ExplorerData, point: ExplorerPoint, plane: Plane, total: number): [End, End] | undefined {
  const { across, up } = plane;
  const [a, b] = frontier(questionAt(data, point, total), across);
  const slope = (b!.up - a!.up) / (across[1] - across[0]);
  const yAt = (x: number): number => a!.up + slope * (x - across[0]);
  const xs = [...across, ...up.map((y) => across[0] + (y - a!.up) / slope)]
    .filter((x) => x >= across[0] && x <= across[1] && yAt(x) >= up[0] - 1e-12 && yAt(x) <= up[1] + 1e-12)
    .toSorted((p, q) => p - q);
  const [x1, x2] = [xs[0], xs.at(-1)];
  if (x1 === undefined || x2 === undefined || x2 - x1 < 0.03 * (across[1] - across[0])) return undefined;
  return [placeOn(plane, x1, yAt(x1)), placeOn(plane, x2, yAt(x2))];
}

/** The strip in which the GDP target counts as met, cut to the plane by a clip of its own. */
function strip(data: ExplorerData, point: ExplorerPoint, plane: Plane, { low, high }: Band): string {
  const { across, up } = plane;
  const edge = (total: number | undefined, open: number): End[] =>
    across.map((x) => {
      const y = total === undefined ? open : frontier(questionAt(data, point, total), [x])[0]!.up;
      return placeOn(plane, x, Math.min(Math.max(y, up[0] - 10), up[1] + 10));
    });
  const [[x1, y1], [x2, y2]] = edge(low, up[0]) as [End, End];
  const [[x3, y3], [x4, y4]] = edge(high, up[1]) as [End, End];
  const [[left, top], [right, bottom]] = [placeOn(plane, across[0], up[1]), placeOn(plane, across[1], up[0])];
  return [
    `<clipPath id="plane"><rect x="${n(left)}" y="${n(top)}" width="${n(right - left)}" height="${n(bottom - top)}"/></clipPath>`,
    `<path class="strip" clip-path="url(#plane)" d="M${n(x1)},${n(y1)}L${n(x2)},${n(y2)}L${n(x4)},${n(y4)}L${n(x3)},${n(y3)}z"/>`,
  ].join('');
}

function hereLabel({ gdp }: Explored, language: Language, plane: Plane, x: number, y: number): string {
  const label = `${word('gdp', language)} ${percent(gdp, language, 2)}`;
  const wide = textWidth(label, 13, 'bold');
  const leftward = x + 16 + wide > plane.width - margin.right;
  const above = y - 12 > margin.top + 8;
  return `<text class="label halo" x="${n(leftward ? x - 14 : x + 14)}" y="${n(above ? y - 12 : y + 24)}" text-anchor="${leftward ? 'end' : 'start'}">${escapeHtml(label)}</text>`;
}

/** Whole percents, as many as there is room for. */
function ticksOf([low, high]: readonly [number, number], most: number): number[] {
  const [first, last] = [Math.round(100 * low), Math.round(100 * high)];
  const step = [1, 2, 5, 10, 20, 50].find((one) => (last - first) / one <= most) ?? 100;
  const ticks: number[] = [];
  for (let k = Math.ceil(first / step) * step; k <= last; k += step) ticks.push(k / 100);
  return ticks;
}

function n(value: number): string {
  return String(Math.round(10 * value) / 10);
}
