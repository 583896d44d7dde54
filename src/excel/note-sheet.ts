import { describeIssue, issueText } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { describeTarget } from '../plan/describe.ts';
import { labelOf } from '../plan/indicator.ts';
import { checkPlan } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { ModelLayout } from './model-layout.ts';
import { sheetNames } from './places.ts';
import { head, text } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

const pricesInWords = {
  constant: ['real: constant prices', '不变价（实际）'],
  current: ['nominal: current prices', '现价（名义）'],
  comparable: [
    'nominal, comparable coverage: published growth does not follow from two published levels',
    '名义，可比口径：公布增速不能由两年水平值推得',
  ],
  none: ['no prices: a count or a quantity', '无价格因素'],
} as const;

/** What a reader must know: how to use the workbook, at which prices each target is meant, and what is doubtful. */
export function noteSheet(plan: Plan, layout: ModelLayout | undefined, notes: readonly string[]): Sheet {
  const targeted = [...new Set(plan.targets.map(({ indicator }) => indicator))].filter((name) =>
    Object.hasOwn(plan.indicators, name),
  );
  const line = (value: string): (Cell | undefined)[] => [{ value, look: 'note' }];
  const basis = targeted.map((name) => {
    const { label, unit, prices } = plan.indicators[name]!;
    const [en, zh] = pricesInWords[prices ?? 'none'];
    return [
      text(name),
      text(labelOf(label, 'en')),
      text(labelOf(label, 'zh')),
      text(unit),
      text(en),
      text(zh),
    ];
  });
  const years = layout?.projection.over;
  return {
    name: sheetNames.notes,
    rows: [
      [{ value: plan.name, look: 'title' }],
      ...(plan.source === undefined ? [] : [line(plan.source)]),
      line(
        'Blue cells on a light ground are to be changed; everything else follows from them by formulas. 蓝字浅底为可改数，其余均为公式。',
      ),
      ...(layout === undefined
        ? [
            line(
              'Fill in Indicators, Targets and Data; keep the first row of each sheet. 请填写各表，保留首行。',
            ),
          ]
        : [
            line(
              `Assumptions carry names (Formulas, Name Manager): change one and the paths ${years![0]} to ${years![1]}, scenarios and sensitivities move. 假设均有名称。`,
            ),
            line(
              "A year of its own: overwrite the assumption in that year's column on the sheet Model. 可在 Model 表按年改写。",
            ),
          ]),
      line(
        'Rates are ratios shown as percentages; growth is simple growth over the year before. 增速为比上年增长。',
      ),
      ...notes.map(line),
      ...(plan.targets.length === 0
        ? []
        : [
            line(
              'Columns of the target table that this plan does not use are hidden: select all columns and unhide them to use one. 未使用的列已隐藏。',
            ),
          ]),
      ...checkPlan(plan).map((issue) => line(doubt(plan, issue))),
      [],
      ['indicator 指标', 'label', '标签', 'unit 单位', 'price basis', '价格口径'].map(head),
      ...basis,
    ],
  };
}

/** What is doubtful in the plan, at the target's name and not at its place in a file. */
function doubt(plan: Plan, issue: Issue): string {
  const [list, i] = issue.path;
  const target = list === 'targets' && typeof i === 'number' ? plan.targets[i] : undefined;
  if (target === undefined) return `To note: ${describeIssue(issue)}`;
  const { code, expected, received } = issue;
  return `To note, ${describeTarget(plan, target, 'en')}: ${issueText[code].en}; expected ${expected}, received ${received}. 说明，${describeTarget(plan, target, 'zh')}：${issueText[code].zh}。`;
}
