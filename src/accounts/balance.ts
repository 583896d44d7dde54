import { argument, checkOptions } from '../argument.ts';
import { mistake, shown, suggestion } from '../mistake.ts';
import { matrix, norm } from '../numeric/matrix.ts';
import { applyQ, qr, solveR, solveRTransposed } from '../numeric/qr.ts';
import type { Qr } from '../numeric/qr.ts';
import type { Rate } from '../numeric/rate.ts';
import { balanceTable } from './balance-table.ts';
import type { BalancedTable, TableOptions } from './balance-table.ts';
import { checkReliability, variancesOf } from './reliability.ts';
import type { Reliability } from './reliability.ts';

/** A linear identity that balanced figures satisfy: the sum of `terms` times the items is `equals`. */
export interface Identity<K extends string = string> {
  /** How messages and results call it; defaults to the terms themselves. */
  readonly name?: string;
  /** Coefficient of each item. */
  readonly terms: Readonly<Partial<Record<K, number>>>;
  /** Defaults to 0. */
  readonly equals?: number;
}

export interface BalanceOptions<K extends string = string> {
  /**
   * What must hold: equations as text, linear with numbers as coefficients (`'gdp = agr + 2 * ind - 5'`), or as terms.
   */
  readonly identities: readonly (string | Identity<K>)[];
  /**
   * The variance of each figure's error, in its unit squared; only their proportions move the result. One of
   * `'level'` (the size of the figure: errors of independent parts add up to that of the whole, as RAS has it), `'equal'`
   * (all alike), `'square'` (the square of the figure: all equally reliable in per cent), or a number per item, where 0
   * holds an item fixed. Defaults to `'level'`.
   */
  readonly variances?: Reliability | Readonly<Record<K, number>>;
  /**
   * The standard error of some figures as a share of them, as reliability grades are given (`'3%'`; 0 holds the item
   * fixed): their variance is then (share x figure)^2. Set for all items or for those held fixed.
   */
  readonly errors?: Readonly<Partial<Record<K, Rate>>>;
}

/** Figures that satisfy their identities. */
export interface Balanced<K extends string = string> {
  readonly values: Readonly<Record<K, number>>;
  /** Balanced less given. */
  readonly changes: Readonly<Record<K, number>>;
  /** By how much each identity was off before, by name: the sum of its terms less what it equals. */
  readonly discrepancies: Readonly<Record<string, number>>;
  /** The variance that is left of each figure once the identities are known: never more than before. */
  readonly variances: Readonly<Record<K, number>>;
  /** Identities that follow from the others, by name. */
  readonly redundant: readonly string[];
}

/**
 * Balance figures that should satisfy identities and do not: each is moved in proportion to its unreliability, so that the
 * weighted sum of squared changes is least. Stone's method, in closed form:
 * x* = x - V A'(A V A')^-1 (A x - b) (Stone, Champernowne and Meade 1942, "The precision of national income
 * estimates", Review of Economic Studies 9). Computed by an orthogonal factorisation of V^1/2 A', so that very firm
 * items and redundant identities do no harm.
 *
 * A table (rows of numbers) is balanced to given row and column totals instead, see `balanceTable`; `ras` is its
 * biproportional sister.
 *
 * @param items figures by name, or the rows of a table
 * @throws RangeError when identities contradict each other or the fixed items, name an unknown item or are not linear,
 *   when a figure is missing, or a variance is negative
 * @example balance({ gdp: 112, agr: 10, ind: 60, srv: 40 }, { identities: ['gdp = agr + ind + srv'], variances: 'equal' }).values // { gdp: 111.5, agr: 10.5, ind: 60.5, srv: 40.5 }
 */
export function balance<K extends string>(
  items: Readonly<Record<K, number>>,
  options: BalanceOptions<NoInfer<K>>,
): Balanced<K>;
export function balance(table: readonly (readonly number[])[], options: TableOptions): BalancedTable;
export function balance<K extends string>(
  items: Readonly<Record<K, number>> | readonly (readonly number[])[],
  options: BalanceOptions<K> | TableOptions,
): Balanced<K> | BalancedTable {
  if (Array.isArray(items))
    return balanceTable(items as readonly (readonly number[])[], options as TableOptions);
  return balanceItems(items as Readonly<Record<K, number>>, options as BalanceOptions<K>);
}

function balanceItems<K extends string>(
  items: Readonly<Record<K, number>>,
  options: BalanceOptions<K>,
): Balanced<K> {
  argument('balance', 'object', items, 'table of items');
  checkOptions('balance', options, 'identities[]! variances errors');
  const names = Object.keys(items) as K[];
  const given = names.map((name) => finite(name, items[name]));
  const variances = readVariances(names, given, options);
  const identities = options.identities.map((identity) => readIdentity(identity, names));
  const n = names.length;
  const m = identities.length;
  const place = new Map<string, number>(names.map((name, k) => [name, k]));
  const b = matrix(n, m);
  identities.forEach(({ terms }, c) => {
    for (const [name, coefficient] of terms) {
      const k = place.get(name)!;
      b.data[k * m + c] = coefficient * Math.sqrt(variances[k]!);
    }
  });
  const f = qr(b);
  const sum = (x: readonly number[] | Float64Array, { terms, equals }: Linear) =>
    terms.reduce((total, [name, coefficient]) => total + coefficient * x[place.get(name)!]!, -equals);
  const x = Float64Array.from(given);
  // The second pass takes back the rounding of the first.
  for (let pass = 0; pass < 2; pass++) {
    const move = new Float64Array(n);
    for (let k = 0; k < f.rank; k++) move[k] = -sum(x, identities[f.order[k]!]!);
    solveRTransposed(f, move);
    applyQ(f, move);
    for (let k = 0; k < n; k++) x[k]! += Math.sqrt(variances[k]!) * move[k]!;
  }
  const redundant = [...f.order.subarray(f.rank)].sort((a, c) => a - c);
  for (const c of redundant) {
    const off = sum(x, identities[c]!);
    const size = identities[c]!.terms.reduce(
      (s, [name, a]) => s + Math.abs(a * x[place.get(name)!]!),
      Math.abs(identities[c]!.equals),
    );
    if (Math.abs(off) > 1e-12 * (m + n) * size) contradiction(f, c, off, identities);
  }
  const record = (values: ArrayLike<number>) =>
    Object.fromEntries(names.map((name, k) => [name, values[k]!])) as Record<K, number>;
  return {
    values: record(x),
    changes: record(x.map((value, k) => value - given[k]!)),
    discrepancies: Object.fromEntries(identities.map((identity) => [identity.name, sum(given, identity)])),
    variances: record(remainingVariances(f, variances)),
    redundant: redundant.map((c) => identities[c]!.name),
  };
}

/** An identity as it is worked with. */
interface Linear {
  readonly name: string;
  readonly terms: readonly (readonly [string, number])[];
  readonly equals: number;
}

/** The diagonal of V - V A'(A V A')^-1 A V. */
function remainingVariances(f: Qr, variances: readonly number[]): Float64Array {
  const known = new Float64Array(f.rows);
  const q = new Float64Array(f.rows);
  for (let k = 0; k < f.rank; k++) {
    q.fill(0);
    q[k] = 1;
    applyQ(f, q);
    for (let i = 0; i < f.rows; i++) known[i]! += q[i]! * q[i]!;
  }
  return known.map((share, i) => variances[i]! * Math.max(0, 1 - share));
}

/** Say which identities leave no room for this one. */
function contradiction(f: Qr, c: number, off: number, identities: readonly Linear[]): never {
  const { name } = identities[c]!;
  const at = f.order.indexOf(c);
  const column = f.columns.slice(at * f.rows, at * f.rows + f.rank);
  const size = norm(column);
  solveR(f, column);
  const others = [...column.keys()]
    .filter((k) => Math.abs(column[k]! * norm(f.columns, k * f.rows, k * f.rows + k + 1)) > 1e-10 * size)
    .map((k) => `'${identities[f.order[k]!]!.name}'`);
  const problem =
    others.length === 0
      ? `'${name}' holds fixed items only and is off by ${rounded(off)}`
      : `'${name}' contradicts ${others.join(', ')}: with ${others.length === 1 ? 'it' : 'them'} satisfied it is off by ${rounded(off)}`;
  return mistake('balance', problem, 'drop or correct one of them, or give a fixed item a variance');
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function finite(name: string, value: number | undefined): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return mistake(
    'balance',
    `item '${name}' is ${shown(value)}`,
    'give a first estimate, with a large variance if it is a guess',
  );
}

function readVariances<K extends string>(
  names: readonly K[],
  given: readonly number[],
  options: BalanceOptions<K>,
): number[] {
  const { variances = 'level' } = options;
  const errors = (options.errors ?? {}) as Readonly<Partial<Record<K, Rate>>>;
  for (const [option, named] of [
    ['variances', typeof variances === 'string' ? {} : variances],
    ['errors', errors],
  ] as const) {
    for (const name of Object.keys(named)) {
      if (!names.includes(name as K))
        mistake('balance', `${option} name an unknown item '${name}'`, suggestion(name, names));
    }
  }
  if (typeof variances === 'string') checkReliability('balance', variances);
  return names.map((name, k) => {
    const share = errors[name];
    if (share !== undefined)
      return variancesOf('balance', `the standard error of '${name}'`, given[k]!, { share });
    if (typeof variances === 'string') return variancesOf('balance', `item '${name}'`, given[k]!, variances);
    return variancesOf('balance', `the variance of '${name}'`, given[k]!, { variance: variances[name] });
  });
}

function readIdentity(identity: string | Identity, names: readonly string[]): Linear {
  const { terms, equals, name } = typeof identity === 'string' ? readEquation(identity) : fromTerms(identity);
  for (const [item, coefficient] of terms) {
    if (!names.includes(item))
      mistake('balance', `identity '${name}' names an unknown item '${item}'`, suggestion(item, names));
    if (!Number.isFinite(coefficient)) {
      mistake(
        'balance',
        `identity '${name}' has the coefficient ${shown(coefficient)} for '${item}'`,
        'give a number',
      );
    }
  }
  if (!Number.isFinite(equals))
    mistake('balance', `identity '${name}' equals ${shown(equals)}`, 'give a number');
  return { name, terms, equals };
}

function fromTerms({ name, terms, equals = 0 }: Identity): Linear {
  const list = Object.entries(terms).map(([item, coefficient]) => [item, coefficient ?? NaN] as const);
  return {
    name: name ?? `${list.map(([item, a]) => `${a} * ${item}`).join(' + ')} = ${equals}`,
    terms: list,
    equals,
  };
}

/** Read `'gdp = agr + 2 * ind - 5'`: names and numbers with plus, minus, and a number times a name. */
function readEquation(text: string): Linear {
  const token = /\s*(?:([\p{L}_][\p{L}\p{N}_]*)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([-+*=]))/uy;
  const unreadable = (): never =>
    mistake(
      'balance',
      `identity '${text}' is not a linear equation`,
      "write it like 'gdp = agr + 2 * ind - 5'",
    );
  const coefficients = new Map<string, number>();
  let equals = 0;
  let side = 1;
  let sign = 1;
  let factors: { value: number; name?: string } | undefined;
  let needsFactor = true;
  const closeTerm = () => {
    if (factors === undefined || needsFactor) return unreadable();
    const value = side * sign * factors.value;
    if (factors.name === undefined) equals -= value;
    else coefficients.set(factors.name, (coefficients.get(factors.name) ?? 0) + value);
    factors = undefined;
    sign = 1;
    needsFactor = true;
  };
  const body = text.trimEnd();
  while (token.lastIndex < body.length) {
    const [, name, digits, operator] = token.exec(body) ?? unreadable();
    if (operator === undefined) {
      if (!needsFactor || (name !== undefined && factors?.name !== undefined)) unreadable();
      factors = {
        ...factors,
        value: (factors?.value ?? 1) * (digits === undefined ? 1 : Number(digits)),
        ...(name !== undefined && { name }),
      };
      needsFactor = false;
    } else if (operator === '*') {
      if (needsFactor) unreadable();
      needsFactor = true;
    } else if (operator === '=') {
      closeTerm();
      if (side < 0) unreadable();
      side = -1;
    } else {
      if (factors !== undefined) closeTerm();
      if (operator === '-') sign = -sign;
    }
  }
  closeTerm();
  if (side > 0) unreadable();
  return { name: text.trim(), terms: [...coefficients], equals };
}
