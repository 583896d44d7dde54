import type { Language } from '../issue.ts';
import { nameOfTarget } from '../assess/assess.ts';
import type { Assessment } from '../assess/assess.ts';
import { describeRelation } from '../plan/describe.ts';
import { inBand } from '../plan/relation.ts';
import type { Band } from '../plan/relation.ts';
import { chance, percent, points, signed } from '../plot/format.ts';
import type { ExplorerChance } from './explorer-chance.ts';
import { goalBand, letterOf } from './explorer-frontier.ts';
import type { ExplorerData, Explored } from './explorer-model.ts';
import { dragged, sectors } from './explorer-point.ts';
import type { ExplorerPoint } from './explorer-point.ts';
import { text } from './explorer-words.ts';
import type { ExplorerWord } from './explorer-words.ts';
import { escapeHtml } from './html-page.ts';
import { word, wordFor } from './report-words.ts';

/** How a target stands here. Sign and word say what the colour says. */
export type Standing = 'met' | 'short' | 'over' | 'unknown';

export const signs: Readonly<Record<Standing, string>> = { met: '✓', short: '▼', over: '▲', unknown: '?' };

/** Whether the value lies in the band, below or above it. */
export function standingOf({ band, expected, gap, status }: Assessment): Standing {
  if (band === undefined || !Number.isFinite(expected)) return 'unknown';
  if (gap === 0) return status === 'at risk' ? 'short' : 'met';
  return gap < 0 ? 'short' : 'over';
}

/** The three figures at the top: GDP, targets met, all together. Numbers in full stand in data attributes. */
export function tiles(data: ExplorerData, here: Explored, chances: ExplorerChance | undefined): string {
  const { language, goal, draws } = data;
  const standings = here.targets.map(standingOf);
  const met = standings.filter((one) => one === 'met').length;
  const band = goalBand(data, here);
  const gdp: Standing =
    band === undefined
      ? 'unknown'
      : inBand(band, here.gdp)
        ? 'met'
        : here.gdp < (band.low ?? -Infinity)
          ? 'short'
          : 'over';
  const tile = (
    id: string,
    label: string,
    value: string,
    small: string,
    standing: Standing | '',
    full: unknown,
  ): string =>
    `<div class="tile ${standing}" id="tile-${id}" data-value="${escapeHtml(String(full))}"><span class="what">${escapeHtml(label)}</span><b>${standing === '' || standing === 'unknown' ? '' : `<i aria-hidden="true">${signs[standing]}</i> `}${escapeHtml(value)}</b><span class="small">${escapeHtml(small)}</span></div>`;
  const total = here.targets.length;
  const all = chances === undefined ? text('counting', language) : chance(chances.all, language);
  const hits = chances === undefined ? '' : countText(Math.round(chances.all * draws), draws, language);
  return [
    tile(
      'gdp',
      text('gdpGrowth', language),
      percent(here.gdp, language, 2),
      goal === undefined
        ? text('noGoal', language)
        : band === undefined
          ? ''
          : `${gdp === 'met' ? text('inBand', language) : text(gdp === 'short' ? 'short' : 'over', language)}: ${bandText(band, language)}`,
      gdp === 'unknown' ? '' : gdp,
      here.gdp,
    ),
    tile(
      'met',
      text('targetsMet', language),
      total === 0
        ? '–'
        : language === 'zh'
          ? `${met}/${total}项`
          : `${met} ${text('ofTargets', language)} ${total}`,
      standingsText(standings, language),
      total === 0 ? '' : met === total ? 'met' : '',
      met,
    ),
    tile(
      'all',
      text('allTogether', language),
      total === 0 ? '–' : all,
      total === 0 ? text('noTargetsCounted', language) : hits,
      '',
      total === 0 ? '' : (chances?.all ?? ''),
    ),
  ].join('');
}

/** The body of the table of targets. */
export function targetRows(data: ExplorerData, here: Explored, chances: ExplorerChance | undefined): string {
  const { language, plan } = data;
  const head = targetHead(language);
  return here.targets
    .map((row, i) => {
      const target = plan.targets[i]!;
      const standing = standingOf(row);
      const p = chances?.each[target.id!];
      const cells: readonly (readonly [string, string])[] = [
        [bulletSvg(row, language), 'bullet'],
        [escapeHtml(row.band === undefined ? '–' : bandText(row.band, language)), ''],
        [`<b>${escapeHtml(percent(row.expected, language, 2))}</b>`, ''],
        [escapeHtml(row.gap === 0 ? '0' : points(row.gap, language, 2)), ''],
        [
          `<span class="pill ${standing}"><i aria-hidden="true">${signs[standing]}</i> ${escapeHtml(text(standing, language))}</span>`,
          '',
        ],
        [chances === undefined || p === undefined ? '–' : chanceBar(p, language), 'chance'],
      ];
      return `<tr role="row" class="${standing}" data-target="${escapeHtml(target.id!)}" data-standing="${standing}" data-value="${row.expected}" data-gap="${row.gap}" data-chance="${p ?? ''}"><th scope="row" role="rowheader">${escapeHtml(nameOfTarget(plan, target, language))} <span class="small">${escapeHtml(describeRelation(plan, target, language))}</span></th>${cells
        .map(
          ([html, name], k) =>
            `<td role="cell" class="${name}" data-label="${escapeHtml(head[k + 1]!)}">${html}</td>`,
        )
        .join('')}</tr>`;
    })
    .join('\n');
}

/** The chance that at least so many of the targets are met, in one line. */
export function ladderText(data: ExplorerData, chances: ExplorerChance | undefined): string {
  if (chances === undefined) return '';
  const { language } = data;
  const rungs = chances.atLeast.map(
    (p, i) =>
      `<span class="rung">${i + 1}${language === 'zh' ? '项' : ':'} <b>${escapeHtml(chance(p, language))}</b></span>`,
  );
  return `${escapeHtml(text('chanceAtLeast', language))}${language === 'zh' ? '：' : ' '}${rungs.join(language === 'zh' ? '，' : ', ')}`;
}

/** Headings of the table of targets. */
export function targetHead(language: Language): string[] {
  return [
    word('target', language),
    text('picture', language),
    word('band', language),
    text('model', language),
    word('gap', language),
    word('status', language),
    word('chance', language),
  ];
}

/** A scenario beside the plan: what is set, what follows, and the chances where they are counted already. */
export interface Compared {
  readonly name: string;
  readonly point: ExplorerPoint;
  readonly here: Explored;
  readonly chances: ExplorerChance | undefined;
}

/**
 * The table of scenarios side by side: a column for the plan, one for what the sliders show, one for each kept scenario,
 * with differences to the plan in brackets.
 */
export function compareTable(
  data: ExplorerData,
  plan: Compared,
  here: Compared,
  kept: readonly Compared[],
): string {
  const { language } = data;
  const columns = [plan, here, ...kept];
  const difference = (value: number, of: number): string =>
    Math.abs(value - of) < 5e-7 ? '' : ` <span class="small">(${signed(100 * (value - of), 2)})</span>`;
  const row = (
    label: string,
    value: (c: Compared) => number,
    mark?: (c: Compared) => string,
    digits = 2,
  ): string => {
    const of = value(plan);
    const cells = columns.map((column, i) => {
      const own = value(column);
      return `<td data-value="${own}">${mark?.(column) ?? ''}${escapeHtml(percent(own, language, digits))}${i === 0 ? '' : difference(own, of)}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(label)}</th>${cells.join('')}</tr>`;
  };
  const chanceRow = (label: string, of: (c: ExplorerChance) => number): string =>
    `<tr><th scope="row">${escapeHtml(label)}</th>${columns.map(({ chances }) => `<td data-value="${chances === undefined ? '' : of(chances)}">${chances === undefined ? escapeHtml(text('counting', language)) : escapeHtml(fineChance(of(chances), language))}</td>`).join('')}</tr>`;
  const group = (label: string): string =>
    `<tr class="group"><th scope="rowgroup">${escapeHtml(label)}</th><td colspan="${columns.length}"></td></tr>`;
  const heads = columns.map((column, i) => {
    if (i === 0) return `<th scope="col">${escapeHtml(text('thePlan', language))}</th>`;
    if (i === 1) return `<th scope="col">${escapeHtml(text('here', language))}</th>`;
    const k = i - 2;
    const button = (act: 'show' | 'remove'): string =>
      `<button type="button" id="${act}-${k}" data-act="${act}" data-kept="${k}" aria-label="${escapeHtml(`${text(act, language)}: ${column.name}`)}">${escapeHtml(text(act, language))}</button>`;
    return `<th scope="col"><span class="letter" aria-hidden="true">${letterOf(k)}</span> ${escapeHtml(column.name)}<br>${button('show')} ${button('remove')}</th>`;
  });
  const targets = data.plan.targets.map((target, k) =>
    row(
      nameOfTarget(data.plan, target, language),
      (c) => c.here.targets[k]!.expected,
      (c) => {
        const standing = standingOf(c.here.targets[k]!);
        return `<i class="sign ${standing}" title="${escapeHtml(text(standing, language))}" role="img" aria-label="${escapeHtml(text(standing, language))}">${signs[standing]}</i> `;
      },
    ),
  );
  const counted = Object.keys(data.bands).length;
  return [
    `<table class="compare"><caption>${escapeHtml(text('compareCaption', language))}</caption>`,
    `<thead><tr><th scope="col">${escapeHtml(text('figure', language))}</th>${heads.join('')}</tr></thead><tbody>`,
    group(text('assumed', language)),
    ...dragged.map((name) => row(text(name, language), ({ point }) => point.set[name])),
    ...sectors.map((sector) =>
      row(shareLabel(sector, language), ({ point }) => point.shares[sector], undefined, 1),
    ),
    row(text('spreadShort', language), ({ point }) => point.spread, undefined, 0),
    group(text('results', language)),
    ...(data.plan.targets.some(({ indicator }) => indicator === 'gdp')
      ? []
      : [row(text('gdpGrowth', language), (c) => c.here.gdp)]),
    row(text('realIndustry', language), (c) => c.here.industry),
    ...targets,
    ...(counted === 0
      ? []
      : [
          group(text('chance', language)),
          ...Object.keys(data.bands).map((name) => {
            const target = data.plan.targets.find(({ id }) => id === name)!;
            return chanceRow(nameOfTarget(data.plan, target, language), ({ each }) => each[name]!);
          }),
          chanceRow(text('chanceOfAll', language), ({ all }) => all),
        ]),
    '</tbody></table>',
  ].join('\n');
}

/** The share of a sector, in words. */
export function shareLabel(sector: (typeof sectors)[number], language: Language): string {
  return language === 'zh' ? `${wordFor(sector, 'zh')}份额` : `share of ${wordFor(sector, 'en')}`;
}

/** A band as text. @example bandText({ low: 0.115, high: 0.125 }, 'en') // '11.5 % to 12.5 %' */
export function bandText({ low, high }: Band, language: Language): string {
  const zh = language === 'zh';
  const [from, to] = [low, high].map((end) =>
    end === undefined ? undefined : percent(end, language, decimals(end)),
  );
  if (from !== undefined && to !== undefined) return `${from}${zh ? '至' : ' to '}${to}`;
  if (from !== undefined) return zh ? `${from}以上` : `${from} and more`;
  if (to !== undefined) return zh ? `${to}以内` : `up to ${to}`;
  return '–';
}

/** What a screen reader is told when a drag has come to rest. */
export function statusText(data: ExplorerData, here: Explored, chances: ExplorerChance | undefined): string {
  const { language } = data;
  const zh = language === 'zh';
  const standings = here.targets.map(standingOf);
  const met = standings.filter((one) => one === 'met').length;
  const gdp = `${text('gdpGrowth', language)} ${percent(here.gdp, language, 2)}`;
  if (standings.length === 0) return zh ? `${gdp}。` : `${gdp}.`;
  const count = zh ? `达到${met}/${standings.length}项目标` : `${met} of ${standings.length} targets met`;
  const all =
    chances === undefined
      ? ''
      : `${text('allTogether', language)}${zh ? '' : ' '}${chance(chances.all, language)}`;
  return [gdp, count, all].filter((part) => part !== '').join(zh ? '，' : ', ') + (zh ? '。' : '.');
}

/** A chance that tells small ones apart: 22 %, 0.009 %. */
function fineChance(p: number, language: Language): string {
  const unit = language === 'zh' ? '%' : ' %';
  return p > 0 && p < 0.01 ? `${Number((100 * p).toPrecision(1))}${unit}` : chance(p, language);
}

/** A band edge that moves with another target is not a round number: two decimals then. */
function decimals(value: number): 1 | 2 {
  return Math.abs(1000 * value - Math.round(1000 * value)) < 1e-6 ? 1 : 2;
}

function countText(hits: number, draws: number, language: Language): string {
  const [a, b] = [grouped(hits), grouped(draws)];
  return language === 'zh' ? `${b}次抽样中${a}次` : `${a} of ${b} draws`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function standingsText(standings: readonly Standing[], language: Language): string {
  const count = (key: Standing): number => standings.filter((one) => one === key).length;
  return (['short', 'over', 'unknown'] as const)
    .filter((key) => count(key) > 0)
    .map((key) => `${signs[key]} ${count(key)} ${text(key satisfies ExplorerWord, language)}`)
    .join(language === 'zh' ? '，' : ', ');
}

/** Where the value lies beside its band, on three points to either side of it. */
function bulletSvg({ band, expected }: Assessment, language: Language): string {
  if (band === undefined || !Number.isFinite(expected)) return '';
  const { low, high } = band;
  const middle = low !== undefined && high !== undefined ? (low + high) / 2 : (low ?? high ?? expected);
  const x = (value: number): number =>
    Math.round(10 * Math.min(Math.max(60 + ((value - middle) / 0.03) * 54, 8), 112)) / 10;
  const [from, to] = [low === undefined ? 0 : x(low), high === undefined ? 120 : x(high)];
  const met = inBand(band, expected);
  const at = x(expected);
  const mark = met
    ? `<circle class="value met" cx="${at}" cy="9" r="5"/>`
    : `<path class="value missed" d="M${at},2.5l6.5,6.5l-6.5,6.5l-6.5,-6.5z"/>`;
  return `<svg class="bulletline" viewBox="0 0 120 18" width="120" height="18" role="img" aria-label="${escapeHtml(`${percent(expected, language, 2)} ${language === 'zh' ? '，' : '; '}${bandText(band, language)}`)}"><line class="axis" x1="0" x2="120" y1="9" y2="9"/><rect class="band" x="${from}" y="3" width="${Math.max(2, Math.round(10 * (to - from)) / 10)}" height="12"/>${mark}</svg>`;
}

function chanceBar(p: number, language: Language): string {
  const wide = Math.round(400 * p) / 10;
  return `<svg class="bar" viewBox="0 0 40 10" width="40" height="10" aria-hidden="true"><rect class="full" width="40" height="10"/><rect class="part" width="${wide}" height="10"/></svg> ${escapeHtml(chance(p, language))}`;
}
