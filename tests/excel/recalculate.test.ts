import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { fromBytes, toBytes } from '../../src/excel/bytes.ts';
import type { FileSheet } from '../../src/excel/bytes.ts';
import { formulaText } from '../../src/excel/formula-text.ts';
import { address, live } from '../../src/excel/sheet.ts';
import type { Name, Sheet } from '../../src/excel/sheet.ts';
import { sheetsOf, templateSheets } from '../../src/excel/write.ts';
import { binary, negate, partsOf, variable } from '../../src/formula/expression.ts';
import type { Expression } from '../../src/formula/expression.ts';
import { compileStatements } from '../../src/formula/compile.ts';
import { definePlan } from '../../src/plan/plan.ts';
import { about, atLeast, atMost, inStepWith, reach, within } from '../../src/plan/relation.ts';
import { standardIndicators } from '../../src/presets/indicators.ts';
import { studyPlan } from '../../src/presets/study.ts';
import { expression } from '../support/arbitraries.ts';

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

/** Sheets to recalculate, and what their formula cells must come to. */
interface Case {
  readonly sheets: readonly Sheet[];
  readonly names: readonly Name[];
  readonly expected: readonly Sheet[];
}

const cases = {
  'the study of a plan': same(sheetsOf(studyPlan(plan))),
  'a plan with published levels and every kind of target': same(sheetsOf(studyPlan(every), { data })),
  'a study whose GDP target somebody changed': changedTarget(),
  'expressions of every kind': expressions(),
  'a template with one target filled in': filledTemplate(),
} satisfies Record<string, Case>;

describe('every formula cell equals the value of the library', () => {
  if (soffice === undefined) {
    it.skip('skipped: LibreOffice (soffice) is not installed here', () => {});
    return;
  }
  const found = new Map<string, FileSheet[]>();
  beforeAll(async () => {
    const bytes = await Promise.all(
      Object.values(cases).map(({ sheets, names }) =>
        toBytes(sheets, names, { title: 'test', values: false }),
      ),
    );
    const results = await Promise.all(recalculated(bytes).map(fromBytes));
    for (const [i, name] of Object.keys(cases).entries()) found.set(name, results[i]!);
  }, 90_000);

  it.each(Object.entries(cases))('%s', (name, { expected }) => {
    let formulas = 0;
    for (const sheet of expected) {
      const rows = found.get(name)!.find((one) => one.name === sheet.name)!.rows;
      for (const [r, row] of sheet.rows.entries()) {
        for (const [c, cell] of row.entries()) {
          if (cell?.formula === undefined) continue;
          formulas++;
          expectSame(`${sheet.name}!${address(r, c)} =${cell.formula}`, cell.value, rows[r]?.[c] ?? '');
        }
      }
    }
    expect(formulas).toBeGreaterThan(200);
  });
});

function expectSame(where: string, expected: unknown, value: unknown): void {
  if (typeof expected !== 'number') return expect(value, where).toBe(expected);
  const near =
    typeof value === 'number' && Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  // An assertion for each of thousands of cells is slow; one that fails says everything.
  if (!near) expect(value, where).toBe(expected);
}

function same({ sheets, names }: { sheets: Sheet[]; names: Name[] }): Case {
  return { sheets, names, expected: sheets };
}

/** 13 % written over the 12 % of GDP: services needed, paths, contributions and bands must be those of that plan. */
function changedTarget(): Case {
  const { sheets, names } = sheetsOf(studyPlan(plan));
  const changed = plan.targets.map((t, i) => (i === 0 ? { ...t, relation: about('13%') } : t));
  // Scenarios and ranges are figures of their own, which a new target does not move.
  const expected = sheetsOf(studyPlan({ ...plan, targets: changed })).sheets.filter(({ name }) =>
    ['Targets', 'Paths', 'Contributions', 'Assumptions', 'Model'].includes(name),
  );
  return { sheets: written(sheets, 'Targets', { F2: 0.13 }), names, expected };
}

function filledTemplate(): Case {
  const empty = templateSheets({ name: 'empty', span: ['2014', '2014'], indicators: {}, targets: [] });
  const sheets = written(empty, 'Targets', { B2: 'gdp', D2: 'growth', E2: 'about', F2: 0.12 });
  const expected = written(sheets, 'Targets', { L2: 0.005, N2: 0.115, O2: 0.125, R2: 'unknown' });
  return { sheets, names: [], expected };
}

/** Arithmetic alone, nested to both sides: where brackets matter. */
function arithmetic(): fc.Arbitrary<Expression> {
  return fc.letrec<{ e: Expression }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'arithmetic' },
      fc
        .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 }))
        .map(([name, lag]) => variable(name, lag)),
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('e'), tie('e'))
        .map(([op, left, right]) => binary(op, left, right)),
      tie('e').map(negate),
    ),
  })).e;
}

/** Random expressions of the equation language as cells, beside what the library computes for them. */
function expressions(): Case {
  // Two variables now and up to three periods ago, on the first row.
  const values = [1.7, 0.6, 2.3, 1.1, 0.4, 3.2, 1.9, 0.8];
  const place = (name: string, lag: number): number => (name === 'a' ? 0 : 4) + lag;
  const table = Float64Array.from(
    [3, 2, 1, 0].flatMap((lag) => [values[place('a', lag)]!, values[place('b', lag)]!]),
  );
  const layout = { width: 2, slotOf: (name: string) => (name === 'a' ? 0 : 1) };
  const valueOf = (e: Expression): number => {
    const out = new Float64Array(1);
    compileStatements([{ to: 'out', slot: 0, expression: e }], layout)(table, 6, out);
    return out[0]!;
  };
  // What overflows or has no value, in any part, is an error in a sheet; and so is 0^0, which the library has as 1.
  const usual = (e: Expression): boolean =>
    Math.abs(valueOf(e)) < 1e9 &&
    !(e.kind === 'binary' && e.op === '^' && valueOf(e.left) === 0) &&
    partsOf(e).every(usual);
  const everything = fc.sample(expression(['a', 'b']), { numRuns: 400, seed: 1 });
  const rows = [...everything, ...fc.sample(arithmetic(), { numRuns: 400, seed: 1 })]
    .filter(usual)
    .map((e) => [
      live(
        formulaText(e, (name, lag) => address(0, place(name, lag), '$')),
        valueOf(e),
      ),
    ]);
  const sheets = [{ name: 'Expressions', rows: [values.map((value) => ({ value })), ...rows] }];
  return { sheets, names: [], expected: sheets };
}

function written(
  sheets: readonly Sheet[],
  name: string,
  cells: Readonly<Record<string, string | number>>,
): Sheet[] {
  return sheets.map((sheet) => {
    if (sheet.name !== name) return sheet;
    const rows = sheet.rows.map((row, r) =>
      row.map((cell, c) => {
        const value = cells[address(r, c)];
        return value === undefined ? cell : { ...cell, value };
      }),
    );
    return { ...sheet, rows };
  });
}

/** Workbooks as LibreOffice saves them after computing every formula. */
function recalculated(books: readonly Uint8Array[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-workbook-'));
  try {
    const files = books.map((_, i) => join(folder, `${i}.xlsx`));
    for (const [i, file] of files.entries()) writeFileSync(file, books[i]!);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const to = ['--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(folder, 'out')];
    const run = spawnSync(soffice!, [profile, '--headless', ...to, ...files], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    return files.map((_, i) => readFileSync(join(folder, 'out', `${i}.xlsx`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
