import type { Language } from '../issue.ts';
import { escapeHtml, htmlPage } from './html-page.ts';

/** A section with its heading; nothing when there is nothing in it. */
export function section(id: string, heading: string, body: string): string {
  return body === '' ? '' : `<section id="${id}"><h2>${escapeHtml(heading)}</h2>\n${body}\n</section>`;
}

/** A list; nothing when it is empty. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}

/**
 * A table whose cells carry their heading, which stands beside them where rows are stacked on a phone. Roles are said
 * because a table laid out as blocks is no table to some screen readers.
 */
export function tableOf(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((text, i) => {
        const label = ` data-label="${escapeHtml(head[i] ?? '')}"`;
        return i === 0
          ? `<th scope="row" role="rowheader">${escapeHtml(text)}</th>`
          : `<td role="cell"${label}>${escapeHtml(text)}</td>`;
      })
      .join('');
  return [
    `<table role="table"><caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr role="row">${cells(row)}</tr>`).join('\n')}</tbody></table>`,
  ].join('\n');
}

/** A picture with its heading and a caption; a tall one stands beside two rows of others. */
export function picture(heading: string, svg: string, caption = '', tall = false): string {
  return `<figure${tall ? ' class="tall"' : ''}><h3>${escapeHtml(heading)}</h3>${svg}${caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`}</figure>`;
}

/** The whole page: one file, nothing fetched, no script. */
export function page(title: string, language: Language, body: string): string {
  return htmlPage({
    title,
    language,
    policy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    css,
    body,
  });
}

const css = `
body { max-width: 60rem; }
h2 { margin: 1.4rem 0 .4rem; }
.note { color: var(--soft); font-size: .875rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9375rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: normal; }
thead th { font-weight: bold; }
.charts { margin-top: .75rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem 1.5rem; align-items: start; }
.small { grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.tall { grid-row: span 2; }
@media (min-width: 56rem) { .uneven { grid-template-columns: 1fr 1fr 1.3fr; } }
figure { margin: 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; max-width: 34rem; }
.defaults { columns: 2 20rem; column-gap: 1.5rem; font-size: .8125rem; line-height: 1.35; padding-left: 0; list-style: none; }
.defaults li { break-inside: avoid; margin-bottom: .2rem; }
@media screen and (max-width: 40rem) {
  body { padding: .75rem; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tbody, tr, th[scope=row], td { display: block; border: 0; padding: .1rem 0; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; display: block; }
  th[scope=row] { font-weight: bold; }
  td { display: flex; justify-content: space-between; gap: 1rem; }
  td::before { content: attr(data-label); color: var(--soft); }
}
@page { size: A4; margin: 9mm 11mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --line: #aaa; --link: #000; }
  body { padding: 0; max-width: none; font-size: 8pt; line-height: 1.28; }
  h1 { font-size: 13pt; } h2 { font-size: 10pt; margin: 1.6mm 0 .8mm; } h3 { font-size: 8pt; margin-bottom: 0; }
  p { margin: .6mm 0; }
  a { text-decoration: none; }
  header p, figcaption, .note, footer, table { font-size: 7.5pt; }
  th, td { padding: .35mm 2mm .35mm 0; }
  .charts { display: block; columns: 2; column-gap: 6mm; margin-top: 1.5mm; }
  .charts.small { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1mm 4mm; }
  .charts.uneven { grid-template-columns: 1fr 1fr 1.3fr; }
  .small svg { max-width: 100%; }
  .tall svg { max-height: 100mm; }
  table { break-inside: avoid; }
  figure { margin-bottom: 1mm; }
  figure svg { width: auto; max-width: 94%; max-height: 70mm; }
  .defaults { columns: 2; font-size: 6.5pt; line-height: 1.22; }
  .defaults li { margin-bottom: .3mm; }
  h2 { break-after: avoid; }
}
`;
