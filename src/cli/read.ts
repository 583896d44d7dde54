import { describeIssue } from '../issue.ts';
import { readPlan } from '../language/read.ts';
import type { PlanText } from '../language/reading.ts';
import { describeTarget } from '../plan/describe.ts';
import type { Given, Io } from './command.ts';
import { fail, nameOf, readInput } from './input.ts';
import { print } from './output.ts';
import type { Rows } from './output.ts';
import { textOf } from './values.ts';

/** `tinbergen read <file>`: the targets that a plan's text states, with the place of every number. */
export async function readCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const read = readText(file!, readInput(file!, io), textOf(options, 'year'));
  return print({ value: read, parts: partsOf(read) }, options, io);
}

/** Read a plan's text, with the year given or, where the text names exactly one in its head, that one. */
export function readText(file: string, text: string, year: string | undefined): PlanText {
  const found = year === undefined ? yearIn(text) : Number(year);
  if (found === undefined || !Number.isInteger(found) || found < 1900 || found > 2999) {
    return fail(
      [
        year === undefined
          ? `${nameOf(file)}: the text does not say its year in its first lines; give --year 2014`
          : `--year: '${year}' is not a year`,
      ],
      2,
    );
  }
  return readPlan(text, { year: found });
}

/** The reading of a plan: targets, promises without a number, and what was not read. */
function partsOf({ plan, readings, qualitative, unread, issues }: PlanText): (Rows | string)[] {
  const rows = readings.map((reading) => {
    const target = plan.targets[reading.target]!;
    return {
      target: describeTarget(plan, target),
      words: describeTarget(plan, target, 'zh'),
      indicator: target.indicator,
      measure: target.measure,
      relation: target.relation.kind,
      firmness: reading.firmness,
      by: reading.deadline,
      scope: reading.scope ?? '',
      place: reading.number.join('-'),
    };
  });
  const parts: (Rows | string)[] = [
    {
      title: `${rows.length} targets (place: from and to which character the number stands)`,
      columns: [
        { key: 'target' },
        { key: 'words', head: '目标' },
        ...(['indicator', 'measure', 'relation'] as const).map((key) => ({ key, only: 'csv' as const })),
        { key: 'firmness' },
        { key: 'by' },
        { key: 'scope' },
        { key: 'place' },
      ],
      rows,
    },
  ];
  if (qualitative.length > 0)
    parts.push(
      `${qualitative.length} promises without a number\n${qualitative.map(({ text, deadline }) => `- ${oneLine(text)} (by ${deadline})`).join('\n')}`,
    );
  const unclear = unread.filter(({ reason }) => reason === 'unclear');
  if (unclear.length > 0)
    parts.push(
      `${unclear.length} numbers not understood\n${unclear.map(({ text, span }) => `- ${oneLine(text)} (${span.join('-')})`).join('\n')}`,
    );
  parts.push(
    `${unread.length - unclear.length} numbers that are no targets: ${tally(unread.map(({ reason }) => reason).filter((reason) => reason !== 'unclear'))}`,
  );
  if (issues.length > 0)
    parts.push(`To note\n${issues.map((issue) => `- ${describeIssue(issue)}`).join('\n')}`);
  return parts;
}

/** The one year that a text's first 300 characters name; undefined when there is none or more than one. */
function yearIn(text: string): number | undefined {
  const head = text.slice(0, 300).replace(/[○〇零一二三四五六七八九]{4}(?=年)/g, (digits) =>
    digits
      .split('')
      .map((c) => ('○〇零'.includes(c) ? 0 : '一二三四五六七八九'.indexOf(c) + 1))
      .join(''),
  );
  const years = new Set(
    [...head.matchAll(/(?<!\d)(19|20)\d{2}(?=\s*年|\D|$)/g)].map(([year]) => Number(year)),
  );
  return years.size === 1 ? [...years][0] : undefined;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ') || 'none';
}
