import { compileStatements } from '../formula/compile.ts';
import { derivative } from '../formula/differentiate.ts';
import { binary } from '../formula/expression.ts';
import { currentNames } from '../formula/invert.ts';
import { FormulaError, parseEquation } from '../formula/parse.ts';
import { suggestion } from '../mistake.ts';

/** A linear restriction on the parameters of an equation: the weighted sum of the named ones is `value`. */
export interface Restriction {
  readonly weights: Readonly<Record<string, number>>;
  readonly value: number;
}

/**
 * A polynomial distributed lag (Almon 1965): the coefficient's regressor enters with `length` lags, 0 included, whose
 * coefficients lie on a polynomial of the given degree over the lag.
 */
export interface DistributedLag {
  readonly coefficient: string;
  readonly degree: number;
  readonly length: number;
  /** Whether the coefficient of the nearest, and of the farthest, lag is restricted to zero. */
  readonly nearZero: boolean;
  readonly farZero: boolean;
}

/** What a `PDL>` line says: `c3 1 3 N F`. Undefined when it says something else. */
export function readDistributedLag(text: string): DistributedLag | undefined {
  const found = /^\s*(\S+)[\s,]+(\d+)[\s,]+(\d+)((?:[\s,]+[NF])*)\s*$/iu.exec(text);
  if (found === null) return undefined;
  const [, coefficient = '', degree, length, ends = ''] = found;
  if (Number(length) <= Number(degree) || Number(length) > 1000) return undefined;
  return {
    coefficient,
    degree: Number(degree),
    length: Number(length),
    nearZero: /N/iu.test(ends),
    farZero: /F/iu.test(ends),
  };
}

/** The name of a distributed lag's parameter at a lag, as bimets names it. */
export function lagName(parameter: string, lag: number): string {
  return lag === 0 ? parameter : `${parameter}__PDL__${lag}`;
}

/**
 * A distributed lag as restrictions: the differences of order `degree` + 1 of its coefficients are zero.
 */
export function lagRestrictions(parameter: string, lag: DistributedLag): Restriction[] {
  const { degree, length, nearZero, farZero } = lag;
  const binomial = [1];
  for (let k = 0; k <= degree; k++) binomial.push((-binomial[k]! * (degree + 1 - k)) / (k + 1));
  const rows = Array.from({ length: length - degree - 1 }, (_, i) => ({
    weights: Object.fromEntries(binomial.map((weight, k) => [lagName(parameter, i + k), weight])),
    value: 0,
  }));
  const zero = (at: number): Restriction => ({ weights: { [lagName(parameter, at)]: 1 }, value: 0 });
  return [...rows, ...(nearZero ? [zero(0)] : []), ...(farZero ? [zero(length - 1)] : [])];
}

/**
 * A restriction as an equation says it: `b2 + b3 = 1`, with parameters by their own names.
 *
 * @throws FormulaError when it is not linear, or names what is no parameter of the equation
 */
export function readRestriction(text: string, parameters: readonly string[]): Restriction {
  const { left, right } = parseEquation(text, { variables: parameters });
  const gap = binary('-', left, right);
  const stranger = currentNames(gap).find((name) => !parameters.includes(name));
  if (stranger !== undefined) {
    const at = Math.max(0, text.indexOf(stranger));
    throw new FormulaError(
      `'${stranger}' is no coefficient here`,
      text,
      at,
      suggestion(stranger, parameters),
    );
  }
  const weights: Record<string, number> = {};
  for (const name of currentNames(gap)) {
    const slope = derivative(gap, name);
    if (slope.kind !== 'number')
      throw new FormulaError(`not linear in '${name}'`, text, 0, 'write sums of coefficients times numbers');
    weights[name] = slope.value;
  }
  const names = Object.keys(weights);
  const layout = { width: names.length, slotOf: (name: string) => names.indexOf(name) };
  const out = new Float64Array(1);
  compileStatements([{ to: 'out', slot: 0, expression: gap }], layout, 'interpreted')(
    new Float64Array(names.length),
    0,
    out,
  );
  if (names.length === 0 || !Number.isFinite(out[0]!))
    throw new FormulaError('no restriction of coefficients', text, 0, "write 'b2 + b3 = 1'");
  return { weights, value: out[0] === 0 ? 0 : -out[0]! };
}
