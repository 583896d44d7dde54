import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { seed, tinbergen } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'tinbergen-bad-'));

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const gbk = new Uint8Array([0xb5, 0xd8, 0xc7, 0xf8, 0xc9, 0xfa, 0xb2, 0xfa, 0xd7, 0xdc, 0xd6, 0xb5]);

/** Commands that read a plan, with what they need besides. */
const ofPlans = commands
  .filter(({ arguments: [first] }) => first?.name === 'plan')
  .map(({ name }) => ({
    name,
    more:
      {
        control: ['--hit', 'gdp=12%', '--using', 'g_services'],
        export: ['-o', join(folder, 'x.xlsx')],
        assess: ['--actual', written('actual.csv', 'year,gdp\n2013,100\n2014,112')],
      }[name] ?? [],
  }));

describe.each(ofPlans)('$name', ({ name, more }) => {
  const cases: readonly [string, string, 1 | 2, string][] = [
    ['a missing file with a neighbour', 'seeds/lvyuan-2015.json', 2, 'no such file; did you mean seeds/lvyuan-2014.json?'],
    ['a missing file with none', 'seeds/nothing-like-it', 2, 'seeds/nothing-like-it: no such file'],
    ['a missing folder', join(folder, 'none/x.json'), 2, `there is no folder ${join(folder, 'none')}`],
    ['a folder', 'seeds', 2, 'seeds: is a folder'],
    ['an empty file', written('empty.json', ''), 2, 'empty.json: is empty'],
    ['a workbook', written('book.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])), 2, 'save the sheet as CSV'],
    ['bytes', written('bytes.json', new Uint8Array([1, 0, 2, 0])), 2, 'is not text'],
    ['Parquet', written('x.parquet', new Uint8Array([0x50, 0x41, 0x52, 0x31, 0])), 2, 'readParquet'],
    ['UTF-16', written('wide.json', new Uint8Array([0xff, 0xfe, 0x7b, 0])), 2, 'is UTF-16; save it as UTF-8'],
    ['GBK', written('gbk.txt', gbk), 2, 'iconv -f GB18030 -t UTF-8'],
    ['half of a JSON', written('half.json', '{"name": '), 1, 'not valid JSON'],
    ['another JSON', written('other.json', '[1, 2]'), 1, 'wrong type'],
    ['prototype keys', written('proto.json', '{"__proto__": {"x": 1}, "name": "P"}'), 1, 'missing field'],
  ]; // prettier-ignore

  it.each(cases)('%s', async (_what, file, expected, message) => {
    const { code, out, err } = await tinbergen([name, file, ...more]);
    expect(err).toContain(message);
    expect([code, out]).toEqual([expected, '']);
    expect(err).toMatch(/^tinbergen: .*\n$/s);
    expect(err).not.toMatch(/\n {4}at |fault of the program|undefined/);
  });
}); // prettier-ignore

describe('files', () => {
  it('a huge one is refused by its size', async () => {
    const file = written('huge.json', '{');
    truncateSync(file, 200 * 2 ** 20);
    const { code, err } = await tinbergen(['plan', file]);
    expect([code, err]).toEqual([2, `tinbergen: ${file}: 200 MB is too large; 64 MB are read at most\n`]);
  });

  it('an output that cannot be written', async () => {
    mkdirSync(join(folder, 'folder.xlsx'));
    for (const [output, message] of [
      [join(folder, 'none', 'x.xlsx'), 'there is no folder'],
      [join(folder, 'folder.xlsx'), 'is a folder'],
    ] as const) {
      const { code, err } = await tinbergen(['export', seed, '-o', output]);
      expect([code, err.includes(message)], err).toEqual([2, true]);
    }
  });

  it('figures that are none', async () => {
    for (const [content, message] of [
      ['year,gdp\n2013,abc\n2014,112', 'not a number'],
      ['{"gdp": {"start": "soon", "values": [1]}}', 'not a period'],
      ['year', 'could not be read'],
      ['<message/>', 'received XML'],
      [`year,gdp\n${Array.from({ length: 120 }, (_, i) => `${1880 + i},${i % 3 === 1 ? '1x2' : i}`).join('\n')}`, 'and 30 more'],
    ] as const) {
      const { code, err } = await tinbergen(['forecast', '-'], { stdin: content });
      expect([code, err.includes(message)], err).toEqual([1, true]);
    }
    expect(await tinbergen(['forecast', '-'], { stdin: '' })).toMatchObject({ code: 2, err: 'tinbergen: standard input: is empty\n' });
    expect((await tinbergen(['forecast', '-'], { stdin: 'year,gdp\n2013,\n2014,' })).code).toBe(1);
  }); // prettier-ignore

  it('percentages without their sign', async () => {
    const { code, err } = await tinbergen(['assess', seed, '--growth', '-'], {
      stdin: 'year,gdp\n2014,11.2',
    });
    expect(code).toBe(1);
    expect(err).toContain(
      "--growth: 'gdp' is 11.2 at 2014, a growth of 1120 %; write 11.2% for a percentage",
    );
  });

  it('scenarios that are none', async () => {
    for (const content of ['{', '[]', '[1]', '{"a": 1}', '[{"name": "a"}]'])
      expect((await tinbergen(['scenarios', seed, '--scenarios', written('s.json', content)])).code, content).toBe(1);
  }); // prettier-ignore
});

describe('calls', () => {
  const calls: readonly [readonly string[], string][] = [
    [['plann'], 'Did you mean plan?'],
    [['plan'], "missing required argument 'plan'"],
    [['plan', seed, '--jsn'], 'Did you mean --json?'],
    [['plan', seed, 'more'], 'too many arguments'],
    [['plan', seed, '--horizon', '0'], 'is not a whole number of years from 1 to 100'],
    [['plan', seed, '--horizon', ''], 'is not a whole number of years'],
    [['plan', seed, '--parameters', 'g_service=9%'], "there is no parameter 'g_service'; did you mean 'g_services'?"],
    [['plan', seed, '--parameters', 'g_services'], 'is not name=value'],
    [['plan', seed, '--parameters', 'g_services=much'], "'much' is neither a number nor a percentage"],
    [['plan', seed, '--parameters', 'g_services=9'], 'would be 900 %; write g_services=9% or a ratio'],
    [['plan', seed, '--parameters', '__proto__=9%'], "there is no parameter '__proto__'"],
    [['plan', seed, '--shares', 'industry=45%'], 'give all four sectors'],
    [['plan', seed, '--shares', 'agriculture=2%,industry=50%,construction=8%,services=45%'], 'sum to 105 %, not 100 %'],
    [['plan', seed, '--shares', 'mining=2%'], "'mining' is not a sector"],
    [['plan', seed, '--language', 'fr'], "'fr' is neither 'en' nor 'zh'"],
    [['read', '-', '--year', 'soon'], "'soon' is not a year"],
    [['project', seed, '--variables', 'gpd'], "there is no variable 'gpd'; did you mean 'gdp'?"],
    [['scenarios', seed, '--set', 'a: '], 'sets nothing'],
    [['scenarios', seed, '--set', 'a: g_services=9%', '--set', 'a: g_services=8%'], "the name 'a' stands twice"],
    [['scenarios', seed, '--set', 'baseline: g_services=9%'], 'is that of the plan as written'],
    [['scenarios', seed, '--set', 'a: g_servces=9%'], "did you mean 'g_services'?"],
    [['control', seed], "required option '--hit <list>' not specified"],
    [['control', seed, '--hit', 'gdp=12%', '--using', 'g_servics'], "did you mean 'g_services'?"],
    [['control', seed, '--hit', 'gpd=12%', '--using', 'g_services'], "did you mean 'gdp'?"],
    [['control', seed, '--hit', 'gdp=12', '--using', 'g_services'], 'would be 1200 %; write gdp=12%'],
    [['control', seed, '--hit', ',', '--using', 'g_services'], 'names no target'],
    [['control', seed, '--hit', 'gdp=12%', '--using', ','], 'names no parameter'],
    [['control', seed, '--hit', 'gdp=12%', '--using', 'g_services', '--bounds', 'g_services=12%..6%'], 'runs backwards'],
    [['control', seed, '--hit', 'gdp=12%', '--using', 'g_services', '--bounds', 'g_services=6%'], 'is not low..high'],
    [['control', seed, '--hit', 'gdp=12%', '--using', 'g_services', '--bounds', 'g_fai=6%..9%'], 'is not among --using g_services'],
    [['control', seed, '--hit', 'gdp=12%', '--using', 'g_services', '--constant', 'g_fai'], 'is not among --using g_services'],
    [['simulate', seed, '--draws', '-5'], 'is not a whole number of draws'],
    [['simulate', seed, '--draws', '1e12'], 'is not a whole number of draws'],
    [['simulate', seed, '--seed', 'x'], 'is not a whole number from 0 to 18446744073709551615'],
    [['simulate', seed, '--sampling', 'sobol', '--draws', '1000'], 'give 1024'],
    [['simulate', seed, '--factor', 'g_services=norml(9%,1%)'], "there is no distribution 'norml'; did you mean 'normal'?"],
    [['simulate', seed, '--factor', 'g_services=normal(9%)'], 'normal takes 2 numbers (mean, sd), not 1'],
    [['simulate', seed, '--factor', 'g_services=normal(9%,-1%)'], 'is negative'],
    [['simulate', seed, '--factor', 'g_services'], 'is not name=kind(...)'],
    [['forecast', '-', '--method', 'arma'], "there is no 'arma'; did you mean 'arima'?"],
    [['forecast', '-', '--levels', '120'], 'is not a coverage between 0 and 100'],
    [['forecast', '-', '--horizon', '0.5'], 'is not a whole number of periods'],
    [['forecast', '-', '--series', 'gpd'], "there is no 'gpd'; did you mean 'gdp'?"],
    [['assess', seed], 'give figures: --actual levels.csv'],
    [['assess', '-', '--actual', '-'], "can be standard input ('-')"],
    [['assess', seed, '--growth', '-', '--weights', '1,2'], 'give 4 positive shares'],
    [['sensitivity', seed, '--method', 'sobel'], 'did you mean sobol?'],
    [['sensitivity', seed, '--of', 'gpd'], "did you mean 'gdp'?"],
    [['sensitivity', seed, '--method', 'sobol', '--points', '100'], 'is not a power of two; give 128'],
    [['export', seed], "required option '-o, --output <file>' not specified"],
    [['export', seed, '-o', 'x.csv'], 'does not end in .xlsx'],
    [['worker', '--concurrency', 'many'], 'is not a whole number of shards'],
  ]; // prettier-ignore

  it.each(calls)('%j', async (args, message) => {
    const stdin = args[0] === 'assess' ? 'period,gdp\n2014-Q1,11%' : 'year,gdp\n2013,100\n2014,112';
    const { code, out, err } = await tinbergen(args, { stdin });
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toMatch(/\n {4}at |fault of the program/);
  });
});
