import type { Language } from '../issue.ts';
import { nearest } from '../mistake.ts';
import { periodOf } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { firstPeriod, frequencyOf } from '../time/period.ts';
import { extent, valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { measurePeriods } from './plan-outcome.ts';

/**
 * Why something cannot be told of a target, by language; `{}` stands for what it is about, in order. A new reason is one
 * row here.
 */
export const unknownText = {
  'no-figures': { en: 'there are no figures', zh: '没有数据' },
  'no-series': { en: "there is no series named '{}'{}", zh: '没有名为“{}”的序列{}' },
  'near-name': { en: "; '{}' is given", zh: '，所给的有“{}”' },
  'other-names': { en: '; given: {}', zh: '，所给的有：{}' },
  'other-frequency': {
    en: "'{}' is by {}, the target is about {}",
    zh: '“{}”为{}数据，目标期为{}',
  },
  'no-value': { en: "'{}' has no value at {} ({})", zh: '“{}”缺{}的数值（{}）' },
  'no-base': {
    en: "'{}' has no value at {}, the base of its {} ({})",
    zh: '“{}”缺{}的数值，无法计算{}（{}）',
  },
  'bad-base': {
    en: "'{}' is {} at {}, the base of its growth, which must be positive",
    zh: '“{}”在基期{2}为{1}，计算增速须为正数',
  },
  'bad-value': { en: "'{}' is {} at {}", zh: '“{}”在{2}为{1}' },
  leader: { en: 'of its leader: {}', zh: '所同步的指标：{}' },
  versus: { en: 'it is held against {}', zh: '比较对象为{}' },
  'not-simulated': { en: 'the simulation does not speak of it', zh: '模拟未涉及该目标' },
  'no-draws': { en: 'there are no draws', zh: '没有抽样' },
  'no-values-drawn': { en: 'too few draws have a value', zh: '有数值的抽样过少' },
  'forecast-frequency': { en: 'the forecast is by {}', zh: '预测为{}数据' },
  'not-covered': { en: 'the forecast does not cover {}', zh: '预测未覆盖{}' },
  'total-needs-paths': {
    en: 'a total over several periods needs joint paths',
    zh: '多期合计需要联合路径',
  },
  'uncertain-base': {
    en: 'the level of {} is itself uncertain: its joint distribution with {} is needed',
    zh: '{}的水平本身不确定，需要它与{}的联合分布',
  },
  'needs-joint': {
    en: 'in step needs the joint distribution with its leader',
    zh: '同步目标需要与所同步指标的联合分布',
  },
  'no-band': { en: 'the target has no band', zh: '目标没有区间' },
} as const satisfies Record<string, Record<Language, string>>;

/** A reason in words. @example reason('no-draws', 'zh') // '没有抽样' */
export function reason(code: keyof typeof unknownText, language: Language, ...about: string[]): string {
  let next = 0;
  return unknownText[code][language].replace(
    /\{(\d?)\}/g,
    (_, place: string) => about[place === '' ? next++ : Number(place)] ?? '',
  );
}

/** A frequency in words. */
export function frequencyText(period: Parameters<typeof frequencyOf>[0], language: Language): string {
  const frequency = frequencyOf(period);
  return language === 'en' ? frequency : { year: '年度', quarter: '季度', month: '月度' }[frequency];
}

/**
 * Why a target's measure has no value in some data: a misnamed or missing series, one of another frequency, a period or
 * the base of a growth that is not there.
 *
 * @param data levels by indicator
 * @param names of what was given, for a hint at a misspelt one
 */
export function whyUnknown(
  plan: Plan,
  target: Target,
  data: Dataset,
  names: readonly string[],
  language: Language,
): string {
  if (target.versus !== undefined) return reason('versus', language, target.versus);
  const name = target.indicator;
  const s = Object.hasOwn(data, name) ? data[name] : undefined;
  if (s === undefined) return missingSeries(plan, name, names, language);
  const period = periodOf(plan, target);
  const first = firstPeriod(period);
  if (frequencyOf(s.start) !== frequencyOf(first))
    return reason('other-frequency', language, name, frequencyText(s.start, language), spanText(period));
  const needed = measurePeriods(plan, target, period);
  const based = target.measure === 'growth' || target.measure === 'change';
  const covered = language === 'en' ? extent(s) : extentInChinese(s);
  for (const [i, p] of needed.entries()) {
    const value = valueAt(s, p);
    const base = based && i === 0;
    if (Number.isNaN(value))
      return base
        ? reason('no-base', language, name, p, measureText[target.measure][language], covered)
        : reason('no-value', language, name, p, covered);
    if (base && target.measure === 'growth' && !(value > 0))
      return reason('bad-base', language, name, String(value), p);
  }
  const last = needed.at(-1)!;
  return reason('bad-value', language, name, String(valueAt(s, last)), last);
}

const measureText = {
  level: { en: 'level', zh: '水平' },
  share: { en: 'share', zh: '比重' },
  growth: { en: 'growth', zh: '增速' },
  change: { en: 'change', zh: '变动' },
} as const satisfies Record<Target['measure'], Record<Language, string>>;

function missingSeries(plan: Plan, name: string, names: readonly string[], language: Language): string {
  if (names.length === 0) return reason('no-figures', language);
  const near = nearest(
    name,
    names.filter((given) => !Object.hasOwn(plan.indicators, given)),
  );
  const listed = names.slice(0, 8).join(language === 'en' ? ', ' : '、');
  const hint =
    near === undefined ? reason('other-names', language, listed) : reason('near-name', language, near);
  return reason('no-series', language, name, hint);
}

function spanText(period: ReturnType<typeof periodOf>): string {
  return typeof period === 'string' ? period : `${period[0]}–${period[1]}`;
}

function extentInChinese(s: Dataset[string]): string {
  if (s.values.length === 0) return '序列为空';
  return extent(s).replace(/^it covers (.+) to (.+)$/, '现有$1至$2');
}
