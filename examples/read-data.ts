// Figures as they are published: a yearbook's table, a long CSV and an SDMX message, each with what its series are.
import { describeIssue, readCsv, readSdmx } from '../src/index.ts';
import type { TableReading } from '../src/index.ts';

// A table as the National Bureau of Statistics exports it: periods across, newest first, units in brackets.
const yearbook = `数据库：年度数据
指标,2014年,2013年,2012年
国内生产总值(亿元),643563.1,"592,963.2",538580.0
国内生产总值指数(上年=100),107.4,107.8,107.9 r
年末总人口(万人),137646,136726,135922
数据来源：国家统计局
`;

// A row for each figure, in any order; one figure stands twice with different values.
const long = `region,quarter,indicator,value,unit
North,2014Q2,output,52.5,million EUR
North,2014Q1,output,50.0,million EUR
South,2014Q1,output,30.0,million EUR
South,2014Q2,output,31.5,million EUR
South,2014Q2,output,3.15,million EUR
`;

// SDMX-CSV with the codes of national accounts; made-up figures.
const sdmx = `DATAFLOW,FREQ,REF_AREA,PRICE_BASE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT
XX:NA(1.0),A,X1,V,2013,100.5,A,CNY,8
XX:NA(1.0),A,X1,V,2014,108.25,P,CNY,8
XX:NA(1.0),A,X1,L,2013,100.5,A,CNY,8
XX:NA(1.0),A,X1,L,2014,105.0,P,CNY,8
`;

function show(title: string, { data, indicators, issues }: TableReading): void {
  console.log(`\n${title}`);
  console.table(
    Object.entries(data).map(([name, s]) => {
      const { label, unit = '?', prices = '', frequency, source = '?' } = indicators[name]!;
      return { label, unit, prices, frequency, from: s.start, values: s.values.join(' '), source };
    }),
  );
  for (const issue of issues) console.log(`${issue.severity ?? 'error'}: ${describeIssue(issue)}`);
}

show('Yearbook', readCsv(yearbook));
show('Long form', readCsv(long, { source: 'a survey' }));
show('SDMX', readSdmx(sdmx));
