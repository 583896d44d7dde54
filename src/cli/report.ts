import { writeFileSync } from 'node:fs';
import { readPlanFile } from '../data/plan-file.ts';
import { describeIssue } from '../issue.ts';
import type { Language } from '../issue.ts';
import { studyPlan } from '../presets/study.ts';
import { report } from '../report/report.ts';
import { fail, readInput } from './input.ts';
import { readText } from './read.ts';

/** What `tinbergen report` may be told. */
export interface ReportArguments {
  readonly output?: string;
  readonly language: string;
  readonly horizon?: string;
  readonly year?: string;
}

/** `tinbergen report <plan> -o report.html`: the study of a plan as one page that can be mailed. */
export function reportCommand(file: string, options: ReportArguments): void {
  const { output, year } = options;
  const language = languageOf(options.language);
  const horizon = options.horizon === undefined ? 5 : Number(options.horizon);
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > 100)
    fail([`--horizon: '${options.horizon}' is not a whole number of years from 1 to 100`]);
  const text = readInput(file);
  const { plan, issues } = /^\ufeff?\s*[[{]/.test(text) ? readPlanFile(text) : readText(file, text, year);
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  if (plan === undefined || errors.length > 0)
    fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
  const html = report(studyPlan(plan, { horizon, language }), { language });
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
