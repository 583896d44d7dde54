import type { Issue } from '../issue.ts';
import { shown } from '../mistake.ts';

/** The cell that a field of the plan came from, by the field's path. */
export type Places = Map<string, readonly [sheet: string, cell: string]>;

/** An issue's path in the plan as sheet and cell, or the nearest place that is known. */
export function placed(path: readonly (string | number)[], places: Places): readonly (string | number)[] {
  for (let n = path.length; n > 0; n--) {
    const place = places.get(JSON.stringify(path.slice(0, n)));
    if (place !== undefined) return place;
  }
  return path;
}

/** Growth and shares above 100 %: a bare 12 where 12 % was meant is read as it stands, and said. */
export function doubtfulRates(targets: readonly unknown[], places: Places): Issue[] {
  return targets.flatMap((one, i) => {
    const { measure, relation = {} } = one as {
      readonly measure?: string;
      readonly relation?: Readonly<Record<string, unknown>>;
    };
    if (measure !== 'growth' && measure !== 'share') return [];
    return ['value', 'low', 'high', 'width'].flatMap((key): Issue[] => {
      const value = relation[key];
      return typeof value === 'number' && Math.abs(value) > 1
        ? [
            {
              code: 'doubtful',
              path: placed(['targets', i, 'relation', key], places),
              expected: `a ratio such as 0.12 or a percentage such as ${shown('12%')}`,
              received: `${value}, which is ${Number((100 * value).toPrecision(12))} %`,
              severity: 'warning',
            },
          ]
        : [];
    });
  });
}
