/**
 * `npm run bench:report`: measures accuracy and speed on this machine and writes docs/accuracy-and-speed.md. What does not
 * fit into five minutes is left out and named.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accuracy } from './report-accuracy.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const limit = 290_000;
const start = performance.now();
const left = (): number => limit - (performance.now() - start);
const omitted: string[] = [];

interface Benchmark {
  readonly name: string;
  /** Milliseconds. */
  readonly median: number;
  readonly sampleCount: number;
}

interface Group {
  readonly fullName: string;
  readonly benchmarks: readonly Benchmark[];
}

const loadBefore = loadavg()[0]!;
const known = accuracyTable();
const reader = await readerSection();
const forecasts = await forecastSection();
const speed = await speedSection();
const load = Math.max(loadBefore, loadavg()[0]! - 1);
writeFileSync(join(root, 'docs/accuracy-and-speed.md'), page());
console.log(`docs/accuracy-and-speed.md written in ${((performance.now() - start) / 1000).toFixed(0)} s`);

function page(): string {
  const [cpu] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  const busy = load > 0.5 * availableParallelism();
  return `# Accuracy and speed

Measured by \`npm run bench:report\` on ${date}, on ${cpu?.model.trim() ?? 'an unknown processor'}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}. ${
    busy
      ? `The machine was busy with other work (load average ${load.toFixed(1)} on ${availableParallelism()} cores): times are longer than on an idle one; ratios within a group suffer less.`
      : `The machine was idle otherwise (load average ${load.toFixed(1)}).`
  } Which references these are is on the [methods page](methods.md).

## Accuracy against known answers

The largest error over all values compared. A double holds some 1e-16.

${known}

${forecasts}

${reader}

## Speed

The time of one call (median), and how many times the first row of its group that is. Each group is measured in one run, beside an honest alternative where there is one; the code is \`bench/*.bench.ts\`, and \`npm run bench\` runs it.

${speed}
${omitted.length === 0 ? '' : `\nLeft out of this run, for want of time: ${omitted.join(', ')}.\n`}`;
}

function accuracyTable(): string {
  return table(
    ['what', 'against', 'largest error'],
    accuracy().map(({ what, against, error, measure }) => [
      what,
      against,
      `${error.toExponential(1)} ${measure}`,
    ]),
  );
}

async function readerSection(): Promise<string> {
  const { out } = await run(['--import', 'tsx', 'bench/score-reader.ts'], 60_000);
  const lines = out.split('\n').filter((line) => /^\w+ {2,}\S/.test(line));
  const heading = '## Reading plans';
  return lines.length === 0
    ? `${heading}\n\nThe text of the 2014 plan is not beside this checkout: not measured here. What the tests hold is on the methods page.`
    : `${heading}\n\nThe 2014 work plan of Lüyuan District against a table of its targets made by hand. Its text was in view while the grammar was written; unseen text is not measured.\n\n${table(
        ['what', 'result'],
        lines.map((line) => {
          const [, what, result] = /^(\w+(?:-\w+)?) {2,}(.*)$/.exec(line)!;
          return [what!, result!.replace(/ \(plan .*/, '')];
        }),
      )}`;
}

async function forecastSection(): Promise<string> {
  const parts = ['yearly', 'targets', 'reference'];
  if (left() > 240_000) parts.push('quarterly');
  const { out } = await run(['--import', 'tsx', 'bench/score-forecast.ts', ...parts], 120_000);
  const rows = out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, string | number>);
  const heading = '## Forecasts';
  const scores = rows.filter((row) => 'MASE' in row);
  const targets = rows.filter((row) => 'Brier' in row);
  const reference = rows.find((row) => 'of' in row);
  if (rows.length === 0)
    return `${heading}\n\nThe series of the M3 competition are not beside this checkout: not measured here (\`npm run score:forecast\` measures where they are).`;
  return [
    heading,
    'The M3 competition (Makridakis and Hibon 2000): forecasts from the histories, scored on the futures, means over series. The other series: `npm run score:forecast`. Members of the combination were compared with these futures in view, which flatters the figures a little.',
    table(['what', ...keysOf(scores)], scores.map((row) => [row['what']!, ...keysOf(scores).map((key) => row[key]!)])), // prettier-ignore
    'Probabilities of reaching a target, for targets from easy to hard: the Brier score beside that of always giving the base rate, and how far stated probabilities are from what came.',
    table(['what', ...keysOf(targets)], targets.map((row) => [row['what']!, ...keysOf(targets).map((key) => row[key]!)])), // prettier-ignore
    ...(reference === undefined
      ? []
      : [
          `Against R's forecast 8.20, on ${reference['of']} of these series, the number that agree:`,
          table(
            ['what', 'series'],
            Object.entries(reference)
              .filter(([key]) => key !== 'of')
              .map(([key, count]) => [key, count]),
          ),
        ]),
  ].join('\n\n');
}

async function speedSection(): Promise<string> {
  const order = [
    'solve',
    'model',
    'uncertainty',
    'sensitivity',
    'forecast',
    'consistency',
    'balance',
    'estimate',
  ];
  const placeOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const names = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', ''))
    .toSorted((a, b) => placeOf(a) - placeOf(b) || Number(a === 'parallel') - Number(b === 'parallel'));
  const sections: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'tinbergen-bench-'));
  for (const name of names) {
    const json = join(folder, `${name}.json`);
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'bench',
      '--run',
      '--outputJson',
      json,
      `bench/${name}.bench.ts`,
    ];
    const { done, out } = left() < 5000 ? { done: false, out: '' } : await run(vitest, left());
    if (!done) {
      omitted.push(`${name}.bench.ts`);
      continue;
    }
    const { files } = JSON.parse(readFileSync(json, 'utf8')) as { files: { groups: Group[] }[] };
    const groups = files.flatMap((file) => file.groups).filter(({ benchmarks }) => benchmarks.length > 0);
    const notes = [...new Set(out.match(/^(?:covered|grew by|numpy with) .*$/gm) ?? [])];
    sections.push(`### ${name[0]!.toUpperCase()}${name.slice(1)}`, ...groups.map(groupTable), ...notes);
  }
  rmSync(folder, { recursive: true });
  return sections.join('\n\n');
}

function groupTable({ fullName, benchmarks }: Group): string {
  const first = benchmarks[0]!.median;
  return table(
    [fullName.split(' > ').slice(1).join(', '), 'one call', 'times the first'],
    benchmarks.map(({ name, median }, i) => [name, time(median), i === 0 ? '1' : digits(median / first)]),
  );
}

function time(ms: number): string {
  if (ms >= 1000) return `${digits(ms / 1000)} s`;
  return ms >= 1 ? `${digits(ms)} ms` : `${digits(ms * 1000)} µs`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function keysOf(rows: readonly Record<string, unknown>[]): string[] {
  return Object.keys(rows[0] ?? {}).filter((key) => key !== 'what');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** A Node program's output; ended when its time is up. */
function run(args: readonly string[], timeout: number): Promise<{ done: boolean; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const clock = setTimeout(() => child.kill(), timeout);
    child.on('close', (code) => {
      clearTimeout(clock);
      resolve({ done: code === 0, out });
    });
  });
}
