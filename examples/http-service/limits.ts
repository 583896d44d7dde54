import { availableParallelism } from 'node:os';

/** What one request may ask for and what the service holds at a time. Each is overridden by its environment variable. */
const table = {
  bytes: { from: 'MAX_BYTES', value: 1_000_000, says: 'bytes of a request body' },
  depth: { from: 'MAX_DEPTH', value: 32, says: 'levels of nesting in a request body' },
  targets: { from: 'MAX_TARGETS', value: 200, says: 'targets of a plan' },
  characters: { from: 'MAX_CHARACTERS', value: 200_000, says: "characters of a plan's text" },
  horizon: { from: 'MAX_HORIZON', value: 120, says: 'periods that are projected, forecast or planned' },
  draws: { from: 'MAX_DRAWS', value: 1_000_000, says: 'draws of a simulation' },
  equations: { from: 'MAX_EQUATIONS', value: 2_000, says: 'equations of a model' },
  scenarios: { from: 'MAX_SCENARIOS', value: 100, says: 'scenarios of a request' },
  seconds: { from: 'MAX_SECONDS', value: 10, says: 'seconds that a request may take, its wait included' },
  waiting: { from: 'MAX_WAITING', value: 100, says: 'requests that wait for a thread' },
  threads: { from: 'THREADS', value: availableParallelism(), says: 'worker threads' },
  megabytes: { from: 'MAX_MEGABYTES', value: 512, says: 'megabytes of memory of a thread' },
} as const;

export type Limit = keyof typeof table;
export type Limits = Readonly<Record<Limit, number>>;

/** The limits as rows, for the page and for whoever starts the service. */
export const limitRows = Object.entries(table).map(([name, row]) => ({ name: name as Limit, ...row }));

/**
 * The limits in force: the table's, unless the environment says otherwise.
 *
 * @throws RangeError when a variable is no positive number, so that a typing mistake is seen at the start
 */
export function limitsFrom(env: Readonly<Record<string, string | undefined>> = {}): Limits {
  const entries = limitRows.map(({ name, from, value }) => {
    const given = env[from];
    if (given === undefined || given === '') return [name, value];
    const number = Number(given);
    // No timer runs longer than some weeks, and no count of a service is larger.
    if (!(number > 0 && number <= 1e9 && (name === 'seconds' ? number <= 86_400 : Number.isInteger(number))))
      throw new RangeError(`${from}=${given} is no limit; give a positive whole number, such as ${value}`);
    return [name, number];
  });
  return Object.fromEntries(entries) as Limits;
}
