import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeIssue,
  hasErrors,
  periodsOf,
  readCsv,
  readJson,
  series,
  writeCsv,
  writeJson,
} from '../../src/index.ts';
import type { Dataset, TableReading } from '../../src/index.ts';
import { finite, law, seriesOf } from '../support/arbitraries.ts';

const places = ({ issues }: TableReading) =>
  issues.map((issue) => `${issue.severity ?? 'error'} ${issue.code} ${issue.path.join('/')}`);

describe('layouts', () => {
  it('across, as yearbooks print it: titles, notes, source, newest first', () => {
    const reading = readCsv(
      '数据库：年度数据\n时间：最近3年\n指标,2014年,2013年,2012年\n国内生产总值(亿元),643563.1,"592,963.2",538580.0\n国内生产总值指数(上年=100),107.4,107.8,…\n注：1. 按当年价格计算。\n数据来源：国家统计局\n',
    );
    expect(reading.data).toEqual({
      '国内生产总值(亿元)': series('2012', [538580, 592963.2, 643563.1]),
      '国内生产总值指数(上年=100)': series('2012', [NaN, 107.8, 107.4]),
    });
    expect(reading.indicators).toEqual({
      '国内生产总值(亿元)': {
        label: '国内生产总值',
        unit: '100m CNY',
        frequency: 'year',
        source: '国家统计局',
      },
      '国内生产总值指数(上年=100)': {
        label: '国内生产总值指数',
        unit: 'index',
        kind: 'index',
        frequency: 'year',
        source: '国家统计局',
      },
    });
    expect(places(reading)).toEqual(['warning not-read 1', 'warning not-read 2', 'warning not-read 6']);
  });

  it('across with names and codes: the codes name, the names are words', () => {
    const reading = readCsv(
      '"Data Source","World Tables",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",\n"Examplia","EXA","GDP (current US$)","GDP.CD","5.5","6",\n"Otherland","OTH","GDP (constant 2015 US$)","GDP.KD","","7",\n',
    );
    expect(reading.data).toEqual({
      'EXA.GDP.CD': series('1960', [5.5, 6]),
      'OTH.GDP.KD': series('1960', [NaN, 7]),
    });
    expect(reading.indicators['EXA.GDP.CD']).toEqual({
      label: 'Examplia, GDP',
      unit: 'USD',
      prices: 'current',
      frequency: 'year',
    });
    expect(reading.indicators['OTH.GDP.KD']!.prices).toBe('constant');
  });

  it('long, with units and sources of each series; several measures; one series only', () => {
    const long = readCsv(
      'region,year,indicator,value,unit,source\n北京,2014,GDP,21331,亿元,年鉴\n北京,2013,GDP,19801,亿元,年鉴\n上海,2013,人口,2415,万人,\n',
    );
    expect(long.data).toEqual({
      '北京.GDP': series('2013', [19801, 21331]),
      '上海.人口': series('2013', [2415]),
    });
    expect(long.indicators['北京.GDP']).toEqual({
      label: '北京, GDP',
      unit: '100m CNY',
      source: '年鉴',
      frequency: 'year',
    });
    expect(long.indicators['上海.人口']!.unit).toBe('10k persons');
    const panel = readCsv(
      'country,year,GDP (million EUR),jobs\nA,2013,1,2\nA,2014,3,4\nB,2013,5,6\nB,2014,7,8\n',
    );
    expect(Object.keys(panel.data)).toEqual([
      'A.GDP (million EUR)',
      'B.GDP (million EUR)',
      'A.jobs',
      'B.jobs',
    ]);
    expect(panel.indicators['B.GDP (million EUR)']).toMatchObject({ label: 'B, GDP', unit: '1m EUR' });
    expect(readCsv('series,period,value\n007,2013,1\n').data).toEqual({ '007': series('2013', [1]) });
  });

  it('year and quarter, or month, in two columns; dates that are first or last days', () => {
    expect(readCsv('year,quarter,x\n2014,1,1\n2014,Q2,2\n2014,第3季度,3\n').data).toEqual({
      x: series('2014-Q1', [1, 2, 3]),
    });
    expect(readCsv('年份,月份,x\n2014,1,1\n2014,2月,2\n').data).toEqual({ x: series('2014-01', [1, 2]) });
    const fred = readCsv('observation_date,GDP\n2014-01-01,1\n2014-04-01,.\n2014-10-01,4\n');
    expect(fred.data).toEqual({ GDP: series('2014-Q1', [1, NaN, NaN, 4]) });
    expect(places(fred)).toEqual(['warning doubtful 1/observation_date']);
    const days = readCsv('date,x\n2014-01-02,1\n2014-01-03,2\n');
    expect(days.data).toEqual({});
    expect(describeIssue(days.issues[0]!)).toBe(
      "[2].date: not a period; expected '2014', '2014-Q3' or '2014-07': days are no frequency here, received '2014-01-02' and 1 more",
    );
  });

  it('JSON records by the same rules', () => {
    const reading = readJson(
      JSON.stringify([
        { country: 'A', year: 2014, value: 2 },
        { year: 2013, country: 'A', value: '1,000.5' },
        { country: 'B', year: 2013, value: 'many' },
      ]),
    );
    expect(reading.data).toEqual({ A: series('2013', [1000.5, 2]), B: series('2013', [NaN]) });
    expect(places(reading)).toEqual(['error bad-number 2/value']);
  });
});

describe('periods', () => {
  it.each([
    ['2014', '2014 2014年 2014年度 ２０１４年 2014-A1'],
    [
      '2014-Q3',
      '2014-Q3 2014Q3 2014q3 Q3_2014 3Q2014 Q3/2014 2014年3季度 2014年第3季度 2014年第三季度 2014年三季度 2014年Q3 2014/Q3',
    ],
    [
      '2014-03',
      '2014-03 2014/03 2014/3 2014.03 2014M03 2014M3 2014-M03 2014:03 2014年3月 2014年03月份 2014年三月 Mar_2014 March_2014 Mar-2014 Mar._2014 2014_Mar',
    ],
    ['2014-12', '2014-12 2014年12月 2014年十二月 Dec_2014'],
  ])('%s in its spellings', (period, spellings) => {
    for (const spelling of spellings.split(' '))
      expect([spelling, readCsv(`p,x\n${spelling.replaceAll('_', ' ')},1\n`).data['x']?.start]).toEqual([
        spelling,
        period,
      ]);
  });

  it.each([
    '14',
    '2014-13',
    '2014年13月',
    '2014Q5',
    '14年3月',
    'Mar 14',
    '2014-S1',
    '2014-W05',
    '2014H1',
    '3/2014',
    'FY2014',
    '201403',
  ])('%s is none', (text) => {
    const { data, issues } = readCsv(`p,x\n${text},1\n`);
    expect(data).toEqual({});
    expect(issues).toMatchObject([{ code: 'bad-period', path: [2, 'p'] }]);
  });
});

describe('figures', () => {
  it('footnote marks are read past, and said; a mark that could be a digit is not', () => {
    const cells = [
      '12.3 p',
      '12.3*',
      '12.3 1)',
      '12.3(r)',
      '12.3 [2]',
      '12.3¹',
      '１２．３　预计',
      '12.31)',
      '1e',
      '(12.3)',
    ];
    const reading = readCsv(`year,x\n${cells.map((cell, i) => `${2010 + i},${cell}`).join('\n')}\n`);
    expect(reading.data['x']!.values).toEqual([...Array.from({ length: 7 }, () => 12.3), NaN, 1, NaN]);
    expect(places(reading)).toEqual([
      ...[2, 3, 4, 5, 6, 7, 8].map((row) => `warning doubtful ${row}/x`),
      'error bad-number 9/x',
      'warning doubtful 10/x',
      'error bad-number 11/x',
    ]);
  });

  it('marks for missing figures are missing, without a word', () => {
    const cells = ['…', '..', '-', '—', 'n/a', 'NA', ':', '', '#N/A', 'n.a.', '...'];
    const reading = readCsv(`year,x\n${cells.map((cell, i) => `${2010 + i},${cell}`).join('\n')}\n2030,1\n`);
    expect(reading.data['x']!.values.slice(0, -1).every(Number.isNaN)).toBe(true);
    expect(reading.issues).toEqual([]);
    expect(readCsv('year,x\n2013,1)\n2014,2\n').issues).toMatchObject([{ code: 'doubtful', path: [2, 'x'] }]);
  });

  it('decimal commas: proved by one figure for the whole table, said once; both marks contradict', () => {
    const german = readCsv('Jahr;BIP;Rate\n2012;2.745,3;1,5\n2013;2.811;0,6\n2014;2.927,4;-\n');
    expect(german.data).toEqual({
      BIP: series('2012', [2745.3, 2811, 2927.4]),
      Rate: series('2012', [1.5, 0.6, NaN]),
    });
    expect(places(german)).toEqual(['warning doubtful 2/BIP']);
    expect(readCsv('Jahr;BIP\n2012;2.745,3\n', { decimal: ',' }).issues).toEqual([]);
    const open = readCsv('a;b\n2013;1,234\n2014;2,345\n');
    expect(open.data['b']!.values).toEqual([1234, 2345]);
    expect(places(open)).toEqual(['warning doubtful 2/b']);
    expect(readCsv('a;b\n2013;1,234\n', { decimal: ',' }).data['b']!.values).toEqual([1.234]);
    const both = readCsv('a;b\n2013;1,5\n2014;2.5\n');
    expect(both.data['b']!.values).toEqual([NaN, 2.5]);
    expect(places(both)).toEqual(['error bad-number 2/b']);
    expect(readCsv('a,b\n2013,"0,123"\n').data['b']!.values).toEqual([0.123]);
  });

  it('percent: signs make ratios, a heading keeps the figures with their unit, mixtures are settled or refused', () => {
    expect(readCsv('a,g\n2013,12%\n2014,8.5%\n').indicators['g']).toEqual({
      label: 'g',
      unit: 'ratio',
      kind: 'rate',
      frequency: 'year',
    });
    const heading = readCsv('a,增速（%）\n2013,12.1\n2014,8.5\n');
    expect(heading.data['增速（%）']!.values).toEqual([12.1, 8.5]);
    expect(heading.indicators['增速（%）']).toMatchObject({ label: '增速', unit: '%', kind: 'rate' });
    const both = readCsv('a,g (%)\n2013,12.1\n2014,8.5%\n');
    expect(both.data['g (%)']!.values).toEqual([0.121, 0.085]);
    expect(both.indicators['g (%)']!.unit).toBe('ratio');
    expect(
      readCsv('a,g (%)\n2013,12%\n2014,0.0000001\n2015,-2.5e-8\n2016,1e22\n').data['g (%)']!.values,
    ).toEqual([0.12, 1e-9, -2.5e-10, 1e20]);
    const mixed = readCsv('a,g\n2013,12\n2014,8.5%\n2015,7%\n');
    expect(mixed.data['g']!.values).toEqual([NaN, 0.085, 0.07]);
    expect(places(mixed)).toEqual(['error doubtful 2/g']);
    const levels = readCsv('a,g\n2013,1200\n2014,1300\n2015,7%\n');
    expect(levels.data['g']!.values).toEqual([1200, 1300, NaN]);
    expect(levels.indicators['g']!.unit).toBeUndefined();
  });
});

describe('rows', () => {
  it('blank rows, titles, a row of units, totals, a repeated header and repeated rows', () => {
    const reading = readCsv(
      'Table 3,,\nUnit: 亿元,,\n\n年份,GDP,财政收入,\n单位,,万元,\n2013年,1,2,\n2014年,3,4,\n2014年,3,4,\n合计,4,6,\n\n年份,GDP,财政收入,\n2015年,5,6,\n2014年,9,9,\n来源：统计局,,\n',
    );
    expect(reading.data).toEqual({ GDP: series('2013', [1, 3, 5]), 财政收入: series('2013', [2, 4, 6]) });
    expect(reading.indicators).toEqual({
      GDP: { label: 'GDP', unit: '100m CNY', source: '统计局', frequency: 'year' },
      财政收入: { label: '财政收入', unit: '10k CNY', source: '统计局', frequency: 'year' },
    });
    expect(places(reading)).toEqual([
      'warning not-read 1',
      'warning doubtful 9/年份',
      'warning duplicate 11',
      'warning duplicate 8/年份',
      'error irregular-periods 13/年份',
    ]);
  });

  it('periods of two frequencies, years over two years, figures to date, half-years', () => {
    const mixed = readCsv('p,x\n2013,10\n2013Q1,1\n2013Q2,2\n2014,20\n2013Q3,3\n');
    expect(mixed.data).toEqual({ x: series('2013-Q1', [1, 2, 3]) });
    expect(places(mixed)).toEqual(['error irregular-periods 2/p', 'error irregular-periods 5/p']);
    const long = readCsv(
      'series,period,value\nx,2013,10\nx,2014-Q2,2\nx,2014-Q1,1\ny,2013,5\nx,2014,20\nx,2014-Q3,3\n',
    );
    expect(long.data).toEqual({ x: series('2014-Q1', [1, 2, 3]), y: series('2013', [5]) });
    expect(long.issues).toMatchObject([
      { code: 'irregular-periods', path: [2, 'value'], received: "'2013' and 1 more" },
    ]);
    const split = readCsv('year,x\n2009/10,1\n2010/11,2\n');
    expect(split.data).toEqual({});
    expect(split.issues[1]!.expected).toContain('a year over two calendar years');
    const toDate = readCsv('时期,x\n2014年1-2月,1\n2014年上半年,2\n2014年3月,3\n');
    expect(toDate.data).toEqual({ x: series('2014-03', [3]) });
    expect(toDate.issues.map((issue) => issue.expected.split(': ')[1])).toEqual([
      'figures from January on are read by fromYearToDate',
      'half-years are no frequency here',
    ]);
  });

  it('a table without a header, a title that begins like a unit', () => {
    expect(places(readCsv('2013,100\n2014,112\n'))).toEqual(['error missing-field 1']);
    const united = readCsv('United accounts,\nUnits: persons\nyear,x\n2013,1\nSources,a\n');
    expect(united.indicators['x']).toMatchObject({ unit: 'persons' });
    expect(places(united)).toEqual(['warning not-read 1', 'error bad-period 5/year']);
  });

  it('headings under groups, periods with a footnote, prices in words', () => {
    const grouped = readCsv(
      ',GDP,,财政收入,\n年份,总量(亿元),增速(%),总量(亿元),增速(%)\n2013,1,2,3,4\n2014年(初步核算),5,6,7,8\n',
    );
    expect(grouped.data).toEqual({
      'GDP 总量(亿元)': series('2013', [1, 5]),
      'GDP 增速(%)': series('2013', [2, 6]),
      '财政收入 总量(亿元)': series('2013', [3, 7]),
      '财政收入 增速(%)': series('2013', [4, 8]),
    });
    expect(grouped.indicators['财政收入 总量(亿元)']).toMatchObject({
      label: '财政收入 总量',
      unit: '100m CNY',
    });
    expect(places(grouped)).toEqual(['warning doubtful 2', 'warning doubtful 4/年份']);
    const prices = readCsv(
      'series,period,value,prices,kind\na,2013,1,不变价,flow\nb,2013,1,odd,odd\nb,2014,1,odd,odd\n',
    );
    expect(prices.indicators).toEqual({
      a: { label: 'a', prices: 'constant', kind: 'flow', frequency: 'year' },
      b: { label: 'b', frequency: 'year' },
    });
    expect(places(prices)).toEqual(['warning doubtful 3/prices', 'warning doubtful 3/kind']);
  });

  it('a column of words is no series; an open quotation mark, an empty table are said', () => {
    const words = readCsv('year,x,who\n2013,1,bureau\n2014,2,ministry\n');
    expect(Object.keys(words.data)).toEqual(['x']);
    expect(places(words)).toEqual(['warning not-read 1/who']);
    expect(places(readCsv('year,x\n2013,"1\n2014,2\n'))).toContain('error doubtful ');
    expect(places(readCsv('year,x\n'))).toEqual(['error not-read 1']);
    expect(readCsv('a;b|c\n').data).toEqual({});
    expect(readCsv('sep=;\r\nyear;x\r\n2013;1\r\n')).toMatchObject({
      data: { x: series('2013', [1]) },
      issues: [],
    });
  });

  it('names of objects are names; __proto__ is refused with its place', () => {
    const reading = readCsv('year,__proto__,constructor,toString\n2013,1,2,3\n');
    expect(reading.data).toEqual({ constructor: series('2013', [2]), toString: series('2013', [3]) });
    expect(describeIssue(reading.issues[0]!)).toBe(
      "[2].__proto__: could not be read; expected another name: JavaScript objects reserve this one, received '__proto__'",
    );
    expect(readJson('{"__proto__":{"start":"2013","values":[1]}}').issues).toMatchObject([
      { code: 'not-read', path: ['__proto__'] },
    ]);
    const long = readJson(
      '[{"series":"__proto__","period":"2013","value":1},{"series":"a","period":"2013","value":2}]',
    );
    expect(Object.keys(long.data)).toEqual(['a']);
    expect(({} as Record<string, unknown>)['start']).toBeUndefined();
  });

  it('a few figures far apart do not fill the memory', () => {
    const far = Array.from({ length: 500 }, (_, i) => `s${i},0001-01,1\ns${i},9999-12,2\n`).join('');
    const reading = readCsv(`series,period,value\n${far}`);
    expect(reading.issues.length).toBeGreaterThan(400);
    expect(Object.values(reading.data).reduce((sum, s) => sum + s.values.length, 0)).toBeLessThan(3e6);
  });

  it('records that share no fields are refused before they are laid out as a table', () => {
    const apart = (count: number) => Array.from({ length: count }, (_, i) => ({ year: 2013, [`s${i}`]: i }));
    const { data, issues } = readJson(apart(3000));
    expect(data).toEqual({});
    expect(issues).toMatchObject([
      { code: 'not-read', received: '3000 records with 3001 fields, most of them in few' },
    ]);
    const few = readJson(Array.from({ length: 300 }, (_, i) => ({ year: 1700 + i, [`s${i}`]: i, all: 2 })));
    expect(few.data['s7']!.values[7]).toBe(7);
    expect(few.data['all']!.values).toHaveLength(300);
  });
});

describe('mistakes of the program throw', () => {
  it('with the call, the thing and the way out', () => {
    const wrong = (value: unknown) => value as never;
    expect(() => readCsv(wrong(undefined))).toThrow(
      'readCsv: the text is undefined; give the content of a CSV file',
    );
    expect(() => readCsv(wrong(5))).toThrow(RangeError);
    expect(() => readCsv('a,b', { decimal: wrong(';') })).toThrow(
      "the option 'decimal' is ';'; use '.' or ','",
    );
    expect(() => readCsv('a,b', wrong(null))).toThrow(RangeError);
    expect(() => readCsv('a,b', wrong({ decimals: ',' }))).toThrow("did you mean 'decimal'?");
    expect(() => readJson('{}', { source: wrong(5) })).toThrow("the option 'source' is 5");
    expect(() => writeCsv(wrong(undefined))).toThrow('writeCsv: the data set is undefined');
    expect(() => writeCsv(wrong({ a: 5 }))).toThrow("the series 'a' is 5; give a series");
    expect(() => writeCsv({}, { form: wrong('tall') })).toThrow(
      "the option 'form' is 'tall'; use 'wide' or 'long'",
    );
  });
});

describe('laws', () => {
  const name = fc
    .oneof(
      fc.constantFrom(
        'gdp',
        '总产值',
        'with, comma',
        'quo"te',
        'value',
        'series',
        'year',
        '2014',
        'unit',
        'GDP (亿元)',
        'a.b',
        '-',
      ),
      fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.trim()),
    )
    .filter((text) => text !== '' && text !== '__proto__' && !/[\r\n]/.test(text));
  const sets = (maxKeys: number, minLength = 1) =>
    fc.dictionary(name, seriesOf(finite(-1e9, 1e9), { minLength, maxLength: 12 }), { minKeys: 1, maxKeys });
  const clean = (data: Dataset): Dataset =>
    Object.fromEntries(
      Object.entries(data).map(([key, s]) => [
        key,
        series(
          s.start,
          s.values.map((v) => v + 0),
        ),
      ]),
    );

  it('long form gives back what was written, of any frequencies, in whatever order the rows stand', () => {
    fc.assert(
      fc.property(sets(4), fc.integer(), (data, seed) => {
        const [head, ...rows] = writeCsv(data, { form: 'long' }).trimEnd().split('\n');
        const shuffled = rows
          .map((row, i) => ({ row, at: Math.sin(seed + i * 7.13) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row);
        const reading = readCsv(`${[head, ...shuffled].join('\n')}\n`);
        expect(reading.data).toEqual(clean(data));
        expect(hasErrors(reading.issues)).toBe(false);
      }),
      law,
    );
  });

  it('wide form gives back what was written, and across is the same turned', () => {
    fc.assert(
      fc.property(name, seriesOf(finite(-1e9, 1e9), { minLength: 2, maxLength: 20 }), (key, s) => {
        const expected = clean({ [key]: s });
        expect(readCsv(writeCsv({ [key]: s })).data).toEqual(expected);
        if (/\d{4}/.test(key)) return;
        const across = `series,${periodsOf(s).join(',')}\n"${key.replaceAll('"', '""')}",${s.values.join(',')}\n`;
        expect(readCsv(across).data).toEqual(expected);
      }),
      law,
    );
  });

  it('wide form gives back several series, whatever they are called', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
        seriesOf(finite(-1e9, 1e9), { minLength: 1, maxLength: 8 }),
        (keys, s) => {
          const data = Object.fromEntries(
            keys.map((key, i) => [
              key,
              series(
                s.start,
                s.values.map((v) => v + i),
              ),
            ]),
          );
          expect(readCsv(writeCsv(data)).data).toEqual(clean(data));
        },
      ),
      law,
    );
  });

  it('JSON gives back data and indicators, and a reading of a reading is the same', () => {
    fc.assert(
      fc.property(sets(4), (data) => {
        const first = readCsv(writeCsv(data, { form: 'long' }), { source: 'here', unit: '亿元' });
        const again = readJson(writeJson(first.data, first.indicators));
        expect(again).toEqual({ data: first.data, indicators: first.indicators, issues: [] });
      }),
      law,
    );
  });

  it('any text and any JSON ends with a reading, and says something when there is nothing', () => {
    const cell = fc.constantFrom(
      '2014',
      '2014Q1',
      '2014年3月',
      '12%',
      '1,5',
      '1.234,5',
      '..',
      'x',
      '"',
      '__proto__',
      '',
      '合计',
      '数据来源：a',
      '2014-01-01',
      'year',
      'value',
      'series',
      '1 p',
      '单位',
      '亿元',
    );
    const tables = fc
      .array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 })
      .chain((rows) =>
        fc.constantFrom(',', ';', '\t').map((separator) => rows.map((row) => row.join(separator)).join('\n')),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), tables, tables), fc.jsonValue(), (text, value) => {
        for (const reading of [readCsv(text), readJson(value), readJson(text)]) {
          expect(Object.keys(reading.data)).toEqual(Object.keys(reading.indicators));
          if (Object.keys(reading.data).length === 0 && text !== '{}' && JSON.stringify(value) !== '{}')
            expect(reading.issues.length).toBeGreaterThan(0);
          expect(reading.issues.map((issue) => describeIssue(issue)).join('\n')).not.toContain('undefined');
        }
      }),
      { ...law, numRuns: 300 },
    );
  });
});
