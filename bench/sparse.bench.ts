import { bench, describe } from 'vitest';
import { linearSystem, setMatrix, solveSystem } from '../src/numeric/linear-system.ts';
import { lu, solveLuInPlace } from '../src/numeric/lu.ts';
import { matrix } from '../src/numeric/matrix.ts';
import { factor } from '../src/numeric/sparse-factor.ts';
import { analyse, refactor, solveInPlace } from '../src/numeric/sparse-lu.ts';
import { sparsePattern } from '../src/numeric/sparse.ts';

// y_i = 0.2 y_j1 - 0.1 y_j2 + what is known, j1 = 7i + 3 and j2 = 13i + 5 modulo N: one Newton step of a system with
// hardly any structure, whose factors fill in (1,061 entries of 300 at N = 100, 45,426 of 3,000 at 1,000, 902,396 of
// 15,000 at 5,000). The chain of blocks below it is what a national model looks like: most equations recursive.
function random(size: number) {
  const k = Array.from({ length: size }, (_, i) => i);
  const other = (i: number, factor: number, shift: number) => {
    const j = (factor * i + shift) % size;
    return j === i ? (i + 1) % size : j;
  };
  return build(
    size,
    [...k, ...k, ...k],
    [...k, ...k.map((i) => other(i, 7, 3)), ...k.map((i) => other(i, 13, 5))],
    [...k.map(() => 1), ...k.map(() => -0.2), ...k.map(() => 0.1)],
  );
}

function economic(size: number) {
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const put = (i: number, j: number, v: number) => {
    rows.push(i);
    columns.push(j);
    values.push(v);
  };
  for (let i = 0; i < size; i++) {
    put(i, i, 1);
    if (i > 0) put(i, i - 1, -0.4);
    if (i > 9) put(i, i - ((i * 7) % 9) - 1, -0.3);
    if (i % 20 === 0) put(i, (i * 37 + size - 1) % size, 0.2);
  }
  return build(size, rows, columns, values);
}

function build(size: number, rows: number[], columns: number[], entries: number[]) {
  const { pattern, slots } = sparsePattern(size, rows, columns);
  const values = new Float64Array(pattern.rows.length);
  slots.forEach((slot, e) => (values[slot]! += entries[e]!));
  const dense = () => {
    const a = matrix(size, size);
    entries.forEach((v, e) => (a.data[rows[e]! * size + columns[e]!]! += v));
    return a;
  };
  return { pattern, values, dense };
}

for (const [name, make, sizes] of [
  ['random', random, [100, 1000]],
  ['economic', economic, [100, 1000, 5000]],
] as const) {
  for (const size of sizes) {
    describe(`${name}, ${size} equations: new values and a solution`, () => {
      const { pattern, values, dense } = make(size);
      const b = new Float64Array(size);
      const system = linearSystem(pattern);
      const factors = factor(analyse(pattern), values);
      bench(`the system's choice (${system.method})`, () => {
        setMatrix(system, values);
        solveSystem(system, b.fill(1));
      });
      bench('refactorisation', () => {
        refactor(factors, values);
        solveInPlace(factors, b.fill(1));
      });
      if (size > 1000) return;
      const a = dense();
      const into = lu(a);
      bench(
        'dense factors',
        () => {
          lu(a, into);
          solveLuInPlace(into, b.fill(1));
        },
        { time: 200, iterations: 1 },
      );
    });
  }
}

describe('random, 5000 equations: new values and a solution', () => {
  const { pattern, values } = random(5000);
  const b = new Float64Array(5000);
  const system = linearSystem(pattern);
  bench("the system's choice (iterative)", () => {
    setMatrix(system, values);
    solveSystem(system, b.fill(1));
  });
  const factors = factor(analyse(pattern), values);
  bench(
    'refactorisation',
    () => {
      refactor(factors, values);
      solveInPlace(factors, b.fill(1));
    },
    { time: 200, iterations: 1 },
  );
});

describe('random, 5000 equations: study of the pattern', () => {
  const { pattern } = random(5000);
  bench('linearSystem', () => {
    linearSystem(pattern);
  });
  bench(
    'full elimination order',
    () => {
      analyse(pattern);
    },
    { time: 200, iterations: 1 },
  );
});
