import * as Plot from '@observablehq/plot';
import type { SpiderRow } from '../sensitivity/spider.ts';
import { figure, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percentTick } from './format.ts';
import { endLabels } from './labels.ts';
import { extentOf } from './rows.ts';
import { textWidth, wrapText } from './text.ts';
import { inks, sizes, strokes } from './theme.ts';
import { say } from './words.ts';

/** What the lines of a spider are called and how its values are written. */
export interface SpiderChartOptions<F extends string = string> {
  readonly labels?: Readonly<Partial<Record<F, string>>>;
  /** How values of the output are written; defaults to percentages. */
  readonly format?: (value: number) => string;
  /** The most lines, those with the largest swing first; defaults to 8. */
  readonly most?: number;
}

/**
 * A spider as marks: for each factor the output along the factor's range, from its low end (x = 0) to its high end (x = 1),
 * named at the right. y is the output.
 *
 * @param rows as `spider` gives them, of one output
 */
export function spiderMarks<F extends string>(
  rows: readonly SpiderRow<F>[],
  options: MarkOptions & SpiderChartOptions<F> & { readonly labelWidth?: number } = {},
): Plot.Markish[] {
  const { theme = 'light', labelWidth = 180 } = options;
  const factors = factorsOf(rows, options);
  const lines = factors.map((factor, i) =>
    Plot.line(
      rows.filter((row) => row.factor === factor),
      {
        x: 'place',
        y: 'value',
        stroke: strokes[i % strokes.length]!,
        strokeWidth: 2.2,
        strokeDasharray: dashes[Math.floor(i / 2) % dashes.length]!,
      },
    ),
  );
  const ends = factors.map((factor) => {
    const last = rows.findLast((row) => row.factor === factor)!;
    return {
      x: last.place,
      y: last.value,
      text: wrapText(nameOf(factor, options), labelWidth, sizes.small, 2).join('\n'),
    };
  });
  return [...lines, endLabels(ends, { fill: inks[theme].ink })];
}

/** A spider as a figure. @param rows as `spider` gives them, of one output */
export function spiderChart<F extends string>(
  rows: readonly SpiderRow<F>[],
  options: ChartOptions & SpiderChartOptions<F> = {},
): Figure {
  const { language = 'en', width = 640, format = percentTick(language) } = options;
  const factors = factorsOf(rows, options);
  const domain = extentOf(rows.map(({ value }) => value));
  if (factors.length === 0 || domain === undefined)
    return nothing(rows.length === 0 ? 'noFactors' : 'noValues', options);
  const labelWidth = Math.min(0.32 * width, 200);
  const names = factors.flatMap((factor) => wrapText(nameOf(factor, options), labelWidth, sizes.small, 2));
  const left = Math.ceil(Math.max(...domain.map((value) => textWidth(format(value), sizes.text)))) + 22;
  const ends = [say('lowEnd', language), say('middle', language), say('highEnd', language)];
  return figure(
    {
      marks: [
        Plot.axisX([0, 0.5, 1], { tickFormat: (place: number) => ends[2 * place] ?? '', label: null }),
        Plot.axisY({ ticks: 5, tickFormat: format, label: null }),
        Plot.gridY({ ticks: 5, strokeOpacity: 0.12 }),
        ...spiderMarks(rows, { ...options, labelWidth }),
      ],
      height: Math.max(Math.round(0.45 * width), 16 * names.length),
      margin: {
        left,
        right: Math.ceil(Math.max(...names.map((name) => textWidth(name, sizes.small)))) + 16,
        top: 12,
        bottom: 44,
      },
      axes: { x: say('place', language) },
      plot: { x: { domain: [0, 1] }, y: { domain } },
      description:
        language === 'zh'
          ? `蛛网图：${factors.length}个因素在各自范围内变动时的结果，影响最大的是${nameOf(factors[0]!, options)}。`
          : `Spider chart: the output as each of ${factors.length} factors moves through its range; ${nameOf(factors[0]!, options)} moves it most.`,
    },
    options,
  );
}

const dashes = ['none', '7,3', '2,3', '9,3,2,3'] as const;

function nameOf(factor: string, { labels = {} }: SpiderChartOptions): string {
  return (labels as Readonly<Record<string, string | undefined>>)[factor] ?? factor;
}

/** Factors that move the output, the strongest first. */
function factorsOf<F extends string>(
  rows: readonly SpiderRow<F>[],
  { most = 8 }: SpiderChartOptions<F>,
): F[] {
  const swing = (factor: F): number => {
    const values = rows.filter((row) => row.factor === factor).map(({ value }) => value);
    return Math.max(...values) - Math.min(...values);
  };
  return [...new Set(rows.map(({ factor }) => factor))]
    .map((factor) => ({ factor, size: swing(factor) }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, most)
    .map(({ factor }) => factor);
}
