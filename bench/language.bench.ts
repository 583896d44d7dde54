import { bench, describe } from 'vitest';
import { readPlan } from '../src/language/read.ts';
import { writePlan } from '../src/language/write.ts';
import corpus from '../tests/language/corpus.json' with { type: 'json' };

/**
 * Reading a megabyte of report text. The honest alternative is what anyone can write in an hour: one pass of a regular
 * expression that finds percentages and cannot say what they are.
 */
const zh = fill(
  corpus.rows
    .map((row) => row.text)
    .filter((text) => text.charCodeAt(0) > 0x2000)
    .join('\n'),
);
const en = fill(
  corpus.rows
    .map((row) => row.text)
    .filter((text) => text.charCodeAt(0) < 128)
    .join('\n'),
);
const plan = readPlan(zh.slice(0, 20_000), { year: 2014 }).plan;

describe('a megabyte of Chinese clauses, every one with a number', () => {
  bench('readPlan', () => void readPlan(zh, { year: 2014 }), { time: 2000 });
  bench(
    'a regular expression for percentages',
    () => void [...zh.matchAll(/[^，。；]*?\d+(?:\.\d+)?%/g)].length,
    { time: 500 },
  );
});

describe('a megabyte of English sentences, every one with a number', () => {
  bench('readPlan', () => void readPlan(en, { year: 2014 }), { time: 2000 });
  bench(
    'a regular expression for percentages',
    () => void [...en.matchAll(/[^,.;]*?\d+(?:\.\d+)?\s*(?:%|per ?cent)/g)].length,
    { time: 500 },
  );
});

describe('writing and reading back', () => {
  bench('writePlan', () => void writePlan(plan, { language: 'zh' }), { time: 500 });
  bench('readPlan(writePlan)', () => void readPlan(writePlan(plan, { language: 'zh' }), { year: 2014 }), {
    time: 500,
  });
});

function fill(text: string): string {
  return `${text}\n`.repeat(Math.ceil(1e6 / new TextEncoder().encode(text).length));
}
