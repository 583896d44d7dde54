/**
 * `npm run score:reader`: how well `readPlan` reads the 2014 plan, against the table made by hand of its 55 targets.
 *
 * Prints precision, recall and the accuracy of each field. Give other files as `score-reader <table.json> <text> <year>`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readPlan } from '../src/language/read.ts';
import type { Reading } from '../src/language/reading.ts';

interface Row {
  readonly id: string;
  readonly zh: string;
  readonly kind: string;
  readonly value: number | null;
  readonly unit: string;
  readonly bound: string;
  readonly modality: string;
  readonly deadline: string | null;
  readonly quote: string;
  readonly offset: number;
  readonly raw: string;
  readonly threshold?: { readonly value: number };
  readonly price_basis?: string;
}

interface Table {
  readonly plan_year: number;
  readonly targets: readonly Row[];
  readonly numbers_that_are_not_targets: readonly {
    readonly quote: string;
    readonly offset: number;
    readonly text: string;
  }[];
  readonly timed_milestones_without_number: readonly { readonly quote: string; readonly offset: number }[];
}

const shared = new URL('../../shared/', import.meta.url);
const tableFile = process.argv[2] ?? new URL('data/seed-targets.json', shared);
const textFile = process.argv[3] ?? new URL('plan/work-plan-2014.txt', shared);

function score(table: Table, text: string): void {
  const { plan, readings, qualitative } = readPlan(text, {
    year: Number(process.argv[4] ?? table.plan_year),
  });
  const free = new Set(readings);
  const pairs = table.targets.map((row) => {
    const found = [...free].find((reading) => belongs(row, reading, text));
    if (found !== undefined) free.delete(found);
    return [row, found] as const;
  });
  const hits = pairs.filter((pair): pair is readonly [Row, Reading] => pair[1] !== undefined);
  const fields: Record<string, (row: Row, reading: Reading) => boolean | undefined> = {
    relation: (row, reading) => relations[row.bound]?.includes(reading.relation),
    value: (row, reading) => (row.value === null ? undefined : near(reading.value ?? NaN, row.value)),
    unit: (row, reading) => unitOf(row.unit) === reading.unit,
    kind: (row, reading) => kinds[row.kind]?.includes(reading.measure),
    deadline: (row, reading) => (row.deadline === null ? undefined : row.deadline === reading.deadline),
    firmness: (row, reading) => (row.modality === 'expect' ? 'expected' : row.modality) === reading.firmness,
    threshold: (row, reading) =>
      row.threshold === undefined ? reading.threshold === undefined : reading.threshold !== undefined,
    prices: (row, reading) =>
      row.price_basis === undefined
        ? undefined
        : (row.price_basis.startsWith('real') ? 'constant' : 'other') ===
          (reading.prices === 'constant' ? 'constant' : 'other'),
  };
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(1, whole)).toFixed(1)} % (${part} of ${whole})`;
  const spurious = [...free].filter((reading) =>
    table.numbers_that_are_not_targets.some(
      (each) => reading.number[0] < each.offset + each.quote.length && reading.number[1] > each.offset,
    ),
  );
  const milestones = table.timed_milestones_without_number.filter((each) =>
    qualitative.some(
      (found) => found.span[0] < each.offset + each.quote.length && found.span[1] > each.offset,
    ),
  );
  console.log(`targets read   ${readings.length} (plan "${plan.name}")`);
  console.log(`recall         ${percent(hits.length, table.targets.length)}`);
  console.log(`precision      ${percent(readings.length - free.size, readings.length)}`);
  console.log(
    `non-targets    ${spurious.length} of ${table.numbers_that_are_not_targets.length} read as targets`,
  );
  console.log(
    `milestones     ${percent(milestones.length, table.timed_milestones_without_number.length)} without a number found`,
  );
  for (const [name, right] of Object.entries(fields)) {
    const judged = hits
      .map(([row, reading]) => [row, reading, right(row, reading)] as const)
      .filter(([, , answer]) => answer !== undefined);
    console.log(
      `${name.padEnd(14)} ${percent(judged.filter(([, , answer]) => answer).length, judged.length)}`,
    );
    for (const [row, reading, answer] of judged)
      if (answer === false) console.log(`  ${row.id} ${row.quote}: ${JSON.stringify(reading).slice(0, 300)}`);
  }
  for (const [row, found] of pairs)
    if (found === undefined) console.log(`  not found: ${row.id} ${row.quote}`);
  for (const reading of free) console.log(`  not in the table: ${text.slice(...reading.span)}`);
}

const relations: Readonly<Record<string, readonly string[]>> = {
  eq: ['reach'],
  about: ['about'],
  at_least: ['at-least'],
  in_step: ['in-step-with'],
  hold: ['at-most', 'reach'],
};
const kinds: Readonly<Record<string, readonly string[]>> = {
  growth_rate: ['growth'],
  in_step_with: ['growth'],
  area: ['level'],
  count: ['level'],
  level: ['level'],
  money: ['level'],
  share: ['share'],
  hold: ['level'],
};
const units: Readonly<Record<string, string>> = {
  'ratio/yr': 'ratio',
  ratio: 'ratio',
  m2: 'm2',
  CNY: 'CNY',
  USD: 'USD',
  persons: 'persons',
};

function unitOf(unit: string): string {
  return units[unit] ?? 'count';
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}

function belongs(row: Row, reading: Reading, text: string): boolean {
  if (reading.number[0] < row.offset || reading.number[1] > row.offset + row.quote.length) return false;
  const number = text.slice(...reading.number);
  return row.value === null || number.includes(row.raw) || row.raw.includes(number) || number.includes('零');
}

if (!existsSync(tableFile) || !existsSync(textFile)) {
  console.log('score:reader: the table or the text is not on this machine; nothing to score');
} else {
  score(JSON.parse(readFileSync(tableFile, 'utf8')) as Table, readFileSync(textFile, 'utf8'));
}
