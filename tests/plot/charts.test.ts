import * as Plot from '@observablehq/plot';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { svgDocument, tornadoMarks, waterfallMarks } from '../../src/plot/index.ts';
import { gallery, study } from './gallery.ts';
import { faultsOf, normalised, sorted } from './picture.ts';

/** TINBERGEN_REFRESH=1 writes the snapshots anew; look at each as a picture before it is committed. */
const refresh = process.env['TINBERGEN_REFRESH'] === '1';

let warnings: unknown[][] = [];
beforeEach(() => {
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((...args: unknown[]) => void warnings.push(args));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(warnings).toEqual([]);
});

describe.each(Object.entries(gallery))('%s', (name, draw) => {
  it('looks as it looked when it was last seen', () => {
    const svg = normalised(draw({}).outerHTML);
    const file = new URL(`../plots/${name}.svg`, import.meta.url);
    if (refresh) writeFileSync(file, svg);
    expect(existsSync(file), `no snapshot ${name}.svg: run with TINBERGEN_REFRESH=1`).toBe(true);
    expect(svg).toBe(readFileSync(file, 'utf8'));
  });

  it.each([640, 360, 900])('has no label that covers another or is cut off, %s pixels wide', (width) => {
    expect(faultsOf(draw({ width }).outerHTML)).toEqual([]);
  });

  it('is the same in another DOM, and twice', () => {
    const { document } = parseHTML('<html><body></body></html>');
    const own = draw({}).outerHTML;
    expect(sorted(draw({ document }).outerHTML)).toBe(sorted(own));
    expect(draw({}).outerHTML).toBe(own);
  });

  it('needs nothing that only a browser understands, and says what it shows', () => {
    const svg = draw({}).outerHTML;
    expect(svg).not.toMatch(/<style|var\(--|:where|system-ui, sans-serif;|NaN|undefined|Infinity|url\(/);
    expect(/aria-label="([^"]*)"/.exec(svg)![1]!.length).toBeGreaterThan(8);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  });
});

it('a label on another or over the edge is found', () => {
  const svg = (texts: string): string =>
    `<svg width="200" height="40" font-size="12" text-anchor="start">${texts}</svg>`;
  expect(faultsOf(svg('<text x="5" y="20">one</text><text x="5" y="34">two</text>'))).toEqual([]);
  expect(faultsOf(svg('<text x="5" y="20">one</text><text x="15" y="24">two</text>'))).toHaveLength(1);
  expect(faultsOf(svg('<g transform="translate(180,0)"><text x="5" y="20">增速</text></g>'))).toHaveLength(1);
  expect(
    faultsOf(
      svg(
        '<text transform="translate(9,20)"><tspan x="0" y="0em">a</tspan><tspan x="0" y="0.4em">b</tspan></text>',
      ),
    ),
  ).toHaveLength(1);
});

describe('themes', () => {
  it.each(['tornado', 'frontier', 'bullets', 'forecast', 'ladder'])(
    '%s: dark has light ink, page has no paper',
    (name) => {
      const dark = gallery[name]!({ theme: 'dark' }).outerHTML;
      expect(dark).toContain('fill="#14171a"');
      expect(dark).not.toContain('#1f2328');
      const page = gallery[name]!({ theme: 'page' }).outerHTML;
      expect(page).toContain('background: transparent');
      expect(page).not.toMatch(/#1f2328|#e6e8eb|#ffffff|#14171a/);
    },
  );
});

describe('marks', () => {
  it('stand beside the reader’s own in one plot', () => {
    const { document } = parseHTML('<html><body></body></html>');
    const marks = [...tornadoMarks(study.tornado), Plot.ruleX([0.1])];
    const svg = Plot.plot({ document: document as never, marks }) as unknown as { outerHTML: string };
    expect(svg.outerHTML.match(/aria-label="rule"/g)).toHaveLength(2);
  });

  it('a waterfall’s bars end where the next begin, and the last is the total', () => {
    const svg = (
      Plot.plot({
        document: svgDocument() as never,
        marks: waterfallMarks(study.accounting),
        x: { domain: [0, 0.15], range: [0, 1500] },
      }) as unknown as { outerHTML: string }
    ).outerHTML;
    const bars = [...svg.matchAll(/<rect x="([\d.]+)" width="([\d.]+)" y="([\d.]+)"/g)]
      .map(([, x, w, y]) => ({ x: Number(x), y: Number(y), end: Number(x) + Number(w) }))
      .toSorted((a, b) => a.y - b.y);
    for (let i = 1; i < bars.length - 1; i++) expect(bars[i]!.x).toBeCloseTo(bars[i - 1]!.end, 6);
    expect(bars.at(-1)!.x).toBeCloseTo(0, 6);
    expect(bars.at(-1)!.end).toBeCloseTo(bars.at(-2)!.end, 6);
    expect(bars.at(-1)!.end).toBeCloseTo(1e4 * study.accounting.growth, 6);
  });
});
