export { report } from './report.ts';
export type { ReportForecast, ReportOptions } from './report.ts';
export { reportEvidence } from './report-evidence.ts';
export type { EvidenceOptions, ReportEvidence } from './report-evidence.ts';
