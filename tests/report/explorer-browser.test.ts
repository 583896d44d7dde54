import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleExplorer } from '../../src/cli/explorer-from-source.mjs';
import { readPlanFile } from '../../src/index.ts';
import type { Plan } from '../../src/index.ts';
import { percent } from '../../src/plot/format.ts';
import { studyPlan } from '../../src/presets/index.ts';
import type { PlanStudy } from '../../src/presets/index.ts';
import { explorer } from '../../src/report/index.ts';
import type { ExplorerOptions, ExplorerPoint, ExplorerScript } from '../../src/report/index.ts';
import { countedInNode, solvedInNode } from './explorer-oracle.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.info(`explorer in a browser: skipped, there is no ${executablePath} (set CHROMIUM)`);

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;
const study = studyPlan(plan);
const chances = { seed: 2014, draws: 20_000 };
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-explorer-'));
let browser: Browser;
let script: ExplorerScript;

/** A page that is open, and everything it said or asked for. */
interface Opened {
  readonly page: Page;
  readonly said: string[];
  readonly asked: string[];
}

/** A row of the table of targets, in full and as printed. */
interface Row {
  readonly target: string;
  readonly standing: string;
  readonly value: string;
  readonly gap: string;
  readonly chance: string;
  readonly text: string;
}

async function open(
  of: Plan | PlanStudy,
  options: ExplorerOptions = {},
  context: BrowserContextOptions & { readonly before?: string; readonly hash?: string } = {},
): Promise<Opened> {
  const { before, hash = '', ...rest } = context;
  const file = join(folder, `${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(file, explorer(of, { script, ...chances, ...options }));
  const page = await browser.newPage(rest);
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(request.url()));
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(pathToFileURL(file).href + hash);
  await ready(page);
  return { page, said, asked };
}

// As functions in text: the tests are not compiled with the types of the DOM. The page's policy forbids playwright's
// waitForFunction, which generates code.
const state = async (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.evaluate('({ ...document.documentElement.dataset })');

/** Wait until the page shows its chances for where its sliders stand. */
async function ready(page: Page): Promise<Readonly<Record<string, string>>> {
  for (;;) {
    // Two frames, so that what was just asked for is drawn.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const now = await state(page);
    if (now['state'] === 'ready') return now;
  }
}

const rowsOf = async (page: Page): Promise<Row[]> =>
  page.evaluate(
    "[...document.querySelectorAll('#targets tbody tr')].map((row) => ({ ...row.dataset, text: row.textContent }))",
  );

/** Every number on the page is the one that the library computes in Node for the page's point. */
async function expectSame(page: Page, of: PlanStudy): Promise<ExplorerPoint> {
  const now = await ready(page);
  const point = JSON.parse(now['point']!) as ExplorerPoint;
  const [solved, counted] = [solvedInNode(of, point), countedInNode(of, point, chances)];
  expect([now['gdp'], now['industry'], now['services']].map(Number)).toEqual([
    solved.gdp,
    solved.industry,
    solved.services,
  ]);
  expect(Number(now['all'])).toBe(counted.chance.all.probability);
  const known = solved.targets.filter(({ measure }) => measure === 'growth');
  const rows = await rowsOf(page);
  expect(rows).toHaveLength(known.length);
  rows.forEach((row, i) => {
    expect(Number(row.value)).toBe(known[i]!.expected);
    expect(Number(row.gap)).toBe(known[i]!.gap);
    expect(row.standing).toBe(known[i]!.gap === 0 ? 'met' : known[i]!.gap < 0 ? 'short' : 'over');
    expect(Number(row.chance)).toBe(counted.each[row.target]);
    expect(row.text).toContain(percent(known[i]!.expected, 'en', 2));
  });
  expect(await page.textContent('#tile-gdp')).toContain(percent(solved.gdp, 'en', 2));
  return point;
}

/** Drag a slider by the mouse to a share of its length. */
async function drag(page: Page, id: string, to: number): Promise<void> {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  const box = (await page.locator(`#${id}`).boundingBox())!;
  const [low, high, value] = await page.evaluate<number[]>(
    `['min', 'max', 'value'].map((name) => Number(document.getElementById('${id}')[name]))`,
  );
  const x = (share: number): number => box.x + 9 + share * (box.width - 18);
  const y = box.y + box.height / 2;
  await page.mouse.move(x((value! - low!) / (high! - low!)), y);
  await page.mouse.down();
  await page.mouse.move(x(to), y, { steps: 5 });
  await page.mouse.up();
}

describe.skipIf(!hasBrowser)('the explorer in Chromium', () => {
  beforeAll(async () => {
    [browser, script] = await Promise.all([
      chromium.launch({
        executablePath,
        args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
          ' ',
        ),
      }),
      bundleExplorer(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('drags change the numbers to what the library computes in Node, and nothing leaves the page', async () => {
    const { page, said, asked } = await open(study);
    expect(await expectSame(page, study)).toEqual({
      set: {
        g_output_industry: 0.15,
        g_services: study.parameters.g_services,
        va_ratio_change: 0,
        p_industry: -0.014,
      },
      shares: study.shares,
      spread: 1,
    });
    const moves = [
      ['g_services', 0.7],
      ['g_output_industry', 0.3],
      ['va_ratio_change', 0.4],
      ['p_industry', 0.6],
      ['share-industry', 0.55],
      ['share-agriculture', 0.1],
      ['spread', 0.5],
    ] as const;
    for (const [id, to] of moves) {
      const { point: before } = await state(page);
      await drag(page, id, to);
      expect((await ready(page))['point'], id).not.toBe(before);
    }
    const point = await expectSame(page, study);
    expect(point.spread).toBe(0.5);
    expect(Object.values(point.shares).reduce((a, b) => a + Math.round(1000 * b), 0)).toBe(1000);
    // The fields say what the sliders say.
    for (const [id, value] of [
      ['g_services', point.set.g_services],
      ['share-industry', point.shares.industry],
    ] as const)
      expect(Number(await page.inputValue(`#${id}-number`)), id).toBeCloseTo(100 * value, 9);
    expect(said).toEqual([]);
    expect(asked.filter((address) => !/^(file:\/\/\/|blob:)/.test(address))).toEqual([]);
    expect(asked.filter((address) => address.startsWith('file:'))).toHaveLength(1);
    await page.close();
  }, 120_000);

  it('the point in the picture is dragged, and moves with the sliders', async () => {
    const { page, said } = await open(study);
    const handle = page.locator('#frontier .handle');
    await handle.scrollIntoViewIfNeeded();
    const before = (await handle.boundingBox())!;
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width / 2 - 60, before.y + before.height / 2 - 30, { steps: 6 });
    await page.mouse.up();
    const { set } = await expectSame(page, study);
    expect(set.g_output_industry).toBeLessThan(0.15);
    expect(set.g_services).toBeGreaterThan(study.parameters.g_services);
    const after = (await handle.boundingBox())!;
    expect(Math.abs(after.x - before.x + 60)).toBeLessThan(6);
    expect(Math.abs(after.y - before.y + 30)).toBeLessThan(6);
    expect(await page.textContent('#frontier-words')).toMatch(/needs services to grow by \d/);
    await page.click('#undo');
    expect((await ready(page))['point']).toContain(String(study.parameters.g_services));
    expect(said).toEqual([]);
    await page.close();
  }, 120_000);

  it('is worked by the keyboard, and says what happened', async () => {
    const { page, said } = await open(study);
    const focused = async (): Promise<string> => page.evaluate('document.activeElement.id');
    const order: string[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order).toEqual([
      'g_output_industry-number',
      'g_output_industry',
      'g_services-number',
      'g_services',
      'va_ratio_change-number',
      'va_ratio_change',
    ]);
    await page.focus('#g_services');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key);
    expect((await expectSame(page, study)).set.g_services).toBe(0.084);
    expect(await page.getAttribute('#g_services', 'aria-valuetext')).toBe('8.40 %');
    await page.keyboard.press('End');
    expect((await expectSame(page, study)).set.g_services).toBe(0.15);
    expect(await page.textContent('#g_services-note')).toContain('outside');
    // A number typed: what is no number, or too large, is marked and changes nothing.
    await page.focus('#g_services-number');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('99');
    expect(await page.getAttribute('#g_services-number', 'aria-invalid')).toBe('true');
    expect((await expectSame(page, study)).set.g_services).toBe(0.09);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7.25');
    await page.keyboard.press('Enter');
    expect((await expectSame(page, study)).set.g_services).toBe(0.0725);
    expect(await page.inputValue('#g_services-number')).toBe('7.25');
    const met = (await rowsOf(page)).filter(({ standing }) => standing === 'met').length;
    await expect
      .poll(() => page.textContent('#status'))
      .toMatch(new RegExp(`^GDP growth 11\\.59 %, ${met} of 7 targets met, Chance of all together <1 %\\.$`));
    await page.focus('#reset');
    await page.keyboard.press('Enter');
    expect((await expectSame(page, study)).set.g_services).toBe(study.parameters.g_services);
    await page.focus('#name');
    await page.keyboard.type('By hand');
    await page.keyboard.press('Enter');
    await ready(page);
    await page.focus('#remove-0');
    await page.keyboard.press('Space');
    expect(await page.textContent('#message')).toBe('Removed: By hand');
    // Every control has a name.
    const nameless = await page.evaluate(
      "[...document.querySelectorAll('input, button, textarea, [tabindex]')].filter((e) => !(e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim())).map((e) => e.id)",
    );
    expect(nameless).toEqual([]);
    expect(said).toEqual([]);
    await page.close();
  }, 120_000);

  it('scenarios are named, kept, compared, copied, loaded back, removed, and outlive a reload', async () => {
    const { page, said } = await open(study);
    await drag(page, 'g_services', 0.6);
    const led = await expectSame(page, study);
    await page.fill('#name', 'Services <b>led</b> & "more"');
    await page.click('#keep');
    expect(await page.textContent('#message')).toBe('Kept as Services <b>led</b> & "more".');
    await drag(page, 'p_industry', 0.2);
    const cheap = await expectSame(page, study);
    await page.click('#keep');
    expect(await page.textContent('#message')).toBe('Kept as Scenario 1.');
    await ready(page);

    const table = async (): Promise<string[][]> =>
      page.evaluate(
        "[...document.querySelectorAll('.compare tr:not(.group)')].map((row) => [...row.children].map((cell) => cell.dataset.value ?? cell.textContent))",
      );
    await expect.poll(async () => (await table()).flat().filter((cell) => cell === '')).toEqual([]);
    const rows = await table();
    const gdp = rows.find(([head]) => head === 'GDP')!;
    expect(gdp.slice(1).map(Number)).toEqual(
      [studyPoint(), cheap, led, cheap].map((point) => solvedInNode(study, point).targets[0]!.expected),
    );
    const together = rows.at(-1)!;
    expect(together[0]).toBe('all together');
    expect(together.slice(1).map(Number)).toEqual(
      [studyPoint(), cheap, led, cheap].map(
        (point) => countedInNode(study, point, chances).chance.all.probability,
      ),
    );
    const shown = await page.textContent('.compare');
    expect(shown).toContain('Services <b>led</b> & "more"');
    expect(shown).toMatch(/\(\+\d\.\d\d\)/);

    // Copied as JSON and as a link.
    await page.fill('#name', '名字');
    await page.click('#copy-json');
    const copied = await page.inputValue('#copied-text');
    expect(JSON.parse(copied)).toEqual({ plan: plan.name, name: '名字', ...cheap });
    await page.click('#copy-link');
    const link = await page.inputValue('#copied-text');
    expect(link).toMatch(/^file:\/\/\/.*\.html#name=%E5%90%8D%E5%AD%97&g_output_industry=0\.15&/);

    // Both loaded back, and shown from the table.
    await page.click('#reset');
    await page.click('summary');
    await page.fill('#load-text', copied);
    await page.click('#load');
    expect(await page.textContent('#message')).toContain('Loaded: 名字');
    expect(await expectSame(page, study)).toEqual(cheap);
    await page.click('#show-0');
    expect(await expectSame(page, study)).toEqual(led);
    await page.fill('#load-text', link);
    await page.click('#load');
    expect(await expectSame(page, study)).toEqual(cheap);
    await page.fill('#load-text', '{"set": {"g_servces": 1}}');
    await page.click('#load');
    expect(await page.textContent('#message')).toContain("did you mean 'g_services'?");
    await page.setInputFiles('#load-file', {
      name: 'kept.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify([{ name: 'From a file', set: { g_services: 0.1 } }])),
    });
    await expect.poll(() => page.textContent('#message')).toContain('From a file');
    expect((await expectSame(page, study)).set.g_services).toBe(0.1);

    // A reload keeps them, and where the sliders stood.
    await expect.poll(() => page.url()).toContain('g_services=0.1&');
    await page.reload();
    expect((await expectSame(page, study)).set.g_services).toBe(0.1);
    const heads = await page.$$eval('.compare thead th', (cells) => cells.map((cell) => cell.textContent));
    expect(heads.map((head) => head.replace(/ShowRemove|Show Remove/, '').trim())).toEqual([
      'Figure',
      'plan',
      'here',
      'A Services <b>led</b> & "more"',
      'B Scenario 1',
      'C 名字',
      'D From a file',
    ]);
    await page.click('#remove-1');
    await page.reload();
    await ready(page);
    expect(await page.textContent('.compare')).not.toContain('Scenario 1');

    // The link opens where it was copied, in a page that knows nothing of it.
    const fresh = await browser.newPage();
    await fresh.goto(link);
    expect(await expectSame(fresh, study)).toEqual(cheap);
    expect(await fresh.inputValue('#name')).toBe('名字');
    await fresh.close();
    expect(said).toEqual([]);
    await page.close();
  }, 180_000);

  it('without storage, clipboard or workers it computes the same and says so', async () => {
    const before = `
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      window.Worker = function () { throw new DOMException('denied', 'SecurityError'); };
      history.replaceState = () => { throw new DOMException('denied', 'SecurityError'); };
    `;
    const { page, said } = await open(study, {}, { before });
    await drag(page, 'g_services', 0.4);
    await expectSame(page, study);
    await page.click('#keep');
    expect(await page.textContent('#message')).toContain('The browser keeps nothing for this page');
    await page.click('#copy-link');
    expect(await page.textContent('#message')).toContain('selected below');
    expect(await page.evaluate('document.activeElement.id')).toBe('copied-text');
    await page.waitForTimeout(600);
    expect(said).toEqual([]);
    await page.close();
  }, 120_000);

  it.each([
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u2028 ${alert(1)} 绿园区',
  ])(
    'a plan called %s is inert',
    async (name) => {
      const hostile: Plan = {
        ...plan,
        name,
        indicators: { ...plan.indicators, gdp: { ...plan.indicators['gdp']!, label: name } },
      };
      const { page, said, asked } = await open(hostile);
      expect(await page.textContent('h1')).toBe(name);
      await page.fill('#name', name);
      await page.click('#keep');
      await page.fill('#name', name);
      await page.click('#copy-link');
      await page.goto(await page.inputValue('#copied-text'));
      await page.reload();
      await ready(page);
      expect(await page.inputValue('#name')).toBe(name.replace('\u2028', ' ').trim());
      expect(await page.evaluate("document.querySelectorAll('img, script').length")).toBe(2);
      expect(said).toEqual([]);
      expect(asked.filter((address) => !/^(file|blob):/.test(address))).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it('a plan without a GDP target, an empty plan, forty targets', async () => {
    const noGdp = studyPlan({
      ...plan,
      targets: plan.targets.filter(({ indicator }) => indicator !== 'gdp'),
    });
    const first = await open(noGdp);
    await drag(first.page, 'g_services', 0.7);
    await expectSame(first.page, noGdp);
    expect(await first.page.locator('#frontier .goal').count()).toBe(0);

    const empty = await open({ name: 'Nothing', span: ['2014', '2014'], indicators: {}, targets: [] });
    await drag(empty.page, 'g_services', 0.7);
    await empty.page.click('#keep');
    const now = await ready(empty.page);
    expect(Number(now['services'])).toBeCloseTo(0.114, 12);
    expect(await empty.page.textContent('#tile-met')).toContain('–');

    const many = studyPlan({
      ...plan,
      targets: Array.from({ length: 40 }, (_, i) => ({ ...plan.targets[i % 7]!, id: `T${i}` })),
    });
    const last = await open(many);
    await drag(last.page, 'g_services', 0.7);
    await ready(last.page);
    const rows = await rowsOf(last.page);
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ chance }) => chance !== '')).toHaveLength(30);
    expect(await last.page.textContent('body')).toContain('Chances are counted for the first 30 targets.');
    expect(await first.page.textContent('body')).not.toContain('Chances are counted for the first');
    for (const { page, said } of [first, empty, last]) {
      expect(said).toEqual([]);
      await page.close();
    }
  }, 180_000);

  it.each(['en', 'zh'] as const)(
    '%s: fits a phone, can be read in light and dark, prints',
    async (language) => {
      const one = studyPlan(plan, { language });
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, said } = await open(
          one,
          { language },
          { colorScheme, viewport: { width: 375, height: 800 } },
        );
        await page.fill('#name', '长'.repeat(60));
        await page.click('#keep');
        await drag(page, 'g_services', 0.9);
        await ready(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
        const ratio = await page.evaluate(`(() => {
          const light = (css) => { const [r, g, b] = css.match(/[\\d.]+/g).map((c) => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const paper = light(getComputedStyle(document.body).backgroundColor);
          return Math.min(...['p', 'td', 'h2', 'figcaption', 'a', 'label', 'legend', 'button', '.small', '.frontier text:not(.onkept)', 'footer p'].flatMap((s) => [...document.querySelectorAll(s)]).map((e) => {
            const ink = light(getComputedStyle(e)[e.ownerSVGElement ? 'fill' : 'color']);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
          }));
        })()`);
        expect(ratio, colorScheme).toBeGreaterThan(7);
        // No text of the picture reaches out of it.
        const cut = await page.evaluate(
          "[...document.querySelectorAll('#frontier text')].filter((t) => { const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect(); return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 2 || a.bottom > b.bottom + 2; }).map((t) => t.textContent)",
        );
        expect(cut).toEqual([]);
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(pdf.match(/\/Type\s*\/Page(?![a-zA-Z])/g)!.length).toBeLessThanOrEqual(3);
        expect(said).toEqual([]);
        await page.close();
      }
    },
    180_000,
  );
});

function studyPoint(): ExplorerPoint {
  const { g_output_industry, g_services, va_ratio_change, p_industry } = study.parameters;
  return {
    set: { g_output_industry, g_services, va_ratio_change, p_industry },
    shares: study.shares,
    spread: 1,
  };
}
