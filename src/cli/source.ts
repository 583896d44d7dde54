import { readCsv } from '../data/csv.ts';
import { isRecord, parseJson, readJson } from '../data/json.ts';
import { readPlanFile } from '../data/plan-file.ts';
import type { TableReading } from '../data/reading.ts';
import { readSdmx } from '../data/sdmx.ts';
import { describeIssue, hasErrors } from '../issue.ts';
import type { Issue } from '../issue.ts';
import type { Plan } from '../plan/plan.ts';
import type { Dataset } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { fail, nameOf, readInput } from './input.ts';
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
  return fail(shortened(errors).map((line) => `${nameOf(file)}: ${line}`));
}

/** The series of a CSV, JSON or SDMX file; errors end the command with exit code 1, doubts are said on standard error. */
export function dataOf(file: string, io: Io): Dataset {
  const { data, issues } = tableIn(readInput(file, io));
  if (hasErrors(issues)) failWith(file, issues);
  for (const line of shortened(issues)) io.err(`tinbergen: ${nameOf(file)}: ${line}\n`);
  if (Object.keys(data).length === 0) fail([`${nameOf(file)}: holds no series`]);
  return data;
}

function tableIn(text: string): Pick<TableReading, 'data' | 'issues'> {
  if (/^\ufeff?\s*[[{]/.test(text)) {
    const parsed = parseJson(text);
    if ('issue' in parsed) return { data: {}, issues: [parsed.issue] };
    return isSdmx(parsed.value) ? readSdmx(parsed.value) : readJson(seriesIn(parsed.value));
  }
  const [head = ''] = text.split('\n', 1);
  return /^\ufeff?\s*</.test(text) || /\bTIME_PERIOD\b.*\bOBS_VALUE\b/.test(head)
    ? readSdmx(text)
    : readCsv(text);
}

function isSdmx(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const inside = isRecord(value['data']) ? value['data'] : value;
  return Array.isArray(inside['dataSets']);
}

/** The series of a JSON file: it may hold them by name, one alone, or under `series` beside a title and sources. */
function seriesIn(value: unknown): unknown {
  if (!isRecord(value)) return value;
  if ('values' in value && 'start' in value) return { series: value };
  const { series } = value;
  return isRecord(series) && !('values' in series) ? series : value;
}

/** Issues as lines, the first ten of many. */
function shortened(issues: readonly Issue[]): string[] {
  const lines = issues.slice(0, issues.length > 11 ? 10 : 11).map((issue) => describeIssue(issue));
  return issues.length > 11 ? [...lines, `and ${issues.length - 10} more`] : lines;
}
