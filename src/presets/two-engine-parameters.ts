import type { Parameter } from '../model/model.ts';

/**
 * The parameters of the two-engine model with their defaults, ranges and sources. Rates are ratios per year.
 *
 * Every one can be replaced; a run prints which it left at these defaults. "Illustrative" means that no local figure
 * was found: such a default shows the mechanism and proves nothing about a district.
 */
export const twoEngineParameters = {
  g_output_industry: {
    value: 0.15,
    unit: 'ratio/yr',
    range: [0.1, 0.2],
    label: { en: 'growth of gross output of industry, current prices', zh: '工业总产值增速（现价）' },
    source: "target of Lüyuan District's plan for 2014; range illustrative",
    evidence: 'plan',
  },
  va_ratio_change: {
    value: 0,
    unit: 'ratio/yr',
    range: [-0.01, 0.005],
    label: { en: 'yearly change of the industrial value-added ratio', zh: '工业增加值率年变动' },
    source:
      'arithmetic on a ratio of 0.256; no published series found. Half a point costs about 2.3 points of real growth',
    evidence: 'assumption',
  },
  p_industry: {
    value: -0.014,
    unit: 'ratio/yr',
    range: [-0.05, 0.05],
    label: { en: 'producer price change of industry', zh: '工业生产者出厂价格涨幅' },
    source: 'Fujian 2014 statistical communique: producer prices -1.4 %',
    evidence: 'one province and year',
  },
  g_services: {
    value: 0.0815,
    unit: 'ratio/yr',
    range: [0.06, 0.12],
    label: { en: 'real growth of services, the second engine', zh: '服务业实际增速' },
    source: 'what GDP of 12 % needs at the illustrative shares (two-engine frontier); the plan states none',
    evidence: 'illustrative',
  },
  g_agriculture: {
    value: 0.042,
    unit: 'ratio/yr',
    range: [0.02, 0.06],
    label: { en: 'real growth of agriculture', zh: '第一产业实际增速' },
    source: 'China 2012-14: 4.5, 3.8, 4.1 %; Fujian 2014: 4.4 %',
    evidence: 'strong',
  },
  g_construction: {
    value: 0.095,
    unit: 'ratio/yr',
    range: [0.05, 0.13],
    label: { en: 'real growth of construction', zh: '建筑业实际增速' },
    source: 'the worked example of the two-engine frontier; range illustrative',
    evidence: 'illustrative',
  },
  p_other: {
    value: 0.013,
    unit: 'ratio/yr',
    range: [-0.01, 0.08],
    label: { en: 'price change of agriculture, construction and services', zh: '其他行业价格涨幅' },
    source:
      'GDP deflator: China 2012-2016 2.3, 2.1, 1.1, 0.0, 1.5 %; Changchun 2010-15 implied 1.3 % a year; no sector deflators found',
    evidence: 'strong for the total, assumed for the sectors',
  },
  p_retail: {
    value: 0.011,
    unit: 'ratio/yr',
    range: [-0.01, 0.04],
    label: { en: 'retail price change', zh: '商品零售价格涨幅' },
    source: 'Fujian 2014 +1.1 %; China July 2013 nominal 13.2 against real 11.3 %',
    evidence: 'good',
  },
  p_fai: {
    value: 0.004,
    unit: 'ratio/yr',
    range: [-0.02, 0.07],
    label: { en: 'price change of fixed-asset investment', zh: '固定资产投资价格涨幅' },
    source: 'Fujian 2014 +0.4 %',
    evidence: 'one province and year',
  },
  cpi: {
    value: 0.02,
    unit: 'ratio/yr',
    range: [-0.01, 0.05],
    label: { en: 'consumer price change', zh: '居民消费价格涨幅' },
    source: 'Fujian 2014 2.0 %; China 2018 implied 2.1 %',
    evidence: 'good',
  },
  g_population: {
    value: 0.005,
    unit: 'ratio/yr',
    range: [-0.01, 0.03],
    label: { en: 'growth of resident population', zh: '常住人口增速' },
    source: 'Fujian 2014 0.73 %',
    evidence: 'local value needed',
  },
  income_pass_through: {
    value: 0.9,
    unit: 'ratio',
    range: [0.7, 1.1],
    label: { en: 'pass-through of nominal GDP per head to disposable income', zh: '居民收入传导系数' },
    source: 'China 2018: income 8.7 % against nominal GDP about 10.5 % = 0.83',
    evidence: 'medium',
  },
  rural_lead: {
    value: 0,
    unit: 'ratio/yr',
    range: [0, 0.03],
    label: { en: 'growth of rural over urban income', zh: '农民收入增速高于城镇的幅度' },
    source:
      'China 2018 rural 8.8 against urban 7.8 %, Hunan 2014 11.4 against 9.1 %; 0 keeps the two in step',
    evidence: 'assumption',
  },
  retail_elasticity: {
    value: 1.2,
    unit: 'ratio',
    range: [0.8, 1.5],
    label: { en: 'elasticity of retail sales to nominal disposable income', zh: '社零收入弹性' },
    source:
      "China 2016: retail +10.4 against income +7.8 and +8.2 % = 1.3; the plan's pair of 14 and 10 % implies up to 1.4",
    evidence: 'medium',
  },
  retail_services_link: {
    value: 0.6,
    unit: 'ratio',
    range: [0.4, 0.9],
    label: {
      en: 'sensitivity of services growth to real retail growth above its baseline (only with retailLink)',
      zh: '服务业对社零实际增速的弹性',
    },
    source: 'no source: calibrate on local data',
    evidence: 'assumption',
  },
  retail_baseline: {
    value: 0.1,
    unit: 'ratio/yr',
    range: [0.05, 0.13],
    label: {
      en: 'real retail growth at which the link adds nothing (only with retailLink)',
      zh: '社零实际增速基准',
    },
    source: 'no source: calibrate on local data',
    evidence: 'assumption',
  },
  g_fai: {
    value: 0.15,
    unit: 'ratio/yr',
    range: [0.05, 0.2],
    label: {
      en: 'growth of fixed-asset investment, current prices, comparable coverage',
      zh: '固定资产投资增速',
    },
    source: "target of Lüyuan District's plan for 2014; range illustrative",
    evidence: 'plan',
  },
  gfcf_share: {
    value: 0.85,
    unit: 'ratio',
    range: [0.5, 1],
    label: {
      en: 'share of statistical fixed-asset investment that becomes gross fixed capital formation',
      zh: '投资转化为固定资本形成的比例',
    },
    source:
      'investment statistics contain land and used assets, capital formation does not; the value is an assumption',
    evidence: 'definition strong, value weak',
  },
  depreciation: {
    value: 0.096,
    unit: '1/yr',
    range: [0.05, 0.11],
    label: { en: 'depreciation of the capital stock', zh: '折旧率' },
    source: 'Zhang, Wu and Zhang: 9.6 %',
    evidence: 'good',
  },
  capital_elasticity: {
    value: 0.5,
    unit: 'ratio',
    range: [0.4, 0.6],
    label: { en: 'output elasticity of capital, in the supply-side check', zh: '资本产出弹性' },
    source: 'common in Chinese growth accounting; not looked up',
    evidence: 'weak',
  },
  icor_fai: {
    value: 7,
    unit: 'CNY per CNY',
    range: [4, 12],
    label: {
      en: 'incremental ratio of fixed-asset investment to output, in the investment check',
      zh: '增量资本产出率（投资口径）',
    },
    source:
      'Changchun investment / GDP 0.71 in 2012 over average growth of 9.3 % = 7.6; never mix with the ratio on capital formation (4.6)',
    evidence: 'medium, local',
  },
  revenue_buoyancy: {
    value: 1,
    unit: 'ratio',
    range: [0.8, 1.3],
    label: { en: 'buoyancy of fiscal revenue to nominal GDP', zh: '财政收入弹性（对名义GDP）' },
    source:
      'IMF WP/17/4 and WP/23/71: about 1 in the long run; China 1999-2014: 1.28 in upswings, 0.98 in downswings',
    evidence: 'strong',
  },
  energy_intensity_change: {
    value: -0.048,
    unit: 'ratio/yr',
    range: [-0.06, 0],
    label: { en: 'change of energy use per unit of real GDP', zh: '单位GDP能耗变动' },
    source: 'China 2014 communique: -4.8 %',
    evidence: 'national',
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The name of a parameter of the two-engine model. */
export type TwoEngineParameter = keyof typeof twoEngineParameters;

/** Figures that start the satellites in the base year, relative to nominal GDP = 1 where not said otherwise. */
export const twoEngineBaseRatios = {
  va_ratio_industry: {
    value: 0.256,
    unit: 'ratio',
    range: [0.16, 0.35],
    label: { en: 'value-added ratio of above-scale industry', zh: '规模以上工业增加值率' },
    source:
      'Changchun 2017: 216.13 / 845.24 and 194.68 / 760.54; Fujian 2014 secondary 0.252; Dongtou 2015 0.164',
    evidence: 'strong, local',
  },
  fai_to_gdp: {
    value: 0.71,
    unit: 'ratio',
    range: [0.6, 0.96],
    label: { en: 'fixed-asset investment / GDP', zh: '固定资产投资与GDP之比' },
    source: 'Changchun 2012: 3172.9 / 4456.6',
    evidence: 'local, another year',
  },
  capital_to_output: {
    value: 2.7,
    unit: 'ratio',
    range: [2, 3.5],
    label: { en: 'capital stock / GDP', zh: '资本产出比' },
    source: 'perpetual inventory: K0 = I0 / (g + depreciation)',
    evidence: 'derived',
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/**
 * Shares of sectors in base-year GDP. Illustrative: the plan publishes no levels and no local shares were found.
 */
export const illustrativeShares = {
  agriculture: 0.02,
  industry: 0.45,
  construction: 0.08,
  services: 0.45,
} as const;
