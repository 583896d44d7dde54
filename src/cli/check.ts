import { hasErrors, describeIssue } from '../issue.ts';
import { consistency } from '../assess/consistency.ts';
import type { Consistency } from '../assess/consistency.ts';
import type { Plan } from '../plan/plan.ts';
import { studyPlan } from '../presets/study.ts';
import type { Language } from '../issue.ts';
import type { Given, Io } from './command.ts';
import { fail } from './input.ts';
import { points, print } from './output.ts';
import type { Answer, Rows } from './output.ts';
import { dataOf, failWith, readPlanSource } from './source.ts';
import { bandText, isRate, valueText } from './targets.ts';
import { languageOf, modelOf, textOf } from './values.ts';

/** `tinbergen check <plan>`: whether a plan is well formed, and whether its targets can hold together. */
export async function checkCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const { plan, issues } = await readPlanSource(file!, options, io);
  if (plan === undefined || hasErrors(issues)) {
    if (options['json'] === true) io.out(`${JSON.stringify({ issues }, null, 2)}\n`);
    return failWith(file!, issues);
  }
  const answer = consistencyOf(plan, options, io);
  return print(
    answerOf(
      plan,
      answer,
      issues.map((issue) => describeIssue(issue, languageOf(options))),
      languageOf(options),
    ),
    options,
    io,
  );
}

/** With a history the plan's own identities are held against its levels; without one the two-engine model is. */
function consistencyOf(plan: Plan, options: Given, io: Io): Consistency {
  const language = languageOf(options);
  const history = textOf(options, 'history');
  if (plan.targets.length === 0) fail([`the plan '${plan.name}' has no targets; there is nothing to check`]);
  if (history !== undefined) return consistency(plan, undefined, dataOf(history, io), { language });
  try {
    return studyPlan(plan, { ...modelOf(options), language }).consistency;
  } catch (error) {
    if (!(error instanceof RangeError) || !/history|by year/.test(error.message)) throw error;
    return fail([error.message, 'levels before the plan come with --history levels.csv, and no model then']);
  }
}

function answerOf(plan: Plan, found: Consistency, notes: readonly string[], language: Language): Answer {
  const parts: (Rows | string)[] = [
    `${plan.name}: ${found.consistent ? found.sentence : 'The targets cannot hold together.'}`,
  ];
  if (found.consistent) {
    const rows = found.slack
      .filter(({ free }) => !free)
      .map(({ target, words, reach, slack }) => {
        const text = (value: number | undefined): string =>
          valueText(plan, plan.targets[target]!, value, language);
        return {
          target: words,
          low: reach.low,
          high: reach.high,
          slack,
          reach: bandText(reach, text),
          room: isRate(plan.targets[target]!) && slack !== undefined ? points(slack) : text(slack),
        };
      });
    if (rows.length > 0)
      parts.push({
        title: 'Room of each target within the rest of the plan',
        columns: [
          { key: 'target' },
          { key: 'reach', head: 'can be', only: 'text' },
          { key: 'room', head: 'could be tighter by', only: 'text', as: 'number' },
          ...(['low', 'high', 'slack'] as const).map((key) => ({ key, only: 'csv' as const })),
        ],
        rows,
      });
  } else {
    parts.push(listOfChanges(found));
  }
  if (notes.length > 0) parts.push(`To note\n${notes.map((note) => `- ${note}`).join('\n')}`);
  return { value: found, parts, exitCode: found.consistent ? 0 : 1 };
}

function listOfChanges({ conflict, repairs, smallest }: Extract<Consistency, { consistent: false }>): Rows {
  return {
    title: 'What conflicts, and what would mend it',
    columns: [
      { key: 'kind', head: '' },
      { key: 'words', head: 'target, equation or range' },
      { key: 'from', only: 'csv' },
      { key: 'to', only: 'csv' },
    ],
    rows: [
      ...conflict.map(({ source, words }) => ({
        kind: source.kind === 'target' || source.kind === 'range' ? 'conflict' : 'because',
        words,
        from: undefined,
        to: undefined,
      })),
      ...repairs.map(({ words, from, to }) => ({ kind: 'any one of', words, from, to })),
      ...(smallest?.changes ?? []).map(({ words, from, to }) => ({
        kind: 'smallest change in all',
        words,
        from,
        to,
      })),
    ],
  };
}
