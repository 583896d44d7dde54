import { writeFileSync } from 'node:fs';
import { writeWorkbook } from '../excel/write.ts';
import { studyPlan } from '../presets/study.ts';
import type { Given, Io } from './command.ts';
import { fail, whyNotWritten } from './input.ts';
import { planOf } from './source.ts';
import { modelOf, textOf } from './values.ts';

/** `tinbergen export <plan> -o plan.xlsx`: the study of a plan as an Excel workbook with live formulas. */
export async function exportCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const output = textOf(options, 'output')!;
  if (!/\.xlsx$/i.test(output)) fail([`--output: '${output}' does not end in .xlsx`], 2);
  const plan = await planOf(file!, options, io);
  const bytes = await writeWorkbook(studyPlan(plan, modelOf(options)));
  try {
    writeFileSync(output, bytes);
  } catch (error) {
    fail([`${output}: ${whyNotWritten(output, error as NodeJS.ErrnoException)}`], 2);
  }
  io.out(`${output}: ${plan.targets.length} targets, ${Math.round(bytes.length / 1024)} kB\n`);
  return 0;
}
