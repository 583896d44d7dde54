import { readFileSync } from 'node:fs';
import { defineModel, series } from '../../src/index.ts';
import type { Series } from '../../src/index.ts';

/** A file of tests/golden. */
export function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));
}

/** A yearly series as the golden files of Klein's model write it. */
export interface GoldenSeries {
  readonly start: readonly [number, number];
  readonly values: readonly (number | null)[];
}

export function read(data: Readonly<Record<string, GoldenSeries>>): Record<string, Series> {
  return Object.fromEntries(
    Object.entries(data).map(([name, s]) => [name, series(`${s.start[0]}`, s.values)]),
  );
}

export const exact = golden('klein-exact') as {
  readonly coefficients: Readonly<Record<string, readonly number[]>>;
  readonly interim_multipliers_1940_41: Readonly<Record<string, readonly number[]>>;
  readonly renorm_1940_41: {
    readonly targets: Readonly<Record<string, readonly number[]>>;
    readonly w2: readonly number[];
    readonly g: readonly number[];
  };
};

export const kleinHistory = read((golden('klein-data') as { series: Record<string, GoldenSeries> }).series);

const letters = { cn: 'a', i: 'b', w1: 'c' } as const;

/** Klein's Model I (1950) with the coefficients of the 40-digit reference. */
export const klein = defineModel({
  equations: [
    'cn = a1 + a2*p + a3*p[-1] + a4*(w1 + w2)',
    'i = b1 + b2*p + b3*p[-1] + b4*k[-1]',
    'w1 = c1 + c2*(y + t - w2) + c3*lag(y + t - w2) + c4*time',
    'y = cn + i + g - t',
    'p = y - (w1 + w2)',
    'k = k[-1] + i',
  ],
  parameters: Object.fromEntries(
    Object.entries(letters).flatMap(([name, letter]) =>
      exact.coefficients[name]!.map((value, k) => [`${letter}${k + 1}`, value]),
    ),
  ),
  variables: ['i'],
});
