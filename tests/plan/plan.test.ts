import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  about,
  atLeast,
  atMost,
  band,
  checkPlan,
  convert,
  definePlan,
  describeIssue,
  describeTarget,
  gap,
  inBand,
  inStepWith,
  reach,
  readPlanFile,
  targetBand,
  targetValue,
  unitOfWord,
  within,
  writePlanFile,
} from '../../src/index.ts';
import type { Plan, Relation, Target } from '../../src/index.ts';
import { finite, law, plan as anyPlan, relation } from '../support/arbitraries.ts';

const indicators = {
  gdp: { label: { en: 'GDP', zh: '地区生产总值' }, unit: '100m CNY', kind: 'flow', prices: 'constant' },
  revenue: {
    label: { en: 'fiscal revenue', zh: '财政收入' },
    unit: '100m CNY',
    kind: 'flow',
    prices: 'current',
  },
  jobs: { label: { en: 'new jobs', zh: '新增就业' }, unit: 'persons', kind: 'flow' },
} as const;

describe('bands: laws', () => {
  it('a band contains the value its relation names', () => {
    fc.assert(
      fc.property(relation, (r) => {
        const b = band(r);
        const values = r.kind === 'within' ? [r.low, r.high] : [r.value];
        for (const value of values) expect(inBand(b, value)).toBe(true);
      }),
      law,
    );
  });

  it('a gap is zero inside, and moving by it reaches the band', () => {
    fc.assert(
      fc.property(relation, finite(-2, 2), (r, value) => {
        const b = band(r);
        const distance = gap(b, value);
        expect(distance === 0).toBe(inBand(b, value));
        expect(
          inBand({ low: (b.low ?? -Infinity) - 1e-12, high: (b.high ?? Infinity) + 1e-12 }, value - distance),
        ).toBe(true);
      }),
      law,
    );
  });

  it('a plan that is written reads back the same', () => {
    fc.assert(
      fc.property(anyPlan, (p) => {
        const read = readPlanFile(writePlanFile(p));
        expect(read.issues.filter((issue) => issue.severity !== 'warning')).toEqual([]);
        expect(read.plan).toEqual(JSON.parse(JSON.stringify(p)));
      }),
      law,
    );
  });
});

describe('bands: examples', () => {
  it('about is half a point to either side for a rate, five percent for a level', () => {
    expect(band(about('12%'))).toEqual({ low: 0.115, high: 0.125 });
    expect(band(about(300), { measure: 'level' })).toEqual({ low: 285, high: 315 });
    expect(band(about('12%'), { widths: { about: { growth: 0.01 } } })).toEqual({ low: 0.11, high: 0.13 });
    expect(band(about('12%', { width: '0.2%' }))).toEqual({ low: 0.118, high: 0.122 });
  });

  // Reported as in line: 2014 first release 7.4 % against about 7.5 %, 2015 first release 6.9 % against about 7 %.
  it('calls met what was called met', () => {
    expect(inBand(band(about('7.5%')), 0.074)).toBe(true);
    expect(inBand(band(about('7%')), 0.069)).toBe(true);
    expect(inBand(band(about('5.5%')), 0.03)).toBe(false);
  });

  it('the other relations', () => {
    expect(band(atLeast('10%'))).toEqual({ low: 0.1 });
    expect(band(atMost('3.5%'))).toEqual({ high: 0.035 });
    expect(band(reach(60))).toEqual({ low: 60 });
    expect(band(reach('-3%'))).toEqual({ high: -0.03 });
    expect(band(reach(-3), { measure: 'level' })).toEqual({ low: -3 });
    expect(band(within('7.5%', '8%'))).toEqual({ low: 0.075, high: 0.08 });
    expect(band(inStepWith('gdp'))).toBeUndefined();
    expect(band(inStepWith('gdp'), { leader: 0.1 })).toEqual({ low: 0.095, high: 0.105 });
    expect(() => within('8%', '7%')).toThrow("within: the range '8%' to '7%' runs backwards");
    expect(() => about('12%', { width: -1 })).toThrow('the width -1 is negative');
  });
});

describe('plans', () => {
  const plan = definePlan({
    name: 'P',
    span: ['2014', '2014'],
    indicators,
    targets: [
      { indicator: 'gdp', measure: 'growth', relation: about('12%') },
      { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp') },
      { indicator: 'jobs', measure: 'level', relation: reach(10000) },
    ],
  });

  it('in step takes its leader from the plan, or from what is known', () => {
    expect(targetBand(plan, plan.targets[1]!)).toEqual({ low: 0.115, high: 0.125 });
    expect(targetBand(plan, plan.targets[1]!, { gdp: 0.1 })).toEqual({ low: 0.095, high: 0.105 });
    expect(targetValue(plan, plan.targets[1]!)).toBe(0.12);
  });

  it('describes targets in English and Chinese', () => {
    expect(describeTarget(plan, plan.targets[0]!)).toBe('GDP growth of about 12 %');
    expect(describeTarget(plan, plan.targets[0]!, 'zh')).toBe('地区生产总值增长12%左右');
  });

  it('warns where in step compares real with nominal', () => {
    expect(checkPlan(plan).map((issue) => [issue.code, issue.severity, issue.path])).toEqual([
      ['mixed-price-basis', 'warning', ['targets', 1, 'relation']],
    ]);
  });

  const withTarget = (target: object): Plan => ({
    name: 'P',
    span: ['2014', '2014'],
    indicators,
    targets: [target as Plan['targets'][number]],
  });
  const codes = (p: Plan): string[] => checkPlan(p).map((issue) => issue.code);

  it('finds what is wrong, with its place', () => {
    const misspelt = checkPlan(withTarget({ indicator: 'gpd', measure: 'growth', relation: about('12%') }));
    expect(describeIssue(misspelt[0]!)).toBe(
      "targets[0].indicator: unknown indicator; expected an indicator of the plan (did you mean 'gdp'?), received 'gpd'",
    );
    expect(
      codes(
        withTarget({ indicator: 'gdp', measure: 'growth', relation: { kind: 'within', low: 2, high: 1 } }),
      ),
    ).toEqual(['bad-range']);
    expect(
      codes(withTarget({ indicator: 'gdp', measure: 'growth', relation: { kind: 'about', value: NaN } })),
    ).toEqual(['bad-number']);
    expect(
      codes(
        withTarget({ indicator: 'gdp', measure: 'growth', relation: about('1%'), deadline: '2014-02-30' }),
      ),
    ).toEqual(['bad-date']);
    expect(
      codes(withTarget({ indicator: 'gdp', measure: 'growth', relation: about('1%'), period: '2012' })),
    ).toEqual(['outside-span']);
    expect(codes(withTarget({ indicator: 'gdp', measure: 'growth', relation: inStepWith('gdp') }))).toEqual([
      'circular-reference',
    ]);
    expect(codes({ ...plan, span: ['2014', '2013'] })).toContain('bad-range');
    expect(
      codes({
        ...plan,
        targets: [plan.targets[0]!, { indicator: 'gdp', measure: 'growth', relation: about('9%') }],
      }),
    ).toEqual(['duplicate']);
  });

  it('definePlan throws the first error', () => {
    expect(() => definePlan({ name: 'P', span: ['2014', '2013'], indicators, targets: [] })).toThrow(
      'definePlan: span: the range runs backwards',
    );
  });
});

describe('plan files', () => {
  const file = (targets: unknown[], more: object = {}): string =>
    JSON.stringify({
      name: 'P',
      span: ['2014', '2014'],
      indicators: { gdp: indicators.gdp },
      targets,
      ...more,
    });
  const good = { indicator: 'gdp', measure: 'growth', relation: { kind: 'about', value: '12%' } };
  const problems = (text: string): string[] => readPlanFile(text).issues.map((issue) => describeIssue(issue));

  it('reads percent strings, with blanks and full-width digits', () => {
    for (const value of ['12%', ' 12 % ', '１２％', '12.0 %']) {
      expect(
        readPlanFile(file([{ ...good, relation: { kind: 'about', value } }])).plan!.targets[0]!.relation,
      ).toEqual({ kind: 'about', value: 0.12 });
    }
  });

  it('keeps what could be read beside what could not, with the place in the file', () => {
    const { plan, issues } = readPlanFile(
      file([
        { ...good, relation: { kind: 'about', value: '12 percent' } },
        good,
        { ...good, indicator: 'gpd' },
      ]),
    );
    expect(plan!.targets).toHaveLength(1);
    expect(issues.map((issue) => describeIssue(issue))).toEqual([
      "targets[0].relation.value: not a percentage; expected a number (a ratio such as 0.12, or a level) or a percentage such as '12%', received '12 percent'",
      "targets[2].indicator: unknown indicator; expected an indicator of the plan (did you mean 'gdp'?), received 'gpd'",
    ]);
    expect(describeIssue(issues[1]!, 'zh')).toBe(
      "targets[2].indicator：未知指标；应为 an indicator of the plan (did you mean 'gdp'?)，实为 'gpd'",
    );
  });

  it('says what is wrong with a file that is no plan', () => {
    expect(problems('{')[0]).toContain('not valid JSON');
    expect(problems('[]')[0]).toContain('wrong type');
    expect(problems('{}')).toContain('name: missing field; expected string, received nothing');
    expect(problems(file([good], { colour: 1 }))).toEqual([
      "colour: unknown field; expected a field of a plan file, received 'colour'",
    ]);
    expect(problems(file([{ ...good, relation: { kind: 'roughly', value: 1 } }]))[0]).toContain(
      'one of about, at-least, at-most, reach, within, in-step-with',
    );
    expect(problems(file([good], { span: ['2014', '14'] }))[0]).toContain(
      "span[1]: not a period; expected '2014', '2014-Q3' or '2014-07', received '14'",
    );
    expect(problems(file([{ ...good, relation: { kind: 'about' } }]))[0]).toContain(
      'targets[0].relation.value: missing field',
    );
    expect(readPlanFile(undefined).issues).toHaveLength(1);
    expect(readPlanFile('{"__proto__": {"polluted": 1}}').plan).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('units', () => {
  it('converts inside a dimension, and between currencies only at a stated rate', () => {
    expect(convert(115, '100m CNY', 'CNY')).toBe(11_500_000_000);
    expect(convert(6, 'km2', 'm2')).toBe(6_000_000);
    expect(convert(60, 'ha', 'm2')).toBe(600_000);
    expect(() => convert(7000, '10k USD', '10k CNY')).toThrow('convert: USD to CNY has no stated rate');
    expect(convert(7000, '10k USD', '10k CNY', { rate: 6.1 })).toBeCloseTo(42700, 8);
    expect(() => convert(1, 'm2', 'CNY')).toThrow('m2 measures area and CNY measures CNY');
    expect(unitOfWord('亿元')).toBe('100m CNY');
    expect(unitOfWord('万美元')).toBe('10k USD');
    expect(unitOfWord('')).toBeUndefined();
  });
});

it('a misspelt indicator does not compile', () => {
  const targets = [{ indicator: 'gdp', measure: 'growth', relation: about('12%') }] as const;
  expect(definePlan({ name: 'P', span: ['2014', '2014'], indicators, targets }).targets).toHaveLength(1);
  expect(() =>
    definePlan({
      name: 'P',
      span: ['2014', '2014'],
      indicators,
      targets: [
        // @ts-expect-error: 'gpd' is not an indicator of this plan
        { indicator: 'gpd', measure: 'growth', relation: about('12%') },
      ],
    }),
  ).toThrow('unknown indicator');
  const relationOf = (r: Relation): string => r.kind;
  expect(relationOf(about(1))).toBe('about');
});

it('a field too many in a plan file is said, and hides nothing of the rest', () => {
  const { plan, issues } = readPlanFile({
    name: 'P',
    span: ['2014', '2014'],
    indicators,
    targets: [],
    colour: 1,
  });
  expect(plan?.name).toBe('P');
  expect(issues.map((issue) => [issue.code, ...issue.path])).toEqual([['unknown-field', 'colour']]);
});

it('a fall is reached downwards', () => {
  expect(band(reach('-3%'))).toEqual({ high: -0.03 });
  expect(band(reach(-3), { measure: 'level' })).toEqual({ low: -3 });
});

describe('chains of in-step targets', () => {
  /** The leader's value as the definition reads: look the leader's target up, again and again. */
  function slowly(
    plan: Plan,
    target: Target,
    leaders: Record<string, number>,
    seen: string[],
  ): number | undefined {
    if (target.relation.kind !== 'in-step-with') return undefined;
    const name = target.relation.indicator;
    const known = leaders[name];
    if (known !== undefined && !Number.isNaN(known)) return known;
    if (seen.includes(name)) return undefined;
    const theirs = plan.targets.find((t) => t.indicator === name && t.measure === target.measure);
    if (theirs === undefined) return undefined;
    if (theirs.relation.kind === 'within') return (theirs.relation.low + theirs.relation.high) / 2;
    return theirs.relation.kind === 'in-step-with'
      ? slowly(plan, theirs, leaders, [...seen, name])
      : theirs.relation.value;
  }

  const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const chained = fc
    .array(
      fc.record({
        indicator: names,
        measure: fc.constantFrom('growth' as const, 'level' as const),
        relation: fc.oneof(
          { weight: 3, arbitrary: names.map((name) => inStepWith(name)) },
          { weight: 1, arbitrary: fc.constantFrom(about('12%'), within('7%', '8%')) },
        ),
      }),
      { maxLength: 8 },
    )
    .map((targets) => ({
      name: 'P',
      span: ['2014', '2014'] as const,
      indicators: Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map((name) => [name, { label: name, unit: 'CNY', kind: 'flow' as const }]),
      ),
      targets,
    }));

  it('end where looking each leader up ends, in any order of asking, circles and known leaders among them', () => {
    fc.assert(
      fc.property(
        chained,
        fc.dictionary(names, fc.constantFrom(0.1, NaN)),
        fc.boolean(),
        (plan, leaders, backward) => {
          const targets = backward ? plan.targets.toReversed() : plan.targets;
          for (const target of targets) {
            if (target.relation.kind !== 'in-step-with') continue;
            expect(targetValue(plan, target)).toBe(slowly(plan, target, {}, []));
            expect(targetValue(plan, target, leaders)).toBe(slowly(plan, target, leaders, []));
          }
        },
      ),
      law,
    );
  });

  it('a target is in a circle when following leaders comes back to it', () => {
    fc.assert(
      fc.property(chained, (plan) => {
        const leaders = new Map<string, string>();
        for (const { indicator, measure, relation } of plan.targets)
          if (relation.kind === 'in-step-with')
            leaders.set(`${measure} ${indicator}`, `${measure} ${relation.indicator}`);
        const circled = plan.targets.map(({ indicator, measure, relation }) => {
          if (relation.kind !== 'in-step-with') return false;
          let at = leaders.get(`${measure} ${indicator}`);
          for (let i = 0; i < 10 && at !== `${measure} ${indicator}`; i++) at = at && leaders.get(at);
          return at === `${measure} ${indicator}`;
        });
        const found = checkPlan(plan).filter(({ code }) => code === 'circular-reference');
        expect(found.map(({ path }) => path[1])).toEqual(circled.flatMap((is, i) => (is ? [i] : [])));
      }),
      law,
    );
  });

  it('of ten thousand links are followed to their end', () => {
    const count = 10_000;
    const indicators = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `x${i}`,
        { label: `x${i}`, unit: 'CNY', kind: 'flow' as const },
      ]),
    );
    const plan = definePlan({
      name: 'P',
      span: ['2014', '2014'],
      indicators,
      targets: Array.from({ length: count }, (_, i) => ({
        indicator: `x${i}`,
        measure: 'growth' as const,
        relation: i === count - 1 ? about('12%') : inStepWith(`x${i + 1}`),
      })),
    });
    expect(new Set(plan.targets.map((target) => targetValue(plan, target)))).toEqual(new Set([0.12]));
  });
});
