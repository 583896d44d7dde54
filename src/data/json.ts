import type { Issue } from '../issue.ts';
import { shown } from '../mistake.ts';
import { isPeriod } from '../time/period.ts';
import type { Dataset, Series } from '../time/series.ts';
import type { TableReading } from './csv.ts';

/**
 * Read a data set from JSON: `{ "gdp": { "start": "2013", "values": [100, null, 112] } }`. `null` is missing.
 *
 * @param content JSON text or a parsed value
 * @returns the series that could be read, and issues with the place of what could not
 * @example readJson('{"gdp":{"start":"2013","values":[100,null]}}').data.gdp.values // [100, NaN]
 */
export function readJson(content: unknown): TableReading {
  let value = content;
  if (typeof content === 'string') {
    try {
      value = JSON.parse(content.replace(/^\ufeff/, ''));
    } catch (error) {
      return {
        data: {},
        issues: [{ code: 'not-json', path: [], expected: 'JSON', received: (error as Error).message }],
      };
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      data: {},
      issues: [{ code: 'wrong-type', path: [], expected: 'series by name', received: shown(value) }],
    };
  }
  const issues: Issue[] = [];
  const data: Record<string, Series> = {};
  for (const [name, given] of Object.entries(value as Record<string, unknown>)) {
    const s = readSeries(name, given, issues);
    if (s !== undefined) data[name] = s;
  }
  return { data, issues };
}

/** A data set as JSON text that `readJson` reads back; missing values are `null`. */
export function writeJson(data: Dataset): string {
  return `${JSON.stringify(data)}\n`;
}

function readSeries(name: string, given: unknown, issues: Issue[]): Series | undefined {
  if (typeof given !== 'object' || given === null || name === '__proto__') {
    issues.push({ code: 'wrong-type', path: [name], expected: '{ start, values }', received: shown(given) });
    return undefined;
  }
  const { start, values } = given as { start?: unknown; values?: unknown };
  if (!isPeriod(start)) {
    issues.push({
      code: 'bad-period',
      path: [name, 'start'],
      expected: "'2014', '2014-Q3' or '2014-07'",
      received: shown(start),
    });
    return undefined;
  }
  if (!Array.isArray(values)) {
    issues.push({
      code: 'wrong-type',
      path: [name, 'values'],
      expected: 'a list of numbers',
      received: shown(values),
    });
    return undefined;
  }
  const numbers = values.map((value: unknown, i) => {
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    if (value !== null && !Number.isNaN(value))
      issues.push({
        code: 'bad-number',
        path: [name, 'values', i],
        expected: 'a number, or null for missing',
        received: shown(value),
      });
    return NaN;
  });
  return { start, values: numbers };
}
