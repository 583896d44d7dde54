/** The element with an id, which the page has; the caller knows its kind. */
// oxlint-disable-next-line no-unnecessary-type-parameters -- as querySelector of the DOM's own types
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/**
 * Put a part of the page anew. The focus stays where it was when it stood inside: in the element of the same id, or in the
 * part itself.
 */
export function put(target: HTMLElement, html: string): void {
  const { activeElement } = document;
  const inside = activeElement !== null && activeElement !== target && target.contains(activeElement);
  target.innerHTML = html;
  if (inside) (document.getElementById(activeElement.id) ?? target).focus();
}

/** Calls `f` once when nothing was asked for during `milliseconds`. */
export function settled(f: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    if (timer !== undefined) clearTimeout(timer);
    timer = setTimeout(f, milliseconds);
  };
}
