import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { consistency } from '../../src/assess/consistency.ts';
import type { Consistency, Consistent, Inconsistent, Relaxation } from '../../src/assess/consistency.ts';
import { rowsOf } from '../../src/assess/consistency-rows.ts';
import { holdAll, reachOf } from '../../src/assess/consistency-solve.ts';
import { defineModel } from '../../src/model/model.ts';
import { checkPlan, targetBand } from '../../src/plan/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { about, atLeast, atMost, gap, inStepWith, reach, within } from '../../src/plan/relation.ts';
import type { Relation } from '../../src/plan/relation.ts';
import type { Target } from '../../src/plan/target.ts';
import { twoEngine, twoEngineHistory } from '../../src/presets/two-engine.ts';
import { series } from '../../src/time/series.ts';
import type { Dataset } from '../../src/time/series.ts';

const law = { seed: 1, numRuns: 150 } as const;

const indicator = (label: string) => ({ label, unit: '100m CNY', kind: 'flow', prices: 'constant' }) as const;
const growth = (name: string, relation: Relation, more: Partial<Target> = {}): Target => ({
  indicator: name,
  measure: 'growth',
  relation,
  ...more,
});

const golden = JSON.parse(readFileSync(new URL('../golden/plan-golden.json', import.meta.url), 'utf8')) as {
  base: Record<string, number>;
  cases: {
    infeasible_srv_le_8pct: {
      max_gdp: number;
      shortfall_pp: number;
      iis: string[];
      single_relaxations: Record<string, number>;
    };
  };
};

const plan: Plan = {
  name: 'P',
  span: ['2014', '2014'],
  indicators: {
    gdp: { ...indicator('GDP'), label: { en: 'GDP', zh: '地区生产总值' } },
    agr: { ...indicator('agriculture'), label: { en: 'agriculture', zh: '农业' } },
    ind: { ...indicator('industry'), label: { en: 'industry', zh: '工业' } },
    srv: { ...indicator('services'), label: { en: 'services', zh: '服务业' } },
  },
  identities: ['gdp = agr + ind + srv'],
  targets: [
    growth('gdp', atLeast('12%')),
    growth('ind', within('15%', '15%')),
    growth('agr', within('4%', '4%')),
    growth('srv', atMost('8%')),
  ],
};
const history: Dataset = Object.fromEntries(
  Object.entries(golden.base).map(([name, value]) => [name, series('2013', [value])]),
);

const withTargets = (targets: readonly Target[], more: Partial<Plan> = {}): Plan => ({
  ...plan,
  ...more,
  targets,
});

function refused(report: Consistency): Inconsistent {
  if (report.consistent) throw new Error('it is consistent');
  return report;
}

function granted(report: Consistency): Consistent {
  if (!report.consistent) throw new Error(report.sentence);
  return report;
}

/** The plan with a relaxation taken over; `extra` more of it, so that "no smaller" can be asked too. */
function repaired(of: Plan, changes: readonly Relaxation[]): Plan {
  const targets = of.targets.map((target, i) => {
    const change = changes.find(({ source }) => source.kind === 'target' && source.target === i);
    return change?.relation === undefined ? target : { ...target, relation: change.relation };
  });
  return { ...of, targets };
}

// ---- plans by chance ------------------------------------------------------------------------------------------------

const grid = fc.integer({ min: -2, max: 24 }).map((k) => k / 200);
const relation = fc.oneof(
  grid.map((v): Relation => atLeast(v)),
  grid.map((v): Relation => atMost(v)),
  grid.map((v): Relation => about(v)),
  grid.map((v): Relation => within(v, v)),
  fc.tuple(grid, fc.integer({ min: 0, max: 4 })).map(([v, k]): Relation => within(v, v + k / 200)),
);
const firmness = fc.constantFrom(undefined, 'binding' as const, 'expected' as const, 'strive' as const);
const sectors = ['a', 'b', 'c', 'd'];
const someTargets = fc
  .array(
    fc.tuple(fc.constantFrom('gdp', 'two', ...sectors), relation, firmness, fc.integer({ min: 0, max: 9 })),
    {
      minLength: 1,
      maxLength: 9,
    },
  )
  .map((list) =>
    list.map(([name, r, f, k]) => {
      const follows = k === 0 && name !== 'gdp' ? inStepWith('gdp') : r;
      return growth(name, follows, f === undefined ? {} : { firmness: f });
    }),
  );
const base = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 4, maxLength: 4 });
const anyPlan: Plan = {
  name: 'any',
  span: ['2014', '2014'],
  indicators: Object.fromEntries(['gdp', 'two', ...sectors].map((name) => [name, indicator(name)])),
  identities: ['gdp = a + b + c + d', 'two = a + b'],
  targets: [],
};
const anyHistory = (levels: readonly number[], scale = 1): Dataset =>
  Object.fromEntries(sectors.map((name, i) => [name, series('2013', [scale * levels[i]!])]));

/** Growth rates of a witness satisfy identities and bands. */
function expectWitness(of: Plan, report: Consistent, past: Dataset): void {
  const { levels, targets } = report.witness;
  const at = (name: string): number => levels[name]?.values[0] ?? NaN;
  const total = sectors.reduce((sum, name) => sum + at(name), 0);
  if (levels['gdp'] !== undefined && sectors.every((name) => levels[name] !== undefined))
    expect(Math.abs(at('gdp') / total - 1)).toBeLessThan(1e-12);
  for (const [i, target] of of.targets.entries()) {
    const before = (name: string): number =>
      (name === 'gdp' ? sectors : name === 'two' ? ['a', 'b'] : [name]).reduce(
        (sum, n) => sum + past[n]!.values[0]!,
        0,
      );
    const rate = (name: string): number => at(name) / before(name) - 1;
    const { relation: r } = target;
    if (r.kind === 'in-step-with') {
      expect(Math.abs(rate(target.indicator) - rate(r.indicator))).toBeLessThan((r.width ?? 0.005) + 1e-11);
      continue;
    }
    expect(Math.abs(rate(target.indicator) - targets[i]!)).toBeLessThan(1e-11);
    expect(Math.abs(gap(targetBand(of, target)!, targets[i]!))).toBeLessThan(1e-11);
  }
}

describe('laws', () => {
  it('a consistent plan has a witness that satisfies all rows, an inconsistent one a repair that does', () => {
    let [held, broken] = [0, 0];
    fc.assert(
      fc.property(someTargets, base, (targets, levels) => {
        const p = { ...anyPlan, targets };
        const past = anyHistory(levels);
        const report = consistency(p, undefined, past);
        if (report.consistent) {
          held++;
          expectWitness(p, report, past);
          return;
        }
        broken++;
        const { smallest } = report;
        expect(smallest).toBeDefined();
        const mended = repaired(p, smallest!.changes);
        expectWitness(mended, granted(consistency(mended, undefined, past)), past);
        for (const repair of report.repairs) {
          const one = repaired(p, [repair]);
          expectWitness(one, granted(consistency(one, undefined, past)), past);
        }
      }),
      law,
    );
    expect(held).toBeGreaterThan(20);
    expect(broken).toBeGreaterThan(20);
  });

  it('no smaller single relaxation restores consistency, and none is missing', () => {
    fc.assert(
      fc.property(someTargets, base, (targets, levels) => {
        const p = { ...anyPlan, targets };
        const past = anyHistory(levels);
        const report = consistency(p, undefined, past);
        if (report.consistent) return;
        for (const { source, from, to } of report.repairs) {
          if (source.kind !== 'target') continue;
          const target = p.targets[source.target]!;
          const almost = to - (to - from) * 1e-6;
          if (target.relation.kind === 'in-step-with') continue;
          const [low, high] = [targetBand(p, target)!.low ?? -9, targetBand(p, target)!.high ?? 9];
          const nearer = { ...target, relation: within(Math.min(low, almost), Math.max(high, almost)) };
          const targetsThen = p.targets.map((t, i) => (i === source.target ? nearer : t));
          expect(consistency({ ...p, targets: targetsThen }, undefined, past).consistent).toBe(false);
        }
        for (const [i, target] of p.targets.entries()) {
          const isListed = report.repairs.some(
            ({ source }) => source.kind === 'target' && source.target === i,
          );
          const open = { ...target, relation: within(-9, 9) };
          const rest = p.targets.map((t, k) => (k === i ? open : t));
          expect(consistency({ ...p, targets: rest }, undefined, past).consistent, `target ${i}`).toBe(
            isListed,
          );
        }
      }),
      law,
    );
  });

  it('without any one row of the conflict the others of it hold; the conflict itself does not', () => {
    fc.assert(
      fc.property(someTargets, base, (targets, levels) => {
        const p = { ...anyPlan, targets };
        const past = anyHistory(levels);
        const report = consistency(p, undefined, past);
        if (report.consistent) return;
        const sources = report.conflict.map(({ source }) => source);
        const only = (kept: typeof sources): boolean => {
          const ownTargets = kept.flatMap((s) => (s.kind === 'target' ? [p.targets[s.target]!] : []));
          const identities = kept.flatMap((s) => (s.kind === 'identity' ? [s.text] : []));
          if (ownTargets.length === 0) return true;
          return consistency({ ...p, targets: ownTargets, identities }, undefined, {
            ...past,
            gdp: series('2013', [levels.reduce((a, b) => a + b, 0)]),
            two: series('2013', [levels[0]! + levels[1]!]),
          }).consistent;
        };
        expect(only(sources)).toBe(false);
        for (const row of sources) expect(only(sources.filter((s) => s !== row))).toBe(true);
      }),
      law,
    );
  });

  it('the order of targets does not matter', () => {
    fc.assert(
      fc.property(someTargets, base, fc.integer({ min: 1, max: 8 }), (targets, levels, turn) => {
        const unique = [...new Map(targets.map((t) => [JSON.stringify(t), t])).values()];
        const turned = unique.map((_, i) => unique[(i + turn) % unique.length]!);
        const [one, other] = [unique, turned].map((list) =>
          consistency({ ...anyPlan, targets: list }, undefined, anyHistory(levels)),
        );
        expect(other!.consistent).toBe(one!.consistent);
        if (one!.consistent || other!.consistent) return;
        expect(other!.smallest!.weightedTotal).toBe(one!.smallest!.weightedTotal);
        const wordsOf = (report: Inconsistent): string[] =>
          report.conflict.map((row) => row.words).toSorted();
        expect(wordsOf(other!)).toEqual(wordsOf(one!));
        expect(other!.repairs.map((r) => r.words).toSorted()).toEqual(
          one!.repairs.map((r) => r.words).toSorted(),
        );
      }),
      law,
    );
  });

  it('the scale of the history does not matter', () => {
    fc.assert(
      fc.property(
        someTargets,
        base,
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        (targets, levels, scale) => {
          const p = { ...anyPlan, targets };
          const [one, other] = [1, scale].map((s) => consistency(p, undefined, anyHistory(levels, s)));
          expect(other!.consistent).toBe(one!.consistent);
          if (one!.consistent || other!.consistent) return;
          expect(other!.conflict).toEqual(one!.conflict);
          expect(other!.repairs.length).toBe(one!.repairs.length);
          for (const [i, { to }] of one!.repairs.entries()) expect(other!.repairs[i]!.to).toBeCloseTo(to, 11);
          expect(other!.smallest!.weightedTotal).toBeCloseTo(one!.smallest!.weightedTotal, 11);
        },
      ),
      law,
    );
  });

  it('a target with room to spare changes nothing', () => {
    fc.assert(
      fc.property(someTargets, base, fc.constantFrom('gdp', ...sectors), (targets, levels, name) => {
        const wide = growth(name, within(-50, 50));
        const [one, other] = [targets, [...targets, wide]].map((list) =>
          consistency({ ...anyPlan, targets: list }, undefined, anyHistory(levels)),
        );
        expect(other!.consistent).toBe(one!.consistent);
        if (one!.consistent || other!.consistent) return;
        expect(other!.conflict).toEqual(one!.conflict);
        expect(other!.repairs.map((r) => r.words)).toEqual(one!.repairs.map((r) => r.words));
        expect(other!.smallest!.weightedTotal).toBeCloseTo(one!.smallest!.weightedTotal, 12);
      }),
      law,
    );
  });

  it('over several years too, every repair of an inconsistent plan is consistent', () => {
    const year = fc.integer({ min: 2014, max: 2016 }).map((y) => `${y}` as const);
    const when = fc.oneof(
      year,
      year.map((y) => ['2014', y] as const),
    );
    const many = fc.array(fc.tuple(fc.constantFrom('gdp', 'a', 'b'), relation, when, firmness), {
      minLength: 2,
      maxLength: 8,
    });
    let broken = 0;
    fc.assert(
      fc.property(many, base, (list, levels) => {
        const targets = list.map(([name, r, period, f]) =>
          growth(name, r, { period, ...(f === undefined ? {} : { firmness: f }) }),
        );
        const p: Plan = { ...anyPlan, span: ['2014', '2016'], targets, identities: ['gdp = a + b'] };
        const past = anyHistory(levels);
        const report = consistency(p, undefined, past);
        if (report.consistent) return;
        broken++;
        granted(consistency(repaired(p, report.smallest!.changes), undefined, past));
        for (const repair of report.repairs) granted(consistency(repaired(p, [repair]), undefined, past));
      }),
      law,
    );
    expect(broken).toBeGreaterThan(20);
  });

  it('room is the same asked within the part that a target hangs together with as within all rows', () => {
    const year = fc.constantFrom('2014' as const, '2015' as const);
    const names = ['a', 'b', 'sum', 'c', 'd', 'product', 'x', 'y', 'z'];
    const targets = fc.array(
      fc.tuple(
        fc.constantFrom(...names),
        fc.oneof(relation, fc.constantFrom(inStepWith('x'), inStepWith('c'))),
        year,
      ),
      { minLength: 1, maxLength: 8 },
    );
    let asked = 0;
    fc.assert(
      fc.property(targets, fc.boolean(), (list, curved) => {
        const of: Plan = {
          name: 'parts',
          span: ['2014', '2015'],
          indicators: Object.fromEntries(names.map((name) => [name, indicator(name)])),
          identities: [
            'sum = a + b',
            ...(curved ? ['product = c * d / 100'] : ['product = 0.5 * c + 0.5 * d']),
          ],
          targets: list
            .filter(([name, r]) => !(r.kind === 'in-step-with' && r.indicator === name))
            .map(([name, r, period]) => growth(name, r, { period })),
        };
        if (of.targets.length === 0 || checkPlan(of).some((issue) => issue.severity !== 'warning')) return;
        const past = Object.fromEntries(
          names.map((name) => [name, series('2013', [name === 'sum' ? 200 : 100])]),
        );
        const report = consistency(of, undefined, past);
        if (!report.consistent) return;
        const rows = rowsOf(of, undefined, past, {});
        const { point } = holdAll(rows);
        for (const row of rows.bands) {
          if (row.source.kind !== 'target') continue;
          const { target } = row.source;
          const told = report.slack.find((one) => one.target === target)!;
          for (const side of ['low', 'high'] as const) {
            const whole = reachOf(rows, point, row, side)!;
            const part = told.reach[side];
            if (part === undefined) expect(Math.abs(whole)).toBe(Infinity);
            else expect(Math.abs(part - whole)).toBeLessThan(1e-9 * Math.max(1, Math.abs(whole)));
            asked++;
          }
        }
        expect(report.slack.length).toBe(rows.bands.filter((row) => row.source.kind === 'target').length);
      }),
      law,
    );
    expect(asked).toBeGreaterThan(300);
  });

  it('binding targets do not give way unless they conflict among themselves', () => {
    fc.assert(
      fc.property(someTargets, base, (targets, levels) => {
        const past = anyHistory(levels);
        const report = consistency({ ...anyPlan, targets }, undefined, past);
        if (report.consistent) return;
        const binding = targets.filter((t) => t.firmness === 'binding');
        const conflicts =
          binding.length > 0 && !consistency({ ...anyPlan, targets: binding }, undefined, past).consistent;
        expect(report.bindingConflict).toBe(conflicts);
        const moved = report.smallest!.changes.some(
          ({ source }) => source.kind === 'target' && targets[source.target]!.firmness === 'binding',
        );
        expect(moved).toBe(conflicts);
      }),
      law,
    );
  });
});

describe('the published conflict', () => {
  const report = refused(consistency(plan, undefined, history));
  const expected = golden.cases.infeasible_srv_le_8pct;

  it('names exactly the five rows', () => {
    expect(report.conflict.map((row) => row.source)).toEqual([
      { kind: 'target', target: 0 },
      { kind: 'target', target: 1 },
      { kind: 'target', target: 2 },
      { kind: 'target', target: 3 },
      { kind: 'identity', text: 'gdp = agr + ind + srv', period: '2014' },
    ]);
    expect(report.conflict.length).toBe(expected.iis.length);
  });

  it('lists the single relaxations to 1e-12', () => {
    const { ind_needed, srv_needed, agr_needed } = expected.single_relaxations;
    const wanted = [expected.max_gdp, ind_needed!, agr_needed!, srv_needed!];
    expect(report.repairs.length).toBe(4);
    for (const [i, { to }] of report.repairs.entries()) expect(Math.abs(to - wanted[i]!)).toBeLessThan(1e-12);
  });

  it('the smallest repair lowers GDP by the shortfall', () => {
    expect(report.smallest!.changes.map(({ source }) => source)).toEqual([{ kind: 'target', target: 0 }]);
    expect(Math.abs(report.smallest!.weightedTotal - expected.shortfall_pp)).toBeLessThan(1e-12);
    expect(report.bindingConflict).toBe(false);
  });

  it('says it in words', () => {
    expect(report.sentence).toBe(
      'GDP growth of at least 12 %, industry growth of 15 %, agriculture growth of 4 % and services growth of at most 8 % cannot hold together, because gdp = agr + ind + srv. Any one of these mends it: GDP growth of at least 11.65 % instead of at least 12 %, industry growth of 15.636 % instead of 15 %, agriculture growth of 11 % instead of 4 %, or services growth of at most 8.875 % instead of at most 8 %.',
    );
    expect(consistency(plan, undefined, history, { language: 'zh' }).sentence).toBe(
      '地区生产总值增长12%以上、工业增长15%、农业增长4%和服务业增长8%以内不能同时成立，因为gdp = agr + ind + srv。任取其一即可：地区生产总值增长11.65%以上，而非增长12%以上；工业增长15.636%，而非增长15%；农业增长11%，而非增长4%；或服务业增长8.875%以内，而非增长8%以内。',
    );
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('firmness and weights', () => {
  const binding = (...names: string[]): Plan =>
    withTargets(plan.targets.map((t) => (names.includes(t.indicator) ? { ...t, firmness: 'binding' } : t)));

  it('a binding target is held and the next cheapest gives way', () => {
    const report = refused(consistency(binding('gdp', 'ind'), undefined, history));
    expect(report.smallest!.changes[0]!.words).toBe(
      'services growth of at most 8.875 % instead of at most 8 %',
    );
    expect(report.smallest!.weightedTotal).toBeCloseTo(0.00875, 12);
  });

  it('says when the binding ones conflict among themselves', () => {
    const report = refused(consistency(binding('gdp', 'ind', 'agr', 'srv'), undefined, history));
    expect(report.bindingConflict).toBe(true);
    expect(report.sentence).toContain('The binding targets conflict among themselves.');
    expect(report.smallest!.weightedTotal).toBeCloseTo(0.0035, 12);
  });

  it('a weight makes a change dearer', () => {
    const report = refused(consistency(plan, undefined, history, { weights: { gdp: 10 } }));
    expect(report.smallest!.changes[0]!.words).toBe('industry growth of 15.636 % instead of 15 %');
    expect(() => consistency(plan, undefined, history, { weights: { gdb: 1 } })).toThrow(
      "did you mean 'gdp'?",
    );
    expect(() => consistency(plan, undefined, history, { weights: { gdp: 0 } })).toThrow('the weight of');
  });

  it('two binding targets that rule each other out conflict without any identity', () => {
    const report = refused(
      consistency(
        withTargets([
          growth('gdp', atLeast('12%'), { firmness: 'binding' }),
          growth('gdp', atMost('8%'), { firmness: 'binding' }),
        ]),
        undefined,
        history,
      ),
    );
    expect(report.conflict.length).toBe(2);
    expect(report.bindingConflict).toBe(true);
    expect(report.issues.map((issue) => issue.code)).toContain('duplicate');
  });
});

describe('relations', () => {
  it('about counts as its band and is moved with it', () => {
    const soft = withTargets(
      plan.targets.map((t) => (t.indicator === 'gdp' ? { ...t, relation: about('12%') } : t)),
    );
    // 11.65 % lies in 11.5 % to 12.5 %.
    const held = granted(consistency(soft, undefined, history));
    expect(held.slack[0]!.reach.high).toBeCloseTo(0.1165, 12);
    expect(held.slack[0]!.slack).toBeCloseTo(0.0015, 12);
    const narrow = { ...soft, widths: { about: { growth: 0.001 } } };
    const report = refused(consistency(narrow, undefined, history));
    expect(report.repairs[0]!.to).toBeCloseTo(0.1165, 12);
    expect(report.repairs[0]!.relation).toEqual({
      kind: 'about',
      value: expect.closeTo(0.1175, 12),
      width: expect.closeTo(0.001, 12),
    });
  });

  it('in step ties two unknown rates and is relaxed by its width', () => {
    const tied = withTargets([
      growth('gdp', atLeast('12%')),
      growth('ind', atMost('11%')),
      growth('agr', atMost('4%')),
      growth('srv', inStepWith('gdp')),
    ]);
    const report = refused(consistency(tied, undefined, history));
    const step = report.repairs.find(({ source }) => source.kind === 'target' && source.target === 3)!;
    // 0.12 = 0.05 x 0.04 + 0.55 x 0.11 + 0.4 s gives s = 14.375 %, 2.375 points ahead.
    expect(step.to).toBeCloseTo(0.02375, 12);
    expect(step.words).toBe('services growth in step with GDP within 2.375 % instead of in step with GDP');
    expect(granted(consistency(repaired(tied, [step]), undefined, history)).consistent).toBe(true);
  });

  it('levels, shares, changes and growth hold against each other', () => {
    const mixed = withTargets([
      { indicator: 'gdp', measure: 'level', relation: reach(112) },
      { indicator: 'ind', measure: 'change', relation: atMost(6) },
      growth('agr', atMost('4%')),
      growth('srv', atMost('10%')),
    ]);
    const report = refused(consistency(mixed, undefined, history));
    expect(report.repairs.map((r) => r.to)).toEqual([
      expect.closeTo(110.2, 10),
      expect.closeTo(7.8, 10),
      expect.closeTo(0.4, 10),
      expect.closeTo(0.145, 10),
    ]);
  });
});

describe('longer plans', () => {
  const years = withTargets(
    [
      growth('gdp', atLeast('10%'), { period: ['2014', '2018'] }),
      growth('agr', atMost('5%'), { period: ['2014', '2018'] }),
      growth('ind', atMost('50%'), { period: ['2014', '2018'], cumulative: true }),
      { indicator: 'srv', measure: 'level', relation: atMost(70), period: '2018' },
    ],
    { span: ['2014', '2018'] },
  );

  it('average and cumulative growth and a level of the last year are one system', () => {
    const report = refused(consistency(years, undefined, history));
    expect(report.conflict.length).toBe(5);
    const highest = (5 * 1.05 ** 5 + 55 * 1.5 + 70) / 100;
    expect(report.repairs[0]!.to).toBeCloseTo(highest ** 0.2 - 1, 12);
    for (const repair of report.repairs) granted(consistency(repaired(years, [repair]), undefined, history));
  });

  it('growth over a year that the plan leaves open is a quotient', () => {
    const later = withTargets(
      [
        { indicator: 'gdp', measure: 'level', relation: within(120, 120), period: '2015' },
        { indicator: 'gdp', measure: 'level', relation: atLeast(138), period: '2016' },
        growth('gdp', atMost('12%'), { period: '2016' }),
      ],
      { span: ['2014', '2018'] },
    );
    const report = refused(consistency(later, undefined, history));
    expect(report.repairs.map((r) => r.to)).toEqual([
      expect.closeTo(138 / 1.12, 9),
      expect.closeTo(134.4, 9),
      expect.closeTo(0.15, 12),
    ]);
    const lone = withTargets(
      [growth('gdp', atLeast('10%'), { period: '2016' }), growth('gdp', atMost('5%'), { period: '2016' })],
      {
        span: ['2014', '2018'],
      },
    );
    expect(refused(consistency(lone, undefined, history)).repairs.map((r) => r.to)).toEqual([
      expect.closeTo(0.05, 11),
      expect.closeTo(0.1, 11),
    ]);
  });

  it('the total of a flow over years is a sum', () => {
    const total = withTargets(
      [
        { indicator: 'gdp', measure: 'level', relation: atLeast(1000), period: ['2014', '2016'] },
        ...(['2014', '2015', '2016'] as const).map((period): Target => ({
          indicator: 'gdp',
          measure: 'level',
          relation: atMost(300),
          period,
        })),
      ],
      { span: ['2014', '2016'] },
    );
    const report = refused(consistency(total, undefined, history));
    expect(report.conflict.length).toBe(4);
    expect(report.repairs[0]!.to).toBeCloseTo(900, 9);
  });

  it('says what it leaves out', () => {
    const report = granted(
      consistency(
        withTargets([...plan.targets.slice(1), growth('gdp', atLeast('12%'), { period: '2014-Q1' })]),
        undefined,
        history,
      ),
    );
    expect(report.issues).toEqual([
      expect.objectContaining({ code: 'not-read', path: ['targets', 3], severity: 'warning' }),
    ]);
    expect(report.witness.targets[3]).toBeNaN();
  });
});

describe('identities, ranges and models', () => {
  it('a target that no identity touches is free', () => {
    const more = withTargets([...plan.targets.slice(1), growth('jobs', atLeast('3%'))], {
      indicators: { ...plan.indicators, jobs: { label: 'jobs', unit: 'persons', kind: 'stock' } },
    });
    const { slack, sentence } = granted(consistency(more, undefined, history));
    expect(slack.map((row) => row.free)).toEqual([false, false, false, true]);
    expect(slack[3]!.slack).toBeUndefined();
    expect(sentence).toBe(
      'All 4 targets can hold together; 1 of them is touched by no identity or equation.',
    );
  });

  it('levels that do not quite add up are carried on in proportion, and said', () => {
    const rounded = { ...history, gdp: series('2013', [101]) };
    const report = refused(consistency(plan, undefined, rounded));
    expect(report.repairs[0]!.to).toBeCloseTo(0.1165, 12);
    expect(report.issues.map((issue) => issue.code)).toEqual(['shares-do-not-sum']);
  });

  it('a driver is held in its range', () => {
    const open = withTargets(plan.targets.slice(0, 3));
    expect(consistency(open, undefined, history).consistent).toBe(true);
    const report = refused(consistency(open, undefined, history, { ranges: { srv: ['5%', '8%'] } }));
    expect(report.conflict.map((row) => row.words)).toContain('services growth between 5 % and 8 %');
    expect(report.repairs.at(-1)!.words).toBe('services growth of 8.875 % instead of 8 %');
    expect(() => consistency(open, undefined, history, { ranges: { svr: ['5%', '8%'] } })).toThrow(
      "did you mean 'srv'?",
    );
    expect(() => consistency(open, undefined, history, { ranges: { srv: ['8%', '5%'] } })).toThrow(
      'runs backwards',
    );
  });

  it('ranges that identities cannot meet are said to be beyond the targets', () => {
    const report = refused(
      consistency(withTargets([growth('gdp', atLeast('1%'))]), undefined, history, {
        ranges: { gdp: ['9%', '9%'], agr: ['1%', '2%'], ind: ['1%', '2%'], srv: ['1%', '2%'] },
      }),
    );
    expect(report.smallest).toBeUndefined();
    expect(report.conflict.every((row) => row.source.kind !== 'target')).toBe(true);
    expect(report.sentence).toContain('no change of a target mends it');
  });

  it('a product is met exactly at the point found', () => {
    const nominal: Plan = {
      name: 'N',
      span: ['2014', '2014'],
      indicators: {
        nom: indicator('nominal GDP'),
        gdp: indicator('GDP'),
        p: { label: 'prices', unit: 'index', kind: 'index' },
      },
      identities: ['nom = gdp * p'],
      targets: [growth('nom', atLeast('12%')), growth('gdp', within('7%', '7%')), growth('p', atMost('3%'))],
    };
    const past = { gdp: series('2013', [100]), p: series('2013', [1]) };
    const report = refused(consistency(nominal, undefined, past));
    expect(report.conflict.length).toBe(4);
    expect(report.repairs.map((r) => r.to)).toEqual([
      expect.closeTo(0.1021, 12),
      expect.closeTo(1.12 / 1.03 - 1, 12),
      expect.closeTo(1.12 / 1.07 - 1, 12),
    ]);
    const { levels } = granted(
      consistency(repaired(nominal, report.smallest!.changes), undefined, past),
    ).witness;
    expect(levels['nom']!.values[0]! / (levels['gdp']!.values[0]! * levels['p']!.values[0]!)).toBeCloseTo(
      1,
      12,
    );
  });

  it('the equations of a model and the ranges of its parameters are rows too', () => {
    const model = defineModel({
      equations: [
        'ind = ind[-1] * (1 + g_ind)',
        'srv = srv[-1] * (1 + g_srv)',
        'agr = agr[-1] * (1 + 0.04)',
        'gdp = agr + ind + srv',
      ],
      parameters: { g_ind: { value: 0.1, range: [0.05, 0.15] }, g_srv: { value: 0.07, range: [0.04, 0.08] } },
    });
    const report = refused(
      consistency(withTargets([growth('gdp', atLeast('12%'))], { identities: [] }), model, {
        ...history,
        gdp: series('2013', [100]),
      }),
    );
    expect(report.conflict.map((row) => row.source.kind)).toEqual([
      'target',
      'range',
      'range',
      'equation',
      'equation',
      'equation',
      'equation',
    ]);
    expect(report.repairs.map((r) => r.to)).toEqual([
      expect.closeTo(0.1165, 12),
      expect.closeTo(0.156363636363636, 12),
      expect.closeTo(0.08875, 12),
    ]);
  });

  it('the two-engine model reaches a plan of its own figures, and not one far beyond them', () => {
    const model = twoEngine();
    const past = twoEngineHistory(model, '2013');
    const targets = (gdp: Relation): Plan => ({
      name: 'T',
      span: ['2014', '2014'],
      indicators: { gdp: indicator('GDP'), revenue: indicator('revenue'), retail: indicator('retail') },
      targets: [growth('gdp', gdp), growth('retail', about('13%')), growth('revenue', inStepWith('gdp'))],
    });
    const { witness } = granted(consistency(targets(about('12%')), model, past));
    const { va_services, va_industry, va_agriculture, va_construction, gdp } = witness.levels;
    const sum = [va_services, va_industry, va_agriculture, va_construction].reduce(
      (s, x) => s + x!.values[0]!,
      0,
    );
    expect(sum / gdp!.values[0]!).toBeCloseTo(1, 12);
    const far = refused(consistency(targets(atLeast('40%')), model, past));
    expect(far.repairs[0]!.to).toBeLessThan(0.4);
    expect(
      granted(consistency(repaired(targets(atLeast('40%')), far.smallest!.changes), model, past)).consistent,
    ).toBe(true);
  });
});

describe('bad input', () => {
  const ask =
    (change: Partial<Plan>, past: Dataset = history) =>
    () =>
      consistency({ ...plan, ...change }, undefined, past);

  it('names what is unknown, with the nearest name', () => {
    expect(ask({ identities: ['gdp = agr + ind + svr'] })).toThrow(
      "names 'svr', which nothing defines; did you mean 'srv'?",
    );
    expect(ask({ identities: ['gdp = agr +'] })).toThrow('identity 1');
    expect(ask({ targets: [growth('gdq', atLeast('1%'))] })).toThrow("did you mean 'gdp'?");
  });

  it('names the level that is missing', () => {
    expect(ask({}, {})).toThrow(
      "'gdp = agr + ind + srv' needs the level of 'gdp' at 2013 (it has no history)",
    );
    const { srv: _srv, ...rest } = history;
    expect(ask({}, rest)).toThrow(/needs the level of '(gdp|srv)' at 2013/);
    expect(ask({}, { ...history, srv: series('2013', [NaN]) })).toThrow('needs the level of');
    expect(ask({}, { ...history, srv: series('2013', [Infinity]) })).toThrow(
      "the history of 'srv' is Infinity at 2013",
    );
    expect(ask({}, { ...history, srv: series('2013-Q1', [1, 2]) })).toThrow(
      'by quarter and the plan by year',
    );
  });

  it('leaves out levels where the model has indices', () => {
    const model = defineModel({
      equations: ['gdp = gdp[-1] * (1 + g)'],
      parameters: { g: { value: 0.08, range: [0, 0.2] } },
    });
    const level = {
      ...plan,
      identities: [],
      targets: [{ indicator: 'gdp', measure: 'level', relation: { kind: 'at-least', value: 5e11 } }],
    } as Plan;
    const base = { gdp: series('2013', [100]) };
    expect(consistency(level, model, base).consistent).toBe(false);
    const left = consistency(level, model, base, { indices: true });
    expect(left.consistent).toBe(true);
    expect(left.issues.map(({ path }) => path)).toEqual([['targets', 0]]);
  });

  it('has nothing to hold in a plan without targets', () => {
    const result = consistency({ ...plan, targets: [] }, undefined, history);
    expect([result.consistent, result.sentence]).toEqual([true, 'There is no target to hold.']);
  });

  it('refuses a target that is no number', () => {
    expect(ask({ targets: [growth('gdp', { kind: 'at-least', value: NaN })] })).toThrow(
      'targets[0].relation.value',
    );
  });
});
