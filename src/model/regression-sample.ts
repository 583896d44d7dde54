import { compileStatements } from '../formula/compile.ts';
import { derivative } from '../formula/differentiate.ts';
import { binary, eachVariable, mapParts, number, variable as variableOf } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { FormulaError, parseEquation, parseExpression } from '../formula/parse.ts';
import { mistake, suggestion } from '../mistake.ts';
import { matrix } from '../numeric/matrix.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { frequencyOf, indexOf, perYear, periodAt, toSpan } from '../time/period.ts';
import type { Frequency, Span } from '../time/period.ts';
import type { Dataset } from '../time/series.ts';
import type { Mdl, MdlEquation } from './mdl.ts';
import { parametersOf } from './mdl.ts';
import type { Restriction } from './mdl-restriction.ts';
import type { Model } from './model.ts';
import type { Sample } from './regression.ts';
import { systemFor } from './solve.ts';

/** An equation that is linear in its parameters, as a regression. */
export interface Regression {
  readonly variable: string;
  readonly formula: string;
  readonly dependent: Expression;
  readonly parameters: readonly string[];
  readonly regressors: readonly Expression[];
  readonly restrictions: readonly Restriction[];
  readonly errorParameters: readonly string[];
  /** Of `IV>`. */
  readonly instruments: readonly string[];
  readonly range?: readonly [number, number, number, number];
  /** Names that expressions reserve unless declared. */
  readonly declared: readonly string[];
}

/** An equation with parameters that is no regression. */
export interface Refused {
  readonly variable: string;
  readonly reason: string;
}

/** The regressions of a model, in the order of its equations. */
export function regressionsOf(given: Model | Mdl): {
  model: Model;
  regressions: Regression[];
  refused: Refused[];
} {
  const isMdl = 'issues' in given;
  const model = isMdl ? given.model : given;
  if (model === undefined)
    return mistake('estimate', 'nothing of the text could be read as a model', 'see its issues');
  const regressions: Regression[] = [];
  const refused: Refused[] = [];
  const add = (one: Regression | Refused): void =>
    void ('reason' in one ? refused.push(one) : regressions.push(one));
  const declared = model.variables ?? [];
  if (isMdl) {
    for (const equation of given.equations) {
      if (equation.coefficients.length > 0) add(ofMdl(equation, declared));
    }
    return { model, regressions, refused };
  }
  const system = systemFor('estimate', model);
  const known = new Set(system.parameters);
  const users = new Map<string, string>();
  for (const { variable, text, branches } of system.equations) {
    const parameters = new Set<string>();
    for (const { left, right, when } of branches) {
      for (const side of when === undefined ? [left, right] : [left, right, when])
        eachVariable(side, (name) => void (known.has(name) && parameters.add(name)));
    }
    if (parameters.size === 0) continue;
    const shared = [...parameters].find((name) => users.has(name));
    for (const name of parameters) users.set(name, users.get(name) ?? variable);
    const [branch, more] = branches;
    if (more !== undefined || branch!.when !== undefined) add({ variable, reason: 'is conditional' });
    else if (shared !== undefined)
      add({ variable, reason: `shares the parameter '${shared}' with that of '${users.get(shared)}'` });
    else {
      const { left, right } = branch!;
      add(linear({ variable, formula: text, left, right, parameters: [...parameters], declared }));
    }
  }
  return { model, regressions, refused };
}

function ofMdl(equation: MdlEquation, declared: readonly string[]): Regression | Refused {
  const { variable, formula, restrictions, errorParameters, instruments, range } = equation;
  const parameters = parametersOf(equation)
    .map(({ parameter }) => parameter)
    .slice(0, errorParameters.length === 0 ? undefined : -errorParameters.length);
  const { left, right } = parseEquation(formula, { variables: declared });
  const regression = linear({ variable, formula, left, right, parameters, declared });
  if ('reason' in regression) return regression;
  return {
    ...regression,
    restrictions,
    errorParameters,
    instruments,
    ...(range === undefined ? {} : { range }),
  };
}

function linear({
  variable,
  formula,
  left,
  right,
  parameters,
  declared,
}: {
  variable: string;
  formula: string;
  left: Expression;
  right: Expression;
  parameters: readonly string[];
  declared: readonly string[];
}): Regression | Refused {
  const own = new Set(parameters);
  if (mentions(left, own)) return { variable, reason: 'has a parameter on its left-hand side' };
  // A parameter is the same in every period, so one inside a lag counts as itself.
  const plain = withParameters(right, own, (name) => variableOf(name));
  const regressors = parameters.map((name) => derivative(plain, name));
  const bent = parameters.find((name, k) => mentions(regressors[k]!, new Set([name])));
  if (bent !== undefined) return { variable, reason: `is not linear in '${bent}'` };
  const tied = regressors.findIndex((regressor) => mentions(regressor, own));
  if (tied >= 0) return { variable, reason: `multiplies '${parameters[tied]}' with another parameter` };
  const rest = withParameters(plain, own, () => number(0));
  return {
    variable,
    formula,
    dependent: binary('-', left, rest),
    parameters,
    regressors,
    restrictions: [],
    errorParameters: [],
    instruments: [],
    declared,
  };
}

function mentions(e: Expression, names: ReadonlySet<string>): boolean {
  let found = false;
  eachVariable(e, (name) => void (names.has(name) && (found = true)));
  return found;
}

function withParameters(
  e: Expression,
  names: ReadonlySet<string>,
  replace: (name: string) => Expression,
): Expression {
  if (e.kind === 'variable') return names.has(e.name) ? replace(e.name) : e;
  return mapParts(e, (part) => withParameters(part, names, replace));
}

/** The observations of a regression; with an autoregressive error those before the sample come first. */
export interface Observations extends Sample {
  readonly instruments?: Matrix;
  /** Period index of the first row, and what it counts. */
  readonly first: number;
  readonly frequency: Frequency;
}

/**
 * Evaluate a regression on the history.
 *
 * @param over the sample; without one the equation's range, else the longest stretch without a missing value
 * @throws RangeError naming the missing series or period
 */
export function sampleOf(
  call: string,
  regression: Regression,
  history: Dataset,
  over: Span | undefined,
  instruments: true | readonly string[] | undefined,
): Observations {
  const { dependent, regressors, parameters, errorParameters, range } = regression;
  const z = instrumentsOf(call, regression, instruments);
  const expressions = [dependent, ...regressors, ...z];
  const lags = new Map<string, number>();
  for (const e of expressions)
    eachVariable(e, (name, lag) => lags.set(name, Math.max(lag, lags.get(name) ?? 0)));
  const frequency = commonFrequency(call, history, [...lags.keys()]);
  const wanted = over === undefined ? spanOf(call, range, frequency) : toSpan(over, call);
  if (wanted !== undefined && frequencyOf(wanted[0]) !== frequency)
    mistake(
      call,
      `the sample is by ${frequencyOf(wanted[0])} and the history by ${frequency}`,
      'use one frequency',
    );
  const order = errorParameters.length;
  const [from, to] =
    wanted === undefined ? extentOf(history, lags) : [indexOf(wanted[0]) - order, indexOf(wanted[1])];
  if (to < from) mistake(call, 'no period has all the series of the equation', 'extend the history');
  const values = evaluate(expressions, lags, history, from, to);
  const width = expressions.length;
  const complete = (row: number): boolean =>
    values.subarray(row * width, (row + 1) * width).every(Number.isFinite);
  let [start, end] = [0, to - from];
  if (wanted === undefined) {
    while (start <= end && !complete(start)) start++;
    while (end > start && !complete(end)) end--;
  }
  for (let row = start; row <= end; row++) {
    if (!complete(row)) refuseRow(call, lags, history, frequency, from + row);
  }
  const n = end - start + 1;
  if (n < 1) mistake(call, 'no period has all the series of the equation', 'extend the history');
  const k = parameters.length;
  const x = matrix(n, k);
  const y = new Float64Array(n);
  const instrumentColumns = matrix(n, z.length);
  for (let i = 0; i < n; i++) {
    const at = (start + i) * width;
    y[i] = values[at]!;
    x.data.set(values.subarray(at + 1, at + 1 + k), i * k);
    instrumentColumns.data.set(values.subarray(at + 1 + k, at + width), i * z.length);
  }
  return {
    names: parameters,
    x,
    y,
    ...(z.length === 0 ? {} : { instruments: instrumentColumns }),
    first: from + start,
    frequency,
  };
}

function instrumentsOf(
  call: string,
  { instruments, declared }: Regression,
  wanted: true | readonly string[] | undefined,
): Expression[] {
  if (wanted === undefined) return [];
  const texts = wanted === true ? instruments : wanted;
  if (texts.length === 0) mistake(call, 'there are no instruments', 'give them by name, or write IV>');
  return texts.map((text) => {
    try {
      return parseExpression(text, { variables: declared });
    } catch (error) {
      if (error instanceof FormulaError) return mistake(call, error.problem, error.wayOut);
      throw error;
    }
  });
}

function commonFrequency(call: string, history: Dataset, names: readonly string[]): Frequency {
  const missing = names.find((name) => !Object.hasOwn(history, name));
  if (missing !== undefined)
    mistake(call, `'${missing}' has no series in the history`, suggestion(missing, Object.keys(history)));
  const [first, ...others] = names;
  if (first === undefined) return mistake(call, 'the equation has no variables', 'give it a regressor');
  const frequency = frequencyOf(history[first]!.start);
  for (const name of others) {
    const own = frequencyOf(history[name]!.start);
    if (own !== frequency)
      mistake(call, `'${name}' is by ${own} and '${first}' by ${frequency}`, 'aggregate to one frequency');
  }
  return frequency;
}

function spanOf(
  call: string,
  range: readonly [number, number, number, number] | undefined,
  frequency: Frequency,
): Span | undefined {
  if (range === undefined) return undefined;
  const [y1, p1, y2, p2] = range;
  const n = perYear[frequency];
  if (p1 > n || p2 > n)
    mistake(
      call,
      `the sample ${range.join(' ')} has a period beyond the ${n} of a year`,
      'give it with over',
    );
  return [periodAt(frequency, y1 * n + p1 - 1), periodAt(frequency, y2 * n + p2 - 1)];
}

/** Period indices between which every series can have a value, at one of its lags. */
function extentOf(history: Dataset, lags: ReadonlyMap<string, number>): [number, number] {
  const starts = [...lags.keys()].map((name) => indexOf(history[name]!.start));
  const ends = [...lags].map(([name, lag], i) => starts[i]! + history[name]!.values.length - 1 + lag);
  return [Math.max(...starts), Math.min(...ends)];
}

function evaluate(
  expressions: readonly Expression[],
  lags: ReadonlyMap<string, number>,
  history: Dataset,
  from: number,
  to: number,
): Float64Array {
  const names = [...lags.keys()];
  const slots = new Map(names.map((name, slot) => [name, slot]));
  const lead = Math.max(0, ...lags.values());
  const width = names.length;
  const rows = lead + to - from + 1;
  const data = new Float64Array(rows * width).fill(NaN);
  for (const [slot, name] of names.entries()) {
    const { start, values } = history[name]!;
    const offset = indexOf(start) - (from - lead);
    for (let i = Math.max(0, -offset); i < values.length && offset + i < rows; i++)
      data[(offset + i) * width + slot] = values[i]!;
  }
  const program = compileStatements(
    expressions.map((expression, slot) => ({ to: 'out', slot, expression })),
    { width, slotOf: (name) => slots.get(name)! },
    // A sample is short and evaluated once: generating code would cost more than it saves.
    'interpreted',
  );
  const result = new Float64Array((to - from + 1) * expressions.length);
  for (let row = lead; row < rows; row++)
    program(data, row * width, result.subarray((row - lead) * expressions.length));
  return result;
}

/** An observation that is missing: the series that lacks it, else the operation that left its domain. */
function refuseRow(
  call: string,
  lags: ReadonlyMap<string, number>,
  history: Dataset,
  frequency: Frequency,
  at: number,
): never {
  for (const [name, lag] of lags) {
    const { start, values } = history[name]!;
    for (let back = 0; back <= lag; back++) {
      const value = values[at - back - indexOf(start)];
      if (value !== undefined && Number.isFinite(value)) continue;
      mistake(
        call,
        `'${name}' has no value at ${periodAt(frequency, at - back)}, which the observation of ${periodAt(frequency, at)} needs`,
        'choose another sample with over, or fill the gap',
      );
    }
  }
  return mistake(
    call,
    `the equation has no value at ${periodAt(frequency, at)}`,
    'a logarithm, root or division left its domain: check history there',
  );
}
