import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { seed } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'tinbergen-process-'));
const program = join(folder, 'cli.mjs');

let outputs: Metafile['outputs'] = {};

// As the package is built: in parts, so that a command loads what it needs.
beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: { cli: 'src/cli/main.ts' },
    bundle: true,
    metafile: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    external: ['bullmq', 'ioredis', '@observablehq/plot', 'linkedom'],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
  outputs = metafile.outputs;
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
}); // prettier-ignore

/** What a shell makes of a line in which `tinbergen` is the program. */
function shell(line: string): { code: number | null; out: string; err: string } {
  const start = `tinbergen() { '${process.execPath}' '${program}' "$@"; }; `;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', start + line], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('the program (skipped where bash is missing)', () => {
  it('reads standard input, writes without colours into a pipe, and says how it ended', () => {
    const { code, out, err } = shell(`cat ${seed} | tinbergen check - | cat; exit \${PIPESTATUS[1]}`);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('All 55 targets can hold together');
    expect(out).not.toContain('\u001b');
    expect(shell('tinbergen check seeds/none.json')).toEqual({
      code: 2,
      out: '',
      err: 'tinbergen: seeds/none.json: no such file\n',
    });
  });

  it('is quiet when its reader leaves', () => {
    const { code, err } = shell(`tinbergen plan ${seed} --json | head -c 10 > /dev/null; exit \${PIPESTATUS[0]}`);
    expect([code, err]).toEqual([0, '']);
  });

  it.skipIf(!existsSync('/dev/full'))('says that a disk is full', () => {
    const { code, err } = shell(`tinbergen project ${seed} > /dev/full`);
    expect(code).toBe(2);
    expect(err).toMatch(/^tinbergen: standard output: cannot be written: .*\n$/);
  });

  it('says that nothing is on a closed standard input', () => {
    const { code, err } = shell('tinbergen forecast - <&-');
    expect([code, err.includes('    at ')]).toEqual([2, false]);
    expect(err).toMatch(/^tinbergen: standard input: /);
  });

  it('starts with what every command needs, and no more', () => {
    const { code, out } = shell('tinbergen --version');
    expect([code, /^\d+\.\d+\.\d+\n$/.test(out)]).toEqual([0, true]);
    // What the entry imports at once, and what these import.
    const first = new Set(Object.keys(outputs).filter((file) => file.endsWith('/cli.mjs')));
    for (const file of first)
      for (const { path, kind } of outputs[file]!.imports) if (kind === 'import-statement' && outputs[path] !== undefined) first.add(path);
    const bytes = [...first].reduce((sum, file) => sum + outputs[file]!.bytes, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(250_000);
    const heavy = [...first].flatMap((file) => Object.keys(outputs[file]!.inputs)).filter((input) => /mathjs|zod|src\/(presets|forecast|model)\//.test(input));
    expect(heavy).toEqual([]);
  });
}); // prettier-ignore
