import { simplify } from './script.ts';

/** One paragraph of a text in a form that is easy to read, with the place of every character in the given text. */
export interface Paragraph {
  /** Normalised: half-width digits and signs, simplified script, entities resolved, tags gone; in Chinese without blanks. */
  readonly text: string;
  /** `at[i]` is the offset in the given text of the character at `i`; `at[text.length]` is the end of the last one. */
  readonly at: Int32Array;
  readonly language: 'zh' | 'en';
}

/**
 * A text as paragraphs. A line break ends a paragraph unless the line is plainly wrapped: no closing punctuation, and
 * as long as a wrapped line is. Time and space linear in the text.
 */
export function* paragraphs(text: string): Generator<Paragraph> {
  const lines = new LineReader(text);
  const pending = new Pending();
  let line = lines.next();
  while (line !== undefined) {
    pending.add(line);
    const following = lines.next();
    if (following === undefined || !wraps(line, following)) {
      const paragraph = pending.take();
      if (paragraph !== undefined) yield paragraph;
    }
    line = following;
  }
}

/** Characters of one line with their offsets, tags and entities resolved, white space still in. */
interface Line {
  readonly codes: number[];
  readonly at: number[];
  readonly end: number;
  readonly indented: boolean;
}

const openers = new Set('一二三四五六七八九十第(0123456789-*•·—○●◆■|#'.split('').map((c) => c.charCodeAt(0)));
const closers = new Set('。;:!?.；：！？”」』)'.split('').map((c) => c.charCodeAt(0)));

function wraps(line: Line, next: Line): boolean {
  const last = line.codes.at(-1);
  const first = next.codes[0];
  if (last === undefined || first === undefined || next.indented) return false;
  if (
    line.codes.includes(9) ||
    line.codes.includes(124) ||
    next.codes.includes(9) ||
    next.codes.includes(124)
  )
    return false;
  if (closers.has(last)) return false;
  const wide = isCjk(last) || isCjk(first);
  if (wide) return line.codes.length >= 24 && !openers.has(first) && !(first >= 0x41 && first <= 0x5a);
  return line.codes.length >= 40 && !(first === 0x2d || first === 0x2022 || first === 0x2a);
}

function isCjk(code: number): boolean {
  return code >= 0x3000 && code <= 0x9fff;
}

function isBlank(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200d) ||
    code === 0xfeff ||
    code === 0x202f ||
    code === 12 ||
    code === 0xad ||
    code < 9
  );
}

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  ndash: '-',
  permil: '‰',
  middot: '·',
  emsp: ' ',
  ensp: ' ',
};
const breaking = new Set([
  'p',
  'br',
  'div',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'ul',
  'ol',
  'section',
  'body',
  'html',
  'head',
  'title',
]);

/** Splits at line ends and at block tags. One pass; the place of the next '>' is remembered, so stray '<' cost nothing. */
class LineReader {
  private i = 0;
  private nextGt = -2;
  private readonly hasTags: boolean;
  constructor(private readonly text: string) {
    this.hasTags = text.includes('</') || text.includes('<p') || text.includes('<br') || text.includes('/>');
  }

  next(): Line | undefined {
    const { text } = this;
    if (this.i >= text.length) return undefined;
    const codes: number[] = [];
    const at: number[] = [];
    let leading = 0;
    let end = this.i;
    while (this.i < text.length) {
      const code = text.charCodeAt(this.i);
      if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) {
        this.i++;
        break;
      }
      if (code === 60 && this.hasTags) {
        const tag = this.tag();
        if (tag === 'break') break;
        if (tag === 'cell') {
          codes.push(124);
          at.push(this.i - 1);
          end = this.i;
        }
        if (tag !== 'none') continue;
      }
      const start = this.i;
      const plain = code === 38 ? this.entity() : (this.i++, normal(code));
      if (codes.length === 0 && isBlank(plain) && plain !== 9) {
        leading += plain === 0x3000 || code === 0x3000 ? 2 : 1;
        continue;
      }
      codes.push(plain);
      at.push(start);
      end = this.i;
    }
    while (codes.length > 0 && isBlank(codes.at(-1)!)) {
      codes.pop();
      end = at.pop()!;
    }
    return { codes, at, end, indented: leading >= 2 };
  }

  private tag(): 'none' | 'inline' | 'break' | 'cell' {
    const { text, i } = this;
    const first = text.charCodeAt(i + 1);
    const isName = (first >= 97 && first <= 122) || (first >= 65 && first <= 90);
    if (!isName && first !== 47 && first !== 33) return 'none';
    if (this.nextGt !== -1 && this.nextGt < i) this.nextGt = text.indexOf('>', i);
    if (this.nextGt === -1 || this.nextGt - i > 2000) return 'none';
    let from = i + 1;
    if (first === 47) from++;
    let to = from;
    while (to < this.nextGt && /[a-z0-9]/i.test(text[to]!)) to++;
    const name = text.slice(from, to).toLowerCase();
    this.i = this.nextGt + 1;
    if ((name === 'script' || name === 'style') && first !== 47) {
      const close = text.indexOf(`</${name}`, this.i);
      if (close !== -1) this.i = close;
      this.nextGt = text.indexOf('>', this.i);
      return 'break';
    }
    if ((name === 'td' || name === 'th') && first === 47) return 'cell';
    return breaking.has(name) ? 'break' : 'inline';
  }

  private entity(): number {
    const { text, i } = this;
    const semicolon = text.slice(i, i + 10).indexOf(';');
    if (semicolon > 1) {
      const name = text.slice(i + 1, i + semicolon);
      const number = name.startsWith('#x')
        ? Number.parseInt(name.slice(2), 16)
        : name.startsWith('#')
          ? Number(name.slice(1))
          : NaN;
      const code = Number.isNaN(number) ? entities[name]?.charCodeAt(0) : number;
      if (code !== undefined && code > 0 && code < 65536) {
        this.i += semicolon + 1;
        return normal(code);
      }
    }
    this.i++;
    return 38;
  }
}

/** Full-width ASCII as ASCII, except the Chinese comma's kin that would look like decimal or group signs. */
function normal(code: number): number {
  switch (code) {
    case 0xff0c:
      return 0xff0c;
    case 0xff0e:
      return 46;
    case 0xfe6a:
      return 37;
    case 0x25cb:
    case 0x25ef:
    case 0x3007:
      return 0x3007;
    case 0x2212:
    case 0x2013:
    case 0x2010:
    case 0x2011:
    case 0xfe63:
      return 45;
    case 0x2015:
    case 0x2500:
      return 0x2014;
    case 0x223c:
    case 0x301c:
      return 126;
    case 0x300c:
    case 0x300e:
      return 0x201c;
    case 0x300d:
    case 0x300f:
      return 0x201d;
    case 0x2018:
    case 0x2019:
      return 39;
    case 0x2265:
    case 0x2267:
      return 0x2265;
    case 0x2264:
    case 0x2266:
      return 0x2264;
    default:
  }
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return code < 0x4e00 ? code : simplify(code);
}

/** Lines gathered into a paragraph. */
class Pending {
  private codes: number[] = [];
  private at: number[] = [];
  private end = 0;

  add(line: Line): void {
    if (line.codes.length === 0) return;
    if (this.codes.length > 0) {
      this.codes.push(32);
      this.at.push(this.end);
    }
    for (let i = 0; i < line.codes.length; i++) {
      this.codes.push(line.codes[i]!);
      this.at.push(line.at[i]!);
    }
    this.end = line.end;
  }

  take(): Paragraph | undefined {
    const { codes, at, end } = this;
    [this.codes, this.at] = [[], []];
    if (codes.length === 0) return undefined;
    let cjk = 0;
    let latin = 0;
    for (const code of codes) {
      if (code >= 0x4e00 && code <= 0x9fff) cjk++;
      else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) latin++;
    }
    const language = cjk * 3 > latin ? 'zh' : 'en';
    const table = codes.includes(124) || codes.includes(9);
    const kept: number[] = [];
    const places: number[] = [];
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      if (isBlank(code) && !(code === 9 && table)) {
        if (language === 'zh' || kept.at(-1) === 32) continue;
        kept.push(32);
      } else kept.push(code);
      places.push(at[i]!);
    }
    places.push(end);
    return { text: fromCodes(kept), at: Int32Array.from(places), language };
  }
}

function fromCodes(codes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.slice(i, i + 4096));
  return text;
}
