import * as Plot from '@observablehq/plot';
import type { ReferenceClass } from '../assess/reference-class.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percentTick } from './format.ts';
import { extentOf, rowAxis, rowDomain, rowLayout, valueAxis } from './rows.ts';
import { colours, inks, lights } from './theme.ts';
import { say } from './words.ts';

type Case = ReferenceClass['cases'][number];

/**
 * How targets have fared as marks: for each case the target as a ring, the outcome as a full sign (a circle in
 * the target's band, a square below it, a triangle above it), a line between. x is growth as a ratio, y the place of the row.
 *
 * @param cases of `referenceClass`
 */
export function trackRecordMarks(cases: readonly Case[], options: MarkOptions = {}): Plot.Markish[] {
  const { ink, paper } = inks[options.theme ?? 'light'];
  const rows = sorted(cases);
  const outcome = (fate: Fate): Plot.Markish =>
    Plot.dot(
      rows.filter((d) => fateOf(d) === fate),
      {
        x: 'outcome',
        y: 'y',
        r: 4.5,
        symbol: signs[fate].shape,
        fill: signs[fate].colour,
        stroke: ink,
        strokeWidth: 0.7,
      },
    );
  return [
    Plot.link(rows, {
      x1: 'target',
      x2: 'outcome',
      y: 'y',
      stroke: ink,
      strokeOpacity: 0.5,
      strokeWidth: 1.4,
    }),
    Plot.dot(rows, { x: 'target', y: 'y', r: 4, fill: paper, stroke: ink, strokeWidth: 1.6 }),
    outcome('met'),
    outcome('below'),
    outcome('above'),
  ];
}

/** Target against outcome over the years as a figure. @param cases of `referenceClass` */
export function trackRecordChart(cases: readonly Case[], options: ChartOptions = {}): Figure {
  const { language = 'en', width = 640 } = options;
  const domain = extentOf(cases.flatMap(({ target, outcome }) => [target, outcome]));
  if (domain === undefined) return nothing('noCases', options);
  const rows = sorted(cases);
  const layout = rowLayout(
    rows.map(({ place, year }) => `${place} ${year}`),
    width,
  );
  const met = rows.filter((one) => one.met).length;
  return figure(
    {
      marks: [
        rowAxis(layout),
        Plot.gridY({ strokeOpacity: 0.08 }),
        ...valueAxis(width - layout.left - 16, percentTick(language)),
        ...trackRecordMarks(cases, options),
      ],
      // Years stand close; names in several lines need their room.
      height: (layout.names.some((name) => name.includes('\n')) ? layout.row : 20) * rows.length,
      margin: { left: layout.left, right: 16, top: 10, bottom: 28 },
      plot: { x: { domain }, y: { domain: rowDomain(rows), padding: 0 } },
      legend: [
        { label: say('target', language), colour: inks[options.theme ?? 'light'].ink, shape: 'ring' },
        ...(['met', 'below', 'above'] as const)
          .filter((fate) => rows.some((row) => fateOf(row) === fate))
          .map((fate) => ({ label: say(`${fate}Band`, language), ...signs[fate] })),
      ],
      description:
        language === 'zh'
          ? `${rows.length}个案例的目标与实际，其中${met}个在目标区间内。`
          : `Target and outcome of ${rows.length} cases, of which ${met} in the target's band.`,
    },
    options,
  );
}

type Fate = 'met' | 'below' | 'above';

/** An outcome above a band of "about" is no miss of the usual kind; it has a sign of its own. */
const signs = {
  met: { colour: lights.green.colour, shape: lights.green.symbol },
  below: { colour: lights.red.colour, shape: lights.red.symbol },
  above: { colour: colours.sky, shape: 'triangle' },
} as const;

function fateOf({ met, outcome, target }: Case): Fate {
  if (met) return 'met';
  return outcome < target ? 'below' : 'above';
}

/** By place, then by year. */
function sorted(cases: readonly Case[]): (Case & { readonly y: number })[] {
  const places = [...new Set(cases.map(({ place }) => place))];
  return cases
    .filter(({ target, outcome }) => Number.isFinite(target) && Number.isFinite(outcome))
    .toSorted((a, b) => places.indexOf(a.place) - places.indexOf(b.place) || a.year - b.year)
    .map((one, y) => ({ ...one, y }));
}
