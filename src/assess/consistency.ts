import { argument, checkOptions } from '../argument.ts';
import type { Issue, Language } from '../issue.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import type { Plan } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { firmnesses } from '../plan/target.ts';
import type { Target } from '../plan/target.ts';
import { datasetArgument } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { rowsOf } from './consistency-rows.ts';
import type { Ranges } from './consistency-drivers.ts';
import type { BandRow, RowSource, Rows } from './consistency-row.ts';
import { isFree, slackOf, witnessOf } from './consistency-slack.ts';
import type { Slack, Witness } from './consistency-slack.ts';
import { conflictOf, leastChange, reachOf } from './consistency-solve.ts';
import { holdParts, partsOf } from './consistency-parts.ts';
import {
  changeWords,
  conflictSentence,
  listWords,
  nameWords,
  rounded,
  rowWords,
} from './consistency-words.ts';

export type { Ranges } from './consistency-drivers.ts';
export type { Slack, Witness } from './consistency-slack.ts';
export type { RowSource } from './consistency-row.ts';

export interface ConsistencyOptions {
  /** Lowest and highest value of drivers: a parameter's value, or the yearly growth of an indicator or variable. Defaults to the documented ranges of the model's parameters. */
  readonly ranges?: Ranges;
  /** What a change of a target costs per ratio point, or per share of a level, by indicator; defaults to 1. */
  readonly weights?: Readonly<Partial<Record<string, number>>>;
  /**
   * Whether the levels of the model's variables are indices, as in a model that starts at 100: targets for levels and for
   * changes in a unit are then left out, with an issue. Defaults to false.
   */
  readonly indices?: boolean;
  /** Defaults to `'en'`. */
  readonly language?: Language;
}

/** A target, an identity, an equation or a range, in words. */
export interface ConsistencyRow {
  readonly source: RowSource;
  readonly words: string;
}

/** One bound moved, in the measure's unit. */
export interface Relaxation {
  readonly source: RowSource;
  /** The bound that gives way, and where it has to go. For an in-step relation the widths. */
  readonly from: number;
  readonly to: number;
  /** The relation that the target needs; absent for a range. */
  readonly relation?: Relation;
  readonly words: string;
}

/** The least total weighted change that makes a plan consistent. */
export interface SmallestRepair {
  readonly changes: readonly Relaxation[];
  /** The sum of weight times change: ratio points for rates, shares of the target for levels. */
  readonly weightedTotal: number;
}

/** A plan whose rows can hold together. */
export interface Consistent {
  readonly consistent: true;
  readonly sentence: string;
  readonly slack: readonly Slack[];
  /** A point at which every row holds. */
  readonly witness: Witness;
  readonly issues: readonly Issue[];
}

/** A plan whose rows cannot. */
export interface Inconsistent {
  readonly consistent: false;
  /** What cannot hold together: without any one of these rows the others of them can. Targets first, in the plan's order. */
  readonly conflict: readonly ConsistencyRow[];
  readonly sentence: string;
  /** Every change of one target or range alone that restores consistency; empty when no single one does. */
  readonly repairs: readonly Relaxation[];
  /** Absent when identities, equations and ranges conflict among themselves, so that no target can mend it. */
  readonly smallest?: SmallestRepair;
  /** Whether the binding targets conflict among themselves. The smallest repair then moves them as little as it can, and the others after that. */
  readonly bindingConflict: boolean;
  readonly issues: readonly Issue[];
}

export type Consistency = Consistent | Inconsistent;

/**
 * Whether the targets of a plan can hold together; and if not, which of them conflict and what would mend it.
 *
 * Each target is its band (`about` and `in step` included, with the plan's widths; "more than" counts as "at least"), each
 * identity and each equation of the model a constraint in every period, each parameter with a range and each of
 * `options.ranges` a driver. Growth rates are weighed with the levels of the history before the plan, exactly: the history
 * from the plan's first period on is not read, save for exogenous series of the model. A conflict is an irreducible
 * infeasible subset, by a deletion filter that keeps the firmest targets; the answer does not depend on the order of targets.
 * Years of a longer plan are one system: average and cumulative growth, totals and single years hold against each other.
 * Products and functions of unknowns (`nominal = real * price`) are linearised until the point found satisfies them.
 *
 * @param plan with `identities` among levels of its indicators, such as `'gdp = agr + ind + srv'`
 * @param model its equations hold too; parameters without a range keep their value
 * @param history levels before the plan; where one name of an identity has none there, it follows from the identity
 * @throws RangeError for a plan with errors, an unknown name, a missing or infinite level
 * @example consistency(plan, undefined, history).consistent // true
 */
export function consistency(
  plan: Plan,
  model?: Model,
  history: Dataset = {},
  options: ConsistencyOptions = {},
): Consistency {
  argument('consistency', 'plan', plan);
  if (model !== undefined) argument('consistency', 'model', model);
  datasetArgument('consistency', history, 'history');
  checkOptions('consistency', options, 'ranges weights indices language');
  const { language = 'en', ranges = {}, weights = {}, indices = false } = options;
  const rows = rowsOf(plan, model, history, ranges, indices);
  const weightOf = weigh(plan, weights);
  const parts = partsOf(rows);
  const found = holdParts(rows, parts);
  const issues = [...rows.issues, ...found.issues];
  if (found.holds) {
    return {
      consistent: true,
      sentence: goodNews(plan, rows, language),
      slack: slackOf(plan, rows, parts, found.point, language),
      witness: witnessOf(plan, rows, found.point),
      issues,
    };
  }
  const obligation = (row: BandRow): number => {
    if (row.source.kind !== 'target') return 2;
    const firmness = plan.targets[row.source.target]!.firmness ?? 'expected';
    return 1 - firmnesses.indexOf(firmness) / firmnesses.length;
  };
  const sources = conflictOf(rows, found.point, obligation);
  const conflict = sources.map((source) => ({
    source,
    words: rowWords(
      plan,
      source,
      language,
      rows.bands.find((row) => row.source === source),
    ),
  }));
  const isBinding = (row: BandRow): boolean =>
    row.source.kind === 'target' && plan.targets[row.source.target]!.firmness === 'binding';
  const least = leastChange(rows, found.point, isBinding, weightOf);
  const repairs: Relaxation[] = [];
  for (const source of sources) {
    const row = rows.bands.find((r) => r.source === source);
    if (row === undefined || source.kind === 'positive') continue;
    const to = reachOf(rows, found.point, row, 'nearest');
    if (to !== undefined) repairs.push(relaxation(plan, row, to, language));
  }
  const changes =
    least?.changes
      .map(({ row, to }) => relaxation(plan, row, to, language))
      .toSorted((a, b) => placeOf(a.source) - placeOf(b.source)) ?? [];
  const bindingConflict = least?.bindingConflict ?? false;
  const sentence = [
    conflictSentence(conflict, language),
    mendingSentence(repairs, bindingConflict, least === undefined, language),
  ].join(language === 'zh' ? '' : ' ');
  return {
    consistent: false,
    conflict,
    sentence: sentence.trim(),
    repairs,
    ...(least === undefined ? {} : { smallest: { changes, weightedTotal: least.total } }),
    bindingConflict,
    issues,
  };
}

function placeOf(source: RowSource): number {
  return source.kind === 'target' ? source.target : Infinity;
}

function weigh(plan: Plan, weights: Readonly<Partial<Record<string, number>>>): (row: BandRow) => number {
  for (const [name, weight] of Object.entries(weights)) {
    if (!Object.hasOwn(plan.indicators, name))
      mistake(
        'consistency',
        `there is a weight for '${name}'`,
        suggestion(name, Object.keys(plan.indicators)),
      );
    if (weight !== undefined && !(weight > 0 && weight < Infinity))
      mistake(
        'consistency',
        `the weight of '${name}' is ${shown(weight)}`,
        "give a positive number; firmness 'binding' holds a target",
      );
  }
  return (row) =>
    (row.source.kind === 'target' ? (weights[plan.targets[row.source.target]!.indicator] ?? 1) : 1) /
    row.unit;
}

/** A bound moved to `to`, as the relation that the target needs. */
function relaxation(plan: Plan, row: BandRow, to: number, language: Language): Relaxation {
  const from = to < row.low ? row.low : row.high;
  const { source } = row;
  if (source.kind !== 'target') {
    const isGrowth = source.kind === 'range' && source.of === 'growth';
    const text = (value: number): string =>
      isGrowth ? `${rounded(100 * value)}${language === 'zh' ? '%' : ' %'}` : String(rounded(value));
    const name =
      source.kind === 'range' ? nameWords(plan, source.name, language) : rowWords(plan, source, language);
    const words =
      language === 'zh'
        ? `${name}${isGrowth ? '增速' : ''}${text(to)}，而非${text(from)}`
        : `${name}${isGrowth ? ' growth' : ''} of ${text(to)} instead of ${text(from)}`;
    return { source, from, to, words };
  }
  const target = plan.targets[source.target]!;
  const relation = relaxed(target, row, to);
  const words = changeWords(plan, target, relation, language);
  if (target.relation.kind === 'in-step-with')
    return { source, from: Math.abs(from), to: Math.abs(to), relation, words };
  return { source, from, to, relation, words };
}

function relaxed({ relation }: Target, row: BandRow, to: number): Relation {
  switch (relation.kind) {
    case 'about': {
      // The band is moved, keeping its width.
      const half = (row.high - row.low) / 2;
      return { ...relation, value: to < row.low ? to + half : to - half, width: half };
    }
    case 'within': {
      if (relation.low === relation.high) return { kind: 'within', low: to, high: to };
      return { kind: 'within', low: Math.min(relation.low, to), high: Math.max(relation.high, to) };
    }
    case 'in-step-with':
      return { ...relation, width: Math.abs(to) };
    case 'at-least':
    case 'at-most':
    case 'reach':
      return { ...relation, value: to };
    default:
      return relation satisfies never;
  }
}

function mendingSentence(
  repairs: readonly Relaxation[],
  binding: boolean,
  never: boolean,
  language: Language,
): string {
  const zh = language === 'zh';
  if (never)
    return zh
      ? '恒等式、方程与取值范围本身就相互矛盾，调整目标无济于事。'
      : 'Identities, equations and ranges conflict among themselves: no change of a target mends it.';
  const words = listWords(
    repairs.map((r) => r.words),
    language,
    zh ? '；或' : ', or ',
  );
  const single =
    repairs.length === 0
      ? zh
        ? '调整任何单项都不足以消除矛盾。'
        : 'No single change mends it.'
      : zh
        ? `任取其一即可：${words}。`
        : `Any one of these mends it: ${words}.`;
  if (!binding) return single;
  return `${zh ? '约束性目标之间相互矛盾。' : 'The binding targets conflict among themselves. '}${single}`;
}

function goodNews(plan: Plan, rows: Rows, language: Language): string {
  const free = rows.bands.filter((row) => row.source.kind === 'target' && isFree(rows, row)).length;
  const n = plan.targets.length - rows.leftOut.length;
  if (n === 0) return language === 'zh' ? '没有可供检验的目标。' : 'There is no target to hold.';
  if (language === 'zh')
    return `${n}项目标可以同时实现${free === 0 ? '' : `（其中${free}项没有恒等式或方程约束）`}。`;
  if (n === 1) return `The target can hold${free === 0 ? '' : '; no identity or equation touches it'}.`;
  const touched =
    free === 0 ? '' : `; ${free} of them ${free === 1 ? 'is' : 'are'} touched by no identity or equation`;
  return `All ${n} targets can hold together${touched}.`;
}
