import { create, parseDependencies } from 'mathjs/number';

/** A node of mathjs's syntax tree. */
export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface Parser {
  (text: string): Node;
  isAlpha: (c: string, previous: string, next: string) => boolean;
}

let parser: Parser | undefined;

/**
 * Parse equation text with mathjs, whose parser this file alone imports; nothing is ever evaluated by it. Names may be
 * in any script. The parser is made when first asked for.
 *
 * @throws SyntaxError with `char`, the position from 1
 */
export function parseWithMathjs(text: string): Node {
  parser ??= makeParser();
  return parser(text);
}

function makeParser(): Parser {
  const made = create({ parseDependencies: parseDependencies! })['parse'] as unknown as Parser;
  const { isAlpha } = made;
  made.isAlpha = (c, previous, next) => isAlpha(c, previous, next) || /^[\p{L}\p{M}]$/u.test(c);
  return made;
}
