// Runs the notebooks: the code cells of each as one module, type-checked, under Node. `check` (the default) fails on an
// error and changes nothing; `write` puts the outputs into the files. Names after it choose notebooks.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { lines } from './notebook-cells.ts';
import type { Output } from './notebook-cells.ts';

interface Cell {
  id: string;
  cell_type: 'code' | 'markdown';
  metadata: object;
  source: string | string[];
  execution_count?: number | null;
  outputs?: Output[];
}

interface Notebook {
  cells: Cell[];
  metadata: object;
  nbformat: number;
  nbformat_minor: number;
}

/** A notebook as one module, with the cell that each of its lines comes from. */
interface Joined {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** First line in the module of each cell, in order. */
  readonly starts: readonly { readonly cell: number; readonly line: number }[];
}

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'notebooks');
const [mode = 'check', ...chosen] = process.argv.slice(2);
if (mode !== 'check' && mode !== 'write') {
  console.error(`notebooks: '${mode}' is not a mode; give check or write`);
  process.exit(2);
}
const names = readdirSync(folder)
  .filter(
    (name) => name.endsWith('.ipynb') && (chosen.length === 0 || chosen.some((part) => name.includes(part))),
  )
  .toSorted();
if (names.length === 0) {
  console.error('notebooks: there is none to run');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'tinbergen-notebooks-'));
const joined = names.map((name) => joinCells(name));
process.on('exit', () => {
  for (const { file } of joined) rmSync(file, { force: true });
  rmSync(join(folder, 'tsconfig.joined.json'), { force: true });
  rmSync(work, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130));
for (const { file, text } of joined) writeFileSync(file, text);
let failed = false;
const [complaints] = await Promise.all([typeCheck(), runAll()]);
for (const complaint of complaints) {
  failed = true;
  console.error(complaint);
}
process.exitCode = failed ? 1 : 0;

function readNotebook(name: string): Notebook {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Notebook;
}

function joinCells(name: string): Joined {
  const parts = ["import { cell as __cell, show as __show } from '../.ci/notebook-cells.ts';"];
  const starts: { cell: number; line: number }[] = [];
  const code = readNotebook(name).cells.filter((cell) => cell.cell_type === 'code');
  for (const [i, { source }] of code.entries()) {
    parts.push(`__cell(${i + 1});`);
    starts.push({ cell: i + 1, line: parts.length + 1 });
    parts.push(...withValueShown(typeof source === 'string' ? source : source.join('')).split('\n'));
  }
  return {
    name,
    file: join(folder, name.replace(/\.ipynb$/, '.joined.ts')),
    text: `${parts.join('\n')}\n`,
    starts,
  };
}

/** A cell whose last statement is an expression shows its value, as notebooks do; no line moves. */
function withValueShown(code: string): string {
  const source = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ES2022, true);
  const last = source.statements.at(-1);
  if (last === undefined || !ts.isExpressionStatement(last)) return code;
  const [from, to] = [last.expression.getStart(), last.expression.getEnd()];
  return `${code.slice(0, from)}await __show(await (${code.slice(from, to)}));${code.slice(last.getEnd())}`;
}

async function typeCheck(): Promise<string[]> {
  const config = join(folder, 'tsconfig.joined.json');
  const include = joined.map(({ name }) => name.replace(/\.ipynb$/, '.joined.ts'));
  // A notebook may await a value that is no promise, and name a step that only the reader uses.
  writeFileSync(
    config,
    JSON.stringify({ extends: '../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include }),
  );
  const tsc = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
  const { output } = await execute([tsc, '-p', config, '--noEmit', '--pretty', 'false'], {});
  return output.split('\n').flatMap((line) => {
    const match = /([^/\s(]+)\.joined\.ts\((\d+),\d+\): (.*)/.exec(line);
    const notebook = joined.find(({ name }) => name === `${match?.[1]}.ipynb`);
    return match === null || notebook === undefined
      ? []
      : [`${placeOf(notebook, Number(match[2]))}: ${match[3]}`];
  });
}

async function runAll(): Promise<void> {
  const waiting = [...joined];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
  };
  await Promise.all([worker(), worker()]);
}

async function run(notebook: Joined): Promise<void> {
  const file = join(work, `${notebook.name}.json`);
  const start = performance.now();
  const { code, output } = await execute(['--import', 'tsx', notebook.file], { NOTEBOOK_OUTPUTS: file });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (code !== 0) {
    failed = true;
    const line = /\.joined\.ts:(\d+)/.exec(output)?.[1];
    console.error(
      `${line === undefined ? notebook.name : placeOf(notebook, Number(line))}: failed\n${output}`,
    );
    return;
  }
  console.log(`${notebook.name}: ${notebook.starts.length} cells in ${seconds} s`);
  if (mode === 'write')
    write(notebook, new Map(JSON.parse(readFileSync(file, 'utf8')) as [number, Output[]][]));
}

/** Outputs into the file, as nbformat 4.5 has them. */
function write({ name }: Joined, outputs: ReadonlyMap<number, Output[]>): void {
  const notebook = readNotebook(name);
  let number = 0;
  const cells = notebook.cells.map((cell, i) => {
    const common = { id: `cell-${i + 1}`, cell_type: cell.cell_type, metadata: cell.metadata };
    const source = typeof cell.source === 'string' ? lines(cell.source) : cell.source;
    if (cell.cell_type !== 'code') return { ...common, source };
    number++;
    return { ...common, execution_count: number, outputs: outputs.get(number) ?? [], source };
  });
  writeFileSync(
    join(folder, name),
    `${JSON.stringify({ cells, metadata: notebook.metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`,
  );
}

function placeOf({ name, starts }: Joined, line: number): string {
  const start = starts.filter((one) => one.line <= line).at(-1);
  return start === undefined
    ? name
    : `notebooks/${name}, code cell ${start.cell}, line ${line - start.line + 1}`;
}

function execute(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => done({ code, output }));
  });
}
