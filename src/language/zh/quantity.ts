import { longest, trie } from '../trie.ts';
import { published, unitAt } from './measure.ts';
import type { Family } from './measure.ts';
import { numeralAt } from './number.ts';
import type { Numeral } from './number.ts';
import { tidy } from '../tidy.ts';

/** A number with its unit and the qualifier behind it. */
export interface Quantity {
  readonly start: number;
  /** End of the number and its unit. */
  readonly numberEnd: number;
  /** End of the qualifier, such as 左右. */
  readonly end: number;
  readonly low: number;
  readonly high: number;
  /** Published unit of low and high; `'ratio'` for percentages and points (as ratios), `'multiple'` for 倍 and 翻番. */
  readonly unit: string;
  readonly counted?: string;
  readonly family: Family;
  readonly bound?: 'about' | 'at-least' | 'at-most' | undefined;
  readonly arabic: boolean;
  /** No digit of its own, as in 亿元以上. */
  readonly bare: boolean;
}

const after = trie<'about' | 'at-least' | 'at-most'>([
  ...['左右', '上下', '多', '余', '许'].map((word) => [word, 'about'] as const),
  ...[
    '以上',
    '及以上',
    '或以上',
    '或更高',
    '(含)以上',
    '(含)以上',
    '以上水平',
    '之上',
    '+',
    '甚至更高',
    '或更好',
  ].map((word) => [word, 'at-least'] as const),
  ...['以内', '之内', '以下', '及以下', '(含)以内', '内', '之下', '以内水平'].map(
    (word) => [word, 'at-most'] as const,
  ),
]);

/** A quantity at a place where a number starts, or how far a number reaches that is none. */
export function quantityAt(text: string, at: number): Quantity | { readonly nameEnd: number } | undefined {
  const first = numeralAt(text, at);
  if (first === undefined) return undefined;
  if (at > 0 && isNameBefore(text, at)) return { nameEnd: skipName(text, first.end) };
  const more = moreAt(text, first.end);
  const range = more === first.end ? rangeAt(text, first) : undefined;
  const last = range ?? first;
  const unitStart = range === undefined ? more : last.end;
  if (last.ratio)
    return finish(
      text,
      at,
      first,
      last,
      unitStart,
      { unit: 'ratio', family: 'percent', end: unitStart },
      more > first.end,
    );
  const unit = unitAt(text, unitStart);
  if (unit === undefined)
    return (
      uncounted(text, at, first, last, unitStart, more > first.end) ?? { nameEnd: skipName(text, last.end) }
    );
  if (!first.arabic && !first.bare && unit.family === 'volume' && text[unitStart] === '方')
    return { nameEnd: unit.end };
  return finish(text, at, first, last, unitStart, unit, more > first.end);
}

const peopleWords = [
  '人',
  '群众',
  '居民',
  '学生',
  '农民',
  '市民',
  '职工',
  '老年',
  '妇女',
  '儿童',
  '户',
  '劳动力',
  '牧民',
  '村民',
  '游客',
];

/** 5.8万农村人口: 万 before a noun counts it without a measure word. */
function uncounted(
  text: string,
  at: number,
  first: Numeral,
  last: Numeral,
  unitStart: number,
  more: boolean,
): Quantity | undefined {
  if (
    last.arabic &&
    last.value > 80 &&
    last.value < 130 &&
    text.slice(Math.max(0, at - 10), at).includes('指数')
  ) {
    return {
      start: at,
      numberEnd: unitStart,
      end: unitStart,
      low: tidy(first.value / 100),
      high: tidy(last.value / 100),
      unit: 'ratio',
      family: 'percent',
      bound: longest(after, text, unitStart)?.value,
      arabic: true,
      bare: false,
    };
  }
  const multiplier = text[unitStart - 1 - (more ? 1 : 0)];
  const next = text.charCodeAt(unitStart);
  if (!last.arabic || (multiplier !== '万' && multiplier !== '亿') || !(next >= 0x4e00 && next <= 0x9fff))
    return undefined;
  const people = peopleWords.some((word) => text.slice(unitStart, unitStart + 8).includes(word));
  const bound = more ? 'at-least' : undefined;
  if ('左以余多上下'.includes(text[unitStart]!)) return undefined;
  return {
    start: at,
    numberEnd: unitStart,
    end: unitStart,
    low: first.value,
    high: last.value,
    unit: people ? 'persons' : 'count',
    counted: '',
    family: people ? 'persons' : 'count',
    bound,
    arabic: true,
    bare: false,
  };
}

/** 多 and 余 between number and unit: 20多个. */
function moreAt(text: string, at: number): number {
  return text[at] === '多' || text[at] === '余' ? at + 1 : at;
}

function finish(
  text: string,
  at: number,
  first: Numeral,
  last: Numeral,
  unitStart: number,
  unit: { readonly unit: string; readonly family: Family; readonly end: number },
  more: boolean,
): Quantity {
  const scale = unit.unit === '%' ? 0.01 : unit.unit === '‰' ? 0.001 : unit.unit === 'pp' ? 0.01 : 1;
  const multiplier = multiplierBefore(text, unitStart);
  const size = scaleOf(multiplier);
  const low0 = last !== first && first.value < last.value / 50 && size > 1 ? first.value * size : first.value;
  const each = (value: number): { readonly value: number; readonly unit: string } =>
    scale === 1
      ? unit.unit === 'ratio'
        ? { value, unit: 'ratio' }
        : published(value, multiplier, unit.unit)
      : { value: tidy(value * scale), unit: 'ratio' };
  const [low, high] = [each(low0), each(last.value)];
  const found = longest(after, text, unit.end);
  const qualified =
    found !== undefined &&
    !(
      found.value === 'about' &&
      found.end === unit.end + 1 &&
      unit.family !== 'percent' &&
      unit.family !== 'money' &&
      unit.family !== 'area'
    ) &&
    !(text[unit.end] === '内' && '部外容涵陆蒙生资需在环河'.includes(text[unit.end + 1] ?? ' '));
  let bound = qualified ? found.value : undefined;
  if (bound === undefined && more) bound = 'at-least';
  let end = qualified ? found.end : unit.end;
  if (text.startsWith('之间', end)) end += 2;
  return {
    start: at,
    numberEnd: unit.end,
    end,
    low: low.value,
    high: high.value,
    unit: unit.family === 'multiple' ? 'multiple' : high.unit,
    ...(unit.family === 'count' || unit.family === 'persons'
      ? { counted: text.slice(unitStart, unit.end) }
      : {}),
    family: unit.family,
    bound,
    arabic: first.arabic,
    bare: first.bare,
  };
}

/** The second number of a range: 7.5%-8%, 6—7%, 5至6, 8%到10%. */
function rangeAt(text: string, first: Numeral): Numeral | undefined {
  let i = first.end;
  if (text[i] === '%' || text[i] === '‰') i++;
  else {
    const unit = unitAt(text, i);
    if (unit !== undefined && unit.family !== 'count' && '-—~至到'.includes(text[unit.end] ?? ' '))
      i = unit.end;
  }
  if (!'-—~至到'.includes(text[i] ?? ' ')) return undefined;
  i++;
  while (text[i] === '—' || text[i] === '-') i++;
  const second = numeralAt(text, i);
  return second === undefined || second.bare || second.value < first.value ? undefined : second;
}

function multiplierBefore(text: string, at: number): string {
  const [one, two] = [text[at - 1], text[at - 2]];
  if (one === '亿') return two === '万' ? '万亿' : two === '十' ? '亿' : '亿';
  if (one === '万')
    return two === '百' && text[at - 3] !== undefined && text[at - 3]! >= '0' && text[at - 3]! <= '9'
      ? '百万'
      : '万';
  return '';
}

function scaleOf(multiplier: string): number {
  return multiplier === '万亿'
    ? 1e12
    : multiplier === '亿'
      ? 1e8
      : multiplier === '百万'
        ? 1e6
        : multiplier === '万'
          ? 1e4
          : 1;
}

/** 第三, G318, PM2.5, 前10: the number is part of a name. */
function isNameBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return true;
  return code === 0x7b2c || code === 0x23 || (code === 45 && at > 1 && isLatin(text.charCodeAt(at - 2)));
}

function isLatin(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The rest of a name's number: digits, dots, hyphens and letters. */
function skipName(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const joins =
      (code >= 48 && code <= 57) ||
      isLatin(code) ||
      ((code === 46 || code === 45 || code === 47 || code === 58) &&
        text.charCodeAt(i + 1) >= 48 &&
        text.charCodeAt(i + 1) <= 57);
    if (!joins) break;
    i++;
  }
  return i;
}
