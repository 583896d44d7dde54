import type { Language } from '../issue.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';

/** Where the default of a parameter comes from, in words. */
export function sourceWords(name: TwoEngineParameter, language: Language): string {
  return language === 'zh' ? chinese[name] : twoEngineParameters[name].source;
}

/** The parameters' own sources are in English; a test holds that these name the same figures. */
const chinese: Readonly<Record<TwoEngineParameter, string>> = {
  g_output_industry: '绿园区2014年计划的目标；取值范围仅为示意',
  va_ratio_change: '按增加值率0.256推算，未找到公布的序列；下降半个百分点约影响实际增速2.3个百分点',
  p_industry: '福建省2014年统计公报：工业生产者出厂价格−1.4%',
  g_services: '按示意份额实现地区生产总值增长12%所需（双引擎前沿），计划未提出',
  g_agriculture: '全国2012–14年：4.5%、3.8%、4.1%；福建2014年：4.4%',
  g_construction: '双引擎前沿的算例；取值范围仅为示意',
  p_other:
    '地区生产总值平减指数：全国2012–2016年2.3%、2.1%、1.1%、0.0%、1.5%；长春2010–15年隐含年均1.3%；未找到分行业平减指数',
  p_retail: '福建2014年+1.1%；全国2013年7月名义13.2%，实际11.3%',
  p_fai: '福建2014年+0.4%',
  cpi: '福建2014年2.0%；全国2018年隐含2.1%',
  g_population: '福建2014年0.73%',
  income_pass_through: '全国2018年：收入增长8.7%，名义地区生产总值约增长10.5%，比值0.83',
  rural_lead: '全国2018年农村8.8%、城镇7.8%，湖南2014年11.4%、9.1%；取0即两者同步',
  retail_elasticity: '全国2016年：社零增长10.4%，收入增长7.8%与8.2%，比值1.3；按计划的14%与10%，最高可达1.4',
  retail_services_link: '无来源：应以当地数据校准',
  retail_baseline: '无来源：应以当地数据校准',
  g_fai: '绿园区2014年计划的目标；取值范围仅为示意',
  gfcf_share: '投资统计含土地和旧资产，资本形成不含；数值为假设',
  depreciation: '张军、吴桂英、张吉鹏：9.6%',
  capital_elasticity: '中国增长核算常用值，未经查证',
  icor_fai:
    '长春2012年投资与地区生产总值之比0.71，除以年均增速9.3%，得7.6；勿与按资本形成计算的比率（4.6）混用',
  revenue_buoyancy:
    '国际货币基金组织工作论文WP/17/4与WP/23/71：长期约为1；中国1999–2014年：上行期1.28，下行期0.98',
  energy_intensity_change: '全国2014年统计公报：−4.8%',
};
