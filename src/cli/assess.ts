import { track } from '../assess/track.ts';
import type { Tracked, TrackOptions } from '../assess/track.ts';
import type { Plan } from '../plan/plan.ts';
import { addPeriods } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { fail } from './input.ts';
import { print } from './output.ts';
import type { Answer, Rows } from './output.ts';
import { dataOf, planOf } from './source.ts';
import { targetColumns, targetRows } from './targets.ts';
import { languageOf, listOf, numberOf, textOf, wholeOf } from './values.ts';

/** `tinbergen assess <plan> --actual file.csv`: how each target is doing, years under way included. */
export async function assessCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const [actual, growth] = [textOf(options, 'actual'), textOf(options, 'growth')];
  if (actual === undefined && growth === undefined)
    fail(['give figures: --actual levels.csv, or --growth growth.csv for growth as published'], 2);
  if ([file, actual, growth].filter((name) => name === '-').length > 1)
    fail(["only one of plan, --actual and --growth can be standard input ('-')"], 2);
  const weights = listOf(options, 'weights').map((text) => numberOf('weights', text));
  const decimals = wholeOf(options, 'decimals', 0, 9);
  const language = languageOf(options);
  const plan = await planOf(file!, options, io);
  const figures = {
    ...(actual === undefined ? {} : { actual: dataOf(actual, io) }),
    ...(growth === undefined ? {} : { growth: asGrowth(dataOf(growth, io)) }),
  };
  const rows = tracked(plan, {
    language,
    ...figures,
    ...(weights.length === 0 ? {} : { weights }),
    ...(decimals === undefined ? {} : { decimals }),
  });
  return print(answerOf(plan, rows, options), options, io);
}

/** Growth beyond 200 % a year is a percentage without its sign. */
function asGrowth(data: Dataset): Dataset {
  for (const [name, { start, values }] of Object.entries(data)) {
    const i = values.findIndex((value) => Math.abs(value) > 2);
    if (i < 0) continue;
    const [value, period] = [values[i]!, addPeriods(start, i)];
    fail([
      `--growth: '${name}' is ${value} at ${period}, a growth of ${100 * value} %; write ${value}% for a percentage`,
    ]);
  }
  return data;
}

/** Weights of another number than the data has periods are a slip of the call. */
function tracked(plan: Plan, options: TrackOptions): Tracked[] {
  try {
    return track(plan, options);
  } catch (error) {
    if (options.weights === undefined || !(error instanceof RangeError)) throw error;
    return fail([`--weights: ${error.message}`], 2);
  }
}

function answerOf(plan: Plan, all: readonly Tracked[], options: Given): Answer {
  const whole = targetRows(plan, all, languageOf(options)).map((row, i) => {
    const { attainment, nowcast, pace } = all[i]!;
    return {
      ...row,
      attainment,
      toDate: nowcast?.toDate,
      to: nowcast?.period,
      needed: pace?.needed,
      light: pace?.light,
    };
  });
  const known = whole.filter(({ status, attainment }) => status !== 'unknown' || attainment !== undefined);
  const shown = options['all'] === true ? whole : known;
  const underway = known.filter(({ to }) => to !== undefined);
  const counts = (['met', 'on track', 'at risk', 'missed', 'unknown'] as const)
    .map((status) => [status, all.filter((row) => row.status === status).length] as const)
    .filter(([, n]) => n > 0)
    .map(([status, n]) => `${n} ${status}`);
  const main: Rows = {
    title: `${plan.name}: ${counts.join(', ')}`,
    columns: [
      ...targetColumns.identity,
      targetColumns.target,
      ...targetColumns.band,
      ...targetColumns.expected,
      ...targetColumns.gap,
      { key: 'attainment', as: 'percent', digits: 1 },
      targetColumns.probability,
      targetColumns.status,
      { key: 'toDate', only: 'csv' },
      { key: 'to', only: 'csv' },
      { key: 'needed', only: 'csv' },
      { key: 'light', only: 'csv' },
      { key: 'why', only: 'csv' },
      ...(options['all'] === true ? [{ key: 'why', only: 'text' as const }] : []),
    ],
    rows: shown,
  };
  const rest: Rows = {
    title: 'Years under way',
    columns: [
      targetColumns.name,
      { key: 'to', head: 'figures to' },
      { key: 'toDate', head: 'growth to date', as: 'percent' },
      { key: 'needed', head: 'the rest needs', as: 'percent' },
      { key: 'light', head: '' },
    ],
    rows: underway,
  };
  const first = all.find(({ status }) => status === 'unknown')?.why;
  return {
    value: all,
    parts: [
      ...(shown.length > 0 ? [main] : [`${main.title}. ${first ?? ''}`.trim()]),
      ...(underway.length > 0 ? [rest] : []),
      ...(shown.length > 0 && shown.length < all.length
        ? [`${all.length - shown.length} targets have no figures; --all shows them with the reason.`]
        : []),
    ],
  };
}
