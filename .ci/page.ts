// A page in Chromium: files served on this machine, and everything that goes wrong in it or reaches beyond it.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why there is no browser to open pages in; undefined when there is one. */
export const noBrowser = existsSync(executablePath)
  ? undefined
  : `there is no ${executablePath} (apt-get install chromium, or set CHROMIUM)`;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/** Serve what `read` finds for a path such as `/index.html` on a spare port of this machine. */
export async function serve(read: (path: string) => Buffer | string | undefined): Promise<{
  readonly address: string;
  readonly close: () => void;
}> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    // Browsers ask for one unasked.
    const body = path === '/favicon.ico' ? '' : read(path);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': types[extname(path)] ?? 'text/plain',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

/**
 * Open an address in a new Chromium, do something with the page, and close it again.
 *
 * @returns what was done gave, and the faults: errors on the console or thrown in the page, requests to elsewhere
 */
export async function inBrowser<T>(
  address: string,
  act: (page: Page) => Promise<T>,
): Promise<{ readonly result: T; readonly faults: readonly string[] }> {
  const flags =
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
  const browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(address).origin) && !/^(data|blob):/.test(request.url()))
        faults.push(`request to ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
    });
    await page.goto(address);
    return { result: await act(page), faults };
  } finally {
    await browser.close();
  }
}
