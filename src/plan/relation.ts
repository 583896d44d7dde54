import { argument, checkOptions } from '../argument.ts';
import { mistake, shown } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';

/**
 * How a target relates an indicator to a number. Values are ratios for growth and shares (`0.12`), levels in the
 * indicator's unit. Every relation resolves to one interval, its `band`.
 */
export type Relation<I extends string = string> =
  | { readonly kind: 'about'; readonly value: number; readonly width?: number }
  | { readonly kind: 'at-least'; readonly value: number; readonly strict?: boolean }
  | { readonly kind: 'at-most'; readonly value: number; readonly strict?: boolean }
  | { readonly kind: 'reach'; readonly value: number }
  | { readonly kind: 'within'; readonly low: number; readonly high: number }
  | { readonly kind: 'in-step-with'; readonly indicator: I; readonly width?: number };

/** An interval of values; a side that is absent is open. A number of ratios or levels, as the relation's. */
export interface Band {
  readonly low?: number;
  readonly high?: number;
}

/** A target's measure: what of the indicator the number is about. */
export type Measure = 'growth' | 'level' | 'share' | 'change';

/**
 * Half widths of "about" and of "in step with", by measure. For `growth`, `share` and `change` in ratio points, for
 * `level` as a fraction of the value.
 *
 * No law says how wide "about" (左右) is. The default of half a percentage point for rates follows what was called met:
 * China's growth of 7.4 % against "about 7.5 %" in 2014 (first release) and 6.9 % against "about 7 %" in 2015 (first
 * release), each 0.1 points below and reported as in line; a level is given 5 %. "In step" (同步) takes the same width
 * around its leader. All of them can be set in a plan's `widths` and, for one target, in the relation's `width`.
 */
export const defaultWidths = {
  about: { growth: 0.005, share: 0.005, change: 0.005, level: 0.05 },
  'in-step-with': { growth: 0.005, share: 0.005, change: 0.005, level: 0.05 },
} as const satisfies Widths;

/** Half widths by relation and measure, see `defaultWidths`. */
export type Widths = Readonly<Record<'about' | 'in-step-with', Readonly<Partial<Record<Measure, number>>>>>;

/** What a relation needs to become a band. */
export interface BandContext {
  /** Defaults to `'growth'`. */
  readonly measure?: Measure;
  /** Half widths for this plan; what is absent comes from `defaultWidths`. */
  readonly widths?: Partial<Widths>;
  /** The value of the leader that an in-step relation follows; without it an in-step band is unknown. */
  readonly leader?: number;
}

/** About a value, 左右: half a point to either side for a rate unless `width` says otherwise. @example about('12%').value // 0.12 */
export function about(
  value: Rate,
  options: { readonly width?: Rate } = {},
): { readonly kind: 'about'; readonly value: number; readonly width?: number } {
  checkOptions('about', options, 'width');
  const center = ratio(value, 'about');
  return options.width === undefined
    ? { kind: 'about', value: center }
    : { kind: 'about', value: center, width: halfWidth(options.width, 'about') };
}

/** At least a value, 以上, 不低于; `strict` for more than, 突破. @example atLeast('10%').value // 0.1 */
export function atLeast(
  value: Rate,
  options: { readonly strict?: boolean } = {},
): { readonly kind: 'at-least'; readonly value: number; readonly strict?: boolean } {
  checkOptions('atLeast', options, 'strict');
  return {
    kind: 'at-least',
    value: ratio(value, 'atLeast'),
    ...(options.strict === undefined ? {} : { strict: options.strict }),
  };
}

/** At most a value, 以内, 不超过; `strict` for below. @example atMost('3%').value // 0.03 */
export function atMost(
  value: Rate,
  options: { readonly strict?: boolean } = {},
): { readonly kind: 'at-most'; readonly value: number; readonly strict?: boolean } {
  checkOptions('atMost', options, 'strict');
  return {
    kind: 'at-most',
    value: ratio(value, 'atMost'),
    ...(options.strict === undefined ? {} : { strict: options.strict }),
  };
}

/** Reach a value, 达到, or a plain "grow by 7 %": met from the value upwards, a fall (a negative rate) from it downwards. @example reach(60).value // 60 */
export function reach(value: Rate): { readonly kind: 'reach'; readonly value: number } {
  return { kind: 'reach', value: ratio(value, 'reach') };
}

/** Between two values, both included: 7.5%-8%. @example within('7.5%', '8%').high // 0.08 */
export function within(
  low: Rate,
  high: Rate,
): { readonly kind: 'within'; readonly low: number; readonly high: number } {
  const [a, b] = [ratio(low, 'within'), ratio(high, 'within')];
  if (a > b)
    return mistake(
      'within',
      `the range ${shown(low)} to ${shown(high)} runs backwards`,
      'give the lower value first',
    );
  return { kind: 'within', low: a, high: b };
}

/** In step with another indicator of the plan, 同步. @example inStepWith('gdp').indicator // 'gdp' */
export function inStepWith<const I extends string>(
  indicator: I,
  options: { readonly width?: Rate } = {},
): { readonly kind: 'in-step-with'; readonly indicator: I; readonly width?: number } {
  checkOptions('inStepWith', options, 'width');
  return options.width === undefined
    ? { kind: 'in-step-with', indicator }
    : { kind: 'in-step-with', indicator, width: halfWidth(options.width, 'inStepWith') };
}

/**
 * The interval that a relation stands for: the one function behind every question about a target (met? how far? how
 * likely? where to shade the chart?).
 *
 * @param relation any of the six relations
 * @param context measure, widths, and for an in-step relation the leader's value
 * @returns the band, or undefined for an in-step relation whose leader is unknown
 * @example band(about('12%')) // { low: 0.115, high: 0.125 }
 */
export function band(relation: Exclude<Relation, { kind: 'in-step-with' }>, context?: BandContext): Band;
export function band(relation: Relation, context?: BandContext): Band | undefined;
export function band(relation: Relation, context: BandContext = {}): Band | undefined {
  argument('band', 'relation', relation);
  switch (relation.kind) {
    case 'about':
      return around(relation.value, relation.width ?? widthOf('about', relation.value, context));
    case 'at-least':
      return { low: relation.value };
    case 'reach': {
      // To "fall by 3 %" is reached from -3 % downwards.
      const falls = relation.value < 0 && (context.measure ?? 'growth') !== 'level';
      return falls ? { high: relation.value } : { low: relation.value };
    }
    case 'at-most':
      return { high: relation.value };
    case 'within':
      return { low: relation.low, high: relation.high };
    case 'in-step-with': {
      const { leader } = context;
      if (leader === undefined || Number.isNaN(leader)) return undefined;
      return around(leader, relation.width ?? widthOf('in-step-with', leader, context));
    }
    default:
      return relation satisfies never;
  }
}

/**
 * How far a value is from a band: 0 inside, negative below the low side, positive above the high side, in the band's
 * unit (ratio points for growth).
 *
 * @example gap(band(about('12%')), 0.1) // -0.015
 */
export function gap(band: Band, value: number): number {
  argument('gap', 'object', band, 'band');
  const { low = -Infinity, high = Infinity } = band;
  if (value < low - slack(low)) return tidy(value - low);
  if (value > high + slack(high)) return tidy(value - high);
  return Number.isNaN(value) ? NaN : 0;
}

/** Whether a value lies in a band, ends included. A missing value does not. */
export function inBand(band: Band, value: number): boolean {
  argument('inBand', 'object', band, 'band');
  const { low = -Infinity, high = Infinity } = band;
  return value >= low - slack(low) && value <= high + slack(high);
}

/** The one number a relation names: the value, the middle of a range, the leader's value for in step. */
export function centerOf(relation: Relation, leader?: number): number | undefined {
  switch (relation.kind) {
    case 'within':
      return (relation.low + relation.high) / 2;
    case 'in-step-with':
      return leader;
    default:
      return relation.value;
  }
}

/** Rounding: a growth computed from levels may fall short of 13 % by the last bits of a double. */
function slack(end: number): number {
  return Number.isFinite(end) ? 1e-12 * Math.max(1, Math.abs(end)) : 0;
}

function around(value: number, half: number): Band {
  return { low: tidy(value - half), high: tidy(value + half) };
}

function widthOf(
  kind: 'about' | 'in-step-with',
  value: number,
  { measure = 'growth', widths }: BandContext,
): number {
  const width = widths?.[kind]?.[measure] ?? defaultWidths[kind][measure];
  return measure === 'level' ? Math.abs(value) * width : width;
}

function halfWidth(width: Rate, call: string): number {
  const half = ratio(width, call);
  return half >= 0
    ? half
    : mistake(
        call,
        `the width ${shown(width)} is negative`,
        'give half the width of the band, such as 0.005',
      );
}

/** 0.12 - 0.005 as 0.115 and not 0.11499999999999999: fifteen digits, which is what decimals of a plan can carry. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
