import { checkOptions } from '../argument.ts';
import type { Language } from '../issue.ts';
import { mistake, shown, suggestion } from '../mistake.ts';

/** What a unit measures. Only units of one dimension convert into each other. */
export type Dimension =
  | 'ratio'
  | 'points'
  | 'CNY'
  | 'USD'
  | 'persons'
  | 'area'
  | 'length'
  | 'count'
  | 'index'
  | 'mass'
  | 'energy'
  | 'volume'
  | 'duration'
  | 'EUR'
  | 'HKD'
  | 'JPY';

/** One unit: how many of the dimension's base unit it holds, and its words. */
export interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
  readonly en: string;
  readonly zh: string;
}

/**
 * The units the library knows by name. `CNY` and `USD` are two dimensions on purpose: a foreign amount keeps its
 * currency and is never converted without a stated rate.
 */
export const units = {
  ratio: { dimension: 'ratio', factor: 1, en: 'ratio', zh: '比率' },
  '%': { dimension: 'ratio', factor: 0.01, en: '%', zh: '%' },
  '‰': { dimension: 'ratio', factor: 0.001, en: '‰', zh: '‰' },
  pp: { dimension: 'points', factor: 0.01, en: 'percentage points', zh: '个百分点' },
  index: { dimension: 'index', factor: 1, en: 'index', zh: '指数' },
  CNY: { dimension: 'CNY', factor: 1, en: 'CNY', zh: '元' },
  '10k CNY': { dimension: 'CNY', factor: 1e4, en: '10 thousand CNY', zh: '万元' },
  '1m CNY': { dimension: 'CNY', factor: 1e6, en: 'million CNY', zh: '百万元' },
  '100m CNY': { dimension: 'CNY', factor: 1e8, en: '100 million CNY', zh: '亿元' },
  '1bn CNY': { dimension: 'CNY', factor: 1e9, en: 'billion CNY', zh: '十亿元' },
  '1tn CNY': { dimension: 'CNY', factor: 1e12, en: 'trillion CNY', zh: '万亿元' },
  USD: { dimension: 'USD', factor: 1, en: 'USD', zh: '美元' },
  '10k USD': { dimension: 'USD', factor: 1e4, en: '10 thousand USD', zh: '万美元' },
  '1m USD': { dimension: 'USD', factor: 1e6, en: 'million USD', zh: '百万美元' },
  '100m USD': { dimension: 'USD', factor: 1e8, en: '100 million USD', zh: '亿美元' },
  '1bn USD': { dimension: 'USD', factor: 1e9, en: 'billion USD', zh: '十亿美元' },
  persons: { dimension: 'persons', factor: 1, en: 'persons', zh: '人' },
  '10k persons': { dimension: 'persons', factor: 1e4, en: '10 thousand persons', zh: '万人' },
  '1m persons': { dimension: 'persons', factor: 1e6, en: 'million persons', zh: '百万人' },
  '100m persons': { dimension: 'persons', factor: 1e8, en: '100 million persons', zh: '亿人' },
  m2: { dimension: 'area', factor: 1, en: 'm²', zh: '平方米' },
  '10k m2': { dimension: 'area', factor: 1e4, en: '10 thousand m²', zh: '万平方米' },
  mu: { dimension: 'area', factor: 666.6666666666666, en: 'mu', zh: '亩' },
  '10k mu': { dimension: 'area', factor: 6666666.666666667, en: '10 thousand mu', zh: '万亩' },
  ha: { dimension: 'area', factor: 1e4, en: 'ha', zh: '公顷' },
  km2: { dimension: 'area', factor: 1e6, en: 'km²', zh: '平方公里' },
  m: { dimension: 'length', factor: 1, en: 'm', zh: '米' },
  km: { dimension: 'length', factor: 1e3, en: 'km', zh: '公里' },
  kg: { dimension: 'mass', factor: 1, en: 'kg', zh: '公斤' },
  jin: { dimension: 'mass', factor: 0.5, en: 'jin', zh: '斤' },
  '100m jin': { dimension: 'mass', factor: 5e7, en: '100 million jin', zh: '亿斤' },
  t: { dimension: 'mass', factor: 1e3, en: 't', zh: '吨' },
  '10k t': { dimension: 'mass', factor: 1e7, en: '10 thousand t', zh: '万吨' },
  '100m t': { dimension: 'mass', factor: 1e11, en: '100 million t', zh: '亿吨' },
  kWh: { dimension: 'energy', factor: 1, en: 'kWh', zh: '千瓦时' },
  '100m kWh': { dimension: 'energy', factor: 1e8, en: '100 million kWh', zh: '亿千瓦时' },
  m3: { dimension: 'volume', factor: 1, en: 'm³', zh: '立方米' },
  '10k m3': { dimension: 'volume', factor: 1e4, en: '10 thousand m³', zh: '万立方米' },
  '100m m3': { dimension: 'volume', factor: 1e8, en: '100 million m³', zh: '亿立方米' },
  years: { dimension: 'duration', factor: 1, en: 'years', zh: '年' },
  EUR: { dimension: 'EUR', factor: 1, en: 'EUR', zh: '欧元' },
  HKD: { dimension: 'HKD', factor: 1, en: 'HKD', zh: '港元' },
  JPY: { dimension: 'JPY', factor: 1, en: 'JPY', zh: '日元' },
  count: { dimension: 'count', factor: 1, en: '', zh: '个' },
  '10k': { dimension: 'count', factor: 1e4, en: '10 thousand', zh: '万个' },
} as const satisfies Record<string, Unit>;

/** The name of a known unit. */
export type UnitName = keyof typeof units;

/** Whether a text names a known unit. Names are exact: `'%'`, `'10k CNY'`, `'km2'`. */
export function isUnit(name: unknown): name is UnitName {
  return typeof name === 'string' && Object.hasOwn(units, name);
}

/** The unit that a Chinese or English word stands for (`'亿元'` is `'100m CNY'`), or undefined. */
export function unitOfWord(word: string): UnitName | undefined {
  const found = (Object.entries(units) as [UnitName, Unit][]).find(
    ([, u]) => word !== '' && (u.zh === word || u.en === word),
  );
  return isUnit(word) ? word : found?.[0];
}

/**
 * A quantity in another unit.
 *
 * @param value quantity in unit `from`
 * @param options.rate value of one base unit of `from`'s currency in base units of `to`'s; needed between currencies
 *   and never assumed
 * @throws RangeError when the units measure different things, or currencies differ and no rate is given
 * @example convert(115, '100m CNY', 'CNY') // 11500000000
 */
export function convert(
  value: number,
  from: UnitName,
  to: UnitName,
  options: { readonly rate?: number } = {},
): number {
  checkOptions('convert', options, 'rate');
  const [a, b] = [unitNamed(from), unitNamed(to)];
  if (a.dimension === b.dimension) return (value * a.factor) / b.factor;
  const currencies = ['CNY', 'USD'];
  if (currencies.includes(a.dimension) && currencies.includes(b.dimension)) {
    const { rate } = options;
    if (rate === undefined || !(rate > 0)) {
      return mistake(
        'convert',
        `${a.dimension} to ${b.dimension} has no stated rate`,
        `give { rate } in ${b.dimension} per ${a.dimension}`,
      );
    }
    return (value * a.factor * rate) / b.factor;
  }
  return mistake(
    'convert',
    `${from} measures ${a.dimension} and ${to} measures ${b.dimension}`,
    'convert within one dimension',
  );
}

/** The words of a unit in a language: `unitLabel('100m CNY', 'zh')` is `'亿元'`; an unknown unit is its own word. */
export function unitLabel(name: string, language: Language): string {
  return isUnit(name) ? units[name][language] : name;
}

function unitNamed(name: UnitName): Unit {
  if (isUnit(name)) return units[name];
  return mistake(
    'convert',
    `${shown(name)} is not a known unit`,
    suggestion(String(name), Object.keys(units)),
  );
}
