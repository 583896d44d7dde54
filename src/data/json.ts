import { argument, checkOptions } from '../argument.ts';
import type { Issue } from '../issue.ts';
import { isPeriod, frequencyOf } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import { brief, nothingRead } from './reading.ts';
import type { PublishedIndicator, TableReading } from './reading.ts';
import { checkSaid, readColumns } from './table.ts';
import type { ReadOptions } from './table.ts';

/**
 * Read a data set from JSON: `{ "gdp": { "start": "2013", "values": [100, null, 112] } }`. `null` is missing.
 *
 * Two other forms are read too: `{ "data": ..., "indicators": ... }`, which is a reading written as it stands, and a
 * list of records such as `{ "series": "gdp", "period": "2013", "value": 100 }` or `{ "year": 2013, "gdp": 100 }`, by the
 * rules of `readCsv`.
 *
 * @param content JSON text or a parsed value
 * @returns the series that could be read, and issues with the place of what could not
 * @example readJson('{"gdp":{"start":"2013","values":[100,null]}}').data.gdp.values // [100, NaN]
 * @example readJson([{ year: 2013, gdp: 100 }, { year: 2014, gdp: 112 }]).data.gdp.values // [100, 112]
 */
export function readJson(content: unknown, options: ReadOptions = {}): TableReading {
  checkOptions('readJson', options, 'decimal source unit');
  checkSaid('readJson', options);
  const parsed = typeof content === 'string' ? parseJson(content) : { value: content };
  if ('issue' in parsed) return nothingRead(parsed.issue);
  const { value } = parsed;
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) return readRecords(value, options);
  if (!isRecord(value))
    return nothingRead({ code: 'wrong-type', path: [], expected: 'series by name', received: brief(value) });
  const isWhole = isRecord(value['data']) && !('start' in value['data']);
  const base = isWhole ? ['data'] : [];
  const issues: Issue[] = [];
  const data: [string, Series][] = [];
  for (const [name, given] of Object.entries((isWhole ? value['data'] : value) as Record<string, unknown>)) {
    const s = readSeries([...base, name], name, given, issues);
    if (s !== undefined) data.push([name, s]);
  }
  const said = isWhole && isRecord(value['indicators']) ? value['indicators'] : {};
  const indicators = data.map(([name, s]) => [name, indicatorOf(name, s, said, issues)] as const);
  return { data: Object.fromEntries(data), indicators: Object.fromEntries(indicators), issues };
}

/**
 * A data set as JSON text that `readJson` reads back; missing values are `null`.
 *
 * @param indicators what each series is, where it should be kept: the `indicators` of a reading
 * @example writeJson({ gdp: series('2013', [100, NaN]) }) // '{"gdp":{"start":"2013","values":[100,null]}}\n'
 */
export function writeJson(data: Dataset, indicators?: TableReading['indicators']): string {
  argument('writeJson', 'dataset', data, 'data set');
  return `${JSON.stringify(indicators === undefined ? data : { data, indicators })}\n`;
}

/** JSON text as a value, or the issue that says why it is none. */
export function parseJson(text: string): { readonly value: unknown } | { readonly issue: Issue } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch (error) {
    return { issue: { code: 'not-json', path: [], expected: 'JSON', received: (error as Error).message } };
  }
}

/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function readRecords(records: readonly Record<string, unknown>[], options: ReadOptions): TableReading {
  const keys = records.flatMap((record) => Object.keys(record));
  const fields = [...new Set(keys)];
  // Records that share no fields make a table of their product, which thousands of them would fill the memory with.
  if (records.length * fields.length > 200_000 + 10 * keys.length)
    return nothingRead({
      code: 'not-read',
      path: [],
      expected: 'records that share their fields, or { series, period, value } records',
      received: `${records.length} records with ${fields.length} fields, most of them in few`,
    });
  const rows = records.map((record) =>
    fields.map((field) => (Object.hasOwn(record, field) ? record[field] : undefined)),
  );
  return readColumns(fields, rows, options);
}

function readSeries(
  path: readonly string[],
  name: string,
  given: unknown,
  issues: Issue[],
): Series | undefined {
  if (!isRecord(given) || name === '__proto__') {
    issues.push({
      code: name === '__proto__' ? 'not-read' : 'wrong-type',
      path,
      expected:
        name === '__proto__' ? 'another name: JavaScript objects reserve this one' : '{ start, values }',
      received: brief(name === '__proto__' ? name : given),
    });
    return undefined;
  }
  const { start, values } = given;
  if (!isPeriod(start)) {
    issues.push({
      code: 'bad-period',
      path: [...path, 'start'],
      expected: "'2014', '2014-Q3' or '2014-07'",
      received: brief(start),
    });
    return undefined;
  }
  if (!Array.isArray(values)) {
    issues.push({
      code: 'wrong-type',
      path: [...path, 'values'],
      expected: 'a list of numbers',
      received: brief(values),
    });
    return undefined;
  }
  const numbers = values.map((value: unknown, i) => {
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    if (value !== null && !Number.isNaN(value))
      issues.push({
        code: 'bad-number',
        path: [...path, 'values', i],
        expected: 'a number, or null for missing',
        received: brief(value),
      });
    return NaN;
  });
  return { start, values: numbers };
}

const choices: Readonly<Record<string, readonly string[]>> = {
  kind: ['flow', 'stock', 'rate', 'index'],
  prices: ['constant', 'current', 'comparable'],
};

/** What the file says about a series; fields of another type are left out and said. */
function indicatorOf(
  name: string,
  s: Series,
  said: Record<string, unknown>,
  issues: Issue[],
): PublishedIndicator {
  const given = Object.hasOwn(said, name) ? said[name] : undefined;
  const fields: Record<string, unknown> = {};
  if (isRecord(given)) {
    for (const field of ['label', 'unit', 'kind', 'prices', 'deflator', 'code', 'scope', 'source']) {
      if (!Object.hasOwn(given, field)) continue;
      const value = given[field];
      const isLabel =
        field === 'label' &&
        isRecord(value) &&
        typeof value['en'] === 'string' &&
        typeof value['zh'] === 'string';
      if (isLabel || (typeof value === 'string' && (choices[field]?.includes(value) ?? true)))
        fields[field] = value;
      else
        issues.push({
          code: 'wrong-type',
          path: ['indicators', name, field],
          expected: choices[field]?.map((choice) => `'${choice}'`).join(', ') ?? 'a text',
          received: brief(value),
        });
    }
  }
  return { label: name, ...fields, frequency: frequencyOf(s.start) };
}
