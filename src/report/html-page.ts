import type { Language } from '../issue.ts';

/** What a self-contained page is made of. */
export interface HtmlPage {
  readonly title: string;
  readonly language: Language;
  /** Content security policy: what the page may load and run. */
  readonly policy: string;
  /** Rules after those that every page shares. */
  readonly css: string;
  readonly body: string;
}

/** A page as one file that fetches nothing: the head that the report and the explorer share. */
export function htmlPage({ title, language, policy, css, body }: HtmlPage): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${shared}${css}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** Text as HTML. @example escapeHtml('a < b') // 'a &lt; b' */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A web address as a link, anything else as text: content from outside never becomes a script. */
export function link(address: string): string {
  const text = escapeHtml(address);
  return /^https?:\/\//.test(address) ? `<a href="${text}" rel="noreferrer">${text}</a>` : text;
}

/** Ink, paper and text, light and dark. */
const shared = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #4d545e; --paper: #fff; --line: #c9ced6; --link: #0a5a9c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #b3bac4; --paper: #14171a; --line: #3d444d; --link: #7cc0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.45 'Noto Sans', Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; border-bottom: 1px solid var(--line); padding-bottom: .15rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { margin: .3rem 0; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
a { color: var(--link); overflow-wrap: anywhere; }
header p, figcaption, footer { color: var(--soft); font-size: .875rem; }
`;
