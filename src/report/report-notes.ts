import { nameOfTarget } from '../assess/assess.ts';
import { describeIssue, issueText } from '../issue.ts';
import type { Issue, Language } from '../issue.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import { word } from './report-words.ts';

/**
 * A warning about the plan as a reader takes it: the target by its name instead of its place in a file, and what is wrong in
 * words. A kind of issue without words of its own is said as `describeIssue` says it, in Chinese by its headline.
 */
export function noteOf(plan: Plan, issue: Issue, language: Language): string {
  const zh = language === 'zh';
  const [list, i] = issue.path;
  const target = list === 'targets' && typeof i === 'number' ? plan.targets[i] : undefined;
  if (target === undefined)
    return zh ? `${issue.path.at(-1) ?? ''}：${issueText[issue.code].zh}` : describeIssue(issue);
  const { relation } = target;
  if (issue.code === 'mixed-price-basis' && relation.kind === 'in-step-with') {
    const nameOf = (name: string): string => labelOf(plan.indicators[name]!.label, language);
    const pricesOf = (name: string): string => word(plan.indicators[name]!.prices!, language);
    const [own, leader] = [target.indicator, relation.indicator];
    return zh
      ? `${nameOf(own)}按${pricesOf(own)}计，${nameOf(leader)}按${pricesOf(leader)}计：“同步”有实际、名义两种口径。`
      : `${nameOf(own)} is ${pricesOf(own)} and ${nameOf(leader)} ${pricesOf(leader)}: being in step has two readings.`;
  }
  return zh
    ? `${nameOfTarget(plan, target, 'zh')}：${issueText[issue.code].zh}`
    : `${nameOfTarget(plan, target, 'en')}: ${issueText[issue.code].en}; expected ${issue.expected}, received ${issue.received}`;
}
