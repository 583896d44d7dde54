import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

/** What a cell put out, in the words of nbformat 4.5. */
export type Output =
  | { output_type: 'stream'; name: 'stdout'; text: string[] }
  | {
      output_type: 'execute_result';
      execution_count: number;
      data: Record<string, unknown>;
      metadata: object;
    };

const outputs = new Map<number, Output[]>();
let current = 0;

/** Say which cell the lines after this one are of. */
export function cell(number: number): void {
  current = number;
  outputs.set(number, []);
}

/** Put out the value of a cell's last expression: by its own display, where it has one, else as text. */
export async function show(value: unknown): Promise<void> {
  if (value === undefined) return;
  const own = (value as { [Symbol.toStringTag]?: string } & Record<symbol, unknown>)[
    Symbol.for('Jupyter.display')
  ];
  const data =
    typeof own === 'function'
      ? ((await (own as () => unknown).call(value)) as Record<string, unknown>)
      : { 'text/plain': lines(inspect(value, { depth: 6, colors: false })) };
  outputs.get(current)?.push({ output_type: 'execute_result', execution_count: current, data, metadata: {} });
}

/** Text as a notebook keeps it: a list of lines, each but the last with its end. */
export function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

// Only a notebook's own process keeps what it prints; the runner that reads it imports this file too.
const file = process.env['NOTEBOOK_OUTPUTS'];
if (file !== undefined) {
  process.stdout.write = (chunk: string | Uint8Array) => {
    const list = outputs.get(current);
    const last = list?.at(-1);
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    if (last?.output_type === 'stream') last.text = lines(last.text.join('') + text);
    else list?.push({ output_type: 'stream', name: 'stdout', text: lines(text) });
    return true;
  };
  process.on('exit', () => writeFileSync(file, JSON.stringify([...outputs])));
}
