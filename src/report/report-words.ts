import type { Language } from '../issue.ts';

/** The words of the report, by language. */
const reportWords = {
  headline: { en: 'Headline targets', zh: '主要目标' },
  indicator: { en: 'Indicator', zh: '指标' },
  target: { en: 'Target', zh: '目标' },
  prices: { en: 'Prices', zh: '价格口径' },
  band: { en: 'Counts as met', zh: '视为完成的区间' },
  expected: { en: 'Model', zh: '模型测算' },
  gap: { en: 'Gap', zh: '差距' },
  status: { en: 'Status', zh: '状态' },
  chance: { en: 'Chance', zh: '概率' },
  constant: { en: 'real', zh: '不变价' },
  current: { en: 'nominal', zh: '现价' },
  comparable: { en: 'nominal, comparable coverage', zh: '现价，可比口径' },
  consistency: { en: 'Can they hold together?', zh: '目标之间是否协调' },
  conflict: { en: 'These cannot hold together:', zh: '以下各项不能同时成立：' },
  repairs: { en: 'Any one of these changes would do:', zh: '下列调整任取其一即可：' },
  smallest: { en: 'The smallest repair in all:', zh: '总幅度最小的调整：' },
  engines: { en: 'What it takes', zh: '需要什么条件' },
  frontier: { en: 'Two engines', zh: '双引擎前沿' },
  accounting: { en: 'Where growth comes from', zh: '增长来源' },
  paths: { en: 'Carried on at these rates', zh: '按此增速延续' },
  whatIf: { en: 'What if', zh: '如果情况不同' },
  scenarios: { en: 'Difference from the plan (points)', zh: '与计划之差（百分点）' },
  g_output_industry: { en: 'output of industry', zh: '工业总产值' },
  g_services: { en: 'services', zh: '服务业' },
  scenario: { en: 'Scenario', zh: '情景' },
  tornado: { en: 'What moves GDP growth', zh: '影响地区生产总值增速的因素' },
  likely: { en: 'How likely', zh: '实现的可能性' },
  ladder: { en: 'Each target, and all together', zh: '各项目标及全部同时实现' },
  drawn: {
    en: 'The model’s parameters are drawn independently over their documented ranges, their own values the likeliest; most of these ranges are illustrative, so the chances are.',
    zh: '模型各参数在其有依据的取值范围内独立抽样，以所用值为最可能值；多数范围仅为示意，所得概率亦然。',
  },
  fans: { en: 'What history says', zh: '历史数据的预测' },
  modelFan: { en: 'What the model says', zh: '模型测算的范围' },
  eachQuarter: { en: 'Each quarter', zh: '每季度' },
  afterFirst: { en: 'after one quarter', zh: '一季度后' },
  afterSecond: { en: 'after half the year', zh: '上半年后' },
  afterThird: { en: 'after three quarters', zh: '前三季度后' },
  paceNote: {
    en: 'What each quarter has to grow by over the same quarter of the year before; and what the rest of the year has to grow by where growth to date is one percentage point below the target.',
    zh: '每季度同比需达到的增速；以及累计增速比目标低1个百分点时，其余时期需达到的增速。',
  },
  evenQuarters: {
    en: 'Quarters of one size are assumed where the base year’s are not given.',
    zh: '未给出基期分季数据的，按各季规模相同计算。',
  },
  pace: { en: 'Required pace', zh: '所需进度' },
  assumptions: { en: 'Assumptions', zh: '假设' },
  fromPlan: { en: 'From the plan', zh: '来自计划' },
  solved: { en: 'Solved so that the GDP target is met', zh: '为满足地区生产总值目标而求解' },
  defaults: {
    en: 'Defaults used, which are not the plan’s and illustrative where no source is named',
    zh: '所用默认值（不是计划的数字，未注明来源者仅为示意）',
  },
  shares: { en: 'shares of sectors in GDP', zh: '各行业占地区生产总值的份额' },
  sharesSource: { en: 'illustrative: no local figures were found', zh: '仅为示意：未找到当地数据' },
  toNote: { en: 'To note', zh: '说明' },
  sources: { en: 'Sources', zh: '数据来源' },
  planSource: { en: 'Plan', zh: '计划' },
  gdp: { en: 'GDP', zh: '地区生产总值' },
  more: { en: 'more growth targets are not shown', zh: '项增长目标未列出' },
  noTargets: { en: 'The plan states no growth target.', zh: '计划未提出增长目标。' },
  baseline: { en: 'plan as written', zh: '计划基准' },
  agriculture: { en: 'agriculture', zh: '农业' },
  industry: { en: 'industry', zh: '工业' },
  construction: { en: 'construction', zh: '建筑业' },
  services: { en: 'services', zh: '服务业' },
  growth_gdp: { en: 'GDP', zh: '地区生产总值' },
  growth_industry: { en: 'industry', zh: '工业' },
  growth_services: { en: 'services', zh: '服务业' },
  growth_retail: { en: 'retail sales', zh: '社零总额' },
  growth_income_urban: { en: 'urban income', zh: '城镇收入' },
  growth_capital: { en: 'capital', zh: '资本存量' },
  growth_tfp: { en: 'implied productivity', zh: '隐含全要素生产率' },
  growth_revenue: { en: 'revenue', zh: '财政收入' },
  va_industry: { en: 'industry', zh: '工业' },
  va_services: { en: 'services', zh: '服务业' },
  retail: { en: 'retail sales', zh: '社零总额' },
  'industry-led': { en: 'industry-led', zh: '工业带动' },
  'services-led': { en: 'services-led', zh: '服务业带动' },
  'value-added ratio -0.5 points': { en: 'value-added ratio −0.5 points', zh: '增加值率下降0.5个百分点' },
  'value-added ratio -1 point': { en: 'value-added ratio −1 point', zh: '增加值率下降1个百分点' },
  'producer prices -5 %': { en: 'producer prices −5 %', zh: '出厂价格下降5%' },
  'investment shortfall (growth of 5 %)': { en: 'investment grows by 5 %', zh: '投资仅增长5%' },
} as const satisfies Record<string, Record<Language, string>>;

export type ReportWord = keyof typeof reportWords;

/** A word of the report. */
export function word(key: ReportWord, language: Language): string {
  return reportWords[key][language];
}

/** The words for a name of the study (a scenario, a variable, a sector), or the name itself. */
export function wordFor(name: string, language: Language): string {
  return Object.hasOwn(reportWords, name) ? reportWords[name as ReportWord][language] : name;
}
