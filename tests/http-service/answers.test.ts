import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { exampleOf } from '../../examples/http-service/examples.ts';
import { responses } from '../../examples/http-service/responses.ts';
import type { Address } from '../../examples/http-service/requests.ts';
import {
  arima,
  assess,
  checkPlan,
  compare,
  consistency,
  forecast,
  intervals,
  lognormal,
  normal,
  outcome,
  readPlanFile,
  runScenarios,
  simulate,
  solve,
  triangular,
} from '../../src/index.ts';
import type { Model, Plan } from '../../src/index.ts';
import { readPlan } from '../../src/language/index.ts';
import {
  planScenarios,
  planSimulation,
  studyPlan,
  twoEngine,
  twoEngineHistory,
} from '../../src/presets/index.ts';
import { askWithin, wire } from './support.ts';

const ask = askWithin();
const seed = JSON.parse(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
) as unknown;
const plan = readPlanFile(seed).plan!;

/** The answer, which is as its schema says, down to the last field. */
function answered(address: Address, body: unknown): unknown {
  const { status, value } = ask(address, body);
  expect(status, JSON.stringify(value).slice(0, 500)).toBe(200);
  const schemas = responses[address] as Readonly<Record<string, z.ZodType>>;
  const schema = schemas[Object.keys(schemas).find((field) => field in (body as object))!]!;
  expect(schema.safeParse(value).error?.issues ?? []).toEqual([]);
  return value;
}

const model: Model = {
  equations: [
    'gdp = gdp[-1] * (1 + growth)',
    'growth = a * g_industry + (1 - a) * g_services',
    'twice = 2 * gift',
  ],
  parameters: { a: 0.45, g_industry: 0.15, g_services: 0.09 },
};
const history = {
  gdp: { start: '2012', values: [93, 100] },
  gift: { start: '2012', values: [null, 1, 2, 3] },
} as const;
const known = { ...history, gift: { start: '2012', values: [NaN, 1, 2, 3] } } as const;

describe("answers are the library's, to the last bit", () => {
  it('/read', () => {
    const text = '2014年地区生产总值增长12%左右，社会消费品零售总额增长14%以上。新建学校3所。';
    expect(answered('/read', { text, year: 2014 })).toEqual(wire(readPlan(text, { year: 2014 })));
    const body = exampleOf['/read'];
    expect(answered('/read', { ...body, language: 'en' })).toEqual(
      wire(readPlan(body.text, { year: 2014, language: 'en' })),
    );
  });

  it('/check: the issues, and whether the targets can hold together', () => {
    const under = (issues: readonly { path: readonly unknown[] }[]) =>
      issues.map((issue) => ({ ...issue, path: ['plan', ...issue.path] }));
    expect(answered('/check', { plan: seed })).toEqual(
      wire({ issues: under(checkPlan(plan)), consistency: studyPlan(plan).consistency }),
    );
    const engines = twoEngine();
    const base = twoEngineHistory(engines, '2013');
    expect(answered('/check', { plan: seed, model: plain(engines), history: base, language: 'zh' })).toEqual(
      wire({
        issues: under(checkPlan(plan)),
        consistency: consistency(plan, engines, base, { language: 'zh' }),
      }),
    );
  });

  it('/check answers with the issues of a plan that has errors', () => {
    const bad = { ...plan, targets: [{ ...plan.targets[0]!, indicator: 'gpd' }] } as unknown as Plan;
    const value = answered('/check', { plan: bad }) as { issues: { path: unknown[] }[] };
    expect(Object.keys(value)).toEqual(['issues']);
    expect(value.issues[0]!.path).toEqual(['plan', 'targets', 0, 'indicator']);
  });

  it('/check says which equation of a model cannot be read', () => {
    const value = answered('/check', {
      plan: seed,
      model: { equations: ['y = 1', 'z = 2 +'], parameters: {} },
    });
    expect(value).toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({ code: 'bad-equation', path: ['model', 'equations', 1] }),
      ]) as unknown,
    });
    expect(value).not.toHaveProperty('consistency');
  });

  it('/project of a plan is its study', () => {
    expect(answered('/project', { plan: seed })).toEqual(wire(studyPlan(plan)));
    const options = {
      shares: { agriculture: 0.05, industry: 0.5, construction: '5%', services: 0.4 },
      parameters: { g_services: '9%' },
      horizon: 8,
      language: 'zh',
    } as const;
    expect(answered('/project', { plan: seed, ...options })).toEqual(wire(studyPlan(plan, options)));
  });

  it('/project of a model is its solution', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'g_industry', 'g_services'), fc.double({ min: -0.9, max: 2 })),
        fc.double({ min: 1e-300, max: 1e290 }),
        fc.integer({ min: 2014, max: 2040 }),
        (parameters, gdp, end) => {
          const asked = {
            ...model,
            equations: model.equations.slice(0, 2),
            parameters: { ...model.parameters, ...parameters },
          };
          const levels = { gdp: { start: '2013', values: [gdp] } } as const;
          const over = ['2014', `${end}`] as const;
          const { status, value } = ask('/project', { model: asked, history: levels, over });
          expect(status).toBe(200);
          const solved = solve(asked, levels, { over });
          for (const [name, { values }] of Object.entries(value as typeof solved))
            for (const [i, number] of values.entries())
              expect(Object.is(number, wireNumber(solved[name]!.values[i]!))).toBe(true);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('/project with settings, add-factors and missing values', () => {
    const options = {
      over: ['2013', '2015'] as const,
      set: { a: '50%', g_industry: { '2014': 0.2 }, gift: { start: '2013', values: [5, NaN, 7] } },
      addFactors: { gdp: -1 },
    };
    const solved = solve(model, known, options as never);
    expect(solved['twice']!.values).toEqual([10, 4, 14]);
    expect(answered('/project', { model, history, ...options })).toEqual(wire(solved));
  });

  it('/scenarios', () => {
    const scenarios = [
      { name: 'slow', set: { g_services: '5%' } },
      { name: 'gift', set: {}, addFactors: { gdp: 3 } },
    ] as const;
    const over = ['2013', '2015'] as const;
    const runs = runScenarios(model, known, scenarios, { over, set: { a: 0.5 } });
    expect(answered('/scenarios', { model, history, over, scenarios, set: { a: 0.5 } })).toEqual(
      wire(compare(runs, { variables: Object.keys(runs.baseline), periods: ['2013', '2014', '2015'] })),
    );
    expect(answered('/scenarios', { plan: seed })).toEqual(wire(planScenarios(plan)));
    const more = {
      variables: ['gdp'],
      periods: ['2015', '2020'],
      horizon: 3,
      parameters: { g_services: '9%' },
    } as const;
    const own = [{ name: 'dear', set: { p_industry: '5%' } }] as const;
    expect(answered('/scenarios', { plan: seed, scenarios: own, ...more })).toEqual(
      wire(planScenarios(plan, own, more)),
    );
  });

  it('/simulate of a model', () => {
    const factors = {
      g_industry: normal(0.15, 0.02),
      g_services: triangular(0.06, 0.09, 0.1),
      a: lognormal(-1, 0.1),
    };
    const over = ['2013', '2014'] as const;
    const bands = { goal: { output: 'growth', low: 0.12 } };
    const study = outcome(model, known, {
      over,
      factors: Object.keys(factors),
      read: ['growth', 'gdp'],
    });
    const draws = { draws: 5000, seed: 7 };
    const body = { model, history, over, factors, read: ['growth', 'gdp'], bands, ...draws };
    const full = simulate(study as never, factors as never, { ...draws, bands } as never);
    expect(answered('/simulate', { ...body, full: true })).toMatchObject({ summary: wire(full) });
    const short = answered('/simulate', { ...body, quantiles: [0.5] }) as {
      quantiles: object;
      summary: { outputs: object };
    };
    const {
      sketch: _,
      parts: __,
      ...numbers
    } = (full.outputs as Record<string, Record<string, unknown>>)['gdp']!;
    expect(short.summary.outputs).toMatchObject({ gdp: wire(numbers) });
    expect(JSON.stringify(short)).not.toContain('sketch');
    expect(Object.keys(short.quantiles)).toEqual(['growth', 'gdp']);
    const sobol = {
      ...body,
      sampling: 'sobol',
      draws: 4096,
      replicates: 4,
      correlation: {
        factors: ['g_industry', 'g_services'],
        matrix: [
          [1, 0.5],
          [0.5, 1],
        ],
      },
    } as const;
    const { draws: n, seed: s, sampling, replicates, correlation } = sobol;
    expect(answered('/simulate', { ...sobol, full: true })).toMatchObject({
      summary: wire(
        simulate(
          study as never,
          factors as never,
          { draws: n, seed: s, sampling, replicates, correlation, bands } as never,
        ),
      ),
    });
  });

  it('/simulate of a plan', () => {
    const { summary, ...rest } = planSimulation(plan, { draws: 2000, seed: 2014 });
    const value = answered('/simulate', { plan: seed, draws: 2000, seed: 2014, full: true }) as object;
    const { quantiles: _, ...found } = value as { quantiles: unknown };
    expect(found).toEqual(wire({ summary, ...rest }));
    const options = {
      factors: { g_services: normal(0.08, 0.01) },
      correlation: {
        factors: ['g_services', 'p_industry'],
        matrix: [
          [1, 0.3],
          [0.3, 1],
        ],
      },
      sampling: 'sobol',
      draws: 1024,
      language: 'zh',
    } as const;
    const other = planSimulation(plan, options);
    expect(answered('/simulate', { plan: seed, ...options })).toMatchObject({
      targets: wire(other.targets),
      chance: wire(other.chance),
      factors: { g_services: { kind: 'normal' } },
    });
  });

  it('/forecast', () => {
    const body = exampleOf['/forecast'];
    const found = forecast(body.history, undefined, { declare: 'economic-level', horizon: 2 });
    expect(answered('/forecast', body)).toEqual(wire({ forecast: found, intervals: intervals(found) }));
    const gappy = { start: '2000', values: [3, 4, null, 6, 5, 8, 9, 11] } as const;
    const other = forecast({ ...gappy, values: gappy.values.map((v) => v ?? NaN) }, arima(), { horizon: 3 });
    expect(answered('/forecast', { history: gappy, method: 'arima', horizon: 3, levels: [0.5] })).toEqual(
      wire({ forecast: other, intervals: intervals(other, [0.5]) }),
    );
  });

  it('/assess against levels, and against forecasts that /forecast gave', () => {
    const gdp = { start: '2006', values: [100, 112, 127, 139, 151, 168, 181, 195] } as const;
    const body = exampleOf['/assess'];
    const asked = readPlanFile(body.plan).plan!;
    expect(answered('/assess', body)).toEqual(wire(assess(asked, { actual: body.actual })));
    expect(
      answered('/assess', { plan: body.plan, outlook: { gdp: { start: '2013', values: [100, 113] } } }),
    ).toEqual(wire(assess(asked, { outlook: { gdp: { start: '2013', values: [100, 113] } } })));
    const { forecast: sent } = answered('/forecast', { history: gdp, declare: 'economic-level' }) as {
      forecast: never;
    };
    const outlook = { gdp: forecast(gdp, undefined, { declare: 'economic-level' }) };
    const rows = answered('/assess', { plan: body.plan, actual: { gdp }, outlook: { gdp: sent } });
    expect(rows).toEqual(wire(assess(asked, { actual: { gdp }, outlook })));
    expect(rows).toMatchObject([{ probability: expect.any(Number) as number }, {}]);
  });

  it('the example of every address works as it stands', () => {
    for (const [address, body] of Object.entries(exampleOf)) answered(address as Address, body);
  });
});

/** A preset as a body may carry it. */
function plain({ name, equations, parameters }: Model): Model {
  return { name: name!, equations, parameters };
}

function wireNumber(value: number): unknown {
  return Number.isFinite(value) ? value + 0 : null;
}
