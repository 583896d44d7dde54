import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describeIssue } from '../issue.ts';
import { studyPlan } from '../presets/study.ts';
import { reportEvidence } from '../report/report-evidence.ts';
import { report } from '../report/report.ts';
import type { Given, Io } from './command.ts';
import { fail, whyNotWritten } from './input.ts';
import { dataOf, planOf } from './source.ts';
import { languageOf, modelOf, seedOf, textOf, wholeOf } from './values.ts';

/**
 * `tinbergen report <plan> -o report.html`: the study of a plan as one page that can be mailed, with the chance of each target
 * by simulation, forecasts from a history and the pace that a year on its way needs.
 */
export async function reportCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const language = languageOf(options);
  const draws = wholeOf(options, 'draws', 0, 10_000_000, 'draws');
  const seed = seedOf(options);
  const [history, actual] = [textOf(options, 'history'), textOf(options, 'actual')];
  const [output, date] = [textOf(options, 'output'), textOf(options, 'date')];
  const plan = await planOf(file!, options, io);
  const study = studyPlan(plan, { ...modelOf(options), language });
  const evidence = reportEvidence(study, {
    language,
    ...(draws === undefined ? {} : { draws }),
    ...(seed === undefined ? {} : { seed }),
    ...(history === undefined ? {} : { history: dataOf(history, io) }),
    ...(actual === undefined ? {} : { actual: dataOf(actual, io) }),
  });
  for (const issue of evidence.issues) io.err(`tinbergen: ${describeIssue(issue)}\n`);
  const sources = [history, actual].flatMap((name) => (name === undefined ? [] : [basename(name)]));
  const html = report(study, { language, ...evidence, sources, ...(date === undefined ? {} : { date }) });
  if (output === undefined || output === '-') {
    io.out(html);
    return 0;
  }
  try {
    writeFileSync(output, html);
  } catch (error) {
    fail([`${output}: ${whyNotWritten(output, error as NodeJS.ErrnoException)}`], 2);
  }
  io.err(`tinbergen: ${output} (${Math.round(Buffer.byteLength(html) / 1024)} kB)\n`);
  return 0;
}
