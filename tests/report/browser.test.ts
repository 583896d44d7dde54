import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlanFile, series } from '../../src/index.ts';
import type { Language } from '../../src/index.ts';
import { studyPlan } from '../../src/presets/index.ts';
import { report, reportEvidence } from '../../src/report/index.ts';
import { extras } from './extras.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.info(`report in a browser: skipped, there is no ${executablePath} (set CHROMIUM)`);

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-report-'));
let browser: Browser;

describe.skipIf(!hasBrowser)('the report in Chromium', () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['en', 'zh'] as const)(
    '%s: no error, no request, two A4 pages, fits a phone',
    async (language: Language) => {
      const file = join(folder, `${language}.html`);
      writeFileSync(file, report(studyPlan(plan, { language }), { language }));
      const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
      const said: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      expect(said).toEqual([]);
      expect(asked).toEqual([pathToFileURL(file).href]);

      // As functions in text: the tests are not compiled with the types of the DOM.
      const widest = await page.evaluate('document.documentElement.scrollWidth');
      expect(widest).toBeLessThanOrEqual(375);
      const smallest = await page.evaluate(
        "Math.min(...[...document.querySelectorAll('svg text')].map((t) => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getBoundingClientRect().width / t.ownerSVGElement.viewBox.baseVal.width))",
      );
      expect(smallest).toBeGreaterThan(8);

      // What the width table promised holds for the fonts that are here: nothing reaches out of its picture.
      const cut = await page.evaluate(
        "[...document.querySelectorAll('svg text')].filter((t) => { const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect(); return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 2 || a.bottom > b.bottom + 2; }).map((t) => t.textContent)",
      );
      expect(cut).toEqual([]);

      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page(?![a-zA-Z])/g)).toHaveLength(2);
      // A4 in points.
      expect(pdf).toMatch(/\/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/);
      await page.close();
    },
    60_000,
  );

  it('with chances, forecasts and paces it still prints to two pages', async () => {
    const page = await browser.newPage();
    const past = extras(plan).forecasts![0]!.history!;
    for (const language of ['en', 'zh'] as const) {
      const study = studyPlan(plan, { language });
      const evidence = reportEvidence(study, {
        draws: 1000,
        language,
        history: { gdp: past, retail: past, fai: past, revenue: past },
        actual: { gdp: series('2014-Q1', [0.1, 0.11]), retail: series('2014-Q1', [0.12]) },
      });
      await page.setContent(report(study, { ...evidence, language, date: '2014-07-15' }));
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page(?![a-zA-Z])/g), language).toHaveLength(2);
    }
    await page.close();
  }, 60_000);

  it('dark: ink on paper has the contrast that reading needs', async () => {
    const file = join(folder, 'dark.html');
    writeFileSync(file, report(studyPlan(plan)));
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme });
      await page.goto(pathToFileURL(file).href);
      const ratio = await page.evaluate(`(() => {
        const light = (css) => { const [r, g, b] = css.match(/[\\d.]+/g).map((c) => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const paper = light(getComputedStyle(document.body).backgroundColor);
        return Math.min(...['p', 'td', 'h2', 'figcaption', 'a', 'svg text', 'footer p'].flatMap((s) => [...document.querySelectorAll(s)]).map((e) => {
          const ink = light(getComputedStyle(e)[e.ownerSVGElement ? 'fill' : 'color']);
          return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        }));
      })()`);
      expect(ratio, colorScheme).toBeGreaterThan(7);
      await page.close();
    }
  }, 60_000);
});
