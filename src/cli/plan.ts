import { describeIssue } from '../issue.ts';
import { nameOfTarget } from '../assess/assess.ts';
import { readPlanFile } from '../data/plan-file.ts';
import { describeTarget } from '../plan/describe.ts';
import { labelOf } from '../plan/indicator.ts';
import { periodOf } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Target } from '../plan/target.ts';
import { studyPlan } from '../presets/study.ts';
import type { PlanStudy } from '../presets/study.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import { periodsOf } from '../time/series.ts';
import { fail, readInput } from './input.ts';
import { readText } from './read.ts';
import { fixed, percent, points, table } from './table.ts';

/** `tinbergen plan <file>`: read a plan from a file or its own words, check it, project it with the two-engine model and print what it takes. */
export function planCommand(
  file: string,
  options: { readonly json?: boolean; readonly horizon?: string; readonly year?: string },
): void {
  const text = readInput(file);
  const { plan, issues } = looksLikeJson(text) ? readPlanFile(text) : readText(file, text, options.year);
  const errors = issues.filter((issue) => issue.severity !== 'warning');
  if (plan === undefined || errors.length > 0)
    fail(errors.map((issue) => `${file}: ${describeIssue(issue)}`));
  const horizon = options.horizon === undefined ? 5 : Number(options.horizon);
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > 100)
    fail([`--horizon: '${options.horizon}' is not a whole number of years from 1 to 100`]);
  const study = studyPlan(plan, { horizon });
  process.stdout.write(
    options.json === true ? `${JSON.stringify(study, null, 2)}\n` : `${printStudy(study)}\n`,
  );
}

/** A plan file is JSON; anything else is a plan's own words. */
function looksLikeJson(text: string): boolean {
  return /^\ufeff?\s*[[{]/.test(text);
}

/** The study of a plan as text. */
export function printStudy(study: PlanStudy): string {
  const sections = [
    heading(study),
    targetSection(study),
    consistencySection(study),
    deliverySection(study),
    accountingSection(study),
    projectionSection(study),
    frontierSection(study),
    scenarioSection(study),
    tornadoSection(study),
    issueSection(study),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function heading({ plan, sources, base }: PlanStudy): string {
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  return [
    `${plan.name} (${plan.span[0] === plan.span[1] ? plan.span[0] : plan.span.join(' to ')}; levels are indices, ${base} = 100)`,
    `The plan's: ${names(sources.plan)}. Solved for the GDP target: ${names(sources.solved)}. Illustrative defaults, not the plan's: ${names(sources.defaults)}.`,
  ].join('\n');
}

function targetSection({ plan, targets, scenarios }: PlanStudy): string {
  const rows = targets.flatMap((row, i) => {
    const target = plan.targets[i]!;
    if (target.measure !== 'growth') return [];
    const { low, high } = row.band ?? {};
    const band =
      row.band === undefined
        ? '—'
        : `${low === undefined ? '' : percent(low, 1)} to ${high === undefined ? '' : percent(high, 1)}`.trim();
    return [
      [
        nameOfTarget(plan, target, 'zh'),
        row.target,
        priceWords[plan.indicators[target.indicator]!.prices ?? 'none'],
        band.replace(/ to$/, ' and more').replace(/^to /, 'up to '),
        percent(row.expected),
        points(row.gap),
        row.status,
      ],
    ];
  });
  if (rows.length === 0) return '';
  return `Growth targets, and where the model puts them\n${table(['指标', 'target', 'prices', 'band', 'expected', 'gap', 'status'], rows)}${revenueNote(scenarios)}`;
}

/** "In step" of a nominal flow with real GDP has two readings; both are said. */
function revenueNote(scenarios: PlanStudy['scenarios']): string {
  const value = (variable: string): number | undefined =>
    scenarios.find((row) => row.scenario === 'baseline' && row.variable === variable)?.value;
  const [real, nominal] = [value('revenue_step_real'), value('revenue_step_nominal')];
  if (real === undefined || nominal === undefined) return '';
  return `\nRevenue "in step" with GDP: ${points(real)} above real and ${points(nominal)} above nominal GDP growth.`;
}

const priceWords = {
  constant: 'real',
  current: 'nominal',
  comparable: 'nominal, comparable coverage',
  none: '',
} as const;

function consistencySection({ consistency }: PlanStudy): string {
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

function deliverySection({ plan }: PlanStudy): string {
  const rows = plan.targets
    .filter((target) => target.measure !== 'growth')
    .map((target) => [
      describeTarget(plan, target),
      describeTarget(plan, target, 'zh'),
      target.firmness ?? '',
      target.deadline ?? endOfTarget(plan, target),
    ]);
  return rows.length === 0
    ? ''
    : `Delivery targets (${rows.length}; no counts to date are given, so their status is unknown)\n${table(['target', '目标', 'firmness', 'by'], rows)}`;
}

function endOfTarget(plan: Plan, target: Target): string {
  const period = periodOf(plan, target);
  return typeof period === 'string' ? period : period[1];
}

function accountingSection({ accounting, plan }: PlanStudy): string {
  const rows = accounting.parts.map(({ part, share, growth, pull, contribution }) => [
    part,
    percent(share, 1),
    percent(growth),
    points(pull),
    percent(contribution, 1),
  ]);
  const total = accounting.parts.reduce((sum, row) => sum + row.contribution, 0);
  return `Growth accounting ${plan.span[0]} (shares are illustrative)\n${table(['sector', 'share', 'growth', 'pull', 'contribution'], [...rows, ['GDP', percent(1, 1), percent(accounting.growth), points(accounting.growth), percent(total, 1)]])}`;
}

function projectionSection({ projection, base }: PlanStudy): string {
  const entries = Object.entries(projection);
  const periods = periodsOf(entries[0]![1]);
  const rows = entries.map(([name, s]) => [name, ...s.values.map((value) => fixed(value, 1))]);
  return `Projection: where the plan sets a driver, at its rate; all else as the model makes it (${base} = 100; gdp, va_ at constant prices, the others at current ones)\n${table(['', ...periods], rows)}`;
}

function frontierSection({ frontier }: PlanStudy): string {
  if (frontier === undefined) return '';
  const rows = [...frontier.points, frontier.plan]
    .toSorted((a, b) => a.across - b.across)
    .map((point) => [
      percent(point.across),
      percent(point.up),
      percent(point.total),
      point === frontier.plan ? "what the plan's target of nominal gross output implies" : '',
    ]);
  return `Two-engine frontier: services growth that GDP of ${percent(frontier.target, 1)} needs\n${table(['industry (real)', 'services needed', 'GDP', ''], rows)}`;
}

function scenarioSection({ scenarios, plan }: PlanStudy): string {
  const names = [...new Set(scenarios.map((row) => row.scenario))];
  const variables = [...new Set(scenarios.map((row) => row.variable))].filter(
    (variable) => variableWords[variable] !== undefined,
  );
  const rows = names.map((name) => [
    name === 'baseline' ? 'plan as written' : name,
    ...variables.map((variable) => {
      const { value } = scenarios.find((row) => row.scenario === name && row.variable === variable)!;
      return variable === 'fai_cover' ? fixed(value, 2) : percent(value, 2);
    }),
  ]);
  const note =
    'Producer prices are changed with the nominal output target held, so that lower prices mean more volume; investment feeds capital and the supply-side check, never GDP of the year.';
  return `Scenarios ${plan.span[0]}\n${table(['scenario', ...variables.map((variable) => variableWords[variable] ?? variable)], rows)}\n${note}`;
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

function tornadoSection({ tornado, plan }: PlanStudy): string {
  const rows = tornado.map(({ factor, from, to, low, high, swing }) => [
    labelOf(twoEngineParameters[factor].label),
    `${percent(from, 1)} to ${percent(to, 1)}`,
    percent(low),
    percent(high),
    points(swing),
  ]);
  return `Tornado: real GDP growth ${plan.span[0]} over the documented ranges\n${table(['factor', 'range', 'GDP at low', 'GDP at high', 'swing'], rows)}`;
}

function issueSection({ issues }: PlanStudy): string {
  return issues.length === 0
    ? ''
    : `To note\n${issues.map((issue) => `- ${describeIssue(issue)}`).join('\n')}`;
}
