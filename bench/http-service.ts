// Load on the HTTP service over loopback: requests per second, latency, and what comes of four times what it can hold.
// The load is made in this process, on the same machine: the service alone would hold more.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { normal, outcome, simulate, solve } from '../src/index.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';

/** A request and what the library answers to it. */
interface Case {
  readonly path: string;
  readonly body: string;
  readonly expected: string;
}

/** What came back. Lost is no answer at all; wrong is any other one. */
type Result = 'right' | 'refused' | 'wrong' | 'lost';
interface Reply {
  readonly result: Result;
  readonly milliseconds: number;
}

const { equations, parameters } = twoEngine();
const model = { equations, parameters };
const history = twoEngineHistory(twoEngine(), '2013');

const projections = [2, 3, 4, 5, 6].map((n): Case => {
  const options = { over: ['2014', '2018'], set: { g_services: n / 50 } } as const;
  const expected = JSON.stringify(solve(model, history, options));
  return { path: '/project', body: JSON.stringify({ model, history, ...options }), expected };
});

const simulations = [1, 2, 3, 4, 5].map((seed): Case => {
  const over = ['2014', '2014'] as const;
  const factors = { g_output_industry: normal(0.15, 0.02), g_services: normal(0.08, 0.01) };
  const bands = { goal: { output: 'growth_gdp', low: 0.12 } } as const;
  const read = ['growth_gdp'] as const;
  const study = outcome(model, history, { over, factors: ['g_output_industry', 'g_services'], read });
  const summary = simulate(study, factors, { draws: 10_000, seed, bands });
  const question = { model, history, over, factors, read, bands, draws: 10_000, seed };
  return {
    path: '/simulate',
    body: JSON.stringify({ ...question, quantiles: [], full: true }),
    expected: JSON.stringify({ quantiles: { growth_gdp: [] }, summary }),
  };
});

/** How long each of the two rates is held for each kind of request. */
const seconds = 1;

const service = await start();
try {
  const before = loadavg()[0]!;
  const rows = [
    await measure('projection (two engines, 5 years)', projections),
    await measure('simulation of 10,000 draws', simulations),
  ];
  console.log(
    `${cpus()[0]!.model}, ${availableParallelism()} processors, load ${before.toFixed(1)} before; the`,
  );
  console.log('load is made on the same processors.');
  console.table(rows);
  if (rows.some((row) => row.wrong > 0 || row.lost > 0)) process.exitCode = 1;
} finally {
  service.child.kill('SIGTERM');
}

/** What the service holds with as many clients as it has threads and one more, then four times that. */
async function measure(what: string, cases: readonly Case[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 400 });
  await inTurn(agent, cases, 300);
  const held = await inTurn(agent, cases, 1000 * seconds);
  const rate = held.length / seconds;
  const over = await atRate(agent, cases, 4 * rate, 1000 * seconds);
  agent.destroy();
  const count = (result: Result): number =>
    [...held, ...over].filter((reply) => reply.result === result).length;
  return {
    what,
    'requests/s': Math.round(rate),
    'median ms': quantileOf(held, 0.5),
    'p99 ms': quantileOf(held, 0.99),
    'asked at 4x, per s': Math.round(over.length / seconds),
    right: count('right'),
    'refused (503)': count('refused'),
    wrong: count('wrong'),
    lost: count('lost'),
    'p99 ms at 4x': quantileOf(over, 0.99),
  };
}

/** Each client asks again as soon as it is answered. */
async function inTurn(agent: Agent, cases: readonly Case[], milliseconds: number): Promise<Reply[]> {
  const replies: Reply[] = [];
  const end = performance.now() + milliseconds;
  const client = async (first: number): Promise<void> => {
    for (let i = first; performance.now() < end; i++)
      replies.push(await ask(agent, cases[i % cases.length]!));
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, (_, i) => client(i)));
  return replies;
}

/** Requests at a steady rate, whatever comes back. */
async function atRate(
  agent: Agent,
  cases: readonly Case[],
  perSecond: number,
  milliseconds: number,
): Promise<Reply[]> {
  const replies: Promise<Reply>[] = [];
  const began = performance.now();
  for (let now = began; now - began < milliseconds; now = performance.now()) {
    const due = (perSecond * (now - began)) / 1000;
    // A few at a time, so that answers are read between them.
    for (let k = 0; k < 50 && replies.length < due; k++)
      replies.push(ask(agent, cases[replies.length % cases.length]!));
    await sleep(1);
  }
  return Promise.all(replies);
}

function ask(agent: Agent, { path, body, expected }: Case): Promise<Reply> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (result: Result): void => resolve({ result, milliseconds: performance.now() - began });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(service.url + path, { agent, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end('lost'));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode, headers } = response;
        const refused =
          statusCode === 503 &&
          Number(headers['retry-after']) > 0 &&
          headers['content-type'] === 'application/problem+json' &&
          (JSON.parse(text) as { type?: string }).type === '/#overloaded';
        end(refused ? 'refused' : statusCode === 200 && text === expected ? 'right' : 'wrong');
      });
    });
    asked.setTimeout(10_000, () => asked.destroy());
    asked.on('error', () => end('lost'));
    asked.on('close', () => end('lost'));
    asked.end(body);
  });
}

function quantileOf(replies: readonly Reply[], p: number): number {
  const sorted = replies.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN).toFixed(1));
}

async function start(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const file = fileURLToPath(new URL('../examples/http-service/dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [file], {
    // A short queue, so that the end of the overload is not long in coming.
    env: { ...process.env, PORT: '0', MAX_WAITING: '32' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /listens at (\S+)/.exec(chunk.toString());
      if (found !== null) resolve(found[1]!);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return { url, child };
}
