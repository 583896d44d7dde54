import type { Issue } from '../issue.ts';
import type { Indicator, Label } from '../plan/indicator.ts';
import { frequencyOf, indexOf, perYear, periodAt } from '../time/period.ts';
import type { Frequency, Period } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';

/**
 * What a file says about one of its series: as much of an `Indicator` as stands there, and where it comes from.
 *
 * A field that the file does not give is absent, never guessed; `{ kind: 'flow', ...published }` completes it.
 */
export interface PublishedIndicator extends Partial<Indicator> {
  /** The series' words in the file, without its unit; its name where the file has no words. */
  readonly label: Label;
  readonly frequency: Frequency;
  /** Who published the figures, and under which name. */
  readonly source?: string;
}

/** What could be read of a file of figures, and everything wrong or doubtful in it. */
export interface TableReading {
  readonly data: Dataset;
  /** What each series of `data` is, under the same name. */
  readonly indicators: Readonly<Record<string, PublishedIndicator>>;
  readonly issues: readonly Issue[];
}

/** Where something stands in a file: row and column of a table, or keys from the root. */
export type Place = readonly (string | number)[];

/** One figure of a file. */
export interface Observation {
  /** Name of the series it belongs to. */
  readonly series: string;
  readonly period: Period;
  /** `NaN` where the file says that the figure is missing. */
  readonly value: number;
  readonly place: Place;
  /** Whether the figure was written with a percent sign, so that `value` is a ratio. */
  readonly percent?: boolean;
}

/** A fact that a file may state about a series. */
export type Fact = 'label' | 'labelZh' | 'unit' | 'kind' | 'prices' | 'scope' | 'source' | 'code';

/** What is known of each series by its name; `null` where the file contradicts itself. */
export type Facts = Map<string, Map<Fact, string | null>>;

/** State a fact of a series. A second, different statement is an issue, after which neither is taken. */
export function state(
  facts: Facts,
  series: string,
  fact: Fact,
  value: string | undefined,
  place: Place,
  issues: Issue[],
): void {
  if (value === undefined || value === '') return;
  let known = facts.get(series);
  if (known === undefined) facts.set(series, (known = new Map()));
  const before = known.get(fact);
  if (before === undefined) known.set(fact, value);
  else if (before !== null && before !== value) {
    known.set(fact, null);
    issues.push({
      code: 'doubtful',
      path: place,
      expected: `one ${fact} for all figures of ${brief(series)}`,
      received: `${brief(before)} and ${brief(value)}`,
      // Other words or another source leave the figures as they are; another unit does not.
      ...(/^(?:label|source|code)/.test(fact) ? { severity: 'warning' as const } : {}),
    });
  }
}

/**
 * The series that a file's figures make: the one way from figures to series, which all readers share.
 *
 * The order of the figures does not matter. Periods without a figure are missing. A figure that stands twice is taken
 * once; two different figures for one period are both refused. A series has the frequency that most of its figures
 * have. What is left out is said in `issues`, which the reading takes over.
 */
export function readingOf(observations: readonly Observation[], facts: Facts, issues: Issue[]): TableReading {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.series);
    if (group === undefined) groups.set(observation.series, [observation]);
    else group.push(observation);
  }
  // A hostile file may put two figures of each series ten thousand years apart.
  let room = 2_000_000 + 50 * observations.length;
  const data: [string, Series][] = [];
  const indicators: [string, PublishedIndicator][] = [];
  for (const [name, group] of groups) {
    const place = group[0]!.place;
    if (name === '__proto__') {
      issues.push({
        code: 'not-read',
        path: place,
        expected: 'another name: JavaScript objects reserve this one',
        received: brief(name),
      });
      continue;
    }
    const known = facts.get(name);
    const { kept, isRatio } = settlePercent(name, oneFrequency(name, group, issues), known, issues);
    const sorted = kept.toSorted((a, b) => indexOf(a.period) - indexOf(b.period));
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) continue;
    const start = indexOf(first.period);
    const length = indexOf(last.period) - start + 1;
    room -= length;
    if (room < 0) {
      issues.push({
        code: 'irregular-periods',
        path: place,
        expected: 'figures for most of the periods between the first and the last',
        received: `${sorted.length} figures from ${first.period} to ${last.period}`,
      });
      room += length;
      continue;
    }
    const frequency = frequencyOf(first.period);
    data.push([name, { start: periodAt(frequency, start), values: fill(sorted, start, length, issues) }]);
    indicators.push([name, published(name, frequency, known, isRatio)]);
  }
  return { data: Object.fromEntries(data), indicators: Object.fromEntries(indicators), issues };
}

/** A reading with nothing in it but the issue that says why. */
export function nothingRead(issue: Issue): TableReading {
  return { data: {}, indicators: {}, issues: [issue] };
}

/** A value of a file as a message shows it: texts and numbers themselves, the rest by what it is. */
export function brief(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${(value.length > 60 ? `${value.slice(0, 56)}...` : value).replace(/\s+/g, ' ')}'`;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'nothing';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `a list of ${value.length}`;
      return value instanceof Date ? 'a date' : 'an object';
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    default:
      return 'something else';
  }
}

/** "'a'", or "'a' and 3 more": the first of several, for one message about all. */
export function briefList(values: readonly unknown[]): string {
  return values.length > 1 ? `${brief(values[0])} and ${values.length - 1} more` : brief(values[0]);
}

/** The figures of the frequency that most have, the finer one when two have as many. */
function oneFrequency(name: string, group: readonly Observation[], issues: Issue[]): readonly Observation[] {
  const counts = new Map<Frequency, number>();
  for (const { period } of group) counts.set(frequencyOf(period), (counts.get(frequencyOf(period)) ?? 0) + 1);
  if (counts.size === 1) return group;
  const [frequency] = [...counts].toSorted(([f, n], [g, m]) => m - n || perYear[g] - perYear[f])[0]!;
  const others = group.filter(({ period }) => frequencyOf(period) !== frequency);
  issues.push({
    code: 'irregular-periods',
    path: others[0]!.place,
    expected: `a ${frequency}, as most figures of ${brief(name)} have`,
    received: briefList(others.map(({ period }) => period)),
  });
  return group.filter(({ period }) => frequencyOf(period) === frequency);
}

/**
 * In a series with percent signs, what to do with the figures that have none: they are percentages when the unit says
 * so; else whichever the fewer are is refused, since 12 and 12 % differ by a hundred.
 */
function settlePercent(
  name: string,
  group: readonly Observation[],
  known: Map<Fact, string | null> | undefined,
  issues: Issue[],
): { readonly kept: readonly Observation[]; readonly isRatio: boolean } {
  const isBare = (o: Observation): boolean => o.percent !== true && Number.isFinite(o.value) && o.value !== 0;
  const signed = group.filter((o) => o.percent === true);
  if (signed.length === 0) return { kept: group, isRatio: false };
  const bare = group.filter(isBare);
  if (bare.length === 0) return { kept: group, isRatio: true };
  if (known?.get('unit') === '%')
    return {
      kept: group.map((o) => (isBare(o) ? { ...o, value: hundredth(o.value) } : o)),
      isRatio: true,
    };
  const isRatio = signed.length >= bare.length;
  const refused = new Set(isRatio ? bare : signed);
  issues.push({
    code: 'doubtful',
    path: (isRatio ? bare : signed)[0]!.place,
    expected: isRatio
      ? `a percent sign, as the other figures of ${brief(name)} have`
      : `no percent sign, as the other figures of ${brief(name)}`,
    received: `${refused.size} of ${group.length} figures ${isRatio ? 'without' : 'with'} one, not taken`,
  });
  return { kept: group.map((o) => (refused.has(o) ? { ...o, value: NaN } : o)), isRatio };
}

/** A hundredth by the digits, as `ratio` takes it: 12.1 is 0.121; small and large numbers are written with an exponent. */
function hundredth(value: number): number {
  const [digits, power = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(power) - 2}`);
}

/** Values by period; of two figures for one period the same is taken once, different ones not at all. */
function fill(sorted: readonly Observation[], start: number, length: number, issues: Issue[]): number[] {
  const values = Array.from({ length }, () => NaN);
  for (let i = 0; i < sorted.length;) {
    const { period } = sorted[i]!;
    let next = i + 1;
    while (next < sorted.length && sorted[next]!.period === period) next += 1;
    const numbers = [...new Set(sorted.slice(i, next).map((o) => (o.value === 0 ? 0 : o.value)))].filter(
      (value) => !Number.isNaN(value),
    );
    if (next - i > 1) {
      const conflict = numbers.length > 1;
      issues.push({
        code: 'duplicate',
        path: sorted[i + 1]!.place,
        expected: `one figure of ${brief(sorted[i]!.series)} for ${period}`,
        received: conflict
          ? `${numbers.toSorted((a, b) => a - b).join(' and ')}, none of which is taken`
          : `the same ${next - i} times`,
        ...(conflict ? {} : { severity: 'warning' as const }),
      });
    }
    if (numbers.length === 1) values[indexOf(period) - start] = next - i > 1 ? numbers[0]! : sorted[i]!.value;
    i = next;
  }
  return values;
}

function published(
  name: string,
  frequency: Frequency,
  known: Map<Fact, string | null> | undefined,
  isRatio: boolean,
): PublishedIndicator {
  const given: Record<string, string> = {};
  for (const [fact, value] of known ?? []) if (value !== null) given[fact] = value;
  const { label = name, labelZh, ...facts } = given;
  return {
    label: labelZh === undefined ? label : { en: label, zh: labelZh },
    ...facts,
    ...(isRatio ? { unit: 'ratio', kind: 'rate' as const } : {}),
    frequency,
  };
}
