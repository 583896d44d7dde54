import { eachVariable } from '../formula/expression.ts';
import type { BinaryOperator, Expression, FunctionName } from '../formula/expression.ts';
import { mistake } from '../mistake.ts';
import { blocksOf } from './order.ts';
import { layoutOf } from './program.ts';
import { explicitForm } from './system.ts';
import type { System } from './system.ts';
import type { Table } from './table.ts';

/** Cells of a table: a slot in the rows from `from` up to, not including, `to`. */
export interface Cells {
  readonly slot: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A recursive model as a function of columns: equation by equation over many points at once, instead of point by point.
 *
 * Each point gets the same operations in the same order as from the solver, so the same bits; only what the answers need
 * is computed, and what no input moves is computed once. No code is generated, so a page whose security policy forbids
 * that loses nothing.
 *
 * @param call the public function that was called, for the message
 * @param system a model's equations, none of which depend on each other within a period
 * @param table filled with history, parameters and settings
 * @param inputs cells that each point sets, all cells of one input to one value
 * @param outputs places in the table's data that are read: `row * width + slot`
 * @returns a function from columns of `count` points, at most `size`, to a column for each output, which is overwritten
 *   by the next call; values that leave their domain are `NaN` or infinite, not refused
 * @throws RangeError when equations are simultaneous
 */
export function columnsOf(
  call: string,
  system: System,
  table: Table,
  inputs: readonly Cells[],
  outputs: readonly number[],
  size = 1024,
): (columns: readonly Float64Array[], count: number) => Float64Array[] {
  const { width, data, lead } = table;
  const steps: Step[] = [];
  const given = new Map<number, number>();
  inputs.forEach(({ slot, from, to }, i) => {
    for (let row = from; row < to; row++) given.set(row * width + slot, i);
  });
  const sources = inputs.map(() => new Float64Array(size));
  const layout = layoutOf(system);
  const values = explicitForms(call, system);
  const known = new Map<number, Column>();

  const cell = (row: number, slot: number): Column => {
    const place = row * width + slot;
    let column = known.get(place);
    if (column !== undefined) return column;
    const input = given.get(place);
    const value = row >= lead ? values[slot] : undefined;
    if (input !== undefined) column = sources[input]!;
    else if (value === undefined) column = data[place]!;
    else column = compile(value, row);
    known.set(place, column);
    return column;
  };
  const compile = (e: Expression, row: number): Column => {
    switch (e.kind) {
      case 'number':
        return e.value;
      case 'variable':
        return cell(row - e.lag, layout.slotOf(e.name));
      case 'negate':
        return step(steps, size, (a) => -a, compile(e.of, row));
      case 'not':
        return step(steps, size, (a) => (a !== 0 ? 0 : 1), compile(e.of, row));
      case 'call': {
        const [a, b] = e.args.map((arg) => compile(arg, row));
        return b === undefined
          ? step(steps, size, oneArgument[e.name], a!)
          : pair(steps, size, e.name === 'min' ? Math.min : Math.max, a!, b);
      }
      case 'if': {
        const [test, then, otherwise] = [
          compile(e.test, row),
          compile(e.then, row),
          compile(e.otherwise, row),
        ];
        return choice(steps, size, test, then, otherwise);
      }
      case 'binary': {
        const left = compile(e.left, row);
        if (e.op === '^' && isSquare(e)) return arithmetic(steps, size, '*', left, left);
        return arithmetic(steps, size, e.op, left, compile(e.right, row));
      }
      default:
        return e satisfies never;
    }
  };
  const answers = outputs.map((place) => cell(Math.floor(place / width), place % width));
  const results = answers.map((answer) =>
    typeof answer === 'number' ? new Float64Array(size).fill(answer) : answer,
  );
  return (columns, count) => {
    for (let i = 0; i < sources.length; i++) {
      const column = columns[i]!;
      sources[i]!.set(column.length === count ? column : column.subarray(0, count));
    }
    for (let i = 0; i < steps.length; i++) steps[i]!(count);
    return results;
  };
}

/** The parameters and exogenous series that variables depend on, through any number of equations and lags. */
export function moversOf(system: System, variables: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const equation = system.equations[system.determines.get(name) ?? -1];
    for (const { when, left, right } of equation?.branches ?? [])
      for (const part of [left, right, ...(when === undefined ? [] : [when])]) eachVariable(part, visit);
  };
  variables.forEach(visit);
  return new Set([...system.parameters, ...system.exogenous].filter((name) => seen.has(name)));
}

/** A value that is the same at all points, or one for each. */
type Column = number | Float64Array;
type Step = (count: number) => void;

/** The written-out value of each equation, by its own number. Compiling by need puts them in their order. */
function explicitForms(call: string, system: System): Expression[] {
  for (const { simultaneous, equations } of blocksOf(system)) {
    if (simultaneous)
      mistake(
        call,
        `the equations of ${equations.map((i) => `'${system.equations[i]!.variable}'`).join(', ')} depend on each other`,
        'columns are for recursive models',
      );
  }
  return system.equations.map(
    (equation) =>
      explicitForm(equation) ??
      mistake(
        call,
        `the equation of '${equation.variable}' is implicit`,
        'columns are for written-out equations',
      ),
  );
}

const oneArgument: Readonly<Record<FunctionName, (a: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  min: (a) => a,
  max: (a) => a,
};

/** The same rule as in the compiler: the square of a variable or a number is a product. */
function isSquare(e: Expression & { kind: 'binary' }): boolean {
  return (
    e.right.kind === 'number' &&
    e.right.value === 2 &&
    (e.left.kind === 'variable' || e.left.kind === 'number')
  );
}

function step(steps: Step[], size: number, f: (a: number) => number, a: Column): Column {
  if (typeof a === 'number') return f(a);
  const out = new Float64Array(size);
  steps.push((count) => {
    for (let i = 0; i < count; i++) out[i] = f(a[i]!);
  });
  return out;
}

function pair(
  steps: Step[],
  size: number,
  f: (a: number, b: number) => number,
  a: Column,
  b: Column,
): Column {
  if (typeof a === 'number' && typeof b === 'number') return f(a, b);
  const [left, right, out] = [filled(a, size), filled(b, size), new Float64Array(size)];
  steps.push((count) => {
    for (let i = 0; i < count; i++) out[i] = f(left[i]!, right[i]!);
  });
  return out;
}

function choice(steps: Step[], size: number, test: Column, then: Column, otherwise: Column): Column {
  if (typeof test === 'number') return test !== 0 ? then : otherwise;
  const [yes, no, out] = [filled(then, size), filled(otherwise, size), new Float64Array(size)];
  steps.push((count) => {
    for (let i = 0; i < count; i++) out[i] = test[i] !== 0 ? yes[i]! : no[i]!;
  });
  return out;
}

/** The four operations each in a loop of its own, which engines turn into the fastest code; the rest through a function. */
function arithmetic(steps: Step[], size: number, op: BinaryOperator, a: Column, b: Column): Column {
  if (typeof a === 'number' && typeof b === 'number') return binaryFunctions[op](a, b);
  if (op !== '+' && op !== '-' && op !== '*' && op !== '/')
    return pair(steps, size, binaryFunctions[op], a, b);
  const [left, right, out] = [filled(a, size), filled(b, size), new Float64Array(size)];
  const loops: Readonly<Record<typeof op, Step>> = {
    '+': (count) => {
      for (let i = 0; i < count; i++) out[i] = left[i]! + right[i]!;
    },
    '-': (count) => {
      for (let i = 0; i < count; i++) out[i] = left[i]! - right[i]!;
    },
    '*': (count) => {
      for (let i = 0; i < count; i++) out[i] = left[i]! * right[i]!;
    },
    '/': (count) => {
      for (let i = 0; i < count; i++) out[i] = left[i]! / right[i]!;
    },
  };
  steps.push(loops[op]);
  return out;
}

const binaryFunctions: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': Math.pow,
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

function filled(column: Column, size: number): Float64Array {
  return typeof column === 'number' ? new Float64Array(size).fill(column) : column;
}
