import { copyProgramme, linearProgramme, polish, settle } from '../numeric/linear-programme.ts';
import type { LinearProgramme } from '../numeric/linear-programme.ts';
import type { Affine } from './consistency-equations.ts';
import type { BandRow, Rows } from './consistency-row.ts';

/** Rows as a linear programme, with the place of each: a band over a quotient is two rows of it, one for each side. */
export interface Programme {
  readonly lp: LinearProgramme;
  readonly bands: readonly (readonly Side[])[];
  readonly equations: readonly number[];
}

/** One row of the programme, and what it was multiplied with. */
export interface Side {
  readonly row: number;
  readonly scale: number;
}

/** A divisor is at most this many times its reference: quotients that level off are then reached and not approached. */
const FAR = 100;

const templates = new WeakMap<Rows, { readonly first: Programme; copy?: LinearProgramme }>();

/**
 * The programme of rows at a point. Linear ones are built once and copied with the basis that was found first; there is
 * one copy at a time.
 */
export function programmeAt(rows: Rows, point: Float64Array, objective: readonly LpRow[] = []): Programme {
  if (!rows.isLinear || objective.length > 0) return build(rows, point, objective);
  let template = templates.get(rows);
  if (template === undefined) {
    template = { first: build(rows, point, []) };
    settle(template.first.lp);
    templates.set(rows, template);
  }
  template.copy = copyProgramme(template.first.lp, template.copy);
  return { ...template.first, lp: template.copy };
}

interface LpRow {
  readonly terms: readonly (readonly [number, number])[];
  readonly low: number;
  readonly high: number;
}

function build(rows: Rows, point: Float64Array, objective: readonly LpRow[]): Programme {
  const list: LpRow[] = [];
  const add = ({ terms, constant }: Affine, low: number, high: number): Side => {
    const size = terms.reduce((max, [, coefficient]) => Math.max(max, Math.abs(coefficient)), 0);
    const scale = size === 0 ? 1 : 1 / size;
    list.push({
      terms: scale === 1 ? terms : terms.map(([unknown, coefficient]) => [unknown, coefficient * scale]),
      low: (low - constant) * scale,
      high: (high - constant) * scale,
    });
    return { row: list.length - 1, scale };
  };
  const bands = rows.bands.map(({ of, divisor, years, low, high }) => {
    if (divisor === undefined) return [add(of, sumFor(low, years), sumFor(high, years))];
    const sides: Side[] = [];
    if (low !== -Infinity) sides.push(add(less(of, compounded(low, years), divisor), 0, Infinity));
    if (high !== Infinity) sides.push(add(less(of, compounded(high, years), divisor), -Infinity, 0));
    return sides;
  });
  const equations = rows.equations.map(({ tangentAt }) => {
    const e = tangentAt(point);
    // An equation among known numbers alone holds up to their rounding or not at all.
    return add(e.terms.length === 0 && Math.abs(e.constant) < 1e-9 ? { terms: [], constant: 0 } : e, 0, 0)
      .row;
  });
  return { lp: linearProgramme(rows.unknowns.length, [...list, ...objective], point), bands, equations };
}

/** What the sum of a row is when its measure has a value. */
export function sumFor(value: number, years: number): number {
  return years === 1 ? value : compounded(value, years) - 1;
}

/** The factor that a rate makes over the years; rates that are below -100 % are held there. */
export function compounded(value: number, years: number): number {
  if (years === 1) return 1 + value;
  return value === -Infinity ? -Infinity : Math.max(0, 1 + value) ** years;
}

/** What a quotient is moved by: its dividend less `value` times its divisor, with the divisor kept from running away. */
export function quotientRows({ of, divisor, years }: BandRow, value: number): LpRow[] {
  const { terms } = less(of, compounded(value, years), divisor!);
  const size = divisor!.terms.reduce((max, [, coefficient]) => Math.max(max, Math.abs(coefficient)), 0);
  return [
    { terms, low: -Infinity, high: Infinity },
    { terms: divisor!.terms, low: -Infinity, high: FAR * size },
  ];
}

/** The unknowns of a programme, polished. */
export function pointOf({ lp }: Programme): Float64Array {
  polish(lp);
  return lp.value.slice(0, lp.columns);
}

function less(a: Affine, times: number, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [unknown, coefficient] of b.terms)
    terms.set(unknown, (terms.get(unknown) ?? 0) - times * coefficient);
  return { terms: [...terms], constant: a.constant - times * b.constant };
}
