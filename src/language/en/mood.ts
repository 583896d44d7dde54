import type { Measure } from '../../plan/relation.ts';
import type { Firmness } from '../../plan/target.ts';
import type { Period, Span } from '../../time/period.ts';
import type { EnglishContext, Sentence } from './read.ts';
import { has } from './segment.ts';
import type { Segment } from './segment.ts';
import type { EnglishToken } from './token.ts';
import type { EnglishTime } from './time.ts';

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

export function tenseOf(
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

export function periodOf(
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
export function carried(segment: Segment, context: EnglishContext): Firmness {
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
