/** A token of equation text with its position. `other` is a character the language does not have. */
export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'operator-word' | 'bracket' | 'other';
  readonly text: string;
  readonly at: number;
}

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$]*/uy;
const operator = /[<>=!]=|[-+*/^<>?:,]/y;
const bracket = /[()[\]]/y;
const blank = /\s+/y;
const operatorWords = new Set(['and', 'or', 'not']);

/** The tokens of equation text, in order. */
export function* tokens(text: string): Generator<Token> {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const space = take(blank);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const token = nextToken(take, text, at);
    yield token;
    at += token.text.length;
  }
}

function nextToken(take: (pattern: RegExp) => string | undefined, text: string, at: number): Token {
  const digits = take(number);
  if (digits !== undefined) return { kind: 'number', text: digits, at };
  const word = take(name);
  if (word !== undefined) return { kind: operatorWords.has(word) ? 'operator-word' : 'name', text: word, at };
  const sign = take(operator);
  if (sign !== undefined) return { kind: 'operator', text: sign, at };
  const bracketed = take(bracket);
  if (bracketed !== undefined) return { kind: 'bracket', text: bracketed, at };
  return { kind: 'other', text: String.fromCodePoint(text.codePointAt(at)!), at };
}
