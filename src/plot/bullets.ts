import * as Plot from '@observablehq/plot';
import type { Assessment } from '../assess/assess.ts';
import { figure, lightItem, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { percent, percentTick } from './format.ts';
import { distinct, extentOf, rowAxis, rowDomain, rowLayout, valueAxis } from './rows.ts';
import { colours, inks, lights } from './theme.ts';
import { valueColumn } from './value-column.ts';
import { say } from './words.ts';

/**
 * Targets and where they stand as marks: the band shaded, the expected or actual value as a dot whose shape and colour say
 * the status. Where all targets are rates x is the rate; else x is attainment, the value over the target (1 is the target).
 *
 * @param rows as `assess` gives them
 */
export function bulletsMarks(rows: readonly Assessment[], options: MarkOptions = {}): Plot.Markish[] {
  const { theme = 'light' } = options;
  const bullets = bulletsOf(rows);
  const domain = domainOf(bullets);
  const shapes = ['green', 'amber', 'red'] as const;
  return [
    Plot.barX(
      bullets.filter(({ low, high }) => low !== undefined || high !== undefined),
      {
        x1: (d: Bullet) => d.low ?? domain[0],
        x2: (d: Bullet) => d.high ?? domain[1],
        y: 'y',
        fill: colours.green,
        fillOpacity: 0.25,
        insetTop: 5,
        insetBottom: 5,
      },
    ),
    ...(['low', 'high'] as const).map((side) =>
      Plot.tickX(
        bullets.filter((d) => d[side] !== undefined),
        {
          x: side,
          y: 'y',
          stroke: colours.green,
          strokeWidth: 2,
          insetTop: 5,
          insetBottom: 5,
        },
      ),
    ),
    ...shapes.map((light) =>
      Plot.dot(
        bullets.filter((d) => d.light === light && Number.isFinite(d.value)),
        {
          x: 'value',
          y: 'y',
          r: 5,
          symbol: lights[light].symbol,
          fill: lights[light].colour,
          stroke: inks[theme].ink,
          strokeWidth: 0.8,
        },
      ),
    ),
  ];
}

/**
 * Targets and where they stand as a figure, with the value and the status in words at the right.
 *
 * @param rows as `assess` gives them
 * @param options.labels a name for each row; defaults to the target's sentence
 */
export function bulletsChart(
  rows: readonly Assessment[],
  options: ChartOptions & { readonly labels?: readonly string[] } = {},
): Figure {
  const { language = 'en', width = 640 } = options;
  if (rows.length === 0) return nothing('noTargets', options);
  const bullets = bulletsOf(rows);
  const layout = rowLayout(
    rows.map((row, i) => options.labels?.[i] ?? row.target),
    width,
  );
  const texts = bullets.map(({ value, status }) =>
    Number.isFinite(value)
      ? `${percent(value, language)} ${say(status, language)}`
      : say('unknown', language),
  );
  const values = valueColumn(texts);
  const domain = domainOf(bullets);
  const counts = (['met', 'on track', 'at risk', 'missed', 'unknown'] as const)
    .map((status) => [status, bullets.filter((d) => d.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${say(status, language)} ${count}`);
  return figure(
    {
      marks: [
        rowAxis(layout),
        ...valueAxis(width - layout.left - values.right, percentTick(language)),
        ...bulletsMarks(rows, options),
        values.mark,
      ],
      height: layout.row * rows.length,
      margin: { left: layout.left, right: values.right, top: 10, bottom: 26 },
      plot: { x: { domain: [...domain] }, y: { domain: rowDomain(rows), padding: 0 } },
      legend: distinct([
        { label: say('targetBand', language), colour: colours.green, shape: 'area', opacity: 0.35 },
        ...(bullets.some(({ light }) => light === 'green')
          ? [lightItem('green', `${say('met', language)} / ${say('on track', language)}`)]
          : []),
        ...(bullets.some(({ light }) => light === 'amber')
          ? [lightItem('amber', say('at risk', language))]
          : []),
        ...(bullets.some(({ light }) => light === 'red') ? [lightItem('red', say('missed', language))] : []),
      ]),
      description: `${language === 'zh' ? '目标完成情况：' : 'Targets and where they stand: '}${counts.join(', ')}.`,
    },
    options,
  );
}

interface Bullet {
  readonly y: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly status: Assessment['status'];
  readonly light: keyof typeof lights;
}

/** Rates as they are when all rows are rates; else every row as a multiple of what its target asks. */
function bulletsOf(rows: readonly Assessment[]): Bullet[] {
  const asRates = rows.every(({ measure }) => measure === 'growth' || measure === 'share');
  return rows.map((row, y) => {
    const { low, high } = row.band ?? {};
    const asked = low === undefined ? high : high === undefined ? low : (low + high) / 2;
    const unit = asRates || asked === undefined ? 1 : asked === 0 ? NaN : asked;
    const light = {
      met: 'green',
      'on track': 'green',
      'at risk': 'amber',
      missed: 'red',
      unknown: 'none',
    } as const;
    return {
      y,
      value: row.expected / unit,
      ...(low === undefined || Number.isNaN(unit) ? {} : { low: low / unit }),
      ...(high === undefined || Number.isNaN(unit) ? {} : { high: high / unit }),
      status: row.status,
      light: light[row.status],
    };
  });
}

function domainOf(bullets: readonly Bullet[]): readonly [number, number] {
  const values = bullets.flatMap(({ value, low = NaN, high = NaN }) => [value, low, high]);
  return extentOf(values, 0.15) ?? [0, 1];
}
