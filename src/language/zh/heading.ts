import { numeralAt } from './number.ts';
import { timeAt } from './time.ts';
import type { Time } from './time.ts';
import { pastHeadings, planHeadings } from './words.ts';

/** A heading at the start of a paragraph. */
export interface Heading {
  /** 1 for a chapter, 2 for 一、, 3 for (一), 4 for 1., 5 for a short first sentence, 0 for a title. */
  readonly level: number;
  readonly title: string;
  /** Where the heading ends; the paragraph's length when it is all heading. */
  readonly end: number;
}

const closing = '。;；!?';

/** The heading that a paragraph starts with, or is, or undefined. */
export function headingOf(text: string): Heading | undefined {
  const marker = markerOf(text);
  const stop = firstOf(text, closing, 0, 60);
  const whole = stop === -1 && text.length <= 45 && !hasTargetSign(text);
  if (whole)
    return {
      level: marker?.level ?? (text.length <= 30 ? 0 : 5),
      title: text.slice(marker?.end ?? 0),
      end: text.length,
    };
  if (stop === -1) return undefined;
  const first = text.slice(marker?.end ?? 0, stop);
  if (hasTargetSign(first)) return undefined;
  if (marker !== undefined && first.length <= 45) return { level: marker.level, title: first, end: stop + 1 };
  if (
    marker === undefined &&
    first.length <= 16 &&
    stop + 1 < text.length &&
    text[stop] === '。' &&
    !hasDigit(first)
  )
    return { level: 5, title: first, end: stop + 1 };
  return undefined;
}

/** Whether a heading says that its section is about the past or the plan; undefined when it says neither or both. */
export function moodOfHeading(title: string, year: number): 'past' | 'plan' | undefined {
  const past =
    pastHeadings.some((word) => title.includes(word)) ||
    (yearIn(title) !== undefined && yearIn(title)! < year && title.includes('工作'));
  const plan =
    planHeadings.some((word) => title.includes(word)) ||
    (yearIn(title) !== undefined && yearIn(title)! >= year);
  if (past === plan) return undefined;
  return past ? 'past' : 'plan';
}

/** The years that a heading says its section is for, such as those of a five-year plan. */
export function timeOfHeading(title: string, year: number): Time | undefined {
  for (const [name, first] of fiveYears)
    if (title.includes(name))
      return {
        start: 0,
        end: 0,
        past: first + 4 < year,
        period: [`${first}`, `${first + 4}`],
        lasting: true,
        own: false,
      };
  for (let i = 0; i < title.length; i++) {
    const time = timeAt(title, i, year);
    if (time !== undefined && !time.past && (time.lasting || time.own) && time.period !== undefined)
      return time;
  }
  return undefined;
}

const fiveYears: readonly (readonly [string, number])[] = [
  ['第十一个五年', 2006],
  ['第十二个五年', 2011],
  ['第十三个五年', 2016],
  ['第十四个五年', 2021],
  ['第十五个五年', 2026],
];

function yearIn(text: string): number | undefined {
  for (let i = 0; i + 4 < text.length; i++) {
    if (text[i + 4] !== '年') continue;
    const year = Number(text.slice(i, i + 4));
    if (year > 1900 && year < 2101) return year;
  }
  return undefined;
}

function markerOf(text: string): { level: number; end: number } | undefined {
  const bracket = text[0] === '(' ? 1 : 0;
  if (text[0] === '#') {
    let i = 0;
    while (text[i] === '#') i++;
    return { level: i, end: i };
  }
  const at = text[0] === '第' ? 1 : bracket;
  const n = numeralAt(text, at);
  if (n === undefined || n.end - at > 4 || n.ratio) return undefined;
  const arabic = n.arabic;
  const next = text[n.end];
  if (at === 1 && text[0] === '第' && next !== undefined && '章节篇部编'.includes(next))
    return { level: 1, end: n.end + 1 };
  if (bracket === 1 && next === ')') return { level: arabic ? 5 : 3, end: n.end + 1 };
  if (
    bracket === 0 &&
    text[0] !== '第' &&
    next !== undefined &&
    '、.'.includes(next) &&
    !/[0-9]/.test(text[n.end + 1] ?? '0')
  )
    return { level: arabic ? 4 : 2, end: n.end + 1 };
  if (!arabic && next === '是' && text[0] !== '第') return undefined;
  return undefined;
}

function hasTargetSign(text: string): boolean {
  return (
    text.includes('%') ||
    /\d(?:万|亿|个|家|公里|平方|元|人|套|户|座|条|亩)/.test(text) ||
    text.includes('|') ||
    text.includes('\t') ||
    ((text.includes('增长') || text.includes('达到')) && text.includes('百分之'))
  );
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

function firstOf(text: string, characters: string, from: number, to: number): number {
  for (let i = from; i < Math.min(to, text.length); i++) if (characters.includes(text[i]!)) return i;
  return -1;
}
