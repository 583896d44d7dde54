import type { Language } from '../issue.ts';
import { labelOf } from '../plan/indicator.ts';
import type { TwoEngineVariable } from '../presets/two-engine.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';

/**
 * A text in which the names of the model's parameters and variables are in words.
 *
 * @example named('g_services between 6 % and 12 %', 'en') // 'real growth of services, the second engine between 6 % and 12 %'
 */
export function named(text: string, language: Language): string {
  return text.replace(/(?<![A-Za-z0-9_])[a-z]+(?:_[a-z]+)*(?![A-Za-z0-9_(])/g, (name) => {
    if (Object.hasOwn(twoEngineParameters, name))
      return labelOf(twoEngineParameters[name as TwoEngineParameter].label, language);
    return name.includes('_') || name === 'gdp' || (language === 'zh' && Object.hasOwn(variables, name))
      ? labelOf(variables[name as TwoEngineVariable] ?? name, language)
      : name;
  });
}

const variables: Readonly<Record<TwoEngineVariable, Readonly<Record<Language, string>>>> = {
  gross_output_industry: { en: 'gross output of industry', zh: '工业总产值' },
  va_ratio_industry: { en: 'value-added ratio of industry', zh: '工业增加值率' },
  va_industry: { en: 'value added of industry', zh: '工业增加值' },
  va_agriculture: { en: 'value added of agriculture', zh: '第一产业增加值' },
  va_construction: { en: 'value added of construction', zh: '建筑业增加值' },
  va_services: { en: 'value added of services', zh: '服务业增加值' },
  gdp: { en: 'GDP', zh: '地区生产总值' },
  growth_gdp: { en: 'growth of GDP', zh: '地区生产总值增速' },
  growth_industry: { en: 'growth of industry', zh: '工业增速' },
  growth_services: { en: 'growth of services', zh: '服务业增速' },
  price_industry: { en: 'prices of industry', zh: '工业价格' },
  price_other: { en: 'prices of other sectors', zh: '其他行业价格' },
  gdp_nominal: { en: 'nominal GDP', zh: '名义地区生产总值' },
  growth_gdp_nominal: { en: 'growth of nominal GDP', zh: '名义地区生产总值增速' },
  growth_gdp_deflator: { en: 'growth of the GDP deflator', zh: '地区生产总值平减指数涨幅' },
  growth_gdp_per_head: { en: 'growth of nominal GDP per head', zh: '名义人均地区生产总值增速' },
  growth_income_urban: { en: 'growth of urban income', zh: '城镇收入增速' },
  growth_income_rural: { en: 'growth of rural income', zh: '农村收入增速' },
  income_urban: { en: 'urban income', zh: '城镇收入' },
  income_rural: { en: 'rural income', zh: '农村收入' },
  growth_income_real: { en: 'growth of real urban income', zh: '城镇收入实际增速' },
  growth_retail: { en: 'growth of retail sales', zh: '社零总额增速' },
  retail: { en: 'retail sales', zh: '社零总额' },
  growth_retail_real: { en: 'real growth of retail sales', zh: '社零总额实际增速' },
  fai: { en: 'fixed-asset investment', zh: '固定资产投资' },
  price_fai: { en: 'prices of investment', zh: '固定资产投资价格' },
  investment: { en: 'capital formation', zh: '固定资本形成' },
  capital: { en: 'capital', zh: '资本存量' },
  growth_capital: { en: 'growth of capital', zh: '资本存量增速' },
  fai_needed: { en: 'investment needed', zh: '所需投资' },
  fai_cover: { en: 'investment over what is needed', zh: '投资与所需之比' },
  growth_tfp: { en: 'implied growth of productivity', zh: '隐含全要素生产率增速' },
  growth_revenue: { en: 'growth of revenue', zh: '财政收入增速' },
  revenue: { en: 'revenue', zh: '财政收入' },
  revenue_step_real: {
    en: 'revenue growth less real GDP growth',
    zh: '财政收入增速减实际地区生产总值增速',
  },
  revenue_step_nominal: {
    en: 'revenue growth less nominal GDP growth',
    zh: '财政收入增速减名义地区生产总值增速',
  },
  energy: { en: 'energy', zh: '能源消费' },
};
