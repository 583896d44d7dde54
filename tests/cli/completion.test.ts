import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { tinbergen } from './terminal.ts';

function isThere(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

describe.skipIf(!isThere('bash'))('completion for bash (skipped where bash is missing)', () => {
  let script = '';
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-completion-'));

  beforeAll(async () => {
    script = (await tinbergen(['completion', 'bash'])).out;
    writeFileSync(join(folder, 'plan of 2014.json'), '{}');
    mkdirSync(join(folder, 'seeds'));
  });

  /** What bash would offer after each of these lines; the last word is the one at the cursor. */
  function offered(...lines: readonly (readonly string[])[]): string[][] {
    const asked = lines.map(
      (words) =>
        `COMP_WORDS=(tinbergen ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _tinbergen; printf '%s\\n' "\${COMPREPLY[@]}"; echo --`,
    );
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-u', '-c', [script, ...asked].join('\n')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split('--\n').slice(0, -1).map((part) => part.split('\n').filter((line) => line !== ''));
  } // prettier-ignore

  it('offers commands, options, values and files', () => {
    const [all, some, options, methods, shells, files, named, help, after] = offered(
      [''],
      ['s'],
      ['simulate', 'plan.json', '--s'],
      ['sensitivity', 'plan.json', '--method', ''],
      ['completion', 'z'],
      ['plan', ''],
      ['plan', 'plan'],
      ['help', 'pl'],
      ['sensitivity', 'plan.json', '--method', 'so'],
    );
    expect(all).toEqual([...commands.map(({ name }) => name), 'help', '--help', '--version']);
    expect(some).toEqual(['scenarios', 'simulate', 'sensitivity']);
    expect(options).toEqual(['--seed', '--sampling', '--shares']);
    expect(methods).toContain('sobol');
    expect(shells).toEqual(['zsh']);
    expect(files!.toSorted()).toEqual(['plan of 2014.json', 'seeds']);
    expect(named).toEqual(['plan of 2014.json']);
    expect(help).toEqual(['plan']);
    expect(after).toEqual(['sobol']);
  });
});

describe('completion for zsh and fish', () => {
  it.each(['zsh', 'fish'])('%s names every command and option', async (shell) => {
    const { code, out } = await tinbergen(['completion', shell]);
    expect(code).toBe(0);
    for (const { name, options } of commands) {
      expect(out).toContain(name);
      for (const option of options) expect(out).toContain(shell === 'zsh' ? `--${option.name}[` : `-l ${option.name} `);
    }
    // Quotes are even, so that the shell reads it to the end.
    expect(out.replace(/'\\''|\\'/g, '').match(/'/g)!.length % 2).toBe(0);
  }); // prettier-ignore

  it.each(['zsh', 'fish'].filter(isThere))('%s reads it', async (shell) => {
    const { out } = await tinbergen(['completion', shell]);
    const { stderr } = spawnSync(shell, ['-n'], { input: out, encoding: 'utf8' });
    expect(stderr).toBe('');
  });

  it('knows three shells', async () => {
    expect(await tinbergen(['completion', 'fsh'])).toEqual({
      code: 2,
      out: '',
      err: "tinbergen: shell: 'fsh' is none of bash, zsh, fish; did you mean zsh?\n",
    });
  });
});
