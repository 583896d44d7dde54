import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  chain,
  contribution,
  deflate,
  grow,
  growth,
  impliedDeflator,
  inflate,
  linksOf,
  nominalGrowth,
  outputNeeded,
  realGrowth,
  realGrowthOf,
  rebase,
  series,
  splice,
  valueAdded,
} from '../../src/index.ts';
import { close, finite, frozen, law, level, rate, seriesOf } from '../support/arbitraries.ts';

const parts = fc.array(fc.tuple(finite(0.01, 1e6), finite(0.01, 1e6)), { minLength: 1, maxLength: 12 });

describe('growth accounting: laws', () => {
  it('pulls sum to growth exactly and contributions to 100 %', () => {
    fc.assert(
      fc.property(parts, (levels) => {
        const before = Object.fromEntries(levels.map(([v], i) => [`s${i}`, v]));
        const now = Object.fromEntries(levels.map(([, v], i) => [`s${i}`, v]));
        const result = contribution(frozen(before), frozen(now));
        expect(result.parts.reduce((sum, row) => sum + row.pull, 0)).toBe(result.growth);
        const total = levels.reduce((sum, [v]) => sum + v, 0);
        const nowTotal = levels.reduce((sum, [, v]) => sum + v, 0);
        expect(Math.abs(result.growth - (nowTotal / total - 1))).toBeLessThan(1e-9 * (1 + nowTotal / total));
        if (Math.abs(result.growth) > 1e-3)
          expect(result.parts.reduce((sum, row) => sum + row.contribution, 0)).toBeCloseTo(1, 8);
      }),
      law,
    );
  });

  it('levels and shares tell the same story', () => {
    fc.assert(
      fc.property(parts, (levels) => {
        const names = levels.map((_, i) => `s${i}`);
        const total = levels.reduce((sum, [v]) => sum + v, 0);
        const byLevels = contribution(
          Object.fromEntries(levels.map(([v], i) => [names[i]!, v])),
          Object.fromEntries(levels.map(([, v], i) => [names[i]!, v])),
        );
        const byShares = contribution(
          Object.fromEntries(levels.map(([a, b], i) => [names[i]!, { share: a / total, growth: b / a - 1 }])),
        );
        byShares.parts.forEach((row, i) =>
          expect(Math.abs(row.pull - byLevels.parts[i]!.pull)).toBeLessThan(1e-9 * (1 + Math.abs(row.pull))),
        );
      }),
      law,
    );
  });

  it('deflating and inflating cancel; real and nominal growth cancel', () => {
    const pair = fc
      .integer({ min: 1, max: 30 })
      .chain((n) =>
        fc.tuple(
          fc.array(level, { minLength: n, maxLength: n }),
          fc.array(finite(0.1, 10), { minLength: n, maxLength: n }),
        ),
      );
    fc.assert(
      fc.property(pair, ([values, prices]) => {
        const [s, p] = [series('2000', values), series('2000', prices)];
        inflate(deflate(s, p, { base: '2000' }), p, { base: '2000' }).values.forEach((v, i) =>
          expect(close(v, values[i]!)).toBe(true),
        );
      }),
      law,
    );
    fc.assert(
      fc.property(rate, rate, (g, p) => {
        expect(close(1 + realGrowth(nominalGrowth(g, p), p), 1 + g)).toBe(true);
        expect(close(1 + impliedDeflator(nominalGrowth(g, p), g), 1 + p)).toBe(true);
      }),
      law,
    );
  });

  it('rebasing keeps growth, and chained links are the fixed-base index', () => {
    fc.assert(
      fc.property(seriesOf(finite(0.5, 2), { f: fc.constant('year') }), level, (links, base) => {
        const index = chain(frozen(links), { value: base });
        linksOf(index).values.forEach((v, i) => expect(close(v, links.values[i]!)).toBe(true));
        growth(rebase(index, links.start), 'period').values.forEach((g, i) =>
          expect(close(1 + g, links.values[i]!, 1e-11)).toBe(true),
        );
      }),
      law,
    );
  });

  it('a spliced series has the growth of its segments inside them and the links at the breaks', () => {
    fc.assert(
      fc.property(
        fc.array(finite(-0.2, 0.5), { minLength: 6, maxLength: 20 }),
        finite(0.2, 5),
        fc.integer({ min: 2, max: 4 }),
        (rates, jump, at) => {
          const true_ = grow(100, rates, { start: '2000' });
          const breakYear = `${2000 + at}` as const;
          const published = {
            levels: series(
              '2000',
              true_.values.map((v, i) => (i >= at ? v * jump : v)),
            ),
            breaks: [breakYear],
          };
          const spliced = splice(published, linksOf(true_));
          growth(spliced).values.forEach((g, i) => expect(close(1 + g, 1 + rates[i]!, 1e-11)).toBe(true));
          expect(spliced.values.at(-1)).toBe(published.levels.values.at(-1));
        },
      ),
      law,
    );
  });

  it('value added and the output it needs undo each other', () => {
    fc.assert(
      fc.property(rate, finite(0.05, 1), finite(0.05, 1), finite(-0.5, 0.5), (output, v0, v1, prices) => {
        const va = valueAdded({ output, ratio: [v0, v1], prices });
        fc.pre(va >= -1);
        expect(close(1 + outputNeeded({ valueAdded: va, ratio: [v0, v1], prices }), 1 + output, 1e-11)).toBe(
          true,
        );
      }),
      law,
    );
  });
});

describe('growth accounting: examples', () => {
  it('the plan golden: contributions in percentage points', () => {
    const { cases } = JSON.parse(
      readFileSync(new URL('../golden/plan-golden.json', import.meta.url), 'utf8'),
    ) as { cases: { contributions_pp: Record<string, number> } };
    const result = contribution({
      agr: { share: 0.05, growth: '4%' },
      ind: { share: 0.55, growth: '15%' },
      srv: { share: 0.4, growth: 0.08875 },
    });
    for (const { part, pull } of result.parts) expect(close(pull, cases.contributions_pp[part]!)).toBe(true);
    expect(close(result.growth, 0.12)).toBe(true);
  });

  it('handles contributions outside 0 to 100 % and growth of zero, and says so', () => {
    const outside = contribution({ a: { share: 0.5, growth: '10%' }, b: { share: 0.5, growth: '-2%' } });
    expect(outside.parts.map((row) => Math.round(100 * row.contribution))).toEqual([125, -25]);
    expect(outside.issues.map((issue) => [issue.code, ...issue.path])).toEqual([
      ['contribution-outside-0-100', 'a'],
      ['contribution-outside-0-100', 'b'],
    ]);
    const still = contribution({ a: { share: 0.5, growth: '2%' }, b: { share: 0.5, growth: '-2%' } });
    expect(still.growth).toBe(0);
    expect(still.parts.map((row) => row.contribution)).toEqual([NaN, NaN]);
    expect(still.issues[0]!.code).toBe('growth-is-zero');
  });

  it('flags nominal shares and shares off one, and refuses a missing sector', () => {
    const nominal = contribution({ a: { share: 1, growth: '5%' } }, { sharePrices: 'current' });
    expect(nominal.issues.map((issue) => issue.code)).toEqual(['nominal-shares']);
    expect(
      contribution({ a: { share: 0.55, growth: '5%' }, b: { share: 0.449, growth: '5%' } }).issues[0]!.code,
    ).toBe('shares-do-not-sum');
    expect(() => contribution({ a: { share: 0.55, growth: '5%' }, b: { share: 0.4, growth: '5%' } })).toThrow(
      'contribution: the shares sum to 0.95; give all parts of the total',
    );
  });

  it('the frontier worked example: real industry growth from 15 % gross output', () => {
    // Illustrative shares and prices; figures from the worked example of the default model.
    expect(100 * valueAdded({ output: '15%', ratio: 0.256, prices: '-1.4%' })).toBeCloseTo(16.63, 2);
    expect(100 * valueAdded({ output: '15%', ratio: [0.256, 0.251], prices: '-1.4%' })).toBeCloseTo(14.35, 2);
    expect(100 * valueAdded({ output: '15%', ratio: [0.256, 0.246], prices: '-1.4%' })).toBeCloseTo(12.08, 2);
  });

  it('refuses prices and ratios that cannot be', () => {
    expect(() => valueAdded({ output: '15%', ratio: 1.2 })).toThrow(
      'valueAdded: the value-added ratio is 1.2',
    );
    expect(() => deflate(series('2013', [1]), series('2013', [0]), { base: '2013' })).toThrow(
      'the price index is 0 in the base period 2013',
    );
    expect(() => chain(series('2014', [1.1, 0]))).toThrow('chain: the link at 2015 is 0');
  });

  it('refuses a ratio across a base-year break and bridges it with the link', () => {
    const s = { levels: series('1988', [100, 104, 183]), breaks: ['1990' as const] };
    expect(() => realGrowthOf(s)).toThrow(
      '1990 starts a segment at new prices, and the ratio to 1989 is not growth',
    );
    expect(realGrowthOf(s, series('1990', [1.039])).values[1]).toBeCloseTo(0.039, 12);
  });
});
