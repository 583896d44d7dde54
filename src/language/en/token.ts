import { longest } from '../trie.ts';
import type { Trie } from '../trie.ts';
import type { LexiconRow } from '../lexicon.ts';
import { englishQuantityAt } from './number.ts';
import type { EnglishQuantity } from './number.ts';
import { englishTimeAt } from './time.ts';
import type { EnglishTime } from './time.ts';
import { wordTrie } from './words.ts';
import type { Tag } from './words.ts';

/** One known expression of an English sentence. */
export interface EnglishToken {
  readonly tag: Tag | 'number' | 'name' | 'time' | 'indicator' | 'comma';
  readonly start: number;
  readonly end: number;
  readonly time?: EnglishTime;
  readonly quantity?: EnglishQuantity;
  readonly row?: LexiconRow;
}

/** The known expressions of a stretch of lower-case text, the longest at each word. One pass. */
export function englishTokens(
  text: string,
  from: number,
  to: number,
  year: number,
  names: Trie<LexiconRow>,
): EnglishToken[] {
  const tokens: EnglishToken[] = [];
  const mayEnd = (at: number): boolean =>
    wordCodes[text.charCodeAt(at)] !== 1 || wordCodes[text.charCodeAt(at - 1)] !== 1;
  let i = from;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === 44 || code === 59 || code === 58) {
      tokens.push({ tag: code === 58 ? 'at' : 'comma', start: i, end: i + 1 });
      i++;
      continue;
    }
    if (
      !isWord(code) &&
      code !== 36 &&
      code !== 0x20ac &&
      code !== 0xa3 &&
      code !== 0xa5 &&
      code !== 0x20b9 &&
      code !== 45
    ) {
      i++;
      continue;
    }
    const token =
      code === 45
        ? undefined
        : (timed(text, i, to, year) ?? longestOf(text, i, to, names, mayEnd) ?? counted(text, i, to));
    if (token !== undefined) {
      tokens.push(token);
      i = token.end;
      continue;
    }
    i++;
    if (isWord(code)) while (i < to && isWord(text.charCodeAt(i)) && isWord(code)) i++;
  }
  return tokens;
}

function timed(text: string, at: number, to: number, year: number): EnglishToken | undefined {
  const time = englishTimeAt(text, at, year);
  return time === undefined || time.end > to ? undefined : { tag: 'time', start: at, end: time.end, time };
}

function longestOf(
  text: string,
  at: number,
  to: number,
  names: Trie<LexiconRow>,
  mayEnd: (at: number) => boolean,
): EnglishToken | undefined {
  if (text.charCodeAt(at) < 58) return undefined;
  const row = longest(names, text, at, to, mayEnd);
  const word = longest(wordTrie, text, at, to, mayEnd);
  if (row !== undefined && (word === undefined || row.end > word.end))
    return { tag: 'indicator', start: at, end: row.end, row: row.value };
  return word === undefined ? undefined : { tag: word.value, start: at, end: word.end };
}

function counted(text: string, at: number, to: number): EnglishToken | undefined {
  const found = englishQuantityAt(text, at);
  if (found === undefined) return undefined;
  if ('nameEnd' in found)
    return { tag: 'name', start: at, end: Math.max(at + 1, Math.min(found.nameEnd, to)) };
  return { tag: 'number', start: at, end: Math.min(found.end, to), quantity: found };
}

/** Letters and digits of ASCII. */
const wordCodes = new Uint8Array(65536);
for (const c of '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
  wordCodes[c.charCodeAt(0)] = 1;

function isWord(code: number): boolean {
  return wordCodes[code] === 1;
}
