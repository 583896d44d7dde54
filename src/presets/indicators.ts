import type { Indicator } from '../plan/indicator.ts';

/**
 * The indicators that most plans name, under the ids that the two-engine model and the text reader use.
 *
 * `prices` says what their growth targets mean when the plan does not: GDP and value added real, money flows nominal.
 */
export const standardIndicators = {
  gdp: {
    label: { en: 'GDP', zh: '地区生产总值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'constant',
    code: 'GDP',
  },
  va_agriculture: {
    label: { en: 'value added of agriculture', zh: '第一产业增加值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'constant',
  },
  va_industry: {
    label: { en: 'value added of industry', zh: '工业增加值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'constant',
    code: 'IVA',
  },
  va_construction: {
    label: { en: 'value added of construction', zh: '建筑业增加值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'constant',
  },
  va_services: {
    label: { en: 'value added of services', zh: '服务业增加值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'constant',
    code: 'SERV_VA',
  },
  gross_output_industry: {
    label: { en: 'gross output of above-scale industry', zh: '规模以上工业总产值' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'current',
    code: 'IGO',
  },
  retail: {
    label: { en: 'retail sales of consumer goods', zh: '社会消费品零售总额' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'current',
    code: 'RETAIL',
  },
  fai: {
    label: { en: 'fixed-asset investment', zh: '固定资产投资' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'comparable',
    code: 'FAI',
  },
  revenue: {
    label: { en: 'fiscal revenue', zh: '财政收入' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'current',
    code: 'REV_TOTAL',
  },
  income_urban: {
    label: { en: 'urban disposable income per head', zh: '城镇居民人均可支配收入' },
    unit: 'CNY',
    kind: 'flow',
    prices: 'current',
    code: 'INC_URBAN',
  },
  income_rural: {
    label: { en: 'rural net income per head', zh: '农民人均纯收入' },
    unit: 'CNY',
    kind: 'flow',
    prices: 'current',
    code: 'INC_RURAL',
  },
} as const satisfies Readonly<Record<string, Indicator>>;
