import type { Family } from '../zh/measure.ts';
import { tidy } from '../tidy.ts';

/** A number with its unit in English text. */
export interface EnglishQuantity {
  readonly start: number;
  readonly numberEnd: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
  /** `'ratio'` for percentages and points, else a known unit's name or the counted noun. */
  readonly unit: string;
  readonly family: Family | 'plain';
  readonly bound?: 'about' | 'at-least' | 'at-most';
  readonly counted?: string;
}

const spelled: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
  zero: 0,
  half: 0.5,
};
const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  mn: 1e6,
  bn: 1e9,
  tn: 1e12,
  m: 1e6,
  crore: 1e7,
  lakh: 1e5,
  hundred: 100,
  k: 1e3,
  mln: 1e6,
  bln: 1e9,
};
const currencies: readonly (readonly [string, string])[] = [
  ['us$', 'USD'],
  ['rmb', 'CNY'],
  ['cny', 'CNY'],
  ['usd', 'USD'],
  ['eur', 'EUR'],
  ['hk$', 'HKD'],
  ['jpy', 'JPY'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'CNY'],
  ['₹', 'INR'],
  ['rs.', 'INR'],
  ['rs', 'INR'],
  ['inr', 'INR'],
  ['gbp', 'GBP'],
  ['ksh', 'KES'],
  ['rm', 'MYR'],
  ['s$', 'SGD'],
  ['a$', 'AUD'],
  ['₦', 'NGN'],
  ['vnd', 'VND'],
];
const units: readonly (readonly [string, string, Family])[] = [
  ['percentage points', 'ratio', 'points'],
  ['percentage point', 'ratio', 'points'],
  ['percent points', 'ratio', 'points'],
  ['pp', 'ratio', 'points'],
  ['basis points', 'bp', 'points'],
  ['percent', 'ratio', 'percent'],
  ['per cent', 'ratio', 'percent'],
  ['pct', 'ratio', 'percent'],
  ['%', 'ratio', 'percent'],
  ['per mille', '‰', 'percent'],
  ['‰', '‰', 'percent'],
  ['per thousand', '‰', 'percent'],
  ['yuan', 'CNY', 'money'],
  ['renminbi', 'CNY', 'money'],
  ['us dollars', 'USD', 'money'],
  ['u.s. dollars', 'USD', 'money'],
  ['dollars', 'USD', 'money'],
  ['euros', 'EUR', 'money'],
  ['euro', 'EUR', 'money'],
  ['rupees', 'INR', 'money'],
  ['pounds', 'GBP', 'money'],
  ['square kilometers', 'km2', 'area'],
  ['square kilometres', 'km2', 'area'],
  ['square km', 'km2', 'area'],
  ['sq km', 'km2', 'area'],
  ['square meters', 'm2', 'area'],
  ['square metres', 'm2', 'area'],
  ['hectares', 'ha', 'area'],
  ['ha', 'ha', 'area'],
  ['mu', 'mu', 'area'],
  ['kilometers', 'km', 'length'],
  ['kilometres', 'km', 'length'],
  ['km', 'km', 'length'],
  ['tonnes', 't', 'mass'],
  ['metric tons', 't', 'mass'],
  ['tons', 't', 'mass'],
  ['kilograms', 'kg', 'mass'],
  ['kg', 'kg', 'mass'],
  ['cubic meters', 'm3', 'volume'],
  ['cubic metres', 'm3', 'volume'],
  ['megawatts', 'MW', 'energy'],
  ['gigawatts', 'GW', 'energy'],
  ['mw', 'MW', 'energy'],
  ['gw', 'GW', 'energy'],
  ['kwh', 'kWh', 'energy'],
  ['years', 'years', 'years'],
  ['times', 'multiple', 'multiple'],
  ['people', 'persons', 'persons'],
  ['persons', 'persons', 'persons'],
];

/** The quantity that starts at a place of a lower-case text, or how far a number reaches that is none. */
export function englishQuantityAt(
  text: string,
  at: number,
): EnglishQuantity | { readonly nameEnd: number } | undefined {
  const money = currencies.find(([sign]) => text.startsWith(sign, at));
  let i = at;
  if (money !== undefined) {
    i += money[0].length;
    while (text[i] === ' ' && i - at < 6) i++;
  }
  const first = numberAt(text, i);
  if (first === undefined) return undefined;
  if (money === undefined && at > 0 && isWord(text.charCodeAt(at - 1))) return { nameEnd: first.end };
  if (money === undefined && text[at - 1] === '-' && at > 1 && isWord(text.charCodeAt(at - 2)))
    return { nameEnd: first.end };
  const firstScale = scaleAt(text, first.end);
  const firstUnit = unitAt(text, firstScale.end);
  const open = firstUnit?.family === 'points' && text.startsWith(' to ', firstUnit.end);
  const second = open ? undefined : rangeAt(text, firstUnit?.end ?? firstScale.end, at, money?.[0]);
  const range = sameUnit(text, firstUnit, second);
  const last = range ?? first;
  const scale = range === undefined ? firstScale : scaleAt(text, range.end);
  const unit =
    (range === undefined ? firstUnit : unitAt(text, scale.end)) ??
    (range === undefined ? undefined : firstUnit);
  const end = Math.max(
    scale.end,
    unit === undefined
      ? 0
      : range === undefined || unitAt(text, scale.end) !== undefined
        ? unit.end
        : scale.end,
  );
  const factor =
    (unit?.word === '‰' || unit?.word === 'per mille' || unit?.word === 'per thousand'
      ? 0.001
      : unit?.family === 'points'
        ? unit.unit === 'bp'
          ? 0.0001
          : 0.01
        : unit?.family === 'percent'
          ? 0.01
          : 1) * scale.factor;
  const low = tidy(
    first.value *
      (firstScale.factor !== 1 && range !== undefined ? firstScale.factor * (factor / scale.factor) : factor),
  );
  const high = tidy(last.value * factor);
  if (high < low) return { nameEnd: end };
  const perThousand = /^ per (?:1,000|thousand|1000)/.exec(text.slice(end, end + 14));
  if (perThousand !== null && unit === undefined && money === undefined) {
    return {
      start: at,
      numberEnd: end,
      end: end + perThousand[0].length,
      low: tidy(low / 1000),
      high: tidy(high / 1000),
      unit: 'ratio',
      family: 'percent',
    };
  }
  if (numbered.test(text.slice(Math.max(0, at - 9), at))) return { nameEnd: end };
  const after = afterBound(text, end);
  const family = money !== undefined ? 'money' : (unit?.family ?? 'plain');
  if (
    unit === undefined &&
    money === undefined &&
    (isWord(text.charCodeAt(end)) || (text[end] === '-' && isWord(text.charCodeAt(end + 1))))
  )
    return { nameEnd: end + 1 };
  if (
    unit === undefined &&
    money === undefined &&
    scale.factor === 1 &&
    first.word &&
    ['one', 'half'].includes(text.slice(at, first.end))
  )
    return { nameEnd: end };
  return {
    start: at,
    numberEnd: end,
    end: after?.end ?? end,
    low,
    high,
    unit:
      money?.[1] ??
      (unit === undefined
        ? 'count'
        : unit.family === 'points' || unit.family === 'percent'
          ? 'ratio'
          : unit.unit),
    family,
    ...(after === undefined ? {} : { bound: after.bound }),
  };
}

/** Words that a number only names: Table 3, Article 12, No. 5, per 1,000. */
const numbered =
  /(?:^|[ (])(?:table|chapter|article|law|section|no\.|phase|pillar|goal|annex|box|figure|part|page|vision|sdg|resolution|per|volume|step|act|top|category|grade|class|line|route|highway) $/;

/** 7 percent to 27.5 trillion is no range. */
function sameUnit(
  text: string,
  unit: { readonly family: Family } | undefined,
  second: Plain | undefined,
): Plain | undefined {
  if (second === undefined || unit === undefined) return second;
  return unitAt(text, scaleAt(text, second.end).end)?.family === unit.family ? second : undefined;
}

interface Plain {
  readonly value: number;
  readonly end: number;
  readonly word: boolean;
}

function numberAt(text: string, at: number): Plain | undefined {
  const code = text.charCodeAt(at);
  if (code >= 97 && code <= 122) {
    let end = at;
    while (end < text.length && end - at < 10 && text.charCodeAt(end) >= 97 && text.charCodeAt(end) <= 122)
      end++;
    const value = spelled[text.slice(at, end)];
    return value === undefined || (at > 0 && isWord(text.charCodeAt(at - 1))) || value === 0.5
      ? undefined
      : { value, end, word: true };
  }
  if (!(code >= 48 && code <= 57)) return undefined;
  let i = at;
  let plain = '';
  while (isDigit(text.charCodeAt(i)) && i - at < 24) plain += text[i++];
  while (
    text[i] === ',' &&
    isDigit(text.charCodeAt(i + 1)) &&
    isDigit(text.charCodeAt(i + 2)) &&
    i - at < 24
  ) {
    let j = i + 1;
    while (isDigit(text.charCodeAt(j)) && j - i <= 4) j++;
    if (j - i !== 4 && j - i !== 3) break;
    plain += text.slice(i + 1, j);
    i = j;
  }
  if (text[i] === '.' && isDigit(text.charCodeAt(i + 1))) {
    plain += '.';
    i++;
    while (isDigit(text.charCodeAt(i)) && i - at < 40) plain += text[i++];
  }
  return { value: Number(plain), end: i, word: false };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

function scaleAt(text: string, at: number): { readonly factor: number; readonly end: number } {
  let i = at;
  let factor = 1;
  for (let k = 0; k < 2; k++) {
    let j = i;
    if (text[j] === ' ' || text[j] === '-') j++;
    let end = j;
    while (end < text.length && end - j < 9 && text.charCodeAt(end) >= 97 && text.charCodeAt(end) <= 122)
      end++;
    const word = text.slice(j, end);
    const each = scales[word];
    if (
      each === undefined ||
      ((word === 'm' || word === 'k') && j !== i) ||
      (word === 'm' && text[end] === '2')
    )
      break;
    factor *= each;
    i = end;
  }
  return { factor, end: i };
}

function unitAt(
  text: string,
  at: number,
):
  | { readonly unit: string; readonly word: string; readonly family: Family; readonly end: number }
  | undefined {
  let i = at;
  if (text[i] === ' ' || text[i] === '-') i++;
  for (const [word, unit, family] of units) {
    if (!text.startsWith(word, i)) continue;
    const end = i + word.length;
    if (isWord(text.charCodeAt(end)) && isWord(word.charCodeAt(word.length - 1))) continue;
    return { unit, word, family, end };
  }
  return undefined;
}

/** 6.5-7.0, 6.5 to 7, between 6 and 7. */
function rangeAt(text: string, at: number, start: number, sign: string | undefined): Plain | undefined {
  let i = at;
  if (text.startsWith(' to ', i)) {
    if (text.slice(Math.max(0, start - 5), start) === 'from ') return undefined;
    i += 4;
  } else if (text.startsWith(' and ', i) && text.slice(Math.max(0, start - 8), start) === 'between ') i += 5;
  else if (text[i] === '-' || text[i] === '—' || text[i] === '~') i++;
  else if (text.startsWith(' - ', i)) i += 3;
  else return undefined;
  if (sign !== undefined && text.startsWith(sign, i)) i += sign.length;
  if (!isDigit(text.charCodeAt(i))) return undefined;
  const second = numberAt(text, i);
  const first = numberAt(text, sign === undefined ? start : start + sign.length);
  return second === undefined || (first !== undefined && second.value < first.value) || second.value >= 1900
    ? undefined
    : second;
}

function afterBound(
  text: string,
  at: number,
): { readonly bound: 'about' | 'at-least' | 'at-most'; readonly end: number } | undefined {
  for (const [word, bound] of afterWords)
    if (text.startsWith(word, at)) return { bound, end: at + word.length };
  return undefined;
}

const afterWords: readonly (readonly [string, 'about' | 'at-least' | 'at-most'])[] = [
  [' or more', 'at-least'],
  [' or above', 'at-least'],
  [' or higher', 'at-least'],
  [' or better', 'at-least'],
  [' and above', 'at-least'],
  [' and over', 'at-least'],
  [' or so', 'about'],
  [' or thereabouts', 'about'],
  [' or less', 'at-most'],
  [' or below', 'at-most'],
  [' or lower', 'at-most'],
  [' or fewer', 'at-most'],
  [' at most', 'at-most'],
  [' at least', 'at-least'],
  [' at a minimum', 'at-least'],
];
