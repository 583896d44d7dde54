import { parseHTML } from 'linkedom';
import { textWidth } from '../../src/plot/text.ts';

/** A picture as text that compares: coordinates with one decimal (what it says stays as it is), generated ids renamed in order, one element a line. */
export function normalised(svg: string): string {
  const ids = new Map<string, string>();
  return `${svg
    .replace(/plot-(?:clip|pattern)-\d+/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id-${ids.size + 1}`);
      return ids.get(id)!;
    })
    .replace(/<(?:[^>"]|"[^"]*")*>/g, (tag) =>
      tag.replace(/aria-label="[^"]*"|-?\d+\.\d+(?:e-?\d+)?/g, rounded),
    )
    .replaceAll('><', '>\n<')}\n`;
}

function rounded(found: string): string {
  return found.startsWith('aria') ? found : String(Number(Number(found).toFixed(1)) + 0);
}

/** A picture whose elements are written one way: attributes in order, no style (each DOM orders its parts), no empty-tag form. */
export function sorted(svg: string): string {
  return normalised(
    svg
      .replaceAll('&gt;', '>')
      .replace(
        /<([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
        (_, name: string, inside: string, slash: string) => {
          const attributes = [...inside.matchAll(/[\w:-]+="[^"]*"/g)]
            .map(([text]) => text)
            .filter((text) => !text.startsWith('style='));
          return `<${name} ${attributes.toSorted().join(' ')}>${slash === '' ? '' : `</${name}>`}`;
        },
      ),
  );
}

/** A line of text in a picture, in pixels. */
export interface TextBox {
  readonly text: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** What is used of a parsed element. */
interface Node {
  readonly nodeType: number;
  readonly tagName: string;
  readonly textContent: string | null;
  readonly parentElement: Node | null;
  readonly children: Iterable<Node>;
  readonly childNodes: Iterable<Node>;
  getAttribute(name: string): string | null;
}

/** Where the lines of text of a picture stand, measured with the table that the charts use; and its size. */
export function textBoxes(svg: string): { width: number; height: number; boxes: TextBox[] } {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  const root = document.querySelector('svg') as unknown as Node & {
    querySelectorAll(name: string): Iterable<Node>;
  };
  const boxes: TextBox[] = [];
  for (const node of root.querySelectorAll('text')) {
    const inherited = (name: string): string | null => {
      for (let at: Node | null = node; at !== null; at = at.parentElement) {
        const value = at.getAttribute(name);
        if (value !== null) return value;
      }
      return null;
    };
    const size = Number(
      inherited('font-size') === '10' &&
        node.getAttribute('font-size') === null &&
        node.parentElement?.getAttribute('font-size') === null
        ? 12
        : inherited('font-size'),
    );
    const weight = inherited('font-weight') === 'bold' ? 'bold' : 'normal';
    const anchor = inherited('text-anchor');
    let [x, y] = [0, 0];
    for (let at: Node | null = node; at !== null && at !== root; at = at.parentElement) {
      const [, dx, dy] =
        /translate\(([-\d.e]+)(?:,([-\d.e]+))?\)/.exec(at.getAttribute('transform') ?? '') ?? [];
      x += Number(dx ?? 0);
      y += Number(dy ?? 0);
    }
    const em = (value: string | null): number =>
      value === null ? 0 : value.endsWith('em') ? size * Number.parseFloat(value) : Number(value);
    x += em(node.getAttribute('x'));
    y += em(node.getAttribute('y')) + em(node.getAttribute('dy'));
    const spans = [...node.children].filter((child) => child.tagName.toLowerCase() === 'tspan');
    const lines = spans.length === 0 ? [{ text: ownText(node), dy: 0 }] : [];
    let down = 0;
    for (const span of spans) {
      down +=
        em(span.getAttribute('dy')) + (span.getAttribute('y') === null ? 0 : em(span.getAttribute('y')));
      lines.push({ text: ownText(span), dy: down });
    }
    for (const { text, dy } of lines) {
      if (text.trim() === '') continue;
      const w = textWidth(text, size, weight);
      const x1 = anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2;
      // From the top of capitals to the foot of descenders.
      boxes.push({ text, x1, x2: x1 + w, y1: y + dy - 0.75 * size, y2: y + dy + 0.22 * size });
    }
  }
  return { width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')), boxes };
}

/** Text that reaches out of the picture, and texts that cover each other by more than a pixel. */
export function faultsOf(svg: string): string[] {
  const { width, height, boxes } = textBoxes(svg);
  const clipped = boxes
    .filter((b) => b.x1 < -0.5 || b.y1 < -0.5 || b.x2 > width + 0.5 || b.y2 > height + 0.5)
    .map((b) => `'${b.text}' reaches out of the picture`);
  const covered = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => {
      const w = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
      const h = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
      return w > 1 && h > 1 ? [`'${a.text}' and '${b.text}' cover each other`] : [];
    }),
  );
  return [...clipped, ...covered];
}

function ownText(node: Node): string {
  return [...node.childNodes]
    .filter((child) => child.nodeType === 3)
    .map((child) => child.textContent ?? '')
    .join('');
}
