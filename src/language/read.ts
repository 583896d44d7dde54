import type { Issue, Language } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import type { Span } from '../time/period.ts';
import { assemble } from './assemble.ts';
import { standardLexicon } from './lexicon.ts';
import type { LexiconRow } from './lexicon.ts';
import { englishReader } from './en/read.ts';
import { chineseLookup } from './lookup.ts';
import { labelOf } from '../plan/indicator.ts';
import { checkPlan, periodOf } from '../plan/plan.ts';
import type { Found, PlanText, Qualitative, Reading, TextSpan, Unread } from './reading.ts';
import { paragraphs } from './text.ts';
import type { Paragraph } from './text.ts';
import { readWritten } from './written.ts';
import type { Written } from './written.ts';
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
  const written = readWritten(text);
  if (written !== undefined) return fromWritten(text, written);
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

/** What `writePlan` wrote comes back as the plan it was; each reading says what its target says. */
function fromWritten(text: string, written: Written): PlanText {
  const { plan, places } = written;
  const readings = plan.targets.map((target, i): Reading => {
    const indicator = plan.indicators[target.indicator];
    const period = periodOf(plan, target);
    const last = typeof period === 'string' ? period : period[1];
    const { relation } = target;
    return {
      target: i,
      span: places[i]!.span,
      number: places[i]!.number,
      language: text.startsWith('Plan') ? 'en' : 'zh',
      section: [],
      subject: labelOf(
        target.label ?? indicator?.label ?? target.indicator,
        text.startsWith('Plan') ? 'en' : 'zh',
      ),
      indicator: target.indicator,
      ...(indicator?.code === undefined ? {} : { code: indicator.code }),
      ...(indicator?.scope === undefined ? {} : { scope: indicator.scope }),
      ...(indicator?.prices === undefined ? {} : { prices: indicator.prices }),
      measure: target.measure,
      relation: relation.kind,
      ...('value' in relation
        ? { value: relation.value }
        : 'low' in relation
          ? { low: relation.low, high: relation.high }
          : {}),
      unit: target.measure === 'level' || target.measure === 'change' ? (indicator?.unit ?? '') : 'ratio',
      period,
      deadline: target.deadline ?? `${last.slice(0, 4)}-12-31`,
      firmness: target.firmness ?? 'commit',
      ...(target.threshold === undefined ? {} : { threshold: target.threshold }),
      ...(target.versus === undefined ? {} : { versus: target.versus }),
    };
  });
  const unread = written.unread.map((span): Unread => ({
    span,
    text: text.slice(span[0], span[1]),
    reason: 'unclear',
  }));
  return { plan, readings, qualitative: [], unread, issues: [...written.issues, ...checkPlan(plan)] };
}

/** Places in a paragraph as places in the given text; the end is behind the last character, so that what was dropped between stays out. */
function placeIn(paragraph: Paragraph): (span: TextSpan) => TextSpan {
  const { at } = paragraph;
  return ([start, end]) => [at[start] ?? 0, end <= start ? (at[start] ?? 0) : (at[end - 1] ?? 0) + 1];
}
