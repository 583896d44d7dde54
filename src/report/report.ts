import manifest from '../../package.json' with { type: 'json' };
import { argument, checkOptions } from '../argument.ts';
import type { Issue, Language } from '../issue.ts';
import { chancesIn } from '../assess/probability.ts';
import type { Consistency } from '../assess/consistency.ts';
import { nameOfTarget } from '../assess/assess.ts';
import type { Forecast } from '../forecast/method.ts';
import { labelOf } from '../plan/indicator.ts';
import { describeRelation } from '../plan/describe.ts';
import type { Band } from '../plan/relation.ts';
import type { BandRow } from '../plot/band.ts';
import { chance, percent, points } from '../plot/format.ts';
import type { PaceData } from '../plot/pace.ts';
import { say } from '../plot/words.ts';
import type { PlanStudy } from '../presets/study.ts';
import { illustrativeShares, twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { Dataset, Series } from '../time/series.ts';
import type { Summary } from '../uncertainty/summary.ts';
import { chanceFigures, engineFigures, projectionFigures } from './report-figures.ts';
import { escapeHtml, link } from './html-page.ts';
import { list, page, section, tableOf } from './report-page.ts';
import { named } from './report-names.ts';
import { noteOf } from './report-notes.ts';
import { paceTable } from './report-pace.ts';
import { sourceWords } from './report-sources.ts';
import { word, wordFor } from './report-words.ts';

/** A forecast in a report. */
export interface ReportForecast {
  readonly label: string;
  readonly forecast: Pick<Forecast, 'start' | 'steps'>;
  /** What it rests on: one of `'history'` (defaults to it) or `'model'`, whose parameters were drawn. */
  readonly basis?: 'history' | 'model';
  readonly history?: Series;
  readonly band?: readonly BandRow[];
  /** The target in words, and how likely it is met: said under the fan. */
  readonly target?: string;
  readonly probability?: number;
  /** How values are written; defaults to levels. */
  readonly format?: (value: number) => string;
}

/** What a report may hold besides the study; `reportEvidence` makes most of it. */
export interface ReportOptions {
  /** One of `'en'` (defaults to it) or `'zh'`; make the study in the same language. */
  readonly language?: Language;
  /** Whether the targets can hold together; defaults to the study's own answer. `null` leaves the section out. */
  readonly consistency?: Consistency | null;
  /** A simulation made with `planOutcome`'s bands: the chance of each target and of all together. */
  readonly summary?: Summary;
  /** Forecasts, each drawn as a fan. */
  readonly forecasts?: readonly ReportForecast[];
  /** Years on their way: the pace that the rest of each needs. */
  readonly paces?: readonly (PaceData & { readonly label: string })[];
  /** Flows of the base year by quarter or month, by indicator: what a year's growth asks of each. Defaults to even quarters. */
  readonly quarters?: Dataset;
  /** What of the data could not be used: said among the assumptions. */
  readonly issues?: readonly Issue[];
  /** Sources of data besides the plan's own. */
  readonly sources?: readonly string[];
  /** The day that is written on the report; there is no clock in the library. */
  readonly date?: string;
  /** The document in which charts are drawn; defaults to one that is only written. */
  readonly document?: object;
}

/**
 * The study of a plan as one page that can be mailed: a single HTML file that fetches nothing and needs no script, prints to
 * two A4 pages, and can be read on a phone and by a screen reader.
 *
 * @param study what `studyPlan` gives
 * @returns HTML; the same study and options give the same text
 */
export function report(study: PlanStudy, options: ReportOptions = {}): string {
  argument('report', 'object', study, 'study');
  checkOptions(
    'report',
    options,
    'language consistency summary forecasts[] paces[] quarters issues[] sources[] date document',
  );
  const { language = 'en' } = options;
  const { plan, base } = study;
  const zh = language === 'zh';
  const span = plan.span[0] === plan.span[1] ? plan.span[0] : plan.span.join(zh ? '至' : ' to ');
  const charts = (figures: readonly string[], kind = ''): string =>
    figures.length === 0 ? '' : `<div class="${`charts ${kind}`.trim()}">${figures.join('\n')}</div>`;
  const chances = chanceFigures(study, options);
  const body = [
    `<header><h1>${escapeHtml(plan.name)}</h1>`,
    `<p>${escapeHtml(zh ? `计划期：${span}，基期：${base}。` : `Plan of ${span}, base year ${base}.`)} ${escapeHtml(summaryOf(study, language))}</p></header>`,
    '<main>',
    section('targets', word('headline', language), targetTable(study, options)),
    section('consistency', word('consistency', language), consistencyText(study, options)),
    section('engines', word('engines', language), charts(engineFigures(study, options))),
    section(
      'chances',
      word('likely', language),
      [
        options.summary === undefined ? '' : `<p>${escapeHtml(word('drawn', language))}</p>`,
        charts(chances.figures, 'small'),
        list(chances.notDrawn),
      ].join(''),
    ),
    section('pace', word('pace', language), paceTable(study, options)),
    section(
      'projection',
      word('whatIf', language),
      [scenarioTable(study, language), charts(projectionFigures(study, options), 'small uneven')].join('\n'),
    ),
    section('assumptions', word('assumptions', language), assumptions(study, options)),
    section('sources', word('sources', language), sources(study, options)),
    '</main>',
    `<footer><p>${escapeHtml(colophon(options))}</p></footer>`,
  ];
  return page(plan.name, language, body.filter((part) => part !== '').join('\n'));
}

/** The most growth targets in the table; a page has no room for more. */
const most = 14;

function summaryOf({ frontier }: PlanStudy, language: Language): string {
  if (frontier === undefined) return '';
  const { target, plan } = frontier;
  return language === 'zh'
    ? `地区生产总值增长${percent(target, 'zh')}，在工业实际增长${percent(plan.across, 'zh')}时，需要服务业增长${percent(plan.up, 'zh')}。`
    : `With industry growing by ${percent(plan.across, 'en')} in real terms, GDP growth of ${percent(target, 'en')} needs services to grow by ${percent(plan.up, 'en')}.`;
}

function targetTable({ plan, targets }: PlanStudy, { language = 'en', summary }: ReportOptions): string {
  const zh = language === 'zh';
  const chances = summary === undefined ? undefined : chancesIn(plan, summary);
  const rows = targets.flatMap((row, i) => {
    const target = plan.targets[i]!;
    if (target.measure !== 'growth') return [];
    const { prices } = plan.indicators[target.indicator]!;
    const p = chances?.[i]?.probability;
    return [
      [
        nameOfTarget(plan, target, language),
        describeRelation(plan, target, language),
        prices === undefined ? '' : word(prices, language),
        bandText(row.band, language),
        percent(row.expected, language, 2),
        points(row.gap, language, 2),
        say(row.status, language),
        ...(chances === undefined ? [] : [p === undefined ? '–' : chance(p, language)]),
      ],
    ];
  });
  const head = (['indicator', 'target', 'prices', 'band', 'expected', 'gap', 'status'] as const).map((key) =>
    word(key, language),
  );
  const others = plan.targets.filter(({ measure }) => measure !== 'growth').length;
  const notes = [
    ...(rows.length > most ? [`${rows.length - most} ${word('more', language)}`] : []),
    ...(others === 0
      ? []
      : [
          zh
            ? `另有${others}项建设、民生等实物指标目标，未给出进度，状态未知。`
            : `The plan also has ${others} delivery targets in counts and levels; no counts to date are given.`,
        ]),
  ];
  const table =
    rows.length === 0
      ? `<p>${escapeHtml(word('noTargets', language))}</p>`
      : tableOf(
          word('headline', language),
          chances === undefined ? head : [...head, word('chance', language)],
          rows.slice(0, most),
        );
  return [table, ...notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`)].join('\n');
}

function bandText(band: Band | undefined, language: Language): string {
  const { low, high } = band ?? {};
  const zh = language === 'zh';
  if (low !== undefined && high !== undefined)
    return `${percent(low, language)}${zh ? '至' : ' to '}${percent(high, language)}`;
  if (low !== undefined) return zh ? `${percent(low, 'zh')}以上` : `${percent(low, 'en')} and more`;
  if (high !== undefined) return zh ? `${percent(high, 'zh')}以内` : `up to ${percent(high, 'en')}`;
  return '–';
}

function consistencyText(
  study: PlanStudy,
  { language = 'en', consistency = study.consistency }: ReportOptions,
): string {
  if (consistency === null) return '';
  if (consistency.consistent) return `<p>${escapeHtml(consistency.sentence)}</p>`;
  // As lists: the sentence says the same, and with a model's equations in it grows too long for a page.
  const block = (
    key: 'conflict' | 'repairs' | 'smallest',
    rows: readonly { readonly words: string }[],
  ): string =>
    rows.length === 0
      ? ''
      : `<p>${escapeHtml(word(key, language))}</p>${list(rows.map(({ words }) => named(words, language)))}`;
  return [
    block('conflict', consistency.conflict),
    block('repairs', consistency.repairs),
    block('smallest', consistency.smallest?.changes ?? []),
  ].join('\n');
}

/** Variables in the table of scenarios: growth rates, as many as a page is wide. */
const compared = [
  'growth_gdp',
  'growth_industry',
  'growth_services',
  'growth_retail',
  'growth_income_urban',
  'growth_revenue',
  'growth_tfp',
];

function scenarioTable({ scenarios }: PlanStudy, language: Language): string {
  const names = [...new Set(scenarios.map(({ scenario }) => scenario))];
  const cell = (name: string, variable: string): string => {
    const row = scenarios.find((one) => one.scenario === name && one.variable === variable);
    return percent(row?.value ?? NaN, language, 2);
  };
  return tableOf(
    word('whatIf', language),
    [word('scenario', language), ...compared.map((variable) => wordFor(variable, language))],
    names.map((name) => [wordFor(name, language), ...compared.map((variable) => cell(name, variable))]),
  );
}

function assumptions(
  { plan, issues, sources: from, tornado }: PlanStudy,
  { language = 'en', issues: doubts = [] }: ReportOptions,
): string {
  const zh = language === 'zh';
  const [colon, stop] = zh ? ['：', '。'] : [': ', '. '];
  const named = (names: readonly string[]): string =>
    names.length === 0 ? '–' : names.map((name) => parameterLabel(name, language)).join(zh ? '、' : ', ');
  const value = (name: string): string => {
    if (name === 'shares') {
      const shares = Object.entries(illustrativeShares)
        .map(([sector, share]) => `${wordFor(sector, language)} ${percent(share, language, 0)}`)
        .join(zh ? '，' : ', ');
      return `<li><b>${escapeHtml(word('shares', language))}</b> ${escapeHtml(shares + stop)}${escapeHtml(word('sharesSource', language))}</li>`;
    }
    const { [name as keyof typeof twoEngineParameters]: parameter } = twoEngineParameters;
    const isRate = parameter.unit.startsWith('ratio/') || parameter.unit === '1/yr';
    const text = (v: number): string => (isRate ? percent(v, language) : String(v));
    const range = `${text(parameter.range[0])}${zh ? '至' : ' to '}${text(parameter.range[1])}`;
    return `<li><b>${escapeHtml(labelOf(parameter.label, language))}</b> ${escapeHtml(`${text(parameter.value)}${zh ? '（' : ' ('}${range}${zh ? '）' : ')'}${stop}${sourceWords(name as keyof typeof twoEngineParameters, language)}`)}</li>`;
  };
  const ownAssumptions = (plan.assumptions ?? []).map(
    ({ name, value: v, unit, note }) => `${name} ${v} ${unit}. ${note}`,
  );
  const notes = [...issues, ...doubts].map((issue) => noteOf(plan, issue, language));
  const solved = tornado.find(({ factor }) => from.solved.includes(factor));
  return [
    `<p><b>${escapeHtml(word('fromPlan', language))}</b>${colon}${escapeHtml(named(from.plan) + stop)}<b>${escapeHtml(word('solved', language))}</b>${colon}${escapeHtml(named(from.solved))}${solved === undefined ? '' : ` ${escapeHtml(percent(solved.at, language, 2))}`}${stop.trim()}</p>`,
    list([...ownAssumptions, ...notes]),
    `<h3>${escapeHtml(word('defaults', language))}</h3>`,
    `<ul class="defaults">${from.defaults.map(value).join('')}</ul>`,
  ].join('\n');
}

function parameterLabel(name: string, language: Language): string {
  return Object.hasOwn(twoEngineParameters, name)
    ? labelOf(twoEngineParameters[name as keyof typeof twoEngineParameters].label, language)
    : wordFor(name, language);
}

function sources({ plan }: PlanStudy, { language = 'en', sources: more = [] }: ReportOptions): string {
  const all = [
    ...(plan.source === undefined
      ? []
      : [`${word('planSource', language)}${language === 'zh' ? '：' : ': '}${link(plan.source)}`]),
    ...more.map(link),
  ];
  return all.length === 0 ? '' : `<ul>${all.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function colophon({ language = 'en', summary, date }: ReportOptions): string {
  const zh = language === 'zh';
  const made = `tinbergen ${manifest.version}`;
  const draws =
    summary === undefined
      ? zh
        ? '无随机抽样'
        : 'no random draws'
      : zh
        ? `抽样${summary.count}次，随机种子${summary.seed}`
        : `${summary.count} draws, seed ${summary.seed}`;
  return [made, draws, ...(date === undefined ? [] : [date])].join(zh ? '；' : '; ');
}
