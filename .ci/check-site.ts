// The site as built in docs/dist: every link inside it leads somewhere, nothing is loaded from elsewhere, and pages opened
// in Chromium from the folder, with no server, have no fault and can be searched.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inBrowser, noBrowser } from './page.ts';

const site = resolve(import.meta.dirname, '../docs/dist');
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
);
const faults: string[] = [];

for (const page of pages) {
  const html = readFileSync(join(site, page), 'utf8');
  for (const [, path] of html.matchAll(/(?:href|src)="([^"#?:]+)(?:#[^"]*)?"/g)) {
    const file = join(site, dirname(page), decodeURIComponent(path!.replaceAll('&amp;', '&')));
    if (!existsSync(file)) faults.push(`${page} leads to ${path}, which is not there`);
  }
  for (const [element] of html.matchAll(
    /<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\/[^>]*>/g,
  ))
    faults.push(`${page} loads from elsewhere: ${element}`);
}
console.log(`site: ${pages.length} pages, every link inside leads somewhere`);

if (noBrowser === undefined) {
  const opened = ['index', 'documents/Guides', 'documents/Guides.Two_engines', 'documents/Methods', 'functions/tinbergen.contribution']; // prettier-ignore
  for (const page of opened) {
    const { result, faults: found } = await inBrowser(
      pathToFileURL(join(site, `${page}.html`)).href,
      async (tab) => {
        await tab.locator('#tsd-search-trigger').click();
        await tab.locator('#tsd-search-input').fill('compound');
        await tab.locator('#tsd-search-results li').first().waitFor({ timeout: 20_000 });
        return tab.locator('#tsd-search-results').innerText();
      },
    );
    if (!result.includes('compound')) faults.push(`${page}: searching for compound finds ${result}`);
    faults.push(
      ...found.filter((fault) => !fault.startsWith('request to file:')).map((fault) => `${page}: ${fault}`),
    );
  }
  console.log(`site: ${opened.length} pages opened from the folder in Chromium and searched`);
} else console.log(`site: not opened, ${noBrowser}`);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
