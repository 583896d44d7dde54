import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { tinbergen } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'tinbergen-help-'));

/** The words of a line of a shell: single and double quotes, no more. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain!,
  );
}

/** What an example says: standard input from printf, the arguments, and the file that it writes into a folder of our own. */
function exampleOf(line: string): { stdin: string; args: string[]; output: string | undefined } {
  const piped = /^(printf .*?) \| (tinbergen .*)$/s.exec(line);
  const stdin = piped === null ? '' : wordsOf(piped[1]!)[1]!.replaceAll('\\n', '\n').replaceAll('%%', '%');
  const args = wordsOf(piped?.[2] ?? line).slice(1);
  const at = args.indexOf('-o') + 1;
  const output = at > 0 ? join(folder, args[at]!) : undefined;
  return { stdin, args: output === undefined ? args : args.with(at, output), output };
}

describe('help', () => {
  it('of the program names every command, and the exit codes', async () => {
    const { code, out } = await tinbergen(['--help']);
    expect(code).toBe(0);
    for (const { name } of commands) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(out).toContain('Exit codes: 0 done');
  });

  it('without a command is shown as a wrong call', async () => {
    const { code, out, err } = await tinbergen([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: tinbergen');
  });

  it.each(commands)('of $name: arguments, options, an example, exit codes', async (command) => {
    const { code, out, err } = await tinbergen([command.name, '--help']);
    expect([code, err]).toEqual([0, '']);
    for (const { name } of command.options) expect(out).toContain(`--${name}`);
    for (const { name } of command.arguments) expect(out).toContain(name);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) expect(out).toContain(example);
    expect(out).toContain('2 the call or a file is wrong');
    expect((await tinbergen(['help', command.name])).out).toBe(out);
  });

  it('has no two options of one name', () => {
    for (const { name, options } of commands) {
      const names = options.flatMap((option) => [option.name, ...(option.short === undefined ? [] : [option.short])]);
      expect(new Set(names).size, name).toBe(names.length);
    }
  }); // prettier-ignore
});

describe('the table of the README', () => {
  const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `tinbergen (\S+) ?(.*?)` \| (.*) \|$/gm)];

  it('has every command, with options that it has', () => {
    expect(new Set(rows.map(([, name]) => name!))).toEqual(
      new Set(commands.map(({ name }) => name).filter((name) => name !== 'completion')),
    );
    for (const [, name, rest] of rows) {
      const known = commands.find((command) => command.name === name)!.options;
      for (const [, option] of rest!.matchAll(/--(\w+)/g))
        expect(known.map((one) => one.name)).toContain(option);
    }
  });

  it('has functions that are there', async () => {
    const library = Object.assign(
      {},
      ...(await Promise.all([
        import('../../src/index.ts'),
        import('../../src/presets/index.ts'),
        import('../../src/language/index.ts'),
        import('../../src/report/index.ts'),
        import('../../src/excel/index.ts'),
        import('../../src/cluster/index.ts'),
      ])),
    ) as Record<string, unknown>;
    for (const [, , , cell] of rows) {
      const names = [...cell!.matchAll(/(\w+)\(/g)].map(([, called]) => called!);
      expect(names.length).toBeGreaterThan(0);
      for (const called of names) expect(library[called], called).toBeTypeOf('function');
    }
  });
});

describe('the examples of help', () => {
  // The worker waits for ever: tests/cluster runs it.
  const lines = commands.filter(({ name }) => name !== 'worker').flatMap(({ examples }) => examples);

  it.each(lines)('%s', async (line) => {
    const { stdin, args, output } = exampleOf(line);
    const { code, out, err } = await tinbergen(args, { stdin });
    expect([code, output === undefined ? err : err.replace(/^tinbergen: \S+ \(\d+ kB\)\n$/, '')]).toEqual([
      0,
      '',
    ]);
    if (output === undefined) expect(out.length).toBeGreaterThan(100);
    else expect(existsSync(output)).toBe(true);
  });
});
