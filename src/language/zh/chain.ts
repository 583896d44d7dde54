import type { Clause } from './clause.ts';
import type { Token } from './token.ts';
import { chainTags } from './words.ts';

/** Words that touch the number on its left, nearest first: what happens to the subject. */
export interface Chain {
  readonly tokens: readonly Token[];
  readonly start: number;
}

const inChains: ReadonlySet<string> = new Set([...chainTags, 'paren']);

/** The function words that touch the number, walking left. A verb of delivery ends it. */
export function chainBefore(clause: Clause, index: number): Chain {
  return (clause.chains[index] ??= chainOf(clause, index));
}

function chainOf(clause: Clause, index: number): Chain {
  const { tokens } = clause;
  const chain: Token[] = [];
  let at = tokens[index]!.start;
  for (let i = index - 1; i >= 0 && chain.length < 12; i--) {
    const token = tokens[i]!;
    const gap = at - token.end;
    if (gap > 0 && !(gap === 1 && ':“'.includes(clause.text[token.end]!))) break;
    const beforeIt = tokens[i - 1];
    const stands =
      token.tag === 'prep' &&
      clause.text[token.start] === '在' &&
      beforeIt !== undefined &&
      beforeIt.end === token.start &&
      inChains.has(beforeIt.tag);
    if (!inChains.has(token.tag) && !stands) break;
    chain.push(token);
    at = token.start;
  }
  return { tokens: chain, start: at };
}

export function has(chain: Chain, ...tags: readonly string[]): boolean {
  return chain.tokens.some((token) => tags.includes(token.tag));
}
