import { longest } from '../trie.ts';
import { startsNumeral } from './number.ts';
import { quantityAt } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { timeAt } from './time.ts';
import type { Time } from './time.ts';
import { abstractNouns, wordTrie } from './words.ts';
import type { Tag } from './words.ts';

/** One known word of a clause; what lies between tokens is free text. */
export interface Token {
  readonly tag: Tag | 'number' | 'name' | 'paren';
  readonly start: number;
  readonly end: number;
  readonly time?: Time;
  readonly quantity?: Quantity;
}

const timeStarts = new Uint8Array(65536);
for (const c of '0123456789〇一二三四五六七八九十两“"上下今全年本当到明每任未前第')
  timeStarts[c.charCodeAt(0)] = 1;
const letters = /[A-Za-z]/;

/** The known words of a clause, left to right, the longest at each place. One pass. */
export function tokensOf(text: string, from: number, to: number, year: number): Token[] {
  const tokens: Token[] = [];
  let i = from;
  let quoteEnd = -1;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === 0x28) {
      const close = closing(text, i, to);
      tokens.push({ tag: 'paren', start: i, end: close });
      i = close;
      continue;
    }
    if (timeStarts[code] === 1) {
      const time = timeAt(text, i, year);
      if (time !== undefined && time.end <= to) {
        tokens.push({ tag: 'time', start: i, end: time.end, time });
        i = time.end;
        continue;
      }
    }
    if (code === 0x201c) {
      quoteEnd = near(text, '”', i, Math.min(to, i + 25));
    }
    if (startsNumeral(code) && !shielded(text, i, to)) {
      const token = numberAt(text, i, to, i < quoteEnd);
      if (token !== undefined) {
        tokens.push(token);
        i = token.end;
        continue;
      }
    }
    const word = longest(wordTrie, text, i, to);
    if (word !== undefined) {
      tokens.push({ tag: word.value, start: i, end: word.end });
      if (word.value === 'double') tokens[tokens.length - 1] = doubled(text, i, word.end);
      i = word.end;
      continue;
    }
    i++;
  }
  return tokens;
}

/** 三次产业 and 一流 begin like numbers and are words. */
function shielded(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x4e00) return false;
  const word = longest(wordTrie, text, at, to)?.value;
  return word === 'plain' || word === 'cum' || word === 'past';
}

function numberAt(text: string, at: number, to: number, quoted: boolean): Token | undefined {
  const per = text[at - 1] === '每';
  const found = quantityAt(text, at);
  if (found === undefined) return undefined;
  if ('nameEnd' in found) return { tag: 'name', start: at, end: Math.min(found.nameEnd, to) };
  if (found.end > to && found.numberEnd > to) return { tag: 'name', start: at, end: to };
  const name: Token = { tag: 'name', start: at, end: Math.min(found.numberEnd, to) };
  const code = text.charCodeAt(at);
  if (per) return name;
  if (quoted && found.family !== 'percent' && found.family !== 'points') return name;
  if (!found.arabic && found.family !== 'percent') {
    const [c, following] = [text[at]!, text[found.numberEnd]];
    if ((found.bare && found.family !== 'money') || (c === '零' && found.high === 0)) return name;
    if (c === '一' && found.numberEnd - at === 2 && !'所座家条处名栋幢套'.includes(text[at + 1]!))
      return name;
    if (found.numberEnd - at <= 3 && longest(abstractNouns, text, found.numberEnd) !== undefined) return name;
    if (
      found.numberEnd - at <= 3 &&
      (following === undefined || '”"、'.includes(following)) &&
      found.family === 'count' &&
      '个项大件条'.includes(text[found.numberEnd - 1]!)
    )
      return name;
    if (text[at - 1] === '这' || text[at - 1] === '那') return name;
  } else if (found.family === 'count' && longest(abstractNouns, text, found.numberEnd) !== undefined) {
    const noun = longest(abstractNouns, text, found.numberEnd)!;
    if (
      noun.end - found.numberEnd >= 2 &&
      !['重点', '专项', '突破', '新', '优势'].includes(text.slice(found.numberEnd, noun.end))
    )
      return name;
  }
  if (text[at - 1] === '前' && found.family !== 'percent' && found.family !== 'money') return name;
  if (code === 0x534a) return name;
  if (
    letters.test(text[found.numberEnd] ?? '') &&
    found.family !== 'percent' &&
    found.end === found.numberEnd &&
    (text[found.numberEnd] ?? '') < 'a'
  )
    return { tag: 'number', start: at, end: found.end, quantity: found };
  return { tag: 'number', start: at, end: Math.min(found.end, to), quantity: found };
}

function doubled(text: string, start: number, end: number): Token {
  const word = text.slice(start, end);
  const value = word.includes('两') ? 4 : word.includes('三番') ? 8 : word.includes('半') ? 1.5 : 2;
  const quantity: Quantity = {
    start,
    numberEnd: end,
    end,
    low: value,
    high: value,
    unit: 'multiple',
    family: 'multiple',
    bound: word.includes('以上') || text.startsWith('以上', end) ? 'at-least' : undefined,
    arabic: false,
    bare: false,
  };
  return { tag: 'number', start, end: text.startsWith('以上', end) ? end + 2 : end, quantity };
}

function closing(text: string, at: number, to: number): number {
  const close = near(text, ')', at, Math.min(to, at + 200));
  return close === -1 ? at + 1 : close + 1;
}

/** The place of a character within a stretch, or -1. The stretch is short, so that hostile input costs no more. */
function near(text: string, character: string, from: number, to: number): number {
  for (let i = from; i < to; i++) if (text[i] === character) return i;
  return -1;
}
