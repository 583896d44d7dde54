import type { Language } from '../issue.ts';

/** A number with fixed decimals, a true minus and no negative zero. @example fixed(-0.04, 1) // '0.0' */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** A ratio as a percentage, `12.0 %` and in Chinese `12.0%`. @example percent(0.12, 'zh') // '12.0%' */
export function percent(value: number, language: Language, digits = 1): string {
  if (!Number.isFinite(value)) return '–';
  return `${fixed(100 * value, digits)}${language === 'zh' ? '%' : ' %'}`;
}

/** A ratio as signed percentage points: `+3.4 pp`, `+3.4个百分点`. @example points(0.034, 'en') // '+3.4 pp' */
export function points(value: number, language: Language, digits = 1): string {
  if (!Number.isFinite(value)) return '–';
  return `${signed(100 * value, digits)}${language === 'zh' ? '个百分点' : ' pp'}`;
}

/** A number with its sign. @example signed(2, 1) // '+2.0' */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return text.startsWith('−') || Number(text) === 0 || !Number.isFinite(value) ? text : `+${text}`;
}

/** A probability as a percentage that never says 0 or 100 for what is neither. @example chance(0.9999, 'en') // '>99 %' */
export function chance(p: number, language: Language): string {
  if (!Number.isFinite(p)) return '–';
  const unit = language === 'zh' ? '%' : ' %';
  if (p > 0 && p < 0.005) return `<1${unit}`;
  if (p < 1 && p > 0.995) return `>99${unit}`;
  return `${Math.round(100 * p)}${unit}`;
}

/** A level with as many digits as tell it apart: 1,235; 112.0; 4.56; 0.0456. @example level(1234.5) // '1,235' */
export function level(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return grouped(fixed(value, size >= 1000 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4));
}

/** A level on an axis: no digits that say nothing. @example tickLevel(350) // '350' */
export function tickLevel(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return grouped(String(Number(value.toPrecision(4))).replace('-', '−'));
}

/** Ticks of an axis in percent: no decimals where a tick is whole. */
export function percentTick(language: Language): (value: number) => string {
  return (value) => percent(value, language, Math.abs(100 * value - Math.round(100 * value)) < 1e-6 ? 0 : 1);
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}
