import type { Language } from '../issue.ts';
import { describeTarget } from '../plan/describe.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import type { BandRow, RowSource } from './consistency-row.ts';

/** A row in words, as it stands in a sentence: 'GDP growth of at least 12 %', 'gdp = agr + ind + srv'. */
export function rowWords(plan: Plan, source: RowSource, language: Language, row?: BandRow): string {
  const zh = language === 'zh';
  switch (source.kind) {
    case 'target':
      return targetWords(plan, plan.targets[source.target]!, language);
    case 'identity':
    case 'equation': {
      const when = plan.span[0] === plan.span[1] ? '' : zh ? `（${source.period}）` : ` (${source.period})`;
      return `${source.text}${when}`;
    }
    case 'range': {
      const name = nameWords(plan, source.name, language);
      const [low, high] = [row?.low ?? -Infinity, row?.high ?? Infinity].map((v) =>
        source.of === 'growth' ? `${rounded(100 * v)}${zh ? '%' : ' %'}` : String(rounded(v)),
      );
      const when = source.period === undefined || plan.span[0] === plan.span[1] ? '' : ` (${source.period})`;
      if (zh) return `${name}${source.of === 'growth' ? '增速' : ''}在${low}至${high}之间${when}`;
      return `${name}${source.of === 'growth' ? ' growth' : ''} between ${low} and ${high}${when}`;
    }
    case 'positive':
      return zh
        ? `${source.period}年${nameWords(plan, source.name, language)} > 0`
        : `${nameWords(plan, source.name, language)} > 0 in ${source.period}`;
    default:
      return source satisfies never;
  }
}

/** A target in words; a range of one point is said as that point. */
export function targetWords(plan: Plan, target: Target, language: Language): string {
  const { relation } = target;
  if (relation.kind === 'within' && relation.low === relation.high)
    return describeTarget(plan, { ...target, relation: { kind: 'reach', value: relation.low } }, language);
  const words = describeTarget(plan, target, language);
  if (relation.kind !== 'in-step-with' || relation.width === undefined) return words;
  const width = `${rounded(100 * relation.width)}${language === 'zh' ? '%' : ' %'}`;
  return language === 'zh' ? `${words}（相差不超过${width}）` : `${words} within ${width}`;
}

/** A change of a target in words: 'services growth of at most 8.875 % instead of at most 8 %'. */
export function changeWords(plan: Plan, target: Target, relation: Relation, language: Language): string {
  const to = targetWords(plan, { ...target, relation: short(relation) }, language);
  const bare = {
    ...plan,
    indicators: {
      ...plan.indicators,
      [target.indicator]: { ...plan.indicators[target.indicator]!, label: '' },
    },
  };
  const { label: _label, period: _period, deadline: _deadline, ...rest } = target;
  const subject = targetWords(bare, rest, language).trim();
  const from = (
    language === 'zh'
      ? subject
      : subject.replace(/^(?:average annual |cumulative )?(?:growth |decline |change )?(?:of )?/, '')
  ).trim();
  return language === 'zh' ? `${to}，而非${from}` : `${to} instead of ${from}`;
}

/** A list in a sentence: 'a, b and c'. */
export function listWords(
  items: readonly string[],
  language: Language,
  last = language === 'zh' ? '和' : ' and ',
): string {
  if (items.length < 2) return items[0] ?? '';
  const separator = language === 'en' ? ', ' : last.startsWith('；') ? '；' : '、';
  return `${items.slice(0, -1).join(separator)}${last}${items.at(-1)}`;
}

/** The sentence of a conflict. */
export function conflictSentence(
  rows: readonly { readonly source: RowSource; readonly words: string }[],
  language: Language,
): string {
  const wordsOf = (kinds: readonly RowSource['kind'][]): string[] =>
    rows.filter((row) => kinds.includes(row.source.kind)).map((row) => row.words);
  const [claims, facts] = [wordsOf(['target', 'range']), wordsOf(['identity', 'equation', 'positive'])];
  if (language === 'zh') {
    const because = facts.length === 0 ? '' : `因为${facts.join('；')}`;
    if (claims.length === 0) return `${facts.join('；')}不能同时成立。`;
    return `${listWords(claims, 'zh')}${claims.length > 1 ? '不能同时成立' : '不能成立'}${because === '' ? '' : `，${because}`}。`;
  }
  if (claims.length === 0) return `${sentenceStart(listWords(facts, 'en'))} cannot hold together.`;
  const because = facts.length === 0 ? '' : `, because ${listWords(facts, 'en')}`;
  return `${sentenceStart(listWords(claims, 'en'))} cannot hold${claims.length > 1 ? ' together' : ''}${because}.`;
}

/** The name of an indicator or a parameter. */
export function nameWords(plan: Plan, name: string, language: Language): string {
  const label = Object.hasOwn(plan.indicators, name) ? plan.indicators[name]?.label : undefined;
  return label === undefined ? name : labelOf(label, language);
}

/** Five digits behind the point of a ratio, three of a percentage: 15.636 % for 0.1563636. */
export function rounded(value: number): number {
  return Number(Math.abs(value) < 100 ? value.toFixed(3) : value.toPrecision(7));
}

function short(relation: Relation): Relation {
  const cut = (value: number): number =>
    Math.abs(value) < 10 ? Number(value.toFixed(5)) : Number(value.toPrecision(7));
  switch (relation.kind) {
    case 'within':
      return { ...relation, low: cut(relation.low), high: cut(relation.high) };
    case 'in-step-with':
      return relation.width === undefined ? relation : { ...relation, width: cut(relation.width) };
    default:
      return { ...relation, value: cut(relation.value) };
  }
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
