export { workbookTemplate, writeWorkbook } from './write.ts';
export { readWorkbook } from './read.ts';
export type { WorkbookReading } from './read.ts';
export type { BaseFigure, Origin, WorkbookBase, WorkbookParts, WorkbookProjection } from './parts.ts';
