/** A dictionary that is searched from a place in a text: the longest entry that starts there. Built once, read only. */
export interface Trie<V> {
  readonly root: Node<V>;
}

interface Node<V> {
  readonly next: Map<number, Node<V>>;
  value?: V;
}

/** A trie over words. A word that stands twice keeps its first value. */
export function trie<V>(entries: Iterable<readonly [string, V]>): Trie<V> {
  const root: Node<V> = { next: new Map() };
  for (const [word, value] of entries) {
    if (word === '') continue;
    let node = root;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let child = node.next.get(code);
      if (child === undefined) node.next.set(code, (child = { next: new Map() }));
      node = child;
    }
    node.value ??= value;
  }
  return { root };
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
  let node: Node<V> | undefined = words.root;
  let found: { value: V; end: number } | undefined;
  for (let i = at; i < end; i++) {
    node = node.next.get(text.charCodeAt(i));
    if (node === undefined) break;
    if (node.value !== undefined && (mayEnd === undefined || mayEnd(i + 1)))
      found = { value: node.value, end: i + 1 };
  }
  return found;
}
