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
  if (issue !== undefined) refuse('not-valid', [issue]);
  return value;
}

/** Names by which an assignment could reach more than the object at hand. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    const received = bytes.length === 0 ? 'nothing' : (error as Error).message;
    return refuse('not-json', [{ code: 'not-json', path: [], expected: 'JSON in UTF-8', received }]);
  }
}

interface Place {
  readonly value: object;
  readonly key: string | number;
  readonly above: Place | undefined;
  readonly depth: number;
}

function firstIssue(root: unknown, deepest: number): Issue | undefined {
  const open: Place[] = [{ value: { body: root }, key: '', above: undefined, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth } = place;
    const isList = Array.isArray(value);
    for (const [name, inner] of Object.entries(value)) {
      const key = isList ? Number(name) : name;
      const path = (): (string | number)[] => [...pathOf(place), key].slice(1);
      if (!isList && reserved.has(name))
        return { code: 'unknown-field', path: path(), expected: 'another name', received: `'${name}'` };
      if (inner === Infinity || inner === -Infinity)
        return {
          code: 'bad-number',
          path: path(),
          expected: 'a number up to 1.8e308',
          received: 'a larger one',
        };
      if (typeof inner !== 'object' || inner === null) continue;
      if (depth === deepest) {
        const expected = `at most ${deepest} levels of nesting`;
        return { code: 'wrong-type', path: path().slice(0, 8), expected, received: 'more' };
      }
      open.push({ value: inner as object, key, above: place, depth: depth + 1 });
    }
  }
  return undefined;
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at.above !== undefined; at = at.above) path.push(at.key);
  return path.reverse();
}
