export { report } from './report.ts';
export type { ReportOptions } from './report.ts';
