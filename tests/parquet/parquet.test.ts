import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIssue, periodsOf, readCsv, series, writeCsv } from '../../src/index.ts';
import { readParquet } from '../../src/parquet/index.ts';
import { finite, law, seriesOf } from '../support/arbitraries.ts';
import { writeParquet } from './write-parquet.ts';
import type { ParquetColumn } from './write-parquet.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe('Parquet', () => {
  it('wide form: periods as numbers, texts or dates', async () => {
    const gdp = { name: 'GDP (亿元)', type: 'double', values: [595244, null, 643563] } as const;
    const years = await readParquet(
      writeParquet([{ name: 'year', type: 'int32', values: [2013, 2014, 2015] }, gdp]),
    );
    expect(years).toEqual({
      data: { 'GDP (亿元)': series('2013', [595244, NaN, 643563]) },
      indicators: { 'GDP (亿元)': { label: 'GDP', unit: '100m CNY', frequency: 'year' } },
      issues: [],
    });
    const index: ParquetColumn = {
      name: '__index_level_0__',
      type: 'text',
      values: ['2013Q4', '2014-Q1', '2014Q2'],
    };
    expect((await readParquet(writeParquet([gdp, index]))).data['GDP (亿元)']!.start).toBe('2013-Q4');
    const dates = ['2014-01-31', '2014-02-28', '2014-03-31'];
    for (const column of [
      { name: 'date', type: 'date', values: dates.map(day) } as const,
      { name: 'date', type: 'timestamp', values: dates.map((text) => day(text) * 86_400_000) } as const,
    ]) {
      const { data, issues } = await readParquet(writeParquet([column, gdp], { codec: 'snappy' }));
      expect(data['GDP (亿元)']).toEqual(series('2014-01', [595244, NaN, 643563]));
      expect(issues.map((issue) => describeIssue(issue))).toEqual([
        "date: doubtful reading; expected periods, received dates such as '2014-01-31', read as months",
      ]);
    }
  });

  it('long form: keys name the series, places are rows from 0 and columns', async () => {
    const { data, indicators, issues } = await readParquet(
      writeParquet([
        { name: 'country', type: 'text', values: ['CHN', 'IND', 'CHN', 'IND', 'IND'] },
        { name: 'year', type: 'int64', values: [2014n, 2014n, 2013n, 2013n, 2013n] },
        { name: 'value', type: 'double', values: [4, 2, 3, 1, 7] },
        { name: 'unit', type: 'text', values: ['亿元', '亿元', '亿元', '亿元', null] },
      ]),
    );
    expect(data).toEqual({ CHN: series('2013', [3, 4]), IND: series('2013', [NaN, 2]) });
    expect(indicators['CHN']).toEqual({ label: 'CHN', unit: '100m CNY', frequency: 'year' });
    expect(issues).toMatchObject([{ code: 'duplicate', path: [4, 'value'] }]);
  });

  it('says what it cannot read: other codecs, booleans, large integers, files that are none', async () => {
    const columns: ParquetColumn[] = [
      { name: 'year', type: 'int32', values: [2013, 2014] },
      { name: 'open', type: 'boolean', values: [true, null] },
      { name: 'n', type: 'int64', values: [9007199254740993n, 1n] },
      { name: '__proto__', type: 'double', values: [1, 2] },
    ];
    const { data, issues } = await readParquet(writeParquet(columns));
    expect(data).toEqual({ open: series('2013', [NaN, NaN]), n: series('2013', [9007199254740992, 1]) });
    expect(issues.map((issue) => [issue.code, ...issue.path])).toEqual([
      ['bad-number', 0, 'open'],
      ['doubtful', 0, 'n'],
      ['not-read', 0, '__proto__'],
    ]);
    const packed = await readParquet(writeParquet(columns, { codec: 'zstd' }));
    expect(packed.issues).toMatchObject([{ code: 'not-read', expected: 'a Parquet file' }]);
    expect(packed.issues[0]!.received).toContain('ZSTD');
    const unpacked = await readParquet(writeParquet(columns, { codec: 'zstd' }), {
      compressors: { ZSTD: (input) => input },
    });
    expect(unpacked.data).toEqual(data);
    expect((await readParquet(new Uint8Array(100))).issues).toMatchObject([{ code: 'not-read' }]);
    expect((await readParquet(writeParquet(columns), { maxRows: 1 })).issues[0]!.expected).toBe(
      'at most 1 rows',
    );
  });

  it('refuses what is no bytes as a mistake', async () => {
    await expect(readParquet('x' as unknown as Uint8Array)).rejects.toThrow("readParquet: 'x' is no bytes");
    await expect(readParquet(undefined as unknown as Uint8Array)).rejects.toThrow('nothing is no bytes');
    await expect(readParquet(new Uint8Array(3), { decimal: ';' as '.' })).rejects.toThrow(
      "the option 'decimal' is ';'; use '.' or ','",
    );
  });

  it('reads the same as CSV, in both forms', async () => {
    await fc.assert(
      fc.asyncProperty(
        seriesOf(fc.oneof(finite(-1e9, 1e9), fc.constant(NaN)), { maxLength: 20 }),
        fc.constantFrom('none', 'snappy'),
        fc.integer({ min: 1, max: 25 }),
        async (s, codec, groupRows) => {
          const values = s.values.map((v) => (Number.isNaN(v) ? null : v + 0));
          const period: ParquetColumn = { name: 'period', type: 'text', values: periodsOf(s) };
          const wide = writeParquet([period, { name: 'x', type: 'double', values }], { codec, groupRows });
          expect(await readParquet(wide)).toEqual(readCsv(writeCsv({ x: s })));
          const long = writeParquet(
            [
              { name: 'series', type: 'text', values: values.map(() => 'x') },
              period,
              { name: 'value', type: 'double', values },
            ],
            { codec, groupRows },
          );
          expect(await readParquet(long)).toEqual(readCsv(writeCsv({ x: s }, { form: 'long' })));
        },
      ),
      { ...law, numRuns: 60 },
    );
  });

  it('bytes of any kind end with a reading: random ones, and a file with some of its bytes changed', async () => {
    const file = writeParquet([
      { name: 'year', type: 'int32', values: [2013, 2014, 2015] },
      { name: 'gdp', type: 'double', values: [1, null, 3] },
      { name: 'name', type: 'text', values: ['a', 'b', null] },
    ]);
    const changed = fc
      .array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map((changes) => {
        const bytes = file.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const cut = fc.nat(file.length).map((n) => file.slice(0, n));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed, changed, cut), async (bytes) => {
        const reading = await readParquet(bytes);
        expect(Object.keys(reading.data)).toEqual(Object.keys(reading.indicators));
        if (Object.keys(reading.data).length === 0) expect(reading.issues.length).toBeGreaterThan(0);
      }),
      { ...law, numRuns: 1500 },
    );
  });
});
