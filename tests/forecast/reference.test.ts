import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arima } from '../../src/forecast/arima.ts';
import { ets } from '../../src/forecast/ets.ts';
import { theta } from '../../src/forecast/theta.ts';
import type { Period } from '../../src/time/period.ts';
import { series } from '../../src/time/series.ts';
import type { Series } from '../../src/time/series.ts';
import { quantile } from '../../src/uncertainty/quantile.ts';

/** R forecast 8.20 on 60 series of the M3 competition; the file is not part of the repository. */
interface Reference {
  readonly id: string;
  readonly freq: number;
  readonly h: number;
  readonly x: readonly number[];
  readonly R: Record<
    string,
    Record<string, string> & { readonly mean: readonly number[]; readonly hi95: readonly number[] }
  >;
}

const file = new URL('../../../shared/data/r-forecast-sample60.jsonl', import.meta.url);
const present = existsSync(file);
const entries = present
  ? readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Reference)
  : []; // prettier-ignore
if (!present) console.info('r-forecast-sample60.jsonl is not beside the checkout: comparison with R skipped');

function historyOf({ freq, x }: Reference): Series {
  const start: Period = freq === 12 ? '1900-01' : freq === 4 ? '1900-Q1' : '1900';
  return series(start, x);
}

describe.runIf(present)('against R forecast 8.20 on 60 series', () => {
  it("ets finds an AICc at most R's + 0.01", () => {
    for (const e of entries)
      expect(ets().fit(historyOf(e)).aicc!).toBeLessThanOrEqual(Number(e.R['ets']!['aicc']) + 0.01);
  });

  it('arima finds the likelihood of the model that R chose within 0.01, and its forecasts', () => {
    for (const e of entries) {
      const r = e.R['autoarima']!;
      const n = (key: string): number => Number(r[key] ?? 0);
      const order = [n('p'), n('d'), n('q')] as const;
      const constant = /drift|mean/.test(r['model']!);
      const fit = arima({ order, seasonal: [n('P'), n('D'), n('Q')], constant, calibrated: false }).fit(
        historyOf(e),
      );
      expect(fit.logLikelihood!).toBeGreaterThan(Number(r['loglik']) - 0.01);
      fit.predict(e.h).steps.forEach((step, j) => {
        expect(Math.abs(quantile(step, 0.5) / r.mean[j]! - 1)).toBeLessThan(2e-3);
      });
    }
  });

  it("theta has R's points within 5e-4, and on yearly series a first-step scale at most R's", () => {
    // Points that differ by more than 1e-6 do so because R's search for alpha stops short of the minimum.
    let close = 0;
    for (const e of entries) {
      const { steps } = theta({ model: 'standard', calibrated: false }).fit(historyOf(e)).predict(e.h);
      const r = e.R['thetaf']!;
      const off = Math.max(...steps.map((step, j) => Math.abs(quantile(step, 0.5) / r.mean[j]! - 1)));
      expect(off).toBeLessThan(5e-4);
      if (off < 1e-6) close++;
      const step = steps[0]!;
      const sd = (r.hi95[0]! - r.mean[0]!) / 1.959963984540054;
      if (e.freq === 1 && step.kind === 'student') expect(step.scale / sd).toBeLessThanOrEqual(1);
    }
    expect(close).toBeGreaterThanOrEqual(41);
  });
});
