/**
 * A writer of small Parquet files for the tests: one plain page a column and row group, every column optional.
 *
 * After the format's published definition (parquet.thrift; Thrift's compact protocol; RLE levels).
 */
export type ParquetColumn =
  | { readonly name: string; readonly type: 'double'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly type: 'int32'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly type: 'int64'; readonly values: readonly (bigint | null)[] }
  | { readonly name: string; readonly type: 'text'; readonly values: readonly (string | null)[] }
  /** Days since 1970-01-01. */
  | { readonly name: string; readonly type: 'date'; readonly values: readonly (number | null)[] }
  /** Milliseconds since 1970-01-01. */
  | { readonly name: string; readonly type: 'timestamp'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly type: 'boolean'; readonly values: readonly (boolean | null)[] };

const physical = { boolean: 0, int32: 1, date: 1, int64: 2, timestamp: 2, double: 5, text: 6 } as const;
const converted = { text: 0, date: 6, timestamp: 9 } as const;
const codecs = { none: 0, snappy: 1, zstd: 6 } as const;

/** @param options.groupRows rows in a row group; defaults to all */
export function writeParquet(
  columns: readonly ParquetColumn[],
  options: { readonly codec?: keyof typeof codecs; readonly groupRows?: number } = {},
): Uint8Array {
  const { codec = 'none', groupRows = Infinity } = options;
  const rows = columns[0]?.values.length ?? 0;
  const file: number[] = [...text('PAR1')];
  const groups: Value[] = [];
  for (let from = 0; from < Math.max(1, rows); from += groupRows) {
    const held = Math.min(groupRows, rows - from);
    const chunks = columns.map((column) => {
      const part = { ...column, values: column.values.slice(from, from + held) } as ParquetColumn;
      return chunkOf(file, part, codec);
    });
    groups.push(
      struct([
        [1, list(chunks)],
        [2, i64(file.length)],
        [3, i64(held)],
      ]),
    );
  }
  const elements = columns.map(({ name, type }) =>
    struct([
      [1, i32(physical[type])],
      [3, i32(1)],
      [4, binary(name)],
      ...(type in converted ? [[6, i32(converted[type as keyof typeof converted])] as const] : []),
    ]),
  );
  const root = struct([
    [4, binary('schema')],
    [5, i32(columns.length)],
  ]);
  const footer = struct([
    [1, i32(1)],
    [2, list([root, ...elements])],
    [3, i64(rows)],
    [4, list(groups)],
    [6, binary('tinbergen tests')],
  ]).bytes;
  return Uint8Array.from([...file, ...footer, ...le32(footer.length), ...text('PAR1')]);
}

/** Append the page of a column to the file; what the footer says of it. */
function chunkOf(file: number[], column: ParquetColumn, codec: keyof typeof codecs): Value {
  const rows = column.values.length;
  const plain = [...levels(column.values), ...plainValues(column)];
  const stored = codec === 'snappy' ? snappy(plain) : plain;
  const page = struct([
    [1, i32(0)],
    [2, i32(plain.length)],
    [3, i32(stored.length)],
    [
      5,
      struct([
        [1, i32(rows)],
        [2, i32(0)],
        [3, i32(3)],
        [4, i32(3)],
      ]),
    ],
  ]).bytes;
  const offset = file.length;
  for (const byte of [...page, ...stored]) file.push(byte);
  const metadata = struct([
    [1, i32(physical[column.type])],
    [2, list([i32(0), i32(3)])],
    [3, list([binary(column.name)])],
    [4, i32(codecs[codec])],
    [5, i64(rows)],
    [6, i64(page.length + plain.length)],
    [7, i64(page.length + stored.length)],
    [9, i64(offset)],
  ]);
  return struct([
    [2, i64(offset)],
    [3, metadata],
  ]);
}

/** Definition levels of an optional column: runs of present and absent values, with their length before them. */
function levels(values: readonly unknown[]): number[] {
  const runs: number[] = [];
  for (let i = 0; i < values.length;) {
    let end = i + 1;
    while (end < values.length && (values[end] === null) === (values[i] === null)) end += 1;
    runs.push(...varint((end - i) * 2), values[i] === null ? 0 : 1);
    i = end;
  }
  return [...le32(runs.length), ...runs];
}

function plainValues(column: ParquetColumn): number[] {
  const out: number[] = [];
  const view = new DataView(new ArrayBuffer(8));
  const push = (n: number): void => {
    for (let k = 0; k < n; k++) out.push(view.getUint8(k));
  };
  const present = column.values.filter((value) => value !== null);
  if (column.type === 'boolean') {
    for (let i = 0; i < present.length; i += 8)
      out.push(
        present.slice(i, i + 8).reduce<number>((byte, bit, k) => byte | (bit === true ? 1 << k : 0), 0),
      );
    return out;
  }
  for (const value of present) {
    if (column.type === 'text') {
      const bytes = text(value as string);
      out.push(...le32(bytes.length), ...bytes);
    } else if (column.type === 'double') {
      view.setFloat64(0, value as number, true);
      push(8);
    } else if (column.type === 'int32' || column.type === 'date') {
      view.setInt32(0, value as number, true);
      push(4);
    } else {
      view.setBigInt64(0, BigInt(value), true);
      push(8);
    }
  }
  return out;
}

/** Snappy's format with literals only, which compresses nothing. */
function snappy(bytes: readonly number[]): number[] {
  const out = varint(bytes.length);
  for (let i = 0; i < bytes.length; i += 60) {
    const part = bytes.slice(i, i + 60);
    out.push((part.length - 1) * 4, ...part);
  }
  return out;
}

interface Value {
  readonly type: number;
  readonly bytes: readonly number[];
}

function i32(n: number): Value {
  return { type: 5, bytes: varint(n * 2) };
}

function i64(n: number): Value {
  return { type: 6, bytes: varint(n * 2) };
}

function binary(value: string): Value {
  const bytes = text(value);
  return { type: 8, bytes: [...varint(bytes.length), ...bytes] };
}

function list(values: readonly Value[]): Value {
  const type = values[0]?.type ?? 5;
  const head = values.length < 15 ? [values.length * 16 + type] : [0xf0 + type, ...varint(values.length)];
  return { type: 9, bytes: [...head, ...values.flatMap((value) => value.bytes)] };
}

function struct(fields: readonly (readonly [id: number, value: Value])[]): Value {
  let before = 0;
  const bytes = fields.flatMap(([id, value]) => {
    const head = (id - before) * 16 + value.type;
    before = id;
    return [head, ...value.bytes];
  });
  return { type: 12, bytes: [...bytes, 0] };
}

function varint(n: number): number[] {
  const out: number[] = [];
  let rest = n;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...out, rest];
}

function le32(n: number): number[] {
  return [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255];
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
