import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIssue, frequencyOf, readCsv, readJson, series, writeCsv } from '../../src/index.ts';
import { finite, law, seriesOf } from '../support/arbitraries.ts';

describe('CSV', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        seriesOf(finite(-1e9, 1e9)),
        fc.constantFrom('gdp', '总产值', 'with, comma', 'quo"te'),
        (s, name) => {
          const read = readCsv(writeCsv({ [name]: s }));
          expect(read).toEqual({
            data: { [name]: { start: s.start, values: s.values.map((v) => (v === 0 ? 0 : v)) } },
            indicators: { [name]: { label: name, frequency: frequencyOf(s.start) } },
            issues: [],
          });
        },
      ),
      law,
    );
  });

  it('reads what tables contain: thousands, percent, missing, Chinese periods, semicolons, a byte order mark', () => {
    expect(readCsv('\ufeff年份;gdp;g\n2013年;1,234.5;12%\n2014年;NA;１３％').data).toEqual({
      gdp: series('2013', [1234.5, NaN]),
      g: series('2013', [0.12, 0.13]),
    });
    expect(readCsv('p,x\n2014Q1,1\n2014-Q3,3').data['x']).toEqual(series('2014-Q1', [1, NaN, 3]));
    expect(readCsv('p\tx\n2014年1季度\t1\n2014年第2季度\t2').data['x']).toEqual(series('2014-Q1', [1, 2]));
    expect(readCsv('p,x\n2014年12月,1\n2015/1,2').data['x']).toEqual(series('2014-12', [1, 2]));
  });

  it('keeps what could be read beside what could not, with row and column', () => {
    const { data, issues } = readCsv('year,gdp,x\n2013,100,1\nsoon,5,5\n2014,about 112,2\n2013,7,7\n2015,1');
    expect(data['x']).toEqual(series('2013', [1, 2, NaN]));
    expect(data['gdp']).toEqual(series('2013', [100, NaN, 1]));
    expect(issues.map((issue) => [issue.code, ...issue.path])).toEqual([
      ['bad-period', 3, 'year'],
      ['ragged-row', 6],
      ['irregular-periods', 5, 'year'],
      ['bad-number', 4, 'gdp'],
    ]);
    expect(describeIssue(issues[0]!)).toContain("received 'soon'");
    expect(readCsv('').issues[0]!.code).toBe('not-read');
    expect(readCsv('a,b,b\n2014,1,2').issues[0]!.code).toBe('duplicate');
  });

  it('JSON: says the place of what is no series', () => {
    const { data, issues } = readJson(
      '{"a":{"start":"2014","values":[1,"2"]},"b":{"start":"14","values":[]},"c":3}',
    );
    expect(data).toEqual({ a: series('2014', [1, NaN]) });
    expect(issues.map((issue) => issue.path.join('.'))).toEqual(['a.values.1', 'b.start', 'c']);
    expect(readJson('nope').issues[0]!.code).toBe('not-json');
    expect(readJson('[1]').issues[0]!.code).toBe('wrong-type');
  });
});
