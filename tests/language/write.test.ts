import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../src/language/read.ts';
import { shifted, writePlan } from '../../src/language/write.ts';
import type { Plan } from '../../src/plan/plan.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('GDP', '地区生产总值', '增长12%左右。', '"', '〔a〕', '[b]; (x)', '至', 'to', '以上'),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
  fc
    .integer({ min: -1000, max: 1000 })
    .map((x) => x / 100)
    .map((x) => (Object.is(x, -0) ? 0 : x)),
);
const year = fc.integer({ min: 1950, max: 2100 }).map((y) => String(y) as `${number}`);
const span = fc.tuple(year, year).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)));
const label = fc.oneof(text, fc.record({ en: text, zh: text }));
const indicator = fc.record(
  {
    label,
    unit: fc.oneof(fc.constantFrom('CNY', '100m CNY', 'ratio', '%', 'persons', 'count', '10k USD'), text),
    kind: fc.constantFrom('flow' as const, 'stock' as const, 'rate' as const, 'index' as const),
    prices: fc.constantFrom('constant' as const, 'current' as const, 'comparable' as const),
    deflator: text,
    code: text,
    scope: text,
  },
  { requiredKeys: ['label', 'unit', 'kind'] },
);
const width = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x));

const plans: fc.Arbitrary<Plan> = fc
  .uniqueArray(fc.oneof(fc.constantFrom('gdp', 'cpi', '总产值', 'a b', 'x]y', '"', '__proto__'), text), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((ids) => {
    const id = fc.constantFrom(...ids);
    const relation = fc.oneof(
      fc.record(
        { kind: fc.constant('about' as const), value: number, width },
        { requiredKeys: ['kind', 'value'] },
      ),
      fc.record(
        {
          kind: fc.constantFrom('at-least' as const, 'at-most' as const),
          value: number,
          strict: fc.constant(true),
        },
        { requiredKeys: ['kind', 'value'] },
      ),
      fc.record({ kind: fc.constant('reach' as const), value: number }),
      fc
        .tuple(number, number)
        .map(([a, b]) => ({ kind: 'within' as const, low: Math.min(a, b), high: Math.max(a, b) })),
      fc.record(
        { kind: fc.constant('in-step-with' as const), indicator: id, width },
        { requiredKeys: ['kind', 'indicator'] },
      ),
    );
    const target = fc.record(
      {
        indicator: id,
        measure: fc.constantFrom('growth' as const, 'level' as const, 'share' as const, 'change' as const),
        relation,
        period: fc.oneof(year, fc.constantFrom('2014-Q3' as const, '2014-07' as const), span),
        firmness: fc.constantFrom(
          'binding' as const,
          'expected' as const,
          'commit' as const,
          'strive' as const,
          'push' as const,
          'plan' as const,
          'hold' as const,
        ),
        deadline: fc.constantFrom('2014-06-30', '2020-12-31'),
        source: text,
        label,
        id: text,
        partOf: text,
        threshold: fc.record({ value: number, unit: text }),
        cumulative: fc.boolean(),
        versus: text,
        note: label,
      },
      { requiredKeys: ['indicator', 'measure', 'relation'] },
    );
    return fc.record(
      {
        name: text,
        span,
        indicators: fc
          .tuple(...ids.map(() => indicator))
          .map((list) => Object.fromEntries(ids.map((each, i) => [each, list[i]!] as const))),
        targets: fc.array(target, { maxLength: 5 }),
        identities: fc.array(text, { maxLength: 2 }),
        source: text,
        assumptions: fc.array(fc.record({ name: text, value: number, unit: text, note: text }), {
          maxLength: 2,
        }),
        groups: fc.array(
          fc.record({ name: text, members: fc.array(text, { maxLength: 3 }) }, { requiredKeys: ['name'] }),
          { maxLength: 2 },
        ),
        widths: fc.constant({ about: { growth: 0.01 } }),
      },
      { requiredKeys: ['name', 'span', 'indicators', 'targets'] },
    );
  });

describe('writePlan and readPlan', () => {
  it.each(['zh', 'en'] as const)('give any plan back in %s', (language) => {
    fc.assert(
      fc.property(plans, (plan) => {
        const written = writePlan(plan, { language });
        const read = readPlan(written, { year: 2014 });
        expect(read.unread).toEqual([]);
        expect(JSON.parse(JSON.stringify(read.plan))).toEqual(JSON.parse(JSON.stringify(plan)));
        expect(read.readings).toHaveLength(plan.targets.length);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('reads as prose', () => {
    const { plan } = readPlan('地区生产总值增长12%左右，财政收入同步增长，单位GDP能耗下降3%以上。', {
      year: 2014,
    });
    expect(writePlan(plan, { language: 'zh' })).toContain('- 地区生产总值〔gdp〕增长12%左右（承诺）。');
    expect(writePlan(plan, { language: 'zh' })).toContain('能耗〔energy_intensity〕下降3%以上（承诺）。');
    expect(writePlan(plan, { language: 'en' })).toContain('- GDP [gdp] to grow by about 12 % (committed).');
    expect(writePlan(plan, { language: 'en' })).toContain('to fall by at least 3 %');
  });

  it('says of a damaged line that it was not read', () => {
    const { plan } = readPlan('地区生产总值增长12%左右。', { year: 2014 });
    const damaged = writePlan(plan, { language: 'en' }).replace('to grow by', 'to grwo by');
    const read = readPlan(damaged, { year: 2014 });
    expect(read.plan.targets).toHaveLength(0);
    expect(read.unread).toHaveLength(1);
    expect(read.issues.map((issue) => issue.code)).toContain('not-read');
  });

  it('shifts the point in the text, for every double', () => {
    fc.assert(
      fc.property(number, (x) => {
        expect(
          Number(
            `${shifted(x, 2).replace(/e.*$/, '')}e${Number(/e(.*)$/.exec(shifted(x, 2))?.[1] ?? 0) - 2}`,
          ),
        ).toBe(x);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
