import fc from 'fast-check';
import { binary, negate, number, variable } from '../../src/formula/expression.ts';
import type { BinaryOperator, Expression } from '../../src/formula/expression.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Relation } from '../../src/plan/relation.ts';
import { periodAt } from '../../src/time/period.ts';
import type { Frequency } from '../../src/time/period.ts';
import type { Series } from '../../src/time/series.ts';

/** A fixed seed and enough runs for a law; every property test uses it, so that a failure repeats. */
export const law = { seed: 2014, numRuns: 200 } as const;

export const frequency = fc.constantFrom<Frequency>('year', 'quarter', 'month');

export const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Growth rates as plans have them, and a good deal wilder. */
export const rate = finite(-0.9, 3);

export const level = finite(0.01, 1e9);

export const period = fc
  .tuple(frequency, fc.integer({ min: 1900, max: 2100 }))
  .map(([f, year]) => periodAt(f, year * (f === 'year' ? 1 : f === 'quarter' ? 4 : 12)));

export function seriesOf(
  values: fc.Arbitrary<number>,
  {
    f = frequency,
    minLength = 1,
    maxLength = 40,
  }: { f?: fc.Arbitrary<Frequency>; minLength?: number; maxLength?: number } = {},
): fc.Arbitrary<Series> {
  return fc
    .tuple(
      f,
      fc.integer({ min: 1950, max: 2050 }),
      fc.integer({ min: 0, max: 11 }),
      fc.array(values, { minLength, maxLength }),
    )
    .map(([freq, year, place, list]) => {
      const n = freq === 'year' ? 1 : freq === 'quarter' ? 4 : 12;
      return { start: periodAt(freq, year * n + (place % n)), values: list };
    });
}

export const relation: fc.Arbitrary<Exclude<Relation, { kind: 'in-step-with' }>> = fc.oneof(
  fc.record({ kind: fc.constant('about' as const), value: finite(-0.5, 1) }),
  fc.record({ kind: fc.constant('at-least' as const), value: finite(-0.5, 1) }),
  fc.record({ kind: fc.constant('at-most' as const), value: finite(-0.5, 1) }),
  fc.record({ kind: fc.constant('reach' as const), value: finite(-0.5, 1) }),
  fc
    .tuple(finite(-0.5, 1), finite(0, 0.5))
    .map(([low, more]) => ({ kind: 'within' as const, low, high: low + more })),
);

/** Expressions that are well defined for variables above zero, in the form that parsing gives. */
export function expression(names: readonly string[]): fc.Arbitrary<Expression> {
  const leaf = fc.oneof(
    fc.integer({ min: -5, max: 5 }).map((n) => number(n === 0 ? 0 : n)),
    finite(0.001, 10).map(number),
    fc
      .tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 3 }))
      .map(([name, lag]) => variable(name, lag)),
  );
  const operators: BinaryOperator[] = [
    '+',
    '-',
    '*',
    '/',
    '^',
    '<',
    '<=',
    '>',
    '>=',
    '==',
    '!=',
    'and',
    'or',
  ];
  return fc.letrec<{ e: Expression }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'e' },
      leaf,
      fc.tuple(fc.constantFrom(...operators), tie('e'), tie('e')).map(([op, a, b]) => binary(op, a, b)),
      tie('e')
        .filter((e) => e.kind !== 'number')
        .map(negate),
      tie('e').map((of): Expression => ({ kind: 'not', of })),
      fc
        .tuple(
          fc.constantFrom('exp' as const, 'log' as const, 'sqrt' as const, 'abs' as const, 'sign' as const),
          tie('e'),
        )
        .map(([name, arg]): Expression => ({ kind: 'call', name, args: [arg] })),
      fc
        .tuple(fc.constantFrom('min' as const, 'max' as const), tie('e'), tie('e'))
        .map(([name, a, b]): Expression => ({ kind: 'call', name, args: [a, b] })),
      fc
        .tuple(tie('e'), tie('e'), tie('e'))
        .map(([test, then, otherwise]): Expression => ({ kind: 'if', test, then, otherwise })),
    ),
  })).e;
}

/** Plans as a file could hold them: plain JSON, without errors. */
export const plan: fc.Arbitrary<Plan> = fc
  .uniqueArray(fc.constantFrom('gdp', 'retail', 'fai', 'income_urban', '总产值', 'jobs'), { minLength: 1 })
  .chain((names) =>
    fc.record({
      name: fc.string({ minLength: 1 }),
      span: fc
        .integer({ min: 1990, max: 2030 })
        .map((year): [`${number}`, `${number}`] => [`${year}`, `${year}`]),
      indicators: fc.constant(
        Object.fromEntries(
          names.map((name) => [name, { label: name, unit: '100m CNY', kind: 'flow' as const }]),
        ),
      ),
      targets: fc.array(
        fc.record(
          { indicator: fc.constantFrom(...names), measure: fc.constant('growth' as const), relation },
          { requiredKeys: ['indicator', 'measure', 'relation'] },
        ),
        { maxLength: 6 },
      ),
    }),
  );

/** Whether two numbers agree to a relative tolerance; missing agrees with missing. */
export function close(a: number, b: number, tolerance = 1e-12): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  if (a === b) return true;
  return Math.abs(a - b) <= tolerance * Math.max(1e-300, Math.abs(a), Math.abs(b));
}

/** A value frozen all through, which proves that a function leaves its input alone. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
