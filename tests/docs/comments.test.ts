import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { about, definePlan } from '../../src/index.ts';
import { literal, refresh, says, withResults } from '../support/snippets.ts';
import type { Stated } from '../support/snippets.ts';

/**
 * Every `@example` of a doc comment runs here: `expression // value`. In scope are all exported names, those of the
 * file itself first, a small `plan` with its one `target`, and a `history`. A value may end in `…` where its digits are cut, be
 * `throws` with a message, and be followed by words behind ` for `, ` in `, a comma, a colon or a semicolon.
 */
const src = fileURLToPath(new URL('../../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('cli/'),
);

interface Example {
  readonly code: string;
  readonly says: string;
  /** Offsets of the value in the file. */
  readonly from: number;
  readonly to: number;
}

/** A value, and the words behind it. */
const valueAndWords = /^('[^']*'|[-\d.]+…?|\[.*\]|\{.*\}|true|false)(?: for .*| in .*|[,:;] .*)$/;

function examplesOf(text: string): Example[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) =>
    [...comment.matchAll(/@example\s([\s\S]*?)(?=\s*(?:\*\s*)?@\w|\s*\*\/)/g)].map((match): Example => {
      const body = match[1]!;
      const start = index + match.index + match[0].indexOf(body);
      const at = body.lastIndexOf('// ');
      const code = (at < 0 ? body : body.slice(0, at)).replace(/^\s*\* ?/gm, '').trim();
      if (at < 0) return { code, says: '', from: start + body.length, to: start + body.length };
      const value = body.slice(at + 3).trim();
      const stated = (/^[[{].*[\]}]$/.test(value) ? undefined : valueAndWords.exec(value)?.[1]) ?? value;
      return { code, says: stated, from: start + at + 3, to: start + at + 3 + stated.length };
    }),
  );
}

const examples = new Map(
  files.flatMap((file) => {
    const found = examplesOf(readFileSync(join(src, file), 'utf8'));
    return found.length === 0 ? [] : [[file, found] as const];
  }),
);

const plan = definePlan({
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { label: { en: 'GDP', zh: '地区生产总值' }, unit: '100m CNY', kind: 'flow', prices: 'constant' },
  },
  targets: [{ indicator: 'gdp', measure: 'growth', relation: about('12%') }],
});

async function exportsOf(file: string): Promise<Record<string, unknown>> {
  const { default: _, ...named } = (await import(join(src, file))) as Record<string, unknown>;
  return named;
}

function given({ code, says: stated }: Example, scope: Record<string, unknown>): string {
  try {
    const run = new Function(...Object.keys(scope), `return (${code});`);
    return literal(run(...Object.values(scope)));
  } catch (error) {
    if (!stated.startsWith('throws ')) throw error;
    return `throws ${(error as Error).message}`;
  }
}

let everything: Record<string, unknown> = {};

beforeAll(async () => {
  // A module that cannot be loaded fails its own test below.
  const modules = await Promise.allSettled(files.map(exportsOf));
  const loaded = modules.flatMap((module) => (module.status === 'fulfilled' ? [module.value] : []));
  everything = Object.assign(
    { plan, target: plan.targets[0], history: { gdp: { start: '2013', values: [100] } } },
    ...loaded,
  ) as Record<string, unknown>;
});

describe('doc comments', () => {
  it('have examples', () => {
    expect([...examples.values()].flat().length).toBeGreaterThan(100);
  });

  it.each([...examples.keys()].toSorted())('%s: its examples hold', async (file) => {
    const scope = { ...everything, ...(await exportsOf(file)) };
    const results = examples.get(file)!.map((example): Stated => ({
      ...example,
      gives: given(example, scope),
    }));
    if (refresh) {
      const text = readFileSync(join(src, file), 'utf8');
      const refreshed = withResults(text, results);
      if (refreshed !== text) writeFileSync(join(src, file), refreshed);
      return;
    }
    for (const { code, says: stated, gives } of results) {
      expect(stated, `no value in the example: ${code}`).not.toBe('');
      expect(says(stated, gives), `${code} is ${gives}, the comment says ${stated}`).toBe(true);
    }
  });
});
