import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/**
 * Who may import whom, besides its own folder. Lower floors never import higher ones; files import files, never a
 * barrel. The picture of it is in ARCHITECTURE.md.
 */
const mayImport: Record<string, readonly string[]> = {
  '.': [],
  numeric: ['.'],
  time: ['.', 'numeric'],
  accounts: ['.', 'numeric', 'time'],
  formula: ['.', 'numeric'],
  plan: ['.', 'numeric', 'time'],
  model: ['.', 'numeric', 'time', 'formula'],
  uncertainty: ['.', 'numeric', 'time'],
  sensitivity: ['.', 'numeric', 'uncertainty'],
  forecast: ['.', 'numeric', 'time', 'uncertainty'],
  scenario: ['.', 'numeric', 'time', 'accounts', 'formula', 'model', 'uncertainty'],
  assess: [
    '.',
    'numeric',
    'time',
    'accounts',
    'formula',
    'plan',
    'model',
    'uncertainty',
    'scenario',
    'sensitivity',
    'forecast',
  ],
  data: ['.', 'numeric', 'time', 'plan', 'formula', 'model'],
  parquet: ['.', 'data'],
  language: ['.', 'numeric', 'time', 'plan'],
  presets: [
    '.',
    'numeric',
    'time',
    'accounts',
    'plan',
    'model',
    'uncertainty',
    'scenario',
    'sensitivity',
    'forecast',
    'assess',
  ],
  excel: [
    '.',
    'numeric',
    'time',
    'accounts',
    'formula',
    'plan',
    'model',
    'scenario',
    'sensitivity',
    'assess',
    'data',
    'presets',
  ],
  node: ['.', 'time', 'model', 'uncertainty', 'scenario'],
  cluster: ['.', 'uncertainty', 'node'],
  plot: [
    '.',
    'numeric',
    'time',
    'accounts',
    'plan',
    'model',
    'uncertainty',
    'scenario',
    'sensitivity',
    'forecast',
    'assess',
  ],
  report: [
    '.',
    'numeric',
    'time',
    'accounts',
    'plan',
    'model',
    'uncertainty',
    'scenario',
    'sensitivity',
    'forecast',
    'assess',
    'presets',
    'plot',
  ],
  cli: [
    '.',
    'numeric',
    'time',
    'accounts',
    'plan',
    'model',
    'uncertainty',
    'scenario',
    'sensitivity',
    'forecast',
    'assess',
    'data',
    'language',
    'presets',
    'cluster',
    'excel',
    'plot',
    'report',
  ],
};

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative(src, join(src, dirname(file), path!)),
  );
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '.';
}

it('reads the source', () => {
  expect(files.length).toBeGreaterThan(40);
});

it.each([...new Set(files.map(folderOf))].toSorted())('%s imports only what stands below it', (own) => {
  expect(mayImport, `the folder '${own}' has no row in the table`).toHaveProperty([own]);
  for (const file of files.filter((f) => folderOf(f) === own && f !== 'index.ts')) {
    for (const path of importsOf(file)) {
      if (path.startsWith('..')) continue;
      const folder = folderOf(path);
      expect(folder === own || mayImport[own]!.includes(folder), `${file} imports ${path}`).toBe(true);
      expect(/(^|\/)index\.ts$/.test(path), `${file} imports the barrel ${path}`).toBe(false);
    }
  }
});

it('the core touches no file, clock, network, DOM or Math.random', () => {
  const core = files.filter(
    (file) => !['cli', 'node', 'cluster', 'plot', 'report', 'excel'].includes(folderOf(file)),
  );
  for (const file of core) {
    const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(
      /from 'node:|Math\.random|Date\.now|new Date\(\)|performance\.|\bfetch\(|\bdocument\.|\bwindow\.|\bprocess\.(env|argv|exit|std|cwd|hrtime|nextTick|platform)/.test(
        code,
      ),
      file,
    ).toBe(false);
  }
});
