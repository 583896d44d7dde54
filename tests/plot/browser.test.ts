import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { gallery } from './gallery.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.info(`charts in a browser: skipped, there is no ${executablePath} (set CHROMIUM)`);

describe.skipIf(!hasBrowser)('charts in Chromium', () => {
  it('what the width table promised holds for real fonts: no text reaches out, none covers another', async () => {
    const browser = await chromium.launch({
      executablePath,
      args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    });
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    for (const width of [640, 360]) {
      const pictures = Object.entries(gallery).map(
        ([name, draw]) => `<figure id="${name}" style="margin:0">${draw({ width }).outerHTML}</figure>`,
      );
      await page.setContent(`<!doctype html><body>${pictures.join('\n')}</body>`);
      const faults = await page.evaluate(`[...document.querySelectorAll('svg')].flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        const lines = [...svg.querySelectorAll('text')].flatMap((t) => (t.querySelector('tspan') ? [...t.querySelectorAll('tspan')] : [t])).filter((t) => t.textContent.trim() !== '');
        // Boxes of fonts are taller than their letters: a fifth of the height is taken off at either side.
        const boxes = lines.map((t) => { const b = t.getBoundingClientRect(); return { t: t.textContent, x1: b.left, x2: b.right, y1: b.top + b.height / 5, y2: b.bottom - b.height / 5 }; });
        const name = svg.closest('figure').id;
        return boxes.flatMap((a, i) => [
          ...(a.x1 < frame.left - 1 || a.x2 > frame.right + 1 || a.y1 < frame.top - 1 || a.y2 > frame.bottom + 1 ? [name + ': ' + a.t + ' reaches out'] : []),
          ...boxes.slice(i + 1).filter((b) => Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > 1 && Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1) > 1).map((b) => name + ': ' + a.t + ' and ' + b.t),
        ]);
      })`);
      expect(faults, `${width} pixels wide`).toEqual([]);
    }
    await browser.close();
  }, 60_000);
});
