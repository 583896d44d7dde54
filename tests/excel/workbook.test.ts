import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { readWorkbook } from '../../src/excel/read.ts';
import { toBytes } from '../../src/excel/bytes.ts';
import { formulaText } from '../../src/excel/formula-text.ts';
import { address, columnName, rangeName } from '../../src/excel/sheet.ts';
import type { Sheet } from '../../src/excel/sheet.ts';
import { sheetsOf, workbookTemplate, writeWorkbook } from '../../src/excel/write.ts';
import { parseExpression } from '../../src/formula/parse.ts';
import { describeIssue, hasErrors } from '../../src/issue.ts';
import { defineModel } from '../../src/model/model.ts';
import { checkPlan } from '../../src/plan/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { firmnesses } from '../../src/plan/target.ts';
import { studyPlan } from '../../src/presets/study.ts';
import { series } from '../../src/time/series.ts';
import type { Dataset } from '../../src/time/series.ts';
import { finite, seriesOf } from '../support/arbitraries.ts';

const lvyuan = readPlanFile(readFileSync('seeds/lvyuan-2014.json', 'utf8')).plan!;

// Any text with something in it: Chinese, line ends, control characters, what looks like the format's own escapes.
const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom('总产值', '_x000D_', '=1+1', '12%', '2014', 'TRUE', ' blank before', 'a\nb', '<&>"'),
);
const id = fc.constantFrom('gdp', 'retail', 'fai', '总产值', 'jobs', 'income_urban');
const label = fc.oneof(words, fc.record({ en: words, zh: words }));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

const relation = fc.oneof(
  fc.record({ kind: fc.constant('about'), value: finite(-1, 1e6), width: optional(finite(0, 1)) }),
  fc.record({
    kind: fc.constantFrom('at-least', 'at-most'),
    value: finite(-1, 1e6),
    strict: optional(fc.boolean()),
  }),
  fc.record({ kind: fc.constant('reach'), value: finite(-1, 1e6) }),
  fc.tuple(finite(-1, 1), finite(0, 1)).map(([low, more]) => ({ kind: 'within', low, high: low + more })),
  fc.record({ kind: fc.constant('in-step-with'), indicator: id, width: optional(finite(0, 1)) }),
);

const target = fc.record({
  indicator: id,
  measure: fc.constantFrom('growth', 'level', 'share', 'change'),
  relation: relation.map((r) => without(r)),
  period: optional(fc.constantFrom('2015', '2014-Q3', ['2014', '2015'])),
  firmness: optional(fc.constantFrom(...firmnesses)),
  deadline: optional(fc.constant('2014-12-31')),
  source: optional(words),
  label: optional(label),
  id: optional(words),
  partOf: optional(words),
  threshold: optional(fc.record({ value: finite(-1e9, 1e9), unit: words })),
  cumulative: optional(fc.boolean()),
  versus: optional(words),
  note: optional(label),
});

const width = fc.dictionary(fc.constantFrom('growth', 'level', 'share', 'change'), finite(0, 1), {
  minKeys: 1,
});

const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    name: words,
    span: fc.constant(['2014', '2016']),
    indicators: fc
      .tuple(
        ...['gdp', 'retail', 'fai', '总产值', 'jobs', 'income_urban'].map((name) =>
          fc
            .record({
              label,
              unit: words,
              kind: fc.constantFrom('flow', 'stock', 'rate', 'index'),
              prices: optional(fc.constantFrom('constant', 'current', 'comparable')),
              deflator: optional(id),
              code: optional(words),
              scope: optional(words),
            })
            .map((indicator) => [name, without(indicator)] as const),
        ),
      )
      .map((entries) => Object.fromEntries(entries)),
    targets: fc.array(
      target.map((t) => without(t)),
      { maxLength: 6 },
    ),
    identities: optional(fc.array(words, { minLength: 1, maxLength: 2 })),
    widths: optional(
      fc.oneof(fc.record({ about: width }), fc.record({ about: width, 'in-step-with': width })),
    ),
    source: optional(words),
    assumptions: optional(
      fc.array(fc.record({ name: words, value: finite(-1e9, 1e9), unit: words, note: words }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    groups: optional(
      fc.array(
        fc
          .record({ name: words, members: optional(fc.array(words, { minLength: 1, maxLength: 3 })) })
          .map((g) => without(g)),
        { minLength: 1, maxLength: 2 },
      ),
    ),
  })
  .map((plan) => without(plan) as unknown as Plan)
  .filter((plan) => !hasErrors(checkPlan(plan)));

const anyData: fc.Arbitrary<Dataset> = fc.dictionary(
  fc.constantFrom('gdp', 'retail', '总产值', 'other', 'x 1'),
  seriesOf(
    fc.oneof({ weight: 4, arbitrary: finite(-1e12, 1e12) }, { weight: 1, arbitrary: fc.constant(NaN) }),
    { maxLength: 12 },
  ),
);

describe('laws', () => {
  it('reading what was written gives plan and levels back', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, anyData, async (plan, data) => {
        const read = await readWorkbook(await writeWorkbook({ plan, data }));
        expect(read.plan).toEqual(plan);
        expect(read.data).toEqual(data);
        expect(read.issues.filter((issue) => issue.severity !== 'warning')).toEqual([]);
      }),
      { seed: 1, numRuns: 40 },
    );
  }, 30_000);

  it('the same study gives the same bytes', async () => {
    const study = studyPlan(lvyuan);
    expect(await writeWorkbook(study)).toEqual(await writeWorkbook(study));
  });

  it('a study of the 2014 plan gives its 55 targets back, labels and all', async () => {
    const { plan, data, issues } = await readWorkbook(await writeWorkbook(studyPlan(lvyuan)));
    expect(plan).toEqual(lvyuan);
    expect(data).toEqual({});
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['mixed-price-basis', ['Targets', 'E3']]]);
  });

  it('a template keeps what stands in it', async () => {
    expect((await readWorkbook(await workbookTemplate(lvyuan))).plan).toEqual(lvyuan);
    expect((await readWorkbook(await workbookTemplate())).plan?.targets).toEqual([]);
  });
});

describe('what a workbook holds', () => {
  const { sheets, names } = sheetsOf(studyPlan(lvyuan));
  const sheet = (name: string): Sheet => sheets.find((one) => one.name === name)!;

  it('sheets for every question', () => {
    expect(sheets.map(({ name }) => name)).toEqual([
      'Targets',
      'Paths',
      'Contributions',
      'Scenarios',
      'Sensitivities',
      'Assumptions',
      'Model',
      'Notes',
      'Indicators',
      'Data',
      'Plan',
    ]);
  });

  it('a name for every assumption, which the model uses', () => {
    expect(names.map(({ name }) => name)).toContain('g_services');
    const model = sheet('Model');
    const services = model.rows.find((row) => row[0]?.value === 'g_services')!;
    expect(services.slice(5).every((cell) => cell?.formula === 'g_services')).toBe(true);
  });

  it('everything derived is a formula: levels, growth, pulls, bands', () => {
    for (const [name, from] of [
      ['Paths', 5],
      ['Contributions', 3],
      ['Scenarios', 3],
    ] as const) {
      const rows = sheet(name).rows.filter((row) => row.length > 3 && row[3]?.look !== 'head');
      const cells = rows.flatMap((row) => row.slice(from)).filter((cell) => typeof cell?.value === 'number');
      expect(cells.length).toBeGreaterThan(8);
      for (const cell of cells) expect(cell!.formula !== undefined || cell!.look === 'input').toBe(true);
    }
  });

  it('the links of services growth and output to the targets that set them', () => {
    const value = (name: string) => sheet('Assumptions').rows.find((row) => row[0]?.value === name)![3]!;
    expect(value('g_output_industry').formula).toBe('Targets!$F$4');
    expect(value('g_services').formula).toContain('Targets!$F$2');
    expect(value('g_services').value).toBe(studyPlan(lvyuan).frontier!.plan.up);
  });
});

describe('mistakes in a filled-in workbook', () => {
  /** The template's sheets with some cells written over, read back. */
  const filled = async (cells: Readonly<Record<string, string | number | boolean>>) => {
    const { sheets } = sheetsOf({ plan: lvyuan, data: { gdp: series('2012', [88, 100]) } });
    const edited = sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row, r) =>
        row.map((cell, c) => {
          const value = cells[`${sheet.name}!${address(r, c)}`];
          return value === undefined ? cell : { ...cell, value };
        }),
      ),
    }));
    return readWorkbook(await toBytes(edited, [], { title: 'filled in' }));
  };

  it.each([
    ['Targets!F2', 'twelve', 'bad-percent', ['Targets', 'F2']],
    ['Targets!B2', 'gpd', 'unknown-indicator', ['Targets', 'B2']],
    ['Targets!E4', 'roughly', 'wrong-type', ['Targets', 'E4']],
    ['Targets!D4', 'speed', 'wrong-type', ['Targets', 'D4']],
    ['Targets!H3', 'gpd', 'unknown-indicator', ['Targets', 'H3']],
    ['Targets!J2', 'next year', 'bad-period', ['Targets', 'J2']],
    ['Plan!B3', 'soon', 'bad-period', ['Plan', 'B3']],
    ['Indicators!E2', 'river', 'wrong-type', ['Indicators', 'E2']],
    ['Data!B2', 'much', 'bad-number', ['Data', 'B2']],
    ['Data!A3', '2011', 'irregular-periods', ['Data', 'A3']],
    ['Data!A3', 'later', 'bad-period', ['Data', 'A3']],
    ['Targets!F1', 'numbers', 'missing-field', ['Targets', '1']],
  ] as const)('%s = %s', async (cell, value, code, path) => {
    const { issues } = await filled({ [cell]: value });
    const found = issues.filter((issue) => issue.code === code && issue.path.join() === path.join());
    expect(found.length, issues.map((issue) => describeIssue(issue)).join('\n')).toBeGreaterThan(0);
  });

  it('reads what people write: text percentages, Chinese relations, years as numbers', async () => {
    const { plan, issues } = await filled({
      'Targets!F2': '12.5%',
      'Targets!E2': '以上',
      'Plan!B3': 2014,
      'Plan!B4': 2014,
    });
    expect(plan!.targets[0]!.relation).toEqual({ kind: 'at-least', value: 0.125 });
    expect(plan!.span).toEqual(['2014', '2014']);
    expect(issues.filter((issue) => issue.severity !== 'warning')).toEqual([]);
  });

  it('a percentage without its sign is read as it stands and doubted where it stands', async () => {
    for (const value of [12, '12', ' 1２']) {
      const { plan, issues } = await filled({ 'Targets!F2': value });
      expect(plan!.targets[0]!.relation).toEqual({ kind: 'about', value: 12 });
      expect(issues).toContainEqual({
        code: 'doubtful',
        path: ['Targets', 'F2'],
        expected: "a ratio such as 0.12 or a percentage such as '12%'",
        received: '12, which is 1200 %',
        severity: 'warning',
      });
    }
    const level = await filled({ 'Targets!F9': '1,234.5' });
    expect(level.plan!.targets[7]!.relation).toEqual({ kind: 'reach', value: 1234.5 });
    expect(level.issues.filter(({ code }) => code === 'doubtful')).toEqual([]);
  });

  it('blank rows between the targets are skipped, and cells after them keep their addresses', async () => {
    const { sheets } = sheetsOf({ plan: lvyuan });
    const spread = sheets.map((sheet) =>
      sheet.name === 'Targets'
        ? { ...sheet, rows: sheet.rows.flatMap((row, r) => (r === 3 ? [[], [], row] : [row])) }
        : sheet,
    );
    const { plan } = await readWorkbook(await toBytes(spread, [], { title: 'spread' }));
    expect(plan).toEqual(lvyuan);
    const misspelt = spread.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row, r) =>
        sheet.name === 'Targets' && r === 5
          ? row.map((cell, c) => (c === 1 ? { value: 'rteail' } : cell))
          : row,
      ),
    }));
    const { issues } = await readWorkbook(await toBytes(misspelt, [], { title: 'misspelt' }));
    expect(issues.find(({ code }) => code === 'unknown-indicator')!.path).toEqual(['Targets', 'B6']);
  });

  it('of merged cells the first has the value; the rows without one are named', async () => {
    const { sheets } = sheetsOf({ plan: lvyuan });
    const file = await writeXlsx({
      sheets: sheets.map(({ name, rows }) => ({
        name,
        rows: rows.map((row, r) =>
          row.map((cell, c) => (name === 'Targets' && c === 1 && r === 3 ? null : (cell?.value ?? null))),
        ),
        ...(name === 'Targets' ? { merges: [{ startRow: 2, startCol: 1, endRow: 3, endCol: 1 }] } : {}),
      })),
    });
    const { plan, issues } = await readWorkbook(file);
    expect(plan!.targets).toHaveLength(lvyuan.targets.length - 1);
    expect(
      issues.filter(({ severity }) => severity !== 'warning').map(({ code, path }) => [code, path]),
    ).toEqual([['missing-field', ['Targets', 'B4']]]);
  });

  it('a bad target does not hide the others', async () => {
    const { plan } = await filled({ 'Targets!F2': 'twelve' });
    expect(plan!.targets.length).toBe(lvyuan.targets.length - 1);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('period,gdp\n2013,100\n'.repeat(5))],
    ['noise', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256)],
  ])('%s is not a workbook', async (_name, bytes) => {
    const { plan, data, issues } = await readWorkbook(bytes);
    expect([plan, data, issues[0]!.code]).toEqual([undefined, {}, 'not-read']);
  });

  it('a cut file is not a workbook, another one lacks the sheets', async () => {
    const bytes = await workbookTemplate(lvyuan);
    expect((await readWorkbook(bytes.slice(0, bytes.length / 2))).issues[0]!.code).toBe('not-read');
    const other = await toBytes([{ name: 'Sheet1', rows: [[{ value: 'a' }]] }], [], { title: 'other' });
    expect((await readWorkbook(other)).issues.map(({ path }) => path[0])).toEqual([
      'Plan',
      'Indicators',
      'Targets',
    ]);
  });
});

it('a simultaneous model is refused with the way out', () => {
  const model = defineModel({ equations: ['y = 0.5 * x', 'x = y + 1'], parameters: {} });
  expect(() =>
    sheetsOf({ plan: lvyuan, projection: { model, history: {}, over: ['2014', '2014'] } }),
  ).toThrow(/writeWorkbook: the equation of '[xy]' depends on itself within a period/);
});

it("a study's own parameters and shares stand among the assumptions", () => {
  const shares = { agriculture: 0.1, industry: 0.3, construction: 0.1, services: 0.5 };
  const study = studyPlan(lvyuan, { shares, parameters: { g_population: '3%', g_fai: '3%' } });
  const assumptions = sheetsOf(study).sheets.find(({ name }) => name === 'Assumptions')!;
  const value = (name: string) => assumptions.rows.find((row) => row[0]?.value === name)![3]!.value;
  expect([value('g_population'), value('g_fai'), value('share_industry')]).toEqual([0.03, 0.03, 0.3]);
});

it('formulas follow Excel, not the equation language', () => {
  const cell = (name: string, lag: number): string => (lag === 0 ? name : `${name}_${lag}`);
  const written = (text: string): string => formulaText(parseExpression(text), cell);
  expect(written('a[-1] * (1 + g)')).toBe('a_1*(1+g)');
  expect(written('-a^2')).toBe('(-(a^2))');
  expect(written('(a^b)^c - a^(b^c)')).toBe('(a^b)^c-a^(b^c)');
  expect(written('a - (b - c)')).toBe('a-(b-c)');
  expect(written('if(a > 1 and not b, log(a), max(a, 1e-7))')).toBe(
    'IF(((AND(((((a)>(1))*1))<>0,((((b)=0)*1))<>0)*1))<>0,LN(a),MAX(a,1E-7))',
  );
});

it('names and addresses', () => {
  expect([0, 25, 26, 27, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  expect(['g_services', 'fy2014', 'r', '总产值', 'a b', '1x'].map(rangeName)).toEqual([
    'g_services',
    '_fy2014',
    '_r',
    '总产值',
    'a_b',
    '_1x',
  ]);
});
