import type { LexiconRow } from '../lexicon.ts';
import type { EnglishQuantity } from './number.ts';
import type { EnglishContext, Sentence } from './read.ts';
import { has } from './segment.ts';
import type { Segment } from './segment.ts';
import type { EnglishToken } from './token.ts';
import { stops } from './words.ts';

export interface Subject {
  readonly words: string;
  readonly row?: LexiconRow;
}

export function subjectsOf(
  sentence: Sentence,
  index: number,
  segment: Segment,
  quantity: EnglishQuantity,
  context: EnglishContext,
): Subject[] {
  const known = segment.pre.filter((token) => token.tag === 'indicator' && !insideName(sentence, token));
  const listed = has(sentence.tokens, 'each') && known.length > 1;
  const counts =
    quantity.family === 'plain' ||
    quantity.family === 'persons' ||
    quantity.family === 'length' ||
    quantity.family === 'area' ||
    quantity.family === 'mass' ||
    quantity.family === 'energy' ||
    quantity.family === 'volume' ||
    quantity.family === 'money';
  const share = quantity.family === 'percent' ? shareAfter(sentence, quantity) : undefined;
  if (context.subject !== undefined && afterBaseline(sentence, index, context) && has(segment.chain, 'to'))
    return [context.subject];
  const after = afterNumber(sentence, segment, quantity, known.length === 0);
  if (quantity.family === 'percent' && after !== undefined && !touches(segment)) return [after];
  if (known.length > 0 && !(counts && !touches(segment) && nounAfter(sentence, quantity) !== '')) {
    const pair =
      known.length === 1 &&
      known[0]!.row!.id === 'income_urban' &&
      /urban (?:residents |households )?and (?:of )?rural/.test(
        sentence.lower.slice(segment.from, quantity.start),
      )
        ? segment.pre.map((token) => token.row).find((row) => row !== undefined)
        : undefined;
    if (pair !== undefined && context.rural !== undefined)
      return [
        { words: 'urban per-capita disposable income', row: pair },
        { words: 'rural per-capita disposable income', row: context.rural },
      ];
    const rows = (listed ? known : [nearestOf(sentence, known, segment)]).map((token) => ({
      words: sentence.text.slice(token.start, token.end),
      row: token.row!,
    }));
    if (share !== undefined && rows.length === 1 && rows[0]!.row.unit !== 'ratio') {
      const words = `${rows[0]!.words} as a share of GDP`;
      return [{ words }];
    }
    return rows;
  }
  if (counts) {
    const noun = nounAfter(sentence, quantity);
    if (
      noun !== '' &&
      !rejected.has(noun.split(' ').at(-1)!.toLowerCase()) &&
      !rejected.has(noun.split(' ')[0]!.toLowerCase())
    ) {
      const verb =
        segment.pre.findLast((token) => token.tag === 'verb' || token.tag === 'fall') ??
        sentence.tokens.findLast((token) => token.tag === 'verb' && token.end <= segment.from);
      const row =
        segment.post.find((token) => token.tag === 'indicator' && token.start - quantity.end <= 3)?.row ??
        segment.post.find(
          (token) =>
            token.tag === 'indicator' &&
            noun.toLowerCase().endsWith(sentence.lower.slice(token.start, token.end)),
        )?.row;
      if (row !== undefined && row.unit !== 'ratio') return [{ words: noun, row }];
      const weakly =
        quantity.family === 'plain' &&
        quantity.low < 1000 &&
        verb === undefined &&
        !has(segment.pre, 'plan', 'strive', 'expect', 'grow', 'fall', 'atLeast', 'over', 'goals') &&
        context.goals === undefined &&
        !has(segment.post, 'plan', 'verb');
      if (weakly) return [];
      return [{ words: verb === undefined ? noun : `${sentence.text.slice(verb.start, verb.end)} ${noun}` }];
    }
    if (quantity.family === 'plain' && noun !== '') return [];
  }
  const part = quantity.family === 'percent' && share === undefined ? wholeAfter(sentence, quantity) : '';
  const words = nounBefore(sentence, segment);
  if (part !== '') return [{ words: words === '' ? part : `${words} as a share of ${part}` }];
  if (words !== '')
    return [
      {
        words:
          quantity.family === 'money' && !words.includes(' ')
            ? `${words} ${purposeAfter(sentence, quantity)}`.trim()
            : words,
      },
    ];
  if (quantity.family === 'plain' && quantity.low < 100 && segment.chain.length === 0) return [];
  if (
    quantity.family === 'percent' &&
    context.subject === undefined &&
    segment.pre.some((token) => token.tag === 'grow' && sentence.lower.startsWith('growth', token.start))
  )
    return [economy(context)];
  if (context.subject !== undefined && quantity.family !== 'plain') return [context.subject];
  if (context.subject !== undefined && has(segment.chain, 'to', 'over')) return [context.subject];
  if (quantity.family === 'percent' && has(segment.pre, 'grow')) return [economy(context)];
  return [];
}

/** GDP within "revenue-to-GDP ratio" or "share of manufacturing in GDP" is no subject. */
function insideName(sentence: Sentence, token: EnglishToken): boolean {
  const before = sentence.lower.slice(Math.max(sentence.from, token.start - 48), token.start);
  if (before.endsWith('-') || sentence.lower[token.end] === '-') return true;
  if (/as a (?:share|percentage|proportion) of (?:the )?$/.test(before)) return true;
  return (
    token.row?.id === 'gdp' &&
    /(?:share|ratio|percentage|proportion) of [a-z ,-]* (?:in|of|to)(?: the)? $/.test(before)
  );
}

/** At least 95 percent of villages will have broadband: the share of what. */
function wholeAfter(sentence: Sentence, quantity: EnglishQuantity): string {
  if (!sentence.lower.startsWith(' of ', quantity.end)) return '';
  const tail = sentence.text.slice(quantity.end + 4, Math.min(sentence.to, quantity.end + 90));
  return tail
    .split(/[,.;:]| by | in 20| this year/)[0]!
    .replace(/^(?:the|all|our) /, '')
    .replace(/ (?:will|should|shall|to) (?:have|be|get)/, ' to have')
    .trim();
}

/** What a sum is for: "for poverty relief". */
function purposeAfter(sentence: Sentence, quantity: EnglishQuantity): string {
  const tail = sentence.text.slice(quantity.end, Math.min(sentence.to, quantity.end + 60)).trim();
  if (!/^(?:for|in|on|to) /.test(tail)) return '';
  return tail.split(/[,.;]| and | by | this /)[0]!.trim();
}

/** Growth of nothing in particular is the economy's. */
function economy(context: EnglishContext): Subject {
  return { words: 'economic growth', ...(context.gdp === undefined ? {} : { row: context.gdp }) };
}

const rejected = new Set(
  'priorities areas pillars goals principles steps measures fronts days months weeks times points aspects parts chapters sections key major main objectives fields categories strategies of percent hours ways things year years'.split(
    ' ',
  ),
);

/** Which of the named indicators the number is about: in "the share of exports in GDP" and the like the first; else the last. */
function nearestOf(sentence: Sentence, known: readonly EnglishToken[], segment: Segment): EnglishToken {
  const last = known.at(-1)!;
  const before = known.at(-2);
  if (before !== undefined) {
    const between = sentence.lower.slice(before.end, last.start);
    if (
      /^ (?:as a (?:share|percentage|proportion) of|to|per unit of|in|relative to) (?:the )?$/.test(between)
    )
      return before;
    if (/^ (?:and|or) $/.test(between) && segment.chain.length === 0) return last;
  }
  return last;
}

/** Whether words of the subject stand right before the number, through prepositions, bounds and growth words alone. */
function touches(segment: Segment): boolean {
  const known = segment.pre.findLast((token) => token.tag === 'indicator');
  if (known === undefined) return false;
  const at = segment.pre.indexOf(known);
  for (const token of segment.pre.slice(at + 1)) {
    if (token.tag === 'comma') return false;
  }
  return true;
}

export function shareAfter(sentence: Sentence, quantity: EnglishQuantity): string | undefined {
  const match = /^ of (?:the )?(gdp|gross domestic product|national income|total|primary energy)/.exec(
    sentence.lower.slice(quantity.end, quantity.end + 32),
  );
  return match?.[1];
}

/** 7 percent GDP growth, a 3 percent increase in consumer prices, 5 % growth in exports. */
function afterNumber(
  sentence: Sentence,
  segment: Segment,
  quantity: EnglishQuantity,
  unnamed: boolean,
): Subject | undefined {
  const near = segment.post.filter((token) => token.start - quantity.end < 60);
  const known = near.find((token) => token.tag === 'indicator');
  if (known === undefined || shareAfter(sentence, quantity) !== undefined) return undefined;
  const comma = near.find((token) => token.tag === 'comma');
  if (comma !== undefined && comma.start < known.start) return undefined;
  const between = sentence.lower.slice(quantity.end, known.start);
  const changes =
    (unnamed && has(segment.pre, 'grow', 'fall')) ||
    near.some((token) => (token.tag === 'grow' || token.tag === 'fall') && token.start < known.end + 8);
  if (
    between.trim() === '' ||
    (changes && / (?:in|of|for) (?:the |real |annual |total |average )*$/.test(between))
  )
    return { words: sentence.text.slice(known.start, known.end), row: known.row! };
  return undefined;
}

/** The counted noun behind a number: up to a preposition, a comma or another number. */
export function nounAfter(sentence: Sentence, quantity: EnglishQuantity): string {
  let at = quantity.end;
  if (sentence.lower.startsWith(' of ', at) && quantity.family !== 'money') at += 3;
  const to = Math.min(sentence.to, at + 90);
  const words: string[] = [];
  for (const word of sentence.text.slice(at, to).split(' ')) {
    if (word === '') continue;
    const plain = word.toLowerCase();
    if (stops.has(plain) && !(plain === 'of' && words.length > 0)) break;
    if (/^[\d(]/.test(word)) break;
    const ends = /[,.:)]$/.test(word);
    words.push(ends ? word.slice(0, -1) : word);
    if (ends || words.length >= 8) break;
  }
  if (quantity.family === 'money' && words.length > 0) return '';
  return words.join(' ');
}

const leadingWords = new Set(
  'expect target project see bringing reducing raising increasing government linking covering the a an and or to will shall we our its this that be is are by in of for with at on also further each should must also would while as it growth increase rise target targets goal plan plans aim aims keep ensure that achieve reach raise increase reduce maintain set strive make bring lower cut expand boost hold limit contain control main total government country province city all up down from continue'.split(
    ' ',
  ),
);

const trailingWords = new Set(
  'of by to at in is are be will should the a an than and or reach around about approximately for with on as growth rate target increase reduction increased reduced raised set expected grow rise fall decline decrease over under above below least at within more less no not between from total worth projected forecast anticipated targeted account accounts cut amount represent stand stands up down reaching exceed goal annual annually average was were has have been must would can expand'.split(
    ' ',
  ),
);

/** The noun phrase before a number, without verbs and mood at its start and prepositions at its end. */
export function nounBefore(sentence: Sentence, segment: Segment): string {
  const end =
    segment.chain.at(-1)?.start ?? (segment.pre.length > 0 || segment.from > 0 ? undefined : segment.from);
  const last = end ?? Math.max(segment.from, numberStart(sentence, segment));
  const commas = segment.pre.filter((token) => token.tag === 'comma' && token.end <= last);
  const from = commas.at(-1)?.end ?? segment.from;
  let words = sentence.text
    .slice(Math.max(from, last - 160), last)
    .split(' ')
    .filter((word) => word !== '');
  const cut = words.findLastIndex(
    (word) =>
      /[(,;:]/.test(word) ||
      ['which', 'that', 'where', 'while', 'will', 'aims', 'plans'].includes(word.toLowerCase()),
  );
  if (cut >= 0) {
    const head = words.slice(0, cut);
    words =
      words[cut]!.toLowerCase() === 'will' && head.length > 0 && cut === words.length - 1
        ? head
        : words.slice(cut + 1).length > 0 &&
            words.slice(cut + 1).some((word) => !trailingWords.has(word.toLowerCase()))
          ? words.slice(cut + 1)
          : head;
  }
  while (
    words.length > 0 &&
    (trailingWords.has(words.at(-1)!.toLowerCase()) || /^(?:19|20)\d\d$/.test(words.at(-1)!))
  )
    words.pop();
  while (words.length > 0 && leadingWords.has(words[0]!.toLowerCase())) words.shift();
  if (words.length > 14) words = words.slice(-14);
  return words
    .join(' ')
    .replaceAll(/[“”"():]/g, '')
    .trim();
}

function numberStart(sentence: Sentence, segment: Segment): number {
  return (
    sentence.tokens.find((token) => token.tag === 'number' && token.start >= segment.from)?.start ??
    segment.to
  );
}

/** Whether the number before was what this one starts from: "from 12 % to 5 %". */
export function afterBaseline(sentence: Sentence, index: number, context: EnglishContext): boolean {
  const previous = sentence.tokens.slice(0, index).findLast((token) => token.tag === 'number');
  const rejection = context.rejected.at(-1);
  return previous !== undefined && rejection?.reason === 'baseline' && rejection.span[0] === previous.start;
}
