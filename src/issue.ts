import { argument, listArgument } from './argument.ts';

/**
 * Something wrong or doubtful in content from outside: where it is, what was expected, what was received.
 *
 * An issue is data; its sentence is made by `describeIssue`, in English or Chinese.
 */
export interface Issue {
  /** One of the keys of `issueText`. */
  readonly code: IssueCode;
  /** Where: keys and list positions from the root, such as `['targets', 2, 'relation']`; empty for the whole. */
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly received: string;
  /** `'warning'` when the content could be used as it stands. Defaults to `'error'` when absent. */
  readonly severity?: 'error' | 'warning';
}

/** Languages in which the library speaks. */
export type Language = 'en' | 'zh';

/** The headline of each kind of issue, by language. A new kind is one row here. */
export const issueText = {
  'not-json': { en: 'not valid JSON', zh: '不是有效的 JSON' },
  'wrong-type': { en: 'wrong type', zh: '类型不对' },
  'missing-field': { en: 'missing field', zh: '缺少字段' },
  'unknown-field': { en: 'unknown field', zh: '未知字段' },
  'unknown-indicator': { en: 'unknown indicator', zh: '未知指标' },
  'unknown-unit': { en: 'unknown unit', zh: '未知单位' },
  'bad-percent': { en: 'not a percentage', zh: '不是百分数' },
  'bad-number': { en: 'not a number', zh: '不是数字' },
  'bad-period': { en: 'not a period', zh: '不是有效的时期' },
  'bad-range': { en: 'the range runs backwards', zh: '区间上下限颠倒' },
  'bad-date': { en: 'not a date', zh: '不是有效日期' },
  duplicate: { en: 'stands twice', zh: '重复' },
  'circular-reference': { en: 'refers to itself in a circle', zh: '循环引用' },
  'outside-span': { en: 'outside the span of the plan', zh: '超出计划期' },
  'mixed-price-basis': { en: 'compares real with nominal', zh: '实际值与名义值混用' },
  'shares-do-not-sum': { en: 'shares do not sum to one', zh: '份额之和不为一' },
  'nominal-shares': {
    en: 'nominal shares with real growth: a first-order approximation',
    zh: '名义份额配实际增速，仅为一阶近似',
  },
  'growth-is-zero': { en: 'contribution is undefined because growth is zero', zh: '增速为零，贡献率无定义' },
  'contribution-outside-0-100': { en: 'contribution outside 0 to 100 percent', zh: '贡献率超出 0 至 100%' },
  'base-year-break': { en: 'a ratio across a base-year break', zh: '跨基期的比值' },
  'bad-equation': { en: 'equation cannot be read', zh: '方程无法读取' },
  'duplicate-equation': { en: 'variable has two equations', zh: '变量有两个方程' },
  'unknown-name': { en: 'unknown name', zh: '未知名称' },
  'simultaneous-block': { en: 'equations depend on each other', zh: '方程相互依赖' },
  'missing-value': { en: 'missing value', zh: '缺失值' },
  'ragged-row': { en: 'row has another number of columns', zh: '列数不一致' },
  'irregular-periods': { en: 'periods are not regular', zh: '时期不连续' },
  'not-read': { en: 'could not be read', zh: '未能读取' },
  doubtful: { en: 'doubtful reading', zh: '读法存疑' },
} as const satisfies Record<string, Record<Language, string>>;

export type IssueCode = keyof typeof issueText;

/**
 * One line for a person: the place, what is wrong, what was expected and what was received.
 *
 * @example
 * describeIssue({ code: 'bad-percent', path: ['targets', 0, 'relation', 'value'], expected: "a percentage such as '12%'", received: "'12 percent'" })
 * // "targets[0].relation.value: not a percentage; expected a percentage such as '12%', received '12 percent'"
 */
export function describeIssue(issue: Issue, language: Language = 'en'): string {
  argument('describeIssue', 'issue', issue);
  const title = issueText[issue.code][language];
  const place = placeOf(issue.path);
  return language === 'zh'
    ? `${place === '' ? '' : `${place}：`}${title}；应为 ${issue.expected}，实为 ${issue.received}`
    : `${place === '' ? '' : `${place}: `}${title}; expected ${issue.expected}, received ${issue.received}`;
}

/** Whether any issue is an error rather than a warning. */
export function hasErrors(issues: readonly Issue[]): boolean {
  listArgument('hasErrors', 'the list of issues', issues);
  return issues.some((issue) => issue.severity !== 'warning');
}

/** A path as it is written in code: `targets[0].relation`. */
export function placeOf(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
