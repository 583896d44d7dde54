import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { exampleOf } from '../../examples/http-service/examples.ts';
import type { Address } from '../../examples/http-service/requests.ts';
import { askWithin, post, runService } from './support.ts';
import type { Running } from './support.ts';

const started: Running[] = [];
async function run(...args: Parameters<typeof runService>): Promise<Running> {
  const running = await runService(...args);
  started.push(running);
  return running;
}
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

/** A body that takes minutes, and one that takes about a quarter of a second. */
const model = { equations: ['y = exp(log(a)) + 0 * b'], parameters: { a: 1, b: 1 } };
const long = {
  model,
  history: {},
  over: ['2014', '2113'],
  factors: { a: { kind: 'pert', low: 0.9, mode: 1, high: 1.2 } },
  read: ['y'],
  draws: 500_000_000,
};
const short = { ...long, over: ['2014', '2014'], draws: 20_000 };

interface Health {
  readonly status: string;
  readonly running: number;
  readonly waiting: number;
}
async function health(url: string): Promise<Health> {
  return (await (await fetch(`${url}/healthz`)).json()) as Health;
}
async function until(url: string, holds: (state: Health) => boolean): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (holds(await health(url))) return;
    await sleep(25);
  }
  throw new Error(`the service is not as expected: ${JSON.stringify(await health(url))}`);
}

describe('the service over HTTP', () => {
  let shared: Promise<Running> | undefined;
  const service = () => (shared ??= runService({ THREADS: '1', MAX_BYTES: '20000', MAX_SECONDS: '60' }));
  afterAll(async () => (await shared)?.child.kill('SIGKILL'));

  it('answers what the library answers', async () => {
    const { url } = await service();
    const ask = askWithin();
    for (const [address, body] of Object.entries(exampleOf)) {
      const response = await post(url + address, body);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.text()).toBe(ask(address as Address, body).text);
    }
  });

  it('has a page, its description and its health', async () => {
    const { url } = await service();
    const [page, api, state] = await Promise.all(
      ['/', '/openapi.json', '/healthz'].map((path) => fetch(url + path)),
    );
    expect(page!.headers.get('content-type')).toMatch('text/html');
    expect(page!.headers.get('content-security-policy')).toMatch("default-src 'none'");
    const html = await page!.text();
    expect(html).toContain('<h1>tinbergen</h1>');
    expect(html).toContain(`${url}/forecast</pre>`);
    expect(html).not.toContain('invalid');
    expect(await api!.json()).toMatchObject({ openapi: '3.1.0' });
    expect(await state!.json()).toEqual({ status: 'ok', running: 0, waiting: 0 });
  });

  it.each([
    ['another address', 404, '/plans', {}],
    ['an address of an object', 404, '/__proto__', {}],
    ['another method', 405, '/read', { method: 'GET', body: null }],
    ['another method of a page', 405, '/healthz', {}],
    ['a form', 415, '/read', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['no type', 415, '/read', { body: new Uint8Array([123, 125]), headers: {} }],
    ['a body that is too large', 413, '/read', { body: ' '.repeat(20_001) }],
    ['no JSON', 400, '/read', { body: '{' }],
    ['bytes that are no text', 400, '/read', { body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }],
    ['an empty object', 422, '/read', { body: '{}' }],
  ] as const)('%s is a problem document', async (_, status, path, init) => {
    const { url } = await service();
    const response = await post(url + path, {}, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as {
      type: string;
      status: number;
      title: string;
      detail: string;
    };
    expect(problem.status).toBe(status);
    expect(problem.detail.length).toBeGreaterThan(10);
    expect(await (await fetch(url + problem.type)).text()).toContain(`id="${problem.type.slice(2)}"`);
    if (status === 405) expect(response.headers.get('allow')).toBe(path === '/read' ? 'POST' : 'GET');
  });

  it('stops reading a body of unknown length where it becomes too large', async () => {
    const { url } = await service();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(4096).fill(32));
      },
    });
    const response = await post(`${url}/read`, {}, { body, duplex: 'half' });
    expect(response.status).toBe(413);
  });
});

describe('long requests', () => {
  it('are stopped when their time is up, and the next one is answered', async () => {
    const { url } = await run({ THREADS: '1', MAX_SECONDS: '3', MAX_DRAWS: '1000000000' });
    const began = performance.now();
    const late = await post(`${url}/simulate`, long);
    expect(late.status).toBe(504);
    expect(await late.json()).toMatchObject({ type: '/#time-up', status: 504 });
    expect(performance.now() - began).toBeGreaterThan(2990);
    expect((await post(`${url}/read`, exampleOf['/read'])).status).toBe(200);
  });

  it('are stopped when the client leaves', async () => {
    const { url } = await run({ THREADS: '1', MAX_DRAWS: '1000000000', MAX_SECONDS: '60' });
    const leave = new AbortController();
    const asked = post(`${url}/simulate`, long, { signal: leave.signal });
    const waiting = post(`${url}/simulate`, long, { signal: leave.signal });
    const left = Promise.all([asked, waiting].map((each) => expect(each).rejects.toThrow(/abort/)));
    await until(url, ({ running, waiting }) => running === 1 && waiting === 1);
    leave.abort();
    await left;
    await until(url, ({ running, waiting }) => running === 0 && waiting === 0);
    const response = await post(`${url}/simulate`, short);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(askWithin()('/simulate', short).text);
  });

  it('that are stopped harm none of those that came between them', async () => {
    const { url } = await run({ THREADS: '2', MAX_DRAWS: '1000000000', MAX_SECONDS: '30' });
    const cases = [1, 2, 3, 4].map((seed) => ({ ...short, draws: 2000, seed }));
    const expected = cases.map((body) => askWithin()('/simulate', body).text);
    let done = false;
    const leavers = async (): Promise<void> => {
      for (let i = 0; !done && i < 40; i++)
        await post(`${url}/simulate`, long, { signal: AbortSignal.timeout(30 + 7 * i) }).catch(
          () => undefined,
        );
    };
    const stayers = async (k: number): Promise<void> => {
      for (let i = 0; i < 8; i++) {
        const response = await post(`${url}/simulate`, cases[(i + k) % 4]);
        expect(response.status).toBe(200);
        expect(await response.text()).toBe(expected[(i + k) % 4]);
      }
    };
    const leaving = leavers();
    await Promise.all([0, 1, 2].map(stayers)).finally(() => (done = true));
    await leaving;
  });

  it('are stopped also when their body came without a length', async () => {
    const { url } = await run({ THREADS: '1', MAX_DRAWS: '1000000000', MAX_SECONDS: '60' });
    const leave = new AbortController();
    const body = new Blob([JSON.stringify(long)]).stream();
    const asked = post(`${url}/simulate`, {}, { body, duplex: 'half', signal: leave.signal });
    const left = expect(asked).rejects.toThrow(/abort/);
    await until(url, ({ running }) => running === 1);
    leave.abort();
    await left;
    await until(url, ({ running }) => running === 0);
  });

  it('beyond the queue are refused with a time to come back, and none of the others is lost', async () => {
    const { url } = await run({ THREADS: '1', MAX_WAITING: '3', MAX_SECONDS: '60' });
    const expected = askWithin()('/simulate', short).text;
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const response = await post(`${url}/simulate`, short);
        return {
          status: response.status,
          retry: response.headers.get('retry-after'),
          text: await response.text(),
        };
      }),
    );
    const [done, refused] = [200, 503].map((status) => answers.filter((answer) => answer.status === status));
    expect(done!.length + refused!.length).toBe(12);
    expect(done!.length).toBeGreaterThanOrEqual(4);
    expect(refused!.length).toBeGreaterThan(0);
    for (const { text } of done!) expect(text).toBe(expected);
    for (const { retry, text } of refused!) {
      expect(Number(retry)).toBeGreaterThan(0);
      expect(JSON.parse(text)).toMatchObject({ type: '/#overloaded', status: 503 });
    }
  });

  it('that need more memory than a thread has do not take the service with them', async () => {
    const { url } = await run({ THREADS: '1', MAX_MEGABYTES: '40', MAX_SECONDS: '60' });
    const many = Array.from({ length: 100 }, (_, i) => ({ name: `s${i}`, set: { a: i } }));
    const equations = Array.from({ length: 800 }, (_, i) => `y${i} = a + ${i}`);
    const response = await post(`${url}/scenarios`, {
      ...long,
      model: { ...model, equations },
      scenarios: many,
      factors: undefined,
      read: undefined,
      draws: undefined,
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      type: '/#over-limit',
      detail: 'it needs more than 40 MB; ask for less at a time',
    });
    expect((await post(`${url}/read`, exampleOf['/read'])).status).toBe(200);
  });
});

describe.skipIf(process.platform === 'win32')('SIGTERM', () => {
  it('finishes what is under way, takes no more, and ends with 0', async () => {
    const { url, child, ended, log } = await run({ THREADS: '1', MAX_SECONDS: '60' });
    const { hostname, port } = new URL(url);
    const asked = [short, short, short].map((body) => post(`${url}/simulate`, body));
    await until(url, ({ running, waiting }) => running + waiting === 3);
    child.kill('SIGTERM');
    await sleep(50);
    const refused = await new Promise<boolean>((resolve) => {
      const socket = createConnection(Number(port), hostname, () => resolve(false));
      socket.on('error', () => resolve(true));
    });
    expect(refused).toBe(true);
    const expected = askWithin()('/simulate', short).text;
    for (const response of await Promise.all(asked)) {
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(expected);
    }
    expect(await ended).toBe(0);
    expect(log()).toContain('SIGTERM: requests under way are finished');
  });

  it('reaches it also through npm, whose shell hands no signal on', async () => {
    const { url, child, ended } = await run({ THREADS: '1', MAX_SECONDS: '60' }, [], { underShell: true });
    const asked = post(`${url}/simulate`, short);
    await until(url, ({ running }) => running === 1);
    child.kill('SIGTERM');
    await ended;
    expect((await asked).status).toBe(200);
    await expect(
      (async () => {
        for (let i = 0; i < 400; i++) {
          await health(url);
          await sleep(25);
        }
      })(),
    ).rejects.toThrow('fetch failed');
  });

  it('does not wait for ever for a client that never finishes its request', async () => {
    const { url, child, ended } = await run({ THREADS: '1', MAX_SECONDS: '1' });
    const { hostname, port } = new URL(url);
    const socket = createConnection(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(
      'POST /read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await sleep(100);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    socket.destroy();
  });

  it('ends an idle service at once, with clients that keep their connections', async () => {
    const { url, child, ended } = await run({ THREADS: '2' });
    await post(`${url}/read`, exampleOf['/read']);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

describe('a start that cannot be', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT=http is no port'],
    [{ MAX_DRAWS: 'lots' }, 'MAX_DRAWS=lots is no limit'],
    [{ HOST: '203.0.113.1' }, 'EADDRNOTAVAIL'],
  ])('%j is said', async (env, words) => {
    await expect(runService(env)).rejects.toThrow(words);
  });
});
