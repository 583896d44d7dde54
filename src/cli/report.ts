import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readCsv } from '../data/csv.ts';
import { readPlanFile } from '../data/plan-file.ts';
import { describeIssue } from '../issue.ts';
import type { Issue, Language } from '../issue.ts';
import { studyPlan } from '../presets/study.ts';
import { reportEvidence } from '../report/report-evidence.ts';
import { report } from '../report/report.ts';
import type { Dataset } from '../time/series.ts';
import { fail, readInput } from './input.ts';
import { readText } from './read.ts';

/** What `tinbergen report` may be told. */
export interface ReportArguments {
  readonly output?: string;
  readonly language: string;
  readonly horizon?: string;
  readonly year?: string;
  readonly draws?: string;
  readonly seed?: string;
  readonly history?: string;
  readonly actual?: string;
  readonly date?: string;
}

/**
 * `tinbergen report <plan> -o report.html`: the study of a plan as one page that can be mailed, with the chance of each target
 * by simulation, forecasts from a history and the pace that a year on its way needs.
 */
export function reportCommand(file: string, options: ReportArguments): void {
  const { output, year, date } = options;
  const language = languageOf(options.language);
  const horizon = whole('--horizon', options.horizon, 5, 1, 100, 'years');
  const draws = whole('--draws', options.draws, 10_000, 0, 10_000_000, 'draws');
  const seed = whole('--seed', options.seed, 0, 0, Number.MAX_SAFE_INTEGER, '');
  const text = readInput(file);
  const { plan, issues } = /^\ufeff?\s*[[{]/.test(text) ? readPlanFile(text) : readText(file, text, year);
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  if (plan === undefined || errors.length > 0)
    fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
  const study = studyPlan(plan, { horizon, language });
  const { issues: doubts, ...evidence } = reportEvidence(study, {
    draws,
    seed,
    language,
    ...(options.history === undefined ? {} : { history: dataIn(options.history) }),
    ...(options.actual === undefined ? {} : { actual: dataIn(options.actual) }),
  });
  warn(doubts);
  const sources = [options.history, options.actual].flatMap((name) =>
    name === undefined ? [] : [basename(name)],
  );
  const html = report(study, { language, ...evidence, sources, ...(date === undefined ? {} : { date }) });
  if (output === undefined || output === '-') {
    process.stdout.write(html);
    return;
  }
  try {
    writeFileSync(output, html);
  } catch (error) {
    fail(
      [`${output}: cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`],
      2,
    );
  }
  process.stderr.write(`tinbergen: ${output} (${Math.round(Buffer.byteLength(html) / 1024)} kB)\n`);
}

function languageOf(name: string): Language {
  return name === 'en' || name === 'zh' ? name : fail([`--language: '${name}' is neither 'en' nor 'zh'`], 2);
}

function whole(
  option: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
  of: string,
): number {
  const number = text === undefined ? otherwise : text.trim() === '' ? NaN : Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return fail(
    [`${option}: '${text}' is not a whole number${of === '' ? '' : ` of ${of}`} from ${least} to ${most}`],
    2,
  );
}

/** The series of a CSV file; what could not be read of it ends the program, what is doubtful is said. */
function dataIn(file: string): Dataset {
  const { data, issues } = readCsv(readInput(file));
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  if (errors.length > 0) fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
  warn(issues, `${file}: `);
  return data;
}

function warn(issues: readonly Issue[], before = ''): void {
  for (const issue of issues) process.stderr.write(`tinbergen: ${before}${describeIssue(issue)}\n`);
}
