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

  it('says what is wrong with the call or the plan', () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"name": "P"}');
    expect(run(bad).code).toBe(1);
    expect(run('seeds/lvyuan-2014.json', '--language', 'fr')).toMatchObject({
      code: 2,
      err: "tinbergen: --language: 'fr' is neither 'en' nor 'zh'\n",
    });
    expect(run('seeds/lvyuan-2014.json', '-o', join(folder, 'none', 'x.html'))).toMatchObject({ code: 2 });
    expect(run('seeds/none.json')).toMatchObject({
      code: 2,
      err: 'tinbergen: seeds/none.json: no such file\n',
    });
  });
}, 60_000);
