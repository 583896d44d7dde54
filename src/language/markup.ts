/** Whether a code unit ends a line. */
export function breaksLine(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

/** Whether a text has tags at all, and where the next '>' is: remembered, so that stray '<' cost nothing. */
export interface TagPlace {
  readonly on: boolean;
  /** Offset of the last '>' looked up; -1 when there is none ahead, -2 before the first look. */
  close: number;
}

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

/** An HTML tag at a '<': where it ends, and whether it breaks a line or ends a table cell. Scripts and styles go whole. */
export function tagAt(
  text: string,
  at: number,
  place: TagPlace,
): { readonly end: number; readonly kind: 'inline' | 'break' | 'cell' } | undefined {
  const first = text.charCodeAt(at + 1);
  const closing = first === 47;
  if (!isLetter(first) && !closing && first !== 33) return undefined;
  if (place.close !== -1 && place.close < at) place.close = text.indexOf('>', at);
  if (place.close === -1 || place.close - at > 2000) return undefined;
  const from = at + (closing ? 2 : 1);
  let to = from;
  while (to < place.close && (isLetter(text.charCodeAt(to)) || isDigit(text.charCodeAt(to)))) to++;
  const name = text.slice(from, to).toLowerCase();
  const end = place.close + 1;
  if ((name === 'script' || name === 'style') && !closing) {
    const close = text.indexOf(`</${name}`, end);
    return { end: close === -1 ? end : close, kind: 'break' };
  }
  if ((name === 'td' || name === 'th') && closing) return { end, kind: 'cell' };
  return { end, kind: breaking.has(name) ? 'break' : 'inline' };
}

const named: Readonly<Record<string, string>> = {
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

/** An HTML entity at a '&': the code unit it stands for and where it ends. */
export function entityAt(
  text: string,
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  let end = at + 1;
  while (end < text.length && end - at < 10 && text[end] !== ';') end++;
  if (text[end] !== ';' || end === at + 1) return undefined;
  const name = text.slice(at + 1, end);
  const number = name.startsWith('#x')
    ? Number.parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number(name.slice(1))
      : NaN;
  const code = Number.isNaN(number) ? named[name]?.charCodeAt(0) : number;
  return code !== undefined && Number.isInteger(code) && code > 0 && code < 65536
    ? { code, end: end + 1 }
    : undefined;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
