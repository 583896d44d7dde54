import { mistake } from '../mistake.ts';
import { lu, solveLuInPlace } from '../numeric/lu.ts';
import type { Lu } from '../numeric/lu.ts';
import { matrix } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { linearSystem, setMatrix, solveSystem } from '../numeric/linear-system.ts';
import type { LinearSystem } from '../numeric/linear-system.ts';
import { sparsePattern } from '../numeric/sparse.ts';
import type { Compiled, SimultaneousBlock } from './program.ts';

/** How a simultaneous block is solved. */
export interface NewtonOptions {
  /** Largest relative change of the last step; defaults to 1e-12. */
  readonly tolerance?: number;
  /** Newton steps before giving up; defaults to 100. */
  readonly maxSteps?: number;
}

/** Why a block could not be solved. */
export type Failure =
  | { readonly kind: 'domain'; readonly equation: number }
  | { readonly kind: 'singular'; readonly equation: number }
  | {
      readonly kind: 'no-convergence';
      readonly equation: number;
      readonly step: number;
      readonly steps: number;
    };

/** Room that one block's solver works in, made once for all periods. */
export interface Workspace {
  readonly out: Float64Array;
  readonly x: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly scale: Float64Array;
  readonly newton: ReducedSystem | SparseSystem;
}

/** The Jacobian reduced to the feedback variables, dense: for blocks with a small feedback set. */
interface ReducedSystem {
  readonly kind: 'reduced';
  readonly tangents: Float64Array;
  readonly reduced: Matrix;
  readonly factors: Lu;
  /** The derivatives that the factors were made of: where they come again, nothing is factorised. */
  readonly last: Float64Array;
}

/** The whole block's Jacobian, sparse: its solution's feedback part is the reduced step, since the others leave no residual. */
interface SparseSystem {
  readonly kind: 'sparse';
  readonly system: LinearSystem;
  /** Place of each derivative among the pattern's values. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly last: Float64Array;
  readonly rhs: Float64Array;
}

// The reduced matrix costs entries x feedback + feedback^3 / 3; from about this size on the sparse factors cost less.
const largestReduced = 48;

/** A workspace for a block. */
export function workspaceOf(block: SimultaneousBlock): Workspace {
  const f = block.feedbackCount;
  return {
    out: new Float64Array(Math.max(block.rows.length, f)),
    x: new Float64Array(f),
    step: new Float64Array(f),
    trial: new Float64Array(f),
    scale: new Float64Array(f),
    newton: f <= largestReduced ? reducedSystem(block) : sparseSystem(block),
  };
}

function reducedSystem(block: SimultaneousBlock): ReducedSystem {
  const f = block.feedbackCount;
  const reduced = matrix(f, f);
  return {
    kind: 'reduced',
    tangents: new Float64Array(block.equations.length * f),
    reduced,
    factors: lu({ ...reduced, data: identity(f) }),
    last: new Float64Array(block.rows.length).fill(NaN),
  };
}

function sparseSystem(block: SimultaneousBlock): SparseSystem {
  const size = block.equations.length;
  const { pattern, slots: places } = sparsePattern(size, block.rows, block.cols);
  const count = pattern.rows.length;
  return {
    kind: 'sparse',
    system: linearSystem(pattern),
    places,
    values: new Float64Array(count),
    last: new Float64Array(count).fill(NaN),
    rhs: new Float64Array(size),
  };
}

/**
 * Solve one block in one period by damped Newton on its feedback variables, with the exact Jacobian.
 *
 * The other variables follow from the feedback variables exactly, so the Jacobian is the reduced one, by forward
 * tangents. A step is shortened until the next simplified step is smaller (natural monotonicity: Deuflhard 2004, 3.3),
 * which does not depend on units; the factorisation is kept while it converges fast.
 *
 * @param data table with the starting values in the block's slots; the solution is left there
 * @returns undefined when solved, else why not
 */
export function solveBlock(
  block: SimultaneousBlock,
  data: Float64Array,
  offset: number,
  work: Workspace,
  options: NewtonOptions = {},
): Failure | undefined {
  const { tolerance = 1e-12, maxSteps = 100 } = options;
  const { x, step, trial, scale, out } = work;
  const n = block.feedbackCount;
  for (let i = 0; i < n; i++) {
    x[i] = data[offset + block.slots[i]!]!;
    scale[i] = Math.abs(x[i]!);
  }
  if (!evaluate(block, data, offset, out))
    return { kind: 'domain', equation: firstUndefined(block, data, offset, out) };
  let fresh = false;
  let factored = false;
  let before = Infinity;
  // Below this a step that no longer shrinks is rounding: the solution is as exact as its equations can say.
  const rounding = Math.max(1e-9, tolerance);
  for (let steps = 0; steps < maxSteps; steps++) {
    if (!factored) {
      for (let i = 0; i < n; i++) step[i] = -out[i]!;
      const singular = factorise(block, data, offset, work);
      if (singular >= 0) return { kind: 'singular', equation: block.equations[singular]! };
      factored = fresh = true;
    } else {
      for (let i = 0; i < n; i++) step[i] = -out[i]!;
    }
    solveStep(work, step);
    const size = norm(step, x, scale, n);
    if (!fresh && size > 0.1 * before && size > tolerance) {
      // The old factorisation no longer pays: make a new one at this point.
      evaluate(block, data, offset, out);
      factored = false;
      steps--;
      before = Infinity;
      continue;
    }
    if (size <= tolerance || (size <= rounding && size > 0.5 * before)) {
      move(block, data, offset, x, step, 1, n);
      if (evaluate(block, data, offset, out)) return undefined;
      move(block, data, offset, x, step, 0, n);
      evaluate(block, data, offset, out);
      return undefined;
    }
    let length = 1;
    let accepted = false;
    for (let halvings = 0; halvings < 60; halvings++) {
      move(block, data, offset, x, step, length, n);
      if (evaluate(block, data, offset, out)) {
        if (block.linear) {
          accepted = true;
          break;
        }
        for (let i = 0; i < n; i++) trial[i] = -out[i]!;
        solveStep(work, trial);
        if (norm(trial, x, scale, n) <= (1 - length / 4) * size || size <= rounding) {
          accepted = true;
          break;
        }
      }
      length /= 2;
    }
    if (!accepted) {
      move(block, data, offset, x, step, 0, n);
      evaluate(block, data, offset, out);
      if (!fresh) {
        factored = false;
        before = Infinity;
        continue;
      }
      return {
        kind: 'no-convergence',
        equation: worst(block, step, x, scale, n),
        step: size,
        steps: steps + 1,
      };
    }
    for (let i = 0; i < n; i++) x[i] = x[i]! + length * step[i]!;
    // A linear block is solved by its first step; what remains is rounding unless the factors lost digits.
    if (block.linear && norm(out, x, scale, n) <= 1e-15) return undefined;
    before = size;
    fresh = false;
    if (!block.linear && length < 1) factored = false;
  }
  return {
    kind: 'no-convergence',
    equation: worst(block, step, x, scale, n),
    step: norm(step, x, scale, n),
    steps: maxSteps,
  };
}

/** The others from the feedback variables, then the residuals; false when any is not a finite number. */
function evaluate(block: SimultaneousBlock, data: Float64Array, offset: number, out: Float64Array): boolean {
  block.others(data, offset, out);
  block.residuals(data, offset, out);
  let sum = 0;
  for (let i = 0; i < block.feedbackCount; i++) sum += out[i]! * 0;
  for (let i = block.feedbackCount; i < block.slots.length; i++) sum += data[offset + block.slots[i]!]! * 0;
  return sum === 0;
}

/**
 * The Jacobian at the present point and its factors.
 *
 * @returns -1, or the position in the block of an equation at which it is singular
 */
function factorise(block: SimultaneousBlock, data: Float64Array, offset: number, work: Workspace): number {
  block.jacobian(data, offset, work.out);
  return work.newton.kind === 'reduced'
    ? factoriseReduced(block, work.out, work.newton)
    : factoriseSparse(work.out, work.newton);
}

/**
 * The derivatives of the others by each feedback variable are carried forward in the order in which the others are
 * computed, then put into the feedback equations.
 */
function factoriseReduced(
  block: SimultaneousBlock,
  out: Float64Array,
  { tangents, reduced, factors, last }: ReducedSystem,
): number {
  const { rows, cols, feedbackCount: n } = block;
  if (!changed(last, out)) return factors.singularAt;
  tangents.fill(0);
  for (let k = 0; k < n; k++) tangents[k * n + k] = 1;
  const jacobian = reduced.data;
  jacobian.fill(0);
  const entries = rows.length;
  let start = 0;
  while (start < entries && rows[start]! < n) start++;
  // Others: x_i = f_i, so the derivative by x_i itself is 1 and each other entry carries the opposite sign.
  for (let e = start; e < entries; e++) {
    const row = rows[e]!;
    const col = cols[e]!;
    if (col === row) continue;
    const slope = -out[e]!;
    for (let k = 0; k < n; k++) tangents[row * n + k]! += slope * tangents[col * n + k]!;
  }
  for (let e = 0; e < start; e++) {
    const row = rows[e]!;
    const col = cols[e]!;
    for (let k = 0; k < n; k++) jacobian[row * n + k]! += out[e]! * tangents[col * n + k]!;
  }
  return lu(reduced, factors).singularAt;
}

function factoriseSparse(out: Float64Array, sparse: SparseSystem): number {
  const { system, places, values, last } = sparse;
  if (system.matching.rank < system.pattern.size) return Math.max(0, system.matching.columnOf.indexOf(-1));
  values.fill(0);
  for (let e = 0; e < places.length; e++) values[places[e]!]! += out[e]!;
  if (!changed(last, values)) return system.singular?.column ?? -1;
  if (setMatrix(system, values)) return -1;
  return system.singular?.column ?? 0;
}

/** Whether values differ from the last ones, which they then replace. */
function changed(last: Float64Array, values: Float64Array): boolean {
  let k = 0;
  while (k < last.length && values[k] === last[k]) k++;
  if (k === last.length) return false;
  for (; k < last.length; k++) last[k] = values[k]!;
  return true;
}

/** The Newton step from minus the feedback residuals in `step`, in place. */
function solveStep({ newton }: Workspace, step: Float64Array): void {
  if (newton.kind === 'reduced') {
    solveLuInPlace(newton.factors, step);
    return;
  }
  newton.rhs.fill(0);
  newton.rhs.set(step);
  solveSystem(newton.system, newton.rhs);
  for (let i = 0; i < step.length; i++) step[i] = newton.rhs[i]!;
}

function move(
  block: SimultaneousBlock,
  data: Float64Array,
  offset: number,
  x: Float64Array,
  step: Float64Array,
  length: number,
  n: number,
): void {
  for (let i = 0; i < n; i++)
    data[offset + block.slots[i]!] = length === 0 ? x[i]! : x[i]! + length * step[i]!;
}

/** Root mean square of a step, each part relative to its variable. */
function norm(step: Float64Array, x: Float64Array, scale: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.max(Math.abs(x[i]!), scale[i]!, Number.MIN_VALUE);
    const part = step[i]! / size;
    sum += part * part;
  }
  return Math.sqrt(sum / n);
}

function worst(
  block: SimultaneousBlock,
  step: Float64Array,
  x: Float64Array,
  scale: Float64Array,
  n: number,
): number {
  let at = 0;
  let largest = -1;
  for (let i = 0; i < n; i++) {
    const part = Math.abs(step[i]!) / Math.max(Math.abs(x[i]!), scale[i]!, Number.MIN_VALUE);
    if (part > largest) [at, largest] = [i, part];
  }
  return block.equations[at]!;
}

function firstUndefined(
  block: SimultaneousBlock,
  data: Float64Array,
  offset: number,
  out: Float64Array,
): number {
  for (let i = block.feedbackCount; i < block.slots.length; i++) {
    if (!Number.isFinite(data[offset + block.slots[i]!]!)) return block.equations[i]!;
  }
  for (let i = 0; i < block.feedbackCount; i++) if (!Number.isFinite(out[i]!)) return block.equations[i]!;
  return block.equations[0]!;
}

function identity(n: number): Float64Array {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return data;
}

/** Throw a block's failure: which equation, which period, which variables, and what to do. */
export function refuseBlock(
  call: string,
  failure: Failure,
  block: SimultaneousBlock,
  { system }: Compiled,
  period: string,
  data: Float64Array,
  offset: number,
): never {
  const names = block.equations.map((i) => system.equations[i]!.variable);
  const listed =
    names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
  const equation = system.equations[failure.equation]!;
  switch (failure.kind) {
    case 'domain': {
      const values = block.equations
        .slice(0, 4)
        .map(
          (i, k) =>
            `${system.equations[i]!.variable} = ${Number(data[offset + block.slots[k]!]!.toPrecision(4))}`,
        );
      return mistake(
        call,
        `the equation of '${equation.variable}' ("${equation.text}") has no value at ${period} (${values.join(', ')})`,
        'a logarithm, root or division left its domain: check its inputs, or give starting values in the history',
      );
    }
    case 'singular':
      return mistake(
        call,
        `the simultaneous block of ${listed} is singular at ${period}, at the equation of '${equation.variable}' ("${equation.text}")`,
        'its equations do not determine its variables: one follows from the others or contradicts them',
      );
    case 'no-convergence':
      return mistake(
        call,
        `the simultaneous block of ${listed} did not converge at ${period} after ${failure.steps} steps (last relative step ${failure.step.toExponential(1)}, largest in '${equation.variable}', "${equation.text}")`,
        'give starting values nearer to the solution in the history, or check whether it has one',
      );
    default:
      return failure satisfies never;
  }
}
