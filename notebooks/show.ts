import sharp from 'sharp';

/** A value with its own display in notebooks: contents by media type, under the symbol that kernels look for. */
export type Shown = Readonly<Record<symbol, () => Record<string, string>>>;

const display = Symbol.for('Jupyter.display');

/** A chart as a PNG, so that it is seen without running anything; `figure` is what a chart function gives. */
export async function picture(figure: { readonly outerHTML: string }): Promise<Shown> {
  const svg = figure.outerHTML;
  const png = await sharp(Buffer.from(svg), { density: 108 }).png({ palette: true, colours: 48 }).toBuffer();
  const words = /aria-label="([^"]*)"/.exec(svg)?.[1] ?? 'a chart';
  return {
    [display]: () => ({ 'image/png': png.toString('base64'), 'text/plain': words.replaceAll('&quot;', '"') }),
  };
}

/** Rows of plain values as a table. */
export function table(rows: readonly Readonly<Record<string, string | number | undefined>>[]): Shown {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? '')));
  const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const number = (text: string): boolean => /^[-−+]?[\d.,]+( ?(%|points))?$/.test(text);
  const line = (values: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${values.map((v) => `<${tag}${number(v) ? ' align="right"' : ' align="left"'}>${html(v)}</${tag}>`).join('')}</tr>`;
  return {
    [display]: () => ({
      'text/html': `<table>\n<thead>${line(names, 'th')}</thead>\n<tbody>\n${cells.map((row) => line(row, 'td')).join('\n')}\n</tbody>\n</table>`,
      'text/plain': [names, ...cells].map((row) => row.join(' | ')).join('\n'),
    }),
  };
}

/** 0.0815 as `8.15 %`. */
export function percent(ratio: number, digits = 2): string {
  return Number.isFinite(ratio) ? `${(100 * ratio).toFixed(digits)} %`.replace('-', '−') : '—';
}

/** 0.0335 as `3.35 points`: percentage points. */
export function points(ratio: number, digits = 2): string {
  return Number.isFinite(ratio) ? `${(100 * ratio).toFixed(digits)} points`.replace('-', '−') : '—';
}
