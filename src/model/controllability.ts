import type { Matrix } from '../numeric/matrix.ts';
import { svd } from '../numeric/svd.ts';
import type { Period } from '../time/period.ts';

/** What the multiplier matrix says about the question itself, in numbers and in words. */
export interface Controllability {
  readonly targets: number;
  readonly instruments: number;
  /** Independent directions in which the instruments move the targets. */
  readonly rank: number;
  /** Largest over smallest singular value of the scaled multipliers; above some 1e8 the answer is fragile. */
  readonly condition: number | null;
  /** Targets that no instrument reaches, with the period. */
  readonly unreachable: readonly { readonly target: string; readonly period: Period }[];
  /** Pairs of instruments that act alike on every target, so that one of them is enough. */
  readonly duplicates: readonly (readonly [string, string])[];
  readonly words: string;
}

/**
 * Rank, condition, unreachable targets and duplicate instruments of a scaled multiplier matrix.
 *
 * @param jacobian a row for each target and period, a column for each unknown
 * @param targets name and period of each row
 * @param instruments name of each column
 */
export function controllabilityOf(
  jacobian: Matrix,
  targets: readonly { readonly name: string; readonly period: Period }[],
  instruments: readonly string[],
): Controllability {
  const { rows, cols, data } = jacobian;
  if (!data.every(Number.isFinite)) {
    const words = `${rows} target values, ${cols} unknowns; the multipliers are infinite at the point found, which lies at the edge of what the equations allow`;
    return {
      targets: rows,
      instruments: cols,
      rank: 0,
      condition: null,
      unreachable: [],
      duplicates: [],
      words,
    };
  }
  const { rank, condition } = svd(jacobian, 1e-11);
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unreachable = targets.flatMap(({ name, period }, i) => {
    let most = 0;
    for (let j = 0; j < cols; j++) most = Math.max(most, Math.abs(data[i * cols + j]!));
    return most <= 1e-14 * largest ? [{ target: name, period }] : [];
  });
  const duplicates = duplicatePairs(jacobian, instruments);
  const full = rank === Math.min(rows, cols) && Number.isFinite(condition);
  return {
    targets: rows,
    instruments: cols,
    rank,
    condition: full ? condition : null,
    unreachable,
    duplicates,
    words: inWords(rows, cols, rank, condition, unreachable, duplicates),
  };
}

function duplicatePairs({ rows, cols, data }: Matrix, instruments: readonly string[]): [string, string][] {
  const names = [...new Set(instruments)];
  const columns = new Map(
    names.map((name) => [name, instruments.flatMap((other, j) => (other === name ? [j] : []))]),
  );
  return names.flatMap((a, i) =>
    names.slice(i + 1).flatMap((b): [string, string][] => {
      const [first, second] = [columns.get(a)!, columns.get(b)!];
      if (first.length !== second.length) return [];
      const alike = first.every((j, k) => parallel(data, rows, cols, j, second[k]!));
      return alike ? [[a, b]] : [];
    }),
  );
}

function parallel(data: Float64Array, rows: number, cols: number, a: number, b: number): boolean {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const [x, y] = [data[i * cols + a]!, data[i * cols + b]!];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  // With one target any two instruments that reach it are parallel; that is choice, not duplication.
  if (rows === 1 || aa === 0 || bb === 0) return false;
  return dot * dot >= (1 - 1e-12) * aa * bb;
}

function inWords(
  targets: number,
  instruments: number,
  rank: number,
  condition: number,
  unreachable: Controllability['unreachable'],
  duplicates: Controllability['duplicates'],
): string {
  const parts = [
    `at the point found: ${targets} target value${targets === 1 ? '' : 's'}, ${instruments} unknown${instruments === 1 ? '' : 's'}, rank ${rank}`,
  ];
  if (rank === targets && rank === instruments) parts.push('exactly determined');
  else if (rank === targets)
    parts.push('all targets can be moved independently, in more ways than one: the smallest move is taken');
  else parts.push(`only ${rank} of ${targets} can be moved independently: the rest follows or is missed`);
  if (Number.isFinite(condition) && condition > 1e8)
    parts.push(
      `condition ${condition.toExponential(1)}: small errors in targets become large ones in instruments`,
    );
  if (unreachable.length > 0)
    parts.push(
      `no instrument reaches ${unreachable.map(({ target, period }) => `${target} in ${period}`).join(', ')}`,
    );
  if (duplicates.length > 0)
    parts.push(
      `${duplicates.map(([a, b]) => `${a} and ${b}`).join('; ')} act alike on every target: one of them is enough`,
    );
  return parts.join('; ');
}
