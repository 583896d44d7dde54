import { simplify } from './script.ts';
import { breaksLine, entityAt, tagAt } from './markup.ts';
import type { TagPlace } from './markup.ts';

/** One paragraph of a text in a form that is easy to read, with the place of every character in the given text. */
export interface Paragraph {
  /** Normalised: half-width digits and signs, simplified script, entities resolved, tags gone; in Chinese without blanks. */
  readonly text: string;
  /** `at[i]` is the offset in the given text of the character at `i`; `at[text.length]` is the end of the last one. */
  readonly at: Int32Array;
  readonly language: 'zh' | 'en';
}

/** Characters with their offsets, in buffers that grow. */
interface Buffer {
  codes: Uint16Array;
  at: Int32Array;
  length: number;
  /** Offset behind the last character. */
  end: number;
}

/** Where a line lies in the buffer of its paragraph. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly indented: boolean;
  /** Offset in the text where the next line starts. */
  readonly next: number;
}

/**
 * A text as paragraphs. A line break ends a paragraph unless the line is plainly wrapped: no closing punctuation, and
 * as long as a wrapped line is. Time and space linear in the text.
 */
export function* paragraphs(text: string): Generator<Paragraph> {
  const buffer: Buffer = { codes: new Uint16Array(4096), at: new Int32Array(4096), length: 0, end: 0 };
  const tags: TagPlace = {
    on: text.includes('</') || text.includes('<p') || text.includes('<br') || text.includes('/>'),
    close: -2,
  };
  let line = readLine(text, 0, buffer, tags);
  while (line !== undefined) {
    // A blank between wrapped lines, taken away again when the next line starts a paragraph.
    const { length, end } = buffer;
    if (line.to > line.from) push(buffer, 32, buffer.end, buffer.end);
    const next: Line | undefined = readLine(text, line.next, buffer, tags);
    if (next === undefined || !wraps(buffer, line, next)) {
      const kept = paragraphOf(buffer, length, end);
      if (kept !== undefined) yield kept;
      line = next === undefined ? undefined : restart(buffer, next);
    } else line = next;
  }
}

const openers = codeSet('一二三四五六七八九十第(0123456789-*•·—○●◆■|#');
const closers = codeSet('。;:!?.；：！？”」』)');

function codeSet(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (c) => c.charCodeAt(0)));
}

function wraps(buffer: Buffer, line: Line, next: Line): boolean {
  if (line.to === line.from || next.to === next.from || next.indented) return false;
  const { codes } = buffer;
  const [last, first] = [codes[line.to - 1]!, codes[next.from]!];
  if (closers.has(last) || isTabular(codes, line) || isTabular(codes, next)) return false;
  const length = line.to - line.from;
  if (isWide(last) || isWide(first))
    return length >= 24 && !openers.has(first) && !(first >= 0x41 && first <= 0x5a);
  return length >= 40 && first !== 0x2d && first !== 0x2022 && first !== 0x2a;
}

function isTabular(codes: Uint16Array, line: Line): boolean {
  for (let i = line.from; i < line.to; i++) if (codes[i] === 9 || codes[i] === 124) return true;
  return false;
}

function isWide(code: number): boolean {
  return code >= 0x3000 && code <= 0x9fff;
}

/** White space and what has no width, as one class. */
const blank = new Uint8Array(65536);
for (const code of [32, 9, 0xa0, 0x3000, 0xfeff, 0x202f, 12, 0xad]) blank[code] = 1;
for (let code = 0x2000; code <= 0x200d; code++) blank[code] = 1;
for (let code = 0; code < 9; code++) blank[code] = 1;

function push(buffer: Buffer, code: number, at: number, end: number): void {
  if (buffer.length + 1 >= buffer.codes.length) {
    const [codes, places] = [
      new Uint16Array(buffer.codes.length * 2),
      new Int32Array(buffer.codes.length * 2),
    ];
    codes.set(buffer.codes);
    places.set(buffer.at);
    [buffer.codes, buffer.at] = [codes, places];
  }
  buffer.codes[buffer.length] = code;
  buffer.at[buffer.length++] = at;
  buffer.end = end;
}

/** One line into the buffer, without the white space around it; undefined at the end of the text. */
function readLine(text: string, start: number, buffer: Buffer, tags: TagPlace): Line | undefined {
  if (start >= text.length) return undefined;
  const from = buffer.length;
  let leading = 0;
  let i = start;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (breaksLine(code)) {
      i++;
      break;
    }
    if (code === 60 && tags.on) {
      const tag = tagAt(text, i, tags);
      if (tag !== undefined) {
        i = tag.end;
        if (tag.kind === 'break') break;
        if (tag.kind === 'cell') push(buffer, 124, i - 1, i);
        continue;
      }
    }
    const entity = code === 38 ? entityAt(text, i) : undefined;
    const plain = plainOf[entity?.code ?? code]!;
    const end = entity?.end ?? i + 1;
    if (buffer.length === from && blank[plain] === 1 && plain !== 9) leading += code === 0x3000 ? 2 : 1;
    else push(buffer, plain, i, end);
    i = end;
  }
  while (buffer.length > from && blank[buffer.codes[buffer.length - 1]!] === 1) {
    buffer.length--;
    buffer.end = buffer.at[buffer.length]!;
  }
  return { from, to: buffer.length, indented: leading >= 2, next: i };
}

/** Full-width ASCII as ASCII (the Chinese comma stays, which is no group sign), dashes, quotes and circles as one each, simplified script. */
const plainOf = new Uint16Array(65536);
for (let code = 0; code < 65536; code++)
  plainOf[code] =
    code >= 0xff01 && code <= 0xff5e && code !== 0xff0c
      ? code - 0xfee0
      : code < 0x4e00
        ? code
        : simplify(code);
for (const [from, to] of [
  ['\ufe6a', '%'],
  ['○◯', '〇'],
  ['−–‐‑﹣', '-'],
  ['―─', '—'],
  ['∼〜', '~'],
  ['「『', '“'],
  ['」』', '”'],
  ['‘’', "'"],
  ['≧', '≥'],
  ['≦', '≤'],
] as const) {
  for (const c of from) plainOf[c.charCodeAt(0)] = to.charCodeAt(0);
}

/** The buffer up to a length as a paragraph, Chinese without blanks, English with single ones. */
function paragraphOf(buffer: Buffer, length: number, end: number): Paragraph | undefined {
  if (length === 0) return undefined;
  const { codes, at } = buffer;
  let wide = 0;
  let latin = 0;
  let tabular = false;
  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    if (code >= 0x4e00 && code <= 0x9fff) wide++;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) latin++;
    else if (code === 9 || code === 124) tabular = true;
  }
  const language = wide * 3 > latin ? 'zh' : 'en';
  const kept = new Uint16Array(length);
  const places = new Int32Array(length + 1);
  let n = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    let plain = code;
    if (blank[code] === 1 && !(code === 9 && tabular)) {
      if (language === 'zh' || (n > 0 && kept[n - 1] === 32)) continue;
      plain = 32;
    }
    kept[n] = plain;
    places[n++] = at[i]!;
  }
  places[n] = end;
  return { text: fromCodes(kept, n), at: places.subarray(0, n + 1), language };
}

const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/** Code units as a string of the same length; half a surrogate pair becomes one replacement character. */
function fromCodes(codes: Uint16Array, length: number): string {
  return decoder.decode(codes.subarray(0, length));
}

/** The line that has been read ahead becomes the first of the next paragraph. */
function restart(buffer: Buffer, line: Line): Line {
  buffer.codes.copyWithin(0, line.from, line.to);
  buffer.at.copyWithin(0, line.from, line.to);
  buffer.length = line.to - line.from;
  return { ...line, from: 0, to: buffer.length };
}
