import { suggestion } from '../mistake.ts';
import { arima } from '../forecast/arima.ts';
import { auto } from '../forecast/auto.ts';
import { combine } from '../forecast/combine.ts';
import { ets } from '../forecast/ets.ts';
import { forecast, intervals } from '../forecast/forecast.ts';
import type { Forecast, Method } from '../forecast/method.ts';
import { drift, logDrift, naive, seasonalNaive } from '../forecast/naive.ts';
import { theta } from '../forecast/theta.ts';
import type { Dataset } from '../time/series.ts';
import type { Given, Io } from './command.ts';
import { fail, nameOf } from './input.ts';
import { percent, print } from './output.ts';
import type { Column } from './output.ts';
import { progress } from './progress.ts';
import { dataOf } from './source.ts';
import { listOf, numberOf, wholeOf } from './values.ts';

/** Methods by the name on the command line. */
const methods: Readonly<Record<string, () => Method>> = {
  auto: () => auto(),
  naive: () => naive(),
  seasonalNaive: () => seasonalNaive(),
  drift: () => drift(),
  logDrift: () => logDrift(),
  theta: () => theta(),
  ets: () => ets(),
  arima: () => arima(),
};

/** `tinbergen forecast <file>`: what history says about the next periods of each series. */
export async function forecastCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const method = methodOf(options);
  const levels = levelsOf(options);
  const horizon = wholeOf(options, 'horizon', 1, 1000, 'periods');
  const data = chosen(dataOf(file!, io), options);
  const names = Object.keys(data);
  const settings = {
    ...(horizon === undefined ? {} : { horizon }),
    ...(options['level'] === true ? { declare: 'economic-level' as const } : {}),
  };
  const bar = progress('forecasting', names.length, io);
  const found: [string, Forecast][] = [];
  const empty: string[] = [];
  for (const [i, name] of names.entries()) {
    if (data[name]!.values.every((value) => Number.isNaN(value))) empty.push(name);
    else found.push([name, forecast(data[name]!, method, settings)]);
    bar.to(i + 1);
    // Lets the bar be drawn, and the program be stopped, between series.
    if (io.errIsTerminal) await new Promise(setImmediate);
  }
  bar.end();
  for (const name of empty) io.err(`tinbergen: ${nameOf(file!)}: '${name}' has no value; it is left out\n`);
  if (found.length === 0) fail([`${nameOf(file!)}: no series has a value`]);
  const rows = found.flatMap(([series, made]) => {
    const ends = intervals(made, levels);
    return made.steps.map((_, j) => {
      const own = ends.slice(j * levels.length, (j + 1) * levels.length);
      const { period, median, mean } = own[0]!;
      const sides = own.flatMap(({ level, low, high }) => [
        [`low${100 * level}`, low],
        [`high${100 * level}`, high],
      ]);
      return { series, period, median, mean, ...(Object.fromEntries(sides) as Record<string, number>) };
    });
  });
  const sides = levels.flatMap((level): Column[] => [
    { key: `low${100 * level}`, head: `low ${percent(level, 0)}`, as: 'plain' },
    { key: `high${100 * level}`, head: `high ${percent(level, 0)}`, as: 'plain' },
  ]);
  return print(
    {
      value: Object.fromEntries(
        found.map(([name, made]) => [name, { ...made, intervals: intervals(made, levels) }]),
      ),
      parts: [
        {
          columns: [
            { key: 'series' },
            { key: 'period' },
            { key: 'median', as: 'plain' },
            { key: 'mean', as: 'plain' },
            ...sides,
          ],
          rows,
          notes: found.map(([name, { method: used, notes }]) => `${name}: ${[used, ...notes].join('; ')}`),
        },
      ],
    },
    options,
    io,
  );
}

/** One method, or the mean of several. */
function methodOf(options: Given): Method {
  const names = listOf(options, 'method');
  const made = names.map((name) => {
    const key = Object.keys(methods).find(
      (known) => known.toLowerCase() === name.toLowerCase().replace(/[-_ ]/g, ''),
    );
    return key === undefined
      ? fail([`--method: there is no '${name}'; ${suggestion(name, Object.keys(methods))}`], 2)
      : methods[key]!();
  });
  return made.length === 0 ? auto() : combine(made);
}

function levelsOf(options: Given): number[] {
  const texts = listOf(options, 'levels');
  const levels = texts.map((text) => {
    const number = numberOf('levels', text);
    const level = number >= 1 ? number / 100 : number;
    return level > 0 && level < 1
      ? level
      : fail([`--levels: '${text}' is not a coverage between 0 and 100`], 2);
  });
  return levels.length === 0 ? [0.8, 0.95] : levels;
}

function chosen(data: Dataset, options: Given): Dataset {
  const names = listOf(options, 'series');
  const stranger = names.find((name) => !Object.hasOwn(data, name));
  if (stranger !== undefined)
    fail([`--series: there is no '${stranger}'; ${suggestion(stranger, Object.keys(data))}`], 2);
  return names.length === 0 ? data : Object.fromEntries(names.map((name) => [name, data[name]!]));
}
