import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-report-'));

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'report', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('tinbergen report', () => {
  it('writes the page', () => {
    const file = join(folder, 'report.html');
    const { code, out, err } = run('seeds/lvyuan-2014.json', '-o', file, '--language', 'zh');
    expect(err).toMatch(/^tinbergen: .*report\.html \(\d+ kB\)\n$/);
    expect([code, out]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8')).toContain('<h2>主要目标</h2>');
  });

  it('without a file writes to standard output', () => {
    const { code, out } = run('seeds/lvyuan-2014.json');
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>/);
    expect(out.trimEnd()).toMatch(/<\/html>$/);
  });

  it('draws the model, forecasts a history and reads the year under way', () => {
    const [history, actual] = [join(folder, 'history.csv'), join(folder, 'actual.csv')];
    writeFileSync(history, 'year,gdp,unheard\n2010,192,1\n2011,210.3,1\n2012,226.8,1\n2013,244.4,1\n');
    writeFileSync(actual, 'quarter,gdp\n2014-Q1,10.4%\n2014-Q2,10.9%\n');
    const args = [
      '--draws',
      '500',
      '--seed',
      '7',
      '--history',
      history,
      '--actual',
      actual,
      '--date',
      '2014-07-20',
    ];
    const { code, out, err } = run('seeds/lvyuan-2014.json', ...args);
    expect(code).toBe(0);
    expect(err).toBe(
      "tinbergen: history.unheard: unknown indicator; expected the name of an indicator of the plan, received 'unheard'\n",
    );
    for (const part of [
      '500 draws, seed 7',
      'What history says: GDP',
      'Required pace: GDP',
      'history.csv',
      '2014-07-20',
    ])
      expect(out).toContain(part);
  });

  it('says what is wrong with the call or the plan', () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"name": "P"}');
    expect(run(bad).code).toBe(1);
    expect(run('seeds/lvyuan-2014.json', '--language', 'fr')).toMatchObject({
      code: 2,
      err: expect.stringContaining("'fr'") as string,
    });
    expect(run('seeds/lvyuan-2014.json', '-o', join(folder, 'none', 'x.html'))).toMatchObject({ code: 2 });
    expect(run('seeds/none.json')).toMatchObject({
      code: 2,
      err: 'tinbergen: seeds/none.json: no such file\n',
    });
  });
}, 60_000);
