import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { about, atLeast, definePlan, describeTarget, readPlanFile, series } from '../../src/index.ts';
import type { Plan } from '../../src/index.ts';
import { studyPlan, twoEngineParameters } from '../../src/presets/index.ts';
import type { TwoEngineParameter } from '../../src/presets/index.ts';
import { report, reportEvidence } from '../../src/report/index.ts';
import { sourceWords } from '../../src/report/report-sources.ts';
import { extras } from './extras.ts';
import { faultsOf } from '../plot/picture.ts';

const plan = readPlanFile(
  readFileSync(new URL('../../seeds/lvyuan-2014.json', import.meta.url), 'utf8'),
).plan!;
const study = studyPlan(plan);

const full = extras(plan);

const opened = (html: string) => parseHTML(html).document;
const headings = (html: string): string[] =>
  [...opened(html).querySelectorAll('h1, h2, h3')].map((h) => `${h.tagName} ${h.textContent}`);

describe('report', () => {
  it('has the headline targets with band and price basis, and all that the study says', () => {
    const html = report(study);
    const text = opened(html).body.textContent!;
    for (const part of [
      'GDP',
      'growth of about 12 %',
      '11.5 % to 12.5 %',
      'real',
      'nominal',
      'All 55 targets can hold together',
      '8.16 %',
      'Fujian 2014',
      'tinbergen 0.1.0',
      'no random draws',
      'ts12580.com',
    ])
      expect(text).toContain(part);
    expect(headings(html)).toEqual([
      'H1 Lüyuan District, Changchun: work plan 2014',
      'H2 Headline targets',
      'H2 Can they hold together?',
      'H2 What it takes',
      'H3 Two engines',
      'H3 Where growth comes from',
      'H2 Required pace',
      'H2 What if',
      'H3 Difference from the plan (points)',
      'H3 Carried on at these rates',
      'H3 What moves GDP growth',
      'H2 Assumptions',
      'H3 Defaults used, which are not the plan’s and illustrative where no source is named',
      'H2 Sources',
    ]);
    for (const name of study.sources.defaults.filter((one) => one !== 'shares'))
      expect(opened(html).querySelectorAll('.defaults li').length, name).toBe(study.sources.defaults.length);
  });

  it('speaks Chinese', () => {
    const html = report(studyPlan(plan, { language: 'zh' }), { language: 'zh' });
    const { documentElement, body } = opened(html);
    expect(documentElement.getAttribute('lang')).toBe('zh-Hans');
    for (const part of [
      '主要目标',
      '增长12%左右',
      '11.5%至12.5%',
      '不变价',
      '55项目标可以同时实现',
      '双引擎前沿',
      '工业带动',
    ])
      expect(body.textContent).toContain(part);
    for (const [, label] of html.matchAll(/<svg[^>]*aria-label="([^"]*)"/g))
      expect(label).toMatch(/[\u4e00-\u9fff]{4}/);
  });

  it('speaks nothing but Chinese in Chinese: notes, sources, chances, conflicts, repairs', () => {
    const impossible: Plan = {
      ...plan,
      targets: [
        ...plan.targets.filter(({ indicator }) => indicator !== 'gdp'),
        { indicator: 'gdp', measure: 'growth', relation: atLeast('60%') },
      ],
    };
    for (const one of [plan, impossible]) {
      const zh = studyPlan(one, { language: 'zh' });
      const evidence = reportEvidence(zh, {
        draws: 500,
        language: 'zh',
        history: { gdp: full.forecasts![0]!.history!, retail: full.forecasts![0]!.history! },
        actual: { gdp: series('2014-Q1', [0.1, 0.11]), retail: series('2014-Q1', [0.12]) },
      });
      const { document } = parseHTML(report(zh, { ...evidence, language: 'zh' }));
      const said = [
        document.body.textContent!,
        ...[...document.querySelectorAll('svg')].map((svg) => svg.getAttribute('aria-label')!),
      ].join('\n');
      const english = said
        .replaceAll(plan.name, '')
        .replaceAll(plan.source!, '')
        .replace(/tinbergen [\d.]+/, '')
        .match(/[A-Za-z_]{2,}(?:[ ,.;:'’-]+[A-Za-z_]{2,})*/g);
      expect([...new Set(english)].toSorted()).toEqual(['GDP', 'WP']);
    }
  });

  it('names the same figures of a source in both languages', () => {
    const figures = (text: string): string[] =>
      (text.replace('July', '7').match(/\d+(?:\.\d+)?/g) ?? []).toSorted();
    for (const name of Object.keys(twoEngineParameters) as TwoEngineParameter[])
      expect(figures(sourceWords(name, 'zh')), name).toEqual(figures(sourceWords(name, 'en')));
  });

  it('the parts of a scenario are those that attribute gives', () => {
    const html = report(study);
    const [row] = study.scenarios.filter(
      ({ scenario, variable }) => scenario === 'industry-led' && variable === 'growth_gdp',
    );
    const parts = /12\.5 % \(\+0\.5 = \+(\d\.\d) −(\d\.\d)\)/.exec(html)!;
    expect(Number(parts[1]) - Number(parts[2])).toBeCloseTo(100 * row!.difference, 0);
  });

  it('says what each quarter must bring, with quarters of one size or as they were', () => {
    const cells = (html: string): string[][] =>
      [...opened(html).querySelectorAll('#pace tbody tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => cell.textContent!),
      );
    expect(cells(report(study))[0]).toEqual([
      'GDP, fiscal revenue (all levels)',
      '12.0 %',
      '12.33 %',
      '13.00 %',
      '15.00 %',
    ]);
    const quarters = { gdp: series('2013-Q1', [40, 20, 20, 20]) };
    expect(cells(report(study, { quarters }))[0]).toEqual(['GDP', '12.0 %', '12.67 %', '13.50 %', '16.00 %']);
  });

  it('shows chances, forecasts and paces where they are given, with draws and seed', () => {
    const html = report(study, full);
    const text = opened(html).body.textContent!;
    for (const part of [
      'How likely',
      'What history says: GDP',
      'Required pace: GDP',
      '2000 draws, seed 2014',
      'a yearbook',
      '2014-07-15',
      'Chance',
    ])
      expect(text).toContain(part);
    expect(html).toContain('<a href="https://example.org/history"');
  });

  it('every picture says what it shows, and no label in it covers another or is cut off', () => {
    const console_ = vi.spyOn(console, 'warn');
    for (const html of [
      report(study, full),
      report(studyPlan(plan, { language: 'zh' }), { ...full, language: 'zh' }),
    ]) {
      const pictures = html.match(/<svg[\s\S]*?<\/svg>/g)!;
      expect(pictures).toHaveLength(8);
      for (const svg of pictures) {
        expect(faultsOf(svg)).toEqual([]);
        expect(svg).toMatch(/role="img" aria-label="[^"]{20,}"/);
      }
    }
    expect(console_).not.toHaveBeenCalled();
    console_.mockRestore();
  });

  it('fetches nothing, runs nothing, and gives no two elements one id', () => {
    const html = report(study, full);
    expect(html).not.toMatch(/<script|<link [^>]*href="http|src=|@import|url\(|javascript:/);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(report(study, full)).toBe(html);
  });

  it('a plan that cannot hold together is told what would mend it', () => {
    const impossible = studyPlan({
      ...plan,
      targets: [
        ...plan.targets.filter(({ indicator }) => indicator !== 'gdp'),
        { indicator: 'gdp', measure: 'growth', relation: atLeast('60%') },
      ],
    });
    expect(impossible.consistency.consistent).toBe(false);
    const text = opened(report(impossible)).body.textContent!;
    expect(text).toContain('These cannot hold together');
    expect(text).toContain('instead of');
    expect(report(impossible, { consistency: null })).not.toContain('These cannot hold together');
  });

  it('text from outside stays text', () => {
    const hostile: Plan = {
      ...plan,
      name: '<script>alert(1)</script> & "quotes"',
      source: 'javascript:alert(1)',
    };
    const html = report(studyPlan(hostile));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('href="javascript');
    expect(opened(html).querySelector('h1')!.textContent).toBe(hostile.name);
  });

  it('a plan with one target, of many years, without a GDP target: says what it can', () => {
    const small = definePlan({
      name: 'P',
      span: ['2016', '2020'],
      indicators: { retail: { label: { en: 'retail', zh: '零售' }, unit: 'CNY', kind: 'flow' } },
      targets: [{ indicator: 'retail', measure: 'growth', relation: about('9%') }],
    });
    const html = report(studyPlan(small));
    expect(html).toContain('2016 to 2020');
    expect(html).not.toContain('Two engines');
    expect(opened(html).body.textContent).toContain(
      describeTarget(small, small.targets[0]!).replace('retail ', ''),
    );
  });

  it('a plan without targets: the model as it stands, and nothing to hold', () => {
    const empty = definePlan({ name: 'P', span: ['2016', '2016'], indicators: {}, targets: [] });
    expect(report(studyPlan(empty))).toContain('There is no target to hold.');
    expect(report(studyPlan(empty, { language: 'zh' }), { language: 'zh' })).toContain(
      '没有可供检验的目标。',
    );
  });

  it('forty growth targets: the table is cut and says so', () => {
    const many = definePlan({
      name: 'P',
      span: ['2014', '2014'],
      indicators: Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [
          `x${i}`,
          { label: `indicator ${i}`, unit: 'CNY', kind: 'flow' as const },
        ]),
      ),
      targets: Array.from({ length: 40 }, (_, i) => ({
        indicator: `x${i}`,
        measure: 'growth' as const,
        relation: about('9%'),
      })),
    });
    expect(report(studyPlan(many))).toContain('26 more growth targets are not shown');
  });
});
