import type { Issue } from '../issue.ts';
import { frequencyOf } from '../time/period.ts';
import type { Frequency, Period } from '../time/period.ts';
import { isMissing } from './figure.ts';
import { dateOf, expectedPeriod, periodsOfDates, readPeriod } from './period-label.ts';
import { brief, briefList, readingOf, state } from './reading.ts';
import type { Facts, Observation, Place, TableReading } from './reading.ts';
import { codedFacts, wordsOf } from './sdmx-units.ts';
import type { Code } from './sdmx-units.ts';

/** The codes of a figure by component, dimensions and attributes alike. */
export type Codes = ReadonlyMap<string, Code>;

/** Figures while an SDMX message is read. What is said of many figures at once is gathered first. */
export interface Gathering {
  readonly observations: Observation[];
  readonly facts: Facts;
  readonly issues: Issue[];
  /** Times that are no period here, by series. */
  readonly badTimes: Map<string, { readonly place: Place; readonly times: string[] }>;
  /** Figures that are not final, by series and status. */
  readonly states: Map<string, { readonly place: Place; readonly code: Code; readonly times: string[] }>;
  /** Combinations of codes that have been stated already, by series. */
  readonly stated: Map<string, Set<string>>;
}

/** One figure of an SDMX message, with everything that is attached to it. */
export interface SdmxFigure {
  /** The dimensions but time, in the order of the key. */
  readonly key: readonly Code[];
  /** Names of the dimensions of `key`. */
  readonly ids: readonly string[];
  /** Which of several measures this is; absent where there is one. */
  readonly measure?: string;
  readonly time: string;
  readonly value: unknown;
  /** Dimensions and attributes by their ids in capitals. */
  readonly codes: Codes;
  readonly source: string | undefined;
  readonly place: Place;
}

export function newGathering(): Gathering {
  return {
    observations: [],
    facts: new Map(),
    issues: [],
    badTimes: new Map(),
    states: new Map(),
    stated: new Map(),
  };
}

/** Take a figure in: its period, its number, its status and what its codes say about the series. */
export function gather(all: Gathering, figure: SdmxFigure): void {
  const { key, measure, time, codes, place } = figure;
  const parts = key.map((code) => code.id);
  const series = [...parts, ...(measure === undefined ? [] : [measure])].join('.') || 'OBS_VALUE';
  const frequency = codes.get('FREQ')?.id.toUpperCase();
  const period = periodIn(time, frequency);
  if (period === undefined) {
    const bad = all.badTimes.get(series);
    if (bad === undefined) all.badTimes.set(series, { place, times: [time] });
    else bad.times.push(time);
    return;
  }
  const value = numberIn(figure.value, place, all.issues);
  all.observations.push({ series, period, value, place });
  noteStatus(all, series, codes, time, value, place);
  stateCodes(all, series, figure);
}

/** The reading of all figures taken in. */
export function finish(all: Gathering): TableReading {
  for (const [series, { place, times }] of all.badTimes)
    all.issues.push({
      code: 'bad-period',
      path: place,
      expected: expectedPeriod(times[0]!),
      received: `${briefList(times)} in ${brief(series)}`,
    });
  for (const { place, code, times } of all.states.values())
    all.issues.push({
      code: 'doubtful',
      path: place,
      expected: 'a normal value',
      received: `${wordsOf(code)} for ${times[0]!}${times.length > 1 ? ` and ${times.length - 1} more` : ''}`,
      severity: 'warning',
    });
  return readingOf(all.observations, all.facts, all.issues);
}

const frequencies: Readonly<Record<string, Frequency | null>> = {
  A: 'year',
  Q: 'quarter',
  M: 'month',
  S: null,
  H: null,
  T: null,
  W: null,
  D: null,
  B: null,
};

/** The period of a time, when it has the frequency that the code of frequency says. */
function periodIn(time: string, code: string | undefined): Period | undefined {
  const said = code !== undefined && Object.hasOwn(frequencies, code) ? frequencies[code] : undefined;
  if (said === null) return undefined;
  const period = /^\d{4}(?:$|[-AQM])/.test(time) ? readPeriod(time) : undefined;
  if (period !== undefined) return said === undefined || frequencyOf(period) === said ? period : undefined;
  return said === undefined || dateOf(time) === undefined ? undefined : periodOfDate(time, said);
}

/** The period of a known frequency that begins or ends on a day. */
function periodOfDate(time: string, frequency: Frequency): Period | undefined {
  // The longest period that a first or last day fits is at least as long as the one meant.
  const [longest] = periodsOfDates([time]) ?? [];
  const date = dateOf(time);
  if (longest === undefined || date === undefined) return undefined;
  const months = { year: 12, quarter: 3, month: 1 };
  if (months[frequencyOf(longest)] < months[frequency]) return undefined;
  const year = String(date.year).padStart(4, '0');
  if (frequency === 'year') return year as Period;
  return (
    frequency === 'quarter'
      ? `${year}-Q${Math.ceil(date.month / 3)}`
      : `${year}-${String(date.month).padStart(2, '0')}`
  ) as Period;
}

function numberIn(value: unknown, place: Place, issues: Issue[]): number {
  if (value === null || value === undefined) return NaN;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string') {
    const text = value.trim();
    if (isMissing(text)) return NaN;
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)))
      return Number(text);
  }
  issues.push({ code: 'bad-number', path: place, expected: 'a number', received: brief(value) });
  return NaN;
}

function noteStatus(
  all: Gathering,
  series: string,
  codes: Codes,
  time: string,
  value: number,
  place: Place,
): void {
  const code = codes.get('OBS_STATUS') ?? codes.get('OBS_FLAG');
  if (code === undefined || code.id === '' || code.id === 'A' || code.id === '_Z' || Number.isNaN(value))
    return;
  const key = JSON.stringify([series, code.id]);
  const known = all.states.get(key);
  if (known === undefined) all.states.set(key, { place, code, times: [time] });
  else known.times.push(time);
}

function stateCodes(
  all: Gathering,
  series: string,
  { key, ids, measure, codes, source, place }: SdmxFigure,
): void {
  const unit = first(codes, 'UNIT_MEASURE', 'UNIT', 'UNIT_MEAS');
  const multiplier = first(codes, 'UNIT_MULT', 'UNIT_MULTIPLIER', 'POWERCODE', 'SCALE');
  const price = first(codes, 'PRICE_BASE', 'PRICES', 'PRICE');
  const title = first(codes, 'TITLE_COMPL', 'TITLE');
  const mark = [unit, multiplier, price, title].map((code) => code?.id ?? '').join('\n') + (source ?? '');
  let seen = all.stated.get(series);
  if (seen === undefined) all.stated.set(series, (seen = new Set()));
  if (seen.has(mark)) return;
  seen.add(mark);
  const { doubt, ...coded } = codedFacts(unit, multiplier, price);
  for (const fact of ['unit', 'kind', 'prices'] as const)
    state(all.facts, series, fact, coded[fact], place, all.issues);
  state(all.facts, series, 'source', source, place, all.issues);
  if (doubt !== undefined)
    all.issues.push({
      code: 'doubtful',
      path: place,
      expected: doubt.expected,
      received: `${doubt.received}, in ${brief(series)}`,
      severity: 'warning',
    });
  // The unit and the frequency of a series are fields of their own, not part of its words.
  const spoken = key.filter((_code, i) => !/^(?:FREQ|UNIT|UNIT_.*|POWERCODE)$/.test(ids[i]!.toUpperCase()));
  const words = title === undefined ? spoken : [title];
  const more = measure === undefined ? [] : [measure];
  const label = [...words.map((code) => code.name ?? code.id), ...more].join(', ');
  state(all.facts, series, 'label', label, place, all.issues);
  if (words.some((code) => code.nameZh !== undefined))
    state(
      all.facts,
      series,
      'labelZh',
      [...words.map((code) => code.nameZh ?? code.name ?? code.id), ...more].join('，'),
      place,
      all.issues,
    );
}

function first(codes: Codes, ...ids: readonly string[]): Code | undefined {
  for (const id of ids) {
    const code = codes.get(id);
    if (code !== undefined && code.id !== '') return code;
  }
  return undefined;
}
