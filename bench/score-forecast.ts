/**
 * How accurate and how honest forecasts are: the tables of sMAPE, MASE, coverage and MSIS on the M3 competition's series,
 * the probabilities of reaching a target, and agreement with R's forecast package on 60 series. Run with
 * `npm run score:forecast`, or with `-- yearly` (quarterly, monthly, other, targets, reference, speed, cold) for one part.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arima } from '../src/forecast/arima.ts';
import { auto } from '../src/forecast/auto.ts';
import { ets } from '../src/forecast/ets.ts';
import type { Forecast, FitOptions, Method } from '../src/forecast/method.ts';
import { drift, logDrift } from '../src/forecast/naive.ts';
import { chanceAt } from '../src/forecast/path.ts';
import { brier, calibrationError, coverage, mase, msis, smape } from '../src/forecast/score.ts';
import { theta } from '../src/forecast/theta.ts';
import { addPeriods } from '../src/time/period.ts';
import type { Period } from '../src/time/period.ts';
import { series } from '../src/time/series.ts';
import type { Series } from '../src/time/series.ts';
import { quantile } from '../src/uncertainty/quantile.ts';

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly freq: number;
  readonly h: number;
  readonly x: readonly number[];
  readonly xx: readonly number[];
}

const data = new URL('../../shared/data/', import.meta.url);
const parts = process.argv.slice(2);
const wants = (part: string): boolean => parts.length === 0 || parts.includes(part);

function read<T = Entry>(name: string): T[] {
  const file = new URL(name, data);
  if (!existsSync(file)) {
    console.log(`${name} is not beside the checkout: skipped`);
    return [];
  }
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T); // prettier-ignore
}

function historyOf(entry: Entry): Series {
  const start: Period = entry.freq === 12 ? '1900-01' : entry.freq === 4 ? '1900-Q1' : '1900';
  return series(start, entry.x);
}

interface Total {
  series: number;
  smape: number;
  mase: number;
  inside: number;
  count: number;
  msis: number;
}

const empty = (): Total => ({ series: 0, smape: 0, mase: 0, inside: 0, count: 0, msis: 0 });

function add(total: Total, entry: Entry, forecast: Forecast): void {
  const medians = forecast.steps.map((step) => quantile(step, 0.5));
  const m = entry.freq;
  total.series++;
  total.smape += smape(entry.xx, medians);
  total.mase += mase(entry.xx, medians, entry.x, m);
  total.inside += coverage(entry.xx, forecast) * entry.h;
  total.count += entry.h;
  total.msis += msis(entry.xx, forecast, entry.x, m);
}

function show(label: string, t: Total): Record<string, string | number> {
  const round = (v: number, digits: number): number => Number(v.toFixed(digits));
  return {
    what: label,
    series: t.series,
    sMAPE: round(t.smape / t.series, 2),
    MASE: round(t.mase / t.series, 3),
    'coverage 95 %': round((100 * t.inside) / t.count, 1),
    MSIS: round(t.msis / t.series, 2),
  };
}

function score(label: string, entries: readonly Entry[], method: Method, options: FitOptions = {}): Total {
  const total = empty();
  for (const entry of entries) add(total, entry, method.fit(historyOf(entry), options).predict(entry.h));
  console.log(JSON.stringify(show(label, total)));
  return total;
}

const all = empty();
function accuracy(name: string): void {
  const entries = read(`m3-${name}.jsonl`);
  if (entries.length === 0) return;
  const total = score(`${name}, auto`, entries, auto());
  all.series += total.series;
  all.smape += total.smape;
  all.mase += total.mase;
  if (name === 'yearly') {
    const macro = entries.filter((entry) => entry.type === 'MACRO');
    score('yearly macro, auto declared', macro, auto(), { declare: 'economic-level' });
    score('yearly macro, auto undeclared', macro, auto());
    score('yearly macro, log drift', macro, logDrift());
  }
  if (parts.includes('methods')) {
    for (const method of [ets(), arima(), theta(), theta({ model: 'standard' }), drift()])
      score(`${name}, ${method.kind}`, entries, method);
  }
}

/**
 * Targets: the last value compounded at the history's mean log growth plus d standard deviations of it, over h periods
 * h mean + d sd sqrt(h), with d from -1 to 1.
 */
function targets(label: string, entries: readonly Entry[], options: FitOptions): void {
  const chances: number[] = [];
  const came: number[] = [];
  for (const entry of entries) {
    if (entry.x.some((v) => v <= 0)) continue;
    const growth = entry.x.slice(1).map((v, t) => Math.log(v / entry.x[t]!));
    const mean = growth.reduce((a, b) => a + b, 0) / growth.length;
    const sd = Math.sqrt(growth.reduce((a, b) => a + (b - mean) ** 2, 0) / (growth.length - 1));
    const forecast = auto().fit(historyOf(entry), options).predict(entry.h);
    for (const d of [-1, -0.5, 0, 0.5, 1]) {
      for (let j = 0; j < entry.h; j++) {
        const target = entry.x.at(-1)! * Math.exp((j + 1) * mean + d * sd * Math.sqrt(j + 1));
        chances.push(chanceAt(forecast, { low: target }, addPeriods(forecast.start, j)));
        came.push(entry.xx[j]! >= target ? 1 : 0);
      }
    }
  }
  const base = came.reduce((a, b) => a + b, 0) / came.length;
  console.log(JSON.stringify({
    what: label, targets: came.length, Brier: Number(brier(chances, came).toFixed(4)),
    'calibration error': Number(calibrationError(chances, came).toFixed(4)),
    'base rate Brier': Number((base * (1 - base)).toFixed(4)), 'mean probability': Number((chances.reduce((a, b) => a + b, 0) / chances.length).toFixed(3)), came: Number(base.toFixed(3)),
  })); // prettier-ignore
}

interface Reference extends Entry {
  readonly period: string;
  readonly R: Record<string, Record<string, string> & { readonly mean: readonly number[] }>;
}

function reference(): void {
  const entries = read<Reference>('r-forecast-sample60.jsonl');
  const counts = { ets: 0, arima: 0, sameModel: 0, theta: 0, thetaLooser: 0 };
  for (const entry of entries) {
    const history = historyOf(entry);
    const smooth = ets({ calibrated: false }).fit(history);
    const gap = smooth.aicc! - Number(entry.R['ets']!['aicc']);
    if (gap <= 0.01) counts.ets++;
    else
      console.log(
        `  ${entry.id}: ${smooth.method} has AICc ${gap.toFixed(3)} above R's ${entry.R['ets']!['model']}`,
      );
    const r = entry.R['autoarima']!;
    const n = (key: string): number => Number(r[key] ?? 0);
    const chosen = arima({ calibrated: false }).fit(history);
    const same = arima({
      order: [n('p'), n('d'), n('q')],
      seasonal: [n('P'), n('D'), n('Q')],
      constant: /drift|mean/.test(r['model']!),
      calibrated: false,
    }).fit(history);
    const shortfall = Number(r['loglik']) - same.logLikelihood!;
    if (shortfall <= 0.5) counts.arima++;
    else console.log(`  ${entry.id}: ${same.method} has a likelihood ${shortfall.toFixed(3)} below R's`);
    if (chosen.method.replace(/ /g, '') === r['model']!.replace(/ /g, '')) counts.sameModel++;
    else
      console.log(
        `  ${entry.id}: arima chose ${chosen.method} (AICc ${chosen.aicc!.toFixed(3)}), R ${r['model']} (${r['aicc']})`,
      );
    const points = theta({ model: 'standard', calibrated: false })
      .fit(history)
      .predict(entry.h)
      .steps.map((s) => quantile(s, 0.5));
    const off = Math.max(...points.map((v, j) => Math.abs(v / Number(entry.R['thetaf']!.mean[j]) - 1)));
    if (off <= 1e-6) counts.theta++;
    if (off <= 2e-5) counts.thetaLooser++;
  }
  console.log(JSON.stringify({ of: entries.length, "ets AICc at most R's + 0.01": counts.ets, 'arima likelihood within 0.5': counts.arima, 'same arima model': counts.sameModel, 'theta within 1e-6': counts.theta, 'theta within 2e-5': counts.thetaLooser })); // prettier-ignore
}

function speed(): void {
  const rate = (label: string, entries: readonly Entry[], method: Method, most: number): void => {
    const some = entries.filter((_, i) => i % Math.max(1, Math.floor(entries.length / most)) === 0);
    const go = (): void => some.forEach((entry) => void method.fit(historyOf(entry)).predict(entry.h));
    go();
    // Processor time, which other programs on the machine do not stretch as they do the clock.
    const start = process.cpuUsage();
    go();
    const { user, system } = process.cpuUsage(start);
    const perSecond = some.length / ((user + system) / 1e6);
    console.log(JSON.stringify({ what: label, 'series a second': Number(perSecond.toFixed(1)) }));
  };
  const plain = { calibrated: false };
  for (const [name, most] of [['yearly', 200], ['quarterly', 60], ['monthly', 24]] as const) {
    const entries = read(`m3-${name}.jsonl`);
    if (entries.length === 0) continue;
    rate(`${name} ets`, entries, ets(plain), most);
    rate(`${name} arima`, entries, arima(plain), most);
    rate(`${name} theta`, entries, theta(plain), most);
    rate(`${name} standard theta`, entries, theta({ model: 'standard', ...plain }), most);
    rate(`${name} auto`, entries, auto(), most);
  } // prettier-ignore
}

/** What `auto` on one yearly series costs a new Node process, above one that does nothing: bundled, median of 15. */
async function cold(): Promise<void> {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'cold-'));
  const here = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
  const values = Array.from({ length: 30 }, (_, t) => 100 * Math.exp(0.04 * t + 0.1 * Math.sin(t * t)));
  const call = `forecast(series('1980', ${JSON.stringify(values)}), auto())`;
  const contents = `import { auto } from ${here('../src/forecast/auto.ts')};
import { forecast } from ${here('../src/forecast/forecast.ts')};
import { series } from ${here('../src/time/series.ts')};
if (${call}.steps.length !== 4) throw new Error();`;
  const [empty, bundle] = [join(folder, 'empty.mjs'), join(folder, 'bundle.mjs')];
  writeFileSync(empty, '');
  await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    outfile: bundle,
  });
  const times: Record<string, number[]> = { [empty]: [], [bundle]: [] };
  for (let i = 0; i < 15; i++) {
    for (const file of [empty, bundle]) {
      const start = performance.now();
      if (spawnSync(process.execPath, [file]).status !== 0) throw new Error(`${file} failed`);
      times[file]!.push(performance.now() - start);
    }
  }
  const middle = (file: string): number => times[file]!.sort((a, b) => a - b)[7]!;
  console.log(JSON.stringify({ what: 'auto on 30 years, cold, ms above an empty process', ms: Number((middle(bundle) - middle(empty)).toFixed(1)), empty: Number(middle(empty).toFixed(1)) })); // prettier-ignore
  rmSync(folder, { recursive: true });
}

for (const name of ['yearly', 'quarterly', 'monthly', 'other']) if (wants(name)) accuracy(name);
if (parts.length === 0) {
  console.log(JSON.stringify({ what: 'all of M3', series: all.series, sMAPE: Number((all.smape / all.series).toFixed(2)), MASE: Number((all.mase / all.series).toFixed(3)) })); // prettier-ignore
}
if (wants('targets')) {
  const entries = read('m3-yearly.jsonl');
  if (entries.length > 0) {
    targets('targets, yearly', entries, {});
    const macro = entries.filter((entry) => entry.type === 'MACRO');
    targets('targets, yearly macro declared', macro, { declare: 'economic-level' });
    targets('targets, yearly macro undeclared', macro, {});
  }
}
if (wants('reference')) reference();
if (wants('speed')) speed();
if (wants('cold')) await cold();
