import { contribution } from '../accounts/contribution.ts';
import { parseExpression } from '../formula/parse.ts';
import { mistake } from '../mistake.ts';
import { labelOf } from '../plan/indicator.ts';
import type { Plan } from '../plan/plan.ts';
import { valueAt } from '../time/series.ts';
import { addPeriods, placeInYear } from '../time/period.ts';
import type { Period } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import { formulaText } from './formula-text.ts';
import { firstPeriodColumn, formulaInModel, modelCell, parameterName, solved } from './model-layout.ts';
import type { ModelLayout } from './model-layout.ts';
import { isRatio } from './assumption-sheet.ts';
import { historyCell, sheetNames } from './places.ts';
import type { HistoryTable } from './places.ts';
import { address, formats, head, input, live, text } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

/** A name of a model in words: the plan's label, the parameter's, or the name itself. */
export function labelsOf(plan: Plan, layout: ModelLayout, name: string): [string, string] {
  const indicator = Object.hasOwn(plan.indicators, name) ? plan.indicators[name] : undefined;
  const parameter = layout.projection.model.parameters[name];
  const own = layout.projection.labels;
  const label =
    indicator?.label ??
    (typeof parameter === 'object' ? parameter.label : undefined) ??
    (own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined);
  return label === undefined ? [name, ''] : [labelOf(label, 'en'), labelOf(label, 'zh')];
}

/** How a variable of a model is shown: rates and ratios as percentages. */
export function formatOf(layout: ModelLayout, name: string): string {
  const { projection } = layout;
  const parameter = projection.model.parameters[name];
  if (parameter !== undefined)
    return typeof parameter === 'object' && isRatio(parameter.unit) ? formats.rate : formats.number;
  if (/^growth_|_step_|_ratio_/.test(name)) return formats.rate;
  // Prices and covers are about one, where a level's one decimal would hide them.
  return Math.abs(solved(layout, name, projection.over[0])) < 10 ? formats.ratio : formats.level;
}

/** The model itself: a row for each parameter and variable, a column for each period, each equation as its formula. */
export function modelSheet(plan: Plan, layout: ModelLayout): Sheet {
  const { periods, lead, parameters, exogenous, variables, projection } = layout;
  const line = (
    name: string,
    equation: string | undefined,
    cell: (period: Period, column: number, k: number) => Cell,
  ) => [
    text(name),
    ...labelsOf(plan, layout, name).map(text),
    text(equation),
    ...periods.map((period, k) => cell(period, firstPeriodColumn + k, k)),
  ];
  const rows = [
    ...parameters.map((name) =>
      line(name, 'assumption', (period) =>
        live(parameterName(name), solvedOr(layout, name, period), formatOf(layout, name)),
      ),
    ),
    ...exogenous.map((name) =>
      line(name, 'given', (period) => input(solved(layout, name, period), formatOf(layout, name))),
    ),
    ...variables.map((row) =>
      line(row.name, row.text, (period, column, k) => {
        const format = formatOf(layout, row.name);
        if (k >= lead)
          return live(formulaInModel(layout, row, column), solved(layout, row.name, period), format);
        const base = k === lead - 1 ? projection.base?.levels[row.name] : undefined;
        const value = valueAt(projection.history[row.name] ?? { start: period, values: [] }, period);
        if (base === undefined) return input(value, format);
        return live(formulaText(parseExpression(base), parameterName), value, format);
      }),
    ),
  ];
  return {
    name: sheetNames.model,
    rows: [['name 名称', 'label', '标签', 'equation 方程', ...periods].map(head), ...rows],
    frozen: { rows: 1, columns: 1 },
  };
}

function solvedOr({ projection }: ModelLayout, name: string, _period: Period): number {
  const parameter = projection.model.parameters[name]!;
  return typeof parameter === 'number' ? parameter : parameter.value;
}

/** The variables whose paths are shown. */
export function pathNames(plan: Plan, { projection, variables }: ModelLayout): readonly string[] {
  return (
    projection.paths ??
    variables.map(({ name }) => name).filter((name) => Object.hasOwn(plan.indicators, name))
  );
}

/** Levels of the paths: in the indicator's own unit where its level of the base period is published, else base = 100. */
export function pathLevels(plan: Plan, layout: ModelLayout, data: Dataset): Dataset {
  const base = basePeriodOf(layout);
  const levels = pathNames(plan, layout).map((name) => {
    const published = valueAt(data[name] ?? { start: base, values: [] }, base);
    const start = Number.isNaN(published) ? 100 : published;
    const from = solved(layout, name, base);
    const periods = layout.periods.slice(layout.lead - 1);
    return [
      name,
      { start: base, values: periods.map((period) => (start * solved(layout, name, period)) / from) },
    ] as const;
  });
  return Object.fromEntries(levels);
}

export function basePeriodOf({ periods, lead }: ModelLayout): Period {
  return periods[lead - 1]!;
}

/** Columns of the sheet Paths before the periods: name, label, Chinese label, unit. */
const pathColumns = 4;

/** Where a path's level stands on the sheet Paths: row and column from 0. */
export function pathPlace(
  plan: Plan,
  layout: ModelLayout,
  name: string,
  period: Period,
): [number, number] | undefined {
  const row = pathNames(plan, layout).indexOf(name);
  const column = layout.periods.slice(layout.lead - 1).indexOf(period);
  return row < 0 || column < 0 ? undefined : [row + 1, pathColumns + column];
}

/** Yearly paths: levels, and the growth that they have. */
export function pathSheet(
  plan: Plan,
  layout: ModelLayout,
  data: Dataset,
  tables: readonly HistoryTable[],
): Sheet {
  const names = pathNames(plan, layout);
  const levels = pathLevels(plan, layout, data);
  const base = basePeriodOf(layout);
  const periods = layout.periods.slice(layout.lead - 1);
  const level = names.map((name, i) => {
    const values = levels[name]!.values;
    const published = !Number.isNaN(valueAt(data[name] ?? { start: base, values: [] }, base));
    const cell = published ? historyCell(tables, name, base) : undefined;
    const from = modelCell(layout, name, base)!;
    return [
      text(name),
      ...labelsOf(plan, layout, name).map(text),
      text(published ? plan.indicators[name]?.unit : `${base} = 100`),
      cell === undefined ? input(100, formats.level) : live(cell, values[0]!, formats.level),
      ...periods
        .slice(1)
        .map((period, k) =>
          live(
            `${address(i + 1, pathColumns, '$')}*${modelCell(layout, name, period)!}/${from}`,
            values[k + 1]!,
            formats.level,
          ),
        ),
    ];
  });
  const growth = names.map((name, i) => {
    const values = levels[name]!.values;
    return [
      text(name),
      ...labelsOf(plan, layout, name).map(text),
      text(
        placeInYear(base) === 0 && base.length === 4
          ? 'growth over the year before'
          : 'growth over the period before',
      ),
      undefined,
      ...periods.slice(1).map((_, k) => {
        const [now, before] = [address(i + 1, pathColumns + k + 1), address(i + 1, pathColumns + k)];
        return live(`${now}/${before}-1`, values[k + 1]! / values[k]! - 1, formats.rate);
      }),
    ];
  });
  const headings = ['name 名称', 'label', '标签', 'unit 单位', ...periods];
  return {
    name: sheetNames.paths,
    rows: [
      headings.map(head),
      ...level,
      [],
      [...headings.slice(0, 3), 'growth 增速', ...periods].map(head),
      ...growth,
    ],
    frozen: { rows: 1, columns: 1 },
  };
}

/** Growth accounting: of the first projected period in full, and the pulls of all of them. */
export function contributionSheet(plan: Plan, layout: ModelLayout): Sheet | undefined {
  const question = layout.projection.contributions;
  if (question === undefined) return undefined;
  const { parts } = question;
  const periods = layout.periods.slice(layout.lead);
  const accounts = periods.map((period) => {
    const at = (p: Period): Record<string, number> =>
      Object.fromEntries(parts.map((name) => [name, solved(layout, name, p)]));
    return contribution(at(addPeriods(period, -1)), at(period));
  });
  const [year, first] = [periods[0]!, accounts[0]!];
  const cell = (name: string, period: Period): string =>
    modelCell(layout, name, period) ??
    mistake('writeWorkbook', `'${name}' is no variable of the model`, 'name the parts of the total');
  const before = addPeriods(year, -1);
  const total = parts.map((name) => cell(name, before)).join('+');
  const n = parts.length;
  const sum = (column: number, row = 1): string =>
    `SUM(${address(row, column)}:${address(row + n - 1, column)})`;
  const detail = parts.map((name, i) => {
    const row = first.parts[i]!;
    return [
      text(name),
      ...labelsOf(plan, layout, name).map(text),
      live(`${cell(name, before)}/(${total})`, row.share, formats.rate),
      live(`${cell(name, year)}/${cell(name, before)}-1`, row.growth, formats.rate),
      live(`${address(i + 1, 3)}*${address(i + 1, 4)}`, row.pull, formats.rate),
      live(`${address(i + 1, 5)}/${address(n + 1, 5, '$')}`, row.contribution, formats.rate),
    ];
  });
  const totals = [
    text(question.total),
    ...labelsOf(plan, layout, question.total).map(text),
    live(sum(3), 1, formats.rate, 'total'),
    live(address(n + 1, 5), first.growth, formats.rate, 'total'),
    live(sum(5), first.growth, formats.rate, 'total'),
    live(sum(6), 1, formats.rate, 'total'),
  ];
  const from = n + 4;
  const pulls = parts.map((name, i) => [
    text(name),
    ...labelsOf(plan, layout, name).map(text),
    ...periods.map((period, k) => {
      const last = addPeriods(period, -1);
      const all = parts.map((part) => cell(part, last)).join('+');
      return live(
        `(${cell(name, period)}-${cell(name, last)})/(${all})`,
        accounts[k]!.parts[i]!.pull,
        formats.rate,
      );
    }),
  ]);
  return {
    name: sheetNames.contributions,
    rows: [
      [
        `name 名称`,
        'label',
        '标签',
        `share ${before} 比重`,
        `growth ${year} 增速`,
        'pull, points 拉动',
        'contribution 贡献率',
      ].map(head),
      ...detail,
      totals,
      [],
      ['pull, points 拉动', '', '', ...periods].map(head),
      ...pulls,
      [
        text('sum'),
        undefined,
        undefined,
        ...periods.map((_, k) => live(sum(3 + k, from), accounts[k]!.growth, formats.rate, 'total')),
      ],
    ],
    frozen: { rows: 1, columns: 1 },
  };
}
