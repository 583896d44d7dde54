/** What marks need of an element. */
interface SvgNode {
  readonly nodeType: number;
  readonly nodeName: string;
  parentNode: SvgNode | null;
  readonly childNodes: SvgNode[];
  readonly outerHTML: string;
  readonly [more: string]: unknown;
}

/**
 * A document that is only written, never shown: enough of the DOM for Observable Plot to draw in, so that charts can be
 * made where there is none (Node, a worker), and their `outerHTML` read. It knows no selectors but element names, no
 * events and no layout.
 *
 * @example typeof svgDocument() // 'object'
 */
export function svgDocument(): object {
  const document: Record<string, unknown> = {
    createElementNS: (space: string, name: string) => element(document, space, name),
    createElement: (name: string) => element(document, xhtml, name),
    createTextNode: (text: string) => textNode(text),
  };
  document['documentElement'] = element(document, xhtml, 'html');
  document['defaultView'] = null;
  return document;
}

const xhtml = 'http://www.w3.org/1999/xhtml';

function textNode(data: string): SvgNode {
  return {
    nodeType: 3,
    nodeName: '#text',
    parentNode: null,
    childNodes: [],
    textContent: data,
    get outerHTML() {
      return escaped(data);
    },
  };
}

function element(ownerDocument: object, namespaceURI: string, name: string): SvgNode {
  const attributes = new Map<string, string>();
  const styles: Record<string, unknown> = {
    setProperty: (key: string, value: unknown) => void (styles[key] = value),
    removeProperty: (key: string) => void delete styles[key],
    getPropertyValue: (key: string) => styles[key] ?? '',
  };
  const childNodes: SvgNode[] = [];
  const put = (child: SvgNode, before: SvgNode | null): SvgNode => {
    detach(child);
    const place = before === null ? -1 : childNodes.indexOf(before);
    childNodes.splice(place < 0 ? childNodes.length : place, 0, child);
    child.parentNode = self;
    return child;
  };
  const self: SvgNode = {
    nodeType: 1,
    nodeName: name,
    tagName: name,
    namespaceURI,
    ownerDocument,
    parentNode: null,
    childNodes,
    style: styles,
    isConnected: false,
    get children() {
      return childNodes.filter((node) => node.nodeType === 1);
    },
    get firstChild() {
      return childNodes[0] ?? null;
    },
    get nextSibling() {
      const beside = self.parentNode?.childNodes ?? [];
      return beside[beside.indexOf(self) + 1] ?? null;
    },
    get textContent(): string | number | null {
      return childNodes.map((node) => String(node['textContent'])).join('');
    },
    set textContent(text: string | number | null) {
      childNodes.length = 0;
      if (text !== '' && text !== null) put(textNode(`${text}`), null);
    },
    get outerHTML() {
      const css = Object.entries(styles).filter(([, value]) => typeof value !== 'function');
      const style = css.map(([key, value]) => `${kebab(key)}: ${String(value)}`).join('; ');
      const all = style === '' ? [...attributes] : [...attributes, ['style', style] as const];
      const open = `<${name}${all.map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`).join('')}>`;
      return `${open}${childNodes.map((node) => node.outerHTML).join('')}</${name}>`;
    },
    setAttribute: (key: string, value: unknown) => void attributes.set(key, String(value)),
    setAttributeNS: (_space: string, key: string, value: unknown) => void attributes.set(key, String(value)),
    getAttribute: (key: string) => attributes.get(key) ?? null,
    hasAttribute: (key: string) => attributes.has(key),
    removeAttribute: (key: string) => void attributes.delete(key),
    appendChild: (child: SvgNode) => put(child, null),
    append: (...children: (SvgNode | string)[]) => {
      for (const child of children) put(typeof child === 'string' ? textNode(child) : child, null);
    },
    insertBefore: (child: SvgNode, before: SvgNode | null) => put(child, before),
    removeChild: (child: SvgNode) => detach(child),
    remove: () => void detach(self),
    replaceWith: (other: SvgNode) => {
      const { parentNode } = self;
      if (parentNode === null) return;
      (parentNode['insertBefore'] as (a: SvgNode, b: SvgNode) => void)(other, self);
      detach(self);
    },
    querySelector: (wanted: string) => inside(self, wanted)[0] ?? null,
    querySelectorAll: (wanted: string) => inside(self, wanted),
    addEventListener: () => undefined,
  };
  return self;
}

function detach(node: SvgNode): SvgNode {
  const beside = node.parentNode?.childNodes;
  if (beside !== undefined) beside.splice(beside.indexOf(node), 1);
  node.parentNode = null;
  return node;
}

function inside(node: SvgNode, name: string): SvgNode[] {
  return node.childNodes.flatMap((child) => [
    ...(child.nodeName === name ? [child] : []),
    ...inside(child, name),
  ]);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}
