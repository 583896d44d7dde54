import { compileStatements, defaultEngine } from '../formula/compile.ts';
import type { Program } from '../formula/compile.ts';
import { derivative } from '../formula/differentiate.ts';
import { eachVariable, variable } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { mistake } from '../mistake.ts';
import { linearSystem, setMatrix, solveSystem } from '../numeric/linear-system.ts';
import type { LinearSystem } from '../numeric/linear-system.ts';
import { lu, solveLuInPlace } from '../numeric/lu.ts';
import { matrix } from '../numeric/matrix.ts';
import { sparsePattern } from '../numeric/sparse.ts';
import type { Model } from './model.ts';
import { addFactorName, layoutOf } from './program.ts';
import type { SlotLayout } from './program.ts';
import type { Run } from './solve.ts';
import { blocksOf } from './order.ts';
import type { Block } from './order.ts';
import { residualForm, systemOf } from './system.ts';
import type { System } from './system.ts';
import { periodOfRow } from './table.ts';

/**
 * The derivatives of every equation by every name at every lag, compiled once: what multipliers, control and gradients
 * are made of. Residual form: left - right - add-factor.
 */
interface Derivatives {
  readonly system: System;
  readonly layout: SlotLayout;
  readonly blocks: readonly Block[];
  readonly program: Program;
  readonly count: number;
  /** By equation: entries of its derivatives, as positions in `slots`, `lags` and the program's output. */
  readonly starts: Int32Array;
  readonly slots: Int32Array;
  readonly lags: Int32Array;
}

const known = new WeakMap<Model, Map<string, Derivatives>>();

function derivativesOf(model: Model, addFactors: readonly string[]): Derivatives {
  let byKey = known.get(model);
  if (byKey === undefined) known.set(model, (byKey = new Map()));
  const key = addFactors.join(' ');
  let result = byKey.get(key);
  if (result === undefined) byKey.set(key, (result = compileDerivatives(model, addFactors)));
  return result;
}

function compileDerivatives(model: Model, addFactors: readonly string[]): Derivatives {
  const system = systemOf(model);
  const layout = layoutOf(system, addFactors);
  const carries = new Set(addFactors);
  const expressions: Expression[] = [];
  const slots: number[] = [];
  const lags: number[] = [];
  const starts = [0];
  for (const equation of system.equations) {
    const residual = residualForm(
      equation,
      carries.has(equation.variable) ? variable(addFactorName(equation.variable)) : undefined,
    );
    const seen = new Map<string, readonly [string, number]>();
    eachVariable(residual, (name, lag) => seen.set(`${name} ${lag}`, [name, lag]));
    for (const [name, lag] of seen.values()) {
      const slope = derivative(residual, name, lag);
      if (slope.kind === 'number' && slope.value === 0) continue;
      expressions.push(slope);
      slots.push(layout.slotOf(name));
      lags.push(lag);
    }
    starts.push(slots.length);
  }
  const program = compileStatements(
    expressions.map((expression, i) => ({ to: 'out', slot: i, expression })),
    layout,
    defaultEngine(),
  );
  return {
    system,
    layout,
    blocks: blocksOf(system),
    program,
    count: slots.length,
    starts: Int32Array.from(starts),
    slots: Int32Array.from(slots),
    lags: Int32Array.from(lags),
  };
}

/** The tangent of a solved run: how a small change of inputs moves every variable in every solved period. */
export interface Tangent {
  /**
   * Carry changes forward through time.
   *
   * @param change changes by row and slot, a table like the run's: filled where inputs change, zero elsewhere. The
   *   variables' changes are written into it.
   * @param from first row at which an input changes
   */
  forward(change: Float64Array, from: number): void;
}

type BlockSolver =
  | { readonly kind: 'single'; readonly equation: number; pivot: Float64Array }
  | {
      readonly kind: 'dense';
      readonly equations: readonly number[];
      readonly members: ReadonlySet<number>;
      readonly rhs: Float64Array;
      readonly factors: ReturnType<typeof lu>[];
    }
  | {
      readonly kind: 'sparse';
      readonly equations: readonly number[];
      readonly members: ReadonlySet<number>;
      readonly rhs: Float64Array;
      readonly systems: LinearSystem[];
    };

const densest = 64;

/**
 * Linearise a solved run exactly, by symbolic derivatives at the solution.
 *
 * @throws RangeError when the model is singular at the solution, naming the equation and period
 */
export function linearise(call: string, model: Model, run: Run, addFactors: readonly string[] = []): Tangent {
  const derivatives = derivativesOf(model, addFactors);
  const { table, given } = run;
  const { data, width, rows, lead } = table;
  const { starts, slots, lags, count, system } = derivatives;
  const values = new Float64Array((rows - lead) * count);
  const out = new Float64Array(count);
  for (let row = lead; row < rows; row++) {
    derivatives.program(data, row * width, out);
    values.set(out, (row - lead) * count);
  }
  const at = (row: number, entry: number): number => values[(row - lead) * count + entry]!;
  const singular = (equation: number, row: number): never => {
    const { variable: name, text } = system.equations[equation]!;
    return mistake(
      call,
      `the model is singular at ${periodOfRow(table, row)} at the equation of '${name}' ("${text}")`,
      'its equations do not determine its variables there',
    );
  };
  const solvers = derivatives.blocks.map((block): BlockSolver => {
    const { equations } = block;
    if (!block.simultaneous)
      return { kind: 'single', equation: equations[0]!, pivot: pivotsOf(equations[0]!) };
    const [rhs, members] = [new Float64Array(equations.length), new Set(equations)];
    return equations.length <= densest
      ? { kind: 'dense', equations, members, rhs, factors: denseFactors(equations) }
      : { kind: 'sparse', equations, members, rhs, systems: sparseFactors(equations) };
  });

  function pivotsOf(equation: number): Float64Array {
    const pivot = new Float64Array(rows - lead);
    for (let row = lead; row < rows; row++) {
      let sum = 0;
      for (let e = starts[equation]!; e < starts[equation + 1]!; e++)
        if (slots[e] === equation && lags[e] === 0) sum += at(row, e);
      if (!(Math.abs(sum) > 0) && !given(row).has(equation)) singular(equation, row);
      pivot[row - lead] = sum;
    }
    return pivot;
  }

  function denseFactors(equations: readonly number[]): ReturnType<typeof lu>[] {
    const place = new Map(equations.map((equation, i) => [equation, i]));
    const n = equations.length;
    return Array.from({ length: rows - lead }, (_, t) => {
      const jacobian = matrix(n, n);
      for (const [i, equation] of equations.entries()) {
        if (given(lead + t).has(equation)) {
          jacobian.data[i * n + i] = 1;
          continue;
        }
        for (let e = starts[equation]!; e < starts[equation + 1]!; e++) {
          const j = lags[e] === 0 ? place.get(slots[e]!) : undefined;
          if (j !== undefined) jacobian.data[i * n + j]! += at(lead + t, e);
        }
      }
      const factors = lu(jacobian);
      if (factors.singularAt >= 0) singular(equations[factors.singularAt]!, lead + t);
      return factors;
    });
  }

  function sparseFactors(equations: readonly number[]): LinearSystem[] {
    const place = new Map(equations.map((equation, i) => [equation, i]));
    return Array.from({ length: rows - lead }, (_, t) => {
      const [r, c, v]: [number[], number[], number[]] = [[], [], []];
      for (const [i, equation] of equations.entries()) {
        if (given(lead + t).has(equation)) {
          r.push(i);
          c.push(i);
          v.push(1);
          continue;
        }
        for (let e = starts[equation]!; e < starts[equation + 1]!; e++) {
          const j = lags[e] === 0 ? place.get(slots[e]!) : undefined;
          if (j === undefined) continue;
          r.push(i);
          c.push(j);
          v.push(at(lead + t, e));
        }
      }
      const { pattern, slots: places } = sparsePattern(equations.length, r, c);
      const entries = new Float64Array(pattern.rows.length);
      v.forEach((value, k) => (entries[places[k]!]! += value));
      const linear = linearSystem(pattern);
      if (linear.matching.rank < equations.length || !setMatrix(linear, entries))
        singular(equations[linear.singular?.column ?? 0]!, lead + t);
      return linear;
    });
  }

  /** Minus the equation's derivative along the changes known so far: other names, lags, and earlier blocks. */
  function push(
    equation: number,
    row: number,
    change: Float64Array,
    inside: (slot: number) => boolean,
  ): number {
    let sum = 0;
    for (let e = starts[equation]!; e < starts[equation + 1]!; e++) {
      const slot = slots[e]!;
      const lag = lags[e]!;
      if (lag === 0 && inside(slot)) continue;
      sum -= at(row, e) * change[(row - lag) * width + slot]!;
    }
    return sum;
  }

  return {
    forward(change, from) {
      for (let row = Math.max(lead, from); row < rows; row++) {
        const offset = row * width;
        const fixed = given(row);
        for (const solver of solvers) {
          if (solver.kind === 'single') {
            const { equation } = solver;
            if (fixed.has(equation)) continue;
            change[offset + equation] =
              push(equation, row, change, (slot) => slot === equation) / solver.pivot[row - lead]!;
            continue;
          }
          const { equations, rhs, members } = solver;
          for (let i = 0; i < equations.length; i++) {
            const equation = equations[i]!;
            rhs[i] = fixed.has(equation)
              ? change[offset + equation]!
              : push(equation, row, change, (slot) => members.has(slot));
          }
          if (solver.kind === 'dense') solveLuInPlace(solver.factors[row - lead]!, rhs);
          else solveSystem(solver.systems[row - lead]!, rhs);
          for (let i = 0; i < equations.length; i++) change[offset + equations[i]!] = rhs[i]!;
        }
      }
    },
  };
}
