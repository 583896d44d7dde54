import { mistake, shown, suggestion } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import { addPeriods, frequencyOf, indexOf, isPeriod, periodAt, periodsBetween } from '../time/period.ts';
import type { Frequency, Period, Span } from '../time/period.ts';
import { datasetArgument, extent } from '../time/series.ts';
import type { Dataset, Series } from '../time/series.ts';
import { parameterValue } from './model.ts';
import type { Model } from './model.ts';
import { addFactorName } from './program.ts';
import type { SlotLayout } from './program.ts';
import type { System } from './system.ts';

/**
 * What a parameter, an exogenous series or an add-factor is set to: one value for all solved periods, a series, or
 * values by period. Values are in the name's own unit; `'-5%'` is -0.05.
 */
export type Setting = Rate | Series | Readonly<Partial<Record<Period, Rate>>>;

/** Settings by name. */
export type Settings<N extends string = string> = Readonly<Partial<Record<N, Setting>>>;

/** The numbers of a solution: `width` slots for each period, `lead` periods of history before the first solved one. */
export interface Table {
  readonly data: Float64Array;
  readonly width: number;
  readonly rows: number;
  /** Rows of history before the first solved period: the model's longest lag. */
  readonly lead: number;
  /** Period index of row 0, and what it counts. */
  readonly first: number;
  readonly frequency: Frequency;
}

/** What fills a table, beside the model: history, and what a call sets. */
export interface Inputs {
  readonly history: Dataset;
  readonly over: Span;
  readonly set?: Settings;
  readonly addFactors?: Settings;
}

/** The period of a row. */
export function periodOfRow(table: Table, row: number): Period {
  return periodAt(table.frequency, table.first + row);
}

/**
 * A table filled from history, parameters and settings. Nothing is checked for being missing: see `missingInput`.
 *
 * @throws RangeError for a setting of an unknown name, of a variable that an equation determines, or of another frequency
 */
export function fillTable(
  call: string,
  model: Model,
  system: System,
  layout: SlotLayout,
  { history, over, set = {}, addFactors = {} }: Inputs,
): Table {
  datasetArgument(call, history, 'history');
  const lead = Math.max(0, ...system.maxLag.values());
  const count = periodsBetween(over[0], over[1], call) + 1;
  const rows = lead + count;
  const { width, names } = layout;
  const frequency = frequencyOf(over[0]);
  const data = new Float64Array(rows * width).fill(NaN);
  const table: Table = { data, width, rows, lead, first: indexOf(over[0]) - lead, frequency };
  const variables = system.equations.length + system.exogenous.length;
  for (let slot = 0; slot < width; slot++) {
    const name = names[slot]!;
    if (slot < variables) {
      if (Object.hasOwn(history, name)) writeSeries(call, table, slot, name, history[name]!);
    } else if (slot < variables + system.parameters.length) {
      const value = parameterValue(model.parameters[name]!);
      for (let row = 0; row < rows; row++) data[row * width + slot] = value;
    } else {
      for (let row = 0; row < rows; row++) data[row * width + slot] = 0;
    }
  }
  for (const [name, setting] of Object.entries(set)) {
    if (setting === undefined) continue;
    const slot = layout.slots.get(name);
    if (slot === undefined) {
      return mistake(
        call,
        `'${name}' is set and the model has no such name`,
        suggestion(name, [...system.parameters, ...system.exogenous]),
      );
    }
    if (slot < system.equations.length) {
      return mistake(
        call,
        `'${name}' is set and an equation determines it`,
        'exogenise it over the range, or give its equation an add-factor',
      );
    }
    writeSetting(call, table, slot, name, setting);
  }
  for (const [name, setting] of Object.entries(addFactors)) {
    if (setting !== undefined)
      writeSetting(call, table, layout.slotOf(addFactorName(name)), `the add-factor of ${name}`, setting);
  }
  return table;
}

/** Write a setting over the solved periods that it speaks of, and a series also over the history rows it covers. */
function writeSetting(call: string, table: Table, slot: number, name: string, setting: Setting): void {
  const { data, width } = table;
  eachSetting(call, table, name, setting, (row, value) => {
    if (!Number.isNaN(value)) data[row * width + slot] = value;
  });
}

/**
 * Visit the rows that a setting speaks of, with its values: one value speaks of all solved periods.
 *
 * @param name what is set, for messages
 * @throws RangeError for a text that is no percentage, a key that is no period, or another frequency
 */
export function eachSetting(
  call: string,
  table: Table,
  name: string,
  setting: Setting,
  visit: (row: number, value: number) => void,
): void {
  const { rows, lead } = table;
  if (typeof setting === 'number' || typeof setting === 'string') {
    const value = ratio(setting, call);
    for (let row = lead; row < rows; row++) visit(row, value);
  } else if (isSeries(setting)) {
    eachValue(call, table, name, setting, visit);
  } else {
    for (const [period, value] of Object.entries(setting)) {
      if (!isPeriod(period))
        mistake(
          call,
          `'${name}' is set at ${shown(period)}, which is not a period`,
          "write { '2014': value }",
        );
      if (value !== undefined)
        eachValue(call, table, name, { start: period, values: [ratio(value, call)] }, visit);
    }
  }
}

function writeSeries(call: string, table: Table, slot: number, name: string, s: Series): void {
  const { data, width } = table;
  eachValue(call, table, name, s, (row, value) => {
    if (!Number.isNaN(value)) data[row * width + slot] = value;
  });
}

function eachValue(
  call: string,
  table: Table,
  name: string,
  s: Series,
  visit: (row: number, value: number) => void,
): void {
  const { rows, first, frequency } = table;
  if (frequencyOf(s.start) !== frequency) {
    mistake(
      call,
      `'${name}' is by ${frequencyOf(s.start)} and the model is solved by ${frequency}`,
      'aggregate or disaggregate it to one frequency',
    );
  }
  const offset = indexOf(s.start) - first;
  const { values } = s;
  for (let i = Math.max(0, -offset); i < values.length && offset + i < rows; i++)
    visit(offset + i, values[i]!);
}

function isSeries(setting: Exclude<Setting, Rate>): setting is Series {
  return 'start' in setting && 'values' in setting;
}

/**
 * Refuse what an equation would need and nobody gave: an exogenous value in a solved period, any value that a lag
 * reaches back to.
 *
 * @param given whether a determined variable is given rather than solved in a row; absent when none ever is
 */
export function checkInputs(
  call: string,
  table: Table,
  system: System,
  layout: SlotLayout,
  history: Dataset,
  given?: (variable: string, row: number) => boolean,
): void {
  const { data, width, rows, lead } = table;
  const determined = system.equations.length;
  for (let slot = 0; slot < width; slot++) {
    const lag = layout.lags[slot]!;
    if (lag < 0) continue;
    const name = layout.names[slot]!;
    const end =
      slot >= determined ? rows - (system.minLag.get(name) ?? 0) : given === undefined ? lead : rows;
    for (let row = lead - lag; row < end; row++) {
      const value = data[row * width + slot]!;
      if (Number.isFinite(value)) continue;
      if (slot < determined && row >= lead && given?.(name, row) !== true) continue;
      refuse(call, table, system, name, row, history, value);
    }
  }
}

function refuse(
  call: string,
  table: Table,
  system: System,
  name: string,
  row: number,
  history: Dataset,
  value: number,
): never {
  const period = periodOfRow(table, row);
  const user = system.equations.find((e) => e.branches.some((b) => mentions(b, name)))?.variable ?? name;
  const has = Object.hasOwn(history, name);
  if (system.parameters.includes(name))
    return mistake(call, `the parameter '${name}' is ${value}`, `give it a value: set: { ${name}: ... }`);
  if (value === Infinity || value === -Infinity)
    return mistake(call, `'${name}' is ${value} at ${period}`, 'give a finite number');
  const firstSolved = addPeriods(period, table.lead - row);
  if (!has) {
    const others = [...system.parameters, ...Object.keys(history)];
    return mistake(
      call,
      `'${name}' has no series and the equation of '${user}' needs it at ${period}`,
      `give it in the history or a setting; ${suggestion(name, others)}`,
    );
  }
  if (row < table.lead) {
    return mistake(
      call,
      `'${name}' has no value at ${period} (${extent(history[name]!)}), which the lags of the model reach back to from ${firstSolved}`,
      'extend the history or start later',
    );
  }
  return mistake(
    call,
    `'${name}' has no value at ${period} (${extent(history[name]!)}) and the equation of '${user}' needs it`,
    'extend the series, or set it in a scenario',
  );
}

function mentions(
  { left, right, when }: System['equations'][number]['branches'][number],
  name: string,
): boolean {
  return [left, right, ...(when === undefined ? [] : [when])].some((e) => {
    const text = JSON.stringify(e);
    return text.includes(`"name":${JSON.stringify(name)}`);
  });
}

/**
 * A column of the table as a series that continues the history: history as far back as it goes without a gap, then
 * the solved periods.
 */
export function seriesOf(table: Table, slot: number, history: Series | undefined): Series {
  const { data, width, rows, lead, first, frequency } = table;
  const solved: number[] = [];
  for (let row = lead; row < rows; row++) solved.push(data[row * width + slot]!);
  const start = first + lead;
  if (history === undefined) return { start: periodAt(frequency, start), values: solved };
  const from = indexOf(history.start);
  const before = start - from;
  if (before <= 0 || before > history.values.length)
    return { start: periodAt(frequency, start), values: solved };
  return { start: history.start, values: [...history.values.slice(0, before), ...solved] };
}
