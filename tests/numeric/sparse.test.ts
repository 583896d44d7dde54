import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearSystem, setMatrix, solveSystem } from '../../src/numeric/linear-system.ts';
import { lu, solveLu } from '../../src/numeric/lu.ts';
import { matching } from '../../src/numeric/matching.ts';
import { matrix, multiplyVector, transpose } from '../../src/numeric/matrix.ts';
import { eliminationOrder } from '../../src/numeric/ordering.ts';
import { iterate, iteration, loadValues } from '../../src/numeric/sparse-iterative.ts';
import { factor } from '../../src/numeric/sparse-factor.ts';
import {
  analyse,
  entriesOf,
  refactor,
  solveInPlace,
  solveTransposedInPlace,
} from '../../src/numeric/sparse-lu.ts';
import { equilibrate, multiplySparse, sparsePattern } from '../../src/numeric/sparse.ts';
import type { SparsePattern } from '../../src/numeric/sparse.ts';

interface Entries {
  size: number;
  rows: number[];
  columns: number[];
  values: number[];
}

/** Any entries at all, in any order, some of them twice. */
const entries: fc.Arbitrary<Entries> = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc
    .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: -99, max: 99 })), {
      maxLength: 4 * size,
    })
    .map((list) => ({
      size,
      rows: list.map(([i]) => i),
      columns: list.map(([, j]) => j),
      values: list.map(([, , v]) => v / 8),
    })),
);

/** Regular: a dominant diagonal, its rows shuffled, rows and columns in any units. */
const regular: fc.Arbitrary<Entries> = fc
  .tuple(
    entries,
    fc.integer({ min: 0, max: 1000 }),
    fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 50, maxLength: 50 }),
  )
  .map(([e, turn, units]) => {
    const total = new Float64Array(e.size).fill(1);
    e.values.forEach((v, k) => (total[e.rows[k]!]! += Math.abs(v)));
    const diagonal = [...total.keys()];
    const place = (i: number) => (i + turn) % e.size;
    const all = {
      size: e.size,
      rows: [...e.rows, ...diagonal],
      columns: [...e.columns, ...diagonal],
      values: [...e.values, ...total],
    };
    return {
      ...all,
      rows: all.rows.map(place),
      values: all.values.map(
        (v, k) => v * 10 ** (units[place(all.rows[k]!)]! + units[25 + all.columns[k]!]!),
      ),
    };
  });

function sparse({ size, rows, columns, values }: Entries): { pattern: SparsePattern; values: Float64Array } {
  const { pattern, slots } = sparsePattern(size, rows, columns);
  const kept = new Float64Array(pattern.rows.length);
  slots.forEach((slot, k) => (kept[slot]! += values[k]!));
  return { pattern, values: kept };
}

function dense({ size, rows, columns, values }: Entries) {
  const a = matrix(size, size);
  values.forEach((v, k) => (a.data[rows[k]! * size + columns[k]!]! += v));
  return a;
}

/** The largest residual beside the terms that it is made of. */
function backwardError(
  pattern: SparsePattern,
  values: Float64Array,
  x: Float64Array,
  b: Float64Array,
  transposed = false,
) {
  const n = pattern.size;
  const product = multiplySparse(pattern, values, x, new Float64Array(n), transposed);
  const sizes = multiplySparse(
    pattern,
    values.map(Math.abs),
    x.map(Math.abs),
    new Float64Array(n),
    transposed,
  );
  let worst = 0;
  for (let i = 0; i < n; i++)
    worst = Math.max(worst, Math.abs(product[i]! - b[i]!) / (sizes[i]! + Math.abs(b[i]!) || 1));
  return worst;
}

/** Ones in the units of the unknowns, so that every column counts alike. */
function inUnits(pattern: SparsePattern, values: Float64Array, transposed = false): Float64Array {
  const { rowScale, columnScale } = equilibrate(pattern, values);
  return ones(pattern.size).map((v, k) => v * (transposed ? rowScale : columnScale)[k]!);
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const ones = (n: number) => Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));
const options = { seed: 1, numRuns: 300 };

describe('sparsePattern', () => {
  it('holds every entry once, columns and rows ascending, and multiplies like the dense matrix', () => {
    fc.assert(
      fc.property(entries, (e) => {
        const { pattern, values } = sparse(e);
        for (let j = 0; j < e.size; j++) {
          for (let p = pattern.starts[j]! + 1; p < pattern.starts[j + 1]!; p++) {
            expect(pattern.rows[p]!).toBeGreaterThan(pattern.rows[p - 1]!);
          }
        }
        const x = ones(e.size);
        const a = dense(e);
        expect(multiplySparse(pattern, values, x, new Float64Array(e.size))).toEqual(multiplyVector(a, x));
        expect(multiplySparse(pattern, values, x, new Float64Array(e.size), true)).toEqual(
          multiplyVector(transpose(a), x),
        );
      }),
      options,
    );
  });

  it('says which entry lies outside', () => {
    expect(() => sparsePattern(2, [0, 2], [0, 0])).toThrow('entry 1 at (2, 0) is outside 2 by 2');
    expect(() => sparsePattern(2, [0], [])).toThrow('1 rows and 0 columns');
  });

  it('equilibrating brings the largest of every row and column near one', () => {
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse(e);
        const { rowScale, columnScale } = equilibrate(pattern, values);
        for (let j = 0; j < e.size; j++) {
          let largest = 0;
          for (let p = pattern.starts[j]!; p < pattern.starts[j + 1]!; p++) {
            largest = Math.max(largest, Math.abs(values[p]! * rowScale[pattern.rows[p]!]! * columnScale[j]!));
          }
          expect(largest).toBeGreaterThan(0.2);
          expect(largest).toBeLessThan(5);
        }
      }),
      options,
    );
  });
});

describe('matching', () => {
  it('pairs as many as random values give rank, and its culprits are too many for what they hold', () => {
    fc.assert(
      fc.property(entries, (e) => {
        const { pattern } = sparse(e);
        const m = matching(pattern);
        m.rowOf.forEach((i, j) => {
          if (i < 0) return;
          expect(m.columnOf[i]).toBe(j);
          expect(pattern.rows.subarray(pattern.starts[j], pattern.starts[j + 1])).toContain(i);
        });
        expect(m.rowOf.filter((i) => i >= 0).length).toBe(m.rank);
        // Koenig: the culprits prove that no larger matching exists.
        const { overdetermined: over, underdetermined: under } = m;
        expect(over.rows.length - over.columns.length).toBe(e.size - m.rank);
        expect(under.columns.length - under.rows.length).toBe(e.size - m.rank);
        const rows = new Set(over.rows);
        for (let j = 0; j < e.size; j++) {
          const held = pattern.rows.subarray(pattern.starts[j], pattern.starts[j + 1]);
          if (held.some((i) => rows.has(i))) expect(over.columns).toContain(j);
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('names the equations that share too few unknowns', () => {
    // Equations 0 and 2 both hold unknown 1 only; unknowns 0 and 2 are in equation 1 only.
    const m = matching(sparsePattern(3, [0, 1, 1, 2], [1, 0, 2, 1]).pattern);
    expect(m.rank).toBe(2);
    expect(m.overdetermined).toEqual({ rows: [0, 2], columns: [1] });
    expect(m.underdetermined).toEqual({ rows: [1], columns: [0, 2] });
  });
});

describe('eliminationOrder', () => {
  it('is a permutation whose promised fill is the fill that factoring on the diagonal makes', () => {
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse(e);
        const symbolic = analyse(pattern);
        expect([...symbolic.order.columns].sort((a, b) => a - b)).toEqual(
          [...pattern.starts.keys()].slice(0, e.size),
        );
        const f = factor(symbolic, values);
        if (f.rowOrder.every((i, k) => i === symbolic.matching.rowOf[f.columnOrder[k]!])) {
          expect(entriesOf(f)).toBe(symbolic.order.entries);
        }
      }),
      options,
    );
  });

  it('an arrow fills nothing, whichever way it points, and a dense matrix is full', () => {
    const n = 40;
    const k = range(n);
    for (const tip of [0, n - 1]) {
      const { pattern } = sparsePattern(
        n,
        [...k, ...k, ...k.map(() => tip)],
        [...k, ...k.map(() => tip), ...k],
      );
      expect(analyse(pattern).order.entries).toBe(3 * n - 2);
    }
    const full = sparsePattern(
      n,
      k.flatMap((i) => k.map(() => i)),
      k.flatMap(() => k),
    ).pattern;
    expect(analyse(full).order.entries).toBe(n * n);
    expect(analyse(full).order.work).toBe((n * (n * n - 1)) / 3);
    expect(eliminationOrder(full, matching(full).rowOf, 100).complete).toBe(false);
  });
});

describe('factor, refactor and solve', () => {
  it('solve any regular system, in any units, and its transpose', () => {
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse(e);
        const f = factor(analyse(pattern), values);
        expect(f.singular).toBe(undefined);
        for (const transposed of [false, true]) {
          const b = multiplySparse(
            pattern,
            values,
            inUnits(pattern, values, transposed),
            new Float64Array(e.size),
            transposed,
          );
          const x = Float64Array.from(b);
          (transposed ? solveTransposedInPlace : solveInPlace)(f, x);
          expect(backwardError(pattern, values, x, b, transposed)).toBeLessThan(1e-13);
        }
      }),
      options,
    );
  });

  it('refactoring gives the very bits of factoring where the scales and pivots stay', () => {
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse(e);
        const first = factor(analyse(pattern), values);
        const again = factor(first.symbolic, values);
        refactor(
          again,
          values.map((v) => v * 1.5),
        );
        expect(refactor(again, values)).toBe(true);
        expect(again.diagonal).toEqual(first.diagonal);
        expect(again.lValues).toEqual(first.lValues);
      }),
      options,
    );
  });

  it('a refactorisation that says yes solves, with other values in the same places', () => {
    fc.assert(
      fc.property(regular, fc.integer({ min: 1, max: 99 }), (e, salt) => {
        const { pattern, values } = sparse(e);
        const f = factor(analyse(pattern), values);
        const other = values.map((v, k) => v * (1 + 0.3 * Math.sin(k * salt)));
        if (!refactor(f, other)) return;
        const b = multiplySparse(pattern, other, inUnits(pattern, other), new Float64Array(e.size));
        const x = Float64Array.from(b);
        solveInPlace(f, x);
        expect(backwardError(pattern, other, x, b)).toBeLessThan(1e-11);
      }),
      options,
    );
  });

  it('agrees with the dense factors', () => {
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse({
          ...e,
          values: e.values.map((v) => Math.sign(v) * (1 + (Math.abs(v) % 1))),
        });
        const a = matrix(e.size, e.size);
        for (let j = 0; j < e.size; j++) {
          for (let p = pattern.starts[j]!; p < pattern.starts[j + 1]!; p++)
            a.data[pattern.rows[p]! * e.size + j] = values[p]!;
        }
        const d = lu(a);
        const f = factor(analyse(pattern), values);
        if (d.singularAt >= 0 || f.singular !== undefined) return;
        const x = ones(e.size);
        solveInPlace(f, x);
        const y = solveLu(d, ones(e.size));
        const size = Math.max(...y.map(Math.abs));
        if (size < 1e4) x.forEach((v, i) => expect(Math.abs(v - y[i]!)).toBeLessThan(1e-9 * (1 + size)));
      }),
      options,
    );
  });

  it('asks for new pivots when a settled one has shrunk', () => {
    const { pattern } = sparsePattern(2, [0, 1, 0, 1], [0, 0, 1, 1]);
    const f = factor(analyse(pattern), new Float64Array([4, 1, 1, 3]));
    expect(refactor(f, new Float64Array([1e-9, 1, 1, 1e-9]))).toBe(false);
    expect(refactor(f, new Float64Array([NaN, 1, 1, 3]))).toBe(false);
    expect(refactor(f, new Float64Array([1, 2, 2, 4]))).toBe(false);
    expect(refactor(f, new Float64Array([4, 1, 1, 3]))).toBe(true);
    const b = new Float64Array([5, 4, 9, 7]);
    solveInPlace(f, b);
    solveInPlace(f, b, 2);
    // Two right-hand sides in one array.
    [1, 1, 20 / 11, 19 / 11].forEach((v, i) => expect(b[i]).toBeCloseTo(v, 14));
  });

  it('pivots off the diagonal when a value there is zero', () => {
    const { pattern } = sparsePattern(2, [0, 1, 0, 1], [0, 0, 1, 1]);
    const f = factor(analyse(pattern), new Float64Array([0, 1, 1, 0]));
    expect(f.singular).toBe(undefined);
    const b = new Float64Array([2, 3]);
    solveInPlace(f, b);
    expect([...b]).toEqual([3, 2]);
  });

  it('says where a matrix is singular by its values, in any units, and where by its pattern', () => {
    fc.assert(
      fc.property(regular, fc.nat(24), fc.nat(24), (e, one, two) => {
        const i = one % e.size;
        const j = two % e.size;
        if (i === j) return;
        // Row j becomes 0.1 times row i: the pattern has both, the values are dependent up to rounding.
        const a = dense(e);
        for (let c = 0; c < e.size; c++) a.data[j * e.size + c] = 0.1 * a.data[i * e.size + c]!;
        const places = [...a.data.keys()].filter((p) => a.data[p] !== 0);
        const dependent = sparse({
          size: e.size,
          rows: places.map((p) => Math.floor(p / e.size)),
          columns: places.map((p) => p % e.size),
          values: places.map((p) => a.data[p]!),
        });
        const symbolic = analyse(dependent.pattern);
        if (symbolic.matching.rank < e.size) {
          expect(() => factor(symbolic, dependent.values)).toThrow('structural rank');
          return;
        }
        const f = factor(symbolic, dependent.values);
        expect(f.singular).not.toBe(undefined);
        expect(() => solveInPlace(f, ones(e.size))).toThrow('singular at column');
      }),
      options,
    );
  });

  it('refuses another number of values or equations', () => {
    const symbolic = analyse(sparsePattern(2, [0, 1], [0, 1]).pattern);
    expect(() => factor(symbolic, new Float64Array(3))).toThrow('3 values for 2 entries');
    const f = factor(symbolic, new Float64Array([1, 2]));
    expect(() => refactor(f, new Float64Array(1))).toThrow('1 values for 2 entries');
    expect(() => solveInPlace(f, new Float64Array(1))).toThrow('1 values for 2 equations');
  });
});

describe('iterate', () => {
  it('is as good as a direct solution whenever it says yes, and transposed too', () => {
    let solved = 0;
    fc.assert(
      fc.property(regular, (e) => {
        const { pattern, values } = sparse(e);
        const f = iteration(pattern, matching(pattern), values);
        if (!loadValues(f, values)) return;
        for (const transposed of [false, true]) {
          const b = multiplySparse(
            pattern,
            values,
            inUnits(pattern, values, transposed),
            new Float64Array(e.size),
            transposed,
          );
          const x = Float64Array.from(b);
          if (!iterate(f, x, transposed)) {
            expect(x).toEqual(b);
            continue;
          }
          solved++;
          expect(backwardError(pattern, values, x, b, transposed)).toBeLessThan(1e-13);
        }
      }),
      options,
    );
    expect(solved).toBeGreaterThan(400);
  });
});

/** y_i = 0.2 y_j1 - 0.1 y_j2 + what is known, as in the shared synthetic systems. */
function synthetic(size: number) {
  const k = range(size);
  const other = (i: number, factor: number, shift: number) =>
    (factor * i + shift) % size === i ? (i + 1) % size : (factor * i + shift) % size;
  return {
    size,
    rows: [...k, ...k, ...k],
    columns: [...k, ...k.map((i) => other(i, 7, 3)), ...k.map((i) => other(i, 13, 5))],
    values: [...k.map(() => 1), ...k.map(() => -0.2), ...k.map(() => 0.1)],
  };
}

describe('linearSystem', () => {
  it('chooses factors where they stay sparse and an iteration where they fill in', () => {
    expect(linearSystem(sparse(synthetic(100)).pattern).method).toBe('direct');
    expect(linearSystem(sparse(synthetic(1000)).pattern).method).toBe('iterative');
    const n = 2000;
    const k = range(n);
    const chain = sparsePattern(n, [...k, ...k], [...k, ...k.map((i) => (i + n - 1) % n)]).pattern;
    expect(linearSystem(chain).method).toBe('direct');
  });

  for (const size of [100, 1000]) {
    const file = new URL(`../../../shared/data/synthetic-linear-${size}.json`, import.meta.url);
    for (const method of ['direct', 'iterative'] as const) {
      it.skipIf(!existsSync(file))(
        `holds ${size} equations over 20 periods to their exact solution, ${method}`,
        () => {
          const golden = JSON.parse(readFileSync(file, 'utf8')) as { t1: number[]; t20: number[] };
          const { pattern, values } = sparse(synthetic(size));
          const system = linearSystem(pattern, method);
          let y = Float64Array.from({ length: size }, (_, i) => 1 + 0.001 * (i % 7));
          for (let t = 1; t <= 20; t++) {
            expect(setMatrix(system, values)).toBe(true);
            y = y.map((last, i) => 0.5 * last + 1 + 0.1 * (i % 10) + 0.01 * t);
            expect(solveSystem(system, y)).toBe(true);
            const expected = t === 1 ? golden.t1 : t === 20 ? golden.t20 : undefined;
            expected?.forEach((v, i) => expect(Math.abs(y[i]! - v)).toBeLessThan(1e-10));
          }
          expect(system.method).toBe(method);
        },
      );
    }
  }

  it('gives way to the factors when the iteration fails, and the factors name what is singular', () => {
    // Off-diagonals of 40 and -70 beside a diagonal of one: no incomplete factor tames them.
    const wild = synthetic(300);
    wild.values = wild.values.map((v, k) => (v === 1 ? 1 : v < 0 ? 40 + (k % 7) : -70 - (k % 5)));
    const { pattern, values } = sparse(wild);
    const system = linearSystem(pattern, 'iterative');
    expect(setMatrix(system, values)).toBe(true);
    const b = ones(300);
    const x = Float64Array.from(b);
    expect(solveSystem(system, x)).toBe(true);
    expect(backwardError(pattern, values, x, b)).toBeLessThan(1e-12);
    expect(system.method).toBe('direct');

    // A ring of y_i = y_next + b_i says nothing of its level. While the b add up to zero an iteration alone is content.
    const k = range(300);
    const ring = sparse({
      size: 300,
      rows: [...k, ...k],
      columns: [...k, ...k.map((i) => (i < 5 ? (i + 1) % 5 : (i + 7) % 300))],
      values: [...k.map(() => 1), ...k.map((i) => (i < 5 ? -1 : -0.3))],
    });
    const alone = iteration(ring.pattern, matching(ring.pattern), ring.values);
    expect(loadValues(alone, ring.values)).toBe(true);
    expect(iterate(alone, multiplySparse(ring.pattern, ring.values, ones(300), new Float64Array(300)))).toBe(
      true,
    );
    const level = linearSystem(ring.pattern, 'iterative');
    expect(setMatrix(level, ring.values)).toBe(false);
    expect(level.singular!.column).toBeLessThan(5);
    expect(solveSystem(level, ones(300))).toBe(false);
  });

  it('refuses what cannot be solved by its pattern, or was not set', () => {
    const system = linearSystem(sparsePattern(2, [0, 1], [0, 0]).pattern);
    expect(() => setMatrix(system, new Float64Array(2))).toThrow('structural rank 1 of 2');
    expect(() => solveSystem(system, new Float64Array(2))).toThrow('no matrix was set');
    const one = linearSystem(sparsePattern(1, [0], [0]).pattern);
    expect(() => setMatrix(one, new Float64Array(2))).toThrow('2 values for 1 entries');
    setMatrix(one, new Float64Array([2]));
    expect(() => solveSystem(one, new Float64Array(2))).toThrow('2 values for 1 equations');
  });
});
