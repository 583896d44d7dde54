import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { readWorkbook } from '../../src/excel/read.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-export-'));

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const all = ['--import', 'tsx', 'src/cli/main.ts', 'export', ...args];
  const result = spawnSync(process.execPath, all, { cwd: root, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

it('writes a workbook that holds the plan', async () => {
  const file = join(folder, 'plan.xlsx');
  const { code, out, err } = run('seeds/lvyuan-2014.json', '-o', file);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('55 targets');
  const { plan } = await readWorkbook(readFileSync(file));
  expect(plan).toEqual(readPlanFile(readFileSync(join(root, 'seeds/lvyuan-2014.json'), 'utf8')).plan);
}, 30_000);

it('says what is wrong with the call', () => {
  const file = join(folder, 'plan.csv');
  const { code, err } = run('seeds/lvyuan-2014.json', '-o', file);
  expect([code, existsSync(file)]).toEqual([2, false]);
  expect(err).toContain('does not end in .xlsx');
}, 30_000);
