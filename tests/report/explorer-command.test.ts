import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-explore-'));
const program = ['--import', 'tsx', 'src/cli/main.ts', 'explore'];
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [...program, ...args], { cwd: root, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function ask(
  address: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: string; policy: string }> {
  return new Promise((resolve, reject) => {
    request(address, { agent: false, ...options }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (body += part));
      answer.on('end', () => {
        resolve({
          status: answer.statusCode!,
          body,
          policy: String(answer.headers['content-security-policy']),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('tinbergen explore', () => {
  it('writes the page', () => {
    const file = join(folder, 'explorer.html');
    const { code, out, err } = run(
      'seeds/lvyuan-2014.json',
      '-o',
      file,
      '--language',
      'zh',
      '--seed=7',
      '--draws=2000',
      '--parameters=g_fai=12%',
    );
    expect(err).toMatch(/^tinbergen: .*explorer\.html \(\d+ kB\)\n$/);
    expect([code, out]).toEqual([0, '']);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('抽样2000次，随机种子7');
    expect(html).toContain('"g_fai":0.12');
  });

  it('says what is wrong with the call or the plan', async () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, '{"name": "P"}');
    expect(run(bad).code).toBe(1);
    expect(run('seeds/lvyuan-2014.json', '--draws', '0')).toMatchObject({ code: 2, out: '' });
    expect(run('seeds/lvyuan-2014.json', '--port', '99999')).toMatchObject({
      code: 2,
      err: "tinbergen: --port: '99999' is not a whole number from 0 to 65535\n",
    });
    expect(run('seeds/lvyuan-2014.json', '-o', join(folder, 'none', 'x.html')).code).toBe(2);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    expect(run('seeds/lvyuan-2014.json', '--port', String(port))).toMatchObject({
      code: 2,
      err: `tinbergen: --port: ${port} is taken; leave it out for a free one\n`,
    });
    taken.close();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves the page to this machine alone, until %s',
    async (signal) => {
      const child = spawn(process.execPath, [...program, 'seeds/lvyuan-2014.json'], { cwd: root });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      const address = await new Promise<string>((resolve) =>
        child.stdout.once('data', (text: Buffer) => {
          resolve(text.toString().trim());
        }),
      );
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
      const page = await ask(address);
      expect(page.status).toBe(200);
      expect(page.body).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
      expect(page.policy).toMatch(/^default-src 'none'; script-src 'sha256-.*frame-ancestors 'none'$/);
      expect(await ask(address, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
      expect((await ask(`${address}other`)).status).toBe(404);
      expect((await ask(address, { method: 'POST' })).status).toBe(405);
      // A page from elsewhere whose name was turned to this machine is not served.
      expect((await ask(address, { headers: { host: 'example.org' } })).status).toBe(403);
      child.kill(signal);
      expect(await ended).toBe(0);
    },
  );
}, 120_000);
