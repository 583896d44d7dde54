import { describeIssue } from '../issue.ts';
import { readPlan } from '../language/read.ts';
import type { PlanText, Reading } from '../language/reading.ts';
import { describeTarget } from '../plan/describe.ts';
import { fail, readInput } from './input.ts';
import { table } from './table.ts';

/** `tinbergen read <file>`: the targets that a plan's text states, with the place of every number. */
export function readCommand(
  file: string,
  options: { readonly year?: string; readonly json?: boolean },
): void {
  const read = readText(file, readInput(file), options.year);
  process.stdout.write(
    options.json === true ? `${JSON.stringify(read, null, 2)}\n` : `${printReading(read)}\n`,
  );
}

/** Read a plan's text, with the year given or, where the text names exactly one in its head, that one. */
export function readText(file: string, text: string, year: string | undefined): PlanText {
  const found = year === undefined ? yearIn(text) : Number(year);
  if (found === undefined || !Number.isInteger(found) || found < 1900 || found > 2999) {
    return fail(
      [
        year === undefined
          ? `${file}: the text does not say its year in its first lines; give --year 2014`
          : `--year: '${year}' is not a year`,
      ],
      2,
    );
  }
  return readPlan(text, { year: found });
}

/** The reading of a plan as text: targets, promises without a number, and what was not read. */
export function printReading({ plan, readings, qualitative, unread, issues }: PlanText): string {
  const rows = readings.map((reading) => {
    const target = plan.targets[reading.target]!;
    return [
      describeTarget(plan, target),
      describeTarget(plan, target, 'zh'),
      reading.firmness,
      reading.deadline,
      reading.scope ?? '',
      placeOf(reading),
    ];
  });
  const parts = [
    `${rows.length} targets (place: from and to which character the number stands)\n${table(['target', '目标', 'firmness', 'by', 'scope', 'place'], rows)}`,
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
  return parts.join('\n\n');
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

function placeOf({ number }: Reading): string {
  return number.join('-');
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
