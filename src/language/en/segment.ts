import type { Sentence } from './read.ts';
import type { EnglishToken } from './token.ts';

/** The stretch of a sentence that belongs to one number. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly pre: readonly EnglishToken[];
  readonly post: readonly EnglishToken[];
  readonly chain: readonly EnglishToken[];
}

const chainTags = new Set([
  'about',
  'atLeast',
  'atMost',
  'over',
  'under',
  'by',
  'to',
  'at',
  'between',
  'from',
  'average',
  'cumulative',
  'past',
]);

/** Tokens before the number back to the one before, tokens behind it up to the next, and those that touch it on the left. */
export function segmentOf(sentence: Sentence, index: number, skip = false): Segment {
  const { tokens } = sentence;
  let first = index;
  while (first > 0 && tokens[first - 1]!.tag !== 'number' && tokens[first - 1]!.tag !== 'double') first--;
  if (skip && first > 0) {
    first--;
    while (first > 0 && tokens[first - 1]!.tag !== 'number' && tokens[first - 1]!.tag !== 'double') first--;
  }
  let last = index;
  while (last + 1 < tokens.length && tokens[last + 1]!.tag !== 'number') last++;
  const previous = tokens[first - 1];
  const nearest = tokens[index]!;
  const from = previous === undefined ? sentence.from : behind(sentence, previous, nearest.start);
  const next = tokens[last + 1];
  const to = next === undefined ? sentence.to : next.start;
  const pre = tokens.slice(first, index).filter((token) => token.start >= from);
  const chain: EnglishToken[] = [];
  let at = nearest.start;
  for (let i = index - 1; i >= first; i--) {
    const token = tokens[i]!;
    if (at - token.end > 1 || !chainTags.has(token.tag)) break;
    chain.push(token);
    at = token.start;
  }
  return { from, to, pre, post: tokens.slice(index + 1, last + 1), chain };
}

/** Where the words of the next number start: behind the noun that the number before counts. */
function behind(sentence: Sentence, previous: EnglishToken, to: number): number {
  const quantity = previous.quantity;
  if (quantity === undefined || quantity.family === 'percent' || quantity.family === 'points')
    return previous.end;
  const comma = sentence.tokens.find(
    (token) => token.tag === 'comma' && token.start >= previous.end && token.start < to,
  );
  const and = sentence.lower.slice(previous.end, to).indexOf(' and ');
  const ends = [comma?.start, and === -1 ? undefined : previous.end + and].filter(
    (each) => each !== undefined,
  );
  return ends.length === 0 ? previous.end : Math.min(...ends);
}

export function has(tokens: readonly EnglishToken[], ...tags: readonly string[]): boolean {
  return tokens.some((token) => tags.includes(token.tag));
}
