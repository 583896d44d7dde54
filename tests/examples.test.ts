import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { about, definePlan } from '../src/index.ts';
import { close } from './support/arbitraries.ts';

/**
 * Every `@example` of a doc comment runs here: `expression // value`. In scope are all exported names, those of the
 * file itself first, a small `plan` with its one `target`, and a `history`. A value may end in `…` where its digits are cut, and be
 * followed by ` for `, ` in ` or a comma with words.
 */
const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('cli/'),
);

interface Example {
  readonly file: string;
  readonly code: string;
  readonly expected: string;
}

const examples = files.flatMap((file): Example[] => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    comment
      .replace(/^\/\*\*|\*\/$/g, '')
      .replace(/^\s*\* ?/gm, '')
      .split(/^@|\s@(?=example)/m)
      .filter((part) => part.startsWith('example'))
      .flatMap((part) => {
        const body = part.slice('example'.length).trim().replace(/\n/g, ' ');
        const at = body.lastIndexOf(' // ');
        return at < 0
          ? [{ file, code: body, expected: '' }]
          : [
              {
                file,
                code: body.slice(0, at).trim(),
                expected: body
                  .slice(at + 4)
                  .trim()
                  .replace(/^('(?:[^'])*'|[-\d.]+…?)(?: for .*| in .*|, .*| in .*)$/, '$1'),
              },
            ];
      }),
  );
});

function sameValue(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') return close(actual, expected, 1e-12);
  if (ArrayBuffer.isView(actual)) return sameValue(Array.from(actual as Float64Array), expected);
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null)
    return Object.is(actual, expected);
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].every((key) =>
    sameValue((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key]),
  );
}

function evaluate(code: string, scope: Record<string, unknown>): unknown {
  return new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope)) as unknown;
}

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
    expect(examples.length).toBeGreaterThan(60);
  });

  it.each([...new Set(examples.map((example) => example.file))].toSorted())(
    '%s: its examples hold',
    async (file) => {
      const scope = { ...everything, ...(await exportsOf(file)) };
      for (const { code, expected } of examples.filter((example) => example.file === file)) {
        expect(expected, `no value in the example: ${code}`).not.toBe('');
        if (expected.startsWith('throws ')) {
          expect(() => evaluate(code, scope), code).toThrow(expected.slice('throws '.length));
          continue;
        }
        const actual = evaluate(code, scope);
        if (expected.endsWith('…')) {
          expect(String(actual).startsWith(expected.slice(0, -1)), `${code} is ${String(actual)}`).toBe(true);
        } else {
          expect(
            sameValue(actual, evaluate(expected, scope)),
            `${code} is ${JSON.stringify(actual)}, the comment says ${expected}`,
          ).toBe(true);
        }
      }
    },
  );
});
