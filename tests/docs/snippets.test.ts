import { describe, expect, it } from 'vitest';
import { inTheManner, literal, says, withResults } from '../support/snippets.ts';
import { moduleOf, runPage } from '../support/snippets-page.ts';
import type { Modules } from '../support/snippets-page.ts';

const modules: Modules = async (specifier) => import(specifier);
const page = `# A page

\`\`\`ts
import { max } from 'tiny';

const a: number = max(1, 2); // 7
a / 3; // 0.00…
[a, 'x']; // ?
max.call(); // throws
console.log('a is', a);
\`\`\`

And on.

\`\`\`ts
const words = a; // the larger of the two
console.table([{ words }]);
\`\`\`

\`\`\`text
old
\`\`\`
`;
const tiny: Modules = (specifier) =>
  specifier === 'tiny'
    ? Promise.resolve({
        max(a?: number, b?: number) {
          if (a === undefined || b === undefined) throw new Error('nothing to compare');
          return Math.max(a, b);
        },
      })
    : modules(specifier);

describe('snippets', () => {
  it('what a page states is refreshed, and stays when it is refreshed again', async () => {
    const once = withResults(page, await runPage(page, tiny));
    expect(once).toContain('const a: number = max(1, 2); // 2\n');
    expect(once).toContain('a / 3; // 0.66…\n');
    expect(once).toContain("[a, 'x']; // [2, 'x']\n");
    expect(once).toContain('max.call(); // throws nothing to compare\n');
    expect(once).toContain('```\n\n```text\na is 2\n```\n');
    expect(once).toContain('// the larger of the two\n');
    expect(once).not.toContain('old');
    expect(withResults(once, await runPage(once, tiny))).toBe(once);
    for (const { says: stated, gives } of await runPage(once, tiny))
      expect(says(stated, inTheManner(stated, gives))).toBe(true);
  });

  it('a page that states another value is found out', async () => {
    const wrong = (await runPage(page, tiny)).filter(
      ({ says: stated, gives }) => !says(stated, inTheManner(stated, gives)),
    );
    expect(wrong.map(({ says: stated }) => stated.trim())).toEqual(['7', '0.00…', '?', 'throws', '', 'old']);
  });

  it('an error in a page is thrown', async () => {
    await expect(runPage("```ts\nthrow new Error('no');\n```\n", modules)).rejects.toThrow('no');
    await expect(runPage('```ts\nmissing;\n```\n', modules)).rejects.toThrow('missing');
  });

  it('lines of the module are lines of the page', () => {
    const lines = moduleOf(page).split('\n');
    expect(lines[5]).toBe('const a: number = max(1, 2); // 7');
    expect(lines).toHaveLength(page.split('\n').length);
  });

  it('numbers agree to twelve digits, cut ones as far as they go, lines of tables and blanks do not count', () => {
    expect(says('0.3', '0.30000000000000004')).toBe(true);
    expect(says('0.3', '0.3000001')).toBe(false);
    expect(says('0.12…', '0.1299')).toBe(true);
    expect(says('0.12…', '0.1399')).toBe(false);
    expect(says('about 12 %', 'about 13 %')).toBe(false);
    expect(says('│ 1 │ 2 │', '1   2')).toBe(true);
    expect(inTheManner('[0.12…, 5]', '[0.1399, 6]')).toBe('[0.13…, 6]');
    expect(inTheManner('a\nb\n…\n', '1\n2\n3\n4\n')).toBe('1\n2\n…\n');
  });

  it('values are written as literals', () => {
    expect(literal({ a: [1, NaN], 'b c': "it's", d: Float64Array.of(0.5), e: undefined })).toBe(
      `{ a: [1, NaN], 'b c': "it's", d: [0.5], e: undefined }`,
    );
    expect(literal('two\nlines')).toBe("'two\\nlines'");
  });
});
