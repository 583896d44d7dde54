import { parseJson } from '../data/json.ts';
import type { Settings } from '../model/table.ts';
import { planScenarios, scenarioVariables } from '../presets/plan-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { addPeriods } from '../time/period.ts';
import { periodsOf } from '../time/series.ts';
import { basePeriod } from '../plan/plan.ts';
import type { Given, Io } from './command.ts';
import { fail, nameOf, readInput } from './input.ts';
import { print, toCsv } from './output.ts';
import { planOf } from './source.ts';
import { modelOf, pairsIn, parameterOf, parameterValue, textOf, textsOf, wholeOf } from './values.ts';
import { variablesOf, variableText } from './variables.ts';

/** `tinbergen scenarios <plan>`: named settings of the model beside the plan as written. */
export async function scenariosCommand([file]: readonly string[], options: Given, io: Io): Promise<number> {
  const variables = variablesOf(options, 'variables', scenarioVariables);
  const scenarios = scenariosIn(options, io);
  const plan = await planOf(file!, options, io);
  const horizon = wholeOf(options, 'horizon', 1, 100, 'years');
  const first = plan.span[0];
  const last = horizon === undefined ? first : addPeriods(basePeriod(plan), horizon);
  const periods = last < first ? [first] : periodsOf([first, last]);
  const rows = planScenarios(plan, scenarios, { ...modelOf(options), variables, periods });
  const names = [...new Set(rows.map(({ scenario }) => scenario))];
  const table = names.flatMap((scenario) =>
    periods.map((period) => ({
      scenario: scenario === 'baseline' ? 'plan as written' : scenario,
      period,
      ...Object.fromEntries(
        rows
          .filter((row) => row.scenario === scenario && row.period === period)
          .map(({ variable, value }) => [variable, variableText(variable, value)]),
      ),
    })),
  );
  return print(
    {
      value: rows,
      csv: longCsv(rows),
      parts: [
        {
          title: `${plan.name}: scenarios`,
          columns: [
            { key: 'scenario' },
            ...(periods.length > 1 ? [{ key: 'period' }] : []),
            ...variables.map((key) => ({ key, head: shortOf(key, variables), as: 'number' as const })),
          ],
          rows: table,
          notes: [
            'Growth rates of the year unless a name says otherwise; what a scenario does not set stays as in the plan.',
          ],
        },
      ],
    },
    options,
    io,
  );
}

/** `growth_retail` is `retail`, unless the level is shown too. */
function shortOf(name: string, among: readonly string[]): string {
  const short = name.replace(/^growth_/, '');
  return among.includes(short) ? name : short;
}

/** The scenarios that options and file name; undefined when they name none. */
function scenariosIn(options: Given, io: Io): Scenario[] | undefined {
  const file = textOf(options, 'scenarios');
  const named = [...(file === undefined ? [] : fromFile(file, io)), ...textsOf(options, 'set').map(fromText)];
  const seen = new Set<string>();
  for (const { name } of named) {
    if (name === 'baseline' || seen.has(name))
      fail(
        [
          `--set: the name '${name}' ${name === 'baseline' ? 'is that of the plan as written' : 'stands twice'}; choose another`,
        ],
        2,
      );
    seen.add(name);
  }
  return named.length === 0 ? undefined : named;
}

/** `'services-led: g_services=10%, g_output_industry=13%'`; without a name the settings are the name. */
function fromText(text: string): Scenario {
  const [, name, list] = /^(?:([^=:：]*)[:：])?(.*)$/su.exec(text)!;
  const set = settingsOf('set', pairsIn('set', list!));
  if (Object.keys(set).length === 0) fail([`--set: '${text}' sets nothing; write g_services=10%`], 2);
  return { name: name?.trim() || list!.trim(), set };
}

function settingsOf(option: string, pairs: readonly (readonly [string, string])[]): Settings {
  return Object.fromEntries(
    pairs.map(([name, value]) => {
      const known = parameterOf(option, name);
      return [known, parameterValue(option, known, value)];
    }),
  );
}

/** `[{ "name": "services-led", "set": { "g_services": "10%" } }]`, or settings by name. */
function fromFile(file: string, io: Io): Scenario[] {
  const parsed = parseJson(readInput(file, io));
  if ('issue' in parsed) return fail([`${nameOf(file)}: not valid JSON: ${parsed.issue.received}`]);
  const list: unknown[] = Array.isArray(parsed.value)
    ? parsed.value
    : Object.entries(parsed.value ?? {}).map(([name, set]) => ({ name, set: set as unknown }));
  const scenarios = list.map((given, i): Scenario => {
    const { name, set } = (given ?? {}) as { name?: unknown; set?: unknown };
    if (typeof name !== 'string' || typeof set !== 'object' || set === null)
      return fail([`${nameOf(file)}: [${i}]: expected { "name": ..., "set": { "g_services": "10%" } }`]);
    const pairs = Object.entries(set).map(([key, value]) => [key, String(value)] as const);
    return { name, set: settingsOf(`scenarios ${file}`, pairs) };
  });
  return scenarios.length > 0 ? scenarios : fail([`${nameOf(file)}: holds no scenarios`]);
}

function longCsv(rows: ReturnType<typeof planScenarios>): string {
  return toCsv({
    columns: ['scenario', 'variable', 'period', 'value', 'baseline', 'difference', 'change'].map((key) => ({
      key,
    })),
    rows: rows.map((row) => ({ ...row })),
  });
}
