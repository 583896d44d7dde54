import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { track } from '../../src/assess/track.ts';
import { readCsv } from '../../src/data/csv.ts';
import { readPlanFile } from '../../src/data/plan-file.ts';
import { ets } from '../../src/forecast/ets.ts';
import { forecast, intervals } from '../../src/forecast/forecast.ts';
import { progress } from '../../src/cli/progress.ts';
import { planControl } from '../../src/presets/plan-control.ts';
import { planProjection } from '../../src/presets/plan-projection.ts';
import { planScenarios } from '../../src/presets/plan-scenarios.ts';
import { planSensitivity } from '../../src/presets/plan-sensitivity.ts';
import { planSimulation } from '../../src/presets/plan-simulation.ts';
import { studyPlan } from '../../src/presets/study.ts';
import { normal } from '../../src/uncertainty/distribution.ts';
import { seed, tinbergen } from './terminal.ts';
import type { Surroundings } from './terminal.ts';

const plan = readPlanFile(readFileSync(seed, 'utf8')).plan!;
const folder = mkdtempSync(join(tmpdir(), 'tinbergen-commands-'));

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** The answer of a command as JSON, and its exit code. */
async function json(
  args: readonly string[],
  around?: Surroundings,
): Promise<{ code: number; value: unknown }> {
  const { code, out, err } = await tinbergen([...args, '--json'], around);
  expect(err).toBe('');
  return { code, value: JSON.parse(out) as unknown };
}

/** A value as JSON carries it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

const history = 'year,gdp,retail\n' + [100, 112.7, 127, 145.1, 158.9, 173.6, 192, 210.3, 226.8, 244.4].map((gdp, i) => `${2004 + i},${gdp},${2 * gdp}`).join('\n'); // prettier-ignore

describe('what a command answers as JSON is what the library gives', () => {
  it('plan', async () => {
    expect(await json(['plan', seed, '--horizon', '2'])).toEqual({ code: 0, value: plain(studyPlan(plan, { horizon: 2 })) });
  }); // prettier-ignore

  it('check', async () => {
    expect(await json(['check', seed])).toEqual({ code: 0, value: plain(studyPlan(plan).consistency) });
  });

  it('project', async () => {
    const { growth_gdp, gdp } = planProjection(plan, { horizon: 3, parameters: { g_services: 0.1 } });
    const args = [
      'project',
      seed,
      '--horizon',
      '3',
      '--parameters',
      'g_services=10%',
      '--variables',
      'gdp,growth_gdp',
    ];
    expect((await json(args)).value).toEqual(plain({ gdp, growth_gdp }));
  });

  it('scenarios', async () => {
    const rows = planScenarios(plan, [
      { name: 'g_services=10%', set: { g_services: 0.1 } },
      { name: 'dear', set: { p_industry: 0.02, g_services: 0.08 } },
    ]);
    const args = ['scenarios', seed, '--set', 'g_services=10%', '--set', 'dear: p_industry=2%, g_services=8%'];
    expect((await json(args)).value).toEqual(plain(rows));
    const file = written('scenarios.json', '{ "g_services=10%": { "g_services": "10%" }, "dear": { "p_industry": 0.02, "g_services": "8%" } }');
    expect((await json(['scenarios', seed, '--scenarios', file])).value).toEqual(plain(rows));
    expect((await json(['scenarios', seed])).value).toEqual(plain(planScenarios(plan)));
  }); // prettier-ignore

  it('control', async () => {
    const found = planControl(plan, { hit: { gdp: 0.12, fai_cover: 1 }, using: ['g_services', 'g_fai'] });
    const args = [
      'control',
      seed,
      '--hit',
      'gdp=12%,fai_cover=1',
      '--using',
      'g_services',
      '--using',
      'g_fai',
    ];
    expect(await json(args)).toEqual({ code: 0, value: plain(found) });
  });

  it('simulate', async () => {
    const found = planSimulation(plan, { draws: 2000, seed: 5, factors: { g_services: normal(0.09, 0.01) } });
    const args = [
      'simulate',
      seed,
      '--draws',
      '2000',
      '--seed',
      '5',
      '--factor',
      'g_services=normal(9%, 0.01)',
    ];
    expect((await json(args)).value).toEqual(plain(found));
  });

  it('forecast', async () => {
    const { data } = readCsv(history);
    const made = forecast(data['gdp']!, ets(), { horizon: 2 });
    const args = [
      'forecast',
      '-',
      '--series',
      'gdp',
      '--method',
      'ets',
      '--horizon',
      '2',
      '--levels',
      '50,90',
    ];
    expect((await json(args, { stdin: history })).value).toEqual(
      plain({ gdp: { ...made, intervals: intervals(made, [0.5, 0.9]) } }),
    );
  });

  it('forecast of an SDMX message, of seeds with sources beside, of one series alone', async () => {
    const sdmx =
      'DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\nX:GDP(1.0),A,CN,2012,543563\nX:GDP(1.0),A,CN,2013,593563\n';
    for (const [stdin, name] of [
      [sdmx, 'A.CN'],
      ['{"title": "t", "series": {"gdp": {"start": "2012", "values": [1, 2]}}}', 'gdp'],
      ['{"start": "2012", "values": [1, 2]}', 'series'],
      ['[{"year": 2012, "gdp": 1}, {"year": 2013, "gdp": 2}]', 'gdp'],
    ] as const) {
      const { out } = await tinbergen(['forecast', '-', '--json'], { stdin });
      expect(Object.keys(JSON.parse(out) as object)).toEqual([name]);
    }
  });

  it('assess', async () => {
    const actual = 'year,gdp\n2013,100\n2014,111.8';
    const growth = 'period,retail\n2014-Q1,13.2%\n2014-Q2,13.9%';
    const file = written('growth.csv', growth);
    const rows = track(plan, { actual: readCsv(actual).data, growth: readCsv(growth).data });
    const { value } = await json(['assess', seed, '--actual', '-', '--growth', file], { stdin: actual });
    expect(value).toEqual(plain(rows));
  });

  it('sensitivity', async () => {
    const rows = planSensitivity(plan, { method: 'morris', output: 'growth_retail', seed: 3 });
    const args = ['sensitivity', seed, '--method', 'morris', '--of', 'growth_retail', '--seed', '3'];
    expect((await json(args)).value).toEqual(plain(rows));
  });
});

describe('formats', () => {
  it('a table is aligned with Chinese text in it, and coloured for a terminal only', async () => {
    const args = ['plan', seed, '--horizon', '1'];
    const { out } = await tinbergen(args);
    const lines = out.split('\n');
    const cells = (line: string): number => line.length + (line.match(/[\u2e80-\u9fff\uff00-\uff60]/g)?.length ?? 0);
    // The column of the target's words begins at one place in every row.
    const head = lines.findIndex((line) => line.startsWith('Growth targets'));
    const rows = lines.slice(head + 3, head + 10);
    const places = rows.map((line) => cells(line.slice(0, line.search(/GDP growth|fiscal|gross output|retail sales|fixed-asset|urban|rural/))));
    expect([rows.length, new Set(places).size]).toEqual([7, 1]);
    const escape = '\u001b[';
    expect(out).not.toContain(escape);
    expect((await tinbergen(args, { terminal: true })).out).toContain(`${escape}32mon track${escape}0m`);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }] as Record<string, string>[])
      expect((await tinbergen(args, { terminal: true, env })).out).toBe(out);
  }); // prettier-ignore

  it('CSV of a projection is what forecast reads', async () => {
    const { out } = await tinbergen([
      'project',
      seed,
      '--csv',
      '--variables',
      'gdp,retail',
      '--horizon',
      '8',
    ]);
    expect(readCsv(out).data).toMatchObject(
      plain({ gdp: planProjection(plan, { horizon: 8 }).gdp }) as object,
    );
    expect((await tinbergen(['forecast', '-', '--method', 'drift'], { stdin: out })).code).toBe(0);
  });

  it('CSV holds numbers unrounded under one header', async () => {
    const { out } = await tinbergen(['sensitivity', seed, '--csv']);
    const [head, first] = out.trimEnd().split('\n');
    expect(head).toBe('factor,from,at,to,low,base,high,swing');
    const [row] = planSensitivity(plan);
    expect(first).toBe(['p_industry', row!.from, row!.at, row!.to, row!.low, row!.base, row!.high, row!.swing].join());
    const { out: targets } = await tinbergen(['simulate', seed, '--csv', '--draws', '500']);
    expect(targets.split('\n')[0]).toBe('indicator,measure,period,target,low,high,p05,p50,p95,probability,probabilityLow,probabilityHigh');
    expect(targets.trimEnd().split('\n')).toHaveLength(8);
  }); // prettier-ignore

  it('Markdown has a heading and a table', async () => {
    const { out } = await tinbergen(['scenarios', seed, '--markdown', '--variables', 'growth_gdp', '--set', 'a|b: g_services=10%']);
    expect(out).toBe(
      '### Lüyuan District, Changchun: work plan 2014: scenarios\n\n| scenario | gdp |\n| :-- | --: |\n| plan as written | 12.00 % |\n| a\\|b | 12.83 % |\n\nGrowth rates of the year unless a name says otherwise; what a scenario does not set stays as in the plan.\n',
    );
  }); // prettier-ignore

  it('growth keeps its name beside the level', async () => {
    const { out } = await tinbergen(['scenarios', seed, '--variables', 'gdp,growth_gdp,growth_retail']);
    expect(out.split('\n')[1]!.trim().split(/\s+/)).toEqual(['scenario', 'gdp', 'growth_gdp', 'retail']);
  });

  it('only one of them at a time', async () => {
    expect(await tinbergen(['project', seed, '--json', '--csv'])).toEqual({
      code: 2,
      out: '',
      err: 'tinbergen: --json and --csv: choose one format\n',
    });
  });

  it.each(['read', 'plan', 'check', 'project', 'scenarios', 'simulate', 'sensitivity'])(
    '%s prints every one of them',
    async (name) => {
      const args = name === 'read' ? ['read', '-'] : name === 'simulate' ? [name, seed, '--draws', '200'] : [name, seed];
      const stdin = '2014年地区生产总值增长12%左右';
      const [text, csv, markdown] = await Promise.all(
        [[], ['--csv'], ['--markdown']].map(async (format) => (await tinbergen([...args, ...format], { stdin })).out),
      );
      expect(new Set([text, csv, markdown]).size).toBe(3);
      expect(markdown).toContain('| :-- |');
      const rows = csv!.trimEnd().split('\n');
      expect(rows.length).toBeGreaterThan(1);
      for (const all of [text, csv, markdown]) {
        expect(all).not.toMatch(/undefined|NaN|\[object/);
        expect(all!.endsWith('\n') && !all!.endsWith('\n\n')).toBe(true);
      }
    },
  ); // prettier-ignore
});

describe('a plan in its own words', () => {
  const words = '2014年工作安排\n主要预期目标是：地区生产总值增长12%左右，规模以上工业总产值增长15%左右。';

  it('goes where a plan goes', async () => {
    const { code, out } = await tinbergen(['check', '-'], { stdin: words });
    expect(code).toBe(0);
    expect(out).toContain('can hold together');
    const zh = await tinbergen(['simulate', '-', '--draws', '200', '--language', 'zh'], { stdin: words });
    expect(zh.out).toContain('地区生产总值增长12%左右');
  });
});

describe('exit codes', () => {
  const impossible = written(
    'impossible.json',
    JSON.stringify({
      name: 'P',
      span: ['2014', '2014'],
      indicators: {
        gdp: { label: 'GDP', unit: '100m CNY', kind: 'flow', prices: 'constant' },
        gross_output_industry: { label: 'output', unit: '100m CNY', kind: 'flow', prices: 'current' },
      },
      targets: [
        { indicator: 'gdp', measure: 'growth', relation: { kind: 'at-least', value: '25%' } },
        { indicator: 'gross_output_industry', measure: 'growth', relation: { kind: 'about', value: '12%' } },
      ],
    }),
  );

  it('check: 1 when targets cannot hold together, with what would mend it', async () => {
    const { code, out, err } = await tinbergen(['check', impossible]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('P: The targets cannot hold together.');
    expect(out).toMatch(/^ conflict +GDP growth of at least 25 %$/m);
    expect(out).toMatch(/^ because +gdp = /m);
    expect(out).toContain('smallest change in all');
    expect((await json(['check', impossible])).code).toBe(1);
  });

  it("check: a plan's own identities against its history", async () => {
    const own = written(
      'own.json',
      JSON.stringify({
        name: 'P',
        span: ['2014', '2014'],
        indicators: Object.fromEntries(['total', 'a', 'b'].map((name) => [name, { label: name, unit: 'CNY', kind: 'flow' }])),
        identities: ['total = a + b'],
        targets: ['total', 'a', 'b'].map((indicator) => ({
          indicator,
          measure: 'growth',
          relation: { kind: 'about', value: indicator === 'total' ? '15%' : '5%' },
        })),
      }),
    );
    const levels = written('levels.csv', 'year,a,b\n2013,40,60');
    const { code, out } = await tinbergen(['check', own, '--history', levels]);
    expect(code).toBe(1);
    expect(out).toContain('conflict');
    const without = await tinbergen(['check', own]);
    expect([without.code, without.out]).toEqual([1, '']);
    expect(without.err).toContain('--history');
  }); // prettier-ignore

  it('check --json: the issues of a plan with errors', async () => {
    const bad = written('bad.json', '{"name":"P","span":["2014","2014"],"indicators":{},"targets":[{"indicator":"gdp"}]}');
    const { code, out, err } = await tinbergen(['check', bad, '--json']);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { issues: unknown[] }).issues.length).toBeGreaterThan(0);
    expect(err).toContain('targets[0]');
  }); // prettier-ignore

  it('control: 1 when a bound is in the way', async () => {
    const args = [
      'control',
      seed,
      '--hit',
      'gdp=14%',
      '--using',
      'g_services',
      '--bounds',
      'g_services=6%..10%',
    ];
    const { code, out } = await tinbergen(args);
    expect(code).toBe(1);
    expect(out).toContain('at its bound');
    expect(out).toContain('missed');
  });

  it('assess: 0 however the plan is doing', async () => {
    const { code, out } = await tinbergen(['assess', seed, '--growth', '-', '--all'], { stdin: 'year,gdp\n2014,3%' });
    expect(code).toBe(0);
    expect(out).toContain('missed');
    expect(out).toContain('there is no series');
  }); // prettier-ignore
});

describe('progress', () => {
  it('shows on a terminal from half a second on, and goes away', () => {
    let [time, said] = [0, ''];
    const io = { read: () => new Uint8Array(), out: () => undefined, err: (text: string) => void (said += text), env: {} };
    const bar = progress('drawing', 200, { ...io, outIsTerminal: false, errIsTerminal: true }, () => time);
    for (const done of [10, 50, 100, 101]) {
      time += done === 101 ? 10 : 400;
      bar.to(done);
    }
    expect(said).toBe(
      '\rdrawing ██████░░░░░░░░░░░░░░░░░░ 25 %, 3 s left\u001b[K\rdrawing ████████████░░░░░░░░░░░░ 50 %, 2 s left\u001b[K',
    );
    bar.end();
    expect(said.endsWith('\r\u001b[K')).toBe(true);
    said = '';
    const quiet = progress('drawing', 200, { ...io, outIsTerminal: true, errIsTerminal: false }, () => (time += 1000));
    quiet.to(100);
    quiet.end();
    expect(said).toBe('');
  }); // prettier-ignore

  it('stands in no file', async () => {
    const { err } = await tinbergen(['simulate', seed, '--draws', '2000']);
    expect(err).toBe('');
  });
});
