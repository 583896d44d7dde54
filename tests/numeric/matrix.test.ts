import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, solveCholesky } from '../../src/numeric/cholesky.ts';
import { dotCompensated } from '../../src/numeric/compensated.ts';
import { symmetricEigen } from '../../src/numeric/eigen.ts';
import { inverseLu, lu, solveLu, solveLuInPlace, solveLuTransposedInPlace } from '../../src/numeric/lu.ts';
import {
  fromRows,
  identity,
  matrix,
  multiply,
  multiplyVector,
  norm,
  toRows,
  transpose,
} from '../../src/numeric/matrix.ts';
import type { Matrix } from '../../src/numeric/matrix.ts';
import { applyQ, applyQTransposed, qr } from '../../src/numeric/qr.ts';
import { solveSvd, svd } from '../../src/numeric/svd.ts';

const seed = { seed: 1, numRuns: 200 };
const value = fc.double({ min: -10, max: 10, noNaN: true }).map((v) => Math.round(v * 1e6) / 1e6);

function matrices(rows: fc.Arbitrary<number>, cols?: fc.Arbitrary<number>): fc.Arbitrary<Matrix> {
  return fc
    .tuple(rows, cols ?? fc.constant(-1))
    .chain(([m, n]) =>
      fc.tuple(
        fc.constant(m),
        fc.constant(n < 0 ? m : n),
        fc.array(value, { minLength: m * (n < 0 ? m : n), maxLength: m * (n < 0 ? m : n) }),
      ),
    )
    .map(([m, n, data]) => ({ rows: m, cols: n, data: Float64Array.from(data) }));
}
const size = fc.integer({ min: 1, max: 8 });
const square = matrices(size);
const any = matrices(size, size);

/** Diagonally dominant, so certainly regular and well conditioned. */
const regular = square.map((a) => {
  for (let i = 0; i < a.rows; i++) a.data[i * a.rows + i]! += 100;
  return a;
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++)
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(tolerance);
}

describe('matrix', () => {
  it('gives back its rows', () => {
    expect(
      toRows(
        fromRows([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    ).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(toRows(matrix(0, 0))).toEqual([]);
  });

  it('transposing twice and multiplying by the identity change nothing', () => {
    fc.assert(
      fc.property(any, (a) => {
        expect(transpose(transpose(a))).toEqual(a);
        expect(multiply(a, identity(a.cols))).toEqual(multiply(identity(a.rows), a));
      }),
      seed,
    );
  });

  it('the transpose of a product is the product of the transposes, turned', () => {
    fc.assert(
      fc.property(any, (a) => {
        const b = transpose(a);
        expectClose(transpose(multiply(a, b)).data, multiply(transpose(b), transpose(a)).data, 1e-10);
      }),
      seed,
    );
  });

  it('says which row has another length and which sizes do not fit', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow('row 1 has 1 values, row 0 has 2');
    expect(() => multiply(matrix(2, 3), matrix(2, 3))).toThrow('2 by 3 times 2 by 3');
    expect(() => multiplyVector(matrix(2, 3), [1, 2])).toThrow('vector of 2');
    expect(() => lu(matrix(2, 3))).toThrow('2 by 3');
  });

  it('norm does not overflow', () => {
    expect(norm([3e200, 4e200])).toBeCloseTo(5e200, -190);
    expect(norm([])).toBe(0);
  });
});

describe('dotCompensated', () => {
  it('keeps what cancels', () => {
    expect(dotCompensated(3, 0, [1e16, 1, -1e16], 0, 1, [1, 1, 1], 0, 1)).toBe(1);
    expect(dotCompensated(2, -1, [1e8, 1], 0, 1, [1e-8, 1e-20], 0, 1)).toBeCloseTo(
      2.092256083012847e-17 + 1e-20,
      30,
    );
  });
});

describe('lu', () => {
  it('solves, transposed too, and inverts', () => {
    fc.assert(
      fc.property(regular, (a) => {
        const f = lu(a);
        expect(f.singularAt).toBe(-1);
        const x = Float64Array.from({ length: a.rows }, (_, i) => i + 1);
        expectClose(solveLu(f, multiplyVector(a, x)), x, 1e-12);
        const b = multiplyVector(transpose(a), x);
        solveLuTransposedInPlace(f, b);
        expectClose(b, x, 1e-12);
        expectClose(multiply(inverseLu(f), a).data, identity(a.rows).data, 1e-12);
      }),
      seed,
    );
  });

  it('solving leaves a residual of the size of rounding for any matrix it calls regular', () => {
    fc.assert(
      fc.property(square, (a) => {
        const f = lu(a);
        if (f.singularAt >= 0) return;
        const x = solveLu(
          f,
          Float64Array.from({ length: a.rows }, () => 1),
        );
        const bound = 1e-13 * a.rows * (1 + norm(a.data) * norm(x));
        expectClose(multiplyVector(a, x), new Float64Array(a.rows).fill(1), bound);
      }),
      seed,
    );
  });

  it('a workspace is reused without leaving a trace', () => {
    const a = fromRows([
      [0, 1],
      [1, 0],
    ]);
    const b = fromRows([
      [2, 1],
      [1, 3],
    ]);
    const f = lu(a);
    expect(lu(b, f)).toBe(f);
    expect(solveLu(f, [3, 4])).toEqual(solveLu(lu(b), [3, 4]));
    expect(() => lu(identity(3), f)).toThrow('size 2');
  });

  it('names the column that depends on those before it, whatever the units', () => {
    fc.assert(
      fc.property(
        regular,
        fc.nat(7),
        fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 16, maxLength: 16 }),
        (a, pick, units) => {
          const n = a.rows;
          if (n < 2) return;
          const j = 1 + (pick % (n - 1));
          const scaled = matrix(n, n);
          for (let i = 0; i < n; i++) {
            let sum = 0;
            for (let k = 0; k < j; k++) sum += a.data[i * n + k]! * (k + 0.1);
            for (let k = 0; k < n; k++) {
              scaled.data[i * n + k] =
                (k === j ? sum : a.data[i * n + k]!) * 10 ** (units[i]! + units[8 + k]!);
            }
          }
          expect(lu(scaled).singularAt).toBe(j);
        },
      ),
      seed,
    );
  });

  it('does not call a badly scaled regular matrix singular', () => {
    expect(
      lu(
        fromRows([
          [1e12, 1e12],
          [0, 1e-9],
        ]),
      ).singularAt,
    ).toBe(-1);
    expect(lu(fromRows([[1e-200]])).singularAt).toBe(-1);
  });

  it('is singular for zeros and values that are not finite, and refuses to solve', () => {
    const f = lu(
      fromRows([
        [1, 2],
        [2, 4],
      ]),
    );
    expect(f.singularAt).toBe(1);
    expect(() => solveLu(f, [1, 1])).toThrow('singular at column 1');
    expect(lu(fromRows([[NaN]])).singularAt).toBe(0);
    expect(
      lu(
        fromRows([
          [1, 2],
          [3, NaN],
        ]),
      ).singularAt,
    ).toBe(1);
    expect(() => solveLuInPlace(lu(identity(2)), new Float64Array(3))).toThrow('3 values for 2 equations');
  });
});

describe('cholesky', () => {
  const definite = any.map((a) => {
    const s = multiply(a, transpose(a));
    for (let i = 0; i < s.rows; i++) s.data[i * s.rows + i]! += 1;
    return s;
  });

  it('squares back and solves', () => {
    fc.assert(
      fc.property(definite, (s) => {
        const f = cholesky(s);
        expect(f.failedAt).toBe(-1);
        expectClose(multiply(f.lower, transpose(f.lower)).data, s.data, 1e-12 * (1 + norm(s.data)));
        const x = Float64Array.from({ length: s.rows }, (_, i) => 1 - i);
        expectClose(multiplyVector(s, solveCholesky(f, multiplyVector(s, x))), multiplyVector(s, x), 1e-10);
      }),
      seed,
    );
  });

  it('says where a matrix stops being positive definite', () => {
    expect(
      cholesky(
        fromRows([
          [1, 2],
          [2, 1],
        ]),
      ).failedAt,
    ).toBe(1);
    expect(
      cholesky(
        fromRows([
          [0.1, 0.3],
          [0.3, 0.9],
        ]),
      ).failedAt,
    ).toBe(1);
    expect(cholesky(fromRows([[NaN]])).failedAt).toBe(0);
    expect(() => solveCholesky(cholesky(fromRows([[-1]])), [1])).toThrow('not positive definite at row 0');
  });
});

describe('qr', () => {
  it('Q has unit length and Q R is A with its columns in the order', () => {
    fc.assert(
      fc.property(any, (a) => {
        const f = qr(a);
        for (let j = 0; j < a.cols; j++) {
          const column = new Float64Array(a.rows);
          for (let k = 0; k <= Math.min(j, f.rank - 1); k++) column[k] = f.columns[j * a.rows + k]!;
          applyQ(f, column);
          for (let i = 0; i < a.rows; i++) {
            expect(Math.abs(column[i]! - a.data[i * a.cols + f.order[j]!]!)).toBeLessThan(1e-12);
          }
        }
        const e = Float64Array.from({ length: a.rows }, (_, i) => i - 2);
        const turned = Float64Array.from(e);
        applyQTransposed(f, turned);
        expect(Math.abs(norm(turned) - norm(e))).toBeLessThan(1e-12);
        applyQ(f, turned);
        expectClose(turned, e, 1e-12);
      }),
      seed,
    );
  });
});

describe('symmetricEigen', () => {
  it('puts the matrix together again, with orthonormal vectors and falling values', () => {
    fc.assert(
      fc.property(square, (a) => {
        const n = a.rows;
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[j * n + i] = a.data[i * n + j]!;
        const { values, vectors } = symmetricEigen(a);
        const scaled = matrix(n, n);
        for (let i = 0; i < n; i++)
          for (let k = 0; k < n; k++) scaled.data[i * n + k] = vectors.data[i * n + k]! * values[k]!;
        expectClose(multiply(scaled, transpose(vectors)).data, a.data, 1e-12 * (1 + norm(a.data)));
        expectClose(multiply(transpose(vectors), vectors).data, identity(n).data, 1e-13);
        for (let k = 1; k < n; k++) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
      }),
      seed,
    );
  });

  it('the second difference has the values 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 30;
    const a = matrix(n, n);
    for (let i = 0; i < n; i++) {
      a.data[i * n + i] = 2;
      if (i > 0) a.data[i * n + i - 1] = -1;
    }
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)));
    expectClose(symmetricEigen(a).values, expected, 1e-14);
  });
});

describe('svd', () => {
  it('puts any matrix together again', () => {
    fc.assert(
      fc.property(any, (a) => {
        const { u, v, values } = svd(a);
        const scaled = matrix(u.rows, u.cols);
        for (let i = 0; i < u.rows; i++)
          for (let k = 0; k < u.cols; k++) scaled.data[i * u.cols + k] = u.data[i * u.cols + k]! * values[k]!;
        expectClose(multiply(scaled, transpose(v)).data, a.data, 1e-12 * (1 + norm(a.data)));
        const kept = a.rows < a.cols ? u : v;
        expectClose(multiply(transpose(kept), kept).data, identity(kept.cols).data, 1e-13);
      }),
      seed,
    );
  });

  it('the Hilbert matrix of order 6 has condition 1.4951e7', () => {
    const h = fromRows(
      Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => 1 / (i + j + 1))),
    );
    const { condition, rank } = svd(h);
    expect(rank).toBe(6);
    expect(condition).toBeCloseTo(14951058.6, 0);
  });

  it('the rank of a product is the inner size, and the shortest solution solves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 8 }), (r, m) => {
        const a = matrix(m, r);
        a.data.forEach((_, i) => (a.data[i] = Math.sin(i * i + m)));
        const low = multiply(a, transpose(a));
        const f = svd(low);
        expect(f.rank).toBe(r);
        expect(f.condition).toBe(Infinity);
        const x = multiplyVector(low, new Float64Array(m).fill(1));
        expectClose(solveSvd(f, multiplyVector(low, x)), x, 1e-9);
      }),
      seed,
    );
  });

  it('spreads a solution evenly over equal columns', () => {
    expectClose(solveSvd(svd(fromRows([[1, 1]])), [2]), [1, 1], 1e-15);
    expect(svd(matrix(0, 0)).condition).toBe(1);
    expect(() => svd(fromRows([[NaN]]))).toThrow('not finite');
  });
});
