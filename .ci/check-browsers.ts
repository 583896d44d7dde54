// The packed package in pages: built by Vite from TypeScript, and as one file with no build step; both opened in
// Chromium, where they must say what Node computes, bit for bit, without an error or a request to elsewhere.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { compound, normal, simulate, solve } from '../src/index.ts';
import { readPlan } from '../src/language/index.ts';
import { twoEngine, twoEngineHistory } from '../src/presets/index.ts';
import { packed } from './packed.mjs';
import { inBrowser, noBrowser, serve } from './page.ts';

const { consumer } = packed();
const warnings: string[] = [];
const warn = (message: string): void => void warnings.push(message);
await build({
  root: join(consumer, 'vite'),
  configFile: false,
  logLevel: 'warn',
  customLogger: {
    info: () => undefined,
    warn,
    warnOnce: warn,
    error: warn,
    clearScreen: () => undefined,
    hasErrorLogged: () => false,
    hasWarned: false,
  },
  build: { outDir: join(consumer, 'site'), emptyOutDir: true, chunkSizeWarningLimit: 1000 },
});
if (warnings.length > 0) throw new Error(`Vite warned: ${warnings.join('\n')}`);
console.log('vite: builds for the browser without a warning');

const model = twoEngine();
const expected = JSON.stringify([
  compound(100, '12%', 5),
  solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] }).gdp.values,
  simulate(({ g }: { g: number }) => 100 * (1 + g), { g: normal('7%', '1%') }, { draws: 5000, seed: 1 }),
  readPlan('地区生产总值增长12%左右。', { year: 2014 }).plan.targets,
]);

if (noBrowser === undefined) {
  await open('vite', (path) => fileIn(join(consumer, 'site'), path));
  const oneFile = join(consumer, 'node_modules', 'tinbergen', 'dist', 'browser.js');
  await open('one file', (path) =>
    path === '/browser.js'
      ? readFileSync(oneFile)
      : path === '/index.html'
        ? fileIn(consumer, '/page.html')
        : undefined,
  );
} else console.log(`pages in Chromium: skipped, ${noBrowser}`);

async function open(name: string, read: (path: string) => Buffer | undefined): Promise<void> {
  const { address, close } = await serve(read);
  const { result, faults } = await inBrowser(`${address}/`, async (page) =>
    page.locator('#answer:not(:empty)').textContent({ timeout: 20_000 }),
  ).finally(close);
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('\n')}`);
  if (result !== expected) throw new Error(`${name}: the page says ${result}, Node ${expected}`);
  console.log(`${name}: the page says in Chromium what Node computes, to the last bit`);
}

function fileIn(folder: string, path: string): Buffer | undefined {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file) : undefined;
}
