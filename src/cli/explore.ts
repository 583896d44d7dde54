import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explorer } from '../report/explorer.ts';
import { contentPolicy } from '../report/explorer-page.ts';
import { builtScript } from '../report/explorer-script.ts';
import type { ExplorerScript } from '../report/explorer-script.ts';
import type { Given, Io } from './command.ts';
import { fail, whyNotWritten } from './input.ts';
import { planOf } from './source.ts';
import { languageOf, modelOf, seedOf, textOf, wholeOf } from './values.ts';

/** `tinbergen explore <plan>`: the plan as a page with sliders, served on this machine until told to stop, or written. */
export async function exploreCommand([file]: readonly string[], options: Given, io: Io): Promise<void> {
  const language = languageOf(options);
  const output = textOf(options, 'output');
  const draws = wholeOf(options, 'draws', 1, 1_000_000, 'draws');
  const port = wholeOf(options, 'port', 0, 65_535) ?? 0;
  const seed = seedOf(options);
  const plan = await planOf(file!, options, io);
  const script = await scriptOfPage();
  const html = explorer(plan, {
    ...modelOf(options),
    language,
    script,
    ...(draws === undefined ? {} : { draws }),
    ...(seed === undefined ? {} : { seed }),
  });
  if (output === undefined) return serve(html, script, port, io);
  if (output === '-') {
    io.out(html);
    return;
  }
  try {
    writeFileSync(output, html);
  } catch (error) {
    fail([`${output}: ${whyNotWritten(output, error as NodeJS.ErrnoException)}`], 2);
  }
  io.err(`tinbergen: ${output} (${Math.round(Buffer.byteLength(html) / 1024)} kB)\n`);
}

/** The script that the package was built with; a checkout has none and bundles it. */
async function scriptOfPage(): Promise<ExplorerScript> {
  if (builtScript !== undefined) return builtScript;
  // By its address, so that no bundler takes the bundler into the package.
  const source = new URL('./explorer-from-source.mjs', import.meta.url).href;
  const { bundleExplorer } = (await import(source)) as { bundleExplorer: () => Promise<ExplorerScript> };
  return bundleExplorer();
}

/** Serve one page to this machine alone, under no other name than its own, so that no page from elsewhere can ask for it. */
function serve(html: string, script: ExplorerScript, port: number, io: Io): Promise<void> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const [status, body] =
      host !== '127.0.0.1' && host !== 'localhost'
        ? [403, 'this page is served to 127.0.0.1 only\n']
        : request.method !== 'GET' && request.method !== 'HEAD'
          ? [405, 'the page can only be read\n']
          : request.url?.split('?')[0] === '/'
            ? [200, html]
            : [404, 'there is one page, at /\n'];
    response.writeHead(status, {
      'content-type': status === 200 ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'content-security-policy': `${contentPolicy(script)}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    };
    server.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      try {
        fail(
          [
            code === 'EADDRINUSE'
              ? `--port: ${port} is taken; leave it out for a free one`
              : `--port: cannot listen on 127.0.0.1:${port} (${code ?? message})`,
          ],
          2,
        );
      } catch (failure) {
        reject(failure);
      }
    });
    server.listen(port, '127.0.0.1', () => {
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
      io.out(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
      io.err('tinbergen: serving the page to this machine; Ctrl+C stops\n');
    });
  });
}
