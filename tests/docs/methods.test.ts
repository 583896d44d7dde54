import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import * as language from '../../src/language/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'docs/methods.md'), 'utf8');
const rows = [...text.matchAll(/^\| (?!what \|)(.*) \|$/gm)].map(([, row]) => row!.split(' | '));

describe('the methods page', () => {
  it('has a row for each method', () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  it.each(rows)('%s names the tests that hold it', (...cells) => {
    const files = [...cells.at(-1)!.matchAll(/\[(tests\/[\w/-]+\.test\.ts)\]\(\.\.\/\1\)/g)].map(
      ([, file]) => file!,
    );
    expect(files.length, 'the last column links to test files').toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it.each(rows)('%s names public functions', (name) => {
    for (const [, word] of name.matchAll(/`(\w+)`/g))
      expect({ ...library, ...language }).toHaveProperty(word!);
  });

  it('names files that are there', () => {
    for (const [, file] of text.matchAll(/\]\(\.\.\/([^)]+)\)/g))
      expect(existsSync(join(root, file!)), file).toBe(true);
  });
});
