import { suggestion } from '../mistake.ts';
import { planControl } from '../presets/plan-control.ts';
import type { PlanControl } from '../presets/plan-control.ts';
import type { Plan } from '../plan/plan.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import { labelOf } from '../plan/indicator.ts';
import { periodsOf, valueAt } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { fail } from './input.ts';
import { percent, print } from './output.ts';
import type { Answer } from './output.ts';
import { planOf } from './source.ts';
import { languageOf, listOf, modelOf, numberOf, pairsOf, parameterOf, parameterValue } from './values.ts';
import { isRate, variables, variableText } from './variables.ts';

/** `tinbergen control <plan> --hit gdp=12% --using g_services`: what must be true for targets to come true. */
export async function controlCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const hit = hitOf(options);
  const using = listOf(options, 'using').map((name) => parameterOf('using', name));
  if (using.length === 0) fail(['--using: names no parameter; write --using g_services'], 2);
  const constant = listOf(options, 'constant').map((name) => parameterOf('constant', name));
  const loose = constant.find((name) => !using.includes(name));
  if (loose !== undefined) fail([`--constant: '${loose}' is not among --using ${using.join(',')}`], 2);
  const bounds = boundsOf(options, using);
  const plan = await planOf(file!, options, io);
  const found = planControl(plan, {
    ...modelOf(options),
    hit,
    using,
    ...(constant.length === 0 ? {} : { constant }),
    ...(Object.keys(bounds).length === 0 ? {} : { bounds }),
  });
  return print(answerOf(plan, found, options), options, io);
}

function answerOf(plan: Plan, found: PlanControl, options: Given): Answer {
  const { hit, targets, instruments, before, atBounds, controllability } = found;
  const names = Object.keys(instruments) as TwoEngineParameter[];
  const needed = names.flatMap((name) =>
    periodsOf(instruments[name]).map((period) => {
      const [low, high] = twoEngineParameters[name].range;
      const value = valueAt(instruments[name], period);
      const side = value < low ? 'below' : value > high ? 'above' : 'inside';
      return {
        instrument: name,
        label: labelOf(twoEngineParameters[name].label, languageOf(options)),
        period,
        before: valueAt(before[name], period),
        needed: value,
        low,
        high,
        range: `${parameterText(name, low)} to ${parameterText(name, high)}`,
        place: atBounds.some((at) => at.instrument === name && at.period === period) ? 'at its bound' : side,
      };
    }),
  );
  const text = (key: 'before' | 'needed') => (row: (typeof needed)[number]) =>
    parameterText(row.instrument, row[key]);
  const words = hit
    ? 'The targets are hit.'
    : `Not every target can be hit with these instruments; the nearest is shown (${controllability.words}).`;
  return {
    value: found,
    exitCode: hit ? 0 : 1,
    parts: [
      `${plan.name}: ${words}`,
      {
        title: 'What must be true',
        columns: [
          { key: 'instrument' },
          { key: 'label', head: '', only: 'text' },
          { key: 'period' },
          { key: 'beforeText', head: 'as planned', as: 'number', only: 'text' },
          { key: 'neededText', head: 'needed', as: 'number', only: 'text' },
          { key: 'before', only: 'csv' },
          { key: 'needed', only: 'csv' },
          { key: 'range', head: 'documented range', only: 'text' },
          { key: 'low', only: 'csv' },
          { key: 'high', only: 'csv' },
          { key: 'place', head: '' },
        ],
        rows: needed.map((row) => ({
          ...row,
          beforeText: text('before')(row),
          neededText: text('needed')(row),
        })),
      },
      {
        title: 'Targets',
        columns: [
          { key: 'target' },
          { key: 'period' },
          { key: 'wanted', as: 'number' },
          { key: 'reached', as: 'number' },
          { key: 'hit', head: '' },
        ],
        rows: targets.map(({ target, period, wanted, reached, hit: reaches }) => ({
          target,
          period,
          wanted: variableText(target, wanted),
          reached: variableText(target, reached),
          hit: reaches ? 'hit' : 'missed',
        })),
      },
    ],
  };
}

/** A parameter's value for a person: yearly rates as percentages, other ratios as numbers. */
export function parameterText(name: TwoEngineParameter, value: number): string {
  const { unit } = twoEngineParameters[name];
  return unit.endsWith('/yr') ? percent(value) : String(Number(value.toPrecision(4))).replace('-', '−');
}

/** `gdp=12%`: growth of an indicator, or the value of a variable that has none. */
function hitOf(options: Given): Record<string, number> {
  const hit = Object.fromEntries(
    pairsOf(options, 'hit').map(([name, text]) => {
      if (!variables.includes(name))
        fail([`--hit: the model has no '${name}'; ${suggestion(name, variables)}`], 2);
      const value = numberOf('hit', text);
      const grows = isRate(name) || variables.includes(`growth_${name}`);
      if (grows && !/[%％‰]/.test(text) && Math.abs(value) > 2)
        fail([`--hit: ${name}=${text} would be ${100 * value} %; write ${name}=${text}%`], 2);
      return [name, value];
    }),
  );
  return Object.keys(hit).length > 0 ? hit : fail(['--hit: names no target; write --hit gdp=12%'], 2);
}

/** `g_services=6%..12%`, either end of which may be left open. */
function boundsOf(
  options: Given,
  using: readonly TwoEngineParameter[],
): Partial<Record<TwoEngineParameter, [number, number]>> {
  return Object.fromEntries(
    pairsOf(options, 'bounds').map(([name, text]) => {
      const known = parameterOf('bounds', name);
      if (!using.includes(known)) fail([`--bounds: '${known}' is not among --using ${using.join(',')}`], 2);
      const ends = /^(.+)\.\.(.+)$/.exec(text);
      if (ends === null) return fail([`--bounds: '${text}' is not low..high, such as ${name}=6%..12%`], 2);
      const [low, high] = [
        parameterValue('bounds', known, ends[1]!),
        parameterValue('bounds', known, ends[2]!),
      ];
      return low <= high
        ? [known, [low, high]]
        : fail([`--bounds: ${name} runs backwards, from ${ends[1]} to ${ends[2]}`], 2);
    }),
  );
}
