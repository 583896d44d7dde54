import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inBrowser, noBrowser, serve } from '../../.ci/page.ts';
import {
  assess,
  lognormal,
  normal,
  planChance,
  planOutcome,
  simulate,
  solve,
  student,
} from '../../src/index.ts';
import { readPlan } from '../../src/language/index.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
if (noBrowser !== undefined) console.info(`the example page: skipped, ${noBrowser}`);

/** The example as a site: its page, and the one file of the package from source, so that the test needs no build. */
async function site() {
  const parts = ['index.ts', 'presets/index.ts', 'language/index.ts'];
  const { outputFiles } = await build({
    stdin: {
      contents: parts.map((part) => `export * from './${part}';`).join('\n'),
      resolveDir: join(root, 'src'),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const files: Record<string, string> = {
    '/examples/browser/index.html': readFileSync(join(root, 'examples/browser/index.html'), 'utf8'),
    '/dist/browser.js': outputFiles[0]!.text,
  };
  return serve((path) => files[path]);
}

describe.skipIf(noBrowser !== undefined)('examples/browser/index.html in Chromium', () => {
  it('says what the library computes here, follows the sliders, and reaches for nothing outside', async () => {
    const { address, close } = await site();
    const { result, faults } = await inBrowser(`${address}/examples/browser/`, async (page) => {
      const answer = async () => page.locator('#answer').textContent();
      const text = await page.locator('textarea').inputValue();
      const first = await answer();
      await page.locator('#services').fill('8');
      return { text, first, second: await answer() };
    });
    close();
    expect(faults).toEqual([]);
    expect(result.first).toBe(expectedAnswer(result.text, 0.07, 0.06));
    expect(result.second).toBe(expectedAnswer(result.text, 0.07, 0.08));
    expect(result.first!.split('\n')).toHaveLength(5);
    expect(result.first).not.toBe(result.second);
  });

  it('draws the bits that Node draws', async () => {
    const { address, close } = await site();
    const { result } = await inBrowser(`${address}/examples/browser/`, async (page) =>
      page.evaluate(`import('/dist/browser.js').then(({ lognormal, normal, simulate, student }) =>
        JSON.stringify(simulate(({ a, b, c }) => a * b + c, { a: normal(1, 2), b: lognormal(0, 0.3), c: student(0, 1, 5) }, { draws: 5000, seed: 7 })))`),
    );
    close();
    const factors = { a: normal(1, 2), b: lognormal(0, 0.3), c: student(0, 1, 5) };
    const here = simulate(({ a, b, c }) => a * b + c, factors, { draws: 5000, seed: 7 });
    expect(result).toBe(JSON.stringify(here));
  });
});

/** What the page must say, computed here. */
function expectedAnswer(text: string, industry: number, services: number): string {
  const { plan } = readPlan(text, { year: 2025 });
  const model = twoEngine({ parameters: { g_output_industry: industry, g_services: services } });
  const history = twoEngineHistory(model, '2024');
  const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
  const factors = { g_output_industry: normal(industry, 0.01), g_services: normal(services, 0.01) };
  const { outcome, bands } = planOutcome(plan, model, history, {
    factors: ['g_output_industry', 'g_services'],
  });
  const chance = planChance(plan, simulate(outcome, factors, { draws: 10_000, seed: 1, bands }));
  const rows = assess(plan, { outlook: solve(model, history, { over: ['2025', '2025'] }) });
  return [
    `industry's output ${percent(industry)}, services ${percent(services)}`,
    ...rows.map(({ target, expected, status }) => `${target}: ${percent(expected)}, ${status}`),
    `all ${chance.targets.length} targets together: ${percent(chance.all.probability)}`,
  ].join('\n');
}
