import type { Measure, Relation } from '../../plan/relation.ts';
import type { Firmness } from '../../plan/target.ts';
import type { Period, Span } from '../../time/period.ts';
import type { LexiconRow } from '../lexicon.ts';
import type { Found, UnreadReason } from '../reading.ts';
import type { EnglishQuantity } from './number.ts';
import type { EnglishContext, Sentence } from './read.ts';
import type { EnglishToken } from './token.ts';
import type { EnglishTime } from './time.ts';
import { stops } from './words.ts';

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

/** Read one number of an English sentence; gives the position of the last token it used. */
export function readEnglishQuantity(sentence: Sentence, index: number, context: EnglishContext): number {
  const token = sentence.tokens[index]!;
  const quantity = token.quantity!;
  const segment = segmentOf(sentence, index, afterBaseline(sentence, index, context));
  const reject = (reason: UnreadReason): number => {
    context.rejected.push({ span: [quantity.start, quantity.numberEnd], reason });
    return index;
  };
  if (isBaseline(segment)) {
    const known = segment.pre.findLast((each) => each.tag === 'indicator');
    if (known !== undefined) context.subject = { words: known.row!.en[0]!, row: known.row! };
    else {
      const words = nounBefore(sentence, segment);
      if (words !== '') context.subject = { words };
    }
    return reject('baseline');
  }
  const time = timeFor(sentence, segment, quantity, context);
  const tense = tenseOf(segment, time, context);
  context.tense = tense;
  const subjects = subjectsOf(sentence, index, segment, quantity, context);
  if (subjects.length > 0) context.subject = subjects.at(-1);
  if (tense !== 'plan') return reject(tense === 'past' ? 'past' : 'forecast');
  if (subjects.length === 0) return reject('unclear');
  const values = distributed(sentence, index, subjects.length);
  for (const [i, subject] of subjects.entries())
    context.found.push(foundOf(sentence, segment, values?.[i] ?? quantity, subject, time, context));
  if (values === undefined) return index;
  const last = values.at(-1)!;
  let next = index;
  while (next + 1 < sentence.tokens.length && sentence.tokens[next + 1]!.start < last.end) next++;
  return next;
}

/** Whether the number before was what this one starts from: "from 12 % to 5 %". */
function afterBaseline(sentence: Sentence, index: number, context: EnglishContext): boolean {
  const previous = sentence.tokens.slice(0, index).findLast((token) => token.tag === 'number');
  const rejection = context.rejected.at(-1);
  return previous !== undefined && rejection?.reason === 'baseline' && rejection.span[0] === previous.start;
}

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

function has(tokens: readonly EnglishToken[], ...tags: readonly string[]): boolean {
  return tokens.some((token) => tags.includes(token.tag));
}

/** "from 45 % in 2010 to 60 %", "compared with 5 %": what the target starts from. */
function isBaseline(segment: Segment): boolean {
  const from = segment.chain.find((token) => token.tag === 'from');
  return from !== undefined;
}

const order = new Set([
  'past',
  'wasGrow',
  'wasFall',
  'plan',
  'expect',
  'strive',
  'goals',
  'forecast',
  'binding',
  'steer',
]);

function tenseOf(
  segment: Segment,
  time: EnglishTime | undefined,
  context: EnglishContext,
): 'past' | 'plan' | 'forecast' {
  const marks = segment.pre.filter((token) => order.has(token.tag));
  const last = marks.at(-1);
  if (marks.some((token) => token.tag === 'forecast') || has(segment.post, 'forecast')) return 'forecast';
  if (last !== undefined) {
    const before = marks.at(-2);
    const looksBack = last.tag === 'past' || last.tag === 'wasGrow' || last.tag === 'wasFall';
    const passive =
      looksBack && before !== undefined && before.tag === 'plan' && last.start - before.end <= 4;
    if (!looksBack || passive) return time?.past === true && last.tag !== 'plan' ? 'past' : 'plan';
    return 'past';
  }
  if (has(segment.post, 'wasGrow', 'wasFall') && context.tense === 'past') return 'past';
  if (time !== undefined && !(time.own && context.tense === 'past'))
    return time.past ? 'past' : context.tense === 'past' && time === context.time ? 'past' : 'plan';
  return context.tense;
}

/** The time in force: behind the number, else before it in the sentence, else the paragraph's. */
export function timeFor(
  sentence: Sentence,
  segment: Segment,
  at: { readonly start: number },
  context: EnglishContext,
): EnglishTime | undefined {
  const isBase = (token: EnglishToken): boolean =>
    sentence.tokens.some(
      (each) => each.tag === 'from' && each.end <= token.start && token.start - each.end <= 6,
    ) || /^(?:'s)? (?:level|gdp|figure|baseline)/.test(sentence.lower.slice(token.end, token.end + 12));
  const behindIt = segment.post.find((token) => token.tag === 'time' && !isBase(token));
  if (
    behindIt !== undefined &&
    !sentence.tokens.some(
      (token) =>
        token.tag === 'comma' &&
        token.start > at.start &&
        token.end <= behindIt.start &&
        behindIt.start - token.end > 16,
    )
  )
    return behindIt.time;
  const before = sentence.tokens.findLast(
    (token) => token.tag === 'time' && token.end <= at.start && !isBase(token),
  );
  if (before?.time !== undefined && before.time.past && segment.from > before.end) return context.time;
  const alone = sentence.tokens.filter((token) => token.tag === 'time' && !isBase(token));
  if (before === undefined && alone.length === 1 && !alone[0]!.time!.past) return alone[0]!.time;
  return before?.time ?? context.time;
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

interface Subject {
  readonly words: string;
  readonly row?: LexiconRow;
}

function subjectsOf(
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

function shareAfter(sentence: Sentence, quantity: EnglishQuantity): string | undefined {
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
function nounAfter(sentence: Sentence, quantity: EnglishQuantity): string {
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

function distributed(
  sentence: Sentence,
  index: number,
  subjects: number,
): readonly EnglishQuantity[] | undefined {
  if (subjects < 2) return undefined;
  const values: EnglishQuantity[] = [];
  for (let i = index; i < sentence.tokens.length && values.length < subjects; i++)
    if (sentence.tokens[i]!.tag === 'number') values.push(sentence.tokens[i]!.quantity!);
  if (
    values.length !== subjects ||
    !sentence.lower.slice(sentence.from, sentence.to).includes('respectively')
  )
    return undefined;
  return values.map((value) =>
    value.unit === 'count' && values.at(-1)!.family === 'percent'
      ? { ...value, low: value.low / 100, high: value.high / 100, unit: 'ratio', family: 'percent' }
      : value,
  );
}

function foundOf(
  sentence: Sentence,
  segment: Segment,
  quantity: EnglishQuantity,
  subject: Subject,
  time: EnglishTime | undefined,
  context: EnglishContext,
): Found {
  const { chain, pre, post } = segment;
  const { row } = subject;
  const grow =
    pre.findLast((token) => token.tag === 'grow' || token.tag === 'fall') ??
    post.find(
      (token) =>
        (token.tag === 'grow' || token.tag === 'fall') &&
        token.start - quantity.end <= 24 &&
        !sentence.lower.slice(quantity.end, token.start).includes(','),
    );
  const elliptic =
    grow === undefined &&
    has(chain, 'by') &&
    quantity.family === 'percent' &&
    context.found.at(-1)?.measure === 'growth';
  const falls = elliptic ? (context.found.at(-1)?.fall ?? false) : grow?.tag === 'fall';
  const to = chain.find((token) => token.tag === 'to');
  const toNumber = to !== undefined && grow !== undefined && grow.end <= to.start;
  const growthItself =
    grow !== undefined && /growth|rate of/.test(sentence.lower.slice(grow.start, grow.end)) && !falls;
  const ofGdp = quantity.family === 'percent' && shareAfter(sentence, quantity) !== undefined;
  let measure: Measure;
  let fall = false;
  if (quantity.family === 'points') {
    measure = 'change';
    fall = falls;
  } else if (quantity.family === 'percent') {
    if (ofGdp) measure = 'share';
    else if (row?.percentIs === 'growth' || elliptic) measure = 'growth';
    else if (
      grow !== undefined &&
      (!toNumber || growthItself) &&
      !(row?.unit === 'ratio' && !has(chain, 'by') && !falls && !growthItself)
    ) {
      measure = 'growth';
      fall = falls;
    } else if (
      row?.id === 'gdp' ||
      (row !== undefined && row.unit !== 'ratio' && row.unit !== '‰' && !toNumber)
    )
      measure = 'growth';
    else measure = 'share';
  } else measure = grow !== undefined && has(chain, 'by') ? 'change' : 'level';
  if ((measure === 'change' && quantity.family !== 'points') || elliptic) fall = falls;
  const { relation, strict } = relationOf(
    sentence,
    quantity,
    segment,
    toNumber && falls && measure !== 'growth',
  );
  const comma = pre.findLast((token) => token.tag === 'comma')?.end ?? 0;
  const average =
    pre.some((token) => token.tag === 'average' && token.start >= comma) || has(post.slice(0, 4), 'average');
  const period = periodOf(
    time,
    average || (measure === 'growth' && typeof time?.period !== 'string'),
    measure,
    context.year,
  );
  const end = typeof period === 'string' ? period : period[1];
  return {
    span: [trimmedStart(sentence, segment.from), quantity.end],
    number: [quantity.start, quantity.numberEnd],
    language: 'en',
    section: context.section,
    subject: subject.words,
    ...(row === undefined ? {} : { row }),
    ...(grow === undefined ? {} : { verb: sentence.text.slice(grow.start, grow.end) }),
    measure,
    relation,
    amount: { low: quantity.low, high: quantity.high },
    publishedUnit:
      quantity.unit === 'multiple'
        ? 'ratio'
        : quantity.family === 'plain' && (row?.unit === 'persons' || peopleWords.test(subject.words))
          ? 'persons'
          : quantity.unit,
    ...(quantity.family === 'plain' ? { counted: nounAfter(sentence, quantity) } : {}),
    ...(strict ? { strict: true } : {}),
    ...(fall ? { fall: true } : {}),
    ...(quantity.family === 'points' ? { points: true } : {}),
    ...(average ? { average: true } : {}),
    ...(has(pre, 'cumulative') && measure === 'growth' && !average ? { cumulative: true } : {}),
    period,
    deadline: time?.deadline ?? `${end.slice(0, 4)}-12-31`,
    firmness: elliptic ? (context.found.at(-1)?.firmness ?? 'commit') : carried(segment, context),
    doubts: time?.or === undefined ? [] : [`the last day may also be the anniversary in ${time.or}`],
  };
}

const peopleWords =
  /(?:people|persons|residents|workers|teachers|students|jobs|graduates|farmers|poor|citizens|doctors|nurses|patients|women|children|trainees|visitors|tourists)$/i;

function trimmedStart(sentence: Sentence, from: number): number {
  let at = from;
  while (at < sentence.to && ' ,;:'.includes(sentence.text[at]!)) at++;
  if (sentence.lower.startsWith('and ', at)) at += 4;
  return at;
}

function relationOf(
  sentence: Sentence,
  quantity: EnglishQuantity,
  segment: Segment,
  reducedTo: boolean,
): { relation: Relation['kind']; strict: boolean } {
  const { chain, pre } = segment;
  if (quantity.high !== quantity.low) return { relation: 'within', strict: false };
  if (quantity.bound !== undefined) return { relation: quantity.bound, strict: false };
  if (has(chain, 'atLeast')) return { relation: 'at-least', strict: false };
  if (has(chain, 'atMost')) return { relation: 'at-most', strict: false };
  if (has(chain, 'about')) return { relation: 'about', strict: false };
  const over = chain.find((token) => token.tag === 'over');
  if (over !== undefined) return { relation: 'at-least', strict: true };
  if (has(chain, 'under')) return { relation: 'at-most', strict: true };
  const steered = pre.some((token) =>
    /^(?:contain|limit|cap|restrain|control)/.test(sentence.lower.slice(token.start, token.end)),
  );
  return { relation: reducedTo || steered ? 'at-most' : 'reach', strict: false };
}

function periodOf(
  time: EnglishTime | undefined,
  spans: boolean,
  measure: Measure,
  year: number,
): Period | Span {
  const own = String(year).padStart(4, '0') as Period;
  const period = time?.period ?? own;
  if (typeof period !== 'string') return spans || measure === 'level' ? period : period[1];
  return spans && period > own && period.length === 4 && time?.own === false && measure === 'growth'
    ? spans
      ? [own, period]
      : period
    : period;
}

/** "To increase by 12 % to $4.5 billion": the second number is meant as the first. */
function carried(segment: Segment, context: EnglishContext): Firmness {
  const before = context.found.at(-1);
  const marks = segment.pre.some(
    (token) => order.has(token.tag) || token.tag === 'hold' || token.tag === 'comma',
  );
  if (!marks && before !== undefined && segment.from <= before.span[1] + 8 && before.span[1] <= segment.from)
    return before.firmness;
  return firmnessOf(segment, context);
}

export function firmnessOf(segment: Segment, context: EnglishContext): Firmness {
  if (has(segment.pre, 'strive')) return 'strive';
  if (has(segment.pre, 'binding') || has(segment.post, 'binding')) return 'binding';
  if (context.goals !== undefined) return context.goals;
  if (has(segment.pre, 'expect')) return 'expected';
  if (has(segment.pre, 'hold')) return 'hold';
  return 'commit';
}
