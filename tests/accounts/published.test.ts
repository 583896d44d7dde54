import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  averageGrowth,
  chain,
  contribution,
  growth,
  impliedDeflator,
  linksOf,
  mapValues,
  nominalGrowth,
  realGrowth,
  realGrowthOf,
  requiredRate,
  series,
  splice,
  valueAdded,
} from '../../src/index.ts';
import type { Period, Series } from '../../src/index.ts';

/** Identities in published statistics; the number of each check and its source are in golden/published-checks.json. */
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const { checks } = json('../golden/published-checks.json') as {
  checks: { id: string; data: Record<string, never>; computed: Record<string, never> }[];
};
const check = (id: string): { data: Record<string, never>; computed: Record<string, never> } =>
  checks.find((c) => c.id === id)!;

const seed = json('../../seeds/china-gdp-1978-2019.json') as {
  breaks: Period[];
  series: Record<string, { start: Period; values: (number | null)[] }>;
};
const china = (name: string): Series => series(seed.series[name]!.start, seed.series[name]!.values);
const links = (sector: string): Series => mapValues(china(`${sector}_index_prev100`), (v) => v / 100);
const constant = (sector: string) => ({ levels: china(`${sector}_const`), breaks: seed.breaks });
const sectors = ['primary', 'secondary', 'tertiary'] as const;
const years = Array.from({ length: 42 }, (_, i) => 1978 + i);

describe('China 1978-2019, National Bureau of Statistics', () => {
  it('NAT-01, NAT-02: sectors sum to GDP, nominal and inside a segment of constant prices', () => {
    for (const [kind, tolerance] of [
      ['nominal', 0.2001],
      ['const', 0.1501],
    ] as const) {
      years.forEach((_, t) => {
        const sum = sectors.reduce((total, sector) => total + china(`${sector}_${kind}`).values[t]!, 0);
        expect(Math.abs(sum - china(`gdp_${kind}`).values[t]!)).toBeLessThan(tolerance);
      });
    }
  });

  it('NAT-03: growth of constant-price levels is the published index, within 0.06 points', () => {
    for (const sector of ['gdp', ...sectors]) {
      const real = realGrowthOf(constant(sector), links(sector));
      real.values.forEach((g, t) =>
        expect(Math.abs(100 * (1 + g) - china(`${sector}_index_prev100`).values[t + 1]!)).toBeLessThan(0.06),
      );
    }
  });

  it('NAT-04, trap: a ratio across a re-base year is refused, and would be far off', () => {
    expect(() => realGrowthOf(constant('gdp'))).toThrow('1980 starts a segment at new prices');
    const naive = 100 * (1 + growth(china('gdp_const')).values[1990 - 1979]!);
    expect(naive).toBeCloseTo(175.93, 2);
    expect(100 * (1 + realGrowthOf(constant('gdp'), links('gdp')).values[1990 - 1979]!)).toBeCloseTo(
      103.9,
      10,
    );
  });

  it.each(['gdp', ...sectors])(
    'NAT-05: chained links of %s are the fixed-base index within 0.5 %',
    (sector) => {
      const chained = chain(series('1979', china(`${sector}_index_prev100`).values.slice(1)), {
        previous: 100,
      });
      const fixed = china(`${sector}_index_1978`).values;
      chained.values.forEach((v, t) => expect(Math.abs(v / fixed[t]! - 1)).toBeLessThan(0.005));
    },
  );

  it('a spliced series keeps growth through every break', () => {
    const spliced = splice(constant('gdp'), links('gdp'));
    expect(spliced.values.at(-1)).toBe(china('gdp_const').values.at(-1));
    expect(Math.abs(averageGrowth(spliced) - 0.09367)).toBeLessThan(2e-4);
    linksOf(spliced).values.forEach((v, t) =>
      expect(Math.abs(100 * v - china('gdp_index_prev100').values[t + 1]!)).toBeLessThan(0.06),
    );
  });

  it.each([2013, 2014, 2019])('NAT-06: contributions of %i', (year) => {
    const { data, computed } = check(`NAT-06-${year}`) as unknown as {
      data: { C_prev: number[]; C_now: number[] };
      computed: { growth_pct: number; contribution_pct: number[]; pull_pp: number[] };
    };
    const levels = (list: number[]): Record<string, number> =>
      Object.fromEntries(sectors.map((sector, i) => [sector, list[i + 1]!]));
    const result = contribution(levels(data.C_prev), levels(data.C_now));
    expect(100 * result.growth).toBeCloseTo(computed.growth_pct, 2);
    result.parts.forEach((row, i) => {
      expect(Math.abs(100 * row.contribution - computed.contribution_pct[i]!)).toBeLessThan(0.006);
      expect(Math.abs(100 * row.pull - computed.pull_pp[i]!)).toBeLessThan(0.0006);
    });
    expect(Math.abs(result.parts.reduce((sum, row) => sum + row.contribution, 0) - 1)).toBeLessThan(1e-9);
  });

  it('NAT-07, trap: only base-price shares add up; nominal shares are flagged', () => {
    const error = (kind: 'nominal' | 'const'): number[] =>
      years.slice(1).flatMap((year, t) => {
        if (kind === 'const' && seed.breaks.includes(`${year}`)) return [];
        const total = sectors.reduce((sum, sector) => sum + china(`${sector}_${kind}`).values[t]!, 0);
        const parts = Object.fromEntries(
          sectors.map((sector) => [
            sector,
            {
              share: china(`${sector}_${kind}`).values[t]! / total,
              growth: china(`${sector}_index_prev100`).values[t + 1]! / 100 - 1,
            },
          ]),
        );
        const result = contribution(parts, { sharePrices: kind === 'const' ? 'base' : 'current' });
        expect(result.issues.some((issue) => issue.code === 'nominal-shares')).toBe(kind === 'nominal');
        return [Math.abs(100 * result.growth - (china('gdp_index_prev100').values[t + 1]! - 100))];
      });
    expect(Math.max(...error('const'))).toBeLessThan(0.0801);
    expect(Math.max(...error('nominal'))).toBeGreaterThan(0.5);
  });

  it('NAT-08: the implicit deflator is a ratio, not a difference', () => {
    const expected = check('NAT-08').computed as unknown as Record<string, number>;
    for (const [year, deflator] of Object.entries(expected)) {
      const t = Number(year) - 1978;
      const nominal = china('gdp_nominal').values[t]! / china('gdp_nominal').values[t - 1]! - 1;
      const real = china('gdp_index_prev100').values[t]! / 100 - 1;
      expect(Math.abs(100 * impliedDeflator(nominal, real) - deflator)).toBeLessThan(0.0051);
      if (year === '1994') expect(100 * (nominal - real)).toBeGreaterThan(23);
    }
  });

  it('1994, as the doc comment of realGrowth has it: 13.0 % real, not 15.7 %', () => {
    expect(china('gdp_nominal').values[16]! / china('gdp_nominal').values[15]! - 1).toBeCloseTo(0.3634, 4);
    expect(realGrowth('36.34%', '20.66%')).toBeCloseTo(0.13, 4);
    expect(0.3634 - 0.2066).toBeCloseTo(0.157, 3);
  });

  it('NAT-09, trap: average growth is geometric', () => {
    expect(100 * requiredRate(100, 3929.2, 41)).toBeCloseTo(9.367, 3);
    expect(100 * averageGrowth(china('gdp_index_1978'))).toBeCloseTo(9.367, 3);
    const rates = china('gdp_index_prev100')
      .values.slice(1)
      .map((v) => v / 100 - 1);
    expect(100 * averageGrowth(rates)).toBeCloseTo(9.357, 3);
    expect((100 * rates.reduce((sum, r) => sum + r, 0)) / 41).toBeCloseTo(9.39, 2);
    expect(100 * averageGrowth(china('gdp_nominal'))).toBeCloseTo(14.62, 2);
  });

  it('NAT-10, trap: secondary is not industry and construction', () => {
    const t = 2019 - 1978;
    expect(
      china('secondary_nominal').values[t]! -
        china('industry_nominal').values[t]! -
        china('construction_nominal').values[t]!,
    ).toBeCloseTo(-1847.7, 1);
  });

  it('NAT-11: published shares are nominal shares', () => {
    for (const sector of sectors)
      years.forEach((_, t) =>
        expect(
          Math.abs(
            (100 * china(`${sector}_nominal`).values[t]!) / china('gdp_nominal').values[t]! -
              china(`${sector}_share_pct`).values[t]!,
          ),
        ).toBeLessThan(0.06),
      );
  });

  it('NAT-15, NAT-19: sector growth weighted by base-price shares is GDP growth within 0.1 points', () => {
    const weighted = (rows: [number, number][]): number => {
      const before = rows.map(([level, g]) => level / (1 + g / 100));
      const total = before.reduce((sum, v) => sum + v, 0);
      return (
        100 *
        contribution(
          Object.fromEntries(
            rows.map(([, g], i) => [`s${i}`, { share: before[i]! / total, growth: g / 100 }]),
          ),
        ).growth
      );
    };
    expect(
      Math.abs(
        weighted([
          [19812, 3.9],
          [123871, 7.4],
          [125361, 8],
        ]) - 7.4,
      ),
    ).toBeLessThan(0.1);
    expect(19812 + 123871 + 125361).toBe(269044);
    expect(
      Math.abs(
        weighted([
          [89755, 4.1],
          [482589, 4.7],
          [688238, 5.8],
        ]) - 5.2,
      ),
    ).toBeLessThan(0.1);
    expect(89755 + 482589 + 688238).toBe(1260582);
  });

  it('NAT-14, trap: four compounded quarterly rates are near the yearly one, not equal', () => {
    const { qoq, yoy } = check('NAT-14').data as unknown as { qoq: number[]; yoy: number[] };
    for (let k = 0; k + 4 <= qoq.length; k++) {
      const compounded = 100 * ((1 + averageGrowth(qoq.slice(k, k + 4).map((r) => r / 100))) ** 4 - 1);
      expect(Math.abs(compounded - yoy[k + 3]!)).toBeLessThan(0.4);
    }
  });
});

describe('provinces, cities and counties', () => {
  it('FJ-01: Fujian 1980-2009, contributions below 0 and above 100 included', () => {
    const table = check('FJ-01').data as unknown as Record<string, number[]>;
    for (const [year, row] of Object.entries(table)) {
      if (year === 'columns') continue;
      const [c1, c2, c3, , g, p1, p2, p3] = row as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      expect(Math.abs(c1 + c2 + c3 - 100)).toBeLessThan(0.15);
      expect(Math.abs(p1 + p2 + p3 - g)).toBeLessThan(0.2001);
      [
        [c1, p1],
        [c2, p2],
        [c3, p3],
      ].forEach(([c, p]) => expect(Math.abs((c! * g) / 100 - p!)).toBeLessThan(0.14));
    }
  });

  it('FJ-02: Fujian 2014, weighted growth, population and value-added ratios', () => {
    const rows = {
      p: { level: 2014.91, growth: 0.044 },
      s: { level: 12515.36, growth: 0.117 },
      t: { level: 9525.49, growth: 0.083 },
    };
    const before = Object.fromEntries(
      Object.entries(rows).map(([k, { level, growth: g }]) => [k, level / (1 + g)]),
    );
    const now = Object.fromEntries(Object.entries(rows).map(([k, { level }]) => [k, level]));
    expect(100 * contribution(before, now).growth).toBeCloseTo(9.69, 1);
    expect(Math.abs(100 * impliedDeflator('9.9%', '9.1%') - 0.73)).toBeLessThan(0.1);
    expect(12515.36 / 49719.02).toBeCloseTo(0.2517, 4);
  });

  it('CC-02, AVG-03, traps: a nominal multiple is not a real average', () => {
    const nominal = requiredRate(3329, 5530, 5);
    expect(100 * nominal).toBeCloseTo(10.68, 2);
    expect(100 * impliedDeflator(nominal, '9.3%')).toBeCloseTo(1.27, 1);
    expect(1.121 ** 5).toBeCloseTo(1.77, 2);
    expect(100 * impliedDeflator(requiredRate(1, 2.3, 5), '12.1%')).toBeCloseTo(5.38, 1);
  });

  it('FAI-01, trap: published investment growth is not the ratio of published levels', () => {
    expect(100 * (243113 / 255900 - 1)).toBeCloseTo(-5, 1);
    expect(100 * nominalGrowth('6.1%', '3.8%')).toBeCloseTo(10.13, 2);
  });

  it('INC-01, INC-03: real income by ratio', () => {
    for (const [nominal, real, cpi] of [
      [8.7, 6.5, 2.07],
      [7.8, 5.6, 2.08],
      [8.8, 6.6, 2.06],
      [10.1, 8, 1.94],
      [9.1, 6.9, 2.06],
    ] as const) {
      expect(100 * impliedDeflator(nominal / 100, real / 100)).toBeCloseTo(cpi, 1);
    }
    expect(26570 / 10060).toBeCloseTo(2.641, 3);
  });

  it('ENE-01: energy intensity is a ratio, and published levels of two vintages mislead', () => {
    expect(100 * realGrowth('2.2%', '7.4%')).toBeCloseTo(-4.84, 2);
    expect(100 * (42.6 / 37.5 - 1)).toBeCloseTo(13.6, 1);
  });

  it('DT-01, trap: gross output +3.0 % goes with value added +15.4 %', () => {
    expect(8.1 / 49.45).toBeCloseTo(0.1638, 4);
    // With a fixed ratio and no price change value added would have grown with output; the ratio must have risen.
    expect(valueAdded({ output: '3%', ratio: 0.1638 })).toBeCloseTo(0.03, 10);
    expect(valueAdded({ output: '3%', ratio: [0.1462, 0.1638] })).toBeCloseTo(0.154, 3);
  });
});
