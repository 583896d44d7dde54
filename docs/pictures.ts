import * as Plot from '@observablehq/plot';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { readPlanFile } from '../src/data/plan-file.ts';
import { studyPlan } from '../src/presets/study.ts';
import { frontier } from '../src/scenario/frontier.ts';

/** The README's picture: what the plan's GDP target asks of its two engines. */
const study = studyPlan(readPlanFile(readFileSync('seeds/lvyuan-2014.json', 'utf8')).plan!);
const question = {
  shares: { agriculture: 0.02, industry: 0.45, construction: 0.08, services: 0.45 },
  growth: { agriculture: 0.042, construction: 0.095 },
  across: 'industry',
  up: 'services',
} as const;
const lines = [0.1, 0.11, 0.12, 0.13, 0.14].flatMap((target) =>
  frontier({ ...question, target }, [0.08, 0.22]).map((point) => ({
    target,
    x: 100 * point.across,
    y: 100 * point.up,
  })),
);
const plan = study.frontier!.plan;
const { document } = parseHTML('<html><body></body></html>');
const svg = Plot.plot({
  document: document,
  width: 640,
  height: 420,
  marginRight: 70,
  marginLeft: 50,
  marginBottom: 44,
  style: {
    background: 'white',
    color: '#222',
    fontFamily: 'Noto Sans, DejaVu Sans, sans-serif',
    fontSize: '12px',
  },
  x: { label: 'real growth of industry, % →', domain: [8, 22] },
  y: { label: '↑ growth of services needed, %', domain: [0, 18], grid: true },
  marks: [
    Plot.line(lines, {
      x: 'x',
      y: 'y',
      z: 'target',
      stroke: (d: { target: number }) => (d.target === 0.12 ? '#0b5394' : '#9db4c8'),
      strokeWidth: (d: { target: number }) => (d.target === 0.12 ? 3 : 1.2),
      clip: true,
    }),
    Plot.text(
      lines.filter((d) => d.x === 22 && d.y > 0),
      {
        x: 'x',
        y: 'y',
        text: (d: { target: number }) => `GDP ${Math.round(100 * d.target)} %`,
        textAnchor: 'start',
        dx: 6,
      },
    ),
    Plot.dot([plan], {
      x: (d: typeof plan) => 100 * d.across,
      y: (d: typeof plan) => 100 * d.up,
      r: 6,
      fill: '#b45f06',
      stroke: 'white',
    }),
    Plot.text([plan], {
      x: (d: typeof plan) => 100 * d.across,
      y: (d: typeof plan) => 100 * d.up,
      text: () => 'gross output +15 %\nneeds services +8.2 %',
      dx: 10,
      dy: -14,
      textAnchor: 'start',
      lineAnchor: 'bottom',
      fontWeight: 'bold',
      fill: '#222',
      stroke: 'white',
      strokeWidth: 5,
    }),
  ],
}) as SVGSVGElement;
svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
mkdirSync('docs/pictures', { recursive: true });
writeFileSync('docs/pictures/frontier.svg', `${svg.outerHTML}\n`);
