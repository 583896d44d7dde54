import type { Measure, Relation } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';

/** Columns of the target table, in the order in which they stand; the first word of a heading is its key. */
export const targetColumns = [
  'id 编号',
  'indicator 指标',
  'name 名称',
  'measure 口径',
  'relation 关系',
  'value 数值',
  'to 上限',
  'leader 同步于',
  'width 半宽',
  'period 时期',
  'until 至',
  'half_width 采用半宽',
  'leader_value 同步值',
  'low 下限',
  'high 上界',
  'expected 预计',
  'gap 差距',
  'status 状态',
  'prices 价格口径',
  'strict 严格',
  'cumulative 累计',
  'firmness 力度',
  'deadline 期限',
  'part_of 属于',
  'threshold 门槛',
  'threshold_unit 门槛单位',
  'versus 对比',
  'label_en 标签(英)',
  'label_zh 标签(中)',
  'source 来源',
  'note_en 说明(英)',
  'note_zh 说明(中)',
] as const;

/** Columns of the table of indicators. */
export const indicatorColumns = [
  'indicator 指标',
  'label_en 标签(英)',
  'label_zh 标签(中)',
  'unit 单位',
  'kind 类型',
  'prices 价格口径',
  'deflator 平减指数',
  'code 代码',
  'scope 范围',
] as const;

type Key<H extends string> = H extends `${infer K} ${string}` ? K : never;
export type TargetColumn = Key<(typeof targetColumns)[number]>;
export type IndicatorColumn = Key<(typeof indicatorColumns)[number]>;

/** The key of a heading: its first word, in small letters. */
export function keyOf(heading: string): string {
  return heading.trim().split(/\s+/)[0]!.toLowerCase();
}

/** Place of a column in the target table. */
export function targetColumn(key: TargetColumn): number {
  return targetColumns.findIndex((heading) => keyOf(heading) === key);
}

export const measures = ['growth', 'level', 'share', 'change'] as const satisfies readonly Measure[];

export const relations = [
  'about',
  'at-least',
  'at-most',
  'reach',
  'within',
  'in-step-with',
] as const satisfies readonly Relation['kind'][];

/** Other words that people write for a relation or a measure, in a table they fill in by hand. */
export const synonyms: Readonly<Record<string, string>> = {
  左右: 'about',
  'at least': 'at-least',
  以上: 'at-least',
  不低于: 'at-least',
  'at most': 'at-most',
  以内: 'at-most',
  不超过: 'at-most',
  达到: 'reach',
  区间: 'within',
  'in step with': 'in-step-with',
  同步: 'in-step-with',
  增速: 'growth',
  增长: 'growth',
  水平: 'level',
  比重: 'share',
  变动: 'change',
};

/** Whether a target's numbers are rates, shown as percentages. */
export function isRate(target: Pick<Target, 'measure'>): boolean {
  return target.measure === 'growth' || target.measure === 'share';
}
