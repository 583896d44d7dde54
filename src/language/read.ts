import type { Issue, Language } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import { lastPeriod } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { assemble } from './assemble.ts';
import { standardLexicon } from './lexicon.ts';
import type { LexiconRow } from './lexicon.ts';
import { englishNames, englishReader } from './en/read.ts';
import { chineseLookup, chineseNames } from './lookup.ts';
import { labelOf } from '../plan/indicator.ts';
import { checkPlan, periodOf } from '../plan/plan.ts';
import type { Found, PlanText, Qualitative, Reading, TextSpan, Unread } from './reading.ts';
import { paragraphs } from './text.ts';
import type { Paragraph } from './text.ts';
import { readWritten } from './written.ts';
import type { Written } from './written.ts';
import { timeOfHeading } from './zh/heading.ts';
import { chineseReader } from './zh/read.ts';

/** What the readers look names up in. */
function namesOf(lexicon: readonly LexiconRow[]) {
  const rows = new Map<string, LexiconRow>();
  for (const row of lexicon) if (!rows.has(row.id)) rows.set(row.id, row);
  return { rows, zh: chineseNames(lexicon), en: englishNames(lexicon) };
}

const standard = namesOf(standardLexicon);

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
  const names = options.lexicon === undefined ? standard : namesOf([...options.lexicon, ...standardLexicon]);
  const zh = chineseReader(year, chineseLookup(names.zh));
  const en = englishReader(year, names.en);
  const found: Found[] = [];
  const unread: Unread[] = [];
  const qualitative: Qualitative[] = [];
  for (const paragraph of paragraphs(text)) {
    const part = ((language ?? paragraph.language) === 'zh' ? zh : en).read(paragraph);
    const offset = found.length;
    const place = placeIn(paragraph);
    for (const each of part.found) {
      found.push(
        Object.assign(
          each,
          { span: place(each.span), number: place(each.number) },
          each.partOf === undefined ? {} : { partOf: each.partOf + offset },
        ),
      );
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
  const title = titleOf(text);
  const own = String(year).padStart(4, '0') as Period;
  const years = title === undefined ? undefined : timeOfHeading(title, year)?.period;
  const span: Span =
    years === undefined || typeof years === 'string' || Number(years[1]) < year ? [own, own] : years;
  const made = assemble(found, { name: title ?? `Plan ${year}`, span, groups: zh.groups() }, names.rows);
  return {
    plan: made.plan,
    readings: made.readings,
    qualitative,
    unread,
    issues: [...issues, ...made.issues],
  };
}

/** The title among the first lines: a short line that calls itself a plan, a report or an outline. */
function titleOf(text: string): string | undefined {
  const lines = text.slice(0, 1200).split('\n', 10);
  const title = lines.find(
    (line) =>
      line.trim().length >= 4 &&
      line.trim().length <= 60 &&
      /(?:报告|计划|规划|纲要|報告|計劃|規劃|綱要|plan|report|programme|strategy)/i.test(line) &&
      !/[。，；:：,;>|]|--/.test(line),
  );
  return title?.trim();
}

/** What `writePlan` wrote comes back as the plan it was; each reading says what its target says. */
function fromWritten(text: string, written: Written): PlanText {
  const { plan, places } = written;
  const readings = plan.targets.map((target, i): Reading => {
    const indicator = plan.indicators[target.indicator];
    const period = periodOf(plan, target);
    const last = lastPeriod(period);
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
