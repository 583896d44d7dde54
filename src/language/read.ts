import type { Issue, Language } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import type { Span } from '../time/period.ts';
import { assemble } from './assemble.ts';
import { standardLexicon } from './lexicon.ts';
import type { LexiconRow } from './lexicon.ts';
import { englishReader } from './en/read.ts';
import { chineseLookup } from './lookup.ts';
import type { Found, PlanText, Qualitative, TextSpan, Unread } from './reading.ts';
import { paragraphs } from './text.ts';
import type { Paragraph } from './text.ts';
import { chineseReader } from './zh/read.ts';

/** How a plan's text is read. */
export interface ReadPlanOptions {
  /** The year that the plan is for: "this year" in the text, and what decides between outcomes and targets. */
  readonly year: number;
  /** Rows of one's own, tried before those of `standardLexicon`. */
  readonly lexicon?: readonly LexiconRow[];
  /** One of `'zh'`, `'en'`. Defaults to each paragraph's own language. */
  readonly language?: Language;
}

/**
 * Read a plan from its own words, Chinese or English: every target with its place in the text.
 *
 * Nothing is dropped in silence: a number that is no target comes back in `unread` with the reason, and a reading that
 * could be another one carries an issue `'doubtful'`. Reads in one pass, in time linear in the text.
 *
 * @param text the plan, a report or a passage; plain text or HTML, simplified or traditional script
 * @param options.year the plan's year
 * @returns the plan, which `checkPlan` has looked at; one reading for each target; promises without a number; what was not read
 * @throws RangeError when the text is no string or the year no year
 * @example readPlan('地区生产总值增长12%左右。', { year: 2014 }).plan.targets[0].relation // { kind: 'about', value: 0.12 }
 */
export function readPlan(text: string, options: ReadPlanOptions): PlanText {
  const { year, language } = options;
  if (typeof text !== 'string')
    return mistake('readPlan', `${shown(text)} is not a text`, 'give the plan as a string');
  if (!Number.isInteger(year) || year < 0 || year > 9999)
    return mistake(
      'readPlan',
      `year ${shown(year)} is not a year`,
      'give the year that the plan is for, such as { year: 2014 }',
    );
  const lexicon = [...(options.lexicon ?? []), ...standardLexicon];
  const rows = new Map<string, LexiconRow>();
  for (const row of lexicon) if (!rows.has(row.id)) rows.set(row.id, row);
  const zh = chineseReader(year, chineseLookup(lexicon));
  const en = englishReader(year, lexicon);
  const found: Found[] = [];
  const unread: Unread[] = [];
  const qualitative: Qualitative[] = [];
  for (const paragraph of paragraphs(text)) {
    const part = ((language ?? paragraph.language) === 'zh' ? zh : en).read(paragraph);
    const offset = found.length;
    const place = placeIn(paragraph);
    for (const each of part.found) {
      found.push({
        ...each,
        span: place(each.span),
        number: place(each.number),
        ...(each.partOf === undefined ? {} : { partOf: each.partOf + offset }),
      });
    }
    for (const each of part.rejected) {
      const span = place(each.span);
      unread.push({ span, text: text.slice(span[0], span[1]), reason: each.reason });
    }
    for (const each of part.qualitative) {
      const span = place(each.span);
      qualitative.push({ ...each, span, text: text.slice(span[0], span[1]) });
    }
  }
  const issues: Issue[] =
    text.trim() === ''
      ? [{ code: 'not-read', path: [], expected: 'the text of a plan', received: 'an empty text' }]
      : [];
  const span: Span = [`${year}`.padStart(4, '0') as `${number}`, `${year}`.padStart(4, '0') as `${number}`];
  const made = assemble(found, { name: `Plan ${year}`, span, groups: [] }, rows);
  return {
    plan: made.plan,
    readings: made.readings,
    qualitative,
    unread,
    issues: [...issues, ...made.issues],
  };
}

/** Places in a paragraph as places in the given text; the end is behind the last character, so that what was dropped between stays out. */
function placeIn(paragraph: Paragraph): (span: TextSpan) => TextSpan {
  const { at } = paragraph;
  return ([start, end]) => [at[start] ?? 0, end <= start ? (at[start] ?? 0) : (at[end - 1] ?? 0) + 1];
}
