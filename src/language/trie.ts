/** A dictionary that is searched from a place in a text: the longest entry that starts there. Built once, read only. */
export interface Trie<V> {
  /** By the first code unit: a table, since most places of a text are looked up and few go further. */
  readonly first: readonly (Node<V> | undefined)[];
}

interface Node<V> {
  readonly next: Map<number, Node<V>>;
  value?: V;
}

/** A trie over words. A word that stands twice keeps its first value. */
export function trie<V>(entries: Iterable<readonly [string, V]>): Trie<V> {
  const first: (Node<V> | undefined)[] = Array.from({ length: 65536 }, () => undefined);
  for (const [word, value] of entries) {
    if (word === '') continue;
    let node: Node<V> = (first[word.charCodeAt(0)] ??= { next: new Map() });
    for (let i = 1; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let child = node.next.get(code);
      if (child === undefined) node.next.set(code, (child = { next: new Map() }));
      node = child;
    }
    node.value ??= value;
  }
  return { first };
}

/**
 * The longest word of the trie that starts at a place, or undefined. Cost: the length of the longest word at most.
 *
 * @param end where the text ends for this search. Defaults to the text's length
 * @param mayEnd whether a word may end at a place, for scripts with word boundaries. Defaults to everywhere
 */
export function longest<V>(
  words: Trie<V>,
  text: string,
  at: number,
  end = text.length,
  mayEnd?: (at: number) => boolean,
): { readonly value: V; readonly end: number } | undefined {
  let node = words.first[text.charCodeAt(at)];
  let value: V | undefined;
  let last = -1;
  for (let i = at + 1; node !== undefined && i <= end; i++) {
    if (node.value !== undefined && (mayEnd === undefined || mayEnd(i))) [value, last] = [node.value, i];
    if (i === end || node.next.size === 0) break;
    node = node.next.get(text.charCodeAt(i));
  }
  return value === undefined ? undefined : { value, end: last };
}
