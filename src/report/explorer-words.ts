import type { Language } from '../issue.ts';
import type { Dragged } from './explorer-point.ts';

/** The words of the explorer, by language. What the report says too comes from its own table. */
export const explorerWords = {
  explorer: { en: 'Explorer', zh: '情景试算' },
  lead: {
    en: 'Drag the sliders, or the point in the picture: the model is solved anew at each step, and every target says whether it is met. Nothing leaves this page.',
    zh: '拖动滑块或图中的点：每一步都重新求解模型，并判断各项目标是否达到。任何数据都不会离开本页面。',
  },
  noScript: {
    en: 'Without scripts this page shows the plan as written; sliders and chances need them.',
    zh: '未启用脚本时，本页面仅显示计划基准；滑块与概率需要脚本。',
  },
  controls: { en: 'What is assumed', zh: '假设条件' },
  growthControls: { en: 'The two engines', zh: '双引擎' },
  priceControls: { en: 'Value added and prices', zh: '增加值率与价格' },
  shareControls: { en: 'Shares of GDP in the base year', zh: '基期各行业份额（合计100%）' },
  spreadControl: { en: 'Uncertainty', zh: '不确定性' },
  g_output_industry: { en: 'Gross output of industry', zh: '工业总产值增速' },
  g_services: { en: 'Services', zh: '服务业增速' },
  va_ratio_change: { en: 'Change of the value-added ratio', zh: '工业增加值率年变动' },
  p_industry: { en: 'Producer prices', zh: '工业生产者价格涨幅' },
  g_output_industryUnit: { en: 'growth a year, current prices', zh: '每年，现价' },
  g_servicesUnit: { en: 'growth a year, real', zh: '每年，实际' },
  va_ratio_changeUnit: { en: 'percentage points a year', zh: '百分点，每年' },
  p_industryUnit: { en: 'change a year', zh: '每年' },
  spread: { en: 'Share of each documented range that is drawn from', zh: '抽样覆盖各参数取值范围的比例' },
  documented: { en: 'documented', zh: '有依据范围' },
  outside: { en: 'outside', zh: '超出' },
  thePlan: { en: 'plan', zh: '计划' },
  asPlanned: { en: 'as in the plan', zh: '与计划相同' },
  reset: { en: 'Back to the plan', zh: '恢复计划' },
  undo: { en: 'Undo', zh: '撤销' },
  results: { en: 'What follows', zh: '结果' },
  gdpGrowth: { en: 'GDP growth', zh: '地区生产总值增速' },
  targetsMet: { en: 'Targets met', zh: '达到目标' },
  allTogether: { en: 'Chance of all together', zh: '全部同时实现的概率' },
  ofTargets: { en: 'of', zh: '/' },
  noGoal: { en: 'the plan states no GDP target', zh: '计划未提出地区生产总值目标' },
  noneSpoken: {
    en: 'The plan states no growth target that the model speaks of; the sliders and the picture work all the same.',
    zh: '计划没有模型可测算的增长目标；滑块与图仍可使用。',
  },
  inBand: { en: 'in its band', zh: '在区间内' },
  met: { en: 'met', zh: '达到' },
  short: { en: 'short', zh: '未达到' },
  over: { en: 'over', zh: '超出' },
  unknown: { en: 'unknown', zh: '未知' },
  picture: { en: 'Where it lies', zh: '位置' },
  model: { en: 'Here', zh: '当前' },
  here: { en: 'here', zh: '当前' },
  kept: { en: 'kept', zh: '已保存' },
  band: { en: 'counts as met', zh: '视为完成' },
  line: { en: 'equal growth of GDP', zh: '等增速线' },
  realIndustry: { en: 'industry, real', zh: '工业实际增速' },
  realServices: { en: 'services, real', zh: '服务业实际增速' },
  needs: { en: 'needed from services', zh: '所需服务业增速' },
  frontierHint: {
    en: 'The point can be dragged. Along a line GDP grows by the same rate.',
    zh: '图中的点可拖动。同一条线上地区生产总值增速相同。',
  },
  counting: { en: 'counting …', zh: '计算中…' },
  noTargetsCounted: { en: 'no target to count', zh: '无可计目标' },
  scenarios: { en: 'Scenarios', zh: '情景' },
  name: { en: 'Name of this scenario', zh: '情景名称' },
  defaultName: { en: 'Scenario', zh: '情景' },
  keep: { en: 'Keep', zh: '保存' },
  copyLink: { en: 'Copy as a link', zh: '复制链接' },
  copyJson: { en: 'Copy as JSON', zh: '复制JSON' },
  copyAll: { en: 'Copy all kept as JSON', zh: '复制全部已保存情景（JSON）' },
  saveFile: { en: 'Save as a file', zh: '存为文件' },
  load: { en: 'Load', zh: '载入' },
  loadHeading: { en: 'Load scenarios', zh: '载入情景' },
  loadLabel: { en: 'JSON or a link, as copied from this page', zh: '从本页面复制的JSON或链接' },
  openFile: { en: 'Open a file', zh: '打开文件' },
  remove: { en: 'Remove', zh: '删除' },
  show: { en: 'Show', zh: '显示' },
  compareHeading: { en: 'Side by side', zh: '情景对比' },
  compareCaption: {
    en: 'Kept scenarios beside the plan; differences to the plan in brackets',
    zh: '已保存情景与计划对比；括号内为与计划之差',
  },
  compareNone: { en: 'Keep a scenario to compare it with the plan.', zh: '保存情景后可与计划对比。' },
  assumed: { en: 'Assumed', zh: '假设' },
  chance: { en: 'Chance', zh: '概率' },
  chanceOfAll: { en: 'all together', zh: '全部同时实现' },
  chanceAtLeast: { en: 'Chance of at least', zh: '至少实现若干项的概率' },
  figure: { en: 'Figure', zh: '项目' },
  spreadShort: { en: 'share of ranges drawn from', zh: '抽样范围比例' },
  copied: { en: 'Copied.', zh: '已复制。' },
  copyByHand: {
    en: 'The browser does not allow copying; it is selected below.',
    zh: '浏览器不允许复制；内容已在下方选中。',
  },
  copyText: { en: 'Copied text', zh: '复制的内容' },
  loaded: { en: 'Loaded', zh: '已载入' },
  keptAs: { en: 'Kept as', zh: '已保存为' },
  removed: { en: 'Removed', zh: '已删除' },
  notStored: {
    en: 'The browser keeps nothing for this page; copy or save what you need.',
    zh: '浏览器不为本页面保存数据；请复制或另存所需内容。',
  },
  full: {
    en: 'No more than 12 scenarios are kept; remove one first.',
    zh: '最多保存12个情景；请先删除一个。',
  },
  otherPlan: { en: 'it was made for another plan', zh: '该情景来自另一计划' },
  notRead: { en: 'Cannot be loaded', zh: '无法载入' },
  assumptions: { en: 'What the page assumes', zh: '本页面的假设' },
} as const satisfies Record<string, Record<Language, string>>;

export type ExplorerWord = keyof typeof explorerWords;

/** A word of the explorer. */
export function text(key: ExplorerWord, language: Language): string {
  return explorerWords[key][language];
}

/** What stands beneath the name of a slider: its unit. */
export function unitText(name: Dragged, language: Language): string {
  return explorerWords[`${name}Unit`][language];
}
