import type { BinaryOperator, Expression, FunctionName } from './expression.ts';
import { depthOf } from './expression.ts';
import { mistake } from '../mistake.ts';

/**
 * One assignment over numbered slots: where the value goes, and the expression that gives it.
 *
 * `data` is a table by period: `width` slots for each period, the current period starting at an offset. `out` is a
 * scratch column, for residuals and derivatives.
 */
export interface Statement {
  readonly to: 'data' | 'out';
  readonly slot: number;
  readonly expression: Expression;
}

/** Where names live: `slotOf` a name in a period's `width` slots; a lag is `width` slots earlier per period. */
export interface Layout {
  readonly width: number;
  slotOf(name: string): number;
}

/** Compiled statements: run them for the period whose slots start at `offset`. */
export type Program = (data: Float64Array, offset: number, out: Float64Array) => void;

/** One of `'generated'` (JavaScript made from the equations) or `'interpreted'` (no generated code). */
export type Engine = 'generated' | 'interpreted';

// One big function was measured to be 33 times slower than chunks of this size: engines give up optimising it.
const chunkSize = 100;
const deepest = 2000;

/**
 * Compile statements to a program. Both engines do the same operations in the same order and give the same bits.
 *
 * @param statements run in the order given
 * @param layout numbered slots of the names
 * @param engine one of `'generated'` or `'interpreted'`; defaults to generated code where the page allows it
 */
export function compileStatements(
  statements: readonly Statement[],
  layout: Layout,
  engine: Engine = defaultEngine(),
): Program {
  for (const { expression } of statements) {
    if (depthOf(expression) > deepest)
      mistake(
        'compile',
        `an expression nests more than ${deepest} deep`,
        'split the equation with a helper variable',
      );
  }
  const parts: Program[] = [];
  for (let i = 0; i < statements.length; i += chunkSize) {
    const chunk = statements.slice(i, i + chunkSize);
    parts.push(engine === 'generated' ? generate(chunk, layout) : interpret(chunk, layout));
  }
  if (parts.length === 1) return parts[0]!;
  return (data, offset, out) => {
    for (let i = 0; i < parts.length; i++) parts[i]!(data, offset, out);
  };
}

let allowed: boolean | undefined;

/** Generated code, unless the page's security policy forbids it. */
export function defaultEngine(): Engine {
  try {
    allowed ??= new Function('return true')() === true;
  } catch {
    allowed = false;
  }
  return allowed ? 'generated' : 'interpreted';
}

// ---- generated code -------------------------------------------------------------------------------------------------

function generate(statements: readonly Statement[], layout: Layout): Program {
  const lines = statements.map(
    ({ to, slot, expression }) =>
      `${to === 'data' ? `d[o+${slot}]` : `w[${slot}]`}=${code(expression, layout)};`,
  );
  // Only numbers and the operators below are ever written into the text: names have become slots.
  const make = new Function(
    'E',
    'L',
    'S',
    'A',
    'G',
    'I',
    'X',
    'P',
    `return function(d,o,w){${lines.join('\n')}}`,
  ) as (...f: unknown[]) => Program;
  return make(Math.exp, Math.log, Math.sqrt, Math.abs, Math.sign, Math.min, Math.max, Math.pow);
}

const functionCode: Readonly<Record<FunctionName, string>> = {
  exp: 'E',
  log: 'L',
  sqrt: 'S',
  abs: 'A',
  sign: 'G',
  min: 'I',
  max: 'X',
};
const comparisonCode: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '===',
  '!=': '!==',
};

function code(e: Expression, layout: Layout): string {
  switch (e.kind) {
    case 'number':
      return numberCode(e.value);
    case 'variable':
      return slotCode(layout.slotOf(e.name) - e.lag * layout.width);
    case 'negate':
      return `(-${code(e.of, layout)})`;
    case 'not':
      return `(${code(e.of, layout)}!==0?0:1)`;
    case 'call':
      return `${functionCode[e.name]}(${e.args.map((arg) => code(arg, layout)).join(',')})`;
    case 'if':
      return `(${code(e.test, layout)}!==0?${code(e.then, layout)}:${code(e.otherwise, layout)})`;
    case 'binary': {
      const [a, b] = [code(e.left, layout), code(e.right, layout)];
      const comparison = comparisonCode[e.op];
      if (comparison !== undefined) return `(${a}${comparison}${b}?1:0)`;
      if (e.op === 'and') return `(${a}!==0&&${b}!==0?1:0)`;
      if (e.op === 'or') return `(${a}!==0||${b}!==0?1:0)`;
      if (e.op === '^') return isSquare(e) ? `(${a}*${a})` : `P(${a},${b})`;
      return `(${a}${e.op}${b})`;
    }
    default:
      return e satisfies never;
  }
}

function numberCode(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.startsWith('-') ? `(${text})` : text;
}

function slotCode(slot: number): string {
  return slot < 0 ? `d[o-${-slot}]` : `d[o+${slot}]`;
}

/** x^2 of a variable or number is a product in both engines: exact, and many times faster than a power. */
function isSquare(e: Expression & { kind: 'binary' }): boolean {
  return (
    e.right.kind === 'number' &&
    e.right.value === 2 &&
    (e.left.kind === 'variable' || e.left.kind === 'number')
  );
}

// ---- closures -------------------------------------------------------------------------------------------------------

type Reader = (d: Float64Array, o: number) => number;

function interpret(statements: readonly Statement[], layout: Layout): Program {
  const readers = statements.map((s) => reader(s.expression, layout));
  const slots = statements.map((s) => s.slot);
  const intoData = statements.map((s) => s.to === 'data');
  return (data, offset, out) => {
    for (let i = 0; i < readers.length; i++) {
      const value = readers[i]!(data, offset);
      if (intoData[i]) data[offset + slots[i]!] = value;
      else out[slots[i]!] = value;
    }
  };
}

const functionReaders: Readonly<Record<FunctionName, (...args: number[]) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  min: Math.min,
  max: Math.max,
};

function reader(e: Expression, layout: Layout): Reader {
  switch (e.kind) {
    case 'number': {
      const { value } = e;
      return () => value;
    }
    case 'variable': {
      const slot = layout.slotOf(e.name) - e.lag * layout.width;
      return (d, o) => d[o + slot]!;
    }
    case 'negate': {
      const of = reader(e.of, layout);
      return (d, o) => -of(d, o);
    }
    case 'not': {
      const of = reader(e.of, layout);
      return (d, o) => (of(d, o) !== 0 ? 0 : 1);
    }
    case 'call': {
      const f = functionReaders[e.name];
      const [a, b] = e.args.map((arg) => reader(arg, layout));
      if (b === undefined) return (d, o) => f(a!(d, o));
      return (d, o) => f(a!(d, o), b(d, o));
    }
    case 'if': {
      const [test, then, otherwise] = [
        reader(e.test, layout),
        reader(e.then, layout),
        reader(e.otherwise, layout),
      ];
      return (d, o) => (test(d, o) !== 0 ? then(d, o) : otherwise(d, o));
    }
    case 'binary':
      return binaryReader(e, layout);
    default:
      return e satisfies never;
  }
}

function binaryReader(e: Expression & { kind: 'binary' }, layout: Layout): Reader {
  const fast = slotReader(e, layout);
  if (fast !== undefined) return fast;
  const [a, b] = [reader(e.left, layout), reader(e.right, layout)];
  switch (e.op) {
    case '+':
      return (d, o) => a(d, o) + b(d, o);
    case '-':
      return (d, o) => a(d, o) - b(d, o);
    case '*':
      return (d, o) => a(d, o) * b(d, o);
    case '/':
      return (d, o) => a(d, o) / b(d, o);
    case '^':
      if (isSquare(e)) return (d, o) => a(d, o) * a(d, o);
      return (d, o) => Math.pow(a(d, o), b(d, o));
    case '<':
      return (d, o) => (a(d, o) < b(d, o) ? 1 : 0);
    case '<=':
      return (d, o) => (a(d, o) <= b(d, o) ? 1 : 0);
    case '>':
      return (d, o) => (a(d, o) > b(d, o) ? 1 : 0);
    case '>=':
      return (d, o) => (a(d, o) >= b(d, o) ? 1 : 0);
    case '==':
      return (d, o) => (a(d, o) === b(d, o) ? 1 : 0);
    case '!=':
      return (d, o) => (a(d, o) !== b(d, o) ? 1 : 0);
    case 'and':
      return (d, o) => (a(d, o) !== 0 && b(d, o) !== 0 ? 1 : 0);
    case 'or':
      return (d, o) => (a(d, o) !== 0 || b(d, o) !== 0 ? 1 : 0);
    default:
      return e.op satisfies never;
  }
}

/** Sums and products of slots and numbers without a call for each operand: most of what models do. */
function slotReader(e: Expression & { kind: 'binary' }, layout: Layout): Reader | undefined {
  const slot = (part: Expression): number | undefined =>
    part.kind === 'variable' ? layout.slotOf(part.name) - part.lag * layout.width : undefined;
  const [i, j] = [slot(e.left), slot(e.right)];
  const [m, n] = [
    e.left.kind === 'number' ? e.left.value : undefined,
    e.right.kind === 'number' ? e.right.value : undefined,
  ];
  const a = i === undefined && j !== undefined ? reader(e.left, layout) : undefined;
  const b = i !== undefined && j === undefined ? reader(e.right, layout) : undefined;
  switch (e.op) {
    case '+':
      if (i !== undefined && j !== undefined) return (d, o) => d[o + i]! + d[o + j]!;
      if (m !== undefined && j !== undefined) return (d, o) => m + d[o + j]!;
      if (i !== undefined && b !== undefined) return (d, o) => d[o + i]! + b(d, o);
      if (a !== undefined && j !== undefined) return (d, o) => a(d, o) + d[o + j]!;
      return undefined;
    case '-':
      if (i !== undefined && j !== undefined) return (d, o) => d[o + i]! - d[o + j]!;
      if (m !== undefined && j !== undefined) return (d, o) => m - d[o + j]!;
      return undefined;
    case '*':
      if (i !== undefined && j !== undefined) return (d, o) => d[o + i]! * d[o + j]!;
      if (m !== undefined && j !== undefined) return (d, o) => m * d[o + j]!;
      if (i !== undefined && n !== undefined) return (d, o) => d[o + i]! * n;
      if (i !== undefined && b !== undefined) return (d, o) => d[o + i]! * b(d, o);
      if (a !== undefined && j !== undefined) return (d, o) => a(d, o) * d[o + j]!;
      return undefined;
    case '/':
      if (i !== undefined && j !== undefined) return (d, o) => d[o + i]! / d[o + j]!;
      return undefined;
    default:
      return undefined;
  }
}
