import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { fromBytes, toBytes } from '../../src/excel/bytes.ts';
import { address } from '../../src/excel/sheet.ts';
import type { Name, Sheet } from '../../src/excel/sheet.ts';
import { sheetsOf } from '../../src/excel/write.ts';
import { definePlan } from '../../src/plan/plan.ts';
import { about, atLeast, atMost, inStepWith, reach, within } from '../../src/plan/relation.ts';
import { standardIndicators } from '../../src/presets/indicators.ts';
import { studyPlan } from '../../src/presets/study.ts';

const soffice = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path));
const plan = readPlanFile(readFileSync('seeds/lvyuan-2014.json', 'utf8')).plan!;

/** A plan that uses every relation, measure and kind of period. */
const every = definePlan({
  name: 'every kind of target',
  span: ['2014', '2016'],
  indicators: { ...standardIndicators, jobs: { label: 'jobs', unit: 'persons', kind: 'stock' } },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('12%'), period: '2014' },
    { indicator: 'gdp', measure: 'growth', relation: about('12%'), period: ['2014', '2016'] },
    {
      indicator: 'gdp',
      measure: 'growth',
      relation: atLeast('30%'),
      period: ['2014', '2016'],
      cumulative: true,
    },
    { indicator: 'gdp', measure: 'level', relation: reach(600), period: '2016' },
    { indicator: 'gdp', measure: 'level', relation: about(1500), period: ['2014', '2016'] },
    { indicator: 'gdp', measure: 'change', relation: atLeast(40), period: '2014' },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp', { width: '1%' }), period: '2014' },
    { indicator: 'retail', measure: 'growth', relation: within('9%', '14%'), period: '2015' },
    { indicator: 'fai', measure: 'growth', relation: atMost('15%', { strict: true }), period: '2014' },
    { indicator: 'income_urban', measure: 'growth', relation: inStepWith('jobs'), period: '2014' },
    { indicator: 'jobs', measure: 'growth', relation: about('2%'), period: '2014' },
    { indicator: 'jobs', measure: 'growth', relation: atLeast('2%'), period: '2012' },
    { indicator: 'jobs', measure: 'level', relation: atLeast(1030, { strict: true }), period: '2013' },
  ],
});
const data = {
  gdp: { start: '2010', values: [290, 330, NaN, 412.5] },
  jobs: { start: '2011', values: [1000, 1015, 1030] },
} as const;

describe('every formula cell equals the value of the library', () => {
  if (soffice === undefined) {
    it.skip('skipped: LibreOffice (soffice) is not installed here', () => {});
    return;
  }
  it('in the study of a plan', () => expectSame(sheetsOf(studyPlan(plan))), 60_000);
  it('after somebody changes the GDP target', async () => {
    const changed = {
      ...plan,
      targets: plan.targets.map((t, i) => (i === 0 ? { ...t, relation: about('13%') } : t)),
    };
    const edited = sheetsOf(studyPlan(plan));
    const targets = edited.sheets.find(({ name }) => name === 'Targets')!;
    const rows = targets.rows.map((row, r) =>
      r === 1 ? row.map((cell, c) => (c === 5 ? { ...cell!, value: 0.13 } : cell)) : row,
    );
    const sheets = edited.sheets.map((sheet) => (sheet === targets ? { ...sheet, rows } : sheet));
    // Scenarios and ranges are figures of their own, which a new target does not move.
    const expected = sheetsOf(studyPlan(changed)).sheets.filter(({ name }) =>
      ['Targets', 'Paths', 'Contributions', 'Assumptions', 'Model'].includes(name),
    );
    await expectSame({ sheets, names: edited.names }, expected);
  }, 60_000);
  it(
    'with published levels and every kind of target',
    () => expectSame(sheetsOf(studyPlan(every), { data })),
    60_000,
  );
});

/** Recalculate a workbook that carries no values and compare each formula cell with what the library has for it. */
async function expectSame(
  { sheets, names }: { sheets: Sheet[]; names: Name[] },
  expected = sheets,
): Promise<void> {
  const recalculated = recalculate(await toBytes(sheets, names, { title: 'test', values: false }));
  const found = await fromBytes(recalculated);
  let formulas = 0;
  for (const sheet of expected) {
    const rows = found.find(({ name }) => name === sheet.name)!.rows;
    for (const [r, row] of sheet.rows.entries()) {
      for (const [c, cell] of row.entries()) {
        if (cell?.formula === undefined) continue;
        formulas++;
        const value = rows[r]?.[c] ?? '';
        const where = `${sheet.name}!${address(r, c)} =${cell.formula}`;
        if (typeof cell.value === 'number') {
          expect(typeof value, `${where} is ${String(value)}, not ${cell.value}`).toBe('number');
          expect(Math.abs((value as number) - cell.value), where).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(cell.value)),
          );
        } else expect(value, where).toBe(cell.value);
      }
    }
  }
  expect(formulas).toBeGreaterThan(500);
}

function recalculate(bytes: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-workbook-'));
  try {
    writeFileSync(join(folder, 'in.xlsx'), bytes);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const run = spawnSync(
      soffice!,
      [
        profile,
        '--headless',
        '--convert-to',
        'xlsx:Calc MS Excel 2007 XML',
        '--outdir',
        join(folder, 'out'),
        join(folder, 'in.xlsx'),
      ],
      { encoding: 'utf8' },
    );
    expect(run.status, run.stderr).toBe(0);
    return readFileSync(join(folder, 'out', 'in.xlsx'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
