import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seed, tinbergen } from './terminal.ts';

function written(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tinbergen-')), 'plan.json');
  writeFileSync(file, content);
  return file;
}

const target = (relation: object, indicator = 'gdp'): string =>
  JSON.stringify({
    name: 'P',
    span: ['2014', '2014'],
    indicators: { gdp: { label: 'GDP', unit: 'CNY', kind: 'flow' } },
    targets: [{ indicator, measure: 'growth', relation }],
  });

describe('tinbergen plan', () => {
  it('prints the main job on the 2014 plan', async () => {
    const { code, out } = await tinbergen(['plan', seed]);
    expect(code).toBe(0);
    for (const part of [
      '地区生产总值增长',
      '11.5 % to 12.5 %',
      'Growth accounting 2014',
      'Two-engine frontier',
      'plan as written',
      'Tornado',
      'Illustrative defaults',
      'Delivery targets (48',
    ])
      expect(out).toContain(part.replace('地区生产总值增长', '地区生产总值'));
  });

  it('prints the study as JSON', async () => {
    const { code, out } = await tinbergen(['plan', seed, '--json', '--horizon', '2']);
    expect(code).toBe(0);
    expect(
      (JSON.parse(out) as { projection: { gdp: { values: number[] } } }).projection.gdp.values,
    ).toHaveLength(3);
  });

  it.each([
    ['a missing file', () => ['plan', 'nowhere.json'], 2, 'nowhere.json: no such file'],
    ['a folder', () => ['plan', 'seeds'], 2, 'seeds: is a folder'],
    ['bad JSON', () => ['plan', written('{"name": ')], 1, 'not valid JSON'],
    [
      'an unknown indicator',
      () => ['plan', written(target({ kind: 'about', value: '12%' }, 'gpd'))],
      1,
      "targets[0].indicator: unknown indicator; expected an indicator of the plan (did you mean 'gdp'?), received 'gpd'",
    ],
    [
      'a bad percent',
      () => ['plan', written(target({ kind: 'about', value: '12 percent' }))],
      1,
      'targets[0].relation.value: not a percentage',
    ],
    ['an unknown command', () => ['plann'], 2, 'Did you mean plan?'],
    [
      'a bad horizon',
      () => ['plan', 'seeds/lvyuan-2014.json', '--horizon', 'x'],
      2,
      "--horizon: 'x' is not a whole number of years",
    ],
  ] as const)('one clear line for %s', async (_name, args, expected, message) => {
    const { code, out, err } = await tinbergen(args());
    expect(code).toBe(expected);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

describe('tinbergen read', () => {
  const words =
    '2014年工作安排\n主要预期目标是：地区生产总值增长12%左右，财政收入同步增长，规模以上工业总产值增长15%左右，固定资产投资增长15%左右。';

  it('prints the targets of a text, and takes them into the study', async () => {
    const file = written(words);
    const { code, out } = await tinbergen(['read', file]);
    expect(code).toBe(0);
    for (const part of ['4 targets', 'GDP growth of about 12 %', '固定资产投资增长15%左右'])
      expect(out).toContain(part);
    const study = await tinbergen(['plan', file]);
    expect(study.code).toBe(0);
    expect(study.out).toContain(
      "The plan's: g_output_industry, g_fai. Solved for the GDP target: g_services.",
    );
  });

  it('asks for the year where the text does not say it', async () => {
    expect(await tinbergen(['read', written('地区生产总值增长12%左右。')])).toMatchObject({
      code: 2,
      out: '',
    });
    expect((await tinbergen(['read', written('地区生产总值增长12%左右。'), '--year', '2014'])).out).toContain(
      '1 targets',
    );
    expect((await tinbergen(['read', written('x'), '--year', 'soon'])).err).toContain("'soon' is not a year");
  });
});
