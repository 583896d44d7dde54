import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleExplorer } from '../../src/cli/explorer-from-source.mjs';
import { about, atLeast, definePlan, inStepWith, mergeSummaries, readPlanFile } from '../../src/index.ts';
import type { Plan } from '../../src/index.ts';
import { studyPlan, twoEngine } from '../../src/presets/index.ts';
import type { PlanStudy } from '../../src/presets/index.ts';
import { chanceOf, chanceShard } from '../../src/report/explorer-chance.ts';
import type { KeptDraws } from '../../src/report/explorer-chance.ts';
import { growthAt, outputFor, placeOn, realIndustry } from '../../src/report/explorer-frontier.ts';
import { exploredAt, explorerData, pointOf, sourceOf } from '../../src/report/explorer-model.ts';
import { bandText, standingOf } from '../../src/report/explorer-parts.ts';
import { dragged, sectors, sharesWith, sliderOf } from '../../src/report/explorer-point.ts';
import type { ExplorerPoint } from '../../src/report/explorer-point.ts';
import { cleanName, readScenarios, scenarioHash, scenarioJson } from '../../src/report/explorer-scenario.ts';
import { explorerWords } from '../../src/report/explorer-words.ts';
import { explorer } from '../../src/report/index.ts';
import type { ExplorerScript } from '../../src/report/index.ts';
import { countedInNode, solvedInNode } from './explorer-oracle.ts';

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;
const study = studyPlan(plan);
const options = { seed: 2014, draws: 3000, language: 'en' } as const;
const data = explorerData(study, options);

const indicator = (label: string) => ({ label, unit: 'CNY', kind: 'flow' as const });
/** Five years, an average, a whole growth, an in-step target, and one that the model says nothing about. */
const fiveYears = definePlan({
  name: 'Five years',
  span: ['2016', '2020'],
  indicators: {
    gdp: { ...indicator('GDP'), prices: 'constant' },
    revenue: indicator('revenue'),
    retail: indicator('retail'),
    income_urban: indicator('income'),
    bridges: { label: 'bridges', unit: 'count', kind: 'stock' },
  },
  targets: [
    { indicator: 'gdp', measure: 'growth', relation: about('8%'), period: ['2016', '2020'] },
    { indicator: 'revenue', measure: 'growth', relation: inStepWith('gdp'), period: ['2016', '2020'] },
    {
      indicator: 'retail',
      measure: 'growth',
      relation: atLeast('50%'),
      period: ['2016', '2020'],
      cumulative: true,
    },
    { indicator: 'income_urban', measure: 'growth', relation: atLeast('7%'), period: '2018' },
    { indicator: 'bridges', measure: 'level', relation: atLeast(3) },
    { indicator: 'gdp', measure: 'growth', relation: atLeast('7%'), period: '2016' },
  ],
});

const five = studyPlan(fiveYears);

const shares = fc
  .record({
    agriculture: fc.integer({ min: 0, max: 300 }),
    construction: fc.integer({ min: 0, max: 300 }),
    industry: fc.integer({ min: 10, max: 390 }),
  })
  .map(({ agriculture: a, construction: c, industry: i }) => ({
    agriculture: a / 1000,
    industry: i / 1000,
    construction: c / 1000,
    services: (1000 - a - c - i) / 1000,
  }));
const points: fc.Arbitrary<ExplorerPoint> = fc
  .tuple(
    ...dragged.map((name) => {
      const { low, high } = sliderOf(name, data.start.set[name], 5);
      return fc.double({ min: low, max: high, noNaN: true }).map((value) => (value === 0 ? 0 : value));
    }),
    fc.integer({ min: 0, max: 20 }),
  )
  .chain((numbers) =>
    shares.map((parts) => ({
      set: Object.fromEntries(dragged.map((name, i) => [name, numbers[i]])) as ExplorerPoint['set'],
      shares: parts,
      spread: numbers[4]! / 20,
    })),
  );

describe('what the page computes', () => {
  it('is what solve and assess compute, to the last bit', () => {
    fc.assert(
      fc.property(points, (point) => {
        for (const one of [study, five]) {
          const own = explorerData(one, options);
          const here = exploredAt(own, twoEngine({ parameters: own.parameters }), point);
          const node = solvedInNode(one, point);
          const known = node.targets.filter(({ measure }) => measure === 'growth');
          expect(here.targets).toEqual(known);
          expect([here.gdp, here.industry, here.services]).toEqual([node.gdp, node.industry, node.services]);
          expect(realIndustry(point.set.g_output_industry, point)).toBeCloseTo(here.industry, 12);
          expect(outputFor(here.industry, point)).toBeCloseTo(point.set.g_output_industry, 12);
        }
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  it('and counts what simulate and planChance count, in any number of shards', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 5 }), (point, n) => {
        for (const one of [study, five]) {
          const own = explorerData(one, options);
          const model = twoEngine({ parameters: own.parameters });
          const kept = Array.from({ length: n }, (): KeptDraws => new Map());
          const shardsAt = (at: ExplorerPoint) =>
            kept.map((draws, k) => chanceShard(own, model, at, k, n, draws));
          // What an earlier drag left behind changes nothing.
          shardsAt({ ...point, set: { ...point.set, g_services: 0.08 } });
          const shards = shardsAt(point);
          const { each, all, interval, atLeast: rungs } = chanceOf(own, mergeSummaries(shards));
          const node = countedInNode(one, point, options);
          expect(each).toEqual(node.each);
          expect(all).toBe(node.chance.all.probability);
          expect(interval).toEqual(node.chance.all.interval);
          expect(rungs).toEqual(node.chance.atLeast.map(({ probability }) => probability));
        }
      }),
      { seed: 1, numRuns: 4 },
    );
  });

  it('without uncertainty a target is met surely or not at all, as the table says', () => {
    const here = exploredAt(data, twoEngine({ parameters: data.parameters }), data.start);
    const chances = chanceOf(
      data,
      chanceShard(data, twoEngine({ parameters: data.parameters }), { ...data.start, spread: 0 }, 0, 1),
    );
    here.targets.forEach((row, i) => {
      expect(chances.each[data.plan.targets[i]!.id!]).toBe(standingOf(row) === 'met' ? 1 : 0);
    });
  });

  it('targets named by whole numbers keep their bands', () => {
    const numbered: Plan = {
      ...plan,
      targets: plan.targets.map((target, i) => ({ ...target, id: String(100 - i) })),
    };
    const own = explorerData(studyPlan(numbered), options);
    const chances = chanceOf(
      own,
      chanceShard(own, twoEngine({ parameters: own.parameters }), own.start, 0, 1),
    );
    expect(chances.each).toEqual(countedInNode(studyPlan(numbered), own.start, options).each);
  });
});

describe('sliders', () => {
  it('shares add up to 100 %, stay in proportion, and come back', () => {
    fc.assert(
      fc.property(
        shares,
        fc.constantFrom(...sectors),
        fc.integer({ min: 0, max: 1000 }),
        (from, sector, tenths) => {
          const to = sharesWith(from, sector, tenths / 1000);
          const whole = sectors.map((name) => Math.round(1000 * to[name]));
          expect(whole.reduce((a, b) => a + b, 0)).toBe(1000);
          sectors.forEach((name, i) => {
            expect(to[name]).toBe(whole[i]! / 1000);
          });
          expect(Math.min(to.industry, to.services)).toBeGreaterThanOrEqual(0.01);
          expect(Math.min(...whole)).toBeGreaterThanOrEqual(0);
          const others = sectors.filter((name) => name !== sector);
          const rest = others.reduce((sum, name) => sum + from[name], 0);
          for (const name of others) {
            const exact = (from[name] * (1 - to[sector])) / rest;
            // Within rounding, unless an engine was held at its least share.
            if (rest > 0 && to[sector] < 0.9) expect(Math.abs(to[name] - exact)).toBeLessThan(0.0205);
          }
          expect(sharesWith(from, sector, from[sector])).toEqual(from);
        },
      ),
      { seed: 1 },
    );
  });

  it('hold the documented range and the plan, on whole steps', () => {
    for (const name of dragged)
      for (const value of [-0.02, 0, 0.0815825107, 0.31]) {
        const { low, high, step, range } = sliderOf(name, value);
        expect(low).toBeLessThanOrEqual(Math.min(value, range![0]));
        expect(high).toBeGreaterThanOrEqual(Math.max(value, range![1]));
        expect(Math.abs(Math.round(low / step) * step - low)).toBeLessThan(1e-12);
      }
    // Over many years the value-added ratio must not fall to nothing.
    expect(15 * sliderOf('va_ratio_change', 0, 15).low).toBeGreaterThan(-0.25);
  });

  it('a place in the picture is the growth that it stands for', () => {
    const plane = { across: [0.02, 0.3], up: [-0.01, 0.17], width: 640, height: 380 } as const;
    fc.assert(
      fc.property(
        fc.double({ min: -0.1, max: 0.4, noNaN: true }),
        fc.double({ min: -0.1, max: 0.3, noNaN: true }),
        (x, y) => {
          const [across, up] = growthAt(plane, ...placeOn(plane, x, y));
          expect(across).toBeCloseTo(x, 12);
          expect(up).toBeCloseTo(y, 12);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('scenarios', () => {
  const names = fc.string({ unit: 'grapheme', maxLength: 70 });

  it('come back as they were copied, as JSON and as a link', () => {
    const reachable = points.map((point) => ({
      ...point,
      set: Object.fromEntries(
        dragged.map((name) => {
          const { low, high } = sliderOf(name, data.start.set[name]);
          return [name, Math.min(Math.max(point.set[name], low), high)];
        }),
      ) as ExplorerPoint['set'],
    }));
    fc.assert(
      fc.property(reachable, names, (point, name) => {
        const scenario = { ...point, name: cleanName(name) };
        const json = JSON.stringify(scenarioJson(data, scenario));
        expect(readScenarios(json, data)).toEqual({ scenarios: [scenario], problems: [] });
        expect(readScenarios(`[${json}, ${json}]`, data).scenarios).toEqual([scenario, scenario]);
        const link = `file:///home/me/a%20b.html#${scenarioHash(scenario)}`;
        expect(readScenarios(link, data)).toEqual({ scenarios: [scenario], problems: [] });
        expect(readScenarios(`#${scenarioHash(scenario)}`, data).scenarios).toEqual([scenario]);
      }),
      { seed: 1 },
    );
  });

  it('what a scenario leaves out is as in the plan', () => {
    expect(readScenarios('{"name": "x", "set": {"g_services": 0.1}}', data).scenarios).toEqual([
      { ...data.start, name: 'x', set: { ...data.start.set, g_services: 0.1 } },
    ]);
    expect(readScenarios('#g_services=0.1', data).scenarios[0]!.set.g_services).toBe(0.1);
  });

  it.each([
    ['', 'this is neither JSON nor a link of this page'],
    ['hello', 'this is neither JSON nor a link of this page'],
    ['{', 'this is no JSON'],
    ['[1]', '1 is no scenario'],
    ['[null]', 'null is no scenario'],
    ['{"set": []}', 'set: [] is no scenario'],
    ['{"name": 7}', 'the name is 7'],
    ['{"set": {"g_servces": 0.1}}', "did you mean 'g_services'?"],
    ['{"set": {"g_services": 9}}', 'g_services is 9; give a number that stands for 3.0 % to 15.0 %'],
    ['{"set": {"g_services": "0.1"}}', "g_services is '0.1'"],
    ['{"set": {"__proto__": 1}}', "there is no slider '__proto__'"],
    ['{"set": {"constructor": 1}}', "there is no slider 'constructor'"],
    ['{"shares": {"industry": 1}}', 'four parts of 1'],
    [
      '{"shares": {"agriculture": 0.5, "industry": 0, "construction": 0, "services": 0.5}}',
      'at least 0.01 for either engine',
    ],
    ['{"spread": 2}', 'spread is 2'],
    ['#g_services=NaN', "g_services is 'NaN'"],
    ['#g_services=1e999', 'g_services is Infinity'],
    ['#x', 'this is neither JSON nor a link of this page'],
    ['#name=%E0%A4%A', 'this is neither JSON nor a link of this page'],
    ['#__proto__=1', 'this is neither JSON nor a link of this page'],
  ])('%s is refused with a reason', (text, problem) => {
    const { scenarios, problems } = readScenarios(text, data);
    expect(scenarios).toEqual([]);
    expect(problems.join()).toContain(problem);
  });

  it('no more are read than a page keeps, and the rest of a list survives one bad entry', () => {
    expect(readScenarios(JSON.stringify(Array.from({ length: 30 }, () => ({}))), data)).toMatchObject({
      scenarios: { length: 12 },
      problems: ['of 30 scenarios the first 12 were read'],
    });
    const { scenarios, problems } = readScenarios('[{"spread": 9}, {"name": "b"}]', data);
    expect([scenarios.map(({ name }) => name), problems]).toEqual([
      ['b'],
      ['1: spread is 9; give a number that stands for 0 to 1'],
    ]);
  });
});

describe('explorer', () => {
  let script: ExplorerScript;
  beforeAll(async () => {
    script = await bundleExplorer();
  }, 60_000);
  const made = (one: Plan | PlanStudy, more = {}) => explorer(one, { script, ...more });
  const opened = (html: string) => parseHTML(html).document;

  it('one script, known by its hash; nothing is fetched; the same input gives the same page', () => {
    const html = made(study);
    expect(html).toBe(made(plan));
    const { code, hash } = script;
    expect(createHash('sha256').update(code).digest('base64')).toBe(hash);
    expect(html).toContain(`script-src 'sha256-${hash}'; worker-src blob:`);
    expect(html).toContain("default-src 'none'");
    const page = html.replace(code, '');
    expect(page).not.toMatch(/src=|@import|javascript:|<link [^>]*href="http| on\w+="/);
    expect(html.match(/<script/g)).toHaveLength(2);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.length).toBeLessThan(450_000);
  });

  it('shows the plan without any script: values, bands, gaps, the frontier', () => {
    const text = opened(made(study)).body.textContent!;
    for (const part of [
      '12.00 %',
      '11.5 % to 12.5 %',
      '13.09 %',
      '−0.41 pp',
      '6 of 7',
      'seed 0',
      '48 more targets',
    ])
      expect(text).toContain(part);
    expect(opened(made(study)).querySelectorAll('#targets tbody tr')).toHaveLength(7);
  });

  it('speaks Chinese, and every word has its Chinese', () => {
    const html = made(studyPlan(plan, { language: 'zh' }), { language: 'zh' });
    const { body, documentElement } = opened(html);
    expect(documentElement.getAttribute('lang')).toBe('zh-Hans');
    for (const part of ['地区生产总值', '增长12%左右', '未达到', '双引擎前沿', '11.5%至12.5%'])
      expect(body.textContent).toContain(part);
    for (const [key, { en, zh }] of Object.entries(explorerWords)) {
      expect(en, key).not.toBe('');
      expect(zh, key).toMatch(/[\u4e00-\u9fff]|^\/$/);
    }
  });

  it.each([
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<!-- <script>',
    '\u2028\u2029 绿园区 “计划”',
    '${alert(1)} {{x}} &lt;',
  ])('a plan called %s is inert', (name) => {
    const hostile: Plan = {
      ...plan,
      name,
      source: 'javascript:alert(1)',
      indicators: { ...plan.indicators, gdp: { ...plan.indicators['gdp']!, label: name } },
      targets: plan.targets.map((target, i) => (i === 0 ? { ...target, id: name } : target)),
    };
    const html = made(hostile);
    const rest = html.replace(script.code, '');
    expect(rest.match(/<script/g)).toHaveLength(2);
    expect(rest).not.toMatch(/<img|href="javascript/);
    const document = opened(html);
    expect(document.querySelector('h1')!.textContent).toBe(name);
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]!;
    expect((JSON.parse(json) as { plan: Plan }).plan.name).toBe(name);
    expect(json).not.toMatch(/[<\u2028\u2029]/);
  });

  it('a plan without a GDP target, an empty plan, forty targets', () => {
    const noGdp = { ...plan, targets: plan.targets.filter(({ indicator: name }) => name !== 'gdp') };
    expect(opened(made(noGdp)).body.textContent).toContain('the plan states no GDP target');
    expect(made(noGdp)).not.toContain('class="goal"');
    const empty: Plan = { name: 'Nothing', span: ['2014', '2014'], indicators: {}, targets: [] };
    const page = opened(made(empty));
    expect(page.body.textContent).toContain('no growth target that the model speaks of');
    expect(page.querySelector('#targets')).toBe(null);
    expect(page.querySelector('svg.frontier')).not.toBe(null);
    const many: Plan = {
      ...plan,
      targets: Array.from({ length: 40 }, (_, i) => ({ ...plan.targets[i % 7]!, id: `T${i}` })),
    };
    expect(opened(made(many)).querySelectorAll('#targets tbody tr')).toHaveLength(40);
    const own = explorerData(sourceOf(many), options);
    expect(Object.keys(own.bands)).toHaveLength(30);
    expect(() => chanceShard(own, twoEngine({ parameters: own.parameters }), own.start, 0, 1)).not.toThrow();
  });

  it('names what is wrong with a call', () => {
    expect(() => explorer(plan)).toThrow(/explorer: the script of the page is not built in/);
    expect(() => made(plan, { draws: 0 })).toThrow(/explorer: 0 draws are not possible/);
    expect(() => made(plan, { draws: 2_000_000 })).toThrow(/up to 1,000,000/);
    expect(() => made(plan, { seed: 1.5 })).toThrow(RangeError);
    expect(() => made(undefined as never)).toThrow(/explorer: the plan is undefined/);
    expect(() => made('plan' as never)).toThrow(/explorer: the plan is 'plan'/);
  });

  it('says bands in words', () => {
    expect(bandText({ low: 0.115, high: 0.125 }, 'en')).toBe('11.5 % to 12.5 %');
    expect(bandText({ low: 0.1 }, 'zh')).toBe('10.0%以上');
    expect(bandText({ high: 0.10973 }, 'en')).toBe('up to 10.97 %');
  });

  it('the point of the plan is the plan', () => {
    expect(pointOf(study)).toEqual(data.start);
    expect(data.start.set.g_services).toBe(study.parameters.g_services);
  });
});
