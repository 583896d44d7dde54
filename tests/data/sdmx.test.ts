import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIssue, hasErrors, periodsOf, readSdmx, series } from '../../src/index.ts';
import { finite, law, seriesOf } from '../support/arbitraries.ts';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const read = (name: string) => readSdmx(fixture(name));
const placesOf = ({ issues }: ReturnType<typeof readSdmx>) =>
  issues.map((issue) => [issue.code, issue.path.join('/')]);

describe('SDMX-JSON', () => {
  it('draft of 1.0 with series: gaps and null are missing, the multiplier is part of the unit', () => {
    const reading = read('sdmx-json-draft-series.json');
    expect(reading.data).toEqual({
      'Q.GDP.Y': series('2014-Q1', [101.5, 102.25, NaN, NaN, 103]),
      'Q.INFL.Y': series('2014-Q1', [2.5, NaN, 2.75]),
    });
    expect(reading.indicators['Q.GDP.Y']).toEqual({
      label: 'Gross domestic product, Seasonally adjusted',
      unit: '1m EUR',
      prices: 'constant',
      frequency: 'quarter',
      source: 'Central Bank of Examplia: Examplian accounts',
    });
    expect(reading.indicators['Q.INFL.Y']).toMatchObject({ unit: '%', kind: 'rate' });
    expect(placesOf(reading)).toEqual([['doubtful', 'dataSets/0/series/0:0:0/observations/3']]);
    expect(describeIssue(reading.issues[0]!)).toContain("'P' (Provisional value) for 2015-Q1");
  });

  it('1.0 with flat observations: dimensions of the data set in the key, labels in two languages', () => {
    const reading = read('sdmx-json-1.0-flat.json');
    expect(reading.data).toEqual({
      'A.CN._T': series('2014', [643563.1, 688858.2, 746395.1]),
      'A.CN.A': series('2014', [55626.3, 57774.6]),
    });
    expect(reading.indicators['A.CN.A']).toEqual({
      label: { en: 'China, Agriculture', zh: '中国，农业' },
      unit: '100m CNY',
      prices: 'current',
      frequency: 'year',
      source: 'Statistical Office of Examplia: GDP by sector',
    });
    expect(reading.issues.map((issue) => issue.severity)).toEqual(['warning', 'warning']);
  });

  it('2.0: structures, attributes of groups, values written in place, NaN in quotes', () => {
    const reading = read('sdmx-json-2.0-series.json');
    expect(reading.data).toEqual({
      'M.IND.X1': series('2014-01', [10.5, 11.25, NaN]),
      'M.PPI.X1': series('2014-01', [98.5, 99]),
    });
    expect(reading.indicators['M.IND.X1']).toMatchObject({
      label: 'Output of industry',
      unit: '1m CNY',
      source: 'Statistical Office of Examplia: Short-term indicators [NSOX:STI(2.1)]',
    });
    expect(reading.indicators['M.PPI.X1']).toMatchObject({ unit: 'index', kind: 'index' });
    expect(reading.issues).toEqual([]);
  });

  it('cross-sections, several measures, several structures, deletions', () => {
    const time = { id: 'TIME_PERIOD', values: [{ id: '2013' }, { id: '2014' }] };
    const area = { id: 'REF_AREA', keyPosition: 0, values: [{ id: 'X1' }, { id: 'X2' }] };
    const sex = { id: 'SEX', keyPosition: 1, values: [{ id: 'F' }, { id: 'M' }] };
    const reading = readSdmx({
      data: {
        structures: [
          { dimensions: { series: [time, sex], observation: [area] } },
          {
            dimensions: {
              observation: [
                { ...area, id: 'AREA' },
                { ...time, keyPosition: 1 },
              ],
            },
            measures: { observation: [{ id: 'JOBS' }, { id: 'PAY', values: [{ id: '10' }, { id: '20' }] }] },
          },
        ],
        dataSets: [
          { series: { '0:0': { observations: { 0: [1], 1: [2] } }, '1:0': { observations: { 0: [3] } } } },
          { structure: 1, observations: { '0:0': [5, 1], '0:1': [6, 0] } },
          { structure: 1, action: 'Delete', observations: { '1:0': [7, 1] } },
          { structure: 2, observations: {} },
        ],
      },
    });
    expect(reading.data).toEqual({
      'X1.F': series('2013', [1, 3]),
      'X2.F': series('2013', [2]),
      'X1.JOBS': series('2013', [5, 6]),
      'X1.PAY': series('2013', [20, 10]),
    });
    expect(placesOf(reading)).toEqual([
      ['not-read', 'data/dataSets/2'],
      ['wrong-type', 'data/dataSets/3'],
    ]);
  });

  it('says what is wrong, and reads the rest', () => {
    const message = JSON.parse(fixture('sdmx-json-1.0-flat.json'));
    const { observations } = message.data.dataSets[0];
    observations['0:9:0'] = [1];
    observations['0:0'] = [1];
    observations['0:0:1'] = ['a lot', 0, 0];
    message.data.structure.dimensions.observation[2].values.push({ id: '2014-S1' }, { id: '2014-W05' });
    observations['0:1:3'] = [1, 0, 0];
    observations['0:1:4'] = [1, 0, 0];
    const reading = readSdmx(message);
    expect(reading.data['A.CN._T']).toEqual(series('2014', [643563.1, NaN, 746395.1]));
    expect(reading.data['A.CN.A']).toEqual(series('2014', [55626.3, 57774.6]));
    const errors = { ...reading, issues: reading.issues.filter((issue) => issue.severity !== 'warning') };
    expect(placesOf(errors)).toEqual([
      ['bad-number', 'data/dataSets/0/observations/0:0:1'],
      ['unknown-name', 'data/dataSets/0/observations/0:9:0'],
      ['unknown-name', 'data/dataSets/0/observations/0:0'],
      ['bad-period', 'data/dataSets/0/observations/0:1:3'],
    ]);
    expect(describeIssue(errors.issues[3]!)).toContain("'2014-S1' and 1 more in 'A.CN.A'");
  });

  it('refuses what is no data message, with the reason', () => {
    const received = (content: unknown) => readSdmx(content).issues[0]!.received;
    expect(received('<message:GenericData/>')).toBe('XML');
    expect(received('{"errors":[{"code":404,"title":"No results"}]}')).toBe("an error message: 'No results'");
    expect(received({ class: 'dataset', value: [1] })).toContain('JSON-stat');
    expect(received('{')).toContain('JSON');
    expect(received(undefined)).toBe('nothing');
    expect(received([1])).toBe('a list of 1');
    expect(received({ dataSets: [], structure: 3 })).toContain('dataSets');
    expect(readSdmx({ dataSets: [{}], structure: { dimensions: {} } }).issues[0]!.code).toBe('missing-field');
  });

  it('a series named like a prototype key is refused or kept, and harms nothing', () => {
    const message = JSON.parse(fixture('sdmx-json-1.0-flat.json').replaceAll('"CN"', '"__proto__"'));
    const { structure } = message.data;
    structure.dimensions.dataSet = [];
    structure.dimensions.observation[1].values = [{ id: 'constructor' }];
    structure.dimensions.observation.splice(0, 1);
    message.data.dataSets[0].observations = { '0:0': [5, 0, 0] };
    expect(Object.keys(readSdmx(message).data)).toEqual(['constructor']);
    structure.dimensions.observation[0].values = [{ id: '__proto__' }];
    const reading = readSdmx(message);
    expect(reading.data).toEqual({});
    expect(reading.issues[0]).toMatchObject({ code: 'not-read', received: "'__proto__'" });
    expect(({} as Record<string, unknown>)['start']).toBeUndefined();
  });
});

describe('SDMX-CSV', () => {
  it('1.0 with codes and words in one cell, units that carry their prices', () => {
    const reading = read('sdmx-csv-1.0-both.csv');
    expect(reading.data).toEqual({
      'A.X1.CLV10_MEUR': series('2013', [100.5, NaN, 104.25]),
      'A.X1.CP_MEUR': series('2013', [100.5, 103]),
    });
    expect(reading.indicators['A.X1.CLV10_MEUR']).toEqual({
      label: 'Examplia',
      unit: '1m EUR',
      prices: 'constant',
      frequency: 'year',
      source: 'NSOX:NA(1.0): National accounts',
    });
    expect(reading.indicators['A.X1.CP_MEUR']!.prices).toBe('current');
    expect(reading.issues.map(({ path }) => path[0])).toEqual([3]);
  });

  it("1.0 with a publisher's own columns: last update, key, flags", () => {
    const eurostat = read('sdmx-csv-1.0-eurostat.csv');
    expect(eurostat.data['Q.PC_GDP.B9.X1']).toEqual(series('2014-Q1', [-2.5, -2.1, NaN, NaN]));
    expect(eurostat.indicators['Q.MIO_NAC.B1GQ.X1']!.unit).toBe('1m XDC');
    expect(placesOf(eurostat)).toEqual([
      ['doubtful', '3/OBS_VALUE'],
      ['doubtful', '5/OBS_VALUE'],
    ]);
    const ecb = read('sdmx-csv-1.0-ecb.csv');
    expect(ecb.data).toEqual({ 'A.CNY.EUR.SP00.A': series('2013', [8.1646, 8.1857]) });
    expect(ecb.indicators['A.CNY.EUR.SP00.A']).toMatchObject({
      label: 'Chinese yuan renminbi/Euro',
      unit: 'CNY',
    });
    expect(describeIssue(ecb.issues[0]!)).toBe(
      "[4].OBS_VALUE: not a period; expected '2014', '2014-Q3' or '2014-07': days are no frequency here, received '2014-01-02' and 1 more in 'D.CNY.EUR.SP00.A'",
    );
  });

  it('2.0 with words in columns of their own, and deletions', () => {
    const reading = read('sdmx-csv-2.0-labels.csv');
    expect(reading.data).toEqual({ 'Q.X1': series('2014-Q1', [11, 11.5]), 'Q.X2': series('2014-Q1', [21]) });
    expect(reading.indicators['Q.X1']).toEqual({
      label: 'Examplia',
      unit: '1m USD',
      prices: 'constant',
      frequency: 'quarter',
      source: 'NSOX.SDD:DF_QNA(1.1): Quarterly accounts',
    });
    expect(reading.indicators['Q.X2']).toMatchObject({ label: 'Otherland, north', prices: 'current' });
    expect(placesOf(reading)).toEqual([['not-read', '5']]);
  });

  it('2.0 with another separator and rows of attributes', () => {
    const reading = read('sdmx-csv-2.0-semicolon.csv');
    expect(reading.data).toEqual({ 'A.POP': series('2013', [1360.5, 1367.25]) });
    expect(reading.indicators['A.POP']!.unit).toBe('persons');
    expect(placesOf(reading)).toEqual([['not-read', '4']]);
  });

  it('a contradiction in unit or value is an error, and neither is taken', () => {
    const head = 'DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n';
    const units = readSdmx(`${head}X:Y(1.0),A,2013,1,CNY,8\nX:Y(1.0),A,2014,2,CNY,6\n`);
    expect(units.indicators['A']!.unit).toBeUndefined();
    expect(units.issues).toMatchObject([{ code: 'doubtful', path: [3, 'OBS_VALUE'] }]);
    expect(hasErrors(units.issues)).toBe(true);
    const values = readSdmx(
      `${head}X:Y(1.0),A,2013,1,CNY,8\nX:Y(1.0),A,2013,2,CNY,8\nX:Y(1.0),A,2014,3,CNY,8\n`,
    );
    expect(values.data['A']).toEqual(series('2013', [NaN, 3]));
    expect(values.issues).toMatchObject([{ code: 'duplicate', path: [3, 'OBS_VALUE'] }]);
    const previous = readSdmx('DATAFLOW,FREQ,PRICES,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),A,Y,2013,1\n');
    expect(previous.indicators['A.Y']!.prices).toBeUndefined();
    expect(previous.issues[0]!.received).toContain("previous year's prices");
    const frequency = readSdmx(
      'DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),Q,2013,1\nX:Y(1.0),M,2013-01-01,4\n',
    );
    expect(frequency.data).toEqual({ M: series('2013-01', [4]) });
    expect(frequency.issues).toMatchObject([{ code: 'bad-period', path: [2, 'OBS_VALUE'] }]);
  });
});

it.each([
  ['PT', '%'],
  ['PP', 'pp'],
  ['IX', 'index'],
])('a multiplier of %s is doubted and not taken', (code, unit) => {
  const head = 'DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n';
  const plain = readSdmx(`${head}X:Y(1.0),A,2013,1,${code},0\n`);
  expect([plain.indicators['A']!.unit, plain.issues]).toEqual([unit, []]);
  const scaled = readSdmx(`${head}X:Y(1.0),A,2013,1,${code},3\n`);
  expect(scaled.indicators['A']!.unit).toBe(unit);
  expect(scaled.issues).toMatchObject([
    { code: 'doubtful', expected: `no multiplier of ${unit}`, received: "10^3, not taken, in 'A'" },
  ]);
});

/** A data set written as an SDMX message would hold it, for the laws below. */
function asCsv(rows: readonly (readonly [string, string, number])[]): string {
  return `DATAFLOW,FREQ,INDICATOR,TIME_PERIOD,OBS_VALUE\n${rows
    .map(([name, period, value]) => `X:Y(1.0),,${name},${period},${Number.isNaN(value) ? '' : value}\n`)
    .join('')}`;
}

function asJson(rows: readonly (readonly [string, string, number])[], flat: boolean): unknown {
  const names = [...new Set(rows.map(([name]) => name))];
  const times = [...new Set(rows.map(([, period]) => period))];
  const indicator = { id: 'INDICATOR', values: names.map((id) => ({ id })) };
  const time = { id: 'TIME_PERIOD', values: times.map((id) => ({ id })) };
  const cell = (value: number) => [Number.isNaN(value) ? null : value];
  if (flat)
    return {
      data: {
        dataSets: [
          {
            observations: Object.fromEntries(
              rows.map(([n, p, v]) => [`${names.indexOf(n)}:${times.indexOf(p)}`, cell(v)]),
            ),
          },
        ],
        structures: [{ dimensions: { observation: [indicator, time] } }],
      },
    };
  const entries = names.map((name, i) => [
    String(i),
    {
      observations: Object.fromEntries(
        rows.filter(([n]) => n === name).map(([, p, v]) => [String(times.indexOf(p)), cell(v)]),
      ),
    },
  ]);
  return {
    dataSets: [{ series: Object.fromEntries(entries) }],
    structure: { dimensions: { series: [indicator], observation: [time] } },
  };
}

describe('laws', () => {
  const data = fc.dictionary(
    fc.constantFrom('GDP', 'IND', 'constructor', 'toString', 'X_1'),
    seriesOf(fc.oneof(finite(-1e12, 1e12), fc.constant(NaN)), { maxLength: 12 }),
    { minKeys: 1, maxKeys: 4 },
  );
  const figures = data.chain((set) => {
    const rows = Object.entries(set).flatMap(([name, s]) =>
      periodsOf(s).map((period, i) => [name, period, s.values[i]! + 0] as const),
    );
    return fc.shuffledSubarray(rows, { minLength: rows.length }).map((shuffled) => ({ set, rows: shuffled }));
  });

  it('what was written comes back from every form, in whatever order the figures stand', () => {
    fc.assert(
      fc.property(figures, ({ set, rows }) => {
        const expected = Object.fromEntries(
          Object.entries(set).map(([name, s]) => [
            name,
            series(
              s.start,
              s.values.map((v) => (v === 0 ? 0 : v)),
            ),
          ]),
        );
        expect(readSdmx(asJson(rows, true)).data).toEqual(expected);
        expect(readSdmx(asJson(rows, false)).data).toEqual(expected);
        expect(readSdmx(JSON.stringify(asJson(rows, false))).data).toEqual(expected);
        const fromCsv = readSdmx(asCsv(rows));
        expect(fromCsv.data).toEqual(
          Object.fromEntries(Object.entries(expected).map(([name, s]) => [`.${name}`, s])),
        );
        expect(fromCsv.issues).toEqual([]);
      }),
      law,
    );
  });

  it('any JSON, and any text, ends with a reading', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string(), fc.string({ unit: 'binary' })), (content) => {
        const reading = readSdmx(content);
        expect(Object.keys(reading.data)).toEqual(Object.keys(reading.indicators));
        if (Object.keys(reading.data).length === 0) expect(reading.issues.length).toBeGreaterThan(0);
        for (const issue of reading.issues) expect(describeIssue(issue)).not.toContain('undefined');
      }),
      { ...law, numRuns: 300 },
    );
  });

  it('a message with any of its parts replaced ends with a reading', () => {
    const messages = [
      'sdmx-json-draft-series.json',
      'sdmx-json-1.0-flat.json',
      'sdmx-json-2.0-series.json',
    ].map((name) => fixture(name));
    const junk = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1.5,
      1e9,
      '',
      'x',
      '__proto__',
      [],
      {},
      [null],
      { id: 1 },
      true,
    );
    fc.assert(
      fc.property(fc.constantFrom(...messages), fc.nat(10_000), junk, (text, seed, value) => {
        const message = JSON.parse(text) as unknown;
        const spots: (() => void)[] = [];
        const walk = (node: unknown): void => {
          if (typeof node !== 'object' || node === null) return;
          for (const key of Object.keys(node)) {
            spots.push(() => ((node as Record<string, unknown>)[key] = value));
            walk((node as Record<string, unknown>)[key]);
          }
        };
        walk(message);
        spots[seed % spots.length]!();
        const reading = readSdmx(message);
        expect(Object.keys(reading.data)).toEqual(Object.keys(reading.indicators));
      }),
      { ...law, numRuns: 800 },
    );
  });
});
