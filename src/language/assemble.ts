import type { Issue } from '../issue.ts';
import { checkPlan } from '../plan/plan.ts';
import type { Group, Plan } from '../plan/plan.ts';
import type { Indicator } from '../plan/indicator.ts';
import type { Relation } from '../plan/relation.ts';
import type { Target } from '../plan/target.ts';
import { isUnit, units } from '../plan/unit.ts';
import { lastPeriod } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import type { LexiconRow } from './lexicon.ts';
import type { Found, Reading } from './reading.ts';
import { tidy } from './tidy.ts';

/** What the targets of a text make together: indicators with their ids, targets that refer to them, readings beside. */
export interface Assembled {
  readonly plan: Plan;
  readonly readings: readonly Reading[];
  readonly issues: readonly Issue[];
}

/** A plan from what was found, in the text's order. */
export function assemble(
  found: readonly Found[],
  about: { readonly name: string; readonly span: Span; readonly groups: readonly Group[] },
  rows: ReadonlyMap<string, LexiconRow>,
): Assembled {
  const indicators: Record<string, Indicator> = {};
  const ids = found.map((each) => indicatorFor(each, indicators, rows));
  const targets: Target[] = [];
  const readings: Reading[] = [];
  const issues: Issue[] = [];
  // Where each subject was last named: what an in-step relation goes back to.
  const leaders = new Map<string, string>();
  const parents = new Set(found.flatMap((each) => (each.partOf === undefined ? [] : [each.partOf])));
  for (const [i, each] of found.entries()) {
    const id = ids[i]!;
    const leader = each.relation === 'in-step-with' ? leaderFor(each, leaders, indicators, rows) : undefined;
    const relation = relationOf(each, indicators[id]!, leader);
    const parent = each.partOf;
    targets.push({
      indicator: id,
      measure: each.measure,
      relation,
      ...(samePeriod(each.period, about.span) ? {} : { period: each.period }),
      firmness: each.firmness,
      ...(each.deadline === endOf(each.period) ? {} : { deadline: each.deadline }),
      ...(each.section.length === 0 ? {} : { source: each.section.join(' / ') }),
      ...(parents.has(i) ? { id: `t${i + 1}` } : {}),
      ...(parent === undefined ? {} : { partOf: `t${parent + 1}` }),
      ...(each.threshold === undefined ? {} : { threshold: each.threshold }),
      ...(each.cumulative === true ? { cumulative: true } : {}),
      ...(each.versus === undefined ? {} : { versus: each.versus }),
    });
    leaders.set(each.subject, id);
    if (each.row !== undefined) leaders.set(each.row.id, id);
    readings.push(readingOf(each, i, id, indicators[id]!));
    for (const doubt of each.doubts)
      issues.push({
        code: 'doubtful',
        path: ['targets', i],
        expected: 'one plain reading',
        received: doubt,
        severity: 'warning',
      });
  }
  const plan: Plan = {
    name: about.name,
    span: about.span,
    indicators,
    targets,
    ...(about.groups.length === 0 ? {} : { groups: about.groups }),
  };
  return { plan, readings, issues: [...issues, ...checked(plan)] };
}

/** What `checkPlan` finds. It looks through all indicators for each target, so a very long plan is checked in stretches. */
function checked(plan: Plan): Issue[] {
  if (plan.targets.length <= stretch) return checkPlan(plan);
  const issues: Issue[] = [];
  for (let from = 0; from < plan.targets.length; from += stretch) {
    const targets = plan.targets.slice(from, from + stretch);
    const names = new Set(
      targets.flatMap(({ indicator, relation }) =>
        relation.kind === 'in-step-with' ? [indicator, relation.indicator] : [indicator],
      ),
    );
    const indicators = Object.fromEntries([...names].map((name) => [name, plan.indicators[name]!] as const));
    for (const issue of checkPlan({ ...plan, targets, indicators }))
      issues.push({
        ...issue,
        path: issue.path.map((key, i) => (i === 1 && typeof key === 'number' ? key + from : key)),
      });
  }
  return issues;
}

const stretch = 500;

function samePeriod(period: Period | Span, span: Span): boolean {
  if (typeof period === 'string') return period === span[1];
  return period[0] === span[0] && period[1] === span[1] && span[0] === span[1];
}

function endOf(period: Period | Span): string {
  const last = lastPeriod(period);
  return `${last.slice(0, 4)}-12-31`;
}

/** The indicator's id: the lexicon's, or the text's own words; a second unit or part of the economy makes another one. */
function indicatorFor(
  each: Found,
  indicators: Record<string, Indicator>,
  rows: ReadonlyMap<string, LexiconRow>,
): string {
  const row = each.row === undefined ? undefined : rows.get(each.row.id);
  const isLevel = each.measure === 'level' || (each.measure === 'change' && each.points !== true);
  const unit = isLevel
    ? each.publishedUnit
    : (row?.unit ?? (each.measure === 'share' || each.measure === 'change' ? 'ratio' : 'index'));
  const prices =
    each.prices ??
    row?.prices ??
    (isUnit(unit) && money.includes(units[unit].dimension) ? 'current' : undefined);
  const indicator: Indicator = {
    label: row === undefined ? each.subject : labelsOf(row),
    unit,
    kind: row?.kind ?? kindOf(each),
    ...(prices === undefined ? {} : { prices }),
    ...(row?.code === undefined ? {} : { code: row.code }),
    ...(each.scope === undefined || ownScopes.has(each.scope) ? {} : { scope: each.scope }),
  };
  const stem = row?.id ?? slug(each.subject);
  for (let n = 1; n < 10_000; n++) {
    const id = n === 1 ? stem : `${stem}_${n}`;
    const known = indicators[id];
    if (known === undefined) {
      indicators[id] = indicator;
      return id;
    }
    if (known.scope !== indicator.scope || (each.prices !== undefined && known.prices !== indicator.prices))
      continue;
    if (known.unit === unit || !isLevel || sameDimension(known.unit, unit)) return id;
    if (isLevel && !found(known.unit, id)) {
      indicators[id] = { ...known, unit };
      return id;
    }
  }
  return stem;
  // A unit that no level has used yet (a growth came first) may still be changed.
  function found(known: string, _id: string): boolean {
    return known !== 'index' && known !== 'ratio' && !(row !== undefined && row.unit === known);
  }
}

/** Words that only say "of the place whose plan this is". */
const ownScopes = new Set([
  '全市',
  '全县',
  '全区',
  '全省',
  '全国',
  '全州',
  '全旗',
  '全镇',
  '全乡',
  '全盟',
  '全域',
  '我市',
  '我县',
  '我区',
  '我省',
  '我国',
  '全社会',
  '市',
  '县',
  '区',
  '省',
  '年度',
  '本级',
]);

const money = ['CNY', 'USD', 'EUR', 'HKD', 'JPY'];

function labelsOf(row: LexiconRow): Indicator['label'] {
  const [zh, en] = [row.zh[0], row.en[0]];
  if (zh === undefined || en === undefined) return zh ?? en ?? row.id;
  return { en: en === 'gdp' ? 'GDP' : en, zh };
}

function slug(words: string): string {
  const plain = words.toLowerCase();
  let id = '';
  for (const c of plain) id += /[\p{L}\p{N}]/u.test(c) ? c : id.endsWith('_') || id === '' ? '' : '_';
  id = id.endsWith('_') ? id.slice(0, -1) : id;
  return id === '' ? 'target' : id.slice(0, 60);
}

function kindOf(each: Found): Indicator['kind'] {
  if (each.measure === 'share') return 'rate';
  return each.verb !== undefined && ['达到', '达', '保持在', 'reach'].includes(each.verb) ? 'stock' : 'flow';
}

function sameDimension(a: string, b: string): boolean {
  return isUnit(a) && isUnit(b) && units[a].dimension === units[b].dimension;
}

function leaderFor(
  each: Found,
  leaders: ReadonlyMap<string, string>,
  indicators: Record<string, Indicator>,
  rows: ReadonlyMap<string, LexiconRow>,
): string {
  const words = each.leader ?? '';
  const before = leaders.get(words);
  if (before !== undefined) return before;
  const row =
    rows.get(words) ??
    [...rows.values()].find((known) => known.zh.includes(words) || known.en.includes(words.toLowerCase()));
  const id = row?.id ?? slug(words);
  indicators[id] ??=
    row === undefined
      ? { label: words, unit: 'index', kind: 'flow' }
      : {
          label: labelsOf(row),
          unit: row.unit,
          kind: row.kind,
          ...(row.prices === undefined ? {} : { prices: row.prices }),
          ...(row.code === undefined ? {} : { code: row.code }),
        };
  return id;
}

/** The relation with its sign: a fall of at least 3 % is a growth of at most -3 %. */
function relationOf(each: Found, indicator: Indicator, leader: string | undefined): Relation {
  if (each.relation === 'in-step-with') return { kind: 'in-step-with', indicator: leader ?? 'gdp' };
  const isLevel = each.measure === 'level' || (each.measure === 'change' && each.points !== true);
  const to = isLevel ? indicator.unit : each.publishedUnit;
  const size = (value: number): number =>
    isLevel && to !== each.publishedUnit && isUnit(to) && isUnit(each.publishedUnit)
      ? tidy((value * units[each.publishedUnit].factor) / units[to].factor)
      : value;
  const [low, high] = [size(each.amount?.low ?? 0), size(each.amount?.high ?? 0)];
  const strict = each.strict === true ? { strict: true } : {};
  if (each.fall === true) {
    if (each.relation === 'within') return { kind: 'within', low: -high, high: -low };
    if (each.relation === 'at-least') return { kind: 'at-most', value: -low, ...strict };
    if (each.relation === 'at-most') return { kind: 'at-least', value: -low, ...strict };
    return { kind: each.relation, value: -low };
  }
  if (each.relation === 'within') return { kind: 'within', low, high };
  if (each.relation === 'at-least' || each.relation === 'at-most')
    return { kind: each.relation, value: low, ...strict };
  return { kind: each.relation, value: low };
}

const baseUnits: Readonly<Record<string, string>> = {
  ratio: 'ratio',
  points: 'ratio',
  CNY: 'CNY',
  USD: 'USD',
  EUR: 'EUR',
  HKD: 'HKD',
  JPY: 'JPY',
  persons: 'persons',
  area: 'm2',
  length: 'm',
  count: 'count',
  index: 'index',
  mass: 'kg',
  energy: 'kWh',
  volume: 'm3',
  duration: 'years',
};

function readingOf(each: Found, target: number, indicator: string, definition: Indicator): Reading {
  const { row, amount, publishedUnit, leader, partOf, doubts, ...rest } = each;
  void [leader, partOf, doubts];
  const unit = isUnit(publishedUnit) ? units[publishedUnit] : undefined;
  const factor = publishedUnit === 'ratio' || unit === undefined ? 1 : unit.factor;
  const values =
    amount === undefined
      ? {}
      : amount.low === amount.high
        ? { value: tidy(amount.low * factor) }
        : { low: tidy(amount.low * factor), high: tidy(amount.high * factor) };
  const prices = each.prices ?? definition.prices;
  return {
    ...rest,
    target,
    indicator,
    ...(row?.code === undefined ? {} : { code: row.code }),
    ...values,
    unit:
      unit === undefined
        ? each.counted === undefined
          ? publishedUnit
          : 'count'
        : baseUnits[unit.dimension]!,
    ...(prices === undefined ? {} : { prices }),
  };
}
