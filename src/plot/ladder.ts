import * as Plot from '@observablehq/plot';
import { lightOf } from '../assess/pace.ts';
import { figure, lightItem, nothing } from './figure.ts';
import type { ChartOptions, Figure, MarkOptions } from './figure.ts';
import { chance, percentTick } from './format.ts';
import { distinct, rowAxis, rowDomain, rowLayout } from './rows.ts';
import { textWidth } from './text.ts';
import { inks, lights, sizes } from './theme.ts';
import { say } from './words.ts';

/** How likely one target is, or all of them together. */
export interface Rung {
  readonly label: string;
  /** From 0 to 1; `NaN` where it cannot be told. */
  readonly probability: number;
  readonly interval?: readonly [low: number, high: number];
}

/**
 * A ladder of probabilities as marks: each target's chance as a bar from 0, all together at the foot. Colour and shape of
 * the sign at the end say likely (above 2/3), uncertain, unlikely (below 1/3). x is the probability.
 *
 * @param rungs each target, in the order to draw
 * @param all the probability that all of them are met
 */
export function ladderMarks(
  rungs: readonly Rung[],
  all: Omit<Rung, 'label'> | undefined,
  options: MarkOptions = {},
): Plot.Markish[] {
  const { ink } = inks[options.theme ?? 'light'];
  const steps = stepsOf(rungs, all, '');
  return [
    ...(['green', 'amber', 'red'] as const).flatMap((light) => {
      const mine = steps.filter((step) => step.light === light);
      return [
        Plot.barX(mine, {
          x1: 0,
          x2: 'probability',
          y: 'y',
          fill: lights[light].colour,
          fillOpacity: 0.55,
          insetTop: 6,
          insetBottom: 6,
        }),
        Plot.dot(mine, {
          x: 'probability',
          y: 'y',
          symbol: lights[light].symbol,
          r: 4.5,
          fill: lights[light].colour,
          stroke: ink,
          strokeWidth: 0.8,
        }),
      ];
    }),
    Plot.link(
      steps.filter(({ low, high }) => high > low),
      { x1: 'low', x2: 'high', y: 'y', stroke: ink, strokeWidth: 1.4 },
    ),
    ...(all === undefined || steps.length < 2
      ? []
      : [Plot.ruleY([steps.length - 1], { stroke: ink, strokeOpacity: 0.5, dy: -13 })]),
    Plot.ruleX([0], { stroke: ink }),
  ];
}

/** A ladder of probabilities as a figure. @param all the probability that all of them are met */
export function ladderChart(
  rungs: readonly Rung[],
  all: Omit<Rung, 'label'> | undefined,
  options: ChartOptions = {},
): Figure {
  const { language = 'en', width = 640 } = options;
  const steps = stepsOf(rungs, all, say('all', language));
  if (steps.length === 0) return nothing('noTargets', options);
  const layout = rowLayout(
    steps.map(({ label }) => label),
    width,
  );
  const texts = steps.map(({ probability }) => chance(probability, language));
  const right = Math.ceil(Math.max(...texts.map((text) => textWidth(text, sizes.small)))) + 20;
  return figure(
    {
      marks: [
        rowAxis(layout),
        Plot.axisX({ ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: percentTick(language), label: null }),
        Plot.gridX({ ticks: [0, 0.25, 0.5, 0.75, 1], strokeOpacity: 0.12 }),
        ...ladderMarks(rungs, all, options),
        Plot.text(texts, {
          y: (_: string, i: number) => i,
          text: (d: string) => d,
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 12,
          fontSize: sizes.small,
        }),
      ],
      height: layout.row * steps.length,
      margin: { left: layout.left, right, top: 10, bottom: 44 },
      axes: { x: say('probability', language) },
      plot: { x: { domain: [0, 1] }, y: { domain: rowDomain(steps), padding: 0 } },
      legend: distinct(
        (['green', 'amber', 'red'] as const)
          .filter((light) => steps.some((step) => step.light === light))
          .map((light) => lightItem(light, say(light, language))),
      ),
      description: `${say('probability', language)}: ${steps.map(({ label }, i) => `${label} ${texts[i]}`).join(', ')}.`,
    },
    options,
  );
}

interface Step {
  readonly y: number;
  readonly label: string;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly light: keyof typeof lights;
}

function stepsOf(rungs: readonly Rung[], all: Omit<Rung, 'label'> | undefined, label: string): Step[] {
  const rows = all === undefined || rungs.length === 0 ? rungs : [...rungs, { ...all, label }];
  return rows.map(({ label, probability, interval = [NaN, NaN] }, y) => ({
    y,
    label,
    probability,
    low: interval[0],
    high: interval[1],
    light: Number.isFinite(probability) ? lightOf(probability) : 'none',
  }));
}
