import { readCsv } from '../data/csv.ts';
import { readJson } from '../data/json.ts';
import { readPlanFile } from '../data/plan-file.ts';
import { describeIssue, hasErrors } from '../issue.ts';
import type { Issue } from '../issue.ts';
import type { Plan } from '../plan/plan.ts';
import type { Dataset } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { fail, readInput } from './input.ts';
import { textOf } from './values.ts';

/** A plan and everything wrong or doubtful in it. */
export interface PlanSource {
  readonly plan?: Plan;
  readonly issues: readonly Issue[];
}

/** Read a plan: a JSON file, or a plan's own words in Chinese or English. */
export async function readPlanSource(file: string, options: Given, io: Io): Promise<PlanSource> {
  const text = readInput(file, io);
  if (/^\ufeff?\s*[[{]/.test(text)) return readPlanFile(text);
  // Loaded when met, so that plan files start without it.
  const { readText } = await import('./read.ts');
  return readText(file, text, textOf(options, 'year'));
}

/** The plan of a file; its errors end the command with exit code 1. */
export async function planOf(file: string, options: Given, io: Io): Promise<Plan> {
  const { plan, issues } = await readPlanSource(file, options, io);
  if (plan === undefined || hasErrors(issues)) return failWith(file, issues);
  return plan;
}

/** End with what is wrong in a file's content. */
export function failWith(file: string, issues: readonly Issue[]): never {
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  return fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
}

/** The series of a CSV or JSON file; errors end the command with exit code 1, doubts are said on standard error. */
export function dataOf(file: string, io: Io): Dataset {
  const text = readInput(file, io);
  const { data, issues } = /^\ufeff?\s*[[{]/.test(text) ? readJson(seriesIn(text)) : readCsv(text);
  if (hasErrors(issues)) failWith(file, issues);
  for (const issue of issues) io.err(`tinbergen: ${file}: ${describeIssue(issue)}\n`);
  if (Object.keys(data).length === 0) fail([`${file}: holds no series`]);
  return data;
}

/** The series of a JSON file: it may hold them by name, one alone, or under `series` beside a title and sources. */
function seriesIn(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return text;
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('values' in value && 'start' in value) return { series: value };
  const { series } = value as { series?: unknown };
  const named = typeof series === 'object' && series !== null && !('values' in series);
  return named ? series : value;
}
