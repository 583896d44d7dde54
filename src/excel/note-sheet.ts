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

/** How a template is filled in, sheet by sheet. */
const howToFill = [
  'Fill in Plan, Indicators, Targets and, where figures are published, Data; keep the first row of each sheet. 请填写 Plan、Indicators、Targets，有公布数据的填 Data；各表首行保留。',
  'Plan: its name, and its first and last year. Plan 表：计划名称、起止年份。',
  'Indicators: a row each, with a name without blanks (gdp), a unit (100m CNY), a kind (flow for what sums over a year, stock for a state at its end, rate, index) and, for money, prices (constant, current, comparable). Indicators 表：每个指标一行，英文名不含空格；类型为 flow 流量、stock 存量、rate 比率、index 指数；价格口径为 constant 不变价、current 现价、comparable 可比口径。',
  'Targets: the indicator, a measure (growth 增速, level 水平, share 比重, change 变动), a relation (about 左右, at-least 以上, at-most 以内, reach 达到, within 区间 from value to the next column, in-step-with 同步 with its leader) and a value. Write 12% and not 12. Targets 表：指标、口径、关系、数值；增速写 12%，不要写 12。',
  'Data: a column for each indicator under its name, a row for each year (2013); quarters (2013-Q1) and months (2013-07) stand on sheets named Data quarters and Data months. Data 表：每个指标一列，每年一行；季度、月度数据另放 Data quarters、Data months 表。',
] as const;

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
        ? howToFill.map(line)
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
        : layout === undefined
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
