import { mistake, shown, suggestion } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';
import type { Instrument } from './instrument.ts';
import type { Model } from './model.ts';
import type { Run } from './solve.ts';
import { eachSetting } from './table.ts';
import type { ControlOptions } from './control.ts';

/** A wanted value of a variable in a period. */
export interface Goal {
  readonly name: string;
  readonly slot: number;
  readonly row: number;
  readonly wanted: number;
  /** Size against which a miss counts. */
  readonly scale: number;
  readonly weight: number;
}

/** An instrument over the periods in which it has one value. */
export interface Unknown {
  readonly instrument: Instrument;
  readonly group: readonly [from: number, to: number];
  readonly start: number;
  readonly scale: number;
  readonly low: number;
  readonly high: number;
}

/** What is to be hit, and what may move, over a solved run. */
export interface Problem {
  readonly run: Run;
  readonly model: Model;
  readonly goals: readonly Goal[];
  readonly unknowns: readonly Unknown[];
  readonly addFactors: readonly string[];
}

/** The goals of the targets that lie in the solved span. */
export function goalsOf(run: Run, { targets, weights }: ControlOptions): Goal[] {
  const { table, compiled } = run;
  const goals: Goal[] = [];
  for (const [name, setting] of Object.entries(targets)) {
    if (setting === undefined) continue;
    const slot = compiled.system.determines.get(name);
    if (slot === undefined)
      return mistake(
        'control',
        `no equation determines the target '${name}'`,
        suggestion(name, compiled.system.determines.keys()),
      );
    const weight = (weights?.targets as Record<string, number> | undefined)?.[name] ?? 1;
    if (!(weight > 0))
      return mistake(
        'control',
        `the weight of '${name}' is ${shown(weight)}`,
        'give a weight above 0, or leave the target out',
      );
    eachSetting('control', table, `the target ${name}`, setting, (row, wanted) => {
      if (row < table.lead || Number.isNaN(wanted)) return;
      const now = table.data[row * table.width + slot]!;
      goals.push({
        name,
        slot,
        row,
        wanted,
        scale: Math.abs(wanted) || Math.abs(now) || 1,
        weight: Math.sqrt(weight),
      });
    });
  }
  if (goals.length === 0)
    return mistake(
      'control',
      'no target lies in the solved span',
      'give values of variables for solved periods',
    );
  return goals;
}

/** What the instruments may move by, with their bounds and scales. */
export function unknownsOf(
  { table }: Run,
  model: Model,
  instruments: readonly Instrument[],
  { bounds, weights }: ControlOptions,
): Unknown[] {
  if (instruments.length === 0)
    return mistake(
      'control',
      'there is no instrument',
      'name parameters, exogenous series or add-factors to move',
    );
  for (const name of Object.keys(bounds ?? {})) {
    if (!instruments.some((instrument) => instrument.name === name))
      mistake(
        'control',
        `bounds are given for '${name}', which is not an instrument`,
        suggestion(
          name,
          instruments.map((instrument) => instrument.name),
        ),
      );
  }
  return instruments.flatMap((instrument) => {
    const { name, slot, groups } = instrument;
    const given = (bounds as Record<string, readonly [Rate, Rate]> | undefined)?.[name];
    const [low, high] =
      given === undefined ? [-Infinity, Infinity] : [ratio(given[0], 'control'), ratio(given[1], 'control')];
    if (low > high)
      return mistake('control', `the bounds of '${name}' run from ${low} to ${high}`, 'give the lower first');
    const weight = (weights?.instruments as Record<string, number> | undefined)?.[name] ?? 1;
    if (!(weight > 0))
      return mistake('control', `the weight of '${name}' is ${shown(weight)}`, 'give a weight above 0');
    return groups.map((group): Unknown => {
      const start = table.data[group[0] * table.width + slot]!;
      return { instrument, group, start, scale: sizeOf(model, name, start) / Math.sqrt(weight), low, high };
    });
  });
}

/** What a move of an instrument is held against: its documented range, else its size, else 1. */
function sizeOf(model: Model, name: string, start: number): number {
  const parameter = Object.hasOwn(model.parameters, name) ? model.parameters[name] : undefined;
  if (
    typeof parameter === 'object' &&
    parameter.range !== undefined &&
    parameter.range[1] > parameter.range[0]
  )
    return parameter.range[1] - parameter.range[0];
  return Math.abs(start) || 1;
}
