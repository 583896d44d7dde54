import type { Language } from '../issue.ts';
import type { ExplorerData } from './explorer-model.ts';
import type { ExplorerScript } from './explorer-script.ts';
import { htmlPage } from './html-page.ts';

/** What the page is made of. */
export interface ExplorerPage {
  readonly title: string;
  readonly language: Language;
  readonly body: string;
  readonly data: ExplorerData;
  readonly script: ExplorerScript;
}

/**
 * The whole page: one file, nothing fetched. Its policy lets only the one script run, known by its hash, and workers made
 * of that script's own text; no code is generated and no request can leave.
 */
export function explorerPage({ title, language, body, data, script }: ExplorerPage): string {
  return htmlPage({
    title,
    language,
    policy: contentPolicy(script),
    css,
    body: `${body}
<script type="application/json" id="data">${inert(data)}</script>
<script id="app">${script.code}</script>`,
  });
}

/** The policy of the page, in its head and, where it is served, in the answer's. */
export function contentPolicy({ hash }: ExplorerScript): string {
  return `default-src 'none'; script-src 'sha256-${hash}'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** JSON that can stand in a script element whatever its text holds. */
function inert(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const css = `
:root { --raised: #f4f6f8; --good: #009e73; --bad: #d55e00; --blue: #0072b2; --purple: #9b4f7c; --range: #009e73; --strip: #56b4e9; }
@media (prefers-color-scheme: dark) { :root { --raised: #1d2126; --good: #2fbf94; --bad: #ff8a3d; --blue: #56b4e9; --purple: #cc79a7; --strip: #0072b2; } }
body { max-width: 82rem; }
html[lang=zh-Hans] body { font-family: 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans', Arial, sans-serif; }
h2 { margin: 0 0 .5rem; }
header { margin-bottom: 1rem; }
.small { color: var(--soft); font-size: .875rem; font-weight: normal; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
button, input, textarea, .file { font: inherit; color: inherit; }
button, .file { background: var(--raised); border: 1px solid var(--line); border-radius: .35rem; padding: .3rem .7rem; cursor: pointer; min-height: 2.25rem; }
button:hover:not(:disabled), .file:hover { border-color: var(--ink); }
button:disabled { opacity: .5; cursor: default; }
input[type=number], input[type=text], textarea { background: var(--paper); border: 1px solid var(--line); border-radius: .35rem; padding: .25rem .4rem; }
input[aria-invalid=true] { border: 2px solid var(--bad); }
textarea { display: block; width: 100%; font: .8125rem/1.4 monospace; margin-top: .2rem; }
input[type=file] { max-width: 100%; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
.buttons input[type=text] { flex: 1 1 12rem; min-width: 8rem; max-width: 24rem; min-height: 2.25rem; }
.columns { display: grid; grid-template-columns: minmax(18rem, 22rem) minmax(0, 1fr); gap: 2rem; align-items: start; }
.controls { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: .2rem .3rem; margin: -.2rem -.3rem; }
fieldset { border: 0; margin: 0 0 .7rem; padding: 0; min-width: 0; }
legend { font-weight: bold; padding: 0; margin-bottom: .1rem; font-size: .9375rem; }
.control { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 0 .5rem; padding: .2rem 0 .25rem; }
.control label { line-height: 1.25; font-size: .9375rem; }
.number { display: inline-flex; align-items: center; gap: .2rem; }
.number .sign { width: 1.3rem; }
.number input { width: 4.4rem; text-align: right; font-variant-numeric: tabular-nums; padding: .1rem .3rem; appearance: textfield; }
.track { grid-column: 1 / -1; position: relative; display: block; padding-top: 6px; }
.track input { width: 100%; margin: 0; height: 1.5rem; display: block; cursor: pointer; appearance: none; background: none; position: relative; }
.track input::-webkit-slider-runnable-track { height: 6px; background: none; }
.track input::-moz-range-track { height: 6px; background: none; }
.track input::-webkit-slider-thumb { appearance: none; width: 18px; height: 18px; border-radius: 50%; margin-top: -6px; background: var(--blue); border: 2px solid var(--paper); box-shadow: 0 0 0 1px var(--blue); }
.track input::-moz-range-thumb { width: 14px; height: 14px; border-radius: 50%; background: var(--blue); border: 2px solid var(--paper); box-shadow: 0 0 0 1px var(--blue); }
.marks { position: absolute; left: 9px; right: 9px; top: 6px; height: 1.5rem; pointer-events: none; }
.marks .rail, .marks .range { position: absolute; top: calc(50% - 3px); height: 6px; border-radius: 3px; }
.marks .rail { left: -9px; right: -9px; background: var(--line); }
.marks .range { background: var(--range); opacity: .6; }
.marks .planned { position: absolute; top: -4px; width: 0; margin-left: -5px; border: 5px solid transparent; border-top: 7px solid var(--ink); border-bottom: 0; }
.control.compact { grid-template-columns: 6.2rem 1fr auto; padding: 0; }
.control.compact .track { grid-column: 2; grid-row: 1; padding-top: 4px; } .control.compact .marks { top: 4px; } .control.compact .number { grid-column: 3; }
.control.compact .note, .control.quiet .note { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.note { grid-column: 1 / -1; font-size: .78rem; line-height: 1.25; min-height: 1.25em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: .6rem; margin-bottom: .8rem; position: sticky; top: 0; z-index: 2; background: var(--paper); padding: .2rem 0; }
.tile { border: 1px solid var(--line); border-left: 5px solid var(--line); border-radius: .4rem; padding: .35rem .6rem; background: var(--raised); display: flex; flex-direction: column; min-width: 0; }
.tile .what { font-size: .8125rem; color: var(--soft); }
.tile b { font-size: 1.35rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile .small { font-size: .78rem; min-height: 1.2em; font-variant-numeric: tabular-nums; }
.tile i, .pill i, .sign { font-style: normal; }
.tile.met { border-left-color: var(--good); } .tile.met i { color: var(--good); }
.tile.short, .tile.over { border-left-color: var(--bad); } .tile.short i, .tile.over i { color: var(--bad); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9375rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; font-weight: normal; }
thead th { font-weight: bold; vertical-align: bottom; font-size: .875rem; }
#targets th[scope=row] { line-height: 1.25; } #targets th[scope=row] .small { display: block; font-size: .8125rem; }
#targets tbody th, #targets tbody td { padding-top: .2rem; padding-bottom: .2rem; }
#targets td:not(.bullet) { white-space: nowrap; }
.pill { display: inline-block; min-width: 5.2rem; border-radius: 1rem; padding: .05rem .6rem; border: 1.5px solid var(--soft); white-space: nowrap; }
.pill.met { border-color: var(--good); background: color-mix(in srgb, var(--good) 16%, transparent); } .pill.met i, .sign.met { color: var(--good); }
.pill.short, .pill.over { border-color: var(--bad); background: color-mix(in srgb, var(--bad) 14%, transparent); } .pill.short i, .pill.over i, .sign.short, .sign.over { color: var(--bad); }
svg { font-size: 12px; fill: var(--ink); }
.bulletline, .bar { display: inline-block; vertical-align: middle; }
.bulletline .axis { stroke: var(--line); stroke-width: 2; }
.bulletline .band { fill: var(--strip); opacity: .5; }
.value { stroke: var(--paper); stroke-width: 1; } .value.met { fill: var(--good); } .value.missed { fill: var(--bad); }
.counting :is(td.chance, #ladder, #tile-all b, #tile-all .small) { opacity: .45; }
#ladder { font-variant-numeric: tabular-nums; min-height: 1.45em; } #ladder b { color: var(--ink); } .rung { white-space: nowrap; }
.bar .full { fill: var(--line); } .bar .part { fill: var(--blue); }
figure { margin: 1.2rem 0 0; break-inside: avoid; }
.frontier { display: block; width: 100%; height: auto; touch-action: pan-y; }
.frontier .range { fill: var(--range); opacity: .11; }
.frontier .grid { stroke: var(--line); stroke-width: 1; opacity: .45; }
.frontier .equal { stroke: var(--soft); stroke-width: 1; opacity: .7; }
.frontier .goal { stroke: var(--blue); stroke-width: 3; }
.frontier .strip { fill: var(--strip); opacity: .28; }
.frontier .plan { fill: none; stroke: var(--ink); stroke-width: 1.8; }
.frontier .kept { fill: var(--purple); stroke: var(--paper); } .frontier .onkept { fill: var(--paper); font-size: 11px; font-weight: bold; }
.frontier .here { stroke: var(--paper); stroke-width: 1.5; } .frontier .here.met { fill: var(--good); } .frontier .here.missed { fill: var(--bad); }
.frontier .guide { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 4; opacity: .7; }
.frontier .handle { fill: transparent; cursor: grab; touch-action: none; } .frontier .handle:active { cursor: grabbing; }
.frontier .bold { font-weight: bold; } .frontier .label { font-weight: bold; font-size: 13px; }
.frontier .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.frontier text { pointer-events: none; user-select: none; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .8125rem; color: var(--soft); margin: .2rem 0; }
.key { font-style: normal; } .key.here { color: var(--bad); } .key.goal { color: var(--blue); font-weight: bold; } .key.strip { color: var(--strip); } .key.range { color: var(--range); opacity: .5; }
.key.kept { color: var(--paper); background: var(--purple); border-radius: 2px; padding: 0 .3em; font-size: .7rem; font-weight: bold; }
#scenarios, #assumed { margin-top: 1.6rem; }
#message:empty { display: none; }
.scroll { overflow-x: auto; }
.compare { width: auto; min-width: min(100%, 40rem); }
.compare th[scope=col] { vertical-align: top; min-width: 8.5rem; max-width: 14rem; overflow-wrap: anywhere; }
.compare th:first-child { position: sticky; left: 0; background: var(--paper); z-index: 1; max-width: 15rem; }
.compare td { white-space: nowrap; }
.compare .group th { font-weight: bold; padding-top: .6rem; font-size: .875rem; color: var(--soft); }
.compare button { font-size: .8125rem; font-weight: normal; padding: .1rem .5rem; min-height: 1.8rem; margin-top: .2rem; }
.letter { color: var(--paper); background: var(--purple); border-radius: 2px; padding: 0 .35em; font-size: .8rem; }
details { margin-top: .6rem; } summary { cursor: pointer; padding: .3rem 0; }
.file { display: inline-flex; align-items: center; } #load-file { position: absolute; width: 1px; height: 1px; opacity: 0; } #load-file:focus-visible { position: static; width: auto; height: auto; opacity: 1; }
.defaults { columns: 2 24rem; column-gap: 2rem; font-size: .8125rem; line-height: 1.35; padding-left: 0; list-style: none; margin-top: .6rem; }
.defaults li { break-inside: avoid; margin-bottom: .25rem; }
@media screen and (min-width: 100rem) {
  body { max-width: 118rem; }
  .results { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); grid-template-rows: repeat(5, auto) 1fr; column-gap: 2rem; align-items: start; }
  .results > h2, .results > .tiles { grid-column: 1 / -1; } .results > #frontier-figure { grid-column: 2; grid-row: 3 / 7; margin-top: .4rem; } .results > :not(h2, .tiles, #frontier-figure) { grid-column: 1; }
}
@media screen and (max-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .controls { position: static; max-height: none; overflow: visible; }
  .columns { display: flex; flex-direction: column; } .results, .controls { width: 100%; } .results { display: contents; }
  .results > h2 { display: none; } .tiles { order: -2; top: 0; padding: .3rem 0; margin: 0; width: 100%; } .controls { order: -1; }
}
@media screen and (max-width: 40rem) {
  body { padding: .6rem .75rem; }
  .tiles { gap: .35rem; } .tile { padding: .25rem .4rem; min-height: 5.4rem; } .tile b { font-size: 1.05rem; } .tile .what, .tile .small { font-size: .72rem; line-height: 1.25; }
  #targets thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  #targets tbody, #targets tr, #targets th[scope=row], #targets td { display: block; border: 0; padding: .1rem 0; }
  #targets tr { border-bottom: 1px solid var(--line); padding: .45rem 0; display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.2rem; }
  #targets th[scope=row] { grid-column: 1 / -1; font-weight: bold; }
  #targets td { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .5rem; align-items: center; }
  #targets td:not(.bullet)::before { content: attr(data-label); color: var(--soft); font-size: .8125rem; }
  .compare th:first-child { max-width: 8.5rem; }
  .control { padding: .3rem 0 .4rem; } .track input, .marks { height: 2rem; } .marks .planned { top: -1px; }
}
@page { size: A4; margin: 9mm 11mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --line: #aaa; --link: #000; --raised: #fff; --good: #009e73; --bad: #d55e00; --blue: #0072b2; --purple: #9b4f7c; --strip: #56b4e9; }
  body { padding: 0; max-width: none; font-size: 8.5pt; line-height: 1.3; print-color-adjust: exact; }
  h1 { font-size: 13pt; } h2 { font-size: 10.5pt; margin: 2mm 0 1mm; break-after: avoid; } h3 { font-size: 9pt; }
  header p, figcaption, .small, footer, table, .note, .legend, #targets thead th, #targets th[scope=row] .small { font-size: 7.5pt; } .note { white-space: normal; overflow: visible; }
  .noprint, button, .buttons, .track, details, header p:last-of-type { display: none !important; }
  .columns { display: block; } .controls, .tiles { position: static; } .controls { max-height: none; overflow: visible; }
  .controls { columns: 3; column-gap: 6mm; } .controls h2 { column-span: all; } fieldset { break-inside: avoid; margin-bottom: 2mm; }
  .number input { border: 0; width: 12mm; background: none; padding: 0; } .control { padding: .3mm 0; } .control label, legend { font-size: 8pt; }
  .tile b { font-size: 12pt; } .pill { min-width: 0; padding: 0 2mm; } th, td { padding: .5mm 2mm .5mm 0; }
  .frontier { max-width: 150mm; } figure { margin-top: 3mm; }
  .defaults { columns: 2; font-size: 6.5pt; line-height: 1.22; } .compare th:first-child { position: static; } .scroll { overflow: visible; }
}
`;
