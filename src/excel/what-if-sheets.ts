import { mistake } from '../mistake.ts';
import type { Plan } from '../plan/plan.ts';
import { ratio } from '../numeric/rate.ts';
import { outcome } from '../scenario/outcome.ts';
import { runScenarios } from '../scenario/scenario.ts';
import { tornado } from '../sensitivity/tornado.ts';
import { valueAt } from '../time/series.ts';
import type { Dataset } from '../time/series.ts';
import { isPeriod } from '../time/period.ts';
import { assumptionColumns, assumptionRows } from './assumption-sheet.ts';
import { formulaInColumn, neededFor, parameterName, solved } from './model-layout.ts';
import type { ModelLayout, ModelRow } from './model-layout.ts';
import { formatOf, labelsOf } from './model-sheets.ts';
import { sheetNames } from './places.ts';
import { address, elsewhere, formats, head, input, live, signed, text } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

/** Scenarios of the first projected period side by side, each a column that computes the whole model. */
export function scenarioSheet(plan: Plan, layout: ModelLayout): Sheet | undefined {
  const { model, history, over, scenarios = [], compared = [] } = layout.projection;
  if (scenarios.length === 0) return undefined;
  const year = over[0];
  const runs: Readonly<Record<string, Dataset>> = runScenarios(model, history, scenarios, {
    over: [year, year],
  });
  const columns = [{ name: 'baseline', set: {} }, ...scenarios];
  const settings = [...layout.parameters, ...layout.exogenous];
  const results = compared.length;
  const firstSetting = 2 * results + 4;
  const names = [...settings, ...layout.variables.map(({ name }) => name)];
  const rows = new Map(
    names.map((name, i) => [name, firstSetting + i + (i < settings.length ? 0 : 1)] as const),
  );
  const valueOf = (scenario: string, name: string): number =>
    valueAt(runs[scenario]![name] ?? { start: year, values: [] }, year);
  const titles = columns.map(({ name }) => name);
  const line = (name: string, cell: (scenario: string, k: number) => Cell) => [
    text(name),
    ...labelsOf(plan, layout, name).map(text),
    ...titles.map(cell),
  ];
  const shown = compared.map((name) =>
    line(name, (scenario, k) =>
      live(address(rowOf(rows, name), k + 3), valueOf(scenario, name), formatOf(layout, name)),
    ),
  );
  const differences = compared.map((name, i) =>
    line(name, (scenario, k) =>
      live(
        `${address(i + 1, k + 3)}-$${address(i + 1, 3)}`,
        valueOf(scenario, name) - valueOf('baseline', name),
        signed(formatOf(layout, name)),
      ),
    ),
  );
  const set = settings.map((name) =>
    line(name, (_scenario, k) => {
      const given: unknown = (columns[k]!.set as Readonly<Record<string, unknown>>)[name];
      const format = formatOf(layout, name);
      if (given !== undefined) return input(settingAt(given, year), format);
      return layout.parameters.includes(name)
        ? live(parameterName(name), parameterOf(layout, name), format)
        : input(solved(layout, name, year), format);
    }),
  );
  const equations = layout.variables.map((row) =>
    line(row.name, (scenario, k) =>
      live(
        formulaInColumn(layout, row, rows, k + 3),
        valueOf(scenario, row.name),
        formatOf(layout, row.name),
      ),
    ),
  );
  const heading = (words: string) => [words, 'label', '标签', ...titles].map(head);
  return {
    name: sheetNames.scenarios,
    rows: [
      heading(`results ${year} 结果`),
      ...shown,
      [],
      heading('difference from the baseline 差异'),
      ...differences,
      heading('assumptions 假设'),
      ...set,
      heading('model 模型'),
      ...equations,
    ],
    frozen: { rows: 1, columns: 1 },
  };
}

/** What each assumption does to one variable when it alone goes from its low to its high end: table, and the columns that compute it. */
export function sensitivitySheet(plan: Plan, layout: ModelLayout): Sheet | undefined {
  const { model, history, over, sensitivity } = layout.projection;
  if (sensitivity === undefined) return undefined;
  const year = over[0];
  const { output } = sensitivity;
  const ends = Object.fromEntries(
    Object.entries(sensitivity.ranges).map(([name, [low, high]]) => [
      name,
      { low: ratio(low), base: parameterOf(layout, name), high: ratio(high) },
    ]),
  );
  const factors = Object.keys(ends);
  if (factors.length === 0) return undefined;
  const study = outcome(model, history, { over: [year, year], factors, read: [output] });
  const bars = tornado(study, ends).filter(({ swing }) => swing > 0);
  const needed = neededFor(layout, output);
  const used = new Set(bars.map(({ factor }) => factor));
  const parameters = layout.parameters.filter((name) => used.has(name) || needs(needed, name));
  const exogenous = layout.exogenous.filter((name) => needs(needed, name));
  const firstRow = bars.length + 4;
  const names = [...parameters, ...exogenous, ...needed.map(({ name }) => name)];
  const rows = new Map(names.map((name, i) => [name, firstRow + i] as const));
  const format = formatOf(layout, output);
  const places = new Map(assumptionRows(layout).map(([name], i) => [name, i + 1]));
  const runs = bars.flatMap(({ factor, low, high }) => [
    { factor, end: 'low' as const, value: low },
    { factor, end: 'high' as const, value: high },
  ]);
  const columnOf = (run: number): number => 4 + run;
  const table = bars.map(({ factor, from, at, to, low, high, swing }, i) => {
    const row = i + 1;
    const range = assumptionOf(layout, factor);
    const end = (which: 'low' | 'high', value: number): Cell =>
      range?.[which === 'low' ? 0 : 1] === value
        ? live(
            elsewhere(sheetNames.assumptions, places.get(factor)!, assumptionColumns[which]),
            value,
            formatOf(layout, factor),
          )
        : input(value, formatOf(layout, factor));
    const result = (k: number, value: number): Cell =>
      live(address(rowOf(rows, output), columnOf(2 * i + k)), value, format);
    return [
      text(factor),
      ...labelsOf(plan, layout, factor).map(text),
      end('low', from),
      live(parameterName(factor), at, formatOf(layout, factor)),
      end('high', to),
      result(0, low),
      result(1, high),
      live(`ABS(${address(row, 7)}-${address(row, 6)})`, swing, formats.rate),
    ];
  });
  const base = bars[0]?.base ?? solved(layout, output, year);
  const working = [
    ...parameters.map((name) => [
      text(name),
      ...labelsOf(plan, layout, name).map(text),
      live(parameterName(name), parameterOf(layout, name), formatOf(layout, name)),
      ...runs.map(({ factor, end }) => {
        const i = bars.findIndex((bar) => bar.factor === name);
        const bar = bars[i];
        return factor === name && bar !== undefined
          ? live(
              address(i + 1, end === 'low' ? 3 : 5, '$'),
              end === 'low' ? bar.from : bar.to,
              formatOf(layout, name),
            )
          : live(parameterName(name), parameterOf(layout, name), formatOf(layout, name));
      }),
    ]),
    ...exogenous.map((name) => [
      text(name),
      ...labelsOf(plan, layout, name).map(text),
      ...Array.from({ length: runs.length + 1 }, () =>
        input(solved(layout, name, year), formatOf(layout, name)),
      ),
    ]),
    ...needed.map((row) => workingRow(plan, layout, row, rows, runs, ends)),
  ];
  return {
    name: sheetNames.sensitivities,
    rows: [
      [
        `factor 因素`,
        'label',
        '标签',
        'from 低',
        'base 基准',
        'to 高',
        `${output} ${year}, low`,
        `${output} ${year}, high`,
        'swing, points 振幅',
      ].map(head),
      ...table,
      [],
      [
        text(`base ${year} 基准`),
        ...labelsOf(plan, layout, output).map(text),
        live(address(rowOf(rows, output), 3), base, format),
      ],
      [
        'working 计算',
        'label',
        '标签',
        'base 基准',
        ...runs.map(({ factor, end }) => `${factor} ${end}`),
      ].map(head),
      ...working,
    ],
    frozen: { rows: 1, columns: 1 },
  };
}

function workingRow(
  plan: Plan,
  layout: ModelLayout,
  row: ModelRow,
  rows: ReadonlyMap<string, number>,
  runs: readonly { readonly factor: string; readonly end: 'low' | 'high' }[],
  ends: Readonly<Record<string, { readonly low: number; readonly base: number; readonly high: number }>>,
): (Cell | undefined)[] {
  const { model, history, over } = layout.projection;
  const year = over[0];
  const factors = Object.keys(ends);
  const study = outcome(model, history, { over: [year, year], factors, read: [row.name] });
  const points = Object.fromEntries(
    factors.map((name) => [
      name,
      Float64Array.from([
        ends[name]!.base,
        ...runs.map(({ factor, end }) => ends[name]![factor === name ? end : 'base']),
      ]),
    ]),
  );
  const values = study.evaluate(points, runs.length + 1)[row.name]!;
  return [
    text(row.name),
    ...labelsOf(plan, layout, row.name).map(text),
    ...Array.from(values, (value, k) =>
      live(formulaInColumn(layout, row, rows, 3 + k), value, formatOf(layout, row.name)),
    ),
  ];
}

function needs(rows: readonly ModelRow[], name: string): boolean {
  const stands = (e: ModelRow['value']): boolean =>
    JSON.stringify(e).includes(`"name":${JSON.stringify(name)}`);
  return rows.some(({ value }) => stands(value));
}

function parameterOf({ projection }: ModelLayout, name: string): number {
  const parameter = projection.model.parameters[name];
  if (parameter === undefined)
    return mistake('writeWorkbook', `'${name}' is no parameter of the model`, 'give ranges of parameters');
  return typeof parameter === 'number' ? parameter : parameter.value;
}

function assumptionOf({ projection }: ModelLayout, name: string): readonly [number, number] | undefined {
  const parameter = projection.model.parameters[name];
  return typeof parameter === 'object' ? parameter.range : undefined;
}

function rowOf(rows: ReadonlyMap<string, number>, name: string): number {
  return (
    rows.get(name) ??
    mistake('writeWorkbook', `'${name}' is no variable of the model`, 'name one that it solves')
  );
}

/** The value of a scenario's setting in a period: one for all, a series' or a period's own. */
function settingAt(given: unknown, period: string): number {
  if (typeof given === 'number' || typeof given === 'string') return ratio(given);
  if (!isPeriod(period) || typeof given !== 'object' || given === null) return NaN;
  if ('start' in given) return valueAt(given as Dataset[string], period);
  const own = (given as Readonly<Record<string, number | string | undefined>>)[period];
  return own === undefined ? NaN : ratio(own);
}
