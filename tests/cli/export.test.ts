import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { readWorkbook } from '../../src/excel/read.ts';
import { seed, tinbergen } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'tinbergen-export-'));

it('writes a workbook that holds the plan', async () => {
  const file = join(folder, 'plan.xlsx');
  const { code, out, err } = await tinbergen(['export', seed, '-o', file]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('55 targets');
  const { plan } = await readWorkbook(readFileSync(file));
  expect(plan).toEqual(readPlanFile(readFileSync(seed, 'utf8')).plan);
});

it('says what is wrong with the call', async () => {
  const file = join(folder, 'plan.csv');
  const { code, err } = await tinbergen(['export', seed, '-o', file]);
  expect([code, existsSync(file)]).toEqual([2, false]);
  expect(err).toContain('does not end in .xlsx');
});
