import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model, Parameter } from '../model/model.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { toPeriod } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { illustrativeShares, twoEngineBaseRatios, twoEngineParameters } from './two-engine-parameters.ts';
import type { TwoEngineParameter } from './two-engine-parameters.ts';

/** Sectors of the production side. */
export type Sector = 'agriculture' | 'industry' | 'construction' | 'services';

const core = [
  // Industry: real value added from nominal gross output, the value-added ratio and producer prices.
  'gross_output_industry = gross_output_industry[-1] * (1 + g_output_industry)',
  'va_ratio_industry = va_ratio_industry[-1] + va_ratio_change',
  'va_industry = va_industry[-1] * (1 + g_output_industry) * va_ratio_industry / va_ratio_industry[-1] / (1 + p_industry)',
  'va_agriculture = va_agriculture[-1] * (1 + g_agriculture)',
  'va_construction = va_construction[-1] * (1 + g_construction)',
  // GDP by production at base-year prices: the driver of everything below.
  'gdp = va_agriculture + va_industry + va_construction + va_services',
  'growth_gdp = gdp / gdp[-1] - 1',
  'growth_industry = va_industry / va_industry[-1] - 1',
  'growth_services = va_services / va_services[-1] - 1',
  // Nominal GDP by deflators.
  'price_industry = price_industry[-1] * (1 + p_industry)',
  'price_other = price_other[-1] * (1 + p_other)',
  'gdp_nominal = va_industry * price_industry + (gdp - va_industry) * price_other',
  'growth_gdp_nominal = gdp_nominal / gdp_nominal[-1] - 1',
  'growth_gdp_deflator = (1 + growth_gdp_nominal) / (1 + growth_gdp) - 1',
  // Households and retail.
  'growth_gdp_per_head = (1 + growth_gdp_nominal) / (1 + g_population) - 1',
  'growth_income_urban = income_pass_through * growth_gdp_per_head',
  'growth_income_rural = growth_income_urban + rural_lead',
  'income_urban = income_urban[-1] * (1 + growth_income_urban)',
  'income_rural = income_rural[-1] * (1 + growth_income_rural)',
  'growth_income_real = (1 + growth_income_urban) / (1 + cpi) - 1',
  'growth_retail = (1 + growth_income_urban)^retail_elasticity * (1 + g_population) - 1',
  'retail = retail[-1] * (1 + growth_retail)',
  'growth_retail_real = (1 + growth_retail) / (1 + p_retail) - 1',
  // Investment to capital by perpetual inventory, and what growth would need.
  'fai = fai[-1] * (1 + g_fai)',
  'price_fai = price_fai[-1] * (1 + p_fai)',
  'investment = gfcf_share * fai / price_fai',
  'capital = (1 - depreciation) * capital[-1] + investment',
  'growth_capital = capital / capital[-1] - 1',
  'fai_needed = icor_fai * growth_gdp * gdp_nominal',
  'fai_cover = fai / fai_needed',
  'growth_tfp = growth_gdp - capital_elasticity * growth_capital - (1 - capital_elasticity) * g_population',
  // Fiscal revenue by buoyancy, "in step" against real and against nominal GDP.
  'growth_revenue = (1 + growth_gdp_nominal)^revenue_buoyancy - 1',
  'revenue = revenue[-1] * (1 + growth_revenue)',
  'revenue_step_real = growth_revenue - growth_gdp',
  'revenue_step_nominal = growth_revenue - growth_gdp_nominal',
  'energy = energy[-1] * (1 + energy_intensity_change) * (1 + growth_gdp)',
] as const;

const servicesAlone = 'va_services = va_services[-1] * (1 + g_services)';
// Retail pulls services, services make GDP, GDP makes income and income retail: a simultaneous block.
const servicesWithRetail =
  'va_services = va_services[-1] * (1 + g_services + retail_services_link * (growth_retail_real - retail_baseline))';
const netInflow = 'net_inflow = gdp_nominal - consumption - government - gfcf_share * fai';

type LeftOf<E extends string> = E extends `${infer L} = ${string}` ? L : never;

/** A variable of the two-engine model. */
export type TwoEngineVariable = LeftOf<(typeof core)[number]> | 'va_services';

/** The two-engine model: a plain model that also carries its base-year shares and which figures are defaults. */
export interface TwoEngine extends Model<TwoEngineVariable> {
  readonly parameters: Readonly<Record<TwoEngineParameter, Parameter>>;
  readonly shares: Readonly<Record<Sector, number>>;
  /** Parameters that the caller did not give, and `'shares'` when those are the illustrative ones. */
  readonly defaults: readonly (TwoEngineParameter | 'shares')[];
}

/** What may differ from the defaults. */
export interface TwoEngineOptions {
  /** Shares of the sectors in base-year GDP at base-year prices, summing to 1. Defaults to `illustrativeShares`. */
  readonly shares?: Readonly<Record<Sector, Rate>>;
  /** Parameters by name; see `twoEngineParameters` for units, ranges and sources. */
  readonly parameters?: Readonly<Partial<Record<TwoEngineParameter, Rate>>>;
  /** Let real retail growth above `retail_baseline` pull services, which makes a simultaneous block. Defaults to false. */
  readonly retailLink?: boolean;
  /** Add `net_inflow`, the residual of the expenditure side, from exogenous `consumption` and `government`. Defaults to false. */
  readonly expenditure?: boolean;
}

/**
 * The two-engine model of a district: GDP by production, driven by industry and services.
 *
 * Industry's real value added follows from nominal gross output through the value-added ratio and producer prices;
 * income, retail, investment, capital, revenue and energy are satellites and checks, which never drive GDP. By year.
 *
 * @throws RangeError for an unknown parameter or shares that do not sum to 1 within half a percent
 * @example twoEngine({ parameters: { g_services: '9%' } }).parameters.g_services.value // 0.09
 */
export function twoEngine({
  shares,
  parameters = {},
  retailLink = false,
  expenditure = false,
}: TwoEngineOptions = {}): TwoEngine {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined) as [
    TwoEngineParameter,
    Rate,
  ][];
  const values: Record<string, Parameter> = { ...twoEngineParameters };
  for (const [name, value] of given) {
    const documented = values[name];
    if (documented === undefined || !Object.hasOwn(twoEngineParameters, name))
      return mistake(
        'twoEngine',
        `there is no parameter '${name}'`,
        suggestion(name, Object.keys(twoEngineParameters)),
      );
    values[name] = { ...documented, value: ratio(value, 'twoEngine') };
  }
  const services = retailLink ? servicesWithRetail : servicesAlone;
  const names = Object.keys(twoEngineParameters) as TwoEngineParameter[];
  const overridden = new Set<string>(given.map(([name]) => name));
  return {
    name: 'two engines',
    equations: [...core, services, ...(expenditure ? [netInflow] : [])],
    parameters: values as Readonly<Record<TwoEngineParameter, Parameter>>,
    shares: shares === undefined ? illustrativeShares : sharesOf(shares),
    defaults: [
      ...(shares === undefined ? (['shares'] as const) : []),
      ...names.filter((name) => !overridden.has(name)),
    ],
  };
}

/**
 * The base year of the two-engine model as a history of one period: what its lags need.
 *
 * Levels are indices with GDP = `gdp` (defaults to 100), at base-year prices, so real and nominal coincide; incomes,
 * retail and revenue, of which the plan publishes no level, start at 100 each.
 *
 * @param model its shares are used
 * @param year the base year, the one before the plan
 * @param options levels or ratios that are known; what is absent comes from `twoEngineBaseRatios`
 * @example twoEngineHistory(twoEngine(), '2013').gdp.values // [100]
 */
export function twoEngineHistory(
  model: TwoEngine,
  year: Period,
  options: {
    readonly gdp?: number;
    readonly va_ratio_industry?: Rate;
    readonly fai_to_gdp?: number;
    readonly capital_to_output?: number;
  } = {},
): Dataset<
  | 'gdp'
  | `va_${Sector}`
  | 'gross_output_industry'
  | 'va_ratio_industry'
  | 'gdp_nominal'
  | 'price_industry'
  | 'price_other'
  | 'price_fai'
  | 'income_urban'
  | 'income_rural'
  | 'retail'
  | 'revenue'
  | 'fai'
  | 'capital'
  | 'energy'
> {
  const { gdp = 100 } = options;
  const start = toPeriod(year, 'twoEngineHistory');
  if (!(gdp > 0)) return mistake('twoEngineHistory', `GDP is ${shown(gdp)}`, 'give a positive level');
  const v = ratio(
    options.va_ratio_industry ?? twoEngineBaseRatios.va_ratio_industry.value,
    'twoEngineHistory',
  );
  const { shares } = model;
  const one = (value: number): Series => ({ start, values: [value] });
  return {
    va_agriculture: one(gdp * shares.agriculture),
    va_industry: one(gdp * shares.industry),
    va_construction: one(gdp * shares.construction),
    va_services: one(gdp * shares.services),
    gdp: one(gdp),
    gdp_nominal: one(gdp),
    va_ratio_industry: one(v),
    gross_output_industry: one((gdp * shares.industry) / v),
    price_industry: one(1),
    price_other: one(1),
    price_fai: one(1),
    income_urban: one(100),
    income_rural: one(100),
    retail: one(100),
    revenue: one(100),
    energy: one(100),
    fai: one(gdp * (options.fai_to_gdp ?? twoEngineBaseRatios.fai_to_gdp.value)),
    capital: one(gdp * (options.capital_to_output ?? twoEngineBaseRatios.capital_to_output.value)),
  };
}

function sharesOf(given: Readonly<Record<Sector, Rate>>): Readonly<Record<Sector, number>> {
  const sectors: Sector[] = ['agriculture', 'industry', 'construction', 'services'];
  for (const name of Object.keys(given)) {
    if (!sectors.includes(name as Sector))
      mistake('twoEngine', `'${name}' is not a sector`, suggestion(name, sectors));
  }
  const shares = Object.fromEntries(
    sectors.map((sector) => [sector, given[sector] === undefined ? NaN : ratio(given[sector], 'twoEngine')]),
  ) as Record<Sector, number>;
  const sum = sectors.reduce((total, sector) => total + shares[sector], 0);
  if (!(Math.abs(sum - 1) <= 0.005))
    return mistake(
      'twoEngine',
      `the shares of ${sectors.join(', ')} sum to ${shown(sum)}`,
      'give the four shares of GDP, summing to 1',
    );
  return shares;
}
