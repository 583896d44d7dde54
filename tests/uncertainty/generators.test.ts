import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../golden/uncertainty.json';
import { latinHypercube } from '../../src/numeric/latin-hypercube.ts';
import { nextGamma } from '../../src/numeric/gamma-draw.ts';
import { fillUniforms, nextUniform } from '../../src/numeric/sfc.ts';
import {
  directions,
  fillSobolWords,
  loadDirections,
  plainSobol,
  scrambledSobol,
} from '../../src/numeric/sobol-sequence.ts';
import type { SobolSequence } from '../../src/numeric/sobol-sequence.ts';
import { seedWords, threefry, uniformAt } from '../../src/numeric/threefry.ts';
import { fillNormals } from '../../src/numeric/ziggurat.ts';

const hex = (words: Int32Array) =>
  [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');

/** The first points of a sequence, a row per point. */
function points(s: SobolSequence, count: number, dimensions = s.dimensions): Uint32Array {
  const table = new Uint32Array(count * dimensions);
  const column = new Uint32Array(count);
  for (let j = 0; j < dimensions; j++) {
    fillSobolWords(s, j, 0, count, column);
    for (let i = 0; i < count; i++) table[i * dimensions + j] = column[i]!;
  }
  return table;
}

describe('counter-based generator', () => {
  test('known answers of Threefry-4x32-20', () => {
    const out = new Int32Array(4);
    threefry(0, 0, 0, 0, 0, 0, 0, 0, out);
    expect(hex(out)).toBe(golden.rng['threefry4x32-20'][0]!.out);
    threefry(-1, -1, -1, -1, -1, -1, -1, -1, out);
    expect(hex(out)).toBe(golden.rng['threefry4x32-20'][1]!.out);
    const words = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16) | 0);
    const { ctr, key, out: answer } = golden.rng['threefry4x32-20'][2]!;
    const [c, k] = [words(ctr), words(key)];
    threefry(c[0]!, c[1]!, c[2]!, c[3]!, k[0]!, k[1]!, k[2]!, k[3]!, out);
    expect(hex(out)).toBe(answer);
  });

  test('draws for a seed are a promise', () => {
    expect([uniformAt(0, 0, 0), uniformAt(2014, 3, 5), uniformAt(2n ** 63n, 0, 2 ** 40)]).toEqual([
      0.7017952499969523,
      PROMISE[0],
      PROMISE[1],
    ]);
    const out = new Float64Array(4);
    fillNormals(Int32Array.of(1, 2, 3, 4), out, 0, 4);
    expect([...out]).toEqual(PROMISE.slice(2));
  });

  test('seeds: zero and negative ones count, equal ones agree, others are refused', () => {
    expect(seedWords(5, 'x')).toEqual(seedWords(5n, 'x'));
    expect(seedWords('5', 'x')).toEqual(seedWords(5, 'x'));
    expect(uniformAt(0, 0, 0)).not.toBe(uniformAt(-1, 0, 0));
    expect(() => uniformAt(0.5, 0, 0)).toThrow('not a whole number');
    expect(() => uniformAt(2n ** 64n, 0, 0)).toThrow('64 bits');
  });
});

describe('bulk draws', () => {
  test('a shorter fill is the beginning of a longer one, and cuts between pairs do not matter', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 150 }), (seed, pairs) => {
        const [a, b] = [Int32Array.of(seed, 2, 3, 4), Int32Array.of(seed, 2, 3, 4)];
        const [x, y] = [new Float64Array(300), new Float64Array(300)];
        fillNormals(a, x, 0, 300);
        fillNormals(b, y, 0, 2 * pairs);
        fillNormals(b, y, 2 * pairs, 300);
        expect(y).toEqual(x);
        fillNormals(Int32Array.of(seed, 2, 3, 4), y.fill(0), 0, Math.max(0, 2 * pairs - 1));
        expect(y.slice(0, Math.max(0, 2 * pairs - 1))).toEqual(x.slice(0, Math.max(0, 2 * pairs - 1)));
        fillUniforms(a, x, 0, 1);
        expect(nextUniform(b)).toBe(x[0]);
      }),
      { seed: 1 },
    );
  });

  test('normals have the moments and tails of normals', () => {
    const n = 1 << 20;
    const out = new Float64Array(n);
    fillNormals(Int32Array.of(7, 8, 9, 10), out, 0, n);
    const power = (k: number) => out.reduce((sum, x) => sum + x ** k, 0) / n;
    const standardErrors = [
      power(1) * Math.sqrt(n),
      (power(2) - 1) * Math.sqrt(n / 2),
      power(3) * Math.sqrt(n / 15),
      (power(4) - 3) * Math.sqrt(n / 96),
    ];
    for (const z of standardErrors) expect(Math.abs(z)).toBeLessThan(4);
    const beyond = (limit: number) => out.filter((x) => Math.abs(x) > limit).length;
    for (const [limit, p] of [
      [1, 0.31731050786291415],
      [2, 0.04550026389635842],
      [3, 0.0026997960632601866],
      [3.7, 2.155e-4],
      [4.5, 6.795e-6],
    ] as const) {
      expect(Math.abs(beyond(limit) - n * p) / Math.sqrt(n * p)).toBeLessThan(4);
    }
  });

  test('gamma draws have the mean and variance of their shape', () => {
    for (const shape of [0.3, 1, 2.5, 40]) {
      const state = Int32Array.of(1, 2, 3, 5);
      const draws = Array.from({ length: 40_000 }, () => nextGamma(state, shape));
      const m = draws.reduce((a, b) => a + b) / draws.length;
      expect(Math.abs(m - shape) / Math.sqrt(shape / draws.length)).toBeLessThan(4);
    }
  });
});

describe("Sobol' points", () => {
  test('known answers to 1,024 dimensions', async () => {
    const table = points(plainSobol(directions(8)), 16);
    golden.sobol.first16x8.forEach((row, i) =>
      expect(Array.from(table.subarray(8 * i, 8 * i + 8))).toEqual(row),
    );
    const hash = (words: Uint32Array) =>
      createHash('sha256').update(new Uint8Array(words.buffer)).digest('hex');
    expect(hash(points(plainSobol(directions(64)), 1024))).toBe(golden.sobol.sha256_1024pts_64dims);
    expect(hash(points(plainSobol(await loadDirections()), 1024))).toBe(
      golden.sobol.sha256_1024pts_1024dims_u32le_rowmajor,
    );
    expect(() => directions(161)).toThrow('loadDirections');
  });

  test('scrambled points stay a net: each slice of each coordinate is hit once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(9), fc.nat(63), (seed, replicate, j) => {
        const s = scrambledSobol(directions(64), [seed, 0], replicate);
        const column = new Uint32Array(64);
        fillSobolWords(s, j, 128, 64, column);
        expect(new Set([...column].map((word) => word >>> 26)).size).toBe(64);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('any point can be asked for', () => {
    const s = scrambledSobol(directions(5), [1, 2], 3);
    const [all, one] = [new Uint32Array(100), new Uint32Array(1)];
    fillSobolWords(s, 4, 0, 100, all);
    for (const i of [0, 1, 63, 64, 99]) {
      fillSobolWords(s, 4, i, 1, one);
      expect(one[0]).toBe(all[i]);
    }
  });
});

test('a Latin hypercube has one point in each slice', () => {
  for (const column of latinHypercube(50, 3, 9)) {
    expect(new Set(column.map((u) => Math.floor(u * 50))).size).toBe(50);
  }
});

/** Values that a seed gave in the first release. */
const PROMISE = [
  0.8949880151685538, 0.9388224695089146, 2.3969096345865673e-8, 0.05155793160520755, -1.2702325104908205,
  -0.25674464761497945,
];
