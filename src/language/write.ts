import type { Language } from '../issue.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Indicator, Label } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import type { Measure, Relation } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { isUnit, unitLabel, units } from '../plan/unit.ts';
import type { Period, Span } from '../time/period.ts';
import { phrases } from './phrases.ts';
import type { Phrases } from './phrases.ts';

/**
 * A plan as prose, in Chinese or English: a sentence for each target, then what its terms mean.
 *
 * `readPlan` takes the text back to the same plan, to the last digit.
 *
 * @param plan any plan
 * @param options.language one of `'en'`, `'zh'`. Defaults to `'en'`
 * @returns paragraphs with a line each, ending in a line break
 * @example writePlan(plan, { language: 'zh' }).split('\n')[3] // '- 地区生产总值〔gdp〕增长12%左右。'
 */
export function writePlan(plan: Plan, options: { readonly language?: Language } = {}): string {
  const language = options.language ?? 'en';
  const say = phrases[language];
  const line = (head: string, text: string): string => `${head}${text}${say.stop}`;
  const item = (text: string): string => `- ${text}${say.stop}`;
  const lines = [line(say.plan, quoted(plan.name)), line(say.span, spanText(plan.span, say))];
  if (plan.source !== undefined) lines.push(line(say.source, quoted(plan.source)));
  lines.push(say.targets, ...plan.targets.map((target) => item(targetText(plan, target, language))));
  lines.push(
    say.indicators,
    ...Object.entries(plan.indicators).map(([id, indicator]) => item(indicatorText(id, indicator, language))),
  );
  if (plan.identities !== undefined) lines.push(line(say.identities, quoted(plan.identities)));
  if (plan.widths !== undefined) lines.push(line(say.widths, quoted(plan.widths)));
  if (plan.assumptions !== undefined) {
    lines.push(
      say.assumptions,
      ...plan.assumptions.map((each) =>
        item(`${quoted(each.name)} ${each.value} ${quoted(each.unit)} ${quoted(each.note)}`),
      ),
    );
  }
  if (plan.groups !== undefined) {
    lines.push(
      say.groups,
      ...plan.groups.map((group) =>
        item(
          `${quoted(group.name)}${group.members === undefined ? '' : `${say.facts[0]}${say.said.members}${quoted(group.members)}${say.facts[2]}`}`,
        ),
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}

function targetText(plan: Plan, target: Target, language: Language): string {
  const say = phrases[language];
  const name = nameText(plan, target.indicator, target.label, language);
  return `${name}${relationText(plan, target, language)}${factsText(target, say)}`;
}

function nameText(plan: Plan, id: string, label: Label | undefined, language: Language): string {
  const say = phrases[language];
  const words = labelOf(label ?? plan.indicators[id]?.label ?? id, language).replaceAll(
    /[[\]〔〕\p{C}\p{Z}]+/gu,
    ' ',
  );
  return `${words.trim()}${language === 'en' && words.trim() !== '' ? ' ' : ''}${idText(id, say)}`;
}

/** An id in its brackets, quoted where it is not a plain word. */
export function idText(id: string, say: Phrases): string {
  return `${say.id[0]}${/^[\p{L}\p{N}_]+$/u.test(id) ? id : quoted(id)}${say.id[1]}`;
}

function relationText(plan: Plan, target: Target, language: Language): string {
  const say = phrases[language];
  const { relation, measure } = target;
  if (relation.kind === 'in-step-with') {
    const [before, after] = say.step[measure];
    return `${before}${nameText(plan, relation.indicator, undefined, language)}${after}`;
  }
  const [low, high] =
    relation.kind === 'within' ? [relation.low, relation.high] : [relation.value, relation.value];
  const falls = (measure === 'growth' || measure === 'change') && low < 0 && high < 0;
  const text = (value: number): string =>
    amountText(
      Math.abs(value) === value || !falls ? value : -value,
      plan.indicators[target.indicator],
      measure,
      language,
    );
  const verb = say.verbs[measure][falls ? 1 : 0];
  if (relation.kind === 'within')
    return falls
      ? `${verb}${text(high)}${say.range}${text(low)}`
      : `${verb}${text(low)}${say.range}${text(high)}`;
  const [before, after] = say.bounds[boundOf(relation, falls)];
  return `${verb}${before}${text(low)}${after}`;
}

type Single = Exclude<Relation, { kind: 'in-step-with' | 'within' }>;

/** A growth of at most -3 % is a fall of at least 3 %. */
function boundOf(relation: Single, falls: boolean): keyof Phrases['bounds'] {
  if (relation.kind === 'about' || relation.kind === 'reach') return relation.kind;
  const strict = relation.strict === true;
  const lower = (relation.kind === 'at-least') !== falls;
  if (strict) return lower ? 'over' : 'under';
  return lower ? 'at-least' : 'at-most';
}

/** A ratio as a percentage, else the value with its unit. The digits are those of the number itself, shifted. */
export function amountText(
  value: number,
  indicator: Indicator | undefined,
  measure: Measure,
  language: Language,
): string {
  const { percent } = phrases[language];
  if (inPercent(indicator, measure)) return `${shifted(value, 2)}${percent}`;
  const unit = unitLabel(indicator?.unit ?? '', language)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return `${String(value)}${unit === '' || language === 'zh' ? '' : ' '}${unit}`;
}

/** Whether a measure of an indicator is written as a percentage. */
export function inPercent(indicator: Indicator | undefined, measure: Measure): boolean {
  const unit = indicator?.unit ?? '';
  return (
    measure === 'growth' ||
    measure === 'share' ||
    (measure === 'change' && isUnit(unit) && units[unit].dimension === 'ratio')
  );
}

/** A decimal with its point moved in the text, so that no digit changes: 0.07 by 2 is 7. */
export function shifted(value: number, places: number): string {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const negative = digits.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? digits.slice(1) : digits).split('.');
  const power = Number(exponent) + places;
  const at = whole.length + power;
  const all = `${whole}${fraction}`;
  if (at > 40 || at < -40)
    return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}e${power}`;
  const padded = at <= 0 ? `${'0'.repeat(1 - at)}${all}` : all.padEnd(at, '0');
  const point = Math.max(at, 1);
  const head = padded.slice(0, point).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(point).replace(/0+$/, '');
  return `${negative ? '-' : ''}${head}${tail === '' ? '' : `.${tail}`}`;
}

function factsText(target: Target, say: Phrases): string {
  const { said } = say;
  const { relation } = target;
  const facts: string[] = [];
  if (target.period !== undefined)
    facts.push(
      `${said.period}${typeof target.period === 'string' ? periodText(target.period) : `${periodText(target.period[0])}${say.range}${periodText(target.period[1])}`}`,
    );
  if (target.firmness !== undefined) facts.push(say.firmness[target.firmness]);
  if (target.deadline !== undefined) facts.push(`${said.deadline}${quoted(target.deadline)}`);
  if (target.cumulative !== undefined)
    facts.push(`${said.cumulative}${target.cumulative ? '' : quoted(false)}`);
  if (target.versus !== undefined) facts.push(`${said.versus}${quoted(target.versus)}`);
  if (target.threshold !== undefined)
    facts.push(`${said.threshold}${quoted([target.threshold.value, target.threshold.unit])}`);
  if ('width' in relation && relation.width !== undefined)
    facts.push(`${said.width}${shifted(relation.width, 2)}%`);
  if (target.id !== undefined) facts.push(`${said.id}${quoted(target.id)}`);
  if (target.partOf !== undefined) facts.push(`${said.partOf}${quoted(target.partOf)}`);
  if (target.label !== undefined) facts.push(`${said.label}${quoted(target.label)}`);
  if (target.source !== undefined) facts.push(`${said.source}${quoted(target.source)}`);
  if (target.note !== undefined) facts.push(`${said.note}${quoted(target.note)}`);
  return facts.length === 0 ? '' : `${say.facts[0]}${facts.join(say.facts[1])}${say.facts[2]}`;
}

function indicatorText(id: string, indicator: Indicator, language: Language): string {
  const say = phrases[language];
  const { said } = say;
  const facts = [`${said.unit}${quoted(indicator.unit)}`, say.kind[indicator.kind]];
  if (indicator.prices !== undefined) facts.push(say.prices[indicator.prices]);
  if (indicator.deflator !== undefined) facts.push(`${said.deflator}${quoted(indicator.deflator)}`);
  if (indicator.code !== undefined) facts.push(`${said.code}${quoted(indicator.code)}`);
  if (indicator.scope !== undefined) facts.push(`${said.scope}${quoted(indicator.scope)}`);
  return `${idText(id, say)}${language === 'en' ? ' is ' : '是'}${quoted(indicator.label)}${say.facts[0]}${facts.join(say.facts[1])}${say.facts[2]}`;
}

function spanText(span: Span, say: Phrases): string {
  return span[0] === span[1]
    ? periodText(span[0])
    : `${periodText(span[0])}${say.range}${periodText(span[1])}`;
}

function periodText(period: Period): string {
  return period;
}

/** A text or a small value between quotation marks, with what would break the line escaped. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
