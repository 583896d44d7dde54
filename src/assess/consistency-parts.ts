import type { Issue } from '../issue.ts';
import type { Affine, Cell } from './consistency-equations.ts';
import type { BandRow, EquationRow, Rows } from './consistency-row.ts';
import { holdAll } from './consistency-solve.ts';

/** Rows that hang together by the unknowns they share, with unknowns of their own numbering. */
export interface RowsPart {
  readonly rows: Rows;
  /** The part's own row for a row of the whole. */
  readonly rowOf: ReadonlyMap<BandRow, BandRow>;
  /** The whole's number of each unknown of the part. */
  readonly unknowns: readonly number[];
}

/**
 * Rows split into parts that share no unknown: what is asked of one part does not depend on the others, as long as those
 * can hold. A part costs what its own size costs, so many unrelated targets cost their number and not its cube.
 *
 * @returns one part for each set of connected rows, in the order of their first unknown, then one for each row among
 *   known numbers
 */
export function partsOf(rows: Rows): RowsPart[] {
  const parent = Int32Array.from({ length: rows.unknowns.length }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const bandUnknowns = rows.bands.map(unknownsIn);
  // A tangent names every unknown of its equation, also where its slope is zero.
  const equationUnknowns = rows.equations.map(({ tangentAt }) =>
    tangentAt(rows.start).terms.map(([unknown]) => unknown),
  );
  for (const [first, ...others] of [...bandUnknowns, ...equationUnknowns])
    for (const other of others) parent[root(other)] = root(first!);
  const members = new Map<number, number[]>();
  for (let i = 0; i < parent.length; i++) {
    const of = root(i);
    const list = members.get(of);
    if (list === undefined) members.set(of, [i]);
    else list.push(i);
  }
  const bands = grouped(rows.bands, bandUnknowns, root);
  const equations = grouped(rows.equations, equationUnknowns, root);
  const whole = rows.start.slice();
  return [
    ...[...members].map(([of, unknowns]) =>
      partOf(rows, unknowns, bands.get(of) ?? [], equations.get(of) ?? [], whole),
    ),
    ...rows.bands
      .filter((_, i) => bandUnknowns[i]!.length === 0)
      .map((row) => partOf(rows, [], [row], [], whole)),
    ...rows.equations
      .filter((_, i) => equationUnknowns[i]!.length === 0)
      .map((row) => partOf(rows, [], [], [row], whole)),
  ];
}

/** Find a point at which every row holds, part by part; where a part cannot, the rows are asked as a whole. */
export function holdParts(rows: Rows, parts: readonly RowsPart[]): ReturnType<typeof holdAll> {
  const point = rows.start.slice();
  const issues: Issue[] = [];
  for (const part of parts) {
    const found = holdAll(part.rows);
    if (!found.holds) return holdAll(rows);
    for (const [i, unknown] of part.unknowns.entries()) point[unknown] = found.point[i]!;
    if (issues.length === 0) issues.push(...found.issues);
  }
  return { holds: true, point, issues };
}

function grouped<T>(
  list: readonly T[],
  unknowns: readonly (readonly number[])[],
  root: (i: number) => number,
): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const [i, one] of list.entries()) {
    const first = unknowns[i]![0];
    if (first === undefined) continue;
    const group = groups.get(root(first));
    if (group === undefined) groups.set(root(first), [one]);
    else group.push(one);
  }
  return groups;
}

function partOf(
  rows: Rows,
  unknowns: readonly number[],
  bands: readonly BandRow[],
  equations: readonly EquationRow[],
  whole: Float64Array,
): RowsPart {
  const own = new Map(unknowns.map((unknown, i) => [unknown, i]));
  const renumbered = ({ terms, constant }: Affine): Affine => ({
    terms: terms.map(([unknown, coefficient]) => [own.get(unknown)!, coefficient] as const),
    constant,
  });
  const rowOf = new Map(
    bands.map((row): [BandRow, BandRow] => [
      row,
      {
        ...row,
        of: renumbered(row.of),
        ...(row.divisor === undefined ? {} : { divisor: renumbered(row.divisor) }),
      },
    ]),
  );
  const cellOf = (cell: Cell): Cell =>
    cell.unknown === undefined ? cell : { ...cell, unknown: own.get(cell.unknown)! };
  return {
    rows: {
      unknowns: unknowns.map((unknown) => ({
        ...rows.unknowns[unknown]!,
        cell: cellOf(rows.unknowns[unknown]!.cell),
      })),
      bands: [...rowOf.values()],
      equations: equations.map(({ source, exact, tangentAt }) => ({
        source,
        ...(exact === undefined ? {} : { exact: renumbered(exact) }),
        tangentAt: (point) => {
          // An equation reads its own unknowns alone: where the others stand does not matter.
          for (const [i, unknown] of unknowns.entries()) whole[unknown] = point[i]!;
          return renumbered(tangentAt(whole));
        },
      })),
      start: Float64Array.from(unknowns, (unknown) => rows.start[unknown]!),
      isLinear: equations.every(({ exact }) => exact !== undefined),
      issues: [],
      leftOut: [],
    },
    rowOf,
    unknowns,
  };
}

function unknownsIn({ of, divisor }: BandRow): number[] {
  return [...of.terms, ...(divisor?.terms ?? [])].map(([unknown]) => unknown);
}
