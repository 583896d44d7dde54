import { existsSync, mkdtempSync } from 'node:fs';
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
