import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balance } from '../../src/accounts/balance.ts';
import { ras } from '../../src/accounts/ras.ts';
import golden from '../golden/balance.json' with { type: 'json' };

const options = { seed: 1, numRuns: 200 };
const amount = fc.integer({ min: 1, max: 100_000 }).map((v) => v / 16);

/** A table, and totals that it misses by something. */
const tables = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain(([m, n]) =>
  fc
    .tuple(
      fc.array(fc.array(amount, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
      fc.array(fc.array(amount, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
    )
    .map(([table, other]) => ({
      table,
      rows: other.map(total),
      columns: other[0]!.map((_, j) => total(other.map((r) => r[j]!))),
    })),
);

function total(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0);
}

function expectTable(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance: number,
) {
  expect(actual.length).toBe(expected.length);
  actual.forEach((row, i) =>
    row.forEach((v, j) => expect(Math.abs(v - expected[i]![j]!)).toBeLessThanOrEqual(tolerance)),
  );
}

describe('balance, figures and identities', () => {
  const figures = fc.record({ gdp: amount, agr: amount, ind: amount, srv: amount, trade: amount });
  const identities = [
    'gdp = agr + ind + srv',
    { name: 'half of services is trade', terms: { srv: 0.5, trade: -1 } },
  ] as const;
  const variances = fc.record({ gdp: amount, agr: amount, ind: amount, srv: amount, trade: amount });

  it('satisfies every identity', () => {
    fc.assert(
      fc.property(figures, variances, (items, v) => {
        const { values } = balance(items, { identities, variances: v });
        const size = total(Object.values(items)) * 1e-14;
        expect(Math.abs(values.gdp - values.agr - values.ind - values.srv)).toBeLessThan(size);
        expect(Math.abs(0.5 * values.srv - values.trade)).toBeLessThan(size);
      }),
      options,
    );
  });

  it('no other figures that satisfy them are nearer', () => {
    fc.assert(
      fc.property(
        figures,
        variances,
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }),
        (items, v, d) => {
          const { values } = balance(items, { identities, variances: v });
          const [agr, ind, srv] = d as [number, number, number];
          const other = {
            gdp: values.gdp + agr + ind + srv,
            agr: values.agr + agr,
            ind: values.ind + ind,
            srv: values.srv + srv,
            trade: values.trade + srv / 2,
          };
          const distance = (x: typeof other) =>
            total((Object.keys(items) as (keyof typeof items)[]).map((k) => (x[k] - items[k]) ** 2 / v[k]));
          expect(distance(values)).toBeLessThanOrEqual(distance(other) * (1 + 1e-12) + 1e-12);
        },
      ),
      options,
    );
  });

  it('leaves balanced figures alone, and is indifferent to the unit of the variances', () => {
    fc.assert(
      fc.property(figures, variances, (items, v) => {
        const once = balance(items, { identities, variances: v });
        const twice = balance(once.values, { identities, variances: v });
        const scaled = balance(items, {
          identities,
          variances: {
            gdp: v.gdp * 64,
            agr: v.agr * 64,
            ind: v.ind * 64,
            srv: v.srv * 64,
            trade: v.trade * 64,
          },
        });
        const size = total(Object.values(items)) * 1e-13;
        for (const k of Object.keys(items) as (keyof typeof items)[]) {
          expect(Math.abs(twice.changes[k])).toBeLessThan(size);
          expect(Math.abs(scaled.values[k] - once.values[k])).toBeLessThan(size);
          expect(once.values[k] - items[k]).toBe(once.changes[k]);
          expect(once.variances[k]).toBeLessThanOrEqual(v[k]);
        }
      }),
      options,
    );
  });

  it('an identity said twice changes nothing and is named', () => {
    fc.assert(
      fc.property(figures, (items) => {
        const once = balance(items, { identities: ['gdp = agr + ind + srv'] });
        const twice = balance(items, {
          identities: ['gdp = agr + ind + srv', '2 * agr + 2 * ind + 2 * srv = 2 * gdp'],
        });
        expect(twice.redundant.length).toBe(1);
        for (const k of Object.keys(items) as (keyof typeof items)[]) {
          expect(Math.abs(once.values[k] - twice.values[k])).toBeLessThan(
            1e-13 * total(Object.values(items)),
          );
        }
      }),
      options,
    );
  });

  it('moves the unreliable: three items, one identity, by hand', () => {
    const { values, changes, discrepancies, variances } = balance(
      { whole: 100, a: 60, b: 50 },
      { identities: ['whole = a + b'], variances: { whole: 0, a: 1, b: 3 } },
    );
    expect(discrepancies).toEqual({ 'whole = a + b': -10 });
    [values.whole, values.a, values.b].forEach((v, k) => expect(v).toBeCloseTo([100, 57.5, 42.5][k]!, 12));
    expect(changes.whole).toBe(0);
    // 1 - 1/4 and 3 - 9/4: knowing their sum, the errors of both are one error.
    expect(variances.a).toBeCloseTo(0.75, 12);
    expect(variances.b).toBeCloseTo(0.75, 12);
    expect(variances.whole).toBe(0);
  });

  it('takes standard errors as shares', () => {
    const graded = balance(
      { whole: 100, a: 60, b: 50 },
      { identities: ['whole = a + b'], errors: { whole: 0, a: '1%', b: '2%' } },
    );
    const said = balance(
      { whole: 100, a: 60, b: 50 },
      { identities: ['whole = a + b'], variances: { whole: 0, a: 0.36, b: 1 } },
    );
    expect(graded.values.a).toBeCloseTo(said.values.a, 12);
    expect(graded.values.b).toBeCloseTo(said.values.b, 12);
  });

  it('reads equations with numbers, signs and any script', () => {
    const run = (identity: string) =>
      balance({ 总产值: 10, b: 3 }, { identities: [identity], variances: 'equal' }).discrepancies[identity];
    expect(run('总产值 = 2*b + 5 - 1')).toBe(0);
    expect(run('-总产值 + 0.5 * b * 4 = -1.5e1')).toBe(11);
    expect(run('2 * 3 * b - b = -(-1)'.replace('-(-1)', '- -1'))).toBe(14);
    for (const wrong of [
      '总产值',
      '总产值 = b * b',
      'b = ',
      '= b',
      'b = 1 = 2',
      'b b = 1',
      'b = 2 +',
      'b = 1 / 2',
      'b = (1)',
    ]) {
      expect(() => run(wrong)).toThrow('is not a linear equation');
    }
  });

  it('names what contradicts', () => {
    const items = { gdp: 100, agr: 10, ind: 50, srv: 45 };
    expect(() =>
      balance(items, { identities: ['gdp = agr + ind + srv', 'agr = 12', 'gdp = agr + ind + srv + 3'] }),
    ).toThrow(
      /^balance: 'gdp = agr \+ ind \+ srv(| \+ 3)' contradicts 'gdp = agr \+ ind \+ srv(| \+ 3)': with it satisfied it is off by -?3;/,
    );
    const fixed = { gdp: 0, agr: 0, ind: 0, srv: 0 };
    expect(() => balance(items, { identities: ['gdp = agr + ind + srv'], variances: fixed })).toThrow(
      "'gdp = agr + ind + srv' holds fixed items only and is off by -5",
    );
  });

  it('names what is unknown or no number', () => {
    const items = { gdp: 100, agr: 10 };
    expect(() => balance(items, { identities: ['gpd = agr'] })).toThrow(
      "unknown item 'gpd'; did you mean 'gdp'?",
    );
    expect(() => balance(items, { identities: [], variances: { gdp: -1, agr: 1 } })).toThrow(
      "the variance of 'gdp' is -1",
    );
    expect(() => balance({ gdp: NaN }, { identities: [] })).toThrow("item 'gdp' is NaN");
    expect(() => balance(items, { identities: [], errors: { gpd: '1%' } as object })).toThrow(
      "errors name an unknown item 'gpd'",
    );
    expect(() => balance(items, { identities: [], variances: 'levels' as 'level' })).toThrow(
      "variances are 'levels'",
    );
  });
});

describe('balance, a table', () => {
  it('meets its totals and agrees with the same table written as items and identities', () => {
    fc.assert(
      fc.property(
        tables,
        fc.constantFrom('level' as const, 'equal' as const, 'square' as const),
        ({ table, rows, columns }, variances) => {
          const { cells } = balance(table, { rows, columns, variances });
          const name = (i: number, j: number) => `c${i}_${j}`;
          const items = Object.fromEntries(table.flatMap((row, i) => row.map((v, j) => [name(i, j), v])));
          const identities = [
            ...rows.map((r, i) => ({
              name: `row ${i}`,
              terms: Object.fromEntries(columns.map((_, j) => [name(i, j), 1])),
              equals: r,
            })),
            ...columns.map((c, j) => ({
              name: `column ${j}`,
              terms: Object.fromEntries(rows.map((_, i) => [name(i, j), 1])),
              equals: c,
            })),
          ];
          const general = balance(items, { identities, variances });
          const size = total(rows) + total(table.flat());
          expect(general.redundant.length).toBe(1);
          expectTable(
            cells,
            table.map((row, i) => row.map((_, j) => general.values[name(i, j)]!)),
            1e-9 * size,
          );
          cells.forEach((row, i) => expect(Math.abs(total(row) - rows[i]!)).toBeLessThan(1e-12 * size));
          columns.forEach((c, j) =>
            expect(Math.abs(total(cells.map((row) => row[j]!)) - c)).toBeLessThan(1e-12 * size),
          );
        },
      ),
      options,
    );
  });

  it('one margin alone is prorating', () => {
    expectTable(
      balance(
        [
          [1, 3],
          [2, 2],
        ],
        { rows: [8, 4] },
      ).cells,
      [
        [2, 6],
        [2, 2],
      ],
      1e-15,
    );
    expectTable(
      balance(
        [
          [1, 3],
          [2, 2],
        ],
        { columns: [6, 5] },
      ).cells,
      [
        [2, 3],
        [4, 2],
      ],
      1e-15,
    );
  });

  it('parts of a table that do not hang together are balanced apart, and fixed cells stay', () => {
    const { cells } = balance(
      [
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 5],
      ],
      { rows: [3, 3, 6], columns: [2, 4, 6] },
    );
    expectTable(
      cells,
      [
        [1, 2, 0],
        [1, 2, 0],
        [0, 0, 6],
      ],
      1e-14,
    );
    const held = balance(
      [
        [1, 1],
        [1, 1],
      ],
      {
        rows: [3, 3],
        columns: [3, 3],
        variances: [
          [0, 1],
          [1, 1],
        ],
      },
    );
    expectTable(
      held.cells,
      [
        [1, 2],
        [2, 1],
      ],
      1e-14,
    );
  });

  it('says what cannot be', () => {
    expect(() => balance([[1, 2]], { rows: [4], columns: [1, 2] })).toThrow(
      'the row totals add up to 4 and the column totals to 3',
    );
    expect(() =>
      balance(
        [
          [1, 0],
          [0, 1],
        ],
        { rows: [3, 2], columns: [2, 3] },
      ),
    ).toThrow('cannot be reached');
    expect(() =>
      balance(
        [
          [0, 0],
          [1, 1],
        ],
        { rows: [1, 2], columns: [1, 2] },
      ),
    ).toThrow('the total of row 0 (1) cannot be reached');
    expect(() => balance([[1, 2], [3]], { rows: [1, 2] })).toThrow('row 1 has 1 cells, row 0 has 2');
    expect(() => balance([[1, 2]], { rows: [1, 2] })).toThrow('2 row totals for 1 rows');
    expect(() => balance([[1, 2]], {})).toThrow('no totals');
    expect(() => balance([[1, NaN]], { rows: [1] })).toThrow('row 0, column 1 is NaN');
    expect(() => balance([[1, 2]], { rows: [1], variances: [[1]] })).toThrow('another shape');
  });
});

describe('ras', () => {
  it('meets its totals, keeps signs, and is the table scaled by rows and columns', () => {
    fc.assert(
      fc.property(tables, ({ table, rows, columns }) => {
        const { cells, rowFactors, columnFactors } = ras(table, { rows, columns });
        cells.forEach((row, i) => expect(Math.abs(total(row) / rows[i]! - 1)).toBeLessThan(1e-12));
        columns.forEach((c, j) =>
          expect(Math.abs(total(cells.map((row) => row[j]!)) / c - 1)).toBeLessThan(1e-12),
        );
        expectTable(
          cells,
          table.map((row, i) => row.map((v, j) => rowFactors[i]! * v * columnFactors[j]!)),
          0,
        );
        expect(cells.flat().every((v) => v > 0)).toBe(true);
      }),
      options,
    );
  });

  it('forgets how rows and columns were scaled before', () => {
    fc.assert(
      fc.property(tables, ({ table, rows, columns }) => {
        const scaled = table.map((row, i) => row.map((v, j) => v * (i + 1) * 2 ** j));
        const size = total(rows);
        expectTable(ras(scaled, { rows, columns }).cells, ras(table, { rows, columns }).cells, 1e-10 * size);
      }),
      options,
    );
  });

  it('says what cannot be', () => {
    expect(() => ras([[1, -2]], { rows: [1], columns: [0.5, 0.5] })).toThrow(
      'row 0, column 1 is negative (-2)',
    );
    expect(() => ras([[1, 1]], { rows: [-1], columns: [0, -1] })).toThrow('the total of row 0 is negative');
    expect(() =>
      ras(
        [
          [0, 0],
          [1, 1],
        ],
        { rows: [1, 1], columns: [1, 1] },
      ),
    ).toThrow('row 0 holds only zeros and its total is 1');
    expect(() =>
      ras(
        [
          [0, 1],
          [0, 1],
        ],
        { rows: [1, 1], columns: [1, 1] },
      ),
    ).toThrow('column 0 holds only zeros');
    expect(() => ras([[1, 1]], { rows: [3], columns: [1, 1] })).toThrow(
      'the row totals add up to 3 and the column totals to 2',
    );
    expect(() =>
      ras(
        [
          [1, 0],
          [1, 1],
        ],
        { rows: [3, 1], columns: [2, 2], rounds: 500 },
      ),
    ).toThrow('after 500 rounds row 1 is still 100 % off');
    expect(() =>
      ras(
        [
          [1, 0],
          [1, 1],
        ],
        { rows: [1, 1], columns: [0, 2] },
      ),
    ).toThrow('row 0 has no cell outside the columns whose total is 0');
  });

  it('rows and columns with a total of zero become zero', () => {
    expectTable(
      ras(
        [
          [1, 1],
          [1, 1],
        ],
        { rows: [0, 4], columns: [1, 3] },
      ).cells,
      [
        [0, 0],
        [1, 3],
      ],
      1e-14,
    );
    expectTable(
      ras(
        [
          [0, 0],
          [1, 1],
        ],
        { rows: [0, 4], columns: [4, 0] },
      ).cells,
      [
        [0, 0],
        [4, 0],
      ],
      1e-14,
    );
  });
});

describe('goldens', () => {
  const plan = golden.plan;
  const items = Object.fromEntries(plan.names.map((name, k) => [name, plan.base[k]!]));
  for (const [method, expected] of Object.entries(plan.result)) {
    it(`Stone, ${method}`, () => {
      const weights = plan.weights[method as keyof typeof plan.weights];
      const variances = Object.fromEntries(plan.names.map((name, k) => [name, weights[k]!]));
      const { values } = balance(items, { identities: ['gdp = agr + ind + srv'], variances });
      plan.names.forEach((name, k) => expect(Math.abs(values[name]! - expected[k]!)).toBeLessThan(1e-10));
    });
  }

  const { table, rows, columns } = golden.ras;
  it('Stone and RAS of a table', () => {
    expectTable(ras(table, { rows, columns }).cells, golden.ras.ras, 1e-10);
    expectTable(balance(table, { rows, columns, variances: 'level' }).cells, golden.ras.stone_w_x, 1e-10);
    expectTable(balance(table, { rows, columns, variances: 'square' }).cells, golden.ras.stone_w_x2, 1e-10);
    expectTable(balance(table, { rows, columns, variances: 'equal' }).cells, golden.ras.stone_ols, 1e-10);
  });

  it("Statistics Canada's raking is balancing with variances in proportion to levels", () => {
    const { input, output } = golden.raking;
    const raked = balance(
      [
        [input.cars_alb, input.cars_sask],
        [input.vans_alb, input.vans_sask],
      ],
      { rows: [input.cars_tot, input.vans_tot], columns: [input.alb_tot, input.sask_tot] },
    );
    expectTable(
      raked.cells,
      [
        [output.cars_alb, output.cars_sask],
        [output.vans_alb, output.vans_sask],
      ],
      1e-10,
    );
    const named = balance(input, {
      identities: [
        'cars_alb + cars_sask = cars_tot',
        'vans_alb + vans_sask = vans_tot',
        'cars_alb + vans_alb = alb_tot',
        'cars_sask + vans_sask = sask_tot',
      ],
      errors: { cars_tot: 0, vans_tot: 0, alb_tot: 0, sask_tot: 0 },
    });
    for (const [name, value] of Object.entries(output)) {
      expect(Math.abs(named.values[name as keyof typeof input] - value)).toBeLessThan(1e-10);
    }
    expect(named.redundant.length).toBe(1);
  });

  it('growth targets of a plan, weighted by base shares', () => {
    const { base, names, targets, reconciled, residual } = golden.rates;
    const size = base.agr + base.ind + base.srv;
    const rates = Object.fromEntries(names.map((name, k) => [name, targets[k]!]));
    const identity = {
      name: 'growth adds up',
      terms: { gdp: -1, agr: base.agr / size, ind: base.ind / size, srv: base.srv / size },
    };
    const { values, discrepancies } = balance(rates, { identities: [identity], variances: 'equal' });
    names.forEach((name, k) => expect(Math.abs(values[name]! - reconciled[k]!)).toBeLessThan(1e-12));
    expect(discrepancies['growth adds up']).toBeCloseTo(residual, 14);
  });
});
