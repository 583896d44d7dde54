import { plainDigits } from '../numeric/rate.ts';
import type { Indicator } from '../plan/indicator.ts';
import { units, unitOfWord } from '../plan/unit.ts';

/** What the words of a heading say beside the name. */
export interface Heading {
  /** The words without the bracket that was understood. */
  readonly label: string;
  readonly unit?: string;
  readonly kind?: Indicator['kind'];
  readonly prices?: 'constant' | 'current';
  /** What stands in a bracket and was not understood. */
  readonly unknown?: string;
}

/**
 * Name, unit and price basis of a heading: `GDP (亿元)`, `GDP (constant prices, million EUR)`, `Inflation, %`.
 *
 * @example readHeading('国内生产总值（亿元）') // { label: '国内生产总值', unit: '100m CNY' }
 */
export function readHeading(text: string): Heading {
  const trimmed = text.trim();
  const plain = plainDigits(trimmed);
  if (plain.length > 400) return { label: trimmed };
  const bracket = /[([【]([^()[\]【】]*)[)\]】]$/.exec(plain);
  const percent = /[,:\s]*%$/.exec(plain);
  if (bracket === null)
    return percent === null || percent.index === 0
      ? { label: trimmed }
      : { label: trimmed.slice(0, percent.index).trim(), unit: '%', kind: 'rate' };
  const said = readWords(bracket[1]!);
  const label = trimmed.slice(0, bracket.index).trim();
  if (label === '' || (said.unit === undefined && said.prices === undefined))
    return { label: trimmed, unknown: trimmed.slice(bracket.index + 1, -1) };
  return { label, ...said };
}

/** The unit and price basis that words such as `亿元，不变价` or `constant 2015 US$` name, as far as they do. */
export function readWords(text: string): Omit<Heading, 'label' | 'unknown'> {
  let said: Omit<Heading, 'label' | 'unknown'> = {};
  for (const part of plainDigits(text).split(/[,;、]/)) {
    const prices = pricesIn(part);
    const rest = prices === undefined ? part : part.replace(priceWords, ' ').replace(/\b\d{4}\b/g, ' ');
    const unit = unitFrom(rest);
    if (prices !== undefined) said = { ...said, prices };
    if (unit !== undefined) {
      const kind = unit === '%' || unit === '‰' ? 'rate' : unit === 'index' ? 'index' : undefined;
      said = { ...said, unit, ...(kind === undefined ? {} : { kind }) };
    }
  }
  return said;
}

const priceWords =
  /constant|chain(?:ed|[- ]linked)?|real|volumes?|current|nominal|prices?|不变价格?|可比价格?|实际|现价|当年价格?|名义|按|计算/gi;

function pricesIn(text: string): 'constant' | 'current' | undefined {
  const constant = /\b(?:constant|chain(?:ed|[- ]linked)|real)\b|不变价|可比价|实际/i.test(text);
  const current = /\b(?:current|nominal)\b|现价|当年价|名义/i.test(text);
  if (constant === current) return undefined;
  return constant ? 'constant' : 'current';
}

/** Powers of ten by their words. */
const powers: Readonly<Record<string, number>> = {
  thousand: 3,
  thousands: 3,
  '10 thousand': 4,
  million: 6,
  millions: 6,
  mio: 6,
  mn: 6,
  '100 million': 8,
  billion: 9,
  billions: 9,
  mrd: 9,
  bn: 9,
  trillion: 12,
  tn: 12,
};

const dimensions: readonly (readonly [RegExp, string])[] = [
  [/^(?:cny|rmb|yuan|yuan rmb|rmb yuan)$/, 'CNY'],
  [/^(?:usd|us\$|us ?dollars?|u\.s\. dollars?)$/, 'USD'],
  [/^(?:eur|euros?|€)$/, 'EUR'],
  [/^(?:hkd|hk\$)$/, 'HKD'],
  [/^(?:jpy|yen)$/, 'JPY'],
  [/^(?:persons?|people|inhabitants|heads)$/, 'persons'],
  [/^(?:tonnes?|tons?)$/, 't'],
];

/** The unit that words stand for, or undefined: one of the library's, or of the same making (`1m EUR`). */
export function unitFrom(text: string): string | undefined {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return undefined;
  const exact = unitOfWord(words) ?? unitOfWord(words.replace(/人民币$/, ''));
  if (exact !== undefined) return exact;
  const lower = words.toLowerCase();
  if (/^(?:percent|per cent|percentage|百分比|annual %)$/.test(lower)) return '%';
  if (/^(?:p\.?p\.?|percentage points?|百分点)$/.test(lower)) return 'pp';
  if (
    /^(?:index|指数|(?:\d{4}(?:-\d{2}|-?q\d)?|上年(?:同期)?|上月|previous (?:year|period))\s?=\s?100)$/.test(
      lower,
    )
  )
    return 'index';
  for (const [word, power] of Object.entries(powers)) {
    const rest = lower.startsWith(`${word} `)
      ? lower.slice(word.length + 1)
      : lower.endsWith(` ${word}`)
        ? lower.slice(0, -word.length - 1)
        : undefined;
    const code = rest === undefined ? undefined : dimensionOf(rest);
    if (code !== undefined) return unitOf(code, power);
  }
  const code = dimensionOf(lower);
  return code === undefined ? undefined : unitOf(code, 0);
}

function dimensionOf(lower: string): string | undefined {
  return dimensions.find(([pattern]) => pattern.test(lower))?.[1];
}

const prefixes = new Map([
  [3, '1k'],
  [4, '10k'],
  [6, '1m'],
  [8, '100m'],
  [9, '1bn'],
  [12, '1tn'],
]);

/**
 * A currency, or another base unit, times a power of ten: the library's unit where it has one, else a word made like
 * its units.
 *
 * @example unitOf('CNY', 8) // '100m CNY'
 */
export function unitOf(base: string, power: number): string {
  if (power === 0) return base;
  const known = Object.hasOwn(units, base) ? units[base as keyof typeof units] : undefined;
  const found = Object.entries(units).find(
    ([, unit]) => unit.dimension === known?.dimension && unit.factor === known.factor * 10 ** power,
  );
  return found?.[0] ?? `${prefixes.get(power) ?? `10^${power}`} ${base}`;
}
