import { checkOptions } from '../argument.ts';
import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import type { FileMetaData } from 'hyparquet';
import { brief, nothingRead } from '../data/reading.ts';
import type { TableReading } from '../data/reading.ts';
import { checkSaid, readColumns } from '../data/table.ts';
import type { ReadOptions } from '../data/table.ts';
import type { Issue } from '../issue.ts';
import { mistake } from '../mistake.ts';

/** What the caller knows about a Parquet file that the file does not say itself. */
export interface ParquetOptions extends ReadOptions {
  /**
   * Functions that unpack compressed pages by the codec's name, such as `compressors` of the package
   * hyparquet-compressors. Defaults to none: plain and Snappy pages are always read.
   */
  readonly compressors?: Readonly<Record<string, (input: Uint8Array, outputLength: number) => Uint8Array>>;
  /** How many rows are read at most; a file with more is refused. Defaults to 5 million. */
  readonly maxRows?: number;
}

/**
 * Read series from a Parquet file, by the rules of `readCsv`: a column of periods and a column for each series, or long
 * form with columns that name the series.
 *
 * Periods may be texts (`2014-Q3`), numbers (`2014`), dates, or the index that pandas keeps; dates that are the first or
 * the last days of months, quarters or years are read as these, which `issues` says.
 *
 * @param content the bytes of the file
 * @returns series, what each is, and issues with row (from 0) and column; never rejects for what the file holds
 * @throws RangeError when `content` is no bytes
 */
export async function readParquet(
  content: ArrayBuffer | Uint8Array,
  options: ParquetOptions = {},
): Promise<TableReading> {
  const bytes = bytesOf(content);
  checkOptions('readParquet', options, 'decimal source unit compressors maxRows');
  checkSaid('readParquet', options);
  const { compressors, maxRows = 5_000_000, ...table } = options;
  if (!(maxRows > 0))
    return mistake('readParquet', `the option 'maxRows' is ${brief(maxRows)}`, 'give a number above 0');
  try {
    const metadata = await parquetMetadataAsync(bytes);
    const rowsHeld = metadata.row_groups.map((group) => Number(group.num_rows));
    const count = rowsHeld.reduce((sum, rows) => sum + rows, 0);
    if (rowsHeld.some((rows) => !(rows >= 0)) || !(count <= maxRows))
      return nothingRead({
        code: 'not-read',
        path: [],
        expected: `at most ${maxRows} rows`,
        received: `${count} rows`,
      });
    const issues: Issue[] = [];
    const names = flatColumns(metadata, issues);
    const rows: unknown[][] = Array.from({ length: count }, () => []);
    for (const name of names) {
      // One column of one row group at a time: where several fail at once, hyparquet leaves rejections unhandled.
      let rowStart = 0;
      for (const held of rowsHeld) {
        let values: unknown[][] = [];
        const options = { file: bytes, metadata, columns: [name], rowStart, rowEnd: rowStart + held };
        await parquetRead({
          ...options,
          ...(compressors === undefined ? {} : { compressors }),
          onComplete: (read) => (values = read),
        });
        for (let i = 0; i < held; i++) rows[rowStart + i]!.push(values[i]?.[0]);
        rowStart += held;
      }
    }
    const reading = readColumns(names, rows, table);
    return issues.length === 0 ? reading : { ...reading, issues: [...issues, ...reading.issues] };
  } catch (error) {
    return nothingRead({
      code: 'not-read',
      path: [],
      expected: 'a Parquet file',
      received: brief(error instanceof Error ? error.message : error),
    });
  }
}

/** The columns of single values that every row group holds; the others are said. */
function flatColumns(metadata: FileMetaData, issues: Issue[]): string[] {
  const groups = metadata.row_groups.map((group) =>
    group.columns.map((column) => column.meta_data?.path_in_schema ?? []),
  );
  return parquetSchema(metadata).children.flatMap(({ element, children }) => {
    const { name } = element;
    const isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
    const isHeld = groups.every((paths) => {
      const own = paths.filter((path) => path[0] === name);
      return own.length === 1 && own[0]!.length === 1;
    });
    if (isFlat && isHeld) return [name];
    issues.push({
      code: 'not-read',
      path: [name],
      expected: 'a column of single values in every row group',
      received: isFlat ? 'row groups without it, or with two' : 'nested values',
      severity: 'warning',
    });
    return [];
  });
}

/** The bytes in an ArrayBuffer of their own, which a Node buffer shares with others. */
function bytesOf(content: ArrayBuffer | Uint8Array): ArrayBuffer {
  if (content instanceof ArrayBuffer) return content;
  if (content instanceof Uint8Array) return content.slice().buffer;
  return mistake(
    'readParquet',
    `${brief(content)} is no bytes`,
    'give the content of a file as ArrayBuffer or Uint8Array',
  );
}
