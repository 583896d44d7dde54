import { readFileSync } from 'node:fs';

/** The text of a file, or of standard input for `-`. Ends the program with one line when it cannot be read. */
export function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'no such file'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read'
            : (error as Error).message;
    return fail([`${file}: ${why}`], 2);
  }
}

/** End the program with a line for each error on standard error. Exit code 1: bad content; 2: bad call or file. */
export function fail(lines: readonly string[], exitCode: 1 | 2 = 1): never {
  process.stderr.write(lines.map((line) => `tinbergen: ${line}\n`).join(''));
  process.exit(exitCode);
}
