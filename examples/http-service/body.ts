import type { Issue } from '../../src/index.ts';
import { refuse } from './refuse.ts';

/**
 * The value of a body, or a refusal: invalid UTF-8 or JSON, deep nesting, names that objects of JavaScript have of their
 * own, numbers that no double holds.
 *
 * The walk keeps its own stack, so that no nesting can overflow it.
 */
export function parseBody(bytes: Uint8Array, depth: number): unknown {
  const value = parseJson(bytes);
  const issue = firstIssue(value, depth);
  if (issue !== undefined) refuse('not-valid', 'nothing of the body was used', [issue]);
  return value;
}

/** Names by which an assignment could reach more than the object at hand. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const received = bytes.length === 0 ? 'nothing' : (error as Error).message;
    return refuse('not-json', received, [
      { code: 'not-json', path: [], expected: 'JSON in UTF-8', received },
    ]);
  }
}

interface Place {
  readonly value: unknown;
  readonly key: string | number;
  readonly above: Place | undefined;
  readonly depth: number;
}

function firstIssue(root: unknown, deepest: number): Issue | undefined {
  const open: Place[] = [{ value: root, key: '', above: undefined, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth } = place;
    if (typeof value === 'number' && !Number.isFinite(value))
      return {
        code: 'bad-number',
        path: pathOf(place),
        expected: 'a number up to 1.8e308',
        received: 'a larger one',
      };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest)
      return {
        code: 'wrong-type',
        path: pathOf(place).slice(0, 8),
        expected: `at most ${deepest} levels of nesting`,
        received: 'more',
      };
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++)
        open.push({ value: value[i] as unknown, key: i, above: place, depth: depth + 1 });
      continue;
    }
    for (const [key, inner] of Object.entries(value)) {
      const at: Place = { value: inner, key, above: place, depth: depth + 1 };
      if (reserved.has(key))
        return { code: 'unknown-field', path: pathOf(at), expected: 'another name', received: `'${key}'` };
      open.push(at);
    }
  }
  return undefined;
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.above !== undefined; at = at.above) path.push(at.key);
  return path.reverse();
}
