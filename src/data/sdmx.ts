import { isRecord, parseJson } from './json.ts';
import { brief, nothingRead } from './reading.ts';
import type { TableReading } from './reading.ts';
import { readSdmxCsv } from './sdmx-csv.ts';
import { readSdmxJson } from './sdmx-json.ts';

/**
 * Read the series of an SDMX data message, as statistical offices and central banks publish them.
 *
 * SDMX-JSON 2.0 and 1.0 (time series, cross-sections, flat observations) and SDMX-CSV 2.0 and 1.0 (codes, `code: words`,
 * or words in columns of their own). A series is named by its key, the codes of its dimensions but time joined by
 * points (`A.CN.NGDP`). `indicators` says its words, unit with multiplier (`UNIT_MEASURE` and `UNIT_MULT`), price basis
 * where a code says it, frequency and source; numbers stay as published. Years, quarters and months are read; half-years,
 * weeks and days are said in `issues`, as are provisional and estimated figures, contradictions and everything that could
 * not be read, with the place in the message.
 *
 * @param content the text of a message, or SDMX-JSON already parsed
 * @returns series, what each is, and issues; never throws for what the message holds
 * @example readSdmx('DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\nX:GDP(1.0),A,CN,2014,643563,CNY,8').indicators['A.CN'].unit // '100m CNY'
 */
export function readSdmx(content: unknown): TableReading {
  if (typeof content === 'string') {
    const text = content.replace(/^\ufeff/, '').trimStart();
    if (text.startsWith('<'))
      return nothingRead({
        code: 'not-read',
        path: [],
        expected: 'SDMX-JSON or SDMX-CSV, which services give for another Accept header or format parameter',
        received: 'XML',
      });
    if (!text.startsWith('{') && !text.startsWith('[')) return readSdmxCsv(text);
    const parsed = parseJson(text);
    return 'issue' in parsed ? nothingRead(parsed.issue) : readSdmx(parsed.value);
  }
  if (isRecord(content)) return readSdmxJson(content);
  return nothingRead({
    code: 'wrong-type',
    path: [],
    expected: 'an SDMX data message',
    received: brief(content),
  });
}
