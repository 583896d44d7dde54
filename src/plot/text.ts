/**
 * Width of a character in thousandths of the font size: of each printable ASCII character the wider of Noto Sans CJK SC
 * and Liberation Sans (which has the widths of Arial and Helvetica), measured in Chromium. Text is measured with this
 * table because charts are made where no layout engine is.
 */
const ascii = [
  280, 370, 470, 560, 560, 920, 680, 280, 340, 340, 470, 580, 280, 350, 280, 390, 560, 560, 560, 560, 560,
  560, 560, 560, 560, 560, 280, 280, 580, 580, 580, 560, 1020, 670, 670, 720, 720, 670, 610, 780, 730, 290,
  530, 670, 560, 830, 720, 780, 670, 780, 720, 670, 610, 720, 670, 940, 670, 670, 610, 340, 390, 340, 550,
  560, 610, 560, 620, 510, 620, 560, 330, 560, 610, 280, 280, 550, 280, 930, 610, 610, 620, 620, 390, 500,
  380, 610, 520, 800, 500, 520, 500, 340, 300, 340, 580,
];

/** What a bold text is wider than a plain one. */
const bold = 1.08;

/** How far lines of text stand apart, in units of the font size. */
export const lineHeight = 1.25;

/**
 * Width of a text on one line in pixels, never too small for the fonts that the charts name. Chinese characters, and
 * whatever the table does not hold, take two cells: one em.
 *
 * @param size font size in pixels
 * @example textWidth('GDP', 10) // 21.7
 */
export function textWidth(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  let sum = 0;
  for (const c of text) sum += charWidth(c);
  return Math.round((weight === 'bold' ? bold : 1) * sum * size) / 1000;
}

/**
 * A text in lines no wider than `width`: Latin words are kept whole where they fit, Chinese breaks anywhere except
 * before a closing mark. A label, which has a most number of lines, is broken into lines of about one length; what does not
 * fit ends in an ellipsis.
 *
 * @param width in pixels
 * @param size font size in pixels
 * @param lines the most lines; defaults to any number
 * @example wrapText('fiscal revenue', 40, 10) // ['fiscal', 'revenue']
 */
export function wrapText(text: string, width: number, size: number, lines = Infinity): string[] {
  const done = broken(text, width, size);
  if (done.length > lines)
    return [...done.slice(0, lines - 1), shorten(done.slice(lines - 1).join(' '), width, size)];
  return lines === Infinity || done.length === 1 ? done : evened(text, width, size, done.length);
}

/** The narrowest lines that are as few, so that no word is left over on a line of its own; no word is cut for it. */
function evened(text: string, width: number, size: number, lines: number): string[] {
  const widest = Math.max(...piecesOf(text).map((piece) => textWidth(piece.trimEnd(), size)));
  let [low, high] = [Math.min(widest, width), width];
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    if (broken(text, middle, size).length > lines) low = middle;
    else high = middle;
  }
  return broken(text, high, size);
}

function broken(text: string, width: number, size: number): string[] {
  const done: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (textWidth((line + piece).trimEnd(), size) <= width || line === '') line += piece;
    else {
      done.push(line.trimEnd());
      line = piece.trimStart();
    }
    while (textWidth(line.trimEnd(), size) > width && line.length > 1) {
      const cut = fitting(line, width, size);
      done.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line.trim() !== '' || done.length === 0) done.push(line.trimEnd());
  return done;
}

/** A text cut so that it fits on one line, with an ellipsis where something was cut off. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const cut = fitting(text, width - textWidth('…', size), size);
  return `${text.slice(0, cut).trimEnd()}…`;
}

function charWidth(c: string): number {
  const code = c.codePointAt(0)!;
  const known = ascii[code - 32];
  if (known !== undefined) return known;
  if (c === '−') return 580;
  if (c === '–') return 560;
  return code < 0x2000 ? 720 : 1000;
}

/** Words with the space after them (a number keeps its percent sign), and single wide characters with the closing mark after them. */
function piecesOf(text: string): string[] {
  return (
    text.match(
      /[\u2e80-\uffef][，。；：、）】》”’！？%]*|[^\s\u2e80-\uffef]+(?: (?:%|pp)(?![\p{L}\p{N}])[^\s\u2e80-\uffef]*)?\s*|\s+/gu,
    ) ?? []
  );
}

/** How many characters fit, at least one; a pair of code units is never parted. */
function fitting(text: string, width: number, size: number): number {
  let cut = 0;
  for (const c of text) {
    if (cut > 0 && textWidth(text.slice(0, cut) + c, size) > width) break;
    cut += c.length;
  }
  return cut;
}
