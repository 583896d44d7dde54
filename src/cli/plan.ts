import { lastPeriod } from '../time/period.ts';
import { describeIssue } from '../issue.ts';
import { describeTarget } from '../plan/describe.ts';
import { labelOf } from '../plan/indicator.ts';
import { periodOf } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { studyPlan } from '../presets/study.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { periodsOf } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { percent, points, print } from './output.ts';
import type { Rows } from './output.ts';
import { planOf } from './source.ts';
import { targetColumns, targetRows } from './targets.ts';
import { languageOf, modelOf } from './values.ts';

type Part = Rows | string;

/** `tinbergen plan <file>`: read a plan from a file or its own words, check it, project it with the two-engine model and print what it takes. */
export async function planCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const plan = await planOf(file!, options, io);
  const study = studyPlan(plan, { ...modelOf(options), language: languageOf(options) });
  return print({ value: study, parts: partsOf(study) }, options, io);
}

/** The study of a plan, part by part. */
function partsOf(study: PlanStudy): Part[] {
  return [
    heading(study),
    ...targetPart(study),
    consistencyPart(study),
    ...issuePart(study),
    ...deliveryPart(study),
    accountingPart(study),
    projectionPart(study),
    ...frontierPart(study),
    scenarioPart(study),
    tornadoPart(study),
  ];
}

function heading({ plan, sources, base }: PlanStudy): string {
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  return [
    `${plan.name} (${plan.span[0] === plan.span[1] ? plan.span[0] : plan.span.join(' to ')}; levels are indices, ${base} = 100)`,
    `The plan's: ${names(sources.plan)}. Solved for the GDP target: ${names(sources.solved)}. Illustrative defaults, not the plan's: ${names(sources.defaults)}.`,
  ].join('\n');
}

function targetPart({ plan, targets, scenarios }: PlanStudy): Part[] {
  const rows = targetRows(plan, targets, 'zh').flatMap((row, i) =>
    plan.targets[i]!.measure === 'growth'
      ? [{ ...row, prices: priceWords[plan.indicators[row.indicator]!.prices ?? 'none'] }]
      : [],
  );
  if (rows.length === 0) return [];
  return [
    {
      title: 'Growth targets, and where the model puts them',
      columns: [
        { ...targetColumns.name, head: '指标' },
        ...targetColumns.identity,
        targetColumns.target,
        { key: 'prices' },
        ...targetColumns.band,
        ...targetColumns.expected,
        ...targetColumns.gap,
        targetColumns.status,
      ],
      rows,
      notes: plan.targets.some(isInStepRevenue) ? revenueNote(scenarios) : [],
    },
  ];
}

function isInStepRevenue({ indicator, relation }: Target): boolean {
  return indicator === 'revenue' && relation.kind === 'in-step-with';
}

/** "In step" of a nominal flow with real GDP has two readings; both are said. */
function revenueNote(scenarios: PlanStudy['scenarios']): string[] {
  const value = (variable: string): number | undefined =>
    scenarios.find((row) => row.scenario === 'baseline' && row.variable === variable)?.value;
  const [real, nominal] = [value('revenue_step_real'), value('revenue_step_nominal')];
  return real === undefined || nominal === undefined
    ? []
    : [
        `Revenue "in step" with GDP: ${points(real)} above real and ${points(nominal)} above nominal GDP growth.`,
      ];
}

const priceWords = {
  constant: 'real',
  current: 'nominal',
  comparable: 'nominal, comparable coverage',
  none: '',
} as const;

function consistencyPart({ consistency }: PlanStudy): string {
  const lines = [
    `Can they hold together (parameters anywhere in their documented ranges)? ${consistency.sentence}`,
  ];
  if (!consistency.consistent) {
    lines.push(...consistency.conflict.map(({ words }) => `- ${words}`));
    if (consistency.repairs.length > 0)
      lines.push(
        'Any one of these changes would do:',
        ...consistency.repairs.map(({ words }) => `- ${words}`),
      );
    if (consistency.smallest !== undefined)
      lines.push(
        'The smallest change in all:',
        ...consistency.smallest.changes.map(({ words }) => `- ${words}`),
      );
  }
  return lines.join('\n');
}

function deliveryPart({ plan }: PlanStudy): Part[] {
  const rows = plan.targets
    .filter((target) => target.measure !== 'growth')
    .map((target) => ({
      target: describeTarget(plan, target),
      words: describeTarget(plan, target, 'zh'),
      firmness: target.firmness ?? '',
      by: target.deadline ?? endOfTarget(plan, target),
    }));
  if (rows.length === 0) return [];
  return [
    {
      title: `Delivery targets (${rows.length}; no counts to date are given, so their status is unknown)`,
      columns: [{ key: 'target' }, { key: 'words', head: '目标' }, { key: 'firmness' }, { key: 'by' }],
      rows,
    },
  ];
}

function endOfTarget(plan: Plan, target: Target): string {
  return lastPeriod(periodOf(plan, target));
}

function accountingPart({ accounting, plan }: PlanStudy): Rows {
  const total = accounting.parts.reduce((sum, row) => sum + row.contribution, 0);
  const { growth } = accounting;
  return {
    title: `Growth accounting ${plan.span[0]} (shares are illustrative)`,
    columns: [
      { key: 'part', head: 'sector' },
      { key: 'share', as: 'percent', digits: 1 },
      { key: 'growth', as: 'percent' },
      { key: 'pull', as: 'points' },
      { key: 'contribution', as: 'percent', digits: 1 },
    ],
    rows: [
      ...accounting.parts.map((row) => ({ ...row })),
      { part: 'GDP', share: 1, growth, pull: growth, contribution: total },
    ],
  };
}

function projectionPart({ projection, base }: PlanStudy): Rows {
  const entries = Object.entries(projection);
  const periods = periodsOf(entries[0]![1]);
  return {
    title: `Projection: where the plan sets a driver, at its rate; all else as the model makes it (${base} = 100; gdp, va_ at constant prices, the others at current ones)`,
    columns: [
      { key: 'name', head: '' },
      ...periods.map((key) => ({ key, as: 'number', digits: 1 }) as const),
    ],
    rows: entries.map(([name, s]) => ({
      name,
      ...Object.fromEntries(periods.map((period, i) => [period, s.values[i]])),
    })),
  };
}

function industryNote({ sources }: PlanStudy): string {
  return sources.plan.includes('g_output_industry')
    ? "what the plan's target for industry implies"
    : 'what industry grows by default: the plan states no target for it';
}

function frontierPart(study: PlanStudy): Part[] {
  const { frontier } = study;
  if (frontier === undefined) return [];
  return [
    {
      title: `Two-engine frontier: services growth that GDP of ${percent(frontier.target, 1)} needs`,
      columns: [
        { key: 'across', head: 'industry (real)', as: 'percent' },
        { key: 'up', head: 'services needed', as: 'percent' },
        { key: 'total', head: 'GDP', as: 'percent' },
        { key: 'note', head: '' },
      ],
      rows: [...frontier.points, frontier.plan]
        .toSorted((a, b) => a.across - b.across)
        .map((point) => ({
          across: point.across,
          up: point.up,
          total: point.total,
          note: point === frontier.plan ? industryNote(study) : '',
        })),
    },
  ];
}

function scenarioPart({ scenarios, plan }: PlanStudy): Rows {
  const names = [...new Set(scenarios.map((row) => row.scenario))];
  const variables = [...new Set(scenarios.map((row) => row.variable))].filter(
    (variable) => variableWords[variable] !== undefined,
  );
  return {
    title: `Scenarios ${plan.span[0]}`,
    columns: [
      { key: 'scenario' },
      ...variables.map(
        (key) =>
          ({ key, head: variableWords[key]!, as: key === 'fai_cover' ? 'number' : 'percent' }) as const,
      ),
    ],
    rows: names.map((name) => ({
      scenario: name === 'baseline' ? 'plan as written' : name,
      ...Object.fromEntries(
        scenarios.filter((row) => row.scenario === name).map(({ variable, value }) => [variable, value]),
      ),
    })),
    notes: [
      'Producer prices are changed with the nominal output target held, so that lower prices mean more volume; investment feeds capital and the supply-side check, never GDP of the year.',
    ],
  };
}

const variableWords: Readonly<Record<string, string>> = {
  growth_gdp: 'GDP',
  growth_industry: 'industry',
  growth_services: 'services',
  growth_gdp_nominal: 'GDP nominal',
  growth_retail: 'retail',
  growth_income_urban: 'income',
  growth_revenue: 'revenue',
  growth_capital: 'capital',
  growth_tfp: 'TFP implied',
  fai_cover: 'investment / needed',
};

function tornadoPart({ tornado, plan }: PlanStudy): Rows {
  return {
    title: `Tornado: real GDP growth ${plan.span[0]} over the documented ranges`,
    columns: [
      { key: 'label', head: 'factor' },
      { key: 'range' },
      { key: 'low', head: 'GDP at low', as: 'percent' },
      { key: 'high', head: 'GDP at high', as: 'percent' },
      { key: 'swing', as: 'points' },
    ],
    rows: tornado.map(({ factor, from, to, low, high, swing }) => ({
      label: labelOf(twoEngineParameters[factor].label),
      range: `${percent(from, 1)} to ${percent(to, 1)}`,
      low,
      high,
      swing,
    })),
  };
}

function issuePart({ issues }: PlanStudy): string[] {
  return issues.length === 0
    ? []
    : [`To note\n${issues.map((issue) => `- ${describeIssue(issue)}`).join('\n')}`];
}
