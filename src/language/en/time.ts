import { longest, trie } from '../trie.ts';
import { monthNames } from '../../time/month-names.ts';
import type { Period, Span } from '../../time/period.ts';

/** A stretch of time in English text. */
export interface EnglishTime {
  readonly start: number;
  readonly end: number;
  readonly past: boolean;
  readonly period?: Period | Span;
  readonly deadline?: string;
  readonly or?: string;
  /** Names the plan's own year without giving it. */
  readonly own: boolean;
}

const ordinals: Readonly<Record<string, number>> = {
  '10th': 2001,
  '11th': 2006,
  '12th': 2011,
  '13th': 2016,
  '14th': 2021,
  '15th': 2026,
  tenth: 2001,
  eleventh: 2006,
  twelfth: 2011,
  thirteenth: 2016,
  fourteenth: 2021,
  fifteenth: 2026,
};
const small: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
};

/** How time expressions begin, so that other words cost one look. */
const openings = trie(
  [
    ...monthNames,
    ...Object.keys(ordinals),
    'fy',
    'this year',
    'next year',
    'last year',
    'the previous',
    'year-end',
    'the end',
    'end of',
    'the coming',
    'the first half',
    'first half',
    'mid',
    'within',
    'over the',
    'in the next',
    'during the',
    'for the next',
  ].map((word) => [word, true] as const),
);

/** The time expression that starts at a place of a lower-case text. */
export function englishTimeAt(text: string, at: number, year: number): EnglishTime | undefined {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return yearAt(text, at, year) ?? planAt(text, at, year);
  if (longest(openings, text, at) === undefined) return undefined;
  if (text.startsWith('fy', at)) {
    const fiscal = yearAt(text, text[at + 2] === ' ' ? at + 3 : at + 2, year);
    return fiscal === undefined ? undefined : { ...fiscal, start: at };
  }
  for (const [word, past] of [
    ['this year', false],
    ['next year', false],
    ['last year', true],
    ['the previous year', true],
    ['year-end', false],
    ['the end of the year', false],
    ['end of the year', false],
    ['the coming year', false],
  ] as const) {
    if (!text.startsWith(word, at)) continue;
    const named = word === 'next year' ? year + 1 : past ? year - 1 : year;
    return { start: at, end: at + word.length, past, period: own(named), own: !past && named === year };
  }
  for (const word of ['the first half', 'first half', 'mid-year', 'midyear'])
    if (text.startsWith(word, at))
      return { start: at, end: at + word.length, past: false, deadline: `${own(year)}-06-30`, own: true };
  const within = [
    'within ',
    'over the next ',
    'in the next ',
    'over the coming ',
    'during the next ',
    'for the next ',
  ].find((word) => text.startsWith(word, at));
  if (within !== undefined) {
    const tail = text.slice(at + within.length, at + within.length + 16);
    if (tail.startsWith('the year') || tail.startsWith('this year') || tail.startsWith('a year'))
      return { start: at, end: at + within.length + 8, past: false, period: own(year), own: true };
    const match = /^(\d{1,2}|[a-z]+)[ -]years?/.exec(tail);
    const count = match === null ? NaN : (small[match[1]!] ?? Number(match[1]));
    if (match !== null && count > 1 && count < 50) {
      const last = year + count - 1;
      const span = within !== 'within ';
      return {
        start: at,
        end: at + within.length + match[0].length,
        past: false,
        period: span ? [own(year), own(last)] : own(last),
        ...(span ? {} : { or: String(last + 1) }),
        own: false,
      };
    }
  }
  const ordinal = planAt(text, at, year);
  if (ordinal !== undefined) return ordinal;
  const month = monthNames.findIndex(
    (name) => text.startsWith(name, at) && (name !== 'may' || /^may \d/.test(text.slice(at, at + 5))),
  );
  if (month >= 0) {
    const tail = /^[a-z]+(?: (\d{1,2})(?!\d),?)?(?: (\d{4}))?/.exec(text.slice(at, at + 24));
    const named = tail?.[2] === undefined ? year : Number(tail[2]);
    const day =
      tail?.[1] === undefined ? new Date(Date.UTC(2001, month + 1, 0)).getUTCDate() : Number(tail[1]);
    if (
      tail === null ||
      (tail[1] === undefined &&
        tail[2] === undefined &&
        !text.startsWith('end', at - 4) &&
        !/(?:by|of|until|before) $/.test(text.slice(Math.max(0, at - 7), at)))
    )
      return undefined;
    return {
      start: at,
      end: at + tail[0].length,
      past: named < year,
      period: own(named),
      deadline: `${own(named)}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      own: named === year,
    };
  }
  return undefined;
}

function planAt(text: string, at: number, year: number): EnglishTime | undefined {
  const word = Object.keys(ordinals).find(
    (each) => text.startsWith(`${each} five-year plan`, at) || text.startsWith(`${each} five year plan`, at),
  );
  if (word === undefined) return undefined;
  const first = ordinals[word]!;
  return {
    start: at,
    end: at + word.length + 15,
    past: first + 4 < year,
    period: [own(first), own(first + 4)],
    own: false,
  };
}

/** 2016, 2016-2020, 2016-20, 2016/17, 2016 to 2020, 2016 and 2020 (after between), FY2016. */
function yearAt(text: string, at: number, year: number): EnglishTime | undefined {
  const match =
    /^((?:19|20)\d\d)(?:(-|\/| to )((?:19|20)\d\d|\d\d)(?!\d))?(?!\d|,\d{3}|\.\d|%| percent| per cent| people| million| billion| km| households)/.exec(
      text.slice(at, at + 24),
    );
  if (match === null) return undefined;
  const before = text.charCodeAt(at - 1);
  if ((before >= 48 && before <= 57) || before === 44 || before === 46) return undefined;
  if (text[at - 1] === '$' || text[at - 1] === '€') return undefined;
  const first = Number(match[1]);
  let last =
    match[3] === undefined
      ? first
      : match[3].length === 4
        ? Number(match[3])
        : Math.floor(first / 100) * 100 + Number(match[3]);
  let end = at + match[0].length;
  if (
    match[3] === undefined &&
    text.startsWith(' and ', end) &&
    text.slice(Math.max(0, at - 8), at) === 'between '
  ) {
    const second = Number(text.slice(end + 5, end + 9));
    if (second > first && second < 2101) [last, end] = [second, end + 9];
  }
  if (match[2] === '/' || last < first)
    return { start: at, end, past: first < year, period: own(first), own: first === year };
  if (last > first) return { start: at, end, past: last < year, period: [own(first), own(last)], own: false };
  return { start: at, end, past: first < year, period: own(first), own: first === year };
}

function own(year: number): Period {
  return String(year).padStart(4, '0') as Period;
}
