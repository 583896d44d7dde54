export { readParquet } from './read.ts';
export type { ParquetOptions } from './read.ts';
