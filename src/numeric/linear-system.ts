import { mistake } from '../mistake.ts';
import type { Matching } from './matching.ts';
import { factor } from './sparse-factor.ts';
import { analyse, refactor, solveInPlace, solveTransposedInPlace } from './sparse-lu.ts';
import type { SingularAt, SparseLu, Symbolic } from './sparse-lu.ts';
import { iterate, iteration, loadValues } from './sparse-iterative.ts';
import type { Iteration } from './sparse-iterative.ts';
import type { SparsePattern } from './sparse.ts';

/**
 * A sparse system that is solved again and again with other values, by whichever way is faster: a refactorisation
 * where the factors stay sparse, an iteration to rounding where they fill in. It is a workspace: its fields change.
 */
export interface LinearSystem {
  readonly pattern: SparsePattern;
  readonly matching: Matching;
  readonly values: Float64Array;
  symbolic: Symbolic;
  direct: SparseLu | undefined;
  iterative: Iteration | undefined;
  /** One of 'direct', 'iterative'. An iteration that fails once gives way to the factors for good. */
  method: 'direct' | 'iterative';
  ready: boolean;
  singular: SingularAt | undefined;
  readonly work: readonly [Float64Array, Float64Array, Float64Array];
}

/** Multiplications per unknown up to which factoring costs less than some ten steps of an iteration (measured). */
const DIRECT_WORK = 100;
/** A direct solution whose residual is beyond this share of its terms is refined, twice at most. */
const BACKWARD_ERROR = 1e-14;

/**
 * Study a pattern and choose a method. A structurally singular pattern is not thrown: look at `matching`.
 *
 * @param pattern square, by columns; from `sparsePattern`
 * @param method one of 'direct', 'iterative'; defaults to the one with less work
 * @example linearSystem(sparsePattern(2, [0, 1], [0, 1]).pattern).method // 'direct'
 */
export function linearSystem(pattern: SparsePattern, method?: 'direct' | 'iterative'): LinearSystem {
  const limit = method === 'direct' ? Infinity : DIRECT_WORK * (pattern.size + 100);
  const symbolic = analyse(pattern, limit);
  return {
    pattern,
    matching: symbolic.matching,
    values: new Float64Array(pattern.rows.length),
    symbolic,
    direct: undefined,
    iterative: undefined,
    method: method ?? (symbolic.order.complete ? 'direct' : 'iterative'),
    ready: false,
    singular: undefined,
    work: [new Float64Array(pattern.size), new Float64Array(pattern.size), new Float64Array(pattern.size)],
  };
}

/**
 * Take the values of a matrix. Returns false when it is singular, and then `singular` says where.
 *
 * An iteration cannot see by itself that a matrix is singular as long as the right-hand side is in its range, so the
 * first values are tried on a right-hand side that is in no range by chance; the factors decide when that fails.
 *
 * @param values one per entry of the pattern, in its order
 * @throws RangeError when the pattern is structurally singular or the number of values differs
 */
export function setMatrix(system: LinearSystem, values: Float64Array): boolean {
  const { pattern, matching } = system;
  if (matching.rank < pattern.size) {
    mistake(
      'setMatrix',
      `the pattern has structural rank ${matching.rank} of ${pattern.size}`,
      'look at matching.rank',
    );
  }
  if (values.length !== system.values.length) {
    mistake(
      'setMatrix',
      `there are ${values.length} values for ${system.values.length} entries`,
      'give one per entry',
    );
  }
  system.values.set(values);
  system.ready = true;
  system.singular = undefined;
  if (system.method === 'direct') return factorise(system);
  const isFirst = system.iterative === undefined;
  system.iterative ??= iteration(pattern, matching, values);
  if (loadValues(system.iterative, values) && (!isFirst || passesTrial(system.iterative))) return true;
  return factorise(system);
}

/**
 * Solve A x = b, writing x over b; returns false, b unchanged, when the matrix turns out singular.
 *
 * @param transposed solve A' x = b instead
 * @throws RangeError when no matrix was set or b has another length
 */
export function solveSystem(system: LinearSystem, b: Float64Array, transposed = false): boolean {
  if (!system.ready) mistake('solveSystem', 'no matrix was set', 'call setMatrix first');
  if (b.length !== system.pattern.size) {
    mistake(
      'solveSystem',
      `the right-hand side has ${b.length} values for ${system.pattern.size} equations`,
      'give one per row',
    );
  }
  if (system.singular !== undefined) return false;
  if (system.method === 'iterative') {
    if (iterate(system.iterative!, b, transposed)) return true;
    if (!factorise(system)) return false;
  }
  solveByFactors(system, b, transposed);
  return true;
}

/** Solve with the factors and refine: pivots taken for their sparseness can cost a few digits, which this gives back. */
function solveByFactors(system: LinearSystem, b: Float64Array, transposed: boolean): void {
  const [rhs, r, terms] = system.work;
  const solve = transposed ? solveTransposedInPlace : solveInPlace;
  rhs.set(b);
  solve(system.direct!, b);
  for (let step = 0; step < 2 && !hasSmallResidual(system, rhs, b, r, terms, transposed); step++) {
    solve(system.direct!, r);
    for (let k = 0; k < b.length; k++) b[k]! += r[k]!;
  }
}

/** r = rhs - A x; whether each component is within the backward error of the terms it is made of. */
function hasSmallResidual(
  { pattern, values }: LinearSystem,
  rhs: Float64Array,
  x: Float64Array,
  r: Float64Array,
  terms: Float64Array,
  transposed: boolean,
): boolean {
  const { starts, rows } = pattern;
  const n = x.length;
  for (let k = 0; k < n; k++) {
    r[k] = rhs[k]!;
    terms[k] = Math.abs(rhs[k]!);
  }
  for (let j = 0; j < n; j++) {
    const to = starts[j + 1]!;
    for (let p = starts[j]!; p < to; p++) {
      const i = rows[p]!;
      const term = values[p]! * x[transposed ? i : j]!;
      const at = transposed ? j : i;
      r[at]! -= term;
      terms[at]! += Math.abs(term);
    }
  }
  for (let k = 0; k < n; k++) if (Math.abs(r[k]!) > BACKWARD_ERROR * terms[k]!) return false;
  return true;
}

/** Factorise the present values, from here on directly. */
function factorise(system: LinearSystem): boolean {
  system.method = 'direct';
  if (!system.symbolic.order.complete) system.symbolic = analyse(system.pattern);
  if (system.direct !== undefined && refactor(system.direct, system.values)) return true;
  system.direct = factor(system.symbolic, system.values);
  system.singular = system.direct.singular;
  return system.singular === undefined;
}

/** Whether an arbitrary right-hand side has a solution of reasonable size. */
function passesTrial(f: Iteration): boolean {
  const trial = new Float64Array(f.pattern.size);
  for (let i = 0; i < trial.length; i++) trial[i] = (1 + ((i * 0.6180339887498949) % 1)) / f.rowScale[i]!;
  if (!iterate(f, trial)) return false;
  for (let j = 0; j < trial.length; j++) if (!(Math.abs(trial[j]! / f.columnScale[j]!) < 1e8)) return false;
  return true;
}
