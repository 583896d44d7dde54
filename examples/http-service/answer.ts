import type * as z from 'zod';
import type { Issue } from '../../src/index.ts';
import { answers } from './answers.ts';
import { parseBody } from './body.ts';
import type { Limits } from './limits.ts';
import { problemOf, refuse } from './refuse.ts';
import { requestsWithin } from './requests.ts';
import type { Address } from './requests.ts';

/** What is sent back: a status, and JSON in bytes, a problem document where the status is not 200. */
export interface Answer {
  readonly status: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A function from the bytes of a request to the bytes of its answer. It never throws; what it cannot mend it logs. */
export function answerWithin(limits: Limits): (address: Address, bytes: Uint8Array) => Answer {
  const requests = requestsWithin(limits);
  return (address, bytes) => {
    try {
      const body = check(requests[address], parseBody(bytes, limits.depth));
      const value = answers[address](body as never, limits);
      return { status: 200, body: toBytes(value) };
    } catch (error) {
      const found = problemOf(error);
      if (found.status === 500) console.error(`${address}:`, error);
      return { status: found.status, body: toBytes(found) };
    }
  };
}

/** NaN and ±Infinity become null and -0 becomes 0, as JSON has them; every other number is read back to the same bits. */
function toBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The body, checked by the schema of the field that it has. */
function check(schemas: Readonly<Record<string, z.ZodType>>, body: unknown): unknown {
  const fields = Object.keys(schemas);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse('not-valid', [
      {
        code: 'wrong-type',
        path: [],
        expected: `an object with ${fields.join(' or ')}`,
        received: shown(body),
      },
    ]);
  const field = fields.find((name) => Object.hasOwn(body, name));
  if (field === undefined) {
    const received = Object.keys(body).slice(0, 8).join(', ');
    return refuse('not-valid', [
      {
        code: 'missing-field',
        path: [],
        expected: `the field ${fields.join(' or ')}`,
        received: received === '' ? 'none' : received,
      },
    ]);
  }
  const checked = schemas[field]!.safeParse(body);
  if (checked.success) return checked.data;
  const { issues } = checked.error;
  const name = issues.some(({ code }) => code === 'too_big') ? 'over-limit' : 'not-valid';
  return refuse(
    name,
    issues.slice(0, mostIssues).flatMap((issue) => issuesOf(issue, body)),
  );
}

/** So that a body of ten thousand mistakes does not come back as a book. */
const mostIssues = 50;

function issuesOf(issue: z.core.$ZodIssue, body: unknown): Issue[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown-field',
      path: [...path, key],
      expected: 'a field that is documented at /openapi.json',
      received: `'${key}'`,
    }));
  const value = valueAt(body, path);
  const expected = expectation(issue);
  if (value === undefined) return [{ code: 'missing-field', path, expected, received: 'nothing' }];
  const code = issue.code === 'too_big' || issue.code === 'too_small' ? 'bad-range' : 'wrong-type';
  return [{ code, path, expected, received: sizeOf(issue, value) ?? shown(value) }];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return issue.message.startsWith('Invalid') ? (plainly[issue.expected] ?? issue.expected) : issue.message;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  const things = 'origin' in issue ? (counted[String(issue.origin)] ?? '') : '';
  if (issue.code === 'too_big') return `at most ${issue.maximum}${things}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}${things}`;
  return issue.message;
}

/** Types in the words of JSON. */
const plainly: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'values by name',
  nonoptional: 'a value',
};

const counted: Readonly<Record<string, string>> = { array: ' elements', string: ' characters' };

/** What was received where it is its length that is wrong. */
function sizeOf(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return undefined;
  return Array.isArray(value) || typeof value === 'string' ? String(value.length) : undefined;
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  );
}

/** A value in a message: short, on one line. */
function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? `'${value.slice(0, 80)}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
