import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nearest } from '../mistake.ts';
import type { Io } from './command.ts';

/** Files beyond this are refused: a plan or a table of series is a thousandth of it. */
const limit = 64 * 2 ** 20;

/** An error that ends a command: its lines for standard error, and the exit code. */
export interface Failure extends Error {
  readonly lines: readonly string[];
  readonly exitCode: 1 | 2;
}

/** End the command with a line for each error on standard error. Exit code 1: bad content; 2: bad call or file. */
export function fail(lines: readonly string[], exitCode: 1 | 2 = 1): never {
  throw Object.assign(new Error(lines.join('\n')), { lines, exitCode });
}

/** Whether an error is one that `fail` threw. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'exitCode' in error && 'lines' in error;
}

/** What a file is called in messages. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** The text of a file, or of standard input for `-`. Says why, and what to do, when it is not there or no text. */
export function readInput(file: string, io?: Pick<Io, 'read'>): string {
  const name = nameOf(file);
  const bytes = bytesOf(file, io);
  if (bytes.length === 0) fail([`${name}: is empty`], 2);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)
    fail([`${name}: is a workbook or archive, not text; save the sheet as CSV`], 2);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'PAR1')
    fail([`${name}: is a Parquet file; readParquet of tinbergen/parquet reads it, or save it as CSV`], 2);
  if (bytes.subarray(0, 4096).includes(0)) {
    const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    fail([`${name}: ${wide ? 'is UTF-16; save it as UTF-8' : 'is not text'}`], 2);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail(
      [
        `${name}: is not UTF-8 text; if it is GBK: iconv -f GB18030 -t UTF-8 ${file === '-' ? '' : file}`.trimEnd(),
      ],
      2,
    );
  }
}

function bytesOf(file: string, io?: Pick<Io, 'read'>): Uint8Array {
  try {
    if (file === '-') {
      const bytes = io === undefined ? readFileSync(0) : io.read();
      return bytes.length > limit ? tooLarge('standard input', bytes.length) : bytes;
    }
    const { size } = statSync(file);
    return size > limit ? tooLarge(file, size) : readFileSync(file);
  } catch (error) {
    if (isFailure(error)) throw error;
    return fail([`${nameOf(file)}: ${whyNot(file, error as NodeJS.ErrnoException)}`], 2);
  }
}

function tooLarge(name: string, size: number): never {
  return fail(
    [`${name}: ${Math.round(size / 2 ** 20)} MB is too large; ${limit / 2 ** 20} MB are read at most`],
    2,
  );
}

function whyNot(file: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `no such file${near(file)}`;
    case 'ENOTDIR':
      return 'no such file';
    case 'EISDIR':
      return 'is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read';
    // A terminal without a line discipline, or a descriptor that is closed.
    case 'EAGAIN':
    case 'EBADF':
      return 'nothing is there to read';
    default:
      return message;
  }
}

/** Why a file could not be written, with the way out. */
export function whyNotWritten(file: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `cannot be written: there is no folder ${dirname(file)}`;
    case 'EISDIR':
      return 'is a folder; give the name of a file';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'may not be written; choose another place';
    case 'ENOSPC':
      return 'cannot be written: the disk is full';
    default:
      return `cannot be written: ${message}`;
  }
}

/** The nearest name in the folder, as the end of a message. */
function near(file: string): string {
  try {
    const found = nearest(basename(file), readdirSync(dirname(file)));
    if (found === undefined) return '';
    return `; did you mean ${dirname(file) === '.' && !file.startsWith('./') ? found : `${dirname(file)}/${found}`}?`;
  } catch {
    return `; there is no folder ${dirname(file)}`;
  }
}
