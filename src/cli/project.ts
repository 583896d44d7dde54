import { writeCsv } from '../data/csv.ts';
import { planProjection } from '../presets/plan-projection.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { print } from './output.ts';
import { planOf } from './source.ts';
import { modelOf } from './values.ts';
import { variablesOf, variableText } from './variables.ts';

const shown = [
  'gdp',
  'growth_gdp',
  'va_industry',
  'growth_industry',
  'va_services',
  'growth_services',
  'gross_output_industry',
  'retail',
  'growth_retail',
  'fai',
  'fai_cover',
  'income_urban',
  'income_rural',
  'growth_income_urban',
  'revenue',
  'growth_revenue',
];

/** `tinbergen project <plan>`: the plan carried on to its horizon with the two-engine model. */
export async function projectCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const names = variablesOf(options, 'variables', shown);
  const plan = await planOf(file!, options, io);
  const run = planProjection(plan, modelOf(options));
  const chosen = Object.fromEntries(names.map((name) => [name, run[name]]));
  const periods = periodsOf(run.gdp);
  const rows = names.map((name) => {
    const values = periods.map((period) => {
      const value = valueAt(run[name], period);
      return [period, Number.isNaN(value) ? '' : variableText(name, value)] as const;
    });
    return { variable: name, ...Object.fromEntries(values) };
  });
  return print(
    {
      value: chosen,
      csv: writeCsv(chosen),
      parts: [
        {
          title: `${plan.name}: projection (levels are indices, GDP of ${periods[0]} = 100)`,
          columns: [{ key: 'variable' }, ...periods.map((key) => ({ key, as: 'number' as const }))],
          rows,
        },
      ],
    },
    options,
    io,
  );
}
