import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { tinbergen } from '../cli/terminal.ts';
import { inTheManner, refresh, says, withResults } from '../support/snippets.ts';
import type { Stated } from '../support/snippets.ts';
import { fences, moduleOf, modulesOf, runPage } from '../support/snippets-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md') && !file.startsWith('dist'))
  .map((file) => `docs/${file}`)
  .toSorted();
const pages = ['README.md', ...documents];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const withCode = pages.filter((page) => fences(textOf(page)).some(({ language }) => language === 'ts'));
const modules = modulesOf(root);

/** What the `npx tinbergen` lines of ```sh blocks print where a ```text block follows. */
async function printedBy(markdown: string): Promise<Stated[]> {
  const shown = fences(markdown).filter(({ language, output }) => language === 'sh' && output !== undefined);
  return Promise.all(
    shown.map(async ({ text, output }): Promise<Stated> => {
      const line = text.trim().replace(/\s+#.*$/, '');
      const { out, err } = await tinbergen(wordsOf(line));
      return { from: output!.from, to: output!.to, says: output!.text, gives: out + err, code: line };
    }),
  );
}

/** The arguments of a command line as it stands in a page. */
function wordsOf(line: string): string[] {
  return line.replace(/^(?:npx )?tinbergen (?:help )?/, '').split(/\s+/);
}

/** Every command line of a page, in a block or in code type. */
function commandLines(markdown: string): string[] {
  return [...markdown.matchAll(/(?:^|`)((?:npx )?tinbergen [a-z]+(?: [^`\n#]*)?)(?=`|$| #|\n)/gm)].map(
    ([, line]) => line!.trim(),
  );
}

function compare(page: string, results: readonly Stated[]): void {
  if (refresh) {
    const text = textOf(page);
    const refreshed = withResults(text, results);
    if (refreshed !== text) writeFileSync(join(root, page), refreshed);
    return;
  }
  for (const { code, says: stated, gives } of results) {
    expect(
      says(stated, inTheManner(stated, gives)),
      `${page}: ${code}\ngives\n${gives}\nthe page says\n${stated}`,
    ).toBe(true);
  }
}

describe('pages', () => {
  it('hold snippets', () => {
    expect(withCode).toContain('README.md');
  });

  it.each(withCode)('%s: its snippets give what it says', async (page) => {
    const text = textOf(page);
    const results = [...(await runPage(text, modules)), ...(await printedBy(text))];
    expect(results.length, 'a page with code states a result').toBeGreaterThan(0);
    compare(page, results);
  });

  it('have snippets of the right types', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tinbergen-pages-'));
    try {
      for (const page of withCode) {
        const file = join(folder, page.replace(/\.md$/, '.ts'));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${moduleOf(textOf(page))}\nexport {};\n`);
      }
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: join(root, 'tsconfig.json'),
          compilerOptions: {
            noUnusedLocals: false,
            typeRoots: [join(root, 'node_modules/@types')],
            paths: {
              tinbergen: [join(root, 'src/index.ts')],
              'tinbergen/seeds/*': [join(root, 'seeds/*')],
              'tinbergen/*': [join(root, 'src/*/index.ts')],
            },
          },
          include: ['**/*.ts'],
        }),
      );
      const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--noEmit', '--pretty', 'false'], {
        encoding: 'utf8',
        cwd: folder,
      });
      // Only what stands in the pages: a page's line is the module's line.
      expect(stdout.split('\n').filter((line) => /^(?:README|docs)/.test(line))).toEqual([]);
      expect(stdout).not.toContain('error TS5');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(pages)('%s links only to what is there', (page) => {
    for (const [, path] of textOf(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g))
      expect(existsSync(join(root, dirname(page), path!)), `${page} links to ${path}`).toBe(true);
  });

  it.each(pages)('%s names scripts that are there', (page) => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    for (const [, script] of textOf(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      expect(Object.keys(scripts), `${page}: npm run ${script}`).toContain(script);
  });

  it.each(pages)('%s: its command lines name commands and options that are there', (page) => {
    for (const line of commandLines(textOf(page))) {
      const [name, ...words] = wordsOf(line);
      const command = commands.find((each) => each.name === name);
      expect(command, line).toBeDefined();
      const options = command!.options.flatMap(({ name: long, short }) => [`--${long}`, `-${short}`]);
      for (const word of words.filter((each) => /^--?[a-z]/.test(each)))
        expect(options, line).toContain(word.replace(/=.*/, ''));
    }
  });

  it('have command lines that run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tinbergen-pages-'));
    const lines = new Set(pages.flatMap((page) => commandLines(textOf(page))));
    const own = [...lines].filter((line) => line.includes(' seeds/'));
    expect(own.length).toBeGreaterThan(3);
    for (const line of own) {
      const words = wordsOf(line).map((word) => (/\.(?:html|xlsx)$/.test(word) ? join(folder, word) : word));
      const { code, err } = await tinbergen(words);
      expect(code, `${line}: ${err}`).toBe(0);
    }
    rmSync(folder, { recursive: true });
  });

  it('say in the right column of "coming from" only what is public', () => {
    const folder = join(root, '.ci/api');
    const surface = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const names = new Set(surface.join(' ').match(/\w+/g));
    const here = [...textOf('docs/guides/coming-from.md').matchAll(/^\|[^|]*\| (.*) \|$/gm)];
    const said = here.flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)(?=[(`])/g)].map(([, name]) => name!));
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter((name) => !names.has(name))).toEqual([]);
  });

  it('agree on the version and the licence', () => {
    const { version, license } = JSON.parse(textOf('package.json')) as { version: string; license: string };
    expect(textOf('CITATION.cff')).toContain(`\nversion: ${version}\n`);
    expect(textOf('CITATION.cff')).toContain(`\nlicense: ${license}\n`);
    expect(textOf('CHANGELOG.md')).toContain(`\n## ${version}`);
  });
});
