/**
 * Snippets of the pages and doc comments: what their code gives, beside what they say it gives. `UPDATE_SNIPPETS=1`
 * writes what the code gives into the files instead of comparing.
 */
export const refresh = (process.env['UPDATE_SNIPPETS'] ?? '') !== '';

/** One result that a file states: where it stands, what it says, what the code gave. */
export interface Stated {
  /** Offsets of `says` in the file's text. */
  readonly from: number;
  readonly to: number;
  readonly says: string;
  readonly gives: string;
  /** The code, for the message. */
  readonly code: string;
}

/** A value as a snippet states it: a literal on one line. */
export function literal(value: unknown): string {
  if (typeof value === 'string') {
    const quoted = JSON.stringify(value);
    return value.includes("'") ? quoted : `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return literal(Array.from(value as Float64Array));
  const fields = Object.entries(value).map(
    ([key, each]) => `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : `'${key}'`}: ${literal(each)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

const number = /[-−]?\d+(?:\.\d*)?(?:e[-+]?\d+)?…?/g;

/**
 * Whether two texts say the same: the same words, the same numbers to twelve digits (last bits may differ between
 * machines), a number that ends in `…` as far as it goes. Blanks and the lines of tables do not count.
 */
export function says(expected: string, actual: string): boolean {
  const [a, b] = [tokens(plain(expected)), tokens(plain(actual))];
  return a.length === b.length && a.every((token, i) => sameToken(token, b[i]!));
}

/** What the code gave, cut where the stated text cut its numbers (`…` behind a number) or lines (`…` alone on the last). */
export function inTheManner(stated: string, gives: string): string {
  const lines = stated.trimEnd().split('\n');
  if (lines.length > 1 && lines.at(-1)!.trim() === '…') {
    const kept = gives.split('\n').slice(0, lines.length - 1);
    return `${kept.join('\n')}\n…\n`;
  }
  const cuts = [...stated.matchAll(number)].map(([text]) => (text.endsWith('…') ? text.length - 1 : 0));
  let i = 0;
  return gives.replace(number, (text) => {
    const cut = cuts[i++] ?? 0;
    return cut > 0 && text.length > cut && !text.includes('e') ? `${text.slice(0, cut)}…` : text;
  });
}

/** The file's text with every result as the code gave it. */
export function withResults(text: string, results: readonly Stated[]): string {
  let out = text;
  for (const { from, to, says: stated, gives } of results.toSorted((a, b) => b.from - a.from)) {
    const written = inTheManner(stated, gives);
    if (stated === '' || !says(stated, written)) out = out.slice(0, from) + written + out.slice(to);
  }
  return out;
}

function plain(text: string): string {
  return text
    .replace(/[\s│─┌┐└┘├┤┬┴┼]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
}

/** Numbers and what stands between them, in turn. */
function tokens(text: string): string[] {
  return text.split(new RegExp(`(${number.source})`));
}

function sameToken(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (expected.endsWith('…')) return actual.startsWith(expected.slice(0, -1));
  const [a, b] = [Number(expected.replace('−', '-')), Number(actual.replace('−', '-'))];
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}
