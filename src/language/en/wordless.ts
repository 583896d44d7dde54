import type { EnglishContext, Sentence } from './read.ts';
import { firmnessOf, timeFor } from './mood.ts';
import { segmentOf } from './segment.ts';
import { nounBefore } from './subject.ts';
import { lastPeriod } from '../../time/period.ts';
import type { Period } from '../../time/period.ts';

/** English targets whose number is a word: double, halve, in step with, full coverage, faster than. */
export function readEnglishWords(sentence: Sentence, index: number, context: EnglishContext): void {
  const { tokens, text, lower } = sentence;
  const token = tokens[index]!;
  const segment = segmentOf(sentence, index);
  const time = timeFor(sentence, segment, token, context);
  const past =
    time?.past === true ||
    segment.pre.some((each) => each.tag === 'past' || each.tag === 'wasGrow' || each.tag === 'wasFall') ||
    (context.tense !== 'plan' && !segment.pre.some((each) => each.tag === 'plan'));
  if (past) return;
  const before = segment.pre.findLast((each) => each.tag === 'indicator');
  const after = segment.post.find(
    (each) => each.tag === 'indicator' && !lower.slice(token.end, each.start).includes(','),
  );
  const period = time?.period ?? (String(context.year).padStart(4, '0') as Period);
  const last = lastPeriod(period);
  const common = {
    span: [segment.from, token.end] as const,
    number: [token.start, token.end] as const,
    language: 'en' as const,
    section: context.section,
    period,
    deadline: time?.deadline ?? `${last.slice(0, 4)}-12-31`,
    firmness: firmnessOf(segment, context),
    publishedUnit: 'ratio',
    verb: text.slice(token.start, token.end),
    doubts: [],
  };
  if (token.tag === 'step') {
    const leader = after?.row?.id ?? 'gdp';
    const words =
      before === undefined
        ? nounBefore(sentence, { ...segment, chain: [token] })
        : text.slice(before.start, before.end);
    if (words === '' || (after === undefined && !lower.slice(token.end, token.end + 30).includes('growth')))
      return;
    context.found.push({
      ...common,
      subject: words,
      ...(before?.row === undefined ? {} : { row: before.row }),
      measure: 'growth',
      relation: 'in-step-with',
      leader,
    });
    return;
  }
  if (token.tag === 'relative') {
    if (before?.row === undefined || after === undefined) return;
    const versus = text.slice(token.end, Math.min(sentence.to, after.end)).trim();
    context.found.push({
      ...common,
      subject: text.slice(before.start, before.end),
      row: before.row,
      measure: 'growth',
      relation: 'at-least',
      strict: true,
      amount: { low: 0, high: 0 },
      versus,
    });
    return;
  }
  if (token.tag === 'cover') {
    const words = lower.startsWith('universal access', token.start)
      ? `access ${objectOf(text, token.end, sentence.to)}`
      : objectOf(text, token.end, sentence.to) || nounBefore(sentence, { ...segment, chain: [token] });
    if (words === '') return;
    context.found.push({
      ...common,
      subject: words,
      measure: 'share',
      relation: 'reach',
      amount: { low: 1, high: 1 },
    });
    return;
  }
  const row = after?.row ?? before?.row;
  const words =
    after !== undefined
      ? text.slice(after.start, after.end)
      : before !== undefined
        ? text.slice(before.start, before.end)
        : objectOf(text, token.end, sentence.to) || nounBefore(sentence, { ...segment, chain: [token] });
  if (words === '' || lower.startsWith('-', token.end) || lower.startsWith(' digit', token.end)) return;
  const multiple =
    token.tag === 'double'
      ? 2
      : token.tag === 'triple'
        ? lower.startsWith('quad', token.start)
          ? 4
          : 3
        : 0.5;
  const change = multiple - 1;
  context.found.push({
    ...common,
    subject: words,
    ...(row === undefined ? {} : { row }),
    measure: 'growth',
    relation: 'reach',
    amount: { low: Math.abs(change), high: Math.abs(change) },
    ...(change < 0 ? { fall: true } : {}),
    multiple,
    cumulative: true,
  });
}

/** The object of a verb: the words up to a preposition of time or the clause's end. */
function objectOf(text: string, from: number, to: number): string {
  const words: string[] = [];
  for (const word of text.slice(from, Math.min(to, from + 80)).split(' ')) {
    if (word === '') continue;
    const plain = word.toLowerCase();
    if (
      words.length > 0 &&
      ['by', 'in', 'within', 'over', 'from', 'before', 'during', 'and', 'compared', 'relative'].includes(
        plain,
      )
    )
      break;
    if (words.length === 0 && ['by', 'in', 'from', 'and', 'within'].includes(plain)) return '';
    if (!['the', 'our', 'its', 'of', 'a'].includes(plain) || words.length > 0)
      words.push(word.replace(/[,.]$/, ''));
    if (/[,.]$/.test(word) || words.length >= 8) break;
  }
  return words.join(' ');
}
