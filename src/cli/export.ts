import { writeFileSync } from 'node:fs';
import { describeIssue } from '../issue.ts';
import { readPlanFile } from '../data/plan-file.ts';
import { studyPlan } from '../presets/study.ts';
import { fail, readInput } from './input.ts';
import { readText } from './read.ts';

/** `tinbergen export <plan> -o plan.xlsx`: the study of a plan as an Excel workbook with live formulas. */
export async function exportCommand(
  file: string,
  options: { readonly output: string; readonly horizon?: string; readonly year?: string },
): Promise<void> {
  if (!/\.xlsx$/i.test(options.output)) fail([`--output: '${options.output}' does not end in .xlsx`], 2);
  const horizon = options.horizon === undefined ? 5 : Number(options.horizon);
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > 100)
    fail([`--horizon: '${options.horizon}' is not a whole number of years from 1 to 100`], 2);
  const text = readInput(file);
  const { plan, issues } = /^\ufeff?\s*[[{]/.test(text)
    ? readPlanFile(text)
    : readText(file, text, options.year);
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  if (plan === undefined || errors.length > 0)
    fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
  // Loaded when asked for, so that the other commands start without it.
  const { writeWorkbook } = await import('../excel/write.ts');
  const bytes = await writeWorkbook(studyPlan(plan, { horizon }));
  try {
    writeFileSync(options.output, bytes);
  } catch (error) {
    fail([`${options.output}: ${(error as Error).message}`], 2);
  }
  process.stdout.write(
    `${options.output}: ${plan.targets.length} targets, ${Math.round(bytes.length / 1024)} kB\n`,
  );
}
