import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import ts from 'typescript';
import { literal } from './snippets.ts';
import type { Stated } from './snippets.ts';

/** A fenced block of a page: the offsets are those of its content. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Behind the closing fence. */
  readonly end: number;
  /** The ```text block that follows with nothing but blank lines between. */
  readonly output?: Fence;
}

/** The fenced blocks of a Markdown text, in order. */
export function fences(markdown: string): Fence[] {
  const found = [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```[^\S\n]*$/gm)].map(
    ({ 0: all, 1: language, 2: text, index }): Fence => {
      const from = index + all.indexOf('\n') + 1;
      return { language: language!, text: text!, from, to: from + text!.length, end: index + all.length };
    },
  );
  return found.map((fence, i) => {
    const next = found[i + 1];
    const follows =
      next?.language === 'text' &&
      markdown
        .slice(fence.end, next.from)
        .replace(/```text\s*$/, '')
        .trim() === '';
    return follows ? { ...fence, output: next } : fence;
  });
}

/** The TypeScript of a page as one module, each line where it stands in the page. */
export function moduleOf(markdown: string): string {
  const lines = markdown.replace(/[^\n]/g, ' ');
  return fences(markdown)
    .filter(({ language }) => language === 'ts')
    .reduce((text, { from, to, text: code }) => text.slice(0, from) + code + text.slice(to), lines);
}

/** What a page imports, by specifier. */
export type Modules = (specifier: string) => Promise<Record<string, unknown>>;

const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/**
 * Run the ```ts blocks of a page, in order, as one program, and give what it states beside what comes of it: a comment
 * behind an expression, or behind a `const` where it is a value, and the ```text block behind a block that prints.
 */
export async function runPage(markdown: string, modules: Modules): Promise<Stated[]> {
  const blocks = fences(markdown).filter(({ language }) => language === 'ts');
  const values = new Map<number, unknown>();
  const stated: { from: number; to: number; says: string; code: string }[] = [];
  const imports: string[] = [];
  const printed = blocks.map(() => '');
  let current = 0;
  const body = blocks.map((block, i) => {
    const instrumented = instrument(block, imports, (one) => stated.push(one) - 1);
    return `__block(${i});\n${instrumented}`;
  });
  const { outputText } = ts.transpileModule(`${imports.join('\n')}\n${body.join('\n')}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const console = new Console(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed[current] += chunk.toString();
        done();
      },
    }),
  );
  await new AsyncFunction(
    '__import',
    '__block',
    '__value',
    'console',
    outputText.replace(/^export \{\};$/m, ''),
  )(
    modules,
    (i: number) => (current = i),
    (i: number, value: unknown) => values.set(i, value),
    console,
  );
  return [
    ...stated.map((one, i): Stated => ({ ...one, gives: given(values.get(i)) })),
    ...blocks.flatMap((block, i): Stated[] => {
      const { output } = block;
      const code = block.text;
      if (output !== undefined)
        return [{ from: output.from, to: output.to, says: output.text, gives: printed[i]!, code }];
      if (printed[i] === '') return [];
      return [
        { from: block.end, to: block.end, says: '', gives: `\n\n\`\`\`text\n${printed[i]}\`\`\``, code },
      ];
    }),
  ];
}

function given(value: unknown): string {
  return value instanceof Error ? `throws ${value.message}` : literal(value);
}

/** A block with its imports taken out and every stated expression recorded. */
function instrument(
  block: Fence,
  imports: string[],
  add: (one: { from: number; to: number; says: string; code: string }) => number,
): string {
  const source = ts.createSourceFile('snippet.ts', block.text, ts.ScriptTarget.ES2022, true);
  const edits: { from: number; to: number; text: string }[] = [];
  for (const statement of source.statements) {
    const [from, to] = [statement.getStart(), statement.getEnd()];
    if (ts.isImportDeclaration(statement)) {
      imports.push(importOf(statement));
      edits.push({ from, to, text: '' });
      continue;
    }
    const comment = ts.getTrailingCommentRanges(block.text, to)?.[0];
    if (comment === undefined) continue;
    const at = comment.pos + 3;
    const says = block.text.slice(at, comment.end).trimEnd();
    const place = { from: block.from + at, to: block.from + at + says.length, says };
    if (ts.isExpressionStatement(statement)) {
      const code = statement.expression.getText();
      if (code.startsWith('console.')) continue;
      const i = add({ ...place, code });
      edits.push({
        from,
        to,
        text: says.startsWith('throws')
          ? `try { ${code}; __value(${i}, undefined); } catch (e) { __value(${i}, e); }`
          : `__value(${i}, ${code});`,
      });
    } else if (ts.isVariableStatement(statement) && isValue(says)) {
      const name = statement.declarationList.declarations.at(-1)!.name.getText();
      edits.push({
        from: to,
        to,
        text: ` __value(${add({ ...place, code: statement.getText() })}, ${name});`,
      });
    }
  }
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), block.text);
}

/** Whether a comment reads as a value and not as words. */
function isValue(comment: string): boolean {
  return /^([-−]?\d[\d.e+-]*…?|'[^']*'|"[^"]*"|\[.*\]|\{.*\}|true|false|NaN|Infinity|undefined|\?)$/.test(
    comment,
  );
}

function importOf(statement: ts.ImportDeclaration): string {
  const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
  const clause = statement.importClause;
  if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return '';
  const names: string[] = clause.name === undefined ? [] : [`default: ${clause.name.text}`];
  const bindings = clause.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings))
    return `const ${bindings.name.text} = await __import('${specifier}');`;
  if (bindings !== undefined)
    names.push(
      ...bindings.elements
        .filter((each) => !each.isTypeOnly)
        .map((each) =>
          each.propertyName === undefined ? each.name.text : `${each.propertyName.text}: ${each.name.text}`,
        ),
    );
  return `const { ${names.join(', ')} } = await __import('${specifier}');`;
}

/** The library's modules from its sources, its seeds, and Node's own. */
export function modulesOf(root: string): Modules {
  return async (specifier) => {
    const seed = /^tinbergen\/(seeds\/.*\.json)$/.exec(specifier)?.[1];
    if (seed !== undefined) return { default: JSON.parse(readFileSync(join(root, seed), 'utf8')) as unknown };
    const part = /^tinbergen(?:\/(\w+))?$/.exec(specifier);
    const file = part === null ? specifier : join(root, 'src', part[1] ?? '', 'index.ts');
    return (await import(file)) as Record<string, unknown>;
  };
}
