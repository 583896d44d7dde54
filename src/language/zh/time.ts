import type { Period, Span } from '../../time/period.ts';
import { numeralAt } from './number.ts';

/** A stretch of time that a text names, as far as it bears on a target. */
export interface Time {
  readonly start: number;
  readonly end: number;
  /** `past`: before the plan. `base`: a year that is compared with. */
  readonly past: boolean;
  readonly period?: Period | Span;
  /** Last day, when it is not the end of the period. */
  readonly deadline?: string;
  /** Another reading of the last day, such as the anniversary for "within two years". */
  readonly or?: string;
  /** Holds for the rest of its paragraph (到2020年, “十三五”期间), not only for its sentence. */
  readonly lasting: boolean;
  /** Names the plan's own year (今年, 全年, 2014年). */
  readonly own: boolean;
  /** Every year of the period: 每年. */
  readonly yearly?: boolean;
}

const fiveYearPlans: Readonly<Record<string, number>> = {
  九五: 1996,
  十五: 2001,
  十一五: 2006,
  十二五: 2011,
  十三五: 2016,
  十四五: 2021,
  十五五: 2026,
  十六五: 2031,
};
const fiveYearNames = Object.keys(fiveYearPlans).sort((a, b) => b.length - a.length);

/** The time expression that starts at a place, or undefined. */
export function timeAt(text: string, at: number, year: number): Time | undefined {
  const c = text[at]!;
  if (c >= '0' && c <= '9')
    return yearAt(text, at, year) ?? monthAt(text, at, year) ?? yearsAt(text, at, year);
  if (c === '二' || c === '一' || c === '〇') {
    const chinese = chineseYearAt(text, at, year);
    if (chinese !== undefined) return chinese;
  }
  return (
    fiveYearAt(text, at, year) ??
    wordAt(text, at, year) ??
    (numeralChars.includes(c) ? (monthAt(text, at, year) ?? yearsAt(text, at, year)) : undefined)
  );
}

const numeralChars = '一二三四五六七八九十两';

function own(year: number): Period {
  return String(year).padStart(4, '0') as Period;
}

/** 2014年, 2014年底前, 2015-2020年, 2014年6月底. */
function yearAt(text: string, at: number, year: number): Time | undefined {
  if (!isDigits(text, at, 4) || isDigit(text.charCodeAt(at + 4))) return undefined;
  const first = Number(text.slice(at, at + 4));
  if (first < 1900 || first > 2100) return undefined;
  let i = at + 4;
  let last = first;
  let span = false;
  let j = text[i] === '年' ? i + 1 : i;
  if (text[j] === '-' || text[j] === '—' || text[j] === '~' || text[j] === '至' || text[j] === '到') {
    j++;
    if (text[j] === '—') j++;
    if (isDigits(text, j, 4) && text[j + 4] === '年') {
      last = Number(text.slice(j, j + 4));
      span = last > first;
      i = j + 4;
    }
  }
  if (text[i] !== '年') return undefined;
  i++;
  if (span)
    return {
      start: at,
      end: after(text, i, ['期间', '间']),
      past: last < year,
      period: [own(first), own(last)],
      lasting: true,
      own: false,
    };
  return inYear(text, at, i, first, year);
}

/** What may follow a year: 底, 末, 前, 6月底前, 上半年. */
function inYear(text: string, start: number, at: number, named: number, year: number): Time {
  const inner = monthAt(text, at, named) ?? wordAt(text, at, named);
  const past = named < year;
  if (inner !== undefined && !inner.past && inner.deadline !== undefined)
    return { ...inner, start, past, period: own(named), lasting: false, own: named === year };
  let end = at;
  if (text[end] === '年' && '底末初'.includes(text[end + 1] ?? ' ')) end++;
  const begins = text[end] === '初';
  while (end < text.length && '底末初前'.includes(text[end]!)) end++;
  end = after(text, end, ['以前', '之前', '左右', '度', '全年']);
  const ahead = text.slice(at, end).includes('前') && !text.slice(at, end).includes('底') && false;
  return {
    start,
    end,
    past: past && !begins,
    period: own(ahead ? named - 1 : named),
    lasting: named > year,
    own: named === year,
  };
}

function chineseYearAt(text: string, at: number, year: number): Time | undefined {
  if (text[at + 4] !== '年') return undefined;
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const d = '〇一二三四五六七八九零'.indexOf(text[at + i]!);
    if (d === -1) return undefined;
    value = value * 10 + (d === 10 ? 0 : d);
  }
  return value >= 1900 && value <= 2100 ? inYear(text, at, at + 5, value, year) : undefined;
}

/** 6月, 6月底前, 3月31日前, 9月份. */
function monthAt(text: string, at: number, year: number): Time | undefined {
  const n = numeralAt(text, at);
  if (
    n === undefined ||
    n.end - at > 3 ||
    text[n.end] !== '月' ||
    !(n.value >= 1 && n.value <= 12) ||
    !Number.isInteger(n.value)
  )
    return undefined;
  let end = n.end + 1;
  let day = new Date(Date.UTC(2001, n.value, 0)).getUTCDate();
  const d = numeralAt(text, end);
  if (d !== undefined && (text[d.end] === '日' || text[d.end] === '号') && d.value >= 1 && d.value <= 31) {
    [day, end] = [d.value, d.end + 1];
  }
  while (end < text.length && '底末份中初上下旬前'.includes(text[end]!)) end++;
  return { start: at, end, past: false, deadline: date(year, n.value, day), lasting: false, own: true };
}

function fiveYearAt(text: string, at: number, year: number): Time | undefined {
  const from = text[at] === '“' || text[at] === '"' ? at + 1 : at;
  const name = fiveYearNames.find((each) => text.startsWith(each, from));
  if (name === undefined) return undefined;
  let end = from + name.length;
  if (text[end] === '”' || text[end] === '"') end++;
  else if (from !== at) return undefined;
  const first = fiveYearPlans[name]!;
  const tail = text.slice(end, end + 3);
  if (
    from === at &&
    !['时期', '期间', '期末', '末', '规划', '以来', '初期'].some((word) => tail.startsWith(word))
  )
    return undefined;
  const since = tail.startsWith('以来');
  const last = tail.startsWith('末') || tail.startsWith('期末');
  end = after(text, end, ['时期', '期间', '期末', '末', '以来', '规划期', '初期']);
  return {
    start: at,
    end,
    past: first + 4 < year || since,
    period: last ? own(first + 4) : [own(first), own(first + 4)],
    lasting: true,
    own: false,
  };
}

/** 三年内, 用3年时间, 未来五年, 3至5年内, 五年规划 (which is a name, and none). */
function yearsAt(text: string, at: number, year: number): Time | undefined {
  let n = numeralAt(text, at);
  if (n === undefined || n.value < 1 || n.value > 50 || n.bare || n.ratio) return undefined;
  if ('-—~至到'.includes(text[n.end] ?? ' ')) {
    const second = numeralAt(text, n.end + 1);
    if (second !== undefined && text[second.end] === '年' && second.value <= 50) n = second;
  }
  if (text[n.end] !== '年') return undefined;
  const end = after(text, n.end + 1, [
    '努力',
    '时间内',
    '时间',
    '之内',
    '以内',
    '内',
    '期间',
    '左右时间',
    '左右的时间',
    '左右',
  ]);
  const before = text.slice(Math.max(0, at - 3), at);
  const aimed =
    end > n.end + 1 ||
    before.endsWith('用') ||
    before.endsWith('今后') ||
    before.endsWith('未来') ||
    before.endsWith('再用');
  if (!aimed || !Number.isInteger(n.value)) return undefined;
  const last = year + n.value - 1;
  const span = before.endsWith('今后') || before.endsWith('未来');
  return {
    start: at,
    end,
    past: false,
    period: span ? [own(year), own(last)] : own(last),
    ...(n.value > 1 && !span ? { or: `${last + 1}` } : {}),
    lasting: span,
    own: false,
  };
}

const halves: readonly (readonly [string, string, string])[] = [
  ['上半年', '06-30', ''],
  ['下半年', '12-31', ''],
  ['一季度', '03-31', ''],
  ['第一季度', '03-31', ''],
  ['二季度', '06-30', ''],
  ['第二季度', '06-30', ''],
  ['三季度', '09-30', ''],
  ['第三季度', '09-30', ''],
  ['前三季度', '09-30', ''],
  ['前三个季度', '09-30', ''],
  ['四季度', '12-31', ''],
  ['第四季度', '12-31', ''],
];
const ownYear = [
  '今年',
  '全年',
  '年内',
  '本年度',
  '本年',
  '当年',
  '年底前',
  '年底',
  '年末',
  '年终',
  '到年底',
  '年度',
  '2024年年内',
];

const wordStarts = new Set('上下一第二三前四今全年本当到2明每任未'.split(''));

function wordAt(text: string, at: number, year: number): Time | undefined {
  if (!wordStarts.has(text[at] ?? '')) return undefined;
  const half =
    text[at + 1] === '半' || text.startsWith('季度', at + 1) || text[at] === '第' || text[at] === '前';
  for (const [word, day] of half ? halves : []) {
    if (text.startsWith(word, at))
      return {
        start: at,
        end: after(text, at + word.length, ['末', '前', '底', '内']),
        past: false,
        deadline: `${own(year)}-${day}`,
        lasting: false,
        own: true,
      };
  }
  for (const word of ownYear) {
    if (text.startsWith(word, at)) {
      if (text.startsWith('以来', at + word.length)) return undefined;
      const end = after(text, at + word.length, ['内', '底前', '底', '末', '前']);
      return {
        start: at,
        end,
        past: false,
        period: own(year),
        deadline: `${own(year)}-12-31`,
        lasting: false,
        own: true,
      };
    }
  }
  if (text.startsWith('明年', at))
    return { start: at, end: at + 2, past: false, period: own(year + 1), lasting: true, own: false };
  if (text.startsWith('每年', at))
    return { start: at, end: at + 2, past: false, lasting: false, own: false, yearly: true };
  for (const word of ['本届政府任期内', '任期内', '未来五年', '今后五年', '未来5年', '今后5年']) {
    if (text.startsWith(word, at))
      return {
        start: at,
        end: at + word.length,
        past: false,
        period: [own(year), own(year + 4)],
        lasting: true,
        own: false,
      };
  }
  return undefined;
}

function after(text: string, at: number, words: readonly string[]): number {
  const word = words.find((each) => text.startsWith(each, at));
  return word === undefined ? at : after(text, at + word.length, words);
}

function date(year: number, month: number, day: number): string {
  return `${own(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isDigits(text: string, at: number, count: number): boolean {
  for (let i = at; i < at + count; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}
