import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerWithin } from '../../examples/http-service/answer.ts';
import { limitsFrom } from '../../examples/http-service/limits.ts';
import type { Problem } from '../../examples/http-service/problem.ts';
import type { Address } from '../../examples/http-service/requests.ts';

/** What a body is answered, without a server and without threads. */
export interface Asked {
  readonly status: number;
  readonly text: string;
  readonly value: unknown;
}

export function askWithin(env: Record<string, string> = {}) {
  const answer = answerWithin(limitsFrom(env));
  return (address: Address, body: unknown): Asked => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = answer(address, new TextEncoder().encode(text));
    const answered = new TextDecoder().decode(reply.body);
    return { status: reply.status, text: answered, value: JSON.parse(answered) as unknown };
  };
}

export function problemIn({ value }: Asked): Problem {
  return value as Problem;
}

/** A value as it comes out of JSON: what is no number is null. */
export function wire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** The service as it is deployed: bundled, a process of its own. */
export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has printed. */
  readonly log: () => string;
  /** The exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

let bundle: Promise<string> | undefined;

/** Bundle the service as `npm run service` does, once for all tests of a file. */
async function bundled(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'tinbergen-service-'));
  const folder = fileURLToPath(new URL('../../examples/http-service', import.meta.url));
  await build({
    entryPoints: [join(folder, 'main.ts'), join(folder, 'thread.ts')],
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir,
    logLevel: 'silent',
  });
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }');
  return outdir;
}

export async function runService(
  env: Record<string, string> = {},
  flags: readonly string[] = [],
  { underShell = false }: { readonly underShell?: boolean } = {},
): Promise<Running> {
  const main = join(await (bundle ??= bundled()), 'main.js');
  const path = { PATH: process.env['PATH'], PORT: '0', ...env };
  // A shell in between, as npm has one; with something to do after, so that it does not become the service itself.
  const child = underShell
    ? spawn('sh', ['-c', `"${process.execPath}" "${main}"; true`], {
        env: { ...path, npm_lifecycle_event: 'service' },
      })
    : spawn(process.execPath, [...flags, main], { env: path });
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = /listens at (\S+)/.exec(text);
      if (found !== null) resolve(found[1]!);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`the service ended with ${code}: ${text}`)));
  });
  return { url, child, log: () => text, ended };
}

export async function post(url: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}
