import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: number;
  readonly outputs?: readonly {
    readonly output_type: string;
    readonly data?: Readonly<Record<string, string | readonly string[]>>;
  }[];
}

const folder = new URL('../notebooks/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

it('there are six', () => {
  expect(names).toHaveLength(6);
});

// That their cells run and type-check is a step of .ci/run; here is what a reader sees without running anything.
describe.each(names)('%s', (name) => {
  const notebook = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
    cells: Cell[];
    metadata: object;
    nbformat: number;
    nbformat_minor: number;
  };
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const outputs = code.flatMap((cell) => cell.outputs ?? []);

  it('is nbformat 4.5', () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, i) => i + 1));
    for (const output of outputs) expect(['stream', 'execute_result']).toContain(output.output_type);
  });

  it('opens with what it shows', () => {
    const [first] = notebook.cells;
    expect(first!.cell_type).toBe('markdown');
    expect(first!.source[0]).toMatch(/^# /);
    expect(first!.source.join('')).toMatch(/[Tt]his notebook|What does/);
  });

  it('carries its outputs: pictures below 60 kB, and words for those who cannot see them', () => {
    const pictures = outputs.flatMap(({ data }) => (data?.['image/png'] === undefined ? [] : [data]));
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const data of pictures) {
      expect(Buffer.from(data['image/png'] as string, 'base64').length).toBeLessThan(60_000);
      expect(String(data['text/plain']).length).toBeGreaterThan(20);
    }
  });
});
