import manifest from '../../package.json' with { type: 'json' };
import type { Language } from '../issue.ts';
import { mistake, shown } from '../mistake.ts';
import { seedWords } from '../numeric/threefry.ts';
import type { Seed } from '../numeric/threefry.ts';
import type { Plan } from '../plan/plan.ts';
import { labelOf } from '../plan/indicator.ts';
import { percent } from '../plot/format.ts';
import type { PlanModelOptions } from '../presets/plan-model.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngine } from '../presets/two-engine.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { shareControl, sliderControl, spreadControl } from './explorer-controls.ts';
import { frontierSentence, frontierSvg } from './explorer-frontier.ts';
import { exploredAt, explorerData, sourceOf } from './explorer-model.ts';
import type { ExplorerData, ExplorerSource } from './explorer-model.ts';
import { explorerPage } from './explorer-page.ts';
import { targetHead, targetRows, tiles } from './explorer-parts.ts';
import { dragged, sectors } from './explorer-point.ts';
import { builtScript } from './explorer-script.ts';
import type { ExplorerScript } from './explorer-script.ts';
import { longestName } from './explorer-scenario.ts';
import { text } from './explorer-words.ts';
import { escapeHtml, link } from './html-page.ts';
import { word } from './report-words.ts';

/** What may differ from the defaults. */
export interface ExplorerOptions extends Pick<PlanModelOptions, 'parameters' | 'shares'> {
  /** One of `'en'` (defaults to it) or `'zh'`. */
  readonly language?: Language;
  /** Seed of the chances, as in `simulate`; defaults to 0. */
  readonly seed?: Seed;
  /** Draws of the chances, as in `simulate`, at most a million; defaults to 100,000. */
  readonly draws?: number;
  /** The page's own script with its hash; defaults to the one that the package was built with. */
  readonly script?: ExplorerScript;
}

/**
 * A page on which a plan is explored: sliders for both engines, value added, prices and shares; targets that say at once
 * whether they are met; the two-engine frontier with a point that moves; chances counted anew in a worker; scenarios that
 * are named, kept, compared, copied and loaded.
 *
 * One HTML file with the library inside, which works from the file system and asks nothing of any network. Without
 * scripts it shows the plan as written. What it computes is what `solve`, `assess` and `simulate` compute, to the last
 * bit; see `explorerFactors` for what is drawn.
 *
 * @param plan a yearly plan without errors, or its study
 * @param options for a plan also `parameters` and `shares` that differ from its own and the documented ones
 * @returns HTML; the same plan and options give the same text
 * @throws RangeError as `planModel`, for impossible draws or seed, and from a checkout without `script`
 */
export function explorer(plan: Plan | PlanStudy, options: ExplorerOptions = {}): string {
  const { language = 'en', seed = 0, draws = 100_000, script = builtScript } = options;
  if (script === undefined)
    return mistake(
      'explorer',
      'the script of the page is not built in',
      'use the built package, or give what bundleExplorer() of src/cli/explorer-from-source.mjs returns as script',
    );
  if (!(Number.isInteger(draws) && draws >= 1 && draws <= 1_000_000))
    return mistake(
      'explorer',
      `${shown(draws)} draws are not possible`,
      'give a whole number up to 1,000,000',
    );
  seedWords(seed, 'explorer');
  const source = sourceOf(plan, options);
  const data = explorerData(source, {
    seed: typeof seed === 'number' ? seed : (String(seed) as `${bigint}`),
    draws,
    language,
  });
  const { name } = data.plan;
  const [from, to] = data.plan.span;
  const body = [
    `<header><h1>${escapeHtml(name)}</h1><p>${escapeHtml(`${text('explorer', language)} · ${from === to ? from : `${from}–${to}`}`)}</p><p>${escapeHtml(text('lead', language))}</p><noscript><p><b>${escapeHtml(text('noScript', language))}</b></p></noscript></header>`,
    `<main id="explorer"><div class="columns">${controls(data)}${results(data)}</div>${scenarios(data)}${assumed(data, source)}</main>`,
    `<footer><p>${escapeHtml(`tinbergen ${manifest.version} · ${language === 'zh' ? `抽样${draws}次，随机种子${seed}` : `${draws} draws, seed ${seed}`}`)}</p></footer>`,
  ].join('\n');
  return explorerPage({ title: `${name} – ${text('explorer', language)}`, language, body, data, script });
}

function controls(data: ExplorerData): string {
  const { language } = data;
  const group = (heading: string, inside: string): string =>
    `<fieldset><legend>${escapeHtml(heading)}</legend>${inside}</fieldset>`;
  const sliders = (names: readonly (typeof dragged)[number][]): string =>
    names.map((name) => sliderControl(name, data)).join('');
  return [
    `<section class="controls" aria-labelledby="controls-heading"><h2 id="controls-heading">${escapeHtml(text('controls', language))}</h2>`,
    group(text('growthControls', language), sliders(dragged.slice(0, 2))),
    group(text('priceControls', language), sliders(dragged.slice(2))),
    group(text('shareControls', language), sectors.map((sector) => shareControl(sector, data)).join('')),
    group(text('spreadControl', language), spreadControl(data)),
    `<p class="buttons"><button type="button" id="reset">${escapeHtml(text('reset', language))}</button> <button type="button" id="undo" disabled>${escapeHtml(text('undo', language))}</button></p></section>`,
  ].join('');
}

function results(data: ExplorerData): string {
  const { language } = data;
  const model = twoEngine({ parameters: data.parameters });
  const here = exploredAt(data, model, data.start);
  const plan = { label: '', across: here.industry, up: here.services };
  const picture = { data, point: data.start, here, plan, kept: [], width: 640 };
  const head = targetHead(language).map((label) => `<th scope="col">${escapeHtml(label)}</th>`);
  const table =
    here.targets.length === 0
      ? `<p>${escapeHtml(text('noneSpoken', language))}</p>`
      : `<table role="table" id="targets"><caption>${escapeHtml(word('headline', language))}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${targetRows(data, here, undefined)}</tbody></table>`;
  const counted = Object.keys(data.bands).length;
  const uncounted =
    here.targets.length <= counted
      ? ''
      : `<p class="small">${escapeHtml(
          language === 'zh'
            ? `概率只计算前${counted}项目标。`
            : `Chances are counted for the first ${counted} targets.`,
        )}</p>`;
  const left =
    data.left === 0
      ? ''
      : `<p class="small">${escapeHtml(
          language === 'zh'
            ? `计划中另有${data.left}项目标（建设、民生等实物指标或绝对数），模型不涉及。`
            : `The model does not speak of ${data.left} more targets of the plan (deliveries, levels).`,
        )}</p>`;
  const legend = (
    [
      ['here', text('here', language), '●◆'],
      ['plan', text('thePlan', language), '○'],
      ...(data.goal === undefined
        ? []
        : ([
            ['goal', `${word('gdp', language)} ${percent(data.goal, language)}`, '━'],
            ['strip', text('band', language), '▬'],
          ] as const)),
      ['equal', text('line', language), '─'],
      ['range', language === 'zh' ? '有依据的取值范围' : 'documented range', '■'],
      ['kept', text('kept', language), 'A'],
    ] as const
  )
    .map(
      ([name, label, sign]) =>
        `<li><i class="key ${name}" aria-hidden="true">${sign}</i> ${escapeHtml(label)}</li>`,
    )
    .join('');
  return [
    `<section class="results" aria-labelledby="results-heading"><h2 id="results-heading">${escapeHtml(text('results', language))}</h2>`,
    `<div class="tiles" id="tiles">${tiles(data, here, undefined)}</div>`,
    table,
    Object.keys(data.bands).length > 1 ? '<p id="ladder" class="small"></p>' : '',
    uncounted,
    left,
    `<figure id="frontier-figure"><h3>${escapeHtml(word('frontier', language))}</h3><div id="frontier">${frontierSvg(picture)}</div><ul class="legend">${legend}</ul><figcaption><span id="frontier-words">${escapeHtml(frontierSentence(picture))}</span> <span class="noprint">${escapeHtml(text('frontierHint', language))}</span></figcaption></figure>`,
    '<p id="status" role="status" aria-live="polite" class="hidden"></p></section>',
  ].join('\n');
}

function scenarios({ language }: ExplorerData): string {
  const button = (id: string, label: string): string =>
    `<button type="button" id="${id}">${escapeHtml(label)}</button>`;
  return [
    `<section id="scenarios" aria-labelledby="scenarios-heading"><h2 id="scenarios-heading">${escapeHtml(text('scenarios', language))}</h2>`,
    `<p class="buttons noprint"><label for="name">${escapeHtml(text('name', language))}</label> <input id="name" type="text" maxlength="${longestName}" autocomplete="off"> ${button('keep', text('keep', language))} ${button('copy-link', text('copyLink', language))} ${button('copy-json', text('copyJson', language))}</p>`,
    '<p id="message" role="status" aria-live="polite"></p>',
    `<p id="copied" class="noprint" hidden><label for="copied-text">${escapeHtml(text('copyText', language))}</label><textarea id="copied-text" rows="4" readonly></textarea></p>`,
    `<div id="compare" class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(text('compareHeading', language))}"><p>${escapeHtml(text('compareNone', language))}</p></div>`,
    `<p class="buttons noprint" id="kept-buttons" hidden>${button('copy-all', text('copyAll', language))} ${button('save', text('saveFile', language))}</p>`,
    `<details class="noprint"><summary>${escapeHtml(text('loadHeading', language))}</summary><p><label for="load-text">${escapeHtml(text('loadLabel', language))}</label><textarea id="load-text" rows="4" autocomplete="off" spellcheck="false"></textarea></p><p class="buttons">${button('load', text('load', language))} <label class="file" for="load-file">${escapeHtml(text('openFile', language))}</label> <input type="file" id="load-file" accept=".json,application/json"></p></details></section>`,
  ].join('\n');
}

/** What the page assumes, said in full. */
function assumed(data: ExplorerData, { sources }: ExplorerSource): string {
  const { language, factors, draws, seed, parameters, start } = data;
  const zh = language === 'zh';
  const label = (name: (typeof factors)[number]): string =>
    labelOf(twoEngineParameters[name].label, language);
  const list = (names: readonly string[]): string =>
    names.length === 0
      ? '–'
      : names
          .map((name) =>
            name === 'shares'
              ? word('shares', language)
              : labelOf(twoEngineParameters[name as keyof typeof twoEngineParameters].label, language),
          )
          .join(zh ? '、' : ', ');
  const sentences = zh
    ? [
        '双引擎模型按滑块所示数值逐年不变地求解；其余参数与计划测算相同。',
        `概率：影响目标的${factors.length}个参数各自独立，取三角分布，两端为其有依据的取值范围（当前值在范围之外时予以扩大），当前值最可能。“不确定性”滑块按比例收窄全部范围。抽样${draws}次，随机种子${seed}，在Node中用 planOutcome、simulate 与 explorerFactors 可得到完全相同的数。`,
        `来自计划：${list(sources.plan)}。求解得出：${list(sources.solved)}。`,
        '份额与多数范围仅为示意：未找到当地数据；概率说明这些假设意味着什么，并非对本区的预测。',
      ]
    : [
        'The two-engine model is solved with the figures of the sliders, the same in every year of the plan; all other parameters are as in the study of the plan.',
        `Chances: each of the ${factors.length} parameters that move a target is drawn by itself from a triangle over its documented range (widened where its figure lies outside), most likely where it stands; the slider of uncertainty narrows all ranges in proportion. ${draws} draws with seed ${seed}; planOutcome and simulate with explorerFactors give the same numbers in Node.`,
        `From the plan: ${list(sources.plan)}. Solved: ${list(sources.solved)}.`,
        'Shares and most ranges are illustrative, because no local figures were found: the chances say what these assumptions imply and forecast nothing about the district.',
      ];
  const rows = factors.map((name) => {
    const { range, unit, source } = twoEngineParameters[name];
    const isRate = unit.startsWith('ratio/');
    const show = (value: number): string =>
      isRate ? percent(value, language) : String(Math.round(1000 * value) / 1000);
    const value = (start.set as Partial<Record<string, number>>)[name] ?? parameters[name];
    return `<li><b>${escapeHtml(label(name))}</b> ${escapeHtml(`${isRate ? percent(value, language, 2) : show(value)} (${show(range[0])}${zh ? '至' : ' to '}${show(range[1])})${zh ? '。' : '. '}${source}`)}</li>`;
  });
  const { source } = data.plan;
  return [
    `<section id="assumed"><h2>${escapeHtml(text('assumptions', language))}</h2><ul>${sentences.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`,
    rows.length === 0 ? '' : `<ul class="defaults">${rows.join('')}</ul>`,
    source === undefined
      ? ''
      : `<p class="small">${escapeHtml(word('planSource', language))}: ${link(source)}</p>`,
    '</section>',
  ].join('\n');
}
