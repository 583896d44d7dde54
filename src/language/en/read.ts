import type { Firmness } from '../../plan/target.ts';
import type { Found, Qualitative, TextSpan, UnreadReason } from '../reading.ts';
import type { LexiconRow } from '../lexicon.ts';
import type { Paragraph } from '../text.ts';
import { trie } from '../trie.ts';
import type { Trie } from '../trie.ts';
import type { Reader } from '../zh/read.ts';
import { readEnglishQuantity } from './target.ts';
import { englishTokens } from './token.ts';
import type { EnglishToken } from './token.ts';
import type { EnglishTime } from './time.ts';
import { readEnglishWords } from './wordless.ts';

/** What one English sentence hands to the next. */
export interface EnglishContext {
  readonly year: number;
  base: 'past' | 'plan' | 'forecast';
  tense: 'past' | 'plan' | 'forecast';
  goals: Firmness | undefined;
  subject: { readonly words: string; readonly row?: LexiconRow } | undefined;
  time: EnglishTime | undefined;
  /** Rural income's row, for "urban and rural residents ... respectively". */
  readonly rural: LexiconRow | undefined;
  readonly gdp: LexiconRow | undefined;
  readonly section: readonly string[];
  readonly found: Found[];
  readonly rejected: { readonly span: TextSpan; readonly reason: UnreadReason }[];
  readonly qualitative: Omit<Qualitative, 'text'>[];
}

/** One sentence in hand. */
export interface Sentence {
  /** As it stands, for labels. */
  readonly text: string;
  readonly lower: string;
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly EnglishToken[];
}

/** The English names of a lexicon, and the two rows that the grammar itself refers to. */
export interface EnglishNames {
  readonly words: Trie<LexiconRow>;
  readonly gdp: LexiconRow | undefined;
  readonly rural: LexiconRow | undefined;
}

/** The names of a lexicon, made once for as many texts as one likes. */
export function englishNames(rows: readonly LexiconRow[]): EnglishNames {
  const find = (id: string): LexiconRow | undefined => rows.find((row) => row.id === id);
  const words = trie(rows.flatMap((row) => row.en.map((name) => [name.toLowerCase(), row] as const)));
  return { words, gdp: find('gdp'), rural: find('income_rural') };
}

/** A reader of English paragraphs, one after another. Spans are places in the paragraph. */
export function englishReader(year: number, names: EnglishNames): Reader {
  let section: readonly string[] = [];
  let base: 'past' | 'plan' = 'plan';
  let sectionTime: EnglishTime | undefined;
  let sectionGoals: Firmness | undefined;
  const readOne = (paragraph: Paragraph): ReturnType<Reader['read']> => {
    const { text } = paragraph;
    const lower = lowered(text);
    if (isHeading(text)) {
      const title = text.startsWith('#') ? text.slice(text.lastIndexOf('#') + 1).trim() : text;
      section = [title];
      base = moodOf(lower, year, names.words) ?? base;
      sectionTime = englishTokens(lower, 0, lower.length, year, names.words).find(
        (token) => token.tag === 'time' && !token.time!.past && !token.time!.own,
      )?.time;
      sectionGoals = lower.includes('target')
        ? lower.includes('binding')
          ? 'binding'
          : 'expected'
        : undefined;
      return { found: [], rejected: [], qualitative: [] };
    }
    const context: EnglishContext = {
      year,
      base,
      tense: base,
      goals: sectionGoals,
      subject: undefined,
      time: sectionTime,
      rural: names.rural,
      gdp: names.gdp,
      section,
      found: [],
      rejected: [],
      qualitative: [],
    };
    readSentences(text, lower, context, names.words);
    return context;
  };
  return { read: readOne };
}

/** Lower case of ASCII only, so that no offset moves. */
function lowered(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isHeading(text: string): boolean {
  if (text.startsWith('#')) return true;
  return (
    text.length <= 90 &&
    !'.;:,!?'.includes(text.at(-1)!) &&
    !/\d(?:\s*%|\s*per ?cent|[.,]\d)|million|billion|trillion|yuan|\$/.test(text) &&
    !/^[-*•]/.test(text) &&
    text.split(' ').length <= 12 &&
    !/\b(?:by|of|to|at least|about) \d/.test(text.toLowerCase()) &&
    !/double|in step with/i.test(text)
  );
}

function moodOf(lower: string, year: number, names: Trie<LexiconRow>): 'past' | 'plan' | undefined {
  const past = [
    'review',
    'achievements',
    'performance',
    'recent developments',
    'progress',
    'implementation of',
  ].some((word) => lower.includes(word));
  const plan = [
    'target',
    'goals',
    'objectives',
    'outlook',
    'plan for',
    'priorities',
    'tasks',
    'work for',
    'requirements',
    'strategy',
    'arrangements',
    'plan',
  ].some((word) => lower.includes(word));
  const years = englishTokens(lower, 0, lower.length, year, names).flatMap((token) =>
    token.tag === 'time' ? [token.time!.past] : [],
  );
  if (past !== plan) return past ? 'past' : 'plan';
  return years.length === 1 ? (years[0] === true ? 'past' : 'plan') : undefined;
}

/** A sentence with none of these says nothing of a target, nor of the time that the next one is about. */
const telling =
  /\d|target|goal|objective|doubl|tripl|quadrupl|halv|half|step with|line with|pace|par with|tandem|universal|full coverage|every (?:household|village)|million|billion|hundred|per ?cent|year|faster|outpace|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty) /;

/** No sentence is longer; what claims to be is cut here, which keeps the time linear in the text. */
const longestSentence = 1500;

function readSentences(text: string, lower: string, context: EnglishContext, names: Trie<LexiconRow>): void {
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    const ends =
      c === undefined ||
      c === ';' ||
      c === '!' ||
      c === '?' ||
      c === '。' ||
      (c === '.' && endsSentence(text, i)) ||
      i - start >= longestSentence;
    if (!ends) continue;
    if (i > start && telling.test(lower.slice(start, i)))
      readSentence(
        { text, lower, from: start, to: i, tokens: englishTokens(lower, start, i, context.year, names) },
        context,
      );
    start = i - start >= longestSentence ? i : i + 1;
    if (c !== ';') {
      context.tense = context.base;
      context.subject = undefined;
    }
  }
}

function endsSentence(text: string, at: number): boolean {
  const next = text[at + 1];
  if (next === undefined) return true;
  if (next !== ' ' && next !== '"' && next !== '”' && next !== ')') return false;
  const after = text[at + 2];
  if (after === undefined) return true;
  const before = text[at - 2];
  if (before === '.' || (before === ' ' && /[A-Z]/.test(text[at - 1] ?? ''))) return false;
  return !(after >= 'a' && after <= 'z');
}

function readSentence(sentence: Sentence, context: EnglishContext): void {
  const { tokens, from } = sentence;
  for (const token of tokens)
    if (token.tag === 'goals')
      [context.goals, context.tense, context.base] = [
        sentence.lower.includes('binding') ? 'binding' : 'expected',
        'plan',
        'plan',
      ];
  const first = tokens[0];
  const opening = tokens.find((token) => token.tag === 'time' && token.start - from <= 24);
  if (opening !== undefined && first !== undefined) {
    if (opening.time!.past && !compares(tokens, opening)) context.base = context.tense = 'past';
    else if (!opening.time!.past) {
      context.base = context.tense = 'plan';
      if (!opening.time!.own) context.time = opening.time;
      else context.time = undefined;
    }
  }
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.tag === 'name') context.rejected.push({ span: [token.start, token.end], reason: 'name' });
    if (token.tag === 'number') index = readEnglishQuantity(sentence, index, context);
    else if (
      token.tag === 'double' ||
      token.tag === 'triple' ||
      token.tag === 'halve' ||
      token.tag === 'step' ||
      token.tag === 'cover' ||
      token.tag === 'relative'
    )
      readEnglishWords(sentence, index, context);
  }
}

function compares(tokens: readonly EnglishToken[], token: EnglishToken): boolean {
  return tokens.some((each) => each.tag === 'from' && each.end <= token.start && token.start - each.end <= 6);
}
