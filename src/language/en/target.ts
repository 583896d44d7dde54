import { lastPeriod } from '../../time/period.ts';
import type { Measure, Relation } from '../../plan/relation.ts';
import type { Found, UnreadReason } from '../reading.ts';
import { carried, periodOf, tenseOf, timeFor } from './mood.ts';
import type { EnglishQuantity } from './number.ts';
import type { EnglishContext, Sentence } from './read.ts';
import { has, segmentOf } from './segment.ts';
import type { Segment } from './segment.ts';
import { afterBaseline, nounAfter, nounBefore, shareAfter, subjectsOf } from './subject.ts';
import type { Subject } from './subject.ts';
import type { EnglishTime } from './time.ts';

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

/** "from 45 % in 2010 to 60 %", "compared with 5 %": what the target starts from. */
function isBaseline(segment: Segment): boolean {
  const from = segment.chain.find((token) => token.tag === 'from');
  return from !== undefined;
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
  // "Growth of -3 %" is a fall; a dash between two numbers is a range and has no blank before it.
  const negative = /(?:^|[\s(])[-\u2212\u2013]$/.test(
    sentence.lower.slice(Math.max(0, quantity.start - 2), quantity.start),
  );
  const falls = elliptic ? (context.found.at(-1)?.fall ?? false) : (grow?.tag === 'fall') !== negative;
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
  const end = lastPeriod(period);
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
