import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { contribution, normal, pace, series } from '../../src/index.ts';
import * as plot from '../../src/plot/index.ts';
import type { Figure } from '../../src/plot/index.ts';
import { segmentsOf } from '../../src/plot/difference-parts.ts';
import { colours, lights } from '../../src/plot/theme.ts';
import { study } from './gallery.ts';
import { faultsOf, textBoxes } from './picture.ts';

const long = 'x'.repeat(60);
const shares = { a: 0.5, b: 0.5 };
const frontierData = { question: { shares, growth: {}, target: 0.1, across: 'a', up: 'b' } } as const;
const missing = {
  output: 'value',
  factor: 'a',
  low: NaN,
  base: NaN,
  high: NaN,
  swing: NaN,
  from: 0,
  at: 0,
  to: 1,
};
const over = pace('12%', { base: series('2013-Q1', [1, 1, 1, 1]), actual: series('2014-Q1', [1, 1, 1, 1]) });
const scenario = {
  scenario: long,
  variable: 'gdp',
  period: '2014',
  value: 0.1,
  baseline: 0.1,
  difference: 0,
  change: 0,
} as const;

/** What nobody means to draw and somebody will. Those that draw a sentence say why there is no chart. */
const cases: Readonly<Record<string, { draw: () => Figure; says?: string }>> = {
  'a tornado of missing values': { draw: () => plot.tornadoChart([missing]), says: 'all values are missing' },
  'a tornado of one factor with a long name': {
    draw: () => plot.tornadoChart([{ ...missing, factor: long, low: 0, base: 1, high: 2, swing: 2 }]),
  },
  'a waterfall without growth': {
    draw: () => plot.waterfallChart(contribution({ a: { share: 1, growth: 0 } })),
  },
  'a waterfall of missing values': {
    draw: () => plot.waterfallChart({ growth: NaN, parts: [], issues: [] }),
    says: 'all values are missing',
  },
  'a waterfall of one part': {
    draw: () => plot.waterfallChart(contribution({ [long]: { share: 1, growth: 0.1 } })),
  },
  'a spider without rows': { draw: () => plot.spiderChart([]), says: 'no factor is given' },
  'a spider of missing values': {
    draw: () =>
      plot.spiderChart([{ output: 'value', factor: 'a', place: 0, at: 0, value: NaN, change: NaN }]),
    says: 'all values are missing',
  },
  'indices without rows': { draw: () => plot.indicesChart([]), says: 'no factor is given' },
  'missing indices': {
    draw: () => plot.indicesChart([{ factor: 'a', first: NaN, total: NaN }]),
    says: 'all values are missing',
  },
  'indices of nothing that varies': { draw: () => plot.indicesChart([{ factor: 'a', first: 0, total: 0 }]) },
  'a negative index': {
    draw: () =>
      plot.indicesChart([
        { factor: 'a', first: -0.01, total: 0.3 },
        { factor: 'b', first: 0.7, total: 1.1 },
      ]),
  },
  'a ladder without targets': {
    draw: () => plot.ladderChart([], { probability: NaN }),
    says: 'no target that can be drawn',
  },
  'a ladder of chances unknown': {
    draw: () => plot.ladderChart([{ label: long, probability: NaN }], { probability: NaN }),
  },
  'a year that is over': {
    draw: () => plot.paceChart({ pace: over, target: 0.12, actual: series('2014-Q1', [0, 0, 0, 0]) }),
  },
  'a pace of missing values': {
    draw: () => plot.paceChart({ pace: { ...over, toDate: NaN }, target: 0.12 }),
    says: 'all values are missing',
  },
  'a record without cases': { draw: () => plot.trackRecordChart([]), says: 'no case has both' },
  'a record of one case': {
    draw: () =>
      plot.trackRecordChart([{ place: long, year: 2014, target: 0.1, outcome: 0.1, error: 0, met: true }]),
  },
  'a correlation of nothing': {
    draw: () => plot.correlationChart({ factors: [], matrix: [] }),
    says: 'no factor is given',
  },
  'a correlation of one factor': { draw: () => plot.correlationChart({ factors: [long], matrix: [[1]] }) },
  'a correlation of fifteen': {
    draw: () =>
      plot.correlationChart({
        factors: Array.from({ length: 15 }, (_, i) => `${long} ${i}`),
        matrix: Array.from({ length: 15 }, (_, i) =>
          Array.from({ length: 15 }, (__, j) => (i === j ? 1 : -0.5)),
        ),
      }),
  },
  'no scenarios': { draw: () => plot.scenariosChart([]), says: 'no scenario is given' },
  'scenarios that change nothing': { draw: () => plot.scenariosChart([scenario]) },
  'scenarios of missing values': {
    draw: () => plot.scenariosChart([{ ...scenario, value: NaN, difference: NaN }]),
    says: 'all values are missing',
  },
  'a scenario whose parts cancel, are missing, or belong to no row': {
    draw: () =>
      plot.scenariosChart([scenario, { ...scenario, scenario: 'b', difference: NaN, value: NaN }], {
        parts: [
          { scenario: long, variable: 'gdp', factor: 'a', part: 0.02 },
          { scenario: long, variable: 'gdp', factor: 'b', part: -0.02 },
          { scenario: 'b', variable: 'gdp', factor: 'a', part: NaN },
          { scenario: 'c', variable: 'gdp', factor: 'stranger', part: 1 },
        ],
      }),
  },
  'forty scenarios of forty causes': {
    draw: () =>
      plot.scenariosChart(
        Array.from({ length: 40 }, (_, i) => ({
          ...scenario,
          scenario: `${long} ${i}`,
          difference: 0.01 * (i - 20),
        })),
        {
          parts: Array.from({ length: 1600 }, (_, i) => ({
            scenario: `${long} ${i % 40}`,
            variable: 'gdp',
            factor: `${long} cause ${Math.floor(i / 40)}`,
            part: (0.01 * ((i % 40) - 20)) / 40,
          })),
        },
      ),
  },
  'forty targets on a ladder': {
    draw: () =>
      plot.ladderChart(
        Array.from({ length: 40 }, (_, i) => ({ label: `${long} ${i}`, probability: i / 39 })),
        { probability: 0 },
      ),
  },
  'forty factors in a tornado': {
    draw: () =>
      plot.tornadoChart(
        Array.from({ length: 40 }, (_, i) => ({
          ...missing,
          factor: `${long} ${i}`,
          low: -i,
          base: 0,
          high: i,
          swing: 2 * i,
        })),
      ),
  },
  'forty parts of a waterfall': {
    draw: () =>
      plot.waterfallChart(
        contribution(
          Object.fromEntries(
            Array.from({ length: 40 }, (_, i) => [
              `${long} ${i}`,
              { share: 1 / 40, growth: 0.01 * (i - 10) },
            ]),
          ),
        ),
      ),
  },
  'forty indices': {
    draw: () =>
      plot.indicesChart(
        Array.from({ length: 40 }, (_, i) => ({ factor: `${long} ${i}`, first: i / 800, total: i / 700 })),
      ),
  },
  'forty webs of a spider': {
    draw: () =>
      plot.spiderChart(
        Array.from({ length: 120 }, (_, i) => ({
          output: 'value',
          factor: `${long} ${i % 40}`,
          place: Math.floor(i / 40) / 2,
          at: 0,
          value: (i % 40) * Math.floor(i / 40),
          change: 0,
        })),
      ),
  },
  'forty years of a record': {
    draw: () =>
      plot.trackRecordChart(
        Array.from({ length: 40 }, (_, i) => ({
          place: long,
          year: 1980 + i,
          target: 0.1,
          outcome: 0.1 + 0.001 * i,
          error: 0.001 * i,
          met: false,
        })),
      ),
  },
  'a frontier without points': { draw: () => plot.frontierChart(frontierData) },
  'a frontier with a plan that is missing': {
    draw: () => plot.frontierChart({ ...frontierData, plan: { label: 'p', across: NaN, up: NaN } }),
  },
  'twelve scenarios at one place': {
    draw: () =>
      plot.frontierChart({
        ...frontierData,
        scenarios: Array.from({ length: 12 }, (_, i) => ({ label: `scenario ${i}`, across: 0.1, up: 0.1 })),
      }),
  },
  'paths without a path': { draw: () => plot.pathsChart([]), says: 'all values are missing' },
  'paths with a hole': {
    draw: () => plot.pathsChart([{ label: 'x', history: series('2010', [1, null, 3]) }]),
  },
  'a flat path': { draw: () => plot.pathsChart([{ label: 'x', history: series('2010', [5, 5, 5]) }]) },
  'ten paths to one end': {
    draw: () =>
      plot.pathsChart(
        Array.from({ length: 10 }, (_, i) => ({ label: `${i} ${long}`, history: series('2010', [i, 5]) })),
      ),
  },
  'a forecast of no step': {
    draw: () => plot.forecastChart({ start: '2014', steps: [] }, { history: series('2013', []) }),
    says: 'all values are missing',
  },
  'a forecast after a missing value': {
    draw: () =>
      plot.forecastChart({ start: '2013', steps: [normal(1, 0.1)] }, { history: series('2011', [1, null]) }),
  },
};

describe('bad input', () => {
  it.each(Object.entries(cases))('%s', (_, { draw, says }) => {
    const warn = vi.spyOn(console, 'warn');
    const svg = draw().outerHTML;
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(faultsOf(svg)).toEqual([]);
    const { boxes } = textBoxes(svg);
    expect(boxes.length).toBeGreaterThan(0);
    const nothing = boxes.filter(({ text }) => text.startsWith('Nothing to draw')).map(({ text }) => text);
    if (says === undefined) expect(nothing).toEqual([]);
    else expect(nothing[0]).toContain(says);
  });

  it('the parts of a scenario end to end reach from its tick’s side to the difference', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (parts) => {
          const difference = parts.reduce((sum, part) => sum + part, 0);
          const row = { ...scenario, scenario: 's', difference };
          const options = {
            parts: parts.map((part, i) => ({ scenario: 's', variable: 'gdp', factor: `f${i}`, part })),
          };
          const segments = segmentsOf(row, options);
          const ends = segments.map(({ to }) => to);
          expect(Math.max(0, ...ends) + Math.min(0, ...ends)).toBeCloseTo(difference, 12);
          expect(new Set(segments.map(({ fill }) => fill)).size).toBeLessThanOrEqual(6);
        },
      ),
      { seed: 1 },
    );
  });

  it('a coverage outside 0 to 1 is refused', () => {
    expect(() => plot.fanChart({ start: '2014', steps: [normal(0, 1)] }, { levels: [0.9, 1] })).toThrow(
      'fanMarks: 1 is not a coverage; give numbers between 0 and 1, such as 0.9',
    );
  });

  it('any tornado has its labels in the picture and apart', () => {
    const row = fc.record({
      low: fc.double({ min: -1, max: 1, noNaN: true }),
      high: fc.double({ min: -1, max: 1, noNaN: true }),
      factor: fc.string({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 320, max: 900 }),
        (rows, width) => {
          const made = rows.map(({ low, high, factor }) => ({
            output: 'value',
            factor,
            low,
            base: 0,
            high,
            swing: Math.abs(high - low),
            from: 0,
            at: 0,
            to: 1,
          }));
          expect(faultsOf(plot.tornadoChart(made, { width }).outerHTML)).toEqual([]);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('every ready-made chart takes a height', () => {
    const [low, high] = [300, 500].map(
      (height) => textBoxes(plot.tornadoChart(study.tornado, { height }).outerHTML).height,
    );
    expect(high! - low!).toBe(200);
  });
});

/** Linear RGB as eyes without one kind of cone see it (Machado, Oliveira and Fernandes 2009, severity 1). */
const eyes = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

describe('colours', () => {
  const linear = (hex: string): number[] =>
    [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  const seen = (hex: string, eye: keyof typeof eyes): number[] => {
    const rgb = linear(hex);
    return [0, 1, 2].map((i) =>
      Math.max(
        0,
        [0, 1, 2].reduce((sum, j) => sum + eyes[eye][3 * i + j]! * rgb[j]!, 0),
      ),
    );
  };
  /** Distance in CIELAB (1976). */
  const lab = ([r, g, b]: number[]): number[] => {
    const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const [x, y, z] = [
      (0.4124 * r! + 0.3576 * g! + 0.1805 * b!) / 0.9505,
      0.2126 * r! + 0.7152 * g! + 0.0722 * b!,
      (0.0193 * r! + 0.1192 * g! + 0.9505 * b!) / 1.089,
    ].map(f);
    return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
  };
  const apart = (a: string, b: string, eye: keyof typeof eyes): number =>
    Math.hypot(...lab(seen(a, eye)).map((v, i) => v - lab(seen(b, eye))[i]!));

  it.each(Object.keys(eyes) as (keyof typeof eyes)[])(
    'those that stand for opposites are told apart: %s',
    (eye) => {
      expect(apart(colours.blue, colours.vermillion, eye)).toBeGreaterThan(30);
      expect(apart(lights.green.colour, lights.red.colour, eye)).toBeGreaterThan(20);
      expect(apart(lights.green.colour, lights.amber.colour, eye)).toBeGreaterThan(20);
    },
  );
  it('and each light has a shape of its own', () => {
    expect(new Set(Object.values(lights).map(({ symbol }) => symbol)).size).toBe(4);
  });
});
