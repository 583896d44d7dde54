import type { Language } from '../issue.ts';
import { percent, points } from '../plot/format.ts';
import type { Sector } from '../presets/two-engine.ts';
import type { ExplorerData } from './explorer-model.ts';
import { shareSlider, sliderOf, yearsOf } from './explorer-point.ts';
import type { Dragged, Slider } from './explorer-point.ts';
import { text, unitText } from './explorer-words.ts';
import { escapeHtml } from './html-page.ts';
import { wordFor } from './report-words.ts';

/** The slider of a parameter, with a field for the number, its documented range and where the plan stands. */
export function sliderControl(name: Dragged, data: ExplorerData): string {
  const { language, start, over } = data;
  const plan = start.set[name];
  const slider = sliderOf(name, plan, yearsOf(over));
  const sign = name !== 'va_ratio_change' ? '%' : language === 'zh' ? '点' : 'pp';
  return control(name, text(name, language), unitText(name, language), plan, slider, language, 'full', sign);
}

/** The slider of a share. */
export function shareControl(sector: Sector, { language, start }: ExplorerData): string {
  return control(
    `share-${sector}`,
    wordFor(sector, language),
    '',
    start.shares[sector],
    shareSlider(sector),
    language,
    'compact',
  );
}

/** The slider of how much of the documented ranges is drawn from. */
export function spreadControl({ language, start }: ExplorerData): string {
  return control(
    'spread',
    text('spread', language),
    '',
    start.spread,
    { low: 0, high: 1, step: 0.05 },
    language,
    'quiet',
  );
}

/** What stands beneath a slider: where the value is, in words. */
export function noteText(
  value: number,
  plan: number,
  { range }: Pick<Slider, 'range'>,
  language: Language,
): string {
  const zh = language === 'zh';
  const parts = [
    Math.abs(value - plan) < 5e-7
      ? text('asPlanned', language)
      : `${text('thePlan', language)} ${percent(plan, language, 2)} (${points(value - plan, language, 2)})`,
  ];
  if (range !== undefined) {
    const outside = value < range[0] - 1e-12 || value > range[1] + 1e-12;
    const ends = `${percent(range[0], language)}${zh ? '至' : ' to '}${percent(range[1], language)}`;
    parts.push(
      outside ? `⚠ ${text('outside', language)} ${ends}` : `${text('documented', language)} ${ends}`,
    );
  }
  return parts.join(zh ? '；' : '; ');
}

/** A value as a field shows it: percent without its sign, as many decimals as the value has, at most two. */
export function fieldText(value: number): string {
  return String(Number((100 * value).toFixed(2)));
}

function control(
  id: string,
  label: string,
  unit: string,
  plan: number,
  slider: Slider,
  language: Language,
  kind: 'full' | 'compact' | 'quiet' = 'full',
  sign = '%',
): string {
  const { low, high, step, range } = slider;
  const [min, max, by] = [low, high, step].map((value) => String(Number((100 * value).toFixed(4))));
  const share = (value: number): string => `${Math.round((1000 * (value - low)) / (high - low)) / 10}%`;
  const marks =
    range === undefined
      ? ''
      : `<span class="range" style="left:${share(range[0])};right:calc(100% - ${share(range[1])})"></span>`;
  const name = escapeHtml(label);
  const field = fieldText(plan);
  return `<div class="control ${kind}" id="control-${id}"><label for="${id}">${name}${unit === '' ? '' : ` <span class="small">${escapeHtml(unit)}</span>`}</label><span class="number"><input type="number" id="${id}-number" min="${min}" max="${max}" step="any" value="${field}" inputmode="decimal" aria-label="${name}, ${sign}" aria-describedby="${id}-note"><span class="sign" aria-hidden="true">${sign}</span></span><span class="track"><span class="marks" aria-hidden="true"><span class="rail"></span>${marks}<span class="planned" style="left:${share(plan)}"></span></span><input type="range" id="${id}" min="${min}" max="${max}" step="${by}" value="${field}" aria-valuetext="${escapeHtml(percent(plan, language, 2))}" aria-describedby="${id}-note"></span><span class="small note" id="${id}-note">${escapeHtml(noteText(plan, plan, slider, language))}</span></div>`;
}
