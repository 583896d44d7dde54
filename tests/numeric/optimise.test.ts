import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfgs, minimiseOnInterval, withGradient } from '../../src/numeric/optimise.ts';

const seeded = { seed: 1, numRuns: 40 };
const rosenbrock = (x: Float64Array): number => (1 - x[0]!) ** 2 + 100 * (x[1]! - x[0]! ** 2) ** 2;

describe('bfgs', () => {
  it('finds the valley floor of Rosenbrock from anywhere near', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (a, b) => {
          const { x, value } = bfgs(withGradient(rosenbrock), [a, b], { tolerance: 1e-14, iterations: 500 });
          expect(value).toBeLessThan(1e-6);
          expect(x[0]!).toBeCloseTo(1, 2);
        },
      ),
      seeded,
    );
  });

  it('never leaves the domain and never gets worse', () => {
    const f = withGradient((x) => (x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Infinity));
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 50, noNaN: true }), (start) => {
        const { x, value } = bfgs(f, [start]);
        expect(x[0]!).toBeCloseTo(1, 3);
        expect(value).toBeLessThanOrEqual(start - Math.log(start) + 1e-12);
      }),
      seeded,
    );
  });

  it('does not change the start', () => {
    const start = Float64Array.of(3);
    bfgs(withGradient((x) => x[0]! ** 2), start);
    expect(start[0]).toBe(3);
  }); // prettier-ignore

  it('says when it starts outside the domain', () => {
    expect(bfgs(() => Infinity, [1]).value).toBe(Infinity);
  });
});

describe('minimiseOnInterval', () => {
  it('finds an inner minimum and an end', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (at) => {
        expect(minimiseOnInterval((x) => (x - at) ** 2, 0, 1)).toBeCloseTo(at, 6);
      }),
      seeded,
    );
    expect(minimiseOnInterval((x) => x, 2, 3)).toBe(2);
  });
});
