import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from 'hono';
import type { Limits } from './limits.ts';
import { openApi } from './openapi.ts';
import { escape, page } from './page.ts';
import { problem, problemType } from './problem.ts';
import type { Problem } from './problem.ts';
import { requestsWithin } from './requests.ts';
import type { Address } from './requests.ts';
import type { Threads } from './threads.ts';

/**
 * The service: bytes go from the socket to a thread and back. Nothing is parsed, checked, computed or written as JSON on
 * the event loop, so that no request can hold up another one.
 */
export function serviceApp(limits: Limits, threads: Threads, isStopping: () => boolean): Hono {
  const app = new Hono();
  const api = openApi(limits);
  const document = JSON.stringify(api);
  // Commands on the page are to be copied as they stand, wherever the service is reached.
  const somewhere = 'http://service.invalid';
  const html = page(api, limits, somewhere);

  app.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
    // A connection that is kept alive would keep a service alive that is to end.
    if (isStopping()) c.header('connection', 'close');
  });

  app.get('/', (c) => {
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    const here = escape(originOf(c));
    // A function: in a text, `$'` and the like would be expanded.
    return c.html(html.replaceAll(somewhere, () => here));
  });
  app.get('/openapi.json', (c) => c.body(document, 200, { 'content-type': 'application/json' }));
  app.get('/healthz', (c) => {
    const stopping = isStopping();
    const [running, waiting] = [threads.running(), threads.waiting()];
    return c.json({ status: stopping ? 'stopping' : 'ok', running, waiting }, stopping ? 503 : 200);
  });

  const addresses = Object.keys(requestsWithin(limits)) as Address[];
  for (const address of addresses) {
    app.post(address, jsonOnly, within(limits), async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const answer = await threads.answer(address, bytes, c.req.raw.signal);
      if ('type' in answer) return refusal(c, answer);
      const { status, body } = answer;
      return c.body(body, status as 200, {
        'content-type': status === 200 ? 'application/json' : problemType,
      });
    });
  }

  // Any other method of an address that is there, and any other address.
  for (const path of [...addresses, '/', '/openapi.json', '/healthz']) {
    const method = addresses.includes(path as Address) ? 'POST' : 'GET';
    app.all(path, (c) => {
      c.header('allow', method);
      return refusal(c, problem('wrong-method', `${path} takes ${method}, not ${c.req.method}`));
    });
  }
  app.notFound((c) =>
    refusal(c, problem('not-found', `${c.req.path} is none of ${addresses.join(', ')}; GET / explains them`)),
  );
  app.onError((error, c) => {
    if (c.req.raw.signal.aborted) return refusal(c, problem('client-left', 'nothing was computed'));
    console.error(error);
    return refusal(c, problem('failed', 'nothing was computed; the log of the service says more'));
  });
  return app;
}

/** Where the client reached the service, as it says itself; where it says nothing that can be an address, the default one. */
function originOf(c: Context): string {
  const host = c.req.header('host') ?? '';
  if (!/^[\w.:[\]-]{1,255}$/.test(host)) return 'http://127.0.0.1:8080';
  return `${c.req.url.startsWith('https:') ? 'https' : 'http'}://${host}`;
}

/** Only what says that it is JSON is read: a form on somebody else's web page cannot say so. */
async function jsonOnly(c: Context, next: () => Promise<void>): Promise<Response | void> {
  const type = c.req.header('content-type') ?? '';
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return next();
  const hint = `send it with 'content-type: application/json' (curl --json does); it came ${type === '' ? 'without' : `as ${type}`}`;
  return refusal(c, problem('wrong-media-type', hint));
}

function within({ bytes }: Limits) {
  return bodyLimit({
    maxSize: bytes,
    onError: (c) => refusal(c, problem('too-large', `send at most ${bytes} bytes`)),
  });
}

function refusal(c: Context, document: Problem): Response {
  const { status } = document;
  return c.body(JSON.stringify(document), status as 400, {
    'content-type': problemType,
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  });
}
